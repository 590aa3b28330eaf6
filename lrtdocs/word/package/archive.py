"""The zip that we write around a document: the same members always give the same bytes.

The writer is our own because `zipfile` cannot copy a compressed member as it stands: fixed dates,
no data descriptors, [Content_Types].xml first. What all documents of a template have in common is
laid out once, see `Layout`. The way in is `unzip`.

Documents are compressed by ISA-L where it is at hand, and by zlib everywhere else. At level 1 ISA-L
is ten times as fast as zlib, for a file that is a tenth larger. Its bytes depend on the kind of
processor (with or without SSE4.2, ARM), zlib's on the zlib that Python was built with. So one
machine always gives the same bytes, and who compares documents of two machines has to compare what
is in them, or the name of the compressor too.
"""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.ooxml import CONTENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

VARIABLE = "LRTDOCS_COMPRESSOR"
"""The environment variable that chooses a compressor by name, such as "zlib-6"."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DOS_DATE = (1 << 5) | 1  # 1 January 1980, the first day a zip knows
_UTF8_NAME = 0x800


class Compressor(NamedTuple):
    """`deflate` gives a raw deflate stream without any wrapper; `crc32` is that of a zip."""

    name: str
    deflate: Callable[[bytes], bytes]
    crc32: Callable[[bytes], int]


def _deflate_zlib(data: bytes) -> bytes:
    stream = zlib.compressobj(6, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


ZLIB = Compressor("zlib-6", _deflate_zlib, zlib.crc32)
"""What templates are packed with: they are made once, and everywhere the same."""


def find_compressor(wanted: str = "") -> Compressor:
    """Return the compressor called `wanted`, by default the fastest that is at hand."""
    if wanted != ZLIB.name:
        try:
            from isal import isal_zlib
        except ImportError:
            return ZLIB
        return Compressor("isal-1", lambda data: isal_zlib.compress(data, 1, -15), isal_zlib.crc32)
    return ZLIB


FASTEST = find_compressor(os.environ.get(VARIABLE, ""))


class Packed(NamedTuple):
    """One member, compressed once and written many times."""

    name: bytes
    method: int
    crc: int
    size: int
    data: bytes

    @property
    def common(self) -> tuple[int, ...]:
        """Return what the head of the member and its entry in the directory share."""
        flags = 0 if self.name.isascii() else _UTF8_NAME
        return (flags, self.method, 0, _DOS_DATE, self.crc, len(self.data), self.size)


@dataclass(frozen=True, slots=True)
class Layout:
    """The members that every document of a template begins with, and their directory."""

    body: bytes
    directory: bytes
    count: int


def pack_member(name: str, data: bytes, compressor: Compressor = ZLIB) -> Packed:
    """Compress `data`; it is stored as it is when compressing gains nothing."""
    raw = compressor.deflate(data)
    crc = compressor.crc32(data)
    if len(raw) >= len(data):
        return Packed(name.encode(), 0, crc, len(data), data)
    return Packed(name.encode(), 8, crc, len(data), raw)


def lay_out(members: Iterable[Packed]) -> Layout:
    """Return `members` one behind the other, [Content_Types].xml first and the rest by name."""
    first = CONTENT_TYPES.encode()
    ordered = sorted(members, key=lambda member: (member.name != first, member.name))
    body, directory, _ = _lay_behind(0, ordered)
    return Layout(b"".join(body), b"".join(directory), len(ordered))


class Static:
    """The members that many documents have in common, laid out once for each way they do."""

    def __init__(self, members: Mapping[str, Packed]) -> None:
        self.members = dict(members)
        self._layouts: dict[frozenset[str], Layout] = {}

    def plus(self, members: Mapping[str, Packed]) -> Static:
        """Return these members and more."""
        return Static({**self.members, **members})

    def without(self, names: frozenset[str]) -> Layout:
        """Return what a document begins with that brings the members `names` itself."""
        if names in self._layouts:
            return self._layouts[names]
        own = names.intersection(self.members)
        if own not in self._layouts:
            kept = [packed for name, packed in self.members.items() if name not in own]
            self._layouts[own] = lay_out(kept)
        return self._layouts[own]


def write_archive(layout: Layout, members: Iterable[Packed] = ()) -> bytes:
    """Return the zip of `layout` with `members` behind it, in the order given."""
    body, directory, start = _lay_behind(len(layout.body), members)
    count = layout.count + len(directory)
    index = b"".join([layout.directory, *directory])
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(index), start, 0)
    return b"".join([layout.body, *body, index, end])


def _lay_behind(offset: int, members: Iterable[Packed]) -> tuple[list[bytes], list[bytes], int]:
    """Return heads and data of `members` from `offset` on, their directory, and where they end."""
    body: list[bytes] = []
    directory: list[bytes] = []
    for member in members:
        name, data, common = member.name, member.data, member.common
        length = len(name)
        body += (_LOCAL.pack(b"PK\x03\x04", 20, *common, length, 0), name, data)
        entry = _CENTRAL.pack(b"PK\x01\x02", 20, 20, *common, length, 0, 0, 0, 0, 0, offset)
        directory.append(entry + name)
        offset += 30 + length + len(data)
    return body, directory, offset


def write_package(members: Mapping[str, bytes]) -> bytes:
    """Return `members` as a .docx that is the same on every machine with the same zlib."""
    return write_archive(lay_out(pack_member(name, data) for name, data in members.items()))
