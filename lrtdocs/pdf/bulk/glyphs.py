"""Page content and fonts of one letter, made independent of the letters it was converted with.

Names of fonts and pictures, codes of glyphs: LibreOffice counts them through a whole document.
Here they are counted anew, in the order in which the letter uses them, so that a letter has the
same bytes alone and in company. It reads only what LibreOffice writes: simple TrueType fonts and
text in hexadecimal; anything else is refused, and such a letter is converted alone and left as is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from lrtdocs.pdf.bulk.truetype import NotSeparableError, cut_truetype, read_truetype
from lrtdocs.pdf.structure.text import (
    Operand,
    read_hex,
    read_instructions,
    replace_strings,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_KINDS = {b"Tf": "/Font", b"Do": "/XObject", b"gs": "/ExtGState"}
_PREFIXES = {"/Font": b"F", "/XObject": b"P", "/ExtGState": b"S"}
_KNOWN = {*_KINDS, b"BT", b"BDC", b"BMC", b"EMC", b"Tj", b"TJ"}
_PAIR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]+)>")
_SAME_GLYPH = dict.fromkeys((b"00AD", b"2010", b"2011"), b"002D") | {b"00A0": b"0020"}
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


class SourceFont:
    """A font of the merged document, read once for all its letters."""

    def __init__(self, font: Object) -> None:
        self.font = font
        descriptor = font.get("/FontDescriptor")
        if font.get("/Subtype") != "/TrueType" or descriptor is None:
            raise NotSeparableError("deel.apart_soort")
        self.outlines = read_truetype(descriptor["/FontFile2"].read_bytes())
        self.name = str(font["/BaseFont"])[1:].rpartition("+")[2]
        self.descriptor = {
            key: list(value) if isinstance(value, Array) else value
            for key, value in descriptor.items()
            if key not in {"/FontFile2", "/FontName", "/Type"}
        }
        self.widths: list[Any] = list(font["/Widths"])
        self.first = int(font.get("/FirstChar", 0))
        self.signs = dict(_PAIR.findall(font["/ToUnicode"].read_bytes()))
        self.cuts: dict[bytes, bytes] = {}

    def cut(self, codes: bytes) -> bytes:
        """Return the font file with only the glyphs of `codes`."""
        if codes not in self.cuts:
            self.cuts[codes] = cut_truetype(self.outlines, codes)
        return self.cuts[codes]


@dataclass
class _Usage:
    """One font in one letter: its name there, and its codes in the order of their first use."""

    source: SourceFont
    number: int
    codes: dict[int, None] = field(default_factory=dict)

    @cached_property
    def table(self) -> bytes:
        """The code in the letter for each byte, once all its pages were read."""
        table = bytearray(256)
        for number, code in enumerate(self.codes, start=1):
            table[code] = number
        return bytes(table)

    def recode(self, digits: bytes) -> bytes:
        """Return the string of codes `digits` in the numbering of the letter."""
        return translate(digits, self.table)


Change = tuple[Operand, "Callable[[bytes], bytes] | bytes"]
"""What is to be written otherwise: a string and how, or a name and its new name."""


class LetterContent:
    """The pages of one letter: their content and resources, counted anew.

    `sources` are the fonts that the letters of one PDF share, by their place in it.
    """

    def __init__(
        self,
        sources: dict[tuple[int, int], SourceFont],
        contents: Sequence[bytes],
        resources: Object,
    ) -> None:
        self._sources, self._resources = sources, resources
        self._fonts: dict[bytes, _Usage] = {}
        self._names: dict[str, dict[bytes, bytes]] = {kind: {} for kind in _PREFIXES}
        pages = [list(self._read(content)) for content in contents]
        names = [usage.source.name for usage in self._fonts.values()]
        if len(names) != len(set(names)):
            raise NotSeparableError("deel.apart_tweemaal")
        pairs = zip(contents, pages, strict=True)
        self.contents = [rewrite(content, changes) for content, changes in pairs]

    def _read(self, content: bytes) -> Iterator[Change]:
        """Yield what is to change in `content`, and note what it uses, in order."""
        font: _Usage | None = None
        for operator, operands in read_instructions(content):
            if operator not in _KNOWN or any(each.lastgroup == "literal" for each in operands):
                raise NotSeparableError("deel.apart_inhoud")
            if operator == b"BT":
                font = None
            elif operator in _KINDS:
                name = operands[-1]
                yield name, self._rename(_KINDS[operator], name["name"])
                font = self._fonts[name["name"]] if operator == b"Tf" else font
            elif operator in {b"Tj", b"TJ"}:
                if font is None:
                    raise NotSeparableError("deel.apart_losse_tekst")
                font.codes.update(dict.fromkeys(shown(operands)))
                yield from ((string, font.recode) for string in operands)
            elif operator == b"BDC" and b"/OC" in operands[0][0]:
                raise NotSeparableError("deel.apart_inhoud")

    def _rename(self, kind: str, name: bytes) -> bytes:
        names = self._names[kind]
        if name not in names:
            names[name] = b"/%s%d" % (_PREFIXES[kind], len(names) + 1)
            if kind == "/Font":
                font = self._resources["/Font"]["/" + name.decode()]
                if font.objgen not in self._sources:
                    self._sources[font.objgen] = SourceFont(font)
                self._fonts[name] = _Usage(self._sources[font.objgen], len(names))
        return names[name]

    def resources(self, target: Pdf) -> Object:
        """Return the resources of the letter, made in `target`."""
        made = Dictionary()
        if self._fonts:
            made["/Font"] = Dictionary(
                {
                    f"/F{u.number}": target.make_indirect(
                        write_font(target, u.source, bytes(u.codes), u.number)
                    )
                    for u in self._fonts.values()
                }
            )
        for kind in ("/XObject", "/ExtGState"):
            names = self._names[kind]
            if names:
                source = self._resources[kind]
                made[kind] = Dictionary(
                    {
                        new.decode(): _copy(target, source["/" + old.decode()])
                        for old, new in names.items()
                    }
                )
        return target.make_indirect(made)


@lru_cache(maxsize=20_000)
def translate(digits: bytes, table: bytes) -> bytes:
    """Return the string of the codes `digits`, as `table` has them; few strings are not equal."""
    return b"<%s>" % read_hex(digits).translate(table).hex().encode().upper()


def rewrite(content: bytes, changes: Sequence[Change]) -> bytes:
    """Return `content` with each of `changes` made."""
    written: list[bytes] = []
    end = 0
    for token, new in changes:
        written.append(content[end : token.start()])
        written.append(new if isinstance(new, bytes) else replace_strings(token, new))
        end = token.end()
    return b"".join([*written, content[end:]])


def _copy(target: Pdf, thing: Object) -> Object:
    if thing.get("/Subtype") == "/Form" and "/Font" in thing.get("/Resources", {}):
        raise NotSeparableError("deel.apart_tekening")
    return target.copy_foreign(thing) if thing.is_indirect else thing


def write_font(target: Pdf, source: SourceFont, codes: bytes, number: int) -> Dictionary:
    """Return the font `source` with only the glyphs of `codes`, the one with that `number`."""
    name = Name(f"/{_tag(number)}+{source.name}")
    data = source.cut(codes)
    descriptor = {
        key: Array(value) if isinstance(value, list) else value
        for key, value in source.descriptor.items()
    }
    descriptor |= {"/Type": Name.FontDescriptor, "/FontName": name}
    descriptor["/FontFile2"] = Stream(target, data, {"/Length1": len(data)})
    widths = [0, *(source.widths[code - source.first] for code in codes)]
    return Dictionary(
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
