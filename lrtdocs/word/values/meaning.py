"""Filters and tests that go by what a value means: numbers, dates and yes or no.

Jinja's own would take `€ 1.361.028,83` for 0, 9 for more than 13.000, and `nee` for true.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_environment
from jinja2 import filters as jinja_filters

from lrtdocs.messages import FaultError
from lrtdocs.model.value import Number, Value
from lrtdocs.word.values.limited_filters import calculable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment

_ASK: Any = object()


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


def _int(value: Any, default: Any = _ASK, base: int = 10) -> Any:
    """Return the whole part of a number; what is none is an error unless there is a `default`."""
    if base != 10:
        return jinja_filters.do_int(str(value), 0 if default is _ASK else default, base)
    return _convert(value, int, default)


def _float(value: Any, default: Any = _ASK) -> Any:
    """Return a number with a fraction; what is none is an error unless there is a `default`."""
    return _convert(value, float, default)


def _convert(value: Any, kind: Callable[[Any], Any], default: Any) -> Any:
    try:
        return kind(number_of(value))
    except (FaultError, ArithmeticError, ValueError):
        if default is _ASK:
            raise
        return default


def _abs(value: Any) -> Any:
    """Return a number without its sign."""
    return abs(calculable(value))


def _rank(value: Any) -> Any:
    """Return what `value` is put in order by: numbers before dates before texts."""
    meaning = meaning_of(value)
    if not isinstance(value, Value):
        return value.lower() if isinstance(value, str) else value
    if isinstance(meaning, int | Decimal) and not isinstance(meaning, bool):
        return 0, meaning
    if isinstance(meaning, dt.date):
        return 1, dt.datetime.combine(meaning, dt.time())
    return 2, value.lower()


@pass_environment
def _sort(
    environment: Environment,
    value: Iterable[Any],
    reverse: bool = False,
    case_sensitive: bool = False,
    attribute: str | int | None = None,
) -> list[Any]:
    """Put items in order, as Jinja's sort does, numbers and dates by what they are."""
    after = None if case_sensitive else _rank
    key = jinja_filters.make_multi_attrgetter(environment, attribute, postprocess=after)
    return sorted(value, key=key, reverse=reverse)


def _most(choose: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter that gives the largest or the smallest, as `choose` does."""

    @pass_environment
    def most(
        environment: Environment,
        value: Iterable[Any],
        case_sensitive: bool = False,
        attribute: str | int | None = None,
    ) -> Any:
        items = list(value)
        if not items:
            return environment.undefined("No aggregated item, sequence was empty.")
        after = None if case_sensitive else _rank
        return choose(items, key=jinja_filters.make_attrgetter(environment, attribute, after))

    return most


def _is_number(value: Any) -> bool:
    meaning = meaning_of(value)
    return isinstance(meaning, int | float | Decimal) and not isinstance(meaning, bool)


def _is_whole(value: Any) -> bool:
    return _is_number(value) and meaning_of(value) % 1 == 0 and not isinstance(value, float)


def _is_empty(value: Any) -> bool:
    """Tell whether there is nothing: `nee` and the number 0 are something in a cell."""
    return value.meaning is None if isinstance(value, Value) else not value


MEANING_FILTERS: dict[str, Callable[..., Any]] = {
    "abs": _abs,
    "float": _float,
    "int": _int,
    "max": _most(max),
    "min": _most(min),
    "sort": _sort,
}
MEANING_TESTS: dict[str, Callable[..., Any]] = {
    "boolean": lambda value: isinstance(meaning_of(value), bool),
    "divisibleby": lambda value, number: calculable(value) % calculable(number) == 0,
    "even": lambda value: calculable(value) % 2 == 0,
    "false": lambda value: meaning_of(value) is False,
    "float": lambda value: isinstance(meaning_of(value), float | Decimal),
    "integer": _is_whole,
    "leeg": _is_empty,
    "none": lambda value: meaning_of(value) is None,
    "number": _is_number,
    "odd": lambda value: calculable(value) % 2 == 1,
    "true": lambda value: meaning_of(value) is True,
}
