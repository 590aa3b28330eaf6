"""The language of templates: how a tag is spelled, and which expressions are allowed.

Works on one tag by itself and on Jinja's syntax tree, before anything is run; what Jinja has
against it is told in Dutch. At the default level of trust it is a white list: what is not named
here cannot be written in a template. Everything wrong is told at once, with the tag it stands in. A
word that is not in the data is found while filling: any use of it, but a test whether it is there.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.utils import missing

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, suggest
from lrtdocs.messages import Fault
from lrtdocs.word.tags.blocks import CELL_VALUES, CELL_WORDS, CONTROL_WORDS, opens_block
from lrtdocs.word.tags.tags import TAG_LIMIT, Tag, TagKind
from lrtdocs.word.values.jinja_filters import MAPPED

if TYPE_CHECKING:
    from jinja2 import Environment

COMPILE_ERRORS = (SyntaxError, RecursionError, ValueError, TypeError, OverflowError, MemoryError)
"""What Jinja and Python raise for source that is too large or too deep."""
_NAME = r"(?!(?:and|elif|else|false|for|if|in|is|none|not|or|true)\b)[a-z][a-z_]*"
_WORDS = rf"{_NAME}(?:\.{_NAME})*(?: (?:and|or) {_NAME}(?:\.{_NAME})*)*"
_PLAIN = {
    "value": re.compile(rf"{_WORDS}(?: \| {_NAME})?"),
    "control": re.compile(rf"(?:if |elif |for {_NAME} in ){_WORDS}"),
}
"""What can only be good Jinja, by kind of tag: words, as nearly all tags."""
_REASONS = (
    (r"unknown tag '(?P<found>.+?)'\. Jinja", "LRT302.blok"),
    (r"unknown tag '(?P<found>\w+)'", "LRT302.onbekend"),
    (r"unexpected '?end of (?:print|statement)", "LRT302.onaf"),
    (r"unexpected '(?P<found>[^']+)', expected '(?P<wanted>[^']+)'", "LRT302.haakje"),
    (r"unexpected end of template|end of print statement', got 'end", "LRT302.ontbreekt"),
    (r"unexpected '(?P<found>.+)'", "LRT302.vreemd"),
    (r"expected token '(?:end of .*?)', got '(?P<found>.+)'", "LRT302.rest"),
    (r"expected token '(?P<wanted>.+?)', got '(?P<found>.+)'", "LRT302.verwacht"),
    (r"Expected an expression, got '(?P<found>.+)'", "LRT302.waarde"),
    (r"unexpected char (?P<found>.+) at", "LRT302.teken"),
    (r"expected name or number", "LRT302.punt"),
    (r"assign to", "LRT302.nieuw"),
    (r"chain multiple tests", "LRT302.toetsen"),
    (r"", "LRT302.anders"),
)
"""What Jinja says, and our message for it: Jinja's errors have no codes of their own."""
_TOO_COMPLEX, _LIST = "LRT302.ingewikkeld", "LRT302.komma"
_TOKENS = {
    "end of print statement": "deel.woord_einde",
    "end of statement block": "deel.woord_einde",
    "name": "deel.woord_woord",
    "string": "deel.woord_tekst",
    "integer": "deel.woord_getal",
}


# --- the spelling of one tag


def syntax_problem(fault: Fault, place: Place, tag: str) -> Problem:
    """Return `fault` as the problem of the text `tag` at `place`."""
    return messages.problem(fault.key, place, None, **fault.fields, tag=tag)


def fault_of(tag: Tag, environment: Environment) -> Fault | None:
    """Return what is wrong with the spelling of one tag, or None."""
    word, body = tag.word, tag.body
    if tag.kind is TagKind.CONTROL and (word not in CONTROL_WORDS or not body):
        return None  # told as a word that nobody knows
    if len(body) > TAG_LIMIT:
        return Fault("LRT302.lang", {"most": str(TAG_LIMIT)})
    if word in CELL_WORDS and (body != word) != (word in CELL_VALUES):
        return Fault("LRT302.iets" if body == word else "LRT302.niets", {"word": word})
    if word == "else" or word.startswith("end"):
        return None if body == word else Fault("LRT302.achter", {"word": word})
    if tag.kind in _PLAIN and _PLAIN[tag.kind].fullmatch(body):
        return None
    source = _completed(tag)
    return _parse(source, environment) if source else None


def _completed(tag: Tag) -> str:
    """Return `tag` as a whole that Jinja can parse: a block with its end, an elif with its if."""
    word, body = tag.word, tag.body
    if word in CELL_WORDS:
        body = body.removeprefix(word).strip()
    if tag.kind is TagKind.VALUE or (word in CELL_WORDS and body):
        return f"{{{{\n{body}\n}}}}"
    if tag.kind is not TagKind.CONTROL or word in CELL_WORDS:
        return ""
    before = "{% if 1 %}" if word == "elif" else ""
    end = "if" if word == "elif" else word if opens_block(tag) else ""
    return before + f"{{%\n{body}\n%}}" + (f"{{% end{end} %}}" if end else "")


@lru_cache(maxsize=1024)
def _parse(source: str, environment: Environment) -> Fault | None:
    """Return why `source` is no Jinja, or None; a template has many of its tags more than once."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        return translate_syntax(error)
    except COMPILE_ERRORS:
        return Fault(_TOO_COMPLEX)
    first = tree.body[0]
    said = first.nodes[0] if isinstance(first, nodes.Output) else getattr(first, "test", None)
    return Fault(_LIST) if isinstance(said, nodes.Tuple) and "," in source else None


def translate_syntax(error: TemplateSyntaxError) -> Fault:
    """Return what Jinja's `error` says, in Dutch."""
    message = error.message or ""
    tries = ((key, re.search(pattern, message)) for pattern, key in _REASONS)
    key, found = next((key, found) for key, found in tries if found)
    return Fault(key, {name: _show(token) for name, token in found.groupdict().items()})


def _show(token: str) -> str:
    return messages.text(_TOKENS[token]) if token in _TOKENS else token


# --- what a template may say

TagOf = Callable[[nodes.Node], Tag]

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.For, nodes.If),
    *(nodes.Literal, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice),
    *(nodes.UnaryExpr, nodes.BinExpr, nodes.Compare, nodes.Operand, nodes.CondExpr),
    *(nodes.Filter, nodes.Test, nodes.Concat, nodes.Pair, nodes.Keyword),
)
_WHAT = {
    nodes.Call: "deel.taal_aanroep",
    nodes.Pow: "deel.taal_macht",
    nodes.Macro: "deel.taal_macro",
    nodes.CallBlock: "deel.taal_macro",
    nodes.FilterBlock: "deel.taal_filterblok",
    nodes.Include: "deel.taal_sjabloon",
    nodes.Import: "deel.taal_sjabloon",
    nodes.FromImport: "deel.taal_sjabloon",
    nodes.Extends: "deel.taal_sjabloon",
    nodes.Assign: "deel.taal_set",
    nodes.AssignBlock: "deel.taal_set",
    nodes.With: "deel.taal_with",
    nodes.Block: "deel.taal_blok",
    nodes.ScopedEvalContextModifier: "deel.taal_autoescape",
}
"""What is not allowed, and the piece of a message that names it."""


_THEIRS = {
    "datum": (
        "date",
        "dateformat",
        "date_format",
        "format_date",
        "strftime",
        "datetime",
        "longdate",
    ),
    "datum_kort": ("shortdate", "date_short", "kort", "datumkort"),
    "tijd": ("time", "timeformat", "format_time", "uur", "uren"),
    "getal": ("number", "num", "numberformat", "format_number", "intcomma", "decimal", "aantal"),
    "bedrag": ("currency", "money", "euro", "euros", "format_currency", "amount", "valuta", "geld"),
    "telwoord": ("words", "in_words", "num2words", "numwords", "spellout", "voluit", "apnumber"),
    "opsomming": (
        "enumerate",
        "enumeration",
        "and_list",
        "join_and",
        "comma_and_list",
        "oxford",
        "lijst",
    ),
    "hoofdletters": ("uppercase", "upcase", "capitals", "caps", "hoofdletter"),
    "tekst": ("markdown", "md", "html", "richtext", "rich", "nl2br", "linebreaks", "paragraphs"),
    "link": ("url", "urlize", "hyperlink", "href", "mailto", "a"),
    "vast": ("nobr", "nbsp", "nonbreaking", "no_break", "nowrap"),
    "lower": ("lowercase", "downcase", "kleineletters", "kleine_letters"),
    "length": ("size", "len"),
}
_OURS = {theirs: ours for ours, names in _THEIRS.items() for theirs in names}
"""The filter of lrtdocs for the name of a filter elsewhere."""

_NEEDLESS = frozenset(["e", "escape", "forceescape", "safe", "striptags", "xmlattr", "xml"])
"""Filters that lrtdocs does without: whatever is printed is always made safe for Word."""


def check_language(
    tree: nodes.Template, tag_of: TagOf, environment: Environment, *, trusted: bool
) -> list[Problem]:
    """Return a problem for everything in `tree` that a template may not say."""
    problems: list[Problem] = []
    for node in _walk(tree):
        problems += _check_names_known(node, tag_of, environment)
        if not trusted:
            problems += _check_allowed(node, tag_of)
    return problems


def _walk(node: nodes.Node) -> Iterable[nodes.Node]:
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(current.iter_child_nodes())


def _check_allowed(node: nodes.Node, tag_of: TagOf) -> list[Problem]:
    if type(node) in _WHAT or not isinstance(node, _ALLOWED):
        piece = _WHAT.get(type(node))
        what = messages.text(piece) if piece else type(node).__name__
        return [_unsafe(tag_of(node), "LRT308.onderdeel", what=what)]
    name = _reached(node)
    if name.startswith("_"):
        return [_unsafe(tag_of(node), "LRT308.naam", name=name)]
    if isinstance(node, nodes.Filter) and node.name == "map" and not _maps_safely(node):
        return [_unsafe(tag_of(node), "LRT308.map", names=", ".join(sorted(MAPPED)))]
    if isinstance(node, nodes.For) and node.recursive:
        return [_unsafe(tag_of(node), "LRT308.recursief")]
    return []


def _maps_safely(node: nodes.Filter) -> bool:
    """Tell whether a filter `map` takes a part of each item, or calls what cannot be a bomb."""
    if not node.args:
        return True
    name = node.args[0]
    return isinstance(name, nodes.Const) and name.value in MAPPED


def _reached(node: nodes.Node) -> str:
    """Return the name that `node` reaches for, or ""."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return ""


def _unsafe(tag: Tag, key: str, **fields: str) -> Problem:
    return messages.problem(key, tag.place, None, tag=tag.text, **fields)


def _check_names_known(node: nodes.Node, tag_of: TagOf, environment: Environment) -> list[Problem]:
    """Return a problem when `node` uses a filter or test that does not exist."""
    if isinstance(node, nodes.Filter):
        key, all_names = "LRT307.filter", environment.filters
    elif isinstance(node, nodes.Test):
        key, all_names = "LRT307.toets", environment.tests
    else:
        return []
    tag = tag_of(node)
    if node.name in all_names and not node.name.startswith("_"):
        return [] if node.dyn_args or node.dyn_kwargs else _check_arguments(node, all_names, tag)
    known = [name for name in all_names if not name.startswith("_")]
    remedy = own_remedy(node.name) if isinstance(node, nodes.Filter) else ""
    remedy = remedy or suggest(node.name, known)
    remedy = remedy or messages.text("deel.kies_uit", names=", ".join(sorted(known)))
    return [messages.problem(key, tag.place, tag=tag.text, name=node.name, remedy=remedy)]


def _check_arguments(
    node: nodes.Filter | nodes.Test, made: Mapping[str, Callable[..., Any]], tag: Tag
) -> list[Problem]:
    """Return a problem when a filter or test is given what it does not take, or too little."""
    names = tuple(str(one.key) for one in node.kwargs)
    wanted = _wants(made[node.name], len(node.args), names)
    if wanted is None:
        return []
    key = "LRT307.aantal" if wanted else "LRT307.zonder"
    return [messages.problem(key, tag.place, None, tag=tag.text, name=node.name, wanted=wanted)]


@lru_cache(maxsize=256)
def _wants(made: Callable[..., Any], given: int, names: tuple[str, ...]) -> str | None:
    """Return how many values `made` takes besides its own, or None when those `given` are right."""
    try:
        signature = inspect.signature(made)
    except ValueError:  # of some of Python's own nobody knows
        return None
    own = 1 + hasattr(inspect.unwrap(made), "jinja_pass_arg")
    with suppress(TypeError):
        signature.bind(*[None] * (own + given), **dict.fromkeys(names))
        return None
    rest = [*signature.parameters.values()][own:]
    least = sum(one.default is one.empty for one in rest)
    return "" if not rest else str(least) if least == len(rest) else f"{least} tot {len(rest)}"


def own_remedy(name: str) -> str:
    """Return what to write instead of the filter `name` of elsewhere, or ""."""
    if name in _NEEDLESS:
        return messages.text("deel.laat_weg", name=name)
    return (
        messages.text("deel.schrijf_filter", ours=_OURS[name], name=name) if name in _OURS else ""
    )


# --- words that are not in the data

_SHOWN = 15


def list_known(names: Iterable[str]) -> str:
    """Return a remedy that tells which words there are, the first of them when there are many."""
    shown = sorted({name for name in names if not name.startswith("_")})
    if not shown:
        return messages.text("deel.geen_woorden")
    more = " …" if len(shown) > _SHOWN else ""
    return messages.text("deel.bekende_woorden", names=", ".join(shown[:_SHOWN]) + more)


class UndefinedWordError(UndefinedError):
    """A word or a part of it is not in the data; knows which, and what it was looked for in.

    `known` are the names there; None at the top. `in_nothing` tells that a part was asked of None.
    """

    def __init__(self, word: str, known: Iterable[str] | None, *, in_nothing: bool = False) -> None:
        super().__init__(word)
        self.word, self.in_nothing = word, in_nothing
        self.known = None if known is None else list(known)


class StrictWord(StrictUndefined):
    """An unknown word: any use but a test whether it is there raises `UndefinedWordError`."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, _: Any = None
    ) -> None:
        def error(_: str) -> UndefinedWordError:
            known = None if obj is missing else map(str, obj) if isinstance(obj, Mapping) else ()
            return UndefinedWordError(str(name or ""), known, in_nothing=obj is None)

        super().__init__(hint, obj, name, error)  # type: ignore[arg-type]  # a call makes one too
