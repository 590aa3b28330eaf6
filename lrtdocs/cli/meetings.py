"""Commands on what happens with a meeting over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lrtdocs import api
from lrtdocs.cli.group import command
from lrtdocs.cli.options import path_type, read_date, template_option, trusted_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


@command(
    "verzonden",
    click.argument("bestand", metavar="BESTAND", type=path_type),
    click.argument("stukken", metavar="[STUK…]", nargs=-1, type=path_type),
    click.option(
        "--op",
        "day",
        metavar="DATUM",
        callback=read_date,
        help="De dag waarop de stukken zijn verzonden. Standaard is dat vandaag.",
    ),
    template_option,
    trusted_option,
)
def verzonden(
    bestand: Path, stukken: Sequence[Path], day: date | None, **options: Any
) -> api.Outcome:
    """Bewaar wat is verzonden: het bestand van de vergadering en de stukken ervan.

    Kopieën komen in de map verzonden, naast uw bestand. Daar verandert lrtdocs niets meer aan. Een
    agenda die u daarna maakt van een veranderd bestand, heet -v2 en zegt dat zij gewijzigd is.
    Zonder STUK zijn het alle stukken naast uw bestand die nog niet zijn bewaard.

    \b
    Voorbeeld:
      lrtdocs verzonden 2025-03-19-lrt.yaml
      lrtdocs verzonden 2025-03-19-lrt.yaml --op 2025-03-12
    """
    return api.mark_sent(bestand, stukken, day, api.Options(**options))
