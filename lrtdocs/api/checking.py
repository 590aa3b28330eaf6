"""Finding every problem of a file; nothing is written."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import ExitCode, FileProblemError, Problem, sort_problems
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.run.documents.inspect import inspect_docx, inspect_pdf
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome, Options, Outcome
from lrtdocs.run.folder.manifest import find_folder
from lrtdocs.run.letters.reviewing.approving import check_approval
from lrtdocs.run.letters.run import check_letters, prepare
from lrtdocs.run.load.mailing import check_recipients
from lrtdocs.run.load.meeting import kinds_so_far, load_vergadering
from lrtdocs.run.load.model import SHEET_SUFFIXES, check_house, kind_of_file, load_model, model_of
from lrtdocs.run.templates.check import OF_HOUSE, OF_READERS, OF_TEMPLATES, check_known
from lrtdocs.run.templates.templates import read_template
from lrtdocs.source.files import unsaved
from lrtdocs.source.lists.members import check_members, is_members

if TYPE_CHECKING:
    from collections.abc import Sequence


_UNDATED = "LRT270"
WORD_SUFFIXES = {".docx", ".docm", ".dotx", ".dotm", ".doc"}


def check(path: str | Path) -> list[Problem]:
    """Return every problem of a YAML file, a Word template, a list of recipients or a document.

    Nothing is written. Raises FileProblemError if the file cannot be read.
    """
    return sort_problems(_check_one(Path(path), Outcome(), trusted=False)[0])


def problems_in(path: Path, text: str | None, *, whole: bool = True) -> list[Problem]:
    """Return the problems of the file at `path`, if it said `text`; nothing is written.

    `whole` is all that `controleer` finds, with the documents made; else only what the file itself
    does not allow.
    """
    with unsaved(path, text):
        try:
            if whole:
                return check(path)
            problems: list[Problem] = []
            load_model(path, model_of(kind_of_file(path)), problems)
        except FileProblemError as error:
            return list(error.problems)
    return sort_problems(problems)


_FIRST_KEY = re.compile(rb"^(?:overleg|datum|sjabloon|ontvangers): ", re.MULTILINE)


def check_files(paths: Sequence[Path], *, trusted: bool = False) -> Outcome:
    """Check every file of `paths`; a Word template with errors gives exit code 3."""
    outcome = Outcome()
    for path in paths:
        with outcome.gathering():
            outcome.add_problems(*_check_one(path, outcome, trusted=trusted))
    return outcome


def _check_one(path: Path, outcome: Outcome, *, trusted: bool) -> tuple[list[Problem], ExitCode]:
    """Return the problems of the file at `path`, and the exit code if there are errors in them.

    Of a document that is finished, `outcome` gets by which rules it was looked at.
    """
    if path.suffix.lower() == ".pdf":
        seen = inspect_pdf(path)
        outcome.remarks += filter(None, [seen.statement])
        return seen.problems, ExitCode.PROBLEMS
    if path.suffix.lower() in WORD_SUFFIXES and not _is_meeting(path):
        return _check_word(path, outcome, trusted=trusted)
    if is_members(path):
        return check_members(path), ExitCode.PROBLEMS
    if path.suffix.lower() in SHEET_SUFFIXES:
        return check_recipients(path), ExitCode.PROBLEMS
    kind = kind_of_file(path)
    if kind == "mailing":
        return _check_mailing(path, trusted=trusted)
    if kind == "akkoord":
        return check_approval(path), ExitCode.PROBLEMS
    problems: list[Problem] = []
    if kind == "huisstijl":
        house = load_model(path, Huisstijl, problems)
        problems += check_house(house) if house else ()
    else:
        return _check_meeting(path, trusted=trusted)
    return problems, ExitCode.PROBLEMS


def _check_word(path: Path, outcome: Outcome, *, trusted: bool) -> tuple[list[Problem], ExitCode]:
    """Return the problems of the Word file at `path`: of a template, or of a finished document."""
    file = read_template(path)
    found, seen = check_known(file, trusted=trusted), inspect_docx(path, file.data)
    if seen is None:
        return found, ExitCode.TEMPLATE
    outcome.remarks.append(seen.statement)
    gone = OF_TEMPLATES | OF_READERS | (set() if seen.in_house_style else OF_HOUSE)
    kept = [problem for problem in found if problem.code not in gone]
    return [*kept, *seen.problems], ExitCode.PROBLEMS


def _is_meeting(path: Path) -> bool:
    """Tell whether the file at `path`, by its name one of Word, is a meeting as text."""
    with suppress(OSError):
        return _FIRST_KEY.search(path.read_bytes()[:5000]) is not None
    return False


def _check_mailing(path: Path, *, trusted: bool) -> tuple[list[Problem], ExitCode]:
    """Return every problem of a mailing, its recipients, its template and its letters."""
    outcome = LettersOutcome()
    with outcome.gathering():
        options = LettersOptions(find_folder(path), trusted=trusted)
        prepared = prepare(path, options, today(), outcome)
        if prepared is not None:
            check_letters(prepared, options, outcome)
    return _found(outcome)


def _check_meeting(path: Path, *, trusted: bool) -> tuple[list[Problem], ExitCode]:
    """Return every problem of a meeting, and of the documents that it has come to."""
    outcome = Outcome()
    loaded, problems = load_vergadering(path, None)
    outcome.add_problems(problems)
    if loaded is None:
        return _found(outcome)
    for kind in reversed(kinds_so_far(loaded.model)):
        with outcome.gathering():
            draft = make_draft(loaded, kind, Options(trusted=trusted), today(), many=False)
            told = {problem.code for problem in outcome.problems}
            once = {_UNDATED} & told  # one date will do for both
            outcome.add_problems(each for each in draft.warnings if each.code not in once)
    return _found(outcome)


def _found(outcome: Outcome) -> tuple[list[Problem], ExitCode]:
    """Return the problems of `outcome`, and the exit code if there are errors in them."""
    for failure in outcome.failures:
        raise failure
    template = outcome.exit_code is ExitCode.TEMPLATE
    return outcome.problems, ExitCode.TEMPLATE if template else ExitCode.PROBLEMS
