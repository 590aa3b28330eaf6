"""Many things in a row, of each of which only a hash is kept: eight bytes in place of the thing.

So a list of 100.000 recipients can be asked who is in it twice. Two things may have the same hash:
what is found here is where to look, and who asks compares the things themselves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MASK = (1 << 64) - 1
_BLOCK = 13
"""A block has two to this power of hashes: one array that grows leaves holes in memory."""
_AT_ONCE = 10_000
"""So many are sorted as they are; of more a sixteenth at a time, since sorting takes memory."""


def hash_of(thing: Hashable) -> int:
    """Return the hash of `thing` as it is kept: from 0, less than 2 to the 64th."""
    return hash(thing) & _MASK


class Hashed:
    """The hashes of things, by their place in the row, from 0."""

    def __init__(self) -> None:
        self._blocks: list[array[int]] = []
        self._count = 0
        self._sorted = array("I")  # the places, by hash

    def __len__(self) -> int:
        return self._count

    def add(self, thing: Hashable) -> None:
        """Take in the next `thing`."""
        if not self._count & (1 << _BLOCK) - 1:
            self._blocks.append(array("Q"))
        self._blocks[-1].append(hash(thing) & _MASK)
        self._count += 1

    def _at(self, at: int) -> int:
        return self._blocks[at >> _BLOCK][at & (1 << _BLOCK) - 1]

    def may_be(self, at: int, thing: Hashable) -> bool:
        """Tell whether `thing` may stand at the place `at`; what is not there is certain."""
        return at < self._count and self._at(at) == hash_of(thing)

    def find(self, thing: Hashable) -> Iterator[int]:
        """Yield the places where `thing` may stand, from the first."""
        self._sort()
        found = hash_of(thing)
        at = bisect_left(self._sorted, found, key=self._at)
        while at < len(self._sorted) and self._at(self._sorted[at]) == found:
            yield self._sorted[at]
            at += 1

    def shared(self) -> bytearray:
        """Return by place whether the thing there may stand at another place too; none: empty."""
        self._sort()
        flags = bytearray()
        for before, place in pairwise(self._sorted):
            if self._at(before) == self._at(place):
                flags = flags or bytearray(self._count)
                flags[before] = flags[place] = 1
        return flags

    def _sort(self) -> None:
        if len(self._sorted) == self._count:
            return
        self._sorted = array("I")
        few = self._count <= _AT_ONCE
        for part in range(1 if few else 16):
            hashes = enumerate(chain.from_iterable(self._blocks))
            places = (at for at, one in hashes if few or one >> 60 == part)
            self._sorted.extend(sorted(places, key=self._at))
