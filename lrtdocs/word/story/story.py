"""A story as it is read: as one accepts it in Word, and whole.

Whoever counts paragraphs, to fill them, to tell what is wrong in one or to hang a remark on it,
counts those of a story that is ready; so all of them mean the same paragraph by a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.story.leftovers import clear_story
from lrtdocs.word.story.lint import mend_story
from lrtdocs.word.story.revisions import accept_revisions

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.errors import Place, Problem


def ready_story(root: etree._Element, place: Place, lists: set[str] | None = None) -> list[Problem]:
    """Accept the tracked changes of `root`, drop its comments and make it whole; return warnings.

    Numbering that is not among `lists` is left out.
    """
    accepted = accept_revisions(root, place)
    clear_story(root)
    mend_story(root, lists)
    return accepted
