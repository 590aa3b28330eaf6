"""The last look at a document: what would make Word offer to repair it is never written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem
from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import val
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    NUMBERING_TYPE,
    STORY_TYPES,
    WP,
    R,
    owner_of_rels,
    w,
)
from lrtdocs.word.package.package import Package, Relationship
from lrtdocs.word.story.cleanup import BLOCKS, HOLDERS
from lrtdocs.word.tags.fields import field_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree


def check_package(package: Package) -> list[Problem]:
    """Return a problem for everything in `package` that Word would want to repair."""
    ids: Counter[tuple[str, str]] = Counter()
    lists = {"0"} | {
        number.get(w("numId"), "")
        for part in package.parts_of_type(NUMBERING_TYPE)
        for number in package.tree(part).iter(w("num"))
    }
    faults = [*_part_faults(package)]
    for part in package.parts_of_type(*STORY_TYPES):
        root = package.tree(part)
        faults += [*_story_faults(root, part, package), *field_faults(root)]
        numbers = (val(numbering, "numId", "0") for numbering in root.iter(w("numPr")))
        faults += [Fault("LRT320.lijst", {"id": id_}) for id_ in numbers if id_ not in lists]
        ids.update(("LRT320.tekening", e.get("id", "")) for e in root.iter(f"{{{WP}}}docPr"))
        for mark in root.iter(w("bookmarkStart")):
            ids["LRT320.bladwijzer", mark.get(w("id"), "")] += 1
            ids["LRT320.bladwijzernaam", mark.get(w("name"), "").casefold()] += 1
    faults += [Fault(key, {"id": name, "n": n}) for (key, name), n in ids.items() if n > 1]
    return _problems(faults, Place(package.name))


def check_parts(package: Package) -> list[Problem]:
    """Return a problem for what is wrong with content types and relationships of `package`."""
    return _problems(_part_faults(package), Place(package.name))


def check_story(root: etree._Element, part: str, package: Package, place: Place) -> list[Problem]:
    """Return a problem for what is wrong in the structure of one story."""
    return _problems(_story_faults(root, part, package), place)


def _problems(faults: Iterable[Fault], place: Place) -> list[Problem]:
    return list(dict.fromkeys(fault.at(place) for fault in faults))


def _part_faults(package: Package) -> Iterator[Fault]:
    for part in package:
        if part != CONTENT_TYPES and not package.types.of(part):
            yield Fault("LRT320.soort", {"member": part})
    for part in package:
        if part.endswith(".rels"):
            yield from _relation_faults(part, package)


def _relation_faults(rels: str, package: Package) -> Iterator[Fault]:
    seen: set[str] = set()
    for element in package.tree(rels):
        row = Relationship(element, owner_of_rels(rels))
        if row.id in seen:
            yield Fault("LRT320.relatie", {"member": rels, "id": row.id})
        seen.add(row.id)
        if row.part and not row.target.startswith("#") and row.part not in package:
            yield Fault("LRT320.onderdeel", {"target": row.target})


def _story_faults(root: etree._Element, part: str, package: Package) -> Iterator[Fault]:
    rels = package.relations(part)
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{R}}}") and value and str(value) not in rels:
                yield Fault("LRT320.verwijzing", {"member": part, "id": value})
        yield from _element_faults(element)
    if part == package.main:
        body = root.find(w("body"))
        if body is None:
            yield Fault("LRT320.hoofdtekst")
        elif any(child.tag == w("sectPr") for child in list(body)[:-1]):
            yield Fault("LRT320.sectie")


def _element_faults(element: etree._Element) -> Iterator[Fault]:
    tag = element.tag
    if tag == w("tbl") and element.find(f".//{w('tr')}") is None:
        yield Fault("LRT320.rijen")
    elif tag == w("tr") and element.find(f".//{w('tc')}") is None:
        yield Fault("LRT320.cellen")
    elif tag == w("tc") and (len(element) == 0 or element[-1].tag not in {w("p"), w("sdt")}):
        yield Fault("LRT320.cel")
    elif tag in HOLDERS and not any(child.tag in BLOCKS for child in element):
        yield Fault("LRT320.leeg")
