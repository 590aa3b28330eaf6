"""The register of gemeenten on disk: the packaged one, or a newer one beside the user's files.

One row a gemeente, one column a reference date, and a row with the national numbers. A register
whose gemeenten do not add up to the national number is refused: every division would be wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, ProblemsFoundError, has_errors
from lrtdocs.findings import Findings
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import CODE, NATIONAL, Gemeente, Opgeheven, Register
from lrtdocs.model.namen import bare_name
from lrtdocs.shipped import DATA, read_rows
from lrtdocs.source.files import find_upwards
from lrtdocs.source.lists.columns import refused, whole_of
from lrtdocs.source.sheet import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.source.sheet import Cell, Row

GEMEENTEN = "gemeenten.csv"
OPGEHEVEN = "herindelingen.csv"
"""The gemeenten that are no more since 2015, from the yearly divisions of the CBS."""
TEXTS = ("code", "naam", "naam_cbs", "provincie")
_INWONERS = "inwoners_"
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
    return DATA / GEMEENTEN


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
    place = Place(str(path), 1)
    missing = [name for name in TEXTS if not table.has(name)]
    problems = [messages.problem("LRT640.kolom", place, name=name) for name in missing]
    if not any(date_of(heading.key) for heading in table.headings):
        problems.append(messages.problem("LRT640.inwoners", place))
    if problems:
        return None, problems
    findings = Findings(table.opening)
    gemeenten: dict[str, Gemeente] = {}
    nationaal: dict[dt.date, int] = {}
    for row in table.rows(findings):
        if row.text("code").upper() == NATIONAL:
            nationaal = _read_numbers(row, problems)
        elif row.first is not None:
            _add_gemeente(row, row.first.place, gemeenten, problems)
    known = tuple(gemeenten[code] for code in sorted(gemeenten))
    register = Register(known, nationaal, read_opgeheven())
    problems = findings.as_list() + problems
    if not has_errors(problems):
        problems += check_sums(register, place)
    return (None if has_errors(problems) else register), problems


@cache
def read_opgeheven() -> tuple[Opgeheven, ...]:
    """Return the gemeenten that are no more, the oldest first."""
    return tuple(
        Opgeheven(dt.date.fromisoformat(date), code, naam, wat, tuple(nu.split()))
        for date, code, naam, wat, nu in read_rows(OPGEHEVEN)
    )


def _add_gemeente(
    row: Row, place: Place, gemeenten: dict[str, Gemeente], problems: list[Problem]
) -> None:
    code = row.text("code").upper()
    if not CODE.fullmatch(code):
        problems.append(messages.problem("LRT641", place, text=row.text("code")))
    elif code in gemeenten:
        problems.append(messages.problem("LRT642.code", place, code=code))
    else:
        cbs = bare_name(row.text("naam_cbs") or row.text("naam")) or code
        name, province = bare_name(row.text("naam")) or cbs, row.text("provincie")
        if name == code:  # it stands in the letter, as the province does
            problems.append(messages.problem("LRT650.naam", place, code=code))
        if not province:
            problems.append(messages.problem("LRT650.provincie", place, name=name))
        gemeenten[code] = Gemeente(code, name, cbs, province, _read_numbers(row, problems))


def _read_numbers(row: Row, problems: list[Problem]) -> dict[dt.date, int]:
    """Return the inhabitants in `row` by date."""
    found = (
        (date, read_inwoners(cell, problems))
        for key, cell in row.cells.items()
        if (date := date_of(key)) is not None
    )
    return {date: number for date, number in found if number is not None}


@cache
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
        problems.append(refused(error, "LRT643", cell.place))
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
    nederland = Gemeente(NATIONAL, "Nederland", "Nederland", "", register.nationaal)
    for gemeente in (nederland, *register.gemeenten):
        texts = gemeente.code, gemeente.naam, gemeente.naam_cbs, gemeente.provincie or None
        yield [*texts, *map(gemeente.inwoners.get, dates)]
