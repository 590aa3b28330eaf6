"""A mailing on its way: at a glance, its list by cell, its go-ahead, what became of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import has_errors
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome, Outcome, silent
from lrtdocs.run.folder.manifest import NAME, find_folder
from lrtdocs.run.letters.reviewing.approving import (
    check_mark,
    give_approval,
    look_at_files,
    make_person,
)
from lrtdocs.run.letters.run import check_letters, prepare
from lrtdocs.run.letters.showing.checked import Check, CheckedRow
from lrtdocs.run.letters.showing.checked import check_mailing as check_one
from lrtdocs.run.letters.showing.glance import (
    Glance,
    find_letters_folder,
    glance_at,
    refresh,
)
from lrtdocs.run.letters.showing.looks import Kept
from lrtdocs.run.letters.showing.proofs import ProofLetter, Proofs, choose_letters
from lrtdocs.run.letters.showing.receiving import receive_list
from lrtdocs.run.letters.showing.results import (
    Became,
    LetterRow,
    Results,
    read_results,
    zip_letters,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lrtdocs.run.documents.report import Progress
    from lrtdocs.run.letters.run import Prepared

__all__ = [
    "Became",
    "Check",
    "CheckedRow",
    "Glance",
    "LetterRow",
    "Looks",
    "ProofLetter",
    "Proofs",
    "Results",
    "approve",
    "check_mailing",
    "choose_proof",
    "list_results",
    "look_at_mailing",
    "place_list",
    "zip_folder",
]


class Looks:
    """Looks at mailings, each kept until a file changes that goes into the letters.

    A page is asked for many times, and a list of ten thousand takes ten seconds to check.
    """

    def __init__(self) -> None:
        self._kept = Kept()

    def glance(self, path: Path) -> Glance:
        """Return the mailing at `path` at a glance; what became of its letters is always of now."""
        return refresh(self._kept.get("glance", path, lambda: glance_at(path)))

    def check(self, path: Path, progress: Progress = silent) -> Check:
        """Return the check of the mailing at `path`, made now if it is not known."""
        return self._kept.get("check", path, lambda: check_one(path, progress))

    def has_checked(self, path: Path) -> bool:
        """Tell whether the check of the mailing at `path` is known."""
        return self._kept.known("check", path) is not None

    def proof(self, path: Path, proof: int | str | None) -> Proofs:
        """Return the letters of a `proof` of the mailing at `path`, None for no proof; and all.

        Raises what `choose_proof` does.
        """
        told = find_letters_folder(path) / NAME
        return self._kept.get(f"proof {proof}", path, lambda: choose_letters(path, proof), [told])

    def has_proof(self, path: Path, proof: int | str | None) -> bool:
        """Tell whether the letters of that `proof` are known."""
        return self._kept.known(f"proof {proof}", path) is not None


def look_at_mailing(path: Path) -> Glance:
    """Return the mailing at `path` at a glance: what it is, to whom it goes, how far it has come.

    Raises FileProblemError if the file cannot be read.
    """
    return glance_at(path)


def check_mailing(path: Path) -> Check:
    """Return what `check` finds of the mailing at `path`, set beside the rows of its list."""
    return check_one(path)


def choose_proof(path: Path, proof: int | str) -> Sequence[ProofLetter]:
    """Return the letters of a proof of the mailing at `path`, most telling first; none is made.

    `proof` is how many, or "gewijzigd" for those that changed since the last one. Raises
    ProblemsFoundError if the mailing has errors, UsageError where there was no proof before.
    """
    return choose_letters(path, proof).chosen


def place_list(path: Path, name: str, data: bytes, *, instead: bool | None = None) -> Outcome:
    """Keep a list of recipients, `data` that came as `name`, beside the mailing at `path`.

    The mailing then names that list. Where another file has its name, `instead` says whether it is
    replaced (and kept) or the new one goes beside it. Raises FileProblemError, with nothing
    written, for what is no list, and where `instead` has to be said and is not.
    """
    outcome = Outcome()
    receive_list(path, name, data, outcome, instead=instead)
    return outcome


def list_results(folder: Path) -> Results:
    """Return what became of the letters in `folder`, letter by letter, and the files to print."""
    return read_results(folder)


def zip_folder(folder: Path) -> Iterator[bytes]:
    """Yield, piece by piece, a zip with the letters in `folder` and the files to print."""
    return zip_letters(folder)


# --- the go-ahead

_HOW_IT_STANDS = "LRT725"


def approve(path: Path, name: str, function: str = "", *, trusted: bool = False) -> Outcome:
    """Give the go-ahead of `name`, with a `function` or none, for the mailing at `path` as it is.

    The mailing is checked first; with errors there is no go-ahead.
    """
    outcome = LettersOutcome()
    with outcome.gathering():
        who = make_person(name, function)
        looked = look_at_files(path, outcome)
        prepared = looked and _check(path, outcome, trusted=trusted)
        if looked and prepared and not has_errors(outcome.problems):
            give_approval(prepared.loaded, looked, who, len(prepared.names), outcome)
    return outcome


def _check(path: Path, outcome: LettersOutcome, *, trusted: bool) -> Prepared | None:
    """Check the mailing as `controleer` does, but for how it stands with the go-ahead."""
    options = LettersOptions(find_folder(path), trusted=trusted)
    prepared = prepare(path, options, today(), outcome)
    outcome.problems = [one for one in outcome.problems if one.code != _HOW_IT_STANDS]
    if prepared is not None:
        outcome.add_problems(check_mark(prepared.loaded))
        check_letters(prepared, options, outcome)
    return prepared
