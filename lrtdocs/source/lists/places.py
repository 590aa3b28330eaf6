"""The places of the Netherlands: in which gemeente each is, and the numbers of its postcodes.

Post boxes have numbers of their own, which no house has: they lie between those of their place.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lrtdocs.model.namen import fold_letters

_PLACES = Path(__file__).resolve().parents[2] / "data" / "plaatsen.csv"
_OTHER_NAMES = {"denhaag": "sgravenhage", "denbosch": "shertogenbosch"}
_NEAR = 12
"""So far may a postcode lie from one of a gemeente that it is of."""

Codes = frozenset[str]
NONE: Codes = frozenset()


class Places(NamedTuple):
    """The codes of the gemeenten of a place by its folded name, and of a postcode by its number."""

    by_name: dict[str, Codes]
    by_number: dict[int, Codes]
    numbers: list[int]

    def of_place(self, text: str) -> Codes:
        """Return the gemeenten that have a place called `text`."""
        folded = fold_letters(text)
        return self.by_name.get(_OTHER_NAMES.get(folded, folded), NONE)

    def of_postcode(self, text: str) -> Codes:
        """Return the gemeenten in which the postcode `text` lies, or between which."""
        number = int(text[:4]) if text[:4].isdigit() else 0
        if number in self.by_number or not number:
            return self.by_number.get(number, NONE)
        index = bisect_left(self.numbers, number)
        beside = self.numbers[max(index - 1, 0) : index + 1]
        return NONE.union(*(self.by_number[one] for one in beside))

    def near(self, text: str) -> Codes:
        """Return the gemeenten in which the postcode `text` may lie."""
        number = int(text[:4]) if text[:4].isdigit() else 0
        start, end = (bisect_left(self.numbers, number + by) for by in (-_NEAR, _NEAR + 1))
        return NONE.union(*(self.by_number[one] for one in self.numbers[start:end]))


@cache
def load_places() -> Places:
    """Return the places that come with lrtdocs."""
    by_name: dict[str, set[str]] = {}
    by_number: dict[int, set[str]] = {}
    for line in _PLACES.read_text(encoding="utf-8").splitlines()[1:]:
        code, name, ranges = line.split(";")
        for each in {name, name.partition(" (")[0]}:
            by_name.setdefault(fold_letters(each), set()).add(code)
        for span in ranges.split():
            first, _, last = span.partition("-")
            for number in range(int(first), int(last or first) + 1):
                by_number.setdefault(number, set()).add(code)
    return Places(
        {name: frozenset(codes) for name, codes in by_name.items()},
        {number: frozenset(codes) for number, codes in by_number.items()},
        sorted(by_number),
    )
