"""Papers that go out: keeping them, and telling what is different since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import Place, UsageError
from lrtdocs.messages import problem
from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.letters.sent.sending import Posting, mark_letters
from lrtdocs.run.meetings.keeping import keep_sent
from lrtdocs.source.files import is_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


def mark_sent(
    path: Path,
    papers: Sequence[Path] = (),
    day: date | None = None,
    options: Options | None = None,
    *,
    only: Sequence[str] | None = None,
    how: str = "",
    back: bool = False,
) -> Outcome:
    """Keep the meeting at `path` with its papers, or with these, as sent on `day` or today.

    Of a folder with letters it is marked that these went out, or those named in `only`, and `how`:
    by post, by mail; with `back` that is taken back.
    """
    how = " ".join(how.split())
    outcome = Outcome()
    with outcome.gathering():
        if is_dir(path):
            posting = Posting(day or today(), how, only, back)
            mark_letters(path, posting, outcome)
            return outcome
        if only is not None or how or back:
            raise UsageError(problem("LRT089.geen-map", Place(str(path))))
        keep_sent(path, day or today(), options or Options(), outcome, papers)
    return outcome
