"""The one Jinja environment: sandboxed, immutable, strict, always escaping, and with our filters.

At the default level of trust the language is small (see `language`) and only what cannot be used as
a bomb is known at all: a filter that is not in the table does not exist, not even through `map`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Joiner, Namespace

from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import PartedTekst
from lrtdocs.model.value import PartedValue, Value
from lrtdocs.word.compile.language import StrictWord
from lrtdocs.word.compile.printing import WordGenerator
from lrtdocs.word.values.filters import FILTERS
from lrtdocs.word.values.jinja_filters import (
    JINJA_FILTERS,
    JINJA_TESTS,
    SAFE_FILTERS,
    SAFE_TESTS,
    TEXT_LIMIT,
    calculable,
    is_nothing,
    is_number,
    level,
    outcome,
    too_big,
)
from lrtdocs.word.values.tracing import TRACE_FILTERS
from lrtdocs.word.values.writer import OUTPUT_FILTERS

if TYPE_CHECKING:
    from jinja2.runtime import Context


class WordEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for documents: plain data, no globals, arithmetic that cannot run away."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["-", "+"])
    code_generator_class = WordGenerator

    def __init__(self, *, trusted: bool) -> None:
        # Working out what is constant takes 2 % of compiling, and hardly a template has any of it.
        super().__init__(
            undefined=StrictWord,
            autoescape=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,
        )
        self.trusted = trusted
        self.globals.clear()
        if trusted:
            self.globals |= {"range": safe_range, "namespace": Namespace, "joiner": Joiner}
        else:
            self.filters = {n: made for n, made in self.filters.items() if n in SAFE_FILTERS}
            self.tests = {n: made for n, made in self.tests.items() if n in SAFE_TESTS}
        self.filters |= FILTERS | OUTPUT_FILTERS | JINJA_FILTERS | TRACE_FILTERS
        self.tests |= JINJA_TESTS

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look `attribute` up in a mapping first: `x.items` is the entry called items."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Mapping):
            try:
                return obj[attribute]
            except KeyError:
                if not self.trusted:
                    return self.undefined(obj=obj, name=attribute)
        elif obj is None:
            return self.undefined(obj=obj, name=attribute)
        elif isinstance(obj, PartedTekst | PartedValue) and attribute in obj.parts:
            return obj.parts[attribute]
        return super().getattr(_plain(obj), attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look an entry up; at the default level of trust never an attribute of a mapping."""
        if isinstance(obj, Mapping) and not self.trusted:
            try:
                return obj[argument]
            except (KeyError, TypeError):
                return self.undefined(obj=obj, name=argument)
        if isinstance(obj, PartedTekst | PartedValue) and argument in obj.parts:
            return obj.parts[argument]
        return super().getitem(_plain(obj), argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Forbid names that begin with an underscore, and by default everything callable."""
        if attr.startswith("_") or (not self.trusted and callable(value)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers of a sane size only; `+` also joins two texts.

        A number and a cell that is empty, or has something else, are no texts: the letter would
        tell half a sum.
        """
        texts = [text for text in (left, right) if isinstance(text, str) and not is_number(text)]
        if operator == "+" and texts:
            both = isinstance(left, str) and isinstance(right, str)
            cell = next((text for text in texts if isinstance(text, Value)), None)
            if len(texts) == 1 and cell is not None:
                key = "LRT311.niets" if is_nothing(cell) else "LRT311.plakken"
                cell.refuse(FaultError(key, text=cell[:40] or "niets"))
            if not both:
                raise FaultError("LRT311.plakken", text=texts[0][:40])
            if len(left) + len(right) > TEXT_LIMIT:
                raise too_big()
            return left + right
        left, right = level(calculable(left), calculable(right))
        if operator == "**" and (abs(left) > 10**6 or abs(right) > 20):
            raise too_big()
        return outcome(super().call_binop(context, operator, left, right))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Negate a number of a sane size."""
        return super().call_unop(context, operator, calculable(arg))


def _plain(obj: Any) -> Any:
    """Return `obj` without what only our own code asks of it: of a value its text, or None."""
    return (str(obj) if obj.meaning is not None else None) if isinstance(obj, Value) else obj


@lru_cache(maxsize=2)
def make_environment(trusted: bool = False) -> WordEnvironment:
    """Return the Jinja environment for templates that are `trusted` or not."""
    return WordEnvironment(trusted=trusted)
