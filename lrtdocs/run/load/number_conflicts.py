"""Numbers in the list of recipients, held against those that the letters will tell.

The letter tells what lrtdocs computed or what the supplied table gives; of the list only the
columns `STAND` go into it, and only where the table leaves them open. What the list says otherwise
is told, never used in silence and never lost in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.messages import FaultError
from lrtdocs.model.taakstelling import LISTED, STAND, parse_aantal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.model.taakstelling import Toedeling
    from lrtdocs.source.sheet import Table

_CALLED = {
    "taakstelling": "de taakstelling",
    "inwoners": "het aantal inwoners",
    "opgave": "de opgave",
}
_OPPOSITE = {"achterstand": "voorsprong", "voorsprong": "achterstand"}


def find_differences(
    ontvanger: Ontvanger, rij: Toedeling, stand: Mapping[str, int], table: Table | None
) -> Iterator[Problem]:
    """Yield a warning for every number of `ontvanger` in `table` that its letter tells otherwise.

    `rij` is what the division gives the gemeente, `stand` what the list says of where it stands.
    """
    if table is None:
        return
    for name in STAND:
        if name in stand:
            yield from _check_stand(name, stand[name], rij, _place(ontvanger, table, name))
    whole = rij.add_stand(stand)
    for name in LISTED:
        text = ontvanger.extra.get(name, "").strip()
        told = getattr(whole, name)
        if text and _number(text) != told:
            yield _not_used(_place(ontvanger, table, name), name, text, told, rij)


def _place(ontvanger: Ontvanger, table: Table, name: str) -> Place:
    return table.place_in(ontvanger.plaats_in_bestand, name)


def _number(text: str) -> int | None:
    try:
        return parse_aantal(text)
    except FaultError:
        return None


def _check_stand(name: str, listed: int, rij: Toedeling, place: Place) -> Iterator[Problem]:
    number, supplied = dutch.format_number, getattr(rij, name)
    opposite = _OPPOSITE.get(name)
    beside = getattr(rij, opposite) if opposite else None
    if supplied is not None and supplied != listed:
        yield _conflict(
            place,
            f"{rij.naam}: {name} is in de lijst {number(listed)}, maar in de tabel "
            f"{number(supplied)} ({rij.plaats}).",
            "De tabel gaat voor. Kijk na welk aantal klopt, en verbeter het andere.",
        )
    elif supplied is None and listed and beside:
        yield _conflict(
            place,
            f"{rij.naam}: in de lijst staat {name} {number(listed)}, en in de tabel {opposite} "
            f"{number(beside)} ({rij.plaats}). In de brief komen ze allebei.",
            "Kijk na welke van de twee klopt, en haal de andere weg.",
        )


def _conflict(place: Place, message: str, remedy: str) -> Problem:
    return Problem("LRT653", place, message, remedy=remedy, severity=Severity.WARNING)


def _not_used(place: Place, name: str, text: str, told: int | None, rij: Toedeling) -> Problem:
    says = f"staat {dutch.format_number(told)}" if told is not None else "komt er geen"
    remedy = "Kijk na welk aantal klopt. Het aantal uit de lijst komt niet in de brief."
    if name == "taakstelling":
        remedy += " Moet dat wel, noem het bestand dan in het blok 'taakstelling' bij 'tabel'."
    if name == "opgave":
        remedy = "lrtdocs rekent de opgave uit: taakstelling + achterstand - voorsprong. " + remedy
    return Problem(
        "LRT654",
        place,
        f"{rij.naam}: {_CALLED[name]} is in de lijst {text}; in de brief {says}.",
        found=text,
        remedy=remedy,
        severity=Severity.WARNING,
    )
