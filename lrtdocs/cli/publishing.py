"""Commands on what is made public: copies in which something is left out, and their proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lrtdocs import api
from lrtdocs.cli.group import GROUP, command, lrtdocs, pass_report
from lrtdocs.cli.options import (
    files_argument,
    html_option,
    only_option,
    output_to,
    overwrite_option,
    path_type,
    pdf_option,
)
from lrtdocs.cli.report import Report, Steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@lrtdocs.group("openbaar", **GROUP)
def openbaar() -> None:
    """Maak stukken openbaar: met de grond op de plaats van wat wegblijft."""


@command(
    "maak",
    files_argument,
    output_to("UIT", "Map voor de openbare versies. Standaard komen ze naast de invoer."),
    pdf_option,
    html_option,
    only_option,
    click.option(
        "--pakket",
        "package",
        metavar="UIT.zip",
        help="Maak één zip voor een platform: Word, PDF en HTML, met de metadata (DiWoo).",
    ),
    click.option(
        "--bundel",
        "bundle",
        is_flag=True,
        help="Maak ook één PDF van de agenda en de bijlagen met publiek: ja.",
    ),
    click.option(
        "--afspraak",
        "appointment",
        is_flag=True,
        help="Maak ook een afspraak voor in een agenda (.ics), zonder wie er zijn uitgenodigd.",
    ),
    click.option(
        "--ook-concept",
        "concept",
        is_flag=True,
        help="Maak ook een openbare versie van een stuk dat nog een concept is.",
    ),
    click.option(
        "--ook-gerubriceerd",
        "classified",
        is_flag=True,
        help="Maak ook een openbare versie van een stuk met een rubricering.",
    ),
    overwrite_option,
    group=openbaar,
)
@pass_report
def maak(report: Report, /, bestanden: Sequence[Path], **options: Any) -> api.Outcome:
    """Maak de openbare versie van de agenda en het verslag van een vergadering, of van brieven.

    Wat er wegblijft, staat in het bestand en in huisstijl.yaml: namen, vertrouwelijke punten, en
    wat u in een tekst aanwijst. Op die plaats komt de grond uit de Woo, zoals [5.1.2e]. Wat er mag
    wegblijven, beslist een jurist of de Woo-coördinator. Kijk het resultaat altijd na.

    \b
    Voorbeeld:
      lrtdocs openbaar maak 2025-03-19-lrt.yaml -o openbaar --pdf
      lrtdocs openbaar maak 2025-03-19-lrt.yaml --pakket openbaar.zip
    """
    with Steps(report) as steps:
        return api.publish(bestanden, api.PublishOptions(**options), steps)


@command(
    "controleer",
    click.argument("uit", metavar="UIT", type=path_type),
    click.option(
        "--bron",
        "sources",
        metavar="BESTAND",
        type=path_type,
        multiple=True,
        required=True,
        help="Het bestand waarvan de openbare versie is gemaakt. Mag vaker. Of de PDF of het "
        "Word-bestand dat u hebt geplaatst.",
    ),
    group=openbaar,
)
def controleer(uit: Path, sources: Sequence[Path]) -> api.Outcome:
    """Zoek wat is weggelaten in de openbare versie; of kijk na wat een platform teruggeeft.

    UIT is een map of een bestand. Met een YAML-bestand als --bron zoekt lrtdocs alles wat daaruit
    wegblijft, in elk deel van elk bestand: ook in wat u niet ziet. Het meldt elke plek, en wat niet
    kon worden bekeken. Of er genoeg wegblijft, beslist een jurist of de Woo-coördinator.

    Met een PDF of Word-bestand als --bron zegt lrtdocs wat het gedownloade bestand daarvan kwijt
    is: titel, taal, kenmerken, tags, bladwijzers of tekst.

    \b
    Voorbeeld:
      lrtdocs openbaar controleer openbaar --bron 2025-03-19-lrt.yaml
      lrtdocs openbaar controleer gedownload.pdf --bron openbaar/verslag-openbaar.pdf
    """
    return api.prove_copy(uit, sources)
