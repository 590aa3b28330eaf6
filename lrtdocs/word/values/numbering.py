"""Lists: the styles and numbering a template brings, and the numbers one document adds to them.

In Word a numbered list restarts only when it has a w:num of its own. So every ordered list of a
text gets one, and so does a list of the template each time a loop around it goes round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lrtdocs.word.package.elements import add, add_property, path, properties_of, val
from lrtdocs.word.package.ooxml import NUMBERING_TYPE, XML_HEAD, W, parse_xml, to_int, w
from lrtdocs.word.package.package import style_chain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.package.package import Package

    Starts = tuple[tuple[str, str], ...]
    """The levels of a list, each with the number at which it begins."""

NUMBERING_MEMBER = "word/numbering.xml"
_EMPTY = f'{XML_HEAD}<w:numbering xmlns:w="{W}"></w:numbering>'
_BULLETS = ("\u2013", "\u2022", "\u2013")
_DECIMAL, _LETTER = '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="lowerLetter"/>'
_NOT_OF_LETTERS = re.compile(r"<w:(?:nsid|tmpl|pStyle|styleLink|numStyleLink) [^>]*/>")
"""What ties a w:abstractNum to the list with numbers that it is a copy of."""
_SIZE = 20
"""The size of type that Word takes where nothing is said, in half points."""
_INDENT = 284  # twentieths of a point: half a centimetre a level


class ListStyle(NamedTuple):
    """A paragraph style for a list: its id ("" when the template has none) and its numbering."""

    style_id: str
    num_id: str = ""
    level: int = 0


@dataclass(frozen=True, eq=False)
class Styles:
    """The styles of a template by name, in lower case as Word itself compares them.

    `following` gives by id the style that Word goes on in behind a paragraph, where it is another:
    of styles somebody made, since Word's own (Quote) all go on in Normal. `sizes` gives by id the
    size of the type of paragraphs in half points; under "" that of those without a style.
    """

    paragraph: Mapping[str, str]
    character: Mapping[str, str]
    numbers: Mapping[str, tuple[str, int]]
    table: Mapping[str, str] = field(default_factory=dict)
    following: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)

    def character_id(self, name: str) -> str:
        """Return the id of character style `name`, or "" when the template has none."""
        return self.character.get(name.casefold(), "")

    def size_of(self, style_id: str) -> int:
        """Return the size of the type in the paragraph style `style_id`, in half points."""
        return self.sizes.get(style_id) or self.sizes.get("", _SIZE)

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
    starts: Mapping[str, Starts] = field(default_factory=dict)
    next_number: int = 1
    next_abstract: int = 0


def parse_styles(package: Package, numbering: Numbering) -> Styles:
    """Return the styles of `package`."""
    found: dict[str, dict[str, str]] = {"paragraph": {}, "character": {}, "table": {}}
    by_id = package.styles()
    for style_id, style in by_id.items():
        kind = style.get(w("type"), "paragraph")
        if kind in found and (name := val(style, "name")):
            found[kind][name.casefold()] = style_id
    levels = _levels_of_styles(package.tree(numbering.member)) if numbering.exists else {}
    numbers = {}
    for style_id in found["paragraph"].values():
        number = _style_number(style_id, by_id)
        if number is not None:
            abstract = numbering.abstract_of.get(number[0], "")
            numbers[style_id] = (number[0], levels.get((abstract, style_id), number[1]))
    own = {style_id: style for style_id, style in by_id.items() if style.get(w("customStyle"))}
    goes_on = {style_id: val(style, "next") for style_id, style in own.items()}
    following = {one: other for one, other in goes_on.items() if other in by_id and other != one}
    kinds = found["paragraph"], found["character"], numbers, found["table"]
    return Styles(*kinds, following, _sizes(by_id))


def _sizes(by_id: Mapping[str, etree._Element]) -> dict[str, int]:
    """Return the size of the type in each style, and under "" that of what has none."""
    first = next(iter(by_id.values()), None)
    parent = None if first is None else first.getparent()
    default = 0 if parent is None else to_int(val(parent, "docDefaults/rPrDefault/rPr/sz"))
    sizes = {}
    for style_id, style in by_id.items():
        own = (to_int(val(each, "rPr/sz")) for each in style_chain(style_id, by_id))
        size = sizes[style_id] = next(filter(None, own), default) or _SIZE
        if style.get(w("type")) == "paragraph" and style.get(w("default")) == "1":
            default, sizes[""] = size, size
    return sizes


def _style_number(style_id: str, by_id: Mapping[str, etree._Element]) -> tuple[str, int] | None:
    """Return (w:num, level) of a style or of the style it is based on."""
    for style in style_chain(style_id, by_id):
        if number := val(style, "pPr/numPr/numId"):
            return number, to_int(val(style, "pPr/numPr/ilvl"))
    return None


def _levels_of_styles(root: etree._Element) -> dict[tuple[str, str], int]:
    return {
        (abstract.get(w("abstractNumId"), ""), style): to_int(level.get(w("ilvl")))
        for abstract in root.iter(w("abstractNum"))
        for level in abstract.iter(w("lvl"))
        if (style := val(level, "pStyle"))
    }


def parse_numbering(package: Package) -> Numbering:
    """Return the numbering part of `package`, or an empty one."""
    member = package.part_of_type(NUMBERING_TYPE)
    root = package.parse(member) if member else parse_xml(_EMPTY.encode())
    if root.tag != w("numbering"):
        raise ValueError(root.tag)
    abstracts, numbers = abstracts_of(root), numbers_of(root)
    links = {number_id: val(number, "abstractNumId") for number_id, number in numbers.items()}
    before, between, after = _cut(root)
    return Numbering(
        member or NUMBERING_MEMBER,
        bool(member),
        before,
        between,
        after,
        links,
        {abstract_id: starts_of(abstract) for abstract_id, abstract in abstracts.items()},
        max(map(to_int, links), default=0) + 1,
        max((to_int(abstract_id, -1) for abstract_id in abstracts), default=-1) + 1,
    )


def _cut(root: etree._Element) -> list[str]:
    """Return the XML of `root` cut where a document adds its abstract lists, and its lists."""
    for names in (("numPicBullet", "abstractNum"), ("numPicBullet", "abstractNum", "num")):
        before = [root.index(element) for element in root.iterchildren(*map(w, names))]
        root.insert(max(before, default=-1) + 1, etree.Comment("cut"))  # was read without comments
    return (XML_HEAD + etree.tostring(root, encoding="unicode")).split("<!--cut-->")


def abstracts_of(root: etree._Element) -> dict[str, etree._Element]:
    """Return what lists look like: each w:abstractNum of the part `root`, by its id."""
    return {each.get(w("abstractNumId"), ""): each for each in root.findall(w("abstractNum"))}


def numbers_of(root: etree._Element) -> dict[str, etree._Element]:
    """Return the lists themselves: each w:num of the part `root`, by its id."""
    return {each.get(w("numId"), ""): each for each in root.findall(w("num"))}


def starts_of(abstract: etree._Element) -> Starts:
    """Return where each level of a w:abstractNum begins to count."""
    levels = abstract.findall(w("lvl"))
    found = tuple((level.get(w("ilvl"), "0"), val(level, "start") or "1") for level in levels)
    return found or (("0", "1"),)


class Lists:
    """The lists of one document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._next = numbering.next_number
        self._numbers: list[str] = []
        self._abstracts: dict[str, int] = {}
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

    def new_ordered(
        self, style: ListStyle, depth: int, start: int = 1, *, letters: bool = False
    ) -> tuple[str, int]:
        """Return (w:num, level) for a new list in `style`, `depth` deep from 1, from `start` on.

        With `letters` it looks as one with numbers does.
        """
        abstract = self._numbering.abstract_of.get(style.num_id, "") if style.num_id else ""
        level = style.level if abstract else depth - 1
        starts = ((str(level), str(start)),)
        if letters:
            levels = _levels_xml(ordered=True)
            if abstract:
                source = re.escape(abstract).join(
                    (r'<w:abstractNum [^>]*w:abstractNumId="', r'"[^>]*>(.*?)</w:abstractNum>')
                )
                found = re.search(source, self._numbering.abstracts, re.DOTALL)
                levels = found[1] if found else levels
            return self.adopt(
                _NOT_OF_LETTERS.sub("", levels).replace(_DECIMAL, _LETTER), starts
            ), level
        return self._add(abstract or self._own(ordered=True), starts), level

    def bullets(self) -> str:
        """Return the w:num for bullets when the template has none."""
        if not self._bullets:
            self._bullets = self._add(self._own(ordered=False), ())
        return self._bullets

    def adopt(self, levels: str, starts: Starts, abstract: str = "") -> str:
        """Return a new w:num for a list from elsewhere, with the `levels` of its w:abstractNum.

        That may be an `abstract` of the template too.
        """
        fresh = max([self._numbering.next_abstract + 1, *self._abstracts.values()]) + 1
        abstract = abstract or str(self._abstracts.setdefault(levels, fresh))
        return self._add(abstract, starts)

    def _add(self, abstract: str, starts: Starts) -> str:
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
        number = self._numbering.next_abstract + int(ordered)
        return str(self._abstracts.setdefault(_levels_xml(ordered=ordered), number))

    def part(self) -> bytes:
        """Return the numbering part with what this document added."""
        source = self._numbering
        own = "".join(
            f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
            for levels, number in sorted(self._abstracts.items(), key=itemgetter(1))
        )
        numbers = "".join(self._numbers)
        return (source.abstracts + own + source.numbers + numbers + source.tail).encode()


@cache
def _levels_xml(*, ordered: bool) -> str:
    """Return the inside of the w:abstractNum for lists of a template that has no style for them."""
    levels = ['<w:multiLevelType w:val="multilevel"/>']
    for level in range(9):
        left = _INDENT * (level + 1)
        kind, text = ("decimal", f"%{level + 1}.") if ordered else ("bullet", _BULLETS[level % 3])
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        )
    return "".join(levels)


def continue_indent(depth: int) -> int:
    """Return the left indent of a further paragraph of an item, without a style for it."""
    return _INDENT * depth


def own_number(paragraph: etree._Element, number: str, styles: Styles) -> etree._Element:
    """Return the w:numId of `paragraph` itself, made from its style when it has none."""
    found = paragraph.find(path("pPr/numPr/numId"))
    if found is not None:
        return found
    properties = properties_of(paragraph, "pPr")
    level = styles.numbers.get(val(properties, "pStyle"), (number, 0))[1]
    holder = add_property(properties, "numPr")
    add(holder, "ilvl", val=level)
    return add(holder, "numId")
