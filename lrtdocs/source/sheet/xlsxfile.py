"""The sheets of an Excel workbook, row by row, and what is odd about them.

Read straight from the zip, an element at a time. Not by openpyxl, because that takes longer to be
loaded (0.12 to 0.35 s) than all else together, reads no strict workbooks, and in the mode that
streams knows no merged cells, no hidden rows, and no formula that lacks its value. openpyxl writes
(`write`), and is what the tests hold this against.

A cell becomes the text that Excel shows for it. A formula counts as the value that Excel kept;
where that is missing, or is an error, it is told at its cell. Merged cells are written behind the
rows in the file, so they are known only after the last row.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.source.sheet.cells import (
    ERRORS,
    MAX_FILE,
    Area,
    Cell,
    Layout,
    Mark,
    RawRow,
    column_letters,
    refuse,
)
from lrtdocs.source.sheet.formats import (
    BUILT_IN,
    GENERAL,
    format_cell,
    parse_iso,
    parse_number,
    plain_number,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

MAX_PART = 100_000_000
"""So many bytes each part of the file may have when unpacked."""
MAX_SHEETS = 50
MAX_COLUMN, MAX_ROW = 16_384, 1_048_576
MAX_MERGED = MAX_MARKS = 10_000
_MOST_FIGURES = 15
_MOST_IN_CELL = 32_767
"""So many characters Excel has in a cell. More, shared by thousands of cells, is a trap."""
_TRUE = frozenset({"1", "true"})
_STRUCK, _RED = "LRT619.struck", "LRT619.red"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T")  # in UTF-16 too
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ET.ParseError, ValueError, OSError),
    *(NotImplementedError, OverflowError, EOFError, RuntimeError, KeyError, IndexError),
)


class _Relation(NamedTuple):
    """A relation of a part: the last word of its type, and the part it leads to."""

    kind: str
    target: str


class Workbook:
    """What a workbook says of itself, apart from the cells of its sheets.

    `texts` are those that cells share, `struck` the indexes of those that are struck out in part,
    `formats` the number format of each style by its index, `marks` what else a style says.
    Raises FileProblemError for what is no workbook that can be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: list[SheetReader] = []
        self.texts: list[str] = []
        self.struck: set[int] = set()
        self.formats: list[str] = []
        self.marks: dict[str, set[str]] = {}
        self.since_1904 = False
        if path.stat().st_size > MAX_FILE:
            raise refuse("LRT001.werkmap-groot", path)
        with self.refusing(), zipfile.ZipFile(path) as archive:
            self._sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            kind = archive.read("mimetype")[:200] if "mimetype" in self._sizes else b""
            if b"opendocument.spreadsheet" in kind:
                raise refuse("LRT001.ods", path)
            if any(name.endswith(".iwa") for name in self._sizes) or "Index.zip" in self._sizes:
                raise refuse("LRT001.numbers", path)
            if "word/document.xml" in self._sizes or b"opendocument.text" in kind:
                word = "een Word-document" if not kind else "een OpenDocument-tekst"
                raise refuse("LRT001.tekstdocument", path, kind=word)
            self._read()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Make the refusal of a damaged workbook of whatever zipfile and expat raise."""
        try:
            yield
        except _BROKEN as error:
            raise refuse("LRT001.beschadigd", self.path) from error

    def elements(self, part: str, *names: str) -> Iterator[tuple[str, ET.Element]]:
        """Yield each element of `part` that has one of `names`, with that, and then forget it.

        What is broken raises an error for `refusing`, as does a document type, so that nothing in
        it expands; FileProblemError what is too large.
        """
        if self._sizes[part] > MAX_PART:
            raise refuse("LRT001.werkmap-groot", self.path)
        within: list[ET.Element] = []
        with zipfile.ZipFile(self.path) as archive, archive.open(part) as file:
            source = _WithoutDoctype(file)
            for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314 - guarded
                if event == "start":
                    within.append(element)
                    continue
                within.pop()
                if (name := _local_name(element)) in names:
                    yield name, element
                    if within:
                        within[-1].clear()

    def _read(self) -> None:
        part = self._main_part()
        links = self._relations(part)
        for name, element in self.elements(part, "sheet", "workbookPr"):
            if name == "workbookPr":
                self.since_1904 = element.get("date1904") in _TRUE
                continue
            link = next((v for k, v in element.items() if k.endswith("}id")), "")
            kind, target = links.get(link, _Relation("", ""))
            if kind == "worksheet" and target in self._sizes and len(self.sheets) < MAX_SHEETS:
                hidden = element.get("state", "visible") != "visible"
                self.sheets.append(SheetReader(self, element.get("name", ""), target, hidden))
        for kind, target in links.values():
            if kind == "sharedStrings" and target in self._sizes:
                for index, (_, element) in enumerate(self.elements(target, "si")):
                    self.texts.append(_text_of(element)[:_MOST_IN_CELL])
                    if _has_struck(element):
                        self.struck.add(index)
            elif kind == "styles" and target in self._sizes:
                self._read_styles(target)

    def _main_part(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and target in self._sizes and "xl/" in target:
                if target.endswith(".bin"):
                    raise refuse("LRT001.xlsb", self.path)
                return target
        raise refuse("LRT001.zip", self.path)

    def _relations(self, part: str) -> dict[str, _Relation]:
        """Return the relations of `part` by their id; those of the package for ""."""
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._sizes:
            return {}
        found = {}
        for _, element in self.elements(relations, "Relationship"):
            if element.get("TargetMode") != "External":
                target = posixpath.join("/", folder, element.get("Target", ""))
                found[element.get("Id", "")] = _Relation(
                    element.get("Type", "").rpartition("/")[2],
                    posixpath.normpath(target).lstrip("/"),
                )
        return found

    def _read_styles(self, part: str) -> None:
        codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        fonts: list[set[str]] = []
        fills: list[set[str]] = []
        for name, element in self.elements(part, "numFmts", "fonts", "fills", "cellXfs"):
            for child in element:
                if name == "numFmts":
                    codes[child.get("numFmtId", "")] = child.get("formatCode", GENERAL)
                elif name == "fonts":
                    red = {_RED} if any(map(_is_red, child)) else set()
                    fonts.append(red | ({_STRUCK} if any(map(_is_strike, child)) else set()))
                elif name == "fills":
                    fills.append({_RED} if any(map(_is_red, child.iter())) else set())
                else:
                    marks = _at(fonts, child.get("fontId")) | _at(fills, child.get("fillId"))
                    if marks:
                        self.marks[str(len(self.formats))] = marks
                    self.formats.append(codes.get(child.get("numFmtId", ""), GENERAL))

    def notes(self, sheet: str) -> Iterator[tuple[str, str]]:
        """Yield the address and the text of each note at a cell of `sheet`, an answer behind it."""
        parts = {link.kind: link.target for link in self._relations(sheet).values()}
        for kind, name in (("threadedComment", "threadedComment"), ("comments", "comment")):
            if parts.get(kind, "") in self._sizes:
                for _, element in self.elements(parts[kind], name):
                    texts = (child for child in element if _local_name(child) == "text")
                    yield (
                        element.get("ref", ""),
                        "".join((child.text or "") + _text_of(child) for child in texts),
                    )


class _WithoutDoctype:
    """A file that refuses to hand on a document type; it has only what expat's callers ask."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._tail = file, b""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes; raise ValueError where a document type is in them."""
        data = self._file.read(size)
        if _DOCTYPE.search(self._tail + data[:16]) or _DOCTYPE.search(data):
            raise ValueError("DOCTYPE")
        self._tail = data[-16:]
        return data


class SheetReader:
    """Reads one sheet; while that is done it learns in `layout` what is hidden and merged."""

    def __init__(self, book: Workbook, name: str, part: str, hidden: bool) -> None:
        self._book, self._part, self._file = book, part, str(book.path)
        self.name, self.hidden = name, hidden
        self.layout = Layout()
        self.opening: list[Problem] = []

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the rows that have something in them; raise FileProblemError if they are broken."""
        self.layout = Layout()
        number = 0
        with self._book.refusing():
            for name, element in self._book.elements(self._part, "row", "col", "mergeCell"):
                hidden = element.get("hidden") in _TRUE
                if name == "row":
                    given = element.get("r", "")
                    number = min(int(given) if given.isdecimal() else number + 1, MAX_ROW)
                    row = self._make_row(element, number)
                    self._learn_marks(element, row)
                    if row.cells or row.refused:
                        if hidden:
                            self.layout.hidden_rows.append(number)
                        yield row
                elif name == "mergeCell":
                    self._learn_merged(element.get("ref", ""))
                elif hidden:
                    first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                    self.layout.hidden_columns.append(range(first, last + 1))

            self._learn_notes()

    def _learn_marks(self, element: ET.Element, row: RawRow) -> None:
        styles, struck = self._book.marks, self._book.struck
        if not (struck or any(c.get("s") in styles or c.get("t") == "inlineStr" for c in element)):
            return
        found: dict[str, list[Mark]] = {}
        column = 0
        for child in element:
            column = _column(child.get("r", ""), column)
            if column in row.cells:
                kinds = styles.get(child.get("s", "0"), set())
                for kind in kinds | ({_STRUCK} if self._is_partly_struck(child) else set()):
                    mark = Mark(row.number, column, row.cells[column].text)
                    found.setdefault(kind, []).append(mark)
        for kind, marks in found.items():
            whole = 3 * len(marks) >= 2 * len(row.cells) > 2
            known = self.layout.marks.setdefault(kind, [])
            if len(known) < MAX_MARKS:
                known += [marks[0]._replace(column=0)] if whole else marks

    def _is_partly_struck(self, element: ET.Element) -> bool:
        for child in element:
            name = _local_name(child)
            if name == "is" or (name == "v" and element.get("t") == "s"):
                return (
                    _has_struck(child)
                    if name == "is"
                    else int(child.text or 0) in self._book.struck
                )
        return False

    def _learn_notes(self) -> None:
        notes: dict[str, str] = {}
        for address, text in self._book.notes(self._part):
            notes.setdefault(address, " ".join(text.split()))
        self.layout.marks["LRT619.note"] = [
            Mark(int(match[2]), _column(match[1], 0), text)
            for address, text in [*notes.items()][:MAX_MARKS]
            if (match := _ADDRESS.fullmatch(address)) and text
        ]

    def _learn_merged(self, reference: str) -> None:
        corners = _ADDRESS.findall(reference)
        if len(corners) == 2 and len(self.layout.merged) < MAX_MERGED:
            (left, top), (right, bottom) = corners
            area = Area(int(top), _column(left, 0), int(bottom), _column(right, 0))
            self.layout.merged.append(area)

    def _make_row(self, element: ET.Element, number: int) -> RawRow:
        cells: dict[int, Cell] = {}
        refused: dict[int, Problem] = {}
        column = 0
        for child in element:
            column = _column(child.get("r", ""), column)
            found = self._make_cell(child, f"{column_letters(column)}{number}")
            if isinstance(found, Problem):
                refused[column] = found
            elif found is not None:
                cells[column] = found
        return RawRow(number, cells, refused)

    def _make_cell(self, element: ET.Element, address: str) -> Cell | Problem | None:
        """Return the cell as people see it; None if it is empty, a problem if it is no use."""
        kind, value, formula = element.get("t", "n"), "", False
        for child in element:
            name = _local_name(child)
            if name == "v":
                value = child.text or ""
            elif name == "is":
                value = _text_of(child)
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
            text = "WAAR" if value in _TRUE else "ONWAAR"
        else:
            text = _unescape(self._book.texts[_index(value)] if kind == "s" else value)
            if text[:1] == "#" and ERRORS.fullmatch(text.strip()):  # pasted as a text
                return messages.problem("LRT606.waarde", self._place(address), value=text.strip())
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


def _local_name(element: ET.Element) -> str:
    """Return the name of `element` without its namespace: strict workbooks have another."""
    return element.tag.rpartition("}")[2]


def _text_of(element: ET.Element) -> str:
    """Return the text of `element`: its pieces in one, without how they are pronounced."""
    pieces = []
    for child in element:
        name = _local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces.append(_text_of(child))
    return "".join(pieces)


def _has_struck(element: ET.Element) -> bool:
    """Tell whether a piece of the text of `element` is struck out."""
    pieces = (child for child in element if _local_name(child) == "r")
    return any(map(_is_strike, (style for piece in pieces for style in piece.iter())))


def _is_strike(element: ET.Element) -> bool:
    return _local_name(element) == "strike" and element.get("val", "1") in _TRUE


def _is_red(element: ET.Element) -> bool:
    """Tell whether `element` is a colour that is red, or the pink that Excel has for wrong."""
    code = element.get("rgb", "FF0000" if element.get("indexed") == "10" else "")[-6:]
    if _local_name(element) not in {"color", "fgColor"} or _COLOUR.fullmatch(code) is None:
        return False
    red, green, blue = (int(code[at : at + 2], 16) for at in (0, 2, 4))
    deep = red >= 0x90 and max(green, blue) <= 0x50
    pink = red >= 0xE0 and max(green, blue) <= 0xD0 and abs(green - blue) < 0x10
    return deep or pink


def _at(styles: list[set[str]], index: str | None) -> set[str]:
    return styles[int(index)] if index and index.isdecimal() and int(index) < len(styles) else set()


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
