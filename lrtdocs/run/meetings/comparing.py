"""What two versions of a meeting differ in, one sentence each.

The models are compared, and not the files: another order of keys or a comment is no difference, nor
is a line that was broken elsewhere. An item is known by its title, wherever it stands; one with
almost the title of an item that is gone is that item. So an item that was put in between makes one
difference, and not one of every item after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from lrtdocs import dutch
from lrtdocs.errors import shorten
from lrtdocs.messages import text
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.vergadering import VolgendeVergadering, walk_numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence

    from lrtdocs.model.vergadering import Loc, Subpunt, Vergadering


class Change(StrEnum):
    """What became of something."""

    NEW = "nieuw"
    GONE = "weg"
    MOVED = "verplaatst"
    OTHER = "anders"


class Difference(NamedTuple):
    """One thing that differs: the path of the word (`agendapunten[].tijd`), and it in a sentence.

    `before` and `now` are what it was and is, as text. `item` is where the item stands now that it
    is about, `was` where it stood; None if it is about none, or that is not there.
    """

    word: str
    change: Change
    sentence: str
    before: str = ""
    now: str = ""
    item: Loc | None = None
    was: Loc | None = None


class _Owner(NamedTuple):
    """What a field belongs to: its path as a word, what it is called, and of which item it is."""

    path: str
    called: str
    item: Loc | None = None
    was: Loc | None = None

    def differ(
        self, name: str, change: Change, sentence: str, before: str = "", now: str = ""
    ) -> Difference:
        """Return a difference in the field `name`."""
        return Difference(self.path + name, change, sentence, before, now, self.item, self.was)


_MEETING = _Owner("", "de vergadering")
_CALLED = {
    "omschrijving": "De omschrijving",
    "overleg": "De naam",
    "datum": "De datum",
    "tijd": "De tijd",
    "plaats": "De plaats",
    "dagtekening": "De dagtekening",
    "dagtekening_verslag": "De dagtekening van het verslag",
    "versie": "De versie",
    "versie_verslag": "De versie van het verslag",
    "onze_referentie": "De referentie",
    "afzender": "De afzender",
    "rubricering": "De rubricering",
    "notulist": "De notulist",
    "vastgesteld": "De datum van vaststelling",
    "vorige": "De vorige vergadering",
    "volgende_vergadering": "De volgende vergadering",
    "titel": "De titel",
    "nummer": "Het nummer",
    "duur": "De duur",
    "inbrenger": "De inbrenger",
    "gasten": "De gasten",
    "doel": "Het doel",
    "toelichting": "De toelichting",
    "verslag": "Het verslag",
    "link": "De link",
    "bestand": "Het bestand",
    "nazending": "De nazending",
    "wat": "De omschrijving",
    "wie": "De uitvoerder",
    "gereed": "De datum van gereed",
    "status": "De status",
    "tekst": "De tekst",
    "uitslag": "De uitslag",
    "naam": "De naam",
    "telefoon": "Het telefoonnummer",
    "email": "Het e-mailadres",
}
"""How a sentence on a field begins; one that is not here is called by its key."""
_NOUNS = {
    "bijlagen": "bijlage",
    "besluiten": "besluit",
    "actiepunten": "actie",
    "actielijst": "actie",
    "contactpersoon": "contactpersoon",
    "stemming": "stemming",
}
_MAIN = ("titel", "wat", "tekst", "naam")
"""Fields that say what a part of a list is, where it has no number."""
_QUOTED = 90
_ALIKE = 0.6
_MOST_PAIRS = 40_000
"""So many pairs of titles may be held against each other."""


def compare_models(old: BaseModel, new: BaseModel, called: str) -> list[Difference]:
    """Return what `new` has otherwise than `old`, both of one model and `called` so."""
    return list(_compare_fields(old, new, _Owner("", called)))


def compare_meetings(old: Vergadering, new: Vergadering) -> list[Difference]:
    """Return what `new` has otherwise than `old`: of the meeting itself, and then by its items."""
    return [
        *_compare_fields(old, new, _MEETING, {"agendapunten"}),
        *_compare_items(old, new),
    ]


def compare_versions(old: Vergadering, new: Vergadering) -> list[Difference]:
    """Return what `new` has otherwise than `old`, the same meeting as it was read before.

    Where that names the file of the next meeting, it is the same one.
    """
    following = old.volgende_vergadering
    if following is not None and not isinstance(following, VolgendeVergadering):
        old = old.model_copy(update={"volgende_vergadering": new.volgende_vergadering})
    return compare_meetings(old, new)


def compare_pictures(
    new: Vergadering, changed: Collection[str], pictures_in: Callable[[object], set[str]]
) -> list[Difference]:
    """Return in which texts of `new` stand pictures that `changed` under the same name.

    `pictures_in` returns the names of those in a part of it.
    """
    owners: list[tuple[BaseModel, _Owner, set[str]]] = [(new, _MEETING, {"agendapunten"})]
    owners += [
        (item.punt, _Owner(item.path, item.called, item.loc, item.loc), {"subpunten"})
        for item in list_items(new)
    ]
    return [
        owner.differ(
            name,
            Change.OTHER,
            _capital(text("deel.verschil_beeld", name=picture, owner=owner.called)),
        )
        for model, owner, apart in owners
        for name in type(model).model_fields
        if changed and name not in apart
        for picture in sorted(pictures_in(getattr(model, name)).intersection(changed))
    ]


# --- what of it counts

_GATHERED = {"besluiten": ("besluiten",), "actiepunten": ("actiepunten", "acties")}
"""Words at the top that are made of those of the items."""


def is_used(word: str, used: Collection[str]) -> bool:
    """Tell whether a template that prints the words `used` prints something of `word`."""
    ways = {word.rstrip(".")}
    if word.startswith(_CONTACT):  # the first of them is a word, and so are all
        rest = word.removeprefix(_CONTACT)
        ways = {f"{_CONTACT}{rest.removeprefix('[]')}", f"contactpersonen{rest}"}
    return any(_is_used(way, used) for way in ways)


_CONTACT = "contactpersoon"


def _is_used(word: str, used: Collection[str]) -> bool:
    last = word.rpartition("].")[2]
    above = {word[: found.start()] for found in _STEP.finditer(word)}
    # a person or a vote as it is printed; of a decision `tekst` is one of its parts
    whole = {f"{each}.tekst" for each in above if not each.endswith("besluiten[]")}
    words = {
        word,
        word.removesuffix(".tekst"),
        *(_GATHERED.get(last, ()) if last != word else ()),
        *whole,
    }
    if any(other in words or other.startswith((f"{word}.", f"{word}[")) for other in used):
        return True
    return any(each in used and not _has_parts(each, used) for each in above)


_STEP = re.compile(r"\.|\[\]")


def _has_parts(word: str, used: Collection[str]) -> bool:
    """Tell whether parts of `word` are used, and so it is not printed as a whole."""
    return any(other.startswith((f"{word}.", f"{word}[")) for other in used)


# --- items


class Item(NamedTuple):
    """An item of a meeting, where it stands, its number, and the title of what it is under."""

    loc: Loc
    punt: Subpunt
    number: str
    under: str = ""

    @property
    def called(self) -> str:
        """What the item is called in a sentence."""
        return f"punt {self.number}" if self.number else f"het punt '{self.punt.titel}'"

    @property
    def named(self) -> str:
        """The item with its title."""
        said = f"punt {self.number}" if self.number else "het punt"
        return f"{said} '{self.punt.titel}'"

    @property
    def path(self) -> str:
        """The path of the item as a word."""
        return "agendapunten[].subpunten[]." if len(self.loc) > 2 else "agendapunten[]."


def list_items(vergadering: Vergadering) -> list[Item]:
    """Return the items and sub-items of a meeting, in order."""
    items, under = list[Item](), ""
    for number, loc, punt in walk_numbered(vergadering):
        below = len(loc) > 2
        under = under if below else punt.titel
        items.append(Item(loc, punt, number, under if below else ""))
    return items


class Pairing(NamedTuple):
    """The items of two versions: which are the same one, and which are in only one of them."""

    same: Sequence[tuple[Item, Item]]
    new: Sequence[Item]
    gone: Sequence[Item]


def pair_items(old: Sequence[Item], new: Sequence[Item]) -> Pairing:
    """Return which items of `new` are which of `old`: by their titles, or by almost those."""
    pairs: dict[int, int] = {}
    keys: tuple[Callable[[Item], Hashable], ...] = (
        lambda item: (_fold(item.under), _fold(item.punt.titel)),
        lambda item: _fold(item.punt.titel),
    )
    for key in keys:
        _pair_equal(old, new, pairs, key)
    _pair_alike(old, new, pairs, lambda item: item.punt.titel)
    paired = set(pairs.values())
    return Pairing(
        [(old[before], new[now]) for now, before in sorted(pairs.items())],
        [item for at, item in enumerate(new) if at not in pairs],
        [item for at, item in enumerate(old) if at not in paired],
    )


def _pair_equal(
    old: Sequence[Any], new: Sequence[Any], pairs: dict[int, int], key: Callable[[Any], Hashable]
) -> None:
    """Add to `pairs` what is still alone and has the same `key`, in order."""
    paired, waiting = set(pairs.values()), defaultdict[Any, deque[int]](deque)
    for before, item in enumerate(old):
        if before not in paired and key(item) is not None:
            waiting[key(item)].append(before)
    for now, item in enumerate(new):
        if now not in pairs and waiting.get(key(item)):
            pairs[now] = waiting[key(item)].popleft()


def _pair_alike(
    old: Sequence[Any], new: Sequence[Any], pairs: dict[int, int], key: Callable[[Any], str]
) -> None:
    """Add to `pairs` what is still alone and has almost the same text, the most alike first."""
    paired = set(pairs.values())
    before = {at: _fold(key(item)) for at, item in enumerate(old) if at not in paired}
    now = {at: _fold(key(item)) for at, item in enumerate(new) if at not in pairs}
    if len(before) * len(now) > _MOST_PAIRS:
        return
    alike = sorted(
        (-ratio, abs(at - other), at, other)
        for at, words in now.items()
        for other, others in before.items()
        if (ratio := _likeness(others, words)) >= _ALIKE
    )
    for _, _, at, other in alike:
        if at not in pairs and other not in paired:
            pairs[at] = other
            paired.add(other)


def _likeness(first: str, second: str) -> float:
    """Return how much two titles are alike; one that only got more words is that title."""
    words, others = set(first.split()), set(second.split())
    if words and others and (words <= others or others <= words):
        return max(_ALIKE, 1 - abs(len(first) - len(second)) / max(len(first), len(second)))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    quick = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    return matcher.ratio() if quick else 0.0


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())


def _compare_items(old: Vergadering, new: Vergadering) -> Iterator[Difference]:
    pairing = pair_items(list_items(old), list_items(new))
    for item in pairing.gone:
        said = _capital(text("deel.verschil_punt_weg", item=item.named))
        yield Difference(item.path, Change.GONE, said, item.punt.titel, was=item.loc)
    moved = _find_moved(pairing.same)
    yield from _compare_numbers([pair for pair in pairing.same if pair not in moved])
    events: list[tuple[Loc, Item | None, Item]] = [
        *((item.loc, None, item) for item in pairing.new),
        *((now.loc, before, now) for before, now in pairing.same),
    ]
    for loc, before, now in sorted(events, key=lambda event: _order(event[0])):
        if before is None:
            said = _capital(text("deel.verschil_punt_nieuw", item=now.named))
            yield Difference(now.path, Change.NEW, said, now=now.punt.titel, item=loc)
            continue
        if (before, now) in moved:
            yield _tell_moved(before, now)
        owner = _Owner(now.path, now.called, now.loc, before.loc)
        yield from _compare_fields(before.punt, now.punt, owner, {"subpunten", "nummer"})


def _order(loc: Loc) -> tuple[int, ...]:
    return tuple(int(step) for step in loc if not isinstance(step, str))


def _find_moved(pairs: Sequence[tuple[Item, Item]]) -> list[tuple[Item, Item]]:
    """Return the pairs that stand elsewhere among the others, as few as that can be said with."""
    moved = [pair for pair in pairs if len(pair[0].loc) != len(pair[1].loc)]
    groups: dict[tuple[Loc, Loc], list[tuple[Item, Item]]] = {}
    parents = {before.loc: now.loc for before, now in pairs}
    for before, now in pairs:
        if len(before.loc) == len(now.loc):
            above = (before.loc[:-2], now.loc[:-2])
            groups.setdefault(above, []).append((before, now))
    for (before_above, now_above), group in groups.items():
        if before_above and parents.get(before_above) != now_above:
            moved += group
            continue
        kept = _find_kept(group)
        moved += [pair for at, pair in enumerate(group) if at not in kept]
    return moved


def _find_kept(group: Sequence[tuple[Item, Item]]) -> set[int]:
    """Return which of a `group` kept their order; of two that swapped, who has its number still."""
    row, last = [_order(before.loc)[-1] for before, _ in group], len(group) - 1
    mirrored = {last - at for at in longest_rising([-value for value in reversed(row)])}
    same = {at for at, (before, now) in enumerate(group) if before.number == now.number}
    return max(mirrored, longest_rising(row), key=lambda kept: len(kept & same))


def longest_rising(row: Sequence[int]) -> set[int]:
    """Return the indexes of the longest part of `row` that rises."""
    tails: list[int] = []
    ends: list[int] = []
    above: list[int] = []
    for at, value in enumerate(row):
        place = bisect_left(tails, value)
        above.append(ends[place - 1] if place else -1)
        tails[place:] = [value, *tails[place + 1 :]]
        ends[place:] = [at, *ends[place + 1 :]]
    kept, at = set[int](), ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = above[at]
    return kept


def _tell_moved(before: Item, now: Item) -> Difference:
    top = len(before.loc) == len(now.loc) == 2
    place = _order(now.loc)[0] + 1
    key = "deel.verschil_plaats" if top else "deel.verschil_onder"
    said = text(key, item=before.named, place=place, now=now.called)
    was, now_at = before.number, now.number
    return Difference(now.path, Change.MOVED, _capital(said), was, now_at, now.loc, before.loc)


def _compare_numbers(pairs: Sequence[tuple[Item, Item]]) -> Iterator[Difference]:
    """Yield the numbers that items have now otherwise, rows of them together."""
    tops = [(before, now) for before, now in pairs if len(now.loc) == 2]
    other = [pair for pair in tops if pair[0].number != pair[1].number]
    rows: list[list[tuple[Item, Item]]] = []
    for before, now in other:
        last = rows[-1][-1] if rows else None
        follows = last is not None and (
            _step(last[0].number, before.number) and _step(last[1].number, now.number)
        )
        if follows:
            rows[-1].append((before, now))
        else:
            rows.append([(before, now)])
    for row in rows:
        (was, now), (last_was, last_now) = row[0], row[-1]
        one = len(row) == 1
        said = text(
            "deel.verschil_nummer" if one else "deel.verschil_nummers",
            before=was.number or "zonder nummer",
            now=now.number or "zonder nummer",
            last=last_was.number,
            last_now=last_now.number,
        )
        yield Difference(
            f"{now.path}nummer", Change.OTHER, said, was.number, now.number, now.loc, was.loc
        )


def _step(first: str, second: str) -> bool:
    return first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1


# --- fields


def _compare_fields(
    old: BaseModel, new: BaseModel, owner: _Owner, apart: Iterable[str] = ()
) -> Iterator[Difference]:
    shared = type(old).model_fields.keys() & type(new).model_fields.keys()
    for name in type(new).model_fields:
        if name not in shared or name in apart:
            continue
        before, now = getattr(old, name), getattr(new, name)
        if _plain(before) != _plain(now):
            yield from _compare_values(name, before, now, owner)


def _compare_values(name: str, before: Any, now: Any, owner: _Owner) -> Iterator[Difference]:
    if isinstance(before, Tekst) and isinstance(now, Tekst):
        yield from _compare_texts(name, before, now, owner)
    elif _is_record(before) and type(before) is type(now):
        noun = f"de {_NOUNS.get(name, name)}"
        called = noun if owner is _MEETING else f"{noun} bij {owner.called}"
        below = owner._replace(path=f"{owner.path}{name}.", called=called)
        yield from _compare_fields(before, now, below)
    elif isinstance(before or now, tuple | Mapping) and not isinstance(before, str):
        first, second = _parts(before), _parts(now)
        records = any(map(_is_record, (*first, *second)))
        compare = _compare_records if records else _compare_lists
        yield from compare(name, first, second, owner)
    else:
        yield _compare_one(name, before, now, owner)


def _compare_one(name: str, before: Any, now: Any, owner: _Owner) -> Difference:
    was, is_now = show(before), show(now)
    key, change = "deel.verschil_anders", Change.OTHER
    if name == "nazending" and isinstance(now, date):
        said = _capital(text("deel.verschil_nagezonden", what=owner.called, date=is_now))
        return owner.differ(name, change, said, was, is_now)
    if not _is_said(before):
        key, change = "deel.verschil_erbij", Change.NEW
    elif not _is_said(now):
        key, change = "deel.verschil_weg", Change.GONE
    called = _called(name)
    said = text(key, what=called, owner=owner.called, before=_told(before), now=_told(now))
    return owner.differ(name, change, said, was, is_now)


def _called(name: str) -> str:
    return _CALLED.get(name, f"'{name}'")


def _compare_lists(
    name: str, before: Sequence[Any], now: Sequence[Any], owner: _Owner
) -> Iterator[Difference]:
    """Yield what came to a list of names, and what went; else that the order is another one."""
    was, is_now = [show(one) for one in before], [show(one) for one in now]
    where = _called(name) if name in _CALLED else name
    where = where[:1].lower() + where[1:]
    where = where if owner is _MEETING else f"{where} van {owner.called}"
    known, kept = set(was), set(is_now)
    more = [one for one in is_now if one not in known]
    less = [one for one in was if one not in kept]
    for key, words, change in (
        ("deel.verschil_lijst_erbij", more, Change.NEW),
        ("deel.verschil_lijst_weg", less, Change.GONE),
    ):
        if words:
            told = dutch.join_words(words)
            said = text(key, where=where, words=told, n=len(words))
            yield owner.differ(name, change, said, *(("", told) if more is words else (told, "")))
    if not more and not less:
        said = text("deel.verschil_volgorde", where=where)
        yield owner.differ(name, Change.MOVED, said, ", ".join(was), ", ".join(is_now))


def _compare_records(
    name: str, before: Sequence[Any], now: Sequence[Any], owner: _Owner
) -> Iterator[Difference]:
    """Yield what came to a list of records, what went, and what is otherwise in those that stay."""
    pairs = pair_records(before, now)
    noun, paired = _NOUNS.get(name, "regel"), set(pairs.values())
    for at, one in enumerate(before):
        if at not in paired:
            said = text("deel.verschil_deel_weg", what=_name(noun, one), owner=owner.called)
            yield owner.differ(name, Change.GONE, _capital(said), show(one))
    for at, one in enumerate(now):
        if at not in pairs:
            said = text("deel.verschil_deel_nieuw", what=_name(noun, one), owner=owner.called)
            yield owner.differ(name, Change.NEW, _capital(said), "", show(one))
            continue
        of_meeting = owner is _MEETING and name != "bijlagen"
        called = _name(noun, one) + ("" if of_meeting else f" bij {owner.called}")
        below = owner._replace(path=f"{owner.path}{name}[].", called=called)
        yield from _compare_fields(before[pairs[at]], one, below)
    if [pairs[at] for at in sorted(pairs)] != sorted(pairs.values()):
        said = text("deel.verschil_volgorde", where=f"de {name} van {owner.called}")
        yield owner.differ(name, Change.MOVED, said)


def pair_records(before: Sequence[Any], now: Sequence[Any]) -> dict[int, int]:
    """Return which of `before` each of `now` is, by their places in the lists."""
    pairs: dict[int, int] = {}
    _pair_equal(before, now, pairs, _plain_key)
    _pair_equal(before, now, pairs, lambda one: getattr(one, "nummer", None) or None)
    _pair_alike(before, now, pairs, _main)
    return pairs


_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")


def _compare_texts(name: str, before: Tekst, now: Tekst, owner: _Owner) -> Iterator[Difference]:
    """Yield the sentences of a text that came, that went, and that are others now."""
    was, is_now = _sentences(before), _sentences(now)
    called = _called(name)
    where = f"{called[:1].lower()}{called[1:]} van {owner.called}"
    matcher = SequenceMatcher(None, was, is_now, autojunk=False)
    found = [
        pair
        for tag, first, last, start, end in matcher.get_opcodes()
        if tag != "equal"
        for pair in pair_texts(was[first:last], is_now[start:end])
    ]
    for gone, come in found:
        key, change = "deel.verschil_tekst_anders", Change.OTHER
        if not gone:
            key, change = "deel.verschil_tekst_erbij", Change.NEW
        elif not come:
            key, change = "deel.verschil_tekst_weg", Change.GONE
        old, new = around(gone, come) if gone and come else (gone, come)
        said = text(key, where=where, before=shorten(old, _QUOTED), now=shorten(new, _QUOTED))
        yield owner.differ(name, change, said, gone, come)
    if not found:  # the same words, otherwise set: a list, bold
        yield owner.differ(name, Change.OTHER, text("deel.verschil_opmaak", where=where))


def _sentences(words: Tekst) -> list[str]:
    """Return the sentences of a text, those of a list without their dashes."""
    return [one.strip().removeprefix("- ") for one in _SENTENCE.split(str(words))]


def pair_texts(was: Sequence[str], now: Sequence[str]) -> list[tuple[str, str]]:
    """Return texts with what they are now, "" for one that came or went."""
    pairs: dict[int, int] = {}
    _pair_alike(was, now, pairs, str)
    paired = set(pairs.values())
    gone = [(sentence, "") for at, sentence in enumerate(was) if at not in paired]
    come = [(was[pairs[at]] if at in pairs else "", one) for at, one in enumerate(now)]
    return [*gone, *come]


def around(first: str, second: str) -> tuple[str, str]:
    """Return two texts from shortly before where they part, if that is far from their begin."""
    old, new = first.split(" "), second.split(" ")
    same = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
                min(len(old), len(new)))  # fmt: skip
    start = same - 4 if same > 6 else 0
    dots = "… " if start else ""
    return dots + " ".join(old[start:]), dots + " ".join(new[start:])


# --- values as text


def _is_record(value: object) -> bool:
    return isinstance(value, BaseModel) and not isinstance(value, Deelnemer)


def _parts(value: Any) -> list[Any]:
    """Return what a list holds; people in groups each with the name of the group before it."""
    parts = list(value) if isinstance(value, tuple | list) else [value] if value else []
    return [
        f"{one.groep}: {one}" if isinstance(one, Deelnemer) and one.groep else one for one in parts
    ]


def _plain(value: Any) -> object:
    """Return `value` as what it says: a person as printed, a text without how it was typed."""
    if isinstance(value, Deelnemer):
        return value.groep, str(value)
    if isinstance(value, Tekst):
        return value.blocks
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _plain_key(value: Any) -> str:
    return repr(_plain(value))


def _main(one: Any) -> str:
    """Return the field of a record that says what it is."""
    found = next((getattr(one, name, None) for name in _MAIN if getattr(one, name, None)), "")
    return show(found)


def _name(noun: str, one: Any) -> str:
    number = getattr(one, "nummer", None)
    return f"{noun} {number}" if number else f"{noun} '{shorten(_main(one), 60)}'"


def _is_said(value: object) -> bool:
    return value not in (None, "", (), {})


def show(value: Any) -> str:
    """Return `value` as text."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return dutch.format_date(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, BaseModel) and type(value).__str__ is BaseModel.__str__:
        return _main(value)
    if isinstance(value, tuple | list):
        return dutch.join_words([show(one) for one in value])
    return "" if value is None else str(value)


def _told(value: Any) -> str:
    """Return `value` as it stands in a sentence: words that somebody typed between quotes."""
    words = shorten(show(value), _QUOTED)
    return f"'{words}'" if isinstance(value, str | Tekst) and not isinstance(value, Enum) else words


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
