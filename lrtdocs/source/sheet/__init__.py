"""Tables that people keep in Excel or as CSV: what kind of file it is, and which sheet is meant."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.source.files import read_bytes
from lrtdocs.source.sheet.cells import Cell, Heading, Row, normalize_heading, refuse
from lrtdocs.source.sheet.csvfile import CsvReader
from lrtdocs.source.sheet.headings import find_header
from lrtdocs.source.sheet.table import Reader, Table, note
from lrtdocs.source.sheet.xlsxfile import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.source.sheet.headings import Header

__all__ = ["Cell", "Heading", "Row", "Table", "normalize_heading", "note", "open_table"]

_NO_WORDS: dict[str, str] = {}
_OTHER_FILES = {
    b"%PDF": "een PDF",
    b"{\\rt": "een RTF-document",
    b"<htm": "een webpagina",
    b"<!DO": "een webpagina",
    b"<?xm": "een XML-bestand",
}


def open_table(path: Path, words: Mapping[str, str] = _NO_WORDS) -> Table:
    """Open the spreadsheet or CSV file `path`; raise FileProblemError if it cannot be read.

    `words` gives the name of a field by each heading it goes by; a column is known by that name, or
    else by its heading in lower case with underscores. Of several sheets the one with most of the
    words is read.
    """
    readers: Sequence[Reader]
    try:
        start = _read_start(path)
        if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            raise refuse("LRT001.xls", path)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
            readers = Workbook(path).sheets
        else:
            _check_text(path, start)
            readers = [CsvReader(path)]
    except OSError as error:
        raise _unreadable(path) from error
    found = list(_find_headers(readers, words, str(path)))
    if not found:
        raise refuse("LRT001.lege-tabel", path)
    shown = [one for one in found if not one[0].hidden] or found
    reader, header = max(shown, key=lambda one: one[1].score)
    opening = reader.opening
    if len(shown) > 1 or reader.hidden:
        names = dutch.join_words([f"'{one.name}'" for one, _ in found][:10])
        place, n = Place(str(path)), len(found)
        opening = [messages.problem("LRT610", place, n=n, sheet=reader.name, names=names)]
    return Table(path, reader, header, opening)


def _find_headers(
    readers: Sequence[Reader], words: Mapping[str, str], file: str
) -> Iterator[tuple[Reader, Header]]:
    """Yield each reader of something that is not empty, with the headings."""
    for reader in readers:
        with closing(reader.rows()) as rows:
            header = find_header(rows, words, file)
        if header is not None:
            yield reader, header


def _read_start(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise refuse("LRT001.hulpbestand", path, name=path.name[2:])
    with path.open("rb") as file:
        start = file.read(8)
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
