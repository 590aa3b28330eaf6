"""The language of templates: which expressions are allowed, and which words they need.

Works on Jinja's syntax tree, before anything is run. At the default level of trust it is a white
list: what is not named here cannot be written in a template. Everything wrong is told at once, with
the tag it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from jinja2 import nodes

from lrtdocs import messages
from lrtdocs.errors import Problem, suggest
from lrtdocs.word.compile.foreign_filters import own_remedy
from lrtdocs.word.compile.scopes import ScopeWalker
from lrtdocs.word.values.jinja_filters import MAPPED

if TYPE_CHECKING:
    from jinja2 import Environment

    from lrtdocs.word.compile.value_types import Scope
    from lrtdocs.word.tags.tags import Tag

TagOf = Callable[[nodes.Node], "Tag"]

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
    if node.name in all_names and not node.name.startswith("_"):
        return []
    known = [name for name in all_names if not name.startswith("_")]
    tag = tag_of(node)
    remedy = own_remedy(node.name) if isinstance(node, nodes.Filter) else ""
    remedy = remedy or suggest(node.name, known)
    remedy = remedy or messages.text("deel.kies_uit", names=", ".join(sorted(known)))
    return [messages.problem(key, tag.place, tag=tag.text, name=node.name, remedy=remedy)]


class NeededWords(ScopeWalker):
    """The top-level words a part needs, each with the tags that use it.

    The `guarded` ones may be absent, since the template asks whether they are there.
    """

    follows_guards = False

    def __init__(self, tag_of: TagOf) -> None:
        super().__init__()
        self.tag_of = tag_of
        self.used: dict[str, list[Tag]] = {}
        self.guarded: set[str] = set()

    def met_word(self, node: nodes.Name, scope: Scope, *, with_parts: bool) -> None:  # noqa: ARG002 - a hook
        """Note the tag of a word."""
        self.used.setdefault(node.name, []).append(self.tag_of(node))

    def met_asked(self, node: nodes.Node) -> None:
        """Note a word that may be absent."""
        if isinstance(node, nodes.Name):
            self.guarded.add(node.name)
