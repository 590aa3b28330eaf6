"""Rows of a CSV file: separator and encoding found out, quotes as RFC 4180 has them.

Read line by line with a reader of our own, because `csv` knows no columns: a problem names the line
and column where a field begins, and a quote that is never closed costs one line, not the rest.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.source.files import find_encoding
from lrtdocs.source.sheet.cells import ERRORS, MAX_FILE, MAX_TEXT, Cell, Layout, RawRow, refuse

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from lrtdocs.errors import Problem

SEPARATORS = (";", ",", "\t", "|")
GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that Excel would take for a formula; a ' before it keeps it a text."""
_SEP_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_CONTROL = rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_PIECE = 65_536  # bytes that are looked at together
_SAMPLE = 25  # lines from which the separator is found


class CsvReader:
    """Reads the rows of a CSV file; nothing in it is hidden or merged."""

    name, hidden = "", False

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, str(path)
        self._encoding, odd = _find_encoding(path)
        self.opening = [messages.problem("LRT617", odd[0], word=odd[1])] if odd else []
        self.layout = Layout()
        self._separator, self._first, self._usual = self._find_separator()

    def rows(self) -> Generator[RawRow, None, None]:
        """Yield the lines that have something in them."""
        blank = f" {self._separator}\r\n"
        with self._open() as file:
            lines = _Lines(file)
            while (line := lines.next()) is not None:
                if lines.number >= self._first and line.strip(blank):
                    yield self._make_row(
                        _Record(self._file, self._separator, self._usual, lines, line)
                    )

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, newline="")

    def _find_separator(self) -> tuple[str, int, int]:
        """Return the separator, the number of the first line that counts, and how many it has."""
        with self._open() as file:
            lines = [line for _, line in zip(range(_SAMPLE), file, strict=False)]
        match = _SEP_LINE.fullmatch(lines[0].strip()) if lines else None
        if match:
            return match[1], 2, max(line.count(match[1]) for line in lines[1:] or [""])
        bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
        counts = {sign: sorted(line.count(sign) for line in bare) for sign in SEPARATORS}
        separator = max(SEPARATORS, key=lambda sign: _likeliness(counts[sign]))
        return separator, 1, _likeliness(counts[separator])[1]

    def _make_row(self, record: _Record) -> RawRow:
        number, width = record.number, 0
        cells: dict[int, Cell] = {}
        refused: dict[int, Problem] = {}
        for width, (text, line, column) in enumerate(record.fields(), 1):
            if not text.strip():
                continue
            if text[0] == "#" and ERRORS.fullmatch(text.strip()):
                place = Place(self._file, line, column)
                refused[width] = messages.problem("LRT606.csv", place, value=text.strip())
                continue
            guarded = text[0] == "'" and GUARDED.match(text, 1)
            cells[width] = Cell(text[1:] if guarded else text, self._file, "", line, column)
        return RawRow(number, cells, refused, width, record.problems)


class _Record:
    """A record that begins with a line, and goes on in others where a quote is open at its end."""

    def __init__(self, file: str, separator: str, usual: int, lines: _Lines, line: str) -> None:
        self._file, self._separator, self._lines = file, separator, lines
        self._usual = max(usual - 1, 3)
        self._line, self._at = line, 0
        self.number = lines.number
        self.problems: list[Problem] = []

    def fields(self) -> Iterator[tuple[str, int, int]]:
        """Yield each field with the line and column where it begins, counted from 1.

        What is wrong with them is in `problems` after the last.
        """
        while True:
            number, column = self._lines.number, self._at + 1
            quoted = self._line.startswith('"', self._at)
            yield self._quoted() if quoted else self._bare(), number, column
            if not self._line.startswith(self._separator, self._at):
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
        text = self._line[self._at :]
        taken: list[str] = []
        while (match := _QUOTED.match(text)) is None or self._holds_rows(match[1]):
            more = self._lines.next() if match is None and len(text) <= MAX_TEXT else None
            if more is None:  # then the quote costs its own line, not the rest of the file
                self._lines.give_back(taken)
                begin = self._line[self._at : self._at + 20].rstrip()
                self._at += 1
                self._tell("LRT616.open", text=begin)
                return self._until()
            taken.append(more)
            text += more
        self._line = taken[-1] if taken else self._line
        self._at = len(self._line) - len(text) + match.end()
        rest = self._until().strip()
        if rest:
            self._tell("LRT616.erachter", text=rest[:20])
        return match[1].replace('""', '"').replace("\r\n", "\n").replace("\r", "\n")

    def _holds_rows(self, text: str) -> bool:
        """Tell whether `text`, between quotes, has a whole row in it: they were closed too late."""
        return any(line.count(self._separator) >= self._usual for line in text.split("\n")[1:])

    def _tell(self, key: str, *, text: str) -> None:
        place = Place(self._file, self._lines.number, self._at)
        self.problems.append(messages.problem(key, place, text=text))


class _Lines:
    """The lines of a file, counted, with the possibility to give some back."""

    def __init__(self, file: Iterable[str]) -> None:
        self._lines = iter(file)
        self._back: deque[str] = deque()
        self.number = 0

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


def _is_plain(path: Path) -> bool:
    """Tell whether `path` is UTF-8 that may be a text, a piece at a time: it may be a long list."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file, suppress(UnicodeDecodeError):
        while piece := file.read(_PIECE):
            if b"\x00" in piece:
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
        return True
    return False


def _find_encoding(path: Path) -> tuple[str, tuple[Place, str] | None]:
    """Return how `path` is encoded, and where it is not UTF-8, as `find_encoding` does.

    Raises FileProblemError if it is no text: in Windows-1252 every control character tells that.
    """
    if path.stat().st_size > MAX_FILE:
        raise refuse("LRT001.tabel-groot", path)
    if _is_plain(path):
        return "utf-8-sig", None
    data = path.read_bytes()
    try:
        encoding, odd = find_encoding(data, str(path))
    except UnicodeDecodeError as error:
        raise refuse("LRT001.tabel-geen-tekst", path) from error
    control = _CONTROL if odd is not None else b"\x00"
    if encoding != "utf-16" and re.search(control, data):
        raise refuse("LRT001.tabel-geen-tekst", path)
    return encoding, odd
