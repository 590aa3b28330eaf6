"""Jinja's own filters and tests, as a template has them: limited, and by what a value means.

Each filter on its own is harmless, but `'aaa…' | replace | list | map('replace', …)` is not. So a
filter that makes text books it with the document's budget, and one that goes through a list watches
the clock. And Jinja's own would take `€ 1.361.028,83` for 0, 9 for more than 13.000, and `nee` for
true.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_context, pass_environment
from jinja2 import filters as jinja_filters

from lrtdocs.messages import FaultError
from lrtdocs.model.value import NOTHING, Number, Value
from lrtdocs.word.values.context import budget_of
from lrtdocs.word.values.values import as_text

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

NUMBER_LIMIT = 10**15
TEXT_LIMIT = 1 << 18
"""The longest text one operation may make."""
_LETTERS_LIMIT = 10_000
_ROW_LIMIT = 1000
_ASK: Any = object()

WATCHED = frozenset(
    [
        *("batch", "groupby", "join", "list", "map", "max", "min", "reject", "rejectattr"),
        *("select", "selectattr", "slice", "sort", "sum", "unique"),
    ]
)
"""The filters that go through a list: what they are given passes `_watch` first."""
MAPPED = frozenset(
    [
        *("abs", "bedrag", "capitalize", "count", "d", "datum", "datum_kort", "default", "first"),
        *("float", "getal", "hoofdletters", "int", "items", "last", "length", "lower", "round"),
        *("string", "telwoord", "tijd", "title", "trim", "truncate", "upper", "wordcount"),
    ]
)
"""The filters that `map` may call: none makes more than it is given."""
SAFE_FILTERS = WATCHED | MAPPED | {"dictsort", "reverse"}
"""The filters of Jinja that are no bomb; one that is not here does not exist in a template."""
SAFE_TESTS = frozenset(
    [
        *("boolean", "defined", "divisibleby", "eq", "equalto", "even", "false", "float", "ge"),
        *("greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan", "lower", "lt"),
        *("mapping", "ne", "none", "number", "odd", "sameas", "sequence", "string", "true"),
        *("undefined", "upper", "==", "!=", "<", ">", "<=", ">="),
    ]
)


# --- calculating: what counts as a number, and how large one may become


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
        text = str(value)
        raise FaultError("LRT311.rekenen", text=f"'{text[:40]}{'…' if len(text) > 40 else ''}'")
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


def is_nothing(value: Any) -> bool:
    """Tell whether `value` is a cell that is empty, or says that there is nothing: "n.v.t."."""
    return isinstance(value, Value) and (value.meaning is None or value.strip().lower() in NOTHING)


# --- filters and tests


@pass_context
def _watch(context: Context, value: Any) -> Any:
    """Return `value` for a filter that goes through it, letter by letter when it is a text."""
    if isinstance(value, str):
        if len(value) > _LETTERS_LIMIT:
            raise too_big()
    elif isinstance(value, Iterable) and not isinstance(value, Mapping):
        return budget_of(context).timed(value)
    return value


def _made(context: Context, text: str) -> str:
    """Book `text`: it counts as output, printed or not."""
    budget_of(context).count_output(len(text))
    return text


@pass_context
def _concat(context: Context, *values: Any) -> str:
    """Join values as the operator `~` does, each as it would be printed."""
    texts = [as_text(value) for value in values]
    if sum(map(len, texts)) > TEXT_LIMIT:
        raise too_big()
    return _made(context, "".join(texts))


@pass_context
def _join(
    context: Context, value: Iterable[Any], d: str = "", attribute: str | int | None = None
) -> str:
    """Join texts, as Jinja's join does."""
    items: list[Any] = list(value)
    if attribute is not None:
        items = [_entry(context, item, attribute) for item in items]
    texts = ["" if item is None else str(item) for item in items]
    if sum(map(len, texts)) + len(d) * len(texts) > TEXT_LIMIT:
        raise too_big()
    return _made(context, str(d).join(texts))


def _entry(context: Context, item: Any, attribute: str | int) -> Any:
    if not isinstance(item, Mapping):
        raise FaultError("LRT311.onderdelen")
    return context.environment.getitem(item, attribute)


@pass_context
def _replace(context: Context, value: Any, old: str, new: str, count: int | None = None) -> str:
    """Replace text, as Jinja's replace does."""
    text, old, new = as_text(value), str(old), str(new)
    if len(text) + text.count(old) * len(new) > TEXT_LIMIT:
        raise too_big()
    return _made(context, text.replace(old, new, -1 if count is None else int(count)))


def _of_text(name: str) -> Callable[..., Any]:
    """Return that filter of Jinja, of a value as it would be printed: nothing is no "None"."""
    return lambda value, *more: jinja_filters.FILTERS[name](as_text(value), *more)


@pass_context
def _sum(
    context: Context, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0
) -> Any:
    """Add numbers up; nothing but numbers."""
    getter = jinja_filters.make_attrgetter(context.environment, attribute)
    total = calculable(start)
    for item in value:
        total = outcome(sum(level(total, calculable(getter(item)))))
    return total


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    """Round as Jinja does, to at most ten decimals."""
    if not isinstance(precision, int) or abs(precision) > 10:
        raise too_big()
    if method not in {"common", "ceil", "floor"}:
        raise FaultError("LRT311.afronden")
    return jinja_filters.do_round(calculable(value), precision, method)  # type: ignore[arg-type]


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


def _default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """Return the default for what is not there or is empty, which to a writer is the same."""
    if meaning_of(value) is None:
        return default_value
    return jinja_filters.do_default(value, default_value, boolean)


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


def _batch(value: Iterable[Any], linecount: int, fill_with: Any = None) -> list[Any]:
    """Return rows of `linecount` items, as Jinja's batch does."""
    return list(jinja_filters.do_batch(value, _few(linecount), fill_with))


def _slice(value: Iterable[Any], slices: int, fill_with: Any = None) -> list[Any]:
    """Return the items in so many `slices`, as Jinja's slice does."""
    return list(jinja_filters.sync_do_slice(list(value), _few(slices), fill_with))


def _few(number: Any) -> int:
    """Return the number of items in a row, or of rows; neither can be a bomb."""
    wanted = calculable(number)
    if wanted % 1 or not 1 <= wanted <= _ROW_LIMIT:
        raise too_big()
    return int(wanted)


def _is_whole(value: Any) -> bool:
    return is_number(value) and meaning_of(value) % 1 == 0 and not isinstance(value, float)


def _is_empty(value: Any) -> bool:
    """Tell whether there is nothing: `nee` and the number 0 are something in a cell."""
    return value.meaning is None if isinstance(value, Value) else not value


JINJA_FILTERS: dict[str, Callable[..., Any]] = {
    "abs": lambda value: abs(calculable(value)),
    "batch": _batch,
    "d": _default,
    "default": _default,
    "float": _float,
    "int": _int,
    "join": _join,
    "max": _most(max),
    "min": _most(min),
    "replace": _replace,
    "round": _round,
    "slice": _slice,
    "sort": _sort,
    "string": as_text,
    "sum": _sum,
    **{name: _of_text(name) for name in ("capitalize", "lower", "title", "trim", "upper")},
    "_concat": _concat,
    "_watch": _watch,
}
JINJA_TESTS: dict[str, Callable[..., Any]] = {
    "boolean": lambda value: isinstance(meaning_of(value), bool),
    "divisibleby": lambda value, number: calculable(value) % calculable(number) == 0,
    "even": lambda value: calculable(value) % 2 == 0,
    "false": lambda value: meaning_of(value) is False,
    "float": lambda value: isinstance(meaning_of(value), float | Decimal),
    "integer": _is_whole,
    "leeg": _is_empty,
    "none": lambda value: meaning_of(value) is None,
    "number": is_number,
    "odd": lambda value: calculable(value) % 2 == 1,
    "true": lambda value: meaning_of(value) is True,
}
