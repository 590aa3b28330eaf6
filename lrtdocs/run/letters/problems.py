"""What can go wrong with the letters of a run once they are being made, as problems to tell."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import ExitCode, LrtdocsError, Place, Problem, Severity, system_reason
from lrtdocs.run.documents.report import OFFICE_FAILED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lrtdocs.run.documents.report import LettersOutcome
    from lrtdocs.run.letters.plan import Letter


def pdf_name(file: str) -> str:
    """Return the name of the PDF beside the letter `file`."""
    return f"{file.removesuffix('.docx')}.pdf"


@contextmanager
def manifest_told(manifest: Path, outcome: LettersOutcome) -> Iterator[None]:
    """Tell of a manifest that cannot be written; the letters go on without it.

    A letter that is not in it is made again next time, which is the worst that can happen.
    """
    try:
        yield
    except OSError as error:
        problem = Problem(
            "LRT712",
            Place(str(manifest)),
            "Het overzicht van de brieven is niet bijgewerkt: het bestand is niet te schrijven "
            f"({system_reason(error)}).",
            remedy="Maak ruimte op de schijf en geef dezelfde opdracht nog eens: die maakt wat "
            "niet in het overzicht staat opnieuw.",
        )
        outcome.add_problems([problem], ExitCode.LETTERS)


def not_begun(letter: Path, error: OSError) -> Problem:
    """Return the problem of a letter that was not written because the manifest cannot be."""
    return Problem(
        "LRT708",
        Place(str(letter)),
        "Deze brief is niet gemaakt: het overzicht van de brieven is niet te schrijven "
        f"({system_reason(error)}).",
        remedy="Maak ruimte op de schijf en geef dezelfde opdracht nog eens.",
    )


def with_letter(problem: Problem, letter: Letter) -> Problem:
    """Return `problem`, which tells a place in the template, with the letter it is about."""
    return replace(problem, message=f"{letter.file} ({letter.place}): {problem.message}")


def pdf_problem(error: LrtdocsError, letter: Letter) -> Problem:
    """Return the problem of a letter whose PDF was not made."""
    place = Place(pdf_name(letter.file))
    return replace(error.problems[0], code=OFFICE_FAILED, place=place)


def strangers(folder: Path, names: Sequence[str]) -> Problem:
    """Return a warning for letters in `folder` that belong to no recipient any more."""
    shown = ", ".join(names[:10]) + (f" en nog {len(names) - 10}" if len(names) > 10 else "")
    return Problem(
        "LRT710",
        Place(str(folder)),
        f"In deze map staan brieven die niet (meer) bij deze mailing horen: {shown}.",
        remedy="Haal ze zelf weg als ze niet meer nodig zijn; lrtdocs laat ze staan.",
        severity=Severity.WARNING,
    )


def stale(folder: Path, count: int) -> Problem:
    """Return a warning for PDFs in `folder` of letters that have changed since."""
    noun = "brief" if count == 1 else "brieven"
    return Problem(
        "LRT711",
        Place(str(folder)),
        f"Van {count} {noun} is het Word-bestand nieuwer dan de PDF.",
        remedy="Geef dezelfde opdracht nog eens met --pdf.",
        severity=Severity.WARNING,
    )
