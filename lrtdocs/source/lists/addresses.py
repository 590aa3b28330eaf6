"""Whether each address stands with its own recipient: seen over the whole list, told once.

What a list says of itself is enough: a place and a postcode are of a gemeente, and so often is an
e-mail address. A street or post box says nothing of that kind: whether it moved with the others
shows only where a row was left empty, and else it is asked. A column of them that is in order,
while its rows are in the order of something else, was sorted on its own.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Severity
from lrtdocs.model.gemeente import alphabetical_key
from lrtdocs.model.namen import says_gemeente
from lrtdocs.model.ontvanger import ADDRESS_PARTS, parse_postcode
from lrtdocs.source.lists.places import NONE, load_places
from lrtdocs.source.lists.shifts import QUITE_SURE, Moved, Spot, find_moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lrtdocs.errors import Problem
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
_STEPS = 3
_BETWEEN = "\0"
"""What stands in no cell."""
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


class _Rows(Sequence[_Seen]):
    """The rows that were seen, which take a tenth of the memory so; each is made when asked for."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._texts = bytearray()
        self._ends = array("I", [0])
        self._numbers: dict[Codes, int] = {}  # of what they may be of: few are different
        self._codes: list[Codes] = []
        self._of = array("I")  # four for each row

    def add(self, seen: _Seen) -> None:
        """Add one more row."""
        place = seen.place
        where = (place.cell or "", str(place.line or ""), str(place.column or ""))
        texts = (*where, seen.who, seen.adres, seen.postcode, seen.plaats, seen.email)
        self._texts += _BETWEEN.join(texts).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._texts))
        for codes in (seen.own, *seen.at):
            number = self._numbers.setdefault(codes, len(self._codes))
            if number == len(self._codes):
                self._codes.append(codes)
            self._of.append(number)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> _Seen: ...
    @overload
    def __getitem__(self, at: slice) -> list[_Seen]: ...
    def __getitem__(self, at: int | slice) -> _Seen | list[_Seen]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at >= len(self):
            raise IndexError(at)
        texts = self._texts[self._ends[at] : self._ends[at + 1]]
        cell, line, column, who, adres, postcode, plaats, email = texts.decode(
            "utf-8", "surrogatepass"
        ).split(_BETWEEN)
        place = Place(
            self._file,
            int(line) if line else None,
            int(column) if column else None,
            cell=cell or None,
        )
        own, first, second, third = map(self._codes.__getitem__, self._of[4 * at : 4 * at + 4])
        return _Seen(place, who, own, adres, postcode, plaats, email, (first, second, third))


class Addresses:
    """The addresses of a list as they go by, and what is wrong with where they stand."""

    def __init__(self, table: Table, register: Register | None) -> None:
        self.table, self.register = table, register
        self.seen = _Rows(str(table.path))

    def add(self, ontvanger: Ontvanger) -> None:
        """Take in the address of the next recipient, unless it is abroad."""
        if len(self.seen) >= MOST or ontvanger.is_abroad:
            return
        places = load_places()
        naam, organisatie = ontvanger.naam or "", ontvanger.organisatie or ""
        own = places.of_code(ontvanger.code or "")
        of_others = bool(organisatie) and not own
        naam = "" if ontvanger.persoon and not own else naam  # nobody is a gemeente by his name
        who = naam if not of_others else organisatie if says_gemeente(organisatie) else ""
        named = self.register.find_name(who) if self.register and who else None
        if named and named.code not in own:  # a code of another says nothing for sure
            own = NONE if own else places.of_code(named.code)
        postcode, plaats = ontvanger.postcode or "", ontvanger.plaats or ""
        self.seen.add(
            _Seen(
                ontvanger.plaats_in_bestand,
                who or ontvanger.naam or organisatie,
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
        found: list[Moved] = []
        each = (moved for column in columns for moved in find_moved(self._spots(column)))
        for moved in sorted(each, key=lambda one: (len(one.homes), one.score), reverse=True):
            if not any(moved.is_with(other) for other in found):
                found.append(moved)
        return [
            (moved, [column for column in columns if moved.is_of(self._spots_of(moved, column))])
            for moved in sorted(found, key=lambda one: one.first)
        ]

    def _spots(self, column: str) -> list[Spot]:
        """Return the spots of a column; those that are equal are one."""
        known: dict[Spot, Spot] = {}
        spots = (self._spot(seen, column) for seen in self.seen)
        return [known.setdefault(spot, spot) for spot in spots]

    def _spots_of(self, moved: Moved, column: str) -> dict[int, Spot]:
        rows = {*moved.homes, *moved.homes.values()}
        return {row: self._spot(self.seen[row], column) for row in rows}

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
        are_far, are_apart = load_places().are_far, load_places().are_apart
        most = max(_FEW_ALONE, len(self.seen) // _SHARE_ALONE)
        disagree, far = _Some(most), _Some(most)
        for index, seen in enumerate(self.seen):
            if index in told or (seen.postcode and not parse_postcode(seen.postcode)):
                continue
            if seen.disagrees:
                disagree.add(seen, are_apart(seen.at[0], seen.at[2]))
            else:
                far.add(seen, are_far(seen.own, seen.where))
        for one, more, some in (
            ("LRT664.tegenspraak", "LRT664.tegenspraak_veel", disagree),
            ("LRT664.ver", "LRT664.ver_veel", far),
        ):
            many = some.count > most
            for seen in some.first[: 1 if many else None]:
                yield messages.problem(
                    more if many else one,
                    self.table.place_in(seen.place, "postcode" if seen.postcode else "plaats"),
                    None,
                    who=seen.who,
                    postcode=seen.postcode,
                    plaats=seen.plaats,
                    value=_text(seen, ("postcode", "plaats")),
                    n=some.count,
                )
            if many:
                return

    def _sorted(self) -> Problem | None:
        """Return where the addresses are in order while the recipients are so too, if they are."""
        ways: list[Callable[[_Seen], object]] = [lambda seen: seen.adres.casefold(), _as_number]
        for key in ways:
            for start, end in _runs(map(key, self.seen)):
                rows = range(start, end)
                if end - start < _SORTED or not self._differ(rows) or self._made_up(rows):
                    continue
                if _in_order(sorted(self.seen[row].own) for row in rows) or _in_order(
                    alphabetical_key(self.seen[row].who) for row in rows
                ):  # what rows are sorted by
                    first, last = self.seen[start], self.seen[end - 1]
                    place = self.table.place_in(first.place, "adres")
                    fields = {"first": first.row, "last": last.row}
                    return messages.problem("LRT664.gesorteerd", place, None, **fields)
        return None

    def _differ(self, rows: range) -> bool:
        """Tell whether there are enough different addresses in `rows`."""
        found: set[str] = set()
        for row in rows:
            found.add(self.seen[row].adres)
            if len(found) >= _SORTED:
                return True
        return False

    def _made_up(self, rows: range) -> bool:
        """Tell whether the numbers go up by the same step each time, as those of an example do."""
        steps: set[int] = set()
        numbers = (_as_number(self.seen[row])[1] for row in rows)
        for one, two in pairwise(numbers):
            steps.add(two - one)
            if len(steps) > _STEPS:
                return False
        return True


class _Some:
    """The first of some rows, at most `most` and one, and how many there are."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.first: list[_Seen] = []
        self.count = 0

    def add(self, seen: _Seen, wrong: bool) -> None:
        """Take in a row, if something is `wrong` with it."""
        self.count += wrong
        if wrong and len(self.first) <= self._most:
            self.first.append(seen)


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


def _runs(keys: Iterable[object]) -> Iterator[tuple[int, int]]:
    """Yield where each stretch of `keys` that go up begins and ends."""
    start, end = 0, -1
    before: Any = None
    for end, key in enumerate(keys):
        if end > start and not before <= key:
            yield start, end
            start = end
        before = key
    yield start, end + 1


def _in_order(keys: Iterable[Any]) -> bool:
    return all(one <= two for one, two in pairwise(keys))
