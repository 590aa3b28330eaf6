"""One letter of a run: what it is called, and what it is made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from lrtdocs.model.value import Value

if TYPE_CHECKING:
    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Place


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to make: its number in the whole run (from 1), its key, its file and its words."""

    number: int
    key: str
    file: str
    words: Words
    place: Place


def digest_words(words: Words, shared: str = "") -> str:
    """Return a digest of all that `words` hold; `shared` is that of the words of all letters."""
    text = shared + json.dumps(words, default=repr, ensure_ascii=False)
    text += "".join(value.untold for value in words.values() if isinstance(value, Value))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
