"""Commands on single files: make a document, check, explain to an editor, begin anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrtdocs import api
from lrtdocs.cli.group import command, pass_report
from lrtdocs.cli.options import (
    files_argument,
    html_option,
    output_option,
    overwrite_option,
    path_type,
    pdf_option,
    template_option,
    trusted_option,
)
from lrtdocs.cli.report import Report, Steps
from lrtdocs.kinds import Kind, Source, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


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
        html_option,
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


@command(
    "vul",
    click.argument("sjabloon", metavar="SJABLOON.docx", type=path_type),
    click.argument("gegevens", metavar="GEGEVENS.yaml|json", type=path_type),
    output_option,
    pdf_option,
    html_option,
    trusted_option,
    overwrite_option,
)
def vul(sjabloon: Path, gegevens: Path, **options: Any) -> api.Outcome:
    """Vul een eigen Word-sjabloon met eigen gegevens.

    De woorden in GEGEVENS mag u zelf kiezen. Verder is lrtdocs net zo streng als anders:
    een woord dat het sjabloon noemt en dat niet bestaat, is een fout.

    \b
    Voorbeeld:
      lrtdocs vul uitnodiging.docx gegevens.yaml -o uitnodiging-mei.docx
    """
    return api.fill_file(sjabloon, gegevens, api.Options(**options))


@command(
    "pdf",
    click.argument("documenten", metavar="DOCUMENT.docx…", nargs=-1, required=True, type=path_type),
    output_option,
)
@pass_report
def pdf(report: Report, /, documenten: Sequence[Path], **options: Any) -> api.Outcome:
    """Maak een toegankelijke PDF van een Word-document, ook als u het in Word hebt bewerkt.

    DOCUMENT.docx is een agenda, verslag of brief van lrtdocs; u mag er meer tegelijk geven. Het
    Word-document blijft zoals het is. De PDF komt ernaast, in plaats van de PDF die er al is.

    \b
    Voorbeeld:
      lrtdocs pdf 2025-03-19-lrt-agenda.docx
    """
    with Steps(report) as steps:
        return api.make_pdfs(documenten, api.Options(**options), steps)


@command(
    "html",
    click.argument("documenten", metavar="DOCUMENT.docx…", nargs=-1, required=True, type=path_type),
    output_option,
)
def html(documenten: Sequence[Path], **options: Any) -> api.Outcome:
    """Maak een toegankelijke webpagina van een Word-document, ook als u het in Word hebt bewerkt.

    DOCUMENT.docx is een agenda, verslag of brief van lrtdocs; u mag er meer tegelijk geven. Het
    Word-document blijft zoals het is. De pagina komt ernaast en heeft dezelfde tekst. Het is één
    bestand, zonder script, met de afbeeldingen erin; het werkt ook zonder internet.

    \b
    Voorbeeld:
      lrtdocs html 2025-03-19-lrt-agenda.docx
    """
    return api.make_pages(documenten, api.Options(**options))


@command("controleer", files_argument, trusted_option, all_well="Geen problemen gevonden.")
def controleer(bestanden: Sequence[Path], trusted: bool) -> api.Outcome:
    """Noem alle problemen in een bestand. Er wordt niets gemaakt.

    Een BESTAND is een YAML-bestand, een Word-sjabloon, een lijst met ontvangers of leden (.xlsx,
    .csv), of een document dat klaar is (.docx, .pdf), ook van een ander. Van een document dat klaar
    is, hoort u ook wat niemand op papier ziet, zoals namen, en wat iemand met een schermlezer
    tegenhoudt: volgens welke regels is gekeken, en wat alleen een mens kan zien.

    \b
    Voorbeeld:
      lrtdocs controleer 2025-03-19-lrt.yaml huisstijl.yaml sjablonen/agenda.docx
      lrtdocs controleer nota.docx nota.pdf
    """
    return api.check_files(bestanden, trusted=trusted)


def _one_of(*kinds: str) -> Callable[[Any], Any]:
    return click.argument("soort", type=click.Choice(kinds), metavar="SOORT")


@command("schema", _one_of("vergadering", "mailing", "huisstijl"), output_option)
def schema(soort: str, output: str | None) -> api.Outcome:
    """Geef het JSON-schema waarmee een editor u helpt bij het typen.

    SOORT is vergadering, mailing of huisstijl. Zonder -o komt het schema op het scherm.

    \b
    Voorbeeld:
      lrtdocs schema vergadering -o vergadering.schema.json
    """
    if output is None:
        click.echo(api.schema_text(soort), nl=False)
        return api.Outcome()
    return api.write_schema(soort, Path(output))


@command("nieuw", _one_of("agenda", "mailing", "huisstijl", "verslag"), output_option)
def nieuw(soort: str, output: str | None) -> api.Outcome:
    """Begin een nieuw bestand, met uitleg bij elke regel.

    SOORT is agenda: het bestand van een vergadering, voor de agenda en voor het verslag.
    Of mailing: het bestand van een verzending, met een lijst van adressen ernaast.
    Of huisstijl: het bestand met uw afzender, voor alle stukken in die map.
    Een bestand dat al bestaat, blijft zoals het is. Staat er een datum in de naam, dan is dat
    de datum van de vergadering.

    \b
    Voorbeeld:
      lrtdocs nieuw agenda -o 2025-06-18-lrt.yaml
    """
    return api.start_file(soort, Path(output) if output else None)
