"""The neutral placeholder for the logo: a light grey outline, drawn here, and where it hangs.

The State's own logo may be carried by few and is not ours to ship (`huisstijl.md`, section 10). The
drawing is called "logo": under that name the user's own picture takes its place, and keeps the
alternative text of this one.
"""

from __future__ import annotations

import struct
import zlib

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.package.ooxml import PIC, A

LOGO_NAME = "logo"
LOGO_ALT = "Logo"
PIXELS_PER_MM = 8
_EDGE = 2
_PALETTE = b"\xff\xff\xff\xc8\xc8\xc8"
_ONE_BIT_PALETTE = (1, 3, 0, 0, 0)


def draw_placeholder() -> bytes:
    """Return the placeholder as a PNG of two colours in the proportions of the logo.

    It is stored, not compressed, so that no version of zlib changes its bytes.
    """
    width, height = (int(mm * PIXELS_PER_MM) for mm in (style.LOGO.width, style.LOGO_HEIGHT))
    full = b"\x00" + _bits(width, (1 << width) - 1)
    hollow = b"\x00" + _bits(width, ((1 << _EDGE) - 1) << (width - _EDGE) | (1 << _EDGE) - 1)
    lines = full * _EDGE + hollow * (height - 2 * _EDGE) + full * _EDGE
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">2I5B", width, height, *_ONE_BIT_PALETTE)),
            _chunk(b"PLTE", _PALETTE),
            _chunk(b"IDAT", zlib.compress(lines, 0)),
            _chunk(b"IEND", b""),
        )
    )


def _bits(width: int, pixels: int) -> bytes:
    """Return one line of `width` pixels, one bit each, padded to whole bytes."""
    size = -(-width // 8)
    return (pixels << (size * 8 - width)).to_bytes(size, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def logo_run(relationship: str) -> str:
    """Return the run that hangs the picture of `relationship` on the middle of the sheet's top.

    Centred and not at 98.5 mm, so that a picture narrower than the logo hangs in the middle too.
    """
    top, width = style.emu(style.LOGO.top), style.emu(style.LOGO.width)
    extent = f'cx="{width}" cy="{style.emu(style.LOGO_HEIGHT)}"'
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="1" behindDoc="1" locked="1" layoutInCell="0" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="{LOGO_NAME}" descr="{LOGO_ALT}"/>'
        "<wp:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks xmlns:a="{A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="{LOGO_NAME}" descr="{LOGO_ALT}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
