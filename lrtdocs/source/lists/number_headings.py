"""Headings in a list of recipients that may have been meant for a number in the letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Problem, Severity
from lrtdocs.model.taakstelling import LISTED, STAND
from lrtdocs.source.sheet.fields import FIELDS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.source.sheet import Heading, Table

COUNTED_WORDS = {**WORDS, **{name: name for name in STAND}}
"""The name of a field, or of a number of the letters, by each heading it goes by."""
_MEANT = {
    **{name: name for name in (*STAND, *LISTED)},
    "realisatie": "gerealiseerd",
    "gehuisvest": "gerealiseerd",
    "inwoneraantal": "inwoners",
}
"""The number that a heading is about, by a word in it."""


def check_counted(table: Table) -> Iterator[Problem]:
    """Yield a warning for each heading that has the word for a number in it, and more."""
    told = {problem.place for problem in table.problems if problem.code == "LRT603"}
    for heading in table.headings:
        meant = next((name for word, name in _MEANT.items() if word in heading.key), None)
        known = heading.key in FIELDS or heading.key in _MEANT.values()
        if meant and not known and heading.place not in told:
            yield _not_counted(heading, meant, usable=meant in STAND and not table.has(meant))


def _not_counted(heading: Heading, meant: str, *, usable: bool) -> Problem:
    remedy = f"In de brief staat '{meant}' zoals lrtdocs die kent. Klopt dat, dan hoeft u niets"
    if usable:
        remedy = (
            f"Noem de kolom '{meant}' als de aantallen in de brief moeten. Anders hoeft u niets"
        )
    return Problem(
        "LRT637",
        heading.place,
        f"De aantallen in de kolom '{heading.text}' komen niet in de brief"
        + (f"; bedoelt u '{meant}'?" if usable else "."),
        found=heading.text,
        remedy=f"{remedy} te doen.",
        severity=Severity.WARNING,
    )
