"""Lists over several meetings: the actions that are open, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.api.tables import TableOutcome
from lrtdocs.clock import now, today
from lrtdocs.documents.lists import format_deadlines
from lrtdocs.errors import Place, ProblemsFoundError
from lrtdocs.messages import problem, text
from lrtdocs.run.documents.finish import finish_drafts
from lrtdocs.run.documents.report import Options
from lrtdocs.run.meetings.lists import (
    Paper,
    choose_owner,
    draft_list,
    group_actions,
    group_decisions,
    is_open,
    list_deadlines,
    list_decided,
    list_open,
    load_series,
    merge_actions,
    merge_decisions,
    most_secret,
    name_actions,
)
from lrtdocs.source.sheet.write import TABLES, format_table, plan_table
from lrtdocs.word.marks import for_pdf, link_marks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.documents.lists import Action
    from lrtdocs.errors import Problem
    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.run.meetings.lists import Series

CALENDAR, PAPERS = ".ics", (".docx", ".pdf")


def list_actions(
    paths: Sequence[Path],
    output: Path | None = None,
    *,
    who: Sequence[str] = (),
    overdue: bool = False,
    closed: bool = False,
    overwrite: bool = False,
    public: bool = False,
) -> TableOutcome:
    """List the open actions of the meetings at `paths`, in their newest state.

    A `public` list has nothing in it that the publication copies leave out.

    That is of the owners called `who`, if given; only what is `overdue`, or also what is `closed`.
    It is written to `output` too: a table (.xlsx, .csv), a paper (.docx, .pdf) with the actions of
    each owner, a calendar (.ics), or a folder. A paper that was edited is kept, or `overwrite`.
    """
    outcome = TableOutcome()
    with outcome.gathering():
        known = (*TABLES, *PAPERS, CALENDAR)
        target = output and plan_table(output, "actiepunten.xlsx", known)
        day, series = today(), _load(paths, outcome, public=public)
        actions = choose_owner(merge_actions(series, day), who)
        shown = [each for each in actions if _is_asked(each, overdue=overdue, closed=closed)]
        outcome.table = list_open(shown, day)
        if target is None:
            return outcome
        if target.suffix.lower() == CALENDAR:
            _write_calendar(target, shown, outcome)
        else:
            subject = name_actions(who, overdue=overdue, closed=closed)
            groups = group_actions(shown)
            paper = Paper(series, subject, groups, day)
            _write(target, outcome, "Actiepunten", paper, overwrite=overwrite, public=public)
    return outcome


def _is_asked(action: Action, *, overdue: bool, closed: bool) -> bool:
    return action.over_tijd if overdue else closed or is_open(action)


def list_decisions(
    paths: Sequence[Path],
    output: Path | None = None,
    *,
    overwrite: bool = False,
    public: bool = False,
) -> TableOutcome:
    """List the decisions of the meetings at `paths`; write them to `output` too.

    A `public` list has nothing in it that the publication copies leave out.
    """
    outcome = TableOutcome()
    with outcome.gathering():
        target = output and plan_table(output, "besluiten.xlsx", (*TABLES, *PAPERS))
        series = _load(paths, outcome, public=public)
        decisions = merge_decisions(series)
        outcome.table = list_decided(decisions)
        if target is not None:
            paper = Paper(series, "Besluiten", group_decisions(decisions), today())
            _write(target, outcome, "Besluiten", paper, overwrite=overwrite, public=public)
    return outcome


def _load(paths: Sequence[Path], outcome: TableOutcome, *, public: bool) -> Series:
    problems: list[Problem] = []
    passed: list[Path] = []
    series = load_series(paths, problems, passed)
    outcome.add_problems(problems)
    if passed:
        names = dutch.join_some([path.name for path in passed], 5)
        outcome.opening.append(f"Overgeslagen, want geen vergadering: {names}.")
    return _redact(series, outcome) if public else series


def _redact(series: Series, outcome: TableOutcome) -> Series:
    """Return `series` as they may be published, and tell what was left out of them."""
    from lrtdocs.run.publishing.beside import redact_listed

    problems: list[Problem] = []
    omissions: list[Omission] = []
    found = {
        name: [one for file in files if (one := redact_listed(file, problems, omissions))]
        for name, files in series.items()
    }
    outcome.add_problems(problems)
    outcome.remarks.append(text("deel.openbaar_lijst", number=len(omissions)))
    return found


def _write(
    target: Path,
    outcome: TableOutcome,
    title: str,
    paper: Paper,
    *,
    overwrite: bool,
    public: bool,
) -> None:
    """Write the table of `outcome` to `target`, or the `paper` if that is what its name says."""
    table = outcome.table
    if table is None:
        return
    if target.suffix.lower() not in PAPERS:
        secret = most_secret(paper.series)
        notes = [*([secret] if secret else []), *table.summary]
        data = format_table(target, table.headings, table.rows, title=title, notes=notes)
        outcome.write(target, data)
        return
    problems: list[Problem] = []
    draft = draft_list(paper, table.summary[0], target.with_suffix(".docx"), problems)
    outcome.add_problems(problems)
    if draft is not None and public:
        draft.docx = link_marks(draft.docx)
        draft.shown = for_pdf(draft.docx)
    if draft is not None:
        finish_drafts([draft], Options(output=str(target), overwrite=overwrite), outcome)


def _write_calendar(target: Path, actions: Sequence[Action], outcome: TableOutcome) -> None:
    deadlines = list_deadlines(actions)
    if not deadlines:  # calendars do not read a file without any
        raise ProblemsFoundError(problem("LRT099", Place(str(target))))
    outcome.write(target, format_deadlines(deadlines, now()))
    left = len(actions) - len(deadlines)
    if left:
        outcome.remarks.append(
            f"{left} zonder datum {'staat' if left == 1 else 'staan'} er niet in."
        )
