"""The words of a letter with rows: the rows, how many there are, and the sums of their columns."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.language import Taal, grammar, writing, written
from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import TABEL, Tabel, Tekstdeel
from lrtdocs.model.value import NOTHING, Soort, Value, Withheld, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.model.ontvanger import Rij
    from lrtdocs.model.tekst import Cel

_LABEL = {Taal.NL: "Totaal", Taal.EN: "Total"}
_NUMBER = re.compile(r"(?P<euro>€?)\s*(?P<figure>[-−]?[\d.,\s]+)(?P<share>%?)")
"""What is a number and nothing more; what stands with another unit stays as it is."""
_CENT = Decimal("0.01")
TOTAL = "totaal_"
"""What the word for the sum of a column begins with."""


def row_words(
    rijen: Iterable[Rij],
    sums: Mapping[str, Soort],
    columns: Collection[str] = (),
    tabel: Sequence[Column] = (),
) -> Words:
    """Return the words for `rijen` in one letter; of `sums` also the sum.

    A row that has nothing in one of `columns` is none. A sum that cannot be made is not there. With
    the columns of a `tabel` there is one, for the text, unless there are no rows.
    """
    rows = [rij.woorden for rij in filled_rows(rijen, columns)]
    words: Words = {"rijen": rows, "aantal_rijen": len(rows)}
    made = {column: _total(rows, column, kind) for column, kind in sums.items()}
    words |= {TOTAL + column: total for column, total in made.items() if total is not None}
    if tabel and rows:
        totals = [
            made.get(word) if sums.get(word) is kind else _total(rows, word, kind)
            for word, _, kind, _ in tabel
        ]
        words[TABEL] = partial(make_table, rows, tabel, totals, written())
    return words


class Column(NamedTuple):
    """A column of the table in a letter: the word it is, its heading there, and what it adds up.

    What is `typed` is text in any language.
    """

    word: str
    kop: str
    kind: Soort | None
    typed: bool = False


def make_table(
    rows: Sequence[Mapping[str, Value]],
    columns: Sequence[Column],
    totals: Sequence[Value | None],
    taal: Taal,
) -> Tabel:
    """Return the table of `rows` in `taal`; with a last row for the `totals`, if any can be."""
    with writing(taal):
        body = [tuple([_cell(_shown(row[one.word], one)) for one in columns]) for row in rows]
    adds = len(rows) > 1 and any(one.kind for one in columns)
    if adds:
        label = next((at for at, one in enumerate(columns) if not one.kind), None)
        texts = ["" if total is None else str(total) for total in totals]
        if label is not None:
            texts[label] = _LABEL[taal]
        body.append(tuple([_cell(text, bold=True) for text in texts]))
    return Tabel(
        tuple(_cell(one.kop) for one in columns),
        tuple(body),
        tuple("right" if one.kind else "" for one in columns),
        totaal=adds,
    )


def _cell(text: str, *, bold: bool = False) -> Cel:
    return (Tekstdeel(text, vet=bold),) if text else ()


def _shown(value: Value, column: Column) -> str:
    """Return what the table prints of a cell: an amount as one, and anything else as it is."""
    if isinstance(value, Withheld):
        return str(value)
    typed = column.typed or written() is Taal.NL
    if typed and column.kind is not Soort.BEDRAG:
        return str(value)
    text = value.strip()
    if not text or text.lower() in NOTHING:
        return str(value)
    if column.kind is Soort.BEDRAG:
        with suppress(FaultError):  # which is told at its cell, and then there is no letter
            return grammar().format_amount(value.quantity)
    return str(value) if typed else _translated(value, column)


def _translated(value: Value, column: Column) -> str:
    """Return a value of a cell as the language of the letter writes it; figures alone stay."""
    meaning, by = value.meaning, grammar()
    if isinstance(meaning, bool):
        return by.format_yes_no(meaning)
    if isinstance(meaning, datetime) and meaning.time() != time():
        return f"{by.format_date(meaning)} {by.format_time(meaning.time())}"
    if isinstance(meaning, date | time):
        return text_of(meaning)
    found = _NUMBER.fullmatch(value.strip())
    if not isinstance(meaning, int | Decimal) or found is None:
        return str(value)
    if value.isdigit() and not column.kind:
        return str(value)
    if found["share"]:
        return f"{by.format_number(Value(found['figure']).number)}%"
    return by.format_amount(meaning) if found["euro"] else by.format_number(meaning)


def _total(rows: Sequence[Mapping[str, Value]], column: str, kind: Soort | None) -> Value | None:
    """Return the sum of a `column` of `rows`, as it is shown; None if there is or can be none.

    That of a column that is left out is left out as well.
    """
    cells = [row.get(column) for row in rows] if kind else []
    if (gone := next((cell for cell in cells if isinstance(cell, Withheld)), None)) is not None:
        return gone
    total = add_up(cells, kind) if kind else None
    return show_sum(total, kind) if kind and isinstance(total, Decimal) else None


def filled_rows(rijen: Iterable[Rij], columns: Collection[str]) -> list[Rij]:
    """Return the `rijen` that have something in one of `columns`; all of them if there are none."""
    if not columns:
        return list(rijen)
    return [rij for rij in rijen if any(str(rij.woorden.get(one, "")).strip() for one in columns)]


def add_up(cells: Iterable[Value | None], kind: Soort | None = None) -> Decimal | FaultError:
    """Return the sum of `cells`, or why the first that is no number has none.

    Empty ones, and those that say there is none, do not count. Amounts are added as they are
    printed, in cents, so that a reader who adds up the rows finds the same.
    """
    total = Decimal(0)
    for cell in cells:
        if cell is None or not cell.strip() or cell.strip().lower() in NOTHING:
            continue
        try:
            number = Decimal(cell.quantity)
        except FaultError as error:
            return error
        total += number.quantize(_CENT, ROUND_HALF_UP) if kind is Soort.BEDRAG else number
    return total


def show_sum(total: Decimal, kind: Soort) -> Value:
    """Return a sum as a value: an amount in euros, or a number."""
    whole = total == total.to_integral_value()
    number = int(total) if whole else total
    writes = grammar()
    shown = writes.format_amount if kind is Soort.BEDRAG else writes.format_number
    return Value(shown(number), number)


def differing(rijen: Sequence[Rij], word: str) -> list[Rij]:
    """Return the rows that say something else in the column `word` than the first does.

    One that says nothing leaves it at what the first says.
    """
    first = rijen[0].woorden[word]
    return [
        rij for rij in rijen[1:] if (other := rij.woorden[word]) != first and str(other).strip()
    ]
