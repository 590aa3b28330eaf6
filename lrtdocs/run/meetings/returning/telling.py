"""What came back from an edited paper, told: each change, what was not taken over, the remarks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem
from lrtdocs.messages import problem, text
from lrtdocs.run.meetings.returning.changes import blocks_in, places_of, with_form
from lrtdocs.run.meetings.returning.known import BODY, Reason, blocks_of
from lrtdocs.source.build.reading import loc_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.meetings.returning.brought import Brought
    from lrtdocs.run.meetings.returning.changes import Change
    from lrtdocs.run.meetings.returning.known import Difference, Left, Placed
    from lrtdocs.run.meetings.returning.looking import Dressed
    from lrtdocs.word.reading.blocks import Block
    from lrtdocs.word.reading.changes import Change as Tracked
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


def tell_changes(brought: Brought) -> Iterator[tuple[str, Problem]]:
    """Yield what is told of each change, with its key."""
    deleted = [change for block in brought.edited for change in block.changes if change.gone]
    for number, one in enumerate(brought.differences):
        told = _tell(one, brought.changes[number], deleted, brought.reasons(number))
        for change, problem_ in zip(brought.changes[number], told, strict=True):
            yield change.key, problem_


def tell_rest(
    brought: Brought, meeting: Meeting, remarks: Sequence[Remark], document: str
) -> Iterator[Problem]:
    """Yield what else is told of an edited paper: what belongs to no field, and remarks."""
    yield from _tell_left(brought, document)
    yield from (_tell_remark(one, brought, meeting, document) for one in remarks)


def _tell(
    one: Difference,
    changes: Sequence[Change],
    deleted: Sequence[Tracked],
    reasons: Sequence[Reason | Problem | None],
) -> Iterator[Problem]:
    loc = loc_of(one.path)
    name = name_of(loc if one.kind != "new" else (*loc, one.at))
    for shown, reason in zip(changes, reasons, strict=True):
        tracked = shown.tracked or tuple(_who_deleted(shown.before, deleted))
        fields = {
            "field": name[:1].upper() + name[1:] if not name.startswith("'") else name,
            "change": _change(shown),
            "who": _who(tracked),
            "before": shown.before,
            "after": shown.after,
            "path": one.path,
        }
        if reason is None:
            yield problem(shown.told, shown.place, None, **fields)
        elif isinstance(reason, Reason):
            yield problem(reason, shown.place, None, **fields)
        else:
            told = f"{reason.message} {reason.remedy}".strip()
            yield problem("LRT061.fout", shown.place, None, **fields, reason=told)


def _change(shown: Change) -> str:
    if shown.before and shown.after:
        return text("deel.was_wordt", before=_one_line(shown.before), after=_one_line(shown.after))
    return _one_line(shown.before or shown.after)


def _one_line(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 90 else f"{words[:89]}…"


def _who_deleted(before: str, deleted: Sequence[Tracked]) -> list[Tracked]:
    """Return the deletions by which `before` may be gone."""
    words = " ".join(before.split())
    return [
        one
        for one in deleted
        if one.gone.strip() and (one.gone.strip() in words or words in " ".join(one.gone.split()))
    ]


def _who(changes: Sequence[Tracked]) -> str:
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
    indexes: list[int] = []
    gone: list[int] = []
    for number, one in enumerate(brought.differences):
        reasons = brought.reasons(number)
        for change, reason in zip(brought.changes[number], reasons, strict=True):
            if reason is not None:
                indexes += change.new
                gone += change.old
        if all(reasons):
            indexes += [at for each in one.changed for at in each.new]
            indexes += [at for item in (one.item.walk() if one.item else ())
                        for at in blocks_in(item)]  # fmt: skip
            gone += blocks_of(one, brought.paper)
    edited = {brought.edited[at] for at in indexes}
    body = [at for at, block in enumerate(brought.paper.blocks) if block.part == BODY]
    places = {at: number for number, at in enumerate(body)}
    return edited, {places[at] for at in gone if at in places}


def _left_key(one: Left) -> str:
    if one.edited is None:
        return "LRT061.weg"
    return "LRT061.nieuw" if one.made is None else "LRT061.anders"


def _left_text(one: Left) -> str:
    if one.edited is None or one.made is None:
        return (one.edited or one.made).text  # type: ignore[union-attr]
    made, edited = with_form(one.made, one.edited), with_form(one.edited, one.made)
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
                places = places_of(meeting.node, loc)
                number = min(indexes.index(at), len(places) - 1)
                return places[number] if places else place_of(meeting.node, loc)
        tails = [tail for tail, said in item.values.items() if any(s.block == at for s in said)]
        path = ".".join(part for part in (item.origin, *tails[:1]) if part)
        return place_of(meeting.node, loc_of(path)) if path else None
    return None
