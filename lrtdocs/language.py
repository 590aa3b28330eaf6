"""The language that a document is being written in: the one place that decides it.

Who fills a document, or the words of one, does so `writing` a language; whoever prints a date, an
amount or a list asks `grammar` for how that is written. What people type is always read as Dutch.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, cast

from lrtdocs import dutch, english

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from decimal import Decimal


class Taal(StrEnum):
    """A language that documents can be written in, by its code."""

    NL = "nl"
    EN = "en"

    @property
    def tag(self) -> str:
        """The language as Word and PDF name it."""
        return _TAGS[self]

    @property
    def naam(self) -> str:
        """The name of the language, in Dutch."""
        return _NAMES[self]

    @property
    def other(self) -> Taal:
        """The language that this one is not: there are two."""
        (other,) = set(Taal) - {self}
        return other


_TAGS = {Taal.NL: "nl-NL", Taal.EN: "en-GB"}
_NAMES = {Taal.NL: "Nederlands", Taal.EN: "Engels"}
NAMED: dict[str, Taal] = {
    **dict.fromkeys(("nl", "nld", "nl-nl", "nederlands", "dutch"), Taal.NL),
    **dict.fromkeys(("en", "eng", "en-gb", "engels", "english"), Taal.EN),
}
"""What people call a language."""

_DUTCH_WORDS = """
    de het een van en dat zijn voor niet wordt worden aan bij ook naar om te deze dit u uw ik wij
    met op als kan heeft
"""
_ENGLISH_WORDS = """
    the and that for with are be this these by from have has will would not to you your i on as
    can it
"""
_SMALL_WORDS = {
    Taal.NL: frozenset(_DUTCH_WORDS.split()),
    Taal.EN: frozenset(_ENGLISH_WORDS.split()),
}
"""Words that hardly a text does without, and that the other language does not have."""
_SURE = 8
"""So many of them, and as many times those of the other language, make sure."""


class Grammar(Protocol):
    """How a language writes what is no text; the modules `dutch` and `english` are two of these."""

    # ruff: noqa: D102 - told where they are made
    def format_date(self, date: dt.date) -> str: ...
    def format_date_short(self, date: dt.date) -> str: ...
    def format_time(self, time: dt.time) -> str: ...
    def format_timespan(self, start: dt.time, end: dt.time | None = None) -> str: ...
    def format_number(self, number: int | float | Decimal) -> str: ...
    def format_amount(self, amount: int | float | Decimal) -> str: ...
    def format_yes_no(self, value: bool) -> str: ...
    def spell_number(self, number: int) -> str: ...
    def join_words(self, words: Sequence[str]) -> str: ...


_GRAMMARS = {Taal.NL: cast("Grammar", dutch), Taal.EN: cast("Grammar", english)}
_WRITTEN = ContextVar("written", default=Taal.NL)


def parse_taal(text: str) -> Taal | None:
    """Return the language that `text` names by its code or in a word, or None."""
    return NAMED.get(text.strip().casefold())


def guess_taal(text: str) -> Taal | None:
    """Return the language that `text` is surely in, by its small words, or None."""
    words = re.findall(r"[a-z]+", text.lower())
    found = {taal: sum(word in small for word in words) for taal, small in _SMALL_WORDS.items()}
    best, other = sorted(found, key=lambda taal: found[taal], reverse=True)
    return best if found[best] >= _SURE and found[best] >= _SURE * found[other] else None


@contextmanager
def writing(taal: Taal) -> Iterator[None]:
    """Let what is printed inside be written in `taal`."""
    token = _WRITTEN.set(taal)
    try:
        yield
    finally:
        _WRITTEN.reset(token)


def written() -> Taal:
    """Return the language that is being written."""
    return _WRITTEN.get()


def grammar() -> Grammar:
    """Return how the language that is being written writes dates, numbers and lists."""
    return _GRAMMARS[_WRITTEN.get()]
