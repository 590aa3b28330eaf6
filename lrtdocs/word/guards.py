"""What may not stand inside a foreign Word document, member by member.

A Word file can fetch templates, pictures and data, run macros and carry whole other documents.
None of that belongs in a template; it is refused with what to do in Word, all at once. XML is read
with expat, which knows every encoding trick (a search for "<!DOCTYPE" misses UTF-16).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.parsers import expat

from lxml import etree

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.word.ooxml import (
    CONTENT_TYPES,
    MAIN_TYPE,
    STRICT,
    TEMPLATE_TYPE,
    Types,
    W,
    main_part,
    owner_of_rels,
    parse_xml,
    serialize_xml,
    target_member,
    w,
)
from lrtdocs.word.problems import template_problem

DEPTH_LIMIT = 200
ELEMENT_LIMIT = 1_500_000
ATTRIBUTE_LIMIT = 200

_REL_REMEDIES = {
    "oleObject": ("LRT510", "Verwijder het ingesloten object."),
    "control": ("LRT510", "Verwijder het ActiveX-besturingselement."),
    "activeXControlBinary": ("LRT510", "Verwijder het ActiveX-besturingselement."),
    "vbaProject": ("LRT510", "Sla het op als Word-document zonder macro's (.docx)."),
    "wordVbaData": ("LRT510", "Sla het op als Word-document zonder macro's (.docx)."),
    "aFChunk": ("LRT513", "Verwijder het ingevoegde bestand, of plak de tekst ervan."),
    "subDocument": ("LRT513", "Verwijder het subdocument, of plak de tekst ervan."),
    "frame": ("LRT513", "Verwijder de frames (webpagina)."),
    "mailMergeSource": ("LRT513", "Zet in Word de Verzendlijst uit: Normaal Word-document."),
    "mailMergeHeaderSource": ("LRT513", "Zet in Word de Verzendlijst uit: Normaal Word-document."),
}
_ELEMENTS = {
    "altChunk": ("LRT513", "een ingevoegd bestand"),
    "subDoc": ("LRT513", "een subdocument"),
    "frameset": ("LRT513", "frames"),
    "mailMerge": ("LRT513", "een koppeling met een verzendlijst"),
    "object": ("LRT510", "een ingesloten object"),
    "control": ("LRT510", "een ActiveX-besturingselement"),
    "OLEObject": ("LRT510", "een ingesloten object"),
}
_FIELD = re.compile(
    r"""(?:^|["\s\\])(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|RD)
    (?=\s|$|")""",
    re.VERBOSE | re.IGNORECASE,
)
_SAFE_LINKS = ("http", "https", "mailto", "tel")


def check_content(members: dict[str, bytes], name: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return `members`, made harmless where that is possible, and the problems found in them."""
    place = Place(name)
    if CONTENT_TYPES not in members:
        message = "Dit bestand is een zip, maar geen Word-document (.docx)."
        return members, [template_problem("LRT501", place, message, remedy="Kies een .docx.")]
    problems = []
    for member, data in members.items():
        if _is_xml(member, data):
            problems += _XmlGuard(member, place).check(data)
    if problems:
        return members, problems
    types = Types(members[CONTENT_TYPES])
    problems += _check_types(members, types, place)
    if not any(p.code in {"LRT503", "LRT515"} for p in problems):
        problems += _check_all_rels(members, place)
    if problems and any(p.severity is Severity.ERROR for p in problems):
        return members, problems
    return _as_document(members, types), problems


def _is_xml(member: str, data: bytes) -> bool:
    if member == CONTENT_TYPES or member.lower().endswith((".xml", ".rels", ".vml")):
        return True
    return (
        data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00").startswith((b"<?xml", b"<!", b"<\0"))
    )


class _XmlGuard:
    """Reads one XML member with expat and gathers what may not be in it."""

    def __init__(self, member: str, place: Place) -> None:
        self.member, self.place = member, place
        self.problems: dict[str, Problem] = {}
        self.depth = self.elements = 0
        self.fields: list[str] = []
        self.in_code = False

    def check(self, data: bytes) -> list[Problem]:
        """Return the problems of `data`."""
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartDoctypeDeclHandler = self._doctype
        reader.StartElementHandler = self._start
        reader.EndElementHandler = self._end
        reader.CharacterDataHandler = self._text
        reader.buffer_text = True
        try:
            reader.Parse(data, True)
        except _StopReading:
            pass
        except (expat.ExpatError, ValueError, LookupError) as error:
            self._add("LRT509", f"is geen geldige XML ({error})")
        else:
            self._parse_again(data)
        return list(self.problems.values())

    def _parse_again(self, data: bytes) -> None:
        """Ask the parser that does the work too: it has limits of its own."""
        try:
            parse_xml(data)
        except (etree.XMLSyntaxError, ValueError) as error:
            self._add("LRT509", f"is geen geldige XML ({error})")

    def _add(self, code: str, what: str) -> None:
        remedy = "Open het bestand in Word, verwijder dit, en sla het opnieuw op."
        message = f"Het onderdeel {self.member} van dit bestand {what}."
        self.problems.setdefault(
            code + what, template_problem(code, self.place, message, remedy=remedy)
        )

    def _doctype(self, *_: object) -> None:
        self._add("LRT508", "bevat een DOCTYPE, en dat staat nooit in een echt Word-document")
        raise _StopReading

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEPTH_LIMIT or self.elements > ELEMENT_LIMIT:
            self._add("LRT514", "is te diep genest of te groot")
            raise _StopReading
        if len(attributes) > ATTRIBUTE_LIMIT:
            self._add("LRT514", "heeft een element met te veel kenmerken")
            raise _StopReading
        namespace, _, local = name.rpartition(" ")
        if namespace.startswith(STRICT):
            self._strict()
        if local in _ELEMENTS and (namespace == W or local == "OLEObject"):
            code, what = _ELEMENTS[local]
            self._add(code, f"bevat {what}")
        if namespace == W:
            self._field(local, attributes)

    def _strict(self) -> None:
        self._add("LRT503", "is opgeslagen als 'Strict Open XML'; sla op als gewoon .docx")
        raise _StopReading

    def _field(self, local: str, attributes: dict[str, str]) -> None:
        if local == "fldChar":
            kind = attributes.get(f"{W} fldCharType", "")
            if kind == "begin":
                self.fields.append("")
            elif self.fields:
                self._check_code(self.fields[-1])
                if kind == "end":
                    self.fields.pop()
                else:
                    self.fields[-1] = ""
        elif local == "fldSimple":
            self._check_code(attributes.get(f"{W} instr", ""))
        self.in_code = local == "instrText"
        if self.in_code and not self.fields:
            self.fields.append("")

    def _check_code(self, code: str) -> None:
        found = _FIELD.search(code)
        if found:
            self._add("LRT512", f"bevat een veld {found[1].upper()}, dat iets van buiten ophaalt")

    def _text(self, text: str) -> None:
        if self.in_code and self.fields:
            self.fields[-1] += text

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.in_code and name == f"{W} instrText":
            self.in_code = False
        if self.depth == 0:
            for code in self.fields:
                self._check_code(code)


class _StopReading(Exception):  # noqa: N818 - not an error: the verdict is in already
    """Raised inside expat when there is no use in reading on."""


def _check_types(members: dict[str, bytes], types: Types, place: Place) -> list[Problem]:
    problems = []
    for member in members:
        kind = types.of(member).casefold()
        if any(bad in kind for bad in ("macroenabled", "vba", "activex", "oleobject")):
            message = f"Dit bestand bevat macro's of een ingesloten programma ({member})."
            remedy = "Sla het in Word op als Word-document zonder macro's (.docx)."
            problems.append(template_problem("LRT510", place, message, remedy=remedy))
    main = main_part(members)
    if not main or main not in members:
        message = "Dit bestand heeft geen hoofdtekst."
        problems.append(template_problem("LRT515", place, message, remedy="Kies een .docx."))
    elif not problems and types.of(main) not in {MAIN_TYPE, TEMPLATE_TYPE}:
        message = "Dit bestand is geen Word-document maar een ander soort document."
        problems.append(
            template_problem(
                "LRT503", place, message, found=types.of(main), remedy="Sla het op als .docx."
            )
        )
    return problems


def _check_all_rels(members: dict[str, bytes], place: Place) -> list[Problem]:
    problems: list[Problem] = []
    for member in [name for name in members if name.lower().endswith(".rels")]:
        root = parse_xml(members[member])
        changed = False
        for row in root:
            found, drop = _check_rel(row, member, members, place)
            problems += found
            if drop:
                changed = True
                root.remove(row)
                _drop_attached(members, owner_of_rels(member), row.get("Id", ""))
        if changed:
            members[member] = serialize_xml(root)
    return problems


def _check_rel(
    row: etree._Element, member: str, members: dict[str, bytes], place: Place
) -> tuple[list[Problem], bool]:
    """Return the problems of one relationship, and whether it is to be left out."""
    kind = row.get("Type", "").rpartition("/")[2]
    target = row.get("Target", "")
    if kind in _REL_REMEDIES:
        code, remedy = _REL_REMEDIES[kind]
        message = f"Dit bestand bevat iets wat in een sjabloon niet mag ({kind})."
        return [template_problem(code, place, message, found=target, remedy=remedy)], False
    if kind == "attachedTemplate":
        return _attached(target, place)
    if row.get("TargetMode") == "External":
        if kind == "hyperlink" and is_safe_link(target):
            return [], False
        message = f"Dit bestand verwijst naar iets van buiten ({kind})."
        remedy = "Verwijder de koppeling of voeg de inhoud zelf in (geen koppeling)."
        return [template_problem("LRT511", place, message, found=target, remedy=remedy)], False
    missing = target_member(owner_of_rels(member), target.partition("#")[0]) not in members
    return [], missing and kind != "hyperlink" and not target.startswith("#")


def is_safe_link(target: str) -> bool:
    """Tell whether `target` is a link that a reader may click: web, mail, telephone or in here."""
    try:
        return target.startswith("#") or urlsplit(target).scheme.lower() in _SAFE_LINKS
    except ValueError:
        return False


def _attached(target: str, place: Place) -> tuple[list[Problem], bool]:
    lowered = target.lower().replace("\\", "/")
    remote = re.match(r"(?!file:)[a-z][a-z0-9+.-]+:|//|file:/{2}[^/]|file:/{4,}", lowered)
    if remote:
        message = "Dit bestand haalt zijn sjabloon van een andere computer."
        remedy = "Kies in Word bij Ontwikkelaars > Documentsjabloon: Normal."
        return [template_problem("LRT511", place, message, found=target, remedy=remedy)], False
    message = "De koppeling met een ander sjabloon op deze computer is weggelaten."
    warning = template_problem("LRT516", place, message, found=target, severity=Severity.WARNING)
    return [warning], True


def _drop_attached(members: dict[str, bytes], part: str, rel_id: str) -> None:
    """Remove elements of `part` that name a template by a relationship that is gone."""
    if part not in members:
        return
    root = parse_xml(members[part])
    for element in list(root.iter(w("attachedTemplate"))):
        parent = element.getparent()
        if parent is not None and rel_id in element.attrib.values():
            parent.remove(element)
            members[part] = serialize_xml(root)


def _as_document(members: dict[str, bytes], types: Types) -> dict[str, bytes]:
    """Turn a .dotx into a .docx: only the content type differs."""
    main = main_part(members)
    if types.of(main) != TEMPLATE_TYPE:
        return members
    changed = members[CONTENT_TYPES].replace(TEMPLATE_TYPE.encode(), MAIN_TYPE.encode())
    return {**members, CONTENT_TYPES: changed}
