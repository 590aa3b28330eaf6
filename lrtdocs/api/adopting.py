"""Adopting minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.meetings.adopting import adopt_minutes

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def adopt(path: Path, day: date, options: Options | None = None) -> Outcome:
    """Write into the meeting at `path` that its minutes were adopted on `day`; make the papers."""
    outcome = Outcome()
    with outcome.gathering():
        adopt_minutes(path, day, options or Options(), outcome)
    return outcome
