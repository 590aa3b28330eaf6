"""Many things in a row, of each of which only a hash is kept: eight bytes in place of the thing.

So a list of 100.000 recipients can be asked who is in it twice. Two things may have the same hash:
what is found here is where to look, and who asks compares the things themselves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MASK = (1 << 64) - 1
_AT_ONCE = 10_000
"""So many are sorted as they are; of more a sixteenth at a time, since sorting takes memory."""


def hash_of(thing: Hashable) -> int:
    """Return the hash of `thing` as it is kept: from 0, less than 2 to the 64th."""
    return hash(thing) & _MASK


class Hashed:
    """The hashes of things, by their place in the row, from 0."""

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._sorted = array("I")  # the places, by hash

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, thing: Hashable) -> None:
        """Take in the next `thing`."""
        self._hashes.append(hash_of(thing))

    def may_be(self, at: int, thing: Hashable) -> bool:
        """Tell whether `thing` may stand at the place `at`; what is not there is certain."""
        return at < len(self._hashes) and self._hashes[at] == hash_of(thing)

    def find(self, thing: Hashable) -> Iterator[int]:
        """Yield the places where `thing` may stand, from the first."""
        self._sort()
        found, hashes = hash_of(thing), self._hashes
        at = bisect_left(self._sorted, found, key=hashes.__getitem__)
        while at < len(self._sorted) and hashes[self._sorted[at]] == found:
            yield self._sorted[at]
            at += 1

    def shared(self) -> bytearray:
        """Return by place whether the thing there may stand at another place too; none: empty."""
        self._sort()
        flags = bytearray()
        before = -1
        for place in self._sorted:
            if before >= 0 and self._hashes[before] == self._hashes[place]:
                flags = flags or bytearray(len(self._hashes))
                flags[before] = flags[place] = 1
            before = place
        return flags

    def _sort(self) -> None:
        if len(self._sorted) == len(self._hashes):
            return
        self._sorted = array("I")
        shift = 0 if len(self._hashes) <= _AT_ONCE else 60
        for part in range(16) if shift else (0,):
            places = (
                at for at, one in enumerate(self._hashes) if not shift or one >> shift == part
            )
            self._sorted.extend(sorted(places, key=self._hashes.__getitem__))
