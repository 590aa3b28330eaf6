"""The words of a letter with rows: the rows, how many there are, and the sums of their columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.value import NOTHING, Soort, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.model.ontvanger import Rij

TOTAL = "totaal_"
"""What the word for the sum of a column begins with."""


def row_words(
    rijen: Iterable[Rij], sums: Mapping[str, Soort], columns: Collection[str] = ()
) -> Words:
    """Return the words for `rijen` in one letter; of `sums` also the sum.

    A row that has nothing in one of `columns` is none. A sum that cannot be made is not there.
    """
    rows = filled_rows(rijen, columns)
    words: Words = {"rijen": [rij.woorden for rij in rows], "aantal_rijen": len(rows)}
    for column, kind in sums.items():
        total = add_up(rij.woorden.get(column) for rij in rows)
        if isinstance(total, Decimal):
            words[TOTAL + column] = show_sum(total, kind)
    return words


def filled_rows(rijen: Iterable[Rij], columns: Collection[str]) -> list[Rij]:
    """Return the `rijen` that have something in one of `columns`; all of them if there are none."""
    if not columns:
        return list(rijen)
    return [rij for rij in rijen if any(str(rij.woorden.get(one, "")).strip() for one in columns)]


def add_up(cells: Iterable[Value | None]) -> Decimal | FaultError:
    """Return the exact sum of `cells`, or why the first that is no number has none.

    Empty ones, and those that say there is none, do not count.
    """
    total = Decimal(0)
    for cell in cells:
        if cell is None or not cell.strip() or cell.strip().lower() in NOTHING:
            continue
        try:
            total += cell.number
        except FaultError as error:
            return error
    return total


def show_sum(total: Decimal, kind: Soort) -> Value:
    """Return a sum as a value: an amount in euros, or a number."""
    whole = total == total.to_integral_value()
    number = int(total) if whole else total
    shown = dutch.format_amount if kind is Soort.BEDRAG else dutch.format_number
    return Value(shown(number), number)


def differing(rijen: Sequence[Rij], word: str) -> list[Rij]:
    """Return the rows that say something else in the column `word` than the first does.

    One that says nothing leaves it at what the first says.
    """
    first = rijen[0].woorden[word]
    return [
        rij for rij in rijen[1:] if (other := rij.woorden[word]) != first and str(other).strip()
    ]
