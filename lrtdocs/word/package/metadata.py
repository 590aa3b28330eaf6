"""What a picture tells besides what it shows: who made it, where, and with which program.

They lose all blocks that do not change how they look, and not a pixel changes. Of a colour profile
only the words go, of where a picture was made only which side is up stays.
"""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import local_name, parse_xml, serialize_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Strip = Callable[[bytes], bytes]

_PNG, _JPEG, _GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", (b"GIF87a", b"GIF89a")
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"),
    *(b"pHYs", b"iCCP", b"cICP", b"acTL", b"fcTL", b"fdAT"),
}
_JFIF, _EXIF, _ICC, _ADOBE = b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe"
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_ORIENTATION = b"\x01\x12\x00\x03\x00\x00\x00\x01", b"\x12\x01\x03\x00\x01\x00\x00\x00"
_ICC_WORDS = {b"desc", b"cprt", b"dmnd", b"dmdd", b"vued", b"vidd", b"targ", b"meta", b"dscm"}
_TIFF_KEPT = {
    *(254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 296, 297, 317),
    *(320, 322, 323, 324, 325, 338, 339, 347),
}
"""The tags that say what the picture is, not what it is about."""
_KNOWN_PROFILE = re.compile(
    rb"sRGB|Adobe RGB|Display P3|Generic|Dot Gain|Gray|Apple|Color LCD|ISO|FOGRA|ECI"
)
_SVG = "http://www.w3.org/2000/svg"
_SVG_SPACES = {_SVG, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace", ""}
_EMF = b" EMF"


def tells_of_people(data: bytes) -> bool:
    """Tell whether the picture `data` says more than it shows; a well-known profile does not."""
    return strip_picture(data, _strip_odd_profile) != data


def strip_picture(data: bytes, strip_profile: Strip | None = None) -> bytes:
    """Return the picture `data` without what it tells of people; the same when that is nothing.

    What is no picture, or a broken one, is returned as it is.
    """
    strip_profile = strip_profile or _strip_profile
    try:
        if data.startswith(_PNG):
            return _PNG + b"".join(_png_chunks(data, strip_profile))
        if data.startswith(_JPEG):
            return b"".join(_jpeg_segments(data, strip_profile))
        if data.startswith(_GIF):
            return b"".join(_gif_blocks(data))
        if data.startswith((b"II*\0", b"MM\0*")):
            return _strip_tiff(data)
        if data.startswith(b"BM"):
            return _strip_bmp(data)
        if data[40:44] == _EMF:
            return _strip_emf(data)
        if b"<svg" in data[:2000]:
            return _strip_svg(data)
    except (ValueError, IndexError, OSError, struct.error, zlib.error, etree.XMLSyntaxError):
        return data
    return data


def _png_chunks(data: bytes, strip: Strip) -> Iterator[bytes]:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + length + 12]
        at += length + 12
        if kind == b"iCCP":
            yield _png_profile(chunk, strip)
        elif kind in _PNG_KEPT:
            yield chunk


def _png_profile(chunk: bytes, strip: Strip) -> bytes:
    plain = zlib.decompress(chunk[8:-4].partition(b"\0")[2][1:])
    clean = strip(plain)
    if clean == plain:
        return chunk
    body = b"ICC\0\0" + zlib.compress(clean, 9)
    whole = b"iCCP" + body
    return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))


def _jpeg_segments(data: bytes, strip: Strip) -> Iterator[bytes]:
    yield data[:2]
    at, kind = 2, 0
    profile: list[bytes] = []
    while kind != 0xD9:
        found = _MARKER.search(data, at)
        if found is None:
            raise ValueError(at)
        if kind == 0xDA:
            yield data[at : found.start()]  # the picture itself, which comes behind its marker
        kind, at = found[1][0], found.end()
        if kind == 0xD9 or kind == 0x01:
            yield data[at - 2 : at]
            continue
        end = at + struct.unpack_from(">H", data, at)[0]
        body, at = data[at + 2 : end], end
        yield from _jpeg_segment(kind, body, profile, strip)


def _jpeg_segment(kind: int, body: bytes, profile: list[bytes], strip: Strip) -> Iterator[bytes]:
    """Yield what is to stay of one segment; a colour `profile` is gathered until it is whole."""
    if kind == 0xE0 and body.startswith(_JFIF):
        body = body[:12] + b"\0\0"  # without a thumbnail
    elif kind == 0xE1 and body.startswith(_EXIF):
        body = _orientation(body)
    elif kind == 0xE2 and body.startswith(_ICC):
        profile.append(body[14:])
        if len(profile) < body[13]:
            return
        whole, number = strip(b"".join(profile)), 0
        for number, piece in enumerate(profile, 1):
            own, whole = whole[: len(piece)], whole[len(piece) :]
            yield _segment(kind, _ICC + bytes([number, len(profile)]) + own)
        return
    elif kind in {0xFE, *range(0xE0, 0xF0)} and not (kind == 0xEE and body.startswith(_ADOBE)):
        return
    if body:
        yield _segment(kind, body)


def _segment(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


def _orientation(exif: bytes) -> bytes:
    """Return `exif` with nothing but how the picture is turned; empty when it stands upright."""
    for mark, order in zip(_ORIENTATION, "><", strict=True):
        at = exif.find(mark)
        turned = struct.unpack_from(f"{order}H", exif, at + 8)[0] if at > 0 else 1
        if 1 < turned < 9:
            entry = struct.pack(">HHIHHI", 0x112, 3, 1, turned, 0, 0)
            return _EXIF + b"MM\0*\0\0\0\x08\0\x01" + entry
    return b""


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    table = data[10]
    at = 13 + (3 << (table & 7) + 1 if table & 0x80 else 0)
    yield data[:at]
    while data[at] != 0x3B:
        start, kind = at, data[at : at + 2]
        if kind[0] == 0x2C:
            at += 10 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0) + 1
        else:
            at += 2
        head = data[at + 1 : at + 12]
        while data[at]:
            at += data[at] + 1
        at += 1
        looping = kind == b"\x21\xff" and head in {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
        if kind[0] == 0x2C or kind == b"\x21\xf9" or looping:
            yield data[start:at]
    yield b"\x3b"


def _strip_odd_profile(profile: bytes) -> bytes:
    named = [
        profile[at : at + size] for kind, at, size in _profile_tags(profile) if kind == b"desc"
    ]
    known = all(_KNOWN_PROFILE.search(words.replace(b"\0", b"")) for words in named)
    return profile if known else _strip_profile(profile)


def _strip_profile(profile: bytes) -> bytes:
    """Return an ICC `profile` of the same length with zeros for its words."""
    made = bytearray(profile)
    made[84:100] = bytes(16)  # its digest
    for kind, at, size in _profile_tags(profile):
        if kind in _ICC_WORDS:
            made[at : at + size] = (b"text" + bytes(size))[:size]
    return bytes(made)


def _profile_tags(profile: bytes) -> Iterator[tuple[bytes, int, int]]:
    for number in range(struct.unpack_from(">I", profile, 128)[0]):
        yield struct.unpack_from(">4sII", profile, 132 + 12 * number)


def _strip_tiff(data: bytes) -> bytes:
    from PIL import Image

    target = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        if set(getattr(picture, "tag_v2", ())) <= _TIFF_KEPT:
            return data
        plain, dpi = picture.copy(), picture.info.get("dpi")
        plain.info = {}
        plain.save(target, "TIFF", compression="tiff_lzw", **({"dpi": dpi} if dpi else {}))
    return target.getvalue()


def _strip_bmp(data: bytes) -> bytes:
    """Return a BMP without what stands behind it, and without the profile of its colours."""
    size, header = struct.unpack_from("<I", data, 2)[0], struct.unpack_from("<I", data, 14)[0]
    made = bytearray(data[:size] if size > 54 else data)
    if header >= 124 and bytes(made[70:74]) in {b"KNIL", b"DEBM"}:  # LINK and MBED
        start, length = struct.unpack_from("<II", made, 126)
        made[14 + start : 14 + start + length] = bytes(len(made[14 + start : 14 + start + length]))
        made[70:74], made[126:134] = b"BGRs", bytes(8)
    return bytes(made)


def _strip_emf(data: bytes) -> bytes:
    """Return an EMF with zeros for its description and for the comments that draw nothing."""
    made = bytearray(data)
    count, start = struct.unpack_from("<II", data, 60)
    if start:
        made[start : start + 2 * count] = bytes(len(made[start : start + 2 * count]))
    at = 0
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8:
            break
        if kind == 70 and data[at + 12 : at + 16] not in {b"EMF+", b"GDIC"}:
            made[at + 12 : at + size] = bytes(size - 12)
        at += size
    return bytes(made)


def _strip_svg(data: bytes) -> bytes:
    root = parse_xml(data)
    for element in list(root.iter(etree.Element)):
        space = etree.QName(element).namespace or ""
        if space not in _SVG_SPACES or local_name(element) in {"metadata", "title", "desc"}:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            if (etree.QName(name).namespace or "") not in _SVG_SPACES:
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return serialize_xml(root)
