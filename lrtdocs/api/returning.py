"""A paper that was edited in Word: what was changed, and that back into the file of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.meetings.returning.document import compare_document

if TYPE_CHECKING:
    from pathlib import Path


def bring_back(
    document: Path, path: Path, options: Options | None = None, *, take_over: bool = False
) -> Outcome:
    """Tell what the edited `document` says otherwise than the meeting at `path`.

    To `take_over` what was changed in Word, those lines of the file are written, and no others.
    """
    outcome = Outcome()
    with outcome.gathering():
        compare_document(
            document, path, options or Options(), today(), outcome, take_over=take_over
        )
    return outcome
