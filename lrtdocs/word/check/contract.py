"""Whether a template asks for words that its kind of document knows, checked without data.

The syntax tree is walked as it would be filled: loop variables, `set` and filters on lists are
followed, so that `punt.titel` is known to be `agendapunten[].titel`. Words of which nothing can be
known are let through. That a word may be empty is told only where it matters; see `check_empty`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from lrtdocs.errors import Severity
from lrtdocs.word.check.expressions import Expressions
from lrtdocs.word.check.remedies import remedy_for_list
from lrtdocs.word.check.reporter import KINDS, Findings, Printed, Telling, written
from lrtdocs.word.check.values import TEXT, UNKNOWN, Scope, Value, loop_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from lrtdocs.model.veld import Field
    from lrtdocs.word.tags.tags import Tag


class Contract:
    """Walks the syntax tree of one part with the words in `fields`."""

    def __init__(
        self,
        fields: Sequence[Field],
        tag_of: Callable[[nodes.Node], Tag],
        lenient: Collection[str] = (),
        *,
        trusted: bool = False,
    ) -> None:
        loose = any(field.open for field in fields)
        self.telling = Telling(fields, tag_of, loose=loose)
        self.reads = Expressions(self.telling, lenient, trusted=trusted)
        self.tag_of = tag_of
        self.printed: list[Printed] = []
        self.loops: tuple[Tag, ...] = ()

    def assume(self, condition: nodes.Template) -> None:
        """Take it that the template asks for the words of `condition` everywhere."""
        self.reads.guards |= self.reads.paths(condition, {})

    def walk(self, tree: nodes.Template) -> Findings:
        """Return what `tree` does with the words."""
        self._block(tree.body, {})
        return Findings(self.telling.problems, self.reads.used, self.printed)

    def _block(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            visit = _STATEMENTS.get(type(node))
            if visit is not None:
                getattr(self, visit)(node, scope)
            elif isinstance(node, nodes.Expr):
                self.reads.infer(node, scope)
            else:
                self._block(list(node.iter_child_nodes()), scope)

    def _guarded(self, body: Sequence[nodes.Node], scope: Scope, guards: frozenset[str]) -> None:
        before, self.reads.guards = self.reads.guards, self.reads.guards | guards
        self._block(body, scope)
        self.reads.guards = before

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self._print(child, self.reads.infer(child, scope))

    def _print(self, node: nodes.Expr, value: Value) -> None:
        tag = self.tag_of(node)
        if value.kind == "lijst":
            remedy = remedy_for_list(value, written(node), self.telling.fields)
            self.telling.misused(node, value, "een lijst en kan niet zo worden afgedrukt", remedy)
        elif value.kind == "blok":
            parts = ", ".join(part.name for part in value.parts[:8])
            remedy = f"Kies een onderdeel: {parts}." if parts else "Kies een onderdeel."
            self.telling.misused(node, value, "een blok en kan niet zo worden afgedrukt", remedy)
        elif value.kind == "opgemaakte tekst":
            what = "opgemaakte tekst; zo komt de opmaak als losse tekens in het document"
            self.telling.misused(
                node, value, what, f"Schrijf {{{{ {written(node)} | tekst }}}}.", Severity.WARNING
            )
        elif value.path and not value.always:
            guarded = self.reads.is_guarded(value.path)
            self.printed.append(Printed(tag, value, guarded, self.loops))
        elif tag.kind == "value":
            self.printed.append(Printed(tag, value.sure(), True, self.loops))

    def _for(self, node: nodes.For, scope: Scope) -> None:
        value = self.reads.infer(node.iter, scope)
        if value.known and value.kind != "lijst" and not value.open:
            what = (
                f"geen lijst maar {KINDS.get(value.kind, value.kind)}: er is niets om te herhalen"
            )
            self.telling.misused(node.iter, value, what, "Gebruik {% if … %}, of kies een lijst.")
            value = UNKNOWN
        inner = dict(scope)
        item = value.item()
        self._bind(node.target, item, inner)
        inner["loop"] = loop_value(item)
        if node.test is not None:
            self.reads.infer(node.test, inner)
        before = self.loops
        self.loops = (*before, self.tag_of(node))
        guards = {value.path} if value.path else set()
        self._guarded(node.body, inner, frozenset(guards | self.reads.paths(node.test, inner)))
        self.loops = before
        self._block(node.else_, scope)

    def _bind(self, target: nodes.Node, value: Value, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        else:
            for name in target.find_all(nodes.Name):
                scope[name.name] = UNKNOWN

    def _if(self, node: nodes.If, scope: Scope) -> None:
        asked: frozenset[str] = frozenset()
        for branch in (node, *node.elif_):
            before, self.reads.guards = (
                self.reads.guards,
                self.reads.guards | asked,
            )
            self.reads.infer(branch.test, scope)
            self.reads.guards = before
            asked |= self.reads.paths(branch.test, scope)
            self._guarded(branch.body, scope, asked)
        self._guarded(node.else_, scope, asked)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self.reads.infer(node.node, scope), scope)

    def _assign_block(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._block(node.body, scope)
        self._bind(node.target, TEXT, scope)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self.reads.infer(value, scope), inner)
        self._block(node.body, inner)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        inner = scope | {arg.name: UNKNOWN for arg in node.args}
        inner |= dict.fromkeys(("varargs", "kwargs", "caller"), UNKNOWN)
        for default in node.defaults:
            self.reads.infer(default, scope)
        if isinstance(node, nodes.Macro):
            scope[node.name] = UNKNOWN
        else:
            self.reads.infer(node.call, scope)
        self._block(node.body, inner)

    def _import(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> None:
        if isinstance(node, nodes.Import):
            scope[node.target] = UNKNOWN
            return
        for name in node.names:
            scope[name if isinstance(name, str) else name[1]] = UNKNOWN


_STATEMENTS: dict[type[nodes.Node], str] = {
    nodes.Output: "_output",
    nodes.For: "_for",
    nodes.If: "_if",
    nodes.Assign: "_assign",
    nodes.AssignBlock: "_assign_block",
    nodes.With: "_with",
    nodes.Macro: "_macro",
    nodes.CallBlock: "_macro",
    nodes.Import: "_import",
    nodes.FromImport: "_import",
}
