"""One letter, beside its input or where the user says; without a manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import ProblemsFoundError, TemplateProblemsError
from lrtdocs.run.documents.make import Draft, convert_drafts, moment_of, write_draft
from lrtdocs.run.letters.executors import LetterFiller

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.letters.plan import Letter
    from lrtdocs.run.letters.run import Prepared


def write_single(
    prepared: Prepared,
    letter: Letter,
    target: Path,
    outcome: Outcome,
    *,
    pdf: bool,
    overwrite: bool,
) -> None:
    """Fill `letter` and write it to `target`, with a PDF beside it if asked for.

    Raises ProblemsFoundError if it cannot be filled.
    """
    job = prepared.job
    (docx,) = LetterFiller(job, prepared.template).fill([letter.words])
    if not isinstance(docx, bytes):
        known = all(problem.code.startswith("LRT3") for problem in docx)
        raise TemplateProblemsError(*docx) if known else ProblemsFoundError(*docx)
    draft = Draft(target, target, docx, moment_of(job.shared))
    if pdf:
        (draft,) = convert_drafts([draft], outcome)
    write_draft(draft, outcome, overwrite=overwrite)
