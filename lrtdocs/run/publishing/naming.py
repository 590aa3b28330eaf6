"""What publication copies are called: no name that is left out stands in that of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.model.openbaar.gronden import FILE_MARK
from lrtdocs.model.openbaar.woorden import Seeker

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDING = "openbaar"
"""What the names of publication copies end with."""
_APART = str.maketrans("-_.", "   ")


def spell_out(stem: str) -> str:
    """Return the name of a file with a space for each other sign that stands between words."""
    return stem.translate(_APART)


def public_stem(stem: str, words: Mapping[str, str]) -> str:
    """Return the name of a file without the `words` that are left out anywhere."""
    name, done = "", 0
    for spot in Seeker(words).find(spell_out(stem)):
        name += stem[done : spot.begin] + FILE_MARK.format(spot.grond)
        done = spot.end
    return name + stem[done:]
