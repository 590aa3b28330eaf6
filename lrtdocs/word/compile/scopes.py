"""One walker over Jinja's scopes: what each name in a template means at each point.

Loops, `set`, `with`, macros and filters on lists are followed. Whoever wants to know something of a
template, such as which words it needs, is a `ScopeWalker` that hears what is met.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from lrtdocs.model.veld import ValueKind
from lrtdocs.word.compile.value_types import (
    CHOICE,
    LIST,
    LOOP,
    NO_LINE,
    NUMBER,
    TEXT,
    UNKNOWN,
    ValueType,
    loop_value,
    signature_of,
    type_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtdocs.model.veld import Field
    from lrtdocs.word.compile.value_types import Scope

DEFAULTS = ("default", "d")
_ASKS = ("defined", "undefined")
_PARTS_OF = {
    ValueKind.DATE: ("year", "month", "day"),
    ValueKind.TIME: ("begin", "einde", "hour", "minute"),
}


class ScopeWalker(NodeVisitor):
    """Walks a syntax tree with the words in `fields`, and what each name means at that point.

    `guards` are the paths that the template asked for around this point: whoever writes
    `{% if contactpersoon %}` knows that there may be none. `loops` are the loops around it, `used`
    all paths so far. What is met is heard by the methods that begin with met_, which do nothing by
    themselves. A `trusted` template may call the methods of what it has.
    """

    follows_guards = True

    def __init__(self, fields: Sequence[Field] = (), *, trusted: bool = False) -> None:
        self.fields, self.trusted = fields, trusted
        self.top = {one.name: type_of(one) for one in fields}
        self.guards: frozenset[str] = frozenset()
        self.loops: tuple[nodes.For, ...] = ()
        self.used: set[str] = set()

    def met_word(self, node: nodes.Name, scope: Scope, *, with_parts: bool) -> None:
        """Hear of a word of the document, as it stands or `with_parts` asked of it."""

    def met_use(self, node: nodes.Node, value: ValueType) -> None:
        """Hear of a word, a part or a variable that stands for one: it has a path."""

    def met_part(self, node: nodes.Node, base: ValueType, part: ValueType) -> None:
        """Hear of a `part` of `base` that is known."""

    def met_no_part(self, node: nodes.Node, base: ValueType, name: str, scope: Scope) -> None:
        """Hear of a part that `base` does not have."""

    def met_item(self, node: nodes.Getitem, base: ValueType) -> None:
        """Hear of an item of the list `base`."""

    def met_asked(self, node: nodes.Node) -> None:
        """Hear of what may be absent, since the template asks if it is there or has a default."""

    def met_filter(self, node: nodes.Filter, value: ValueType) -> None:
        """Hear of a filter on `value`."""

    def met_sum(self, node: nodes.BinExpr, left: ValueType, right: ValueType) -> None:
        """Hear of an addition, a subtraction or a division."""

    def met_comparison(self, node: nodes.Compare, values: Sequence[ValueType]) -> None:
        """Hear of a comparison of `values`: the first with the second, and so on."""

    def met_loop(self, node: nodes.For, value: ValueType) -> None:
        """Hear of a loop over `value`."""

    def met_print(self, node: nodes.Expr, value: ValueType) -> None:
        """Hear of a `value` that is printed."""

    # --- statements

    def walk(self, body: Iterable[nodes.Node], scope: Scope | None = None) -> None:
        """Walk the statements `body`; names that they set are added to `scope`."""
        scope = {} if scope is None else scope
        for node in body:
            self.visit(node, scope)

    def generic_visit(self, node: nodes.Node, scope: Scope) -> ValueType:
        """Visit what is in `node`; return what it stands for, as an expression."""
        self.walk(node.iter_child_nodes(), scope)
        return _RESULTS.get(type(node), UNKNOWN)

    def _guarded(self, body: Sequence[nodes.Node], scope: Scope, guards: frozenset[str]) -> None:
        before, self.guards = self.guards, self.guards | guards
        self.walk(body, scope)
        self.guards = before

    def visit_Output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self.met_print(child, self.visit(child, scope))

    def visit_For(self, node: nodes.For, scope: Scope) -> None:
        value = self.visit(node.iter, scope)
        self.met_loop(node, value)
        loopable = not value.known or value.kind == ValueKind.LIST or value.open
        item = value.item() if loopable else UNKNOWN
        inner = dict(scope)
        self._bind(node.target, item, inner)
        inner[LOOP] = loop_value(item)
        if node.test is not None:
            self.visit(node.test, inner)
        guards = {value.path} if value.path and loopable else set()
        before, self.loops = self.loops, (*self.loops, node)
        self._guarded(node.body, inner, frozenset(guards | self.mentioned(node.test, inner)))
        self.loops = before
        self.walk(node.else_, scope)

    def _bind(self, target: nodes.Node, value: ValueType, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        else:
            scope |= dict.fromkeys((name.name for name in target.find_all(nodes.Name)), UNKNOWN)

    def visit_If(self, node: nodes.If, scope: Scope) -> None:
        asked: frozenset[str] = frozenset()
        for branch in (node, *node.elif_):
            self._under(asked, branch.test, scope)
            asked |= self.mentioned(branch.test, scope)
            self._guarded(branch.body, scope, asked)
        self._guarded(node.else_, scope, asked)

    def visit_Assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self.visit(node.node, scope), scope)

    def visit_AssignBlock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self.walk(node.body, dict(scope))
        self._bind(node.target, TEXT, scope)

    def visit_With(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self.visit(value, scope), inner)
        self.walk(node.body, inner)

    def visit_Macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        for default in node.defaults:
            self.visit(default, scope)
        if isinstance(node, nodes.Macro):
            scope[node.name] = UNKNOWN  # before its body, where it may call itself
        else:
            self.visit(node.call, scope)
        names = (*(arg.name for arg in node.args), "varargs", "kwargs", "caller")
        self.walk(node.body, scope | dict.fromkeys(names, UNKNOWN))

    visit_CallBlock = visit_Macro

    def visit_Import(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> None:
        names = [node.target] if isinstance(node, nodes.Import) else node.names
        for name in names:
            scope[name if isinstance(name, str) else name[1]] = UNKNOWN

    visit_FromImport = visit_Import

    # --- expressions

    def _under(self, guards: frozenset[str], node: nodes.Node, scope: Scope) -> ValueType:
        """Return what `node` stands for where the template asked for `guards` before."""
        before, self.guards = self.guards, self.guards | guards
        value: ValueType = self.visit(node, scope)
        self.guards = before
        return value

    def mentioned(self, node: nodes.Node | None, scope: Scope) -> frozenset[str]:
        """Return the paths of all words in `node`: what a condition mentions, it asks for."""
        if node is None or not self.follows_guards:
            return frozenset()
        walker = ScopeWalker(self.fields, trusted=self.trusted)
        walker.follows_guards = False
        walker.visit(node, dict(scope))
        return frozenset(walker.used)

    def visit_Name(self, node: nodes.Name, scope: Scope, *, with_parts: bool = False) -> ValueType:
        value = scope.get(node.name)
        if value is None:
            self.met_word(node, scope, with_parts=with_parts)
            value = self.top.get(node.name, ValueType(ValueKind.UNKNOWN, node.name))
        return self._use(node, value)

    def _use(self, node: nodes.Node, value: ValueType) -> ValueType:
        """Return `value`, which `node` stands for."""
        if value.path:
            self.used.add(value.path)
            self.met_use(node, value)
        return value

    def _base(self, node: nodes.Node, scope: Scope) -> ValueType:
        if isinstance(node, nodes.Name):
            return self.visit_Name(node, scope, with_parts=True)
        value: ValueType = self.visit(node, scope)
        return value

    def visit_Getattr(self, node: nodes.Getattr, scope: Scope) -> ValueType:
        return self._reach(node, self._base(node.node, scope), node.attr, scope)

    def visit_Getitem(self, node: nodes.Getitem, scope: Scope) -> ValueType:
        base = self._base(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._reach(node, base, node.arg.value, scope)
        self.visit(node.arg, scope)
        if base.known and base.kind != ValueKind.LIST:
            return UNKNOWN
        if base.known:
            self.met_item(node, base)
        value = base if isinstance(node.arg, nodes.Slice) else base.item()
        return self._use(node, value)

    def _reach(self, node: nodes.Node, base: ValueType, name: str, scope: Scope) -> ValueType:
        """Return the part `name` of `base`."""
        found = base.part(name) if base.kind != ValueKind.LIST else None
        if found is not None:
            self.met_part(node, base, found)
        elif base.known and not name.startswith("_"):
            if name in _PARTS_OF.get(base.kind, ()) or self._is_method(base, name):
                return UNKNOWN
            if not base.open:
                self.met_no_part(node, base, name, scope)
                return UNKNOWN
        value = found or base.below(name)
        return self._use(node, value)

    def _is_method(self, base: ValueType, name: str) -> bool:
        """Tell whether a trusted template may ask this of a text, a list or a block."""
        blocks = (ValueKind.BLOCK, ValueKind.LIST)
        return self.trusted and (base.kind not in blocks or hasattr(dict, name))

    def visit_Call(self, node: nodes.Call, scope: Scope) -> ValueType:
        """Return what a call gives; the name of a method is no word."""
        called = node.node
        if isinstance(called, nodes.Getattr):
            base = self._base(called.node, scope)
            if base.known:
                self._reach(called, base, called.attr, scope)
        else:
            self.visit(called, scope)
        for child in node.iter_child_nodes(exclude=("node",)):
            self.visit(child, scope)
        return UNKNOWN

    def visit_Filter(self, node: nodes.Filter, scope: Scope) -> ValueType:
        if node.node is None:
            return TEXT
        asks = node.name in DEFAULTS
        value = self._asked(node.node, scope) if asks else self.visit(node.node, scope)
        for child in (*node.args, *(pair.value for pair in node.kwargs)):
            self.visit(child, scope)
        attribute = _attribute_of(node)
        if attribute and value.kind == ValueKind.LIST and value.parts:
            reached = value.item()
            for piece in attribute.split("."):
                reached = self._reach(node, reached, piece, scope)
        self.met_filter(node, value)
        return signature_of(node.name).gives(value)

    def _asked(self, node: nodes.Node, scope: Scope) -> ValueType:
        """Return what `node` stands for where the template asks whether it is there at all."""
        self.met_asked(node)
        return self._under(self.mentioned(node, scope), node, scope)

    def visit_Test(self, node: nodes.Test, scope: Scope) -> ValueType:
        (self._asked if node.name in _ASKS else self.visit)(node.node, scope)
        for child in node.args:
            self.visit(child, scope)
        return CHOICE

    def visit_And(self, node: nodes.And | nodes.Or, scope: Scope) -> ValueType:
        left = self.visit(node.left, scope)
        right = self._under(self.mentioned(node.left, scope), node.right, scope)
        return _either(left, right) if isinstance(node, nodes.Or) else UNKNOWN

    visit_Or = visit_And

    def visit_CondExpr(self, node: nodes.CondExpr, scope: Scope) -> ValueType:
        self.visit(node.test, scope)
        asked = self.mentioned(node.test, scope)
        first = self._under(asked, node.expr1, scope)
        if node.expr2 is not None:
            self._under(asked, node.expr2, scope)
        return first.non_empty()

    def visit_Add(self, node: nodes.BinExpr, scope: Scope) -> ValueType:
        self.met_sum(node, self.visit(node.left, scope), self.visit(node.right, scope))
        return UNKNOWN

    visit_Sub = visit_Div = visit_Add

    def visit_Compare(self, node: nodes.Compare, scope: Scope) -> ValueType:
        values = [self.visit(one, scope) for one in (node.expr, *(one.expr for one in node.ops))]
        self.met_comparison(node, values)
        return CHOICE

    def visit_Const(self, node: nodes.Const, _: Scope) -> ValueType:
        if isinstance(node.value, bool):
            return CHOICE
        return NUMBER if isinstance(node.value, int | float) else TEXT


def _either(left: ValueType, right: ValueType) -> ValueType:
    """Return what `left or right` is; of no known kind when the two differ and both are a line."""
    if left.kind in NO_LINE or left.required:
        return replace(left, required=left.required or right.required)
    if right.kind in NO_LINE or not left.known or left.kind == right.kind:
        return right
    return replace(right, kind=ValueKind.UNKNOWN)


def _attribute_of(node: nodes.Filter) -> str:
    """Return the part of each item that a filter on a list works with, or ""."""
    named = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
    first = node.args[0] if node.args and signature_of(node.name).by_attribute else None
    given = named or first
    return given.value if isinstance(given, nodes.Const) and isinstance(given.value, str) else ""


_RESULTS: dict[type[nodes.Node], ValueType] = {
    nodes.List: LIST,
    nodes.Tuple: LIST,
    nodes.Not: CHOICE,
    nodes.Concat: TEXT,
}
