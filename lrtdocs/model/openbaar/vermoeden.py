"""One suspicion: what seems to stand in a text, where, and by which rule."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Soort(StrEnum):
    """The kinds of what may have been missed, as a person says them."""

    WEGGELATEN = "de naam van iemand die is weggelaten"
    NAAM = "de naam van een persoon"
    MAIL = "een mailadres"
    TELEFOON = "een telefoonnummer"
    BSN = "een burgerservicenummer (BSN)"
    IBAN = "een rekeningnummer (IBAN)"
    ADRES = "een postcode met huisnummer"
    KENTEKEN = "een kenteken"


class Vermoeden(NamedTuple):
    """That from `start` to `end` a text holds something of this `soort`, by the rule `regel`."""

    soort: Soort
    start: int
    end: int
    regel: str
