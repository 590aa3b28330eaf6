"""A picture as a part: what its member is called, and how large it is shown."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from lrtdocs.word.package.metadata import strip_picture

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

PICTURE_LIMIT = 20 << 20
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00"  # 72 dpi
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that Word can show: its bytes, and its own size in English Metric Units."""

    data: bytes
    content_type: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        """Return what the name of its member ends in."""
        return EXTENSIONS[self.content_type]

    @property
    def member(self) -> str:
        """Return the member that holds it, the same for equal pictures."""
        return _member_of(self)

    def scaled(self, width: int | None, height: int | None) -> tuple[int, int]:
        """Return width and height as asked; what is not asked for follows from its shape."""
        if width is None and height is None:
            return self.width, self.height
        if width is None:
            return max(1, round((height or 1) * self.width / self.height)), height or 1
        return width, height or max(1, round(width * self.height / self.width))


@lru_cache(maxsize=64)  # that of one letter is often that of the next
def _member_of(picture: Picture) -> str:
    digest = hashlib.sha256(picture.data).hexdigest()[:16]
    return f"word/media/lrt-{digest}.{picture.extension}"


def read_picture(data: bytes) -> Picture | None:
    """Return the picture `data`, or None when Word could not show it.

    What it tells besides what it shows is left out.
    """
    from docx.image.image import Image

    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.from_blob(_as_read(data))
            width, height, kind = int(image.width), int(image.height), image.content_type
            stripped = strip_picture(data)
    except Exception:  # noqa: BLE001 - python-docx and Pillow raise anything for a damaged picture
        return None
    if min(width, height) <= 0 or kind not in EXTENSIONS or len(data) > PICTURE_LIMIT:
        return None
    return Picture(stripped, kind, width, height)


_ORIENTATION = 274
_PIXELS = 2008, 2953
"""Across and down, what the text of A4 takes in print: 170 by 250 mm at 300 dots per inch."""
_SCREEN = 96
"""The dots per inch of a picture that does not tell them, as Word takes them."""
_LEAST = 10
_INCH = 914_400
_QUALITY = 92
_DEEP = ("I", "F")
"""With these begin the modes of pictures of more than 8 bits, which are not drawn with fewer."""


def read_upright(data: bytes) -> Picture | None:
    """Return the picture `data` for the middle of a text, or None when Word could not show it.

    A photo that lies on its side is turned, since Word and LibreOffice do not, and of one with more
    pixels than paper can show there are less. All of it is read, so a damaged one is refused.
    """
    from PIL import Image

    picture = read_picture(data)
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as pixels:
            pixels.load()
            return _settle(picture, pixels) if picture is not None else None
    except Exception:  # noqa: BLE001 - see `read_picture`
        return None


def _settle(picture: Picture, pixels: Pixels) -> Picture:
    """Return `picture` upright, with its own size on paper, made anew of `pixels` if need be."""
    dots = [float(each) for each in pixels.info.get("dpi", ())] or [_SCREEN, _SCREEN]
    across, down = (each if each >= _LEAST else _SCREEN for each in dots)
    width, height = round(pixels.width / across * _INCH), round(pixels.height / down * _INCH)
    turned = pixels.getexif().get(_ORIENTATION, 1)
    if turned > 4:  # a quarter
        width, height = height, width
    deep = pixels.mode[0] in _DEEP
    if turned > 1 or (not deep and any(a > b for a, b in zip(pixels.size, _PIXELS, strict=True))):
        data, kind = _draw_anew(pixels, picture.content_type)
        picture = replace(picture, data=data, content_type=kind)
    return replace(picture, width=max(width, 1), height=max(height, 1))


def _draw_anew(pixels: Pixels, kind: str) -> tuple[bytes, str]:
    """Return `pixels` upright and no more than paper shows, as a JPEG if it was one, else a PNG."""
    from PIL import Image, ImageOps

    profile = pixels.info.get("icc_profile") if pixels.mode in {"RGB", "L"} else None
    drawn = ImageOps.exif_transpose(pixels)
    deep = drawn.mode[0] in _DEEP
    clear = "transparency" in drawn.info or drawn.mode == "PA"
    if not deep and (clear or drawn.mode not in {"RGB", "RGBA", "L", "LA"}):
        drawn = drawn.convert("RGBA" if clear else "RGB")
    scale = 1 if deep else min(1, _PIXELS[0] / drawn.width, _PIXELS[1] / drawn.height)
    if scale < 1:
        size = tuple(max(1, round(side * scale)) for side in drawn.size)
        drawn = drawn.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    target, photo = BytesIO(), kind == "image/jpeg"
    drawn.info = {}
    options = {"quality": _QUALITY} if photo else {}
    drawn.save(target, "JPEG" if photo else "PNG", icc_profile=profile, **options)
    return strip_picture(target.getvalue()), "image/jpeg" if photo else "image/png"


def _as_read(data: bytes) -> bytes:
    """Return the picture `data` as python-docx knows it: a JPEG with a head, as Photoshop has not.

    It is for reading only: with that head, the colours of some would be taken for others.
    """
    bare = data.startswith(b"\xff\xd8\xff") and data[6:10] not in {b"JFIF", b"Exif"}
    return data[:2] + _JFIF + data[2:] if bare else data
