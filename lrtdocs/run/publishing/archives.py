"""A zip read to its last byte: its parts, also those that its list lacks, and what is between.

What a zip says about itself is not believed: a part may be there twice, or be there and not be
listed. Of what is packed only so much is unpacked as there is `room` for.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from lrtdocs.model.openbaar.carried import Inner, Unread, text_at
from lrtdocs.model.openbaar.disguises import inflate_raw, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.model.openbaar.carried import Carried

_HEAD, _END = b"PK\x03\x04", b"PK\x05\x06"
_FIXED = 30
ROOM = 1 << 30
"""The most bytes that are looked at of one file, and of all that it carries."""
_BROKEN = (OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error,
           zipfile.BadZipFile, struct.error)  # fmt: skip


def is_zip(data: bytes) -> bool:
    """Tell whether `data` is a zip, also with something else before or behind it."""
    return data.startswith(_HEAD) or (_END in data[-70_000:] and _HEAD in data)


def read_zip(data: bytes) -> Iterator[Carried]:
    """Yield what the zip `data` carries."""
    used: list[tuple[int, int]] = []
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        entries = []
        yield Unread("lijst van onderdelen van het zip-bestand", "deel.bewijs_kapot")
    else:
        entries = archive.infolist()
        words = [archive.comment.decode("utf-8", "replace")]
        for entry in entries:
            words += [entry.filename, entry.comment.decode("utf-8", "replace")]
            used.append(_span(data, entry))
            yield from _read_entry(archive, entry)
        yield text_at("namen en opmerkingen in het zip-bestand", "\n".join(words), "zip")
    yield from _unlisted(data, used)
    for text, least in read_bytes(_between(data, used)):
        where = "tussen de onderdelen van het zip-bestand"
        yield text_at(where, text, "zip", last=True, least=max(least, 4))


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Carried]:
    if entry.is_dir() and not entry.file_size:
        return
    if entry.flag_bits & 1:
        yield Unread(entry.filename, "deel.bewijs_wachtwoord")
        return
    try:
        with archive.open(entry) as stream:
            found = stream.read(ROOM + 1)
    except _BROKEN:
        yield Unread(entry.filename, "deel.bewijs_kapot")
        return
    if len(found) > ROOM:
        yield Unread(entry.filename, "deel.bewijs_groot")
    yield Inner("", entry.filename, found)


def _span(data: bytes, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Return from where to where the packed bytes of `entry` stand."""
    try:
        lengths = struct.unpack_from("<HH", data, entry.header_offset + 26)
    except struct.error:
        return entry.header_offset, entry.header_offset
    start = entry.header_offset + _FIXED + sum(lengths)
    return start, start + entry.compress_size


def _unlisted(data: bytes, used: list[tuple[int, int]]) -> Iterator[Carried]:
    """Yield the parts that the list of the zip does not have, or has under another place."""
    starts = {start for start, _ in used}
    at = data.find(_HEAD)
    while at >= 0:
        inside = any(start <= at < end for start, end in used)
        try:
            method, *_, packed, _plain, name, extra = struct.unpack_from("<HHHIIIHH", data, at + 8)
        except struct.error:
            return
        start = at + _FIXED + name + extra
        if start not in starts and not inside:
            piece = data[start : start + packed] if packed else data[start:]
            plain = inflate_raw(piece) if method == zipfile.ZIP_DEFLATED else piece
            called = data[at + _FIXED : at + _FIXED + name].decode("utf-8", "replace")
            yield Inner(
                "een onderdeel dat niet in de lijst van het zip-bestand staat", called, plain
            )
        at = data.find(_HEAD, at + 4)


def _between(data: bytes, used: list[tuple[int, int]]) -> bytes:
    """Return the bytes of a zip that are in none of its parts."""
    made, at = [], 0
    for start, end in sorted(used):
        made.append(data[at:start] if start > at else b"")
        at = max(at, end)
    return b"\n".join([*made, data[at:]])
