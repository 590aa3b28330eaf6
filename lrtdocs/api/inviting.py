"""Inviting for a meeting, and calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.meetings.inviting import write_invitation

if TYPE_CHECKING:
    from pathlib import Path


def invite(path: Path, output: str | None = None, *, call_off: bool = False) -> Outcome:
    """Write an appointment and a mail that invite for the meeting at `path`, or `call_off`."""
    outcome = Outcome()
    with outcome.gathering():
        write_invitation(path, output, outcome, call_off=call_off)
    return outcome
