"""What may not stand inside a foreign Word document, member by member.

A Word file can fetch templates, pictures and data, run macros and carry whole other documents.
None of that belongs in a template; it is refused with what to do in Word, all at once. What stands
in the XML itself is judged by `xmlguard`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    MAIN_TYPE,
    TEMPLATE_TYPE,
    Types,
    main_part,
    owner_of_rels,
    parse_xml,
    read_rels,
    serialize_xml,
    target_member,
    w,
)
from lrtdocs.word.package.problems import template_problem
from lrtdocs.word.package.relations import add_override
from lrtdocs.word.package.xmlguard import XmlGuard, is_safe_link

if TYPE_CHECKING:
    from lxml import etree

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


def check_content(members: dict[str, bytes], name: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return `members`, made harmless where that is possible, and the problems found in them."""
    place = Place(name)
    if CONTENT_TYPES not in members:
        message = "Dit bestand is een zip, maar geen Word-document (.docx)."
        return members, [template_problem("LRT501", place, message, remedy="Kies een .docx.")]
    problems = XmlGuard(CONTENT_TYPES, place).check(members[CONTENT_TYPES])
    if problems:
        return members, problems
    types = Types(members[CONTENT_TYPES])
    for member, data in members.items():
        if member != CONTENT_TYPES and _is_xml(member, data, types):
            problems += XmlGuard(member, place).check(data)
    if problems:
        return members, list(dict.fromkeys(problems))
    problems += _check_types(members, types, place)
    if not any(p.code in {"LRT503", "LRT515"} for p in problems):
        problems += _check_all_rels(members, place)
    problems = _macros_once(problems)
    if problems and any(p.severity is Severity.ERROR for p in problems):
        return members, problems
    return _as_document(members, types), problems


def _macros_once(problems: list[Problem]) -> list[Problem]:
    """Return `problems` with one for all parts that macros are made of."""
    of_macros = [p for p in problems if p.code == "LRT510" and "zonder macro's" in p.remedy]
    return [p for p in problems if p not in of_macros[1:]]


def _is_xml(member: str, data: bytes, types: Types) -> bool:
    """Tell whether `member` is XML by its name, its content type, or its first letter."""
    if member.lower().endswith((".xml", ".rels", ".vml")) or types.of(member).endswith("xml"):
        return True
    return data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00").startswith(b"<")


def _check_types(members: dict[str, bytes], types: Types, place: Place) -> list[Problem]:
    problems = []
    for member in members:
        kind = types.of(member).casefold()
        if any(bad in kind for bad in ("macroenabled", "vba", "activex", "oleobject")):
            message = f"Dit bestand bevat macro's of een ingesloten programma ({member})."
            remedy = "Sla het in Word op als Word-document zonder macro's (.docx)."
            problems.append(template_problem("LRT510", place, message, remedy=remedy))
    main = main_part(members)
    mains = [row for row in read_rels(members, "").values() if row.kind == "officeDocument"]
    if len(mains) > 1:
        message = "Dit bestand heeft meer dan één hoofdtekst."
        problems.append(template_problem("LRT515", place, message, remedy="Kies een .docx."))
    elif not main or main not in members:
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
    return {**members, CONTENT_TYPES: add_override(members[CONTENT_TYPES], main, MAIN_TYPE)}
