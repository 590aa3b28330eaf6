"""Papers that go out: marked as sent, listed by who got what, and drafts to mail them with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.api.tables import TableOutcome, write_table
from lrtdocs.clock import today
from lrtdocs.errors import Place, UsageError
from lrtdocs.messages import problem
from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.letters.sent.drafts import Asked, draft_mails
from lrtdocs.run.letters.sent.listing import list_letters as list_made
from lrtdocs.run.letters.sent.sending import Posting, mark_letters
from lrtdocs.run.meetings.keeping import keep_sent
from lrtdocs.source.files import is_dir
from lrtdocs.source.sheet.write import plan_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

DRAFTS = "concepten"


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


def list_letters(folder: Path, output: Path | None = None) -> TableOutcome:
    """List the letters in `folder`, and when and how they went out; write it to `output` too."""
    outcome = TableOutcome()
    with outcome.gathering():
        target = output and plan_table(output, f"{folder.resolve().name}-verzendlijst.xlsx")
        outcome.table, problems = list_made(folder)
        outcome.add_problems(problems)
        if target is not None:
            write_table(outcome, outcome.table, target, title="Verzendlijst")
    return outcome


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
