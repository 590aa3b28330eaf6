"""A table on disk: its headings, and its rows as often as they are asked for.

A row is read, looked over and handed on: how many there are does not matter for memory. What a cell
cannot be used for is told at that cell, all of it in one reading.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import deque
from contextlib import closing
from functools import cached_property
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING, Protocol

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem
from lrtdocs.model.findings import Findings
from lrtdocs.source.sheet import problems
from lrtdocs.source.sheet.cells import MAX_TEXT, Area, Cell, RawRow, Row

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.source.sheet.headings import Header

MAX_ROWS = 200_000
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u3000\t]")


class Reader(Protocol):
    """What reads the rows of one table from a file, and what it learns while doing so."""

    hidden_columns: list[range]
    hidden_rows: list[int]
    merged: list[Area]
    troubles: list[Problem]

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the rows that have something in them, from the first."""


class Table:
    """A table on disk, to be gone through as often as needed.

    `headings` are its columns, `notes` the texts above them, `opening` what was found in those.
    Going through it changes nothing in it: what is found in the rows goes to who asks for them.
    """

    def __init__(
        self, path: Path, reader: Reader, header: Header, opening: Sequence[Problem]
    ) -> None:
        self.path, self.headings = path, tuple(header.headings)
        self.notes = tuple(header.notes)
        self._reader, self._header = reader, header
        hidden = problems.hidden_columns(
            str(path), reader.hidden_columns, header.headings, header.columns
        )
        self.opening = [*opening, *header.problems, *hidden]

    @cached_property
    def problems(self) -> list[Problem]:
        """All that is wrong in the file, those of one kind cut short; that takes one reading."""
        findings = Findings(self.opening)
        deque(self.rows(findings), maxlen=0)
        return findings.as_list()

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows below the headings, from the first."""
        return self.rows(Findings())

    def rows(self, findings: Findings) -> Iterator[Row]:
        """Yield the rows below the headings, and add to `findings` what is wrong with them."""
        return _Reading(self.path, self._reader, self._header, findings).rows()

    def has(self, key: str) -> bool:
        """Tell whether the table has a column `key`."""
        return any(heading.key == key for heading in self.headings)

    def place_in(self, row: Place, key: str) -> Place:
        """Return where the column `key` is in the row in which the cell at `row` stands."""
        heading = next((one.place.cell for one in self.headings if one.key == key), None)
        if not (row.cell and heading):
            return Place(row.file, row.line)
        return Place(row.file, cell=heading.rstrip(digits) + row.cell.lstrip(ascii_uppercase))


class _Reading:
    """One reading of a table, from the first row to the last."""

    def __init__(self, path: Path, reader: Reader, header: Header, findings: Findings) -> None:
        self.path, self._reader, self._header, self.findings = path, reader, header, findings
        self._outside: set[int] = set()

    def rows(self) -> Iterator[Row]:
        """Yield the rows; what is known only behind the last of them is told then."""
        self._reader.troubles.clear()
        seen, alone = array("L"), set[int]()
        with closing(self._reader.rows()) as rows:
            for raw in rows:
                self._drain()
                if raw.number <= self._header.number:
                    continue
                if len(seen) >= MAX_ROWS:
                    raise problems.too_many(self.path, MAX_ROWS)
                seen.append(raw.number)
                row = self._make_row(raw)
                if len(raw.cells) == 1 and len(alone) < MAX_TEXT:
                    alone.add(raw.number)
                if row is not None:
                    yield row
        self._drain()
        self._check_areas(seen, alone)
        self._tell_hidden_rows()

    def _drain(self) -> None:
        for problem in self._reader.troubles:
            self.findings.add(problem)
        self._reader.troubles.clear()

    def _make_row(self, raw: RawRow) -> Row | None:
        columns = self._header.columns
        if not self._fits(raw):
            return None
        cells: dict[str, Cell] = {}
        outside: Cell | None = None
        for column, cell in raw.cells.items():
            key = columns.get(column)
            if key is None:
                if column not in self._header.doubles:
                    outside = outside or cell
                    self._outside.add(column)
                continue
            clean = cell if cell.text.isprintable() and len(cell.text) < MAX_TEXT else None
            clean = clean or self._clean(cell)
            if clean is not None:
                text = clean.text.strip()
                cells[key] = clean if text == clean.text else clean._replace(text=text)
        refused = {column: problem for column, problem in raw.refused.items() if column in columns}
        for problem in refused.values():
            self.findings.add(problem)
        if outside is not None:
            self.findings.add(problems.outside(outside, alone=not (cells or refused)))
        if not cells and not refused:
            return None
        return Row(raw.number, cells, frozenset(columns[column] for column in refused))

    def _fits(self, raw: RawRow) -> bool:
        """Tell whether a line of CSV has as many cells as there are headings; report it if not."""
        width = self._header.width
        if (
            raw.width is None
            or raw.width == width
            or max(raw.cells, default=0) <= width < raw.width
        ):
            return True
        first = next(iter(raw.cells.values()), None)
        if raw.width == 1 and width > 2 and first is not None:
            self.findings.add(problems.outside(first, alone=True))
        else:
            self.findings.add(
                problems.ragged(Place(str(self.path), raw.number, 1), raw.width, width)
            )
        return False

    def _clean(self, cell: Cell) -> Cell | None:
        """Return the cell without what nobody sees; report what cannot be in a letter."""
        if len(cell.text) > MAX_TEXT:
            self.findings.add(problems.too_long(cell))
            return None
        text = cell.text.replace("\r\n", "\n").replace("\r", "\n")
        if match := _FORBIDDEN.search(text):
            self.findings.add(problems.forbidden(cell, match.group()))
            text = _FORBIDDEN.sub(" ", text)
        if match := _DIRECTION.search(text) or _UNSEEN.search(text):
            self.findings.add(problems.unseen(cell, match.group()))
            text = _UNSEEN.sub("", text)
        text = _ODD_SPACE.sub(" ", text)
        return cell._replace(text=text) if text.strip() else None

    def _check_areas(self, seen: array[int], alone: set[int]) -> None:
        """Report merged cells in rows that were read, but for a note on a row of its own.

        Merged headings are told where there is something below one that is not there.
        """
        columns, top = self._header.columns, self._header.number
        for area in self._reader.merged:
            below = self._outside.intersection(range(area.left, area.right + 1))
            if area.top <= top <= area.bottom and below:
                self.findings.add(problems.merged_headings(str(self.path), area, min(below)))
            index = bisect_left(seen, max(area.top, top + 1))
            filled = index < len(seen) and seen[index] <= area.bottom
            inside = any(area.left <= column <= area.right for column in columns)
            note = area.top == area.bottom and area.top in alone
            if filled and inside and not note and area.top > top:
                self.findings.add(problems.merged(str(self.path), area))

    def _tell_hidden_rows(self) -> None:
        rows = [n for n in self._reader.hidden_rows if n > self._header.number]
        if not rows:
            return
        told = [*map(str, rows[:5]), *([f"nog {len(rows) - 5}"] if len(rows) > 5 else [])]
        one = len(rows) == 1
        self.findings.add(
            problems.hidden(
                Place(str(self.path), cell=f"A{rows[0]}"),
                f"{'Rij' if one else 'De rijen'} {dutch.join_words(told)} "
                f"{'is' if one else 'zijn'} verborgen, maar {'telt' if one else 'tellen'} wel mee.",
                one=one,
            )
        )
