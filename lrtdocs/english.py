"""Dates, times, amounts and lists, written in English; pure, the same on every machine.

Only written: what people type is read as Dutch (`dutch`), in whatever language its letter is.
The forms are those of British English in CLDR, written down here and compared with Babel by the
tests, and those of the style guide of the European Commission, which agree: "14 March 2025",
"14/03/2025", "8,500" and "€25,451.73" with nothing behind the sign, hours of a clock of 24, and no
comma before "and".
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TO_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def format_date(date: dt.date) -> str:
    """Write a date in full: 14 March 2025."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def format_date_short(date: dt.date) -> str:
    """Write a date in figures: 14/03/2025."""
    return f"{date.day:02}/{date.month:02}/{date.year}"


def format_time(time: dt.time) -> str:
    """Write a time: 10:00, 09:30."""
    return f"{time.hour:02}:{time.minute:02}"


def format_timespan(start: dt.time, end: dt.time | None = None) -> str:
    """Write a span of time: 10:00 to 11:30; without `end` the time alone."""
    return format_time(start) if end is None else f"{format_time(start)} to {format_time(end)}"


def format_number(number: int | float | Decimal) -> str:
    """Write a number with a decimal point, and commas for thousands."""
    return f"{number:,}" if isinstance(number, int) else f"{Decimal(str(number)):,f}"


def format_amount(amount: int | float | Decimal) -> str:
    """Write an amount in euros: €25,451.73; half cents round up."""
    value = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'-' if value < 0 else ''}€{abs(value):,.2f}"


def spell_number(number: int) -> str:
    """Write a whole number in words up to a hundred thousand; beyond that in figures."""
    if number < 0:
        return f"minus {spell_number(-number)}"
    return _spell(number) if number < 100_000 else format_number(number)


def _spell(number: int) -> str:
    if number < 20:
        return _TO_TWENTY[number]
    if number < 100:
        ten, unit = divmod(number, 10)
        return _TENS[ten - 2] + (f"-{_TO_TWENTY[unit]}" if unit else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_TO_TWENTY[hundreds]} hundred" + (f" and {_spell(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    between = " and " if rest < 100 else " "
    return f"{_spell(thousands)} thousand" + (between + _spell(rest) if rest else "")


def format_yes_no(value: bool) -> str:
    """Write "yes" or "no"."""
    return "yes" if value else "no"


def join_words(words: Sequence[str]) -> str:
    """Join `words` into one phrase: "A, B and C"."""
    *others, last = map(str, words) if words else ("",)
    return f"{', '.join(others)} and {last}" if others else last
