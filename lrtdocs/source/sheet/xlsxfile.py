"""The cells of one sheet of an Excel workbook, row by row, and what is odd about them.

A cell becomes the text that Excel shows for it. A formula counts as the value that Excel kept;
where that is missing, or is an error, it is told at its cell. Merged cells are written behind the
rows in the file, so they are known only after the last row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.source.sheet.cells import Area, Cell, Layout, RawRow, column_letters
from lrtdocs.source.sheet.formats import GENERAL, format_cell, parse_iso, parse_number, plain_number
from lrtdocs.source.sheet.package import TRUE, local_name, refuse, text_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from xml.etree.ElementTree import Element

    from lrtdocs.source.sheet.package import Sheet, Workbook

MAX_COLUMN, MAX_ROW = 16_384, 1_048_576
MAX_MERGED = 10_000
_MOST_FIGURES = 15
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class SheetReader:
    """Reads one sheet; while that is done it learns in `layout` what is hidden and merged."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._file = str(book.path)
        self.layout = Layout()

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the rows that have something in them; raise FileProblemError if they are broken."""
        self.layout = Layout()
        number = 0
        for element in self._book.elements(self._sheet.part, "row", "col", "mergeCell"):
            name = local_name(element)
            if name == "row":
                given = element.get("r", "")
                number = min(int(given) if given.isdecimal() else number + 1, MAX_ROW)
                row = self._make_row(element, number)
                if row.cells or row.refused:
                    if element.get("hidden") in TRUE:
                        self.layout.hidden_rows.append(number)
                    yield row
            elif name == "mergeCell":
                self._learn_merged(element.get("ref", ""))
            elif element.get("hidden") in TRUE:
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                self.layout.hidden_columns.append(range(first, last + 1))

    def _learn_merged(self, reference: str) -> None:
        corners = _ADDRESS.findall(reference)
        if len(corners) == 2 and len(self.layout.merged) < MAX_MERGED:
            (left, top), (right, bottom) = corners
            area = Area(int(top), _column(left, 0), int(bottom), _column(right, 0))
            self.layout.merged.append(area)

    def _make_row(self, element: Element, number: int) -> RawRow:
        cells: dict[int, Cell] = {}
        refused: dict[int, Problem] = {}
        column = 0
        try:
            for child in element:
                column = _column(child.get("r", ""), column)
                found = self._make_cell(child, f"{column_letters(column)}{number}")
                if isinstance(found, Problem):
                    refused[column] = found
                elif found is not None:
                    cells[column] = found
        except (ValueError, IndexError) as error:
            raise refuse("LRT001.beschadigd", self._book.path) from error
        return RawRow(number, cells, refused)

    def _make_cell(self, element: Element, address: str) -> Cell | Problem | None:
        """Return the cell as people see it; None if it is empty, a problem if it is no use."""
        kind, value, formula = element.get("t", "n"), "", False
        for child in element:
            name = local_name(child)
            if name == "v":
                value = child.text or ""
            elif name == "is":
                value = text_of(child)
            elif name == "f":
                formula = True
        if kind == "e":
            key = "LRT606.formule" if formula else "LRT606.waarde"
            return messages.problem(key, self._place(address), value=value)
        if not value:
            missing = formula and kind != "str"
            return messages.problem("LRT605", self._place(address)) if missing else None
        if kind == "n":
            return self._make_number(value, element.get("s", "0"), address)
        if kind == "d":
            text, moment = parse_iso(value)
            return Cell(text, self._file, address, value=moment)
        if kind == "b":
            text = "WAAR" if value in TRUE else "ONWAAR"
        else:
            text = _unescape(self._book.texts[_index(value)] if kind == "s" else value)
        return Cell(text, self._file, address) if text.strip() else None

    def _place(self, address: str) -> Place:
        return Place(self._file, cell=address)

    def _make_number(self, text: str, style: str, address: str) -> Cell | Problem:
        number = parse_number(text)
        if number is None:
            return Cell(text, self._file, address)
        if isinstance(number, int) and abs(number) >= 10**_MOST_FIGURES:
            return messages.problem(
                "LRT608", self._place(address), limit=_MOST_FIGURES, number=str(number)
            )
        formats = self._book.formats
        code = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else GENERAL
        if code == GENERAL:
            return Cell(plain_number(number), self._file, address, value=number)
        shown, exact = format_cell(number, code, since_1904=self._book.since_1904)
        return Cell(shown, self._file, address, value=exact)


def _index(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


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
