"""Whether a template asks for words that its kind of document knows, checked without data.

The tags of a part are one Jinja program, whose syntax tree is walked as it would be filled, so that
`punt.titel` is known to be `agendapunten[].titel`. Words of which nothing can be known are let
through. A word that may be empty is no mistake: it prints nothing. It is one where a label stays
behind ("Omschrijving:" and nothing after it), so that is what is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from lrtdocs import messages
from lrtdocs.messages import FaultError
from lrtdocs.model.veld import ValueKind
from lrtdocs.word.check.remedies import (
    in_loop,
    remedy_for_block,
    remedy_for_list,
    remedy_for_needed,
    remedy_for_part,
    remedy_for_word,
)
from lrtdocs.word.compile.scopes import ScopeWalker
from lrtdocs.word.compile.value_types import ITEM, LOOP, Takes, ValueType, signature_of
from lrtdocs.word.package.elements import ancestor
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.blocks import CELL_VALUES, CELL_WORDS
from lrtdocs.word.tags.tags import NOWHERE, Tag, TagKind
from lrtdocs.word.values.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.veld import Field
    from lrtdocs.word.compile.value_types import Scope

_PLAIN = (ValueKind.TEXT, ValueKind.NUMBER, ValueKind.DATE)
_NOT_TAKEN = {
    Takes.DATES: (ValueKind.NUMBER, ValueKind.TEXT),
    Takes.NUMBERS: (ValueKind.DATE, ValueKind.TEXT),
}
_ORDERS = frozenset(["gt", "gteq", "lt", "lteq"])
_SHOWN_PARTS = 8
_OF_PARTS = (ValueKind.LIST, ValueKind.BLOCK)
_NOUNS = (ValueKind.BLOCK, ValueKind.LIST, ValueKind.NUMBER, ValueKind.DATE, ValueKind.TIME)


_LETTERS = re.compile(r"\w")
_PATH = re.compile(r"\w+(\.\w+|\[[^\[\]]+\])*")
_LABEL_WORDS = 3


def as_program(tags: Iterable[Tag]) -> tuple[str, Callable[[nodes.Node], Tag]]:
    """Return the source of `tags` without any XML, and which of them a node of its tree is from."""
    source, lines = "", dict[int, Tag]()
    for tag in tags:
        lines[source.count("\n") + 2] = tag  # its body begins on the line behind its opening
        source += _source(tag)
    return source, lambda node: lines.get(node.lineno, NOWHERE)


def _source(tag: Tag) -> str:
    """Return what `tag` says to Jinja; a tag for a cell prints what stands behind its word."""
    if tag.kind in {TagKind.COMMENT, TagKind.ESCAPE}:
        return ""
    if tag.word in CELL_VALUES:
        return f"{{{{\n{tag.body.removeprefix(tag.word)} }}}}\n"
    if tag.word in CELL_WORDS:
        return ""
    return f"{tag.source}\n"


@dataclass(frozen=True)
class Printed:
    """A word that is printed: by which tag, and whether the template asks first if it is there.

    `loops` are the tags of the loops around it.
    """

    tag: Tag
    value: ValueType
    guarded: bool
    loops: tuple[Tag, ...] = ()


class Use(NamedTuple):
    """A word in use: its `path` from the top, through each list by "[]", and its place."""

    path: str
    place: Place


class WordCheck(ScopeWalker):
    """The check of the words of one part; of a name that is `lenient` nothing is told.

    It gathers `problems`, the words that are `printed`, and the `uses` by the node that says so; of
    a path only the whole is one.
    """

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
        self.problems: list[Problem] = []
        self.uses: dict[int, Use] = {}
        self.printed: list[Printed] = []

    def assume(self, condition: nodes.Template) -> None:
        """Take it that the template asks for the words of `condition` everywhere."""
        self.guards |= self.mentioned(condition, {})

    def report(self, node: nodes.Node, key: str, **fields: object) -> None:
        """Note the problem `key` at the tag of `node`."""
        tag = self.tag_of(node)
        self.problems.append(messages.problem(key, tag.place, None, found=tag.text, **fields))

    def report_misuse(self, node: nodes.Node, key: str, value: ValueType, **fields: object) -> None:
        """Note that `value` is not what the template thinks."""
        name = f"'{value.path}'" if value.path else "Dit"
        self.report(node, key, value=name, kind=_with_article(value.kind), **fields)

    def met_use(self, node: nodes.Node, value: ValueType) -> None:
        """Note the path, in the place of those of the path up to it."""
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            self.uses.pop(id(node.node), None)
        place, top = self.tag_of(node).place, value.path.partition(".")[0].removesuffix(ITEM)
        if place.file and top != LOOP and top not in self.lenient:
            self.uses[id(node)] = Use(value.path, place)

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
        asked = (
            _written(node.node) if isinstance(node, nodes.Getattr | nodes.Getitem) else base.path
        )
        asked = asked if part.required else f"{asked} and {_written(node)}"
        self.report(node, "LRT335.ontbreekt", path=base.path, asked=asked)

    def met_no_part(self, node: nodes.Node, base: ValueType, name: str, scope: Scope) -> None:
        """Report a part that `base` does not have."""
        if base.kind == ValueKind.LIST:
            loop = in_loop(f"{base.path}[]", name, self.fields)
            self.report_misuse(node, "LRT337.onderdeel_van_lijst", base, name=name, loop=loop)
            return
        remedy = remedy_for_part(name, base, self.fields, scope)
        if base.kind == ValueKind.BLOCK or base.parts:
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
        self.report(node, "LRT335.korter", path=base.path, asked=_written(node.node) + least)

    def met_filter(self, node: nodes.Filter, value: ValueType) -> None:
        """Report a filter that can do nothing with `value`."""
        name, takes = node.name, signature_of(node.name).takes
        if takes is Takes.LISTS and value.known and value.kind != ValueKind.LIST:
            self.report_misuse(node, "LRT337.geen_lijst", value, filter=name)
        elif name == "opsomming" and value.item().kind == ValueKind.BLOCK and node.node is not None:
            remedy = remedy_for_list(value, _written(node.node), self.fields)
            self.report_misuse(node, "LRT337.blokken", value, remedy=remedy)
        elif takes in _NOT_TAKEN and _does_not_take(name, value):
            self.report_misuse(node, "LRT337.filter", value, filter=name)
        elif takes not in (Takes.LISTS, Takes.ANYTHING) and value.kind in _OF_PARTS:
            meant = remedy_for_block(value, _written(node.node), name) if node.node else ""
            self.report_misuse(node, "LRT337.filter_op_delen", value, filter=name, meant=meant)

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
                other = _with_article(next(iter(kinds - {word.kind})))
                self.report_misuse(node, "LRT337.vergelijken", word, other=other)

    def met_loop(self, node: nodes.For, value: ValueType) -> None:
        """Report a loop over what is no list."""
        if value.known and value.kind != ValueKind.LIST and not value.open:
            self.report_misuse(node.iter, "LRT337.niets_te_herhalen", value)

    def met_print(self, node: nodes.Expr, value: ValueType) -> None:
        """Report what cannot be printed as it is, and note what is printed."""
        tag = self.tag_of(node)
        if value.kind == ValueKind.LIST:
            remedy = remedy_for_list(value, _written(node), self.fields)
            self.report_misuse(node, "LRT337.lijst", value, remedy=remedy)
        elif value.kind == ValueKind.BLOCK:
            parts = ", ".join(part.name for part in value.parts[:_SHOWN_PARTS])
            self.report_misuse(node, "LRT337.blok", value, parts=f": {parts}" if parts else "")
        elif value.kind == ValueKind.RICH:
            self.report_misuse(node, "LRT337.opgemaakt", value, word=_written(node))
        elif (value.path and not value.required) or tag.kind is TagKind.VALUE:
            guarded = value.required or value.path in self.guards
            loops = tuple(self.tag_of(loop) for loop in self.loops)
            self.printed.append(Printed(tag, value, guarded, loops))


def _with_article(kind: ValueKind) -> str:
    """Return a kind of value as it stands in a sentence."""
    return f"een {kind}" if kind in _NOUNS else str(kind)


def _sure_kind(node: nodes.Node, value: ValueType) -> ValueKind:
    """Return what kind a word or a literal surely is, as far as kinds do not go together."""
    sure = value.field is not None or isinstance(node, nodes.Const)
    return value.kind if sure and value.kind in _PLAIN else ValueKind.UNKNOWN


def _does_not_take(name: str, value: ValueType) -> bool:
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


def _written(node: nodes.Node) -> str:
    """Return the expression `node` as it stands in the template, as far as it is a path."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_written(node.node)}[{node.arg.value!r}]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _written(node.node)
    if isinstance(node, nodes.Or):
        return _written(node.left)
    return "…"


# --- words that may be empty, and words that are missed


def check_empty(
    printed: Iterable[Printed], labels: Mapping[etree._Element, str]
) -> Iterator[Problem]:
    """Yield a warning for each paragraph that would show its label and nothing else.

    `labels` is the text of each paragraph without its tags.
    """
    by_paragraph: dict[etree._Element, list[Printed]] = {}
    for one in printed:
        if one.tag.owner is not None and one.tag.context != "plain":
            by_paragraph.setdefault(one.tag.owner, []).append(one)
    for paragraph, words in by_paragraph.items():
        labelled = _LETTERS.search(labels.get(paragraph, "")) or _has_label_above(paragraph, labels)
        sure = any(word.value.required for word in words) or _repeats(paragraph, words)
        for word in words if labelled and not sure else ():
            if not word.guarded:
                yield _empty(word)


def _repeats(paragraph: etree._Element, words: Sequence[Printed]) -> bool:
    """Tell whether the words stand in a loop inside the paragraph, or in a row that repeats."""
    inside = any(loop.owner is paragraph for word in words for loop in word.loops)
    return inside or (ancestor(paragraph, "tr") is not None and all(word.loops for word in words))


def _has_label_above(paragraph: etree._Element, labels: Mapping[etree._Element, str]) -> bool:
    """Tell whether the line above says only what this paragraph is: "Onze referentie"."""
    above = paragraph.getprevious()
    if above is None or above.tag != w("p") or above not in labels:
        return False
    text = labels[above].strip()
    return 0 < len(text.split()) <= _LABEL_WORDS and not text.endswith((".", ",", "?", "!"))


def _empty(word: Printed) -> Problem:
    tag = word.tag
    asked = tag.body.partition("|")[0].strip()
    asked = asked if _PATH.fullmatch(asked) else "…"
    key = "LRT335.label_of" if asked == tag.body else "LRT335.label"
    return messages.problem(key, tag.place, path=word.value.path, found=tag.text, asked=asked)


def check_needed(
    needed: Sequence[str], used: Collection[str], place: Place, fields: Sequence[Field]
) -> Iterator[Problem]:
    """Yield a warning for each path of `needed` that no part of the template has `used`.

    `fields` say what each of them is, and so how it is printed. Of paths with a bar between them
    ("tekst|slotalinea") one is enough.
    """
    for wanted in needed:
        path, *others = wanted.split("|")
        owner = path.rpartition(".")[0].removesuffix(ITEM)
        if not {path, *others} & set(used) and (owner not in needed or owner in used):
            name, remedy = path.replace(ITEM, ""), remedy_for_needed(path, fields)
            yield messages.problem("LRT336", place, name=name, remedy=remedy)
