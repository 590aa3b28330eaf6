"""The words of the documents of a meeting: what they are, and how they are made."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from lrtdocs import dutch
from lrtdocs.documents.words import (
    Words,
    common_fields,
    list_field,
    model_field,
    model_fields,
    sender_words,
    to_words,
)
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.model.vergadering import (
    Actiepunt,
    Agendapunt,
    Deelnemer,
    Subpunt,
    Vergadering,
    number_items,
    plain_number,
    walk_punten,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lrtdocs.kinds import Kind
    from lrtdocs.model.afzender import Afzender, Huisstijl


_OF_ITEM = Field(
    "agendapunt",
    "Het nummer van het agendapunt; een – als het er geen heeft.",
    required=True,
    example="3a",
)
_DECISION = (
    Field("tekst", "Wat er is besloten.", ValueKind.RICH, True, "Het verslag is vastgesteld."),
    _OF_ITEM,
    Field("nummer", "Het nummer van het besluit.", required=True, example="B1"),
)


def meeting_fields(kind: str) -> tuple[Field, ...]:
    """Return the words of a `kind` of document of a meeting."""
    person = model_fields(
        Deelnemer,
        Field("tekst", "De hele naam, zoals die in een lijst staat.", required=True,
              example="Mw. Faber (AenM, voorzitter)"),
    )  # fmt: skip
    who = Field("wie", "Wie het doet; n.t.b. als dat er niet staat.", required=True, example="DGM")
    action = model_fields(Actiepunt, who, required="nummer")
    subpunten = model_field(Agendapunt, "subpunten", parts=_item(Subpunt, "3a", action))
    return model_fields(
        Vergadering,
        model_field(Vergadering, "aanwezig", parts=person),
        model_field(Vergadering, "afwezig", parts=person),
        model_field(Vergadering, "agendapunten", parts=_item(Agendapunt, "3", action, subpunten)),
        list_field("actiepunten", "Alle acties van de vergadering, op volgorde.",
                   (*action, _OF_ITEM)),
        list_field("besluiten", "Alle besluiten van de vergadering, op volgorde.", _DECISION),
        Field("eigen_nummers", "Ja: de punten zijn anders genummerd dan 1, 2, 3 en 3a, 3b.",
              ValueKind.YES_NO, True, False),
        *common_fields(kind),
    )  # fmt: skip


def _item(
    model: type[Subpunt], number: str, action: tuple[Field, ...], *more: Field
) -> tuple[Field, ...]:
    actions = model_field(model, "actiepunten", parts=action)
    own = Field(
        "nummer",
        "Het nummer van het punt; leeg als het er geen heeft.",
        required=True,
        example=number,
    )
    return model_fields(model, actions, *more, own)


# --- made of a meeting


def _walk(punten: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each item of `punten` and what is below it, in order."""
    for punt in punten:
        yield punt
        yield from punt.get("subpunten", [])


_COUNTED = re.compile(r"(?P<stem>.*?)(?P<count>\d+)", re.DOTALL)


def number_actions(given: Sequence[str | None]) -> list[str]:
    """Return the number of every action, in the order of the items; those that were given stay.

    Missing numbers go on after the highest one given, written in the way of that one: after
    A-2026-014 comes A-2026-015. With none given they are A1, A2, … A number is never used twice,
    not even that of an action that is done.
    """
    counted = [match for number in given if (match := _COUNTED.fullmatch(number or ""))]
    stem = counted[-1]["stem"] if counted else "A"
    same = [match["count"] for match in counted if match["stem"] == stem]
    width = max((len(figures) for figures in same if figures.startswith("0")), default=1)
    fresh = count(max(map(int, same), default=0) + 1)
    return [number or f"{stem}{next(fresh):0{width}}" for number in given]


def meeting_words(
    kind: Kind, vergadering: Vergadering, huisstijl: Huisstijl, afzender: Afzender, today: date
) -> Words:
    """Return the words of a `kind` of document of a meeting; `today` dates it when it does not.

    All actions and decisions are also gathered, with the number of their item. Minutes may carry a
    date and a version of their own.
    """
    words = cast("dict[str, Any]", to_words(vergadering))
    punten, of_items = list(_walk(words["agendapunten"])), number_items(vergadering)
    for punt, number in zip(punten, of_items, strict=True):
        punt["nummer"] = number
    acties = [(actie, punt["nummer"] or "–") for punt in punten for actie in punt["actiepunten"]]
    numbers = number_actions([actie["nummer"] for actie, _ in acties])
    for (actie, _), number in zip(acties, numbers, strict=True):
        actie["nummer"] = number
        actie["wie"] = dutch.join_words(actie["wie"]) or "n.t.b."
    besluiten = [
        (besluit, punt["nummer"] or "–") for punt in punten for besluit in punt["besluiten"]
    ]
    own = vergadering.dagtekening_verslag if kind.is_minutes else None
    version = vergadering.versie_verslag if kind.is_minutes else None
    return {
        **words,
        "actiepunten": [{**actie, "agendapunt": of_item} for actie, of_item in acties],
        "besluiten": [
            {"tekst": besluit, "agendapunt": of_item, "nummer": f"B{number}"}
            for number, (besluit, of_item) in enumerate(besluiten, start=1)
        ],
        "eigen_nummers": of_items != [plain_number(loc) for loc, _ in walk_punten(vergadering)],
        "afzender": sender_words(huisstijl, afzender),
        "woordmerk": list(huisstijl.woordmerk),
        "versie": version or vergadering.versie,
        "dagtekening": own or vergadering.dagtekening or today,
        "documentsoort": kind.name,
    }
