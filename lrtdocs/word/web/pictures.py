"""The pictures of a document, in the page itself."""

from __future__ import annotations

import warnings
from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.word.package.elements import is_decorative
from lrtdocs.word.package.ooxml import PIC, WP, A, R, V, escape, local_name
from lrtdocs.word.package.package import part_names

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package

_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_REDRAWN = {"image/bmp", "image/tiff", "image/x-ms-bmp", "image/tif"}
_PIXEL = 9525
"""English Metric Units in one pixel of the web, of which there are 96 in an inch."""
_WHOLE = 100_000
Crop = tuple[int, int, int, int]


class _Said(NamedTuple):
    """What a document says of a picture: the id of its part, what it shows, and how large."""

    rel: str
    alt: str
    decorative: bool
    size: tuple[int, int]
    crop: Crop


class Pictures:
    """The pictures of one document; what cannot be shown is told in `problems`."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.problems: list[Problem] = []

    def draw(self, element: etree._Element, part: str) -> str:
        """Return the picture in `element`, a drawing in `part`; "" where only text stands in it."""
        said = _of_drawing(element) or _of_vml(element)
        has_text = next(element.iter("{*}txbxContent"), None) is not None
        if said is None or not said.rel:
            if has_text or not _is_drawn(element):
                return ""
            return self._instead(said.alt if said else "", part, "LRT841.tekening")
        row = self._package.relations(part).get(said.rel)
        kind = self._package.types.of(row.part) if row is not None else ""
        if row is None or row.part not in self._package:
            return self._instead(said.alt, part, "LRT841.weg")
        uri = _uri(self._package[row.part], kind.lower(), said.crop)
        if not uri:
            return self._instead(said.alt, part, "LRT841.soort", kind=kind.rpartition("/")[2])
        if not said.alt and not said.decorative:
            self._tell(part, "LRT842")
        width, height = said.size
        size = f' width="{width}" height="{height}"' if width and height else ""
        alt = "" if said.decorative else escape(said.alt)
        return f'<img src="{uri}" alt="{alt}"{size}>'

    def _instead(self, alt: str, part: str, key: str, **fields: object) -> str:
        """Return what stands for something that a page cannot show, and tell of it."""
        self._tell(part, key, alt=alt, **fields)
        return f'<span class="beeld">{escape(alt)}</span>' if alt else ""

    def _tell(self, part: str, key: str, **fields: object) -> None:
        place = Place(self._package.name, part=part_names(self._package).get(part, ""))
        problem = messages.problem(key, place, None, **fields)
        if problem not in self.problems:
            self.problems.append(problem)


def _is_drawn(element: etree._Element) -> bool:
    """Tell whether something is seen of `element`: a chart, a shape, an object."""
    names = {local_name(one) for one in element.iter()}
    return bool(names & {"graphicData", "shape", "rect", "OLEObject", "line", "oval", "group"})


def _of_drawing(element: etree._Element) -> _Said | None:
    holder = element.find(f".//{{{WP}}}docPr")
    if holder is None:
        return None
    blip = next(element.iter(f"{{{A}}}blip"), None)
    extent = element.find(f".//{{{WP}}}extent")
    size = [0, 0] if extent is None else [_whole(extent.get(side)) for side in ("cx", "cy")]
    cut = next(element.iter(f"{{{PIC}}}blipFill"), None)
    source = None if cut is None else cut.find(f"{{{A}}}srcRect")
    edges = [0] * 4 if source is None else [_whole(source.get(side)) for side in "ltrb"]
    return _Said(
        "" if blip is None else blip.get(f"{{{R}}}embed", ""),
        " ".join(holder.get("descr", "").split()),
        is_decorative(holder),
        (size[0] // _PIXEL, size[1] // _PIXEL),
        (edges[0], edges[1], edges[2], edges[3]),
    )


def _of_vml(element: etree._Element) -> _Said | None:
    data = next(element.iter(f"{{{V}}}imagedata"), None)
    if data is None:
        return None
    shape = data.getparent()
    alt = "" if shape is None else shape.get("alt", "")
    return _Said(data.get(f"{{{R}}}id", ""), " ".join(alt.split()), False, (0, 0), (0, 0, 0, 0))


def _whole(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


@lru_cache(maxsize=32)  # letters of a run have these in common
def _uri(data: bytes, kind: str, crop: Crop) -> str:
    """Return the picture `data` as an address that holds it, "" if no browser can show it."""
    if kind not in _SHOWN | _REDRAWN:
        return ""
    if any(crop) or kind in _REDRAWN:
        data, kind = _redraw(data, crop), "image/png"
    return f"data:{kind};base64,{b64encode(data).decode()}" if data else ""


def _redraw(data: bytes, crop: Crop) -> bytes:
    """Return the picture `data` without what is cropped off, as PNG; b"" if it is damaged."""
    from PIL import Image

    target = BytesIO()
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as pixels:
            left, top, right, bottom = (max(edge, 0) / _WHOLE for edge in crop)
            width, height = pixels.size
            box = (
                round(left * width),
                round(top * height),
                round((1 - right) * width),
                round((1 - bottom) * height),
            )
            drawn = pixels.crop(box)
            if drawn.mode not in {"RGB", "RGBA", "L", "LA"}:
                drawn = drawn.convert("RGBA" if "transparency" in pixels.info else "RGB")
            drawn.info = {}
            drawn.save(target, "PNG")
    except Exception:  # noqa: BLE001 - Pillow raises anything for a damaged picture
        return b""
    return target.getvalue()
