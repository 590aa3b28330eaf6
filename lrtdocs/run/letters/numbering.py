"""Which number a recipient has: given once in a folder, kept from run to run, never given again.

The manifest knows by what a recipient was known: the code of a gemeente, the name, the address. Who
is the same in all of that is the same recipient, wherever the row stands now; who remains is
compared by less and less. Where that leaves it open who is who, nobody gets a number that may be
somebody else's: it is a new one, and that is told.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.hashed import Hashed
from lrtdocs.run.folder.manifest import Numbered, Numbers, Traits, digest_name, digest_trait

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.ontvanger import Ontvanger

_REST = ("organisatie", "afdeling", "ter_attentie_van", "email", "adres", "postcode", "plaats")


class Numbering(NamedTuple):
    """The numbers of the recipients of a list, row by row.

    `records` are what the manifest is to say otherwise than it did of who has which number;
    `problems` tell of who got another number.
    """

    rows: Sequence[int]
    records: Numbers
    problems: list[Problem]


def number_recipients(known: Numbers, recipients: Iterable[Ontvanger]) -> Numbering:
    """Return the numbers of `recipients`, of whom some are `known` by the manifest.

    In memory are only those who are not the same as they were.
    """
    records = Numbers()
    if not known:
        number = 0
        for number, row in enumerate(map(_describe, recipients), 1):
            records.add(Numbered(number, row.name, row.traits))
        return Numbering(range(1, number + 1), records, [])
    rows, left, same = array("I"), dict[int, _Row](), _Same(known)
    for row in map(_describe, recipients):
        before = same.take(row.traits)
        rows.append(before.nummer if before else 0)
        if before is None:
            left[len(rows) - 1] = row
            continue
        record = Numbered(before.nummer, row.name, row.traits, twijfel=before.twijfel)
        if not (record == before and known.says(record)):
            records.add(record)
    doubtful = _number_left(known, same, rows, left) if left else []
    for number in same.open_numbers():
        records.add(replace(known[number], weg=True))
    for at, row in left.items():
        doubt = at in doubtful or (rows[at] in known and known[rows[at]].twijfel)
        records.add(Numbered(rows[at], row.name, row.traits, twijfel=doubt))
    problems = [
        messages.problem("LRT747.open", left[at].place, name=left[at].name, number=rows[at])
        for at in doubtful
    ]
    known.close()
    return Numbering(rows, records, problems)


def _number_left(
    known: Numbers, same: _Same, rows: array[int], left: Mapping[int, _Row]
) -> list[int]:
    """Give a number to those `left` in `rows`; return of which it is not sure who they are."""
    matcher = _Matcher(known, same.taken, {at: row.traits for at, row in left.items()})
    matcher.match()
    fresh = count(max(known, default=0) + 1)
    for at in left:
        rows[at] = matcher.rows.get(at) or next(fresh)
        if at in matcher.rows:
            same.taken[rows[at]] = 1
    return sorted(matcher.open - matcher.rows.keys())


class _Row(NamedTuple):
    """A row of the list: who it is, where it stands, and by what they are known."""

    name: str
    place: Place
    traits: Traits


class _Same:
    """Finds who is the same in all as somebody of the last list that is `known`.

    `taken` has by number whether somebody in the list has it.
    """

    def __init__(self, known: Numbers) -> None:
        self._known, self._traits, self._numbers = known, Hashed(), array("I")
        for number, record in known.items():
            if not record.weg:
                self._traits.add(record.kenmerken)
                self._numbers.append(number)
        self.taken = bytearray(max(known, default=0) + 1)
        self._more: dict[Traits, Iterator[int]] = {}  # where the next is of more who are the same

    def take(self, traits: Traits) -> Numbered | None:
        """Return the first who has these `traits` and was not taken yet, if there is one."""
        places = self._more.get(traits) or self._traits.find(traits)
        for at in places:
            number = self._numbers[at]
            if self.taken[number] or (found := self._known[number]).kenmerken != traits:
                continue
            self.taken[number] = 1
            if (more := next(places, None)) is not None:
                self._more[traits] = chain((more,), places)
            return found
        return None

    def open_numbers(self) -> Iterable[int]:
        """Return the numbers of the last list that nobody has now."""
        return (number for number in self._numbers if not self.taken[number])


def _describe(ontvanger: Ontvanger) -> _Row:
    name = ontvanger.naam or ontvanger.organisatie or ""
    rest = "\n".join(getattr(ontvanger, part) or "" for part in _REST).strip()
    more: dict[str, str | None] = {**ontvanger.extra, "uw_referentie": ontvanger.uw_referentie}
    if ontvanger.groep:  # the rest is of its rows, which come and go
        more = {"groep": ontvanger.groep}
    cells = (
        f"{digest_trait(word, 2)}:{digest_trait(str(value), 3)}"
        for word, value in more.items()
        if value
    )
    traits = Traits(
        ontvanger.code or "", digest_name(name), digest_trait(rest.casefold()), " ".join(cells)
    )
    return _Row(ontvanger.code or name, ontvanger.plaats_in_bestand, traits)


class _Matcher:
    """Finds in `rows` which row of a list is which number that is `known`.

    They are of those who are not the same in all: `left` has these rows, and the numbers of the
    last list are those that are not `taken`. `open` are the rows of which it could not be said,
    since another number may be theirs.
    """

    def __init__(self, known: Numbers, taken: bytearray, left: dict[int, Traits]) -> None:
        self._left = left
        self.rows: dict[int, int] = {}
        self.open: set[int] = set()
        self._numbers: dict[int, Traits] = {}
        self._gone: dict[int, Traits] = {}
        self._doubted: set[int] = set()
        here: Counter[Hashable] = Counter()
        found: Counter[Hashable] = Counter()
        asked = {key for traits in left.values() for key in _keys_of(traits)}
        for traits in left.values():
            found.update(_keys_of(traits))
        for number, record in known.items():
            traits = record.kenmerken
            if record.weg:
                self._gone[number] = traits
                self._doubted.update({number} if record.twijfel else ())
                continue
            keys = [key for key in _keys_of(traits) if key in asked]
            here.update(keys)
            if taken[number]:
                found.update(keys)
            else:
                self._numbers[number] = traits
        self._once = {key for key, n in here.items() if n == found[key] == 1}
        self._single = {key for key, n in found.items() if n == 1}

    def match(self) -> None:
        """Match the list with the one of the last time, and then with those of before that.

        Who was in it before that and comes back as the same, is, unless that number was in doubt.
        """
        left, gone, doubted = self._numbers, self._gone, self._doubted
        sure = {n: traits for n, traits in gone.items() if n not in doubted}
        self._match_by(lambda t: t, sure, _IN_ORDER)
        self._match_by(lambda t: t[:3], left)
        self._match_by(lambda t: t[:2], left)
        self._match_by(lambda t: t.code and (t.code, t.rest), left)
        self._match_by(lambda t: t.code, left)
        self._match_by(lambda t: t.name, left)
        self._match_by(
            lambda t: _Rest(t.rest) in self._once and (t.code, *t[2:]), left
        )  # another name only
        maybe = _group(self._left, lambda t: _Rest(t.rest) in self._once and t.rest)
        self.open.update(row for traits in left.values() for row in maybe.get(traits.rest, ()))
        gone = {n: traits for n, traits in gone.items() if n in sure or n in doubted}
        self._match_by(lambda t: t, gone, _IN_ORDER)
        self._match_by(lambda t: t[:3] in self._single and t[:3], gone, _ALONE)
        self._match_by(lambda t: t.code in self._single and t.code, gone, _ALONE)

    def _match_by(
        self, key: Callable[[Traits], Hashable], left: dict[int, Traits], how: str = ""
    ) -> None:
        """Match those who share the `key`, where that leaves no doubt.

        There is none about those who are the same, taken `_IN_ORDER`, nor about one who is `_ALONE`
        on either side. Of more, another cell may tell; else there must be as many rows as numbers.
        """
        numbers, rows = _group(left, key), _group(self._left, key)
        for same in numbers.keys() & rows.keys():
            before, now = numbers[same], rows[same]
            pairs = list(zip(before, now, strict=False))
            if how != _IN_ORDER and not len(before) == len(now) == 1:
                if how == _ALONE:
                    continue
                pairs, sure = _pair_by_cell(
                    {n: left[n] for n in before}, {n: self._left[n] for n in now}
                )
                paired, taken = {number for number, _ in pairs}, {row for _, row in pairs}
                before = [number for number in before if number not in paired]
                now = [row for row in now if row not in taken]
                if len(before) == len(now) and sure:
                    pairs += zip(before, now, strict=True)
                elif before:
                    self.open.update(now)
            for number, row in pairs:
                self.rows[row] = number
                del left[number], self._left[row]


_IN_ORDER, _ALONE = "in order", "alone"


def _pair_by_cell(
    before: dict[int, Traits], now: dict[int, Traits]
) -> tuple[list[tuple[int, int]], bool]:
    """Return who is who by the columns that tell them apart, and whether all of those agree."""
    old, new = _columns_of(before), _columns_of(now)
    pairs = {
        (old[word][value], row)
        for word in old.keys() & new.keys()
        for value, row in new[word].items()
        if value in old[word]
    }
    numbers, rows = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    agreed = [pair for pair in sorted(pairs) if numbers[pair[0]] == rows[pair[1]] == 1]
    return agreed, len(agreed) == len(pairs)


def _columns_of(some: dict[int, Traits]) -> dict[str, dict[str, int]]:
    """Return by column, and by cell in it, who has it; only columns that tell all of them apart."""
    columns: dict[str, dict[str, int]] = defaultdict(dict)
    for number, traits in some.items():
        for cell in traits.more.split():
            word, _, value = cell.partition(":")
            columns[word][value] = number
    return {word: cells for word, cells in columns.items() if len(cells) == len(some)}


class _Rest(NamedTuple):
    """The address as a key, which is never one of a name or a code."""

    rest: str


def _keys_of(traits: Traits) -> list[Hashable]:
    """Return by what it counts how many there are: the address, the code, and all but the cells."""
    keys: list[Hashable] = [_Rest(traits.rest)] if traits.rest else []
    keys += [traits.code] if traits.code else []
    return [*keys, traits[:3]]


def _group(
    left: Mapping[int, Traits], key: Callable[[Traits], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, traits in left.items():
        if found := key(traits):
            groups[found].append(number)
    return groups
