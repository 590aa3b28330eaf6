"""Mail drafts for the letters of a run, each with its PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.letters.sent.drafts import Asked, draft_mails

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DRAFTS = "concepten"


def make_mails(
    folder: Path,
    output: Path | None = None,
    text: Path | None = None,
    *,
    only: Sequence[str] | None = None,
) -> Outcome:
    """Write a mail draft for each letter in `folder`, or for those named in `only`.

    They say what is in the file `text`, and go to the folder `output`, or to one in `folder`.
    """
    outcome = Outcome()
    with outcome.gathering():
        draft_mails(folder, Asked(output or folder / DRAFTS, text, only), outcome)
    return outcome
