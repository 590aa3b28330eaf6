"""Jinja's own filters on lists, text and numbers, made so that no template can use them as a bomb.

Each on its own is harmless, but `'aaa…' | replace | list | map('replace', …)` is not. So a filter
that makes text books it with the document's budget, and one that goes through a list watches the
clock.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_context
from jinja2 import filters as jinja_filters

from lrtdocs.messages import FaultError
from lrtdocs.model.value import Value
from lrtdocs.word.values.context import budget_of
from lrtdocs.word.values.values import as_text

if TYPE_CHECKING:
    from jinja2.runtime import Context

TEXT_LIMIT = 1 << 18
"""The longest text one operation may make."""
NUMBER_LIMIT = 10**15
_LETTERS_LIMIT = 10_000

WATCHED = frozenset(
    [
        *("groupby", "join", "list", "map", "max", "min", "reject", "rejectattr", "select"),
        *("selectattr", "sort", "sum", "unique"),
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


def level(left: Any, right: Any) -> tuple[Any, Any]:
    """Return two numbers as what Python calculates with together: a fraction by its figures."""
    if isinstance(left, Decimal) and isinstance(right, float):
        return left, Decimal(repr(right))
    if isinstance(left, float) and isinstance(right, Decimal):
        return Decimal(repr(left)), right
    return left, right


def outcome(result: Any) -> Any:
    """Return what a calculation gives: a whole number, or a fraction as a template writes one."""
    if isinstance(result, Decimal):
        result = int(result) if result == result.to_integral_value() else float(result)
    return calculable(result)


def _shown(value: object) -> str:
    text = str(value)
    return f"'{text[:40]}'" if len(text) <= 40 else f"'{text[:40]}…'"


@pass_context
def _watch(context: Context, value: Any) -> Any:
    """Return `value` for a filter that goes through it, letter by letter when it is a text."""
    if isinstance(value, str):
        if len(value) > _LETTERS_LIMIT:
            raise too_big()
    elif isinstance(value, Iterable) and not isinstance(value, Mapping):
        return _timed(context, value)
    return value


def _timed(context: Context, items: Iterable[Any]) -> Iterator[Any]:
    budget = budget_of(context)
    for index, item in enumerate(items):
        if not index & 63:
            budget.check_time()
        yield item


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
    text, old, new = str(value), str(old), str(new)
    if len(text) + text.count(old) * len(new) > TEXT_LIMIT:
        raise too_big()
    return _made(context, text.replace(old, new, -1 if count is None else int(count)))


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


LIMITED_FILTERS: dict[str, Callable[..., Any]] = {
    "join": _join,
    "replace": _replace,
    "round": _round,
    "string": as_text,
    "sum": _sum,
    "_concat": _concat,
    "_watch": _watch,
}
