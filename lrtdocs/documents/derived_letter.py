"""The words that a letter makes itself, described: what `letters` and `signature` add.

Apart from `derived`, since a meeting does without the models of a mailing.
"""

from __future__ import annotations

from datetime import date

from lrtdocs.documents.derived import (
    BLOCK,
    DAGTEKENING,
    DATE,
    RICH,
    documentsoort,
    words_of_house,
)
from lrtdocs.documents.field import list_field, model_field, model_fields, replace_field
from lrtdocs.model.mailing import Mailing, Ondertekening
from lrtdocs.model.ontvanger import KOLOMMEN
from lrtdocs.model.veld import Field, ValueKind

NUMBER = ValueKind.NUMBER

_FROM_MAILING = ("bijlagen", "contactpersoon", "kopie_aan", "rubricering", "velden")
COLUMNS = tuple(
    Field(kolom.name, kolom.meaning, required=kolom.required, example=kolom.example)
    for kolom in KOLOMMEN
)
"""The columns of a list of recipients; a column of the user's own is a word too."""
_ADDRESSED = (
    *COLUMNS,
    Field("volgnummer", "De hoeveelste ontvanger dit is.", NUMBER, True, 12),
    list_field("adresregels", "Het adres boven de brief, een regel per onderdeel.", required=True,
               example=("Het college van burgemeester en wethouders",
                        "van de gemeente Bergen (NH.)", "Postbus 90001", "1860 AA  BERGEN")),
)  # fmt: skip
_LINES = list_field("regels", "De regels boven de handtekening, elk met een komma.",
                    example=("De minister van Asiel en Migratie,", "namens deze,",
                             "de directeur-generaal Migratie,"))  # fmt: skip


def _own_words() -> tuple[Field, ...]:
    afzender, woordmerk = words_of_house()
    signature = model_fields(Ondertekening, _LINES)
    return (
        afzender,
        woordmerk,
        documentsoort("brief"),
        DAGTEKENING,
        model_field(Mailing, "betreft"),
        Field("onze_referentie", "Het kenmerk van deze brief.", example="LRT-2025-0012"),
        Field("uw_referentie", "Het kenmerk van de ontvanger.", example="2025/HV/118"),
        Field("volgnummer", "De hoeveelste brief dit is.", NUMBER, True, 12),
        Field("ontvanger", "Aan wie de brief gaat: alle kolommen van de lijst.", BLOCK, True,
              parts=_ADDRESSED, open=True),
        Field("aanhef", "Hoe de brief begint.", required=True, example="Geacht college,"),
        model_field(Mailing, "tekst"),
        Field("tekst_tot_slot", "De tekst van de brief zonder de laatste alinea.", RICH,
              example="In de Landelijke Regietafel is gesproken over doorstroomlocaties."),
        Field("slotalinea", "De laatste alinea van de tekst; na een lijst is die er niet.", RICH,
              example="Wilt u laten weten of u komt?"),
        Field("ondertekening", "Wie de brief ondertekent, en namens wie.", BLOCK, parts=signature),
        *(model_field(Mailing, name) for name in _FROM_MAILING),
    )  # fmt: skip


def _gemeente(*, counted: bool) -> Field:
    """Return the gemeente that a letter goes to; it is `counted` for a taakstelling."""
    people = Field("inwoners", "Het aantal inwoners.", NUMBER, counted, 60_000)
    return Field("gemeente", "De gemeente die de brief krijgt.", BLOCK, counted,
                 parts=(*_GEMEENTE, people))  # fmt: skip


_GEMEENTE = (
    Field("code", "De code van de gemeente.", required=True, example="GM0373"),
    Field("naam", "De naam van de gemeente.", required=True, example="Bergen (NH.)"),
    Field("provincie", "De provincie.", required=True, example="Noord-Holland"),
)


def _period(what: str) -> tuple[Field, ...]:
    return (
        Field("halfjaar", f"Het halfjaar {what}.", required=True, example="2025-II"),
        Field("periode", "Het halfjaar voluit.", required=True, example="de tweede helft van 2025"),
        Field("begin", "De eerste dag van het halfjaar.", DATE, True, date(2025, 7, 1)),
        Field("einde", "De laatste dag van het halfjaar.", DATE, True, date(2025, 12, 31)),
    )


_ADJUSTMENT = (
    *_period("waarvan het aantal verandert"),
    Field("was", "Het landelijke aantal zoals het was.", NUMBER, True, 17_700),
    Field("wordt", "Het landelijke aantal dat het wordt.", NUMBER, True, 15_000),
)
_NATIONAL = (
    *_period("van de taakstelling"),
    Field("totaal", "Het landelijke aantal.", NUMBER, True, 13_000),
    Field("peildatum", "De datum van de inwoneraantallen.", DATE, True, date(2024, 1, 1)),
    Field("inwoners_nederland", "De inwoners van Nederland.", NUMBER, True, 17_942_942),
    Field("som", "De aantallen van alle gemeenten samen.", NUMBER, True, 13_172),
    Field("afwijkingen", "Bij hoeveel gemeenten het aantal niet het berekende is.", NUMBER, True,
          0),
    Field("afronding", "Hoe er is afgerond.", required=True, example="naar boven"),
    Field("bijstelling", "De bijstelling van een halfjaar dat al loopt.", BLOCK,
          parts=_ADJUSTMENT),
)  # fmt: skip
_SHARE = (
    Field("aantal", "De taakstelling van deze gemeente.", NUMBER, True, 22),
    Field("berekend", "Het aantal dat lrtdocs uitrekent.", NUMBER, True, 22),
    Field("inwoners", "De inwoners van de gemeente op de peildatum.", NUMBER, True, 60_000),
    Field("bijstelling_was", "Het aantal van het lopende halfjaar, zoals het was.", NUMBER,
          example=30),
    Field("bijstelling_wordt", "Het aantal van het lopende halfjaar dat het wordt.", NUMBER,
          example=25),
    Field("gerealiseerd", "Hoeveel mensen er al zijn gehuisvest.", NUMBER, example=14),
    Field("achterstand", "De achterstand op eerdere taakstellingen.", NUMBER, example=6),
    Field("voorsprong", "De voorsprong op eerdere taakstellingen.", NUMBER, example=3),
    Field("opgave", "De taakstelling met de achterstand erbij en de voorsprong eraf.", NUMBER,
          example=25),
)  # fmt: skip
_ROW = (
    *_GEMEENTE,
    Field("inwoners", "Het aantal inwoners.", NUMBER, True, 60_000),
    Field("taakstelling", "De taakstelling.", NUMBER, True, 22),
)
_PAIR = (
    Field("links", "De gemeente links in de tabel.", BLOCK, True, parts=_ROW),
    Field("rechts", "De gemeente rechts; in de laatste rij kan die er niet zijn.", BLOCK,
          parts=_ROW),
)  # fmt: skip


def letter(*, counted: bool) -> tuple[Field, ...]:
    """Return the words of a letter; it is `counted` if its mailing divides a taakstelling.

    A column of the list is a word too, where the letter has no word of that name itself.
    """
    words = (
        *_own_words(),
        _gemeente(counted=counted),
        Field("landelijk", "De landelijke aantallen van de taakstelling.", BLOCK, counted,
              parts=_NATIONAL),
        Field("taakstelling", "De aantallen van deze gemeente.", BLOCK, counted, parts=_SHARE),
        list_field("bijlage_a", "De taakstellingen van alle gemeenten.", _ROW),
        list_field("bijlage_a_regels", "Hetzelfde, met twee gemeenten op een regel.", _PAIR),
    )  # fmt: skip
    fields = {field.name: field for field in words}
    fields |= {field.name: field for field in COLUMNS if field.name not in fields}
    for name in ("betreft", "code") if counted else ():
        fields[name] = replace_field(fields[name], required=True)
    return tuple(fields.values())
