"""What was changed in an edited paper, one by one as people see it; each has a key to choose it by.

A field is one difference; of a text each paragraph that is another is a change of its own, so that
one can be taken over and the other not.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.tekst import paragraph_lines
from lrtdocs.run.meetings.returning.aligning import look_of
from lrtdocs.run.meetings.returning.differing import shown
from lrtdocs.run.meetings.returning.edits import Page, own_loc
from lrtdocs.run.meetings.returning.fields import generic, is_rich
from lrtdocs.run.meetings.returning.known import Told, blocks_of
from lrtdocs.source.build.reading import loc_of, place_of
from lrtdocs.source.yaml.edit import node_at
from lrtdocs.source.yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lrtdocs.errors import Place
    from lrtdocs.kinds import Kind
    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.meetings.returning.known import Difference, Item, Paper, Saying
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.word.reading.blocks import Block
    from lrtdocs.word.reading.changes import Change as Tracked

_MOST_SHOWN = 5
_LISTS = {"new", "gone", "order"}


class Change(NamedTuple):
    """One change as it is told: by which message, where, before, after, and who made it on record.

    `old` and `new` are the paragraphs, of today's paper and the edited one, that it is about.
    """

    key: str
    told: Told
    place: Place
    before: str
    after: str
    tracked: tuple[Tracked, ...]
    old: tuple[int, ...]
    new: tuple[int, ...]


class Returned(NamedTuple):
    """What changes are seen in: today's paper, the edited one, and the file with its kind."""

    paper: Paper
    edited: Sequence[Block]
    root: Node
    kind: Kind


def list_changes(differences: Sequence[Difference], seen: Returned) -> list[list[Change]]:
    """Return of each of `differences` its changes."""
    counts: Counter[object] = Counter()
    return [_keyed(one, list(_changes(one, seen)), counts, seen) for one in differences]


def choose(
    differences: Sequence[Difference],
    changes: Sequence[Sequence[Change]],
    chosen: Collection[str],
    seen: Returned,
) -> dict[int, Difference]:
    """Return by their numbers those of `differences` with `chosen` changes, and only those in them.

    Where a paragraph is to stay as it is, that of today's paper stands, by its index behind those
    of the edited one.
    """
    found: dict[int, Difference] = {}
    for number, one in enumerate(differences):
        keys = {change.key for change in changes[number]}
        if keys <= set(chosen):
            found[number] = one
        elif keys & set(chosen):
            found[number] = replace(
                one, sayings=[_choose(one, saying, chosen, seen) for saying in one.sayings]
            )
    left = [one.item for number, one in enumerate(differences)
            if number not in found and one.kind == "new"]  # fmt: skip
    for number, one in found.items():
        if one.kind == "order":
            items = [item for item in one.items if not any(item is each for each in left)]
            found[number] = replace(one, items=items)
    return found


def is_of_list(one: Difference) -> bool:
    """Tell whether items of a list are numbered otherwise when `one` is taken over."""
    return one.kind in _LISTS or one.path.endswith(".nummer")


def _keyed(
    one: Difference, changes: Sequence[Change], counts: Counter[object], seen: Returned
) -> list[Change]:
    """Return `changes` with their keys: the same each time the same file and paper are read.

    Those in a text with a table have one key: a table is taken over as a whole.
    """
    found: list[Change] = []
    for change in changes:
        said = (one.path, one.kind, change.told.value, change.before, change.after)
        counts[said] += 1
        written = "\x1f".join((*said, str(counts[said])))
        digest = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
        found.append(change._replace(key=digest[:16]))
    old, new = seen.paper.blocks, seen.edited
    cells = any(old[at].cell for change in found for at in change.old) or any(
        new[at].cell for change in found for at in change.new
    )
    return [change._replace(key=found[0].key) for change in found] if cells else found


def _is_text(one: Difference) -> bool:
    return one.kind == "text" or (one.kind == "value" and is_rich(generic(one.path)))


def _changes(one: Difference, seen: Returned) -> Iterator[Change]:
    """Yield the changes of `one`, without their keys."""
    loc, root, edited = loc_of(one.path), seen.root, seen.edited
    place = place_of(root, loc)
    if _is_text(one):
        yield from _changes_of_text(one, one.changed[0], seen)
    elif one.kind == "value":
        saying = one.changed[0]
        tracked = tracked_of(edited[at] for at in saying.new)
        own = own_loc(Page(root, (), seen.kind), one.path)
        place = place_of(root, own)
        said = saying.before, saying.after
        yield Change("", Told.VALUE, place, *said, tracked, saying.old, saying.new)
    elif one.kind == "gone":
        old = blocks_of(one, seen.paper)
        texts = [seen.paper.blocks[at].text for at in old]
        words = "; ".join([text for text in texts if text][:_MOST_SHOWN])
        yield Change("", Told.GONE, place, words, "", (), tuple(old), ())
    elif one.kind == "new":
        at = place_of(root, (*loc, max(one.at - 1, 0)))
        words, tracked = _said_of(one.item, edited) if one.item else ("", ())
        below = [block for item in (one.item.walk() if one.item else ()) for block in
                 blocks_in(item)]  # fmt: skip
        yield Change("", Told.NEW, at, "", words, tracked, (), tuple(below))
    else:
        titles = (_said_of(item, edited)[0].split(";")[0] for item in one.items)
        yield Change("", Told.ORDER, place, "", "; ".join(titles), (), (), ())


class _Pair(NamedTuple):
    """A paragraph of a text as it is and as it was edited, with which of its lines that is."""

    number: int
    was: int | None
    is_: int | None
    differs: bool


def _pairs(saying: Saying, seen: Returned) -> Iterator[_Pair]:
    old, new = saying.old, saying.new
    keys: dict[object, int] = {}
    first = [keys.setdefault(look_of(seen.paper.blocks[at]), len(keys)) for at in old]
    second = [keys.setdefault(look_of(seen.edited[at]), len(keys)) for at in new]
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for offset in range(max(b - a, d - c)):
            was = old[a + offset] if a + offset < b else None
            is_ = new[c + offset] if c + offset < d else None
            yield _Pair(a + offset, was, is_, kind != "equal")


def _changes_of_text(one: Difference, saying: Saying, seen: Returned) -> Iterator[Change]:
    loc = loc_of(one.path)
    places, whole = places_of(seen.root, loc), place_of(seen.root, loc)
    for number, was, is_, differs in _pairs(saying, seen):
        if not differs:
            continue
        at = min(number, len(places) - 1)
        old = seen.paper.blocks[was] if was is not None else None
        new = seen.edited[is_] if is_ is not None else None
        yield Change(
            "",
            Told.VALUE if old and new else Told.ADDED if new else Told.TAKEN,
            places[at] if places else whole,
            with_form(old, new),
            with_form(new, old),
            new.changes if new else (),
            () if was is None else (was,),
            () if is_ is None else (is_,),
        )


def _choose(one: Difference, saying: Saying, chosen: Collection[str], seen: Returned) -> Saying:
    """Return `saying` with only the `chosen` changes in it."""
    if not saying.is_changed:
        return saying
    changes = iter(_keyed(one, list(_changes_of_text(one, saying, seen)), Counter(), seen))
    found: list[int] = []
    for pair in _pairs(saying, seen):
        taken = not pair.differs or next(changes).key in chosen
        at = pair.is_ if taken else pair.was
        if at is not None:
            found.append(at if taken else len(seen.edited) + at)
    if tuple(found) == saying.new:
        return saying
    return saying._replace(after=shown([*seen.edited, *seen.paper.blocks], found), new=tuple(found))


def places_of(root: Node, loc: Loc) -> list[Place]:
    """Return where each paragraph of the text at `loc` is typed."""
    node = node_at(root, loc)
    if node is None and loc[-1] == "tekst":
        node = node_at(root, loc[:-1])
    if not isinstance(node, ScalarNode):
        return []
    return [node.place_at(first, 0) for first, _ in paragraph_lines(node.text)]


# --- what people see of it


def with_form(block: Block | None, other: Block | None) -> str:
    """Return the text of `block`, with its form where that is all that differs from `other`."""
    if block is None:
        return ""
    if other is None or block.text != other.text:
        return block.text
    form = [f"{block.kind} {block.label or ''}".strip()] if block.kind != other.kind else []
    bold = [run.text.strip() for run in block.runs if run.bold]
    italic = [run.text.strip() for run in block.runs if run.italic]
    links = [f"{run.text.strip()} ({run.link})" for run in block.runs if run.link]
    form += [f"vet: {', '.join(bold)}"] if bold else []
    form += [f"cursief: {', '.join(italic)}"] if italic else []
    form += [f"link: {', '.join(links)}"] if links else []
    return f"{block.text} [{'; '.join(form) or 'zonder opmaak'}]"


def _said_of(item: Item, blocks: Sequence[Block]) -> tuple[str, tuple[Tracked, ...]]:
    """Return what a paper says of `item`, in short, and the tracked changes in that."""
    found = [blocks[at] for at in sorted(set(blocks_in(item)))]
    return "; ".join(block.text for block in found[:_MOST_SHOWN]).strip(), tracked_of(found)


def blocks_in(item: Item) -> list[int]:
    """Return the blocks in which something of `item` itself is said, by their indexes."""
    values = [said.block for each in item.values.values() for said in each]
    return values + [at for each in item.texts.values() for at in each]


def tracked_of(blocks: Iterable[Block]) -> tuple[Tracked, ...]:
    """Return the changes that are on the record in `blocks`, each once."""
    return tuple(dict.fromkeys(change for block in blocks for change in block.changes))
