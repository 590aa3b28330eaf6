"""Tables written for who goes on in Excel: real numbers and dates, headings that stay in sight.

The same rows give the same bytes. A text that Excel would take for a formula is written so that it
stays a text: in a workbook by its kind and Excel's own mark for that, in CSV by an apostrophe.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.errors import ExitCode, FileProblemError, Place
from lrtdocs.model.characters import ILLEGAL
from lrtdocs.source.files import is_dir
from lrtdocs.source.sheet.cells import column_letters
from lrtdocs.source.sheet.csvfile import GUARDED
from lrtdocs.source.sheet.formats import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | Decimal | dt.date | None

_MOMENT = "2020-01-01T00:00:00Z"
"""The date on everything in a workbook, so that it is the same whenever it is made."""
_WIDEST, _NARROWEST = 60, 8
_AS_DATE, _A4 = "d-m-yyyy", 9
_PORTRAIT = 90
"""So many characters next to each other can still be read on a page that stands."""
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class UnknownFormatError(FileProblemError):
    """A table cannot be written as the kind of file that its name asks for."""

    exit_code = ExitCode.USAGE


TABLES = (".xlsx", ".csv")


def plan_table(output: Path, default: str, known: Sequence[str] = TABLES) -> Path:
    """Return where a table goes: `output`, or `default` in it if it is a folder.

    A name without a suffix is that of a folder. Raises UnknownFormatError for a suffix that is not
    `known`.
    """
    if is_dir(output) or not output.suffix:
        return output / default
    if output.suffix.lower() not in known:
        *others, last = known
        told = {"suffix": output.suffix, "known": f"{', '.join(others)} of {last}"}
        problem = messages.problem("LRT001.tabelsoort", Place(str(output)), None, **told)
        raise UnknownFormatError(problem)
    return output


def format_table(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "Tabel",
    notes: Sequence[str] = (),
) -> bytes:
    """Return the bytes of a table that is to be the file `path`.

    A .csv has `;` and UTF-8 with a mark; anything else is a workbook. `title` is the name of the
    sheet; `notes` stand above the headings, in a workbook only.
    """
    if path.suffix.lower() == ".csv":
        return _format_csv(headings, rows)
    return _format_xlsx(headings, [list(row) for row in rows], title, notes)


# --- csv


def _format_csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([_as_text(value) for value in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if GUARDED.match(value) else ILLEGAL.sub(" ", value)
    return value.isoformat() if isinstance(value, dt.date) else plain_number(value)


# --- xlsx


def _format_xlsx(
    headings: Sequence[str], rows: Sequence[Sequence[Value]], title: str, notes: Sequence[str]
) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "lrtdocs"
    book.properties.title = title
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    top = len(notes) + 1
    sheet.freeze_panes = f"A{top + 1}"
    last = column_letters(max(len(headings), 1))
    sheet.auto_filter.ref = f"A{top}:{last}{top + len(rows)}"
    sheet.print_title_rows = f"{top}:{top}"
    _set_paper(sheet, wide=sum(_widths(headings, rows)) > _PORTRAIT)
    for column, width in enumerate(_widths(headings, rows), 1):
        sheet.column_dimensions[column_letters(column)].width = width
    for note in notes:
        sheet.append([_make_cell(sheet, note, bold=True)])
    sheet.append([_make_cell(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([_make_cell(sheet, value) for value in row])
    return _save(book)


def _set_paper(sheet: Any, *, wide: bool) -> None:
    """Let `sheet` be printed on A4, a page wide, with the number of each page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.right.text = "Pagina &P van &N"


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    """Return the width of each column in characters, by the longest of its first 1,000 values."""
    widths = [len(heading) + 3 for heading in headings]
    for row in rows[:1000]:
        for column, value in enumerate(row[: len(widths)]):
            length = len(f"{value:,}") if isinstance(value, int) else len(str(value or ""))
            widths[column] = max(widths[column], length + 2)
    return [min(max(width, _NARROWEST), _WIDEST) for width in widths]


def _make_cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if isinstance(value, str):
        text = ILLEGAL.sub(" ", value)
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = GUARDED.match(text) is not None
        if bold:
            cell.font = Font(name="Calibri", size=11, bold=True)
        else:
            cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST)
        return cell
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, dt.date):
        cell.number_format = _AS_DATE
    elif value is not None:
        places = max(-int(Decimal(value).as_tuple().exponent), 0)
        cell.number_format = "#,##0" + (f".{'0' * places}" if places else "")
    return cell


def _save(book: Workbook) -> bytes:
    """Return `book` as bytes, with the same date on everything in it."""
    made, fixed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.infolist(), key=lambda e: (e.filename[0] != "[", e.filename)):
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _DATE.sub(rb"\g<1>" + _MOMENT.encode(), data)
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.create_system = 0o644 << 16, 3
            new.writestr(info, data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
