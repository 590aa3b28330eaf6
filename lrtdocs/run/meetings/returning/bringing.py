"""A paper that was edited, set against the file of its meeting: what was changed, and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from lrtdocs import dutch
from lrtdocs.documents.meetings import Wijziging
from lrtdocs.kinds import KINDS
from lrtdocs.messages import FaultError
from lrtdocs.run.meetings.returning.aligning import align, settle_joined, settle_tabs
from lrtdocs.run.meetings.returning.applying import apply
from lrtdocs.run.meetings.returning.brought import Applied, Brought
from lrtdocs.run.meetings.returning.changes import Returned, choose, is_of_list, list_changes
from lrtdocs.run.meetings.returning.differing import find_differences
from lrtdocs.run.meetings.returning.fields import generic
from lrtdocs.run.meetings.returning.known import (
    BODY,
    Difference,
    Papers,
    Reason,
    Source,
    blocks_of,
)
from lrtdocs.run.meetings.returning.left import find_left
from lrtdocs.run.meetings.returning.paper import make_paper
from lrtdocs.run.meetings.returning.placing import place_edited, place_own
from lrtdocs.source.build.reading import loc_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.meetings.returning.known import Forms, Item, Paper, Placed
    from lrtdocs.word.reading.blocks import Block

_NUMBERED = (".actiepunten[]", ".besluiten[]", "agendapunten[]", ".subpunten[]")
_ROUNDS = 3


def likeness(paper: Paper, edited: Sequence[Block]) -> float:
    """Return which part of what `paper` says, with a value in it, stands in the `edited` paper.

    Of one that says nothing, as the late papers where nothing came late, nothing does.
    """
    said = {b.text for b, origin in zip(paper.blocks, paper.origins, strict=True)
            if origin and origin.shape.loops and b.part == BODY and b.text}  # fmt: skip
    there = {block.text for block in edited}
    return len(said & there) / len(said) if said else 0.0


def choose_paper(
    meeting: Meeting, forms: Mapping[str, Forms], edited: Sequence[Block], today: date
) -> tuple[Paper, float]:
    """Return the paper of the meeting that is most like the `edited` one, and how like it is.

    `forms` are those of each kind of paper.
    """
    found: list[tuple[float, float, Paper]] = []
    for kind, own in forms.items():
        paper = make_paper(meeting, kind, own, today)
        alike = _resemblance(paper.blocks, own.unify(edited))
        found.append((alike, likeness(paper, edited), paper))
    _, like, paper = max(found, key=lambda row: row[:2])
    return paper, like


def _resemblance(one: Sequence[Block], other: Sequence[Block]) -> float:
    """Return how alike two papers are: in their paragraphs, and in the styles of those.

    What only one of them has counts as well: all that an agenda says stands in minutes too.
    """
    said = [Counter((b.style, b.text) for b in row if b.text) for row in (one, other)]
    styles = [Counter(b.style for b in row if b.text) for row in (one, other)]
    return _share(*said) + _share(*styles)


def _share(one: Counter[Any], other: Counter[Any]) -> float:
    """Return which part of both is in both."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 1.0


def bring_back(
    meeting: Meeting,
    text: str,
    paper: Paper,
    edited: Sequence[Block],
    before: Sequence[Block] = (),
    chosen: Collection[str] | None = None,
) -> Brought:
    """Return what `edited` says otherwise than `paper`, today's, and the file `text` with that.

    `before` is the paper that was edited, as it was, where that is known to be of an older file:
    then what is newer in the file stays. With `chosen` only the changes with these keys are taken
    over.
    """
    forms, kind = paper.forms, KINDS[paper.kind]
    edited = settle_joined(paper.blocks, forms.unify(edited))
    edited = settle_tabs(paper.blocks, edited)
    paper = _dated(meeting, paper, edited)
    placed, found = _compare(paper, edited)
    newer = find_newer(found, paper, edited, forms.unify(before)) if before else []
    differences = [one for one in found if one not in newer]
    seen = Returned(paper, edited, meeting.node, kind)
    changes = list_changes([*differences, *newer], seen)
    taken = dict(enumerate(differences))
    if chosen is not None:
        taken = choose(differences, changes[: len(differences)], chosen, seen)
    source = Source(meeting.path, meeting.node, meeting.model)
    applied = apply(source, text, list(taken.values()), [*edited, *paper.blocks], kind)
    numbers = list(taken)
    applied.undone = {numbers[at]: reason for at, reason in applied.undone.items()}
    if not any(is_of_list(one) for at, one in enumerate(differences) if at not in taken):
        applied = _settle_numbers(meeting, applied, paper, edited)
    made = make_paper(_with(meeting, applied), paper.kind, forms, _day(paper), paper.change)
    left = find_left(paper.blocks, made.blocks, edited)
    applied.undone |= dict.fromkeys(range(len(differences), len(found)), Reason.NEWER)
    return Brought(paper, edited, placed, [*differences, *newer], applied, changes, chosen, left)


def _settle_numbers(
    meeting: Meeting, applied: Applied, paper: Paper, edited: Sequence[Block]
) -> Applied:
    """Return the file with the numbers of the edited paper, where it would count otherwise."""
    day = _day(paper)
    for _ in range(_ROUNDS):
        made = make_paper(_with(meeting, applied), paper.kind, paper.forms, day, paper.change)
        numbers = _numbers(made, edited)
        if not numbers:
            break
        again = apply(applied.source, applied.text, numbers, edited, KINDS[paper.kind])
        if again.text == applied.text:
            break
        applied = Applied(again.text, again.source, applied.undone)
    return applied


def _with(meeting: Meeting, applied: Applied) -> Meeting:
    return replace(meeting, node=applied.source.node, model=applied.source.model)


def _compare(paper: Paper, edited: Sequence[Block]) -> tuple[Placed, list[Difference]]:
    pairs = align(paper.blocks, edited)
    placed = place_edited(edited, pairs, paper)
    papers = Papers(paper.blocks, edited, place_own(paper), placed, paper.words)
    return placed, find_differences(papers)


def _day(paper: Paper) -> date:
    return cast("date", paper.words["dagtekening"])


def _dated(meeting: Meeting, paper: Paper, edited: Sequence[Block]) -> Paper:
    """Return `paper` with the date of the edited one, where the file does not say it.

    Of a later version than the one that went out, it is that version.
    """
    placed = place_edited(edited, align(paper.blocks, edited), paper)
    minutes = KINDS[paper.kind].is_minutes
    given = meeting.model.dagtekening or (minutes and meeting.model.dagtekening_verslag)
    day = None if given else _date_said(placed.top, "dagtekening")
    change = _change_said(placed.top)
    if day is None and change is None:
        return paper
    return make_paper(meeting, paper.kind, paper.forms, day or _day(paper), change)


def _date_said(top: Item, path: str) -> date | None:
    said = top.values.get(path, [])
    try:
        return dutch.parse_date(said[0].text) if said else None
    except (FaultError, ValueError):
        return None


def _change_said(top: Item) -> Wijziging | None:
    """Return which version a paper says that it is, and which items it says are new or changed."""
    version, day = top.values.get("wijziging.versie"), _date_said(top, "wijziging.datum")
    if not version or day is None or not version[0].text.isdecimal():
        return None
    items = [item for item in top.walk() if item.origin.startswith("agendapunten")]
    changed, new = (
        [loc_of(item.origin) for item in items if word in item.values]
        for word in ("gewijzigd", "nieuw")
    )
    return Wijziging(int(version[0].text), day, changed, new)


def find_newer(
    differences: Sequence[Difference],
    paper: Paper,
    edited: Sequence[Block],
    before: Sequence[Block],
) -> list[Difference]:
    """Return those of `differences` in which the file says something since the paper `before`.

    Nobody changed in Word what is in the edited paper as it was before; and what the file says now
    and did not before, is newer than what was changed in Word.
    """
    was = {(block.style, block.text) for block in before}

    def is_newer(one: Difference) -> bool:
        if one.kind == "new" and one.item is not None:
            return (edited[one.item.first].style, edited[one.item.first].text) in was
        old = [paper.blocks[at] for at in blocks_of(one, paper)]
        new = [edited[at] for saying in one.changed for at in saying.new]
        same = {(block.style, block.text) for block in old} & {(b.style, b.text) for b in new}
        there = [b for b in old if b.text and (b.style, b.text) not in same]
        fresh = [b for b in new if b.text and (b.style, b.text) not in same]
        return any((b.style, b.text) not in was for b in there) or any(
            (b.style, b.text) in was for b in fresh
        )

    return [one for one in differences if one.kind != "order" and is_newer(one)]


def _numbers(made: Paper, edited: Sequence[Block]) -> list[Difference]:
    """Return the numbers of actions, decisions and items that the file would count otherwise."""
    _, differences = _compare(made, edited)
    found = []
    for one in differences:
        item, _, key = one.path.rpartition(".")
        counted = any(generic(item).endswith(name) for name in _NUMBERED)
        if one.kind == "value" and key == "nummer" and counted:
            chosen = [saying for saying in one.changed if saying.after and not saying.again]
            found += [Difference(one.path, "value", chosen[:1])] if chosen else []
    return found
