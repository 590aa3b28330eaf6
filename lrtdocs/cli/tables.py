"""Commands that print a table: the division over gemeenten, and the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from lrtdocs import api, dutch
from lrtdocs.cli.group import command
from lrtdocs.cli.options import file_argument, output_to, path_type, read_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.cli.report import Report
    from lrtdocs.run.load.tables import Listing, Shown

NOTHING = "-"
"""What stands where a row has no value, so that every line has as many columns."""
_table_output = output_to(
    "UIT",
    "Schrijf de tabel naar een bestand (.xlsx of .csv) of in een map, in plaats van naar het "
    "scherm.",
    type=path_type,
)


def _tell_table(report: Report, outcome: api.TableOutcome) -> None:
    """Print a table to stdout, and its summary to stderr.

    One that goes into a file, be it in vain, is not printed; but differences are: for people.
    """
    asked, table = click.get_current_context().params, outcome.table
    if table is None:
        return
    in_file = asked["output"] is not None
    if not in_file or asked.get("newer"):
        for line in _json_lines(table) if report.as_json else _lines(table):
            click.echo(line, err=in_file and not report.as_json)
    for sentence in table.summary:
        report.line({"soort": "samenvatting", "melding": sentence}, sentence, err=True)


@command("taakstelling", file_argument, _table_output, more=_tell_table)
def taakstelling(bestand: Path, output: Path | None) -> api.Outcome:
    """Verdeel een taakstelling over de gemeenten.

    BESTAND is het YAML-bestand van een mailing, met daarin een blok 'taakstelling'.
    De tabel komt op het scherm: één regel per gemeente, met eronder de som.

    \b
    Voorbeeld:
      lrtdocs taakstelling taakstelling-2025-II.yaml -o verdeling.xlsx
    """
    return api.divide_total(bestand, output)


@command(
    "gemeenten",
    click.option(
        "--vergelijk",
        "newer",
        metavar="BESTAND",
        type=path_type,
        help="Noem de verschillen met een nieuwere lijst van het CBS (.csv of .xlsx).",
    ),
    click.option(
        "--peildatum",
        metavar="DATUM",
        callback=read_date,
        help="De datum van de nieuwere lijst, als die niet in het bestand staat.",
    ),
    _table_output,
    more=_tell_table,
)
def gemeenten(newer: Path | None, peildatum: dt.date | None, output: Path | None) -> api.Outcome:
    """Toon de gemeenten en hun inwoners, of wat een nieuwere lijst daarin verandert.

    Met -o schrijft u de lijst op, met de nieuwe aantallen erbij. Een bestand gemeenten.csv
    naast uw eigen bestanden gaat voor op de lijst die bij lrtdocs hoort.

    \b
    Voorbeeld:
      lrtdocs gemeenten
      lrtdocs gemeenten --vergelijk bevolking-2025.csv -o gemeenten.csv
    """
    if newer is None:
        return api.list_gemeenten(output)
    return api.compare_gemeenten(newer, output, peildatum)


def _json_lines(table: Listing) -> Iterator[str]:
    for row in table.rows:
        values = (value if isinstance(value, str | int | None) else float(value) for value in row)
        data = dict(zip(table.headings, values, strict=True))
        yield json.dumps({"soort": "rij", **data}, ensure_ascii=False)


def _lines(table: Listing) -> Iterator[str]:
    """Yield the table in columns, two spaces apart at least, numbers to the right."""
    texts = [[_text(value) for value in row] for row in table.rows]
    rows = [list(table.headings), *texts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [
        any(not isinstance(value, str | None) for value in column)
        for column in zip(*table.rows, strict=True)
    ] or [False] * len(widths)
    for row in rows:
        cells = (
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row, widths, numeric, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _text(value: Shown) -> str:
    if value is None or value == "":
        return NOTHING
    return value if isinstance(value, str) else dutch.format_number(value)
