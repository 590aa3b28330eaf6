"""Commands on a mailing: one letter, or the whole run."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtdocs import api
from lrtdocs.cli.group import command
from lrtdocs.cli.options import (
    Count,
    Folder,
    json_option,
    output_option,
    overwrite_option,
    pdf_option,
    trusted_option,
    with_options,
)
from lrtdocs.cli.report import Report, Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

INTERRUPTED = 130  # what a shell gives for Ctrl-C
SECONDS_A_LINE = 5.0
_mailing_argument = click.argument("bestand", metavar="BESTAND", type=click.Path(path_type=Path))
_folder_option = click.option(
    "-o",
    "--uit",
    "output",
    metavar="MAP",
    required=True,
    type=Folder(),
    help="De map waar de brieven komen.",
)
_only_option = click.option(
    "--alleen",
    "only",
    metavar="X,Y",
    help="Alleen deze ontvangers: code, naam of volgnummer, met een komma ertussen.",
)


def _split(only: str | None) -> tuple[str, ...] | None:
    """Return the names in `only`; None, for all letters, only if the option was not given."""
    return None if only is None else tuple(name.strip() for name in only.split(","))


@command("brief")
@with_options(
    _mailing_argument,
    output_option,
    pdf_option,
    _only_option,
    trusted_option,
    overwrite_option,
    json_option,
)
def brief(
    bestand: Path,
    output: str | None,
    pdf: bool,
    only: str | None,
    trusted: bool,
    overwrite: bool,
    as_json: bool,
) -> int:
    """Maak één brief.

    BESTAND is het YAML-bestand van een mailing. Heeft die meer ontvangers, kies er dan een.

    \b
    Voorbeeld:
      lrtdocs brief taakstelling-2025-II.yaml --alleen "Bergen (NH.)" --pdf
    """
    return Report(as_json=as_json).run(
        lambda: api.make_letter(
            bestand, output, pdf=pdf, only=_split(only), overwrite=overwrite, trusted=trusted
        )
    )


@command("brieven")
@with_options(
    _mailing_argument,
    _folder_option,
    pdf_option,
    click.option(
        "--samenvoegen",
        "join",
        is_flag=True,
        help="Maak ook één PDF om te printen, met bladwijzers.",
    ),
    _only_option,
    click.option(
        "--proef",
        "proof",
        metavar="N",
        type=Count(1000),
        help="Alleen de N brieven die het meest van de andere verschillen, hoogstens 1000.",
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
    click.option("--overnieuw", "again", is_flag=True, help="Maak ook wat er al is opnieuw."),
    overwrite_option,
    trusted_option,
    json_option,
)
def brieven(
    bestand: Path,
    output: Path,
    only: str | None,
    workers: int | None,
    dask: str | None,
    as_json: bool,
    **options: Unpack[api.LettersSwitches],
) -> int:
    """Maak de brieven van een verzending, voor elke ontvanger een.

    BESTAND is het YAML-bestand van een mailing. Eerst wordt alles nagekeken; pas daarna wordt er
    iets gemaakt. Is het werk onderbroken, of is er iets veranderd, geef dan dezelfde opdracht nog
    eens: alleen wat ontbreekt of anders is, wordt gemaakt.

    \b
    Voorbeeld:
      lrtdocs brieven taakstelling-2025-II.yaml -o uit --proef 5
      lrtdocs brieven taakstelling-2025-II.yaml -o uit --pdf
    """
    asked = api.letters_options(output, _split(only), workers, dask, **options)
    report = LettersReport(as_json=as_json)
    with LetterSteps(report) as steps:
        return report.run_letters(
            lambda: api.make_letters(bestand, asked, progress=steps, tell=report.tell_files)
        )


class LettersReport(Report):
    """Tells the files of a run as they are made, and at the end how it went."""

    _unread = False

    def tell_files(self, paths: Sequence[Path]) -> None:
        """Print the paths of new files, a line each, as long as somebody reads them."""
        if self._unread:
            return
        try:
            for path in paths:
                self._line({"soort": "resultaat", "bestand": str(path)}, str(path))
        except BrokenPipeError:  # as after `| head`; the letters are to be made all the same
            self._unread = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def run_letters(self, work: Callable[[], api.LettersOutcome]) -> int:
        """Do `work`, tell its outcome and, last, how many letters it made."""
        outcomes: list[api.LettersOutcome] = []

        def keep() -> api.LettersOutcome:
            outcomes.append(work())
            return outcomes[0]

        code = self.run(keep)
        for outcome in outcomes:
            self._tell_chosen(outcome)
            if outcome.total or outcome.interrupted:
                self._line(outcome.counts(), outcome.last_line(), err=True)
            if outcome.interrupted:
                return INTERRUPTED
        return code

    def _tell_chosen(self, outcome: api.LettersOutcome) -> None:
        for file, reason in outcome.chosen:
            self._line(
                {"soort": "proef", "bestand": file, "reden": reason},
                f"proef: {file} ({reason})",
                err=True,
            )


class LetterSteps(Steps):
    """Progress of a run: a bar with rate and time left on a terminal, elsewhere some lines."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self._start = self._told = time.monotonic()
        self._before = -1

    def __call__(self, text: str, done: int, total: int) -> None:
        """Show that `done` letters of `total` have been dealt with."""
        if self._before < 0:
            self._before, self._start = done, time.monotonic()
        if self._report.as_json or total < 2:
            return
        if sys.stderr.isatty():
            self._show(text, done, total, self._left(done, total).removeprefix(", "))
        elif time.monotonic() - self._told > SECONDS_A_LINE:
            self._told = time.monotonic()
            click.echo(f"[{done}/{total}] {text}{self._left(done, total)}", err=True)

    def _left(self, done: int, total: int) -> str:
        new, seconds = done - self._before, time.monotonic() - self._start
        if new <= 0 or seconds <= 0:
            return ""
        return f", {new / seconds:.0f} per seconde, nog {(total - done) * seconds / new:.0f} s"
