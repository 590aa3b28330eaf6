"""What deserves a second look in a meeting: told, never refused.

Remarks know keys and indexes, not lines: whoever read the file turns `loc` into a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lrtdocs import dutch
from lrtdocs.kinds import KINDS
from lrtdocs.messages import Fault
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.vergadering import Loc, Vergadering, walk_punten

_DECISION = re.compile(
    r"\b(?:besloten|ingestemd|akkoord gegaan|besluit(?=\s+(?:om|dat|tot)\b))\b", re.IGNORECASE
)


class Remark(NamedTuple):
    """Something to look at: `line` and `column` count from 0 within the value at `loc`."""

    fault: Fault
    loc: Loc
    line: int = 0
    column: int = 0


def remark(key: str, loc: Loc, **fields: object) -> Remark:
    """Return the remark on the value at `loc` that the message `key` makes."""
    return Remark(Fault(key, fields), loc)


_Rule = Callable[[Vergadering], Iterator[Remark]]


def find_remarks(vergadering: Vergadering, kind: str) -> list[Remark]:
    """Return all remarks on `vergadering`; those on minutes only if `kind` is one."""
    minutes = kind in KINDS and KINDS[kind].is_minutes
    rules = _ALWAYS + (_IN_MINUTES if minutes else ())
    return [remark for rule in rules for remark in rule(vergadering)]


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
    """Pass on what reading the texts gave: a list that does not begin at 1."""
    for loc, tekst in _walk_teksten(vergadering):
        for line, column, fault in tekst.remarks:
            yield Remark(fault, loc, line, column)


def _walk_teksten(vergadering: Vergadering) -> Iterator[tuple[Loc, Tekst]]:
    for loc, punt in walk_punten(vergadering):
        for name in ("toelichting", "verslag"):
            tekst = getattr(punt, name)
            if isinstance(tekst, Tekst):
                yield (*loc, name), tekst
        for index, besluit in enumerate(punt.besluiten):
            yield (*loc, "besluiten", index), besluit


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
            match = _DECISION.search(row)
            if match:
                fault = Fault("LRT224", {"word": match.group()})
                yield Remark(fault, (*loc, "verslag"), line, match.start())
                break


_ALWAYS: tuple[_Rule, ...] = (_present_and_absent, _doubled_numbers, _list_numbers)
_IN_MINUTES: tuple[_Rule, ...] = (_dated_before, _without_text, _decision_words)
