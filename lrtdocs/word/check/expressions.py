"""What an expression of a template stands for, worked out without data.

Filters on lists are followed, and so is what a condition asks for: whoever writes
`{% if contactpersoon %}` knows that there may be none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import nodes

from lrtdocs.errors import Severity
from lrtdocs.messages import FaultError
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.word.check.remedies import remedy_for_list
from lrtdocs.word.check.reporter import KINDS, Telling, written
from lrtdocs.word.check.values import (
    CHOICE,
    LIST,
    NUMBER,
    TEXT,
    UNKNOWN,
    Scope,
    Value,
    value_of,
)
from lrtdocs.word.package.problems import WordValueError
from lrtdocs.word.values.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Collection

_SAME = frozenset(
    ["sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"]
)
_ONE = frozenset(["first", "last", "min", "max", "random"])
_COUNTS = frozenset(["length", "count", "int", "float", "abs", "round", "sum", "wordcount"])
_DEFAULTS = frozenset(["default", "d"])
_BY_ATTRIBUTE = frozenset(["selectattr", "rejectattr", "groupby"])
_OF_LISTS = frozenset(["opsomming", "join"])
_OF_ONE = frozenset(["datum", "datum_kort", "tijd", "getal", "bedrag", "telwoord", "tekst", "link"])
_DATES, _NUMBERS = ("datum", "datum_kort"), ("getal", "bedrag", "telwoord")
_NOT_TAKEN = {"getal": _DATES, "datum": _NUMBERS, "tekst": (*_DATES, *_NUMBERS)}
_ORDERS = frozenset(["gt", "gteq", "lt", "lteq"])
_NO_LINE = frozenset(["lijst", "blok", "opgemaakte tekst"])
"""Kinds that are not printed as they are, in a line of text."""
_PARTS_OF = {
    "datum": ("year", "month", "day"),
    "tijd": ("begin", "einde", "hour", "minute"),
}


class Expressions:
    """Reads expressions; `guards` are the paths that the template asked for around this point.

    A `silent` one only notes which words are used.
    """

    def __init__(
        self,
        telling: Telling,
        lenient: Collection[str] = (),
        *,
        trusted: bool = False,
        silent: bool = False,
    ) -> None:
        self.telling = Telling((), telling.tag_of, loose=True) if silent else telling
        self.top = {one.name: value_of(one) for one in telling.fields}
        self.lenient, self.trusted, self.silent = frozenset(lenient), trusted, silent
        self.used: set[str] = set()
        self.guards: frozenset[str] = frozenset()

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
            self.telling.unknown_word(node, scope)
        self.used.add(node.name)
        return self.top.get(node.name, UNKNOWN)

    def _is_unknown(self, name: str, scope: Scope) -> bool:
        """Tell whether nobody knows `name`; names with an underscore are refused elsewhere."""
        if not self.top or name in self.lenient or name.startswith("_"):
            return False
        return name not in scope and name not in self.top

    def _use(self, value: Value) -> None:
        if value.path:
            self.used.add(value.path)

    def _part(self, node: nodes.Getattr, scope: Scope) -> Value:
        return self._reach(node, self._base(node.node, scope), node.attr, scope)

    def _base(self, node: nodes.Node, scope: Scope) -> Value:
        """Return what a part is asked of; a word with parts is no column of a list."""
        if isinstance(node, nodes.Name) and self._is_unknown(node.name, scope):
            self.telling.unknown_word(node, scope, parts=True)
            return UNKNOWN
        return self.infer(node, scope)

    def _entry(self, node: nodes.Getitem, scope: Scope) -> Value:
        base = self._base(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._reach(node, base, node.arg.value, scope)
        self.infer(node.arg, scope)
        if base.kind != "lijst":
            return UNKNOWN
        self._check_item(node, base)
        return base if isinstance(node.arg, nodes.Slice) else base.item()

    def _check_item(self, node: nodes.Getitem, base: Value) -> None:
        """Tell of an item that may not be there; of a list that is never empty the first is."""
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, int):
            return
        number = node.arg.value
        first = number in (0, -1)
        if base.path and not self.is_guarded(base.path) and not (first and base.always):
            asked = written(node.node) + (
                "" if first else f" | length > {number if number > 0 else -number - 1}"
            )
            message = f"'{base.path}' kan korter zijn, en dan kan deze tag niet worden ingevuld."
            remedy = f"Zet {{% if {asked} %}} en {{% endif %}} om wat alleen dan moet verschijnen."
            self.telling.tell("LRT335", node, message, remedy, Severity.WARNING)

    def _reach(self, node: nodes.Node, base: Value, name: str, scope: Scope) -> Value:
        """Return the part `name` of `base`; tell when there is none, or `base` may be empty."""
        if not base.known or name.startswith("_"):
            return UNKNOWN
        found = base.part(name) if base.kind == "blok" else None
        if found is None:
            if base.open or name in _PARTS_OF.get(base.kind, ()) or self._is_method(base, name):
                return UNKNOWN
            self.telling.unknown_part(node, base, name, scope)
            return UNKNOWN
        self._use(found)
        if not base.always and not self.is_guarded(base.path):
            self.telling.may_be_empty(node, base, found)
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
        if name in _DEFAULTS:
            self._check_default(node, value)
        return self._after_filter(node, value, scope)

    def _check_default(self, node: nodes.Filter, value: Value) -> None:
        """Tell of a default that never comes: a word that is empty is there all the same."""
        given = node.args[0] if node.args else None
        plain = isinstance(node.node, nodes.Name) and value.path and not value.always
        if not plain or node.node is None or len(node.args) != 1:
            return
        if not isinstance(given, nodes.Const):
            return
        if isinstance(given.value, str) and given.value.strip():
            message = f"'{value.path}' kan leeg zijn, en dan doet default hier niets."
            remedy = f"Schrijf {{{{ {written(node.node)} or '{given.value}' }}}}."
            self.telling.tell("LRT335", node, message, remedy, Severity.WARNING)

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
            what = f"geen lijst maar {KINDS.get(value.kind, value.kind)}"
            self.telling.misused(node, value, what, f"Laat | {name} weg.")
        if name == "opsomming" and value.kind == "lijst" and value.parts and node.node is not None:
            remedy = remedy_for_list(value, written(node.node), self.telling.fields)
            self.telling.misused(
                node, value, "een lijst van blokken en is niet op te sommen", remedy
            )
        if does_not_take(name, value):
            what = f"{KINDS.get(value.kind, value.kind)}, en daar kan {name} niets mee"
            self.telling.misused(node, value, what, f"Laat | {name} weg, of kies een ander woord.")
        if name in _OF_ONE and value.kind in {"lijst", "blok"}:
            what = f"een {value.kind}, en daar kan {name} niets mee"
            self.telling.misused(node, value, what, "Kies een onderdeel, of gebruik een lus.")
        return Value(ValueKind.TEXT, value.path, value.always)

    def _asked(self, node: nodes.Node, scope: Scope) -> Value:
        """Return what `node` stands for where the template asks whether it is there at all."""
        before, self.guards = self.guards, self.guards | self.paths(node, scope)
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
        left = self.infer(node.left, scope)
        before, self.guards = self.guards, self.guards | self.paths(node.left, scope)
        right = self.infer(node.right, scope)
        self.guards = before
        return _either(left, right) if isinstance(node, nodes.Or) else UNKNOWN

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> Value:
        self.infer(node.test, scope)
        before, self.guards = self.guards, self.guards | self.paths(node.test, scope)
        first = self.infer(node.expr1, scope)
        if node.expr2 is not None:
            self.infer(node.expr2, scope)
        self.guards = before
        return first.sure()

    def _sum(self, node: nodes.BinExpr, scope: Scope) -> Value:
        left, right = self.infer(node.left, scope), self.infer(node.right, scope)
        kinds = {_sort_of(node.left, left), _sort_of(node.right, right)}
        word = left if left.kind == "tekst" else right
        if kinds == {"tekst", "getal"} and word.path:
            self.telling.misused(
                node, word, "een tekst, en daar is niet mee te rekenen", "Kies een getal."
            )
        return UNKNOWN

    def _compare(self, node: nodes.Compare, scope: Scope) -> Value:
        left = self.infer(node.expr, scope)
        for operand in node.ops:
            right = self.infer(operand.expr, scope)
            kinds = {_sort_of(node.expr, left), _sort_of(operand.expr, right)}
            word = left if left.path else right
            if operand.op in _ORDERS and len(kinds - {""}) > 1 and word.path:
                other = next(iter(kinds - {word.kind}))
                what = f"{KINDS.get(word.kind, word.kind)} en is niet te vergelijken met"
                remedy = f"Vergelijk met {KINDS.get(word.kind, word.kind)}, of gebruik == of !=."
                self.telling.misused(node, word, f"{what} {KINDS.get(other, other)}", remedy)
        return CHOICE

    def _const(self, node: nodes.Const, _: Scope) -> Value:
        if isinstance(node.value, bool):
            return CHOICE
        return NUMBER if isinstance(node.value, int | float) else TEXT

    def is_guarded(self, path: str) -> bool:
        """Tell whether the template asked before if there is anything at `path`."""
        return path in self.guards

    def paths(self, node: nodes.Node | None, scope: Scope) -> frozenset[str]:
        """Return the paths of all words in `node`: what a condition mentions, it asks for."""
        if node is None or self.silent:
            return frozenset()
        silent = Expressions(self.telling, self.lenient, trusted=self.trusted, silent=True)
        silent.infer(node, dict(scope))
        return frozenset(silent.used)


def _sort_of(node: nodes.Node, value: Value) -> str:
    """Return what kind a word or a literal surely is, or ""."""
    sure = value.field is not None or isinstance(node, nodes.Const)
    return value.kind if sure and value.kind in {"tekst", "getal", "datum"} else ""


def does_not_take(name: str, value: Value) -> bool:
    """Tell whether the filter `name` can do nothing with the word `value`.

    A text may read as a date or a number, so that its example decides.
    """
    if value.field is None or value.kind not in _NOT_TAKEN or name not in _NOT_TAKEN[value.kind]:
        return False
    if value.kind != "tekst":
        return True
    example = value.field.example
    if not isinstance(example, str) or not example:
        return False
    try:
        FILTERS[name](example)
    except (FaultError, WordValueError):
        return True
    return False


def _either(left: Value, right: Value) -> Value:
    """Return what `left or right` is; of no known kind when the two differ and both are a line."""
    if left.kind in _NO_LINE or left.always:
        return replace(left, always=left.always or right.always)
    if right.kind in _NO_LINE or not left.known or left.kind == right.kind:
        return right
    return replace(right, kind=ValueKind.UNKNOWN)


def _attribute_of(node: nodes.Filter) -> str:
    """Return the part of each item that a filter on a list works with, or ""."""
    named = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
    first = node.args[0] if node.args and node.name in _BY_ATTRIBUTE else None
    given = named or first
    return given.value if isinstance(given, nodes.Const) and isinstance(given.value, str) else ""


def _grouped(value: Value) -> Value:
    groups = (
        Field("grouper", kind=ValueKind.UNKNOWN, required=True),
        Field("list", kind=ValueKind.LIST, required=True, parts=value.parts, at=value.path),
    )
    return Value(ValueKind.LIST, value.path, value.always, groups)


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
    nodes.Compare: "_compare",
    nodes.Add: "_sum",
    nodes.Sub: "_sum",
    nodes.Div: "_sum",
}
_RESULTS: dict[type[nodes.Node], Value] = {
    nodes.List: LIST,
    nodes.Tuple: LIST,
    nodes.Not: CHOICE,
    nodes.Concat: TEXT,
    **dict.fromkeys((nodes.Mul, nodes.FloorDiv, nodes.Mod, nodes.Neg), UNKNOWN),
}
