"""Small tables to read: a workbook of the rows given, and what lrtdocs writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

from lrtdocs.findings import Findings
from lrtdocs.model.characters import LOST, mended
from lrtdocs.source.sheet.write import format_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.source.sheet import Table


def save(folder: Path, *rows: list[Any]) -> Path:
    """Write `rows` as the workbook `a.xlsx` in `folder`; return its path."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def write_table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], **about: Any
) -> None:
    """Write a table to `path` as lrtdocs does."""
    path.write_bytes(format_table(path, headings, rows, **about))


def problems_of(table: Table) -> list[Problem]:
    """Return all that is wrong in `table`, its rows included."""
    findings = Findings(table.opening)
    list(table.rows(findings))
    return findings.as_list()


def is_whole(text: str) -> bool:
    """Tell whether no program has spoiled `text`."""
    return mended(text) == text and LOST.search(text) is None
