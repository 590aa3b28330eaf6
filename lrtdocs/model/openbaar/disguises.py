"""The other shapes in which a text may stand in a file: in codes, in bytes, in XML.

Nothing here knows what is sought. `unveil` gives a text as it reads when its codes are read:
entities, percent signs, escapes, base64 and figures; `read_bytes` gives the texts in bytes of which
nobody knows what they are.
"""

from __future__ import annotations

import base64
import bz2
import html
import lzma
import quopri
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES = (
    *(b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"RIFF"),
    *(b"\xd0\xcf\x11\xe0", b"II*\0", b"MM\0*", b"{\\rtf", b"\xfd7z", b"<?xml", b"<svg"),
)
"""How files begin that others may carry."""
DEPTH = 3
"""How many codes may stand inside each other."""
MOST = 64 << 20
"""The most bytes that are unpacked from one packed piece."""
_FEW = 16  # bytes that are no text, and in which there may be one
_SMALL, _MIDDLE = 20_000, 200_000
_ESCAPE = re.compile(
    r"\\u\{?([0-9A-Fa-f]{4,6})\}?|\\U([0-9A-Fa-f]{8})|\\x([0-9A-Fa-f]{2})|\\'([0-9A-Fa-f]{2})"
    r"|_x([0-9A-Fa-f]{4})_|\\u(-?\d{2,5})\??|#([0-9A-Fa-f]{2})(?=[^\s])"
)
_OCTAL = re.compile(r"\\([0-3][0-7]{2})")
_CSS = re.compile(r"\\([0-9A-Fa-f]{2,6}) ?")
_PERCENT = re.compile(r"%(?:u[0-9A-Fa-f]{2})?[0-9A-Fa-f]{2}")
_QUOTED = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_FOLDED = re.compile(r"\r?\n[ \t]")
_BASE64 = re.compile(
    r"[A-Za-z0-9+/_-]{20,}(?:\s{1,4}[A-Za-z0-9+/_-]{4,})*={0,2}|[A-Za-z0-9+/_-]{6,}={0,2}"
)
_URL_SAFE = str.maketrans("-_", "+/")
_COMMON = bytes([0, 9, 10, 13, *range(32, 127), *range(0xC3, 0xC6)])
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[\s,:;-]{0,2}(?:0x|\\x)?){5,}")
_DECIMALS = re.compile(r"(?:\d{2,3}\s*[,;]\s*){3,}\d{2,3}|(?:\b\d{2,3} ){4,}\d{2,3}")
_PRINTABLE = r"[\t\n\r\x20-\x7e\xa0-\u024f\u1e00-\u1eff\u2010-\u2026\u20ac\ufb00-\ufb06]"
_READABLE = re.compile(f"\\ufeff?{_PRINTABLE}+")
_RUN8 = re.compile(
    rb"(?:[\t\x20-\x7e]|[\xc3-\xc5\xcc\xcd][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xef\xac[\x80-\x86]"
    rb"|(?<=[A-Za-z])[\x80-\xff](?=[A-Za-z]))+"
)
_LITTLE = re.compile(rb"(?:[\t\x20-\x7e\xa0-\xff]\x00|[\x00-\x7f][\x01\x03\x20])+")
_BIG = re.compile(rb"(?:\x00[\t\x20-\x7e\xa0-\xff]|[\x01\x03\x20][\x00-\x7f])+")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
          (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip


def unveil(text: str, depth: int = DEPTH) -> Iterator[tuple[str, str]]:
    """Yield how `text` may be written in codes, in Dutch, and what it then says."""
    for how, read in _CODES:
        for plain in read(text):
            if plain == text or not plain:
                continue
            yield how, plain
            if depth > 1:
                yield from ((f"{how}, {more}", each) for more, each in unveil(plain, depth - 1))


def _entities(text: str) -> Iterator[str]:
    if "&" in text and ";" in text:
        yield html.unescape(text)


def _percents(text: str) -> Iterator[str]:
    if _PERCENT.search(text):
        yield unquote(text.replace("+", " "))
        yield unquote(re.sub(r"%u([0-9A-Fa-f]{4})", lambda one: chr(int(one[1], 16)), text))


def _quoted(text: str) -> Iterator[str]:
    if _QUOTED.search(text):
        raw = quopri.decodestring(text.encode("utf-8", "replace"))
        yield raw.decode("utf-8", "replace")
        yield quopri.decodestring(text.encode("utf-8", "replace"), header=True).decode("latin-1")


def _lines(text: str) -> Iterator[str]:
    """Join lines that were broken off and go on behind a space, as in mail and appointments."""
    if _FOLDED.search(text):
        yield _FOLDED.sub("", text)


def _escapes(text: str) -> Iterator[str]:
    if _ESCAPE.search(text):
        yield _ESCAPE.sub(_escaped, text)
    if _OCTAL.search(text):
        yield _OCTAL.sub(lambda one: chr(int(one[1], 8)), text)
    if _CSS.search(text):
        yield _CSS.sub(lambda one: _sign(int(one[1], 16)), text)


def _escaped(found: re.Match[str]) -> str:
    signed = found[6]
    digits = next((group for group in found.groups() if group), "0")
    return _sign(int(signed) % 65536 if signed else int(digits, 16))


def _sign(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _base64(text: str) -> Iterator[str]:
    runs = dict.fromkeys(_BASE64.findall(text))
    found = [plain for run in runs for plain in _read_base64(run)]
    if found:
        yield "\n".join(found)


@lru_cache(maxsize=50_000)  # the words of one kind of file come back in the next
def _read_base64(run: str) -> tuple[str, ...]:
    whole = re.sub(r"\s+", "", run).rstrip("=")
    parts = re.split(r"[-_/+]", whole)
    packed = dict.fromkeys([whole.translate(_URL_SAFE), *(parts if len(parts) > 1 else ())])
    return tuple(text for one in packed if _may_be_base64(one) for text in readable(_unpack64(one)))


def _may_be_base64(packed: str) -> bool:
    """Tell whether the first bytes of `packed` may be those of a text; those of a word are not."""
    if len(packed) < 6 or (packed.isalpha() and packed[1:].islower()):
        return False
    head = _unpack64(packed[:12])
    return len(head.translate(None, _COMMON)) <= len(head) // 4


def _unpack64(packed: str) -> bytes:
    packed = packed[: len(packed) - 1] if len(packed) % 4 == 1 else packed
    return base64.b64decode(packed + "=" * (-len(packed) % 4))


def _figures(text: str) -> Iterator[str]:
    found = [plain for run in _HEX.finditer(text) for plain in _read_hex(run.group())]
    if found:
        yield "\n".join(found)


def _read_hex(run: str) -> Iterator[str]:
    digits = re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", run)
    yield from readable(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _decimals(text: str) -> Iterator[str]:
    """Yield what rows of numbers of characters say, as in a script."""
    found = []
    for run in _DECIMALS.findall(text):
        codes = [int(code) for code in re.findall(r"\d+", run)]
        if all(31 < code < 0x250 for code in codes):
            found.append("".join(map(chr, codes)))
    if found:
        yield "\n".join(found)


def _turned(text: str) -> Iterator[str]:
    """Yield a text that is written from right to left, and shown as if it were not."""
    if "\u202e" in text or "\u202b" in text:
        yield text[::-1]


_CODES: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("als HTML-code", _entities),
    ("als URL-code", _percents),
    ("als code voor mail", _quoted),
    ("over regels verdeeld", _lines),
    ("als tekencode", _escapes),
    ("als base64", _base64),
    ("als hexadecimale code", _figures),
    ("als nummers van tekens", _decimals),
    ("achterstevoren", _turned),
)
EXTRACTED = ("als base64", "als hexadecimale code", "als nummers van tekens", "achterstevoren")
"""The codes of which only what they say is given, without the text around them."""


def readable(data: bytes) -> Iterator[str]:
    """Yield what `data` says as text in UTF-8, Windows or UTF-16; nothing when that is no text."""
    if len(data) < 3:
        return
    mostly = data.count(0) > len(data) // 3
    for encoding in ("utf-16-le", "utf-16-be", "utf-16") if mostly else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = encoding == "cp1252" and 4 * sum(code > 0x7F for code in data) > len(data)
        if not odd and _READABLE.fullmatch(text.rstrip("\0")):
            yield text
            return
    if len(data) > _FEW:
        yield from (text for text, _ in read_bytes(data))


def packed_in(text: str) -> Iterator[bytes]:
    """Yield the files that stand in `text` as base64, as in the data of a web page."""
    for run in re.finditer(r"[A-Za-z0-9+/_-]{60,}(?:\s{1,4}[A-Za-z0-9+/_-]+)*={0,2}", text):
        data = _unpack64(re.sub(r"\s+", "", run.group()).rstrip("=").translate(_URL_SAFE))
        if data.startswith(FILES):
            yield data


def decode(data: bytes) -> str:
    """Return `data` as the text that it says it is, or as UTF-8, or else as Windows has it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:2] in {b"<\0", b"\0<"}:
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace")
    named = re.match(rb"""\s*<\?xml[^>]*encoding=["']([\w-]+)""", data[:200])
    for encoding in (named[1].decode() if named else "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def is_text(data: bytes) -> bool:
    """Tell whether `data` is text, and not something else that has text in it."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    head = data[:4000] + data[-1000:]
    odd = sum(head.count(bytes([code])) for code in (*range(9), 11, *range(14, 32)))
    return odd * 50 <= len(head)


def read_bytes(data: bytes) -> Iterator[tuple[str, int]]:
    """Yield the texts in `data`, whatever it is, and how long what is sought there must be.

    In many bytes without meaning any three letters stand somewhere.
    """
    least = 3 if len(data) < _SMALL else 4 if len(data) < _MIDDLE else 6
    if is_text(data):
        yield decode(data), 3
    else:
        yield _runs(data, _RUN8, least, "utf-8"), least
    if b"\0" in data:
        for pattern, encoding in ((_LITTLE, "utf-16-le"), (_BIG, "utf-16-be")):
            for text in (_runs(data, pattern, 2 * least, encoding),):
                if text:
                    yield text, least
        if b"\0\0\0" in data:
            yield _runs(data.replace(b"\0\0\0", b""), _RUN8, least, "utf-8"), least


def _runs(data: bytes, pattern: re.Pattern[bytes], least: int, encoding: str) -> str:
    found = [run for run in pattern.findall(data) if len(run) >= least]
    return "\n".join(_decode_run(run, encoding) for run in found)


def _decode_run(run: bytes, encoding: str) -> str:
    try:
        return run.decode(encoding)
    except UnicodeDecodeError:
        return run.decode("cp1252" if encoding == "utf-8" else encoding, "replace")


def unpack_stream(data: bytes) -> bytes | None:
    """Return what is packed in `data` as a stream (gzip, zlib, bzip2, xz), or None if nothing is.

    A stream that breaks off gives what is before that.
    """
    if data[:2] == b"\x1f\x8b":
        return _inflate(data, 31)
    if data[:1] == b"\x78" and len(data) > 6 and (data[0] << 8 | data[1]) % 31 == 0:
        return _inflate(data, 15)
    try:
        if data[:3] == b"BZh":
            return bz2.BZ2Decompressor().decompress(data, MOST)
        if data[:3] == b"\xfd7z":
            return lzma.LZMADecompressor().decompress(data, MOST)
    except (OSError, EOFError, lzma.LZMAError, ValueError):
        return None
    return None


def _inflate(data: bytes, window: int) -> bytes | None:
    reader, made, at = zlib.decompressobj(window), b"", 0
    try:
        while at < len(data) and not reader.eof and len(made) < MOST:
            made += reader.decompress(data[at : at + 65536], MOST)
            at += 65536
    except zlib.error:
        pass  # what came before the fault is there
    return made or None


def inflate_raw(data: bytes) -> bytes:
    """Return what the deflated `data` begin with, as far as that can be read."""
    return _inflate(data, -15) or b""
