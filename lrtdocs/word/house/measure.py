"""How wide a text is on the page, before there is a page: for what must fit on a line.

By the advance widths of Verdana, the type of the house style; DejaVu Sans, which takes its place,
has the same within 1 %. An accent adds no width; what is no Latin letter counts as a wide one.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.house import housestyle as style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.word.house.housestyle import Mm, Pt

# In thousandths of the size, from space to tilde.
_WIDTHS = (
    *(318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337),
    *(636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531),
    *(1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787),
    *(603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500),
    *(500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612),
    *(635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838),
)
_WIDE = 1000
_BOLD = 1.26
"""No letter is wider in bold than so many times its own width."""
_WORD = 1.03
"""In one word Verdana and its substitute may differ more than in a text."""
_ABOVE, _BELOW = Decimal("0.76"), Decimal("0.21")
"""How far ascenders and descenders go from the base line, in sizes of the type."""
_LARGEST = _WIDE * style.BODY.size / 1000 * style.MM_PER_PT
"""How wide the widest letter of the text is, in mm."""
_BREAK = re.compile(r"[ \t\n]+|(?<=[^\W\d_]-)(?=[^\W\d_])")
"""Where Word and LibreOffice both end a line: at a space, and behind a hyphen in a word."""


def fits_word_mark(line: str) -> bool:
    """Tell whether `line` of the word mark stands on one line of the page."""
    width = _width_of(line, style.WORD_MARK.size) * style.WORD_MARK_SCALE / 100
    return width <= style.WORD_MARK_FRAME.width


class View(NamedTuple):
    """The part of a letter that every window shows: its edges, in mm from the top left corner."""

    left: Mm
    top: Mm
    right: Mm
    bottom: Mm

    def count_lines(self, *, kix: bool = False) -> int:
        """Return how many lines of an address it shows, above its `kix`, that the post reads."""
        below = (style.KIX_GAP + style.KIX.leading) * style.MM_PER_PT if kix else 0
        room = (
            self.bottom - below - style.ADDRESSEE_BASE - _BELOW * style.BODY.size * style.MM_PER_PT
        )
        shown = int(room // style.BODY.height) + 1 if room >= 0 else 0
        return min(shown, style.ADDRESSEE_LINES)

    @property
    def shows_return_address(self) -> bool:
        """Whether the line above the address is in it, from its top."""
        above = _ABOVE * style.SMALL.size * style.MM_PER_PT
        return self.top <= style.RETURN_BASE - above and self.left <= style.TEXT_LEFT

    @property
    def shows_address(self) -> bool:
        """Whether the address begins in it."""
        above = _ABOVE * style.BODY.size * style.MM_PER_PT
        begins = self.top <= style.ADDRESSEE_BASE - above and self.left <= style.TEXT_LEFT
        return begins and self.count_lines() > 0


def view_through(windows: Iterable[tuple[Mm, Mm, Mm, Mm]]) -> View:
    """Return what all of `windows` show: each its left and upper edge, its width and height."""
    edges = [View(left, top, left + wide, top + high) for left, top, wide, high in windows]
    left, top, right, bottom = zip(*edges, strict=True)
    return View(max(left), max(top), min(right), min(bottom))


def break_address(address: Iterable[str]) -> list[str]:
    """Return the lines on which `address` stands in its frame."""
    return [printed for line in address for printed in _break_line(line)]


def find_wide(printed: Iterable[str], view: View) -> tuple[str, Mm, Mm] | None:
    """Return the first `printed` line that runs out of `view`, its width and the room it has."""
    room = view.right - style.TEXT_LEFT
    for line in printed:
        if len(line) > room / _LARGEST and (width := _width_of(line, style.BODY.size)) > room:
            return line, width, room
    return None


def fits_return_address(text: str, view: View) -> bool:
    """Tell whether the return address is not wider than `view`."""
    width = _width_of(f"> Retouradres {text}", style.SMALL.size)
    return style.TEXT_LEFT + width <= view.right


@lru_cache(maxsize=2000)  # the cells of tables have much in common
def measure_text(text: str, half_points: int, *, bold: bool = False) -> tuple[float, float, str]:
    """Return how wide `text` is in twips: its widest word, and all of it; and that word."""
    twips = half_points / 100 * (_BOLD if bold else 1)  # of a thousandth of the size
    words = [(_units(word), word) for word in _BREAK.split(text)]
    widest, word = max(words)
    whole = sum(units for units, _ in words) + _WIDTHS[0] * (len(words) - 1)
    return widest * _WORD * twips, whole * _WORD * twips, word


def _units(text: str) -> int:
    """Return how wide `text` is, in thousandths of its size."""
    return sum(map(_width, unicodedata.normalize("NFD", text)))


def _break_line(text: str) -> list[str]:
    """Return the lines on which `text` stands in the frame of the address, broken at spaces."""
    size, width = style.BODY.size, style.ADDRESSEE.width
    if len(text) <= width / _LARGEST:
        return [text]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if not lines[-1] or _width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width_of(text: str, size: Pt) -> Mm:
    """Return how wide `text` is in mm, at `size` points and upright."""
    return _units(text) * size / 1000 * style.MM_PER_PT


@lru_cache(maxsize=500)
def _width(letter: str) -> int:
    index = ord(letter) - 32
    if 0 <= index < len(_WIDTHS):
        return _WIDTHS[index]
    return 0 if unicodedata.combining(letter) else _WIDE
