"""Codes of a font as letters: by its ToUnicode table, and by its encoding and names of glyphs.

Both are read where both are there: what a page shows is by the encoding, what a reader copies from
it is by the table, and either may say what the other does not (PDF 1.7, 9.6.6 and 9.10).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream

from lrtdocs.pdf.carried.programs import read_program
from lrtdocs.pdf.structure.text import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = {
    **{name: str(number) for number, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))},
    "space": " ", "nbspace": " ", "hyphen": "-", "sfthyphen": "\xad", "minus": "-",
    "period": ".", "comma": ",", "at": "@", "underscore": "_", "slash": "/", "colon": ":",
    "parenleft": "(", "parenright": ")", "quotesingle": "'", "quoteright": "’", "plus": "+",
    "endash": "–", "emdash": "—", "ampersand": "&", "germandbls": "ss", "dotlessi": "i",
    "ae": "ae", "AE": "AE", "oe": "oe", "OE": "OE", "fi": "fi", "fl": "fl", "ff": "ff",
    "ffi": "ffi", "ffl": "ffl", "ij": "ij", "IJ": "IJ", "eth": "d", "Eth": "D", "thorn": "th",
}  # fmt: skip
"""The glyphs whose names are not those of letters."""
_ACCENTED = re.compile(
    r"([A-Za-z])(?:acute|grave|dieresis|circumflex|tilde|ring|cedilla|caron|slash|macron|breve"
    r"|ogonek|dotaccent|commaaccent|hungarumlaut|bar|croat|small|inferior|superior|oldstyle)+"
)
_UNI = re.compile(r"(?:uni((?:[0-9A-F]{4})+)|u([0-9A-F]{4,6}))")
_STANDARD = {0xAE: "fi", 0xAF: "fl", 0xE1: "AE", 0xF1: "ae", 0xE9: "Ø", 0xF9: "ø", 0xFA: "œ",
             0xEA: "Œ", 0xFB: "ß", 0xF5: "ı", 0xF8: "ł", 0xE8: "Ł"}  # fmt: skip
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_UNICODE_CMAP = re.compile(r"/Uni\w+-(?:UCS2|UTF16)(?:HW)?-[HV]")
_ADOBE = re.compile(r"Japan1|GB1|CNS1|Korea1|KR")
_SIGNS = ("Symbol", "ZapfDingbats", "Wingdings", "Webdings")
_SYMBOLIC = 4
_UNKNOWN_WIDTH = 550.0


class Glyph(NamedTuple):
    """What one code shows: by the table, by the encoding, and how wide it is, in thousandths."""

    shown: str
    other: str
    width: float
    is_space: bool


class Letters:
    """The letters of one `font`; `unread` are the codes that say nothing."""

    def __init__(self, font: Object | None) -> None:
        self.name = "" if font is None else str(font.get("/BaseFont", "")).lstrip("/")
        self.unread = set[int]()
        self._font = font
        self._wide = font is not None and font.get("/Subtype") == Name.Type0
        self._table = _read_to_unicode(font)
        self._names = self._read_wide() if self._wide else _read_encoding(font)
        if font is not None and not self._names and not self._table:
            self._names = read_program(font, wide=self._wide, name=read_glyph_name)
        self._widths, self._default = _read_widths(font, wide=self._wide)
        self._step = _code_length(font) if self._wide else 1
        self._known: dict[int, Glyph] = {}
        self.scale = 1.0
        if font is not None and font.get("/Subtype") == Name.Type3:
            self.scale = abs(float(font.get("/FontMatrix", [0.001])[0])) * 1000

    def read(self, codes: bytes) -> Iterator[Glyph]:
        """Yield the glyph of each of the `codes`."""
        step = self._step
        for at in range(0, len(codes), step):
            code = int.from_bytes(codes[at : at + step], "big")
            glyph = self._known.get(code)
            if glyph is None:
                glyph = self._known[code] = self._glyph(code)
            if not (glyph.shown or glyph.other):
                self.unread.add(code)
            yield glyph

    def _glyph(self, code: int) -> Glyph:
        by_table, by_name = self._table.get(code, ""), self._names.get(code, "")
        if self._wide and self._unicode and not by_name:
            by_name = chr(code)
        shown, other = by_table or by_name, by_name or by_table
        width = self._widths.get(code, self._default) * self.scale
        return Glyph(shown, other, width, code == 32 and not self._wide)

    @property
    def tells(self) -> bool:
        """Whether what is not read may be letters, and not signs."""
        return not any(sign in self.name for sign in _SIGNS)

    @property
    def _unicode(self) -> bool:
        encoding = None if self._font is None else self._font.get("/Encoding")
        return isinstance(encoding, Name) and bool(_UNICODE_CMAP.match(str(encoding)))

    def _read_wide(self) -> dict[int, str]:
        """Return the letters of a font of more bytes, as far as they are known without a table."""
        try:
            below = self._font["/DescendantFonts"][0]  # type: ignore[index]
            system = below.get("/CIDSystemInfo", Dictionary())
            order = str(system.get("/Ordering", ""))
        except (PdfError, KeyError, IndexError, TypeError, ValueError, AttributeError):
            return {}
        if _ADOBE.search(order):
            return {code: chr(code + 31) for code in range(1, 95)}
        return {}


def _code_length(font: Object | None) -> int:
    """Return how many bytes a code of a composite font has: two, unless its CMap says one."""
    encoding = None if font is None else font.get("/Encoding")
    if not isinstance(encoding, Stream):
        return 2
    ranges = re.findall(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>", encoding.read_bytes())
    return min((len(one) // 2 for one in ranges), default=2) or 2


def _read_to_unicode(font: Object | None) -> dict[int, str]:
    table = None if font is None else font.get("/ToUnicode")
    if not isinstance(table, Stream):
        return {}
    try:
        return read_table(table.read_bytes())
    except (PdfError, ValueError, IndexError, RuntimeError):
        return {}


def _read_encoding(font: Object | None) -> dict[int, str]:
    """Return the letters of a font of single bytes by its encoding."""
    if font is None:
        return _ascii()
    encoding = font.get("/Encoding")
    named = isinstance(encoding, Dictionary)
    base = encoding.get("/BaseEncoding") if named and encoding is not None else encoding
    codec = _CODECS.get(str(base))
    if codec:
        letters = {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}
    elif base is None and _has_own_codes(font):
        letters = {}
    else:
        letters = _ascii()
    if isinstance(encoding, Dictionary):
        letters |= _read_differences(encoding.get("/Differences"))
    return letters


def _ascii() -> dict[int, str]:
    return {code: chr(code) for code in range(32, 127)} | _STANDARD


def _has_own_codes(font: Object) -> bool:
    """Tell whether the codes of `font` mean what only the font itself knows."""
    descriptor = font.get("/FontDescriptor")
    if font.get("/Subtype") == Name.Type3:
        return True
    if descriptor is None:
        return any(sign in str(font.get("/BaseFont", "")) for sign in _SIGNS)
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return embedded and bool(int(descriptor.get("/Flags", _SYMBOLIC)) & _SYMBOLIC)


def _read_differences(listed: Object | None) -> dict[int, str]:
    letters, code = dict[int, str](), 0
    for one in listed if isinstance(listed, Array) else ():
        if isinstance(one, Name):
            letters[code] = read_glyph_name(str(one)[1:])
            code += 1
        else:
            code = int(one)
    return letters


def read_glyph_name(name: str) -> str:
    """Return the letters that the glyph called `name` shows, or "" when its name does not say."""
    name = name.partition(".")[0]
    if "_" in name:
        return "".join(map(read_glyph_name, name.split("_")))
    if len(name) == 1:
        return name
    if name in _NAMES:
        return _NAMES[name]
    coded = _UNI.fullmatch(name)
    if coded and coded[1]:
        digits = coded[1]
        return "".join(chr(int(digits[at : at + 4], 16)) for at in range(0, len(digits), 4))
    if coded:
        return chr(min(int(coded[2], 16), 0x10FFFF))
    accented = _ACCENTED.fullmatch(name)
    return accented[1] if accented else ""


def _read_widths(font: Object | None, *, wide: bool) -> tuple[dict[int, float], float]:
    try:
        if font is not None and wide:
            below = font["/DescendantFonts"][0]
            return dict(_wide_widths(below.get("/W", ()))), float(below.get("/DW", 1000))
        if font is not None and "/Widths" in font:
            first = int(font.get("/FirstChar", 0))
            return {first + at: float(one) for at, one in enumerate(font["/Widths"])}, 0.0
    except (PdfError, KeyError, IndexError, TypeError, ValueError):
        pass
    return {}, _UNKNOWN_WIDTH


def _wide_widths(listed: Object | tuple[()]) -> Iterator[tuple[int, float]]:
    waiting = list(listed)
    at = 0
    while at + 1 < len(waiting):
        first, second = int(waiting[at]), waiting[at + 1]
        if isinstance(second, Array):
            yield from ((first + step, float(one)) for step, one in enumerate(second))
            at += 2
        elif at + 2 < len(waiting):
            last = min(int(second), 0xFFFF)
            yield from ((code, float(waiting[at + 2])) for code in range(first, last + 1))
            at += 3
        else:
            return
