"""How a tag prints: what is put into Jinja's syntax tree between the parse and the compilation.

What a tag prints depends on where it stands: text inside a w:t, runs, paragraphs, an attribute. So
each printed expression gets the filter of its place around it (`values.writer`), which escapes what
it prints; Jinja, which would escape everything once more in the same way, is told to write what it
is given (`WordGenerator`). Filters that could run away are put under the budget of the document in
the same walk.

The traced variant of a program also notes which words an expression looks up, and puts a mark
before what it prints (`values.tracing`). A program that is not traced has nothing of that in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer

from lrtdocs.word.tags.tags import TagKind
from lrtdocs.word.values.jinja_filters import WATCHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtdocs.word.tags.tags import Tag

    TagOf = Callable[[nodes.Node], Tag]

_LOOKUPS = nodes.Name | nodes.Getattr | nodes.Getitem
_NOT_WORDS = frozenset(["loop", "caller", "varargs", "kwargs"])
_NUMBERS = frozenset(["count", "colour"])
"""Contexts in which nothing but the value itself can stand."""
_UNFORMATTED = _NUMBERS | {"text", "plain"}


class WordGenerator(CodeGenerator):
    """Writes printed values as they are, since a filter has made XML of each of them."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:  # noqa: ARG002
        return str(node.as_const(frame.eval_ctx))

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        """Write nothing where Jinja would escape."""

    def _output_child_post(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        """Write nothing where Jinja would escape."""


def prepare_printing(tree: nodes.Template, tag_of: TagOf, *, traced: bool = False) -> None:
    """Put the filters of their places around the printed expressions of `tree`, and the guards."""
    if traced:
        _Lookups().visit(tree)
    _Printing(tag_of, traced=traced).visit(tree)


class Guards(NodeTransformer):
    """Puts hidden filters around what could become a bomb."""

    def visit_Filter(self, node: nodes.Filter) -> nodes.Filter:
        """Keep an eye on the filters that go through a list."""
        self.generic_visit(node)
        if node.name in WATCHED and node.node is not None:
            node.node = _filter(node.node, "_watch")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        """Count the text that `~` makes."""
        self.generic_visit(node)
        first, *others = node.nodes
        return _filter(first, "_concat", *others)

    def visit_For(self, node: nodes.For) -> nodes.For:
        """Count the passes of a loop."""
        node.iter = _filter(node.iter, "_loop")
        self.generic_visit(node)
        return node


class _Printing(Guards):
    """Puts hidden filters around what is printed, too."""

    def __init__(self, tag_of: TagOf, *, traced: bool) -> None:
        self.tag_of, self.traced = tag_of, traced

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        """Wrap the values that are printed."""
        self.generic_visit(node)
        node.nodes = [
            child if isinstance(child, nodes.TemplateData) else self._wrap(child)
            for child in node.nodes
        ]
        return node

    def _wrap(self, child: nodes.Node) -> nodes.Expr:
        tag = self.tag_of(child)
        context, _, whole = tag.context.partition(" ")
        arguments: list[object] = [] if context in _UNFORMATTED else [tag.formatting_id]
        arguments += [bool(whole)] if context == "inline" else []
        printed = _filter(child, f"_{context}", *arguments)
        if self.traced and tag.kind is TagKind.VALUE and context not in _NUMBERS:
            return _filter(printed, "_mark", child.lineno)
        return printed


class _Lookups(NodeTransformer):
    """Lets every word, and the last of every chain of words with dots, be looked up on the trail.

    The chain before it is left as it is: the last link names the whole.
    """

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:
        """Note a word, unless it is one that gets a value here, or one of Jinja's own."""
        if node.ctx != "load" or node.name in _NOT_WORDS:
            return node
        return _filter(node, "_word", node.name, node.lineno)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Expr:
        """Note a part of a word: `punt.titel`."""
        return self._part(node, node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:
        """Note a part of a word: `namen[0]`."""
        if not isinstance(node.arg, nodes.Const):
            self.generic_visit(node)
            return node
        return self._part(node, node.arg.value)

    def _part(self, node: nodes.Getattr | nodes.Getitem, key: object) -> nodes.Expr:
        base = node.node
        if isinstance(base, nodes.Name) and base.name in _NOT_WORDS:
            return node
        if not isinstance(base, _LOOKUPS):
            base = self.visit(base)
        return _filter(base, "_part", key, isinstance(node, nodes.Getattr), node.lineno)


def _filter(node: nodes.Node, name: str, *arguments: object) -> nodes.Filter:
    values = [
        value if isinstance(value, nodes.Expr) else nodes.Const(value, lineno=node.lineno)
        for value in arguments
    ]
    return nodes.Filter(cast("nodes.Expr", node), name, values, [], None, None, lineno=node.lineno)
