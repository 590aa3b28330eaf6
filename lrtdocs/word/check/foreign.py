"""What Word lays around tags and the engine leaves: fields, links, tracked changes and comments.

Each is told at the paragraph where it can be mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, shorten
from lrtdocs.word.check.shown import text_at
from lrtdocs.word.hidden import CHANGES, COMMENTS, drop_hidden
from lrtdocs.word.package.ooxml import COMMENTS_TYPE, R, w
from lrtdocs.word.story.cleanup import AUTHOR
from lrtdocs.word.tags.paragraphs import pieces_of, text_of
from lrtdocs.word.tags.tags import find_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.word.check.shown import ShownStory
    from lrtdocs.word.package.package import Package

_CHANGED = (w("ins"), w("moveTo"))


def places_of_outside(story: ShownStory) -> Iterator[tuple[str, Place]]:
    """Yield the address of each thing that stands outside, and where it is referred to."""
    rels = story.package.relations(story.member)
    outside = {row.id: row.target for row in rels.values() if row.external}
    for element in story.root.iter() if outside else ():
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{R}}}") and value in outside:
                yield outside[str(value)], story.place_of(element)


def check_changes(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each tag that a tracked change cuts through or takes away."""
    for paragraph, place in story.places.items():
        for tag in find_tags(text_of(paragraph), place)[0]:
            offset, changed = 0, set()
            for piece in pieces_of(paragraph):
                if offset < tag.end and offset + len(piece.text) > tag.start:
                    changed.add(next(piece.element.iterancestors(*_CHANGED), None) is not None)
                offset += len(piece.text)
            if len(changed) > 1:
                yield messages.problem("LRT338.deel", tag.place, found=tag.text)
        removed = "".join(t.text or "" for t in paragraph.iter(w("delText")))
        if find_tags(removed, place)[0]:
            where = story.whole(paragraph)
            yield messages.problem("LRT338.verwijderd", where, found=removed.strip())


def check_hidden(package: Package) -> Iterator[Problem]:
    """Yield a warning with all that nobody sees of a template, such as who saved it last.

    Tracked changes and comments are told where they stand.
    """
    hidden = [o for o in drop_hidden(package.copy()) if o.what not in {CHANGES, COMMENTS}]
    if hidden:
        what = dict.fromkeys(one.what for one in hidden)
        found = dict.fromkeys(shorten(one.text, 60) for one in hidden)
        told = {"what": "; ".join(what), "found": "; ".join(found)}
        yield messages.problem("LRT517", Place(package.name), None, **told)


def check_comments(story: ShownStory) -> Iterator[Problem]:
    """Yield a tip for each comment of a person that is still there."""
    part = story.package.part_of_type(COMMENTS_TYPE)
    comments = story.package.tree(part).iter(w("comment")) if part else ()
    authors = {one.get(w("id")): one.get(w("author"), "") for one in comments}
    for paragraph in story.places:
        for mark in paragraph.iter(w("commentReference")):
            author, place = authors.get(mark.get(w("id")), ""), story.whole(paragraph)
            if not author:
                yield messages.problem("LRT339.anoniem", place, found=text_at(place))
            elif author != AUTHOR:
                yield messages.problem("LRT339.van", place, author=author, found=text_at(place))
