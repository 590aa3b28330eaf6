"""The command line: arguments in, one call of `lrtdocs.api`, results and problems out.

Results go to stdout, one path a line; everything for people goes to stderr. No rule of the domain
lives here. Imports are late, so that `lrtdocs --help` answers at once.
"""

from __future__ import annotations

import gettext
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from lrtdocs import __version__
from lrtdocs.errors import ExitCode, FileProblemError, LrtdocsError, Problem, Severity

if TYPE_CHECKING:
    from typing import Unpack

    from rich.progress import Progress as Bar

    from lrtdocs.run.report import Outcome

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def speak_dutch() -> None:
    """Let click look up its own messages in our Dutch catalogue, whatever the machine speaks."""
    os.environ["LANGUAGE"] = "nl"
    gettext.bindtextdomain("lrtdocs", str(Path(__file__).with_name("locale")))
    gettext.textdomain("lrtdocs")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the exit code of the contract."""
    speak_dutch()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = lrtdocs.main(args=arguments, prog_name="lrtdocs", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afgebroken.", err=True)
        code = 130
    except LrtdocsError as error:
        click.echo(str(error), err=True)
        code = error.exit_code
    sys.exit(int(code or 0))


@click.group(context_settings=SETTINGS, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT …")
@click.version_option(
    __version__, prog_name="lrtdocs", message="%(prog)s %(version)s", help="Toon de versie."
)
def lrtdocs() -> None:
    """Maak agenda's en verslagen in de huisstijl, als Word en als toegankelijke PDF.

    U schrijft één YAML-bestand per vergadering. Daar maakt lrtdocs de stukken van.
    Uitleg bij een opdracht krijgt u met: lrtdocs OPDRACHT --help
    """


def command(name: str) -> Callable[[Callable[..., object]], click.Command]:
    """Return the decorator for a command in the house manner."""
    return lrtdocs.command(name, options_metavar="[OPTIES]", context_settings=SETTINGS)


def with_options(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Return one decorator that applies `options` in the order in which the help shows them."""

    def decorate(function: Decorated) -> Decorated:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


files_argument = click.argument(
    "bestanden", metavar="BESTAND…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Geef problemen en resultaten als regels JSON."
)
output_option = click.option(
    "-o",
    "--uit",
    "output",
    metavar="UIT",
    type=str,
    help="Bestand of map voor het resultaat. Standaard komt het naast de invoer.",
)
pdf_option = click.option("--pdf", is_flag=True, help="Maak er ook een toegankelijke PDF van.")
template_option = click.option(
    "--sjabloon",
    "template",
    metavar="X",
    help="Naam of pad van een eigen Word-sjabloon (.docx).",
)
trusted_option = click.option(
    "--vertrouwd",
    "trusted",
    is_flag=True,
    help="Sta de hele sjabloontaal toe. Doe dit alleen bij een sjabloon dat u zelf kent.",
)
overwrite_option = click.option(
    "--overschrijf", "overwrite", is_flag=True, help="Vervang ook een document dat is bewerkt."
)
document_options = with_options(
    files_argument,
    output_option,
    pdf_option,
    template_option,
    trusted_option,
    overwrite_option,
    json_option,
)


class _Options(TypedDict, total=False):
    """What the options of the commands that make documents hand over."""

    output: str | None
    template: str | None
    pdf: bool
    trusted: bool
    overwrite: bool


class Report:
    """What a command tells: paths to stdout, the rest to stderr, or all of it as JSON lines."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def run(self, work: Callable[[], Outcome], *, all_well: str = "") -> int:
        """Do `work`, tell its outcome, or `all_well` if there is none, and return the exit code."""
        try:
            outcome = work()
        except LrtdocsError as error:
            self._fail(error)
            return error.exit_code
        for problem in outcome.problems:
            self._tell(problem)
        for path in outcome.written:
            self._line({"soort": "resultaat", "bestand": str(path)}, str(path))
        for failure in outcome.failures:
            self._fail(failure)
        if all_well and not (outcome.problems or outcome.failures or self.as_json):
            click.echo(all_well, err=True)
        return outcome.exit_code

    def _tell(self, problem: Problem) -> None:
        place = str(problem.place)
        colour = {Severity.ERROR: "red", Severity.WARNING: "yellow"}.get(problem.severity)
        text = click.style(place, bold=True, fg=colour) + str(problem)[len(place) :]
        self._line(problem.as_dict(), text, err=True)

    def _fail(self, error: LrtdocsError) -> None:
        """Tell what the program could not do."""
        if isinstance(error, FileProblemError):
            self._tell(error.as_problem())
        else:
            self._line({"soort": "fout", "melding": str(error)}, str(error), err=True)

    def _line(self, data: Mapping[str, object], text: str, *, err: bool = False) -> None:
        """Print `data` as a line of JSON, or `text` for people."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False))
        else:
            click.echo(text, err=err)


class Steps:
    """Progress of long work: a bar on a terminal, a plain line a step elsewhere."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._bar: Bar | None = None

    def __call__(self, text: str, done: int, total: int) -> None:
        """Show that `text` is being done: step `done` (from 1) of `total`."""
        if self._report.as_json or total < 2:
            return
        if not sys.stderr.isatty():
            click.echo(f"[{done}/{total}] {text}", err=True)
            return
        self._show(text, done, total)

    def _show(self, text: str, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        if self._bar is None:
            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.add_task(text, total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=text, completed=done - 1)

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def _make(
    kind: str, bestanden: Sequence[Path], *, as_json: bool, **options: Unpack[_Options]
) -> int:
    from lrtdocs import api

    report = Report(as_json=as_json)
    with Steps(report) as steps:
        return report.run(
            lambda: api.make_documents(bestanden, kind, api.Options(**options), steps)
        )


@command("agenda")
@document_options
def agenda(bestanden: Sequence[Path], as_json: bool, **options: Unpack[_Options]) -> int:
    """Maak de agenda van een vergadering.

    BESTAND is het YAML-bestand van de vergadering. U mag er meer tegelijk geven.

    \b
    Voorbeeld:
      lrtdocs agenda 2025-03-19-lrt.yaml --pdf
    """
    return _make("agenda", bestanden, as_json=as_json, **options)


@command("verslag")
@document_options
def verslag(bestanden: Sequence[Path], as_json: bool, **options: Unpack[_Options]) -> int:
    """Maak het verslag van een vergadering.

    BESTAND is het YAML-bestand van de vergadering. U mag er meer tegelijk geven.

    \b
    Voorbeeld:
      lrtdocs verslag 2025-03-19-lrt.yaml --pdf
    """
    return _make("verslag", bestanden, as_json=as_json, **options)


@command("vul")
@click.argument("sjabloon", metavar="SJABLOON.docx", type=click.Path(path_type=Path))
@click.argument("gegevens", metavar="GEGEVENS.yaml|json", type=click.Path(path_type=Path))
@with_options(output_option, pdf_option, trusted_option, overwrite_option, json_option)
def vul(sjabloon: Path, gegevens: Path, as_json: bool, **options: Unpack[_Options]) -> int:
    """Vul een eigen Word-sjabloon met eigen gegevens.

    De woorden in GEGEVENS mag u zelf kiezen. Verder is lrtdocs net zo streng als anders:
    een woord dat het sjabloon noemt en dat niet bestaat, is een fout.

    \b
    Voorbeeld:
      lrtdocs vul uitnodiging.docx gegevens.yaml -o uitnodiging-mei.docx
    """
    from lrtdocs import api

    report = Report(as_json=as_json)
    return report.run(lambda: api.fill_file(sjabloon, gegevens, api.Options(**options)))


@command("controleer")
@with_options(files_argument, trusted_option, json_option)
def controleer(bestanden: Sequence[Path], trusted: bool, as_json: bool) -> int:
    """Noem alle problemen in een YAML-bestand of Word-sjabloon. Er wordt niets gemaakt.

    \b
    Voorbeeld:
      lrtdocs controleer 2025-03-19-lrt.yaml huisstijl.yaml sjablonen/agenda.docx
    """
    from lrtdocs import api

    return Report(as_json=as_json).run(
        lambda: api.check_files(bestanden, trusted=trusted), all_well="Geen problemen gevonden."
    )


@command("schema")
@click.argument("soort", type=click.Choice(["vergadering", "huisstijl"]), metavar="SOORT")
@with_options(output_option, json_option)
def schema(soort: str, output: str | None, as_json: bool) -> int:
    """Geef het JSON-schema waarmee een editor u helpt bij het typen.

    SOORT is vergadering of huisstijl. Zonder -o komt het schema op het scherm.

    \b
    Voorbeeld:
      lrtdocs schema vergadering -o vergadering.schema.json
    """
    from lrtdocs import api

    if output is None:
        click.echo(api.schema_text(soort), nl=False)
        return ExitCode.DONE
    return Report(as_json=as_json).run(lambda: api.write_schema(soort, Path(output)))


@command("nieuw")
@click.argument("soort", type=click.Choice(["agenda"]), metavar="SOORT")
@with_options(output_option, json_option)
def nieuw(soort: str, output: str | None, as_json: bool) -> int:
    """Begin een nieuw bestand, met uitleg bij elke regel.

    SOORT is agenda: het bestand van een vergadering, voor de agenda en voor het verslag.
    Een bestand dat al bestaat, blijft zoals het is.

    \b
    Voorbeeld:
      lrtdocs nieuw agenda -o 2025-06-18-lrt.yaml
    """
    from lrtdocs import api

    target = Path(output) if output else None
    return Report(as_json=as_json).run(lambda: api.start_file(soort, target))
