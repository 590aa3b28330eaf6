"""What deserves a second look in a mailing: told, never refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.kinds import KINDS, Kind, Source, kinds_of
from lrtdocs.model.remarks import Remark

if TYPE_CHECKING:
    from lrtdocs.model.mailing import Mailing

_Rule = Callable[["Mailing"], Iterator[Remark]]


def find_mailing_remarks(mailing: Mailing) -> list[Remark]:
    """Return all remarks on `mailing`, in the order of the rules."""
    return [remark for rule in _RULES for remark in rule(mailing)]


def _kind(mailing: Mailing) -> Kind | None:
    """Return the kind of letter, or None for a template of the user's own."""
    kind = KINDS.get(mailing.sjabloon)
    return kind if kind is not None and kind.source is Source.MAILING else None


def _without_subject(mailing: Mailing) -> Iterator[Remark]:
    kind = _kind(mailing)
    if kind is not None and not kind.counted and not mailing.betreft:
        yield Remark(
            "LRT235",
            ("sjabloon",),
            "De brief heeft geen onderwerp.",
            "Zet er een regel bij die begint met 'betreft: '.",
        )


def _without_signature(mailing: Mailing) -> Iterator[Remark]:
    signs = mailing.ondertekening
    if _kind(mailing) is not None and not (signs and (signs.ambt or signs.naam or signs.namens)):
        yield Remark(
            "LRT239",
            ("ondertekening" if signs else "sjabloon",),
            "Niemand ondertekent de brief.",
            "Noem bij 'ondertekening' een ambt of een naam.",
        )


def _unused(mailing: Mailing) -> Iterator[Remark]:
    kind = _kind(mailing)
    if kind is not None and not kind.counted and mailing.taakstelling:
        counted = next(other.name for other in kinds_of(Source.MAILING) if other.counted)
        yield Remark(
            "LRT236",
            ("taakstelling",),
            f"Het sjabloon '{kind.name}' drukt de taakstelling niet af.",
            f"Kies het sjabloon '{counted}', of haal het blok weg.",
        )


def _list_numbers(mailing: Mailing) -> Iterator[Remark]:
    """Pass on what reading the text gave: a list that does not begin at 1."""
    for line, column, message, remedy in mailing.tekst.remarks if mailing.tekst else ():
        yield Remark("LRT225", ("tekst",), message, remedy, line, column)


def _nothing_to_divide(mailing: Mailing) -> Iterator[Remark]:
    if mailing.taakstelling and mailing.taakstelling.totaal == 0:
        yield Remark(
            "LRT240",
            ("taakstelling", "totaal"),
            "Het landelijke aantal is 0: in elke brief komt een taakstelling van 0.",
            "Vul het aantal in, of laat het staan als u dit zo bedoelt.",
        )


def _other_date(mailing: Mailing) -> Iterator[Remark]:
    block = mailing.taakstelling
    if block and block.peildatum and block.peildatum != block.halfjaar.peildatum:
        lawful = dutch.format_date(block.halfjaar.peildatum)
        yield Remark(
            "LRT237",
            ("taakstelling", "peildatum"),
            f"Voor {block.halfjaar} gaat de wet uit van de inwoners op {lawful}.",
            "Haal 'peildatum' weg, of laat hem staan als u dit zo bedoelt.",
        )


def _nothing_adjusted(mailing: Mailing) -> Iterator[Remark]:
    adjusted = mailing.taakstelling and mailing.taakstelling.bijstelling
    if adjusted and adjusted.was == adjusted.wordt:
        yield Remark(
            "LRT238",
            ("taakstelling", "bijstelling", "wordt"),
            "De bijstelling verandert niets: 'was' en 'wordt' zijn gelijk.",
            "Kijk de twee aantallen na, of haal de bijstelling weg.",
        )


_RULES: tuple[_Rule, ...] = (
    _without_subject,
    _without_signature,
    _unused,
    _list_numbers,
    _nothing_to_divide,
    _other_date,
    _nothing_adjusted,
)
