"""The text that a stream of content shows, letter by letter, with where each letter stands.

It is read twice: in the order of the stream, and as it stands on the page, from left to right and
line by line. A name whose letters are drawn in another order, or each by itself, is a name in one
of the two.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream, String, parse_content_stream

from lrtdocs.model.openbaar.carried import Gathered
from lrtdocs.pdf.carried.letters import Letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pikepdf import Page

_Matrix = tuple[float, float, float, float, float, float]
_ONE: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 8
_NEAR, _SAME_LINE = 0.22, 0.35  # of the height of a letter
_AGAIN = 0.1
_TINY = 2.0
_INVISIBLE = 3
BROKEN = (
    *(PdfError, KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError),
    *(RuntimeError, RecursionError),
)
"""What pikepdf raises of a PDF that is not as it should be."""


class Letter(NamedTuple):
    """A letter, or more in one glyph: `shown` and, by the encoding or ActualText, `other`."""

    shown: str
    other: str
    kind: str
    start: tuple[float, float]
    end: tuple[float, float]
    size: float


@dataclass(frozen=True)
class _State:
    ctm: _Matrix = _ONE
    letters: Letters | None = None
    size: float = 1.0
    char: float = 0.0
    word: float = 0.0
    scale: float = 100.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0
    white: bool = False


class Content:
    """Reads streams of content; the `fonts` that were read are remembered over pages.

    `strings` are texts in it that it does not show: of marks, and of what nobody knows.
    """

    def __init__(self, fonts: dict[tuple[int, int], Letters]) -> None:
        self.fonts = fonts
        self.letters: list[Letter] = []
        self.strings = Gathered()
        self.reached: set[tuple[int, int]] = set()
        self.broken = False
        self._state, self._stack = _State(), list[_State]()
        self._line = self._at = _ONE
        self._marks: list[str | None] = []
        self._layers: list[bool] = []
        self._actual: str | None = None

    def read(self, content: Object | Page, resources: Object | None, depth: int = 0) -> None:
        """Read one stream, with what its `resources` name."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a stream that breaks off
                instructions = parse_content_stream(content)
        except BROKEN:
            self.broken = True
            return
        for operands, operator in ((each.operands, str(each.operator)) for each in instructions):
            try:
                self._do(operator, list(operands), resources, depth)
            except BROKEN:
                continue  # one that is wrong says nothing; what comes behind it may

    def _do(self, operator: str, given: list[Object], resources: Object | None, depth: int) -> None:
        if operator in _SHOWING:
            self._show_all(operator, given)
        elif operator in _TEXT:
            self._move(operator, [float(one) for one in given])
        elif operator in _NUMBERS:
            change: dict[str, Any] = {_NUMBERS[operator]: float(given[0])}
            self._state = replace(self._state, **change)
        elif operator == "Tf":
            letters = self._font(_named(resources, "/Font", given[0]))
            self._state = replace(self._state, letters=letters, size=float(given[1]))
        elif operator in {"q", "Q", "cm"}:
            self._graphics(operator, given)
        elif operator in {"BDC", "BMC", "EMC"}:
            self._mark(operator, given, resources)
        elif operator in _FILLS:
            self._state = replace(self._state, white=_is_white(operator, given))
        elif operator == "Do":
            self._enter(_named(resources, "/XObject", given[0]), resources, depth)
        elif operator == "gs":
            self._graphics_state(_named(resources, "/ExtGState", given[0]))
        else:
            self._keep(given)

    def _font(self, font: Object | None) -> Letters:
        key = (0, 0) if font is None else font.objgen if font.is_indirect else (-id(font), 0)
        if key not in self.fonts:
            self.fonts[key] = Letters(font)
        return self.fonts[key]

    def _graphics(self, operator: str, given: list[Object]) -> None:
        if operator == "q":
            self._stack.append(self._state)
        elif operator == "Q":
            self._state = self._stack.pop() if self._stack else self._state
        else:
            self._state = replace(self._state, ctm=_times(_matrix(given), self._state.ctm))

    def _graphics_state(self, state: Object | None) -> None:
        font = None if state is None else state.get("/Font")
        if font is not None:
            letters = self._font(font[0])
            self._state = replace(self._state, letters=letters, size=float(font[1]))

    def _enter(self, form: Object | None, resources: Object | None, depth: int) -> None:
        if not isinstance(form, Stream) or form.get("/Subtype") != Name.Form or depth > _DEEPEST:
            return
        self.reached.add(form.objgen)
        before, line, at = self._state, self._line, self._at
        matrix = _matrix(list(form.get("/Matrix", ()))) if "/Matrix" in form else _ONE
        self._state = replace(before, ctm=_times(matrix, before.ctm))
        self.read(form, form.get("/Resources", resources), depth + 1)
        self._state, self._line, self._at = before, line, at

    def _mark(self, operator: str, given: list[Object], resources: Object | None) -> None:
        if operator == "EMC":
            if self._marks:
                self._marks.pop()
                self._layers.pop()
            self._actual = next((one for one in self._marks if one is not None), None)
            return
        properties = given[1] if len(given) > 1 else None
        if isinstance(properties, Name):
            properties = _named(resources, "/Properties", properties)
        actual = None
        if isinstance(properties, Dictionary):
            self._keep([properties])
            actual = str(properties["/ActualText"]) if "/ActualText" in properties else None
        self._marks.append(actual)
        self._layers.append(bool(given) and given[0] == Name.OC)
        self._actual = actual if actual is not None else self._actual

    def _keep(self, given: Iterable[object]) -> None:
        for one in given:
            if isinstance(one, String):
                self.strings.line(str(one), "gegevens die niet te zien zijn")
            elif isinstance(one, Dictionary):
                self._keep(one.values())
            elif isinstance(one, Array):
                self._keep(list(one))

    def _move(self, operator: str, given: Sequence[float]) -> None:
        if operator == "BT":
            self._line = self._at = _ONE
            return
        if operator == "Tm":
            self._line = (*given,)  # type: ignore[assignment]
        elif operator == "T*":
            self._next_line()
        else:
            if operator == "TD":
                self._state = replace(self._state, leading=-given[1])
            self._line = _times((1, 0, 0, 1, given[0], given[1]), self._line)
        self._at = self._line

    def _next_line(self) -> None:
        self._line = _times((1, 0, 0, 1, 0, -self._state.leading), self._line)
        self._at = self._line

    def _show_all(self, operator: str, given: list[Object]) -> None:
        if operator in {"'", '"'}:
            if operator == '"':
                self._state = replace(self._state, word=float(given[0]), char=float(given[1]))
            self._next_line()
        shown = given[-1]
        for one in shown if isinstance(shown, Array) else [shown]:
            if isinstance(one, String):
                self._show(bytes(one))
            else:
                self._advance(-float(one) / 1000 * self._state.size * self._state.scale / 100)

    def _show(self, codes: bytes) -> None:
        state = self._state
        letters = state.letters or self._font(None)
        for glyph in letters.read(codes):
            start, size = self._point()
            self._advance(glyph.width / 1000 * state.size * state.scale / 100)
            end, _ = self._point()
            more = state.char + (state.word if glyph.is_space else 0)
            self._advance(more * state.scale / 100)
            other = glyph.other
            if self._actual is not None:
                other, self._actual = self._actual, ""
            self.letters.append(Letter(glyph.shown, other, self._kind(size), start, end, size))

    def _advance(self, by: float) -> None:
        if by:
            a, b, c, d, e, f = self._at
            self._at = (a, b, c, d, e + by * a, f + by * b)

    def _point(self) -> tuple[tuple[float, float], float]:
        """Return where the pen is on the page, and how high a letter is there."""
        state = self._state
        _, _, c, d, e, f = _times(self._at, state.ctm)
        size = abs(state.size) * math.hypot(c, d)
        return (e + state.rise * c, f + state.rise * d), size

    def _kind(self, size: float) -> str:
        if self._state.mode == _INVISIBLE:
            return "onzichtbare tekst"
        if any(self._layers):
            return "tekst in een laag die uit kan staan"
        if size < _TINY:
            return "heel kleine tekst"
        return "witte tekst" if self._state.white else ""


_SHOWING = {"Tj", "TJ", "'", '"'}
_TEXT = {"BT", "Td", "TD", "Tm", "T*"}
_NUMBERS = {
    "Tc": "char",
    "Tw": "word",
    "Tz": "scale",
    "TL": "leading",
    "Ts": "rise",
    "Tr": "mode",
}
_FILLS = {"g", "rg", "k", "sc", "scn"}


def _named(resources: Object | None, kind: str, name: Object) -> Object | None:
    group = None if resources is None else resources.get(kind)
    return None if group is None else group.get(str(name))


def _matrix(given: Sequence[Object]) -> _Matrix:
    a, b, c, d, e, f = (float(one) for one in given)
    return a, b, c, d, e, f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    u, v, w, x, y, z = then
    return (a * u + b * w, a * v + b * x, c * u + d * w, c * v + d * x,
            e * u + f * w + y, e * v + f * x + z)  # fmt: skip


def _is_white(operator: str, given: Sequence[Object]) -> bool:
    parts = [float(one) for one in given if not isinstance(one, Name)]
    whole = 0.0 if operator == "k" or len(parts) == 4 else 1.0
    return bool(parts) and all(abs(part - whole) < 0.02 for part in parts)


def in_order(letters: Sequence[Letter], where: str, *, other: bool = False) -> Gathered:
    """Return the text of `letters` as they come; `other` reads them by their encoding."""
    made, before = Gathered(), None
    for letter in letters:
        if before is not None:
            if _is_again(before, letter):
                continue
            if sign := _between(before, letter):
                made.part(sign)
        made.add(letter.other if other else letter.shown, _where(where, letter))
        before = letter
    return made


def as_seen(letters: Sequence[Letter], where: str) -> Gathered:
    """Return the text of `letters` line by line and from left to right, however they were drawn."""
    made = Gathered()
    turned: dict[int, list[Letter]] = {}
    for letter in letters:
        turned.setdefault(_angle(letter), []).append(letter)
    for degrees, some in turned.items():
        angle = math.radians(degrees)
        across, along = math.cos(angle), math.sin(angle)
        placed = sorted(
            ((-x * along + y * across, x * across + y * along, letter)
             for letter in some for x, y in [letter.start]),
            key=lambda one: -one[0],
        )  # fmt: skip
        for line in _lines(placed):
            row = [letter for _, _, letter in sorted(line, key=lambda one: one[1])]
            for text, at in zip(*_parts(in_order(row, where)), strict=True):
                made.add(text, at)
            made.part()
    return made


def _parts(gathered: Gathered) -> tuple[list[str], list[str]]:
    texts = gathered.texts()
    if not texts:
        return [], []
    text, spots = texts[0].text, texts[0].spots
    ends = [*spots.offsets[1:], len(text)]
    return [text[a:b] for a, b in zip(spots.offsets, ends, strict=True)], spots.names


def _lines(
    placed: Iterable[tuple[float, float, Letter]],
) -> Iterable[list[tuple[float, float, Letter]]]:
    line: list[tuple[float, float, Letter]] = []
    for one in placed:
        if line and line[-1][0] - one[0] > _SAME_LINE * max(one[2].size, 0.1):
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _angle(letter: Letter) -> int:
    """Return in which direction a letter is written, in whole degrees."""
    across, along = letter.end[0] - letter.start[0], letter.end[1] - letter.start[1]
    return round(math.degrees(math.atan2(along, across))) if across or along else 0


def _between(before: Letter, letter: Letter) -> str:
    """Return what stands between two letters by where they are: nothing, a space or a line end."""
    size = max(letter.size, before.size, 0.1)
    across, along = letter.start[0] - before.end[0], letter.start[1] - before.end[1]
    distance = math.hypot(across, along)
    if distance < _NEAR * size:
        return ""
    return " " if abs(along) < _SAME_LINE * size else "\n"


def _is_again(before: Letter, letter: Letter) -> bool:
    """Tell whether a letter is drawn over the one before it, to look bold."""
    near = _AGAIN * max(letter.size, 0.1)
    return (
        letter.shown == before.shown
        and bool(letter.shown)
        and abs(letter.start[0] - before.start[0]) < near
        and abs(letter.start[1] - before.start[1]) < near
    )


def _where(where: str, letter: Letter) -> str:
    return f"{where}, {letter.kind}" if letter.kind else where
