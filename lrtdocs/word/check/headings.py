"""The order of the headings of a template: no level skipped, and one heading at the top.

A template is not yet a document: headings in two branches of one if are never both there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.shown import text_at
from lrtdocs.word.story.outline import level_of
from lrtdocs.word.tags.blocks import chain_behind, match_blocks
from lrtdocs.word.tags.paragraphs import text_of
from lrtdocs.word.tags.tags import OBJECT, find_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.check.shown import ShownStory
    from lrtdocs.word.tags.blocks import Chain


def check_headings(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning where the headings of the body skip a level, or begin twice with level 1."""
    first: list[Chain] = []
    previous = -1
    for paragraph, level, chain in _headings(story):
        place = story.whole(paragraph)
        if level > previous + 1:
            levels = {"level": level + 1, "wanted": previous + 2}
            yield messages.problem(
                "LRT348.overgeslagen", place, None, **levels, found=text_at(place)
            )
        if level == 0 and any(_together(one, chain) for one in first):
            yield messages.problem("LRT348.tweede", place, found=text_at(place))
        first += [chain] if level == 0 else []
        previous = level


def _headings(story: ShownStory) -> Iterator[tuple[etree._Element, int, Chain]]:
    """Yield the headings with their levels, and the blocks that each stands in."""
    tags = {p: find_tags(text_of(p), place)[0] for p, place in story.places.items()}
    blocks, _ = match_blocks(tag for found in tags.values() for tag in found)
    whole = {id(tag) for block in blocks if block.is_whole for tag in block.tags}
    chain: Chain = ()
    for paragraph, found in tags.items():
        level = level_of(paragraph, story.levels)
        if level is not None and text_of(paragraph).replace(OBJECT, "").strip():
            yield paragraph, level, chain
        for tag in found:
            chain = chain_behind(tag, chain) if id(tag) in whole else chain


def _together(one: Chain, other: Chain) -> bool:
    """Tell whether two places can be in one document: not in two branches of one block."""
    mine = dict(one)
    return all(mine.get(block, branch) == branch for block, branch in other)
