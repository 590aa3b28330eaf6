"""Which number a recipient has: given once in a folder, kept from run to run, never given again.

The manifest knows by what a recipient was known: the code of a gemeente, the name, the address. Who
is the same in all of that is the same recipient, wherever the row stands now; who remains is
compared by less and less. Where that leaves it open who is who, nobody gets a number that may be
somebody else's: it is a new one, and that is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.run.folder.manifest import Numbered, Traits, digest_name, digest_trait

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.ontvanger import Ontvanger

_REST = ("organisatie", "afdeling", "ter_attentie_van", "email", "adres", "postcode", "plaats")


class Numbering(NamedTuple):
    """The numbers of the recipients of a list, row by row.

    `records` are what the manifest is to say of them, and of those who are no longer in the list;
    `problems` tell of who got another number.
    """

    rows: list[int]
    records: dict[int, Numbered]
    problems: list[Problem]


def number_recipients(known: Mapping[int, Numbered], recipients: Iterable[Ontvanger]) -> Numbering:
    """Return the numbers of `recipients`, of whom some are `known` by the manifest."""
    found = [_describe(ontvanger) for ontvanger in recipients]
    matcher = _Matcher(known, [traits for _, _, traits in found])
    matcher.match()
    fresh = count(max(known, default=0) + 1)
    rows = [matcher.rows.get(row) or next(fresh) for row in range(len(found))]
    doubtful = matcher.open - matcher.rows.keys()
    records = {number: replace(record, weg=True) for number, record in known.items()}
    for row, (number, (name, _, traits)) in enumerate(zip(rows, found, strict=True)):
        doubt = row in doubtful or (number in known and known[number].twijfel)
        records[number] = Numbered(number, name, traits, twijfel=doubt)
    problems = [
        messages.problem("LRT747.open", found[row][1], name=found[row][0], number=rows[row])
        for row in sorted(doubtful)
    ]
    return Numbering(rows, dict(sorted(records.items())), problems)


def _describe(ontvanger: Ontvanger) -> tuple[str, Place, Traits]:
    name = ontvanger.naam or ontvanger.organisatie or ""
    rest = "\n".join(getattr(ontvanger, part) or "" for part in _REST).strip()
    more = {**ontvanger.extra, "uw_referentie": ontvanger.uw_referentie}
    cells = (
        f"{digest_trait(word, 2)}:{digest_trait(str(value), 3)}"
        for word, value in more.items()
        if value
    )
    traits = Traits(
        ontvanger.code or "", digest_name(name), digest_trait(rest.casefold()), " ".join(cells)
    )
    return ontvanger.code or name, ontvanger.plaats_in_bestand, traits


class _Matcher:
    """Finds in `rows` which row of a list is which number that is `known`.

    `open` are the rows of which that could not be said, since another number may be theirs.
    """

    def __init__(self, known: Mapping[int, Numbered], found: list[Traits]) -> None:
        self._known = known
        self._left = dict(enumerate(found))
        self.rows: dict[int, int] = {}
        self.open: set[int] = set()
        here = [record.kenmerken for record in known.values() if not record.weg]
        self._once = _once(t.rest for t in here) & _once(t.rest for t in found)
        self._single = _once(t.code for t in found) | _once(t[:3] for t in found)

    def match(self) -> None:
        """Match the list with the one of the last time, and then with those of before that.

        Who was in it before that and comes back as the same, is, unless that number was in doubt.
        """
        left = {n: each.kenmerken for n, each in self._known.items() if not each.weg}
        gone = {n: each.kenmerken for n, each in self._known.items() if each.weg}
        sure = {n: traits for n, traits in gone.items() if not self._known[n].twijfel}
        self._match_by(lambda t: t, left, _IN_ORDER)
        self._match_by(lambda t: t, sure, _IN_ORDER)
        self._match_by(lambda t: t[:3], left)
        self._match_by(lambda t: t[:2], left)
        self._match_by(lambda t: t.code and (t.code, t.rest), left)
        self._match_by(lambda t: t.code, left)
        self._match_by(lambda t: t.name, left)
        self._match_by(
            lambda t: t.rest in self._once and (t.code, *t[2:]), left
        )  # another name only
        maybe = _group(self._left, lambda t: t.rest in self._once and t.rest)
        self.open.update(row for traits in left.values() for row in maybe.get(traits.rest, ()))
        gone = {n: traits for n, traits in gone.items() if n in sure or self._known[n].twijfel}
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


def _once(traits: Iterable[Hashable]) -> set[Hashable]:
    return {trait for trait, number in Counter(traits).items() if trait and number == 1}


def _group(
    left: Mapping[int, Traits], key: Callable[[Traits], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, traits in left.items():
        if found := key(traits):
            groups[found].append(number)
    return groups
