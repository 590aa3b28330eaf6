"""Where everything stands on the pages of a PDF, in millimetres from the top left corner.

Positions of text are those of its baseline, which no font changes; that is how the house style was
measured, and how a page made here can be laid beside it.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTCurve, LTImage, LTItem, LTPage

if TYPE_CHECKING:
    from collections.abc import Iterator

MM = 25.4 / 72
_GAP = 3.0
"""White, in mm, that parts two pieces on one baseline; the widest word space is 1.2."""
_THIN = 0.6


@dataclass(frozen=True)
class Line:
    """A piece of text on one baseline, without a gap in it."""

    text: str
    x: float
    base: float
    end: float
    size: float
    font: str


@dataclass(frozen=True)
class Rule:
    """A horizontal line; `y` is its middle."""

    x: float
    end: float
    y: float
    thickness: float


@dataclass(frozen=True)
class Image:
    """A picture: its left, top, right and bottom."""

    x: float
    top: float
    end: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page: what stands on it, from top to bottom."""

    number: int
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    images: tuple[Image, ...]

    def line(self, text: str) -> Line:
        """Return the first line that starts with `text`."""
        for line in self.lines:
            if line.text.startswith(text):
                return line
        raise AssertionError(f"page {self.number} has no line {text!r}: {self.texts}")

    @property
    def texts(self) -> list[str]:
        """The text of every line."""
        return [line.text for line in self.lines]

    def column(self, left: float, slack: float = 1.0) -> tuple[Line, ...]:
        """Return the lines that start at `left`."""
        return tuple(line for line in self.lines if abs(line.x - left) <= slack)


def read_pages(pdf: bytes) -> list[Page]:
    """Return the pages of `pdf`."""
    layouts = extract_pages(io.BytesIO(pdf), laparams=LAParams(all_texts=True))
    return [_read_page(layout, number) for number, layout in enumerate(layouts, start=1)]


def _read_page(layout: LTPage, number: int) -> Page:
    items = list(_walk(layout))
    return Page(
        number,
        tuple(_lines([item for item in items if isinstance(item, LTChar)], layout.height)),
        tuple(sorted(set(_rules(items, layout.height)), key=lambda rule: (rule.y, rule.x))),
        tuple(
            Image(
                item.x0 * MM,
                (layout.height - item.y1) * MM,
                item.x1 * MM,
                (layout.height - item.y0) * MM,
            )
            for item in items
            if isinstance(item, LTImage)
        ),
    )


def _walk(item: LTItem) -> Iterator[LTItem]:
    yield item
    for child in getattr(item, "__iter__", lambda: ())():
        yield from _walk(child)


def _lines(chars: list[LTChar], height: float) -> Iterator[Line]:
    def base(char: LTChar) -> float:
        return float(round((height - char.matrix[5]) * MM, 2))

    ordered = sorted(chars, key=lambda char: (base(char), char.x0))
    for level, row in itertools.groupby(ordered, key=base):
        piece: list[LTChar] = []
        for char in row:
            if piece and (char.x0 - piece[-1].x1) * MM > _GAP:
                yield from _line(piece, level)
                piece = []
            piece.append(char)
        yield from _line(piece, level)


def _line(chars: list[LTChar], level: float) -> Iterator[Line]:
    inked = [char for char in chars if char.get_text().strip()]
    if inked:
        text = "".join(char.get_text() for char in chars).strip()
        first = inked[0]
        yield Line(
            text, first.x0 * MM, level, inked[-1].x1 * MM, round(first.size, 1), first.fontname
        )


def _rules(items: list[LTItem], height: float) -> Iterator[Rule]:
    for item in items:
        if isinstance(item, LTCurve) and item.width * MM > 5:
            drawn = item.height if item.fill else item.linewidth
            if item.height * MM <= _THIN:
                middle = (height - (item.y0 + item.y1) / 2) * MM
                yield Rule(item.x0 * MM, item.x1 * MM, middle, drawn * MM)
