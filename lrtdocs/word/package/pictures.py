"""A picture as a part: what its member is called, and how large it is shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lrtdocs.word.package.metadata import strip_picture

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
        return f"word/media/lrt-{hashlib.sha256(self.data).hexdigest()[:16]}.{self.extension}"

    def scaled(self, width: int | None, height: int | None) -> tuple[int, int]:
        """Return width and height as asked; what is not asked for follows from its shape."""
        if width is None and height is None:
            return self.width, self.height
        if width is None:
            return max(1, round((height or 1) * self.width / self.height)), height or 1
        return width, height or max(1, round(width * self.height / self.width))


def read_picture(data: bytes) -> Picture | None:
    """Return the picture `data`, or None when Word could not show it.

    What it tells besides what it shows is left out.
    """
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    bad = (
        *(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError),
        *(ValueError, KeyError, IndexError, OSError, ZeroDivisionError),
    )
    try:
        image = Image.from_blob(_as_read(data))
        width, height, kind = int(image.width), int(image.height), image.content_type
    except bad:
        return None
    if min(width, height) <= 0 or kind not in EXTENSIONS or len(data) > PICTURE_LIMIT:
        return None
    return Picture(strip_picture(data), kind, width, height)


def _as_read(data: bytes) -> bytes:
    """Return the picture `data` as python-docx knows it: a JPEG with a head, as Photoshop has not.

    It is for reading only: with that head, the colours of some would be taken for others.
    """
    bare = data.startswith(b"\xff\xd8\xff") and data[6:10] not in {b"JFIF", b"Exif"}
    return data[:2] + _JFIF + data[2:] if bare else data
