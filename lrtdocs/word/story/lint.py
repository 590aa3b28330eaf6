"""The last look at a document: what would make Word offer to repair it is never written.

`check_members` judges a whole package, `mend_part` repairs what data can do to a structure (a table
without rows, a cell without a paragraph, a row with more cells than columns).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    STORY_TYPES,
    WP,
    XML_HEAD,
    R,
    Types,
    main_part,
    owner_of_rels,
    parse_xml,
    read_rels,
    target_member,
    w,
)
from lrtdocs.word.package.problems import template_problem
from lrtdocs.word.story.tables import mend_tables
from lrtdocs.word.tags.fields import field_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lrtdocs.errors import Place, Problem

_REMEDY = "Open het sjabloon in Word, sla het opnieuw op, en probeer het nog eens."
_BLOCKS = {w("p"), w("tbl"), w("sdt"), w("customXml")}
_HOLDERS = {w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent", "comment")}


def check_members(members: Mapping[str, bytes], place: Place) -> list[Problem]:
    """Return a problem for everything in the package `members` that Word would want to repair."""
    types = Types(members[CONTENT_TYPES])
    ids: Counter[tuple[str, str]] = Counter()
    lists = _list_numbers(members, types)
    faults = [*_package_faults(members, types)]
    for member in members:
        if types.of(member) in STORY_TYPES:
            root = parse_xml(members[member])
            faults += [*_story_faults(root, member, members), *field_faults(root)]
            for element in root.iter():
                _count_ids(element, ids)
                faults += _list_faults(element, lists)
    faults += [f"{kind} {value} is er {n} keer" for (kind, value), n in ids.items() if n > 1]
    return _problems(faults, place)


def check_package(members: Mapping[str, bytes], place: Place) -> list[Problem]:
    """Return a problem for what is wrong with content types and relationships of `members`."""
    return _problems(_package_faults(members, Types(members[CONTENT_TYPES])), place)


def check_story(
    root: etree._Element, member: str, members: Mapping[str, bytes], place: Place
) -> list[Problem]:
    """Return a problem for what is wrong in the structure of one story."""
    return _problems(_story_faults(root, member, members), place)


def _problems(faults: Iterable[str], place: Place) -> list[Problem]:
    return [
        template_problem(
            "LRT320",
            place,
            f"Dit document zou in Word beschadigd zijn: {fault}.",
            remedy=_REMEDY,
        )
        for fault in dict.fromkeys(faults)
    ]


def _package_faults(members: Mapping[str, bytes], types: Types) -> Iterator[str]:
    for member in members:
        if member != CONTENT_TYPES and not types.of(member):
            yield f"het onderdeel {member} heeft geen soort"
    for member, data in members.items():
        if member.endswith(".rels"):
            yield from _rels_faults(member, data, members)


def _rels_faults(member: str, data: bytes, members: Mapping[str, bytes]) -> Iterator[str]:
    owner = owner_of_rels(member)
    seen: set[str] = set()
    for row in parse_xml(data):
        rel_id, target = row.get("Id", ""), row.get("Target", "")
        if rel_id in seen:
            yield f"in {member} komt {rel_id} twee keer voor"
        seen.add(rel_id)
        internal = row.get("TargetMode") != "External" and not target.startswith("#")
        if internal and target_member(owner, target.partition("#")[0]) not in members:
            yield f"het onderdeel {target} ontbreekt"


def _list_numbers(members: Mapping[str, bytes], types: Types) -> set[str]:
    numbers = {"0"}
    for member in members:
        if types.of(member).endswith("numbering+xml"):
            numbers |= {
                num.get(w("numId"), "") for num in parse_xml(members[member]).iter(w("num"))
            }
    return numbers


def _story_faults(root: etree._Element, member: str, members: Mapping[str, bytes]) -> Iterator[str]:
    rels = read_rels(members, member)
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{R}}}") and value and str(value) not in rels:
                yield f"in {member} wordt verwezen naar {value!s}, dat er niet is"
        yield from _element_faults(element)
    if member == main_part(members):
        body = root.find(w("body"))
        if body is None:
            yield "de hoofdtekst ontbreekt"
        elif any(child.tag == w("sectPr") for child in list(body)[:-1]):
            yield "na het laatste sectie-einde staat nog tekst"


def _element_faults(element: etree._Element) -> Iterator[str]:
    tag = element.tag
    if tag == w("tbl") and element.find(f".//{w('tr')}") is None:
        yield "een tabel heeft geen rijen"
    elif tag == w("tr") and element.find(f".//{w('tc')}") is None:
        yield "een tabelrij heeft geen cellen"
    elif tag == w("tc") and (len(element) == 0 or element[-1].tag not in {w("p"), w("sdt")}):
        yield "een tabelcel eindigt niet met een alinea"
    elif tag in _HOLDERS and not any(child.tag in _BLOCKS for child in element):
        yield "een koptekst, voettekst, noot of tekstvak is leeg"


def _list_faults(element: etree._Element, lists: set[str]) -> Iterator[str]:
    if element.tag == w("numPr"):
        number = element.find(w("numId"))
        if number is not None and number.get(w("val"), "") not in lists:
            yield f"lijst {number.get(w('val'))} bestaat niet"


def _count_ids(element: etree._Element, ids: Counter[tuple[str, str]]) -> None:
    if element.tag == f"{{{WP}}}docPr":
        ids["tekening", element.get("id", "")] += 1
    elif element.tag == w("bookmarkStart"):
        ids["bladwijzer", element.get(w("id"), "")] += 1
        ids["bladwijzernaam", element.get(w("name"), "").casefold()] += 1


def mend_part(xml: str) -> str:
    """Return the story `xml` with its tables, cells and holders made whole."""
    root = parse_xml(xml.encode())
    mend_story(root, columns=True)
    return XML_HEAD + etree.tostring(root, encoding="unicode")


def mend_story(
    root: etree._Element, lists: set[str] | None = None, *, columns: bool = False
) -> None:
    """Make tables, cells and holders whole; leave out numbering that is not among `lists`."""
    for control in reversed(list(root.iter(w("sdt")))):
        content, parent = control.find(w("sdtContent")), control.getparent()
        if parent is not None and (content is None or len(content) == 0):
            parent.remove(control)
    mend_tables(root, columns=columns)
    for holder in list(root.iter(*_HOLDERS)):
        children = list(holder)
        if holder.tag == w("tc"):
            if not children or children[-1].tag not in {w("p"), w("sdt")}:
                etree.SubElement(holder, w("p"))
        elif not any(child.tag in _BLOCKS for child in children) and not _drop_box(holder):
            etree.SubElement(holder, w("p"))
    for properties in [] if lists is None else list(root.iter(w("numPr"))):
        number = properties.find(w("numId"))
        parent = properties.getparent()
        known = number is None or number.get(w("val"), "") in {*(lists or ()), "0"}
        if not known and parent is not None:
            parent.remove(properties)


def _drop_box(holder: etree._Element) -> bool:
    """Drop the drawing around a text box that holds nothing; tell whether `holder` was one."""
    if holder.tag != w("txbxContent"):
        return False
    child, parent = holder, holder.getparent()
    while parent is not None and parent.tag != w("r"):
        child, parent = parent, parent.getparent()
    if parent is not None:
        parent.remove(child)
    return parent is not None
