"""Settling where the marks of a story stand: the stages between finding its tags and its program.

The compiler and the check go through them alike, so that what one of them refuses the other tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.compile.beside import check_breaks, free_floating
from lrtdocs.word.compile.resolve import resolve_story
from lrtdocs.word.compile.structure import apply_structure

if TYPE_CHECKING:
    from lrtdocs.errors import Problem
    from lrtdocs.word.compile.resolve import Ids, Resolved
    from lrtdocs.word.story.load import Story
    from lrtdocs.word.values.formatting import Formattings
    from lrtdocs.word.values.numbering import Styles


def settle_story(
    story: Story, formattings: Formattings, ids: Ids, styles: Styles
) -> tuple[list[Problem], Resolved | None]:
    """Put the marks of `story` where their source has to stand, and resolve its blocks and ids.

    Returns what is in the way, or nothing and the resolved story with all that is told of it.
    """
    root, marks = story.root, story.marks
    warnings = [*free_floating(root, marks), *check_breaks(root, marks)]
    in_the_way = apply_structure(root, marks, formattings)
    if in_the_way:
        return in_the_way, None
    resolved = resolve_story(root, marks, ids, styles, story.places)
    resolved.warnings += warnings
    return [], resolved
