"""What the letters in one file have in common stands there once: glyphs of fonts, pictures.

Each letter brings its own cut of a font, with codes of its own. Their glyphs are put together in
fonts of at most 255, and the text of each page is written in the codes of those. What is not as
`glyphs` writes it keeps its own fonts.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Object, Pdf

from lrtdocs.pdf.bulk.glyphs import SourceFont, rewrite, translate, write_font
from lrtdocs.pdf.bulk.split import UNREADABLE
from lrtdocs.pdf.bulk.truetype import (
    KEPT,
    NotSeparableError,
    Outlines,
    components,
    cut_truetype,
    renumber,
)
from lrtdocs.pdf.structure.text import read_content, read_instructions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lrtdocs.pdf.bulk.glyphs import Change

MOST_CODES = 255
_Sign = tuple[int, bytes | None, float]
"""The number of a glyph, the character it is, and its width."""


class _PooledFont(SourceFont):
    """A font that takes in the glyphs of fonts that were cut from the same one."""

    def __init__(self, first: SourceFont) -> None:
        self.name, self.descriptor, self.first = first.name, first.descriptor, 0
        self._tables = first.outlines.tables
        self.signs: dict[bytes, bytes] = {}
        self.widths: list[Any] = [0]
        self.codes: list[int] = [0]
        self._numbers: dict[tuple[bytes, bytes], int] = {}  # of glyphs, by outline and metrics
        self._places: dict[_Sign, int] = {}  # codes
        self._number(first.outlines, 0)

    def take_in(self, font: SourceFont) -> bytes | None:
        """Return the code here for each byte of `font`; None if its glyphs do not fit in."""
        wanted = [self._sign(font, code) for code in range(1, len(font.widths))]
        fresh = dict.fromkeys(sign for sign in wanted if sign not in self._places)
        if len(self.codes) + len(fresh) > MOST_CODES:
            return None
        for sign in fresh:
            self._add(*sign)
        table = bytes([0, *(self._places[sign] for sign in wanted)])
        return table.ljust(256, b"\0")

    def _sign(self, font: SourceFont, code: int) -> _Sign:
        number = self._number(font.outlines, font.outlines.codes[code])
        return number, font.signs.get(b"%02X" % code), float(font.widths[code])

    def _add(self, number: int, sign: bytes | None, width: float) -> None:
        code = self._places[number, sign, width] = len(self.codes)
        self.codes.append(number)
        self.widths.append(int(width) if width.is_integer() else width)
        if sign is not None:
            self.signs[b"%02X" % code] = sign

    def _number(self, font: Outlines, glyph: int) -> int:
        """Return the number here of a `glyph` of `font`, for which its components come first."""
        outline = font.glyphs[glyph]
        parts = {part: self._number(font, part) for part in components(outline)}
        key = (renumber(outline, parts), font.metrics[glyph])
        return self._numbers.setdefault(key, len(self._numbers))

    def cut(self, codes: bytes) -> bytes:
        """Return the font file with the glyphs of `codes`."""
        glyphs, metrics = zip(*self._numbers, strict=True)
        return cut_truetype(Outlines(self._tables, self.codes, glyphs, metrics), codes)


class Pool:
    """The fonts and streams of all letters in `target`."""

    def __init__(self, target: Pdf) -> None:
        self._target = target
        self._fonts: dict[object, list[tuple[_PooledFont, Object]]] = {}
        self._streams: dict[tuple[bytes, bytes], Object] = {}

    def take_in(self, pages: Sequence[Object]) -> None:
        """Let the `pages` of a letter, which are in the target, use what is there already."""
        resources = {page["/Resources"].objgen: page["/Resources"] for page in pages}
        for each in resources.values():
            self._share_pictures(each)
        if len(resources) == 1:
            try:
                self._pool_fonts(pages, *resources.values())
            except (NotSeparableError, *UNREADABLE):  # then the letter keeps its own
                return

    def _share_pictures(self, resources: Object) -> None:
        drawings = resources.get("/XObject", Dictionary())
        for name, drawing in dict(drawings.items()).items():
            for key in ("/SMask",):
                if key in drawing:
                    drawing[key] = self._shared(drawing[key])
            drawings[name] = self._shared(drawing)

    def _shared(self, stream: Object) -> Object:
        """Return `stream`, or one that is equal to it and came before."""
        facts = Dictionary(dict(stream.items())).unparse()
        return self._streams.setdefault((facts, stream.read_raw_bytes()), stream)

    def _pool_fonts(self, pages: Sequence[Object], resources: Object) -> None:
        fonts = resources.get("/Font", Dictionary())
        sources = {name: SourceFont(font) for name, font in fonts.items()}
        if any(source.first for source in sources.values()):
            raise NotSeparableError("deel.apart_soort")
        pooled = {name: self._find(source) for name, source in sources.items()}
        tables = {name[1:].encode(): table for name, (_, table) in pooled.items()}
        contents = [_recode(read_content(page), tables) for page in pages]
        resources["/Font"] = Dictionary({name: font for name, (font, _) in pooled.items()})
        for page, content in zip(pages, contents, strict=True):
            page["/Contents"] = self._target.make_stream(content)

    def _find(self, source: SourceFont) -> tuple[Object, bytes]:
        """Return the font that takes in the glyphs of `source`, and the codes they have there."""
        hints = tuple(source.outlines.tables.get(tag) for tag in KEPT)
        alike = self._fonts.setdefault((source.name, hints), [])
        for pooled, font in alike:
            table = pooled.take_in(source)
            if table is not None:
                return font, table
        alike.append((_PooledFont(source), self._target.make_indirect(Dictionary())))
        return self._find(source)

    def write(self) -> None:
        """Write the fonts, now that all letters are in."""
        everything = [pair for alike in self._fonts.values() for pair in alike]
        for number, (pooled, font) in enumerate(everything, start=1):
            codes = bytes(range(1, len(pooled.codes)))
            for key, value in write_font(self._target, pooled, codes, number).items():
                font[key] = value


def _recode(content: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    """Return `content` with its text in the codes of `tables`, by the name of a font."""
    return rewrite(content, list(_find_strings(content, tables)))


def _find_strings(content: bytes, tables: Mapping[bytes, bytes]) -> Iterator[Change]:
    recode: Callable[[bytes], bytes] | None = None
    for operator, operands in read_instructions(content):
        if operator == b"Tf":
            recode = partial(translate, table=tables[operands[-1]["name"]])
        elif operator in {b"Tj", b"TJ"}:
            if recode is None or any(each.lastgroup == "literal" for each in operands):
                raise NotSeparableError("deel.apart_inhoud")
            yield from ((string, recode) for string in operands)
        elif operator in {b"'", b'"'}:
            raise NotSeparableError("deel.apart_inhoud")
