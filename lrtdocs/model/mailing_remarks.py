"""What deserves a second look in a mailing: told, never refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.kinds import KINDS, Kind, Source, kinds_of
from lrtdocs.model.remarks import Remark, remark

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
        yield remark("LRT235", ("sjabloon",))


def _without_signature(mailing: Mailing) -> Iterator[Remark]:
    signs = mailing.ondertekening
    if _kind(mailing) is not None and not (signs and (signs.ambt or signs.naam or signs.namens)):
        yield remark("LRT239", ("ondertekening" if signs else "sjabloon",))


def _unused(mailing: Mailing) -> Iterator[Remark]:
    kind = _kind(mailing)
    if kind is not None and not kind.counted and mailing.taakstelling:
        counted = next(other.name for other in kinds_of(Source.MAILING) if other.counted)
        yield remark("LRT236", ("taakstelling",), kind=kind.name, counted=counted)


def _list_numbers(mailing: Mailing) -> Iterator[Remark]:
    """Pass on what reading the text gave: a list that does not begin at 1."""
    for line, column, fault in mailing.tekst.remarks if mailing.tekst else ():
        yield Remark(fault, ("tekst",), line, column)


def _nothing_to_divide(mailing: Mailing) -> Iterator[Remark]:
    if mailing.taakstelling and mailing.taakstelling.totaal == 0:
        yield remark("LRT240", ("taakstelling", "totaal"))


def _other_date(mailing: Mailing) -> Iterator[Remark]:
    block = mailing.taakstelling
    if block and block.peildatum and block.peildatum != block.halfjaar.peildatum:
        yield remark(
            "LRT237",
            ("taakstelling", "peildatum"),
            halfjaar=block.halfjaar,
            lawful=dutch.format_date(block.halfjaar.peildatum),
        )


def _nothing_adjusted(mailing: Mailing) -> Iterator[Remark]:
    adjusted = mailing.taakstelling and mailing.taakstelling.bijstelling
    if adjusted and adjusted.was == adjusted.wordt:
        yield remark("LRT238", ("taakstelling", "bijstelling", "wordt"))


_RULES: tuple[_Rule, ...] = (
    _without_subject,
    _without_signature,
    _unused,
    _list_numbers,
    _nothing_to_divide,
    _other_date,
    _nothing_adjusted,
)
