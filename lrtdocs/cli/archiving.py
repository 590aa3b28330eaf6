"""Commands for the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrtdocs import api
from lrtdocs.cli.group import GROUP, command, lrtdocs, pass_report
from lrtdocs.cli.options import output_to, path_type
from lrtdocs.cli.report import Report, Steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@lrtdocs.group("archief", **GROUP)
def archief() -> None:
    """Maak een bundel voor het archief: stukken, gegevens en metadata (MDTO)."""


@command(
    "maak",
    click.argument("bestanden", metavar="BESTAND…", nargs=-1, required=True, type=path_type),
    output_to("UIT.zip", "Het zipbestand voor de bundel. Standaard komt het naast de invoer."),
    group=archief,
)
@pass_report
def maak(report: Report, /, bestanden: Sequence[Path], output: str | None) -> api.Outcome:
    """Maak één zip voor het archief, met van elk stuk het Word-bestand en een PDF/A.

    Een BESTAND is het YAML-bestand van een vergadering of een mailing, of een map met brieven. Mee
    gaan: de stukken, wat er is verzonden, de bijlagen met een bestand, uw bestanden zelf (met lijst
    en huisstijl), en bij elk stuk en elk bestand de metadata volgens MDTO. Wat in Word is bewerkt,
    gaat mee zoals het nu is.

    Hoe lang de stukken bewaard blijven, staat in huisstijl.yaml bij 'archief'. Uw
    informatiebeheerder weet wat daar hoort te staan.

    \b
    Voorbeeld:
      lrtdocs archief maak 2025-03-19-lrt.yaml -o 2025-03-19-lrt-archief.zip
      lrtdocs archief maak brief.yaml -o brieven-archief.zip
    """
    with Steps(report) as steps:
        return api.archive(bestanden, output, steps)
