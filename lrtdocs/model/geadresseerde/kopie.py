"""Who gets a copy of a letter: a name in a sentence, and an address where one is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from lrtdocs.model.ontvanger import Ontvanger, parse_postcode
from lrtdocs.model.schema import Record
from lrtdocs.model.velden import Email, Regel, Regels, also_text, as_list

if TYPE_CHECKING:
    from lrtdocs.errors import Place

_ARTICLE = re.compile(r"^(?:de|het) (?=\S)", re.IGNORECASE)


class Kopie(Record, about="Wie een kopie van de brief krijgt.", text="naam"):
    """Somebody who gets a copy; who has an address can get it as a letter."""

    naam: Regel = Field(
        description="De naam, zoals hij in een zin staat.",
        examples=["het Interprovinciaal Overleg"],
    )
    organisatie: Regel | None = Field(
        None,
        description="De organisatie, zoals zij boven het adres staat. "
        "Laat u haar weg, dan staat daar de naam.",
        examples=["Interprovinciaal Overleg"],
    )
    afdeling: Regel | None = Field(None, description="De afdeling.", examples=["Afdeling Wonen"])
    ter_attentie_van: Regel | None = Field(
        None, description="Voor wie het afschrift is.", examples=["mw. F. Voorbeeld"]
    )
    adres: Regels = Field(
        (), description="Straat en huisnummer, of postbus.", examples=["Postbus 90001"]
    )
    postcode: Regel | None = Field(None, description="De postcode.", examples=["2500 DJ"])
    plaats: Regel | None = Field(None, description="De plaats.", examples=["Den Haag"])
    land: Regel | None = Field(
        None, description="Het land, als dat niet Nederland is.", examples=["België"]
    )
    email: Email | None = Field(
        None, description="Het e-mailadres.", examples=["post@voorbeeld.nl"]
    )

    def __str__(self) -> str:
        return self.naam

    @property
    def has_address(self) -> bool:
        """Whether there is anything of an address."""
        return bool(self.adres or self.postcode or self.plaats)

    def as_ontvanger(self, place: Place) -> Ontvanger:
        """Return who gets the copy as a recipient, who stands at `place`."""
        bare = _ARTICLE.sub("", self.naam)
        postcode = self.postcode and (parse_postcode(self.postcode) or self.postcode)
        return Ontvanger(
            place,
            naam=None if self.organisatie else bare[:1].upper() + bare[1:],
            organisatie=self.organisatie,
            afdeling=self.afdeling,
            ter_attentie_van=self.ter_attentie_van,
            adres="\n".join(self.adres) or None,
            postcode=postcode,
            plaats=self.plaats,
            land=self.land,
            email=self.email,
        )


Kopieen = Annotated[tuple[Kopie, ...], BeforeValidator(as_list), also_text]
