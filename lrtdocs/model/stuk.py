"""What all papers have: whom to ask about them, and what goes with them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from lrtdocs.model.openbaar.keuze import keuze
from lrtdocs.model.schema import Record
from lrtdocs.model.velden import (
    Bestand,
    Email,
    JaNeeOfDatum,
    Publiek,
    Regel,
    Weblink,
    also_text,
    as_list,
    one_or_more,
)


class Contactpersoon(
    Record,
    about="Bij wie men terecht kan. Dat zijn persoonsgegevens: alleen in een openbare versie laat "
    "lrtdocs ze weg.",
    text="naam",
):
    """Who can be asked; personal data."""

    naam: Regel | None = Field(None, description="De naam.", examples=["J. Jansen"])
    telefoon: Regel | None = Field(
        None, description="Het telefoonnummer.", examples=["06 12 34 56 78"]
    )
    email: Email | None = Field(
        None, description="Het e-mailadres.", examples=["j.jansen@minjenv.nl"]
    )
    publiek: Publiek = keuze(
        "Ja: naam, telefoon en e-mail staan ook in de openbare versie. Nee, of een grond zoals "
        "5.1.2e: daar staat de grond. Laat u het weg, dan beslist de tabel in huisstijl.yaml.",
    )


Contactpersonen = Annotated[
    tuple[Contactpersoon, ...],
    *one_or_more(Contactpersoon),
]
"""Whom to ask: one, or a list of them."""


class Bijlage(Record, about="Een stuk bij de vergadering of bij een agendapunt.", text="titel"):
    """A paper that goes with the meeting or with an item."""

    titel: Regel = Field(description="De titel van het stuk.", examples=["verslag vorig LRT"])
    nummer: Regel | None = Field(None, description="Het nummer van de bijlage.", examples=["2.1"])
    link: Weblink | None = Field(
        None,
        description="Het adres waar het stuk te vinden is.",
        examples=["https://www.rijksoverheid.nl"],
    )
    bestand: Bestand | None = Field(
        None,
        description="Het bestand van het stuk, gezien vanaf dit bestand: voor de bundel en bij de "
        "uitnodiging. Op papier staat de titel.",
        examples=["bijlagen/dashboard.pdf"],
    )
    nazending: JaNeeOfDatum = Field(
        False,
        description="Ja: het stuk wordt later gestuurd. Daarna: de datum waarop dat is gebeurd.",
        examples=["2025-06-16"],
    )
    publiek: Publiek = keuze(
        "Ja: het stuk zelf hoort ook bij de openbare versie. Nee, of een grond zoals 5.1.2i: daar "
        "staat de grond in plaats van de titel. Laat u het weg, dan blijft alleen de titel staan.",
    )

    def __str__(self) -> str:
        return self.titel


Bijlagen = Annotated[tuple[Bijlage, ...], BeforeValidator(as_list), also_text]
