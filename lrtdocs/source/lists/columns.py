"""The columns of lists and tables: the headings they are known by, and the numbers in them.

A supplied table and a list of recipients are read by the same rules: a number that Excel keeps
counts whatever is shown for it, and a dash or n.v.t. says that there is none.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.messages import FaultError
from lrtdocs.model.ontvanger import ADDRESS_PARTS, KOLOMMEN
from lrtdocs.model.taakstelling import LISTED, STAND, bound_aantal
from lrtdocs.model.value import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.errors import Place, Problem
    from lrtdocs.source.sheet import Cell, Table


def heading_words(headings: Mapping[str, str]) -> dict[str, str]:
    """Return the name of a column by each heading: its own, or one of those after it."""
    return {
        word: name
        for name, others in headings.items()
        for word in filter(None, (name, *others.split(", ")))
    }


FIELDS = {kolom.name: kolom.headings for kolom in (*KOLOMMEN, *ADDRESS_PARTS)}
"""The columns that a recipient is made of, with their other headings."""
PROVINCIE = "provincie"
"""A column that names the recipients where no other does; else it is a word like any other."""
WORDS = {**heading_words(FIELDS), PROVINCIE: PROVINCIE}
COUNTED_WORDS = {**WORDS, **{name: name for name in STAND}}
"""The same, with the numbers of the letters."""
_MEANT = {
    **{name: name for name in (*STAND, *LISTED)},
    "realisatie": "gerealiseerd",
    "gehuisvest": "gerealiseerd",
    "inwoneraantal": "inwoners",
}
"""The number that a heading is about, by a word in it."""


def count_of(cell: Cell) -> int | None:
    """Return the number of people in `cell`, or None if it says that there is none.

    Raises `FaultError` for anything else.
    """
    return None if says_nothing(cell) else bound_aantal(whole_of(cell))


def says_nothing(cell: Cell | None) -> bool:
    """Tell whether there is no number in `cell`: it is empty, or has a dash or n.v.t."""
    return cell is None or (cell.value is None and cell.text.lower() in NOTHING)


def whole_of(cell: Cell) -> int:
    """Return the whole number in `cell`, however it is shown; raise `FaultError`."""
    value = cell.value
    if isinstance(value, dt.date | dt.time):
        raise FaultError("deel.aantal_is_datum")
    if isinstance(value, Decimal):
        raise FaultError("deel.geen_heel_getal", text=dutch.format_number(value))
    return dutch.parse_number(cell.text if value is None else str(value))


def refused(error: FaultError, key: str, place: Place, **fields: object) -> Problem:
    """Return the problem `key` of a cell that does not mean what its column asks, by `error`."""
    told = {"reason": error.message, "remedy": error.remedy}
    return messages.problem(key, place, None, **told, **fields)


def check_counted(table: Table) -> Iterator[Problem]:
    """Yield a warning for each heading that has the word for a number in it, and more."""
    told = {problem.place for problem in table.opening if problem.code == "LRT603"}
    for heading in table.headings:
        meant = next((name for word, name in _MEANT.items() if word in heading.key), None)
        known = heading.key in FIELDS or heading.key in _MEANT.values()
        if meant and not known and heading.place not in told:
            usable = meant in STAND and not table.has(meant)
            key = "LRT637.bedoeld" if usable else "LRT637.bekend"
            yield messages.problem(key, heading.place, heading=heading.text, meant=meant)
