"""Who sends: `huisstijl.yaml`, found beside the input file or in a folder above it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from lrtdocs.messages import FaultError
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.velden import (
    JaNee,
    Regel,
    Regels,
    Weblink,
    as_list,
    not_empty,
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
    vertrouwd: JaNee = Field(
        False,
        description="Ja: sjablonen mogen alles wat docxtpl kan. Alleen voor sjablonen van uzelf.",
    )
