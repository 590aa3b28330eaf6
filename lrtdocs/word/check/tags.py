"""All problems of the tags in one part of a template, and none that follows from another.

Compiling stops at the first stage that goes wrong; a check does not. A tag that is told is mended
or taken out, so that a block that a misspelt tag opens is still a block, and one mistake is one
problem. Then where the tags stand is looked at by the compiler's own stages, as if they were right.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from lrtdocs import messages
from lrtdocs.word.check.words import WordCheck, as_program, check_empty
from lrtdocs.word.compile.language import check_language
from lrtdocs.word.compile.resolve import Ids, resolve_story
from lrtdocs.word.compile.spelling import LOST, mend
from lrtdocs.word.story.load import Story
from lrtdocs.word.tags.blocks import END_WORDS, MIDDLE_WORDS, Block, match_blocks, opens_block
from lrtdocs.word.tags.braces import check_text, sharpen_unclosed
from lrtdocs.word.tags.paragraphs import (
    check_number_of_tags,
    mark_attributes,
    mark_paragraph,
    tags_in,
    text_of,
)
from lrtdocs.word.tags.tags import NOWHERE, OBJECT, Tag, TagKind, find_tags, shown_text, spans_of
from lrtdocs.word.values.formatting import Formattings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.veld import Field
    from lrtdocs.word.values.numbering import Styles

Read = Callable[[], Story]
"""Gives the story afresh, without marks."""
_ROUNDS = 6
"""How often the structure is looked at again after what stood in the way was taken out."""


@dataclass(frozen=True)
class Knowledge:
    """What a part is checked with: the language, the words of the document, and the styles."""

    environment: Environment
    trusted: bool
    fields: Sequence[Field]
    names: frozenset[str]
    styles: Styles


@dataclass(eq=False)
class TagCheck:
    """What is known of the `tags` of one part, in the order of the text, from stage to stage.

    A tag without a mark (number -1) is none in the tree, but was meant as one. `instead` holds what
    comes in the place of a tag that was told, by its place; of the names in `lost` nothing is told.
    `blocks` are those that are whole, `labels` the text of each paragraph without its tags, `words`
    what the tags do with words.
    """

    knowledge: Knowledge
    tags: Sequence[Tag] = ()
    problems: list[Problem] = field(default_factory=list)
    instead: dict[Place, Tag] = field(default_factory=dict)
    lost: set[str] = field(default_factory=lambda: {LOST})
    blocks: list[Block] = field(default_factory=list)
    labels: dict[etree._Element, str] = field(default_factory=dict)
    words: WordCheck = field(default_factory=lambda: WordCheck((), lambda _: NOWHERE))

    def check_story(self, read: Read) -> None:
        """Tell what is wrong with the tags of a story; `read` gives it afresh."""
        story = read()
        phantoms = [tag for p, where in story.places.items() for tag in self._mark(p, where, story)]
        self.problems += mark_attributes(story.root, story.places, story.marks)
        too_many = check_number_of_tags(story.marks, story.place)
        if too_many:
            self.problems += too_many
            return
        self.tags = _in_order(story, phantoms)
        self.check_tags()
        for tag in self.tags:
            if tag.owner is not None and tag.is_tekst and self.labels.get(tag.owner, "").strip():
                self.problems.append(messages.problem("LRT314.ernaast", tag.place, found=tag.text))
        self._check_structure(read)
        if self.knowledge.fields:
            told = {problem.place for problem in self.problems}
            empty = check_empty(self.words.printed, self.labels)
            self.problems += [problem for problem in empty if problem.place not in told]

    def check_tags(self) -> None:
        """Tell what is wrong with the tags, the tree they stand in left out of it."""
        for tag in self.tags:
            mended = mend(tag, self.knowledge.environment)
            if mended is not None:
                self.problems.append(mended.problem)
                self.instead[tag.place] = mended.tag
                self.lost |= mended.lost
        self._match_blocks()
        self._check_words()

    def _mark(self, paragraph: etree._Element, place: Place, story: Story) -> list[Tag]:
        """Put the tags of `paragraph` into its tree; return those that were meant but are none."""
        text = text_of(paragraph)
        unclosed = mark_paragraph(paragraph, place, story.marks)
        spans, phantoms = spans_of(find_tags(text, place)[0]), []
        for problem in unclosed:
            better, phantom = sharpen_unclosed(problem)
            self.problems.append(better)
            phantoms += [phantom] if phantom else []
            start = (better.place.column or 1) - 1
            spans.append((start, start + (better.place.length or 0)))
        if text.strip(OBJECT + " "):
            told, blocks = check_text(paragraph, text, spans, place, self.knowledge.names)
            self.problems += told
            phantoms += blocks
        self.labels[paragraph] = shown_text(text, spans)
        return phantoms

    def _sound(self) -> list[Tag]:
        """Return the tags as they are read: each that was told is mended or out of the way."""
        return [self.instead.get(tag.place, tag) for tag in self.tags]

    def _take_out(self, tag: Tag, level: str = "") -> None:
        """Let `tag` be as a comment from now on."""
        self.instead[tag.place] = replace(tag, kind=TagKind.COMMENT, body="", level=level)

    def _match_blocks(self) -> None:
        sound = self._sound()
        blocks, problems = match_blocks(sound)
        self.problems += problems
        self.blocks = [block for block in blocks if block.is_whole]
        fitting = {id(tag) for block in self.blocks for tag in block.tags}
        for tag in sound:
            if _is_part_of_block(tag) and id(tag) not in fitting:
                self.lost |= _bound_by(tag)
                self._take_out(tag, tag.level)

    def _check_words(self) -> None:
        """Note what the tags do with words; nothing is told of a tag that was told already."""
        environment, trusted = self.knowledge.environment, self.knowledge.trusted
        source, tag_of = as_program(self._sound())
        words = self.words = WordCheck(self.knowledge.fields, tag_of, self.lost, trusted=trusted)
        try:
            tree = environment.parse(source)
            unsafe = check_language(tree, tag_of, environment, trusted=trusted)
            for condition in self._conditions_taken_out():
                with suppress(TemplateSyntaxError):
                    words.assume(environment.parse(f"{{{{ {condition} }}}}"))
            words.walk(tree.body)
        except (TemplateSyntaxError, RecursionError, ValueError, OverflowError):
            return  # told when the template is compiled
        told = {problem.place for problem in unsafe} | set(self.instead)
        unsafe = [problem for problem in unsafe if problem.found]
        more = [p for p in words.problems if p.place not in told and p.place.file]
        self.problems += dict.fromkeys(unsafe + more)

    def _conditions_taken_out(self) -> Iterator[str]:
        for tag in self.tags:
            now = self.instead.get(tag.place, tag)
            if tag.word in ("if", "elif") and now.kind is TagKind.COMMENT:
                yield tag.body.removeprefix(tag.word)

    def _check_structure(self, read: Read) -> None:
        """Tell what is wrong with the places of the tags; what was told is taken out, and again."""
        for block in self.blocks:
            if any(tag.number < 0 for tag in block.tags):
                for tag in block.tags:
                    self._take_out(tag, tag.level)
        for _ in range(_ROUNDS):
            story = read()
            story.mark()
            for tag in story.marks.tags:
                other = self.instead.get(tag.place, tag)
                tag.kind, tag.body, tag.level = other.kind, other.body, other.level
            in_the_way, settled = resolve_story(
                story, Formattings({}), Ids(), self.knowledge.styles
            )
            self.problems += in_the_way
            if settled is not None:
                self.problems += settled.warnings + settled.problems
                return
            self._clear({problem.place for problem in in_the_way}, story.marks.tags)

    def _clear(self, places: set[Place], tags: Sequence[Tag]) -> None:
        """Take out those of `tags` that stand at `places`, and the blocks they belong to."""
        for block in self.blocks:
            if any(tag.place in places for tag in block.tags):
                places |= {tag.place for tag in block.tags}
        for tag in tags:
            if tag.place in places:
                self._take_out(tag)


def _in_order(story: Story, phantoms: Sequence[Tag]) -> list[Tag]:
    """Return all tags of a story in the order of the text, with those that were meant as one."""
    inside = tags_in(story.root, story.marks)
    seen = {id(tag) for tag in inside}
    tags = [*inside, *(tag for tag in story.marks.tags if id(tag) not in seen)]
    for phantom in phantoms:
        key = phantom.place.sort_key()
        later = (
            i for i, tag in enumerate(tags) if tag.owner is not None and tag.place.sort_key() > key
        )
        tags.insert(next(later, len(tags)), phantom)
    return tags


def _is_part_of_block(tag: Tag) -> bool:
    return tag.word in END_WORDS or tag.word in MIDDLE_WORDS or opens_block(tag)


def _bound_by(tag: Tag) -> set[str]:
    """Return the names that a loop without an end would have given a value."""
    if tag.word != "for":
        return set()
    names = tag.body[3:].partition(" in ")[0]
    return {name.strip() for name in names.split(",")} | {"loop"}
