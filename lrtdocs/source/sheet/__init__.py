"""Tables that people keep in Excel or as CSV: what kind of file it is, and which sheet is meant."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.source.files import read_bytes
from lrtdocs.source.sheet.cells import Cell, Heading, Row, normalize_heading, refuse
from lrtdocs.source.sheet.csvfile import CsvReader
from lrtdocs.source.sheet.headings import Header, find_header
from lrtdocs.source.sheet.table import Table, note
from lrtdocs.source.sheet.xlsxfile import Sheet, SheetReader, Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Cell", "Heading", "Row", "Table", "normalize_heading", "note", "open_table"]

_NO_WORDS: dict[str, str] = {}
_OTHER_FILES = {
    b"%PDF": "een PDF",
    b"{\\rt": "een RTF-document",
    b"<htm": "een webpagina",
    b"<!DO": "een webpagina",
    b"<?xm": "een XML-bestand",
}


class _Filled(NamedTuple):
    """A sheet with something in it, what reads it, and its headings."""

    reader: SheetReader
    sheet: Sheet
    header: Header


def open_table(path: Path, words: Mapping[str, str] = _NO_WORDS) -> Table:
    """Open the spreadsheet or CSV file `path`; raise FileProblemError if it cannot be read.

    `words` gives the name of a field by each heading it goes by; a column is known by that name, or
    else by its heading in lower case with underscores. Of several sheets the one with most of the
    words is read.
    """
    start = _read_start(path)
    try:
        if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            raise refuse("LRT001.xls", path)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
            return _open_workbook_table(path, words)
        _check_text(path, start)
        reader = CsvReader(path)
    except OSError as error:
        raise _unreadable(path) from error
    with closing(reader.rows()) as rows:
        header = find_header(rows, words, str(path))
    if header is None:
        raise refuse("LRT001.lege-tabel", path)
    return Table(path, reader, header, reader.opening)


def _read_start(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise refuse("LRT001.hulpbestand", path, name=path.name[2:])
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise _unreadable(path) from error
    if not start:
        raise refuse("LRT001.lege-tabel", path)
    return start


def _unreadable(path: Path) -> FileProblemError:
    """Return why `path` cannot be read, as it is told of every file."""
    try:
        read_bytes(path, 0)
    except FileProblemError as error:
        return error
    return refuse("LRT001.probeer-opnieuw", path)


def _check_text(path: Path, start: bytes) -> None:
    kind = _OTHER_FILES.get(start.removeprefix(b"\xef\xbb\xbf")[:4])
    if kind is not None:
        raise refuse("LRT001.geen-tabel", path, kind=kind)
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods"}:
        raise refuse("LRT001.geen-werkmap", path, suffix=path.suffix)


def _open_workbook_table(path: Path, words: Mapping[str, str]) -> Table:
    found = _filled_sheets(Workbook(path), words)
    if not found:
        raise refuse("LRT001.lege-tabel", path)
    shown = [one for one in found if not one.sheet.hidden] or found
    reader, sheet, header = max(shown, key=lambda one: one.header.score)
    opening = []
    if len(shown) > 1 or sheet.hidden:
        names = dutch.join_words([f"'{one.sheet.name}'" for one in found][:10])
        place = Place(str(path))
        told = messages.problem("LRT610", place, n=len(found), sheet=sheet.name, names=names)
        opening.append(told)
    return Table(path, reader, header, opening)


def _filled_sheets(book: Workbook, words: Mapping[str, str]) -> list[_Filled]:
    found = []
    for sheet in book.sheets:
        reader = SheetReader(book, sheet)
        with closing(reader.rows()) as rows:
            header = find_header(rows, words, str(book.path))
        if header is not None:
            found.append(_Filled(reader, sheet, header))
    return found
