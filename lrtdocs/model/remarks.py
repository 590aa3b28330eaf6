"""What deserves a second look in a meeting or a mailing: told, never refused.

Remarks know keys and indexes, not lines: whoever read the file turns `loc` into a place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import dutch
from lrtdocs.kinds import KINDS, Kind, Source, kinds_of
from lrtdocs.messages import Fault
from lrtdocs.model.namen import judge_aanhef
from lrtdocs.model.vergadering import Loc, Vergadering, walk_punten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.tekst import Tekst

_DECISION = r"(?i)\b(?:besloten|ingestemd|akkoord gegaan|besluit(?=\s+(?:om|dat|tot)\b))\b"


class Remark(NamedTuple):
    """Something to look at: `line` and `column` count from 0 within the value at `loc`."""

    fault: Fault
    loc: Loc
    line: int = 0
    column: int = 0


def remark(key: str, loc: Loc, **fields: object) -> Remark:
    """Return the remark on the value at `loc` that the message `key` makes."""
    return Remark(Fault(key, fields), loc)


def find_remarks(model: object, kind: str = "") -> list[Remark]:
    """Return all remarks on `model`, a meeting or a mailing, in the order of the rules.

    Those on minutes only if a document of that `kind` is made.
    """
    rules: tuple[Callable[[Any], Iterator[Remark]], ...] = ()
    if isinstance(model, Vergadering):
        minutes = kind in KINDS and KINDS[kind].is_minutes
        rules = _OF_MEETING + (_OF_MINUTES if minutes else ())
    else:
        from lrtdocs.model.mailing import Mailing  # a meeting does without

        rules = _OF_MAILING if isinstance(model, Mailing) else ()
    return [remark for rule in rules for remark in rule(model)]


# --- a meeting


def _present_and_absent(vergadering: Vergadering) -> Iterator[Remark]:
    present = {_person(str(deelnemer)) for deelnemer in vergadering.aanwezig}
    present |= {_identity(d.naam, d.organisatie) for d in vergadering.aanwezig}
    for index, deelnemer in enumerate(vergadering.afwezig):
        identity = _identity(deelnemer.naam, deelnemer.organisatie)
        if identity in present or _person(str(deelnemer)) in present:
            yield remark("LRT221", ("afwezig", index), name=deelnemer.naam)


def _identity(name: str, organisation: str | None) -> str:
    return f"{_person(name)} @ {_person(organisation or '')}"


def _person(text: str) -> str:
    return " ".join(text.casefold().split())


def _doubled_numbers(vergadering: Vergadering) -> Iterator[Remark]:
    numbers = [
        ((*loc, "actiepunten", index, "nummer"), actie.nummer)
        for loc, punt in walk_punten(vergadering)
        for index, actie in enumerate(punt.actiepunten)
        if actie.nummer
    ]
    seen: set[str] = set()
    for loc, number in numbers:
        if number in seen:
            yield remark("LRT226", loc, number=number)
        seen.add(number)


def _list_numbers(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, punt in walk_punten(vergadering):
        for name in ("toelichting", "verslag"):
            yield from _of_tekst(getattr(punt, name), (*loc, name))
        for index, besluit in enumerate(punt.besluiten):
            yield from _of_tekst(besluit, (*loc, "besluiten", index))


def _of_tekst(tekst: Tekst | None, loc: Loc) -> Iterator[Remark]:
    """Pass on what reading a text gave: a list that does not begin at 1."""
    for line, column, fault in tekst.remarks if tekst else ():
        yield Remark(fault, loc, line, column)


def _dated_before(vergadering: Vergadering) -> Iterator[Remark]:
    own = vergadering.dagtekening_verslag
    dated = own or vergadering.dagtekening
    if dated is not None and dated < vergadering.datum:
        yield remark(
            "LRT222",
            ("dagtekening_verslag" if own else "dagtekening",),
            dated=dutch.format_date(dated),
            day=dutch.format_date(vergadering.datum),
        )


def _without_text(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, punt in walk_punten(vergadering):
        below = getattr(punt, "subpunten", ())
        if not (punt.verslag or punt.besluiten or punt.actiepunten or below):
            yield remark("LRT223", (*loc, "titel"), title=punt.titel)


def _decision_words(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, punt in walk_punten(vergadering):
        if punt.verslag is None or punt.besluiten:
            continue
        for line, row in enumerate(punt.verslag.source.split("\n")):
            match = re.search(_DECISION, row)
            if match:
                fault = Fault("LRT224", {"word": match.group()})
                yield Remark(fault, (*loc, "verslag"), line, match.start())
                break


# --- a mailing


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


def _list_number(mailing: Mailing) -> Iterator[Remark]:
    return _of_tekst(mailing.tekst, ("tekst",))


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


def _salutation(mailing: Mailing) -> Iterator[Remark]:
    key = judge_aanhef(mailing.aanhef) if mailing.aanhef else None
    if key is not None:
        yield remark(key, ("aanhef",), text=mailing.aanhef)


_OF_MEETING = (_present_and_absent, _doubled_numbers, _list_numbers)
_OF_MINUTES = (_dated_before, _without_text, _decision_words)
_OF_MAILING = (
    *(_without_subject, _without_signature, _unused, _list_number),
    *(_nothing_to_divide, _other_date, _nothing_adjusted, _salutation),
)
