"""A PDF as pictures of its pages, and where on them letters of a colour stand: with PDFium.

PDFium works for one thread at a time, so who comes here waits for who is in.
"""

from __future__ import annotations

import ctypes
import threading
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

    Colour = tuple[int, int, int]
    Box = tuple[float, float, float, float]

DPI = 110.0
_POINTS = 72.0
_SAME_LINE = 0.5
"""Of the height of the lower of two letters, how much they share if they stand on one line."""
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_lock = threading.Lock()


class PagePicture(NamedTuple):
    """A page as a picture, with its width and height in points."""

    png: bytes
    width: float
    height: float


class Stretch(NamedTuple):
    """Letters of one colour in a row: their page (from 0), and their box.

    A box is left, top, width and height, as fractions of the page.
    """

    page: int
    colour: Colour
    box: Box


def draw_pages(pdf: bytes, dpi: float = DPI, most: int | None = None) -> list[PagePicture]:
    """Return the pages of `pdf` as pictures, of so many dots an inch; at `most` so many pages."""
    from pypdfium2 import PdfDocument  # is loaded when there is something to draw

    with _lock, closing(PdfDocument(pdf)) as document:
        return [_draw(document[number], dpi) for number in range(len(document))[:most]]


def _draw(page: PdfPage, dpi: float) -> PagePicture:
    width, height = page.get_size()
    data = BytesIO()
    with closing(page), closing(page.render(scale=dpi / _POINTS)) as bitmap:
        bitmap.to_pil().save(data, "PNG", compress_level=1)
    return PagePicture(data.getvalue(), width, height)


def find_colours(pdf: bytes, coloured: bytes) -> list[Stretch]:
    """Return where letters stand in `pdf`, with the colours that they have in `coloured`.

    That is the same document but for its colours. A page of which the letters are others is looked
    at in `coloured` alone.
    """
    from pypdfium2 import PdfDocument

    with _lock, closing(PdfDocument(pdf)) as plain, closing(PdfDocument(coloured)) as other:
        return [found for page in range(len(other)) for found in _find(plain, other, page)]


def _find(plain: PdfDocument, coloured: PdfDocument, number: int) -> Iterator[Stretch]:
    page = coloured[number]
    with closing(page), closing(page.get_textpage()) as text:
        colours = [*_colours(text)]
        shown = text.get_text_range()
        boxes, size = [*_boxes(text)], page.get_size()
    if number < len(plain):
        page = plain[number]
        with closing(page), closing(page.get_textpage()) as text:
            if text.get_text_range() == shown and text.count_chars() == len(colours):
                boxes, size = [*_boxes(text)], page.get_size()
    yield from _join(number, size, colours, boxes)


def _colours(text: PdfTextPage) -> Iterator[Colour | None]:
    """Yield the colour of each letter on a page; None of one that only PDFium put there."""
    from pypdfium2 import raw

    levels = [ctypes.c_uint() for _ in range(4)]
    for at in range(text.count_chars()):
        known = raw.FPDFText_GetFillColor(text, at, *levels)
        made = raw.FPDFText_IsGenerated(text, at) == 1
        red, green, blue = (level.value for level in levels[:3])
        yield (red, green, blue) if known and not made else None


def _boxes(text: PdfTextPage) -> Iterator[Box]:
    """Yield left, bottom, right and top of each letter on a page, as high as its font."""
    from pypdfium2 import PdfiumError

    for at in range(text.count_chars()):
        try:
            yield text.get_charbox(at, loose=True)
        except PdfiumError:  # what PDFium put there itself may stand nowhere
            yield _NOWHERE


def _join(
    page: int, size: tuple[float, float], colours: list[Colour | None], boxes: list[Box]
) -> Iterator[Stretch]:
    """Yield the letters of one colour that stand on one line, as one stretch."""
    colour: Colour | None = None
    around: Box | None = None
    for own, box in zip(colours, boxes, strict=True):
        if own is None or box[2] <= box[0]:
            continue
        if around is not None and own == colour and _is_beside(around, box):
            around = _around(around, box)
            continue
        if around is not None and colour is not None:
            yield Stretch(page, colour, _as_fractions(around, size))
        colour, around = own, box
    if around is not None and colour is not None:
        yield Stretch(page, colour, _as_fractions(around, size))


def _is_beside(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > _SAME_LINE * min(one[3] - one[1], other[3] - other[1])


def _around(one: Box, other: Box) -> Box:
    low, high = (min, min), (max, max)
    pick: tuple[Callable[..., float], ...] = (*low, *high)
    left, bottom, right, top = (f(a, b) for f, a, b in zip(pick, one, other, strict=True))
    return left, bottom, right, top


def _as_fractions(box: Box, size: tuple[float, float]) -> Box:
    left, bottom, right, top = box
    width, height = size
    return left / width, 1 - top / height, (right - left) / width, (top - bottom) / height
