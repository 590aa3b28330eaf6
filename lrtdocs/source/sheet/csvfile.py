"""Rows of a CSV file: separator and encoding found out, quotes as RFC 4180 has them.

Read line by line with a reader of our own, because `csv` knows no columns: a problem names the line
and column where a field begins, and a quote that is never closed costs one line, not the rest.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.source.sheet.cells import MAX_TEXT, Cell, Layout, RawRow
from lrtdocs.source.sheet.package import MAX_FILE, refuse

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from lrtdocs.errors import FileProblemError, Problem

CHUNK = 1 << 16
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
    """Reads the rows of a CSV file; nothing in it is hidden or merged."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, str(path)
        self._encoding, odd = find_encoding(path)
        place = Place(self._file, odd)
        self.opening = [] if odd is None else [messages.problem("LRT617", place)]
        self.layout = Layout()
        self._separator, self._first = self._find_separator()

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the lines that have something in them."""
        with self._open() as file:
            lines = _Lines(file, self._first)
            while (line := lines.next()) is not None:
                if line.strip(f" {self._separator}\r\n"):
                    yield self._make_row(
                        lines.number, _Record(self._file, self._separator, lines, line)
                    )

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

    def _make_row(self, number: int, record: _Record) -> RawRow:
        cells: dict[int, Cell] = {}
        refused: dict[int, Problem] = {}
        width = 0
        for width, (text, line, column) in enumerate(record.fields(), 1):
            if not text.strip():
                continue
            if text[0] == "#" and _ERRORS.fullmatch(text.strip()):
                place = Place(self._file, line, column)
                refused[width] = messages.problem("LRT606.csv", place, value=text.strip())
                continue
            guarded = text[0] == "'" and GUARDED.match(text, 1)
            cells[width] = Cell(text[1:] if guarded else text, self._file, "", line, column)
        return RawRow(number, cells, refused, width, record.problems)


class _Record:
    """A record that begins with a line, and goes on in others where a quote is open at its end."""

    def __init__(self, file: str, separator: str, lines: _Lines, line: str) -> None:
        self._file, self._separator, self._lines = file, separator, lines
        self._line, self._at = line, 0
        self.problems: list[Problem] = []

    def fields(self) -> Iterator[_Field]:
        """Yield the fields; what is wrong with them is in `problems` after the last."""
        while True:
            number, column = self._lines.number, self._at + 1
            quoted = self._line[self._at : column] == '"'
            yield _Field(self._quoted() if quoted else self._bare(), number, column)
            if self._line[self._at : self._at + 1] != self._separator:
                return
            self._at += 1

    def _bare(self) -> str:
        text = self._until()
        match = _FORMULA_TEXT.fullmatch(text.strip()) if text[:1] in "= " else None
        return match[1] if match else text

    def _until(self) -> str:
        """Take and return the text up to the separator or the end of the line."""
        start, end = self._at, self._line.find(self._separator, self._at)
        end = len(self._line.rstrip("\r\n")) if end < 0 else end
        self._at = max(end, start)
        return self._line[start:end]

    def _quoted(self) -> str:
        opening, first, at = (
            Place(self._file, self._lines.number, self._at + 1),
            self._line,
            self._at,
        )
        taken: list[str] = []
        pieces: list[str] = []
        self._at += 1
        while (end := self._line.find('"', self._at)) < 0 or self._line[end + 1 : end + 2] == '"':
            if end >= 0:
                pieces.append(self._line[self._at : end + 1])
                self._at = end + 2
                continue
            pieces.append(self._line[self._at :])
            more = self._lines.next() if sum(map(len, pieces)) < MAX_TEXT else None
            if more is None:  # then the quote costs its own line, not the rest of the file
                self._lines.give_back(taken)
                self._line, self._at = first, at + 1
                self._tell("LRT616.open", opening, text=first[at : at + 20].rstrip())
                return self._until()
            taken.append(more)
            self._line, self._at = more, 0
        pieces.append(self._line[self._at : end])
        self._at = end + 1
        rest = self._until().strip()
        if rest:
            self._tell(
                "LRT616.erachter", Place(self._file, self._lines.number, self._at), text=rest[:20]
            )
        return "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")

    def _tell(self, key: str, place: Place, *, text: str) -> None:
        self.problems.append(messages.problem(key, place, text=text))


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
    too_large = size > MAX_FILE
    return refuse("LRT001.tabel-groot" if too_large else "LRT001.tabel-geen-tekst", path)
