"""Whether each address stands with its own recipient: seen over the whole list, told once.

What a list says of itself is enough: a place and a postcode are of a gemeente, and so often is an
e-mail address. A street or post box says nothing of that kind: whether it moved with the others
shows only where a row was left empty, and else it is asked. A column of them that is in order,
while its rows are in the order of something else, was sorted on its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import Severity
from lrtdocs.model.gemeente import alphabetical_key
from lrtdocs.model.namen import says_gemeente
from lrtdocs.model.ontvanger import ADDRESS_PARTS, parse_postcode
from lrtdocs.source.lists.places import NONE, load_places
from lrtdocs.source.lists.shifts import QUITE_SURE, Moved, Spot, find_moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.gemeente import Register
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.source.lists.places import Codes
    from lrtdocs.source.sheet import Table

MOST = 20_000
"""So many rows of a long list are looked at."""
_JUDGED = ("postcode", "plaats", "email")
_STREET = ("adres", *(part.name for part in ADDRESS_PARTS))
_SORTED = 20
"""So many addresses in order, in rows in another order, were sorted on their own."""
_LISTED = 6
"""So many cells are told one by one where each belongs."""
_FEW_ALONE, _SHARE_ALONE = 3, 10
"""So many addresses that are wrong by themselves are told, or one in so many; else their number."""
_NEIGHBOURS = 25
"""So many kilometres at most lie nearly all post boxes that are elsewhere."""
_NUMBER = re.compile(r"\d+")
_OWN_BOX = 1000
"""A post box from this number on is hardly ever that of two."""


class _Seen(NamedTuple):
    place: Place
    who: str
    own: Codes
    adres: str
    postcode: str
    plaats: str
    email: str
    at: tuple[Codes, Codes, Codes]  # the gemeenten of postcode, of what is near it, and of plaats

    @property
    def row(self) -> int:
        return int(_NUMBER.findall(self.place.cell or str(self.place.line or 0))[-1])

    @property
    def disagrees(self) -> bool:
        """Whether postcode and place are each of another part of the country."""
        postcode, near, plaats = self.at
        return bool(postcode and plaats) and not near & plaats

    @property
    def where(self) -> Codes:
        """The gemeenten of the address."""
        postcode, _, plaats = self.at
        return (postcode & plaats) or plaats or postcode


class Addresses:
    """The addresses of a list as they go by, and what is wrong with where they stand."""

    def __init__(self, table: Table, register: Register | None) -> None:
        self.table, self.register = table, register
        self.seen: list[_Seen] = []

    def add(self, ontvanger: Ontvanger) -> None:
        """Take in the address of the next recipient, unless it is abroad."""
        if len(self.seen) >= MOST or ontvanger.is_abroad:
            return
        places = load_places()
        naam, organisatie = ontvanger.naam or "", ontvanger.organisatie or ""
        own = places.of_code(ontvanger.code or "")
        of_others = bool(organisatie) and not own
        who = naam if not of_others else organisatie if says_gemeente(organisatie) else ""
        named = self.register.find_name(who) if self.register and who else None
        if named and named.code not in own:  # a code of another says nothing for sure
            own = NONE if own else places.of_code(named.code)
        postcode, plaats = ontvanger.postcode or "", ontvanger.plaats or ""
        self.seen.append(
            _Seen(
                ontvanger.plaats_in_bestand,
                who or naam or organisatie,
                own,
                ontvanger.adres or "",
                postcode,
                plaats,
                ontvanger.email or "",
                (places.of_postcode(postcode), places.near(postcode), places.of_place(plaats)),
            )
        )

    def problems(self, *, made_up: bool) -> Iterator[Problem]:
        """Yield every stretch of cells that stand with somebody else, at the first of them.

        What is wrong by itself is not told where the addresses are `made_up` and say so.
        """
        told: set[int] = set()
        found = self._moved()
        for moved, columns in found:
            yield self._tell(moved, columns)
            told |= {*range(moved.first, moved.last + 1), *moved.homes}
        in_order = None if told else self._sorted()
        if in_order is not None:
            yield in_order
        for problem, rows in self._copied(told) if in_order is None else ():
            yield problem
            told |= rows
        if not made_up and all(len(moved.homes) <= _LISTED for moved, _ in found):
            yield from self._alone(told)

    def _moved(self) -> list[tuple[Moved, list[str]]]:
        """Return what has moved, with the columns that did so together."""
        columns = [column for column in _JUDGED if self.table.has(column)]
        spots = {column: [self._spot(seen, column) for seen in self.seen] for column in columns}
        found: list[Moved] = []
        each = (moved for column in columns for moved in find_moved(spots[column]))
        for moved in sorted(each, key=lambda one: (len(one.homes), one.score), reverse=True):
            if not any(moved.is_with(other) for other in found):
                found.append(moved)
        return [
            (moved, [column for column in columns if moved.is_of(spots[column])])
            for moved in sorted(found, key=lambda one: one.first)
        ]

    def _spot(self, seen: _Seen, column: str) -> Spot:
        """Return whose the row is and whose its cell; a person's postcode is of the place there."""
        (postcode, near, plaats), places = seen.at, load_places()
        own, odd, exact = seen.own, False, NONE
        if column == "postcode":
            odd = bool(own & plaats) and seen.disagrees
            own, exact = own or plaats, postcode
        elif column == "plaats":
            odd = bool(own & (postcode | near)) and seen.disagrees
            exact = plaats
        else:
            exact = self._of_email(seen.email)
        near = postcode | near if column == "postcode" else exact
        odd = odd or places.are_far(own, near)
        apart = places.are_apart(own, near, _NEIGHBOURS)
        return Spot(own, exact, near, odd, apart, not getattr(seen, column))

    def _of_email(self, email: str) -> Codes:
        """Return the gemeente that the domain of `email` is called after: info@gemeente-ede.nl."""
        name = email.rpartition("@")[2].rpartition(".")[0].removeprefix("gemeente")
        found = self.register.find_name(name) if name and self.register else None
        return frozenset({found.code}) if found else NONE

    def _tell(self, moved: Moved, columns: Sequence[str]) -> Problem:
        pairs = sorted(moved.homes.items())
        first = next((row for row, _ in pairs if row >= moved.first), pairs[0][0])
        here, other = self.seen[first], self.seen[moved.homes[first]]
        homes = {home: row for row, home in pairs}
        right = self.seen[homes[first]] if first in homes else None
        street = self._street(moved, columns) if columns != ["email"] else False
        columns = [*_STREET, *columns] if street else columns
        headings = [h.text for h in self.table.headings if h.key in columns]
        by = moved.by or 0
        rest = [pair for pair in pairs if pair[0] - pair[1] != by]
        key = "LRT664.rijen"
        if len(pairs) > _LISTED:
            key = "LRT664.verschoven" if by else "LRT664.volgorde"
        lost = [self.seen[row] for row in sorted(moved.homes.keys() - homes.keys())]
        return messages.problem(
            key,
            self.table.place_in(here.place, columns[0]),
            None if moved.score > QUITE_SURE and len(pairs) > 2 else Severity.WARNING,
            columns=dutch.join_words([f"'{heading}'" for heading in headings]),
            who=here.who,
            other=other.who,
            value=_text(here, columns),
            expected=_text(right, columns) if right else f"iets van {here.who}",
            n=len(pairs),
            rows=dutch.join_words([str(self.seen[row].row) for row, _ in pairs]),
            moves=self._moves(pairs),
            first=self.seen[moved.first].row,
            last=self.seen[moved.last].row,
            by=abs(by),
            way="laag" if by > 0 else "hoog",
            back="hoger" if by > 0 else "lager",
            rest=f" Zet {self._moves(rest)}." if by and rest and len(rest) <= _LISTED else "",
            ask=self._ask(pairs) if street is None else "",
            lost=messages.text(
                "deel.adres_kwijt",
                n=len(lost),
                rows=dutch.join_words([str(seen.row) for seen in lost]),
                names=dutch.join_words([seen.who for seen in lost]),
            )
            if len(lost) in range(1, _LISTED)
            else "",
        )

    def _moves(self, pairs: Sequence[tuple[int, int]]) -> str:
        return dutch.join_words(
            [
                f"in rij {self.seen[home].row} wat nu in rij {self.seen[row].row} staat"
                for row, home in pairs
            ]
        )

    def _street(self, moved: Moved, columns: Sequence[str]) -> bool | None:
        """Tell whether the street or post box moved too; None if that does not show.

        It shows in a row that the others left empty, or whose cells stand below it once more.
        """
        if not self.table.has("adres"):
            return False
        for row, home in moved.homes.items():
            if home in moved.homes:
                continue
            left, next_ = self.seen[home], self.seen[row]
            if not any(getattr(left, column) for column in columns):
                return not left.adres
            if all(getattr(left, column) == getattr(next_, column) for column in columns):
                return left.adres == next_.adres
        return None

    def _ask(self, pairs: Sequence[tuple[int, int]]) -> str:
        """Return the question whether the street or post box moved as well, at one row."""
        for row, home in pairs:
            here, other = self.seen[row], self.seen[home]
            if here.adres and here.adres != other.adres:
                texts = [f"'{h.text}'" for h in self.table.headings if h.key in _STREET]
                return messages.text(
                    "deel.adres_ook",
                    row=here.row,
                    value=" ".join(here.adres.split()),
                    who=here.who,
                    other=other.who,
                    columns=dutch.join_words(texts),
                )
        return ""

    def _copied(self, told: set[int]) -> Iterator[tuple[Problem, set[int]]]:
        """Yield each recipient with the address of the one above or below, in another gemeente."""
        for index, (one, two) in enumerate(pairwise(self.seen)):
            both = {index, index + 1}
            if not one.own or not two.own or one.own & two.own or both & told:
                continue
            same = (one.postcode, one.plaats) == (two.postcode, two.plaats)
            number = _as_number(one)[1]
            if (
                same
                and _is_series(one, two)
                and bool(one.own & two.where) != bool(two.own & two.where)
            ):
                here, other = (two, one) if one.own & two.where else (one, two)
            elif one.adres == two.adres and one.postcode != two.postcode and number >= _OWN_BOX:
                here, other = two, one
            else:
                continue
            key = "LRT664.buren" if same else "LRT664.postbus"
            place = self.table.place_in(here.place, "adres")
            fields = {"who": here.who, "other": other.who, "value": here.adres, "row": other.row}
            yield messages.problem(key, place, None, **fields), both

    def _alone(self, told: set[int]) -> Iterator[Problem]:
        """Yield each address that is wrong by itself, in whatever row it belongs."""
        left = (seen for index, seen in enumerate(self.seen) if index not in told)
        rows = [seen for seen in left if not seen.postcode or parse_postcode(seen.postcode)]
        are_far, are_apart = load_places().are_far, load_places().are_apart
        disagree = [seen for seen in rows if seen.disagrees and are_apart(seen.at[0], seen.at[2])]
        far = [seen for seen in rows if not seen.disagrees and are_far(seen.own, seen.where)]
        for one, more, some in (
            ("LRT664.tegenspraak", "LRT664.tegenspraak_veel", disagree),
            ("LRT664.ver", "LRT664.ver_veel", far),
        ):
            many = len(some) > max(_FEW_ALONE, len(self.seen) / _SHARE_ALONE)
            for seen in some[: 1 if many else None]:
                yield messages.problem(
                    more if many else one,
                    self.table.place_in(seen.place, "postcode" if seen.postcode else "plaats"),
                    None,
                    who=seen.who,
                    postcode=seen.postcode,
                    plaats=seen.plaats,
                    value=_text(seen, ("postcode", "plaats")),
                    n=len(some),
                )
            if many:
                return

    def _sorted(self) -> Problem | None:
        """Return where the addresses are in order while the recipients are so too, if they are."""
        ways: list[Callable[[_Seen], object]] = [lambda seen: seen.adres.casefold(), _as_number]
        for key in ways:
            for start, end in _runs([key(seen) for seen in self.seen]):
                rows = self.seen[start:end]
                if len({seen.adres for seen in rows}) < _SORTED or _made_up(rows):
                    continue
                codes = [sorted(seen.own) for seen in rows]
                names = [alphabetical_key(seen.who) for seen in rows]
                if 1 in {len(_runs(codes)), len(_runs(names))}:  # what rows are sorted by
                    place = self.table.place_in(rows[0].place, "adres")
                    fields = {"first": rows[0].row, "last": rows[-1].row}
                    return messages.problem("LRT664.gesorteerd", place, None, **fields)
        return None


def _text(seen: _Seen, columns: Sequence[str]) -> str:
    texts = (getattr(seen, column, "") for column in columns)
    return " ".join(" ".join(texts).split())


def _is_series(one: _Seen, two: _Seen) -> bool:
    """Tell whether the addresses are the same, or Excel counted on: Postbus 12, Postbus 13."""
    (words, number), (others, next_) = _as_number(one), _as_number(two)
    return bool(words) and words == others and next_ - number in (0, 1)


def _as_number(seen: _Seen) -> tuple[str, int]:
    number = _NUMBER.search(seen.adres)
    return _NUMBER.sub("", seen.adres).casefold(), int(number[0]) if number else 0


def _runs(keys: Sequence[object]) -> list[tuple[int, int]]:
    """Return where each stretch of `keys` that go up begins and ends."""
    breaks = [i for i, (one, two) in enumerate(pairwise(keys), 1) if not one <= two]  # type: ignore[operator]
    return list(pairwise([0, *breaks, len(keys)]))


def _made_up(rows: Sequence[_Seen]) -> bool:
    """Tell whether the numbers go up by the same step each time, as those of an example do."""
    numbers = [_as_number(seen)[1] for seen in rows]
    return len({two - one for one, two in pairwise(numbers)}) <= 3
