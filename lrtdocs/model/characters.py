"""Characters that nobody sees: which cannot be in a document, which deceive, which are made even.

One set for every door: YAML, a cell, a word of a template.
"""

from __future__ import annotations

import re

CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
SURROGATES = "\ud800-\udfff"
"""Halves of a character, without the other half."""
FORBIDDEN = re.compile(f"[{CONTROL}{SURROGATES}]")
"""What a person cannot have meant to write in a document."""
ILLEGAL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff{SURROGATES}]")
"""What no file of Word or Excel can hold: XML 1.0, 2.2."""
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of reading, so that a text shows other than it is."""
HIDDEN = re.compile("[\u200b\u2060\ufeff]")
ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
LOST = re.compile("\ufffd")
"""What a program puts in the place of a letter that it could not read."""
SUSPECT = re.compile("[ÂÃÄÅâËð¬√≈‚┬├┼Ô][^\x00-\x7f]|&#?[A-Za-z0-9]+;")
"""How text begins that may be spoiled: `spoiled.mend_spoiled` knows."""
_NAMES = {
    "\x00": "NUL",
    "\x07": "BEL",
    "\x0b": "een regeleinde binnen een tekst, uit Word",
    "\x0c": "een pagina-einde",
    "\x1b": "ESC",
    "\x85": "een onzichtbaar regeleinde",
    "\xa0": "een harde spatie",
    "\u2028": "een onzichtbaar regeleinde",
    "\u2029": "een onzichtbaar einde van een alinea",
}
_IN_WORD = re.compile(r"(?:&#?\w+;|[^ \t\r\n;,|\"'()])*")


def describe_character(character: str) -> str:
    """Return a name people can search for: "U+0007 (BEL)"."""
    name = _NAMES.get(character)
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def mended(text: str) -> str:
    """Return `text` with its letters as they were, where a program has spoiled them."""
    if SUSPECT.search(text) is None:
        return text
    from lrtdocs.model.spoiled import mend_spoiled  # hardly ever asked

    return mend_spoiled(text)


def squeeze(text: str) -> str:
    """Return the letters and figures of `text`, to see whether one text holds another."""
    return re.sub(r"[\W_]+", "", text.casefold())


def word_at(text: str, at: int) -> str:
    """Return the word of `text` in which the character `at` stands."""
    words = (match.group() for match in _IN_WORD.finditer(text) if match.end() > at)
    return next(words, "")
