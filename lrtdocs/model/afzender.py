"""Who sends: `huisstijl.yaml`, found beside the input file or in a folder above it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.metadata.archief import Archief
from lrtdocs.model.openbaar.blok import OpenbaarTabel
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.velden import (
    Getal,
    JaNee,
    Reads,
    Regel,
    Regels,
    Weblink,
    as_list,
    not_empty,
    one_or_more,
)

MAX_WORD_MARK = 3


class Afzender(Record, about="Eén afzender: wat er bovenaan de rechterkolom staat."):
    """One sender: the block at the top of the reference column, and the return address."""

    directoraat_generaal: Regel | None = Field(
        None, description="Het directoraat-generaal.", examples=["Directoraat-Generaal Migratie"]
    )
    directie: Regel | None = Field(
        None, description="De directie.", examples=["Directie Regie Migratieketen"]
    )
    team: Regel | None = Field(
        None, description="Het team of de afdeling.", examples=["Team Spreidingswet"]
    )
    organisatie: Regel | None = Field(
        None,
        description="Wie in de eigenschappen van een document als auteur staat."
        " Laat u het weg, dan is het het directoraat-generaal.",
        examples=["Ministerie van Asiel en Migratie"],
    )
    bezoekadres: Regels = Field(
        (),
        description="Het bezoekadres, een regel per onderdeel.",
        examples=[["Turfmarkt 147", "2511 DP Den Haag"]],
    )
    postadres: Regels = Field(
        (),
        description="Het postadres, een regel per onderdeel.",
        examples=[["Postbus 20011", "2500 EH Den Haag"]],
    )
    website: Weblink | None = Field(
        None, description="De website.", examples=["www.rijksoverheid.nl"]
    )
    retouradres: Regel | None = Field(
        None,
        description="Het retouradres boven een brief. Laat u het weg, dan is het het postadres.",
        examples=["Postbus 20011 2500 EH  Den Haag"],
    )
    land: Regel | None = Field(
        None, description="Het land, voor post naar het buitenland.", examples=["Nederland"]
    )

    @property
    def retour(self) -> str:
        """What a letter has as its return address, "" if nothing is known."""
        return self.retouradres or " ".join(self.postadres)


def _at_most_three(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) > MAX_WORD_MARK:
        raise FaultError("LRT212", number=len(lines), limit=MAX_WORD_MARK)
    return lines


Woordmerk = Annotated[
    tuple[Regel, ...],
    BeforeValidator(as_list),
    AfterValidator(_at_most_three),
    WithJsonSchema(
        {"anyOf": [{"type": "array", "items": TEXT_SCHEMA, "maxItems": MAX_WORD_MARK}, TEXT_SCHEMA]}
    ),
]


_LARGEST = 300
"""Millimetres: more than that no page of a letter has."""


def _parse_millimetres(text: str) -> Decimal:
    number = Decimal(dutch.parse_decimal(text.strip().removesuffix("mm")))
    if not 0 <= number <= _LARGEST:
        raise FaultError("deel.geen_maat", text=text, limit=_LARGEST)
    return number


Millimeters = Annotated[
    Decimal,
    Reads(
        _parse_millimetres,
        "een maat in millimeters, zoals 20 of 22,5",
        (Decimal, int),
        "LRT249",
        {
            "type": ["string", "number"],
            "pattern": r"^\s*\d+([,.]\d+)?\s*(mm)?\s*$",
            "minimum": 0,
            "examples": [20, "22,5"],
        },
    ),
]


class Venster(
    Record,
    about="Het venster van een envelop: waar het ligt op de gevouwen brief, in millimeters.",
):
    """The window of an envelope, measured from the top left corner of the sheet in it."""

    links: Millimeters = Field(
        description="Van de linkerrand van het papier tot het venster.", examples=[20]
    )
    boven: Millimeters = Field(
        description="Van de bovenrand van het papier tot het venster.", examples=[45]
    )
    breedte: Millimeters = Field(description="Hoe breed het venster is.", examples=[85])
    hoogte: Millimeters = Field(description="Hoe hoog het venster is.", examples=[45])


DIN_5008 = Venster(links=Decimal(20), boven=Decimal(45), breedte=Decimal(85), hoogte=Decimal(45))
"""The field for addresses of DIN 5008, form B; the Netherlands have no norm of their own."""


def _type_size(points: int) -> int:
    if not 6 <= points <= 24:
        raise FaultError("LRT248", points=points)
    return points


class Kix(
    Record,
    about="De KIX: de streepjescode van PostNL onder het adres, in een lettertype dat u hebt.",
    text="lettertype",
):
    """The bar code of the Dutch post below an address, printed in a typeface of the user's own."""

    lettertype: Regel = Field(
        description="De naam van het lettertype, zoals Word het noemt.", examples=["KIX Barcode"]
    )
    grootte: Annotated[Getal, AfterValidator(_type_size)] = Field(
        10, description="De grootte van de streepjescode, in punten.", examples=[10]
    )

    @property
    def type_face(self) -> tuple[str, int]:
        """The typeface and its size in points."""
        return self.lettertype, self.grootte


Vensters = Annotated[tuple[Venster, ...], *one_or_more(Venster)]


def _one_or_two(number: int) -> int:
    if number not in (1, 2):
        raise FaultError("LRT207.keus", text=str(number), choices="1 of 2")
    return number


class AkkoordVraag(Record, about="Wie er akkoord moeten geven voordat brieven uitgaan."):
    """The go-ahead that letters need, or else they say CONCEPT."""

    namen: Annotated[Getal, AfterValidator(_one_or_two)] = Field(
        1,
        description="Hoeveel mensen akkoord moeten geven: 1 of 2.",
        examples=[2],
        json_schema_extra={"maximum": 2},
    )


class Huisstijl(Record, about="De afzenders, het logo en het lettertype van uw documenten."):
    """All senders of a team, and what their documents look like."""

    afzenders: Annotated[dict[str, Afzender], AfterValidator(not_empty)] = Field(
        description="De afzenders: een eigen sleutelwoord voor elk.",
        json_schema_extra={"minProperties": 1},
    )
    organisatie: Regel | None = Field(
        None, description="De organisatie van alle afzenders die er zelf geen noemen."
    )
    logo: Regel | None = Field(
        None,
        description="Het bestand met het logo, gezien vanaf dit bestand.",
        examples=["logo.png"],
    )
    woordmerk: Woordmerk = Field(
        (),
        description="De naam naast het logo: één tot drie regels.",
        examples=[["Ministerie van Asiel en", "Migratie"]],
    )
    lettertype: Regel | None = Field(None, description="Een ander lettertype dan Verdana.")
    venster: Vensters = Field(
        (),
        description="Het venster van uw enveloppen, of een lijst als u er meer gebruikt. "
        "Laat u het weg, dan is het 85 bij 45 mm, op 20 mm van links en 45 van boven (DIN 5008).",
        examples=[{"links": 20, "boven": 45, "breedte": 85, "hoogte": 45}],
    )
    kix: Kix | None = Field(
        None,
        description="Het lettertype van de KIX. Zonder dit staat er geen KIX onder het adres.",
        examples=["KIX Barcode"],
    )
    vertrouwd: JaNee = Field(
        False,
        description="Ja: sjablonen mogen alles wat docxtpl kan. Alleen voor sjablonen van uzelf.",
    )
    akkoord: AkkoordVraag | None = Field(
        None,
        description="Brieven hebben een akkoord nodig. Zolang dat er niet is, staat er CONCEPT op.",
        examples=[{"namen": 2}],
    )
    openbaar: OpenbaarTabel | None = Field(
        None, description="Wie er in openbare versies met naam staat en wie niet."
    )
    archief: Archief | None = Field(
        None, description="Hoe de stukken worden bewaard, voor 'lrtdocs archief maak'."
    )
