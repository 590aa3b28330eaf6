"""The lists of letters that share a document: each letter counts from the start again.

A numbered list goes on where an earlier one with the same w:num stopped. So each letter gets w:num
elements of its own for every list it uses, with the starts of its own numbering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import add, make, val
from lrtdocs.word.package.ooxml import W, parse_xml, serialize_xml, to_int, w
from lrtdocs.word.values.numbering import abstracts_of, numbers_of, starts_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class NumberingMerge:
    """The numbering part of the merged document; `data` is that of the first letter."""

    def __init__(self, data: bytes) -> None:
        self._root = parse_xml(data) if data else etree.Element(w("numbering"), nsmap={"w": W})
        self._kept = numbers_of(self._root)
        for number in self._root.findall(w("num")):
            self._root.remove(number)
        self._abstracts = {_plain(a): name for name, a in abstracts_of(self._root).items()}
        self._numbers: list[etree._Element] = []
        self._next = max((to_int(number) for number in self._kept), default=0) + 1

    def counts(self, number: str, level: int) -> bool:
        """Tell whether the list `number` counts at `level`, rather than shows a bullet."""
        if number not in self._kept:
            return False
        abstract = abstracts_of(self._root).get(val(self._kept[number], "abstractNumId"))
        for each in [] if abstract is None else abstract.findall(w("lvl")):
            if each.get(w("ilvl"), "0") == str(level):
                return val(each, "numFmt") not in {"bullet", "none"}
        return True

    def add_letter(self, root: etree._Element, data: bytes) -> None:
        """Give the lists in the letter `root`, whose numbering is `data`, numbers of their own."""
        used = [element for element in root.iter(w("numId")) if element.get(w("val")) != "0"]
        if not used:
            return
        part, given = parse_xml(data), dict[str, str]()
        abstracts, numbers = abstracts_of(part), numbers_of(part)
        for element in used:
            old = element.get(w("val"), "")
            if old in numbers:
                if old not in given:
                    given[old] = self._copy(numbers[old], abstracts)
                element.set(w("val"), given[old])

    def _copy(self, number: etree._Element, abstracts: Mapping[str, etree._Element]) -> str:
        """Add a copy of `number` that starts anew, and return its id."""
        abstract = abstracts[val(number, "abstractNumId")]
        copy = make("num", numId=self._next)
        add(copy, "abstractNumId", val=self._abstract(abstract))
        overridden = {o.get(w("ilvl")): o for o in number.findall(w("lvlOverride"))}
        for level, start in starts_of(abstract):
            if level in overridden:
                copy.append(parse_xml(etree.tostring(overridden[level])))
            else:
                add(add(copy, "lvlOverride", ilvl=level), "startOverride", val=start)
        self._numbers.append(copy)
        self._next += 1
        return copy.get(w("numId"), "")

    def _abstract(self, abstract: etree._Element) -> str:
        """Return the id of `abstract` in the merged part, added when it is not there."""
        key = _plain(abstract)
        if key not in self._abstracts:
            fresh = str(max(map(to_int, abstracts_of(self._root)), default=-1) + 1)
            copy = parse_xml(etree.tostring(abstract))
            copy.set(w("abstractNumId"), fresh)
            self._root.insert(self._end(), copy)
            self._abstracts[key] = fresh
        return self._abstracts[key]

    def _end(self) -> int:
        """Return where the abstract lists end in the merged part."""
        return sum(1 for _ in self._root.iterchildren(w("numPicBullet"), w("abstractNum")))

    def part(self) -> bytes:
        """Return the merged numbering part."""
        at = self._end()
        self._root[at:at] = [*self._kept.values(), *self._numbers]
        return serialize_xml(self._root)


def _plain(abstract: etree._Element) -> bytes:
    """Return what `abstract` says, whatever its id."""
    return b"".join(etree.tostring(child, method="c14n") for child in abstract)
