"""What stands in the place of a field: text, tags, and paragraphs that are there or not.

Where all of it is one paragraph, it stands where the field stood. Where a field holds ends of
paragraphs, whole paragraphs stand between `{%p … %}`, each with what stood beside the field.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.mergefields.reading import Break, CannotSayError, run_with
from lrtdocs.word.package.elements import drop, make
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.paragraphs import set_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

_TOO_LONG = "LRT365.lang"
_MOST_LINES = 400
"""Paragraphs that one field may become: beside each other, fields with many in them double."""
_ONCE = tuple(
    w(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("commentReference", "permStart", "permEnd"),
    )
)
"""What may stand in a document only once."""


@dataclass(eq=False)
class Remark:
    """What a person should know of a field: the message, and where it is about when all is done."""

    key: str
    fields: dict[str, object]
    anchor: etree._Element | None = None


@dataclass(eq=False)
class Words:
    """A text or a tag: how it looks and what is told of it.

    Of the tag of a column `there` is the condition that it prints something; one that prints the
    lines of the list `loop` may be a paragraph for each of them.
    """

    text: str
    look: etree._Element | None = None
    remarks: Sequence[Remark] = ()
    there: str = ""
    loop: str = ""


@dataclass(eq=False)
class Choice:
    """Pieces that are there by a condition, and others that are there if it does not hold."""

    condition: str
    then: list[Piece]
    other: list[Piece] = field(default_factory=list)
    look: etree._Element | None = None
    remarks: Sequence[Remark] = ()


class Node(NamedTuple):
    """An element of a paragraph, or a block, that comes along as it is."""

    element: etree._Element


Piece = Words | Choice | Node | Break


def breaks(pieces: Iterable[Piece]) -> bool:
    """Tell whether there is an end of a paragraph, or a table, in `pieces`."""
    return any(
        isinstance(piece, Break)
        or (isinstance(piece, Node) and piece.element.tag == w("tbl"))
        or (isinstance(piece, Choice) and (breaks(piece.then) or breaks(piece.other)))
        for piece in pieces
    )


def is_blank(piece: Piece) -> bool:
    """Tell whether a reader sees nothing of `piece`."""
    return isinstance(piece, Words) and not piece.text.strip()


def shown(pieces: Iterable[Piece]) -> str:
    """Return `pieces` on one line, for people."""
    texts = []
    for piece in pieces:
        if isinstance(piece, Words):
            texts.append(piece.text)
        elif isinstance(piece, Choice):
            other = f"{{% else %}}{shown(piece.other)}" if piece.other else ""
            begin = f"{{% if {piece.condition} %}}"
            texts.append(f"{begin}{shown(piece.then)}{other}{{% endif %}}")
        else:
            texts.append(" … ")
    return "".join(texts)


# --- in one paragraph


def runs_for(pieces: Iterable[Piece]) -> list[etree._Element]:
    """Return the elements for `pieces`, which stand in one paragraph."""
    return [element for piece in pieces for element in _elements(piece)]


def _elements(piece: Piece) -> Iterator[etree._Element]:
    if isinstance(piece, Node):
        yield copy.deepcopy(piece.element)
    elif isinstance(piece, Words):
        yield from _text_runs(piece)
    elif isinstance(piece, Choice):
        yield from _choice_runs(piece, "if")


def _text_runs(piece: Words) -> Iterator[etree._Element]:
    if piece.text:
        text = make("t")
        set_text(text, piece.text)
        run = run_with(text, piece.look)
        for remark in piece.remarks:
            remark.anchor = run
        yield run


def _choice_runs(choice: Choice, word: str) -> Iterator[etree._Element]:
    """Yield the runs of `choice`, of which one in its other branch alone becomes an elif."""
    begin = Words(f"{{% {word} {choice.condition} %}}", choice.look, choice.remarks)
    yield from _text_runs(begin)
    yield from runs_for(choice.then)
    other = choice.other
    if len(other) == 1 and isinstance(other[0], Choice):
        yield from _choice_runs(other[0], "elif")
    elif other:
        yield from _text_runs(Words("{% else %}", choice.look))
        yield from runs_for(other)
    if word == "if":
        yield from _text_runs(Words("{% endif %}", choice.look))


# --- over paragraphs


class Line(NamedTuple):
    """A paragraph to be made: its pieces and the paragraph that it looks like, or a tag alone."""

    pieces: list[Piece]
    like: etree._Element | None = None
    block: etree._Element | None = None


def control(tag: str, remarks: Sequence[Remark] = ()) -> Line:
    """Return the line of a tag for whole paragraphs."""
    return Line([Words(f"{{%p {tag} %}}", None, remarks)])


def lines_of(pieces: Sequence[Piece], last: etree._Element) -> list[Line]:
    """Return the paragraphs for `pieces`; the last one looks like the paragraph `last`."""
    lines: list[Line] = []
    for line in _split(pieces, last):
        at = next((i for i, one in enumerate(line.pieces) if _is_tall(one)), None)
        if at is None:
            lines += [line] if line.like is not None or line.block is not None else []
            continue
        lines += _choice_lines(line, at)
        if len(lines) > _MOST_LINES:
            raise CannotSayError(_TOO_LONG)
    return lines


def _is_tall(piece: Piece) -> bool:
    return isinstance(piece, Choice) and breaks([piece])


def _choice_lines(line: Line, at: int) -> list[Line]:
    """Return the lines for a choice of paragraphs at `at`, with what stands beside it in both."""
    choice, like = line.pieces[at], line.like
    if not isinstance(choice, Choice) or like is None:
        raise CannotSayError(_TOO_LONG)
    before, behind = line.pieces[:at], line.pieces[at + 1 :]
    branches = [
        [] if _all_blank(whole := [*before, *branch, *behind]) else lines_of(whole, like)
        for branch in (choice.then, choice.other)
    ]
    made = [control(f"if {choice.condition}", choice.remarks), *branches[0]]
    if branches[1]:
        made += [control("else"), *branches[1]]
    return [*made, control("endif")]


def _all_blank(pieces: Iterable[Piece]) -> bool:
    return all(is_blank(piece) or isinstance(piece, Break) for piece in pieces)


def _split(pieces: Sequence[Piece], last: etree._Element) -> Iterator[Line]:
    here: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Break):
            yield Line(here, piece.paragraph)
            here = []
        elif isinstance(piece, Node) and piece.element.tag == w("tbl"):
            if not _all_blank(here):
                yield Line(here, last)
            here = []
            yield Line([], None, piece.element)
        else:
            here.append(piece)
    yield Line(here, last)


def write_lines(lines: Iterable[Line]) -> list[etree._Element]:
    """Return the paragraphs and blocks for `lines`; what may be there once stays in the first."""
    used: set[etree._Element] = set()
    made = []
    for line in lines:
        if line.block is not None:
            made.append(copy.deepcopy(line.block))
            continue
        paragraph = make("p")
        properties = None if line.like is None else line.like.find(w("pPr"))
        if properties is not None:
            paragraph.append(copy.deepcopy(properties))
        for piece in line.pieces:
            for element in _elements(piece):
                if isinstance(piece, Node) and piece.element in used:
                    _drop_once(element)
                    if element.tag in _ONCE:
                        continue
                paragraph.append(element)
            if isinstance(piece, Node):
                used.add(piece.element)
        made.append(paragraph)
    return made


def _drop_once(element: etree._Element) -> None:
    for inner in list(element.iter(*_ONCE)):
        drop(inner)
