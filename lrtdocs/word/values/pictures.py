"""Pictures from outside: read, measured, and written as a drawing in a line of text."""

from __future__ import annotations

import re

from lrtdocs.word.package.ooxml import PIC, WP, A, R, escape
from lrtdocs.word.package.pictures import EXTENSIONS, Picture

PICTURE_LIMIT = 20 << 20
_LONGEST = 51_206_400
"""The widest and highest Word can draw, in English Metric Units: 56 inches."""


def read_picture(data: bytes) -> Picture | None:
    """Return the picture `data`, or None when Word could not show it."""
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
        image = Image.from_blob(data)
        width, height, kind = int(image.width), int(image.height), image.content_type
    except bad:
        return None
    if min(width, height) <= 0 or kind not in EXTENSIONS or len(data) > PICTURE_LIMIT:
        return None
    return Picture(data, kind, width, height)


def drawing_xml(
    rel_id: str, number: str, size: tuple[int, int], description: str, link: str = ""
) -> str:
    """Return a w:r with the picture `rel_id`; `link` is the relationship of an address."""
    width, height = (min(max(side, 1), _LONGEST) for side in size)
    text = escape(" ".join(description.split()))
    name = escape(f"Afbeelding {number}")
    click = f'<a:hlinkClick xmlns:a="{A}" r:id="{link}"/>' if link else ""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{text}">{click}</wp:docPr>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{A}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}">'
        f'<pic:pic xmlns:pic="{PIC}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" '
        f'descr="{text}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{R}" r:embed="{rel_id}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def describe_file(name: str) -> str:
    """Return an alternative text for the picture in the file `name`, when nobody gave one."""
    stem = re.sub(r"[_-]+", " ", name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0])
    return f"Afbeelding: {stem.strip()}" if stem.strip() else "Afbeelding"
