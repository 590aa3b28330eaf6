"""The filters of the vocabulary: datum, bedrag, opsomming, tekst, link and the rest.

They take what people have: dates, times and numbers as objects, or the text as it was typed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import Undefined

from lrtdocs import dutch, messages
from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import Tekst, TekstError, parse_address, parse_tekst
from lrtdocs.model.value import Value
from lrtdocs.word.values.values import as_text

_WITHOUT = re.compile(r"^(?:mailto|tel):")


@dataclass(frozen=True, slots=True)
class Link:
    """Something to click: an address with a scheme, and the text that is shown."""

    url: str
    text: str

    def __str__(self) -> str:
        return self.text


def datum(value: Any) -> str:
    """Print a date in full: 14 maart 2025."""
    date = _date(value)
    return dutch.format_date(date) if date else ""


def datum_kort(value: Any) -> str:
    """Print a date in figures: 14-3-2025."""
    date = _date(value)
    return dutch.format_date_short(date) if date else ""


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = _typed(value)
    if isinstance(text, Value):
        return text.date if text.strip() else None
    return dutch.parse_date(text) if text else None


def tijd(value: Any) -> str:
    """Print a time or a span of time: 10.00 uur, 10.00-11.30 uur."""
    if isinstance(value, dt.datetime):
        value = value.time()
    if isinstance(value, dt.time):
        return dutch.format_time(value)
    if isinstance(value, tuple) and value and isinstance(value[0], dt.time):
        return dutch.format_timespan(*value[:2])
    text = _typed(value)
    if not isinstance(value, str):
        return text
    return dutch.format_timespan(*dutch.parse_timespan(text)) if text else ""


def getal(value: Any) -> str:
    """Print a number: 8500, 13.000."""
    number = _number(value)
    return "" if number is None else dutch.format_number(number)


def bedrag(value: Any) -> str:
    """Print an amount: € 25.451,73."""
    number = _number(value)
    return "" if number is None else dutch.format_amount(number)


def telwoord(value: Any) -> str:
    """Print a whole number in words: twee."""
    number = _number(value)
    if number is None:
        return ""
    if number != int(number):
        raise unfit(value, "LRT311.heel_getal")
    return dutch.spell_number(int(number))


def opsomming(value: Any) -> str:
    """Print a list as one phrase: A, B en C."""
    if value is None:
        return ""
    if isinstance(value, Undefined | str | Mapping):
        return as_text(value)
    if not isinstance(value, Iterable):
        raise unfit(value, "LRT311.lijst")
    return dutch.join_words([text for item in value if (text := as_text(item)).strip()])


def hoofdletters(value: Any) -> str:
    """Print a text in capitals."""
    return as_text(value).upper()


def vast(value: Any) -> str:
    """Print a text on one line: its spaces do not break."""
    return as_text(value).replace(" ", "\u00a0")


def tekst(value: Any) -> Tekst:
    """Read the small Markdown of a text, unless that was done already."""
    if isinstance(value, Tekst):
        return value
    try:
        return parse_tekst(_typed(value))
    except TekstError as error:
        fault = error.faults[0].fault
        raise FaultError("LRT311.waarde", reason=fault.text, remedy=fault.remedy) from error


def link(value: Any, text: Any = None) -> Link | None:
    """Make an address clickable; a site without a scheme gets https://, an @ gets mailto:."""
    url = _typed(value).strip()
    if not url:
        return None
    shown = _WITHOUT.sub("", url) if text is None else as_text(text)
    try:
        return Link(parse_address(url), shown)
    except FaultError as error:
        told = {"reason": error.message, "remedy": error.remedy, "text": as_text(value)[:40]}
        raise FaultError("LRT311.waarde", **told) from error


def _typed(value: Any) -> str:
    return value if type(value) is str else as_text(value)


def _number(value: Any) -> Decimal | int | None:
    number = value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        text = _typed(value)
        if not text.strip():
            return None
        number = (text if isinstance(text, Value) else Value(text)).number
    if not abs(number) < 10**18:
        raise unfit(value, "LRT311.getal")
    return Decimal(repr(number)) if isinstance(number, float) else number


def unfit(value: Any, key: str) -> FaultError:
    """Return the error `key` for a `value` that is not what a filter needs."""
    whole = isinstance(value, list | dict | tuple)
    return FaultError(key, text=messages.text("deel.de_waarde") if whole else as_text(value)[:40])


_ALL = (
    datum,
    datum_kort,
    tijd,
    getal,
    bedrag,
    telwoord,
    opsomming,
    hoofdletters,
    vast,
    tekst,
    link,
)
FILTERS: dict[str, Callable[..., Any]] = {made.__name__: made for made in _ALL}
