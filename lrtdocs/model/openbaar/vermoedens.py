"""What may have been missed in a publication copy: suspicions, never a verdict.

A text and who is known go in, and out come places: names of people who are left out, other names,
and what identifies somebody by its form. Nothing here says that a text is ready: it says what was
looked for and by which rules (`REGELS`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.namen import fold_letters
from lrtdocs.model.openbaar.bekenden import Bekenden
from lrtdocs.model.openbaar.nummers import find_numbers
from lrtdocs.model.openbaar.personen import find_people, initials_of, name_words
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
        toegelaten = tuple(toegelaten)
        self._getoond = [_name(one) for one in getoond]
        self._toegelaten = {_form(one) for one in toegelaten}
        self._names = [_name(one) for one in toegelaten]

    def find(self, text: str) -> list[Vermoeden]:
        """Return what in `text` is suspected, in reading order and without overlap."""
        if unicodedata.is_normalized("NFC", text):
            return self._find(text)
        composed, places = _compose(text)  # pasted from a Mac: an accent is a sign of its own
        return [
            one._replace(start=places[one.start], end=places[one.end])
            for one in self._find(composed)
        ]

    def _find(self, text: str) -> list[Vermoeden]:
        found = [*self._bekenden.find(text), *find_people(text), *find_numbers(text)]
        found.sort(key=lambda one: (_FIRST.index(one.soort), one.start, -one.end))
        kept: list[Vermoeden] = []
        taken = bytearray(len(text))
        for one in found:
            if any(taken[one.start : one.end]):
                continue
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            if not self._is_allowed(one.soort, text[one.start : one.end]):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def _is_allowed(self, soort: Soort, found: str) -> bool:
        if _form(found) in self._toegelaten:
            return True
        name = _name(found)
        if soort is Soort.WEGGELATEN:
            return name in self._names
        return soort is Soort.NAAM and (
            any(name.words == one.words and name.may_be(one) for one in self._names)
            or any(name.words <= one.words and name.may_be(one) for one in self._getoond)
        )


class _Name(NamedTuple):
    """A name by its words and its initials, folded."""

    words: frozenset[str]
    initials: str

    def may_be(self, other: _Name) -> bool:
        """Tell whether both may be of one person, going by the initials."""
        return bool(self.words) and (
            not self.initials or not other.initials or self.initials == other.initials
        )


def _name(text: str) -> _Name:
    return _Name(name_words(text), initials_of(text))


def _compose(text: str) -> tuple[str, list[int]]:
    """Return `text` with each accent in its letter, and where each sign of that began."""
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        whole = unicodedata.normalize("NFC", signs[-1] + sign) if signs else sign
        if unicodedata.combining(sign) and len(whole) == 1:
            signs[-1] = whole
            continue
        signs.append(sign)
        places.append(at)
    return "".join(signs), [*places, len(text)]


def _form(text: str) -> str:
    """Return `text` as what is allowed is compared: its letters and figures, +31 as 0."""
    return re.sub(r"^(?:00)?310?(?=\d{9}$)", "0", fold_letters(text))
