"""What is painted on a page, and how it is marked: text and where it stands, pictures, lines.

Of each page the content is followed with only the operators that show, mark or move; forms are
entered. What has no mark is read by no one, or by everyone (PDF/UA-1, 7.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import (
    Array,
    Dictionary,
    Matrix,
    Name,
    Object,
    PdfError,
    Stream,
    String,
    parse_content_stream,
)

from lrtdocs.pdf.accessibility.values import part_of, to_float

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Page

_MOVING = "q Q cm BT ET Tm Td TD T* TL Tf Tj TJ ' \""
_MARKING = "BDC BMC EMC DP MP"
_PAINTING = "Do sh f F f* B B* b b* S s INLINE IMAGE EI BI"
_OPERATORS = f"{_MOVING} {_MARKING} {_PAINTING}"
_DEEPEST = 8
_WIDTH = 0.5  # of a sign, in ems: about


class Text(NamedTuple):
    """A string that is shown: in which piece of content, where it begins, how wide and high."""

    number: int | None
    x: float
    y: float
    width: float
    size: float


@dataclass(slots=True)
class Painted:
    """What a page has: its `texts`, what has no mark, and how much of it pictures cover.

    `unmarked` are "tekst", "afbeelding" or "lijn"; `running` is how many signs are marked as no
    content; `crossed` tells that content stands in what is none, or the other way round. `fonts`
    are those that text is shown in.
    """

    texts: list[Text] = field(default_factory=list)
    unmarked: set[str] = field(default_factory=set)
    running: int = 0
    crossed: bool = False
    covered: float = 0.0
    fonts: dict[tuple[int, int] | int, Object] = field(default_factory=dict)

    @property
    def has_text(self) -> bool:
        """Whether any text is shown."""
        return bool(self.texts or self.running)


class _Mark(NamedTuple):
    artifact: bool
    number: int | None
    inner: bool  # the number is one of a form, not of the page


@dataclass(slots=True)
class _Pen:
    """The state that moves with the content."""

    matrix: Matrix
    line: Matrix = field(default_factory=Matrix)
    leading: float = 0.0
    size: float = 0.0
    wide: bool = False


def read_page(page: Page) -> Painted:
    """Return what is painted on `page`; what cannot be read is left out."""
    found = Painted()
    left, bottom, right, top = map(to_float, page.mediabox)
    reader = _Reader(found, abs(right - left) * abs(top - bottom))
    reader.read(page.obj, page.resources, Matrix(), ())
    return found


class _Reader:
    """Follows the content of one page and of the forms in it."""

    def __init__(self, found: Painted, area: float) -> None:
        self.found, self.area = found, max(area, 1.0)

    def read(
        self, stream: Object, resources: Object, matrix: Matrix, marks: tuple[_Mark, ...]
    ) -> None:
        """Read `stream`, which is painted by `matrix` inside `marks`."""
        try:
            instructions = parse_content_stream(stream, _OPERATORS)
        except (PdfError, ValueError):
            return
        pen, kept = _Pen(matrix), list[_Pen]()
        open_marks = list(marks)
        for instruction in instructions:
            name = str(instruction.operator)
            operands = list(instruction.operands)
            if name == "q":
                kept.append(_Pen(pen.matrix, pen.line, pen.leading, pen.size, pen.wide))
            elif name == "Q" and kept:
                pen = kept.pop()
            elif name in {"BDC", "BMC"}:
                self._open(open_marks, operands, resources, inner=bool(marks) or matrix != Matrix())
            elif name == "EMC":
                del open_marks[max(len(open_marks) - 1, len(marks)) :]
            elif name == "Do":
                self._form(operands, resources, pen, open_marks)
            elif name in _PAINTS:
                self._paint("afbeelding" if name in _INLINE else "lijn", open_marks)
            else:
                self._move(name, operands, resources, pen, open_marks)

    def _open(
        self, marks: list[_Mark], operands: list[Object], resources: Object, *, inner: bool
    ) -> None:
        tag = str(operands[0]) if operands else ""
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, Name):
            named = part_of(resources, "/Properties")
            properties = named.get(str(properties))
        number = properties.get("/MCID") if isinstance(properties, Dictionary) else None
        mark = _Mark(tag == "/Artifact", number if isinstance(number, int) else None, inner)
        content = any(one.number is not None for one in marks)
        artifact = any(one.artifact for one in marks)
        if (mark.artifact and content) or (mark.number is not None and artifact):
            self.found.crossed = True
        marks.append(mark)

    def _form(
        self, operands: list[Object], resources: Object, pen: _Pen, marks: list[_Mark]
    ) -> None:
        named = part_of(resources, "/XObject")
        thing = named.get(str(operands[0])) if operands else None
        if not isinstance(thing, Stream):
            return
        if thing.get("/Subtype") == Name.Image:
            a, b, c, d = pen.matrix.a, pen.matrix.b, pen.matrix.c, pen.matrix.d
            self.found.covered += abs(a * d - b * c) / self.area
            self._paint("afbeelding", marks)
        elif len(marks) < _DEEPEST * 4 and self._depth < _DEEPEST:
            own = thing.get("/Matrix")
            matrix = Matrix(own) if isinstance(own, Array) else Matrix()
            self._depth += 1
            inside = part_of(thing, "/Resources") if "/Resources" in thing else resources
            self.read(thing, inside, matrix @ pen.matrix, tuple(marks) or (_NO_MARK,))
            self._depth -= 1

    _depth = 0

    def _paint(self, what: str, marks: list[_Mark]) -> None:
        if not any(one.artifact or one.number is not None for one in marks):
            self.found.unmarked.add(what)

    def _move(
        self, name: str, operands: list[Object], resources: Object, pen: _Pen, marks: list[_Mark]
    ) -> None:
        if name == "cm" and len(operands) == 6:
            pen.matrix = Matrix(*map(to_float, operands)) @ pen.matrix
        elif name == "BT":
            pen.line = Matrix()
        elif name == "Tm" and len(operands) == 6:
            pen.line = Matrix(*map(to_float, operands))
        elif name in {"Td", "TD"} and len(operands) == 2:
            x, y = map(to_float, operands)
            pen.line = Matrix(1, 0, 0, 1, x, y) @ pen.line
            pen.leading = -y if name == "TD" else pen.leading
        elif name == "TL" and operands:
            pen.leading = to_float(operands[0])
        elif name == "Tf" and len(operands) == 2:
            self._font(operands, resources, pen)
        elif name == "T*":
            pen.line = Matrix(1, 0, 0, 1, 0, -pen.leading) @ pen.line
        elif name in {"Tj", "TJ", "'", '"'} and operands:
            if name in {"'", '"'}:
                pen.line = Matrix(1, 0, 0, 1, 0, -pen.leading) @ pen.line
            self._show(operands[-1], pen, marks)

    def _font(self, operands: list[Object], resources: Object, pen: _Pen) -> None:
        pen.size = abs(to_float(operands[1]))
        fonts = part_of(resources, "/Font")
        font = fonts.get(str(operands[0]))
        if isinstance(font, Dictionary):
            pen.wide = font.get("/Subtype") == Name.Type0
            self.found.fonts[font.objgen if font.is_indirect else id(font)] = font

    def _show(self, shown: Object, pen: _Pen, marks: list[_Mark]) -> None:
        pieces = shown if isinstance(shown, Array) else [shown]
        length = sum(len(bytes(piece)) for piece in pieces if isinstance(piece, String))
        if not length:
            return
        if any(one.artifact for one in marks):
            self.found.running += length // (2 if pen.wide else 1)
            return
        self._paint("tekst", marks)
        inside = (mark.number for mark in reversed(marks) if not mark.inner)
        number = next((number for number in inside if number is not None), None)
        place = pen.line @ pen.matrix
        scale = abs(place.d) or abs(place.b) or 1.0
        size = pen.size * scale
        count = length / 2 if pen.wide else length
        self.found.texts.append(Text(number, place.e, place.f, count * size * _WIDTH, size))


_NO_MARK = _Mark(artifact=False, number=None, inner=True)
_INLINE = {"INLINE IMAGE", "BI", "EI"}
_PAINTS = {"sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", *_INLINE}


def unmarked_pages(pages: list[Painted]) -> Iterator[tuple[int, str]]:
    """Yield the number of each page with something unmarked, and what that is."""
    for number, page in enumerate(pages, start=1):
        for what in ("tekst", "afbeelding", "lijn"):
            if what in page.unmarked:
                yield number, what
                break
