"""Commands on a mailing: one letter, or the whole run."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from lrtdocs import api
from lrtdocs.cli.group import command, pass_report
from lrtdocs.cli.options import (
    Count,
    CountOr,
    file_argument,
    folder_type,
    html_option,
    only_option,
    output_option,
    output_to,
    overwrite_option,
    path_type,
    pdf_option,
    trusted_option,
)
from lrtdocs.cli.report import Report, Steps
from lrtdocs.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

SECONDS_A_LINE = 5.0


@command(
    "brief",
    file_argument,
    output_option,
    pdf_option,
    html_option,
    only_option,
    trusted_option,
    overwrite_option,
)
def brief(bestand: Path, only: tuple[str, ...] | None, **options: Any) -> api.Outcome:
    """Maak één brief.

    BESTAND is het YAML-bestand van een mailing. Heeft die meer ontvangers, kies er dan een.

    \b
    Voorbeeld:
      lrtdocs brief taakstelling-2025-II.yaml --alleen "Bergen (NH.)" --pdf
    """
    return api.make_letter(bestand, api.Options(**options), only)


def _tell_run(report: Report, outcome: api.Report) -> None:
    """Tell which files are a proof and, last, how many letters were made."""
    for file, reason in outcome.chosen:
        data = {"soort": "proef", "bestand": file, "reden": reason}
        report.line(data, f"proef: {file} ({reason})", err=True)
    for line in filter(None, [*outcome.reason_lines(), outcome.pages_line()]):
        report.line({"soort": "opmerking", "melding": line}, line, err=True)
    if outcome.total or outcome.interrupted:
        report.line(outcome.counts(), outcome.last_line(), err=True)
    if outcome.copies is not None:
        counts = {**outcome.copies.counts(), "soort": "afschriften"}
        report.line(counts, f"Afschriften: {outcome.copies.last_line()}", err=True)


@command(
    "brieven",
    file_argument,
    output_to("MAP", "De map waar de brieven komen.", required=True, type=folder_type),
    pdf_option,
    html_option,
    click.option(
        "--samenvoegen",
        "join",
        is_flag=True,
        help="Maak ook één PDF om te printen, met bladwijzers.",
    ),
    click.option(
        "--samenvoegen-per",
        "join_by",
        metavar="KOLOM",
        help="Maak een PDF om te printen voor elke waarde in deze kolom, zoals provincie.",
    ),
    click.option(
        "--volgorde",
        "order",
        metavar="KOLOM",
        help="De volgorde van de brieven in de PDF om te printen: postcode, volgnummer of een "
        "andere kolom. Zonder dit die van de lijst.",
    ),
    click.option(
        "--dubbelzijdig",
        "two_sided",
        is_flag=True,
        help="Maak de PDF om te printen zo dat elke brief op een voorkant begint, met een lege "
        "bladzijde waar dat nodig is.",
    ),
    click.option(
        "--hoogstens",
        "at_most",
        metavar="N",
        type=Count(1000),
        help="Laat geen brief door met meer dan N bladzijden. Er komen dan ook PDF's.",
    ),
    only_option,
    click.option(
        "--proef",
        "proof",
        metavar="N|gewijzigd",
        type=CountOr(1000, "gewijzigd"),
        help="Alleen de N brieven die het meest van de andere verschillen, hoogstens 1000. Met "
        "'gewijzigd' de brieven die anders zijn dan bij de laatste proef.",
    ),
    click.option(
        "--werkers",
        "workers",
        metavar="N",
        type=Count(64),
        help="Het aantal processen, hoogstens 64. Standaard wat het snelst is.",
    ),
    click.option(
        "--dask",
        metavar="ADRES",
        help="Maak de brieven op een Dask-cluster, zoals tcp://10.0.0.5:8786.",
    ),
    click.option(
        "--afschriften",
        "copies",
        is_flag=True,
        help="Maak van elke brief ook een afschrift voor wie onder kopie_aan een adres heeft, in "
        "de map afschriften.",
    ),
    click.option("--overnieuw", "again", is_flag=True, help="Maak ook wat er al is opnieuw."),
    overwrite_option,
    trusted_option,
    more=_tell_run,
)
@pass_report
def brieven(report: Report, /, bestand: Path, **options: Any) -> api.Outcome:
    """Maak de brieven van een verzending, voor elke ontvanger een.

    BESTAND is het YAML-bestand van een mailing. Eerst wordt alles nagekeken; pas daarna wordt er
    iets gemaakt. Is het werk onderbroken, of is er iets veranderd, geef dan dezelfde opdracht nog
    eens: alleen wat ontbreekt of anders is, wordt gemaakt.

    \b
    Voorbeeld:
      lrtdocs brieven taakstelling-2025-II.yaml -o uit --proef 5
      lrtdocs brieven taakstelling-2025-II.yaml -o uit --proef gewijzigd
      lrtdocs brieven taakstelling-2025-II.yaml -o uit --pdf
    """
    asked = api.LettersOptions(**options)
    with LetterSteps(report) as steps:
        return api.make_letters(bestand, asked, progress=steps, tell=report.tell_files)


@command(
    "akkoord",
    click.argument("mailing", metavar="MAILING", type=path_type),
    click.option("--naam", "name", metavar="NAAM", required=True, help="Wie akkoord geeft."),
    click.option("--functie", "function", metavar="FUNCTIE", default="", help="Als wat."),
    trusted_option,
)
def akkoord(mailing: Path, name: str, function: str, trusted: bool) -> api.Outcome:
    """Geef akkoord voor de brieven van een verzending, zoals ze nu zijn.

    MAILING is het YAML-bestand. Eerst wordt alles nagekeken; met fouten komt er geen akkoord. Naast
    het bestand komt een bestand met wie akkoord gaf, wanneer, en een controlegetal van alles waar
    de brieven van worden gemaakt. Verandert daar iets aan, dan geldt het akkoord niet meer. Vraagt
    huisstijl.yaml om een akkoord, dan staat er CONCEPT op brieven zonder.

    Dit is geen elektronische handtekening: lrtdocs kijkt niet wie de naam typt.

    \b
    Voorbeeld:
      lrtdocs akkoord taakstelling-2025-II.yaml --naam "A. Jansen" --functie afdelingshoofd
    """
    return api.approve(mailing, name, function, trusted=trusted)


@command(
    "mail",
    click.argument("map_", metavar="MAP", type=path_type),
    click.option(
        "--tekst",
        "text",
        metavar="BESTAND",
        type=path_type,
        help="De tekst van de mail, met woorden van de ontvanger tussen accolades. Een eerste "
        "regel 'Onderwerp: …' is het onderwerp.",
    ),
    only_option,
    output_to(
        "MAP", "De map waar de mails komen. Standaard is dat 'concepten' in MAP.", type=folder_type
    ),
)
def mail(
    map_: Path, text: Path | None, only: tuple[str, ...] | None, output: Path | None
) -> api.Outcome:
    """Zet voor elke brief in een map een mail klaar, met de PDF erbij.

    Het zijn bestanden (.eml) die u in Outlook opent; daar kijkt u de mail na en verstuurt u haar.
    Er gaat niets vanzelf weg. Een brief die al is verzonden, krijgt alleen een mail als u hem noemt
    met --alleen.

    \b
    Voorbeeld:
      lrtdocs mail brieven --tekst mail.md -o concepten
    """
    return api.make_mails(map_, output, text, only=only)


class LetterSteps(Steps):
    """Progress of a run: a bar with rate and time left on a terminal, elsewhere some lines."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self._start = self._told = time.monotonic()
        self._before, self._text = 0, ""

    def __call__(self, text: str, done: int, total: int) -> None:
        """Show that `done` letters of `total` have been dealt with."""
        if text == api.WRAPPING_UP:
            self._wrap_up(text)
            return
        if text != self._text:
            self._text, self._before, self._start = text, done, time.monotonic()
        if self._report.as_json or total < 2:
            return
        if sys.stderr.isatty():
            self._show(text, done, total, self._left(done, total).removeprefix(", "))
        elif time.monotonic() - self._told > SECONDS_A_LINE:
            self._told = time.monotonic()
            click.echo(f"[{done}/{total}] {text}{self._left(done, total)}", err=True)

    def _wrap_up(self, text: str) -> None:
        """Tell that the run was broken off; who breaks off once more need not wait."""
        signal.signal(signal.SIGINT, lambda *_: os._exit(ExitCode.INTERRUPTED))
        self.__exit__()
        if not self._report.as_json:
            click.echo(text, err=True)

    def _left(self, done: int, total: int) -> str:
        new, seconds = done - self._before, time.monotonic() - self._start
        if new <= 0 or seconds <= 0:
            return ""
        return f", {new / seconds:.0f} per seconde, nog {(total - done) * seconds / new:.0f} s"
