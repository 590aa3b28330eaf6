"""The order of the headings of a template: no level skipped, and one heading at the top.

A template is not yet a document: headings in two branches of one if are never both there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import shorten
from lrtdocs.word.story.outline import level_of
from lrtdocs.word.tags.blocks import match_blocks
from lrtdocs.word.tags.paragraphs import pieces_of
from lrtdocs.word.tags.tags import OBJECT, find_tags, narrow_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.tags.tags import Tag

_FOUND_WIDTH = 60


def check_headings(
    places: Mapping[etree._Element, Place], levels: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield a warning where the headings of the body skip a level, or begin twice with level 1.

    Headings in two branches of one if are never both there.
    """
    headings, branches = _headings(places, levels)
    if not headings:
        return
    first: list[etree._Element] = []
    previous = -1
    for paragraph, level in headings:
        place = _whole(paragraph, places[paragraph])
        if level > previous + 1:
            found = shorten(place.text or "", _FOUND_WIDTH)
            yield messages.problem(
                "LRT348.overgeslagen", place, level=level + 1, wanted=previous + 2, found=found
            )
        if level == 0 and any(_together(branches[p], branches[paragraph]) for p in first):
            found = shorten(place.text or "", _FOUND_WIDTH)
            yield messages.problem("LRT348.tweede", place, found=found)
        first += [paragraph] if level == 0 else []
        previous = level


Branches = tuple[tuple[int, int], ...]


def _headings(
    places: Mapping[etree._Element, Place], levels: Mapping[str, int]
) -> tuple[list[tuple[etree._Element, int]], dict[etree._Element, Branches]]:
    """Return the headings with their levels, and the branches of blocks that each stands in."""
    tags: list[tuple[etree._Element, Tag]] = []
    for paragraph, place in places.items():
        text = "".join(piece.text for piece in pieces_of(paragraph))
        tags += [(paragraph, tag) for tag in find_tags(text, place)[0]]
    blocks, _ = match_blocks(tag for _, tag in tags)
    opening = {id(tag): (number, index) for number, block in enumerate(blocks)
               for index, tag in enumerate(block.tags)}  # fmt: skip
    last = {id(block.tags[-1]) for block in blocks if len(block.tags) > 1}
    of_paragraph: dict[etree._Element, list[Tag]] = {}
    for paragraph, tag in tags:
        of_paragraph.setdefault(paragraph, []).append(tag)
    stack: list[tuple[int, int]] = []
    headings, branches = [], {}
    for paragraph in places:
        level = level_of(paragraph, levels)
        text = "".join(piece.text for piece in pieces_of(paragraph)).replace(OBJECT, "")
        if level is not None and text.strip():
            headings.append((paragraph, level))
            branches[paragraph] = tuple(stack)
        for tag in of_paragraph.get(paragraph, []):
            found = opening.get(id(tag))
            if found is None:
                continue
            stack = [entry for entry in stack if entry[0] != found[0]]
            if id(tag) not in last:
                stack.append(found)
    return headings, branches


def _together(one: Branches, other: Branches) -> bool:
    """Tell whether two places can be in one document: not in two branches of one block."""
    mine = dict(one)
    return all(mine.get(block, branch) == branch for block, branch in other)


def _whole(paragraph: etree._Element, place: Place) -> Place:
    text = "".join(piece.text for piece in pieces_of(paragraph))
    return narrow_place(place, text, 0, len(text))
