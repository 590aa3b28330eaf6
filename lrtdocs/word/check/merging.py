"""The fields of Word's own mail merge in a template: nothing fills them; what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.mergefields.expressions import Named
from lrtdocs.word.mergefields.survey import survey
from lrtdocs.word.tags.braces import merge_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.word.check.shown import ShownStory


def check_merge(story: ShownStory, known: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each merge field in `story`, with the tag for it; `known` are words."""

    def word_of(name: str) -> Named:
        return Named(merge_word(name, known))

    name = story.package.name
    file = f'"{name}"' if " " in name else name
    for seen in survey(story.root, word_of):
        place = story.place if seen.paragraph is None else story.place_of(seen.paragraph)
        told = {"name": seen.name, "found": seen.code, "file": file}
        if seen.reason:
            remedy = messages.find_row(seen.reason)["remedie"].replace("{{", "{").replace("}}", "}")
            yield messages.problem("LRT333.zonder", place, None, **told, remedy=remedy)
        elif seen.tags:
            yield messages.problem("LRT333.tag", place, None, **told, tags=seen.tags)
        else:
            yield messages.problem("LRT333.leeg_veld", place, None, **told)
