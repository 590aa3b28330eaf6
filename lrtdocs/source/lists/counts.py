"""Numbers of people in tables: what a cell says, and which headings are about them.

A supplied table and a list of recipients are read by the same rules: a number that Excel keeps
counts whatever is shown for it, and a dash or n.v.t. says that there is none.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.messages import FaultError
from lrtdocs.model.taakstelling import LISTED, STAND, bound_aantal
from lrtdocs.source.lists.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.source.sheet import Cell, Heading, Table

_NOTHING = frozenset({"-", "–", "nvt", "n.v.t."})
_MEANT = {
    **{name: name for name in (*STAND, *LISTED)},
    "realisatie": "gerealiseerd",
    "gehuisvest": "gerealiseerd",
    "inwoneraantal": "inwoners",
}
"""The number that a heading is about, by a word in it."""


def count_of(cell: Cell | None) -> int | None:
    """Return the number of people in `cell`, or None if it says that there is none.

    Raises `FaultError` for anything else.
    """
    return None if cell is None or says_nothing(cell) else bound_aantal(whole_of(cell))


def says_nothing(cell: Cell | None) -> bool:
    """Tell whether there is no number in `cell`: it is empty, or has a dash or n.v.t."""
    return cell is None or (cell.value is None and cell.text.strip().lower() in _NOTHING)


def whole_of(cell: Cell) -> int:
    """Return the whole number in `cell`, however it is shown; raise `FaultError`."""
    value = cell.value
    if isinstance(value, dt.date | dt.time):
        raise FaultError("deel.aantal_is_datum")
    if isinstance(value, Decimal):
        raise FaultError("deel.geen_heel_getal", text=dutch.format_number(value))
    return dutch.parse_number(cell.text if value is None else str(value))


def check_counted(table: Table) -> Iterator[Problem]:
    """Yield a warning for each heading that has the word for a number in it, and more."""
    told = {problem.place for problem in table.opening if problem.code == "LRT603"}
    for heading in table.headings:
        meant = next((name for word, name in _MEANT.items() if word in heading.key), None)
        known = heading.key in FIELDS or heading.key in _MEANT.values()
        if meant and not known and heading.place not in told:
            yield _not_counted(heading, meant, usable=meant in STAND and not table.has(meant))


def _not_counted(heading: Heading, meant: str, *, usable: bool) -> Problem:
    key = "LRT637.bedoeld" if usable else "LRT637.bekend"
    return messages.problem(key, heading.place, heading=heading.text, meant=meant)
