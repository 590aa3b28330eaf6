"""Paragraphs of a paper as the lines of a text, and back as small Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.model.tekst import parse_besluit, parse_tekst
from lrtdocs.run.meetings.returning.written import (
    OBJECT,
    Line,
    Sort,
    plain_parts,
    write_tekst,
)
from lrtdocs.word.reading.blocks import Kind, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.word.reading.blocks import Block

_SORTS = {
    Kind.BULLET: Sort.BULLET,
    Kind.NUMBER: Sort.NUMBER,
    Kind.LETTER: Sort.LETTER,
    Kind.CONTINUE: Sort.CONTINUE,
}
QUOTES = ("quote", "intense quote")
HEADINGS = ("lrt tussenkop", "lrt tussenkop sub", "heading 4", "heading 5", "heading 6")
"""The styles of a heading in a text; whoever makes one in Word takes the next of its own."""


def line_of(block: Block) -> Line:
    """Return `block` as a line of a text; what is no text in it makes it a line of another sort."""
    heading = block.kind is Kind.PLAIN and block.style in HEADINGS
    sort = Sort.HEADING if heading else _SORTS.get(block.kind, Sort.PLAIN)
    sort = Sort.QUOTE if block.style in QUOTES else sort
    parts = plain_parts(block.runs)
    number = block.label if sort in {Sort.NUMBER, Sort.LETTER} else 0
    return Line(sort, parts, block.depth, number)


def lines_of_blocks(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield the lines of `blocks`: a table is one, and a picture is one with its caption."""
    at = 0
    while at < len(blocks):
        block, start = blocks[at], at
        at += 1
        if block.cell is not None:
            while at < len(blocks) and _table(blocks[at]) == _table(block):
                at += 1
            yield _table_line(blocks[start:at])
        elif block.text.strip() == OBJECT:
            caption = blocks[at] if at < len(blocks) and blocks[at].style == "caption" else None
            at += caption is not None
            yield Line(Sort.PICTURE, line_of(caption).parts if caption else ())
        else:
            yield line_of(block)


def _table(block: Block) -> int:
    return block.cell.table if block.cell else -1


def _table_line(blocks: Sequence[Block]) -> Line:
    """Return a table whose cells have the paragraphs `blocks`."""
    cells: dict[tuple[int, int], list[Run]] = {}
    for block in blocks:
        if block.cell is not None:
            parts = cells.setdefault((block.cell.row, block.cell.column), [])
            parts += [*([Run("\n")] if parts else []), *line_of(block).parts]
    columns = max(column for _, column in cells) + 1
    rows = range(max(row for row, _ in cells) + 1)
    return Line(
        Sort.TABLE,
        (),
        rows=tuple(
            tuple(plain_parts(iter(cells.get((row, column), []))) for column in range(columns))
            for row in rows
        ),
    )


def write_blocks(blocks: Sequence[Block], old: str, *, besluit: bool) -> str | None:
    """Return `blocks` as the text of a field, None if that cannot say it; see `write_tekst`."""
    lines = list(lines_of_blocks([block for block in blocks if block.text]))
    return write_tekst(lines, old, parse_besluit if besluit else parse_tekst)
