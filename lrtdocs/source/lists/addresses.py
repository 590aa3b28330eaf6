"""Whether each address stands with its own recipient: seen over the whole list, told once.

What a list says of itself is enough: a place and a postcode are of a gemeente, and so often is an
e-mail address. A street or post box says nothing of that kind; only a column of them that is in
order, while its rows are in the order of something else, was sorted on its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.model.gemeente import CODE, alphabetical_key
from lrtdocs.source.lists.places import NONE, load_places
from lrtdocs.source.lists.shifts import LEAST, Moved, Spot, find_moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.gemeente import Register
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.source.lists.places import Codes, Places
    from lrtdocs.source.sheet import Table

MOST = 20_000
"""So many rows of a long list are looked at."""
_JUDGED = ("postcode", "plaats", "email")
_SORTED = 20
"""So many addresses in order, in rows in another order, were sorted on their own."""
_NUMBER = re.compile(r"\d+")
_OWN_BOX = 1000
"""A post box from this number on is hardly ever that of two."""


class _Seen(NamedTuple):
    place: Place
    who: str
    code: str
    adres: str
    postcode: str
    plaats: str
    email: str

    @property
    def row(self) -> int:
        return int(_NUMBER.findall(self.place.cell or str(self.place.line or 0))[-1])


class Addresses:
    """The addresses of a list as they go by, and what is wrong with where they stand."""

    def __init__(self, table: Table, register: Register | None) -> None:
        self.table, self.register = table, register
        self.seen: list[_Seen] = []

    def add(self, ontvanger: Ontvanger) -> None:
        """Take in the address of the next recipient, unless it is abroad."""
        if len(self.seen) >= MOST or ontvanger.is_abroad:
            return
        code = ontvanger.code or ""
        self.seen.append(
            _Seen(
                ontvanger.plaats_in_bestand,
                ontvanger.naam or ontvanger.organisatie or "",
                code if CODE.fullmatch(code) else "",
                ontvanger.adres or "",
                ontvanger.postcode or "",
                ontvanger.plaats or "",
                ontvanger.email or "",
            )
        )

    def problems(self) -> Iterator[Problem]:
        """Yield every stretch of cells that stand with somebody else, at the first of them."""
        if len(self.seen) <= LEAST:
            return
        places = load_places()
        told: set[int] = set()
        for moved, columns in self._moved(places):
            yield self._tell(moved, columns)
            told |= set(range(moved.first, moved.last + 1))
        yield from self._copied(places, told)
        yield from self._sorted(told)

    def _moved(self, places: Places) -> list[tuple[Moved, list[str]]]:
        """Return what has moved, those of several columns that moved together as one."""
        found: list[tuple[Moved, list[str]]] = []
        for column in _JUDGED:
            for moved in find_moved([self._spot(seen, column, places) for seen in self.seen]):
                for index, (other, columns) in enumerate(found):
                    if other.overlaps(moved):
                        found[index] = other.join(moved), [*columns, column]
                        break
                else:
                    found.append((moved, [column]))
        return found

    def _spot(self, seen: _Seen, column: str, places: Places) -> Spot:
        """Return whose the row is and whose its cell; a person's postcode is of the place there."""
        own = frozenset({seen.code}) if seen.code else NONE
        if column == "postcode":
            exact = places.of_postcode(seen.postcode)
            return Spot(
                own or places.of_place(seen.plaats), exact, exact | places.near(seen.postcode)
            )
        exact = places.of_place(seen.plaats) if column == "plaats" else self._of_email(seen.email)
        return Spot(own, exact, exact)

    def _of_email(self, email: str) -> Codes:
        """Return the gemeente that the domain of `email` is called after: info@gemeente-ede.nl."""
        name = email.rpartition("@")[2].rpartition(".")[0].removeprefix("gemeente")
        found = self.register.find_name(name) if name and self.register else None
        return frozenset({found.code}) if found else NONE

    def _tell(self, moved: Moved, columns: Sequence[str]) -> Problem:
        home = {home: row for row, home in moved.homes.items()}.get(moved.first)
        first = next(row for row in sorted(moved.homes) if row >= moved.first)
        here, other = self.seen[first], self.seen[moved.homes[first]]
        by = moved.by or 0
        headings = {heading.key: heading.text for heading in self.table.headings}
        key = "LRT664.verschoven" if by else "LRT664.volgorde"
        return messages.problem(
            "LRT664.verwisseld" if len(moved.homes) == 2 else key,  # a pair
            self.table.place_in(here.place, columns[0]),
            None,
            columns=dutch.join_words([f"'{headings[column]}'" for column in columns]),
            who=here.who,
            other=other.who,
            value=_text(here, columns),
            expected=_text(self.seen[home], columns)
            if home is not None
            else f"iets van {here.who}",
            first=here.row,
            last=self.seen[moved.last].row,
            by=abs(by),
            way="laag" if by > 0 else "hoog",
            back="hoger" if by > 0 else "lager",
        )

    def _copied(self, places: Places, told: set[int]) -> Iterator[Problem]:
        """Yield each recipient with the address of the one above or below, in another gemeente."""
        for index, (one, two) in enumerate(pairwise(self.seen)):
            apart = one.code and two.code and one.code != two.code and one.adres == two.adres
            if not apart or not one.adres or {index, index + 1} & told:
                continue
            where = places.of_place(two.plaats)
            number = int((_NUMBER.findall(one.adres) or ["0"])[-1])
            same = (one.postcode, one.plaats) == (two.postcode, two.plaats)
            if same and not {one.code, two.code} <= where:
                here, other = (two, one) if one.code in where else (one, two)
            elif one.postcode != two.postcode and number >= _OWN_BOX:
                here, other = two, one
            else:
                continue
            key = "LRT664.buren" if same else "LRT664.postbus"
            place = self.table.place_in(here.place, "adres")
            fields = {"who": here.who, "other": other.who, "value": one.adres, "row": other.row}
            yield messages.problem(key, place, None, **fields)

    def _sorted(self, told: set[int]) -> Iterator[Problem]:
        """Yield the first of the addresses that are in order while the recipients are so too."""
        ways: tuple[Callable[[_Seen], object], ...] = (_as_text, _as_number)
        for key in ways if not told else ():
            for start, end in _runs([key(seen) for seen in self.seen]):
                rows = self.seen[start:end]
                if len({seen.adres for seen in rows}) < _SORTED or _made_up(rows):
                    continue
                if any(len(_runs(order)) == 1 for order in _orders(rows)):
                    place = self.table.place_in(rows[0].place, "adres")
                    fields = {"first": rows[0].row, "last": rows[-1].row}
                    yield messages.problem("LRT664.gesorteerd", place, None, **fields)
                    return


def _text(seen: _Seen, columns: Sequence[str]) -> str:
    return " ".join(getattr(seen, column) for column in columns)


def _as_text(seen: _Seen) -> str:
    return seen.adres.casefold()


def _as_number(seen: _Seen) -> tuple[str, int]:
    number = _NUMBER.search(seen.adres)
    return _NUMBER.sub("", seen.adres).casefold(), int(number[0]) if number else 0


def _orders(rows: Sequence[_Seen]) -> tuple[list[str], list[str]]:
    """Return what the rows of a list are sorted by: their codes, or their names."""
    return [seen.code for seen in rows], [alphabetical_key(seen.who) for seen in rows]


def _runs(keys: Sequence[object]) -> list[tuple[int, int]]:
    """Return where each stretch of `keys` that go up begins and ends."""
    breaks = [i for i, (one, two) in enumerate(pairwise(keys), 1) if not one <= two]  # type: ignore[operator]
    return list(pairwise([0, *breaks, len(keys)]))


def _made_up(rows: Sequence[_Seen]) -> bool:
    """Tell whether the numbers go up by the same step each time, as those of an example do."""
    numbers = [_as_number(seen)[1] for seen in rows]
    return len({two - one for one, two in pairwise(numbers)}) <= LEAST
