"""The places of the Netherlands: where each is, in which gemeente, and its postcodes.

Post boxes have numbers of their own, which no house has: they lie between those of their place.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from lrtdocs.model.namen import fold_letters
from lrtdocs.shipped import read_rows

_OTHER_NAMES = {"denhaag": "sgravenhage", "denbosch": "shertogenbosch"}
_ADDED = re.compile(r" (?:\(.*|[A-Z]{2}|G[nl]d?|Ut)$")
"""What GeoNames adds to a name to tell two places apart: Haren Gn, Hengelo (Gld)."""
_SEATS = {
    f"PV{number}": frozenset({f"GM{seat:04}"})
    for number, seat in enumerate((14, 80, 106, 193, 995, 202, 344, 392, 518, 687, 796, 935), 20)
}
"""The gemeente in which each province has its house."""
_NEAR = 12
"""So far may a postcode lie from one of a gemeente that it is of."""
_FAR = 46
"""So many kilometres from a gemeente, and in another province, none has its post box."""
_BORDER = 15
"""So many kilometres lie between the middles of gemeenten beside each other, at most as a rule."""

Codes = frozenset[str]
NONE: Codes = frozenset()


class Places(NamedTuple):
    """The codes of the gemeenten of a place by its folded name, and of a postcode by its number.

    `sites` has of each gemeente its province, and where it lies in kilometres.
    """

    by_name: dict[str, Codes]
    by_number: dict[int, Codes]
    numbers: list[int]
    sites: dict[str, tuple[str, float, float]]

    def of_code(self, code: str) -> Codes:
        """Return the gemeente `code`, or that of the house of a province; none if it is neither."""
        return frozenset({code}) if code in self.sites else _SEATS.get(code, NONE)

    def of_place(self, text: str) -> Codes:
        """Return the gemeenten that have a place called `text`."""
        folded = fold_letters(text)
        return self.by_name.get(_OTHER_NAMES.get(folded, folded), NONE)

    def of_postcode(self, text: str) -> Codes:
        """Return the gemeenten in which the postcode `text` lies, or between which."""
        number = _number_of(text)
        if number in self.by_number or not number:
            return self.by_number.get(number, NONE)
        index = bisect_left(self.numbers, number)
        beside = self.numbers[max(index - 1, 0) : index + 1]
        return NONE.union(*(self.by_number[one] for one in beside))

    def near(self, text: str) -> Codes:
        """Return the gemeenten in which the postcode `text` may lie: more, if no house has it."""
        number = _number_of(text)
        if number in self.by_number:
            return self.by_number[number]
        start, end = (bisect_left(self.numbers, number + by) for by in (-_NEAR, _NEAR + 1))
        return NONE.union(*(self.by_number[one] for one in self.numbers[start:end]))

    def are_far(self, some: Codes, others: Codes) -> bool:
        """Tell whether none of `some` lies so near one of `others` that its post may go there."""
        return self._apart(some, others, _FAR, abroad=True)

    def are_apart(self, some: Codes, others: Codes, least: int = _BORDER) -> bool:
        """Tell whether none of `some` has a border with one of `others`, by their distance."""
        return self._apart(some, others, least)

    def _apart(self, some: Codes, others: Codes, least: int, *, abroad: bool = False) -> bool:
        sites = [(self.sites[one], self.sites[two]) for one in some for two in others]
        return bool(sites) and all(
            math.dist(one[1:], two[1:]) > least and not (abroad and one[0] == two[0])
            for one, two in sites
        )


def _number_of(text: str) -> int:
    """Return the number of the postcode `text`; 0 for the one that people write for any other."""
    return int(text[:4]) if text[:4].isdigit() and text[:4] != "1234" else 0


@cache
def load_places() -> Places:
    """Return the places that come with lrtdocs."""
    by_name: dict[str, set[str]] = {}
    by_number: dict[int, set[str]] = {}
    for code, name, ranges in read_rows("plaatsen.csv"):
        for each in {name, _ADDED.sub("", name)}:
            by_name.setdefault(fold_letters(each), set()).add(code)
        for span in ranges.split():
            first, _, last = span.partition("-")
            for number in range(int(first), int(last or first) + 1):
                by_number.setdefault(number, set()).add(code)
    return Places(
        {name: frozenset(codes) for name, codes in by_name.items()},
        {number: frozenset(codes) for number, codes in by_number.items()},
        sorted(by_number),
        {code: (land, float(x), float(y)) for code, land, x, y in read_rows("ligging.csv")},
    )
