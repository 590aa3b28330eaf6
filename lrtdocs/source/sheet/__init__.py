"""Tables that people keep in Excel or as CSV: what kind of file it is, and which sheet is meant."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, Place, Severity
from lrtdocs.source.files import FILE_KINDS, read_bytes
from lrtdocs.source.sheet.cells import MAX_FILE, Cell, Heading, Row, normalize_heading, refuse
from lrtdocs.source.sheet.csvfile import CsvReader
from lrtdocs.source.sheet.headings import find_header
from lrtdocs.source.sheet.table import Reader, Table, note
from lrtdocs.source.sheet.xlsxfile import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.source.sheet.headings import Header

__all__ = ["Cell", "Heading", "Row", "Table", "normalize_heading", "note", "open_table"]

_NO_WORDS: dict[str, str] = {}


def open_table(
    path: Path,
    words: Mapping[str, str] = _NO_WORDS,
    sheet: str | None = None,
    *,
    visible: bool = False,
) -> Table:
    """Open the spreadsheet or CSV file `path`; raise FileProblemError if it cannot be read.

    `words` gives the name of a field by each heading it goes by; a column is known by that name, or
    else by its heading in lower case with underscores. Of several sheets the one with most of the
    words is read, or the one called `sheet`; where that is "", two that fit are a question and not
    a guess. With `visible` the rows that are hidden do not count.
    """
    readers: Sequence[Reader]
    try:
        start = _read_start(path)
        if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            locked = "EncryptedPackage".encode("utf-16-le") in read_bytes(path, MAX_FILE)
            raise refuse("LRT001.wachtwoord" if locked else "LRT001.xls", path)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
            readers = _named(Workbook(path).sheets, sheet, path) if sheet else Workbook(path).sheets
        else:
            _check_text(path, start)
            readers = [CsvReader(path)]
    except OSError as error:
        raise _unreadable(path) from error
    found = list(_find_headers(readers, words, str(path)))
    if not found:
        raise refuse("LRT001.lege-tabel", path)
    reader, header = _choose(found, path, ask=sheet == "")
    opening = [*reader.opening, *_other_sheets(found, reader, header, path)]
    return Table(path, reader, header, opening, visible=visible)


def _named(sheets: Sequence[Reader], name: str, path: Path) -> Sequence[Reader]:
    """Return the one sheet called `name`; raise FileProblemError if there is none."""
    chosen = [one for one in sheets if one.name.strip().casefold() == name.strip().casefold()]
    if not chosen:
        raise refuse("LRT610.onbekend", path, sheet=name, names=_join_names(sheets))
    return chosen[:1]


def _choose(
    found: Sequence[tuple[Reader, Header]], path: Path, *, ask: bool
) -> tuple[Reader, Header]:
    """Return the sheet that is meant; raise FileProblemError where that is not clear.

    It is the one with most of the words. A hidden one counts only where no other has any of them,
    and then whoever made the list should say so.
    """
    best = max(
        found,
        key=lambda one: (not one[0].hidden and one[1].score > 0, one[1].score, not one[0].hidden),
    )
    if best[0].hidden and ask and best[1].score:
        raise refuse("LRT610.verborgen", path, sheet=best[0].name)
    score = best[1].score
    rivals = [one for one, header in found if not one.hidden and 0 < score <= 2 * header.score]
    if len(rivals) > 1 and ask:
        names, n = _join_names(rivals), len(rivals)
        choices = " of ".join(f"'blad: {one.name}'" for one in rivals[:10])
        raise refuse("LRT610.keuze", path, n=n, names=names, choices=choices)
    return best


def _other_sheets(
    found: Sequence[tuple[Reader, Header]], reader: Reader, header: Header, path: Path
) -> Iterator[Problem]:
    """Yield a warning where another sheet may be meant as well, or `reader` is of a hidden one."""
    place, others = Place(str(path)), [one for one in found if one[0] is not reader]
    names, n = _join_names(one for one, _ in found), len(found)
    if reader.hidden and others:
        yield messages.problem("LRT610.verborgen", place, Severity.WARNING, sheet=reader.name)
    elif any(not one.hidden for one, _ in others):
        told = {"n": n, "sheet": reader.name, "names": names}
        yield messages.problem("LRT610.meer", place, None, **told)
    for one, other in others:
        if one.hidden and other.score > 2 and 2 * other.score >= header.score:
            told = {"hidden": one.name, "sheet": reader.name}
            yield messages.problem("LRT610.ook", place, None, **told)


def _join_names(sheets: Iterable[Reader]) -> str:
    return dutch.join_some([f"'{one.name}'" for one in sheets], 10)


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
    kind = FILE_KINDS.get(start.removeprefix(b"\xef\xbb\xbf")[:4])
    if kind is not None:
        raise refuse("LRT001.geen-tabel", path, kind=kind)
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods"}:
        raise refuse("LRT001.geen-werkmap", path, suffix=path.suffix)
