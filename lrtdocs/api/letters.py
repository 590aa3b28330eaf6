"""Making letters: a whole run into a folder, or one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import ExitCode, LrtdocsError
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

    from lrtdocs.run.letters.plan import Letter

__all__ = ["ChooseOneError", "LettersOptions", "LettersOutcome", "Workers", "make_letter",
           "make_letters", "render_many"]  # fmt: skip


class ChooseOneError(LrtdocsError):
    """One letter was asked for, and `count` recipients are there; `example` names one of them."""

    exit_code = ExitCode.USAGE

    def __init__(self, path: str, count: int, example: str) -> None:
        super().__init__(path, count, example)
        self.path, self.count, self.example = path, count, example

    def __str__(self) -> str:
        return (
            f"{self.path}: Hier horen {self.count} ontvangers bij; 'lrtdocs brief' maakt één "
            "brief.\n"
            f"    doe dit: kies er een met --alleen, bijvoorbeeld: --alleen {self.example}; of "
            "maak ze alle met 'lrtdocs brieven'"
        )


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
            from lrtdocs.run.letters.run import prepare, send_letters  # while LibreOffice starts

            prepared = prepare(Path(path), options, today(), outcome)
            if prepared is not None:
                send_letters(
                    prepared, options, outcome, progress=progress, tell=tell, converter=converter
                )
    except LrtdocsError as error:
        outcome.add_failure(error)
    return outcome


def render_many(
    path: str | Path,
    target: str | Path,
    *,
    pdf: bool = False,
    join: bool = False,
    only: Sequence[str] | None = None,
    proof: int | None = None,
    workers: int | None = None,
    dask: str | None = None,
    again: bool = False,
    overwrite: bool = False,
) -> LettersOutcome:
    """Make the letters of the mailing at `path` in the folder `target`, as `lrtdocs brieven` does.

    `pdf` and `join` are --pdf and --samenvoegen, `only` names recipients, `proof` is --proef,
    `again` --overnieuw and `overwrite` --overschrijf. What is wrong is not raised: it is in the
    report, as `problems`, `failures` and `exit_code`. With `workers` the calling script needs the
    usual `if __name__ == "__main__":`.
    """
    options = LettersOptions(
        Path(target),
        pdf=pdf,
        join=join,
        only=None if only is None else tuple(only),
        proof=proof,
        workers=Workers(workers, dask),
        again=again,
        overwrite=overwrite,
    )
    return make_letters(path, options)


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
    from lrtdocs.run.letters.run import prepare
    from lrtdocs.run.letters.single import write_single

    path = Path(path)
    outcome = LettersOutcome()
    options = LettersOptions(path.parent, only=only, trusted=trusted, single=True)
    try:
        prepared = prepare(path, options, today(), outcome)
        if prepared is None:
            return outcome
        letter = next(prepared.letters())
        if prepared.total != 1:
            raise ChooseOneError(str(path), prepared.total, _choice(letter))
        target = plan_target(path, letter.file, output, many=False)
        wants_pdf = pdf or (output or "").lower().endswith(".pdf")
        write_single(prepared.job, letter, target, outcome, pdf=wants_pdf, overwrite=overwrite)
    except LrtdocsError as error:
        outcome.add_failure(error)
    return outcome
