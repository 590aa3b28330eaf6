"""Half-years: what a taakstelling is for, written 2025-II."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from lrtdocs.model.velden import refuse, refuse_shape

_HALVES = {"i": 1, "1": 1, "ii": 2, "2": 2}
_ORDINALS = {"eerste": 1, "1e": 1, "tweede": 2, "2e": 2}
_HALFYEAR = re.compile(r"(\d{4})\s*[-/ \u2010-\u2015]\s*(ii?|1|2)", re.ASCII | re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(?:de |het )?(eerste|1e|tweede|2e) (?:halfjaar|helft)(?: van)? (\d{4})",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Halfjaar:
    """Half a calendar year: `helft` is 1 (January to June) or 2 (July to December)."""

    jaar: int
    helft: int

    def __str__(self) -> str:
        return f"{self.jaar}-{'I' * self.helft}"

    @property
    def voluit(self) -> str:
        """The half-year in words: "de tweede helft van 2025"."""
        return f"de {('eerste', 'tweede')[self.helft - 1]} helft van {self.jaar}"

    @property
    def begin(self) -> dt.date:
        """The first day of the half-year."""
        return dt.date(self.jaar, 6 * self.helft - 5, 1)

    @property
    def peildatum(self) -> dt.date:
        """The reference date of article 29: 1 January of the year before."""
        return dt.date(self.jaar - 1, 1, 1)


def parse_halfjaar(text: str) -> Halfjaar:
    """Read a half-year: "2025-II", "2025-2", "2025 II" or "tweede helft van 2025".

    Raises PydanticCustomError, in Dutch, for what is not one.
    """
    text = " ".join(text.split())
    if match := _HALFYEAR.fullmatch(text):
        year, half = int(match[1]), _HALVES[match[2].lower()]
    elif match := _IN_WORDS.fullmatch(text):
        year, half = int(match[2]), _ORDINALS[match[1].lower()]
    else:
        year, half = 0, 0
    if not 1900 < year < 2200:
        raise refuse("LRT232", text=text)
    return Halfjaar(year, half)


def _halfjaar(value: object) -> Halfjaar:
    if isinstance(value, Halfjaar):
        return value
    if not isinstance(value, str):
        raise refuse_shape("een halfjaar, zoals 2025-II")
    return parse_halfjaar(value)


HalfjaarField = Annotated[
    Halfjaar,
    PlainValidator(_halfjaar),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\s*(\d{4}\s*[-/ ‐-―]\s*([Ii]{1,2}|1|2)|.*[a-z].*\d{4})\s*$",
            "examples": ["2025-I", "2025-II"],
        }
    ),
]
