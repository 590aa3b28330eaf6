"""Papers that go out: keeping them, and telling what is different since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.meetings.keeping import keep_sent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


def mark_sent(
    path: Path,
    papers: Sequence[Path] = (),
    day: date | None = None,
    options: Options | None = None,
) -> Outcome:
    """Keep the meeting at `path` with its papers, or with these, as sent on `day` or today."""
    outcome = Outcome()
    with outcome.gathering():
        keep_sent(path, day or today(), options or Options(), outcome, papers)
    return outcome
