"""The command that opens the local page."""

from __future__ import annotations

from pathlib import Path

import click

from lrtdocs import api
from lrtdocs.cli.group import command
from lrtdocs.cli.options import Count, file_argument, path_type

_port = click.option(
    "--poort",
    "port",
    metavar="N",
    type=Count(65535),
    help="Het nummer van de poort. Standaard een die vrij is.",
)
_no_browser = click.option(
    "--geen-browser",
    "browser",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Open de browser niet; toon alleen de link.",
)


@command(
    "web",
    click.argument("map_", metavar="[MAP]", type=path_type, default=Path()),
    _port,
    _no_browser,
)
def web(map_: Path, port: int | None, browser: bool) -> api.Outcome:
    """Open lrtdocs als pagina in uw browser.

    De pagina werkt met de bestanden in MAP; standaard is dat de map waarin u staat. Ze draait
    alleen op deze computer: niemand anders kan erbij, en er gaat niets naar buiten.
    Stoppen doet u met Ctrl-C.

    \b
    Voorbeeld:
      lrtdocs web
      lrtdocs web vergaderingen --geen-browser
    """
    from lrtdocs.web.serving import serve  # Starlette and uvicorn: only here

    serve(map_, port or 0, click.echo, browser=browser)
    return api.Outcome()


@command(
    "kijk",
    file_argument,
    click.option(
        "--soort",
        "paper",
        metavar="SOORT",
        help="Wat u ziet: agenda, verslag of brief; met openbaar- ervoor de openbare versie.",
    ),
    _port,
    _no_browser,
)
def kijk(bestand: Path, paper: str | None, port: int | None, browser: bool) -> api.Outcome:
    """Toon het beeld van een bestand in uw browser, terwijl u het in uw eigen editor bewerkt.

    BESTAND is het YAML-bestand van een vergadering of een mailing. Telkens als u het bewaart, komt
    er een nieuw beeld; ook als een lijst, een sjabloon of de huisstijl verandert. Staat er een fout
    in, dan ziet u die met de regel erbij. Klik op het papier om te zien in welke regel een tekst
    staat. Stoppen doet u met Ctrl-C.

    \b
    Voorbeeld:
      lrtdocs kijk 2025-03-19-lrt.yaml
      lrtdocs kijk 2025-03-19-lrt.yaml --soort verslag
    """
    from lrtdocs.web.serving import serve_one  # Starlette and uvicorn: only here

    serve_one(bestand, paper or "", port or 0, click.echo, browser=browser)
    return api.Outcome()
