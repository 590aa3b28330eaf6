"""The check of a mailing as a person reads it: how many recipients are right, and cell by cell.

It is what `controleer` finds, set beside the rows of the list that it is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import Problem, Severity
from lrtdocs.findings import Findings
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome, silent
from lrtdocs.run.letters.run import check_letters, prepare
from lrtdocs.run.letters.showing.glance import find_letters_folder
from lrtdocs.run.load.mailing import load_mailing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.errors import Place
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.run.documents.report import Progress
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.source.sheet import Table

_CELL = re.compile(r"(?P<letters>[A-Z]+)(?P<row>\d+)")
_HOW_IT_STANDS = "LRT725"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row of the list: its number in the file, what stands in its cells, what is wrong with it.

    `problems` go by column, counted from 0; None is for one that is about the row. `name` is that
    of the recipient, and `taken` tells whether the row is one, or a row of one. One that is not was
    passed over.
    """

    number: int
    cells: tuple[str, ...]
    name: str = ""
    taken: bool = True
    problems: Sequence[tuple[int | None, Problem]] = ()

    @property
    def wrong(self) -> bool:
        """Whether something in it keeps a letter from being made."""
        return any(one.severity is Severity.ERROR for _, one in self.problems)

    def of(self, column: int) -> list[Problem]:
        """Return what there is to tell of the cell in that `column`."""
        return [problem for at, problem in self.problems if at == column]


@dataclass(frozen=True, slots=True)
class Check:
    """What the check of a mailing found.

    Of `total` recipients `right` have nothing wrong. `rows` are those of the list; a mailing to
    the register of gemeenten has none. `others` are the problems that are about no row.
    """

    total: int = 0
    headings: tuple[str, ...] = ()
    rows: Sequence[CheckedRow] = ()
    others: Sequence[Problem] = ()
    wrong_recipients: int = 0
    problems: Sequence[Problem] = field(default_factory=list)

    @property
    def right(self) -> int:
        """How many recipients have nothing wrong."""
        return self.total - self.wrong_recipients

    @property
    def well(self) -> bool:
        """Whether the letters can be made."""
        return not any(one.severity is Severity.ERROR for one in self.problems)


def check_mailing(path: Path, progress: Progress = silent) -> Check:
    """Check the mailing at `path` as `controleer` does, and set what is found beside its list."""
    outcome = LettersOutcome()
    with outcome.gathering():
        options = LettersOptions(find_letters_folder(path))
        prepared = prepare(path, options, today(), outcome)
        if prepared is not None:
            check_letters(prepared, options, outcome, progress)
    for failure in outcome.failures:
        outcome.add_problems(failure.problems)
    problems = [one for one in outcome.problems if one.code != _HOW_IT_STANDS]
    loaded, _ = load_mailing(path)
    if loaded is None:
        return Check(problems=problems, others=problems)
    return _lay_out(loaded, problems)


def _lay_out(loaded: LoadedMailing, problems: Sequence[Problem]) -> Check:
    """Return `problems` beside the rows of the list of a mailing."""
    table = loaded.recipients.table
    people = list(loaded.recipients)
    if table is None:
        return Check(len(people), others=problems, problems=problems)
    spots = _Spots(table)
    rows = spots.rows(people)
    others = []
    for problem in problems:
        at = spots.find(problem.place)
        if at is None:
            others.append(problem)
        else:
            number, column = at
            row = rows[number]
            rows[number] = replace(row, problems=(*row.problems, (column, problem)))
    owners = spots.owners
    wrong = {owners[row.number] for row in rows.values() if row.wrong and row.number in owners}
    headings = tuple(heading.text for heading in table.headings)
    listed = [rows[number] for number in sorted(rows)]
    return Check(len(people), headings, listed, others, len(wrong), problems)


class _Spots:
    """Where in a `table` problems are: at which row, and in which of its columns."""

    def __init__(self, table: Table) -> None:
        self._table, self._file = table, str(table.path)
        self._columns = {heading.key: at for at, heading in enumerate(table.headings)}
        self._letters = {
            found["letters"]: at
            for at, heading in enumerate(table.headings)
            if (found := _CELL.fullmatch(heading.place.cell or ""))
        }
        self._cells: dict[tuple[int, int], int] = {}
        self._numbers: set[int] = set()
        self.owners: dict[int, int] = {}

    def rows(self, people: Sequence[Ontvanger]) -> dict[int, CheckedRow]:
        """Return the rows by number, as far as they are read, each with who of `people` it is."""
        found: dict[int, CheckedRow] = {}
        names = {}
        for at, one in enumerate(people):
            places = [row.plaats for row in one.rijen or ()] or [one.plaats_in_bestand]
            for place in places:
                number = _row_of(place)
                if number is not None and place.file == self._file:
                    self.owners[number], names[number] = at, one.naam or one.organisatie or ""
        for row in self._table.rows(Findings()):
            cells = [""] * len(self._columns)
            for key, cell in row.cells.items():
                cells[self._columns[key]] = cell.text
                if cell.line is not None and cell.column is not None:
                    self._cells[cell.line, cell.column] = self._columns[key]
            line = next((cell.line for cell in row.cells.values() if cell.line), row.number)
            number = line or row.number
            taken = number in self.owners
            found[number] = CheckedRow(number, tuple(cells), str(names.get(number, "")), taken)
        self._numbers = set(found)
        return found

    def find(self, place: Place) -> tuple[int, int | None] | None:
        """Return the row and column of `place`, the column None where that is not known."""
        number = _row_of(place)
        if place.file != self._file or number not in self._numbers or number is None:
            return None
        cell = _CELL.fullmatch(place.cell or "")
        if cell is not None:
            return number, self._letters.get(cell["letters"])
        return number, self._cells.get((number, place.column or 0))


def _row_of(place: Place) -> int | None:
    cell = _CELL.fullmatch(place.cell or "")
    return int(cell["row"]) if cell else place.line
