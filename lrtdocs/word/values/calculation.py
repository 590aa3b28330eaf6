"""Calculating with values: what counts as a number, and how large one may become."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from jinja2 import Undefined

from lrtdocs.messages import FaultError
from lrtdocs.model.value import Number, Value

NUMBER_LIMIT = 10**15


def too_big() -> FaultError:
    """Return the error for a number or a text that grows out of hand."""
    return FaultError("LRT312.uitkomst")


def calculable(value: Any) -> Any:
    """Return the number to calculate with that `value` is; raise FaultError if it is none.

    A text that a template makes is none; a value from a cell or a file may mean one.
    """
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, Value):
        value = value.number
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise FaultError("LRT311.rekenen", text=_shown(value))
    if isinstance(value, float) and not math.isfinite(value):
        raise too_big()
    if not -NUMBER_LIMIT <= value <= NUMBER_LIMIT:
        raise too_big()
    return value


def level(*numbers: Any) -> list[Any]:
    """Return `numbers` as Python calculates with them: beside decimals all by their figures."""
    decimal = any(isinstance(number, Decimal) for number in numbers)
    return [Decimal(repr(n)) if decimal and isinstance(n, float) else n for n in numbers]


def outcome(result: Any) -> Any:
    """Return what a calculation gives: a whole number, or a fraction as a template writes one."""
    if isinstance(result, Decimal):
        result = int(result) if result == result.to_integral_value() else float(result)
    return calculable(result)


def _shown(value: object) -> str:
    text = str(value)
    return f"'{text[:40]}{'…' if len(text) > 40 else ''}'"


def meaning_of(value: Any) -> Any:
    """Return what `value` means, where it is a text with a meaning; else the value itself."""
    return value.meaning if isinstance(value, Value) else value


def number_of(value: Any) -> Number | float:
    """Return the number that `value` is or says; raise `FaultError` if it is none."""
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, int | float | Decimal):
        return value
    return (
        value if isinstance(value, Value) else Value("" if value is None else str(value))
    ).number


def is_number(value: Any) -> bool:
    """Tell whether `value` is a number, or a text that means one."""
    meaning = meaning_of(value)
    return isinstance(meaning, int | float | Decimal) and not isinstance(meaning, bool)
