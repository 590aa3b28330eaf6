"""Who got what of a run of letters, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.api.tables import TableOutcome, write_table
from lrtdocs.run.letters.sent.listing import list_letters as list_made
from lrtdocs.source.sheet.write import plan_table

if TYPE_CHECKING:
    from pathlib import Path


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
