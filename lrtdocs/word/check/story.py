"""All problems of the tags in one story of a template, and none that follows from another.

What was told in the stages before (`flow`) is mended or out of the way, and where the tags stand is
looked at by the compiler's own stages, as if it had been right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.flow import Knowledge, TagCheck
from lrtdocs.word.check.foreign import merge_fields
from lrtdocs.word.compile.resolve import Ids
from lrtdocs.word.compile.settle import settle_story
from lrtdocs.word.story.load import Story
from lrtdocs.word.tags.braces import check_text, sharpen_unclosed
from lrtdocs.word.tags.paragraphs import (
    check_number_of_tags,
    mark_attributes,
    mark_paragraph,
    tags_in,
    text_of,
)
from lrtdocs.word.tags.tags import OBJECT, Tag, find_tags, shown_text, spans_of
from lrtdocs.word.values.formatting import Formattings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from lrtdocs.errors import Place

Read = Callable[[], Story]
"""Gives the story afresh, without marks."""
_ROUNDS = 6
"""How often the structure is looked at again after what stood in the way was taken out."""


def check_tags_of_story(read: Read, knowledge: Knowledge) -> TagCheck:
    """Return what is known of the tags of a story; `read` gives the story afresh."""
    story, check = read(), TagCheck(knowledge)
    phantoms = [tag for p, where in story.places.items() for tag in _mark(p, where, story, check)]
    check.problems += mark_attributes(story.root, story.places, story.marks)
    too_many = check_number_of_tags(story.marks, story.place)
    if too_many:
        check.problems += too_many
        return check
    check.tags = _in_order(story, phantoms)
    check.check_tags()
    _check_beside(check)
    _check_structure(read, check)
    return check


def _mark(paragraph: etree._Element, place: Place, story: Story, check: TagCheck) -> list[Tag]:
    """Put the tags of `paragraph` into its tree; return those that were meant but are none."""
    text = text_of(paragraph)
    unclosed = mark_paragraph(paragraph, place, story.marks)
    spans, phantoms = spans_of(find_tags(text, place)[0]), []
    for problem in unclosed:
        better, phantom = sharpen_unclosed(problem)
        check.problems.append(better)
        phantoms += [phantom] if phantom else []
        start = (better.place.column or 1) - 1
        spans.append((start, start + (better.place.length or 0)))
    if text.strip(OBJECT + " "):
        told, blocks = check_text(text, spans, place, check.knowledge.names)
        fields = merge_fields(paragraph)  # these are told as what they are
        check.problems += [p for p in told if p.found.strip("«»‹› ") not in fields]
        phantoms += blocks
    check.labels[paragraph] = shown_text(text, spans)
    return phantoms


def _in_order(story: Story, phantoms: Sequence[Tag]) -> list[Tag]:
    """Return all tags of a story in the order of the text, with those that were meant as one."""
    inside = tags_in(story.root, story.marks)
    seen = {id(tag) for tag in inside}
    tags = [*inside, *(tag for tag in story.marks.tags if id(tag) not in seen)]
    for phantom in phantoms:
        tags.insert(_index_for(phantom, tags), phantom)
    return tags


def _index_for(phantom: Tag, tags: Sequence[Tag]) -> int:
    key = (phantom.place.paragraph or 0, phantom.place.column or 0)
    for index, tag in enumerate(tags):
        if (tag.place.paragraph or 0, tag.place.column or 0) > key and tag.owner is not None:
            return index
    return len(tags)


def _check_beside(check: TagCheck) -> None:
    """Warn for each formatted text with something beside it: it may be paragraphs."""
    for tag in check.tags:
        if tag.owner is not None and tag.is_tekst and check.labels.get(tag.owner, "").strip():
            check.problems.append(messages.problem("LRT314.ernaast", tag.place, found=tag.text))


def _check_structure(read: Read, check: TagCheck) -> None:
    """Tell what is wrong with the places of the tags; what was told is taken out, and again."""
    for block in check.blocks:
        if any(tag.number < 0 for tag in block.tags):
            for tag in block.tags:
                check.take_out(tag, tag.level)
    for _ in range(_ROUNDS):
        story = read()
        story.mark()
        for tag in story.marks.tags:
            other = check.instead.get(tag.place, tag)
            tag.kind, tag.body, tag.level = other.kind, other.body, other.level
        in_the_way, settled = settle_story(story, Formattings(), Ids(), check.knowledge.styles)
        check.problems += in_the_way
        if settled is not None:
            check.problems += settled.warnings + settled.problems
            return
        _clear({problem.place for problem in in_the_way}, story.marks.tags, check)


def _clear(places: set[Place], tags: Sequence[Tag], check: TagCheck) -> None:
    """Take out the tags at `places`, and the blocks they belong to."""
    for block in check.blocks:
        if any(tag.place in places for tag in block.tags):
            places |= {tag.place for tag in block.tags}
    for tag in tags:
        if tag.place in places:
            check.take_out(tag)
