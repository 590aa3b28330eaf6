"""Marking the letters of a run as sent: from then on none of them is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import FileProblemError, Place, ProblemsFoundError
from lrtdocs.findings import cut_short
from lrtdocs.messages import problem, text
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.lock import lock_folder
from lrtdocs.run.folder.manifest import MADE, NAME, Sent, add_sent, read_made
from lrtdocs.run.folder.names import is_old_pdf, pdf_name, quote_path
from lrtdocs.run.folder.write import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.folder.manifest import Made


def mark_letters(folder: Path, day: date, outcome: Outcome) -> None:
    """Mark the letters in `folder` that did not go out before as sent on `day`.

    Raises ProblemsFoundError, with nothing marked, for a PDF that is not of its letter, and
    UsageError if a run is at work there.
    """
    try:
        made = read_made(folder)
        with lock_folder(folder):
            if wrong := list(_find_old(folder, made)):
                raise ProblemsFoundError(*cut_short(wrong))
            letters = list(_find_fresh(Folder(folder), made, day))
            if letters:
                add_sent(folder, letters)
                outcome.written.append(folder / NAME)
    except OSError as error:
        raise FileProblemError(explain(folder / NAME, error)) from error
    outcome.remarks.append(_tell(folder, made, letters, day))


def _find_old(folder: Path, made: Made) -> Iterator[Problem]:
    for entry in made.letters.values():
        if is_old_pdf(path := folder / entry.bestand):
            place = Place(str(folder / pdf_name(entry.bestand)))
            yield problem("LRT082", place, file=quote_path(path))


def _find_fresh(folder: Folder, made: Made, day: date) -> Iterator[Sent]:
    """Yield the letters that are there and did not go out before."""
    known = {(each.bestand, each.docx) for each in made.sent}
    for entry in sorted(made.letters.values(), key=lambda entry: entry.nummer):
        digest = folder.digest(entry.bestand)
        if entry.status == MADE and digest and (entry.bestand, digest) not in known:
            pdf = folder.digest(pdf_name(entry.bestand))
            yield Sent(day.isoformat(), entry.nummer, entry.bestand, digest, pdf)


def _tell(folder: Path, made: Made, letters: list[Sent], day: date) -> str:
    if letters:
        date = dutch.format_date(day)
        return text("deel.brieven_verzonden", n=len(letters), folder=folder, date=date)
    if not made.sent:
        return text("deel.brieven_geen", folder=folder)
    return text("deel.brieven_al", folder=folder)
