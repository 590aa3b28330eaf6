"""What a table is made of, whatever the file: cells, headings, rows, and what was found in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.model.value import Value

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.value import At

MAX_FILE = 50_000_000
MAX_TEXT = 20_000
"""So many bytes a file may have, and so many characters a cell."""

ERRORS = re.compile(
    r"#(N/A|N/B|VERW!|REF!|WAARDE!|VALUE!|NAAM\?|NAME\?|DEEL/0!|DIV/0!|GETAL!|NUM!|LEEG!|NULL!|#+"
    r"|SPILL!|OVERLOOP!|CALC!|BEREKENEN!|VELD!|FIELD!)"
)
"""An error of Excel, as it stands in a cell."""
_OTHER = re.compile(r"[^a-z0-9]+")


class Cell(NamedTuple):
    """A cell with something in it: its text as people see it, and where it stands.

    `address` is "B17" in a spreadsheet and "" in CSV, where `line` and `column` count from 1.
    `value` is the number or date that a spreadsheet keeps behind the text.
    """

    text: str
    file: str
    address: str = ""
    line: int | None = None
    column: int | None = None
    value: int | Decimal | dt.date | dt.time | None = None

    @property
    def place(self) -> Place:
        """Where the cell stands."""
        if self.address:
            return Place(self.file, cell=self.address)
        return Place(self.file, self.line, self.column)

    @property
    def at(self) -> At:
        """Where the cell stands, as a value keeps it."""
        return (self.file, self.line, self.column, self.address or None)

    def as_value(self, *, yes_no: object = True) -> Value:
        """Return what the cell says with what it means: the number or date behind it, if any."""
        if self.value is None:
            return Value(self.text, at=self.at, yes_no=yes_no)
        return Value(self.text, self.value, self.at)


class Heading(NamedTuple):
    """A heading: the word it is known by, the text as typed, and its place."""

    key: str
    text: str
    place: Place

    @property
    def word(self) -> str:
        """The word for the column below it: no word begins with a figure."""
        return f"kolom_{self.key}" if self.key[:1].isdigit() else self.key


class Row(NamedTuple):
    """A row with something in it: its number in the file, and its cells by heading.

    `refused` names the headings whose cell has something in it that cannot be used; it was told.
    """

    number: int
    cells: Mapping[str, Cell]
    refused: frozenset[str] = frozenset()

    @property
    def first(self) -> Cell | None:
        """The first cell in it that can be used, if there is one."""
        return next(iter(self.cells.values()), None)

    def text(self, key: str) -> str:
        """Return the text under the heading `key`, or ""."""
        return self.cells[key].text if key in self.cells else ""


class RawRow(NamedTuple):
    """A row as it stands in the file: by column from 1 its cells, and those that cannot be used.

    `width` is the number of fields of a line of CSV, empty ones too, and None in a spreadsheet;
    `problems` is what else was wrong with the line.
    """

    number: int
    cells: Mapping[int, Cell]
    refused: Mapping[int, Problem]
    width: int | None = None
    problems: Sequence[Problem] = ()


class Area(NamedTuple):
    """A block of merged cells: its first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first = f"{column_letters(self.left)}{self.top}"
        return f"{first}:{column_letters(self.right)}{self.bottom}"


class Mark(NamedTuple):
    """Where a sheet marks something: the column is 0 for a row that is marked whole."""

    row: int
    column: int
    text: str


@dataclass(slots=True)
class Layout:
    """What a sheet hides, merges and marks, of which CSV has nothing.

    `marks` has by the message that tells of it what is struck out, red, or has a note.
    """

    hidden_columns: list[range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    marks: dict[str, list[Mark]] = field(default_factory=dict)


def normalize_heading(text: str) -> str:
    """Return the word a heading is known by: "T.a.v. " → "t_a_v", "Naam cliënt" → "naam_client"."""
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _OTHER.sub("_", folded).strip("_")


def column_letters(column: int) -> str:
    """Return the letters of a column: 1 → "A", 27 → "AA"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def refuse(key: str, path: Path, **fields: object) -> FileProblemError:
    """Return the refusal of the table `path`, by the message `key`."""
    return FileProblemError(messages.problem(key, Place(str(path)), None, **fields))
