"""What the edited paper says otherwise than the paper of today, by the fields of the file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lrtdocs.run.meetings.returning.aligning import look_of
from lrtdocs.run.meetings.returning.fields import (
    field_of,
    generic,
    is_of_meeting,
    is_rich,
    kinds_in,
    typed,
)
from lrtdocs.run.meetings.returning.known import Difference, Papers, Saying
from lrtdocs.source.build.reading import loc_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.run.meetings.returning.known import Item, Said
    from lrtdocs.word.reading.blocks import Block


def find_differences(papers: Papers) -> list[Difference]:
    """Return the fields that the edited paper says otherwise, in the order of the edited paper."""
    aliases = _aliases(papers.words)
    found: dict[str, Difference] = {}
    lists: list[Difference] = []
    new_items = {item.origin: item for item in papers.edited.top.walk() if item.origin}
    for item, other in _pairs(papers.placed.top, papers.edited.top):
        for path, saying in _sayings(item, other, papers):
            own = _own_path(path, aliases)
            if own:
                kind = "text" if is_rich(generic(own)) else "value"
                once_more = saying._replace(again=own != path)
                found.setdefault(own, Difference(own, kind)).sayings.append(once_more)
        lists += _list_differences(item, other, new_items)
    changed = [one for one in found.values() if one.changed]
    return sorted([*changed, *lists], key=_order)


def _order(one: Difference) -> tuple[int, str]:
    blocks = [at for saying in one.changed for at in saying.new]
    return (min(blocks) if blocks else one.item.first if one.item else 0), one.path


def _pairs(old: Item, new: Item) -> Iterator[tuple[Item, Item]]:
    """Yield every item that is in both papers."""
    yield old, new
    for path, items in old.lists.items():
        others = {other.origin: other for other in new.lists.get(path, ()) if other.origin}
        for item in items:
            if item.origin in others:
                yield from _pairs(item, others[item.origin])


def _sayings(item: Item, other: Item, papers: Papers) -> Iterator[tuple[str, Saying]]:
    for tail in dict.fromkeys([*item.values, *other.values]):
        path = _join(item.origin, tail)
        ours, theirs = (_printed(one.values.get(tail, []), path) for one in (item, other))
        for number in range(max(len(ours), len(theirs))):
            before = ours[number] if number < len(ours) else None
            after = theirs[number] if number < len(theirs) else None
            yield path, Saying(*_texts(path, before, after), _at(before), _at(after))
    for tail in dict.fromkeys([*item.texts, *other.texts]):
        was, is_ = item.texts.get(tail, []), other.texts.get(tail, [])
        yield (
            _join(item.origin, tail),
            Saying(shown(papers.old, was), shown(papers.new, is_), tuple(was), tuple(is_)),
        )


def _texts(path: str, before: Said | None, after: Said | None) -> tuple[str, str]:
    """Return what is said before and after, in the way of the file, so that 2-4 is 2 april."""
    own = generic(path)
    if not is_of_meeting(own):
        own = own.rpartition(".")[2]
    was, is_ = (one.text if one else "" for one in (before, after))
    return was, was if typed(own, was) == typed(own, is_) else is_


def _at(said: Said | None) -> tuple[int, ...]:
    return (said.block,) if said else ()


def _printed(said: Sequence[Said], path: str) -> list[Said]:
    """Return what is said itself, without what only tells that it is there."""
    yes_no = bool in kinds_in(generic(path))
    return [one for one in said if not one.slot.test or yes_no]


def shown(blocks: Sequence[Block], chosen: Sequence[int]) -> str:
    """Return the text of the `chosen` blocks with all that a reader sees of them, to compare."""
    return "\n".join(_shown(blocks[at]) for at in chosen)


def _shown(block: Block) -> str:
    _, kind, depth, number, _, text, form = look_of(block)
    heading = "kop" if "tussenkop" in block.style else ""
    marks = "" if not form else str(form)
    where = f"{kind} {depth} {number}" if depth else heading
    return "\x1f".join((where, str(text), marks))


def _join(origin: str, tail: str) -> str:
    return f"{origin}.{tail}" if origin and tail else origin or tail


# --- lists


def _list_differences(
    item: Item, other: Item, everywhere: Mapping[str, Item]
) -> Iterator[Difference]:
    for path in dict.fromkeys([*item.lists, *other.lists]):
        own = _list_path(item, path)
        if path.startswith("!") or not is_of_meeting(generic(own)):
            continue
        old = [one.origin for one in item.lists.get(path, [])]
        new = other.lists.get(path, [])
        kept = [one.origin for one in new if one.origin in old]
        for origin in old:
            if origin not in kept:
                elsewhere = everywhere.get(origin)
                yield Difference(origin, "gone", item=elsewhere)
        indexes = {one.origin: int(loc_of(one.origin)[-1]) for one in new if one.origin in old}
        rises = kept == [origin for origin in old if origin in kept]
        for number, one in enumerate(new):
            if one.origin not in old:
                yield Difference(own, "new", item=one, at=_place(new, number, indexes))
        if not rises:
            yield Difference(own, "order", item=next(iter(new), None), items=new)


def _place(new: Sequence[Item], number: int, indexes: Mapping[str, int]) -> int:
    """Return before which item, as they were, the new one goes: behind the one before it."""
    before = [indexes[one.origin] for one in new[:number] if one.origin in indexes]
    if before:
        return before[-1] + 1
    after = (indexes[one.origin] for one in new[number:] if one.origin in indexes)
    return next(after, 0)


def _list_path(item: Item, path: str) -> str:
    return _join(item.origin, path.rpartition("[].")[2]) if item.origin else path


# --- what is printed twice


def _own_path(path: str, aliases: Mapping[str, str]) -> str:
    """Return the path in the file of the word at `path`, "" when it is not of the file."""
    if is_of_meeting(generic(path)):
        return path
    record, _, key = path.rpartition(".")
    own = f"{aliases[record]}.{key}" if record in aliases else ""
    return own if own and is_of_meeting(generic(own)) else ""


def _aliases(words: Mapping[str, object]) -> dict[str, str]:
    """Return the paths in the file of what documents gather: all actions, all decisions."""
    places: dict[int, list[str]] = {}
    gathered: list[tuple[str, object]] = []
    for name, value in words.items():
        if field_of(name) is not None:
            for path, one in _walk(name, value):
                places.setdefault(id(one), []).append(path)
        elif isinstance(value, list):
            gathered += [(f"{name}[{number}]", one) for number, one in enumerate(value)]
    found: dict[str, str] = {}
    for path, record in gathered:
        fields = record.items() if isinstance(record, dict) else ()
        parents: Counter[str] = Counter()
        for key, value in fields:
            own = places.get(id(value), []) if _is_one(value) else []
            parents.update({one.rpartition(".")[0] for one in own if one.endswith(f".{key}")})
        best = parents.most_common(1)
        if best:
            found[path] = best[0][0]
    return found


def _is_one(value: object) -> bool:
    """Tell whether `value` is an object of its own, not one that Python has for all its equals."""
    return value is not None and not isinstance(value, bool | int) and value != ""


def _walk(path: str, value: object) -> Iterator[tuple[str, object]]:
    yield path, value
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _walk(f"{path}.{key}", below)
    elif isinstance(value, list | tuple):
        for number, below in enumerate(value):
            yield from _walk(f"{path}[{number}]", below)
