"""Commands on what happens with a meeting over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrtdocs import api
from lrtdocs.cli.group import GROUP, command, lrtdocs, pass_report
from lrtdocs.cli.listing import tell_table
from lrtdocs.cli.options import (
    file_argument,
    files_argument,
    html_option,
    only_option,
    output_option,
    output_to,
    overwrite_option,
    path_type,
    pdf_option,
    read_date,
    template_option,
    trusted_option,
)
from lrtdocs.cli.report import Report, Steps, tell_differences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date


@command(
    "terug",
    click.argument("document", metavar="DOCUMENT.docx", type=path_type),
    click.argument("bestand", metavar="VERGADERING.yaml", type=path_type),
    click.option(
        "--neem-over",
        "take_over",
        is_flag=True,
        help="Schrijf de wijzigingen in het bestand. Alleen die regels veranderen.",
    ),
    template_option,
    trusted_option,
)
def terug(document: Path, bestand: Path, take_over: bool, **options: Any) -> api.Outcome:
    """Noem wat in Word is gewijzigd, en neem het over in het bestand van de vergadering.

    DOCUMENT.docx is een agenda of verslag van lrtdocs dat in Word of LibreOffice is bewerkt, ook
    met bijgehouden wijzigingen en opmerkingen. Van elke wijziging hoort u waar zij in het bestand
    thuishoort. Zonder --neem-over wordt er niets geschreven.

    \b
    Voorbeeld:
      lrtdocs terug 2025-03-19-lrt-verslag.docx 2025-03-19-lrt.yaml
      lrtdocs terug 2025-03-19-lrt-verslag.docx 2025-03-19-lrt.yaml --neem-over
    """
    return api.bring_back(document, bestand, api.Options(**options), take_over=take_over)


@command(
    "verzonden",
    click.argument("bestand", metavar="BESTAND|MAP", type=path_type),
    click.argument("stukken", metavar="[STUK…]", nargs=-1, type=path_type),
    click.option(
        "--op",
        "day",
        metavar="DATUM",
        callback=read_date,
        help="De dag waarop de stukken zijn verzonden. Standaard is dat vandaag.",
    ),
    only_option,
    click.option(
        "--per",
        "how",
        metavar="HOE",
        default="",
        help="Hoe de brieven zijn verzonden: post, mail, koerier of wat u zelf schrijft.",
    ),
    click.option(
        "--terug",
        "back",
        is_flag=True,
        help="Neem terug dat deze brieven zijn verzonden. Noem ze met --alleen.",
    ),
    template_option,
    trusted_option,
)
def verzonden(
    bestand: Path,
    stukken: Sequence[Path],
    day: date | None,
    only: tuple[str, ...] | None,
    how: str,
    back: bool,
    **options: Any,
) -> api.Outcome:
    """Bewaar wat is verzonden: het bestand van de vergadering en de stukken ervan.

    Kopieën komen in de map verzonden, naast uw bestand. Daar verandert lrtdocs niets meer aan. Een
    agenda die u daarna maakt van een veranderd bestand, heet -v2 en zegt dat zij gewijzigd is.
    Zonder STUK zijn het alle stukken naast uw bestand die nog niet zijn bewaard.

    Een MAP is een map met brieven: die vervangt lrtdocs dan niet meer. Wordt een brief daarna
    anders, dan komt hij ernaast met -v2 in de naam. Ging een brief per post en per mail, geef de
    opdracht dan twee keer, de tweede keer met --alleen.

    \b
    Voorbeeld:
      lrtdocs verzonden 2025-03-19-lrt.yaml
      lrtdocs verzonden 2025-03-19-lrt.yaml --op 2025-03-12
      lrtdocs verzonden brieven --per post --op 2025-03-14
      lrtdocs verzonden brieven --per mail --alleen GM0363,12-40
    """
    asked = api.Options(**options)
    return api.mark_sent(bestand, stukken, day, asked, only=only, how=how, back=back)


@command(
    "vaststellen",
    file_argument,
    click.option(
        "--op",
        "day",
        metavar="DATUM",
        required=True,
        callback=read_date,
        help="De dag waarop het verslag is vastgesteld.",
    ),
    pdf_option,
    html_option,
    template_option,
    trusted_option,
    overwrite_option,
)
def vaststellen(bestand: Path, day: date, **options: Any) -> api.Outcome:
    """Stel het verslag van een vergadering vast: zonder CONCEPT, met de datum.

    De datum komt in uw bestand; verder verandert daar niets. Het vastgestelde verslag komt ernaast.
    Het concept blijft zoals het is. Kan het een niet, dan gebeurt het ander ook niet.

    \b
    Voorbeeld:
      lrtdocs vaststellen 2025-03-19-lrt.yaml --op 2025-06-18 --pdf
    """
    return api.adopt(bestand, day, api.Options(**options))


@command(
    "volgende",
    file_argument,
    click.option(
        "--datum",
        "day",
        metavar="DATUM",
        callback=read_date,
        help="De dag van de volgende vergadering. Zonder deze optie zegt het bestand die zelf.",
    ),
    click.option(
        "--proef", "proof", is_flag=True, help="Schrijf niets, en laat zien wat er meegaat."
    ),
    output_option,
)
def volgende(bestand: Path, day: date | None, proof: bool, output: str | None) -> api.Outcome:
    """Begin het bestand van de volgende vergadering met wat er overblijft van deze.

    Mee gaan: wie er horen te zijn, de vaste punten (vast: ja), wat is aangehouden
    (aangehouden: ja) met wat erover is gezegd, en de acties die openstaan, met hun nummer. Het
    vaststellen van het verslag komt erbij. Uw bestand zelf blijft zoals het is. De naam is die van
    uw bestand, met de andere datum erin.

    \b
    Voorbeeld:
      lrtdocs volgende 2025-03-19-lrt.yaml
      lrtdocs volgende 2025-03-19-lrt.yaml --datum 2025-06-18 --proef
    """
    return api.follow(bestand, day, Path(output) if output else None, proof=proof)


@command(
    "vergelijk",
    click.argument("oud", metavar="OUD", type=path_type),
    click.argument("nieuw", metavar="[NIEUW]", type=path_type, required=False),
    more=tell_differences,
)
def vergelijk(oud: Path, nieuw: Path | None) -> api.ComparisonOutcome:
    """Zeg wat er anders is in NIEUW dan in OUD, in zinnen.

    Dat zijn twee bestanden van een vergadering, of van een mailing of huisstijl; een map met wat
    is verzonden; twee Word-documenten; of twee mappen met brieven. Noemt u alleen het bestand
    van een vergadering, dan hoort u wat daarin anders is dan toen het voor het laatst is
    verzonden.

    \b
    Voorbeeld:
      lrtdocs vergelijk 2025-03-19-lrt.yaml
      lrtdocs vergelijk verzonden/2025-03-19-lrt/v1 2025-03-19-lrt.yaml
      lrtdocs vergelijk brieven-mei brieven-juni
    """
    return api.compare(oud, nieuw)


@command(
    "uitnodiging",
    file_argument,
    output_option,
    click.option("--afzeggen", "call_off", is_flag=True, help="Zeg de vergadering af."),
)
def uitnodiging(bestand: Path, output: str | None, call_off: bool) -> api.Outcome:
    """Maak een afspraak voor de agenda (.ics) en een mail (.eml) om uit te nodigen.

    De mail opent u in Outlook; daar kijkt u haar na en verstuurt u haar. De adressen komen uit
    leden.xlsx of leden.csv, naast uw bestand of in een map erboven. Is de vergadering verplaatst,
    geef dan dezelfde opdracht: wie al was uitgenodigd, ziet de afspraak verschuiven.

    \b
    Voorbeeld:
      lrtdocs uitnodiging 2025-03-19-lrt.yaml
      lrtdocs uitnodiging 2025-03-19-lrt.yaml --afzeggen
    """
    return api.invite(bestand, output, call_off=call_off)


@command(
    "bundel",
    file_argument,
    output_option,
    click.option(
        "--ook-vertrouwelijk",
        "confidential",
        is_flag=True,
        help="Neem ook de bijlagen van vertrouwelijke punten op.",
    ),
)
@pass_report
def bundel(report: Report, /, bestand: Path, output: str | None, confidential: bool) -> api.Outcome:
    """Maak één PDF van de agenda en de bijlagen, met bladwijzers.

    In de bundel komen de bijlagen met een bestand: PDF, Word (.docx), PNG en JPEG. Voor elke komt
    een schutblad, en op haar bladzijden staat rechtsboven het nummer. Kan een stuk er niet in, dan
    staat dat op het schutblad en in de lijst van bijlagen.

    \b
    Voorbeeld:
      lrtdocs bundel 2025-03-19-lrt.yaml
      lrtdocs bundel 2025-03-19-lrt.yaml -o bundel.pdf
    """
    with Steps(report) as steps:
        return api.bundle_papers(bestand, output, steps, confidential=confidential)


@lrtdocs.group("lijst", **GROUP)
def lijst() -> None:
    """Geef de open acties of de besluiten uit meer vergaderingen."""


_public_option = click.option(
    "--openbaar",
    "public",
    is_flag=True,
    help="Laat weg wat ook uit de openbare versies wegblijft.",
)


def _list_output(suffixes: str) -> Callable[[Any], Any]:
    told = f"Schrijf de lijst naar een bestand ({suffixes}) of in een map, niet naar het scherm."
    return output_to("UIT", told, type=path_type)


@command(
    "actiepunten",
    files_argument,
    click.option(
        "--wie", "who", metavar="X", multiple=True, help="Alleen de acties van X, ook samen."
    ),
    click.option(
        "--verlopen", "overdue", is_flag=True, help="Alleen de acties die over tijd zijn."
    ),
    click.option(
        "--alles", "closed", is_flag=True, help="Ook de acties die zijn afgerond of vervallen."
    ),
    _list_output(".xlsx, .csv, .docx, .pdf of .ics"),
    overwrite_option,
    _public_option,
    group=lijst,
    more=tell_table,
)
def actiepunten(bestanden: Sequence[Path], output: Path | None, **asked: Any) -> api.Outcome:
    """Geef de acties die nog openstaan, de eerste datum eerst.

    Een BESTAND is het YAML-bestand van een vergadering, of een map met zulke bestanden. Van elke
    actie telt de laatste vergadering waarin zij staat. Een actie is over tijd als haar datum
    voorbij is; is dat een vrije dag, dan na de eerste werkdag erna.

    \b
    Voorbeeld:
      lrtdocs lijst actiepunten 2025-*.yaml --wie COA
      lrtdocs lijst actiepunten . -o acties.xlsx
      lrtdocs lijst actiepunten . --verlopen -o over-tijd.pdf
    """
    return api.list_actions(bestanden, output, **asked)


@command(
    "besluiten",
    files_argument,
    _list_output(".xlsx, .csv, .docx of .pdf"),
    overwrite_option,
    _public_option,
    group=lijst,
    more=tell_table,
)
def besluiten(bestanden: Sequence[Path], output: Path | None, **asked: Any) -> api.Outcome:
    """Geef de besluiten van alle vergaderingen, op volgorde.

    Een BESTAND is het YAML-bestand van een vergadering, of een map met zulke bestanden.

    \b
    Voorbeeld:
      lrtdocs lijst besluiten 2025-*.yaml -o besluiten.xlsx
    """
    return api.list_decisions(bestanden, output, **asked)
