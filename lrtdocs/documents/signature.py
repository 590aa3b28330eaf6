"""Who signs a letter, and in whose name: the forms of a mandate in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lrtdocs.documents.words import Words, to_words

if TYPE_CHECKING:
    from lrtdocs.model.mailing import Ondertekening

_PLURAL = re.compile(
    r"(?:de )?(?:ministers|staatssecretarissen|burgemeester en wethouders|gedeputeerde staten)\b",
    re.IGNORECASE,
)
_SAID = ("namens ", "mede namens ", "voor ", "i.o.v.", "in opdracht van ")
"""What an office begins with that says itself in what capacity is signed."""


def signature_words(ondertekening: Ondertekening | None) -> Words | None:
    """Return who signs; `regels` are the lines above the hand, each with its comma.

    A function below an office signs in its name, and the letter must say so (Awb 10:10). One organ
    says "namens deze", more than one or a plural body "namens dezen".
    """
    if ondertekening is None:
        return None
    office, also = ondertekening.ambt, ondertekening.mede_namens
    lines = [office, _named(also, "mede namens ") if also else None]
    if ondertekening.namens:
        lines.append(_named(ondertekening.namens, "namens "))
    elif office and ondertekening.functie:
        plural = also or _PLURAL.match(office)
        lines.append("namens dezen" if plural else "namens deze")
    lines.append(ondertekening.functie)
    regels = [f"{line.strip().rstrip(',')}," for line in lines if line]
    if regels:
        regels[0] = regels[0][0].upper() + regels[0][1:]
    return {**cast("Words", to_words(ondertekening)), "regels": regels}


def _named(office: str, before: str) -> str:
    """Return `office` behind `before`, unless it says so itself ("namens deze", "voor deze")."""
    return office if office.casefold().startswith(_SAID) else before + office
