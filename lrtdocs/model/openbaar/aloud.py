"""What a mark says in the language of its document: its article, and what the ground protects.

The law is in Dutch; in English it is told, not translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.language import Taal
from lrtdocs.model.openbaar.gronden import PARTED

if TYPE_CHECKING:
    from lrtdocs.model.openbaar.gronden import Grond

_ENGLISH = {
    "5.1.1a": "the unity of the Crown",
    "5.1.1b": "the security of the State",
    "5.1.1c": "business and manufacturing data given to the government in confidence",
    "5.1.1d": "special categories of personal data, and data on criminal offences",
    "5.1.1e": "numbers that serve to identify persons",
    "5.1.2a": "the relations of the Netherlands with other states and with international "
    "organisations",
    "5.1.2b": "the economic or financial interests of the State, other public bodies or "
    "administrative authorities",
    "5.1.2c": "the investigation and prosecution of criminal offences",
    "5.1.2d": "inspection, control and supervision by administrative authorities",
    "5.1.2e": "respect for private life",
    "5.1.2f": "the protection of other business and manufacturing data that are sensitive to "
    "competition",
    "5.1.2g": "the protection of the environment that the information is about",
    "5.1.2h": "the security of persons and companies, and the prevention of sabotage",
    "5.1.2i": "the proper functioning of the State, other public bodies or administrative "
    "authorities",
    "5.1.5": "the prevention of disproportionate harm to another interest",
    "5.2": "personal views on policy in documents for internal consultation",
    "5.4": "information held by those who form a government, until it is formed",
}


def article_in(grond: Grond, taal: Taal) -> str:
    """Return the article of `grond` in words: in English "article 5.1, paragraph 2, point e"."""
    match = PARTED.fullmatch(grond.code)
    if taal is Taal.NL or match is None:
        return grond.artikel
    article, part, letter = match.groups()
    parts = [f"article {article}"]
    parts += [f"paragraph {part}"] if part else []
    parts += [f"point {letter}"] if letter else []
    return ", ".join(parts)


def words_in(grond: Grond, taal: Taal) -> str:
    """Return what `grond` protects, in `taal`."""
    return grond.woorden if taal is Taal.NL else _ENGLISH[grond.code]


def aloud_in(grond: Grond, taal: Taal) -> str:
    """Return what a mark of `grond` says, in a document in `taal`, to who does not see it."""
    return grond.aloud if taal is Taal.NL else f"left out, {article_in(grond, taal)}"
