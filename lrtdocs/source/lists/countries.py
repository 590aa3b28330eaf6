"""The countries of the world, by the names and codes that people write, as they are printed."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from lrtdocs.model.namen import fold_letters
from lrtdocs.shipped import read_rows


@cache
def _load() -> dict[str, str]:
    """Return the name of each country as it is printed, by what it is called, folded."""
    found: dict[str, str] = {}
    for code, code3, naam, engels, others in read_rows("landen.csv"):
        for name in (naam, engels, code, code3, *others.split(", ")):
            if name:
                found.setdefault(fold_letters(name), naam)
    return found


@cache
def name_land(text: str) -> str | None:
    """Return how the country `text` ("BE", "Belgium") is printed, or None if it is not known."""
    return _load().get(fold_letters(text))


def guess_land(text: str) -> str:
    """Return the country whose name is almost `text`, or ""."""
    near = get_close_matches(fold_letters(text), _load(), n=1, cutoff=0.8)
    return _load()[near[0]] if near else ""
