"""What may have been missed in a publication copy: suspicions, never a verdict.

A text and who is known go in, and out come places: names of people who are left out, other names,
and what identifies somebody by its form. Nothing here says that a text is ready: it says what was
looked for and by which rules (`REGELS`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.model.namen import fold_letters
from lrtdocs.model.openbaar.bekenden import Bekenden
from lrtdocs.model.openbaar.nummers import find_numbers
from lrtdocs.model.openbaar.personen import find_people, name_words
from lrtdocs.model.openbaar.vermoeden import Soort, Vermoeden

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Soort", "Vermoeden", "Zoeker"]

_FIRST = (
    *(Soort.MAIL, Soort.IBAN, Soort.BSN, Soort.TELEFOON, Soort.ADRES, Soort.KENTEKEN),
    *(Soort.WEGGELATEN, Soort.NAAM),
)
"""Of two that overlap, the one that is told."""


class Zoeker:
    """Looks for what may have been missed, in any number of texts of one paper.

    `weggelaten` are the names of people who are left out, `getoond` of those who may be named, and
    `toegelaten` what somebody has seen and lets stand.
    """

    def __init__(
        self,
        weggelaten: Iterable[str] = (),
        getoond: Iterable[str] = (),
        toegelaten: Iterable[str] = (),
    ) -> None:
        self._bekenden = Bekenden(weggelaten)
        self._getoond = {word for name in getoond for word in name_words(name)}
        toegelaten = tuple(toegelaten)
        self._toegelaten = {_form(one) for one in toegelaten}
        self._names = {words for one in toegelaten if (words := name_words(one))}

    def find(self, text: str) -> list[Vermoeden]:
        """Return what in `text` is suspected, in reading order and without overlap."""
        found = [*self._bekenden.find(text), *find_people(text), *find_numbers(text)]
        found.sort(key=lambda one: (_FIRST.index(one.soort), one.start, -one.end))
        kept: list[Vermoeden] = []
        taken = bytearray(len(text))
        for one in found:
            if any(taken[one.start : one.end]):
                continue
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            if not self._is_allowed(one, text[one.start : one.end]):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def _is_allowed(self, vermoeden: Vermoeden, found: str) -> bool:
        if _form(found) in self._toegelaten:
            return True
        if vermoeden.soort not in (Soort.WEGGELATEN, Soort.NAAM):
            return False
        words = name_words(found)
        return words in self._names or (
            vermoeden.soort is Soort.NAAM and bool(words) and words <= self._getoond
        )


def _form(text: str) -> str:
    """Return `text` as what is allowed is compared: its letters and figures, +31 as 0."""
    return re.sub(r"^(?:00)?310?(?=\d{9}$)", "0", fold_letters(text))
