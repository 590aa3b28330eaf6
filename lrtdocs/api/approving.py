"""The go-ahead for the letters of a mailing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import has_errors
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome
from lrtdocs.run.folder.manifest import find_folder
from lrtdocs.run.letters.reviewing.approving import (
    check_mark,
    give_approval,
    look_at_files,
    make_person,
)
from lrtdocs.run.letters.run import check_letters, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.letters.run import Prepared

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
