"""A paper of a meeting as paragraphs of which it is known what each of them was made of."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lrtdocs.documents.meetings import meeting_words
from lrtdocs.kinds import KINDS
from lrtdocs.run.load.pictures import finder_in
from lrtdocs.run.meetings.returning.fields import generic
from lrtdocs.run.meetings.returning.known import Forms, Origin, Paper
from lrtdocs.source.build.reading import find_place
from lrtdocs.word.fill.trace import render_traced
from lrtdocs.word.package.package import read_own
from lrtdocs.word.reading.blocks import Block, read_blocks
from lrtdocs.word.reading.shapes import Shape, Slot, shapes_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lrtdocs.documents.meetings import Wijziging
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.fill.trace import Piece

_INDEX = re.compile(r"\[(\d+)\]")
_TAG = re.compile(r"<[^>]*>")


def read_forms(template: Template) -> Forms:
    """Return `template` with the shapes of its paragraphs."""
    shapes = shapes_of(template)
    kin = _kin_of(shapes)
    shapes = [replace(shape, style=kin.get(shape.style, shape.style)) for shape in shapes]
    return Forms(template, tuple(shapes), kin)


def _kin_of(shapes: Sequence[Shape]) -> dict[str, str]:
    """Return the styles of paragraphs that come instead of each other in a loop, by the last."""
    turns: dict[tuple[int, int], list[str]] = {}
    for shape in shapes:
        if shape.loops and shape.slots:
            turns.setdefault((shape.loops[-1].number, shape.turn), []).append(shape.style)
    return {
        style: styles[-1] for styles in turns.values() for style in styles if style != styles[-1]
    }


def make_paper(
    loaded: Meeting, kind: str, forms: Forms, day: date, change: Wijziging | None = None
) -> Paper:
    """Return the `kind` of paper of the meeting, of `day`; with a `change` it is a later one."""
    house = loaded.house
    words = meeting_words(KINDS[kind], loaded.model, house.huisstijl, house.afzender, day, change)
    docx, pieces = render_traced(
        forms.template, words, partial(find_place, loaded.node), finder_in(loaded.pictures)
    )
    package = read_own(docx)
    blocks = forms.unify(read_blocks(package))
    origins = tuple(_origins(blocks, pieces, forms.shapes))
    return Paper(kind, forms, package, words, blocks, origins, change)


def _origins(
    blocks: Sequence[Block], pieces: Sequence[Piece], shapes: Sequence[Shape]
) -> list[Origin | None]:
    of_line: dict[tuple[str, int], tuple[Shape, Slot]] = {
        (shape.part, slot.line): (shape, slot) for shape in shapes for slot in shape.slots
    }
    found: dict[tuple[str, int], list[tuple[Piece, Shape, Slot]]] = {}
    for piece in pieces:
        part, first = piece.place.part or "", piece.place.paragraph
        known = of_line.get((part, piece.line))
        if known is None or first is None:
            continue
        for number in range(first, (piece.last or first) + 1):
            found.setdefault((part, number), []).append((piece, *known))
    return [_origin(block, found.get((block.part, block.number), [])) for block in blocks]


def _origin(block: Block, made_of: Sequence[tuple[Piece, Shape, Slot]]) -> Origin | None:
    if not made_of:
        return None
    shape = made_of[0][1]
    bases: dict[str, str] = {}
    known: dict[int, str] = {}
    at = 0
    for piece, own, slot in made_of:
        if own is not shape:
            continue
        if slot.rich and piece.last and piece.last > (piece.place.paragraph or 0):
            at = block.number - (piece.place.paragraph or 0)
        if not slot.rich:
            known[slot.line] = text_of_xml(piece.xml)
        if generic(piece.word) == slot.path:
            _add_bases(bases, shape, piece.word)
    return Origin(shape, bases, known, at)


def _add_bases(bases: dict[str, str], shape: Shape, word: str) -> None:
    """Add which items of the loops around `shape` the path `word` leads through."""
    for loop in shape.loops:
        item = f"{loop.path}[]"
        if loop.path and generic(word).startswith(item):
            indexes = iter(_INDEX.findall(word))
            bases[loop.path] = re.sub(r"\[\]", lambda _: f"[{next(indexes)}]", item)  # noqa: B023 - used at once


def text_of_xml(xml: str) -> str:
    """Return what a reader sees of `xml` from inside a paragraph."""
    xml = re.sub(r"<w:tab/>", "\t", re.sub(r"<w:br/>", "\n", xml))
    return html.unescape(_TAG.sub("", xml))
