"""The commands on templates: `lrtdocs sjabloon …`."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from lrtdocs import api
from lrtdocs.cli.group import SETTINGS, command, lrtdocs
from lrtdocs.cli.options import (
    json_option,
    overwrite_option,
    pdf_option,
    trusted_option,
    with_options,
)
from lrtdocs.cli.report import Report
from lrtdocs.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Unpack

    from lrtdocs.run.templates.templates import InForce
    from lrtdocs.word.house.vocabulary import Entry

WIDTH = 80
_NAME_WIDTH = 14
_template_argument = click.argument("sjabloon", metavar="SJABLOON")
_kind_option = click.option(
    "--soort",
    "kind",
    type=click.Choice(tuple(KINDS)),
    metavar="SOORT",
    help=f"Het soort document: {', '.join(KINDS)}. Zonder dit leidt lrtdocs het zelf af.",
)


@lrtdocs.group(
    "sjabloon",
    context_settings=SETTINGS,
    options_metavar="[OPTIES]",
    subcommand_metavar="OPDRACHT …",
)
def sjabloon() -> None:
    """Werk aan sjablonen: kopiëren, nakijken, en bekijken met voorbeelden.

    Een sjabloon is een gewoon Word-document met tags erin, zoals {{ datum | datum }}.
    Uitleg bij een opdracht krijgt u met: lrtdocs sjabloon OPDRACHT --help
    """


def _run(
    work: Callable[[], api.TemplateOutcome],
    lines: Callable[[api.TemplateOutcome, bool], Iterator[str]] | None = None,
    *,
    as_json: bool,
    all_well: str = "",
) -> int:
    """Do `work`, print its `lines` to stdout, and what else there is to tell."""
    done: list[api.TemplateOutcome] = []

    def keep() -> api.TemplateOutcome:
        outcome = work()
        done.append(outcome)
        for remark in outcome.opening:
            _tell(remark, as_json)
        return outcome

    code = Report(as_json=as_json).run(keep, all_well=all_well)
    for outcome in done:
        for remark in outcome.remarks:
            _tell(remark, as_json)
        for line in lines(outcome, as_json) if lines else ():
            click.echo(line)
    return code


def _tell(remark: str, as_json: bool) -> None:
    data = _json({"soort": "opmerking", "melding": remark})
    click.echo(data if as_json else remark, err=not as_json)


# --- which there are


@command("lijst", sjabloon)
@click.argument("plaats", metavar="[PLAATS]", required=False, type=click.Path(path_type=Path))
@with_options(json_option)
def lijst(plaats: Path | None, as_json: bool) -> int:
    """Toon welke sjablonen er zijn, en welk sjabloon geldt en waarom.

    Een sjabloon in de map 'sjablonen' gaat voor op dat van lrtdocs. lrtdocs zoekt die map
    naast uw bestand, en in de mappen daarboven. PLAATS is een bestand of een map; zonder
    PLAATS kijkt lrtdocs vanuit de map waarin u nu bent.

    \b
    Voorbeeld:
      lrtdocs sjabloon lijst
    """
    return _run(lambda: api.list_templates(plaats), _template_lines, as_json=as_json)


def _template_lines(outcome: api.TemplateOutcome, as_json: bool) -> Iterator[str]:
    for template in outcome.templates:
        if as_json:
            yield _json(_template_data(template))
        else:
            yield f"{template.name:<{_NAME_WIDTH - 1}} {template.shown}"
            for text in (template.reason, template.remedy and f"doe dit: {template.remedy}"):
                yield from _wrapped(text, _NAME_WIDTH)


def _template_data(template: InForce) -> dict[str, object]:
    return {
        "soort": "sjabloon",
        "naam": template.name,
        "bestand": str(template.path),
        "staat": str(template.state),
        "reden": template.reason,
        "gaat_voor_op": [str(path) for path in template.behind],
    }


@command("kopieer", sjabloon)
@click.argument("naam", metavar="NAAM")
@click.option(
    "-o",
    "--uit",
    "output",
    metavar="UIT",
    help="Een andere map of een andere naam. Standaard komt de kopie in de map 'sjablonen'.",
)
@click.option(
    "--overschrijf", "overwrite", is_flag=True, help="Vervang ook een sjabloon dat er al is."
)
@with_options(json_option)
def kopieer(naam: str, output: str | None, overwrite: bool, as_json: bool) -> int:
    """Maak een eigen kopie van een sjabloon, om in Word aan te passen.

    NAAM is {soorten}. De kopie komt in de map 'sjablonen', en geldt
    vanaf dan voor alle bestanden in de map daarboven.

    \b
    Voorbeeld:
      lrtdocs sjabloon kopieer agenda
    """
    return _run(lambda: api.copy_template(naam, output, overwrite=overwrite), as_json=as_json)


# --- what is wrong with one


@command("controleer", sjabloon)
@_template_argument
@click.option(
    "--markeer",
    "mark",
    metavar="UIT.docx",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Schrijf een kopie met bij elk probleem een opmerking van Word.",
)
@_kind_option
@with_options(trusted_option, overwrite_option, json_option)
def controleer(
    sjabloon: str,
    mark: Path | None,
    kind: str | None,
    trusted: bool,
    overwrite: bool,
    as_json: bool,
) -> int:
    """Noem alle problemen in een sjabloon. U hebt er geen gegevens voor nodig.

    SJABLOON is een naam ({soorten}) of een .docx. Een fout houdt een
    document tegen; een waarschuwing of een tip niet.

    \b
    Voorbeeld:
      lrtdocs sjabloon controleer sjablonen/agenda.docx --markeer nakijken.docx
    """
    return _run(
        lambda: api.check_template(sjabloon, kind, mark=mark, trusted=trusted, overwrite=overwrite),
        as_json=as_json,
        all_well="Geen problemen gevonden.",
    )


# --- what one knows


@command("velden", sjabloon)
@_template_argument
@_kind_option
@click.option(
    "-o",
    "--uit",
    "output",
    metavar="VELDEN.docx",
    help="Schrijf de lijst als Word-document, om naast uw sjabloon te houden.",
)
@with_options(json_option)
def velden(sjabloon: str, kind: str | None, output: str | None, as_json: bool) -> int:
    """Toon welke woorden een sjabloon kent, en waar het ze gebruikt.

    SJABLOON is een naam ({soorten}) of een .docx. Bij elk woord staat
    wat het is, of het altijd is ingevuld, en hoe u het in het sjabloon zet.

    \b
    Voorbeeld:
      lrtdocs sjabloon velden agenda
      lrtdocs sjabloon velden sjablonen/agenda.docx -o velden.docx
    """
    lines = None if output else _word_lines
    return _run(lambda: api.list_words(sjabloon, kind, output), lines, as_json=as_json)


def _word_lines(outcome: api.TemplateOutcome, as_json: bool) -> Iterator[str]:
    for entry in outcome.words:
        yield from _entry_json(entry) if as_json else _entry_lines(entry, 0)


def _entry_lines(entry: Entry, indent: int) -> Iterator[str]:
    """Yield a word with what is told of it below it, and what is in it below that."""
    yield f"{' ' * indent}{entry.name}  ({entry.facts})"
    example = f" Voorbeeld: {entry.example}" if entry.example else ""
    yield from _wrapped(f"{entry.meaning}{example}", indent + 4)
    for tag in entry.tags:
        yield f"{' ' * (indent + 4)}{tag}"
    yield from _wrapped(entry.used, indent + 4)
    yield ""
    for part in entry.contains:
        yield from _entry_lines(part, indent + 2)


def _entry_json(entry: Entry, above: str = "") -> Iterator[str]:
    yield _json(
        {
            "soort": "woord",
            "naam": entry.name,
            "in": above,
            "wat": entry.facts,
            "betekenis": entry.meaning,
            "voorbeeld": entry.example,
            "tags": list(entry.tags),
            "gebruik": entry.used,
        }
    )
    for part in entry.contains:
        yield from _entry_json(part, entry.name)


def _wrapped(text: str, indent: int) -> Sequence[str]:
    space = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=space, subsequent_indent=space,
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)


class ExampleOptions(TypedDict):
    """What the options of `voorbeeld` hand over."""

    output: str | None
    pdf: bool
    trusted: bool
    overwrite: bool


@command("voorbeeld", sjabloon)
@_template_argument
@click.option(
    "--gegevens",
    "sample",
    type=click.Choice(("gewoon", "weinig", "veel")),
    default="gewoon",
    metavar="HOEVEEL",
    help="gewoon: een echt voorbeeld. weinig: alleen wat moet. veel: alles ingevuld, met lange "
    "namen en lijsten. Standaard gewoon.",
)
@_kind_option
@click.option(
    "-o",
    "--uit",
    "output",
    metavar="UIT",
    help="Bestand of map voor het resultaat. Standaard komt het in de map waarin u nu bent.",
)
@with_options(pdf_option, trusted_option, overwrite_option, json_option)
def voorbeeld(
    sjabloon: str,
    sample: str,
    kind: str | None,
    as_json: bool,
    **options: Unpack[ExampleOptions],
) -> int:
    """Vul een sjabloon met voorbeelden, om te zien hoe het eruitziet.

    SJABLOON is een naam ({soorten}) of een .docx. U hebt er geen eigen
    bestand voor nodig. Kijk ook met --gegevens weinig en --gegevens veel: dan ziet u of er
    lege regels blijven staan, en of lange namen passen.

    \b
    Voorbeeld:
      lrtdocs sjabloon voorbeeld agenda --gegevens veel --pdf
    """
    return _run(
        lambda: api.show_example(
            sjabloon, api.Options(**options), kind=kind, sample=api.Sample(sample)
        ),
        as_json=as_json,
    )
