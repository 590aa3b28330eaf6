"""A table on disk: its headings, and its rows as often as they are asked for.

A row is read, looked over and handed on: how many there are does not matter for memory. What a cell
cannot be used for is told at that cell, all of it in one reading.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from contextlib import closing
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING, Protocol

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, Severity, shorten
from lrtdocs.findings import Findings
from lrtdocs.model.characters import (
    DIRECTION,
    FORBIDDEN,
    HIDDEN,
    LOST,
    ODD_SPACE,
    describe_character,
    mended,
    word_at,
)
from lrtdocs.source.sheet.cells import MAX_TEXT, Cell, Layout, RawRow, Row, column_letters, refuse

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.source.sheet.cells import Mark
    from lrtdocs.source.sheet.headings import Header

MAX_ROWS = 200_000
_SHOWN = 60  # so much of a text is shown in a message
_MOST_ROWS = 12
_FIGURE = re.compile("[0-9]")
_LABEL = re.compile(
    r"[^:]*:$|(datum|peildatum|versie|opgesteld|gemaakt|auteur|bron|status|stand|perioden?|regio|jaar"
    r"|laatst|bijgewerkt|contact|afdeling|titel|onderwerp|toelichting|let op|noot|nb|filter"
    r"|selectie|export|rapport|aantal|totaal)\b",
    re.IGNORECASE,
)
"""What begins a row of two cells about the list, above its headings."""
_QUOTED = re.compile(r"'(?:[0-9]{3}|[A-Z][a-z]+\b)[^']*")
"""A text with the sign before it that makes it one in Excel; "'s-Gravenhage" and '25 have none."""
_ASKED = re.compile(r"(?<![^\s(\"'])[^\W\d_]+\?[^\W\d_A-Z]+(?![^\s.,;:)\"'-])")
"""A word with a question mark in it, which is no part of an address of a page."""


class Reader(Protocol):
    """What reads the rows of one table from a file, and learns the layout while doing so.

    `name` is that of a sheet, as on its tab; `opening` what is wrong with the file as a whole.
    """

    name: str
    hidden: bool
    layout: Layout
    opening: list[Problem]

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the rows that have something in them, from the first."""


class Table:
    """A table on disk, to be gone through as often as needed.

    `headings` are its columns, `notes` the texts above them, `opening` what was found in those.
    Going through it changes nothing in it: what is found in the rows goes to who asks for them.
    """

    def __init__(
        self,
        path: Path,
        reader: Reader,
        header: Header,
        opening: Sequence[Problem],
        *,
        visible: bool = False,
    ) -> None:
        self.path, self.headings = path, tuple(header.headings)
        self._keys = frozenset(heading.key for heading in self.headings)
        self.notes = tuple(cell for row in header.above for cell in row.cells.values())
        self._reader, self._header, self._visible = reader, header, visible
        self.opening = [*opening, *header.problems, *self._hidden_columns()]

    def _hidden_columns(self) -> Iterator[Problem]:
        """Yield a warning for each column with a heading that is hidden."""
        texts = {heading.key: heading.text for heading in self.headings}
        for column, key in self._header.columns.items():
            if any(column in hidden for hidden in self._reader.layout.hidden_columns):
                place = Place(str(self.path), cell=f"{column_letters(column)}1")
                yield messages.problem("LRT609.kolom", place, heading=texts[key])

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows below the headings, from the first."""
        return self.rows(Findings())

    def rows(self, findings: Findings) -> Generator[Row, None, None]:
        """Yield the rows below the headings, and add to `findings` what is wrong with them."""
        reading = _Reading(self.path, self._reader, self._header, findings)
        return reading.rows(visible=self._visible)

    def spare(self, key: str) -> None:
        """Have merged cells be no error in the column `key`, which need not be read."""
        columns = {column for column, name in self._header.columns.items() if name == key}
        self._header.known -= columns

    def has(self, key: str) -> bool:
        """Tell whether the table has a column `key`."""
        return key in self._keys

    def place_in(self, row: Place, key: str) -> Place:
        """Return where the column `key` is in the row in which the cell at `row` stands."""
        heading = next((one.place.cell for one in self.headings if one.key == key), None)
        if not (row.cell and heading):
            return Place(row.file, row.line)
        return Place(row.file, cell=heading.rstrip(digits) + row.cell.lstrip(ascii_uppercase))


def note(cell: Cell, key: str = "LRT611.rij") -> Problem:
    """Return the warning `key` of a row that holds nothing but a note, or a sum, with `cell`."""
    return messages.problem(key, cell.place, text=shorten(cell.text, _SHOWN))


class _Reading:
    """One reading of a table: what it met, for what can be said behind the last row only.

    `seen` are the numbers of the rows, `alone` those of the rows with one cell, `outside` the
    columns of cells that are in no column of the table.
    """

    def __init__(self, path: Path, reader: Reader, header: Header, findings: Findings) -> None:
        self.path, self._reader, self._header, self.findings = path, reader, header, findings
        self.seen = array("I")
        self.alone: set[int] = set()
        self.outside: set[int] = set()

    def rows(self, *, visible: bool) -> Generator[Row, None, None]:
        """Yield the rows; what is known only behind the last of them is told then."""
        with closing(self._reader.rows()) as rows:
            for raw in rows:
                self.findings.extend(raw.problems)
                out = visible and self._reader.layout.hidden_rows[-1:] == [raw.number]
                if raw.number <= self._header.number or out:
                    continue
                if self._header.is_headings(raw):
                    if self._header.is_same(raw):
                        continue
                    self._tell_other_headings(raw)
                    break
                if len(self.seen) >= MAX_ROWS:
                    raise refuse("LRT001.rijen", self.path, limit=MAX_ROWS)
                self.seen.append(raw.number)
                if len(raw.cells) == 1 and len(self.alone) < MAX_TEXT:
                    self.alone.add(raw.number)
                row = self._make_row(raw) if self._fits(raw) else None
                if row is not None:
                    yield row
        self._check_above()
        self._check_areas()
        self._check_marks()
        if not visible:
            self._check_hidden_rows()

    def _tell(self, key: str, place: Place, **fields: object) -> None:
        self.findings.add(messages.problem(key, place, None, **fields))

    def _place(self, cell: str) -> Place:
        return Place(str(self.path), cell=cell)

    def _make_row(self, raw: RawRow) -> Row | None:
        """Return what the columns hold of `raw`, or None if that is nothing."""
        columns = self._header.columns
        cells: dict[str, Cell] = {}
        stray: Cell | None = None
        for column, cell in raw.cells.items():
            key = columns.get(column)
            if key is not None:
                clean = self._clean(cell)
                if clean is not None:
                    cells[key] = clean
            elif column not in self._header.doubles:
                stray = stray or cell
                self.outside.add(column)
        refused = {column: problem for column, problem in raw.refused.items() if column in columns}
        for problem in refused.values():
            self.findings.add(problem)
        if stray is not None and (cells or refused):
            self._tell("LRT611.cel", stray.place, text=shorten(stray.text, _SHOWN))
        elif stray is not None:
            self.findings.add(note(stray))
        if not cells and not refused:
            return None
        return Row(raw.number, cells, frozenset(columns[column] for column in refused))

    def _fits(self, raw: RawRow) -> bool:
        """Tell whether a line of CSV has as many cells as there are headings; report it if not."""
        width = self._header.width
        if raw.width in {None, width} or max(raw.cells, default=0) <= width < (raw.width or 0):
            return True
        first = next(iter(raw.cells.values()), None)
        if raw.width == 1 and width > 2 and first is not None:
            self.findings.add(note(first))
        else:
            self._tell(
                "LRT615", Place(str(self.path), raw.number, 1), found=raw.width, expected=width
            )
        return False

    def _clean(self, cell: Cell) -> Cell | None:
        """Return the cell without what nobody sees; report what cannot be in a letter."""
        text = cell.text
        if len(text) > MAX_TEXT:
            self._tell("LRT612", cell.place, limit=MAX_TEXT, length=len(text))
            return None
        if "?" in text or "&" in text or not text.isascii():
            text = self._mend(cell)
        if not text.isprintable():
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if match := FORBIDDEN.search(text):
                self._tell("LRT613", cell.place, character=describe_character(match.group()))
                text = FORBIDDEN.sub(" ", text)
            if match := DIRECTION.search(text) or HIDDEN.search(text):
                self._tell("LRT614", cell.place, character=describe_character(match.group()))
                text = HIDDEN.sub("", text)
            text = ODD_SPACE.sub(" ", text.replace("\t", " "))
        text = text.strip()
        if text[:1] == "'" and _QUOTED.fullmatch(text):
            text = text[1:]
        if not text:
            return None
        return cell if text == cell.text else cell._replace(text=text)

    def _mend(self, cell: Cell) -> str:
        """Return the text of `cell` with its letters as they were; report spoiled ones."""
        text = mended(cell.text)
        if text != cell.text:
            right, word = shorten(text, _SHOWN), shorten(cell.text, _SHOWN)
            self._tell("LRT142.tekst", cell.place, right=right, word=word)
        elif match := LOST.search(text) or _ASKED.search(text):
            key = "LRT142.weg" if match.re is LOST else "LRT142.vraagteken"
            self._tell(key, cell.place, word=word_at(text, match.start()))
        return text

    def _tell_other_headings(self, raw: RawRow) -> None:
        cells = [*raw.cells.values()]
        texts = shorten(", ".join(cell.text for cell in cells), _SHOWN)
        first = self._header.number
        self._tell("LRT602.opnieuw", cells[0].place, texts=texts, first=first, number=raw.number)

    def _check_above(self) -> None:
        """Report the rows above the headings that may be part of the table.

        A title is one cell, or merged ones; a label has its text behind it. What stands under
        other headings, or is as wide as the table and has figures, is surely meant to be read.
        """
        width, below, sure = len(self._header.columns), False, False
        lost: list[RawRow] = []
        for row in self._header.above:
            number = len(row.cells)
            if self._header.is_headings(row):
                below = True
            elif below or (number >= min(2, width) and not self._is_label(row)):
                lost.append(row)
                figures = any(_FIGURE.search(cell.text) for cell in row.cells.values())
                wide = 2 * number > width > 1 and figures
                sure = sure or below or wide or len(lost) > 1 == width
        if lost:
            first = next(iter(lost[0].cells.values()), None)
            self.findings.add(
                messages.problem(
                    "LRT611.boven",
                    first.place if first else Place(str(self.path), lost[0].number),
                    Severity.ERROR if sure else Severity.WARNING,
                    n=len(lost),
                    rows=_name_rows(row.number for row in lost),
                    text=shorten(", ".join(cell.text for cell in lost[0].cells.values()), _SHOWN),
                )
            )

    def _is_label(self, row: RawRow) -> bool:
        """Tell whether `row` is a label with its text, or a title over merged cells."""
        merged = self._reader.layout.merged
        if any(area.top == row.number and area.left < area.right for area in merged):
            return True
        first = next(iter(row.cells.values()), None)
        told = first is not None and _LABEL.match(first.text.strip()) is not None
        return told and len(row.cells) == 2 < len(self._header.columns)

    def _check_areas(self) -> None:
        """Report merged cells in rows that were read, but for a note on a row of its own.

        That is an error in a column that has to be read, or anywhere if that is not known.

        Merged headings are told where there is something below one that is not there.
        """
        columns, top = self._header.columns, self._header.number
        for area in self._reader.layout.merged:
            corner = self._place(str(area).partition(":")[0])
            below = self.outside.intersection(range(area.left, area.right + 1))
            if area.top <= top <= area.bottom and below:
                letters = column_letters(min(below))
                self._tell("LRT607.koppen", corner, area=area, column=letters)
            index = bisect_left(self.seen, max(area.top, top + 1))
            filled = index < len(self.seen) and self.seen[index] <= area.bottom
            inside = {column for column in columns if area.left <= column <= area.right}
            noted = area.top == area.bottom and area.top in self.alone
            if filled and inside and not noted and area.top > top:
                needed = inside & self._header.known or not self._header.score
                self._tell("LRT607.cellen" if needed else "LRT607.kolom", corner, area=area)

    def _check_marks(self) -> None:
        """Report once for each kind what somebody struck out, made red, or wrote a note at.

        A column that is red for the most part is made so for its looks.
        """
        columns = {0, *self._header.columns}
        for key, all_marks in self._reader.layout.marks.items():
            noted = key == "LRT619.note"
            marks = [one for one in all_marks if self._has_read(one.row, at_all=noted)]
            if key == "LRT619.red":
                often = Counter(mark.column for mark in marks)
                marks = [mark for mark in marks if 2 * often[mark.column] <= len(self.seen)]
            if not noted:
                marks = [mark for mark in marks if mark.column in columns]
            if marks:
                first = marks[0]
                self._tell(
                    key,
                    self._place(f"{column_letters(first.column or min(columns - {0}))}{first.row}"),
                    where=_name_marks(marks),
                    text=shorten(first.text, _SHOWN),
                )

    def _has_read(self, row: int, *, at_all: bool) -> bool:
        """Tell whether `row` was read, or, `at_all`, stands where rows are."""
        if at_all:
            return row > self._header.number
        index = bisect_left(self.seen, row)
        return index < len(self.seen) and self.seen[index] == row

    def _check_hidden_rows(self) -> None:
        rows = [n for n in self._reader.layout.hidden_rows if n > self._header.number]
        if rows:
            place = self._place(f"A{rows[0]}")
            self._tell("LRT609.rijen", place, n=len(rows), rows=_name_rows(rows))


def _name_marks(marks: Sequence[Mark]) -> str:
    """Return where `marks` stand: "rij 4, cel B7 en C9"."""
    rows = [mark.row for mark in marks if not mark.column]
    cells = [f"{column_letters(mark.column)}{mark.row}" for mark in marks if mark.column]
    told = [f"{'rij' if len(rows) == 1 else 'de rijen'} {_name_rows(rows)}"] if rows else []
    if cells:
        named = dutch.join_some(cells, _MOST_ROWS)
        told.append(f"{'cel' if len(cells) == 1 else 'de cellen'} {named}")
    return "; ".join(told)


def _name_rows(numbers: Iterable[int]) -> str:
    """Return the numbers of rows as people say them: "3, 7 tot en met 9 en 12"."""
    runs = dutch.group_runs(numbers)
    told = [
        one
        for run in runs[:_MOST_ROWS]
        for one in (map(str, run) if len(run) < 3 else [f"{run[0]} tot en met {run[-1]}"])
    ]
    rest = sum(map(len, runs[_MOST_ROWS:]))
    return dutch.join_words([*told, *([f"nog {rest}"] if rest else [])])
