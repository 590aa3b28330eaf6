"""The check of the tags of one part, stage by stage: their spelling, their blocks and their words.

Compiling stops at the first stage that goes wrong; a check does not. A tag that is told is mended
or taken out, so that a block that a misspelt tag opens is still a block, and one mistake is one
problem. Where tags stand in the tree is left to `story`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from lrtdocs.word.check.program import as_program
from lrtdocs.word.check.spelling import LOST, mend
from lrtdocs.word.check.words import Findings, WordCheck
from lrtdocs.word.compile.language import check_language
from lrtdocs.word.tags.blocks import BLOCK_WORDS, MIDDLE_WORDS, Block, match_blocks, opens_block
from lrtdocs.word.tags.tags import Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.veld import Field
    from lrtdocs.word.values.numbering import Styles


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
    `blocks` are those that are whole, `labels` the text of each paragraph without its tags.
    """

    knowledge: Knowledge
    tags: Sequence[Tag] = ()
    problems: list[Problem] = field(default_factory=list)
    instead: dict[Place, Tag] = field(default_factory=dict)
    lost: set[str] = field(default_factory=lambda: {LOST})
    blocks: list[Block] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    labels: dict[etree._Element, str] = field(default_factory=dict)

    @property
    def sound(self) -> list[Tag]:
        """The tags as they are read: each that was told is mended or out of the way."""
        return [self.instead.get(tag.place, tag) for tag in self.tags]

    def take_out(self, tag: Tag, level: str = "") -> None:
        """Let `tag` be as a comment from now on."""
        self.instead[tag.place] = replace(tag, kind=TagKind.COMMENT, body="", level=level)

    def check_tags(self) -> None:
        """Tell what is wrong with the tags, the tree they stand in left out of it."""
        for tag in self.tags:
            self._check_spelling(tag)
        self._match_blocks()
        self._check_words()

    def _check_spelling(self, tag: Tag) -> None:
        mended = mend(tag, self.knowledge.environment)
        if mended is not None:
            self.problems.append(mended.problem)
            self.instead[tag.place] = mended.tag
            self.lost |= mended.lost

    def _match_blocks(self) -> None:
        sound = self.sound
        blocks, problems = match_blocks(sound)
        self.problems += problems
        self.blocks = [block for block in blocks if block.is_whole]
        fitting = {id(tag) for block in self.blocks for tag in block.tags}
        for tag in sound:
            if _is_part_of_block(tag) and id(tag) not in fitting:
                self.lost |= _bound_by(tag)
                self.take_out(tag, tag.level)

    def _check_words(self) -> None:
        """Note what the tags do with words; nothing is told of a tag that was told already."""
        environment, trusted = self.knowledge.environment, self.knowledge.trusted
        source, tag_of = as_program(self.sound)
        try:
            tree = environment.parse(source)
            unsafe = check_language(tree, tag_of, environment, trusted=trusted)
            words = WordCheck(self.knowledge.fields, tag_of, self.lost, trusted=trusted)
            for condition in self._conditions_taken_out():
                with suppress(TemplateSyntaxError):
                    words.assume(environment.parse(f"{{{{ {condition} }}}}"))
            words.walk(tree.body)
        except (TemplateSyntaxError, RecursionError, ValueError, OverflowError):
            return  # told when the template is compiled
        self.findings = words.findings
        told = {problem.place for problem in unsafe} | set(self.instead)
        unsafe = [problem for problem in unsafe if problem.found]
        more = [p for p in words.findings.problems if p.place not in told and p.place.file]
        self.problems += dict.fromkeys(unsafe + more)

    def _conditions_taken_out(self) -> Iterator[str]:
        for tag in self.tags:
            now = self.instead.get(tag.place, tag)
            if tag.word in ("if", "elif") and now.kind is TagKind.COMMENT:
                yield tag.body.removeprefix(tag.word)


def _is_part_of_block(tag: Tag) -> bool:
    ends = tag.word.startswith("end") and tag.word[3:] in BLOCK_WORDS
    return ends or tag.word in MIDDLE_WORDS or opens_block(tag)


def _bound_by(tag: Tag) -> set[str]:
    """Return the names that a loop without an end would have given a value."""
    if tag.word != "for":
        return set()
    names = tag.body[3:].partition(" in ")[0]
    return {name.strip() for name in names.split(",")} | {"loop"}
