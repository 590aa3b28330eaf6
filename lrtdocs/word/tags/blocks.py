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

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.tags.tags import Tag

    Chain = tuple[tuple[Tag, int], ...]
    """The blocks around a point, each by its opening tag and the number of the branch it is in."""

BLOCK_WORDS = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape", "set")
MIDDLE_WORDS = {"elif": ("if",), "else": ("if", "for")}
SINGLE_WORDS = ("set", "include", "import", "from", "extends", "do", "break", "continue")
CELL_WORDS = ("colspan", "cellbg", "vm", "hm")
END_WORDS = tuple(f"end{word}" for word in BLOCK_WORDS)
CONTROL_WORDS = (*BLOCK_WORDS, *MIDDLE_WORDS, *SINGLE_WORDS, *CELL_WORDS, *END_WORDS)
"""All that a control tag can begin with."""


@dataclass(eq=False, slots=True)
class Block:
    """A block: its opening tag, the tags between branches, and its closing tag."""

    tags: list[Tag]

    @property
    def word(self) -> str:
        """Return what kind of block it is, such as if or for."""
        return self.tags[0].word

    @property
    def is_whole(self) -> bool:
        """Tell whether it ends with its own end."""
        return self.tags[-1].word == f"end{self.word}"


def match_blocks(tags: Iterable[Tag]) -> tuple[list[Block], list[Problem]]:
    """Return the blocks among `tags`, outer before inner, and a problem for each loose end."""
    matching = _Matching()
    for tag in tags:
        word = tag.word
        if tag.kind is not TagKind.CONTROL:
            continue
        if opens_block(tag):
            matching.open(tag)
        elif word in MIDDLE_WORDS:
            matching.add_middle(tag)
        elif word in END_WORDS:
            matching.close(tag)
        elif word not in CONTROL_WORDS:
            matching.problems.append(unknown_word(tag))
    return matching.blocks, matching.finish()


class _Matching:
    """The blocks that are open at one point of a part, and what went wrong before it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.stack: list[Block] = []
        self.crossed: list[Block] = []
        self.strays: list[tuple[Tag, Block | None]] = []

    def open(self, tag: Tag) -> None:
        """Begin a block."""
        self.stack.append(Block([tag]))
        self.blocks.append(self.stack[-1])

    def add_middle(self, tag: Tag) -> None:
        """Add an else or elif to the block that it stands in."""
        inner = self.stack[-1] if self.stack else None
        if inner and inner.tags[-1].word == "else":
            self._tell(tag, "LRT303.na_else")
            return
        if inner and inner.word in MIDDLE_WORDS[tag.word]:
            inner.tags.append(tag)
            return
        self._tell(tag, "LRT303.los")

    def close(self, tag: Tag) -> None:
        """End the innermost block of the sort that `tag` ends; those inside it stay open."""
        wanted = tag.word.removeprefix("end")
        if not any(block.word == wanted for block in self.stack):
            self._stray(tag, wanted)
            return
        while self.stack[-1].word != wanted:
            self.crossed.append(self.stack.pop())
            self.problems.append(_unclosed(self.crossed[-1], before=tag))
        self.stack.pop().tags.append(tag)

    def _stray(self, tag: Tag, wanted: str) -> None:
        """Keep an end without a beginning, unless it is that of a block told as crossing."""
        for block in self.crossed:
            if block.word == wanted:
                self.crossed.remove(block)
                return
        self.strays.append((tag, self.stack[-1] if self.stack else None))

    def finish(self) -> list[Problem]:
        """Return all problems, when the last tag was met."""
        for block in self.stack:
            wrong = next((stray for stray in self.strays if stray[1] is block), None)
            if wrong is not None:
                self.strays.remove(wrong)
            self.problems.append(_mismatched(block, wrong[0]) if wrong else _unclosed(block))
        for tag, _ in self.strays:
            wanted = tag.word.removeprefix("end")
            self._tell(tag, "LRT303.einde", word=wanted)
        return self.problems

    def _tell(self, tag: Tag, key: str, **fields: str) -> None:
        self.problems.append(messages.problem(key, tag.place, None, tag=tag.text, **fields))


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


def _mismatched(block: Block, end: Tag) -> Problem:
    tag = block.tags[0]
    return messages.problem(
        "LRT303.ander_einde",
        tag.place,
        tag=tag.text,
        end=end.text,
        where=_where(end.place),
        right=_end_of(tag),
    )


def _unclosed(block: Block, before: Tag | None = None) -> Problem:
    tag = block.tags[0]
    if before is None:
        return messages.problem("LRT303.open", tag.place, tag=tag.text, right=_end_of(tag))
    return messages.problem(
        "LRT303.kruist",
        tag.place,
        tag=tag.text,
        end=before.text,
        where=_where(before.place),
        right=_end_of(tag),
    )


def _end_of(tag: Tag) -> str:
    return f"{{%{tag.level} end{tag.word} %}}"


def _where(place: Place) -> str:
    return messages.text("deel.in_alinea", n=place.paragraph) if place.paragraph else ""


def unknown_word(tag: Tag) -> Problem:
    """Return the problem of a control `tag` that says nothing a template knows."""
    remedy = suggest(tag.word, CONTROL_WORDS) or messages.text("deel.gebruik_blok")
    if not tag.body:
        return messages.problem("LRT302.leeg", tag.place, tag=tag.text, remedy=remedy)
    word = tag.word or tag.body
    key = "LRT302.spatie" if tag.word in {"p", "tr", "tc", "r"} else "LRT302.opdracht"
    return messages.problem(key, tag.place, tag=tag.text, word=word, remedy=remedy)
