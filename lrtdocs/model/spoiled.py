"""Text that was spoiled once before: UTF-8 that a program read as another encoding and saved so.

"SÃºdwest" (Windows), "S├║dwest" (MS-DOS) and "S√∫dwest" (Mac) are all Súdwest. None of it is text
in any language: a Ã only stands before a sign that is in no word, and after an Ä or Å no sign is
taken that ends a quotation. So is S&uacute;dwest, of HTML. Loaded when `characters.SUSPECT` is
found.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BYTES = {
    codec: {bytes([byte]).decode(codec, "replace"): byte for byte in range(0x80, 0x100)}
    | {chr(byte): byte for byte in range(0x80, 0xA0)}
    for codec in ("cp1252", "mac_roman", "cp850")
}
"""The byte of each sign that is not ASCII, and of what no encoding has a sign for."""
_LOOKS = {
    "cp1252": r"Â[\x80-\xbf]|Ã[{0}]|(?<!‚)[ÄÅ](?![’”–—…\xa0«»·])[{0}]|â[€\x80‚\x82ƒ„][{0}]|Ëœ"
    r"|ð[Ÿ\x9f][{0}]{{2}}",
    "mac_roman": "[¬√≈][{0}]|‚[ÄÇÑà][{0}]",
    "cp850": "[┬├┼][{0}]|Ô[Çéäöò][{0}]",
}
_PATTERNS = {
    codec: re.compile(
        look.format("".join(re.escape(s) for s, byte in _BYTES[codec].items() if byte < 0xC0))
    )
    for codec, look in _LOOKS.items()
}


_OF_HTML = re.compile("&#?[A-Za-z0-9]+;")


def mend_spoiled(text: str) -> str:
    """Return `text` as it was before it was spoiled, once or more; as it is if it was not."""
    for codec, pattern in _PATTERNS.items():
        mended = _read_again(text, pattern, _BYTES[codec])
        if mended != text:
            return mend_spoiled(mended)
    return _OF_HTML.sub(_read_entity, text)


def _read_entity(match: re.Match[str]) -> str:
    """Return the letter that HTML calls so; what only begins as a name of it is no name."""
    name = match.group()
    return html.unescape(name) if name[1] == "#" or name[1:] in html5 else name


def _read_again(text: str, pattern: re.Pattern[str], table: Mapping[str, int]) -> str:
    return pattern.sub(
        lambda match: bytes(map(table.__getitem__, match.group())).decode("utf-8", "replace"), text
    )
