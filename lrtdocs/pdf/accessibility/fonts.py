"""Whether what a font shows can be said: its codes must become characters (PDF/UA-1, 7.21.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Object

from lrtdocs.pdf.accessibility.values import part_of, to_int

if TYPE_CHECKING:
    from collections.abc import Iterable

_KNOWN = {"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"}
_ORDERS = {"GB1", "CNS1", "Japan1", "Korea1", "KR"}
_NUMBERED = re.compile(r"/(?:g|G|c|C|a|cid|glyph|index|char|i)\d+")
_SYMBOLIC = 4  # a bit of the flags
_PLAIN = re.compile(r"(?:[A-Z]{6}\+)?(?:Times|Helvetica|Courier|Arial)")


def mute_fonts(fonts: Iterable[Object]) -> list[str]:
    """Return the names of those of `fonts` whose codes say nothing."""
    return sorted({_name(font) for font in fonts if not _speaks(font)})


def _name(font: Object) -> str:
    name = str(font.get("/BaseFont", "/naamloos")).lstrip("/")
    return name.partition("+")[2] or name


def _speaks(font: Object) -> bool:
    if "/ToUnicode" in font:
        return True
    if font.get("/Subtype") == Name.Type0:
        return _speaks_wide(font)
    encoding = font.get("/Encoding")
    if isinstance(encoding, Name):
        return str(encoding) in _KNOWN
    if isinstance(encoding, Dictionary) and "/Differences" in encoding:
        names = [str(each) for each in encoding["/Differences"] if isinstance(each, Name)]
        return not any(_NUMBERED.fullmatch(name) for name in names)
    if isinstance(encoding, Dictionary):
        return str(encoding.get("/BaseEncoding", "")) in _KNOWN
    symbolic = to_int(part_of(font, "/FontDescriptor").get("/Flags")) & _SYMBOLIC
    return not symbolic and _PLAIN.match(str(font.get("/BaseFont", "")).lstrip("/")) is not None


def _speaks_wide(font: Object) -> bool:
    encoding = str(font.get("/Encoding", ""))
    if encoding.startswith("/Uni"):
        return True
    for part in font.get("/DescendantFonts", []):
        order = str(part_of(part, "/CIDSystemInfo").get("/Ordering", ""))
        if order in _ORDERS:
            return True
    return False
