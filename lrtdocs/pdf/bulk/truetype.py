"""TrueType fonts cut down to the glyphs of one letter, in an order that only the letter decides.

LibreOffice numbers the glyphs of an embedded font in the order of their first use. In a document
of fifty letters that order is no letter's own; cut down again, the font of a letter is the same
whatever letters it was converted with. (OpenType 1.9: glyf, loca, hmtx, cmap format 0.)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEPT = (b"cvt ", b"fpgm", b"prep", b"post")
_WORDS, _SCALE, _MORE, _XY, _TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_MAGIC = 0xB1B0AFBA
_DEEPEST = 8


class NotSeparableError(FaultError):
    """Letters cannot be taken apart, or their fonts not be cut down."""


@dataclass(frozen=True)
class Outlines:
    """A font with a table of one glyph for each byte, as LibreOffice writes it.

    `codes` has the number of the glyph for each code; by that number `glyphs` has the outlines, and
    `metrics` advance width and left side bearing, four bytes for each. Of the `tables` some are
    taken over.
    """

    tables: Mapping[bytes, bytes]
    codes: Sequence[int]
    glyphs: Sequence[bytes]
    metrics: Sequence[bytes]


def read_truetype(data: bytes) -> Outlines:
    """Return the font in `data`; one that does not hold together ends in an IndexError."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = [struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(count)]
    tables = {tag: data[at : at + size] for tag, _, at, size in entries}
    glyphs = _read_glyphs(tables)
    return Outlines(
        tables, _read_codes(tables[b"cmap"]), glyphs, _read_metrics(tables, len(glyphs))
    )


def _read_codes(cmap: bytes) -> bytes:
    offset = struct.unpack_from(">L", cmap, 8)[0]
    if struct.unpack_from(">H", cmap, offset)[0] != 0:
        raise NotSeparableError("deel.apart_codetabel")
    return cmap[offset + 6 : offset + 262]


def _read_glyphs(tables: Mapping[bytes, bytes]) -> list[bytes]:
    long = struct.unpack_from(">h", tables[b"head"], 50)[0]
    loca, glyf = tables[b"loca"], tables[b"glyf"]
    count = struct.unpack_from(">H", tables[b"maxp"], 4)[0] + 1
    offsets = struct.unpack_from(f">{count}{'L' if long else 'H'}", loca)
    scale = 1 if long else 2
    return [glyf[start * scale : end * scale] for start, end in pairwise(offsets)]


def _read_metrics(tables: Mapping[bytes, bytes], count: int) -> list[bytes]:
    full = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    data = tables[b"hmtx"]
    found = [data[4 * n : 4 * n + 4] for n in range(full)]
    width, rest = found[-1][:2], data[4 * full :]
    return found + [width + rest[2 * n : 2 * n + 2] for n in range(count - full)]


def cut_truetype(font: Outlines, codes: Sequence[int]) -> bytes:
    """Return `font` with only the glyphs of `codes`, which become 1, 2, 3, …; 0 stays 0."""
    order = [0, *(font.codes[code] for code in codes)]
    place = {glyph: n for n, glyph in reversed(list(enumerate(order)))}
    outlines: list[bytes] = []
    while len(outlines) < len(order):
        outline = font.glyphs[order[len(outlines)]]
        for part in components(outline):
            if part not in place:
                place[part] = len(order)
                order.append(part)
        outlines.append(renumber(outline, place))
    padded = [outline + b"\0" * (-len(outline) % 4) for outline in outlines]
    offsets = [0]
    for outline in padded:
        offsets.append(offsets[-1] + len(outline))
    tables = {tag: font.tables[tag] for tag in KEPT if tag in font.tables}
    tables[b"glyf"] = b"".join(padded)
    tables[b"loca"] = struct.pack(f">{len(offsets)}L", *offsets)
    tables[b"hmtx"] = b"".join(font.metrics[glyph] for glyph in order)
    tables[b"cmap"] = _cmap(len(codes))
    box = _bounding_box(outlines)
    tables[b"head"] = _patch(font.tables[b"head"], {8: b"\0\0\0\0", 36: box, 50: b"\0\1"})
    tables[b"hhea"] = _patch(font.tables[b"hhea"], {34: struct.pack(">H", len(order))})
    sizes = struct.pack(">5H", len(order), *_greatest_sizes(outlines))
    tables[b"maxp"] = _patch(font.tables[b"maxp"], {4: sizes})
    return _assemble(tables)


def _bounding_box(outlines: Sequence[bytes]) -> bytes:
    boxes = [struct.unpack_from(">4h", outline, 2) for outline in outlines if outline]
    lefts, bottoms, rights, tops = zip(*boxes or [(0, 0, 0, 0)], strict=True)
    return struct.pack(">4h", min(lefts), min(bottoms), max(rights), max(tops))


def _greatest_sizes(outlines: Sequence[bytes]) -> list[int]:
    """Return the most points and contours of simple outlines, and those of composites."""
    simple, made = [(0, 0)], [(0, 0)]
    for number, outline in enumerate(outlines):
        (made if _is_composite(outline) else simple).append(_size(outlines, number))
    return [max(column) for sizes in (simple, made) for column in zip(*sizes, strict=True)]


def _is_composite(outline: bytes) -> bool:
    return len(outline) >= 10 and struct.unpack_from(">h", outline)[0] < 0


def _size(outlines: Sequence[bytes], number: int, depth: int = 0) -> tuple[int, int]:
    """Return the points and contours of an outline, with those of its components."""
    outline = outlines[number]
    if _is_composite(outline) and depth < _DEEPEST:
        parts = [_size(outlines, part, depth + 1) for part in components(outline)]
        return sum(points for points, _ in parts), sum(contours for _, contours in parts)
    contours = struct.unpack_from(">h", outline)[0] if len(outline) >= 10 else 0
    if contours <= 0:
        return 0, 0
    return struct.unpack_from(">H", outline, 8 + 2 * contours)[0] + 1, contours


def components(outline: bytes) -> Iterator[int]:
    """Yield the glyphs that `outline` is made of, if it is a composite."""
    return (glyph for _, glyph in _component_places(outline))


def _component_places(outline: bytes) -> Iterator[tuple[int, int]]:
    """Yield (offset, glyph) for each glyph that the composite `outline` is made of."""
    if not _is_composite(outline):
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield at + 2, glyph
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _XY else 8 if flags & _TWO_BY_TWO else 0


def renumber(outline: bytes, place: Mapping[int, int]) -> bytes:
    """Return `outline` with each of its components called as `place` tells."""
    changes = {at: struct.pack(">H", place[glyph]) for at, glyph in _component_places(outline)}
    return _patch(outline, changes) if changes else outline


def _patch(data: bytes, changes: Mapping[int, bytes]) -> bytes:
    patched = bytearray(data)
    for at, value in changes.items():
        patched[at : at + len(value)] = value
    return bytes(patched)


def _cmap(count: int) -> bytes:
    codes = bytes(range(count + 1)).ljust(256, b"\0")
    return struct.pack(">HHHHLHHH", 0, 1, 1, 0, 12, 0, 262, 0) + codes


def _assemble(tables: Mapping[bytes, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    head = struct.pack(
        ">4sHHHH", b"true", len(tables), 16 << power, power, 16 * len(tables) - (16 << power)
    )
    at = len(head) + 16 * len(tables)
    entries, bodies = [], []
    for tag in sorted(tables):
        body = tables[tag] + b"\0" * (-len(tables[tag]) % 4)
        entries.append(struct.pack(">4sLLL", tag, _sum(body), at, len(tables[tag])))
        bodies.append(body)
        at += len(body)
    font = b"".join([head, *entries, *bodies])
    where = font.index(tables[b"head"])
    return _patch(font, {where + 8: struct.pack(">L", (_MAGIC - _sum(font)) & 0xFFFFFFFF)})


def _sum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF
