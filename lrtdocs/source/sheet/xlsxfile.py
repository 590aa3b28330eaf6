"""The cells of one sheet of an Excel workbook, row by row, and what is odd about them.

A cell becomes the text that Excel shows for it. A formula counts as the value that Excel kept;
where that is missing, or is an error, it is told at its cell. Merged cells are written behind the
rows in the file, so they are known only after the last row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from lrtdocs.errors import Place, Problem
from lrtdocs.source.sheet.cells import Area, Cell, RawRow, column_letters
from lrtdocs.source.sheet.formats import GENERAL, format_cell, parse_iso, parse_number, plain_number
from lrtdocs.source.sheet.package import broken, make_parser

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from lrtdocs.source.sheet.package import Sheet, Workbook

MAX_COLUMN, MAX_ROW = 16_384, 1_048_576
MAX_MERGED = 10_000
_MOST_FIGURES = 15
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TYPE_AGAIN = "Typ de waarde zelf in de cel."


class _Raw(NamedTuple):
    """A cell as its XML has it; `value` is None without one."""

    column: int
    kind: str
    style: str
    value: str | None
    formula: bool


class SheetReader:
    """Reads one sheet; while that is done it learns what is hidden and merged."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._file = str(book.path)
        self.hidden_columns: list[range] = []
        self.hidden_rows: list[int] = []
        self.merged: list[Area] = []
        self.troubles: list[Problem] = []

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the rows that have something in them; raise FileProblemError if they are broken."""
        self.hidden_columns, self.hidden_rows, self.merged = [], [], []
        handler = _Handler(self)
        parser = make_parser(handler.start, handler.end, handler.text)
        try:
            for piece in self._book.read_part(self._sheet.part):
                parser.Parse(piece, False)
                yield from self._make_rows(handler.take())
            parser.Parse(b"", True)
            yield from self._make_rows(handler.take())
        except (expat.ExpatError, ValueError, IndexError) as error:
            raise broken(self._book.path) from error

    def _make_rows(self, rows: Iterable[tuple[int, bool, list[_Raw]]]) -> Iterator[RawRow]:
        for number, hidden, raw_cells in rows:
            cells: dict[int, Cell] = {}
            refused: dict[int, Problem] = {}
            for raw in raw_cells:
                found = self._make_cell(raw, f"{column_letters(raw.column)}{number}")
                if isinstance(found, Problem):
                    refused[raw.column] = found
                elif found is not None:
                    cells[raw.column] = found
            if cells or refused:
                if hidden:
                    self.hidden_rows.append(number)
                yield RawRow(number, cells, refused)

    def _make_cell(self, raw: _Raw, address: str) -> Cell | Problem | None:
        """Return the cell as people see it; None if it is empty, a problem if it is no use."""
        if raw.kind == "e":
            return _error_cell(Place(self._file, cell=address), raw)
        if not raw.value:
            missing = raw.formula and raw.kind != "str"
            return _no_value(Place(self._file, cell=address)) if missing else None
        if raw.kind == "n":
            return self._make_number(raw.value, raw.style, address)
        if raw.kind == "d":
            text, moment = parse_iso(raw.value)
            return Cell(text, self._file, address, value=moment)
        if raw.kind == "b":
            text = "WAAR" if raw.value in {"1", "true"} else "ONWAAR"
        else:
            text = self._book.texts[int(raw.value)] if raw.kind == "s" else raw.value
            text = _unescape(text)
        return Cell(text, self._file, address) if text.strip() else None

    def _make_number(self, text: str, style: str, address: str) -> Cell | Problem:
        number = parse_number(text)
        if number is None:
            return Cell(text, self._file, address)
        if isinstance(number, int) and abs(number) >= 10**_MOST_FIGURES:
            return _rounded(Place(self._file, cell=address), number)
        formats = self._book.formats
        code = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else GENERAL
        if code == GENERAL:
            return Cell(plain_number(number), self._file, address, value=number)
        shown, exact = format_cell(number, code, since_1904=self._book.since_1904)
        return Cell(shown, self._file, address, value=exact)


class _Handler:
    """What expat calls for each element of a sheet; whole rows are to be had with `take`."""

    def __init__(self, reader: SheetReader) -> None:
        self._reader = reader
        self._ready: list[tuple[int, bool, list[_Raw]]] = []
        self._row, self._column = 0, 0
        self._in_row = self._hidden = self._formula = self._spoken = False
        self._cells: list[_Raw] = []
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] | None = None
        self._value: list[str] = []

    def take(self) -> list[tuple[int, bool, list[_Raw]]]:
        """Return the rows that were read since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if name == "c" and self._in_row:
            self._attributes, self._formula, self._value = attributes, False, []
            self._column = _column(attributes.get("r", ""), self._column)
        elif name == "v" or name == "t":
            self._pieces = None if self._spoken else self._value
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = min(int(number) if number.isdecimal() else self._row + 1, MAX_ROW)
            self._in_row, self._column, self._cells = True, 0, []
            self._hidden = attributes.get("hidden") in {"1", "true"}
        elif name == "rPh":
            self._spoken = True
        elif name == "col" or name == "mergeCell":
            self._learn(name, attributes)

    def end(self, name: str) -> None:
        """End an element."""
        if name == "v" or name == "t":
            self._pieces = None
        elif name == "rPh":
            self._spoken = False
        elif name == "c" and self._in_row:
            if self._value or self._formula or self._attributes.get("t") == "e":
                self._cells.append(self._make_raw())
        elif name == "row":
            self._in_row = False
            if self._cells:
                self._ready.append((self._row, self._hidden, self._cells))

    def text(self, text: str) -> None:
        """Take in text, if it stands where a value does."""
        if self._pieces is not None:
            self._pieces.append(text)

    def _make_raw(self) -> _Raw:
        get = self._attributes.get
        value = "".join(self._value) if self._value else None
        return _Raw(self._column, get("t", "n"), get("s", "0"), value, self._formula)

    def _learn(self, name: str, attributes: dict[str, str]) -> None:
        """Remember columns that are hidden, and merged cells."""
        if name == "mergeCell" and len(self._reader.merged) < MAX_MERGED:
            corners = _ADDRESS.findall(attributes.get("ref", ""))
            if len(corners) == 2:
                (left, top), (right, bottom) = corners
                area = Area(int(top), _column(left, 0), int(bottom), _column(right, 0))
                self._reader.merged.append(area)
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._reader.hidden_columns.append(range(first, last + 1))


def _column(address: str, previous: int) -> int:
    """Return the column of an address such as B17, from 1; the next one if it has none."""
    number = 0
    for letter in address:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return min(number or previous + 1, MAX_COLUMN)


def _unescape(text: str) -> str:
    """Return `text` with the signs that Excel writes as _x000D_; ECMA-376 part 1, 22.9.2.19."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")


def _error_cell(place: Place, raw: _Raw) -> Problem:
    return Problem(
        "LRT606",
        place,
        "In deze cel staat een fout van Excel.",
        found=raw.value or "",
        remedy=f"Verbeter de formule in Excel. Of: {_TYPE_AGAIN[:1].lower()}{_TYPE_AGAIN[1:]}"
        if raw.formula
        else _TYPE_AGAIN,
    )


def _no_value(place: Place) -> Problem:
    return Problem(
        "LRT605",
        place,
        "In deze cel staat een formule zonder uitkomst.",
        remedy="Open het bestand in Excel en sla het op: dan rekent Excel de formule uit. "
        f"Of: {_TYPE_AGAIN[:1].lower()}{_TYPE_AGAIN[1:]}",
    )


def _rounded(place: Place, number: int | object) -> Problem:
    return Problem(
        "LRT608",
        place,
        "Dit getal is zo lang dat Excel het heeft afgerond: de laatste cijfers kloppen niet.",
        expected=f"hoogstens {_MOST_FIGURES} cijfers, of tekst",
        found=str(number),
        remedy="Maak de cel op als tekst en typ het nummer opnieuw.",
    )
