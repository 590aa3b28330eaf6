"""Making letters: a whole run into a folder, or one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from lrtdocs import messages
from lrtdocs.clock import today
from lrtdocs.errors import ExitCode, LrtdocsError, Place, Problem
from lrtdocs.run.documents.report import (
    LettersOptions,
    LettersOutcome,
    Outcome,
    Progress,
    Workers,
    silent,
)
from lrtdocs.run.folder.lock import check_free
from lrtdocs.run.letters.pdf import ConverterStart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from lrtdocs.run.letters.letter import Letter


class LettersSwitches(TypedDict, total=False):
    """What a run may be asked besides, as by the options of `lrtdocs brieven`.

    `join` is --samenvoegen, `proof` --proef, `again` --overnieuw, `overwrite` --overschrijf and
    `trusted` --vertrouwd.
    """

    pdf: bool
    join: bool
    proof: int | None
    again: bool
    overwrite: bool
    trusted: bool


@dataclass(frozen=True, slots=True)
class Report:
    """How a run of letters went: of `total` so many are made, as they were, edited by hand, failed.

    `problems` are what writers should know, `failures` what the program could not do. `chosen` are
    the files of a proof, each with the reason.
    """

    total: int
    made: int
    same: int
    edited: int
    failed: int
    problems: tuple[Problem, ...]
    failures: tuple[LrtdocsError, ...]
    chosen: tuple[tuple[str, str], ...]
    exit_code: ExitCode


def letters_options(
    output: Path,
    only: Sequence[str] | None,
    workers: int | None,
    dask: str | None,
    **switches: Unpack[LettersSwitches],
) -> LettersOptions:
    """Return the options of a run into the folder `output`."""
    named = None if only is None else tuple(only)
    return LettersOptions(output, only=named, workers=Workers(workers, dask), **switches)


class ChooseOneError(LrtdocsError):
    """One letter was asked for, and more recipients are there."""

    exit_code = ExitCode.USAGE


def make_letters(
    path: str | Path,
    options: LettersOptions,
    *,
    progress: Progress = silent,
    tell: Callable[[Sequence[Path]], object] = lambda _paths: None,
) -> LettersOutcome:
    """Make all letters of the mailing at `path` that are missing or changed, and tell how it went.

    `tell` hears of new files batch by batch. With worker processes the calling script needs the
    usual `if __name__ == "__main__":`.
    """
    outcome = LettersOutcome()
    try:
        check_free(options.output)
        with ConverterStart(wanted=options.wants_pdf) as converter:
            from lrtdocs.run.letters import run  # while LibreOffice starts

            prepared = run.prepare(Path(path), options, today(), outcome)
            if prepared is not None:
                run.make_letters(
                    prepared, options, outcome, progress=progress, tell=tell, converter=converter
                )
    except LrtdocsError as error:
        outcome.add_failure(error)
    return outcome


def render_many(
    path: str | Path,
    target: str | Path,
    *,
    only: Sequence[str] | None = None,
    workers: int | None = None,
    dask: str | None = None,
    **switches: Unpack[LettersSwitches],
) -> Report:
    """Make the letters of the mailing at `path` in the folder `target`, as `lrtdocs brieven` does.

    `only` names recipients. What is wrong is not raised: it is in the report. With `workers` the
    calling script needs the usual `if __name__ == "__main__":`.
    """
    options = letters_options(Path(target), only, workers, dask, **switches)
    outcome = make_letters(path, options)
    return Report(
        total=outcome.total,
        made=outcome.made,
        same=outcome.same,
        edited=outcome.edited,
        failed=outcome.failed,
        problems=tuple(outcome.problems),
        failures=tuple(outcome.failures),
        chosen=tuple(outcome.chosen),
        exit_code=outcome.exit_code,
    )


def _choice(letter: Letter) -> str:
    """Return what chooses `letter` behind --alleen: its number where a comma is in its name."""
    name = str(letter.number) if "," in letter.key else letter.key
    return f'"{name}"' if " " in name else name


def make_letter(
    path: str | Path,
    output: str | None = None,
    *,
    pdf: bool = False,
    only: tuple[str, ...] | None = None,
    overwrite: bool = False,
    trusted: bool = False,
) -> Outcome:
    """Make the one letter of the mailing at `path`, or the one to the recipient in `only`."""
    from lrtdocs.run.folder.plan import plan_target
    from lrtdocs.run.letters.run import prepare, write_single

    path = Path(path)
    outcome = LettersOutcome()
    options = LettersOptions(path.parent, only=only, trusted=trusted, single=True)
    try:
        prepared = prepare(path, options, today(), outcome)
        if prepared is None:
            return outcome
        letter = next(prepared.letters())
        if prepared.total != 1:
            count, example = prepared.total, _choice(letter)
            raise ChooseOneError(
                messages.problem("LRT005", Place(str(path)), count=count, example=example)
            )
        target = plan_target(path, letter.file, output, many=False)
        wants_pdf = pdf or (output or "").lower().endswith(".pdf")
        write_single(prepared, letter, target, outcome, pdf=wants_pdf, overwrite=overwrite)
    except LrtdocsError as error:
        outcome.add_failure(error)
    return outcome
