"""Words that decide whether something is a name, from a table that comes with lrtdocs."""

from __future__ import annotations

from functools import cache

from lrtdocs.shipped import read_rows

OOK_WOORD = "ook een woord"
"""Surnames that are words as well, and written small are those: bakker, groen."""
GEEN_NAAM = "geen naam"
"""What stands in a list of people and is nobody's name: secretariaat."""
AMBT = "ambt"
"""Whom one calls by the office: mevrouw de voorzitter."""
ZINSBEGIN = "begin van een zin"
AFKORTING = "afkorting"
"""What is written as initials are: B.V., V.K."""


@cache
def words_of(soort: str) -> frozenset[str]:
    """Return the words of this `soort`, folded."""
    rows = read_rows("naamwoorden.csv")
    return frozenset(word for kind, words in rows if kind == soort for word in words.split())
