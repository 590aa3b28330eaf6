"""The words of the documents of a meeting."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, cast

from lrtdocs.documents.words import Words, to_words
from lrtdocs.model.vergadering import Agendapunt, Subpunt, Vergadering, number_actiepunten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lrtdocs.kinds import Kind
    from lrtdocs.model.afzender import Afzender, Huisstijl


def _numbered(punten: Sequence[Subpunt], above: str = "") -> Iterator[tuple[str, Subpunt]]:
    """Yield `punten` with their numbers: 1, 2, 3 at the top, 3a, 3b under item 3."""
    for index, punt in enumerate(punten):
        yield (f"{above}{ascii_lowercase[index % 26]}" if above else str(index + 1)), punt


def _punt_words(punt: Subpunt, number: str) -> Words:
    words: Words = {name: to_words(getattr(punt, name)) for name in type(punt).model_fields}
    words["nummer"] = number
    if isinstance(punt, Agendapunt):
        below = _numbered(punt.subpunten, number)
        words["subpunten"] = [_punt_words(sub, own) for own, sub in below]
    return words


def _flatten(punten: Sequence[Words]) -> Iterator[Words]:
    for punt in punten:
        yield punt
        if "subpunten" in punt:
            yield from _flatten(_rows(punt, "subpunten"))


def _rows(words: Words, name: str) -> list[Words]:
    return cast("list[Words]", words[name])


def _collect_actiepunten(punten: Sequence[Words]) -> list[Words]:
    """Return all action points with the number of their item, in the order of the meeting."""
    return [
        {**actie, "agendapunt": punt["nummer"]}
        for punt in _flatten(punten)
        for actie in _rows(punt, "actiepunten")
    ]


def _collect_besluiten(punten: Sequence[Words]) -> list[Words]:
    """Return all decisions with a number of their own and that of their item."""
    found = [
        {"tekst": besluit, "agendapunt": punt["nummer"]}
        for punt in _flatten(punten)
        for besluit in _rows(punt, "besluiten")
    ]
    return [{**besluit, "nummer": f"B{number}"} for number, besluit in enumerate(found, start=1)]


def meeting_words(
    kind: Kind, vergadering: Vergadering, huisstijl: Huisstijl, afzender: Afzender, today: date
) -> Words:
    """Return the words of a `kind` of document of a meeting; `today` dates it when it does not.

    Minutes may carry a date of their own.
    """
    vergadering = number_actiepunten(vergadering)
    words: Words = {name: to_words(getattr(vergadering, name)) for name in Vergadering.model_fields}
    punten = [_punt_words(punt, number) for number, punt in _numbered(vergadering.agendapunten)]
    own = vergadering.dagtekening_verslag if kind.is_minutes else None
    return {
        **words,
        "agendapunten": punten,
        "actiepunten": _collect_actiepunten(punten),
        "besluiten": _collect_besluiten(punten),
        "afzender": to_words(afzender),
        "woordmerk": list(huisstijl.woordmerk),
        "dagtekening": own or vergadering.dagtekening or today,
        "documentsoort": kind.name,
    }
