"""What an archive must know and no paper says: who keeps it, how long, and who may see it.

That is for the information manager of the organisation, by its own selection list. Nothing of it
has a default: a wrong term of keeping is worse than a question.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lrtdocs.messages import FaultError
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.velden import Reads, Regel, one_of, one_or_more


class Waardering(StrEnum):
    """What is to become of papers in the end: the closed list of MDTO."""

    BLIJVEND = "blijvend te bewaren"
    TIJDELIJK = "tijdelijk te bewaren"
    NADER = "nader te bepalen"

    @property
    def code(self) -> str:
        """The code of it in that list."""
        return _CODES[self]


_CODES = {Waardering.BLIJVEND: "B", Waardering.TIJDELIJK: "V", Waardering.NADER: "N"}
_WRITTEN = {
    **{code.lower(): waardering for waardering, code in _CODES.items()},
    **dict.fromkeys(("blijvend", "bewaren"), Waardering.BLIJVEND),
    **dict.fromkeys(("tijdelijk", "vernietigen"), Waardering.TIJDELIJK),
}
_TERM = re.compile(r"(\d{1,3}) ?(jaar|jaren|maand|maanden)")


def _parse_termijn(text: str) -> str:
    """Return the duration that `text` says, as ISO 8601 writes it; it may be written so already."""
    folded = " ".join(text.lower().split())
    match = _TERM.fullmatch(folded)
    if match and int(match[1]):
        return f"P{int(match[1])}{'Y' if match[2].startswith('j') else 'M'}"
    if re.fullmatch(r"p[1-9]\d{0,2}[ym]", folded):
        return folded.upper()
    raise FaultError("LRT862", text=text.strip())


class Selectiecategorie(
    Record, about="De categorie van de selectielijst waar de stukken onder vallen.", text="naam"
):
    """The entry of a selection list by which papers are kept."""

    naam: Regel = Field(
        description="Hoe de categorie heet.", examples=["Interne overleggen en bijeenkomsten"]
    )
    nummer: Regel | None = Field(
        None, description="Het nummer van de categorie.", examples=["5.1.2"]
    )


class Gebruiksbeperking(
    Record, about="Wat het gebruik van de stukken beperkt, of dat er geen beperking is.",
    text="soort",
):  # fmt: skip
    """What keeps people from seeing or using papers."""

    soort: Regel = Field(
        description="De soort beperking: 'Geen beperking', 'Nader te bepalen', 'Overig', of een "
        "soort van uw eigen organisatie.",
        examples=["Nader te bepalen"],
    )
    omschrijving: Regel | None = Field(
        None,
        description="Wat de beperking is, in een zin.",
        examples=["Bevat namen van ambtenaren."],
    )


class Archief(
    Record,
    about="Hoe de stukken worden bewaard. Uw informatiebeheerder weet wat er hoort te staan.",
):
    """How the papers of an organisation are kept."""

    archiefvormer: Regel | None = Field(
        None,
        description="De organisatie die de stukken maakt. Laat u het weg, dan is het het "
        "ministerie dat bij 'openbaar' staat.",
        examples=["Ministerie van Asiel en Migratie"],
    )
    waardering: Annotated[Waardering, one_of(Waardering, _WRITTEN)] | None = Field(
        None,
        description="Wat er met de stukken moet gebeuren: blijvend te bewaren (B), tijdelijk te "
        "bewaren (V) of nader te bepalen (N).",
        examples=["tijdelijk te bewaren"],
    )
    bewaartermijn: (
        Annotated[
            str,
            Reads(
                _parse_termijn,
                schema={**TEXT_SCHEMA, "examples": ["10 jaar", "18 maanden"]},
            ),
        ]
        | None
    ) = Field(
        None,
        description="Hoe lang tijdelijk te bewaren stukken bewaard blijven.",
        examples=["10 jaar"],
    )
    selectielijst: Regel | None = Field(
        None,
        description="De vastgestelde selectielijst waar de waardering uit komt.",
        examples=["Selectielijst Ministerie van Justitie en Veiligheid 2020"],
    )
    categorie: Selectiecategorie | None = Field(
        None, description="De categorie van die selectielijst."
    )
    beperking: Annotated[tuple[Gebruiksbeperking, ...], *one_or_more(Gebruiksbeperking)] = Field(
        (),
        description="Wat het gebruik van de stukken beperkt, of een lijst daarvan.",
        examples=["Nader te bepalen"],
    )
