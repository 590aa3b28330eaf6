"""Rows that go into one letter: by what they belong together, and kept until their letter is made.

The rows of a group may stand apart, and a list may be long. So the first reading puts each row,
packed, in a file that is in memory as long as it is small, and keeps of it only where it is and
which group it is of: a few bytes. After that the list itself is not read again.
"""

from __future__ import annotations

import pickle
import weakref
from array import array
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from lrtdocs.model.namen import find_provincie, fold_name, split_code
from lrtdocs.model.ontvanger import parse_code
from lrtdocs.source.lists.bodies import load_lichamen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.model.geadresseerde.lichaam import Lichaam
    from lrtdocs.model.gemeente import Register
    from lrtdocs.model.ontvanger import Ontvanger

_IN_MEMORY = 2_000_000
"""So many bytes of rows are kept in memory, of more they are in a file."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """By which column rows belong together: its `key`, the `word` it is, its heading as typed."""

    key: str
    word: str
    heading: str
    register: Register | None = None

    def key_of(self, ontvanger: Ontvanger) -> str:
        """Return by what the row of `ontvanger` belongs to others; "" if it does not say so.

        A gemeente or another body is its code, however it is called; a name is one without capitals
        and accents.
        """
        if ontvanger.lichaam is not None and self.key in {"code", "naam"}:
            return _key_of_body(ontvanger.lichaam)
        if self.key == "code" or (self.key == "naam" and not ontvanger.organisatie):
            return ontvanger.code or self._fold(ontvanger.naam or "" if self.key == "naam" else "")
        if self.key == "naam":
            return self._fold(ontvanger.naam or ontvanger.organisatie or "")
        return self._fold(str(getattr(ontvanger, self.key, ontvanger.extra.get(self.word)) or ""))

    def key_in(self, text: str) -> str:
        """Return by what a row with `text` in the column belongs to a recipient."""
        body = load_lichamen().find(text) if self.key in {"code", "naam"} else None
        if body is not None:
            return _key_of_body(body)
        if self.key == "code":
            code = find_provincie(text) or parse_code(text) or parse_code(split_code(text)[0])
            return code or self._fold(text)
        found = self.register.find_name(text) if self.key == "naam" and self.register else None
        return found.code if found else self._fold(text)

    def keys_for(self, ontvanger: Ontvanger) -> tuple[str, ...]:
        """Return by what rows of another list may belong to `ontvanger`."""
        key = self.key_of(ontvanger)
        named = self._fold(ontvanger.naam or "") if self.key == "naam" else ""
        return tuple(dict.fromkeys(filter(None, (key, named))))

    def _fold(self, text: str) -> str:
        if self.key in {"naam", "organisatie"}:
            return fold_name(text) or text.strip()
        return " ".join(text.casefold().split())


def _key_of_body(body: Lichaam) -> str:
    return body.code or fold_name(body.naam)


class Groups:
    """Packed rows by their group, in the order in which each group was first seen."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - as long as this
        weakref.finalize(self, self._file.close)
        self._ordinals: dict[str, int] = {}
        self._starts = array("Q", [0])
        self._group_of = array("L")
        self._order: array[int] | range = range(0)
        self._first = array("L")

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._group_of)

    def has(self, key: str) -> bool:
        """Tell whether there is a row in the group `key`."""
        return key in self._ordinals

    def add(self, key: str, packed: Any) -> None:
        """Take in a row of the group `key`."""
        data = pickle.dumps(packed, pickle.HIGHEST_PROTOCOL)
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))
        self._group_of.append(self._ordinals.setdefault(key, len(self._ordinals)))

    def close(self, *, named: bool) -> None:
        """Put the rows in order: all were added. Only where they are `named` keys are still known.

        Rows that are of one group stand in the order of the list.
        """
        groups = self._group_of
        together = all(one <= other for one, other in pairwise(groups))
        rows = range(len(groups))
        self._order = rows if together else array("L", sorted(rows, key=groups.__getitem__))
        sizes = array("L", bytes(groups.itemsize * len(self._ordinals)))
        for group in groups:
            sizes[group] += 1
        self._first = array("L", accumulate(sizes, initial=0))
        if not named:
            self._ordinals.clear()

    def __iter__(self) -> Iterator[list[Any]]:
        """Yield the rows of each group."""
        return map(self._rows, range(len(self._first) - 1))

    def heads(self) -> Iterator[list[Any]]:
        """Yield the first row of each group, alone."""
        firsts = islice(self._first, len(self._first) - 1)
        return ([self._row(self._order[first])] for first in firsts)

    def of(self, key: str) -> tuple[int, list[Any]]:
        """Return which group `key` is, and its rows; -1 and none if there is no such group."""
        ordinal = self._ordinals.get(key, -1)
        return ordinal, self._rows(ordinal) if ordinal >= 0 else []

    def others(self, ordinals: set[int]) -> Iterator[list[Any]]:
        """Yield the rows of each group that is not among `ordinals`."""
        for ordinal in self._ordinals.values():
            if ordinal not in ordinals:
                yield self._rows(ordinal)

    def _rows(self, ordinal: int) -> list[Any]:
        first, end = self._first[ordinal], self._first[ordinal + 1]
        if isinstance(self._order, range):  # they stand together, and are read together
            data, begin = self._read(first, end), self._starts[first]
            starts = self._starts[first:end]
            return [pickle.loads(data[start - begin :]) for start in starts]  # noqa: S301 - ours
        return [self._row(at) for at in self._order[first:end]]

    def _row(self, at: int) -> Any:
        return pickle.loads(self._read(at, at + 1))  # noqa: S301 - ours

    def _read(self, first: int, end: int) -> bytes:
        """Return the packed rows from `first` to `end`, in the order in which they were added."""
        start = self._starts[first]
        self._file.seek(start)
        return self._file.read(self._starts[end] - start)
