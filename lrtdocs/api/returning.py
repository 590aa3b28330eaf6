"""A paper that was edited in Word: what was changed, and that back into the file of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.run.documents.report import Options, ReturnOutcome
from lrtdocs.run.meetings.returning.document import compare_document

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from lrtdocs.errors import Problem


_CHANGE = "LRT060"


def can_take_over(problem: Problem) -> bool:
    """Tell whether the change that is told as `problem` can go into the file."""
    return problem.code == _CHANGE


def bring_back(
    document: Path,
    path: Path,
    options: Options | None = None,
    *,
    take_over: bool = False,
    only: Collection[str] | None = None,
) -> ReturnOutcome:
    """Tell what the edited `document` says otherwise than the meeting at `path`.

    To `take_over` what was changed in Word, those lines of the file are written, and no others;
    `only` are the keys of the changes that are taken over, of those that were told before. Of a
    key that is not there any more nothing is written: somebody changed the file or the document.
    """
    outcome = ReturnOutcome()
    with outcome.gathering():
        compare_document(
            document,
            path,
            options or Options(),
            today(),
            outcome,
            take_over=take_over,
            only=only,
        )
    return outcome
