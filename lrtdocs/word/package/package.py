"""The zip around a foreign Word document, read with guards.

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
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, Severity, TemplateProblemsError, has_errors
from lrtdocs.word.package.archive import COMPRESSOR, write_package
from lrtdocs.word.package.guards import check_content
from lrtdocs.word.package.ooxml import CONTENT_TYPES, Types
from lrtdocs.word.package.problems import template_problem

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COMPRESSOR", "Package", "read_package", "write_package"]

MEMBER_LIMIT = 40 << 20
TOTAL_LIMIT = 160 << 20
MEMBERS_LIMIT = 3000
RATIO_LIMIT = 100
RATIO_FREE = 1 << 20
CHUNK = 64 << 10

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    NotImplementedError,
    OverflowError,
    EOFError,
    RuntimeError,
    KeyError,
    IndexError,
    OSError,
)
_SAVE_AGAIN = "Open het bestand in Word en sla het opnieuw op als Word-document (.docx)."


@dataclass(frozen=True)
class Package:
    """A Word document that passed the guards: its members by name, and what was told about it."""

    name: str
    members: dict[str, bytes]
    warnings: tuple[Problem, ...] = ()
    types: Types = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", Types(self.members[CONTENT_TYPES]))


def read_package(data: bytes, name: str) -> Package:
    """Return the members of the .docx `data`; raise TemplateProblemsError with all problems.

    `name` is what the user calls the file. Every byte string ends in a package or a refusal.
    """
    members, problems = check_content(unpack(data, name), name)
    if has_errors(problems):
        raise TemplateProblemsError(*[p for p in problems if p.severity is Severity.ERROR])
    return Package(name, members, tuple(problems))


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return the members of the zip `data`, read with guards but not looked into any further."""
    place = Place(name)
    problems = _check_magic(data, place)
    members: dict[str, bytes] = {}
    if not problems:
        members, problems = _read_members(data, place)
    if problems:
        raise TemplateProblemsError(*problems)
    return members


def _check_magic(data: bytes, place: Place) -> list[Problem]:
    if data.startswith(_ZIP_MAGIC):
        return []
    if data.startswith(_OLE_MAGIC):
        message = "Dit bestand heeft een wachtwoord, of is een Word-document in de oude .doc-vorm."
        remedy = "Haal het wachtwoord eraf en sla het op als Word-document (.docx)."
        return [template_problem("LRT502", place, message, remedy=remedy)]
    message = "Dit bestand is leeg." if not data else "Dit bestand is geen Word-document (.docx)."
    return [template_problem("LRT501", place, message, remedy=_SAVE_AGAIN)]


def _read_members(data: bytes, place: Place) -> tuple[dict[str, bytes], list[Problem]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            problems = [*_check_names(entries, place), *_check_layout(data, entries, place)]
            if problems:
                return {}, problems
            return _inflate(archive, [e for e in entries if not e.is_dir()], place)
    except _BROKEN:
        message = "Dit bestand is beschadigd: het kan niet worden uitgepakt."
        return {}, [template_problem("LRT504", place, message, remedy=_SAVE_AGAIN)]


def _check_names(entries: Iterable[zipfile.ZipInfo], place: Place) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for entry in entries:
        folded = unicodedata.normalize("NFC", entry.filename).casefold()
        reason = _bad_name(entry)
        if folded in seen:
            reason = "komt twee keer voor"
        seen.add(folded)
        if reason:
            problems.append(
                template_problem(
                    "LRT506",
                    place,
                    f"Het onderdeel {entry.filename!r} van dit bestand {reason}.",
                    remedy=_SAVE_AGAIN,
                )
            )
    return problems


def _bad_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    pieces = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in entry.orig_filename or ":" in name:
        return "heeft een verboden naam"
    if ".." in pieces or "." in pieces or "" in pieces or re.search(r"[\x00-\x1f]", name):
        return "heeft een verboden naam"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is een verwijzing naar een ander bestand"
    return ""


def _check_layout(data: bytes, entries: list[zipfile.ZipInfo], place: Place) -> list[Problem]:
    """Refuse too many, locked or overlapping members before any of them is read."""
    if len(entries) > MEMBERS_LIMIT:
        message = f"Dit bestand heeft {len(entries)} onderdelen; {MEMBERS_LIMIT} is de grens."
        return [template_problem("LRT505", place, message, remedy=_SAVE_AGAIN)]
    if any(entry.flag_bits & 1 for entry in entries):
        message = "Dit bestand heeft een wachtwoord."
        return [template_problem("LRT502", place, message, remedy="Haal het wachtwoord eraf.")]
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        lengths = struct.unpack_from("<HH", data, entry.header_offset + 26)
        if entry.header_offset < end:
            message = "Onderdelen van dit bestand overlappen elkaar."
            return [template_problem("LRT507", place, message, remedy=_SAVE_AGAIN)]
        end = entry.header_offset + 30 + sum(lengths) + entry.compress_size
    return []


def _inflate(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], place: Place
) -> tuple[dict[str, bytes], list[Problem]]:
    members: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError(entry.compress_type)
        data = _inflate_one(archive, entry, TOTAL_LIMIT - total)
        if data is None:
            message = f"Het onderdeel {entry.filename!r} van dit bestand is te groot uitgepakt."
            return {}, [template_problem("LRT505", place, message, remedy=_SAVE_AGAIN)]
        total += len(data)
        members[entry.filename] = data
    return members, []


def _inflate_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes | None:
    """Return the bytes of `entry`, counted while reading, or None when they pass a limit."""
    chunks, size = [], 0
    packed = max(entry.compress_size, 1)
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > min(room, MEMBER_LIMIT):
                return None
            if size > RATIO_FREE and size > RATIO_LIMIT * packed:
                return None
            chunks.append(chunk)
    return b"".join(chunks)
