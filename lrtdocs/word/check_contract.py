"""Whether a template asks for words that its kind of document knows, checked without data.

The syntax tree is walked as it would be filled: loop variables, `set` and filters on lists are
followed, so that `punt.titel` is known to be `agendapunten[].titel`. Words of which nothing can be
known are let through. That a word may be empty is told only where it matters; see `check_empty`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import nodes

from lrtdocs.errors import Problem, Severity
from lrtdocs.word.check_remedies import in_loop, remedy_for_list, remedy_for_part, remedy_for_word
from lrtdocs.word.check_values import (
    CHOICE,
    LIST,
    NUMBER,
    TEXT,
    UNKNOWN,
    Field,
    Value,
    Word,
    loop_value,
    value_of,
)
from lrtdocs.word.problems import template_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from lrtdocs.word.tags import Tag

Scope = dict[str, Value]

_SAME = frozenset(
    ["sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"]
)
_ONE = frozenset(["first", "last", "min", "max", "random"])
_COUNTS = frozenset(["length", "count", "int", "float", "abs", "round", "sum", "wordcount"])
_DEFAULTS = frozenset(["default", "d"])
_BY_ATTRIBUTE = frozenset(["selectattr", "rejectattr", "groupby"])
_OF_LISTS = frozenset(["opsomming", "join"])
_OF_ONE = frozenset(["datum", "datum_kort", "tijd", "getal", "bedrag", "telwoord", "tekst", "link"])
_PARTS_OF = {
    "datum": ("year", "month", "day"),
    "tijd": ("begin", "einde", "hour", "minute"),
}
_ASKS = frozenset(["defined", "undefined", "none", "leeg"])


@dataclass(frozen=True)
class Printed:
    """A word that is printed: by which tag, and whether the template asks first if it is there."""

    tag: Tag
    value: Value
    guarded: bool
    loops: tuple[Tag, ...] = ()


@dataclass
class Findings:
    """What a walk found: problems, every path that is used, and every word that is printed."""

    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    printed: list[Printed] = field(default_factory=list)


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
        self.fields, self.tag_of, self.trusted = fields, tag_of, trusted
        self.top = {one.name: value_of(one) for one in fields}
        self.lenient = frozenset(lenient)
        self.open = any(value.open for value in self.top.values())
        self.findings = Findings()
        self.guards: frozenset[str] = frozenset()
        self.loops: tuple[Tag, ...] = ()
        self.silent = False

    def walk(self, tree: nodes.Template) -> Findings:
        """Return what `tree` does with the words."""
        self._block(tree.body, {})
        return self.findings

    # Statements

    def _block(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            visit = _STATEMENTS.get(type(node))
            if visit is not None:
                getattr(self, visit)(node, scope)
            elif isinstance(node, nodes.Expr):
                self.infer(node, scope)
            else:
                self._block(list(node.iter_child_nodes()), scope)

    def _guarded(self, body: Sequence[nodes.Node], scope: Scope, guards: frozenset[str]) -> None:
        before, self.guards = self.guards, self.guards | guards
        self._block(body, scope)
        self.guards = before

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self._print(child, self.infer(child, scope))

    def _print(self, node: nodes.Expr, value: Value) -> None:
        tag = self.tag_of(node)
        if value.kind == "lijst":
            remedy = remedy_for_list(value, tag.body.partition("|")[0].strip(), self.fields)
            self._misused(node, value, "een lijst en kan niet zo worden afgedrukt", remedy)
        elif value.kind == "blok":
            parts = ", ".join(part.name for part in value.parts[:8])
            remedy = f"Kies een onderdeel: {parts}." if parts else "Kies een onderdeel."
            self._misused(node, value, "een blok en kan niet zo worden afgedrukt", remedy)
        elif value.kind == "opgemaakte tekst":
            written = tag.body.partition("|")[0].strip()
            what = "opgemaakte tekst; zo komt de opmaak als losse tekens in het document"
            self._misused(
                node, value, what, f"Schrijf {{{{ {written} | tekst }}}}.", Severity.WARNING
            )
        elif value.path and not value.always:
            guarded = self._is_guarded(value.path)
            self.findings.printed.append(Printed(tag, value, guarded, self.loops))
        elif tag.kind == "value":
            self.findings.printed.append(Printed(tag, value.sure(), True, self.loops))

    def _for(self, node: nodes.For, scope: Scope) -> None:
        value = self.infer(node.iter, scope)
        if value.known and value.kind != "lijst" and not value.open:
            what = f"geen lijst maar {_A.get(value.kind, value.kind)}: er is niets om te herhalen"
            self._misused(node.iter, value, what, "Gebruik {% if … %}, of kies een lijst.")
            value = UNKNOWN
        inner = dict(scope)
        item = value.item()
        self._bind(node.target, item, inner)
        inner["loop"] = loop_value(item)
        if node.test is not None:
            self.infer(node.test, inner)
        before = self.loops
        self.loops = (*before, self.tag_of(node))
        guards = {value.path} if value.path else set()
        self._guarded(node.body, inner, frozenset(guards | self._paths(node.test, inner)))
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
            before, self.guards = self.guards, self.guards | asked
            self.infer(branch.test, scope)
            self.guards = before
            asked |= self._paths(branch.test, scope)
            self._guarded(branch.body, scope, asked)
        self._guarded(node.else_, scope, asked)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self.infer(node.node, scope), scope)

    def _assign_block(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._block(node.body, scope)
        self._bind(node.target, TEXT, scope)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self.infer(value, scope), inner)
        self._block(node.body, inner)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        inner = scope | {arg.name: UNKNOWN for arg in node.args}
        inner |= dict.fromkeys(("varargs", "kwargs", "caller"), UNKNOWN)
        for default in node.defaults:
            self.infer(default, scope)
        if isinstance(node, nodes.Macro):
            scope[node.name] = UNKNOWN
        else:
            self.infer(node.call, scope)
        self._block(node.body, inner)

    def _import(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> None:
        if isinstance(node, nodes.Import):
            scope[node.target] = UNKNOWN
            return
        for name in node.names:
            scope[name if isinstance(name, str) else name[1]] = UNKNOWN

    # Expressions

    def infer(self, node: nodes.Node, scope: Scope) -> Value:
        """Return what the expression `node` stands for; what is wrong in it is noted."""
        visit = _EXPRESSIONS.get(type(node))
        if visit is not None:
            found: Value = getattr(self, visit)(node, scope)
            return found
        for child in node.iter_child_nodes():
            self.infer(child, scope)
        return _RESULTS.get(type(node), UNKNOWN)

    def _name(self, node: nodes.Name, scope: Scope) -> Value:
        if node.name in scope:
            value = scope[node.name]
            self._use(value)
            return value
        if self._is_unknown(node.name, scope):
            self._unknown_word(node, scope)
        self.findings.used.add(node.name)
        return self.top.get(node.name, UNKNOWN)

    def _is_unknown(self, name: str, scope: Scope) -> bool:
        """Tell whether nobody knows `name`; names with an underscore are refused elsewhere."""
        if not self.fields or name in self.lenient or name.startswith("_"):
            return False
        return name not in scope and name not in self.top

    def _use(self, value: Value) -> None:
        if value.path:
            self.findings.used.add(value.path)

    def _part(self, node: nodes.Getattr, scope: Scope) -> Value:
        return self._reach(node, self._base(node.node, scope), node.attr, scope)

    def _base(self, node: nodes.Node, scope: Scope) -> Value:
        """Return what a part is asked of; a word with parts is no column of a list."""
        if isinstance(node, nodes.Name) and self._is_unknown(node.name, scope):
            self._unknown_word(node, scope, parts=True)
            return UNKNOWN
        return self.infer(node, scope)

    def _entry(self, node: nodes.Getitem, scope: Scope) -> Value:
        base = self._base(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._reach(node, base, node.arg.value, scope)
        self.infer(node.arg, scope)
        if base.kind != "lijst":
            return UNKNOWN
        return base if isinstance(node.arg, nodes.Slice) else base.item()

    def _reach(self, node: nodes.Node, base: Value, name: str, scope: Scope) -> Value:
        """Return the part `name` of `base`; tell when there is none, or `base` may be empty."""
        if not base.known or name.startswith("_"):
            return UNKNOWN
        found = base.part(name) if base.kind == "blok" else None
        if found is None:
            if base.open or name in _PARTS_OF.get(base.kind, ()) or self._is_method(base, name):
                return UNKNOWN
            self._unknown_part(node, base, name, scope)
            return UNKNOWN
        self._use(found)
        if not base.always and not self._is_guarded(base.path):
            self._may_be_empty(node, base)
        return found

    def _is_method(self, base: Value, name: str) -> bool:
        """Tell whether a trusted template may ask this of a text, a list or a block."""
        return self.trusted and (base.kind not in {"blok", "lijst"} or hasattr(dict, name))

    def _filter(self, node: nodes.Filter, scope: Scope) -> Value:
        name = node.name
        if node.node is None:
            return TEXT
        value = self._asked(node.node, scope) if name in _DEFAULTS else self.infer(node.node, scope)
        for child in (*node.args, *(pair.value for pair in node.kwargs)):
            self.infer(child, scope)
        return self._after_filter(node, value, scope)

    def _check_default(self, node: nodes.Filter, value: Value) -> None:
        """Tell of a default that never comes: a word that is empty is there all the same."""
        given = node.args[0] if node.args else None
        plain = isinstance(node.node, nodes.Name) and value.path and not value.always
        if not plain or len(node.args) != 1 or not isinstance(given, nodes.Const):
            return
        if isinstance(given.value, str) and given.value.strip():
            message = f"'{value.path}' kan leeg zijn, en dan doet default hier niets."
            remedy = f"Schrijf {{{{ {value.path} or '{given.value}' }}}}."
            self._tell("LRT335", node, message, remedy, Severity.WARNING)

    def _after_filter(self, node: nodes.Filter, value: Value, scope: Scope) -> Value:
        name = node.name
        attribute = _attribute_of(node)
        if attribute and value.kind == "lijst" and value.parts:
            reached = value.item()
            for piece in attribute.split("."):
                reached = self._reach(node, reached, piece, scope)
        if name in _DEFAULTS:
            return value.sure()
        if name in {"map", "groupby"}:
            return _grouped(value) if name == "groupby" else LIST
        if name in _SAME:
            return value if value.kind == "lijst" else LIST if value.known else UNKNOWN
        if name in _ONE:
            return value.item() if value.kind == "lijst" else UNKNOWN
        if name in _COUNTS:
            return NUMBER
        if name in _OF_LISTS and value.known and value.kind != "lijst":
            what = f"geen lijst maar {_A.get(value.kind, value.kind)}"
            self._misused(node, value, what, f"Laat | {name} weg.")
        if name in _OF_ONE and value.kind in {"lijst", "blok"}:
            what = f"een {value.kind}, en daar kan {name} niets mee"
            self._misused(node, value, what, "Kies een onderdeel, of gebruik een lus.")
        return Value("tekst", value.path, value.always)

    def _asked(self, node: nodes.Node, scope: Scope) -> Value:
        """Return what `node` stands for where the template asks whether it is there at all."""
        before, self.guards = self.guards, self.guards | self._paths(node, scope)
        value = self.infer(node, scope)
        self.guards = before
        return value

    def _test(self, node: nodes.Test, scope: Scope) -> Value:
        if node.name in {"defined", "undefined"}:
            self._asked(node.node, scope)
        else:
            self.infer(node.node, scope)
        for child in node.args:
            self.infer(child, scope)
        return CHOICE

    def _logic(self, node: nodes.And | nodes.Or, scope: Scope) -> Value:
        self.infer(node.left, scope)
        before, self.guards = self.guards, self.guards | self._paths(node.left, scope)
        right = self.infer(node.right, scope)
        self.guards = before
        return right if isinstance(node, nodes.Or) else UNKNOWN

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> Value:
        self.infer(node.test, scope)
        before, self.guards = self.guards, self.guards | self._paths(node.test, scope)
        first = self.infer(node.expr1, scope)
        if node.expr2 is not None:
            self.infer(node.expr2, scope)
        self.guards = before
        return first.sure()

    def _const(self, node: nodes.Const, _: Scope) -> Value:
        if isinstance(node.value, bool):
            return CHOICE
        return NUMBER if isinstance(node.value, int | float) else TEXT

    # Paths that are asked for

    def _is_guarded(self, path: str) -> bool:
        return path in self.guards

    def _paths(self, node: nodes.Node | None, scope: Scope) -> frozenset[str]:
        """Return the paths of all words in `node`: what a condition mentions, it asks for."""
        if node is None or self.silent:
            return frozenset()
        silent = Contract(self.fields, self.tag_of, self.lenient, trusted=self.trusted)
        silent.silent = True
        silent.infer(node, dict(scope))
        return frozenset(silent.findings.used)

    # Telling

    def _unknown_word(self, node: nodes.Name, scope: Scope, *, parts: bool = False) -> None:
        message = f"Het woord '{node.name}' is niet bekend."
        remedy = remedy_for_word(node.name, self.fields, scope)
        severity = Severity.ERROR
        if self.open and not parts:
            severity = Severity.WARNING
            remedy += " Is het een kolom van uw lijst of een woord onder velden, dan is het goed."
        self._tell("LRT309", node, message, remedy, severity)

    def _unknown_part(self, node: nodes.Node, base: Value, name: str, scope: Scope) -> None:
        if base.kind == "blok":
            message = f"Het woord '{base.path}.{name}' is niet bekend."
            self._tell("LRT309", node, message, remedy_for_part(name, base, self.fields, scope))
        elif base.kind == "lijst":
            what = f"een lijst: welke {name} u bedoelt, is niet te weten"
            loop = in_loop(f"{base.path}[]", name, self.fields)
            self._misused(node, base, what, f"Gebruik een lus: {loop}.")
        else:
            what = f"{_A.get(base.kind, base.kind)} en heeft geen onderdeel '{name}'"
            remedy = remedy_for_part(name, base, self.fields, scope)
            self._misused(node, base, what, remedy)

    def _may_be_empty(self, node: nodes.Node, base: Value) -> None:
        message = f"'{base.path}' kan ontbreken, en dan kan deze tag niet worden ingevuld."
        remedy = f"Zet {{% if {base.path} %}} en {{% endif %}} om wat alleen dan moet verschijnen."
        self._tell("LRT335", node, message, remedy, Severity.WARNING)

    def _misused(
        self,
        node: nodes.Node,
        value: Value,
        what: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        name = f"'{value.path}'" if value.path else "Dit"
        self._tell("LRT337", node, f"{name} is {what}.", remedy, severity)

    def _tell(
        self,
        code: str,
        node: nodes.Node,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        tag = self.tag_of(node)
        self.findings.problems.append(
            template_problem(
                code, tag.place, message, found=tag.text, remedy=remedy, severity=severity
            )
        )


def _attribute_of(node: nodes.Filter) -> str:
    """Return the part of each item that a filter on a list works with, or ""."""
    named = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
    first = node.args[0] if node.args and node.name in _BY_ATTRIBUTE else None
    given = named or first
    return given.value if isinstance(given, nodes.Const) and isinstance(given.value, str) else ""


def _grouped(value: Value) -> Value:
    groups = (Word("grouper", ""), Word("list", "lijst", True, value.parts, value.path))
    return Value("lijst", value.path, value.always, groups)


_A = {"blok": "een blok", "lijst": "een lijst", "getal": "een getal", "datum": "een datum",
      "tijd": "een tijd"}  # fmt: skip
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
_EXPRESSIONS: dict[type[nodes.Node], str] = {
    nodes.Name: "_name",
    nodes.Getattr: "_part",
    nodes.Getitem: "_entry",
    nodes.Filter: "_filter",
    nodes.Test: "_test",
    nodes.And: "_logic",
    nodes.Or: "_logic",
    nodes.CondExpr: "_choice",
    nodes.Const: "_const",
}
_RESULTS: dict[type[nodes.Node], Value] = {
    nodes.List: LIST,
    nodes.Tuple: LIST,
    nodes.Compare: CHOICE,
    nodes.Not: CHOICE,
    nodes.Concat: TEXT,
    **dict.fromkeys(
        (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg), UNKNOWN
    ),
}
