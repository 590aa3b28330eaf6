"""Commands that print a table: the division over gemeenten, and the register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtdocs import api, dutch
from lrtdocs.cli.group import command
from lrtdocs.cli.options import json_option, with_options
from lrtdocs.cli.report import Report
from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from lrtdocs.run.load.tables import Listing, Shown

NOTHING = "-"
"""What stands where a row has no value, so that every line has as many columns."""
_table_output = click.option(
    "-o",
    "--uit",
    "output",
    metavar="UIT",
    type=click.Path(path_type=Path),
    help="Schrijf de tabel naar een bestand (.xlsx of .csv) of in een map, in plaats van naar het "
    "scherm.",
)


def _read_date(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
    try:
        return dutch.parse_date(text) if text else None
    except FaultError as error:
        raise click.BadParameter(str(error)) from error


@command("taakstelling")
@click.argument("bestand", metavar="BESTAND", type=click.Path(path_type=Path))
@with_options(_table_output, json_option)
def taakstelling(bestand: Path, output: Path | None, as_json: bool) -> int:
    """Verdeel een taakstelling over de gemeenten.

    BESTAND is het YAML-bestand van een mailing, met daarin een blok 'taakstelling'.
    De tabel komt op het scherm: één regel per gemeente, met eronder de som.

    \b
    Voorbeeld:
      lrtdocs taakstelling taakstelling-2025-II.yaml -o verdeling.xlsx
    """
    return _show(
        lambda: api.divide_total(bestand, output), as_json=as_json, in_file=output is not None
    )


@command("gemeenten")
@click.option(
    "--vergelijk",
    "newer",
    metavar="BESTAND",
    type=click.Path(path_type=Path),
    help="Noem de verschillen met een nieuwere lijst van het CBS (.csv of .xlsx).",
)
@click.option(
    "--peildatum",
    metavar="DATUM",
    callback=_read_date,
    help="De datum van de nieuwere lijst, als die niet in het bestand staat.",
)
@with_options(_table_output, json_option)
def gemeenten(
    newer: Path | None, peildatum: dt.date | None, output: Path | None, as_json: bool
) -> int:
    """Toon de gemeenten en hun inwoners, of wat een nieuwere lijst daarin verandert.

    Met -o schrijft u de lijst op, met de nieuwe aantallen erbij. Een bestand gemeenten.csv
    naast uw eigen bestanden gaat voor op de lijst die bij lrtdocs hoort.

    \b
    Voorbeeld:
      lrtdocs gemeenten
      lrtdocs gemeenten --vergelijk bevolking-2025.csv -o gemeenten.csv
    """
    in_file = output is not None
    if newer is None:
        return _show(lambda: api.list_gemeenten(output), as_json=as_json, in_file=in_file)
    return _show(
        lambda: api.compare_gemeenten(newer, output, peildatum),
        as_json=as_json,
        in_file=in_file,
        always=True,
    )


def _show(
    work: Callable[[], api.TableOutcome], *, as_json: bool, in_file: bool, always: bool = False
) -> int:
    """Do `work`, print its table to stdout, and its problems and summary to stderr.

    A table that goes `in_file`, be it in vain, is not printed, unless `always`: then to stderr, for
    people.
    """
    outcome = work()
    code = Report(as_json=as_json).run(lambda: outcome)
    table = outcome.table
    if table is None:
        return code
    if always or not in_file:
        for line in _json_lines(table) if as_json else _lines(table):
            click.echo(line, err=in_file and not as_json)
    for sentence in table.summary:
        line = json.dumps({"soort": "samenvatting", "melding": sentence}, ensure_ascii=False)
        click.echo(line if as_json else sentence, err=not as_json)
    return code


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
