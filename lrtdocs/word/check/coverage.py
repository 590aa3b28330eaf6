"""What the letters of a run, all together, make of a template.

A block that no letter shows, a word that is printed though it is empty, a text that a word never
is: one letter tells nothing of these. So the conditions and printed words of a template are made a
program of their own, without any text, which each letter goes through. It takes some microseconds;
filling is for whoever wants the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003 - of a table
from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import nodes

from lrtdocs import dutch, messages
from lrtdocs.language import Taal
from lrtdocs.model.ontvanger import KOLOMMEN
from lrtdocs.word.check.likeness import is_nearly
from lrtdocs.word.compile.printing import Guards
from lrtdocs.word.compile.program import compile_tree
from lrtdocs.word.compile.scopes import DEFAULTS, ScopeWalker
from lrtdocs.word.compile.value_types import ITEM, LOOP, TEXT, UNKNOWN
from lrtdocs.word.tags.tags import NOWHERE
from lrtdocs.word.values.context import WRITER, Budget, Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from jinja2 import Template as JinjaTemplate

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.compile.program import Program
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.compile.value_types import Scope, ValueType
    from lrtdocs.word.tags.tags import Tag

_SHOWN = 8
_TEXTS = 6
_KINDS = 100
"""So many different texts in one column are no kinds any more."""
_NAMES = frozenset(kolom.name for kolom in KOLOMMEN)
"""Columns of names, of which one may differ from another in a letter."""
_LANGUAGE = "taal"
"""A word that every letter has, and that is one of a few."""
_READS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "hoofdletters": str.upper,
    "trim": str.strip,
    "capitalize": str.capitalize,
    "title": str.title,
}
_PYTHON = frozenset({"True", "False", "true", "false"})
"""Yes and no as programs write them."""
_ELSE = re.compile(r"\n[-+]?\s*else\s*[-+]?%\}")
"""One with nothing behind it is there all the same."""
_HOLDERS = {"ontvanger", "velden"}
_LOOKUPS = nodes.Name | nodes.Getattr | nodes.Getitem
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
class Found:
    """Letters of which the same is told: how many, and the cells of the first of them."""

    count: int = 0
    cells: dict[str, Place] = field(default_factory=dict)
    _last: int = 0

    def add(self, letter: int, place: Callable[[], Place], said: str = "") -> None:
        """Take in a `letter`, by its number, with its cell and what is `said` there."""
        if letter != self._last:
            self._last, self.count = letter, self.count + 1
            if self.count <= _SHOWN:
                at = place()
                self.cells.setdefault(f"{at.cell or at.within} {said}".strip(), at)

    def tell(self, key: str, **fields: object) -> Problem:
        """Return the problem with that `key`, told once, at the first cell."""
        whole = self.count if len(self.cells) == _SHOWN else 0
        cells = dutch.join_some([*self.cells], _SHOWN, whole)
        first = next(iter(self.cells.values()))
        return messages.problem(key, first, None, cells=cells, number=self.count, **fields)


class Read(NamedTuple):
    """A text that a word is compared with, and the `filters` that the word passes first."""

    text: str
    filters: tuple[Callable[[str], str], ...]

    def apply(self, value: Any) -> Any:
        """Return what the filters make of `value`."""
        for each in self.filters if isinstance(value, str) else ():
            value = each(value)
        return value


@dataclass(eq=False)
class Compared:
    """A word that is compared with texts, in `tags`, and what it was: the texts `met`, or near."""

    path: str
    slips: bool
    reads: list[Read] = field(default_factory=list)
    tags: dict[str, list[Tag]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    near: dict[str, Found] = field(default_factory=dict)
    known: dict[str, str | None] = field(default_factory=dict)

    def value(self, words: Mapping[str, object]) -> object:
        """Return what the word is in a letter with these `words`, or None."""
        found: Any = words
        for name in self.path.split("."):
            found = found.get(name) if hasattr(found, "get") else None
        return found

    def judge(self, value: str) -> str | None:
        """Return the text that `value` nearly is, "" for none, None if it is one."""
        text = str(value)
        if text not in self.known:
            met = {read.text for read in self.reads if read.apply(value) == read.text}
            self.met |= met
            alike = (read.text for read in self.reads if len(self.known) < _KINDS
                     and is_nearly(read.apply(value), read.text, slips=self.slips))  # fmt: skip
            self.known[text] = None if met else next(alike, "")
        return self.known[text]

    def others(self) -> list[str]:
        """Return what the word was that is none of the texts."""
        return [text for text, near in self.known.items() if near is not None]

    def problems(self) -> Iterator[Problem]:
        """Yield the texts that it never is, and who have nearly another one."""
        met = {id(tag) for text in self.met for tag in self.tags[text]}
        for text, tags in self.tags.items():
            told = {"path": self.path, "text": text, "found": tags[0].text}
            known = self.path == _LANGUAGE and text in {*Taal}  # a template says what it can
            never = not known and not any(id(tag) in met for tag in tags)
            if never and (others := self.others()):
                texts = ", ".join(f"'{each}'" for each in others[:_TEXTS])
                yield messages.problem("LRT718", tags[0].place, None, texts=texts, **told)
            elif text in self.near:
                yield self.near[text].tell("LRT718.bijna", where=tags[0].place, **told)


@dataclass(eq=False)
class Chain:
    """Branches that all compare one word with texts, and the letters that are in none."""

    compared: Compared
    reads: list[Read]
    tag: Tag
    found: Found = field(default_factory=Found)

    def problem(self) -> Problem:
        """Return what there is to tell of the letters."""
        texts = " of ".join(dict.fromkeys(f"'{read.text}'" for read in self.reads))
        told = {"path": self.compared.path, "texts": texts, "tag": self.tag.text}
        return self.found.tell("LRT720", where=self.tag.place, **told)


class Coverage:
    """What became of `template` in the letters that it has seen.

    Of words only those in `own` are told, the columns of the list and the words of the user's own,
    and those that `lack` there: columns that the list might have.
    """

    def __init__(
        self, template: Template, own: Collection[str], lack: Collection[str] = ()
    ) -> None:
        self._own, self._lack = {*own, *lack}, frozenset(lack)
        self.marks: list[Block | Word | Chain] = []
        self._compared: dict[str, Compared] = {}
        self._words: dict[tuple[str, str], tuple[Tag, Found]] = {}
        self._whole, self._letter = True, 0
        self._programs: list[JinjaTemplate] = []
        for part in template.parts:
            self._add(part)

    def _add(self, part: Program) -> None:
        environment, known = part.template.environment, len(self.marks)
        tree = environment.parse(_ELSE.sub("\nelse %}.", part.source))
        _Reducer(self, part).walk(tree.body)
        if len(self.marks) > known:
            self._programs.append(compile_tree(Guards().visit(tree), environment, part.place))

    def is_own(self, path: str) -> bool:
        """Tell whether the word at `path` is one of the user's own."""
        return root_of(path) in self._own

    def is_listed(self, path: str) -> bool:
        """Tell whether the list says what the word at `path` is, and may say anything.

        Or whether it is the language, of which a template may name another than there are.
        """
        root = root_of(path)
        return path == _LANGUAGE or (root in self._own and root not in self._lack)

    def compare(self, path: str, read: Read, tag: Tag) -> Compared:
        """Take in that the word at `path` is compared in `tag`, and how."""
        root = root_of(path)
        compared = self._compared.setdefault(root, Compared(path, root not in _NAMES))
        compared.reads.append(read)
        compared.tags.setdefault(read.text, []).append(tag)
        return compared

    def see(self, words: Mapping[str, object], find: Callable[[str], Place]) -> None:
        """Go through one letter; `find` tells where the word at a path stands, or should stand."""
        self._letter += 1

        def add(found: Found, path: str, value: object, said: str = "") -> None:
            found.add(self._letter, lambda: getattr(value, "place", None) or find(path), said)

        for each in self._compared.values():
            value = each.value(words)
            if isinstance(value, str) and value.strip() and (near := each.judge(value)):
                add(each.near.setdefault(near, Found()), each.path, value, f"({value})")
        known = {**words, WRITER: SimpleNamespace(budget=Budget(Limits()))}
        for program in self._programs:
            try:
                context = program.new_context(known, shared=True)
                for piece in (pieces := iter(program.root_render_func(context))):
                    mark = self.marks[int(piece)]
                    if isinstance(mark, Block):
                        mark.seen = True
                    elif isinstance(mark, Chain):
                        value = mark.compared.value(words)
                        told = any(read.apply(value) == read.text for read in mark.reads)
                        if not (told or mark.compared.known.get(str(value), "")):
                            said = "leeg" if is_empty(value) else str(value)
                            add(mark.found, mark.compared.path, value, f"({said})")
                    elif is_empty(value := next(pieces)):
                        add(self._told(mark, "LRT716"), mark.path, value)
                    elif isinstance(value, str) and value in _PYTHON:
                        add(self._told(mark, "LRT716.python"), mark.path, value, f"({value})")
            except Exception:  # noqa: BLE001 - filling tells what is wrong, at its place
                self._whole = False

    def _told(self, word: Word, key: str) -> Found:
        """Return the letters of which the same is told of a printed `word`: that under `key`."""
        key = "LRT716.kolom" if key == "LRT716" and root_of(word.path) in self._lack else key
        return self._words.setdefault((key, word.path), (word.tag, Found()))[1]

    def problems(self) -> Iterator[Problem]:
        """Yield what there is to tell once all letters were seen."""
        for (key, path), (tag, found) in self._words.items():
            told = {"path": path, "tag": tag.text, "where": tag.place}
            yield found.tell(key, name=root_of(path), **told)
        told_tags: set[int] = set()
        for each in self._compared.values():
            yield from each.problems()
            unmet = [tags for text, tags in each.tags.items() if text not in each.met]
            told_tags |= {id(tag) for tags in unmet for tag in tags if each.known}
        for mark in self.marks if self._whole else ():
            if isinstance(mark, Chain) and mark.found.count:
                yield mark.problem()
            elif isinstance(mark, Block) and mark.tells and not any(b.seen for b in mark.ifs):
                near = mark.above is None or mark.above.seen
                if near and id(mark.tag) not in told_tags:
                    yield messages.problem("LRT717", mark.tag.place, found=mark.tag.text)


def is_empty(value: object) -> bool:
    """Tell whether a word has no text."""
    return value is None or (isinstance(value, str) and not value.strip())


class _Reducer(ScopeWalker):
    """Takes out of a program what says nothing of its letters, and puts marks in what is left."""

    def __init__(self, coverage: Coverage, part: Program) -> None:
        super().__init__()
        self.coverage, self.lines = coverage, part.lines
        self.above: Block | None = None
        self.heard: list[tuple[Compared, Read]] = []
        self.made: dict[int, list[nodes.Node]] = {}

    def _tag(self, node: nodes.Node) -> Tag:
        return self.lines.get(node.lineno, NOWHERE)

    def _mark(self, mark: Block | Word | Chain, line: int) -> nodes.Output:
        self.coverage.marks.append(mark)
        return nodes.Output([nodes.TemplateData(str(len(self.coverage.marks) - 1))], lineno=line)

    def walk(self, body: Iterable[nodes.Node], scope: Scope | None = None) -> None:
        """Walk a body, in which a printed word becomes its mark and its value."""
        super().walk(body, scope)
        if isinstance(body, list):
            body[:] = [made for node in body for made in self.made.get(id(node), [node])]

    def visit_Output(self, node: nodes.Output, scope: Scope) -> None:
        self.made[id(node)] = [made for child in node.nodes for made in self._show(child, scope)]

    def _show(self, node: nodes.Node, scope: Scope) -> list[nodes.Node]:
        """Return what tells of the words that `node` prints, whatever filters make of them.

        A sum goes by the first of its words: it is empty where all of them are.
        """
        if isinstance(node, nodes.CondExpr):
            self.visit(node.test, scope)
            before, self.guards = self.guards, self.guards | self._asked_by(node.test, scope)
            shown = self._show(node.expr1, scope)
            rest = self._show(node.expr2, scope) if node.expr2 else []
            self.guards = before
            return [nodes.If(node.test, shown, [], rest, lineno=node.lineno)]
        if isinstance(node, nodes.Concat):
            return [made for each in node.nodes for made in self._show(each, scope)]
        if isinstance(node, nodes.Filter) and node.node and node.name not in DEFAULTS:
            return self._show(node.node, scope)
        path = self.visit(node.left if isinstance(node, nodes.Add) else node, scope).path
        told = isinstance(node, _LOOKUPS | nodes.Add) and path and path not in self.guards
        if not told or not self.coverage.is_own(path):
            return []
        mark = self._mark(Word(path, self._tag(node)), node.lineno)
        return [mark, nodes.Output([node], lineno=node.lineno)]

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
        compared: list[list[tuple[Compared, Read]]] = []
        says = False
        for branch in (node, *node.elif_):
            self.heard = []
            self._under(asked, branch.test, scope)
            compared.append(self.heard)
            asked |= self._asked_by(branch.test, scope)
            tells = self._tells(self.mentioned(branch.test, scope), branch.body, scope)
            says = says or _says(branch.body)
            block = Block(self._tag(branch.test), self.above, ifs, tells)
            self._branch(block, branch.body, scope, asked)
        if node.else_:
            self._branch(Block(ifs[0].tag, self.above, ifs), node.else_, scope, asked)
        elif says and node.elif_:
            for one, _ in compared[0][:1]:
                reads = [[read for each, read in heard if each is one] for heard in compared]
                if all(reads):
                    chain = Chain(one, [read for some in reads for read in some], ifs[0].tag)
                    node.else_ = [self._mark(chain, 1)]

    def _asked_by(self, test: nodes.Node, scope: Scope) -> frozenset[str]:
        """Return the words that `test` asks if they are filled: a comparison does not."""
        if isinstance(test, _LOOKUPS):
            return self.mentioned(test, scope)
        through = nodes.And | nodes.Or | nodes.Not | nodes.Filter
        below = test.iter_child_nodes() if isinstance(test, through) else ()
        return frozenset().union(*(self._asked_by(each, scope) for each in below))

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
        whole = nodes.Template(body)
        printed = whole.find_all(nodes.Output)
        names = {root_of(path) for each in printed for path in self.mentioned(each, scope)}
        if any(map(self.coverage.is_own, names - asked)):
            return True
        found, least, below = [*whole.find_all(nodes.TemplateData)], 1, set()
        texts = [text.data for text in found]
        if asked & shown or not any(map(self.coverage.is_own, asked)):
            for each in whole.find_all(nodes.If):
                if {root_of(path) for path in self.mentioned(each.test, scope)} <= asked:
                    below |= {id(text) for text in each.find_all(nodes.TemplateData)}
            texts = [text.data for text in found if id(text) not in below]
            texts, least = [p for text in texts for p in _PARAGRAPH.findall(text)], _SENTENCE
        return any(len(_WORD.findall(_XML.sub(" ", text))) >= least for text in texts)

    def visit_For(self, node: nodes.For, scope: Scope) -> None:
        block, before = Block(self._tag(node.iter), self.above, []), self.above
        mark, self.above = self._mark(block, node.lineno), block
        super().visit_For(node, scope)
        self.above = before
        node.body.insert(0, mark)

    def visit_Compare(self, node: nodes.Compare, scope: Scope) -> ValueType:
        sides = [node.expr, *(one.expr for one in node.ops)]
        for (left, right), one in zip(pairwise(sides), node.ops, strict=True):
            if one.op in {"eq", "ne"}:
                self._hear(left, [right], one, scope)
                self._hear(right, [left], one, scope)
            elif one.op in {"in", "notin"} and isinstance(right, nodes.List | nodes.Tuple):
                self._hear(left, right.items, one, scope)
        return super().visit_Compare(node, scope)

    def _hear(
        self, side: nodes.Expr, others: list[nodes.Expr], one: nodes.Operand, scope: Scope
    ) -> None:
        """Hear of a word, as filters read it, that is compared with the texts among `others`."""
        filters: list[Callable[[str], str]] = []
        while isinstance(side, nodes.Filter) and side.name in _READS and side.node is not None:
            filters.insert(0, _READS[side.name])
            side = side.node
        path = self.visit(side, scope).path if isinstance(side, _LOOKUPS) else ""
        if not path or _is_in_loop(path) or not self.coverage.is_listed(path):
            return
        for each in others:
            if isinstance(each, nodes.Const) and isinstance(each.value, str) and each.value:
                read = Read(each.value, tuple(filters))
                compared = self.coverage.compare(path, read, self._tag(each))
                if one.op in {"eq", "in"}:
                    self.heard.append((compared, read))

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


def _says(body: list[nodes.Node]) -> bool:
    """Tell whether there is something in `body` that comes into a letter."""
    for out in nodes.Template(body).find_all(nodes.Output):
        for each in out.nodes:
            if not isinstance(each, nodes.TemplateData) or _WORD.search(_XML.sub(" ", each.data)):
                return True
    return False


def root_of(path: str) -> str:
    """Return the word that a path is about: the column, of a recipient."""
    top, _, below = path.partition(".")
    return below.partition(".")[0] if top in _HOLDERS and below else top.removesuffix(ITEM)


def _is_in_loop(path: str) -> bool:
    return ITEM in path or path.partition(".")[0] == LOOP
