"""What the letters of a run, all together, make of a template.

A block that no letter shows, a word that is printed though it is empty, a text that a word never
is: one letter tells nothing of these. So the conditions and printed words of a template are made a
program of their own, without any text, which each letter goes through. It takes some microseconds;
filling is for whoever wants the letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import nodes

from lrtdocs import dutch, messages
from lrtdocs.model.value import Value
from lrtdocs.word.compile.printing import Guards
from lrtdocs.word.compile.program import compile_tree
from lrtdocs.word.compile.scopes import DEFAULTS, ScopeWalker
from lrtdocs.word.compile.value_types import ITEM, LOOP, TEXT, UNKNOWN
from lrtdocs.word.tags.tags import NOWHERE
from lrtdocs.word.values.context import WRITER, Budget, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from jinja2 import Template as JinjaTemplate

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.compile.program import Program
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.compile.value_types import Scope, ValueType
    from lrtdocs.word.tags.tags import Tag

_SHOWN = 8
_TEXTS = 6
_HOLDERS = {"ontvanger", "velden"}
_XML = re.compile(r"^[^<>]*>|<[^>]*(?:>|$)|&\w+;")
_WORD = re.compile(r"[^\W\d_]+")
_PARAGRAPH = re.compile(r"<w:p[ >](?:(?!<w:p[ >]).)*</w:p>", re.DOTALL)
_SENTENCE = 6
"""So many words are more than a heading."""


@dataclass(eq=False)
class Block:
    """A branch of a condition, or the body of a loop, inside the branch `above`.

    `ifs` are all branches of one condition. It `tells` something if it holds a text that is not
    about what the condition asks.
    """

    tag: Tag
    above: Block | None
    ifs: list[Block]
    tells: bool = False
    seen: bool = False


class Word(NamedTuple):
    """A word that is printed without being asked for."""

    path: str
    tag: Tag


@dataclass(eq=False)
class Compared:
    """A word that is compared with a `text`, and what it was instead."""

    path: str
    text: str
    tag: Tag
    others: dict[str, None] = field(default_factory=dict)


@dataclass(eq=False)
class _Empty:
    tag: Tag
    places: dict[str, Place] = field(default_factory=dict)
    count: int = 0


class Coverage:
    """What became of `template` in the letters that it has seen.

    Of words only those in `own` are told: the columns of the list and the words of the user's own.
    """

    def __init__(self, template: Template, own: Collection[str]) -> None:
        self._own = frozenset(own)
        self.marks: list[Block | Word] = []
        self.compared: list[Compared] = []
        self._empty: dict[str, _Empty] = {}
        self._whole = True
        self._programs: list[JinjaTemplate] = []
        for part in template.parts:
            self._add(part)

    def _add(self, part: Program) -> None:
        environment, known = part.template.environment, len(self.marks)
        tree = environment.parse(part.source)
        _Reducer(self, part).walk(tree.body)
        if len(self.marks) > known:
            self._programs.append(compile_tree(Guards().visit(tree), environment, part.place))

    def is_own(self, path: str) -> bool:
        """Tell whether the word at `path` is one of the user's own."""
        return root_of(path) in self._own

    def see(self, words: Mapping[str, object], find: Callable[[str], Place]) -> None:
        """Go through one letter; `find` tells where the word at a path stands, or should stand."""
        known = {**words, WRITER: SimpleNamespace(budget=Budget(Limits()))}
        for program in self._programs:
            try:
                for piece in (pieces := iter(_run(program, known))):
                    mark = self.marks[int(piece)]
                    if isinstance(mark, Block):
                        mark.seen = True
                    else:
                        self._see_word(mark, next(pieces), find)
            except Exception:  # noqa: BLE001 - filling tells what is wrong, at its place
                self._whole = False
        for each in tuple(self.compared):
            self._compare(each, words)

    def _see_word(self, word: Word, value: Any, find: Callable[[str], Place]) -> None:
        if value is None or (isinstance(value, str) and not value.strip()):
            place = value.place if isinstance(value, Value) else None
            place = place or find(word.path)
            empty = self._empty.setdefault(word.path, _Empty(word.tag))
            if str(place) not in empty.places:
                empty.count += 1
                if empty.count <= _SHOWN:
                    empty.places[str(place)] = place

    def _compare(self, one: Compared, words: Mapping[str, object]) -> None:
        value: Any = words
        for name in one.path.split("."):
            value = value.get(name) if hasattr(value, "get") else None
        if value == one.text:
            self.compared.remove(one)
        elif isinstance(value, str) and value.strip() and len(one.others) <= _TEXTS:
            one.others[str(value)] = None

    def problems(self) -> Iterator[Problem]:
        """Yield what there is to tell once all letters were seen."""
        for path, empty in self._empty.items():
            places = [*empty.places.values()]
            told = {"path": path, "tag": empty.tag.text, "where": empty.tag.place}
            cells = dutch.join_some([*map(_spot, places)], _SHOWN, empty.count)
            yield messages.problem(
                "LRT716", places[0], None, cells=cells, number=empty.count, **told
            )
        never = [one for one in self.compared if one.others]
        for one in never:
            texts = ", ".join(f"'{text}'" for text in list(one.others)[:_TEXTS])
            told = {"text": one.text, "path": one.path, "found": one.tag.text, "texts": texts}
            yield messages.problem("LRT718", one.tag.place, None, **told)
        told_tags = {id(one.tag) for one in never}
        for block in self.marks if self._whole else ():
            if isinstance(block, Block) and block.tells and not any(b.seen for b in block.ifs):
                near = block.above is None or block.above.seen
                if near and id(block.tag) not in told_tags:
                    yield messages.problem("LRT717", block.tag.place, found=block.tag.text)


def _run(program: JinjaTemplate, words: dict[str, Any]) -> Iterator[Any]:
    return program.root_render_func(program.new_context(words, shared=True))


def _spot(place: Place) -> str:
    return place.cell or str(place)


class _Reducer(ScopeWalker):
    """Takes out of a program what says nothing of its letters, and puts marks in what is left."""

    def __init__(self, coverage: Coverage, part: Program) -> None:
        super().__init__()
        self.coverage, self.lines = coverage, part.lines
        self.above: Block | None = None
        self.made: dict[int, list[nodes.Node]] = {}

    def _tag(self, node: nodes.Node) -> Tag:
        return self.lines.get(node.lineno, NOWHERE)

    def _mark(self, mark: Block | Word, line: int) -> nodes.Output:
        self.coverage.marks.append(mark)
        return nodes.Output([nodes.TemplateData(str(len(self.coverage.marks) - 1))], lineno=line)

    def walk(self, body: Iterable[nodes.Node], scope: Scope | None = None) -> None:
        """Walk a body, in which a printed word becomes its mark and its value."""
        super().walk(body, scope)
        if isinstance(body, list):
            body[:] = [made for node in body for made in self.made.get(id(node), [node])]

    def visit_Output(self, node: nodes.Output, scope: Scope) -> None:
        made: list[nodes.Node] = []
        for leaf in (leaf for child in node.nodes for leaf in _printed(child)):
            value = self.visit(leaf.left if isinstance(leaf, nodes.Add) else leaf, scope)
            if value.path and value.path not in self.guards and self.coverage.is_own(value.path):
                made.append(self._mark(Word(value.path, self._tag(leaf)), leaf.lineno))
                made.append(nodes.Output([leaf], lineno=leaf.lineno))
        self.made[id(node)] = made

    def _branch(
        self, block: Block, body: list[nodes.Node], scope: Scope, asked: frozenset[str]
    ) -> None:
        block.ifs.append(block)
        mark, before, self.above = self._mark(block, 1), self.above, block
        self._guarded(body, scope, asked)
        self.above = before
        body.insert(0, mark)

    def visit_If(self, node: nodes.If, scope: Scope) -> None:
        asked: frozenset[str] = frozenset()
        ifs: list[Block] = []
        for branch in (node, *node.elif_):
            self._under(asked, branch.test, scope)
            mentioned = self.mentioned(branch.test, scope)
            asked |= mentioned
            tells = self._tells(mentioned, branch.body, scope)
            block = Block(self._tag(branch.test), self.above, ifs, tells)
            self._branch(block, branch.body, scope, asked)
        if node.else_:
            self._branch(Block(ifs[0].tag, self.above, ifs), node.else_, scope, asked)

    def _tells(self, mentioned: frozenset[str], body: list[nodes.Node], scope: Scope) -> bool:
        """Tell whether `body` says something that is not about the words `mentioned` around it.

        A block that shows what it asks for falls away where that is not there, as it should, and so
        does one about what letters may have; but not if it shows another word of the user's own as
        well, or has a paragraph that shows nothing.
        """
        if not mentioned or any(_is_in_loop(path) for path in mentioned):
            return False
        asked = {root_of(path) for path in mentioned}
        shown = {root_of(path) for node in body for path in self.mentioned(node, scope)}
        outputs = nodes.Template(body).find_all(nodes.Output)
        printed = [leaf for out in outputs for child in out.nodes for leaf in _printed(child)]
        names = {root_of(path) for leaf in printed for path in self.mentioned(leaf, scope)}
        if any(map(self.coverage.is_own, names - asked)):
            return True
        texts = [text.data for node in body for text in node.find_all(nodes.TemplateData)]
        least = 1
        if asked & shown or not any(map(self.coverage.is_own, asked)):
            texts, least = [p for text in texts for p in _PARAGRAPH.findall(text)], _SENTENCE
        return any(len(_WORD.findall(_XML.sub(" ", text))) >= least for text in texts)

    def visit_For(self, node: nodes.For, scope: Scope) -> None:
        block, before = Block(self._tag(node.iter), self.above, []), self.above
        mark, self.above = self._mark(block, node.lineno), block
        super().visit_For(node, scope)
        self.above = before
        node.body.insert(0, mark)

    def met_comparison(self, node: nodes.Compare, values: Sequence[ValueType]) -> None:
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        for here, there in zip([*range(len(sides))], [*range(1, len(sides)), 0], strict=True):
            path = values[here].path
            if isinstance(sides[here], nodes.Name | nodes.Getattr) and self._is_compared(path):
                for text in _texts(sides[there]):
                    self.coverage.compared.append(Compared(path, text, self._tag(node)))

    def _is_compared(self, path: str) -> bool:
        return not _is_in_loop(path) and self.coverage.is_own(path)

    def visit_AssignBlock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._bind(node.target, TEXT, scope)
        filled = nodes.Assign(node.target, nodes.Const("…"), lineno=node.lineno)
        self.made[id(node)] = [filled]

    def visit_Macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        """Pass over what is called elsewhere, or what a call is given."""
        if isinstance(node, nodes.Macro):
            scope[node.name] = UNKNOWN
            node.body = []
        else:
            self.made[id(node)] = []

    visit_CallBlock = visit_Macro

    def visit_FilterBlock(self, node: nodes.FilterBlock, _: Scope) -> None:
        self.made[id(node)] = []


def _printed(node: nodes.Node) -> Iterator[nodes.Expr]:
    """Yield the words that `node` prints, whatever filters make of them.

    A sum goes by the first of its words: it is empty where all of them are.
    """
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Add):
        yield node
    elif isinstance(node, nodes.Concat):
        for each in node.nodes:
            yield from _printed(each)
    elif isinstance(node, nodes.Filter) and node.node is not None and node.name not in DEFAULTS:
        yield from _printed(node.node)


def _texts(node: nodes.Node) -> Iterator[str]:
    """Yield the texts that a word is compared with: one, or each of a list."""
    for each in node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]:
        if isinstance(each, nodes.Const) and isinstance(each.value, str):
            yield each.value


def root_of(path: str) -> str:
    """Return the word that a path is about: the column, of a recipient."""
    top, _, below = path.partition(".")
    return below.partition(".")[0] if top in _HOLDERS and below else top.removesuffix(ITEM)


def _is_in_loop(path: str) -> bool:
    return ITEM in path or path.partition(".")[0] == LOOP
