"""Commands that print a table: the division over gemeenten, and the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrtdocs import api
from lrtdocs.cli.group import command
from lrtdocs.cli.listing import tell_table
from lrtdocs.cli.options import file_argument, output_to, path_type, read_date

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_table_output = output_to(
    "UIT",
    "Schrijf de tabel naar een bestand (.xlsx of .csv) of in een map, in plaats van naar het "
    "scherm.",
    type=path_type,
)


@command("taakstelling", file_argument, _table_output, more=tell_table)
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
    "verzendlijst",
    click.argument("map_", metavar="MAP", type=path_type),
    _table_output,
    more=tell_table,
)
def verzendlijst(map_: Path, output: Path | None) -> api.Outcome:
    """Geef een lijst van de brieven in een map: wie wat kreeg, wanneer en hoe.

    De adressen zijn die van toen de brief werd gemaakt of verzonden, niet die van nu in uw lijst.
    Een brief die twee keer is verzonden, staat er twee keer in.

    \b
    Voorbeeld:
      lrtdocs verzendlijst brieven -o verzendlijst.xlsx
    """
    return api.list_letters(map_, output)


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
    more=tell_table,
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
