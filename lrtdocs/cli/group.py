"""The group that all commands hang on, and how a command is added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lrtdocs.kinds import join_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=SETTINGS, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT …")
@click.version_option(
    package_name="lrtdocs",
    prog_name="lrtdocs",
    message="%(prog)s %(version)s",
    help="Toon de versie.",
)
def lrtdocs() -> None:
    """Maak agenda's en verslagen in de huisstijl, als Word en als toegankelijke PDF.

    U schrijft één YAML-bestand per vergadering. Daar maakt lrtdocs de stukken van.
    Uitleg bij een opdracht krijgt u met: lrtdocs OPDRACHT --help
    """


def command(
    name: str, group: click.Group = lrtdocs, **settings: Any
) -> Callable[[Callable[..., object]], click.Command]:
    """Return the decorator for a command of `group` in the house manner.

    "{soorten}" in its help stands for the kinds of document.
    """

    def decorate(function: Callable[..., object]) -> click.Command:
        told = settings.pop("help", function.__doc__ or "").replace("{soorten}", join_kinds())
        return group.command(
            name, options_metavar="[OPTIES]", context_settings=SETTINGS, help=told, **settings
        )(function)

    return decorate
