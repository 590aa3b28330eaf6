"""Blocks: which `{% if %}` belongs to which `{% endif %}`; faults are told at the opening tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, suggest
from lrtdocs.word.problems import template_problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.word.tags import Tag

BLOCK_WORDS = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape", "set")
MIDDLE_WORDS = {"elif": ("if",), "else": ("if", "for")}
SINGLE_WORDS = ("set", "include", "import", "from", "extends", "do", "break", "continue")
CELL_WORDS = ("colspan", "cellbg", "vm", "hm")


@dataclass(eq=False, slots=True)
class Block:
    """A block: its opening tag, the tags between branches, and its closing tag."""

    tags: list[Tag]

    @property
    def word(self) -> str:
        """Return what kind of block it is, such as if or for."""
        return self.tags[0].word


def match_blocks(tags: Iterable[Tag]) -> tuple[list[Block], list[Problem]]:
    """Return the blocks among `tags`, outer before inner, and a problem for each loose end."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    open_blocks: list[Block] = []
    for tag in tags:
        word = tag.word
        if tag.kind != "control":
            continue
        if opens_block(tag):
            open_blocks.append(Block([tag]))
            blocks.append(open_blocks[-1])
        elif word in MIDDLE_WORDS:
            _add_middle(tag, open_blocks, problems)
        elif word.startswith("end"):
            _close(tag, open_blocks, problems)
        elif word not in SINGLE_WORDS and word not in CELL_WORDS:
            problems.append(_unknown(tag))
    problems += [_unclosed(block) for block in open_blocks]
    return blocks, problems


def opens_block(tag: Tag) -> bool:
    """Tell whether `tag` begins a block."""
    if tag.word == "set":
        return "=" not in tag.body.partition("|")[0]
    return tag.kind == "control" and tag.word in BLOCK_WORDS


def _add_middle(tag: Tag, open_blocks: list[Block], problems: list[Problem]) -> None:
    if open_blocks and open_blocks[-1].word in MIDDLE_WORDS[tag.word]:
        open_blocks[-1].tags.append(tag)
        return
    message = f"{tag.text} staat niet in een blok waar het bij hoort."
    remedy = "Zet het tussen {% if … %} en {% endif %}, of haal het weg."
    problems.append(template_problem("LRT303", tag.place, message, found=tag.text, remedy=remedy))


def _close(tag: Tag, open_blocks: list[Block], problems: list[Problem]) -> None:
    wanted = tag.word.removeprefix("end")
    if open_blocks and open_blocks[-1].word == wanted:
        open_blocks.pop().tags.append(tag)
        return
    if any(block.word == wanted for block in open_blocks):
        while open_blocks[-1].word != wanted:
            problems.append(_unclosed(open_blocks.pop(), before=tag))
        open_blocks.pop().tags.append(tag)
        return
    if wanted not in BLOCK_WORDS:
        problems.append(_unknown(tag))
        return
    message = f"{tag.text} sluit een blok af dat nergens begint."
    remedy = f"Zet {{% {wanted} … %}} ervoor, of haal deze tag weg."
    problems.append(template_problem("LRT303", tag.place, message, found=tag.text, remedy=remedy))


def _unclosed(block: Block, before: Tag | None = None) -> Problem:
    tag = block.tags[0]
    message = f"Het blok dat begint met {tag.text} wordt niet afgesloten."
    if before is not None:
        message = f"Het blok dat begint met {tag.text} is nog open waar {before.text} staat."
        message += _where(before.place)
    remedy = f"Zet {{% end{tag.word} %}} op de plaats waar het blok ophoudt."
    return template_problem("LRT303", tag.place, message, found=tag.text, remedy=remedy)


def _where(place: Place) -> str:
    return f" (alinea {place.paragraph})" if place.paragraph else ""


def _unknown(tag: Tag) -> Problem:
    known = [*BLOCK_WORDS, *MIDDLE_WORDS, *SINGLE_WORDS, *CELL_WORDS]
    known += [f"end{word}" for word in BLOCK_WORDS]
    message = f"'{tag.word or tag.body}' is geen opdracht die een sjabloon kent."
    if not tag.body:
        message = "Deze tag is leeg."
    elif tag.word in {"p", "tr", "tc", "r"}:
        message = f"Tussen {{% en {tag.word} hoort geen spatie: {{%{tag.word} …"
    remedy = suggest(tag.word, known) or "Gebruik {% if … %} of {% for … in … %}."
    return template_problem("LRT302", tag.place, message, found=tag.text, remedy=remedy)
