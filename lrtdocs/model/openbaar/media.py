"""What a picture says beside what it shows: the blocks in it that are no picture.

The picture itself is many bytes without meaning, in which any few letters stand somewhere; the
blocks around it are short, so that also a short name can be sought in them.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from lrtdocs.model.openbaar.disguises import unpack_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PACKED = {b"zTXt", b"iTXt", b"iCCP"}
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_NO_PICTURE = {b"VP8 ", b"VP8L", b"ALPH", b"ANMF"}
_STARTS = (_PNG, _JPEG, b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM", b"\0\0\0\x0cjP  ",
           b"\xd7\xcd\xc6\x9a", b"\0\0\0\x1cftyp", b"\0\0\0\x18ftyp")  # fmt: skip


def is_picture(data: bytes) -> bool:
    """Tell whether `data` begin as a picture does; one in XML is none here."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(_STARTS) or webp or data[40:44] == b" EMF"


def read_blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what stands in the picture `data` that is no picture: what it is, and its bytes."""
    try:
        if data.startswith(_PNG):
            yield from _png(data)
        elif data.startswith(_JPEG):
            yield from _jpeg(data)
        elif data[:4] == b"RIFF":
            yield from _riff(data)
        else:
            yield "gegevens", data
    except (struct.error, IndexError):
        yield "gegevens", data


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at + 8 : at + 8 + length]
        at += length + 12
        if kind in {b"IDAT", b"fdAT"}:
            continue
        yield f"gegevens in {kind.decode('ascii', 'replace')}", chunk
        if kind in _PACKED:
            yield from _unpacked(chunk)
    yield "wat achter het einde van de afbeelding staat", data[at:]


def _unpacked(chunk: bytes) -> Iterator[tuple[str, bytes]]:
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", chunk):
        plain = unpack_stream(chunk[found.start() :])
        if plain:
            yield "ingepakte gegevens", plain
            return


def _jpeg(data: bytes) -> Iterator[tuple[str, bytes]]:
    at, shown = 2, False
    while found := _MARKER.search(data, at):
        kind, at = found[1][0], found.end()
        if kind == 0xD9:
            yield "wat achter het einde van de afbeelding staat", data[at:]
            return
        if kind == 0x01:
            continue
        length = struct.unpack_from(">H", data, at)[0]
        if kind not in {0xDA, 0xDB, 0xC4}:
            yield "gegevens van de maker (EXIF, XMP of IPTC)", data[at + 2 : at + length]
        at += length
        shown = shown or kind == 0xDA
    if not shown:
        yield "gegevens", data


def _riff(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        if kind not in _NO_PICTURE:
            yield "gegevens", data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
