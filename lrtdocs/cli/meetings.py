"""Commands on a meeting: one for each kind of document that is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs import api
from lrtdocs.cli.group import command, pass_report
from lrtdocs.cli.options import (
    files_argument,
    output_option,
    overwrite_option,
    pdf_option,
    template_option,
    trusted_option,
)
from lrtdocs.cli.report import Report, Steps
from lrtdocs.kinds import Kind, Source, kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HELP = """{kind.help}

BESTAND is het YAML-bestand van de vergadering. U mag er meer tegelijk geven.

\b
Voorbeeld:
  lrtdocs {kind.name} {kind.example} --pdf
"""


def _add_command(kind: Kind) -> None:
    @command(
        kind.name,
        files_argument,
        output_option,
        pdf_option,
        template_option,
        trusted_option,
        overwrite_option,
        told=_HELP.format(kind=kind),
    )
    @pass_report
    def make(report: Report, /, bestanden: Sequence[Path], **options: Any) -> api.Outcome:
        with Steps(report) as steps:
            return api.make_documents(bestanden, kind.name, api.Options(**options), steps)


for _kind in kinds_of(Source.MEETING):
    _add_command(_kind)
