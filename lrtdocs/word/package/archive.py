"""The zip that we write around a document: the same members always give the same bytes.

The writer is our own because `zipfile` cannot copy a compressed member as it stands: fixed dates,
no data descriptors, [Content_Types].xml first. What all documents of a template have in common is
laid out once, see `Layout`. The way in is `unzip`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.deflate import FASTEST, ZLIB, Compressor
from lrtdocs.word.package.ooxml import CONTENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPRESSOR = FASTEST.name
"""What documents are compressed with: "isal-1" or "zlib-6"."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DOS_DATE = (1 << 5) | 1  # 1 January 1980, the first day a zip knows
_UTF8_NAME = 0x800


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
