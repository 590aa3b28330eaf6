"""Making letters: a whole run into a folder, or one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from lrtdocs import messages
from lrtdocs.clock import today
from lrtdocs.errors import Place, UsageError
from lrtdocs.run.documents.finish import finish_drafts
from lrtdocs.run.documents.report import (
    LettersOptions,
    LettersOutcome,
    Options,
    Outcome,
    Progress,
    silent,
)
from lrtdocs.run.folder.names import plan_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Unpack

    from lrtdocs.run.letters.convert import Converter
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.letters.run import Copies, Prepared

Report = LettersOutcome
"""What Python callers know the outcome of a run as."""


class LettersSwitches(TypedDict, total=False):
    """What a run may be asked, as by the options of `lrtdocs brieven`.

    `only` names recipients, `join` is --samenvoegen, `join_by` --samenvoegen-per, `order`
    --volgorde, `two_sided` --dubbelzijdig, `at_most` --hoogstens, `proof` --proef (a number or
    "gewijzigd"), `workers` --werkers, `again` --overnieuw, `overwrite` --overschrijf, `trusted`
    --vertrouwd, `copies` --afschriften.
    """

    pdf: bool
    html: bool
    join: bool
    join_by: str | None
    order: str | None
    two_sided: bool
    at_most: int | None
    only: Sequence[str] | None
    proof: int | str | None
    workers: int | None
    dask: str | None
    again: bool
    overwrite: bool
    trusted: bool
    copies: bool


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
    with outcome.gathering(), _converter_starting(options, outcome) as converter:
        from lrtdocs.run.letters import run  # while LibreOffice starts

        prepared = run.prepare(Path(path), options, today(), outcome)
        if prepared is not None:
            copied = _prepare_copies(prepared, options, outcome)
            if options.copies and copied is None:
                return outcome
            run.make_letters(
                prepared, options, outcome, progress=progress, tell=tell, converter=converter
            )
            if copied is None:
                outcome.add_problems(run.find_old_copies(options))
            elif outcome.failed < outcome.total and not outcome.interrupted:
                copies, told = copied
                outcome.copies = LettersOutcome()
                outcome.copies.add_problems(copies.find_edited())
                run.make_letters(
                    copies, told, outcome.copies, progress=progress, tell=tell, converter=converter
                )
                outcome.add_copies(outcome.copies)
    return outcome


def _prepare_copies(
    prepared: Prepared, options: LettersOptions, outcome: LettersOutcome
) -> tuple[Copies, LettersOptions] | None:
    """Return the run of copies, if `options` want it, and what that is asked."""
    if not options.copies:
        return None
    from lrtdocs.run.letters.copies import FOLDER
    from lrtdocs.run.letters.run import prepare_copies

    told = replace(options, output=options.output / FOLDER, copies=False)
    copies = prepare_copies(prepared, told, outcome)
    return None if copies is None else (copies, told)


@contextmanager
def _converter_starting(
    options: LettersOptions, outcome: LettersOutcome
) -> Iterator[Callable[[], Converter | None]]:
    """Start a converter, if `options` want it, beside a context; at the end it closes.

    What the context is given returns the converter once it is there, or raises why there is none.
    """
    if not options.wants_pdf:
        yield lambda: None
        return
    from concurrent.futures import ThreadPoolExecutor  # with logging and more: only for a PDF

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(_start_converter)
        broken_off = True
        try:
            yield future.result
            broken_off = outcome.interrupted
        finally:
            from lrtdocs.pdf import allow_programs, stop_programs

            if broken_off:  # then nothing is waited for
                stop_programs()
            if future.exception() is None:
                future.result().close()
            allow_programs()


def _start_converter() -> Converter:
    from lrtdocs.run.letters.convert import Converter  # loads pdf/

    return Converter()


def render_many(
    path: str | Path, target: str | Path, **switches: Unpack[LettersSwitches]
) -> LettersOutcome:
    """Make the letters of the mailing at `path` in the folder `target`, as `lrtdocs brieven` does.

    The `switches` are those of `LettersSwitches`, such as `pdf=True`. What is wrong is not raised:
    it is in what is returned. With `workers` the calling script needs the usual
    `if __name__ == "__main__":`.
    """
    return make_letters(path, LettersOptions(Path(target), **switches))


def make_letter(
    path: str | Path, options: Options | None = None, only: Sequence[str] | None = None
) -> Outcome:
    """Make the one letter of the mailing at `path`, or the one to the recipient in `only`."""
    from lrtdocs.run.letters.run import fill_letter, prepare

    path, options, outcome = Path(path), options or Options(), LettersOutcome()
    folder = plan_target(path, path.name, options.output, many=False).parent
    asked = LettersOptions(folder, only=only, trusted=options.trusted, single=True)
    with outcome.gathering():
        prepared = prepare(path, asked, today(), outcome)
        if prepared is None:
            return outcome
        letter = next(prepared.letters())
        if prepared.total != 1:
            told = {"count": prepared.total, "example": _choice(letter)}
            raise UsageError(messages.problem("LRT005", Place(str(path)), None, **told))
        target = plan_target(path, letter.file, options.output, many=False)
        draft = fill_letter(prepared, letter, target)
        outcome.add_problems(draft.warnings)
        finish_drafts([draft], options, outcome)
    return outcome


def _choice(letter: Letter) -> str:
    """Return what chooses `letter` behind --alleen: its number where a comma is in its name."""
    name = str(letter.number) if "," in letter.key else letter.key
    return f'"{name}"' if " " in name else name
