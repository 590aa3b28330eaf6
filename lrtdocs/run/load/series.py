"""Meetings in a row: what each says of the actions and decisions of the series, and what clashes.

An action or a decision is known by its number. A number is used for one thing, an action stays in
the list until it is done, and what is done does not open again.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from lrtdocs import dutch
from lrtdocs.model.numbering import find_numbers, goes_on_after
from lrtdocs.model.remarks import Remark, remark
from lrtdocs.model.vergadering import Actiepunt, Besluit, Status, walk_numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.model.vergadering import Loc, Vergadering

CLOSED = frozenset([Status.AFGEROND, Status.VERVALLEN])
_FEW = 5
"""So many actions are told with what they are; of more only the numbers."""
_ALIKE = 0.6
"""Two texts that share less of their letters than this are about different things."""
_LONG = 6
"""A decision of fewer words comes back: the minutes are adopted each time."""
_AGAIN = re.compile(r"\b(?:verslag|notulen|agenda|actielijst|besluitenlijst)\b", re.IGNORECASE)
_OF_ACTIONS = ("LRT286.acties", "LRT286.telt-acties")
_OF_DECISIONS = ("LRT286.besluiten", "LRT286.telt-besluiten")
Said = TypeVar("Said", bound=Actiepunt | Besluit)


class Entry(NamedTuple, Generic[Said]):
    """An action or a decision as one meeting has it, with its number.

    `of_item` is the number of its item, "" for an action that was open before.
    """

    number: str
    said: Said
    loc: Loc
    of_item: str = ""

    @property
    def text(self) -> str:
        """What is to be done, or what was decided, on one line."""
        said = self.said.wat if isinstance(self.said, Actiepunt) else self.said.tekst.source
        return " ".join(said.split())


def list_actions(vergadering: Vergadering) -> list[Entry[Actiepunt]]:
    """Return the actions of `vergadering`: those that were open before, then its own."""
    numbers = find_numbers(vergadering)
    before = zip(numbers.actielijst, vergadering.actielijst, strict=True)
    carried = [
        Entry(number, actie, ("actielijst", at)) for at, (number, actie) in enumerate(before)
    ]
    own, fresh = [], iter(numbers.actiepunten)
    for of_item, loc, punt in walk_numbered(vergadering):
        for at, actie in enumerate(punt.actiepunten):
            own.append(Entry(next(fresh), actie, (*loc, "actiepunten", at), of_item or "–"))
    return [*carried, *own]


def list_decisions(vergadering: Vergadering) -> list[Entry[Besluit]]:
    """Return the decisions of `vergadering`, in order."""
    entries, fresh = [], iter(find_numbers(vergadering).besluiten)
    for of_item, loc, punt in walk_numbered(vergadering):
        for at, besluit in enumerate(punt.besluiten):
            entries.append(Entry(next(fresh), besluit, (*loc, "besluiten", at), of_item or "–"))
    return entries


def is_same_thing(one: str, other: str) -> bool:
    """Tell whether two texts are about the same: the same words but for a few, or more of them."""
    first, second = _fold(one), _fold(other)
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


# --- what clashes


def compare_meetings(earlier: Vergadering, later: Vergadering, file: str) -> Iterator[Remark]:
    """Yield what `later` says that cannot be after `earlier`, which stands in `file`."""
    before = {entry.number: entry for entry in list_actions(earlier)}
    after = {entry.number: entry for entry in list_actions(later)}
    yield from _find_gone(before, after, later, file)
    last, decided = (find_numbers(earlier).laatste_actie, find_numbers(earlier).laatste_besluit)
    yield from _find_clashes(_OF_ACTIONS, before, after, last, file)
    for number in (number for number in before if number in after):
        yield from _find_reopened(before[number], after[number], file)
    taken = {entry.number: entry for entry in list_decisions(earlier)}
    fresh = {entry.number: entry for entry in list_decisions(later)}
    yield from _find_clashes(_OF_DECISIONS, taken, fresh, decided, file)
    yield from _find_repeated(taken, fresh, file)


def _find_gone(
    before: dict[str, Entry[Actiepunt]],
    after: dict[str, Entry[Actiepunt]],
    later: Vergadering,
    file: str,
) -> Iterator[Remark]:
    gone = [e for e in before.values() if e.said.status not in CLOSED and e.number not in after]
    if gone:
        few = len(gone) <= _FEW
        named = [f"{entry.number} ({entry.text})" if few else entry.number for entry in gone]
        names = dutch.join_words(named)
        loc = ("actielijst",) if later.actielijst else ("vorige",)
        yield remark("LRT285", loc, number=len(gone), names=names, file=file)


def _find_clashes(
    keys: tuple[str, str],
    before: dict[str, Entry[Said]],
    after: dict[str, Entry[Said]],
    last: str | None,
    file: str,
) -> Iterator[Remark]:
    """Yield each number that is another thing here, and once that counting began too low.

    `keys` are the messages of the two.
    """
    first = next((fresh for fresh in after.values() if fresh.said.nummer is None), None)
    if first and not goes_on_after(first.number, last):
        told = {"first": first.number, "last": last, "file": file}
        yield remark(keys[1], first.loc, **told)
    for number, entry in after.items():
        other = before.get(number)
        if other and entry.said.nummer and not is_same_thing(entry.text, other.text):
            told = {"number": number, "text": entry.text, "other": other.text, "file": file}
            yield remark(keys[0], (*entry.loc, "nummer"), **told)


def _find_reopened(
    before: Entry[Actiepunt], after: Entry[Actiepunt], file: str
) -> Iterator[Remark]:
    was, now = before.said.status, after.said.status
    if was in CLOSED and now not in CLOSED and is_same_thing(before.text, after.text):
        told = {"number": after.number, "was": was.value, "now": now.value, "file": file}
        yield remark("LRT287", (*after.loc, "status"), **told)


def _find_repeated(
    before: dict[str, Entry[Besluit]], after: dict[str, Entry[Besluit]], file: str
) -> Iterator[Remark]:
    known = {_fold(earlier.text): earlier for earlier in before.values()}
    for entry in after.values():
        other = known.get(_fold(entry.text))
        again = len(entry.text.split()) < _LONG or _AGAIN.search(entry.text)
        if other and (entry.said.nummer == other.number or not again):
            yield remark("LRT288", entry.loc, number=other.number, file=file)
