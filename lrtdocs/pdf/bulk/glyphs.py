"""Page content and fonts of one letter, made independent of the letters it was converted with.

Names of fonts and pictures, codes of glyphs: LibreOffice counts them through a whole document.
Here they are counted anew, in the order in which the letter uses them, so that a letter has the
same bytes alone and in company. It reads only what LibreOffice writes: simple TrueType fonts and
text in hexadecimal; anything else is refused, and such a letter is converted alone and left as is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from lrtdocs.pdf.bulk.truetype import TrueType, UnknownFontError, cut_truetype, read_truetype

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    rb"<<(?:[^<>]|<[^<>]*>)*>>"
    rb"|/(?P<font>[^\s/<>\[\]]+)(?= [-.\d]+ Tf\b)"
    rb"|/(?P<picture>[^\s/<>\[\]]+)(?= Do\b)"
    rb"|/(?P<state>[^\s/<>\[\]]+)(?= gs\b)"
    rb"|(?P<text>\[[<>0-9A-Fa-f\s.-]*\](?=\s*TJ\b)|<[0-9A-Fa-f]*>)"
    rb"|(?P<begin>\bBT\b)"
)
_ODD = re.compile(rb"\(|\bBI\b|\b(?:scn|SCN|sh|cs|CS)\b|/OC\b")
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")
_PAIR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]+)>")
_SAME_GLYPH = dict.fromkeys((b"00AD", b"2010", b"2011"), b"002D") | {b"00A0": b"0020"}
_CATEGORIES = {"font": "/Font", "picture": "/XObject", "state": "/ExtGState"}
_TABLE = b"""/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<<
/Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class NotSeparableError(Exception):
    """Letters cannot be taken apart; the argument says what stands in the way, in Dutch."""


class SourceFont:
    """A font of the merged document, read once for all its letters."""

    def __init__(self, font: Object) -> None:
        self.font = font
        descriptor = font.get("/FontDescriptor")
        if font.get("/Subtype") != "/TrueType" or descriptor is None:
            raise NotSeparableError("een ander soort lettertype dan TrueType")
        try:
            self.outlines: TrueType = read_truetype(descriptor["/FontFile2"].read_bytes())
        except (UnknownFontError, KeyError) as error:
            raise NotSeparableError(str(error)) from error
        self.name = str(font["/BaseFont"])[1:].rpartition("+")[2]
        self.descriptor = {
            key: list(value) if isinstance(value, Array) else value
            for key, value in descriptor.items()
            if key not in {"/FontFile2", "/FontName", "/Type"}
        }
        self.widths = list(font["/Widths"])
        self.first = int(font.get("/FirstChar", 0))
        self.signs = dict(_PAIR.findall(font["/ToUnicode"].read_bytes()))
        self.cuts: dict[bytes, bytes] = {}

    def cut(self, codes: bytes) -> bytes:
        """Return the font file with only the glyphs of `codes`."""
        if codes not in self.cuts:
            self.cuts[codes] = cut_truetype(self.outlines, codes)
        return self.cuts[codes]


@dataclass
class Sources:
    """What the letters of one PDF share, read once: fonts by their place in the PDF."""

    fonts: dict[tuple[int, int], SourceFont] = field(default_factory=dict)

    def font(self, font: Object) -> SourceFont:
        """Return the font read from `font`."""
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = SourceFont(font)
        return self.fonts[font.objgen]


@dataclass
class _Usage:
    """One font in one letter: its name there, and its codes in the order of their first use."""

    source: SourceFont
    number: int
    codes: dict[int, None] = field(default_factory=dict)
    table: bytes = b""
    recoded: dict[bytes, bytes] = field(default_factory=dict)

    def recode(self, digits: bytes) -> bytes:
        """Return the string of codes `digits` in the numbering of the letter; few are not equal."""
        if digits not in self.recoded:
            codes = _codes(digits).translate(self.table)
            self.recoded[digits] = b"<%s>" % codes.hex().encode().upper()
        return self.recoded[digits]

    def close(self) -> None:
        if len(self.codes) > 255:
            raise NotSeparableError("meer dan 255 tekens in een lettertype")
        table = bytearray(256)
        for number, code in enumerate(self.codes, start=1):
            table[code] = number
        self.table = bytes(table)


def _codes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))


_Piece = tuple[bytes, str, "_Usage | None"]
"""A stretch of content: its bytes (of a name: without slash), what it is, and its font if text."""


class LetterContent:
    """The pages of one letter: their content and resources, counted anew."""

    def __init__(self, sources: Sources, contents: Sequence[bytes], resources: Object) -> None:
        self._sources, self._resources = sources, resources
        self._fonts: dict[bytes, _Usage] = {}
        self._names: dict[str, dict[bytes, bytes]] = {kind: {} for kind in _CATEGORIES}
        pages = [self._read(content) for content in contents]
        for usage in self._fonts.values():
            usage.close()
        names = [usage.source.name for usage in self._fonts.values()]
        if len(names) != len(set(names)):
            raise NotSeparableError("een lettertype in twee stukken")
        self.contents = [self._write(page) for page in pages]

    def _read(self, content: bytes) -> list[_Piece]:
        """Return `content` in pieces, and note what it uses, in order."""
        pieces: list[_Piece] = []
        font: _Usage | None = None
        end = 0
        for found in _TOKEN.finditer(content):
            kind = found.lastgroup or "marks"
            token = found[kind] if kind in _CATEGORIES else found[0]
            pieces.append((content[end : found.start()], "", None))
            end = found.end()
            if kind == "text":
                if font is None:
                    raise NotSeparableError("tekst zonder lettertype")
                font.codes.update(dict.fromkeys(_codes(b"".join(_HEX.findall(token)))))
            elif kind == "begin":
                font = None
            elif kind in _CATEGORIES:
                self._name(kind, token)
                font = self._fonts[token] if kind == "font" else font
            pieces.append((token, kind, font))
        pieces.append((content[end:], "", None))
        if _ODD.search(b" ".join(piece for piece, kind, _ in pieces if not kind)):
            raise NotSeparableError("inhoud die LibreOffice anders schrijft")
        return pieces

    def _name(self, kind: str, name: bytes) -> None:
        names = self._names[kind]
        if name not in names:
            names[name] = b"/%s%d" % (kind[:1].upper().encode(), len(names) + 1)
            if kind == "font":
                font = self._resources["/Font"]["/" + name.decode()]
                self._fonts[name] = _Usage(self._sources.font(font), len(names))

    def _write(self, pieces: Sequence[_Piece]) -> bytes:
        """Return the content in `pieces` in the numbering of the letter."""
        written: list[bytes] = []
        for piece, kind, font in pieces:
            if kind == "text" and font is not None:
                parts = _HEX.split(piece)
                parts[1::2] = [font.recode(digits) for digits in parts[1::2]]
                written += parts
            elif kind in _CATEGORIES:
                written.append(self._names[kind][piece])
            else:
                written.append(piece)
        return b"".join(written)

    def resources(self, target: Pdf) -> Object:
        """Return the resources of the letter, made in `target`."""
        made = Dictionary()
        if self._fonts:
            fonts = {f"/F{u.number}": _write_font(target, u) for u in self._fonts.values()}
            made["/Font"] = Dictionary(fonts)
        for kind in ("picture", "state"):
            names = self._names[kind]
            if names:
                source = self._resources[_CATEGORIES[kind]]
                made[_CATEGORIES[kind]] = Dictionary(
                    {
                        new.decode(): _copy(target, source["/" + old.decode()])
                        for old, new in names.items()
                    }
                )
        return target.make_indirect(made)


def _copy(target: Pdf, thing: Object) -> Object:
    if thing.get("/Subtype") == "/Form" and "/Font" in thing.get("/Resources", {}):
        raise NotSeparableError("tekst in een tekening")
    return target.copy_foreign(thing) if thing.is_indirect else thing


def _write_font(target: Pdf, usage: _Usage) -> Object:
    source, codes = usage.source, bytes(usage.codes)
    name = Name(f"/{_tag(usage.number)}+{source.name}")
    data = source.cut(codes)
    descriptor = {
        key: Array(value) if isinstance(value, list) else value
        for key, value in source.descriptor.items()
    }
    descriptor |= {"/Type": Name.FontDescriptor, "/FontName": name}
    descriptor["/FontFile2"] = Stream(target, data, {"/Length1": len(data)})
    widths = [0, *(source.widths[code - source.first] for code in codes)]
    return target.make_indirect(
        Dictionary(
            {
                "/Type": Name.Font,
                "/Subtype": Name.TrueType,
                "/BaseFont": name,
                "/FirstChar": 0,
                "/LastChar": len(codes),
                "/Widths": Array(widths),
                "/FontDescriptor": target.make_indirect(Dictionary(descriptor)),
                "/ToUnicode": target.make_indirect(Stream(target, _unicode(source, codes))),
            }
        )
    )


def _tag(number: int) -> str:
    """Return the six capitals before the name of a font that is not whole: BAAAAA, CAAAAA."""
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(ord("A") + letter)
    return letters


def _unicode(source: SourceFont, codes: bytes) -> bytes:
    lines = []
    for number, code in enumerate(codes, start=1):
        sign = source.signs.get(b"%02X" % code)
        if sign is not None:
            lines.append(b"<%02X> <%s>" % (number, _SAME_GLYPH.get(sign, sign)))
    return _TABLE % b"\n".join(_blocks(lines))


def _blocks(lines: list[bytes]) -> Iterator[bytes]:
    for start in range(0, len(lines), 100):  # no more in one block (Adobe Technical Note 5411)
        block = lines[start : start + 100]
        yield b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
