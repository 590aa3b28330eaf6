"""What the texts of many pairs of letters differ in: the same change is told once for all.

A change is cut down to the words that differ, so that a word of the template is one change in all
letters, also in a sentence that has another amount in each. Where each letter has something else in
one place, that is told as one change too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import dutch
from lrtdocs.errors import shorten
from lrtdocs.messages import text
from lrtdocs.run.meetings.comparing import pair_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lrtdocs.word.facts import DocumentFacts

MOST_NAMED = 20
_MOST_LINES = 60
"""Letters that have a line of their own; more of them than anybody reads."""
_MANY = 4
"""So many letters with something else in one place are told together."""
_QUOTED = 90
_BEFORE, _AFTER = 4, 3
"""So many words around those that differ are shown."""
_HALF, _SHORT = 0.5, 3

Words = tuple[str, ...]


class Change(NamedTuple):
    """Words that are `gone`, and those that have `come` in their place, between two that stayed.

    The paragraph `above` is that before the one they stand in.
    """

    before: Words
    gone: str
    come: str
    after: Words
    above: str = ""

    @property
    def spot(self) -> tuple[Words, Words]:
        """By what the place is known, in whichever letter; of a cell that is the one before it."""
        if self.before or self.after:
            return self.before[-3:], self.after[:2]
        return (self.above,), ()


class Told(NamedTuple):
    """A change in some `files`, in a sentence, and as plain data."""

    sentence: str
    files: Words
    data: Mapping[str, Any]


# --- the changes of one letter


class _Pair(NamedTuple):
    """A paragraph and what it is now, below the one `above`."""

    above: str
    gone: str
    come: str


def find_changes(was: DocumentFacts, now: DocumentFacts) -> list[Change]:
    """Return what a reader of the second letter sees otherwise than one of the first."""
    pairs = [
        *_pair_lines(was.body, now.body),
        *_pair_around((*was.first, *was.later), (*now.first, *now.later)),
        *_pair_around(was.beside, now.beside),
    ]
    return list(dict.fromkeys(change for pair in pairs for change in _split(*pair)))


def _pair_lines(was: Sequence[str], now: Sequence[str]) -> Iterator[_Pair]:
    """Yield the paragraphs that differ, each with what it is now; "" for what came or went."""
    old, new = _plain(was), _plain(now)
    if len(old) == len(new):
        places = [at for at, line in enumerate(old) if line != new[at]]
        moved = {old[at] for at in places} & {new[at] for at in places}
        if len(places) <= _MANY or not moved:
            yield from (_Pair(old[at - 1] if at else "", old[at], new[at]) for at in places)
            return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "replace" and last - first == end - start:
            yield from (_Pair(old[at - 1] if at else "", old[at], new[at - first + start])
                        for at in range(first, last))  # fmt: skip
        elif tag != "equal":
            above = old[first - 1] if first else ""
            yield from (_Pair(above, *each) for each in pair_texts(old[first:last], new[start:end]))


def _pair_around(was: Sequence[str], now: Sequence[str]) -> Iterator[_Pair]:
    """Yield what stands beside the text and differs; what repeats on pages counts once."""
    before, after = dict.fromkeys(_plain(was)), dict.fromkeys(_plain(now))
    gone = [line for line in before if line not in after]
    come = [line for line in after if line not in before]
    yield from (_Pair("", *each) for each in pair_texts(gone, come))


def _plain(lines: Iterable[str]) -> list[str]:
    """Return the lines with something in them; a space is a space, whatever its width."""
    return [plain for line in lines if (plain := " ".join(line.split()))]


def _split(above: str, gone: str, come: str) -> Iterator[Change]:
    """Yield the words of a paragraph that differ; a paragraph of other words is one change."""
    old, new = gone.split(" ") if gone else [], come.split(" ") if come else []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or (matcher.ratio() < _HALF and len(old) + len(new) > _MANY):
        yield Change((), gone, come, (), above)
        return
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            words = " ".join(old[first:last]), " ".join(new[start:end])
            yield Change(tuple(old[:first]), *words, tuple(old[last:]), above)


# --- those of many


@dataclass(slots=True)
class _Group:
    """Letters with one change, by their files; of each the words around it."""

    changes: dict[str, Change] = field(default_factory=dict)

    def around(self) -> tuple[Words, Words]:
        """Return the words before and after it that are the same in all."""
        all_ = list(self.changes.values())
        before = _common([tuple(reversed(one.before)) for one in all_])
        return tuple(reversed(before)), _common([one.after for one in all_])


def _common(rows: Sequence[Words]) -> Words:
    """Return with what all of `rows` begin."""
    columns = enumerate(zip(*rows, strict=False))
    number = next((at for at, words in columns if len(set(words)) > 1), min(map(len, rows)))
    return rows[0][:number]


def tell_changes(letters: Mapping[str, Sequence[Change]], total: int) -> Iterator[Told]:
    """Yield in sentences what differs in `letters`, by their files, which are some of `total`.

    What holds for most of them comes first; then, letter by letter, what is in one or two.
    """
    same: dict[tuple[str, str], _Group] = {}
    varied, fixed = _part(letters)
    for file, change in fixed:
        same.setdefault((change.gone, change.come), _Group()).changes[file] = change
    shared = [group for group in same.values() if len(group.changes) > 1]
    for group in sorted(shared, key=lambda group: -len(group.changes)):
        yield _tell_shared(group, total)
    for spot in varied:
        yield _tell_varied(spot, total)
    own: dict[str, list[Change]] = {}
    for group in same.values():
        for file, change in group.changes.items() if len(group.changes) == 1 else ():
            own.setdefault(file, []).append(change)
    yield from _tell_own(own)


def _part(
    letters: Mapping[str, Sequence[Change]],
) -> tuple[list[list[tuple[str, Change]]], list[tuple[str, Change]]]:
    """Return the places in which many letters have something else each, and all other changes."""
    spots: dict[tuple[Words, Words], list[tuple[str, Change]]] = {}
    for file, changes in letters.items():
        for change in changes:
            spots.setdefault(change.spot, []).append((file, change))
    varied, fixed = [], []
    for spot, found in spots.items():
        several = len({(one.gone, one.come) for _, one in found}) > 1
        together = several and any(spot) and len({file for file, _ in found}) >= _MANY
        if together:
            varied.append(found)
        else:
            fixed += found
    return varied, fixed


def _tell_shared(group: _Group, total: int) -> Told:
    files = tuple(sorted(group.changes))
    one = next(iter(group.changes.values()))
    before, after = group.around()
    above = {one.above for one in group.changes.values()}
    shown = _show(Change(before, one.gone, one.come, after, above.pop() if len(above) == 1 else ""))
    where = text("deel.in_brieven", **_name(files, total))
    return Told(f"{where} {shown}", files, _data([one]))


def _tell_varied(found: Sequence[tuple[str, Change]], total: int) -> Told:
    """Return what differs in one place, and is another thing in each letter."""
    files = tuple(sorted({file for file, _ in found}))
    before, after = _Group(dict(found)).around()
    if not (before or after):
        before = tuple(found[0][1].above.split(" "))
    rows = [
        text("deel.brief_van_naar", file=file, before=_quote(one.gone), now=_quote(one.come))
        for file, one in sorted(found)[:MOST_NAMED]
    ]
    place = " ".join([*before[-_BEFORE:], "…", *after[:_AFTER]])
    told = {**_name(files, total, named=False), "place": place}
    more = len(found) - len(rows)
    told["rows"] = "; ".join([*rows, *([text("deel.en_nog", n=more)] if more else [])])
    return Told(text("deel.brieven_plek", **told), files, _data([one for _, one in found]))


def _tell_own(own: Mapping[str, Sequence[Change]]) -> Iterator[Told]:
    names = sorted(own)
    for file in names[:_MOST_LINES]:
        shown = " ".join(map(_show, own[file]))
        yield Told(text("deel.brief_alleen", file=file, shown=shown), (file,), _data(own[file]))
    if rest := names[_MOST_LINES:]:
        told = {"n": len(rest), "files": dutch.join_some(rest, MOST_NAMED)}
        changes = [one for file in rest for one in own[file]]
        yield Told(text("deel.brieven_ook", **told), tuple(rest), _data(changes))


def _name(files: Sequence[str], total: int, *, named: bool = True) -> dict[str, Any]:
    """Return how many `files` there are, and which, unless they are all."""
    whole = len(files) == total
    names = f" ({dutch.join_some(files, MOST_NAMED)})" if named and not whole else ""
    return {
        "n": len(files),
        "all": text("deel.alle") if whole and total > 1 else "",
        "files": names,
    }


def _show(change: Change) -> str:
    """Return a change as the end of a sentence, with some words around it."""
    before, after = change.before, change.after
    if not (before or after) and not change.gone:
        return text("deel.staat_nu_ook", now=shorten(change.come, _QUOTED))
    if not (before or after) and not change.come:
        return text("deel.staat_niet_meer", before=shorten(change.gone, _QUOTED))
    if change.above and not (before or after) and len(change.come.split()) < _SHORT:
        before = (f"{change.above}:",)  # a cell, which is named by the one before it
    start = "… " if len(before) > _BEFORE else ""
    end = " …" if len(after) > _AFTER else ""
    old, new = (
        start + " ".join(filter(None, [*before[-_BEFORE:], words, *after[:_AFTER]])) + end
        for words in (change.gone, change.come)
    )
    return text("deel.staat_nu", now=shorten(new, _QUOTED), before=shorten(old, _QUOTED))


def _quote(words: str) -> str:
    return f"'{shorten(words, _QUOTED)}'" if words else text("deel.niets")


def _data(changes: Iterable[Change]) -> dict[str, Any]:
    pairs = dict.fromkeys((one.gone, one.come) for one in changes)
    return {"tekst": [{"was": gone, "nu": come} for gone, come in pairs]}
