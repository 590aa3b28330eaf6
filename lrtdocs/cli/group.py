"""The group that all commands hang on, and how a command is added to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from lrtdocs import __version__

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
Decorated = TypeVar("Decorated", bound=Callable[..., object])


@click.group(context_settings=SETTINGS, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT …")
@click.version_option(
    __version__, prog_name="lrtdocs", message="%(prog)s %(version)s", help="Toon de versie."
)
def lrtdocs() -> None:
    """Maak agenda's en verslagen in de huisstijl, als Word en als toegankelijke PDF.

    U schrijft één YAML-bestand per vergadering. Daar maakt lrtdocs de stukken van.
    Uitleg bij een opdracht krijgt u met: lrtdocs OPDRACHT --help
    """


def command(name: str) -> Callable[[Callable[..., object]], click.Command]:
    """Return the decorator for a command in the house manner."""
    return lrtdocs.command(name, options_metavar="[OPTIES]", context_settings=SETTINGS)
