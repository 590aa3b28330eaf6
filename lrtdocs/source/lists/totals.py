"""The total row of a table: no recipient and no gemeente, but a sum that is held to its rows.

A total may be of all rows, wherever it stands, or of those since the one before it. The table is
gone through once more for it, and only where there is one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lrtdocs.errors import Problem
    from lrtdocs.source.sheet import Cell, Row, Table

TOTAL, REST, ASIDE = "total", "rest", "aside"
_RECKONED = re.compile(
    r"(?P<total>(?:sub|eind)?tota+l\b.*|(?:som|samen|nederland|nl|nl01|landelijk)(?: .*)?[ :]*)"
    r"|(?P<rest>(?:overige?n?|rest(?:ant)?|onverdeeld)\b.*)"
    r"|(?P<aside>(?:(?:ongewogen |gewogen )?gemiddelde?|mediaan|minimum|maximum|waarvan|verschil"
    r"|saldo|aantal|controle)\b.*)",
    re.IGNORECASE,
)
NO_SUM = re.compile(
    r"gemiddeld|mediaan|percentage|tarief|prijs|score|cijfer|\bper\b|\bp\.\s?\w\b", re.IGNORECASE
)
"""What a column is called whose numbers nobody adds."""
_SLACK = Decimal("0.01")  # of sums with decimals, each of which was rounded


def find_reckoned(cell: Cell | None) -> str | None:
    """Return what somebody reckoned in the row that `cell` names, as nobody is called, or None.

    That is a `TOTAL`, the `REST` of one, or, `ASIDE`, what is in no sum: an average, or a part of
    another number.
    """
    match = _RECKONED.fullmatch(cell.text) if cell is not None else None
    return match.lastgroup if match else None


class _Total(NamedTuple):
    """A total row, with the sums of the rows above it, and of those since the total before it."""

    row: Row
    above: Mapping[str, Decimal]
    part: Mapping[str, Decimal]
    number: int


def check_totals(table: Table, reckoned: Callable[[Row], str | None]) -> Iterator[Problem]:
    """Yield a warning for each number in a total row of `table` that is not the sum of its rows.

    `reckoned` tells of a row what `find_reckoned` does.
    """
    above: dict[str, Decimal] = defaultdict(Decimal)
    part: dict[str, Decimal] = defaultdict(Decimal)
    totals: list[_Total] = []
    number = 0
    for row in table:
        kind = reckoned(row)
        if kind == ASIDE:
            continue
        if kind == TOTAL:
            totals.append(_Total(row, dict(above), dict(part), number))
            part.clear()
            continue
        number += 1
        for key, cell in row.cells.items():
            if (value := number_of(cell)) is not None:
                above[key] += value
                part[key] += value
    texts = {heading.key: heading.text for heading in table.headings}
    for total in totals:
        for key, cell in total.row.cells.items():
            told = number_of(cell)
            sums = [sums[key] for sums in (total.above, total.part, above) if key in sums]
            sums = sums or [Decimal(0)]
            if told is None or told in {total.number, number} or NO_SUM.search(texts[key]):
                continue
            if number and (sums[-1] / number).quantize(told) == told:  # it is their average
                continue
            slack = _SLACK if any(value % 1 for value in (told, *sums)) else 0
            if all(abs(told - value) > slack for value in sums):
                said = {"told": cell.text, "sum": dutch.format_number(sums[0])}
                yield messages.problem("LRT657", cell.place, None, column=texts[key], **said)


def number_of(cell: Cell) -> Decimal | None:
    """Return the number in `cell`; None if it is none that can be added: a date, or a share."""
    if isinstance(cell.value, dt.date | dt.time) or "%" in cell.text:
        return None
    try:
        return Decimal(dutch.parse_decimal(cell.text) if cell.value is None else cell.value)
    except FaultError:
        return None
