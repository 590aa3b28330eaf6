"""The filters of the vocabulary: datum, bedrag, opsomming, tekst, link and the rest.

They take what people have: dates, times and numbers as objects, or the text as it was typed. That
is read as Dutch, and printed in the language of the document: see `language`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import Undefined

from lrtdocs import messages
from lrtdocs.language import grammar
from lrtdocs.messages import FaultError
from lrtdocs.model import value as filters
from lrtdocs.model.openbaar.gronden import MARK
from lrtdocs.model.tekst import Tekst, TekstError, parse_address, parse_tekst
from lrtdocs.word.values.values import as_text

_WITHOUT = re.compile(r"^(?:mailto|tel):")
_READ = (dt.date, dt.time, int, float, Decimal)
"""What the filters of the model read as it is, beside texts."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something to click: an address with a scheme, and the text that is shown."""

    url: str
    text: str

    def __str__(self) -> str:
        return self.text


def _of_model(plain: Callable[[object], str]) -> Callable[[Any], str]:
    """Return the filter `plain` of the model for whatever a template may hand it."""

    @wraps(plain)
    def call(value: Any) -> str:
        span = isinstance(value, tuple) and value and isinstance(value[0], dt.time)
        return plain(value if span or isinstance(value, _READ) else _typed(value))

    return call


datum = _of_model(filters.datum)
datum_kort = _of_model(filters.datum_kort)
tijd = _of_model(filters.tijd)
getal = _of_model(filters.getal)
bedrag = _of_model(filters.bedrag)
telwoord = _of_model(filters.telwoord)


def opsomming(value: Any) -> str:
    """Print a list as one phrase: A, B en C."""
    if value is None:
        return ""
    if isinstance(value, Undefined | str | Mapping):
        return as_text(value)
    if not isinstance(value, Iterable):
        raise unfit(value, "LRT311.lijst")
    return grammar().join_words([text for item in value if (text := as_text(item)).strip()])


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


def link(value: Any, text: Any = None) -> Link | str | None:
    """Make an address clickable; a site without a scheme gets https://, an @ gets mailto:.

    Of an address that is left out its mark is text.
    """
    url = _typed(value).strip()
    if not url:
        return None
    shown = _WITHOUT.sub("", url) if text is None else as_text(text)
    if MARK.search(url):
        return shown
    try:
        return Link(parse_address(url), shown)
    except FaultError as error:
        told = {"reason": error.message, "remedy": error.remedy, "text": as_text(value)[:40]}
        raise FaultError("LRT311.waarde", **told) from error


def _typed(value: Any) -> str:
    return value if type(value) is str else as_text(value)


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
