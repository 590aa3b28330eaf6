"""The group that all commands hang on, and how a command is added to it."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any

import click

from lrtdocs.cli.options import json_option
from lrtdocs.cli.report import Report
from lrtdocs.kinds import Source, join_kinds, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtdocs.run.documents.report import Outcome

SETTINGS: dict[str, Any] = {
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 100},
    "options_metavar": "[OPTIES]",
}
GROUP: dict[str, Any] = {**SETTINGS, "subcommand_metavar": "OPDRACHT …"}
pass_report = click.make_pass_decorator(Report)
"""Hands the report of the command to a function that tells something while it works."""


_FIRST = "Vergadering"
SECTIONS = {
    _FIRST: (
        *("nieuw", "agenda", "uitnodiging", "bundel", "verzonden", "nazending", "verslag"),
        *("terug", "vaststellen", "volgende", "lijst"),
    ),
    "Brieven": (
        *("brief", "brieven", "akkoord", "mail", "verzendlijst", "taakstelling", "gemeenten"),
    ),
    "Sjablonen": ("sjabloon", "vul"),
    "Publiceren": ("openbaar", "archief"),
    "Hulp": ("web", "kijk", "controleer", "pdf", "html", "vergelijk", "schema"),
}
"""The commands as `--help` shows them, by who needs them; what comes first stands first.

A kind of document of a meeting that is not named here comes last of those of a meeting.
"""


class Commands(click.Group):
    """The group of all commands, shown in sections."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """Write the commands, section by section."""
        placed = {name for names in SECTIONS.values() for name in names}
        kinds = [kind.name for kind in kinds_of(Source.MEETING) if kind.name not in placed]
        for title, names in {**SECTIONS, _FIRST: (*SECTIONS[_FIRST], *kinds)}.items():
            known = [self.commands[name] for name in names if name in self.commands]
            with formatter.section(title):
                formatter.write_dl(
                    [(each.name or "", each.get_short_help_str(200)) for each in known]
                )


@click.group(cls=Commands, **GROUP)
@click.version_option(
    package_name="lrtdocs",
    prog_name="lrtdocs",
    message="%(prog)s %(version)s",
    help="Toon de versie.",
)
def lrtdocs() -> None:
    """Maak agenda's, verslagen en brieven in de huisstijl, als Word en als toegankelijke PDF.

    U schrijft één YAML-bestand per vergadering of verzending. Daarvan maakt lrtdocs de stukken.
    Uitleg bij een opdracht krijgt u met: lrtdocs OPDRACHT --help
    """


def command(
    name: str,
    *options: Callable[[Any], Any],
    group: click.Group = lrtdocs,
    told: str | None = None,
    all_well: str = "",
    more: Callable[[Report, Any], None] | None = None,
) -> Callable[[Callable[..., Outcome]], click.Command]:
    """Return the decorator for a command of `group`: a function that returns its outcome.

    The `options` stand in the help in their order, with --json last. The help is the docstring, or
    what is `told`; "{soorten}" in it stands for the kinds of document. The outcome is told with
    `all_well` if there is nothing else to tell, and with what `more` tells of it.
    """

    def decorate(function: Callable[..., Outcome]) -> click.Command:
        @click.pass_context
        def run(context: click.Context, /, as_json: bool, **given: Any) -> int:
            context.obj = report = Report(as_json=as_json)
            return report.run(partial(function, **given), all_well=all_well, more=more)

        callback: Callable[..., Any] = update_wrapper(run, function)
        for option in (json_option, *reversed(options)):
            callback = option(callback)
        text = (told or function.__doc__ or "").replace("{soorten}", join_kinds())
        return group.command(name, help=text, **SETTINGS)(callback)

    return decorate
