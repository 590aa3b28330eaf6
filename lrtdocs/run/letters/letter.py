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

    def digest(self, shared: str) -> str:
        """Return a digest of all data of the letter; `shared` is that of the words of all."""
        text = shared + json.dumps(self.words, default=repr, ensure_ascii=False)
        values = (value for value in self.words.values() if isinstance(value, Value))
        text += "".join(value.untold for value in values)
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
