"""Nodes: what stands in a YAML file, as text with places; nothing is interpreted here."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.errors import Place
    from lrtdocs.source.yaml.lines import Lines

_ESCAPES = {
    '"': re.compile(r"\\(?:x..|u....|U........|.|$)"),
    "'": re.compile(r"''"),
}


MAX_EXCERPT = 60


def shorten(text: str) -> str:
    """Return `text` on one line, cut off after 60 characters."""
    text = " ".join(text[:1000].split())
    return text if len(text) <= MAX_EXCERPT else f"{text[: MAX_EXCERPT - 1]}…"


def typed(nodes: Sequence[ScalarNode]) -> str:
    """Return what is typed from the first of `nodes` up to the last, if that is one line.

    Else their texts, with commas.
    """
    ways = [node.layout for node in nodes if node.layout]
    if ways and len(ways) == len(nodes) and ways[0].start[0] == ways[-1].end[0]:
        return ways[0].lines.lines[ways[0].start[0]][ways[0].start[1] : ways[-1].end[1]]
    return ", ".join(node.text for node in nodes)


class _Piece(NamedTuple):
    """A stretch of a value that stands in the file just as it is in the value."""

    offset: int
    line: int
    column: int


class Layout(NamedTuple):
    """How a node lies in the file: from where to where, and in which quotes or block style.

    What has no brackets ends where its last part does: its own end may lie beyond blank lines.
    """

    lines: Lines
    start: tuple[int, int]
    end: tuple[int, int]
    style: str | None = None

    def pieces(self, value: str) -> list[_Piece]:
        """Return the stretches of `value`, found back in the file in their order."""
        found: list[_Piece] = []
        cursor = 0
        for line, column, text in self._written():
            offset = value.find(text, cursor)
            if offset >= 0:
                found.append(_Piece(offset, line, column))
                cursor = offset + len(text)
        return found

    def _written(self) -> Iterator[tuple[int, int, str]]:
        """Yield line, column and text of each stretch that has no escape in it."""
        block = self.style in {"|", ">"}
        first, last = self.start[0] + block, self.end[0]
        for line in range(first, min(last + 1, len(self.lines.lines))):
            begin = self.start[1] + (self.style is not None) if line == self.start[0] else 0
            end = self.end[1] - (self.style in _ESCAPES) if line == last and not block else None
            raw = self.lines.lines[line][begin:end]
            position = 0
            escape = _ESCAPES.get(self.style or "")
            for literal in escape.split(raw) if escape else [raw]:
                stripped = literal.strip()
                if stripped:
                    column = raw.index(stripped, position)
                    yield line, begin + column, stripped
                    position = column + len(stripped)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value as text.

    `empty` tells that nothing was filled in (`datum:`), `broken` that the value is known to be
    wrong and has been reported, so that nobody complains about it a second time.
    """

    text: str
    place: Place
    empty: bool = False
    broken: bool = False
    layout: Layout | None = field(default=None, repr=False, compare=False)

    @property
    def value(self) -> Value:
        """The value, with what it means and where it stands."""
        place = self.place
        return Value(self.text, at=(place.file, place.line, place.column, None))

    @property
    def is_plain(self) -> bool:
        """Whether the value stands in the file without quotes and without `|` or `>`."""
        return self.layout is not None and self.layout.style is None

    @property
    def is_folded(self) -> bool:
        """Whether the value is made of several lines of the file, put together as one."""
        layout = self.layout
        return layout is not None and layout.style is None and layout.start[0] < layout.end[0]

    @property
    def excerpt(self) -> str:
        """The first words of the value, on one line."""
        return shorten(self.text)

    def place_at(self, line: int, column: int) -> Place:
        """Return the place in the file of a line and column (from 0) inside the value."""
        if self.layout is None:
            return self.place
        rows = self.text.split("\n")
        offset = sum(len(row) + 1 for row in rows[:line]) + column
        pieces = self.layout.pieces(self.text)
        index = bisect_right(pieces, offset, key=lambda piece: piece.offset) - 1
        if index < 0:
            return self.place
        piece = pieces[index]
        return self.layout.lines.place(piece.line, piece.column + offset - piece.offset)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list of nodes; `inline` between brackets."""

    items: tuple[Node, ...]
    place: Place
    inline: bool = False
    layout: Layout | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with their nodes, in the order of the file; a doubled key stands here once.

    `damaged` tells that a line in it could not be read: a key that is missing may be that one.
    """

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place
    damaged: bool = False
    inline: bool = False
    layout: Layout | None = field(default=None, repr=False, compare=False)

    def get(self, key: str) -> Node | None:
        """Return the node under `key`, or None."""
        return next((node for name, node in self.entries if name.text == key), None)


Node = ScalarNode | SequenceNode | MappingNode
