"""Where the links of a PDF stand on its pages."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

Box = tuple[float, float, float, float]


class LinkBox(NamedTuple):
    """A rectangle of a link to `address`, on a page (from 0).

    The box is left, top, width and height, as fractions of the page.
    """

    page: int
    address: str
    box: Box


def find_links(pdf: bytes) -> list[LinkBox]:
    """Return every rectangle of a link to an address in `pdf`, page by page."""
    import pikepdf  # is loaded when there is a PDF to look at

    found = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            x0, y0, x1, y1 = (float(one) for one in page.mediabox)
            for note in page.obj.get("/Annots", []):
                action = note.get("/A")
                address = str(action.get("/URI", "")) if action is not None else ""
                if note.get("/Subtype") != "/Link" or not address:
                    continue
                left, bottom, right, top = (float(one) for one in note["/Rect"])
                width, height = x1 - x0, y1 - y0
                box = ((left - x0) / width, (y1 - top) / height,
                       (right - left) / width, (top - bottom) / height)  # fmt: skip
                found.append(LinkBox(number, address, box))
    return found
