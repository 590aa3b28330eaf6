"""The lists of TOOI that metadata are made with: a name in Dutch, and the identifier that it has.

They come with lrtdocs, and are as old as they say (`gemaakt`). DiWoo checks identifiers and not
names; people write names.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, NamedTuple

from lrtdocs.errors import suggest
from lrtdocs.messages import FaultError
from lrtdocs.model.namen import fold_letters
from lrtdocs.shipped import DATA


class Begrip(NamedTuple):
    """An entry of a list: its name, and its identifier, "" for one of a list without."""

    naam: str
    uri: str = ""

    def __str__(self) -> str:
        return self.naam


class Waardelijst(NamedTuple):
    """One list: its name and version with TOOI, the day it came out, and its entries by name."""

    set: str
    datum: dt.date
    begrippen: dict[str, Begrip]

    def find(self, text: str) -> Begrip | None:
        """Return the entry that `text` names, or gives the identifier of; capitals do not count."""
        asked, line = fold_letters(text), text.strip()
        for begrip in self.begrippen.values():
            code = begrip.uri.rpartition("/")[2]
            if line in {begrip.uri, code} or asked == fold_letters(begrip.naam):
                return begrip
        return None


@cache
def _read() -> dict[str, Any]:
    import tomllib  # as in `messages`: most commands have no use for it

    return tomllib.loads((DATA / "waardelijsten.toml").read_text(encoding="utf-8"))


@cache
def read_waardelijst(name: str) -> Waardelijst:
    """Return the list called `name`; raise KeyError if there is none."""
    row = _read()[name]
    begrippen = {naam: Begrip(naam, row["begin"] + code) for naam, code in row["namen"].items()}
    return Waardelijst(row["set"], row["datum"], begrippen)


def begrip(lijst: str, naam: str) -> Begrip:
    """Return the entry `naam` of the list `lijst`; raise KeyError if there is none."""
    return read_waardelijst(lijst).begrippen[naam]


def lists_made() -> dt.date:
    """Return the day on which the lists were made that come with lrtdocs."""
    day = _read()["gemaakt"]
    assert isinstance(day, dt.date)  # noqa: S101 - for the type
    return day


def diwoo_version() -> str:
    """Return the version of DiWoo that the lists are those of."""
    return str(_read()["diwoo"])


# --- as people write them

DEFAULT_CATEGORIE = "inspanningsverplichting art 3.1 Woo"
"""What is published without a duty: a meeting of officials is in none of the other categories."""
_SHORT = dict.fromkeys(("31", "artikel31", "art31", "inspanningsverplichting"), DEFAULT_CATEGORIE)


def parse_categorie(text: str) -> Begrip:
    """Return the category of information that `text` names; raise `FaultError` for none."""
    lijst, line = read_waardelijst("informatiecategorie"), " ".join(text.split())
    found = lijst.find(_SHORT.get(fold_letters(line), line))
    if found is None:
        raise FaultError("LRT850.categorie", **_unknown(line, lijst))
    return found


def parse_ministerie(text: str) -> Begrip:
    """Return the ministry that `text` names; raise `FaultError` for none of the list."""
    lijst, line = read_waardelijst("ministerie"), " ".join(text.split())
    bare = line.lower().removeprefix("het ").removeprefix("ministerie van ")
    found = lijst.find(line) or lijst.find(f"ministerie van {bare}")
    if found is None:
        raise FaultError("LRT850.ministerie", **_unknown(line, lijst))
    return found


def _unknown(text: str, lijst: Waardelijst) -> dict[str, str]:
    """Return what is told of a `text` that names nothing in the list."""
    guess = suggest(text, lijst.begrippen)
    known = ", ".join(f"'{name}'" for name in lijst.begrippen)
    return {"text": text, "guess": f"; {guess}" if guess else ".", "known": known}
