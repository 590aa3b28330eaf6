"""Scripts that are not ours: in which language they are read aloud, and which font has them.

A script is the first word of the name that Unicode gives its characters.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

CORE, CJK = "fonts-noto-core", "fonts-noto-cjk"


class Script(NamedTuple):
    """The languages that are written so, the likeliest first; a font, and its package in Debian."""

    languages: str
    font: str
    package: str = CORE


SCRIPTS = {
    "ARABIC": Script("ar fa ur ps ckb ku ug sd", "Noto Sans Arabic"),
    "ARMENIAN": Script("hy", "Noto Sans Armenian"),
    "BENGALI": Script("bn as", "Noto Sans Bengali"),
    "CJK": Script("zh ja ko", "Noto Sans CJK", CJK),
    "CYRILLIC": Script("ru uk bg sr mk be", "Noto Sans"),
    "DEVANAGARI": Script("hi mr ne sa", "Noto Sans Devanagari"),
    "ETHIOPIC": Script("am ti", "Noto Sans Ethiopic"),
    "GEORGIAN": Script("ka", "Noto Sans Georgian"),
    "GREEK": Script("el", "Noto Sans"),
    "GUJARATI": Script("gu", "Noto Sans Gujarati"),
    "GURMUKHI": Script("pa", "Noto Sans Gurmukhi"),
    "HANGUL": Script("ko", "Noto Sans CJK", CJK),
    "HEBREW": Script("he yi", "Noto Sans Hebrew"),
    "HIRAGANA": Script("ja", "Noto Sans CJK", CJK),
    "KANNADA": Script("kn", "Noto Sans Kannada"),
    "KATAKANA": Script("ja", "Noto Sans CJK", CJK),
    "KHMER": Script("km", "Noto Sans Khmer"),
    "LAO": Script("lo", "Noto Sans Lao"),
    "MALAYALAM": Script("ml", "Noto Sans Malayalam"),
    "MONGOLIAN": Script("mn", "Noto Sans Mongolian"),
    "MYANMAR": Script("my", "Noto Sans Myanmar"),
    "SINHALA": Script("si", "Noto Sans Sinhala"),
    "SYRIAC": Script("syr", "Noto Sans Syriac"),
    "TAMIL": Script("ta", "Noto Sans Tamil"),
    "TELUGU": Script("te", "Noto Sans Telugu"),
    "THAANA": Script("dv", "Noto Sans Thaana"),
    "THAI": Script("th", "Noto Sans Thai"),
    "TIBETAN": Script("bo dz", "Noto Serif Tibetan"),
    "TIFINAGH": Script("ber", "Noto Sans Tifinagh"),
}
EMOJI = Script("", "Noto Color Emoji", "fonts-noto-color-emoji")
OTHER = Script("", "Noto Sans")
SYMBOLS = Script("", "Noto Sans Symbols2")
_LAST_LATIN = "\u036f"
_FIRST_EMOJI = "\U0001f000"


def script_of(text: str) -> str:
    """Return the one script that the letters of `text` are in; "" for Latin, or more than one."""
    found = {unicodedata.name(sign, "").partition(" ")[0] for sign in set(text) if sign.isalpha()}
    return found.pop() if len(found) == 1 and found != {"LATIN"} else ""


def is_other(text: str) -> bool:
    """Tell whether `text` may have letters that are not Latin."""
    return bool(text) and max(text) > _LAST_LATIN


def font_for(sign: str) -> Script:
    """Return a font that has `sign`, with the package it is in."""
    known = SCRIPTS.get(unicodedata.name(sign, "").partition(" ")[0])
    if known is not None:
        return known
    if unicodedata.category(sign) in {"So", "Sk", "Sm"}:
        return EMOJI if sign >= _FIRST_EMOJI else SYMBOLS
    return OTHER
