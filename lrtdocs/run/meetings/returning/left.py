"""What is still different once all was taken over: nothing that somebody changed goes unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.meetings.returning.aligning import align, align_in_order, look_of
from lrtdocs.run.meetings.returning.known import BODY, Left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.word.reading.blocks import Block


def find_left(old: Sequence[Block], made: Sequence[Block], edited: Sequence[Block]) -> list[Left]:
    """Return what differs between what lrtdocs makes now and the edited paper.

    `old` is what it made before: what is in the edited paper as it was there, nobody changed.
    """
    found = _left_of_body(*(_of_body(row) for row in (old, made, edited)))
    return found + _left_beside(old, made, edited)


def _of_body(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.part == BODY]


def _is_seen(block: Block) -> bool:
    return bool(block.text)


def _left_of_body(
    old: Sequence[Block], made: Sequence[Block], edited: Sequence[Block]
) -> list[Left]:
    was, is_ = align_in_order(old, edited), align_in_order(made, edited)
    before = align(old, made)
    found: list[Left] = []
    partners = set(is_.values())
    same_then = {at for at, one in was.items() if look_of(old[one]) == look_of(edited[at])}
    for at, block in enumerate(edited):
        partner = made[is_[at]] if at in is_ else None
        if partner is not None and look_of(partner) == look_of(block):
            continue
        if _is_seen(block) or (partner is not None and _is_seen(partner)):
            own = partner is not None and partner.text == block.text and at not in was
            found.append(Left(partner, block, at in same_then or own, was.get(at)))
    kept = set(was.values())
    for at, block in enumerate(made):
        if at not in partners and _is_seen(block):
            known = before.get(at)
            gone = known is not None and known not in kept
            found.append(Left(block, None, not gone, known))
    return found


def _left_beside(
    old: Sequence[Block], made: Sequence[Block], edited: Sequence[Block]
) -> list[Left]:
    """Return what differs in headers and footers, but for what fields make up there."""
    was, now, is_ = (
        {
            (b.style, b.text): b
            for b in row
            if b.part != BODY and b.text.strip("\ufffc") and not b.live
        }
        for row in (old, made, edited)
    )
    fresh = [Left(None, is_[key], key in was, None) for key in is_.keys() - now.keys()]
    gone = [Left(now[key], None, key not in was, None) for key in now.keys() - is_.keys()]
    return fresh + gone
