"""Lists: the styles and numbering a template brings, and the numbers one document adds to them.

In Word a numbered list restarts only when it has a w:num of its own. So every ordered list of a
text gets one, and so does a list of the template each time a loop around it goes round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import (
    NUMBERING_TYPE,
    XML_HEAD,
    W,
    parse_xml,
    to_int,
    w,
)
from lrtdocs.word.package.styles import style_chain, styles_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.package.package import Package

NUMBERING_MEMBER = "word/numbering.xml"
_EMPTY = f'{XML_HEAD}<w:numbering xmlns:w="{W}"></w:numbering>'
_BULLETS = ("\u2013", "\u2022", "\u2013")
_INDENT = 284  # twentieths of a point: half a centimetre a level

_BEFORE_NUMBER = {
    w(n) for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}


@dataclass(frozen=True, slots=True)
class ListStyle:
    """A paragraph style for a list: its id ("" when the template has none) and its numbering."""

    style_id: str
    num_id: str = ""
    level: int = 0


@dataclass(frozen=True)
class Styles:
    """The styles of a template by name, in lower case as Word itself compares them."""

    paragraph: Mapping[str, str]
    character: Mapping[str, str]
    numbers: Mapping[str, tuple[str, int]]
    table: Mapping[str, str] = field(default_factory=dict)

    def character_id(self, name: str) -> str:
        """Return the id of character style `name`, or "" when the template has none."""
        return self.character.get(name.casefold(), "")

    def list_style(self, name: str) -> ListStyle:
        """Return the list style `name`; without numbering when the template links none to it."""
        style_id = self.paragraph.get(name.casefold(), "")
        num_id, level = self.numbers.get(style_id, ("", 0))
        return ListStyle(style_id, num_id, level)


@dataclass(frozen=True)
class Numbering:
    """The numbering part of a template, cut where a document adds to it."""

    member: str
    exists: bool
    abstracts: str
    numbers: str
    tail: str
    abstract_of: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    next_number: int = 1
    next_abstract: int = 0


def parse_styles(package: Package, numbering: Numbering) -> Styles:
    """Return the styles of `package`."""
    found: dict[str, dict[str, str]] = {"paragraph": {}, "character": {}, "table": {}}
    by_id = styles_by_id(package)
    for style_id, style in by_id.items():
        kind = style.get(w("type"), "paragraph")
        if kind in found and style.find(w("name")) is not None:
            found[kind][_value(style, "name").casefold()] = style_id
    levels = _levels_of_styles(package.tree(numbering.member)) if numbering.exists else {}
    numbers = {}
    for style_id in found["paragraph"].values():
        number = _style_number(style_id, by_id)
        if number is not None:
            abstract = numbering.abstract_of.get(number[0], "")
            numbers[style_id] = (number[0], levels.get((abstract, style_id), number[1]))
    return Styles(found["paragraph"], found["character"], numbers, found["table"])


def _style_number(style_id: str, by_id: Mapping[str, etree._Element]) -> tuple[str, int] | None:
    """Return (w:num, level) of a style or of the style it is based on."""
    for style in style_chain(style_id, by_id):
        properties = style.find(f"{w('pPr')}/{w('numPr')}")
        number = None if properties is None else properties.find(w("numId"))
        if properties is not None and number is not None:
            return number.get(w("val"), "0"), to_int(_value(properties, "ilvl"))
    return None


def _levels_of_styles(root: etree._Element) -> dict[tuple[str, str], int]:
    levels: dict[tuple[str, str], int] = {}
    for abstract in root.iter(w("abstractNum")):
        for level in abstract.iter(w("lvl")):
            style = level.find(w("pStyle"))
            if style is not None:
                key = (abstract.get(w("abstractNumId"), ""), style.get(w("val"), ""))
                levels[key] = to_int(level.get(w("ilvl")))
    return levels


def parse_numbering(package: Package) -> Numbering:
    """Return the numbering part of `package`, or an empty one."""
    member = package.part_of_type(NUMBERING_TYPE)
    root = package.parse(member) if member else parse_xml(_EMPTY.encode())
    for name in ("abstractNum", "num"):
        etree.SubElement(root, w("mark"), {"after": name})
    marks = {mark.get("after", ""): mark for mark in root.findall(w("mark"))}
    for name, mark in marks.items():
        _place_mark(root, mark, name)
    text = XML_HEAD + etree.tostring(root, encoding="unicode")
    first, second = (etree.tostring(m, encoding="unicode", with_tail=False) for m in marks.values())
    first, second = (_without_namespaces(m) for m in (first, second))
    abstracts, rest = text.split(first)
    numbers, tail = rest.split(second)
    links = {n.get(w("numId"), ""): _value(n, "abstractNumId") for n in root.findall(w("num"))}
    ids = [a.get(w("abstractNumId"), "0") for a in root.findall(w("abstractNum"))]
    return Numbering(
        member or NUMBERING_MEMBER,
        bool(member),
        abstracts,
        numbers,
        tail,
        links,
        {a.get(w("abstractNumId"), ""): _starts(a) for a in root.findall(w("abstractNum"))},
        max(map(to_int, links), default=0) + 1,
        max((to_int(n, -1) for n in ids), default=-1) + 1,
    )


def _place_mark(root: etree._Element, mark: etree._Element, name: str) -> None:
    """Move `mark` behind the last w:`name`, or where the first one would stand."""
    root.remove(mark)
    last = root.findall(w(name))
    if last:
        index = root.index(last[-1]) + 1
    elif name == "num":
        index = root.index(next(root.iter(w("mark")))) + 1
    else:
        index = len(root.findall(w("numPicBullet")))
    root.insert(index, mark)


def _without_namespaces(xml: str) -> str:
    return f'<w:mark after="{xml.partition("after=")[2].split(chr(34))[1]}"/>'


def _value(element: etree._Element, name: str) -> str:
    child = element.find(w(name))
    return child.get(w("val"), "") if child is not None else ""


def _starts(abstract: etree._Element) -> tuple[tuple[str, str], ...]:
    levels = abstract.findall(w("lvl"))
    found = tuple((level.get(w("ilvl"), "0"), _value(level, "start") or "1") for level in levels)
    return found or (("0", "1"),)


class Lists:
    """The lists of one document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._next = numbering.next_number
        self._numbers: list[str] = []
        self._abstracts: dict[bool, str] = {}
        self._foreign: dict[str, str] = {}
        self._bullets = ""
        self._current: dict[str, str] = {}
        self._waiting: set[str] = set()

    @property
    def changed(self) -> bool:
        """Tell whether the numbering part has to be written anew."""
        return bool(self._numbers)

    @property
    def used(self) -> bool:
        """Tell whether a list of this document was numbered at all."""
        return bool(self._current or self._numbers)

    def current(self, number: str) -> str:
        """Return the w:num in use for the list `number` of the template."""
        if number in self._waiting:
            self._waiting.discard(number)
            abstract = self._numbering.abstract_of.get(number, "")
            starts = self._numbering.starts.get(abstract, (("0", "1"),))
            self._current[number] = self._add(abstract, starts) if abstract else number
        return self._current.setdefault(number, number)

    def restart(self, number: str) -> None:
        """Let the list `number` restart at its next paragraph, if it has begun."""
        if number in self._current:
            self._waiting.add(number)

    def new_ordered(self, style: ListStyle, depth: int) -> tuple[str, int]:
        """Return (w:num, level) for a new ordered list in `style`, `depth` lists deep from 1."""
        abstract = self._numbering.abstract_of.get(style.num_id, "") if style.num_id else ""
        level = style.level if abstract else depth - 1
        number = self._add(abstract or self._own(ordered=True), ((str(level), "1"),))
        return number, level

    def bullets(self) -> str:
        """Return the w:num for bullets when the template has none."""
        if not self._bullets:
            self._bullets = self._add(self._own(ordered=False), ())
        return self._bullets

    def adopt(self, levels: str, starts: tuple[tuple[str, str], ...]) -> str:
        """Return a new w:num for a list from elsewhere, with the `levels` of its w:abstractNum."""
        fresh = str(self._numbering.next_abstract + 2 + len(self._foreign))
        return self._add(self._foreign.setdefault(levels, fresh), starts)

    def _add(self, abstract: str, starts: tuple[tuple[str, str], ...]) -> str:
        number = str(self._next)
        self._next += 1
        overrides = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for level, start in starts
        )
        self._numbers.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return number

    def _own(self, *, ordered: bool) -> str:
        number = str(self._numbering.next_abstract + int(ordered))
        self._abstracts.setdefault(ordered, _abstract_xml(number, ordered=ordered))
        return number

    def part(self) -> bytes:
        """Return the numbering part with what this document added."""
        source = self._numbering
        own = "".join(self._abstracts[key] for key in sorted(self._abstracts))
        own += "".join(
            f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
            for levels, number in self._foreign.items()
        )
        numbers = "".join(self._numbers)
        return (source.abstracts + own + source.numbers + numbers + source.tail).encode()


def _abstract_xml(number: str, *, ordered: bool) -> str:
    levels = []
    for level in range(9):
        left = _INDENT * (level + 1)
        kind, text = ("decimal", f"%{level + 1}.") if ordered else ("bullet", _BULLETS[level % 3])
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        )
    body = "".join(levels)
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{body}</w:abstractNum>"
    )


def continue_indent(depth: int) -> int:
    """Return the left indent of a further paragraph of an item, without a style for it."""
    return _INDENT * depth


def own_number(paragraph: etree._Element, number: str, styles: Styles) -> etree._Element:
    """Return the w:numId of `paragraph` itself, made from its style when it has none."""
    found = paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    if found is not None:
        return found
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    style = properties.find(w("pStyle"))
    style_id = style.get(w("val"), "") if style is not None else ""
    holder = etree.Element(w("numPr"))
    index = sum(1 for child in properties if child.tag in _BEFORE_NUMBER)
    properties.insert(index, holder)
    level = styles.numbers.get(style_id, (number, 0))[1]
    etree.SubElement(holder, w("ilvl")).set(w("val"), str(level))
    return etree.SubElement(holder, w("numId"))
