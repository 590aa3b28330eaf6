"""A finished document as these checks look at it: its paragraphs with their looks and places.

Only the body is read aloud: of headers and footers a PDF has nothing but what is printed. Tracked
changes count as made.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Place, shorten
from lrtdocs.word.package.elements import ancestor, is_fallback, path, val
from lrtdocs.word.package.ooxml import (
    CORE_TYPE,
    ENDNOTES_TYPE,
    FOOTNOTES_TYPE,
    local_name,
    to_int,
    w,
)
from lrtdocs.word.package.package import part_names, style_chain
from lrtdocs.word.reading.formatting import Formatting, parse_formatting, parse_style_sheet
from lrtdocs.word.story.load import level_of, outline_levels, places_of
from lrtdocs.word.tags.paragraphs import runs_of, text_of
from lrtdocs.word.tags.tags import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.messages import Fault
    from lrtdocs.word.package.package import Package

_FOUND_WIDTH = 60
_STANDARD_SIZE = "20"  # half points, where a document says nothing
_DEEPEST_HEADING = 6


class Run(NamedTuple):
    """A run that shows something: its element, its text, and what that looks like."""

    element: etree._Element
    text: str
    look: Formatting

    @property
    def size(self) -> float:
        """The size in points."""
        return to_int(self.look.get("size"), int(_STANDARD_SIZE)) / 2

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return self.look.get("bold") == "ja"


class Line(NamedTuple):
    """One paragraph: its `text` without what is no text, and where it stands.

    `level` is that of a heading, from 1; `number` tells that Word numbers it or gives it a bullet.
    """

    element: etree._Element
    text: str
    place: Place
    style: str
    level: int | None
    number: bool

    @property
    def found(self) -> str:
        """The words that a message shows."""
        return shorten(self.text, _FOUND_WIDTH)

    @property
    def parent(self) -> etree._Element | None:
        """What it stands in: the body, a cell, a text box."""
        return self.element.getparent()


class Paper:
    """A finished document: the `lines` of its body and notes, and all that belongs to those."""

    def __init__(self, package: Package) -> None:
        self.package, self.place = package, Place(package.name)
        self.names = part_names(package)
        self.levels = outline_levels(package)
        self.sheet = parse_style_sheet(package)
        self._bases: dict[tuple[str, str], Formatting] = {}
        self._listed: dict[str, bool] = {}

    @cached_property
    def body(self) -> etree._Element:
        """The main part."""
        return self.package.tree(self.package.main)

    @cached_property
    def lines(self) -> list[Line]:
        """The paragraphs of the body, in order, those of text boxes too."""
        return self.lines_of(self.package.main)

    @cached_property
    def notes(self) -> list[Line]:
        """The paragraphs of footnotes and endnotes."""
        parts = (
            p for p in self.names if self.package.types.of(p) in {FOOTNOTES_TYPE, ENDNOTES_TYPE}
        )
        return [line for part in parts for line in self.lines_of(part)]

    @cached_property
    def title(self) -> str:
        """The title in its properties, "" for none."""
        part = self.package.part_of_type(CORE_TYPE)
        elements = self.package.tree(part) if part else ()
        return "".join(e.text or "" for e in elements if local_name(e) == "title").strip()

    @cached_property
    def text(self) -> str:
        """All text that is read aloud."""
        return "\n".join(line.text for line in (*self.lines, *self.notes))

    def lines_of(self, part: str) -> list[Line]:
        """Return the paragraphs of `part`, but for the copies of text boxes for old programs."""
        root = self.package.tree(part)
        place = Place(self.package.name, part=self.names.get(part))
        found = []
        for paragraph, where in places_of(root, place, self.levels).items():
            if not is_fallback(paragraph):
                found.append(self._line(paragraph, where))
        return found

    def _line(self, paragraph: etree._Element, place: Place) -> Line:
        style = val(paragraph, "pPr/pStyle") or self.sheet.standard.get("paragraph", "")
        level = level_of(paragraph, self.levels)
        text = text_of(paragraph)
        return Line(
            paragraph,
            text.replace(OBJECT, "") if OBJECT in text else text,
            place,
            style,
            None if level is None or level >= _DEEPEST_HEADING else level + 1,
            self._is_numbered(paragraph, style),
        )

    def _is_numbered(self, paragraph: etree._Element, style: str) -> bool:
        own = paragraph.find(path("pPr/numPr/numId"))
        if own is not None:
            return own.get(w("val")) != "0"
        if style not in self._listed:
            chain = style_chain(style, self.sheet.elements)
            numbers = (val(one, "pPr/numPr/numId") for one in chain)
            self._listed[style] = next((n != "0" for n in numbers if n), False)
        return self._listed[style]

    def name_of(self, line: Line) -> str:
        """Return the name of the style of `line` in small letters."""
        return self.sheet.name_of(line.style)

    def in_contents(self, line: Line) -> bool:
        """Tell whether `line` is one of a table of contents or an index, which Word makes."""
        return self.name_of(line).startswith(("toc ", "table of figures", "index "))

    def runs(self, line: Line) -> Iterator[Run]:
        """Yield the runs of `line` that show text."""
        for element in runs_of(line.element):
            text = "".join(t.text or "" for t in element.iterchildren(w("t")))
            if not text.strip():
                continue
            own = element.find(w("rPr"))
            key = (line.style, val(element, "rPr/rStyle"))
            if key not in self._bases:
                of_style = self.sheet.of_style(key[1])
                self._bases[key] = self.sheet.of_paragraph(line.style) | of_style
            base = self._bases[key]
            look = base if own is None else base | parse_formatting(own, self.sheet.theme)
            if look.get("hidden") != "ja":
                yield Run(element, text, look)

    def at(self, fault: Fault, line: Line | None = None) -> Problem:
        """Return `fault` as a problem at `line`, or of the whole document."""
        return fault.at(self.place if line is None else line.place)

    def line_at(self, element: etree._Element) -> Line | None:
        """Return the paragraph that `element` is in, or the first one that is in it."""
        around = element if element.tag == w("p") else ancestor(element, "p")
        if around is None:
            around = next(element.iter(w("p")), None)
        return self._by_element.get(around) if around is not None else None

    @cached_property
    def _by_element(self) -> dict[etree._Element, Line]:
        return {line.element: line for line in (*self.lines, *self.notes)}


def in_box(line: Line) -> bool:
    """Tell whether `line` stands in a text box."""
    return ancestor(line.element, "txbxContent") is not None


def in_frame(line: Line) -> bool:
    """Tell whether `line` stands in a frame, as the blocks of a letter do."""
    return line.element.find(path("pPr/framePr")) is not None


def in_table(line: Line) -> bool:
    """Tell whether `line` stands in a table."""
    return ancestor(line.element, "tbl") is not None


def neighbours(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the paragraphs that stand straight below each other, in runs."""
    run: list[Line] = []
    for line in lines:
        if run and _before(line) is not run[-1].element:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _before(line: Line) -> etree._Element | None:
    """Return the paragraph or table straight before `line`, past marks such as bookmarks."""
    before = line.element.getprevious()
    while before is not None and local_name(before) not in {"p", "tbl", "sdt"}:
        before = before.getprevious()
    return before
