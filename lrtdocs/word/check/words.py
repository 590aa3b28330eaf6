"""Whether a template asks for words that its kind of document knows, checked without data.

The syntax tree is walked as it would be filled, so that `punt.titel` is known to be
`agendapunten[].titel`. Words of which nothing can be known are let through. That a word may be
empty is told only where it matters; see `check_empty`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import nodes

from lrtdocs import messages
from lrtdocs.messages import FaultError
from lrtdocs.model.veld import ValueKind
from lrtdocs.word.check.remedies import (
    in_loop,
    remedy_for_list,
    remedy_for_part,
    remedy_for_word,
)
from lrtdocs.word.compile.scopes import ScopeWalker
from lrtdocs.word.compile.value_types import Takes, ValueType, signature_of
from lrtdocs.word.tags.tags import TagKind
from lrtdocs.word.values.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.model.veld import Field
    from lrtdocs.word.compile.value_types import Scope
    from lrtdocs.word.tags.tags import Tag

_PLAIN = (ValueKind.TEXT, ValueKind.NUMBER, ValueKind.DATE)
_NOT_TAKEN = {
    Takes.DATES: (ValueKind.NUMBER, ValueKind.TEXT),
    Takes.NUMBERS: (ValueKind.DATE, ValueKind.TEXT),
}
_ORDERS = frozenset(["gt", "gteq", "lt", "lteq"])
_SHOWN_PARTS = 8
_NOUNS = (ValueKind.BLOCK, ValueKind.LIST, ValueKind.NUMBER, ValueKind.DATE, ValueKind.TIME)


@dataclass(frozen=True)
class Printed:
    """A word that is printed: by which tag, and whether the template asks first if it is there.

    `loops` are the tags of the loops around it.
    """

    tag: Tag
    value: ValueType
    guarded: bool
    loops: tuple[Tag, ...] = ()


@dataclass
class Findings:
    """What a walk found: problems, every path that is used, and every word that is printed."""

    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    printed: list[Printed] = field(default_factory=list)


class WordCheck(ScopeWalker):
    """The check of the words of one part; of a name that is `lenient` nothing is told."""

    def __init__(
        self,
        fields: Sequence[Field],
        tag_of: Callable[[nodes.Node], Tag],
        lenient: Collection[str] = (),
        *,
        trusted: bool = False,
    ) -> None:
        super().__init__(fields, trusted=trusted)
        self.tag_of, self.lenient = tag_of, frozenset(lenient)
        self.open = any(one.open for one in fields)
        self.findings = Findings()

    def assume(self, condition: nodes.Template) -> None:
        """Take it that the template asks for the words of `condition` everywhere."""
        self.guards |= self.mentioned(condition, {})

    def report(self, node: nodes.Node, key: str, **fields: object) -> None:
        """Note the problem `key` at the tag of `node`."""
        tag = self.tag_of(node)
        problem = messages.problem(key, tag.place, None, found=tag.text, **fields)
        self.findings.problems.append(problem)

    def report_misuse(self, node: nodes.Node, key: str, value: ValueType, **fields: object) -> None:
        """Note that `value` is not what the template thinks."""
        name = f"'{value.path}'" if value.path else "Dit"
        self.report(node, key, value=name, kind=with_article(value.kind), **fields)

    def met_use(self, node: nodes.Node, value: ValueType) -> None:  # noqa: ARG002 - a hook
        """Note the path."""
        self.findings.used.add(value.path)

    def met_word(self, node: nodes.Name, scope: Scope, *, with_parts: bool) -> None:
        """Report a word that nobody knows; one with parts is no column of a list."""
        name = node.name
        if not self.top or name in self.top or name in self.lenient or name.startswith("_"):
            return  # names with an underscore are refused elsewhere
        remedy = remedy_for_word(name, self.fields, scope)
        key = "LRT309.kolom" if self.open and not with_parts else "LRT309.woord"
        self.report(node, key, word=name, remedy=remedy)

    def met_part(self, node: nodes.Node, base: ValueType, part: ValueType) -> None:
        """Report a part of what may not be there; the part may be empty as well."""
        if base.required or base.path in self.guards:
            return
        asked = written(node.node) if isinstance(node, nodes.Getattr | nodes.Getitem) else base.path
        asked = asked if part.required else f"{asked} and {written(node)}"
        self.report(node, "LRT335.ontbreekt", path=base.path, asked=asked)

    def met_no_part(self, node: nodes.Node, base: ValueType, name: str, scope: Scope) -> None:
        """Report a part that `base` does not have."""
        if base.kind == ValueKind.LIST:
            loop = in_loop(f"{base.path}[]", name, self.fields)
            self.report_misuse(node, "LRT337.onderdeel_van_lijst", base, name=name, loop=loop)
            return
        remedy = remedy_for_part(name, base, self.fields, scope)
        if base.kind == ValueKind.BLOCK:
            self.report(node, "LRT309.woord", word=f"{base.path}.{name}", remedy=remedy)
        else:
            self.report_misuse(node, "LRT337.onderdeel", base, name=name, remedy=remedy)

    def met_item(self, node: nodes.Getitem, base: ValueType) -> None:
        """Report an item that may not be there; of a list that is never empty the first is."""
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, int):
            return
        number = node.arg.value
        first = number in (0, -1)
        if not base.path or base.path in self.guards or (first and base.required):
            return
        least = "" if first else f" | length > {number if number > 0 else -number - 1}"
        self.report(node, "LRT335.korter", path=base.path, asked=written(node.node) + least)

    def met_filter(self, node: nodes.Filter, value: ValueType) -> None:
        """Report a filter that can do nothing with `value`, and a default that never comes."""
        name, takes = node.name, signature_of(node.name).takes
        if name in ("default", "d"):
            self._check_default(node, value)
        elif takes is Takes.LISTS and value.known and value.kind != ValueKind.LIST:
            self.report_misuse(node, "LRT337.geen_lijst", value, filter=name)
        elif name == "opsomming" and value.parts and node.node is not None:
            remedy = remedy_for_list(value, written(node.node), self.fields)
            self.report_misuse(node, "LRT337.blokken", value, remedy=remedy)
        elif takes in _NOT_TAKEN and does_not_take(name, value):
            self.report_misuse(node, "LRT337.filter", value, filter=name)
        elif takes not in (Takes.LISTS, Takes.ANYTHING) and value.kind in _OF_PARTS:
            self.report_misuse(node, "LRT337.filter_op_delen", value, filter=name)

    def _check_default(self, node: nodes.Filter, value: ValueType) -> None:
        """Report a default that never comes: a word that is empty is there all the same."""
        given = node.args[0] if len(node.args) == 1 else None
        text = given.value if isinstance(given, nodes.Const) else None
        word = node.node.name if isinstance(node.node, nodes.Name) else ""
        may_be_empty = value.path and not value.required
        if word and may_be_empty and isinstance(text, str) and text.strip():
            self.report(node, "LRT335.default", path=value.path, word=word, default=text)

    def met_sum(self, node: nodes.BinExpr, left: ValueType, right: ValueType) -> None:
        """Report a sum of a number and a text."""
        kinds = {_sure_kind(node.left, left), _sure_kind(node.right, right)}
        word = left if left.kind == ValueKind.TEXT else right
        if kinds == {ValueKind.TEXT, ValueKind.NUMBER} and word.path:
            self.report_misuse(node, "LRT337.rekenen", word)

    def met_comparison(self, node: nodes.Compare, values: Sequence[ValueType]) -> None:
        """Report an order between two kinds of value."""
        left = values[0]
        for operand, right in zip(node.ops, values[1:], strict=True):
            kinds = {_sure_kind(node.expr, left), _sure_kind(operand.expr, right)}
            word = left if left.path else right
            if operand.op in _ORDERS and word.path and len(kinds - {ValueKind.UNKNOWN}) > 1:
                other = with_article(next(iter(kinds - {word.kind})))
                self.report_misuse(node, "LRT337.vergelijken", word, other=other)

    def met_loop(self, node: nodes.For, value: ValueType) -> None:
        """Report a loop over what is no list."""
        if value.known and value.kind != ValueKind.LIST and not value.open:
            self.report_misuse(node.iter, "LRT337.niets_te_herhalen", value)

    def met_print(self, node: nodes.Expr, value: ValueType) -> None:
        """Report what cannot be printed as it is, and note what is printed."""
        tag = self.tag_of(node)
        if value.kind == ValueKind.LIST:
            remedy = remedy_for_list(value, written(node), self.fields)
            self.report_misuse(node, "LRT337.lijst", value, remedy=remedy)
        elif value.kind == ValueKind.BLOCK:
            parts = ", ".join(part.name for part in value.parts[:_SHOWN_PARTS])
            self.report_misuse(node, "LRT337.blok", value, parts=f": {parts}" if parts else "")
        elif value.kind == ValueKind.RICH:
            self.report_misuse(node, "LRT337.opgemaakt", value, word=written(node))
        elif (value.path and not value.required) or tag.kind is TagKind.VALUE:
            guarded = value.required or value.path in self.guards
            loops = tuple(self.tag_of(loop) for loop in self.loops)
            self.findings.printed.append(Printed(tag, value, guarded, loops))


_OF_PARTS = (ValueKind.LIST, ValueKind.BLOCK)


def with_article(kind: ValueKind) -> str:
    """Return a kind of value as it stands in a sentence."""
    return f"een {kind}" if kind in _NOUNS else str(kind)


def _sure_kind(node: nodes.Node, value: ValueType) -> ValueKind:
    """Return what kind a word or a literal surely is, as far as kinds do not go together."""
    sure = value.field is not None or isinstance(node, nodes.Const)
    return value.kind if sure and value.kind in _PLAIN else ValueKind.UNKNOWN


def does_not_take(name: str, value: ValueType) -> bool:
    """Tell whether the filter `name` for dates or numbers can do nothing with the word `value`.

    A text may read as a date or a number, so that its example decides.
    """
    if value.field is None or value.kind not in _NOT_TAKEN[signature_of(name).takes]:
        return False
    example = value.field.example
    if value.kind != ValueKind.TEXT:
        return True
    if not isinstance(example, str) or not example:
        return False
    try:
        FILTERS[name](example)
    except FaultError:
        return True
    return False


def written(node: nodes.Node) -> str:
    """Return the expression `node` as it stands in the template, as far as it is a path."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{written(node.node)}[{node.arg.value!r}]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return written(node.node)
    if isinstance(node, nodes.Or):
        return written(node.left)
    return "…"
