"""Addresses that stand with somebody else: a column that was shifted, sorted, or put in at another.

A post box may lie in another gemeente, and so may the place of many honest addresses. What gives a
shift away is that those others have no address of their own either: where a cell is of another row
and that row has one of a third, the cells have moved. Rows that moved together all did so by the
same number of rows; in a column that was sorted each did by another.

A column in which most cells lead nowhere is not judged: it was made up, or is of something else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from lrtdocs.source.lists.places import Codes

LEAST = 3
"""So many rows must have moved alike before that is told; of a sorted column twice as many."""
_ONCE = 0.75
"""The share of cells in another order that have a row of their own to go to."""
_FAR, _FEW = 400, 20
"""So far away its own row is looked for; a few rows if there is more than one it may be."""
_ASTRAY = 0.45
_ASTRAY_EACH = 0.3
"""The share of cells that may lead elsewhere in a column that is judged; less if each moved apart.

Postcodes that were made up lead to half of the gemeenten at least.
"""


class Spot(NamedTuple):
    """A row: who it is of, and of whom its cell is: `near` leaves room, `exact` does not."""

    own: Codes
    exact: Codes
    near: Codes


class Moved(NamedTuple):
    """Cells from row `first` to `last` that stand `by` rows too low; None if each by another.

    `homes` are the rows that their cells belong to, as far as that is sure, by where they stand.
    """

    first: int
    last: int
    by: int | None
    homes: dict[int, int]

    def overlaps(self, other: Moved) -> bool:
        """Tell whether the cells of `other` moved with these."""
        return self.by == other.by and self.first <= other.last and other.first <= self.last

    def join(self, other: Moved) -> Moved:
        """Return this with the cells of `other`, which moved with it."""
        homes = {**other.homes, **self.homes}
        return Moved(min(self.first, other.first), max(self.last, other.last), self.by, homes)


@dataclass(slots=True)
class _Column:
    spots: Sequence[Spot]
    rows: dict[str, list[int]] = field(default_factory=dict)
    wrong: dict[int, frozenset[int]] = field(default_factory=dict)
    right: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for row, spot in enumerate(self.spots):
            for code in spot.own:
                self.rows.setdefault(code, []).append(row)
        for row, spot in enumerate(self.spots):
            if spot.own & spot.near:
                self.right.add(row)
            elif spot.own and spot.near:
                self.wrong[row] = self._owners(row, spot)

    def _owners(self, row: int, spot: Spot) -> frozenset[int]:
        """Return the other rows near by that the cell in `row` may belong to."""
        homes: set[int] = set()
        for code in spot.exact:
            rows = self.rows.get(code, [])
            far = _FAR if len(rows) == 1 else _FEW
            homes.update(rows[bisect_left(rows, row - far) : bisect_left(rows, row + far + 1)])
        return frozenset(homes)

    def moved(self) -> list[Moved]:
        """Return the cells that have moved; none if the column cannot be judged.

        The more of the others lead elsewhere, the more must have moved alike before it is told.
        """
        found = list(self._alike())
        found += self._each(found)
        found += self._swapped(found)
        all_ = len(self.right) + len(self.wrong)
        astray = 1 - (len(self.right) + sum(len(one.homes) for one in found)) / max(all_, 1)
        return [one for one in found if astray < _ASTRAY and self._is_sure(one, astray)]

    def _is_sure(self, one: Moved, astray: float) -> bool:
        if len(one.homes) == 2:
            return astray < (_ASTRAY / 4 if one.last - one.first <= LEAST else _ASTRAY / 12)
        if one.by is None and astray >= _ASTRAY_EACH:
            return False
        return len(one.homes) >= LEAST + int(20 * astray)

    def _alike(self) -> Iterator[Moved]:
        """Yield the stretches of rows that moved by the same number."""
        left = dict(self.wrong)
        votes = Counter(row - home for row, homes in left.items() for home in homes)
        for by, number in votes.most_common(12):
            if number < LEAST:
                return

            def weigh(row: int, by: int = by) -> int:
                if row in left:
                    return 1 if row - by in left[row] else -1
                return -1 if row in self.right and not self._fits(row, row - by) else 0

            for first, last in _stretches(weigh, sorted({*left, *self.right}), LEAST):
                rows = [row for row in left if first <= row <= last and row - by in left[row]]
                yield Moved(first, last, by, {row: row - by for row in rows})
                for row in rows:
                    del left[row]

    def _fits(self, row: int, home: int) -> bool:
        """Tell whether the cell in `row` could be of the row `home` as well."""
        return 0 <= home < len(self.spots) and bool(self.spots[row].near & self.spots[home].own)

    def _each(self, found: Collection[Moved]) -> Iterator[Moved]:
        """Yield the stretches of rows that all moved, each by a number of its own.

        Where things were only put in another order, hardly any two cells are of one row.
        """
        told = {row for one in found for row in one.homes}
        homes: dict[int, int] = {}
        free = self.wrong.keys() - {home for one in found for home in one.homes.values()}
        for row, owners in self.wrong.items():
            home = min(owners & free, default=None) if row not in told else None
            if home is not None:
                homes[row] = home
                free.remove(home)
        known = sorted({*self.wrong, *self.right} - told)
        for first, last in _stretches(lambda row: 1 if row in homes else -1, known, 2 * LEAST):
            inside = {row: home for row, home in homes.items() if first <= row <= last}
            if len(inside) >= _ONCE * sum(first <= row <= last for row in known):
                yield Moved(first, last, None, inside)

    def _swapped(self, found: Collection[Moved]) -> Iterator[Moved]:
        """Yield the pairs of rows that have each other's cell."""
        told = {row for one in found for row in range(one.first, one.last + 1)}
        for row, homes in self.wrong.items():
            for home in homes:
                if row < home and row in self.wrong.get(home, ()) and not {row, home} & told:
                    yield Moved(row, home, row - home, {row: home, home: row})


def _stretches(
    weigh: Callable[[int], int], rows: Iterable[int], least: int
) -> Iterator[tuple[int, int]]:
    """Yield the first and last of `rows` of each stretch whose weights add up to `least`."""
    total = best = start = end = 0
    for row in rows:
        weight = weigh(row)
        start = start if total else row
        total += weight
        if total > best:
            best, end = total, row
        elif total <= max(0, best - 2 * least):
            if best >= least:
                yield start, end
            total = best = 0
    if best >= least:
        yield start, end


def find_moved(spots: Sequence[Spot]) -> list[Moved]:
    """Return the cells of one column that belong to other rows than they stand in, from the top."""
    return sorted(_Column(spots).moved(), key=lambda one: one.first)
