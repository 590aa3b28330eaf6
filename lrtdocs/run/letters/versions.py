"""What letters say to who reads them, by which one that went out is compared with one of now."""

from __future__ import annotations

import re
from hashlib import blake2b

from lrtdocs.word.facts import read_facts

_SPACES = re.compile(r"[\s\u00a0]+")


def digest_text(docx: bytes) -> str:
    """Return a digest of the text of the letter `docx`, and of nothing else in it.

    What stands above and below the pages counts once, and in no order: a logo, a font and a layout
    have no part in it.
    """
    facts = read_facts(docx)
    body = [_plain(line) for line in (*facts.body, *facts.beside)]
    around = sorted({_plain(line) for line in (*facts.first, *facts.later)})
    told = repr(([line for line in body if line], [line for line in around if line]))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
