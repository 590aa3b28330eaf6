"""Commands on a meeting: its agenda and its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.cli.group import command
from lrtdocs.cli.options import DocumentOptions, document_options
from lrtdocs.cli.report import Report, Steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Unpack


def _make(
    kind: str, bestanden: Sequence[Path], *, as_json: bool, **options: Unpack[DocumentOptions]
) -> int:
    from lrtdocs import api

    report = Report(as_json=as_json)
    with Steps(report) as steps:
        return report.run(
            lambda: api.make_documents(bestanden, kind, api.Options(**options), steps)
        )


@command("agenda")
@document_options
def agenda(bestanden: Sequence[Path], as_json: bool, **options: Unpack[DocumentOptions]) -> int:
    """Maak de agenda van een vergadering.

    BESTAND is het YAML-bestand van de vergadering. U mag er meer tegelijk geven.

    \b
    Voorbeeld:
      lrtdocs agenda 2025-03-19-lrt.yaml --pdf
    """
    return _make("agenda", bestanden, as_json=as_json, **options)


@command("verslag")
@document_options
def verslag(bestanden: Sequence[Path], as_json: bool, **options: Unpack[DocumentOptions]) -> int:
    """Maak het verslag van een vergadering.

    BESTAND is het YAML-bestand van de vergadering. U mag er meer tegelijk geven.

    \b
    Voorbeeld:
      lrtdocs verslag 2025-03-19-lrt.yaml --pdf
    """
    return _make("verslag", bestanden, as_json=as_json, **options)
