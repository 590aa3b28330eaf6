"""Blocks: which `{% if %}` belongs to which `{% endif %}`; faults are told at the opening tag.

One mistake is one problem: a block that ends with the end of another sort, or two that cross, is
told once, and not at each of the tags that do not fit because of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import suggest
from lrtdocs.word.tags.tags import TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.errors import Problem
    from lrtdocs.word.tags.tags import Tag

    Chain = tuple[tuple[Tag, int], ...]
    """The blocks around a point, each by its opening tag and the number of the branch it is in."""

BLOCK_WORDS = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape", "set")
MIDDLE_WORDS = {"elif": ("if",), "else": ("if", "for")}
SINGLE_WORDS = ("set", "include", "import", "from", "extends", "do", "break", "continue")
CELL_VALUES = ("colspan", "cellbg")
CELL_WORDS = (*CELL_VALUES, "vm", "hm")
"""What a tag for a cell begins with; a value follows on those in `CELL_VALUES` only."""
END_WORDS = tuple(f"end{word}" for word in BLOCK_WORDS)
CONTROL_WORDS = (*BLOCK_WORDS, *MIDDLE_WORDS, *SINGLE_WORDS, *CELL_WORDS, *END_WORDS)
"""All that a control tag can begin with."""


@dataclass(eq=False, slots=True)
class Block:
    """A block: its opening tag, the tags between branches, and its closing tag."""

    tags: list[Tag]

    @property
    def first(self) -> Tag:
        """Return the tag that opens it."""
        return self.tags[0]

    @property
    def last(self) -> Tag:
        """Return the tag that ends it."""
        return self.tags[-1]

    @property
    def word(self) -> str:
        """Return what kind of block it is, such as if or for."""
        return self.first.word

    @property
    def is_whole(self) -> bool:
        """Tell whether it ends with its own end."""
        return self.last.word == f"end{self.word}"


def match_blocks(tags: Iterable[Tag]) -> tuple[list[Block], list[Problem]]:
    """Return the blocks among `tags`, outer before inner, and a problem for each loose end."""
    matching = _Matching()
    for tag in tags:
        if tag.kind is TagKind.CONTROL:
            matching.meet(tag)
    return matching.blocks, matching.finish()


class _Matching:
    """The blocks that are open at one point of a part, and what went wrong before it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.stack: list[Block] = []
        self.crossed: list[Block] = []
        self.strays: list[tuple[Tag, Block | None]] = []

    def meet(self, tag: Tag) -> None:
        """Let `tag` begin, divide or end a block."""
        word = tag.word
        if opens_block(tag):
            self.stack.append(Block([tag]))
            self.blocks.append(self.stack[-1])
        elif word in MIDDLE_WORDS:
            self._divide(tag)
        elif word in END_WORDS:
            self._close(tag)
        elif word not in CONTROL_WORDS:
            self.problems.append(unknown_word(tag))

    def _divide(self, tag: Tag) -> None:
        """Add an else or elif to the block that it stands in."""
        inner = self.stack[-1] if self.stack else None
        if inner and inner.last.word == "else":
            self.problems.append(messages.problem("LRT303.na_else", tag.place, tag=tag.text))
        elif inner and inner.word in MIDDLE_WORDS[tag.word]:
            inner.tags.append(tag)
        else:
            self.problems.append(messages.problem("LRT303.los", tag.place, tag=tag.text))

    def _close(self, tag: Tag) -> None:
        """End the innermost block of the sort that `tag` ends; those inside it stay open.

        An end without a beginning is that of a block told as crossing, or kept as a stray.
        """
        wanted = tag.word.removeprefix("end")
        if any(block.word == wanted for block in self.stack):
            while self.stack[-1].word != wanted:
                self.crossed.append(self.stack.pop())
                self.problems.append(_not_ended(self.crossed[-1], "LRT303.kruist", tag))
            self.stack.pop().tags.append(tag)
            return
        crossed = next((block for block in self.crossed if block.word == wanted), None)
        if crossed is not None:
            self.crossed.remove(crossed)
        else:
            self.strays.append((tag, self.stack[-1] if self.stack else None))

    def finish(self) -> list[Problem]:
        """Return all problems, when the last tag was met."""
        for block in self.stack:
            wrong = next((stray for stray in self.strays if stray[1] is block), None)
            if wrong is None:
                self.problems.append(_not_ended(block, "LRT303.open"))
            else:
                self.strays.remove(wrong)
                self.problems.append(_not_ended(block, "LRT303.ander_einde", wrong[0]))
        return self.problems + [
            messages.problem(
                "LRT303.einde", tag.place, tag=tag.text, word=tag.word.removeprefix("end")
            )
            for tag, _ in self.strays
        ]


def _not_ended(block: Block, key: str, end: Tag | None = None) -> Problem:
    """Return the problem `key` of a block without its own end, where `end` stands instead."""
    tag, other = block.first, dict[str, str]()
    if end is not None:
        n = end.place.paragraph
        other = {"end": end.text, "where": messages.text("deel.in_alinea", n=n) if n else ""}
    right = f"{{%{tag.level} end{tag.word} %}}"
    return messages.problem(key, tag.place, None, tag=tag.text, right=right, **other)


def chain_behind(tag: Tag, chain: Chain) -> Chain:
    """Return the blocks around the point behind `tag`, which are `chain` before it."""
    if tag.word.startswith("end"):
        return chain[:-1]
    if tag.word in MIDDLE_WORDS and chain:
        opening, branch = chain[-1]
        return (*chain[:-1], (opening, branch + 1))
    return (*chain, (tag, 0)) if opens_block(tag) else chain


def opens_block(tag: Tag) -> bool:
    """Tell whether `tag` begins a block."""
    if tag.word == "set":
        return "=" not in tag.body.partition("|")[0]
    return tag.kind is TagKind.CONTROL and tag.word in BLOCK_WORDS


def unknown_word(tag: Tag) -> Problem:
    """Return the problem of a control `tag` that says nothing a template knows."""
    near = "" if tag.word.startswith("end") else suggest(tag.word, CONTROL_WORDS)
    remedy = near or messages.text("deel.gebruik_blok")
    if not tag.body:
        return messages.problem("LRT302.leeg", tag.place, tag=tag.text, remedy=remedy)
    word = tag.word or tag.body
    key = "LRT302.spatie" if tag.word in {"p", "tr", "tc", "r"} else "LRT302.opdracht"
    return messages.problem(key, tag.place, tag=tag.text, word=word, remedy=remedy)
