"""Lists over several meetings: the actions that are open, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.api.tables import TableOutcome
from lrtdocs.clock import now, today
from lrtdocs.documents.lists import format_deadlines
from lrtdocs.run.meetings.lists import (
    choose_owner,
    is_open,
    list_deadlines,
    list_decided,
    list_open,
    load_series,
    merge_actions,
    merge_decisions,
)
from lrtdocs.source.sheet.write import TABLES, format_table, plan_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.documents.lists import Action
    from lrtdocs.errors import Problem
    from lrtdocs.run.meetings.lists import Series

CALENDAR = ".ics"


def list_actions(
    paths: Sequence[Path],
    output: Path | None = None,
    *,
    who: Sequence[str] = (),
    overdue: bool = False,
    closed: bool = False,
) -> TableOutcome:
    """List the open actions of the meetings at `paths`, in their newest state.

    That is of the owners called `who`, if given; only what is `overdue`, or also what is `closed`.
    It is written to `output` too: a table (.xlsx, .csv), a calendar (.ics), or a folder.
    """
    outcome = TableOutcome()
    with outcome.gathering():
        target = output and plan_table(output, "actiepunten.xlsx", (*TABLES, CALENDAR))
        day = today()
        actions = choose_owner(merge_actions(_load(paths, outcome), day), who)
        shown = [each for each in actions if _is_asked(each, overdue=overdue, closed=closed)]
        outcome.table = list_open(shown, day)
        if target is not None and target.suffix.lower() == CALENDAR:
            _write_calendar(target, shown, outcome)
        elif target is not None:
            _write_table(target, outcome, "Actiepunten")
    return outcome


def _is_asked(action: Action, *, overdue: bool, closed: bool) -> bool:
    return action.over_tijd if overdue else closed or is_open(action)


def list_decisions(paths: Sequence[Path], output: Path | None = None) -> TableOutcome:
    """List the decisions of the meetings at `paths`; write them to `output` too."""
    outcome = TableOutcome()
    with outcome.gathering():
        target = output and plan_table(output, "besluiten.xlsx")
        outcome.table = list_decided(merge_decisions(_load(paths, outcome)))
        if target is not None:
            _write_table(target, outcome, "Besluiten")
    return outcome


def _load(paths: Sequence[Path], outcome: TableOutcome) -> Series:
    problems: list[Problem] = []
    passed: list[Path] = []
    series = load_series(paths, problems, passed)
    outcome.add_problems(problems)
    if passed:
        names = dutch.join_some([path.name for path in passed], 5)
        outcome.opening.append(f"Overgeslagen, want geen vergadering: {names}.")
    return series


def _write_table(target: Path, outcome: TableOutcome, title: str) -> None:
    table = outcome.table
    if table is not None:
        notes = table.summary
        outcome.write(
            target, format_table(target, table.headings, table.rows, title=title, notes=notes)
        )


def _write_calendar(target: Path, actions: Sequence[Action], outcome: TableOutcome) -> None:
    deadlines = list_deadlines(actions)
    outcome.write(target, format_deadlines(deadlines, now()))
    left = len(actions) - len(deadlines)
    if left:
        outcome.remarks.append(
            f"{left} zonder datum {'staat' if left == 1 else 'staan'} er niet in."
        )
