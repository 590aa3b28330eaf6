"""Which number a recipient has: given once in a folder, kept from run to run, never given again.

The manifest knows by what a recipient was known: the code of a gemeente, the name, the address. Who
is the same in all of that is the same recipient, wherever the row stands now; who remains is
compared by less and less. Where that leaves it open who is who, nobody gets a number that may be
somebody else's: it is a new one, and that is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
    records = {
        number: Numbered(number, record.ontvanger, record.kenmerken, weg=True)
        for number, record in known.items()
    }
    for number, (name, _, traits) in zip(rows, found, strict=True):
        records[number] = Numbered(number, name, traits)
    problems = [
        messages.problem("LRT747.open", found[row][1], name=found[row][0], number=rows[row])
        for row in sorted(matcher.open - matcher.rows.keys())
    ]
    return Numbering(rows, dict(sorted(records.items())), problems)


def _describe(ontvanger: Ontvanger) -> tuple[str, Place, Traits]:
    name = ontvanger.naam or ontvanger.organisatie or ""
    rest = "\n".join(getattr(ontvanger, part) or "" for part in _REST).strip()
    traits = Traits(ontvanger.code or "", digest_name(name), digest_trait(rest.casefold()))
    return ontvanger.code or name, ontvanger.plaats_in_bestand, traits


class _Matcher:
    """Finds in `rows` which row of a list is which number that is `known`.

    `open` are the rows of which that could not be said, since more than one number may be theirs.
    """

    def __init__(self, known: Mapping[int, Numbered], found: list[Traits]) -> None:
        self._known, self._found = known, found
        self._left = dict(enumerate(found))
        self.rows: dict[int, int] = {}
        self.open: set[int] = set()
        before = Counter(record.kenmerken.rest for record in known.values() if not record.weg)
        self._once = {rest for rest, number in before.items() if number == 1}
        self._once &= {
            rest for rest, number in Counter(t.rest for t in found).items() if number == 1
        }

    def match(self) -> None:
        """Match who is in the list since the last run, and then who was in it before that."""
        exact: list[Callable[[Traits], Hashable]] = [lambda traits: traits]
        coded: list[Callable[[Traits], Hashable]] = [lambda traits: traits.code]
        weaker: list[Callable[[Traits], Hashable]] = [
            lambda traits: (traits.code, traits.name),
            lambda traits: traits.code and (traits.code, traits.rest),
            *coded,
            lambda traits: traits.name,
            lambda traits: traits.rest in self._once and traits.rest,  # who changed name only
        ]
        for gone, keys in ((False, exact + weaker), (True, exact + coded)):
            left = {n: each.kenmerken for n, each in self._known.items() if each.weg is gone}
            for key in keys:
                self._match_by(key, left, in_order=key in exact, told=not gone)

    def _match_by(
        self,
        key: Callable[[Traits], Hashable],
        left: dict[int, Traits],
        *,
        in_order: bool,
        told: bool,
    ) -> None:
        """Match those with the same `key`: as many rows as numbers, or the same ones `in_order`."""
        numbers, rows = _group(left, key), _group(self._left, key)
        for same in numbers.keys() & rows.keys():
            if not in_order and len(numbers[same]) != len(rows[same]):
                self.open.update(rows[same] if told else ())
                continue
            for number, row in zip(numbers[same], rows[same], strict=False):
                self.rows[row] = number
                del left[number], self._left[row]


def _group(
    left: Mapping[int, Traits], key: Callable[[Traits], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, traits in left.items():
        if found := key(traits):
            groups[found].append(number)
    return groups
