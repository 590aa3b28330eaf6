"""The commands on templates: `lrtdocs sjabloon …`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrtdocs import api
from lrtdocs.cli.group import GROUP, command, lrtdocs
from lrtdocs.cli.options import (
    output_to,
    overwrite_option,
    path_type,
    pdf_option,
    trusted_option,
)
from lrtdocs.cli.report import tell_differences
from lrtdocs.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.cli.report import Report
    from lrtdocs.word.house.vocabulary import Entry

WIDTH = 80
_NAME_WIDTH = 14
_template_argument = click.argument("sjabloon", metavar="SJABLOON")


def _kind_option_of(*kinds: str) -> Any:
    """Return the option that says which of `kinds` a template is for."""
    return click.option(
        "--soort",
        "kind",
        type=click.Choice(kinds),
        metavar="SOORT",
        help=f"Het soort document: {', '.join(kinds)}. Zonder dit leidt lrtdocs het zelf af.",
    )


_kind_option = _kind_option_of(*KINDS)


@lrtdocs.group("sjabloon", cls=click.Group, **GROUP)
def sjabloon() -> None:
    """Werk aan sjablonen: kopiëren, nakijken, en bekijken met voorbeelden.

    Een sjabloon is een gewoon Word-document met tags erin, zoals {{ datum | datum }}.
    Uitleg bij een opdracht krijgt u met: lrtdocs sjabloon OPDRACHT --help
    """


# --- which there are


def _tell_templates(report: Report, outcome: api.TemplateOutcome) -> None:
    for template in outcome.templates:
        data = {
            "soort": "sjabloon",
            "naam": template.name,
            "bestand": str(template.path),
            "staat": str(template.state),
            "reden": template.reason,
            "gaat_voor_op": [str(path) for path in template.behind],
        }
        lines = [f"{template.name:<{_NAME_WIDTH - 1}} {template.shown}"]
        for text in (template.reason, template.remedy and f"doe dit: {template.remedy}"):
            lines += _wrapped(text, _NAME_WIDTH)
        report.line(data, "\n".join(lines))


@command(
    "lijst",
    click.argument("plaats", metavar="[PLAATS]", required=False, type=path_type),
    group=sjabloon,
    more=_tell_templates,
)
def lijst(plaats: Path | None) -> api.Outcome:
    """Toon welke sjablonen er zijn, en welk sjabloon geldt en waarom.

    Een sjabloon in de map 'sjablonen' gaat voor op dat van lrtdocs. lrtdocs zoekt die map
    naast uw bestand, en in de mappen daarboven. PLAATS is een bestand of een map; zonder
    PLAATS kijkt lrtdocs vanuit de map waarin u nu bent.

    \b
    Voorbeeld:
      lrtdocs sjabloon lijst
    """
    return api.list_templates(plaats)


@command(
    "kopieer",
    click.argument("naam", metavar="NAAM"),
    output_to(
        "UIT",
        "Een andere map of een andere naam. Standaard komt de kopie in de map 'sjablonen'.",
    ),
    click.option(
        "--overschrijf", "overwrite", is_flag=True, help="Vervang ook een sjabloon dat er al is."
    ),
    group=sjabloon,
)
def kopieer(naam: str, output: str | None, overwrite: bool) -> api.Outcome:
    """Maak een eigen kopie van een sjabloon, om in Word aan te passen.

    NAAM is {soorten}. De kopie komt in de map 'sjablonen', en geldt
    vanaf dan voor alle bestanden in de map daarboven.

    \b
    Voorbeeld:
      lrtdocs sjabloon kopieer agenda
    """
    return api.copy_template(naam, output, overwrite=overwrite)


# --- what is wrong with one


@command(
    "controleer",
    _template_argument,
    click.option(
        "--markeer",
        "mark",
        metavar="UIT.docx",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Schrijf een kopie met bij elk probleem een opmerking van Word.",
    ),
    _kind_option_of(*KINDS, "eigen"),
    trusted_option,
    overwrite_option,
    group=sjabloon,
    all_well="Geen problemen gevonden.",
)
def controleer(sjabloon: str, kind: str | None, **options: Any) -> api.Outcome:
    """Noem alle problemen in een sjabloon. U hebt er geen gegevens voor nodig.

    SJABLOON is een naam ({soorten}) of een .docx. Een fout houdt een
    document tegen; een waarschuwing of een tip niet. Van een sjabloon voor 'lrtdocs vul'
    is het soort eigen: dan gaat het alleen om de tags en de toegankelijkheid.

    \b
    Voorbeeld:
      lrtdocs sjabloon controleer sjablonen/agenda.docx --markeer nakijken.docx
    """
    return api.check_template(sjabloon, kind, **options)


# --- what one knows


def _tell_words(report: Report, outcome: api.TemplateOutcome) -> None:
    """Print the words, unless they went into a file."""
    for entry in () if outcome.written else outcome.words:
        _tell_entry(report, entry)


def _tell_entry(report: Report, entry: Entry, above: str = "", indent: int = 0) -> None:
    """Print a word with what is told of it below it, and what is in it below that."""
    data = {
        "soort": "woord",
        "naam": entry.name,
        "in": above,
        "wat": entry.facts,
        "betekenis": entry.meaning,
        "voorbeeld": entry.example,
        "tags": list(entry.tags),
        "gebruik": entry.used,
    }
    example = f" Voorbeeld: {entry.example}" if entry.example else ""
    lines = [
        f"{' ' * indent}{entry.name}  ({entry.facts})",
        *_wrapped(f"{entry.meaning}{example}", indent + 4),
        *(f"{' ' * (indent + 4)}{tag}" for tag in entry.tags),
        *_wrapped(entry.used, indent + 4),
        "",
    ]
    report.line(data, "\n".join(lines))
    for part in entry.contains:
        _tell_entry(report, part, entry.name, indent + 2)


def _wrapped(text: str, indent: int) -> Sequence[str]:
    space = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=space, subsequent_indent=space,
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip


@command(
    "velden",
    _template_argument,
    _kind_option,
    output_to("VELDEN.docx", "Schrijf de lijst als Word-document, om naast uw sjabloon te houden."),
    group=sjabloon,
    more=_tell_words,
)
def velden(sjabloon: str, kind: str | None, output: str | None) -> api.Outcome:
    """Toon welke woorden een sjabloon kent, en waar het ze gebruikt.

    SJABLOON is een naam ({soorten}) of een .docx. Bij elk woord staat
    wat het is, of het altijd is ingevuld, en hoe u het in het sjabloon zet. Het mag ook
    het bestand van een verzending zijn: dan ziet u de woorden die in de tekst van de
    brief kunnen, met een voorbeeld uit uw lijst.

    \b
    Voorbeeld:
      lrtdocs sjabloon velden agenda
      lrtdocs sjabloon velden subsidie.yaml
      lrtdocs sjabloon velden sjablonen/agenda.docx -o velden.docx
    """
    return api.list_words(sjabloon, kind, output)


@command(
    "voorbeeld",
    _template_argument,
    click.option(
        "--gegevens",
        "sample",
        type=click.Choice(("gewoon", "weinig", "veel")),
        default="gewoon",
        metavar="HOEVEEL",
        help="gewoon: een echt voorbeeld. weinig: alleen wat moet. veel: alles ingevuld, met lange "
        "namen en lijsten. Standaard gewoon.",
    ),
    _kind_option,
    output_to(
        "UIT", "Bestand of map voor het resultaat. Standaard komt het in de map waarin u nu bent."
    ),
    pdf_option,
    trusted_option,
    overwrite_option,
    group=sjabloon,
)
def voorbeeld(sjabloon: str, sample: str, kind: str | None, **options: Any) -> api.Outcome:
    """Vul een sjabloon met voorbeelden, om te zien hoe het eruitziet.

    SJABLOON is een naam ({soorten}) of een .docx. U hebt er geen eigen
    bestand voor nodig. Kijk ook met --gegevens weinig en --gegevens veel: dan ziet u of er
    lege regels blijven staan, en of lange namen passen.

    \b
    Voorbeeld:
      lrtdocs sjabloon voorbeeld agenda --gegevens veel --pdf
    """
    asked = api.Options(**options)
    return api.show_example(sjabloon, asked, kind=kind, sample=api.Sample(sample))


@command(
    "vergelijk",
    click.argument("oud", metavar="OUD"),
    click.argument("nieuw", metavar="NIEUW"),
    group=sjabloon,
    more=tell_differences,
)
def vergelijk(oud: str, nieuw: str) -> api.ComparisonOutcome:
    """Zeg wat er anders is in het sjabloon NIEUW dan in OUD.

    Een sjabloon is een naam of een Word-bestand. Geeft u twee keer de naam van een eigen kopie,
    dan is OUD het sjabloon dat bij lrtdocs hoort.

    \b
    Voorbeeld:
      lrtdocs sjabloon vergelijk agenda sjablonen/agenda.docx
    """
    return api.compare_templates(oud, nieuw)


# --- from Word's own mail merge


@command(
    "omzetten",
    click.argument("bestand", metavar="BESTAND.docx", type=path_type),
    output_to(
        "UIT.docx",
        "Bestand of map voor het sjabloon. Standaard komt het naast uw bestand, met -omgezet "
        "achter de naam.",
    ),
    click.option(
        "--lijst",
        "listed",
        metavar="LIJST",
        type=path_type,
        help="De adreslijst (.xlsx of .csv): de koppen daarin geven de woorden.",
    ),
    overwrite_option,
    group=sjabloon,
)
def omzetten(bestand: Path, output: str | None, **options: Any) -> api.Outcome:
    """Maak van een Afdruk samenvoegen van Word een sjabloon met tags.

    Samenvoegvelden worden woorden, IF-velden {% if %}, en de opmaak blijft. Wat niet omgezet kan
    worden, noemt lrtdocs met de plaats; in het sjabloon staat daar een opmerking. Uw eigen
    bestand blijft zoals het is.

    \b
    Voorbeeld:
      lrtdocs sjabloon omzetten uitnodiging.docx --lijst adressen.xlsx
    """
    return api.convert_merge(bestand, output, **options)
