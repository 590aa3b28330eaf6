"""The words that documents make themselves, described; those of the models describe themselves.

What stands here is what `meetings` adds to the fields of a model or puts in their place, and what
all documents have; `derived_letter` has what a letter adds. A test holds both to the words that
documents really get.
"""

from __future__ import annotations

from datetime import date

from lrtdocs.documents.field import (
    list_field,
    model_field,
    model_fields,
)
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.model.vergadering import Actiepunt, Agendapunt, Deelnemer, Subpunt, Vergadering

BLOCK, DATE, RICH = ValueKind.BLOCK, ValueKind.DATE, ValueKind.RICH

# --- of all documents

DAGTEKENING = Field("dagtekening", "De datum van het document.", DATE, True, date(2025, 3, 14))


def words_of_house() -> tuple[Field, Field]:
    """Return the words that come from the house style: the sender and the word mark."""
    afzender = Field("afzender", "Wie het stuk stuurt, uit huisstijl.yaml.", BLOCK, True,
                     parts=model_fields(Afzender))  # fmt: skip
    return afzender, model_field(Huisstijl, "woordmerk")


def documentsoort(example: str) -> Field:
    """Return the word that says what this is."""
    return Field("documentsoort", "Wat voor document dit is.", required=True, example=example)


# --- of a meeting

_OF_ITEM = Field("agendapunt", "Het nummer van het agendapunt.", required=True, example="3a")
_DECISION = (
    Field("tekst", "Wat er is besloten.", RICH, True, "Het verslag is vastgesteld."),
    _OF_ITEM,
    Field("nummer", "Het nummer van het besluit.", required=True, example="B1"),
)


def meeting(kind: str) -> tuple[Field, ...]:
    """Return the words of a `kind` of document of a meeting."""
    person = model_fields(
        Deelnemer,
        Field("tekst", "De hele naam, zoals die in een lijst staat.", required=True,
              example="Mw. Faber (AenM, voorzitter)"),
    )  # fmt: skip
    action = model_fields(Actiepunt, required="nummer")
    subpunten = model_field(Agendapunt, "subpunten", parts=_item(Subpunt, "3a", action))
    afzender, woordmerk = words_of_house()
    return model_fields(
        Vergadering,
        afzender,
        model_field(Vergadering, "aanwezig", parts=person),
        model_field(Vergadering, "afwezig", parts=person),
        model_field(Vergadering, "agendapunten", parts=_item(Agendapunt, "3", action, subpunten)),
        DAGTEKENING,
        list_field("actiepunten", "Alle acties van de vergadering, op volgorde.",
                   (*action, _OF_ITEM)),
        list_field("besluiten", "Alle besluiten van de vergadering, op volgorde.", _DECISION),
        woordmerk,
        documentsoort(kind),
    )  # fmt: skip


def _item(
    model: type[Subpunt], number: str, action: tuple[Field, ...], *more: Field
) -> tuple[Field, ...]:
    actions = model_field(model, "actiepunten", parts=action)
    own = Field("nummer", "Het nummer van het punt.", required=True, example=number)
    return model_fields(model, actions, *more, own)
