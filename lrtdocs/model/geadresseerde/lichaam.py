"""A body of government as a recipient: who is addressed, and how a letter to it begins.

A name is one of these only as a whole. The law names who governs a body: the daily board of a
waterschap (Waterschapswet), the board of a veiligheidsregio (Wet veiligheidsregio's), the
bestuurscollege of a public body (WolBES). A minister is no excellency any more, and of either sex.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.namen import fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Soort(NamedTuple):
    """How bodies of one kind are addressed, and what people write before their names."""

    regels: tuple[str, ...]
    aanhef: str
    before: str = ""
    naam: str = "{}"


_SOORTEN = {
    "waterschap": _Soort(("Het dagelijks bestuur", "van {}"), "Geacht bestuur,"),
    "minister": _Soort(
        ("De minister van {}",), "Geachte minister,", "minister ministerie min", "Minister van {}"
    ),
    "bestuur": _Soort(("Het bestuur", "van {}"), "Geacht bestuur,"),
    "bestuurscollege": _Soort(
        ("Het bestuurscollege", "van het openbaar lichaam {}"),
        "Geacht college,",
        "openbaarlichaam",
        "Openbaar lichaam {}",
    ),
}
_ADDRESSED = re.compile(
    r"(?:aan )?(?:het |de )?"
    r"(?:(?:bestuurscollege|dagelijks bestuur) van (?:het |de )?)?",
    re.IGNORECASE,
)
"""What people write before a name that says nothing else than is said of it anyway."""
_SAFETY = re.compile(r"veiligheidsregio [^\W\d_].*", re.IGNORECASE)
_BODY = re.compile(
    r"(?:waterschap|hoogheemraadschap|wetterskip|openbaar lichaam|minister(?:ie)? van)\b",
    re.IGNORECASE,
)


class Lichaam(NamedTuple):
    """A body: its kind, its name, and its code if it has one ("WS09")."""

    soort: str
    kern: str
    code: str = ""

    @property
    def naam(self) -> str:
        """What it is called: "Waterschap Rivierenland", "Openbaar lichaam Saba"."""
        text = _SOORTEN[self.soort].naam.format(self.kern)
        return text[:1].upper() + text[1:]

    @property
    def regels(self) -> tuple[str, ...]:
        """Who is addressed, in the lines above the address."""
        return tuple(line.format(self.kern) for line in _SOORTEN[self.soort].regels)

    @property
    def aanhef(self) -> str:
        """How a letter to it begins."""
        return _SOORTEN[self.soort].aanhef

    @property
    def land(self) -> str | None:
        """What its address needs below the place: it lies in Europe or it does not."""
        return f"{self.kern}, Caribisch Nederland" if self.soort == "bestuurscollege" else None


class Lichamen:
    """The bodies that are known, found by name or code."""

    def __init__(self, bodies: Iterable[tuple[Lichaam, list[str]]]) -> None:
        self._found: dict[str, Lichaam] = {}
        self.names: list[str] = []
        self._first = {"de", "het", "aan", "dagelijks", "bestuurscollege", "openbaar"}
        self._first |= {"veiligheidsregio"}
        for body, others in bodies:
            before = _SOORTEN[body.soort].before.split() or [""]
            for name in (body.kern, *others):
                for word in before if name else ():
                    self._found[word + _folded(name[_bare(name) :])] = body
                    self._first.add(word or _first_word(name[_bare(name) :]))
            if body.code:
                self._found[body.code.lower()] = body
                self._first.add(body.code.lower())
            self.names.append(body.naam)

    def find(self, text: str) -> Lichaam | None:
        """Return the body that `text` names as a whole, or by its code; None if it names none."""
        if _first_word(text) not in self._first:
            return None  # nearly always, and at once
        bare = text[_bare(text) :]
        found = self._found.get(_folded(bare))
        if found is None and _SAFETY.fullmatch(bare):
            return Lichaam("bestuur", bare[:1].upper() + bare[1:])
        return found

    def find_bare(self, text: str) -> Lichaam | None:
        """Return the public body in the Caribbean whose name alone is `text`."""
        return self._found.get(f"openbaarlichaam{_folded(text)}")


def says_body(text: str) -> bool:
    """Tell whether `text` begins as the name of a body of which all are known."""
    return _BODY.match(text[_bare(text) :]) is not None


def _bare(text: str) -> int:
    match = _ADDRESSED.match(text)
    return match.end() if match else 0


def _first_word(text: str) -> str:
    return text.partition(" ")[0].rstrip(".,").lower()


def _folded(text: str) -> str:
    """Return `text` as it is compared: "&" is "en", and "van", "voor" and "the" say nothing."""
    folded = re.sub(r"\b(?:van|voor)\b", " ", text.replace("&", " en "))
    return fold_letters(folded)
