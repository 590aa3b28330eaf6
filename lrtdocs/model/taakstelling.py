"""The taakstelling: how many vergunninghouders each gemeente houses in a half-year.

Article 29 of the Huisvestingswet 2014: the inhabitants of the gemeente, divided by those of the
Netherlands, times the national number, rounded up. The inhabitants are the CBS numbers of 1 January
of the year before the year of the half-year. A supplied table wins over the arithmetic, and every
number in it that was computed otherwise is kept to be told. Published numbers of later years fit
other ways of rounding than the statute's, so rounding is a setting.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.schema import Record
from lrtdocs.model.velden import Datum, Getal, JaNee, Reads, Regel, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.errors import Place
    from lrtdocs.model.gemeente import Register

MOST = 18_000_000
"""No number of vergunninghouders is larger: so many people live in the Netherlands, about."""
COMPUTED = ("taakstelling", "bijstelling_was", "bijstelling_wordt")
"""What lrtdocs computes itself when no table gives it."""
STAND = ("gerealiseerd", "achterstand", "voorsprong")
"""Where a gemeente stands; also read from the recipients' sheet, but a supplied table wins."""
LISTED = ("taakstelling", "opgave", "inwoners")
"""What a recipients' sheet may say of a gemeente, and the letter never takes from it."""


# --- half-years

_HALVES = dict.fromkeys(("i", "1", "eerste", "1e"), 1)
_HALVES |= dict.fromkeys(("ii", "2", "tweede", "2e"), 2)
_HALFYEAR = re.compile(
    r"(?P<year>\d{4})\s*[-/ \u2010-\u2015]\s*(?P<half>ii?|1|2)", re.ASCII | re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"(?:de |het )?(?P<half>eerste|1e|tweede|2e) (?:halfjaar|helft)(?: van)? (?P<year>\d{4})",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Halfjaar:
    """Half a calendar year: `helft` is 1 (January to June) or 2 (July to December)."""

    jaar: int
    helft: int

    def __str__(self) -> str:
        return f"{self.jaar}-{'I' * self.helft}"

    @property
    def voluit(self) -> str:
        """The half-year in words: "de tweede helft van 2025"."""
        return f"de {('eerste', 'tweede')[self.helft - 1]} helft van {self.jaar}"

    @property
    def begin(self) -> dt.date:
        """The first day of the half-year."""
        return dt.date(self.jaar, 6 * self.helft - 5, 1)

    @property
    def einde(self) -> dt.date:
        """The last day of the half-year."""
        return dt.date(self.jaar, 6, 30) if self.helft == 1 else dt.date(self.jaar, 12, 31)

    @property
    def peildatum(self) -> dt.date:
        """The reference date of article 29: 1 January of the year before."""
        return dt.date(self.jaar - 1, 1, 1)


def parse_halfjaar(text: str) -> Halfjaar:
    """Read a half-year: "2025-II", "2025-2", "2025 II" or "tweede helft van 2025".

    Raises `FaultError` for what is not one.
    """
    text = " ".join(text.split())
    match = _HALFYEAR.fullmatch(text) or _IN_WORDS.fullmatch(text)
    if match is None or not 1900 < int(match["year"]) < 2200:
        raise FaultError("LRT232", text=text)
    return Halfjaar(int(match["year"]), _HALVES[match["half"].lower()])


HalfjaarField = Annotated[
    Halfjaar,
    Reads(
        parse_halfjaar,
        "een halfjaar, zoals 2025-II",
        Halfjaar,
        schema={
            "type": "string",
            "pattern": r"^\s*(\d{4}\s*[-/ ‐-―]\s*([Ii]{1,2}|1|2)|.*[a-z].*\d{4})\s*$",
            "examples": ["2025-I", "2025-II"],
        },
    ),
]


# --- rounding


class Afronding(StrEnum):
    """How a share is made into a whole number; rounding up is the statute's."""

    NAAR_BOVEN = "naar boven"
    REKENKUNDIG = "rekenkundig"
    GROOTSTE_REST = "grootste rest"


def divide(
    total: int, inwoners: Mapping[str, int], nationaal: int, afronding: Afronding
) -> dict[str, int]:
    """Return the share of each gemeente in `total`, by code, in the order of `inwoners`.

    The exact share is inwoners * total / nationaal. Rounded up, it is never below that; rounded
    half up, never more than a half away; by largest remainder the shares add up to `total`: what is
    left after rounding down goes, one each, to the largest remainders, and among equal remainders
    to the most inhabitants, and then to the lowest code.

    Raises ValueError for negative numbers, and for the largest remainder if `inwoners` do not add
    up to `nationaal`: the shares then have no sum to come out at.
    """
    if total < 0 or nationaal <= 0 or any(number < 0 for number in inwoners.values()):
        raise ValueError("total and inhabitants are not negative, nationaal is positive")
    if afronding is Afronding.NAAR_BOVEN:
        return {code: -(-number * total // nationaal) for code, number in inwoners.items()}
    if afronding is Afronding.REKENKUNDIG:
        return {
            code: (2 * number * total + nationaal) // (2 * nationaal)
            for code, number in inwoners.items()
        }
    return _divide_by_remainder(total, inwoners, nationaal)


def _divide_by_remainder(total: int, inwoners: Mapping[str, int], nationaal: int) -> dict[str, int]:
    if sum(inwoners.values()) != nationaal:
        raise ValueError("the inhabitants do not add up to nationaal")
    shares = {code: number * total // nationaal for code, number in inwoners.items()}
    left = total - sum(shares.values())
    order = sorted(
        inwoners,
        key=lambda code: (-(inwoners[code] * total % nationaal), -inwoners[code], code),
    )
    for code in order[:left]:
        shares[code] += 1
    return shares


AfrondingField = Annotated[
    Afronding,
    one_of(
        Afronding,
        {
            "omhoog": Afronding.NAAR_BOVEN,
            "boven": Afronding.NAAR_BOVEN,
            "gewoon": Afronding.REKENKUNDIG,
            "grootste resten": Afronding.GROOTSTE_REST,
        },
    ),
]


# --- what a mailing says of it


def bound_aantal(number: int) -> int:
    """Return `number`, unless there are not that many people; then raise `FaultError`."""
    if number > MOST:
        raise FaultError("deel.meer_dan_mensen", number=dutch.format_number(number))
    return number


def _aantal(number: int) -> int:
    try:
        return bound_aantal(number)
    except FaultError as error:
        limit = dutch.format_number(MOST)
        raise FaultError(
            "LRT233.veel", reason=error.message, limit=limit, remedy=error.remedy
        ) from error


Aantal = Annotated[Getal, AfterValidator(_aantal)]
"""A number of people in the Netherlands."""


class Bijstelling(Record, about="De bijstelling van een halfjaar dat al loopt."):
    """An adjustment of a half-year that already runs."""

    halfjaar: HalfjaarField = Field(
        description="Het halfjaar waarvan het aantal verandert.", examples=["2025-I"]
    )
    was: Aantal = Field(
        description="Het landelijke aantal zoals het eerder is bekendgemaakt.", examples=["17.700"]
    )
    wordt: Aantal = Field(description="Het landelijke aantal dat het wordt.", examples=["15.000"])


class Taakstelling(
    Record, about="Het landelijke aantal, en hoe het over de gemeenten wordt verdeeld."
):
    """The national number of a half-year, and how it is divided."""

    halfjaar: HalfjaarField = Field(
        description="Het halfjaar waarvoor de taakstelling geldt.", examples=["2025-II"]
    )
    totaal: Aantal = Field(
        description="Het landelijke aantal vergunninghouders.", examples=["13.000"]
    )
    peildatum: Datum | None = Field(
        None,
        description="De datum van de inwoneraantallen. "
        "Laat u hem weg, dan is het 1 januari van het jaar ervoor, zoals in de wet.",
    )
    afronding: AfrondingField = Field(
        Afronding.NAAR_BOVEN,
        description="Hoe er wordt afgerond. Naar boven is wat de wet zegt.",
    )
    bijstelling: Bijstelling | None = Field(
        None, description="De bijstelling van een halfjaar dat al loopt."
    )
    tabel: Regel | None = Field(
        None,
        description="Een bestand met de aantallen per gemeente. "
        "Die gaan voor op wat lrtdocs uitrekent.",
        examples=["bijlage-a.xlsx"],
    )
    bijlage_a: JaNee = Field(
        False, description="Ja: bij elke brief komt de tabel met de aantallen van alle gemeenten."
    )

    @field_validator("bijstelling")
    @classmethod
    def _of_an_earlier_halfyear(
        cls, value: Bijstelling | None, info: ValidationInfo
    ) -> Bijstelling | None:
        own = info.data.get("halfjaar")
        if value is not None and own is not None and value.halfjaar >= own:
            refusal = FaultError("LRT234", halfjaar=str(value.halfjaar), own=str(own))
            error = InitErrorDetails(
                type="value_error", loc=("halfjaar",), input=value, ctx={"error": refusal}
            )
            raise ValidationError.from_exception_data(cls.__name__, [error])
        return value


def stand_of(values: Mapping[str, object]) -> dict[str, int]:
    """Return the numbers among `values`, those of a recipient, that say where a gemeente stands."""
    told = {name: values[name] for name in STAND if name in values}
    meant = {name: getattr(value, "meaning", value) for name, value in told.items()}
    return {name: number for name, number in meant.items() if type(number) is int}


# --- the division


@dataclass(frozen=True, slots=True)
class Tabelrij:
    """What a supplied table says of one gemeente, by the names of `Toedeling`, and where.

    `plaatsen` are the places of the numbers.
    """

    code: str
    numbers: Mapping[str, int]
    plaats: Place | None = None
    plaatsen: Mapping[str, Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Toedeling:
    """What one gemeente is given: `taakstelling` counts, `berekend` is what lrtdocs computed.

    The exact share is the fraction `teller` / `noemer`. `plaats` is its row in a supplied table.
    """

    code: str
    naam: str
    provincie: str
    inwoners: int
    teller: int
    noemer: int
    taakstelling: int
    berekend: int
    bijstelling_was: int | None = None
    bijstelling_wordt: int | None = None
    gerealiseerd: int | None = None
    achterstand: int | None = None
    voorsprong: int | None = None
    plaats: Place | None = None

    @property
    def quotum(self) -> Decimal:
        """The exact share, rounded half up to two decimals."""
        hundredths = (200 * self.teller + self.noemer) // (2 * self.noemer)
        return Decimal(hundredths).scaleb(-2)

    @property
    def opgave(self) -> int | None:
        """Taakstelling + achterstand - voorsprong; None if neither is given."""
        if self.achterstand is None and self.voorsprong is None:
            return None
        return self.taakstelling + (self.achterstand or 0) - (self.voorsprong or 0)

    def add_stand(self, values: Mapping[str, int | None]) -> Toedeling:
        """Return this row with the `STAND` in `values`, where the table had not given it."""
        told: dict[str, Any] = {
            name: values[name]
            for name in STAND
            if getattr(self, name) is None and values.get(name) is not None
        }
        return replace(self, **told) if told else self


@dataclass(frozen=True, slots=True)
class Afwijking:
    """A number that a supplied table gives and lrtdocs computes otherwise; `kolom` is its name."""

    code: str
    naam: str
    kolom: str
    tabel: int
    berekend: int
    plaats: Place | None


@dataclass(frozen=True, slots=True)
class Verdeling:
    """The whole division: `rijen` by code, in the order of the register.

    `verschillen` are all numbers of the supplied table that are not the computed ones.
    """

    taakstelling: Taakstelling
    peildatum: dt.date
    nationaal: int
    rijen: Mapping[str, Toedeling]
    verschillen: tuple[Afwijking, ...] = ()

    @property
    def som(self) -> int:
        """The sum of what the gemeenten are given."""
        return sum(rij.taakstelling for rij in self.rijen.values())

    @property
    def verschil(self) -> int:
        """The sum minus the national number: what rounding added."""
        return self.som - self.taakstelling.totaal

    @property
    def afwijkingen(self) -> list[Toedeling]:
        """The rows in which the supplied number is not the computed one."""
        return [rij for rij in self.rijen.values() if rij.taakstelling != rij.berekend]


class UnknownPeildatumError(LookupError):
    """The register has no inhabitants for the reference date that `halfjaar` asks for."""

    def __init__(self, peildatum: dt.date) -> None:
        super().__init__(peildatum)
        self.peildatum = peildatum

    def __str__(self) -> str:
        return f"no inhabitants on {self.peildatum.isoformat()}"


def make_verdeling(
    taakstelling: Taakstelling, register: Register, tabel: Mapping[str, Tabelrij] | None = None
) -> Verdeling:
    """Divide the national number over the gemeenten of `register`; numbers of `tabel` win.

    Raises UnknownPeildatumError if the register does not know a reference date that is needed.
    """
    date = taakstelling.peildatum or taakstelling.halfjaar.peildatum
    computed = _computed(taakstelling.totaal, register, date, taakstelling.afronding)
    adjusted = _adjusted(taakstelling, register)
    nationaal = register.nationaal[date]
    rijen: dict[str, Toedeling] = {}
    found: list[Afwijking] = []
    for gemeente in register.on(date):
        code, number = gemeente.code, gemeente.inwoners[date]
        rij = Toedeling(
            code,
            gemeente.naam,
            gemeente.provincie,
            number,
            teller=number * taakstelling.totaal,
            noemer=nationaal,
            taakstelling=computed[code],
            berekend=computed[code],
            **adjusted.get(code, {}),
        )
        rijen[code] = _overrule(rij, tabel.get(code) if tabel else None, found)
    return Verdeling(taakstelling, date, nationaal, rijen, tuple(found))


def _computed(
    total: int, register: Register, date: dt.date, afronding: Afronding
) -> dict[str, int]:
    nationaal = register.nationaal.get(date)
    if nationaal is None:
        raise UnknownPeildatumError(date)
    inwoners = {gemeente.code: gemeente.inwoners[date] for gemeente in register.on(date)}
    return divide(total, inwoners, nationaal, afronding)


def _adjusted(taakstelling: Taakstelling, register: Register) -> dict[str, dict[str, Any]]:
    """Return the adjustment of each gemeente, by code, with the inhabitants of that half-year."""
    bijstelling = taakstelling.bijstelling
    if bijstelling is None:
        return {}
    date = bijstelling.halfjaar.peildatum
    was = _computed(bijstelling.was, register, date, taakstelling.afronding)
    wordt = _computed(bijstelling.wordt, register, date, taakstelling.afronding)
    return {code: {"bijstelling_was": was[code], "bijstelling_wordt": wordt[code]} for code in was}


def _overrule(rij: Toedeling, supplied: Tabelrij | None, found: list[Afwijking]) -> Toedeling:
    """Return `rij` with every number of the table; those computed otherwise go to `found`."""
    if supplied is None:
        return rij
    numbers: dict[str, Any] = dict(supplied.numbers)
    for kolom in (kolom for kolom in COMPUTED if kolom in numbers):
        berekend, tabel = getattr(rij, kolom), numbers[kolom]
        if berekend is not None and berekend != tabel:
            place = supplied.plaatsen.get(kolom, supplied.plaats)
            found.append(Afwijking(rij.code, rij.naam, kolom, tabel, berekend, place))
    return replace(rij, **numbers, plaats=supplied.plaats)
