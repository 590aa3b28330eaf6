"""The letters that a font program knows itself, for a font that has no table and no encoding.

Inside a PDF a font is cut down to what is used, and often all that is left of its letters are the
names of its glyphs, or the table by which it finds them.
"""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pikepdf import Object, PdfError, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

_PUT = re.compile(rb"dup\s+(\d{1,3})\s*/([A-Za-z0-9._]+)\s+put")
_SYMBOL = 0xF000
_TABLES = ((3, 0), (1, 0), (3, 1), (0, 3))
"""The tables by which a symbolic font finds glyphs for codes (PDF 1.7, 9.6.6.4)."""
Letters = dict[int, str]


def read_program(font: Object, *, wide: bool, name: Callable[[str], str]) -> Letters:
    """Return the letters of the codes of `font`; `name` says what a glyph of some name shows.

    A font that cannot be read has none.
    """
    try:
        below = font["/DescendantFonts"][0] if wide else font
        descriptor = below["/FontDescriptor"]
        if "/FontFile2" in descriptor:
            return _read_truetype(descriptor["/FontFile2"].read_bytes(), below, name, wide=wide)
        if "/FontFile3" in descriptor:
            data = descriptor["/FontFile3"].read_bytes()
            if data.startswith((b"OTTO", b"\0\1\0\0", b"true")):
                return _read_truetype(data, below, name, wide=wide)
            return _read_compact(data, name, wide=wide)
        if "/FontFile" in descriptor:
            clear = descriptor["/FontFile"].read_bytes()
            return {int(code): name(glyph.decode()) for code, glyph in _PUT.findall(clear)}
    except (PdfError, KeyError, IndexError, TypeError, ValueError, AttributeError, RuntimeError):
        pass
    return {}


def _read_truetype(data: bytes, font: Object, name: Callable[[str], str], *, wide: bool) -> Letters:
    from fontTools.ttLib import TTFont, TTLibError  # only for a font that says nothing in the PDF

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        program = TTFont(BytesIO(data), lazy=True)
        order = program.getGlyphOrder()
        shown = {glyph: name(glyph) for glyph in order}
        best = program.getBestCmap() if "cmap" in program else {}
        shown |= {glyph: chr(code) for code, glyph in (best or {}).items() if code < _SYMBOL}
        if wide:
            return _by_number(font, [shown.get(glyph, "") for glyph in order])
        return _by_code(program, shown)
    except (TTLibError, AssertionError, KeyError, IndexError, ValueError, AttributeError):
        return {}


def _by_number(font: Object, shown: list[str]) -> Letters:
    """Return the letters of a composite font, whose codes are or lead to numbers of glyphs."""
    numbers = font.get("/CIDToGIDMap")
    if isinstance(numbers, Stream):
        data = numbers.read_bytes()
        pairs = (
            (at // 2, int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2)
        )
        return {code: shown[glyph] for code, glyph in pairs if glyph < len(shown)}
    return dict(enumerate(shown))


def _by_code(program: Any, shown: dict[str, str]) -> Letters:
    if "cmap" not in program:
        return {}
    for platform, encoding in _TABLES:
        table = program["cmap"].getcmap(platform, encoding)
        if table is not None:
            return {code & 0xFF: shown.get(glyph, "") for code, glyph in table.cmap.items()}
    return {}


def _read_compact(data: bytes, name: Callable[[str], str], *, wide: bool) -> Letters:
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    try:
        fonts.decompile(BytesIO(data), None)
        top = fonts[fonts.fontNames[0]]
        names = list(top.charset)
        if wide:
            return {number: name(glyph) for number, glyph in enumerate(names)}
        encoding = top.Encoding
    except (AssertionError, KeyError, IndexError, ValueError, AttributeError, TypeError):
        return {}
    if isinstance(encoding, str):
        return {}
    return {code: name(glyph) for code, glyph in enumerate(encoding) if glyph != ".notdef"}
