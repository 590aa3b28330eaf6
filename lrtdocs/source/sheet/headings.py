"""The row of headings of a table: found among notes and titles, and matched with known words."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, shorten
from lrtdocs.source.sheet.cells import Heading, column_letters, normalize_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.source.sheet.cells import RawRow

MAX_ABOVE = 60
"""So many rows with something in them are searched for the headings."""
_NEAR = 0.8
NAMING = ("code", "naam", "organisatie")
"""The fields that say who a row is of."""


@dataclass(slots=True)
class Header:
    """The headings of a table, by column but for the `doubles`, which were told.

    `score` counts the headings that are known words, `known` are their columns, `words` all of
    those, and `plain` the same and these headings as people type them. `above` are the rows above.
    Where it is `unknown` no row has known words; that was told.
    """

    number: int
    width: int
    headings: list[Heading] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)
    doubles: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    above: list[RawRow] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    score: int = 0
    known: frozenset[int] = frozenset()
    unknown: bool = False

    def is_headings(self, row: RawRow) -> bool:
        """Tell whether `row` holds headings: these, or known words in nearly every cell."""
        texts = [cell.text.casefold().strip() for cell in row.cells.values()]
        if self.unknown or self.plain.isdisjoint(texts):
            return False  # of most rows, at once
        keys = {_squeeze(normalize_heading(cell.text)) for cell in row.cells.values()}
        known = len(keys & self.words)
        whole = known == len(keys) >= min(2, len(self.columns))
        return whole or 3 <= known >= 2 * len(keys) / 3 or self.is_same(row)

    def is_same(self, row: RawRow) -> bool:
        """Tell whether `row` holds these headings once more."""
        keys = {column: normalize_heading(cell.text) for column, cell in row.cells.items()}
        own = {column: normalize_heading(heading.text) for column, heading in self._by_column()}
        return keys.keys() >= {*[*own][:1]} and keys.items() <= own.items()

    def _by_column(self) -> Iterator[tuple[int, Heading]]:
        return zip(self.columns, self.headings, strict=True)


def find_header(rows: Iterable[RawRow], words: Mapping[str, str], file: str) -> Header | None:
    """Return the headings among the first of `rows`, or None if there is no row at all.

    `words` gives the name of a field by each heading it goes by. The row with most of them is it;
    where there are none, the first row of text that is as wide as the table.
    """
    first = [row for _, row in zip(range(MAX_ABOVE), rows, strict=False)]
    if not first:
        return None
    squeezed = {_squeeze(word): name for word, name in words.items()}
    scores = [len(_fields(row, squeezed)) for row in first]
    index = scores.index(max(scores)) if any(scores) else _first_wide(first)
    header = _make_header(first[index], squeezed)
    header.problems += _near(header.headings, words)
    header.score = scores[index]
    if words and not header.score:
        header.unknown = True
        header.problems.insert(0, _unknown(header, words, file))
    header.above, header.words = first[:index], frozenset(squeezed)
    header.known = frozenset(c for c, key in header.columns.items() if key in words.values())
    header.plain |= {word.replace("_", sign) for word in words for sign in " -"}
    return header


def _squeeze(key: str) -> str:
    """Return `key` as it is compared: "Post bus" and "POST-BUS" are "postbus" too."""
    return key.replace("_", "")


def _fields(row: RawRow, words: Mapping[str, str]) -> set[str]:
    keys = (_squeeze(normalize_heading(cell.text)) for cell in row.cells.values())
    return {words[key] for key in keys if key in words}


def _first_wide(rows: Sequence[RawRow]) -> int:
    """Return the index of the first row of text that is at least half as wide as the widest."""
    width = max(len(row.cells) for row in rows)
    return next(
        (
            index
            for index, row in enumerate(rows)
            if 2 * len(row.cells) >= width
            and not any(cell.value is not None for cell in row.cells.values())
        ),
        0,
    )


def _make_header(row: RawRow, words: Mapping[str, str]) -> Header:
    header = Header(row.number, row.width or 0)
    taken: dict[str, tuple[Heading, int]] = {}
    for column, cell in row.cells.items():
        text = " ".join(cell.text.split())
        key = normalize_heading(text)
        heading = Heading(words.get(_squeeze(key), key), text, cell.place)
        if not key:
            continue
        if heading.word in taken:
            header.problems.append(_double(heading, *taken[heading.word]))
            header.doubles.add(column)
            continue
        taken[heading.word] = (heading, column)
        header.headings.append(heading)
        header.columns[column] = heading.key
    header.plain = frozenset(one.text.casefold() for one in header.headings)
    beside = _beside(row, words, header.doubles)
    header.problems = beside or header.problems
    return header


def _beside(row: RawRow, words: Mapping[str, str], doubles: set[int]) -> list[Problem]:
    """Return the problem of a second list at the right, in place of those of its headings.

    It begins with who it is of, behind an empty column or not, and has what the first has too.
    """
    filled = sorted(row.cells)
    for index, column in enumerate(filled[1:], 1):
        key = words.get(_squeeze(normalize_heading(row.cells[column].text)), "")
        new = column in doubles or filled[index - 1] < column - 1
        block = filled[index:]
        if key in NAMING and new and len(doubles.intersection(block)) > 1:
            first = row.cells[column]
            texts = shorten(", ".join(row.cells[one].text for one in block), 60)
            ends = [column_letters(one) if first.address else f"{one}e" for one in block]
            told = {"first": ends[0], "last": ends[-1], "texts": texts}
            return [messages.problem("LRT602.naast", first.place, None, **told)]
    return []


def _near(headings: Iterable[Heading], words: Mapping[str, str]) -> list[Problem]:
    """Return a warning for each heading that is almost a known word that is not there."""
    present = {heading.key for heading in headings}
    missing = [word for word, name in words.items() if name not in present]
    found = []
    for heading in headings:
        near = get_close_matches(heading.key, missing, n=1, cutoff=_NEAR)
        if heading.key not in words.values() and near:
            word = near[0].replace("_", " ")
            found.append(messages.problem("LRT603", heading.place, heading=heading.text, word=word))
    return found


def _double(heading: Heading, other: Heading, column: int) -> Problem:
    at = f"cel {other.place.cell}" if other.place.cell else f"de {column}e kolom"
    if normalize_heading(heading.text) == normalize_heading(other.text):
        return messages.problem("LRT602.dubbel", heading.place, heading=heading.text, other=at)
    return messages.problem(
        "LRT602.betekenis",
        heading.place,
        heading=heading.text,
        text=other.text,
        other=at,
        field=heading.key.replace("_", " "),
    )


def _unknown(header: Header, words: Mapping[str, str], file: str) -> Problem:
    """Return the problem of a table without any of the headings that are known."""
    return messages.problem(
        "LRT601",
        header.headings[0].place if header.headings else Place(file),
        known=dutch.join_words(list(dict.fromkeys(words.values()))[:6]),
        headings=shorten(", ".join(heading.text for heading in header.headings), 60),
    )
