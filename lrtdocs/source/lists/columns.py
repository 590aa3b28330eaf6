"""The headings by which the columns of a list of recipients are known."""

from __future__ import annotations

from lrtdocs.model.ontvanger import ADDRESS_PARTS, KOLOMMEN
from lrtdocs.model.taakstelling import STAND

FIELDS = frozenset(kolom.name for kolom in (*KOLOMMEN, *ADDRESS_PARTS))
"""The columns that a recipient is made of."""
WORDS = {
    word: kolom.name
    for kolom in (*KOLOMMEN, *ADDRESS_PARTS)
    for word in (kolom.name, *kolom.headings)
}
"""The name of a column by each heading it goes by."""
COUNTED_WORDS = {**WORDS, **{name: name for name in STAND}}
"""The same, with the numbers of the letters."""
