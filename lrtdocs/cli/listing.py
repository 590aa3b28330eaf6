"""A table on the screen: in columns for people, as lines of JSON for machines."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import textwrap
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from lrtdocs import dutch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.api.tables import TableOutcome
    from lrtdocs.cli.report import Report
    from lrtdocs.run.load.tables import Listing, Shown

_LEAST = 20
"""A column of fewer characters is no longer a text."""
NOTHING = "-"
"""What stands where a row has no value, so that every line has as many columns."""


def tell_table(report: Report, outcome: TableOutcome) -> None:
    """Print a table to stdout, and its summary to stderr.

    One that goes into a file, be it in vain, is not printed; but differences are: for people.
    """
    asked, table = click.get_current_context().params, outcome.table
    if table is None:
        return
    in_file = asked["output"] is not None
    if not in_file or asked.get("newer"):
        for line in _json_lines(table) if report.as_json else _lines(table, _room()):
            click.echo(line, err=in_file and not report.as_json)
    for sentence in table.summary:
        report.line({"soort": "samenvatting", "melding": sentence}, sentence, err=True)


def _json_lines(table: Listing) -> Iterator[str]:
    for row in table.rows:
        data = dict(zip(table.headings, map(_plain, row), strict=True))
        yield json.dumps({"soort": "rij", **data}, ensure_ascii=False)


def _room() -> int:
    """Return how many characters fit on a line of the terminal; 0 where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def _lines(table: Listing, room: int = 0) -> Iterator[str]:
    """Yield the table in columns, two spaces apart at least, numbers to the right.

    Where there is `room` for less than a whole row, the widest column goes on below itself.
    """
    texts = [[_text(value) for value in row] for row in table.rows]
    rows = [list(table.headings), *texts]
    widths = _fit([max(map(len, column)) for column in zip(*rows, strict=True)], room)
    numeric = [
        any(isinstance(value, int | Decimal) for value in column)
        for column in zip(*table.rows, strict=True)
    ] or [False] * len(widths)
    for row in rows:
        columns = (textwrap.wrap(text, width) for text, width in zip(row, widths, strict=True))
        for line in zip_longest(*columns, fillvalue=""):
            cells = (
                text.rjust(width) if right else text.ljust(width)
                for text, width, right in zip(line, widths, numeric, strict=True)
            )
            yield "  ".join(cells).rstrip()


def _fit(widths: list[int], room: int) -> list[int]:
    """Return `widths` with the largest one smaller, by what the row is too wide for `room`."""
    over = sum(widths) + 2 * (len(widths) - 1) - room
    if not room or over <= 0:
        return widths
    widest = widths.index(max(widths))
    return [*widths[:widest], max(widths[widest] - over, _LEAST), *widths[widest + 1 :]]


def _plain(value: Shown) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _text(value: Shown) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, dt.date):
        return dutch.format_date_short(value)
    return value if isinstance(value, str) else dutch.format_number(value)
