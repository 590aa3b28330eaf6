"""Cells that stand with somebody else: a column that was shifted, sorted, or put in at another.

A post box may lie in another gemeente, and so may the place of many honest addresses. What gives a
shift away is that the row where such a cell belongs has no cell of its own either. From cell to
row, and on to the row of the cell there, goes a chain; what an honest list would need of chance for
all of it, against the cells in that list that lead elsewhere without one, says how sure it is.

A column in which most cells lead nowhere is not judged: it was made up, or is of something else.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lrtdocs.source.lists.places import Codes

_SURE, QUITE_SURE = 6.3, 12
"""So many times e to one an honest list does not look like this."""
_FAR, _FEW = 400, 20
"""So far away its own row is looked for; a few rows if there is more than one it may be."""
_BESIDE, _APART = 3, 2.2
_FEW_ASTRAY = 0.07
_ASTRAY = 0.45
_ASTRAY_EACH = 0.3
"""The share of cells that may lead elsewhere in a column that is judged; less if each moved apart.

Postcodes that were made up lead to half of the gemeenten at least.
"""
_MANY = 6


class Spot(NamedTuple):
    """A row: who it is of, and of whom its cell is: `near` leaves room, `exact` does not.

    An `odd` cell cannot be of this row, however much room that leaves; one that is `apart` hardly.
    """

    own: Codes
    exact: Codes
    near: Codes
    odd: bool
    apart: bool
    empty: bool

    def fits(self, other: Spot) -> bool:
        """Tell whether the cell of this row could be of the row `other`."""
        return bool(self.near & other.own)


class Moved(NamedTuple):
    """Cells that stand in other rows than their own, which `homes` has by the row they stand in.

    All those from row `first` to `last` stand `by` rows too low; None if each by another.
    """

    first: int
    last: int
    by: int | None
    homes: dict[int, int]
    score: float

    def is_with(self, other: Moved) -> bool:
        """Tell whether the cells of `other` moved with these."""
        same = len(self.homes.items() & other.homes.items())
        over = self.first <= other.last and other.first <= self.last
        least = min(len(self.homes), len(other.homes))
        return 2 * same >= least or (over and self.by == other.by and least > _MANY)

    def join(self, other: Moved) -> Moved:
        """Return this with the cells of `other`, which moved with it."""
        first, last = min(self.first, other.first), max(self.last, other.last)
        homes = {**other.homes, **self.homes}
        return Moved(first, last, self.by, homes, max(self.score, other.score))

    def is_of(self, spots: Mapping[int, Spot]) -> bool:
        """Tell whether the cells of `spots` moved so: more are of that row than of their own."""
        pairs = [(spots[row], spots[home]) for row, home in self.homes.items()]
        exact = sum(bool(one.exact & two.own) - bool(one.exact & one.own) for one, two in pairs)
        near = sum(one.fits(two) - one.fits(one) for one, two in pairs)
        return (exact or near) > 0


@dataclass(slots=True)
class _Column:
    spots: Sequence[Spot]
    rows: dict[str, list[int]] = field(default_factory=dict)
    wrong: dict[int, Spot] = field(default_factory=dict)
    right: set[int] = field(default_factory=set)
    homes: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row, spot in enumerate(self.spots):
            for code in spot.own:
                self.rows.setdefault(code, []).append(row)
        for row, spot in enumerate(self.spots):
            if spot.own & spot.near and not spot.odd:
                self.right.add(row)
            elif spot.near and (spot.own or spot.odd):
                self.wrong[row] = spot

    def _codes(self, spot: Spot) -> Codes:
        return spot.exact if any(code in self.rows for code in spot.exact) else spot.near

    def _owners(self, row: int) -> set[int]:
        """Return the other rows near by that the cell in `row` may belong to, if it is wrong."""
        homes: set[int] = set()
        for code in self._codes(self.wrong[row]) if row in self.wrong else ():
            rows = self.rows.get(code, [])
            far = _FAR if len(rows) == 1 else _FEW
            homes.update(rows[bisect_left(rows, row - far) : bisect_left(rows, row + far + 1)])
        return homes - {row}

    def _leads(self, row: int, home: int) -> bool:
        """Tell whether `home` is one of the rows that the cell in `row` may belong to."""
        if not (row in self.wrong and 0 <= home < len(self.spots) and home != row):
            return False
        return any(
            abs(row - home) <= (_FAR if len(self.rows[code]) == 1 else _FEW)
            for code in self._codes(self.wrong[row]) & self.spots[home].own
        )

    def moved(self) -> list[Moved]:
        """Return the cells that have moved; none if the column cannot be judged."""
        if not self.wrong:
            return []
        links: list[tuple[int, int]] = []
        runs: set[int] = set()
        for first, last, by in self._alike():
            inside = [row for row in range(first, last + 1) if 0 <= row - by < len(self.spots)]
            self.homes.update({row: row - by for row in inside})
            links += [(row, first) for row in (*inside, *(row - by for row in inside))]
            runs.add(first)
        for row, home in self._each():
            self.homes[row] = home
            links.append((row, home))
        found = [self._chain(rows, runs) for rows in _join_all(links)]
        many = [one for one in found if one.by is None and len(one.homes) > _MANY]
        if 2 * sum(len(one.homes) for one in many) < len(self.wrong):
            found = [one for one in found if one not in many]
        told = {row for one in found for row in one.homes}
        left = [self.spots[row].odd for row in self.wrong.keys() - told]
        return _merged(self._score(one, left) for one in found)

    def _alike(self) -> Iterator[tuple[int, int, int]]:
        """Yield the first and last of the rows that moved by the same number, and that number."""
        left = dict(self.wrong)
        votes = Counter(row - home for row in left for home in self._owners(row))
        for by, number in votes.most_common(12):
            if number < 2:
                return

            def weigh(row: int, by: int = by) -> int:
                if row in left:
                    return 1 if self._leads(row, row - by) else -1
                home = row - by
                fits = 0 <= home < len(self.spots) and self.spots[row].fits(self.spots[home])
                return 0 if fits or row not in self.right else -3

            for first, last in list(_stretches(weigh, sorted({*left, *self.right}))):
                rows = [row for row in left if first <= row <= last]
                sure = sum(self._leads(row, row - by) for row in rows)
                if sure > (last - first) / 4:
                    yield (*self._grown(first, last, abs(by), sure), by)
                    for row in rows:
                        del left[row]

    def _grown(self, first: int, last: int, by: int, sure: int) -> tuple[int, int]:
        """Return the first and last row with those beside them that must have moved too.

        That is up to an empty cell or the end, if it is near and none is right, and else to the
        last that cannot be right. What goes round comes from one end to the other.
        """
        round_ = {*range(first, first + by), *range(last - by + 1, last + 1)}
        free = round_ if sure > _MANY else self.wrong.keys()

        def grow(at: int, step: int) -> int:
            found, most = at, sure // 2
            while 0 <= at + step < len(self.spots) and not self.spots[at + step].empty:
                at, most = at + step, most - 1
                if at in self.right or self._owners(at) & free or most < 0:
                    return found
                found = at if self.spots[at].odd else found
            return at

        return grow(first, -1), grow(last, 1)

    def _each(self) -> Iterator[tuple[int, int]]:
        """Yield the other cells that belong in a row without its own, first those of a pair."""
        empty = {row for row, spot in enumerate(self.spots) if spot.empty and spot.own}
        free = (self.wrong.keys() | empty) - set(self.homes.values())
        left = [row for row in self.wrong if row not in self.homes]
        runs, ends = set(self.homes), set(self.homes.values())
        for pairs in (True, False):
            for row in left:
                homes = (self._owners(row) & free) if row not in self.homes else set()
                homes = homes if row in ends else homes - runs
                if pairs:
                    homes = {home for home in homes if self._leads(home, row)}
                if homes and not (pairs and (row not in free or self.homes.keys() & homes)):
                    home = min(homes, key=lambda home: (abs(home - row), home))
                    for one, two in [(row, home), (home, row)][: 1 + pairs]:
                        free.discard(two)
                        yield one, two

    def _chain(self, rows: set[int], runs: set[int]) -> Moved:
        """Return what moved within `rows`, in which others than single ones begin at `runs`."""
        homes = {row: self.homes[row] for row in sorted(rows) if row in self.homes}
        steps = Counter(row - home for row, home in homes.items())
        by, often = steps.most_common(1)[0]
        run = bool(rows & runs) and 2 * often > len(homes)
        inside = [row for row, home in homes.items() if row - home == by or not run]
        return Moved(min(inside), max(inside), by if run else None, homes, 0)

    def _score(self, one: Moved, left: Sequence[bool]) -> Moved:
        """Return `one` with how unlikely it is in an honest list in which those `left` are odd."""
        all_ = len(self.right) + len(self.wrong)
        if len(left) > all_ * (_ASTRAY_EACH if one.by is None else _ASTRAY):
            return one
        odd = sum(left)
        near = -math.log((len(left) - odd + 1) / (all_ + 20))
        apart = _APART if len(left) <= _FEW_ASTRAY * all_ else 0
        far = -math.log((odd + 0.01) / (all_ + 20))
        score = -math.log(all_)
        for row in one.homes.keys() | set(one.homes.values()):
            if self.spots[row].empty:
                score += 3
            elif row in self.wrong:
                score += far if self.spots[row].odd else near + apart * self.spots[row].apart
        for row, home in one.homes.items():
            score += 1.5 if abs(row - home) <= _BESIDE and row in self.wrong else 0
        ends = one.homes.keys() ^ set(one.homes.values())
        if len(ends) == 2:  # the cell at the end of the chain belongs where that begins
            end, start = sorted(ends, key=one.homes.__contains__)
            if end in self.wrong:
                one.homes[end] = start
        return one._replace(score=score + (0 if ends else 2))


def _join_all(links: Iterable[tuple[int, int]]) -> Iterable[set[int]]:
    """Return the rows of `links` in groups that hang together."""
    groups: dict[int, set[int]] = {}
    for link in links:
        small, large = sorted((groups.setdefault(row, {row}) for row in link), key=len)
        if small is not large:
            large |= small
            groups.update(dict.fromkeys(small, large))
    return {id(group): group for group in groups.values()}.values()


def _merged(chains: Iterable[Moved]) -> list[Moved]:
    """Return those that are sure; long ones over the same rows as one: these were sorted."""
    found: list[Moved] = []
    for one in sorted((one for one in chains if one.score >= _SURE), key=lambda one: one.first):
        last = found[-1] if found else None
        apart = last is None or one.first > last.last or {one.by, last.by} != {None}
        if last is None or apart or max(len(one.homes), len(last.homes)) <= _MANY:
            found.append(one)
        else:
            found[-1] = last.join(one)
    return found


def _stretches(weigh: Callable[[int], int], rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of `rows` of each stretch whose weights add up to two at least."""
    total = best = start = end = 0
    for row in rows:
        weight = weigh(row)
        start = start if total else row
        total += weight
        if weight > 0 and total >= best:
            best, end = total, row
        elif total <= max(0, best - _MANY):
            if best >= 2:
                yield start, end
            total = best = 0
    if best >= 2:
        yield start, end


def find_moved(spots: Sequence[Spot]) -> list[Moved]:
    """Return the cells of one column that belong to other rows than they stand in, from the top."""
    return _Column(spots).moved()
