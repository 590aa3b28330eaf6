"""The people of a body, as its secretariat lists them, and which of them a meeting means.

Nobody is taken for somebody else: mail to the wrong person cannot be undone. A name fits when the
surnames are the same and nothing else that is known of both differs; what fits two is told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.namen import BETWEEN, fold_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.errors import Place
    from lrtdocs.model.deelnemer import Deelnemer


class Lid(NamedTuple):
    """A row of the list: who it is, and where the row stands."""

    plaats_in_bestand: Place
    naam: str
    organisatie: str = ""
    rol: str = ""
    email: str = ""


_TITLES = re.compile(
    r"\b(?:de heer|heer|dhr|hr|mijnheer|meneer|mevrouw|mevr|mw|mej|mr|dr|drs|ir|ing|prof|bc|"
    r"ma|ba|msc|bsc|mba|llm|phd|rc|ra)\b\.?(?=[\s,.]|$)",
    re.IGNORECASE,
)
_SHE = re.compile(r"\b(?:mevrouw|mevr|mw|mej)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:de heer|dhr|hr|mijnheer|meneer)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+|[A-Z]{1,4}(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DOUBLE = re.compile(
    rf"(?P<first>[^\W\d_]+) ?- ?(?:(?:{'|'.join(BETWEEN)})\b\.? ?)*(?P<last>[^\W\d_]+)$",
    re.IGNORECASE,
)
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae"})
"""Letters that are no accented ones, and are typed as if they were."""


class _Name(NamedTuple):
    """A name in parts, folded: the surname, or the two of a double one, first names, m or v."""

    surnames: frozenset[str]
    given: tuple[str, ...]
    initials: str
    gender: str

    def fits(self, other: _Name) -> bool:
        """Tell whether both may be of one person."""
        if not self.surnames & other.surnames:
            return False
        if self.gender and other.gender and self.gender != other.gender:
            return False
        if self.given and other.given:
            return self.given[0] == other.given[0]
        return not (self.initials and other.initials) or self.initials[0] == other.initials[0]

    def tells_more(self, other: _Name) -> bool:
        """Tell whether more than a surname is the same in both."""
        return bool(self.initials and other.initials)


@lru_cache(maxsize=4096)
def _parse(text: str) -> _Name:
    """Return the parts of a name: `Mw. drs. A. de Boer-Smit`, `Boer, A. de`, `Anna de Boer`."""
    gender = "v" if _SHE.search(text) else "m" if _HE.search(text) else ""
    text = _TITLES.sub(" ", _BRACKETS.sub(" ", text.translate(_LETTERS))).strip(" ,.")
    last, comma, first = text.partition(",")
    text = " ".join((f"{first} {last}" if comma and first.strip() else last).split())
    found = _INITIALS.match(f"{text} ")
    initials, text = ("", text) if found is None else (found.group(), text[found.end() :])
    double = _DOUBLE.search(text)
    words = [
        fold_letters(word) for word in _WORD.findall(text[: double.start()] if double else text)
    ]
    words = [word for word in words if word not in BETWEEN]
    words += [fold_letters(double["first"]), fold_letters(double["last"])] if double else []
    if not words:
        return _Name(frozenset(), (), "", gender)
    given = tuple(words[: -2 if double else -1])
    initials = fold_letters(initials) or "".join(word[:1] for word in given)
    return _Name(frozenset(words[len(given) :]), given, initials, gender)


def _same_body(one: str, other: str) -> bool:
    """Tell whether two organisations may be the same: by name, in it, or by its first letters."""
    first, second = fold_letters(one), fold_letters(other)
    if not first or not second or first in second or second in first:
        return True
    return any(
        short == "".join(word[0] for word in _WORD.findall(long.lower()))
        for short, long in ((first, other), (second, one))
    )


def find_lid(wie: Deelnemer, leden: Sequence[Lid]) -> list[Lid]:
    """Return who of `leden` is meant by `wie`: one, or more where that is not clear, or none.

    Who is called by the name of an organisation is who is in the list for it. A surname alone is
    not enough where the organisations differ.
    """
    name = _parse(f"{wie.aanhef or ''} {wie.naam}")
    named = [(lid, _parse(lid.naam)) for lid in leden]
    found = [(lid, other) for lid, other in named if name.fits(other)]
    same = [
        (lid, other)
        for lid, other in found
        if _same_body(wie.organisatie or "", lid.organisatie) or name.tells_more(other)
    ]
    if len(same) > 1 and wie.organisatie:
        of_body = [one for one in same if _same_body(wie.organisatie, one[0].organisatie)]
        same = of_body or same
    if same or found:
        return [lid for lid, _ in same]
    body = fold_letters(wie.naam)
    return [lid for lid in leden if body and body == fold_letters(lid.organisatie)]
