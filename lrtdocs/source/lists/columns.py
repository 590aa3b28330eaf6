"""The headings by which the columns of lists and tables are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.model.ontvanger import ADDRESS_PARTS, KOLOMMEN
from lrtdocs.model.taakstelling import STAND

if TYPE_CHECKING:
    from collections.abc import Mapping


def heading_words(headings: Mapping[str, str]) -> dict[str, str]:
    """Return the name of a column by each heading: its own, or one of those after it."""
    return {
        word: name
        for name, others in headings.items()
        for word in filter(None, (name, *others.split(", ")))
    }


FIELDS = {kolom.name: kolom.headings for kolom in (*KOLOMMEN, *ADDRESS_PARTS)}
"""The columns that a recipient is made of, with their other headings."""
WORDS = heading_words(FIELDS)
COUNTED_WORDS = {**WORDS, **{name: name for name in STAND}}
"""The same, with the numbers of the letters."""
