"""A small workbook to read: one sheet, the rows given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path


def save(folder: Path, *rows: list[Any]) -> Path:
    """Write `rows` as the workbook `a.xlsx` in `folder`; return its path."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"
