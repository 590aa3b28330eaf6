"""What may not stand inside a foreign Word document, part by part and in their XML.

A Word file can fetch templates, pictures and data, run macros and carry whole other documents.
None of that belongs in a template; it is refused with what to do in Word, all at once. Only a part
in which expat found no DOCTYPE is parsed, so that no bomb can go off.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.parsers import expat

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, Severity, TemplateProblemsError, has_errors
from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import drop
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    MAIN_TYPE,
    PKG_TYPES,
    STRICT,
    TEMPLATE_TYPE,
    O,
    V,
    W,
    owner_of_rels,
    w,
)
from lrtdocs.word.package.package import Package, Relationship
from lrtdocs.word.package.unzip import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEPTH_LIMIT = 200
ELEMENT_LIMIT = 1_500_000
ATTRIBUTE_LIMIT = 200

_REFUSED = {
    "oleObject": "LRT510.oleObject",
    "control": "LRT510.activeX",
    "activeXControlBinary": "LRT510.activeX",
    "vbaProject": "LRT510.vba",
    "wordVbaData": "LRT510.vba",
    "aFChunk": "LRT513.aFChunk",
    "subDocument": "LRT513.subDocument",
    "frame": "LRT513.frame",
}
"""The relationships that a document may not have, by what the last word of their type says."""
REFUSED = {"LRT510", "LRT511", "LRT512", "LRT513"}
"""Refusals of a file that can still be read: macros, links to outside, fields that fetch."""
_IDLE = [w(name) for name in ("attachedTemplate", "dataSource", "headerSource", "src")]
_MACROS = {"LRT510.programma", "LRT510.vba"}
_REMOTE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|//|file:/{2}[^/]|file:/{4,}")

_ELEMENTS = {
    "altChunk": "LRT513.altChunk",
    "subDoc": "LRT513.subDoc",
    "frameset": "LRT513.frameset",
    "object": "LRT510.object",
    "control": "LRT510.control",
    "OLEObject": "LRT510.object",
}
_TYPE_ROWS: dict[object, tuple[str, str]] = {
    f"{{{PKG_TYPES}}}Default": ("Extension", "ContentType"),
    f"{{{PKG_TYPES}}}Override": ("PartName", "ContentType"),
}
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEPTH_LIMIT + 1)})")
_NUMBER = etree.XPath(f"count(//*) > {ELEMENT_LIMIT}")
_FIELD = re.compile(
    r"""[\s"\\]*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|RD|
    QUOTE(?=[\s\d]+$))(?=\s|$|")""",
    re.VERBOSE | re.IGNORECASE,
)
_LINK_FIELD = re.compile(r"\s*HYPERLINK\b(.*)", re.DOTALL | re.IGNORECASE)
_SWITCH = re.compile(r'\\[a-z]\b\s*("[^"]*"|[^\s\\"]+)?', re.IGNORECASE)
_SAFE_LINKS = ("http", "https", "mailto", "tel")


def read_package(data: bytes, name: str) -> Package:
    """Return the .docx `data`; raise TemplateProblemsError with all problems.

    `name` is what the user calls the file. Every byte string ends in a package or a refusal. What
    can be made harmless is, with a warning.
    """
    package = Package(name, unpack(data, name))
    problems = check_content(package, Place(name))
    if has_errors(problems):
        raise TemplateProblemsError(*[p for p in problems if p.severity is Severity.ERROR])
    package.warnings = tuple(problems)
    if package.types.of(package.main) == TEMPLATE_TYPE:  # a .dotx differs in nothing else
        package.set_type(package.main, MAIN_TYPE)
    return package


def read_any(data: bytes, name: str) -> Package:
    """Return the .docx `data` to look at, also one with what no template may carry or fetch.

    Nothing of that is run or fetched. Raises TemplateProblemsError for what cannot be read.
    """
    try:
        return read_package(data, name)
    except TemplateProblemsError as error:
        if any(problem.code not in REFUSED for problem in error.problems):
            raise
    return Package(name, unpack(data, name))


def check_content(package: Package, place: Place) -> list[Problem]:
    """Return what is wrong with the parts of `package`; links to nothing are left out of it."""
    if CONTENT_TYPES not in package:
        return [messages.problem("LRT501.zip", place)]
    problems = _check_xml(package, CONTENT_TYPES, place)
    if problems:
        return problems
    for part in package:
        if part != CONTENT_TYPES and _is_xml(package, part):
            problems += _check_xml(package, part, place)
    if problems:
        return list(dict.fromkeys(problems))
    problems += _mend_types(package, place)
    problems += _check_types(package, place)
    if not any(p.code in {"LRT503", "LRT515"} for p in problems):
        problems += _check_all_relations(package, place)
    macros = [p for p in problems if p.key in _MACROS]
    return [p for p in problems if p not in macros[1:]]


def _is_xml(package: Package, part: str) -> bool:
    """Tell whether `part` is XML by its name, its content type, or its first letter.

    A font or picture may begin with any letter.
    """
    kind = package.types.of(part).lower()
    if part.lower().endswith((".xml", ".rels", ".vml")) or kind.endswith("xml"):
        return True
    if kind.startswith(("image/", "font/")) or "font" in kind.rpartition("/")[2]:
        return False
    return package[part][:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00").startswith(b"<")


def _check_xml(package: Package, part: str, place: Place) -> list[Problem]:
    """Return what is wrong with the XML of `part`, which is parsed here for the first time."""
    try:
        if has_doctype(package[part]):
            return [messages.problem("LRT508", place, member=part)]
        return check_tree(package.parse(part), part, place)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:  # type: ignore[attr-defined]
            return [messages.problem("LRT514.diep", place, member=part)]
        return [messages.problem("LRT509", place, member=part, reason=error.msg)]
    except (expat.ExpatError, ValueError, LookupError) as error:
        return [messages.problem("LRT509", place, member=part, reason=error)]


class _StopReading(Exception):  # noqa: N818 - not an error: the answer is in
    """Raised inside expat where a DOCTYPE, or the root element, begins."""


def has_doctype(data: bytes) -> bool:
    """Tell whether the XML `data` has a DOCTYPE; raises ExpatError for what is no XML."""

    def stop_at_doctype(*_: object) -> None:
        seen.append(True)
        raise _StopReading

    def stop_at_root(*_: object) -> None:
        raise _StopReading

    reader, seen = expat.ParserCreate(), list[bool]()
    reader.StartDoctypeDeclHandler, reader.StartElementHandler = stop_at_doctype, stop_at_root
    with suppress(_StopReading):
        reader.Parse(data, True)
    return bool(seen)


def check_tree(root: etree._Element, member: str, place: Place) -> list[Problem]:
    """Return a problem for whatever may not stand in `root`, the tree of `member`."""
    if _TOO_DEEP(root) or _NUMBER(root):
        return [messages.problem("LRT514.diep", place, member=member)]
    return list(dict.fromkeys(fault.at(place) for fault in _faults(root, member)))


def _faults(root: etree._Element, member: str) -> Iterator[Fault]:
    fields: list[str | None] = []  # those that are open: the code of each, or None behind it
    for element in root.iter(etree.Element):
        namespace, _, local = str(element.tag)[1:].rpartition("}")
        if len(element.attrib) > ATTRIBUTE_LIMIT:
            yield Fault("LRT514.kenmerken", {"member": member})
            return
        if namespace.startswith(STRICT):
            yield Fault("LRT503.strict", {"member": member})
            return
        if local in _ELEMENTS and (namespace == W or local == "OLEObject"):
            yield Fault(_ELEMENTS[local], {"member": member})
        if namespace == W:
            yield from _field_faults(local, element, fields, member)
        elif namespace == V and not _is_safe_shape(element):
            yield Fault("LRT511.tekening", {"member": member})
    for code in fields:
        yield from _code_faults(code or "", member)


def _is_safe_shape(element: etree._Element) -> bool:
    """Tell whether an old drawing shows and opens nothing by an address of its own."""
    links = filter(None, [element.get("href"), element.get(f"{{{O}}}href")])
    return not element.get("src") and all(map(is_safe_link, links))


def _field_faults(
    local: str, element: etree._Element, fields: list[str | None], member: str
) -> Iterator[Fault]:
    """Keep up with the open `fields`; yield what is wrong with a code that is whole."""
    if local == "fldSimple":
        yield from _code_faults(element.get(w("instr"), ""), member)
    elif local == "instrText":
        *outer, code = fields or [""]
        fields[:] = [*outer, (code or "") + "".join(map(str, element.itertext()))]
    elif local == "fldChar":
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            if fields and fields[-1] is not None and not fields[-1].strip():
                # another field would make up what sort of field it is
                yield Fault("LRT512.naam", {"member": member})
            fields.append("")
        elif fields:
            yield from _code_faults(fields[-1] or "", member)
            fields[-1:] = [] if kind == "end" else [None]


def _code_faults(code: str, member: str) -> Iterator[Fault]:
    found = _FIELD.match(code)
    if found:
        yield Fault("LRT512.veld", {"member": member, "name": found[1].upper()})
    link = _LINK_FIELD.match(code)
    if link and not _is_safe_field(link[1]):
        yield Fault("LRT511.veld", {"member": member, "link": code.strip()})


def is_safe_link(target: str) -> bool:
    """Tell whether `target` is a link that a reader may click: web, mail, telephone or in here."""
    try:
        return target.startswith("#") or urlsplit(target).scheme.lower() in _SAFE_LINKS
    except ValueError:
        return False


def _is_safe_field(arguments: str) -> bool:
    """Tell whether a HYPERLINK field with `arguments` goes to a place a reader may go to."""
    address = _SWITCH.sub("", arguments).strip().strip('"').strip()
    if not address or address.startswith("#") or "{{" in address or "{%" in address:
        return True  # a tag in a field is told where tags are looked for
    if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
        return is_safe_link(address)
    return address.lower().startswith("www.")


def _mend_types(package: Package, place: Place) -> Iterator[Problem]:
    """Drop the rows of the content types that give no type, or that of nothing, and tell so.

    python-docx and LibreOffice open no package that has one.
    """
    root = package.parse(CONTENT_TYPES)
    rows = root.iterdescendants(*_TYPE_ROWS)
    idle = [row for row in rows if not all(map(row.get, _TYPE_ROWS[row.tag]))]
    for row in idle:
        drop(row)
    if idle:
        package.write(CONTENT_TYPES, root)
        yield messages.problem("LRT520", place)


def _check_types(package: Package, place: Place) -> list[Problem]:
    problems = []
    for part in package:
        kind = package.types.of(part).casefold()
        if any(bad in kind for bad in ("macroenabled", "vba", "activex", "oleobject")):
            problems.append(messages.problem("LRT510.programma", place, member=part))
    main = package.main
    kind = package.types.of(main)
    mains = [row for row in package.relations().values() if row.kind == "officeDocument"]
    if len(mains) > 1:
        problems.append(messages.problem("LRT515.meer", place))
    elif main not in package:
        problems.append(messages.problem("LRT515.geen", place))
    elif not problems and kind not in {MAIN_TYPE, TEMPLATE_TYPE}:
        problems.append(messages.problem("LRT503.soort", place, kind=kind))
    return problems


def _check_all_relations(package: Package, place: Place) -> list[Problem]:
    problems: list[Problem] = []
    for rels in [name for name in package if name.lower().endswith(".rels")]:
        owner, root = owner_of_rels(rels), package.parse(rels)
        dropped, completed = [], False
        for element in list(root):
            if told := _complete_link(element, place):
                problems.append(told)
                completed = True
            row = Relationship(element, owner)
            problem = _check_relation(row, place)
            problems += [problem] if problem else []
            if _is_idle(row, problem, package):
                root.remove(element)
                dropped.append(row.id)
        if dropped or completed:
            package.write(rels, root)
        if dropped:
            _drop_attached(package, owner, dropped)
    return problems


def _complete_link(row: etree._Element, place: Place) -> Problem | None:
    """Put https:// before the address of a site that was typed without, and tell so."""
    target = row.get("Target", "")
    if row.get("TargetMode") != "External" or not target.lower().startswith("www."):
        return None
    row.set("Target", f"https://{target}")
    return messages.problem("LRT519", place, target=row.get("Target", ""), typed=target)


def _check_relation(row: Relationship, place: Place) -> Problem | None:
    """Return what is wrong with one relationship, or None."""
    if row.kind in _REFUSED:
        return messages.problem(_REFUSED[row.kind], place, kind=row.kind, target=row.target)
    if row.kind == "attachedTemplate":
        remote = _REMOTE.match(row.target.lower().replace("\\", "/"))
        key = "LRT511.sjabloon" if remote else "LRT516.sjabloon"
        return messages.problem(key, place, target=row.target)
    if row.kind in {"mailMergeSource", "mailMergeHeaderSource"}:
        return messages.problem("LRT516.lijst", place, target=row.target)
    if row.external and not (row.kind == "hyperlink" and is_safe_link(row.target)):
        key = "LRT511.link" if row.kind == "hyperlink" else "LRT511.verwijzing"
        return messages.problem(key, place, kind=row.kind, target=row.target)
    return None


def _is_idle(row: Relationship, problem: Problem | None, package: Package) -> bool:
    """Tell whether `row` is to be left out: a template or list elsewhere, or a part not there."""
    if problem is not None:
        return problem.code == "LRT516"
    if row.external or row.kind == "hyperlink" or row.target.startswith("#"):
        return False
    return row.part not in package


def _drop_attached(package: Package, part: str, rel_ids: Iterable[str]) -> None:
    """Remove elements of `part` that name a template or a list by a relationship that is gone."""
    if part not in package:
        return
    root = package.parse(part)
    found = [e for e in root.iter(*_IDLE) if {*rel_ids} & {*e.attrib.values()}]
    for element in found:
        drop(element)
    if found:
        package.write(part, root)
