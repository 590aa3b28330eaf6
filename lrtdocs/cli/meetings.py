"""Commands on a meeting: one for each kind of document that is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import api
from lrtdocs.cli.group import command
from lrtdocs.cli.options import DocumentOptions, document_options
from lrtdocs.cli.report import Report, Steps
from lrtdocs.kinds import Kind, Source, kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Unpack

_HELP = """{kind.help}

BESTAND is het YAML-bestand van de vergadering. U mag er meer tegelijk geven.

\b
Voorbeeld:
  lrtdocs {kind.name} {kind.example} --pdf
"""


def _add_command(kind: Kind) -> None:
    @command(kind.name, help=_HELP.format(kind=kind))
    @document_options
    def make(bestanden: Sequence[Path], as_json: bool, **options: Unpack[DocumentOptions]) -> int:
        report = Report(as_json=as_json)
        with Steps(report) as steps:
            return report.run(
                lambda: api.make_documents(bestanden, kind.name, api.Options(**options), steps)
            )


for _kind in kinds_of(Source.MEETING):
    _add_command(_kind)
