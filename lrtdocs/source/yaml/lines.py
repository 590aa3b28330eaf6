"""The lines of one file, open to mending: whatever is changed, places stay those of the writer.

Reading goes on after a mistake, so the text must be made readable again. Every change is kept, and
`place` undoes it: a column that is reported is a column in the file as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

DASHES = re.compile(r"\s*+(?:-\s++)*+")
KEY = re.compile(
    r"\s*+(?:-\s++)*+(?P<key>\"[^\"]*\"|'[^']*'|[^\s'\"#\[{&*!|>%@`:][^\s:#]*(?:\s+[^\s:#]+)*)\s*:(?=\s|$)"
)
_OPENS = re.compile(r"(?::|\s[|>][0-9+-]*)\s*(?:#.*)?$")
"""The end of a line under which more lines hang."""


class Spot(NamedTuple):
    """A line and a column, from 0."""

    line: int
    column: int


class _Edit(NamedTuple):
    """From `column` on, the text moved `by` columns to the right."""

    column: int
    by: int


@dataclass(slots=True)
class Lines:
    """The lines of `file`; lines and columns count from 0, a `Place` counts from 1.

    `spoiled` holds lines whose value is known to be wrong: nothing more is said about it.
    `blanked` holds lines that were taken out, with the column at which they began.
    `told` holds lines of which a mistake in their layout has been reported.
    """

    file: str
    lines: list[str]
    spoiled: set[int] = field(default_factory=set)
    blanked: dict[int, int] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    edits: dict[int, list[_Edit]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text as it now is."""
        return "\n".join(self.lines)

    def place(self, line: int, column: int) -> Place:
        """Return where `line` and `column` of the mended text are in the file as typed."""
        for edit in reversed(self.edits.get(line, ())):
            if column >= edit.column + max(edit.by, 0):
                column -= edit.by
            else:
                column = min(column, edit.column)
        return Place(self.file, line + 1, max(column, 0) + 1)

    def indent(self, line: int) -> int:
        """Return the column of the first character of `line` that is not a space."""
        return len(self.lines[line]) - len(self.lines[line].lstrip(" "))

    def is_content(self, line: int) -> bool:
        """Tell whether `line` holds more than white space or a comment."""
        text = self.lines[line].strip()
        return bool(text) and not text.startswith("#")

    def is_item(self, line: int) -> bool:
        """Tell whether `line` begins with the dash of a list item."""
        text = self.lines[line].lstrip()
        return text == "-" or text.startswith("- ")

    def previous_content(self, line: int) -> int | None:
        """Return the nearest line above `line` that holds more than a comment, or None."""
        return next((above for above in reversed(range(line)) if self.is_content(above)), None)

    def next_content(self, line: int) -> int | None:
        """Return the nearest line below `line` that holds more than a comment, or None."""
        return next(filter(self.is_content, range(line + 1, len(self.lines))), None)

    def key_column(self, line: int) -> int:
        """Return the column at which the text of `line` begins, after its dashes."""
        match = DASHES.match(self.lines[line])
        return match.end() if match else 0

    def owner(self, line: int) -> str:
        """Return the key under which the list stands of which `line` is an item, or ""."""
        begin = self.indent(line)
        for above in reversed(range(line)):
            match, column = KEY.match(self.lines[above]), self.key_column(above)
            outer = column < begin or (column == begin and not self.is_item(above))
            if match and outer and self.is_content(above):
                return match["key"]
        return ""

    def value_spot(self, spot: Spot) -> Spot:
        """Return where the value begins in which `spot` stands, on the line of `spot`."""
        text = self.lines[spot.line]
        match = KEY.match(text)
        begin = match.end() if match else self.key_column(spot.line)
        begin += len(text[begin:]) - len(text[begin:].lstrip())
        return Spot(spot.line, min(begin, spot.column))

    def replace(self, line: int, column: int, text: str, width: int = 1) -> None:
        """Put `text` in the place of the `width` characters from `column` on."""
        old = self.lines[line]
        self.lines[line] = old[:column] + text + old[column + width :]
        if by := len(text) - width:
            self.edits.setdefault(line, []).append(_Edit(column, by))

    def insert(self, line: int, column: int, text: str) -> None:
        """Put `text` in before `column`."""
        self.replace(line, column, text, width=0)

    def spoil(self, line: int, column: int, end: int | None = None) -> None:
        """Put a harmless value in the place of what stands from `column` to `end`."""
        text = self.lines[line]
        self.lines[line] = text[:column] + "x" + ("" if end is None else text[end:])
        self.spoiled.add(line)

    def blank(self, line: int) -> None:
        """Take the text of `line` out; the line itself stays, so that no other line moves."""
        self.blanked[line] = self.indent(line)
        self.lines[line] = ""

    def cut(self, line: int) -> None:
        """Take the text of `line` and of all lines after it out."""
        self.blank(line)
        self.lines[line:] = [""] * (len(self.lines) - line)

    def indent_block(self, line: int, column: int, end: int | None = None) -> None:
        """Let `line` begin at `column`, and move its like and what hangs under it as far."""
        begin = self.indent(line)
        for row in list(self.block(line, column, end)):
            self._shift(row, column - begin)

    def block(self, line: int, column: int, end: int | None = None) -> Iterator[int]:
        """Yield `line`, its like and what hangs under it, which all go along to `column`.

        That is all up to `end`, or up to a line that begins further to the left, or just there but
        is an item where `line` is a key (or the other way round), or further to the right although
        nothing hangs under `line`.
        """
        begin, dashed = self.indent(line), self.is_item(line)
        opens = True
        for row in range(line, len(self.lines) if end is None else end):
            if not self.lines[row].strip():
                continue
            indent = self.indent(row)
            if indent < begin or (indent == begin and self.is_item(row) != dashed):
                break
            if indent > begin and column > begin and not opens:
                break
            if indent == begin:
                opens = dashed or bool(_OPENS.search(self.lines[row]))
            yield row

    def _shift(self, line: int, by: int) -> None:
        text = self.lines[line]
        by = max(by, -self.indent(line))
        self.lines[line] = " " * by + text if by > 0 else text[-by:]
        if by:
            self.edits.setdefault(line, []).append(_Edit(0, by))
