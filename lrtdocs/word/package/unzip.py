"""The zip around a foreign document, read with guards.

Nothing such a file says about itself is believed: sizes are counted while reading, names and
offsets are checked before reading, and every problem is gathered before the file is refused.
The way out is `archive`.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable

MEMBER_LIMIT = 40 << 20
TOTAL_LIMIT = 160 << 20
MEMBERS_LIMIT = 3000
RATIO_LIMIT = 100
RATIO_FREE = 1 << 20
_PLAIN_PICTURES = (".bmp", ".emf", ".tif", ".tiff", ".wmf")
"""Pictures that are not packed themselves: a zip makes them as small as it likes."""
CHUNK = 64 << 10

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, OverflowError),
    *(NotImplementedError, EOFError, RuntimeError, KeyError, IndexError, OSError),
)


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return the members of the zip `data`, not looked into any further.

    Raise TemplateProblemsError with all that is wrong with the zip; `name` is what the user calls
    the file.
    """
    place = Place(name)
    if not data.startswith(_ZIP_MAGIC):
        raise TemplateProblemsError(messages.problem(_explain_magic(data), place))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            problems = [*_check_names(entries, place), *_check_layout(data, entries, place)]
            if not problems:
                return _inflate(archive, [e for e in entries if not e.is_dir()], place)
    except _BROKEN as error:
        raise TemplateProblemsError(messages.problem("LRT504.zip", place)) from error
    raise TemplateProblemsError(*problems)


def _explain_magic(data: bytes) -> str:
    """Return the message for `data` that is no zip."""
    if data.startswith(_OLE_MAGIC):
        return "LRT502.doc"
    return "LRT501.ander" if data else "LRT501.leeg"


def _check_names(entries: Iterable[zipfile.ZipInfo], place: Place) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for entry in entries:
        folded = unicodedata.normalize("NFC", entry.filename).casefold()
        key = "LRT506.dubbel" if folded in seen else _bad_name(entry)
        seen.add(folded)
        if key:
            problems.append(messages.problem(key, place, member=entry.filename))
    return problems


def _bad_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    pieces = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in entry.orig_filename or ":" in name:
        return "LRT506.naam"
    if ".." in pieces or "." in pieces or "" in pieces or re.search(r"[\x00-\x1f]", name):
        return "LRT506.naam"
    return "LRT506.verwijzing" if stat.S_ISLNK(entry.external_attr >> 16) else ""


def _check_layout(data: bytes, entries: list[zipfile.ZipInfo], place: Place) -> list[Problem]:
    """Refuse too many, locked or overlapping members before any of them is read."""
    if len(entries) > MEMBERS_LIMIT:
        number = str(len(entries))
        return [messages.problem("LRT505.aantal", place, number=number, limit=MEMBERS_LIMIT)]
    if any(entry.flag_bits & 1 for entry in entries):
        return [messages.problem("LRT502.wachtwoord", place)]
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        lengths = struct.unpack_from("<HH", data, entry.header_offset + 26)
        if entry.header_offset < end:
            return [messages.problem("LRT507", place)]
        end = entry.header_offset + 30 + sum(lengths) + entry.compress_size
    return []


def _inflate(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], place: Place
) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    room = TOTAL_LIMIT
    for entry in entries:
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError(entry.compress_type)
        data = _inflate_one(archive, entry, room)
        if data is None:
            member = entry.filename
            raise TemplateProblemsError(messages.problem("LRT505.onderdeel", place, member=member))
        room -= len(data)
        members[entry.filename] = data
    return members


def _inflate_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes | None:
    """Return the bytes of `entry`, counted while reading, or None when they pass a limit."""
    chunks, size = [], 0
    packed, plain = max(entry.compress_size, 1), entry.filename.lower().endswith(_PLAIN_PICTURES)
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > min(room, MEMBER_LIMIT):
                return None
            if size > RATIO_FREE and size > RATIO_LIMIT * packed and not plain:
                return None
            chunks.append(chunk)
    return b"".join(chunks)
