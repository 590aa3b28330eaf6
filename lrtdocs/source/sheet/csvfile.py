"""Rows of a CSV file: separator and encoding found out, quotes as RFC 4180 has them.

Read line by line with a reader of our own, because `csv` knows no columns: a problem names the line
and column where a field begins, and a quote that is never closed costs one line, not the rest.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import FileProblemError, Place, Problem, Severity
from lrtdocs.source.sheet.cells import MAX_TEXT, Area, Cell, RawRow
from lrtdocs.source.sheet.package import CHUNK, MAX_FILE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path
    from typing import TextIO

SEPARATORS = (";", ",", "\t")
GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that Excel would take for a formula; a ' before it keeps it a text."""
_SEP_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_NOT_CP1252 = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")
_SAMPLE = 25  # lines from which the separator is found
_ERRORS = re.compile(
    r"#(N/A|N/B|VERW!|REF!|WAARDE!|VALUE!|NAAM\?|NAME\?|DEEL/0!|DIV/0!|GETAL!|NUM!|LEEG!|NULL!|#+)"
)


class Encoding(NamedTuple):
    """How the bytes of a file are text; `odd` is the line of the first that is not UTF-8."""

    name: str
    odd: int | None = None


class _Field(NamedTuple):
    """A field of a line: its text, and where it begins, counted from 1."""

    text: str
    line: int
    column: int


class CsvReader:
    """Reads the rows of a CSV file; `troubles` holds what was wrong in the rows last read."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, str(path)
        encoding = find_encoding(path)
        self._encoding = encoding.name
        self.opening = [] if encoding.odd is None else [_old_encoding(path, encoding.odd)]
        self.troubles: list[Problem] = []
        self.hidden_columns: list[range] = []
        self.hidden_rows: list[int] = []
        self.merged: list[Area] = []
        self._separator, self._first = self._find_separator()

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the lines that have something in them."""
        with self._open() as file:
            lines = _Lines(file, self._first)
            while (line := lines.next()) is not None:
                if line.strip(f" {self._separator}\r\n"):
                    number = lines.number
                    yield self._make_row(number, self._split(line, lines))

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, newline="")

    def _find_separator(self) -> tuple[str, int]:
        """Return the separator, and the number of the first line that counts."""
        with self._open() as file:
            lines = [line for _, line in zip(range(_SAMPLE), file, strict=False)]
        match = _SEP_LINE.fullmatch(lines[0].strip()) if lines else None
        if match:
            return match[1], 2
        bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
        counts = {sign: sorted(line.count(sign) for line in bare) for sign in SEPARATORS}
        return max(SEPARATORS, key=lambda sign: _likeliness(counts[sign])), 1

    def _make_row(self, number: int, fields: list[_Field]) -> RawRow:
        cells: dict[int, Cell] = {}
        refused: dict[int, Problem] = {}
        for column, field in enumerate(fields, 1):
            text = field.text
            if not text.strip():
                continue
            if text[0] == "#" and _ERRORS.fullmatch(text.strip()):
                refused[column] = _error_field(self._place(field), text)
                continue
            if text[0] == "'" and GUARDED.match(text, 1):
                text = text[1:]
            cells[column] = Cell(text, self._file, "", field.line, field.column)
        return RawRow(number, cells, refused, len(fields))

    def _place(self, field: _Field) -> Place:
        return Place(self._file, field.line, field.column)

    def _split(self, line: str, lines: _Lines) -> list[_Field]:
        """Return the fields of the record that begins with `line`."""
        number, separator = lines.number, self._separator
        if '"' not in line:
            fields, at = [], 1
            for text in line.rstrip("\r\n").split(separator):
                fields.append(_Field(text, number, at))
                at += len(text) + 1
            return fields
        return self._split_quoted(line, lines)

    def _split_quoted(self, line: str, lines: _Lines) -> list[_Field]:
        fields: list[_Field] = []
        number, at, separator = lines.number, 0, self._separator
        while True:
            if line[at : at + 1] == '"':
                begin = (number, at + 1)
                text, line, at = self._read_quoted(line, at, lines)
                number = lines.number
                rest, at = _until(line, at, separator)
                if rest.strip():
                    self.troubles.append(_after_quote(Place(self._file, number, at), rest))
                fields.append(_Field(text, *begin))
            else:
                begin = (number, at + 1)
                text, at = _until(line, at, separator)
                match = _FORMULA_TEXT.fullmatch(text.strip())
                fields.append(_Field(match[1] if match else text, *begin))
            if line[at : at + 1] != separator:
                return fields
            at += 1

    def _read_quoted(self, line: str, at: int, lines: _Lines) -> tuple[str, str, int]:
        """Return the text in quotes that begins at `at`, the line where it ends, and where."""
        pieces: list[str] = []
        start, first, opening = at + 1, line, Place(self._file, lines.number, at + 1)
        taken: list[str] = []
        while True:
            end = line.find('"', start)
            if end >= 0 and line[end + 1 : end + 2] == '"':
                pieces.append(line[start : end + 1])
                start = end + 2
                continue
            if end >= 0:
                pieces.append(line[start:end])
                return "".join(pieces).replace("\r\n", "\n").replace("\r", "\n"), line, end + 1
            pieces.append(line[start:])
            more = lines.next() if sum(map(len, pieces)) < MAX_TEXT else None
            if more is None:
                lines.give_back(taken)
                self.troubles.append(_unclosed(opening, first[at : at + 20].rstrip()))
                text, end = _until(first, at + 1, self._separator)
                return text, first, end
            taken.append(more)
            line, start = more, 0


class _Lines:
    """The lines of a file, counted, with the possibility to give some back."""

    def __init__(self, file: Iterable[str], first: int) -> None:
        self._lines = iter(file)
        self._back: deque[str] = deque()
        self.number = 0
        while self.number < first - 1:
            self.next()

    def next(self) -> str | None:
        """Return the next line, or None behind the last."""
        line = self._back.popleft() if self._back else next(self._lines, None)
        self.number += line is not None
        return line

    def give_back(self, lines: list[str]) -> None:
        """Have `lines`, the last that were taken, read again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _until(line: str, at: int, separator: str) -> tuple[str, int]:
    """Return the text from `at` up to the separator or the end of the line, and where that is."""
    end = line.find(separator, at)
    end = len(line.rstrip("\r\n")) if end < 0 else end
    return line[at:end], max(end, at)


def _likeliness(counts: list[int]) -> tuple[bool, int]:
    """Return how likely a sign separates, by how often it stands in each line, in order."""
    filled = [count for count in counts if count]
    middle = filled[len(filled) // 2] if filled else 0
    return len(filled) * 2 > len(counts), middle


# --- encoding


def find_encoding(path: Path) -> Encoding:
    """Return how `path` is encoded; raise FileProblemError if it is no text.

    A file without a mark is UTF-8, or else Windows-1252 if every byte of it is a sign there.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, size, odd, windows = 1, 0, None, True
    with path.open("rb") as file:
        start = file.read(3)
        file.seek(0)
        if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return _check_utf16(path)
        while data := file.read(CHUNK):
            size += len(data)
            windows = windows and _NOT_CP1252.search(data) is None
            if odd is None:
                try:
                    decoder.decode(data)
                except UnicodeDecodeError as error:
                    odd = line + error.object[: error.start].count(b"\n")
            if size > MAX_FILE or b"\x00" in data or (odd is not None and not windows):
                raise _no_text(path, size)
            line += data.count(b"\n")
    if odd is None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            odd = line
            if not windows:
                raise _no_text(path, size) from None
    if odd is not None:
        return Encoding("cp1252", odd)
    return Encoding("utf-8-sig")


def _check_utf16(path: Path) -> Encoding:
    try:
        with path.open(encoding="utf-16") as file:
            size = sum(map(len, iter(lambda: file.read(CHUNK), "")))
    except UnicodeError as error:
        raise _no_text(path, 0) from error
    if size > MAX_FILE:
        raise _no_text(path, size)
    return Encoding("utf-16")


def _no_text(path: Path, size: int) -> FileProblemError:
    if size > MAX_FILE:
        return FileProblemError(
            str(path), "Dit bestand is te groot.", "Verdeel de rijen over meer bestanden."
        )
    return FileProblemError(
        str(path),
        "Dit bestand bevat geen tekst die lrtdocs kan lezen.",
        "Open het in Excel en sla het op als Excel-werkmap (.xlsx), of als CSV UTF-8.",
    )


# --- problems


def _old_encoding(path: Path, line: int) -> Problem:
    return Problem(
        "LRT617",
        Place(str(path), line),
        "Dit bestand is opgeslagen in een oude Windows-codering. "
        "lrtdocs heeft het gelezen, maar kijk of letters als é en ú goed zijn.",
        expected="UTF-8",
        found="Windows-1252",
        remedy="Kies in Excel bij Opslaan als: CSV UTF-8. Of gebruik een werkmap (.xlsx).",
        severity=Severity.WARNING,
    )


def _unclosed(place: Place, found: str) -> Problem:
    return Problem(
        "LRT616",
        place,
        "Deze cel begint met een aanhalingsteken, maar het sluitende aanhalingsteken ontbreekt.",
        found=found,
        remedy='Zet aan het eind van de cel ook een ", of haal het eerste weg.',
    )


def _after_quote(place: Place, rest: str) -> Problem:
    return Problem(
        "LRT616",
        place,
        "Achter het sluitende aanhalingsteken staat nog tekst.",
        found=rest.strip()[:20],
        remedy='Zet alle tekst van de cel tussen de aanhalingstekens. Schrijf een " erin dubbel.',
    )


def _error_field(place: Place, text: str) -> Problem:
    return Problem(
        "LRT606",
        place,
        "In deze cel staat een fout van Excel.",
        found=text.strip(),
        remedy="Verbeter de cel in Excel (bij #### de kolom breder maken) en sla het CSV-bestand "
        "opnieuw op.",
    )
