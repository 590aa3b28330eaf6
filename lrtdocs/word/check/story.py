"""All problems of the tags in one part of a template, and no problem that follows from another.

Compiling stops at the first stage that goes wrong; a check does not. What was told is mended or
taken out of the way (`check_flow`), and where tags stand is looked at as if it had been right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.flow import Flow, Knowledge, check_flow
from lrtdocs.word.check.foreign import merge_fields
from lrtdocs.word.check.words import Findings
from lrtdocs.word.compile.floating import free_floating
from lrtdocs.word.compile.page_breaks import check_breaks
from lrtdocs.word.compile.resolve import Ids, resolve_story
from lrtdocs.word.compile.structure import apply_structure
from lrtdocs.word.story.load import Story
from lrtdocs.word.tags.braces import check_text, sharpen_unclosed
from lrtdocs.word.tags.paragraphs import (
    check_number_of_tags,
    mark_attributes,
    mark_paragraph,
    pieces_of,
    tags_in,
)
from lrtdocs.word.tags.tags import OBJECT, Tag, find_tags, spans_of
from lrtdocs.word.values.formatting import Formattings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.tags.blocks import Block

Read = Callable[[], Story]
"""Gives the story afresh, without marks."""
_ROUNDS = 6
"""How often the structure is looked at again after what stood in the way was taken out."""


@dataclass
class Checked:
    """What the check of one part found; `labels` is the text of its paragraphs without tags."""

    problems: list[Problem] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    labels: dict[etree._Element, str] = field(default_factory=dict)


def check_tags_of_story(read: Read, place: Place, knowledge: Knowledge) -> Checked:
    """Return all problems of the tags of a story; `read` gives the story afresh."""
    marked = _mark(read(), knowledge.names)
    checked = Checked(list(marked.problems), labels=marked.labels)
    too_many = check_number_of_tags(marked.story.marks, place)
    if too_many:
        checked.problems += too_many
        return checked
    outcome = check_flow(_in_order(marked), knowledge)
    checked.problems += outcome.problems
    checked.findings = outcome.findings
    checked.problems += _check_beside(marked)
    checked.problems += _check_structure(read, knowledge, outcome)
    return checked


@dataclass
class _Marked:
    story: Story
    problems: list[Problem]
    phantoms: list[Tag]
    labels: dict[etree._Element, str]


def _mark(story: Story, names: Collection[str]) -> _Marked:
    """Put the tags of a story into its tree, and tell what was meant as a tag but is none."""
    found = _Marked(story, [], [], {})
    for paragraph, where in story.places.items():
        text = "".join(piece.text for piece in pieces_of(paragraph))
        unclosed = mark_paragraph(paragraph, where, story.marks)
        spans = spans_of(find_tags(text, where)[0])
        for problem in unclosed:
            better, phantom = sharpen_unclosed(problem)
            found.problems.append(better)
            found.phantoms += [phantom] if phantom else []
            start = (better.place.column or 1) - 1
            spans.append((start, start + (better.place.length or 0)))
        if text.strip(OBJECT + " "):
            told, blocks = check_text(text, spans, where, names)
            fields = merge_fields(paragraph)  # these are told as what they are
            found.problems += [p for p in told if p.found.strip("«»‹› ") not in fields]
            found.phantoms += blocks
        found.labels[paragraph] = _label(text, spans)
    found.problems += mark_attributes(story.root, story.places, story.marks)
    return found


def _check_beside(marked: _Marked) -> Iterator[Problem]:
    """Yield a warning for each formatted text with something beside it: it may be paragraphs."""
    for tag in marked.story.marks.tags:
        if tag.owner is None or not tag.is_tekst:
            continue
        if marked.labels.get(tag.owner, "").strip():
            yield messages.problem("LRT314.ernaast", tag.place, found=tag.text)


def _label(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text.replace("\0", "").replace(OBJECT, "")


def _in_order(marked: _Marked) -> list[Tag]:
    """Return all tags of a story in the order of the text, with those that were meant as one."""
    marks = marked.story.marks
    inside = tags_in(marked.story.root, marks)
    seen = {id(tag) for tag in inside}
    tags = [*inside, *(tag for tag in marks.tags if id(tag) not in seen)]
    for phantom in marked.phantoms:
        tags.insert(_index_for(phantom, tags), phantom)
    return tags


def _index_for(phantom: Tag, tags: Sequence[Tag]) -> int:
    key = (phantom.place.paragraph or 0, phantom.place.column or 0)
    for index, tag in enumerate(tags):
        if (tag.place.paragraph or 0, tag.place.column or 0) > key and tag.owner is not None:
            return index
    return len(tags)


def _check_structure(read: Read, knowledge: Knowledge, flow: Flow) -> list[Problem]:
    """Return what is wrong with the places of the tags; what was told is taken out, and again."""
    problems: list[Problem] = []
    instead = dict(flow.instead)
    for _ in range(_ROUNDS):
        story = read()
        story.mark()
        root, marks = story.root, story.marks
        _replace(marks.tags, instead)
        floating = [*free_floating(root, marks), *check_breaks(root, marks)]
        found = apply_structure(root, marks, Formattings())
        if not found:
            resolved = resolve_story(root, marks, Ids(), knowledge.styles, story.places)
            return problems + floating + resolved.problems
        problems += found
        _take_out({problem.place for problem in found}, flow.blocks, marks.tags, instead)
    return problems


def _replace(tags: Iterable[Tag], instead: Mapping[Place, Tag]) -> None:
    for tag in tags:
        other = instead.get(tag.place)
        if other is not None:
            tag.kind, tag.body, tag.level = other.kind, other.body, other.level


def _take_out(
    places: set[Place], blocks: Sequence[Block], tags: Sequence[Tag], instead: dict[Place, Tag]
) -> None:
    """Let the tags at `places`, and the blocks they belong to, be as comments from now on."""
    out = set(places)
    for block in blocks:
        if any(tag.place in places for tag in block.tags):
            out |= {tag.place for tag in block.tags}
    for tag in tags:
        if tag.place in out:
            instead[tag.place] = replace(tag, kind="comment", body="", level="")
