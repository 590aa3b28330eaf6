"""How wide a text is on the page, before there is a page: for what must fit on a line.

By the advance widths of Verdana, the type of the house style; DejaVu Sans, which takes its place,
has the same within 1 %. An accent adds no width; what is no Latin letter counts as a wide one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

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
_BREAK = re.compile(r"[ \t\n]+|(?<=[^\W\d_]-)(?=[^\W\d_])")
"""Where Word and LibreOffice both end a line: at a space, and behind a hyphen in a word."""


def fits_word_mark(line: str) -> bool:
    """Tell whether `line` of the word mark stands on one line of the page."""
    width = _width_of(line, style.WORD_MARK.size) * style.WORD_MARK_SCALE / 100
    return width <= style.WORD_MARK_FRAME.width


def measure_address(address: Iterable[str]) -> tuple[int, int]:
    """Return on how many lines `address` stands, and how many of them a window shows."""
    lines = sum(_count_lines(line, style.BODY.size, style.ADDRESSEE.width) for line in address)
    return lines, style.ADDRESSEE_LINES


def measure_text(text: str, half_points: int, *, bold: bool = False) -> tuple[float, float, str]:
    """Return how wide `text` is in twips: its widest word, and all of it; and that word."""
    twips = half_points / 100 * (_BOLD if bold else 1)  # of a thousandth of the size
    words = [(_units(word), word) for word in _BREAK.split(text)]
    widest = max(words)
    whole = sum(units for units, _ in words) + _WIDTHS[0] * (len(words) - 1)
    return widest[0] * _WORD * twips, whole * _WORD * twips, widest[1]


@lru_cache(maxsize=10_000)  # the cells of a table have many words in common
def _units(text: str) -> int:
    """Return how wide `text` is, in thousandths of its size."""
    letters = (
        mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark)
    )
    return sum(map(_width, letters))


def _count_lines(text: str, size: Pt, width: Mm) -> int:
    """Return on how many lines `text` stands in a column of `width`, broken at spaces."""
    if len(text) * size * _WIDE / 1000 * style.MM_PER_PT <= width:
        return 1
    lines, line = 1, ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        fits = _width_of(longer, size) <= width
        lines, line = (lines, longer) if fits or not line else (lines + 1, word)
    return lines


def _width_of(text: str, size: Pt) -> Mm:
    """Return how wide `text` is in mm, at `size` points and upright."""
    return _units(text) * size / 1000 * style.MM_PER_PT


def _width(letter: str) -> int:
    index = ord(letter) - 32
    return _WIDTHS[index] if 0 <= index < len(_WIDTHS) else _WIDE
