"""The hidden filters that print values; put around each tag when a template is compiled.

Their names begin with an underscore, so that a template cannot use them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_context

from lrtdocs.messages import FaultError
from lrtdocs.word.package.ooxml import escape
from lrtdocs.word.values.context import WRITER, budget_of, registry_of
from lrtdocs.word.values.filters import Link, unfit
from lrtdocs.word.values.values import as_text, plain_xml, text_xml

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from lrtdocs.word.values.markdown import Writer

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


@pass_context
def _text(context: Context, value: Any) -> str:
    """Print text; of docxtpl's values also what is more than that."""
    if type(value) is str and value.isprintable():
        return escape(value)
    return text_xml(value) if isinstance(value, str) else _writer_of(context).text(value)


def _count(value: Any) -> str:
    """Print a number of columns."""
    try:
        number = int(as_text(value))
    except ValueError:
        number = 0
    if not 1 <= number <= 63:
        raise unfit(value, "LRT311.kolommen")
    return str(number)


def _colour(value: Any) -> str:
    """Print a colour of six hexadecimal digits."""
    text = as_text(value).strip()
    found = _COLOUR.fullmatch(text)
    if found is None and text not in {"", "auto"}:
        raise unfit(value, "LRT311.kleur")
    return found[1].upper() if found else "auto"


def _writer_of(context: Context) -> Writer:
    writer: Writer = context.parent[WRITER]
    return writer


@pass_context
def _loop(context: Context, value: Any) -> list[Any] | tuple[Any, ...]:
    """Return what a loop goes over, counted against the budget of the document."""
    if value is None:
        return []
    if isinstance(value, str | int | float) or not isinstance(value, Iterable | Undefined):
        raise FaultError("LRT311.lus", text=as_text(value)[:40])
    return budget_of(context).count_loop(value)


@pass_context
def _fresh(context: Context, key: str) -> str:
    """Return an identifier for `key` that was not used before in this document."""
    return registry_of(context).fresh(key)


@pass_context
def _latest(context: Context, key: str) -> str:
    """Return the identifier that `_fresh` gave last for `key`."""
    return registry_of(context).latest(key)


@pass_context
def _number_list(context: Context, number: str) -> str:
    """Return the w:num that a list in a loop uses in this pass."""
    return registry_of(context).lists.current(number)


@pass_context
def _restart_list(context: Context, number: str) -> str:
    """Let the list restart at its next paragraph."""
    registry_of(context).lists.restart(number)
    return ""


@pass_context
def _blocks(context: Context, value: Any, shape: int) -> str:
    """Print paragraphs in the place of the paragraph with the tag."""
    return _writer_of(context).blocks(value, shape)


@pass_context
def _rest(context: Context, value: Any, shape: int) -> str:
    """Print the paragraphs that follow on what `_inline` printed."""
    return _writer_of(context).rest(value, shape)


@pass_context
def _inline(context: Context, value: Any, shape: int, whole: bool) -> str:
    """Print Markdown inside a line; `whole` when nothing takes the second paragraph."""
    return _writer_of(context).inline(value, shape, whole=whole)


@pass_context
def _link(context: Context, value: Any, shape: int) -> str:
    """Print a link, or plain text when the value is none."""
    if not isinstance(value, Link):
        return text_xml(value)
    return _writer_of(context).link(value, shape)


@pass_context
def _run(context: Context, value: Any, shape: int) -> str:
    """Print a run in the place of the run with the tag."""
    return _writer_of(context).run(value, shape)


OUTPUT_FILTERS: dict[str, Callable[..., Any]] = {
    "_text": _text,
    "_plain": plain_xml,
    "_count": _count,
    "_colour": _colour,
    "_loop": _loop,
    "_fresh": _fresh,
    "_latest": _latest,
    "_number": _number_list,
    "_restart": _restart_list,
    "_blocks": _blocks,
    "_rest": _rest,
    "_inline": _inline,
    "_link": _link,
    "_run": _run,
}
