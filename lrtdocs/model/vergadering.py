"""A meeting: one file for its whole life, from the first agenda to adopted minutes."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from lrtdocs.messages import FaultError
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.velden import (
    BesluitField,
    Bestand,
    Datum,
    DatumOfBestand,
    DatumOfTekst,
    Email,
    JaNee,
    JaNeeOfDatum,
    Plaats,
    Reads,
    Regel,
    Regels,
    Rubricering,
    TekstField,
    Tijd,
    Weblink,
    also_text,
    as_decisions,
    as_list,
    not_empty,
    one_line,
    one_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# --- someone at a meeting

_TITLES = r"(?:de heer|mevrouw|mevr\.?|mw\.?|dhr\.?|hr\.)"
_TITLE = re.compile(rf"{_TITLES}\s+(?=\S)", re.IGNORECASE)
_TWO_PEOPLE = re.compile(
    rf"{_TITLES}\s.*?(?:[,;/&)]|\ben)\s*{_TITLES}\s|[^;]*[^\W\d_]{{2}};\s+[^\W\d_]", re.IGNORECASE
)
_TWO_BRACKETS = re.compile(
    r"[^()]+\([^()]*\)\s*(?:[,;/&]|en\s)"
    r"(?!\s*(?:i\.?p\.?v|namens|vervang|vanaf|tot|met|als|in plaats|mede|plv))\s*[^()]+\([^()]*\)"
)
_SHORT = re.compile(r"(?P<name>[^()]*[^()\s])(?P<brackets>(?:\s*\([^()]*\))*)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_ROLE = re.compile(
    r"(?:(?:plv|plaatsvervangend|wnd|waarnemend|vice|technisch|onafhankelijk)\.?[\s-]*)?"
    r"(?:vz\.?|voorzitter|secretaris|notulist|verslag|gastheer|gastvrouw|agendalid|toehoorder|"
    r"spreker|lid|adviseur)",
    re.IGNORECASE,
)


class Deelnemer(
    Record,
    about="Iemand die aanwezig of afwezig is. Kort: 'Mw. Faber (AenM, voorzitter)'.",
    text="naam",
):
    """Someone who was, or was not, at the meeting: `Mw. Faber (AenM, voorzitter)`, or a mapping.

    The short form is printed as it was typed: a secretariat has its own way of writing names, and
    the parts are only for those who need them (publication, tables). A mapping prints as
    "aanhef naam (organisatie, rol) (opmerking)".
    """

    aanhef: Regel | None = Field(None, description="Mw. of Dhr.", examples=["Mw.", "Dhr."])
    naam: Regel = Field(description="De naam.", examples=["Faber"])
    organisatie: Regel | None = Field(
        None, description="De organisatie of de afkorting daarvan.", examples=["AenM", "VNG"]
    )
    rol: Regel | None = Field(None, description="De rol in het overleg.", examples=["voorzitter"])
    opmerking: Regel | None = Field(
        None, description="Wat er verder bij staat.", examples=["ambtelijke vervanging"]
    )
    publiek: JaNee = Field(
        False,
        description="Ja: deze naam mag openbaar worden. Een eigen sjabloon kan ernaar vragen; "
        "verder doet lrtdocs er niets mee.",
    )
    _kort: str | None = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def _accept_short_form(
        cls, value: Any, handler: ModelWrapValidatorHandler[Deelnemer]
    ) -> Deelnemer:
        if not isinstance(value, str):
            return handler(value)
        text = " ".join(value.split())
        text = text.rstrip(" ,;") or text
        if text.count("(") != text.count(")"):
            raise FaultError("LRT213.haakje", text=text)
        if _TWO_PEOPLE.match(_BRACKET.sub(")", text)) or _TWO_BRACKETS.match(text):
            raise FaultError("LRT213.twee")
        deelnemer = handler(split_deelnemer(text))
        deelnemer._kort = text  # noqa: SLF001 - its own class fills it in
        return deelnemer

    def __str__(self) -> str:
        if self._kort is not None:
            return self._kort
        name = f"{self.aanhef} {self.naam}" if self.aanhef else self.naam
        inside = ", ".join(part for part in (self.organisatie, self.rol) if part)
        return name + "".join(f" ({part})" for part in (inside, self.opmerking) if part)


def split_deelnemer(text: str) -> dict[str, str]:
    """Return the parts of the short form `text`; what fits no pattern is a name."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return {"naam": text}
    name, comma, organisation = (part.strip() for part in match["name"].partition(","))
    parts: dict[str, str] = {"organisatie": organisation} if comma and organisation else {}
    for bracket in _BRACKET.findall(match["brackets"]):
        _add_bracket(parts, bracket.strip())
    title = _TITLE.match(name)
    if title:
        parts["aanhef"], name = title.group().strip(), name[title.end() :]
    parts["naam"] = name or text
    return {key: value for key, value in parts.items() if value}


def _add_bracket(parts: dict[str, str], bracket: str) -> None:
    """Put what stands between brackets where it belongs: organisation, role or remark."""
    first, _, rest = (part.strip() for part in bracket.partition(","))
    if "organisatie" not in parts and "rol" not in parts and not _ROLE.fullmatch(first):
        parts["organisatie"] = first
        if rest:
            parts["rol"] = rest
    elif "rol" not in parts and "opmerking" not in parts and _ROLE.fullmatch(first):
        parts["rol"] = bracket
    else:
        earlier = parts.get("opmerking")
        parts["opmerking"] = f"{earlier}, {bracket}" if earlier else bracket


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


class Contactpersoon(
    Record,
    about="Bij wie men terecht kan. Dat zijn persoonsgegevens: lrtdocs laat ze nergens weg.",
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

    def __str__(self) -> str:
        return self.titel


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
    publiek: JaNee = Field(
        True,
        description="Nee: dit besluit mag niet openbaar worden. Een eigen sjabloon kan ernaar "
        "vragen; verder doet lrtdocs er niets mee.",
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
Bijlagen = Annotated[tuple[Bijlage, ...], BeforeValidator(as_list), also_text]
Besluiten = Annotated[tuple[Besluit, ...], BeforeValidator(as_decisions), also_text]
Deelnemers = Annotated[tuple[Deelnemer, ...], BeforeValidator(as_list), also_text]


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
    vertrouwelijk: JaNee = Field(
        False,
        description="Ja: achter de titel staat dan (vertrouwelijk). Het punt valt nergens weg.",
    )


class Agendapunt(Subpunt, about="Een punt op de agenda, en later in het verslag.", text="titel"):
    """An item on the agenda, and later in the minutes."""

    subpunten: tuple[Subpunt, ...] = Field((), description="De onderdelen van dit punt: 3a, 3b.")


Agendapunten = Annotated[tuple[Agendapunt, ...], AfterValidator(not_empty)]


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
    contactpersoon: Contactpersoon | None = Field(None, description="Bij wie men terecht kan.")
    rubricering: Rubricering | None = Field(
        None,
        description="Een van de vier rubriceringen, of een eigen merking.",
        examples=["CONCEPT"],
    )
    aanwezig: Deelnemers = Field((), description="Wie er zijn.")
    afwezig: Deelnemers = Field((), description="Wie er niet zijn.")
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
    volgende_vergadering: DatumOfBestand | None = Field(
        None,
        description="De volgende vergadering: de datum of het YAML-bestand.",
        examples=["2025-06-18"],
    )
    vastgesteld: Datum | None = Field(None, description="De dag waarop het verslag is vastgesteld.")


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
        whole = _WHOLE.match(last)
        own = _after(whole.group() if whole else last) if punt.nummer is None else punt.nummer
        last, below = own if _LAST.search(own) else last, ""
        numbers.append(own)
        for subpunt in punt.subpunten:
            number = subpunt.nummer
            if number is None:
                number = own and (_after(below) if below else f"{own}a")
            below = number if _LAST.search(number) else below
            numbers.append(number)
    return numbers


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
