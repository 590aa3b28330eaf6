"""The `openbaar` blocks: of a meeting or mailing, and of a house style.

Which people and papers may be published is for a lawyer or the Woo coordinator to say. These blocks
are where they say it; without them the defaults here hold, and that is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from lrtdocs.messages import FaultError
from lrtdocs.model.metadata.waardelijsten import (
    Begrip,
    parse_categorie,
    parse_ministerie,
    read_waardelijst,
)
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.velden import (
    GrondField,
    Reads,
    Regel,
    Regels,
    Weblink,
    allow_text,
    also_text,
    as_list,
    one_of,
)


@dataclass(frozen=True, eq=False)
class _FromList(Reads):
    """How a name of the list `lijst` is read; the list is not opened before a name is."""

    lijst: str = ""

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(read_waardelijst(self.lijst).begrippen)}, TEXT_SCHEMA]}


Categorie = Annotated[Begrip, _FromList(parse_categorie, kind=Begrip, lijst="informatiecategorie")]
"""A category of information of the Woo, by its name."""
Ministerie = Annotated[Begrip, _FromList(parse_ministerie, kind=Begrip, lijst="ministerie")]
"""A ministry, by its name."""


class Beoordeling(StrEnum):
    """What was judged of a paper, as the platform of the Rijk says it."""

    OPENBAAR = "openbaar"
    DEELS = "deels"
    NIET = "niet"
    REEDS = "reeds"


class Mens(StrEnum):
    """The kinds of people that a table of who is left out tells apart."""

    BEWINDSPERSOON = "bewindspersoon"
    BESTUURDER = "bestuurder"
    AMBTENAAR = "ambtenaar"
    BURGER = "burger"
    BEDRIJF = "bedrijf"


BeoordelingField = Annotated[
    Beoordeling,
    one_of(
        Beoordeling,
        {
            "deels openbaar": Beoordeling.DEELS,
            "gedeeltelijk": Beoordeling.DEELS,
            "niet openbaar": Beoordeling.NIET,
            "reeds openbaar": Beoordeling.REEDS,
        },
    ),
]
_SEVERAL = {
    "bewindspersonen": Mens.BEWINDSPERSOON,
    "bestuurders": Mens.BESTUURDER,
    "ambtenaren": Mens.AMBTENAAR,
    "burgers": Mens.BURGER,
    "bedrijven": Mens.BEDRIJF,
}
MensField = Annotated[Mens, one_of(Mens, _SEVERAL)]
_SHORTEST = 2


def _worth_seeking(text: str) -> str:
    """Refuse words that would be found in the middle of any other: one letter, or none."""
    if sum(map(str.isalnum, text)) < _SHORTEST:
        raise FaultError("LRT802", text=text)
    return text


Woorden = Annotated[Regel, AfterValidator(_worth_seeking)]


class Openbaar(Record, about="Wat er in de openbare versie staat, en wat niet."):
    """What a publication copy of this meeting or mailing is like."""

    beoordeling: BeoordelingField | None = Field(
        None,
        description="Openbaar, deels, niet of reeds (het staat al ergens anders). Laat u het weg, "
        "dan is het deels als er iets is weggelaten, en anders openbaar.",
        examples=["deels"],
    )
    categorie: Categorie | None = Field(
        None,
        description="De informatiecategorie van de Woo, als het een andere is dan de "
        "inspanningsverplichting van artikel 3.1.",
        examples=["Woo-verzoeken en -besluiten"],
    )
    reden: Regel | None = Field(
        None,
        description="Waarom er iets wegblijft. Nodig bij een stuk van meer dan vijf jaar oud "
        "(artikel 5.3 van de Woo).",
        examples=["De naam is na al die jaren nog steeds niet openbaar geworden."],
    )
    grond: Annotated[tuple[GrondField, ...], BeforeValidator(as_list)] = Field(
        (),
        description="Bij beoordeling niet: de grond waarop het hele stuk wegblijft, of een lijst.",
        examples=["5.1.2i"],
        json_schema_extra=allow_text,
    )
    link: Weblink | None = Field(
        None,
        description="Bij beoordeling reeds: waar het stuk al openbaar is.",
        examples=["https://www.rijksoverheid.nl/documenten/verslag"],
    )
    weglaten: dict[Woorden, GrondField] = Field(
        default_factory=dict,
        description="Woorden die overal wegblijven, met de grond. Hoofdletters, accenten en "
        "spaties maken geen verschil.",
        examples=[{"De Vries": "5.1.2e"}],
    )
    toelaten: Regels = Field(
        (),
        description="Wat mag blijven staan: u hebt het gezien en het mag openbaar.",
        examples=[["010-1234567"]],
    )


_DEFAULT_LEFT_OUT = {Mens.AMBTENAAR: "5.1.2e", Mens.BURGER: "5.1.2e"}
_DEFAULT_SHOWN = (Mens.BEWINDSPERSOON, Mens.BESTUURDER)


def _as_kinds(value: object) -> object:
    """Return the kinds in a text ("bestuurder, bedrijf") as a list, or `value` as it is."""
    if isinstance(value, str):
        return [one.strip() for one in value.split(",") if one.strip()]
    return as_list(value)


class OpenbaarTabel(
    Record,
    about="Wie er in openbare versies met naam staat en wie niet. Een jurist of de "
    "Woo-coördinator beslist dat.",
):
    """Who is left out of publication copies, and what these need of the organisation."""

    weglaten: dict[MensField, GrondField] = Field(
        default_factory=lambda: dict(_DEFAULT_LEFT_OUT),
        description="Van wie de naam wegblijft, en op welke grond: ambtenaar, burger, bedrijf, "
        "bestuurder of bewindspersoon. Laat u het weg, dan is dat ambtenaar en burger, 5.1.2e.",
        examples=[{"ambtenaar": "5.1.2e", "burger": "5.1.2e"}],
    )
    tonen: Annotated[tuple[MensField, ...], BeforeValidator(_as_kinds), also_text] = Field(
        _DEFAULT_SHOWN,
        description="Wie er met naam in blijven staan. Laat u het weg, dan zijn dat de "
        "bewindspersonen en de bestuurders.",
        examples=[["bewindspersoon", "bestuurder"]],
    )
    grond: GrondField = Field(
        "5.1.2i",
        description="De grond voor een punt, besluit of bijlage waarbij u zelf geen grond noemt.",
        examples=["5.1.2i"],
    )
    organisatie: Ministerie | None = Field(
        None,
        description="Het ministerie dat de stukken openbaar maakt, met de naam of het adres (de "
        "URI) uit de lijst van de overheid (TOOI).",
        examples=["ministerie van Asiel en Migratie"],
    )

    def ground_of(self, mens: Mens) -> str:
        """Return the ground on which somebody of this kind is left out, "" for who may be shown.

        Somebody of whom the table says nothing is left out as an official would be.
        """
        if mens in self.weglaten:
            return self.weglaten[mens]
        shown = mens in self.tonen
        return "" if shown else self.weglaten.get(Mens.AMBTENAAR, "5.1.2e")


def both_said(table: OpenbaarTabel) -> list[Mens]:
    """Return the kinds of people that `table` both leaves out and shows."""
    said = table.weglaten if "weglaten" in table.model_fields_set else {}
    return [mens for mens in table.tonen if mens in said]
