"""What came back from an edited paper, told: each change, what was not taken over, the remarks."""

from __future__ import annotations

from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem
from lrtdocs.messages import problem, text
from lrtdocs.model.tekst import paragraph_lines
from lrtdocs.run.meetings.returning.aligning import look_of
from lrtdocs.run.meetings.returning.edits import Page, own_loc
from lrtdocs.run.meetings.returning.fields import generic, is_rich, loc_of
from lrtdocs.run.meetings.returning.known import BODY, Reason, Told, blocks_of
from lrtdocs.source.build.reading import place_of
from lrtdocs.source.yaml.edit import node_at
from lrtdocs.source.yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtdocs.kinds import Kind
    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.meetings.returning.brought import Brought
    from lrtdocs.run.meetings.returning.known import Difference, Item, Left, Placed
    from lrtdocs.run.meetings.returning.looking import Dressed
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.word.reading.blocks import Block
    from lrtdocs.word.reading.changes import Change
    from lrtdocs.word.reading.remarks import Remark

_ONE_OF = {
    "agendapunten": "agendapunt",
    "subpunten": "subpunt",
    "actiepunten": "actie",
    "actielijst": "actie",
    "besluiten": "besluit",
    "bijlagen": "bijlage",
}
_MOST_SHOWN = 5
LEFT_KEYS = {"LRT061.weg", "LRT061.nieuw", "LRT061.anders", "LRT066"}
"""The messages on what is still different and belongs to no field of the file."""


class _Shown(NamedTuple):
    """One change as it is told: by which message, where, before, after and by whom."""

    key: str
    place: Place
    before: str
    after: str
    changes: tuple[Change, ...]


def name_of(loc: Loc) -> str:
    """Return in Dutch what stands at `loc`: 'titel' van agendapunt 2."""
    words: list[str] = []
    step = 0
    while step < len(loc):
        name, number = str(loc[step]), loc[step + 1] if step + 1 < len(loc) else None
        if isinstance(number, int):
            words.append(f"{_ONE_OF.get(name, f'{name!r}, nummer')} {number + 1}")
            step += 2
        else:
            words.append(f"'{name}'")
            step += 1
    return " van ".join(reversed(words))


def tell_all(
    brought: Brought, meeting: Meeting, kind: Kind, remarks: Sequence[Remark], document: str
) -> Iterator[Problem]:
    """Yield all that is told of an edited paper: changes, what is not taken over, remarks."""
    deleted = [change for block in brought.edited for change in block.changes if change.gone]
    for number, one in enumerate(brought.differences):
        reason = brought.applied.undone.get(number)
        yield from _tell(one, brought, meeting, kind, deleted, reason)
    yield from _tell_left(brought, document)
    yield from (_tell_remark(one, brought, meeting, document) for one in remarks)


def _tell(
    one: Difference,
    brought: Brought,
    meeting: Meeting,
    kind: Kind,
    deleted: Sequence[Change],
    reason: Reason | Problem | None,
) -> Iterator[Problem]:
    loc = loc_of(one.path)
    name = name_of(loc if one.kind != "new" else (*loc, one.at))
    for shown in _shown(one, brought, meeting, kind):
        changes = shown.changes or tuple(_who_deleted(shown.before, deleted))
        fields = {
            "field": name[:1].upper() + name[1:] if not name.startswith("'") else name,
            "change": _change(shown),
            "who": _who(changes),
            "before": shown.before,
            "after": shown.after,
            "path": one.path,
        }
        if reason is None:
            yield problem(shown.key, shown.place, None, **fields)
        elif isinstance(reason, Reason):
            yield problem(reason, shown.place, None, **fields)
        else:
            told = f"{reason.message} {reason.remedy}".strip()
            yield problem("LRT061.fout", shown.place, None, **fields, reason=told)


def _change(shown: _Shown) -> str:
    if shown.before and shown.after:
        return text("deel.was_wordt", before=_one_line(shown.before), after=_one_line(shown.after))
    return _one_line(shown.before or shown.after)


def _one_line(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 90 else f"{words[:89]}…"


def _shown(one: Difference, brought: Brought, meeting: Meeting, kind: Kind) -> Iterator[_Shown]:
    """Yield what is told of `one`: of a text each paragraph that is another, by itself."""
    loc, root = loc_of(one.path), meeting.node
    place = place_of(root, loc)
    edited = brought.edited
    if one.kind == "text" or (one.kind == "value" and is_rich(generic(one.path))):
        saying = one.changed[0]
        old = [brought.paper.blocks[at] for at in saying.old]
        yield from _paragraphs(old, [edited[at] for at in saying.new], _lines(root, loc), place)
    elif one.kind == "value":
        saying = one.changed[0]
        changes = _changes_of(edited[at] for at in saying.new)
        place = place_of(root, own_loc_of(one, meeting, kind))
        yield _Shown(Told.VALUE, place, saying.before, saying.after, changes)
    elif one.kind == "gone":
        yield _Shown(Told.GONE, place, _text_of_old(one, brought), "", ())
    elif one.kind == "new":
        at = place_of(root, (*loc, max(one.at - 1, 0)))
        words, changes = _said_of(one.item, edited) if one.item else ("", ())
        yield _Shown(Told.NEW, at, "", words, changes)
    else:
        titles = (_said_of(item, edited)[0].split(";")[0] for item in one.items)
        yield _Shown(Told.ORDER, place, "", "; ".join(titles), ())


def own_loc_of(one: Difference, meeting: Meeting, kind: Kind) -> Loc:
    """Return where the value of `one` is typed."""
    return own_loc(Page(meeting.node, (), kind), one.path)


def _paragraphs(
    old: Sequence[Block], new: Sequence[Block], places: Sequence[Place], place: Place
) -> Iterator[_Shown]:
    keys: dict[object, int] = {}
    first, second = ([keys.setdefault(look_of(b), len(keys)) for b in row] for row in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(b - a, d - c)):
            was = old[a + offset] if a + offset < b else None
            is_ = new[c + offset] if c + offset < d else None
            at = min(a + offset, len(places) - 1)
            key = Told.VALUE if was and is_ else Told.ADDED if is_ else Told.TAKEN
            yield _Shown(
                key,
                places[at] if places else place,
                _with_form(was, is_),
                _with_form(is_, was),
                is_.changes if is_ else (),
            )


def _with_form(block: Block | None, other: Block | None) -> str:
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


def _lines(root: Node, loc: Loc) -> list[Place]:
    """Return where each paragraph of the text at `loc` is typed."""
    node = node_at(root, loc)
    if node is None and loc[-1] == "tekst":
        node = node_at(root, loc[:-1])
    if not isinstance(node, ScalarNode):
        return []
    return [node.place_at(first, 0) for first, _ in paragraph_lines(node.text)]


def _text_of_old(one: Difference, brought: Brought) -> str:
    blocks = [brought.paper.blocks[at] for at in blocks_of(one, brought.paper)]
    texts = [block.text for block in blocks if block.text]
    return "; ".join(texts[:_MOST_SHOWN])


def _said_of(item: Item, blocks: Sequence[Block]) -> tuple[str, tuple[Change, ...]]:
    """Return what a paper says of `item`, in short, and the changes in that."""
    shown = [blocks[at] for at in sorted(set(_blocks_of(item)))]
    return "; ".join(block.text for block in shown[:_MOST_SHOWN]).strip(), _changes_of(shown)


def _blocks_of(item: Item) -> list[int]:
    """Return the blocks in which something of `item` itself is said, by their indexes."""
    values = [said.block for each in item.values.values() for said in each]
    return values + [at for each in item.texts.values() for at in each]


def _changes_of(blocks: Iterable[Block]) -> tuple[Change, ...]:
    return tuple(dict.fromkeys(change for block in blocks for change in block.changes))


def _who_deleted(before: str, deleted: Sequence[Change]) -> list[Change]:
    """Return the deletions by which `before` may be gone."""
    words = " ".join(before.split())
    return [
        one
        for one in deleted
        if one.gone.strip() and (one.gone.strip() in words or words in " ".join(one.gone.split()))
    ]


def _who(changes: Sequence[Change]) -> str:
    """Return by whom and when, as the end of a sentence: " door J. Jansen op 20 maart 2025"."""
    people = dict.fromkeys(_person(change.author, change.date) for change in changes)
    names = [name for name in people if name]
    return f" door {dutch.join_words(names[:3])}" if names else ""


def _person(author: str, date: str) -> str:
    try:
        day = dutch.format_date(datetime.fromisoformat(date).date()) if date else ""
    except ValueError:
        day = ""
    return f"{author} op {day}" if author and day else author


# --- what is left


def _tell_left(brought: Brought, document: str) -> Iterator[Problem]:
    told, gone = _told_of(brought)
    follows = []
    for one in brought.left:
        block = one.edited or one.made
        if block is None or one.edited in told or (one.edited is None and one.old in gone):
            continue
        if one.follows:
            follows.append(one)
            continue
        place = Place(document, part=block.part, paragraph=block.number or None)
        yield problem(_left_key(one), place, None, change=_left_text(one))
    if follows:
        lines = [_one_line((one.edited or one.made).text) for one in follows]  # type: ignore[union-attr]
        number = text("deel.regels", number=len(lines))
        found = "; ".join(dict.fromkeys(lines[:_MOST_SHOWN]))
        yield problem("LRT062", Place(document), None, number=number, found=found)


def _told_of(brought: Brought) -> tuple[set[Block], set[int]]:
    """Return the blocks of what is told and not taken over: those edited, and which of today's."""
    undone = [brought.differences[number] for number in brought.applied.undone]
    indexes = [at for one in undone for each in one.changed for at in each.new]
    for one in undone:
        for item in one.item.walk() if one.item else ():
            indexes += _blocks_of(item)
    edited = {brought.edited[at] for at in indexes}
    body = [at for at, block in enumerate(brought.paper.blocks) if block.part == BODY]
    places = {at: number for number, at in enumerate(body)}
    old = (at for one in undone for at in blocks_of(one, brought.paper))
    return edited, {places[at] for at in old if at in places}


def _left_key(one: Left) -> str:
    if one.edited is None:
        return "LRT061.weg"
    return "LRT061.nieuw" if one.made is None else "LRT061.anders"


def _left_text(one: Left) -> str:
    if one.edited is None or one.made is None:
        return (one.edited or one.made).text  # type: ignore[union-attr]
    made, edited = _with_form(one.made, one.edited), _with_form(one.edited, one.made)
    return text("deel.maakt_in_word", made=_one_line(made), edited=_one_line(edited))


def tell_dressed(dressed: Sequence[Dressed], document: str) -> Iterator[Problem]:
    """Yield what looks otherwise in Word, and stays in the document only."""
    for one in dressed:
        place = Place(document, part=one.part or None, paragraph=one.paragraph or None)
        yield problem("LRT066", place, None, what=one.what, passage=_one_line(one.passage))


# --- remarks


def _tell_remark(one: Remark, brought: Brought, meeting: Meeting, document: str) -> Problem:
    place = _place_of_remark(one, brought.placed, brought.edited, meeting)
    fields = {
        "author": _person(one.author, one.date) or text("deel.iemand"),
        "text": " ".join(one.text.split()),
        "passage": one.passage,
        "paragraph": one.paragraph,
        "done": "ja" if one.done else "nee",
    }
    return problem(
        "LRT063", place or Place(document, paragraph=one.paragraph or None), None, **fields
    )


def _place_of_remark(
    one: Remark, placed: Placed, blocks: Sequence[Block], meeting: Meeting
) -> Place | None:
    """Return where what the remark hangs on is typed, None where that is not known."""
    for at, block in enumerate(blocks):
        if block.part != one.part or block.number != one.paragraph:
            continue
        item = placed.items.get(at)
        shape = placed.shapes.get(at)
        if item is None or shape is None:
            return None
        for tail, indexes in item.texts.items():
            if at in indexes and item.origin:
                loc = loc_of(f"{item.origin}.{tail}" if tail else item.origin)
                places = _lines(meeting.node, loc)
                number = min(indexes.index(at), len(places) - 1)
                return places[number] if places else place_of(meeting.node, loc)
        tails = [tail for tail, said in item.values.items() if any(s.block == at for s in said)]
        path = ".".join(part for part in (item.origin, *tails[:1]) if part)
        return place_of(meeting.node, loc_of(path)) if path else None
    return None
