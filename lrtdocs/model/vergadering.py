"""A meeting: one file for its whole life, from the first agenda to adopted minutes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
)

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.deelnemer import Deelnemers
from lrtdocs.model.openbaar.blok import Openbaar
from lrtdocs.model.openbaar.keuze import keuze
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.stuk import Bijlagen, Contactpersonen
from lrtdocs.model.velden import (
    DATE_OR_FILE,
    BesluitField,
    Datum,
    DatumOfBestand,
    DatumOfTekst,
    JaNee,
    Plaats,
    Publiek,
    Reads,
    Regel,
    Regels,
    Rubricering,
    TekstField,
    Tijd,
    Vertrouwelijk,
    also_text,
    as_decisions,
    not_empty,
    one_line,
    one_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.model.stuk import Bijlage

# --- what there is to discuss


_PURPOSES = [
    *("ter informatie", "ter bespreking", "ter besluitvorming", "ter kennisneming"),
    *("ter kennisname", "ter advisering", "ter vaststelling", "ter instemming", "hamerstuk"),
]
_PURPOSE_WRITTEN = {
    **{purpose: purpose for purpose in _PURPOSES},
    **{purpose.removeprefix("ter "): purpose for purpose in _PURPOSES},
    "ter info": "ter informatie",
    "ter besluit": "ter besluitvorming",
}


_OUTCOMES = ["aangenomen", "verworpen", "aangehouden", "ingetrokken", "de stemmen staken"]


def _parse_words(text: str, written: dict[str, str], key: str) -> str:
    """Return one of `written` as it is written, or the words as typed; what is almost one is asked.

    The message `key` asks.
    """
    folded = " ".join(text.lower().split())
    near = get_close_matches(folded, written, n=1, cutoff=0.9)
    if near and folded not in written:
        raise FaultError(key, text=text.strip(), meant=written[near[0]])
    return written.get(folded, one_line(text))


def _parse_doel(text: str) -> str:
    return _parse_words(text, _PURPOSE_WRITTEN, "LRT207.doel")


def _parse_uitslag(text: str) -> str:
    return _parse_words(text, {outcome: outcome for outcome in _OUTCOMES}, "LRT207.uitslag")


_BETWEEN = re.compile(r"\s*[,;]\s*(?![^()]*\))")


def _as_votes(value: object) -> object:
    """Return votes as a list: a number, a text such as "PvdA (3), GL", or a list of those."""
    several = [value] if isinstance(value, str | int) else value
    if not isinstance(several, list | tuple):
        return value
    return [
        name
        for each in several
        for name in (_BETWEEN.split(each.strip()) if isinstance(each, str) else [str(each)])
        if name
    ]


class Status(StrEnum):
    """How far an action is."""

    OPEN = "open"
    LOOPT = "loopt"
    AANGEHOUDEN = "aangehouden"
    AFGEROND = "afgerond"
    VERVALLEN = "vervallen"


DoelField = Annotated[
    str,
    Reads(_parse_doel, schema={"anyOf": [{"enum": _PURPOSES}, TEXT_SCHEMA]}),
]
UitslagField = Annotated[
    str,
    Reads(_parse_uitslag, schema={"anyOf": [{"enum": _OUTCOMES}, TEXT_SCHEMA]}),
]
Stemmen = Annotated[tuple[Regel, ...], BeforeValidator(_as_votes), also_text]
_DONE = ("gereed", "gesloten", "klaar", "gedaan")
StatusField = Annotated[Status, one_of(Status, dict.fromkeys(_DONE, Status.AFGEROND))]


class Stemming(
    Record,
    about="Hoe er is gestemd. Kort, zonder aantallen: 'met algemene stemmen aangenomen'.",
    text="uitslag",
):
    """How those present voted: `voor: 12`, `tegen: 3 (PvdA, GL)`, `onthouding: [De Vries]`.

    Votes are printed as they were typed, and never added up on paper: who votes may be one person
    or a whole party. What they add up to is only held against the outcome.
    """

    voor: Stemmen = Field(
        (), description="Wie er voor zijn: een aantal, of namen.", examples=["12"]
    )
    tegen: Stemmen = Field(
        (), description="Wie er tegen zijn: een aantal, of namen.", examples=["3 (PvdA, GL)"]
    )
    onthouding: Stemmen = Field(
        (),
        description="Wie zich van stemming onthouden: een aantal, of namen.",
        examples=[["De Vries"]],
    )
    uitslag: UitslagField | None = Field(
        None,
        description="De uitslag: aangenomen, verworpen of andere woorden.",
        examples=["aangenomen"],
    )

    def __str__(self) -> str:
        sides = [("Voor", self.voor), ("Tegen", self.tegen), ("Onthouding", self.onthouding)]
        votes = " · ".join(f"{side}: {', '.join(who)}" for side, who in sides if who)
        outcome = f"{self.uitslag[:1].upper()}{self.uitslag[1:]}" if self.uitslag else ""
        return " ".join(f"{part.rstrip('.')}." for part in (votes, outcome) if part)


class Besluit(Record, about="Wat er is besloten.", text="tekst"):
    """What was decided: a text, or a mapping when there is more to say of it."""

    tekst: BesluitField = Field(
        description="Wat er is besloten.", examples=["Het verslag is vastgesteld."]
    )
    nummer: Regel | None = Field(
        None,
        description="Het nummer. Laat u het weg, dan volgt het op het hoogste.",
        examples=["B1"],
    )
    stemming: Stemming | None = Field(None, description="Hoe er over dit besluit is gestemd.")
    publiek: Publiek = keuze(
        "Nee, of een grond zoals 5.1.2i: in de openbare versie staat de grond in plaats van de "
        "tekst.",
        default=True,
    )

    def __str__(self) -> str:
        return str(self.tekst)


class Actiepunt(Record, about="Iets wat iemand gaat doen."):
    """Something that someone will do."""

    wat: Regel = Field(description="Wat er gedaan wordt.", examples=["Notitie rondsturen"])
    wie: Regels = Field((), description="Wie het doet: één, of een lijst.", examples=["DGM"])
    gereed: DatumOfTekst | None = Field(
        None,
        description="Wanneer het klaar is: een datum of een omschrijving.",
        examples=["2025-04-01"],
    )
    nummer: Regel | None = Field(
        None,
        description="Het nummer. Laat u het weg, dan volgt het op het hoogste.",
        examples=["A1"],
    )
    status: StatusField = Field(
        Status.OPEN,
        description="Hoe het ervoor staat: open, loopt, aangehouden, afgerond of vervallen.",
        examples=["open"],
    )
    toelichting: Regel | None = Field(
        None,
        description="Hoe het ermee gaat; komt in de lijst onder de actie.",
        examples=["Het concept ligt bij de VNG."],
    )
    sinds: Datum | None = Field(
        None,
        description="De vergadering waarin de actie is afgesproken, als dat een eerdere is.",
        examples=["2024-12-18"],
    )


_MINUTES = re.compile(r"(\d+)\s*(?:min(?:uten|uut|\.)?)?", re.IGNORECASE)


def _duration(text: str) -> str:
    """Return how long something takes: a bare number is minutes; other words stay as typed."""
    found = _MINUTES.fullmatch(text)
    return f"{found[1]} minu{'ut' if found[1] == '1' else 'ten'}" if found else text


Duur = Annotated[Regel, AfterValidator(_duration)]


def _item_number(text: str) -> str:
    """Return an own number without the dot behind it, which the paper sets; of `geen` nothing."""
    number = text.rstrip(" .") or text
    return "" if number.lower() == "geen" else number


Puntnummer = Annotated[Regel, AfterValidator(_item_number)]
Besluiten = Annotated[tuple[Besluit, ...], BeforeValidator(as_decisions), also_text]


class Subpunt(Record, about="Een onderdeel van een agendapunt: 3a, 3b.", text="titel"):
    """An item under an item, numbered 3a, 3b."""

    titel: Regel = Field(description="De titel van het punt.", examples=["Opening"])
    nummer: Puntnummer | None = Field(
        None,
        description="Een eigen nummer, of 'geen'. Laat u het weg, dan telt lrtdocs door.",
        examples=["4.1"],
    )
    tijd: Tijd | None = Field(None, description="Hoe laat het punt aan de orde komt.")
    duur: Duur | None = Field(
        None,
        description="Hoe lang het punt duurt; een getal is in minuten.",
        examples=["15 minuten"],
    )
    inbrenger: Regel | None = Field(None, description="Wie het punt inbrengt.", examples=["VNG"])
    gasten: Regels = Field(
        (), description="Wie alleen bij dit punt aanschuiven.", examples=[["Mw. Smit (COA)"]]
    )
    doel: DoelField | None = Field(
        None,
        description="Waarvoor het punt op de agenda staat, zoals ter informatie.",
        examples=["ter bespreking"],
    )
    bijlagen: Bijlagen = Field((), description="De stukken bij dit punt.")
    toelichting: TekstField | None = Field(
        None,
        description="Tekst voor de agenda.",
        examples=["De leden stellen het verslag vast."],
    )
    verslag: TekstField | None = Field(
        None,
        description="Tekst voor het verslag: wat er is besproken.",
        examples=["Niemand heeft opmerkingen bij het verslag."],
    )
    besluiten: Besluiten = Field(
        (), description="De besluiten bij dit punt.", examples=[["Het verslag is vastgesteld."]]
    )
    stemming: Stemming | None = Field(None, description="Hoe er over dit punt is gestemd.")
    actiepunten: tuple[Actiepunt, ...] = Field((), description="De acties die zijn afgesproken.")
    vast: JaNee = Field(
        False,
        description="Ja: het punt komt elke vergadering terug; 'lrtdocs volgende' neemt het mee.",
    )
    aangehouden: JaNee = Field(
        False,
        description="Ja: het punt gaat door naar de volgende vergadering. Achter de titel in het "
        "verslag staat dan (aangehouden).",
    )
    vertrouwelijk: Vertrouwelijk = keuze(
        "Ja, of een grond zoals 5.1.2i: achter de titel staat dan (vertrouwelijk). Op de agenda en "
        "in het verslag valt niets weg; de titel blijft uit de mail, de bijlagen uit de mail en de "
        "bundel. In de openbare versie blijft van het punt alleen het nummer over.",
        default=False,
    )


class Agendapunt(Subpunt, about="Een punt op de agenda, en later in het verslag.", text="titel"):
    """An item on the agenda, and later in the minutes."""

    subpunten: tuple[Subpunt, ...] = Field((), description="De onderdelen van dit punt: 3a, 3b.")


Agendapunten = Annotated[tuple[Agendapunt, ...], AfterValidator(not_empty)]


class VolgendeVergadering(Record, about="Wanneer en waar de volgende vergadering is."):
    """The next meeting."""

    datum: Datum = Field(description="De dag van de volgende vergadering.")
    tijd: Tijd | None = Field(None, description="Hoe laat die is: een tijd, of van-tot.")
    plaats: Plaats | None = Field(None, description="Waar die is.", examples=["Den Haag"])

    def __str__(self) -> str:
        """Return all of it as one line: "18 juni 2025, 10.00 – 11.30 uur, Den Haag"."""
        parts = (dutch.format_date(self.datum), self.tijd, self.plaats)
        return ", ".join(str(part) for part in parts if part)


def _read_next(value: object) -> object:
    """Return the next meeting, or the name of its file."""
    if isinstance(value, VolgendeVergadering):
        return value
    if isinstance(value, Mapping):
        return VolgendeVergadering.model_validate(value)
    try:
        found = DATE_OR_FILE.read(value)
    except FaultError as error:
        if error.fault.key != "LRT205.geen-van-beide":
            raise
        raise FaultError("LRT205.volgende", **error.fault.fields) from error
    return (
        VolgendeVergadering.model_validate({"datum": found})
        if isinstance(found, dt.date)
        else found
    )


def _date_file_or_keys(schema: dict[str, Any]) -> None:
    keys = [one for one in schema.pop("anyOf") if "$ref" in one]
    schema["anyOf"] = [*(DATE_OR_FILE.schema or {})["anyOf"], *keys]


Volgende = Annotated[
    VolgendeVergadering | str,
    BeforeValidator(_read_next),
    Field(json_schema_extra=_date_file_or_keys),
]
"""When and where the next meeting is, or the name of its YAML file."""


class Vergadering(Record, about="Eén vergadering: hieruit komen de agenda en het verslag."):
    """A meeting."""

    overleg: Regel = Field(
        description="De naam van het overleg.", examples=["Landelijke Regietafel"]
    )
    omschrijving: Regel | None = Field(
        None, description="Waar het overleg over gaat.", examples=["Landelijke Regietafel Migratie"]
    )
    datum: Datum = Field(description="De dag van de vergadering.")
    tijd: Tijd | None = Field(None, description="Hoe laat de vergadering is: een tijd, of van-tot.")
    plaats: Plaats | None = Field(
        None, description="Waar de vergadering is.", examples=["Den Haag"]
    )
    dagtekening: Datum | None = Field(
        None,
        description="De datum van het document. Laat u hem weg, dan is het de datum van vandaag.",
    )
    dagtekening_verslag: Datum | None = Field(
        None,
        description="De datum van het verslag, als die een andere is dan de dagtekening.",
    )
    versie: Regel | None = Field(None, description="De versie van het document.", examples=["1.0"])
    versie_verslag: Regel | None = Field(
        None,
        description="De versie van het verslag, als die een andere is dan de versie.",
        examples=["1.1"],
    )
    onze_referentie: Regel | None = Field(
        None, description="Het kenmerk van het document.", examples=["LRT-2025-03"]
    )
    afzender: Regel | None = Field(
        None, description="Welke afzender uit huisstijl.yaml. Is er maar één, dan kan dit weg."
    )
    contactpersoon: Contactpersonen = Field(
        (), description="Bij wie men terecht kan: één, of een lijst van personen."
    )
    rubricering: Rubricering | None = Field(
        None,
        description="Een van de vier rubriceringen, of een eigen merking.",
        examples=["CONCEPT"],
    )
    genodigden: Deelnemers = Field(
        (),
        description="Wie er worden verwacht, of groepen van hen. Ze staan op de agenda, in plaats "
        "van aanwezig en afwezig.",
    )
    aanwezig: Deelnemers = Field((), description="Wie er zijn, of groepen van hen.")
    afwezig: Deelnemers = Field((), description="Wie er niet zijn, of groepen van hen.")
    kopie_aan: Regels = Field(
        (),
        description="Wie een kopie krijgen.",
        examples=[["Secretarissen van de provinciale regietafels"]],
    )
    bijlagen: Bijlagen = Field((), description="De stukken bij de vergadering.")
    notulist: Regel | None = Field(
        None, description="Wie het verslag maakt.", examples=["Dhr. Jansma (AenM)"]
    )
    ondertekenen: JaNee = Field(
        False, description="Ja: onder het verslag komt ruimte om te tekenen."
    )
    agendapunten: Agendapunten = Field(
        description="De punten op de agenda.", json_schema_extra={"minItems": 1}
    )
    actielijst: tuple[Actiepunt, ...] = Field(
        (),
        description="De acties van eerdere vergaderingen die nog openstaan, met hun nummer.",
    )
    laatste_actie: Regel | None = Field(
        None,
        description="Het hoogste actienummer van eerdere vergaderingen; nieuwe acties tellen "
        "verder.",
        examples=["A14"],
    )
    laatste_besluit: Regel | None = Field(
        None,
        description="Het hoogste besluitnummer van eerdere vergaderingen; nieuwe besluiten tellen "
        "verder.",
        examples=["B6"],
    )
    vorige: DatumOfBestand | None = Field(
        None,
        description="De vorige vergadering: het YAML-bestand, dat er moet zijn, of de datum. "
        "Een eigen sjabloon kan het afdrukken.",
        examples=["2024-12-18"],
    )
    volgende_vergadering: Volgende | None = Field(
        None,
        description="De volgende vergadering: de datum of het YAML-bestand, of datum, tijd en "
        "plaats.",
        examples=["2025-06-18"],
    )
    vastgesteld: Datum | None = Field(None, description="De dag waarop het verslag is vastgesteld.")
    openbaar: Openbaar | None = Field(
        None, description="Wat er in de openbare versie staat, en wat niet."
    )


Loc = tuple[int | str, ...]


def walk_punten(vergadering: Vergadering) -> Iterator[tuple[Loc, Subpunt]]:
    """Yield every item and sub-item, in order, with the keys and indexes that lead to it."""
    for index, punt in enumerate(vergadering.agendapunten):
        loc: Loc = ("agendapunten", index)
        yield loc, punt
        for below, subpunt in enumerate(punt.subpunten):
            yield (*loc, "subpunten", below), subpunt


def walk_bijlagen(vergadering: Vergadering) -> Iterator[tuple[Loc, Bijlage]]:
    """Yield every annex, first those of the whole, with the keys and indexes that lead to it."""
    whole: tuple[Loc, Vergadering | Subpunt] = ((), vergadering)
    for loc, each in (whole, *walk_punten(vergadering)):
        for index, bijlage in enumerate(each.bijlagen):
            yield (*loc, "bijlagen", index), bijlage


_LAST = re.compile(r"\d+$|(?<![^\W\d_])[A-Za-z]$")
_WHOLE = re.compile(r"\d+")


def number_items(vergadering: Vergadering) -> list[str]:
    """Return the number of every item and sub-item, in order; "" for one that has none.

    Own numbers stay. An item without one has the whole number after the one before it: 1 after 0,
    3 after 2A, 5 after 4.1; words do not count. A sub-item goes on with the last figure or letter:
    4.2 after 4.1, 3c after 3b; under an item without a number it has none.
    """
    numbers, last = [], "0"
    for punt in vergadering.agendapunten:
        own = next_number(last) if punt.nummer is None else punt.nummer
        last, below = own if counts_on(own) else last, ""
        numbers.append(own)
        for subpunt in punt.subpunten:
            number = next_below(own, below) if subpunt.nummer is None else subpunt.nummer
            below = number if counts_on(number) else below
            numbers.append(number)
    return numbers


def walk_numbered(vergadering: Vergadering) -> Iterator[tuple[str, Loc, Subpunt]]:
    """Yield every item and sub-item, in order, with its number before it and where it stands."""
    numbers = number_items(vergadering)
    for number, (loc, punt) in zip(numbers, walk_punten(vergadering), strict=True):
        yield number, loc, punt


def next_number(last: str) -> str:
    """Return the number that an item without one has, after one with the number `last`."""
    whole = _WHOLE.match(last)
    return _after(whole.group() if whole else last)


def next_below(above: str, below: str) -> str:
    """Return the number of a sub-item without one, under `above` and after `below`, if any."""
    return above and (_after(below) if below else f"{above}a")


def counts_on(number: str) -> bool:
    """Tell whether the next item counts on from `number`: not from words."""
    return _LAST.search(number) is not None


def _after(number: str) -> str:
    """Return the number after `number`, counted by its last figures or its last letter."""
    last = _LAST.findall(number)[0]
    stem = number.removesuffix(last)
    if last.isdigit():
        return f"{stem}{int(last) + 1:0{len(last)}}"
    first = ord("a" if last.islower() else "A")
    return f"{stem}{chr(first + (ord(last) - first + 1) % 26)}"


def plain_number(loc: Loc) -> str:
    """Return the number of the item at `loc` when nothing has a number of its own."""
    _, index, *below = loc
    return f"{int(index) + 1}" + (chr(ord("a") + int(below[1]) % 26) if below else "")
