"""The one Jinja environment: sandboxed, immutable, strict, always escaping, and with our filters.

At the default level of trust the language is small (see `trust.py`) and only what cannot be used as
a bomb is known at all: a filter that is not in the table does not exist, not even through `map`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Undefined, UndefinedError
from jinja2 import filters as jinja_filters
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from lrtdocs.word.filters import FILTERS
from lrtdocs.word.output import OUTPUT_FILTERS
from lrtdocs.word.problems import WordValueError

if TYPE_CHECKING:
    from jinja2.runtime import Context

TEXT_LIMIT = 1 << 18
"""The longest text one operation may make."""
NUMBER_LIMIT = 10**15

_SAFE_FILTERS = (
    "abs",
    "capitalize",
    "count",
    "d",
    "default",
    "dictsort",
    "first",
    "float",
    "groupby",
    "int",
    "items",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "sort",
    "string",
    "sum",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
    "wordcount",
)
_SAFE_TESTS = (
    "boolean",
    "defined",
    "divisibleby",
    "eq",
    "equalto",
    "even",
    "false",
    "float",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "integer",
    "iterable",
    "le",
    "lessthan",
    "lower",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "sameas",
    "sequence",
    "string",
    "true",
    "undefined",
    "upper",
    "==",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
)
_DUTCH_TESTS = {"leeg": lambda value: not value}


class UndefinedWordError(UndefinedError):
    """A word or a part of it is not in the data; knows which, and what it was looked for in."""

    def __init__(self, word: str, known: Iterable[str] | None) -> None:
        super().__init__(word)
        self.word = word
        self.known = None if known is None else list(known)


class StrictWord(StrictUndefined):
    """An unknown word: any use but a test whether it is there raises `UndefinedWordError`."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        known: list[str] | None = None
        if self._undefined_obj is not missing:
            known = []
            if isinstance(self._undefined_obj, Mapping):
                known = [str(key) for key in self._undefined_obj]
            elif self._undefined_obj is None:
                known = ["\0"]
        raise UndefinedWordError(str(self._undefined_name), known)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = (
        _fail_with_undefined_error
    )
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __div__ = __rdiv__ = __truediv__ = __rtruediv__ = _fail_with_undefined_error
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _fail_with_undefined_error
    __pos__ = __neg__ = __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = _fail_with_undefined_error
    __float__ = __complex__ = __pow__ = __rpow__ = __contains__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return self._fail_with_undefined_error()


class WordEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for documents: plain data, no globals, arithmetic that cannot run away."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["-", "+"])

    def __init__(self, *, trusted: bool) -> None:
        super().__init__(
            undefined=StrictWord, autoescape=True, keep_trailing_newline=True, auto_reload=False
        )
        self.trusted = trusted
        self.globals.clear()
        if not trusted:
            self.filters = {name: self.filters[name] for name in _SAFE_FILTERS}
            self.tests = {name: self.tests[name] for name in _SAFE_TESTS}
        self.filters.update(FILTERS)
        self.filters.update(OUTPUT_FILTERS)
        self.filters["join"] = _join
        self.filters["round"] = _round
        self.filters["replace"] = _replace
        self.tests.update(_DUTCH_TESTS)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look `attribute` up in a mapping first: `x.items` is the entry called items."""
        if isinstance(obj, Mapping):
            try:
                return obj[attribute]
            except KeyError:
                if not self.trusted:
                    return self.undefined(obj=obj, name=attribute)
        elif obj is None:
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look an entry up; at the default level of trust never an attribute of a mapping."""
        if isinstance(obj, Mapping) and not self.trusted:
            try:
                return obj[argument]
            except (KeyError, TypeError):
                return self.undefined(obj=obj, name=argument)
        return super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Forbid names that begin with an underscore, and by default everything callable."""
        if attr.startswith("_") or (not self.trusted and callable(value)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers of a sane size only; `+` also joins two texts."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            if len(left) + len(right) > TEXT_LIMIT:
                raise _too_big()
            return left + right
        left, right = _number(left), _number(right)
        if operator == "**" and (abs(left) > 10**6 or abs(right) > 20):
            raise _too_big()
        result = super().call_binop(context, operator, left, right)
        return _number(result)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Negate a number of a sane size."""
        return super().call_unop(context, operator, _number(arg))


def _too_big() -> WordValueError:
    return WordValueError("De uitkomst wordt te groot.", "Reken met kleinere getallen.", "LRT312")


def _number(value: Any) -> Any:
    """Return `value` when it is a number to calculate with."""
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        message = f"Met {_shown(value)} kan niet worden gerekend: het is geen getal."
        raise WordValueError(message, "Maak er eerst een getal van: x | int.", "LRT311")
    if isinstance(value, float) and not math.isfinite(value):
        raise _too_big()
    if not -NUMBER_LIMIT <= value <= NUMBER_LIMIT:
        raise _too_big()
    return value


def _shown(value: object) -> str:
    text = str(value)
    return f"'{text[:40]}'" if len(text) <= 40 else f"'{text[:40]}…'"


def _join(value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Join texts, as Jinja's join does, but never into something endless."""
    items: list[Any] = list(value)
    if attribute is not None:
        items = [_entry(item, attribute) for item in items]
    texts = ["" if item is None else str(item) for item in items]
    if sum(map(len, texts)) + len(d) * len(texts) > TEXT_LIMIT:
        raise _too_big()
    return str(d).join(texts)


def _entry(item: Any, attribute: str | int) -> Any:
    if not isinstance(item, Mapping):
        raise WordValueError("Hier hoort een lijst met onderdelen.", "", "LRT311")
    if attribute not in item:
        raise UndefinedWordError(str(attribute), [str(key) for key in item])
    return item[attribute]


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    """Round as Jinja does, to at most ten decimals."""
    if not isinstance(precision, int) or abs(precision) > 10:
        raise _too_big()
    if method not in {"common", "ceil", "floor"}:
        raise WordValueError("round kent alleen common, ceil en floor.", "", "LRT311")
    return jinja_filters.do_round(_number(value), precision, method)  # type: ignore[arg-type]


def _replace(value: Any, old: str, new: str, count: int | None = None) -> str:
    """Replace text, never into something endless."""
    text, old, new = str(value), str(old), str(new)
    if len(text) + (text.count(old)) * len(new) > TEXT_LIMIT:
        raise _too_big()
    return text.replace(old, new, -1 if count is None else int(count))


@lru_cache(maxsize=2)
def make_environment(trusted: bool = False) -> WordEnvironment:
    """Return the Jinja environment for templates that are `trusted` or not."""
    return WordEnvironment(trusted=trusted)


def known_filters(*, trusted: bool) -> list[str]:
    """Return the names of the filters a template may use."""
    return [name for name in make_environment(trusted).filters if not name.startswith("_")]


def known_tests(*, trusted: bool) -> list[str]:
    """Return the names of the tests a template may use."""
    return list(make_environment(trusted).tests)
