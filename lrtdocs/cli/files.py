"""Commands on single files: fill a template, check, explain to an editor, begin anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtdocs import api
from lrtdocs.cli.group import command
from lrtdocs.cli.options import (
    DocumentOptions,
    files_argument,
    json_option,
    output_option,
    overwrite_option,
    pdf_option,
    trusted_option,
    with_options,
)
from lrtdocs.cli.report import Report
from lrtdocs.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack


@command("vul")
@click.argument("sjabloon", metavar="SJABLOON.docx", type=click.Path(path_type=Path))
@click.argument("gegevens", metavar="GEGEVENS.yaml|json", type=click.Path(path_type=Path))
@with_options(output_option, pdf_option, trusted_option, overwrite_option, json_option)
def vul(sjabloon: Path, gegevens: Path, as_json: bool, **options: Unpack[DocumentOptions]) -> int:
    """Vul een eigen Word-sjabloon met eigen gegevens.

    De woorden in GEGEVENS mag u zelf kiezen. Verder is lrtdocs net zo streng als anders:
    een woord dat het sjabloon noemt en dat niet bestaat, is een fout.

    \b
    Voorbeeld:
      lrtdocs vul uitnodiging.docx gegevens.yaml -o uitnodiging-mei.docx
    """
    report = Report(as_json=as_json)
    return report.run(lambda: api.fill_file(sjabloon, gegevens, api.Options(**options)))


@command("controleer")
@with_options(files_argument, trusted_option, json_option)
def controleer(bestanden: Sequence[Path], trusted: bool, as_json: bool) -> int:
    """Noem alle problemen in een bestand. Er wordt niets gemaakt.

    Een BESTAND is een YAML-bestand, een Word-sjabloon, of een lijst met ontvangers (.xlsx, .csv).

    \b
    Voorbeeld:
      lrtdocs controleer 2025-03-19-lrt.yaml huisstijl.yaml sjablonen/agenda.docx
    """
    return Report(as_json=as_json).run(
        lambda: api.check_files(bestanden, trusted=trusted), all_well="Geen problemen gevonden."
    )


@command("schema")
@click.argument(
    "soort", type=click.Choice(["vergadering", "mailing", "huisstijl"]), metavar="SOORT"
)
@with_options(output_option, json_option)
def schema(soort: str, output: str | None, as_json: bool) -> int:
    """Geef het JSON-schema waarmee een editor u helpt bij het typen.

    SOORT is vergadering, mailing of huisstijl. Zonder -o komt het schema op het scherm.

    \b
    Voorbeeld:
      lrtdocs schema vergadering -o vergadering.schema.json
    """
    if output is None:
        click.echo(api.schema_text(soort), nl=False)
        return ExitCode.DONE
    return Report(as_json=as_json).run(lambda: api.write_schema(soort, Path(output)))


@command("nieuw")
@click.argument("soort", type=click.Choice(["agenda", "mailing"]), metavar="SOORT")
@with_options(output_option, json_option)
def nieuw(soort: str, output: str | None, as_json: bool) -> int:
    """Begin een nieuw bestand, met uitleg bij elke regel.

    SOORT is agenda: het bestand van een vergadering, voor de agenda en voor het verslag.
    Of mailing: het bestand van een verzending, met een lijst van adressen ernaast.
    Een bestand dat al bestaat, blijft zoals het is.

    \b
    Voorbeeld:
      lrtdocs nieuw agenda -o 2025-06-18-lrt.yaml
    """
    target = Path(output) if output else None
    return Report(as_json=as_json).run(lambda: api.start_file(soort, target))
