"""The register of gemeenten on disk: the packaged one, or a newer one beside the user's files.

One row a gemeente, one column a reference date, and a row with the national numbers. A register
whose gemeenten do not add up to the national number is refused: every division would be wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, ProblemsFoundError, has_errors
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import CODE, NATIONAL, Gemeente, Register
from lrtdocs.source.files import find_upwards
from lrtdocs.source.lists.counts import whole_of
from lrtdocs.source.sheet import Cell, Heading, Row, open_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GEMEENTEN = "gemeenten.csv"
TEXTS = ("code", "naam", "naam_cbs", "provincie")
_INWONERS = "inwoners_"
_DATA = Path(__file__).resolve().parents[2] / "data"
_COLUMN = re.compile(rf"{_INWONERS}(\d{{4}})[-_](\d{{2}})[-_](\d{{2}})", re.ASCII)


def load_register(start: Path | None = None) -> Register:
    """Return the register for the file `start`: a gemeenten.csv beside or above it, else ours.

    A file is read once, until it changes. Raises FileProblemError if it cannot be read, and
    ProblemsFoundError if it does not add up.
    """
    path = find_register(start)
    return _load(path, path.stat().st_mtime_ns)


def find_register(start: Path | None = None) -> Path:
    """Return the path of the register that goes for the file `start`.

    A file of the same name that is something else, such as a list of addresses, is passed over.
    """
    while start is not None:
        start = find_upwards(start, GEMEENTEN)
        if start is not None and _is_register(start):
            return start
        start = start and start.parent
    return _DATA / GEMEENTEN


def _is_register(path: Path) -> bool:
    """Tell whether the first line of `path` has a column of inhabitants."""
    try:
        with path.open("rb") as file:
            return _INWONERS.encode() in file.readline(10_000).lower()
    except OSError:
        return False


@cache
def _load(path: Path, _changed: int) -> Register:
    register, problems = read_register(path)
    if register is None:
        raise ProblemsFoundError(*problems)
    return register


def read_register(path: Path) -> tuple[Register | None, list[Problem]]:
    """Read the register at `path`; None, with all the problems, if it cannot be used.

    Raises FileProblemError if there is no table to read.
    """
    table = open_table(path)
    reader = _Reader(Place(str(path), 1))
    reader.read_headings(table.headings)
    if not reader.problems:
        for row in table:
            reader.add(row)
        reader.problems = [*table.problems, *reader.problems]
    register = reader.register()
    if not has_errors(reader.problems):
        reader.problems += check_sums(register, reader.place)
    return (None if has_errors(reader.problems) else register), reader.problems


@dataclass(slots=True)
class _Reader:
    """Gathers the rows of a register, and what is wrong with them."""

    place: Place
    dates: dict[str, dt.date] = field(default_factory=dict)
    gemeenten: dict[str, Gemeente] = field(default_factory=dict)
    nationaal: dict[dt.date, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def register(self) -> Register:
        """Return the register of the rows that were added."""
        return Register(
            tuple(self.gemeenten[code] for code in sorted(self.gemeenten)), self.nationaal
        )

    def read_headings(self, headings: Iterable[Heading]) -> None:
        """Take in the columns of dates, and report every column that is missing."""
        names = set()
        for heading in headings:
            date = date_of(heading.key)
            if date is None:
                names.add(heading.key)
            else:
                self.dates[heading.key] = date
        for name in TEXTS:
            if name not in names:
                self.problems.append(messages.problem("LRT640.kolom", self.place, name=name))
        if not self.dates:
            self.problems.append(messages.problem("LRT640.inwoners", self.place))

    def add(self, row: Row) -> None:
        """Take in one row: a gemeente, or the national numbers."""
        text = {name: cell.text.strip() for name, cell in row.cells.items()}
        code = text.get("code", "").upper()
        place = next(iter(row.cells.values())).place
        if code == NATIONAL:
            self.nationaal = self._numbers(row)
        elif not CODE.fullmatch(code):
            found = text.get("code", "")
            self.problems.append(messages.problem("LRT641", place, text=found))
        elif code in self.gemeenten:
            self.problems.append(messages.problem("LRT642.code", place, code=code))
        else:
            cbs = text.get("naam_cbs") or text.get("naam") or code
            name, province = text.get("naam") or cbs, text.get("provincie", "")
            self._check_texts(code, name, province, place)
            self.gemeenten[code] = Gemeente(code, name, cbs, province, self._numbers(row))

    def _check_texts(self, code: str, name: str, province: str, place: Place) -> None:
        """Report a gemeente without a name or province, which stand in its letter."""
        if name == code:
            self.problems.append(messages.problem("LRT650.naam", place, code=code))
        if not province:
            self.problems.append(messages.problem("LRT650.provincie", place, name=name))

    def _numbers(self, row: Row) -> dict[dt.date, int]:
        numbers = {}
        for key, date in self.dates.items():
            cell = row.cells.get(key)
            number = read_inwoners(cell, self.problems) if cell else None
            if number is not None:
                numbers[date] = number
        return numbers


def date_of(heading: str) -> dt.date | None:
    """Return the reference date of a column such as inwoners_2024-01-01, or None."""
    match = _COLUMN.fullmatch(heading)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_inwoners(cell: Cell, problems: list[Problem]) -> int | None:
    """Return the inhabitants in `cell`; None, with one more of `problems`, if it is no number."""
    try:
        return whole_of(cell)
    except FaultError as error:
        reason, remedy = error.message, error.remedy
        problems.append(messages.problem("LRT643", cell.place, reason=reason, remedy=remedy))
        return None


def check_sums(register: Register, place: Place) -> Iterator[Problem]:
    """Yield a problem for each date on which the gemeenten do not add up to the national number."""
    dates = {date for gemeente in register.gemeenten for date in gemeente.inwoners}
    for date in sorted(dates | set(register.nationaal)):
        found = sum(gemeente.inwoners[date] for gemeente in register.on(date))
        expected = register.nationaal.get(date)
        told = dutch.format_date(date)
        if expected is None:
            yield messages.problem("LRT645.datum", place, date=told, code=NATIONAL)
        elif found != expected:
            yield messages.problem("LRT644", place, date=told, expected=expected, found=found)


def register_rows(register: Register) -> Iterator[list[str | int | None]]:
    """Yield the rows in which `register` is written: the headings, Nederland, the gemeenten."""
    dates = register.peildata
    yield [*TEXTS, *(f"{_INWONERS}{date.isoformat()}" for date in dates)]
    yield [NATIONAL, "Nederland", "Nederland", None, *_numbers(register.nationaal, dates)]
    for gemeente in register.gemeenten:
        texts = gemeente.code, gemeente.naam, gemeente.naam_cbs, gemeente.provincie
        yield [*texts, *_numbers(gemeente.inwoners, dates)]


def _numbers(numbers: Mapping[dt.date, int], dates: Iterable[dt.date]) -> list[int | None]:
    return [numbers.get(date) for date in dates]
