"""The lists of letters that share a document: each letter counts from the start again.

A numbered list goes on where an earlier one with the same w:num stopped. So each letter gets w:num
elements of its own for every list it uses, with the starts of its own numbering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import W, parse_xml, serialize_xml, to_int, w

if TYPE_CHECKING:
    from collections.abc import Mapping


class NumberingMerge:
    """The numbering part of the merged document; `data` is that of the first letter."""

    def __init__(self, data: bytes) -> None:
        self._root = parse_xml(data) if data else etree.Element(w("numbering"), nsmap={"w": W})
        for number in self._root.findall(w("num")):
            self._root.remove(number)
        self._kept = _parse(data)[1] if data else {}
        self._abstracts = {_plain(a): _id(a, "abstractNumId") for a in self._all("abstractNum")}
        self._numbers: list[etree._Element] = []
        self._next = max((to_int(number) for number in self._kept), default=0) + 1

    def _all(self, name: str) -> list[etree._Element]:
        return self._root.findall(w(name))

    def counts(self, number: str, level: int) -> bool:
        """Tell whether the list `number` counts at `level`, rather than shows a bullet."""
        if number not in self._kept:
            return False
        link = self._kept[number].find(w("abstractNumId"))
        wanted = "" if link is None else link.get(w("val"), "")
        for abstract in self._all("abstractNum"):
            if _id(abstract, "abstractNumId") == wanted:
                for each in abstract.findall(w("lvl")):
                    if each.get(w("ilvl"), "0") == str(level):
                        kind = each.find(w("numFmt"))
                        return kind is None or kind.get(w("val")) not in {"bullet", "none"}
        return True

    def add_letter(self, root: etree._Element, data: bytes) -> None:
        """Give the lists in the letter `root`, whose numbering is `data`, numbers of their own."""
        used = [element for element in root.iter(w("numId")) if element.get(w("val")) != "0"]
        if not used:
            return
        abstracts, numbers = _parse(data)
        given: dict[str, str] = {}
        for element in used:
            old = element.get(w("val"), "")
            if old in numbers:
                if old not in given:
                    given[old] = self._copy(numbers[old], abstracts)
                element.set(w("val"), given[old])

    def _copy(self, number: etree._Element, abstracts: Mapping[str, etree._Element]) -> str:
        """Add a copy of `number` that starts anew, and return its id."""
        link = number.find(w("abstractNumId"))
        abstract = abstracts["" if link is None else link.get(w("val"), "")]
        copy = etree.Element(w("num"))
        copy.set(w("numId"), str(self._next))
        etree.SubElement(copy, w("abstractNumId")).set(w("val"), self._abstract(abstract))
        overridden = {o.get(w("ilvl")): o for o in number.findall(w("lvlOverride"))}
        for level in abstract.findall(w("lvl")):
            index = level.get(w("ilvl"), "0")
            old = overridden.get(index)
            if old is not None:
                copy.append(parse_xml(etree.tostring(old)))
                continue
            start = level.find(w("start"))
            override = etree.SubElement(copy, w("lvlOverride"))
            override.set(w("ilvl"), index)
            value = "1" if start is None else start.get(w("val"), "1")
            etree.SubElement(override, w("startOverride")).set(w("val"), value)
        self._numbers.append(copy)
        self._next += 1
        return copy.get(w("numId"), "")

    def _abstract(self, abstract: etree._Element) -> str:
        """Return the id of `abstract` in the merged part, added when it is not there."""
        key = _plain(abstract)
        if key not in self._abstracts:
            ids = [to_int(_id(a, "abstractNumId")) for a in self._all("abstractNum")]
            fresh = str(max(ids, default=-1) + 1)
            copy = parse_xml(etree.tostring(abstract))
            copy.set(w("abstractNumId"), fresh)
            self._root.insert(len(self._all("numPicBullet")) + len(ids), copy)
            self._abstracts[key] = fresh
        return self._abstracts[key]

    def part(self) -> bytes:
        """Return the merged numbering part."""
        at = len(self._all("numPicBullet")) + len(self._all("abstractNum"))
        self._root[at:at] = [*self._kept.values(), *self._numbers]
        return serialize_xml(self._root)


def _parse(data: bytes) -> tuple[dict[str, etree._Element], dict[str, etree._Element]]:
    root = parse_xml(data)
    return (
        {_id(a, "abstractNumId"): a for a in root.findall(w("abstractNum"))},
        {_id(n, "numId"): n for n in root.findall(w("num"))},
    )


def _id(element: etree._Element, name: str) -> str:
    return element.get(w(name), "")


def _plain(abstract: etree._Element) -> bytes:
    """Return what `abstract` says, whatever its id."""
    return b"".join(etree.tostring(child, method="c14n") for child in abstract)
