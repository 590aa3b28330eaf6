"""The words of the documents of a meeting: what they are, and how they are made."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from lrtdocs.documents.words import (
    CONCEPT,
    Words,
    common_fields,
    contact_fields,
    contact_words,
    list_field,
    model_field,
    model_fields,
    name_owners,
    sender_words,
    to_words,
)
from lrtdocs.kinds import KINDS
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.numbering import find_numbers
from lrtdocs.model.tekst import PartedTekst
from lrtdocs.model.value import PartedValue
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.model.vergadering import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Stemming,
    Subpunt,
    Vergadering,
    VolgendeVergadering,
    number_items,
    plain_number,
    walk_punten,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lrtdocs.kinds import Kind
    from lrtdocs.model.afzender import Afzender, Huisstijl
    from lrtdocs.model.stuk import Bijlage
    from lrtdocs.model.vergadering import Loc


_PEOPLE = ("genodigden", "aanwezig", "afwezig")
_OF_ITEM = Field(
    "agendapunt",
    "Het nummer van het agendapunt; een – als het er geen heeft.",
    required=True,
    example="3a",
)

_CHANGE = (
    Field("versie", "De hoeveelste versie van het stuk dit is.", ValueKind.NUMBER, True, 2),
    Field("datum", "De dag van deze versie.", ValueKind.DATE, True, dt.date(2025, 3, 17)),
)


def meeting_fields(kind: str) -> tuple[Field, ...]:
    """Return the words of a `kind` of document of a meeting."""
    person = model_fields(
        Deelnemer,
        Field("tekst", "De hele naam, zoals die in een lijst staat.", required=True,
              example="Mw. Faber (AenM, voorzitter)"),
        Field("groep", "De groep waarin iemand staat; leeg als er geen groepen zijn.",
              example="Leden"),
        Field("groepskop", "De naam van de groep, bij de eerste ervan; bij de anderen leeg.",
              example="Leden"),
    )  # fmt: skip
    who = Field("wie", "Wie het doet; n.t.b. als dat er niet staat.", required=True, example="DGM")
    action = model_fields(Actiepunt, who, required="nummer")
    voted = Field(
        "tekst",
        "De stemmen en de uitslag, zoals ze in het verslag staan.",
        required=True,
        example="Voor: 12 · Tegen: 3 (PvdA, GL). Aangenomen.",
    )
    vote = model_field(Besluit, "stemming", parts=model_fields(Stemming, voted))
    decision = model_fields(Besluit, vote, required="nummer")
    below = _item(Subpunt, "3a", action, decision, vote)
    subpunten = model_field(Agendapunt, "subpunten", parts=below)
    return model_fields(
        Vergadering,
        *(model_field(Vergadering, name, parts=person) for name in _PEOPLE),
        model_field(Vergadering, "volgende_vergadering",
                    meaning="Wanneer en waar de volgende vergadering is, op één regel.",
                    example="18 juni 2025, 10.00-11.30 uur, Den Haag"),
        model_field(Vergadering, "agendapunten",
                    parts=_item(Agendapunt, "3", action, decision, vote, subpunten)),
        model_field(Vergadering, "actielijst", parts=action),
        list_field("actiepunten", "Alle nieuwe acties van de vergadering, op volgorde.",
                   (*action, _OF_ITEM)),
        list_field("acties", "De acties die nog openstonden en de nieuwe, op volgorde.",
                   (*action, _OF_ITEM)),
        list_field("besluiten", "Alle besluiten van de vergadering, op volgorde.",
                   (*decision, _OF_ITEM), item=ValueKind.RICH),
        Field("eigen_nummers", "Ja: de punten zijn anders genummerd dan 1, 2, 3 en 3a, 3b.",
              ValueKind.YES_NO, True, False),
        Field("concept", "Ja: dit is een verslag, en het is nog niet vastgesteld.",
              ValueKind.YES_NO, True, False),
        model_field(Vergadering, "rubricering", meaning="Een van de vier rubriceringen, of een "
                    "eigen merking; zonder die is dat bij een concept van het verslag CONCEPT."),
        *contact_fields(),
        Field("wijziging", "Welke versie dit is, als het stuk al eerder is verzonden.",
              ValueKind.BLOCK, parts=_CHANGE),
        *(_LATE if KINDS[kind].since_sent else ()),
        *common_fields(kind),
    )  # fmt: skip


def _item(
    model: type[Subpunt],
    number: str,
    action: tuple[Field, ...],
    decision: tuple[Field, ...],
    vote: Field,
    *more: Field,
) -> tuple[Field, ...]:
    actions = model_field(model, "actiepunten", parts=action)
    decisions = model_field(model, "besluiten", parts=decision, item=ValueKind.RICH)
    voted = replace(vote, meaning="Hoe er over dit punt is gestemd.")
    own = Field(
        "nummer",
        "Het nummer van het punt; leeg als het er geen heeft.",
        required=True,
        example=number,
    )
    changed = Field("gewijzigd", "Ja: het punt is anders dan in het stuk dat is verzonden.",
                    ValueKind.YES_NO, True, False)  # fmt: skip
    new = Field("nieuw", "Ja: het punt stond niet in het stuk dat is verzonden.",
                ValueKind.YES_NO, True, False)  # fmt: skip
    return model_fields(model, actions, decisions, voted, *more, own, changed, new)


# --- made of a meeting


def _walk(punten: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each item of `punten` and what is below it, in order."""
    for punt in punten:
        yield punt
        yield from punt.get("subpunten", [])


def _number(rows: list[dict[str, Any]], numbers: list[str]) -> list[dict[str, Any]]:
    for row, number in zip(rows, numbers, strict=True):
        row["nummer"] = number
    return rows


def _gather(punten: list[dict[str, Any]], name: str, numbers: list[str]) -> list[dict[str, Any]]:
    """Return the actions or decisions of all items, with their number and that of their item."""
    _number([row for punt in punten for row in punt[name]], numbers)
    return [{**row, "agendapunt": punt["nummer"] or "–"} for punt in punten for row in punt[name]]


def _as_texts(decisions: list[dict[str, Any]]) -> list[PartedTekst]:
    """Return `decisions` as what was decided, each with its parts: a template may print either."""
    return [PartedTekst.of(decision["tekst"], decision) for decision in decisions]


def is_concept(kind: Kind, vergadering: Vergadering) -> bool:
    """Tell whether a document of this `kind` is a concept: minutes, until they are adopted."""
    return kind.is_minutes and vergadering.vastgesteld is None


def _head_groups(people: list[dict[str, Any]]) -> None:
    """Give the first of each group in `people` the name of the group to print above it."""
    for before, person in pairwise([{"groep": ""}, *people]):
        person["groepskop"] = person["groep"] if person["groep"] != before["groep"] else ""


def _next_word(following: VolgendeVergadering | str | None) -> PartedValue | None:
    """Return the next meeting as one line that means its date, with its parts."""
    if not isinstance(following, VolgendeVergadering):
        return None
    return PartedValue.of(str(following), following.datum, dict(following))


class Wijziging(NamedTuple):
    """That a document is another version than the one that went out, and where items changed."""

    versie: int
    datum: dt.date
    gewijzigd: Collection[Loc] = ()
    nieuw: Collection[Loc] = ()

    def words(self) -> Words:
        """Return what a document tells of it by itself."""
        return {"versie": self.versie, "datum": self.datum}


class Laat(NamedTuple):
    """An annex that came late: at which item, "" for the meeting; whether in place of another."""

    punt: str
    bijlage: Bijlage
    vervangt: bool = False

    def __str__(self) -> str:
        number = f"{self.bijlage.nummer} " if self.bijlage.nummer else ""
        item = f"punt {self.punt}: " if self.punt else ""
        return f"{item}{number}{self.bijlage.titel} ({self.soort})"

    @property
    def soort(self) -> str:
        """Whether the annex is new, or in place of an earlier one."""
        return "vervangt eerder stuk" if self.vervangt else "nieuw"

    def words(self) -> Words:
        """Return what a note on it tells of it."""
        annex = cast("Words", to_words(self.bijlage))
        told = {name: annex[name] for name in ("titel", "nummer", "link")}
        return {"punt": self.punt, **told, "soort": self.soort, "vervangt": self.vervangt}


class Nazending(NamedTuple):
    """What came after papers went out on the day `verzonden`: annexes, and changes in sentences."""

    verzonden: dt.date
    stukken: Sequence[Laat] = ()
    wijzigingen: Sequence[str] = ()

    def words(self) -> Words:
        """Return what a note on it tells."""
        return {
            "verzonden": self.verzonden,
            "stukken": [one.words() for one in self.stukken],
            "wijzigingen": list(self.wijzigingen),
        }


_LATE = (
    Field("verzonden", "De dag waarop de stukken zijn verzonden.", ValueKind.DATE, True,
          dt.date(2025, 3, 12)),
    list_field("stukken", "De stukken die daarna kwamen.", (
        Field("punt", "Bij welk agendapunt het stuk hoort; leeg als het bij de vergadering hoort.",
              example="3"),
        Field("titel", "De titel van het stuk.", required=True, example="Landelijk dashboard"),
        Field("nummer", "Het nummer van de bijlage.", example="3.1"),
        Field("link", "Het adres waar het stuk te vinden is.",
              example="https://www.rijksoverheid.nl"),
        Field("soort", "Of het stuk nieuw is, of een eerder stuk vervangt.", required=True,
              example="nieuw"),
        Field("vervangt", "Ja: het stuk komt in de plaats van een eerder stuk.", ValueKind.YES_NO,
              True, False),
    )),
    list_field("wijzigingen", "Wat er verder anders is, in zinnen.",
               example=("De tijd van punt 2 is 10.30 uur; dat was 10.15 uur.",)),
)  # fmt: skip


def meeting_words(
    kind: Kind,
    vergadering: Vergadering,
    huisstijl: Huisstijl,
    afzender: Afzender,
    today: dt.date,
    wijziging: Wijziging | None = None,
    nazending: Nazending | None = None,
) -> Words:
    """Return the words of a `kind` of document of a meeting; `today` dates it when it does not.

    All actions and decisions are also gathered, with the number of their item. Minutes may carry a
    date and a version of their own. With a `wijziging` it is a later version; what tells of a
    `nazending` has the date of `today`.
    """
    words = cast("dict[str, Any]", to_words(vergadering))
    punten, of_items = list(_walk(words["agendapunten"])), number_items(vergadering)
    for punt, number in zip(punten, of_items, strict=True):
        punt["nummer"] = number
    for punt, (loc, _) in zip(punten, walk_punten(vergadering), strict=True):
        punt["gewijzigd"] = wijziging is not None and loc in wijziging.gewijzigd
        punt["nieuw"] = wijziging is not None and loc in wijziging.nieuw
    for actie in [*words["actielijst"], *(row for punt in punten for row in punt["actiepunten"])]:
        actie["wie"] = name_owners(actie["wie"])
    numbers = find_numbers(vergadering)
    carried = _number(words["actielijst"], numbers.actielijst)
    own_actions = _gather(punten, "actiepunten", numbers.actiepunten)
    decisions = _gather(punten, "besluiten", numbers.besluiten)
    for punt in punten:
        punt["besluiten"] = _as_texts(punt["besluiten"])
    for name in _PEOPLE:
        _head_groups(words[name])
    return {
        **words,
        "actiepunten": own_actions,
        "acties": [*({**actie, "agendapunt": "–"} for actie in carried), *own_actions],
        "besluiten": _as_texts(decisions),
        "eigen_nummers": of_items != [plain_number(loc) for loc, _ in walk_punten(vergadering)],
        **contact_words(vergadering.contactpersoon),
        "volgende_vergadering": _next_word(vergadering.volgende_vergadering),
        "afzender": sender_words(huisstijl, afzender),
        "woordmerk": list(huisstijl.woordmerk),
        "wijziging": wijziging and wijziging.words(),
        **_words_of_kind(kind, vergadering, today, nazending),
    }


def _words_of_kind(
    kind: Kind, vergadering: Vergadering, today: dt.date, nazending: Nazending | None
) -> Words:
    """Return the words that another kind of document of the same meeting has otherwise."""
    late = nazending or (Nazending(today) if kind.since_sent else None)
    own = vergadering.dagtekening_verslag if kind.is_minutes else None
    version = vergadering.versie_verslag if kind.is_minutes else None
    concept = is_concept(kind, vergadering)
    return {
        "concept": concept,
        "rubricering": vergadering.rubricering or (CONCEPT if concept else None),
        "versie": version or vergadering.versie,
        "dagtekening": today if late else own or vergadering.dagtekening or today,
        "documentsoort": kind.name,
        **(late.words() if late else {}),
    }
