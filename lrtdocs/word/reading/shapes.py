"""What paragraphs a template can make, and how the words of one are read back from its text.

A template says it all: which fixed words stand around which value, what is only there under a
condition, and which loop a paragraph belongs to. So each paragraph of it is a shape, made of the
syntax tree of its part, and a text of that shape gives its words. That also reads what was not
printed and somebody typed: `(ter bespreking)` behind `Inbrenger: VNG`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from lrtdocs.word.package.elements import val
from lrtdocs.word.reading.blocks import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lrtdocs.word.compile.program import Program
    from lrtdocs.word.compile.template import Template

_XML = re.compile(r"<[^>]*>|[^<>]+|[<>]")
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_MOST_FREE = 6
_ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
_RICH = ("blocks", "inline", "rest")


class Loop(NamedTuple):
    """A loop of a template: what its items are called, the list it goes through, and its number.

    `path` is that of the list from the top: "agendapunten[].bijlagen". A `chosen` one leaves items
    out, by a condition or a filter.
    """

    name: str
    path: str
    number: int
    chosen: bool


class Slot(NamedTuple):
    """A value in a shape: the `path` of its word from the top, "" when that is not plain.

    `line` is that of its tag. A `rich` one is a text of many paragraphs. `link` is the path of the
    address that it is a link to. A `test` prints nothing: it tells that fixed words stand there.
    """

    path: str
    line: int
    rich: bool = False
    link: str = ""
    test: bool = False


class Choice(NamedTuple):
    """Parts of a shape of which one is there; `slot` is the word that decides, if nothing else."""

    ways: tuple[tuple[Token, ...], ...]
    slot: Slot | None = None


Token = str | Slot | Choice


class Mode(NamedTuple):
    """How a shape is read: a value between brackets has none itself (`tight`), others are `shut`.

    `without` are the lines of tags that have no value then.
    """

    tight: bool = False
    shut: bool = False
    without: frozenset[int] = frozenset()


_WAYS = (Mode(tight=True, shut=True), Mode(shut=True), Mode(tight=True), Mode())


def _any(_path: str, _text: str) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Shape:
    """A paragraph of a template, in the order `number` of the part called `part`.

    `style` is the name of its style in small letters. In its loop it stands at its `turn`; those of
    one turn come instead of each other, and one of them always does where they are `needed`.
    """

    part: str
    number: int
    style: str
    tokens: tuple[Token, ...]
    loops: tuple[Loop, ...]
    in_row: bool
    turn: int = 0
    needed: bool = True

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """All values in it."""
        return tuple(_slots(self.tokens))

    @property
    def rich(self) -> Slot | None:
        """Its value of many paragraphs, if it has one."""
        return next((slot for slot in self.slots if slot.rich), None)

    @property
    def is_fixed(self) -> bool:
        """Whether it is made of fixed words only."""
        return not self.slots and bool(self.tokens)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source({}, Mode()), re.DOTALL)

    def _source(self, known: Mapping[int, str], mode: Mode) -> str:
        return _pattern_of(self.tokens, _Names(self.slots, dict(known), mode))

    def fits(self, text: str) -> bool:
        """Tell whether the plain `text` can be of this shape."""
        return self._pattern.fullmatch(text) is not None

    def read(
        self,
        text: str,
        known: Mapping[int, str] | None = None,
        judge: Callable[[str, str], bool] = _any,
    ) -> dict[Slot, str] | None:
        """Return the values in the plain `text`, None if it is not of this shape.

        `known` are values by the line of their tag, as they were printed: of all ways to read the
        text the one counts that keeps most of them, with no others where that can be; `judge` tells
        of a path and a text if that can be its value, and is not asked when no way is to its
        liking. A test that fails has no value.
        """
        found = self._read_best(text, known or {}, judge)
        return self._read_best(text, known or {}, _any) if found is None else found

    def _read_best(
        self, text: str, known: Mapping[int, str], judge: Callable[[str, str], bool]
    ) -> dict[Slot, str] | None:
        known = {line: plain_text(value) for line, value in known.items()}
        lines = [line for line in known if known[line]][:_MOST_FREE]
        said = {slot.path for slot in self.slots if known.get(slot.line)}
        for needed in (said, set[str]()) if said else (said,):
            for free in range(len(lines) + 1):
                for changed in combinations(lines, free):
                    kept = {line: text for line, text in known.items() if line not in changed}
                    for mode in _WAYS if lines else _WAYS[2:]:
                        values = self._read(text, kept, mode, known)
                        if (
                            values
                            and needed <= {slot.path for slot in values}
                            and all(s.test or judge(s.path, one) for s, one in values.items())
                        ):
                            return values
        return None

    def _read(
        self, text: str, kept: Mapping[int, str], mode: Mode, known: Mapping[int, str]
    ) -> dict[Slot, str] | None:
        paths = {slot.path for slot in self.slots if slot.line in known}
        shut = {slot.line for slot in self.slots if mode.shut and slot.path not in paths}
        source = self._source(kept, mode._replace(without=frozenset(shut)))
        found = re.fullmatch(source, text, re.DOTALL)
        return self._values(found) if found else None

    def _values(self, found: re.Match[str]) -> dict[Slot, str]:
        groups = found.groupdict()
        return {
            slot: value
            for number, slot in enumerate(self.slots)
            if (value := groups.get(f"g{number}")) is not None
        }


@dataclass
class _Names:
    """What a pattern is made with: the number of each slot, what is known, and the mode."""

    slots: tuple[Slot, ...]
    known: dict[int, str]
    mode: Mode
    count: int = field(default=0)

    def next(self) -> int:
        """Return the number of the next slot."""
        self.count += 1
        return self.count - 1


def _slots(tokens: Iterable[Token]) -> Iterator[Slot]:
    for token in tokens:
        if isinstance(token, Slot):
            yield token
        elif isinstance(token, Choice):
            if token.slot is not None:
                yield token.slot
            for way in token.ways:
                yield from _slots(way)


def _pattern_of(tokens: Sequence[Token], names: _Names) -> str:
    pieces = []
    before = ""
    for token in tokens:
        if isinstance(token, str):
            pieces.append(_fixed(token))
            before = token.strip()[-1:] or before
        elif isinstance(token, Slot):
            number = names.next()
            known = names.known.get(token.line)
            inside = "[^()]+?" if names.mode.tight and before == "(" else ".+?"
            inside = "(?!)" if token.line in names.mode.without else inside
            pieces.append(f"(?P<g{number}>{inside if known is None else re.escape(known)})")
            before = ""
        else:
            own = f"?P<g{names.next()}>" if token.slot is not None else "?:"
            # a test is not among the values that are known, as nothing is printed of it
            ways = "|".join(_pattern_of(way, names) for way in token.ways)
            pieces.append(f"({own}{ways})" + ("?" if token.slot is not None else ""))
    return "".join(pieces)


def _fixed(text: str) -> str:
    """Return a pattern for fixed words, in which spaces may be there or not."""
    pieces = re.split(r"(\s+)", plain_inside(text))
    return "".join(
        (r" *\t *" if "\t" in piece else r" *\n *" if "\n" in piece else " *")
        if piece.isspace()
        else re.escape(piece)
        for piece in pieces
        if piece
    )


def plain_inside(text: str) -> str:
    """Return `text` with plain spaces and hyphens, also around it."""
    return plain_text(f"x{text}x")[1:-1] if text.strip() else text.replace("\u00a0", " ")


# --- made of a template


def shapes_of(template: Template) -> list[Shape]:
    """Return the shapes of the paragraphs of `template`, part by part, in their order."""
    styles = template.package.styles()
    names = {style_id: val(style, "name").lower() for style_id, style in styles.items()}
    shapes: list[Shape] = []
    for program in template.parts:
        walk = _Walk(program, template, names)
        walk.statements(program.template.environment.parse(program.source).body)
        shapes += [
            replace(shape, needed=shape.number not in walk.optional) for shape in walk.shapes
        ]
    return shapes


class _Walk:
    """Goes through the program of one part and gathers its paragraphs."""

    def __init__(self, program: Program, template: Template, names: Mapping[str, str]) -> None:
        self.program, self.template, self.names = program, template, names
        self.shapes: list[Shape] = []
        self.loops: list[Loop] = []
        self.inside: list[list[Token]] = []
        self.style = ""
        self.in_text = self.in_tag = False
        self.rows = self.count = self.turn = 0
        self.in_if = False
        self.optional: set[int] = set()

    def statements(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    if isinstance(child, nodes.TemplateData):
                        self._xml(child.data)
                    else:
                        self._value(child)
            elif isinstance(node, nodes.If):
                self._if(node)
            elif isinstance(node, nodes.For):
                self._for(node)

    def _if(self, node: nodes.If) -> None:
        branches = [node.body, *(one.body for one in node.elif_), node.else_]
        if not self.inside or self.in_tag:
            self._if_around(branches)
            return
        before = (self.in_text, self.in_tag)
        ways = []
        for branch in branches:
            self.in_text, self.in_tag = before
            self.inside.append([])
            self.statements(branch)
            ways.append(tuple(self.inside.pop()) if self.inside else ())
        if not any(ways) or not self.inside:
            return
        tests = [] if node.else_ else [node.test, *(one.test for one in node.elif_)]
        told = [self._told(way, test) for way, test in zip(ways, tests, strict=False)]
        if len(told) == 1 and isinstance(told[0], Choice):
            self.inside[-1].append(told[0])
            return
        shown = [(one,) if one else way for one, way in zip(told, ways, strict=False)]
        self.inside[-1].append(Choice(tuple(dict.fromkeys([*shown, *ways[len(shown) :]]))))

    def _told(self, way: tuple[Token, ...], test: nodes.Node) -> Choice | None:
        """Return fixed words that tell that the word `test` is there, None for what is no such."""
        asked = self._from_top(_path(test)) if _path(test) else ""
        if not asked or not way or list(_slots(way)):
            return None
        return Choice((way,), Slot(asked, test.lineno, test=True))

    def _if_around(self, branches: Sequence[Sequence[nodes.Node]]) -> None:
        """Go through a condition around whole paragraphs: they are all of one turn."""
        outer, before = self.in_if, len(self.shapes)
        self.turn += not outer
        self.in_if = True
        counts = []
        for branch in branches:
            start = len(self.shapes)
            self.statements(branch)
            counts.append(len(self.shapes) - start)
        self.in_if = outer
        if not all(counts):
            for shape in self.shapes[before:]:
                self.optional.add(shape.number)

    def _for(self, node: nodes.For) -> None:
        name = node.target.name if isinstance(node.target, nodes.Name) else ""
        asked = _path(node.iter)
        path = self._from_top(asked) if asked else ""
        chosen = node.test is not None or isinstance(node.iter, nodes.Filter) or not path
        self.count += 1
        self.loops.append(Loop(name, path, self.count, chosen))
        around, self.in_if = (self.in_if, self.turn), False
        if self.inside and not self.in_tag:  # a loop within a paragraph can print anything
            self.inside[-1].append(Choice(((Slot("", node.lineno),), ())))
            self.inside.append([])
            self.statements(node.body)
            self.inside.pop()
        else:
            self.statements(node.body)
        self.loops.pop()
        self.in_if, self.turn = around

    def _value(self, node: nodes.Expr) -> None:
        tag = self.program.lines.get(node.lineno)
        if tag is None or self.in_tag:
            return
        context = tag.context.partition(" ")[0]
        asked, link = _word(node)
        path = self._from_top(asked) if asked else ""
        slot = Slot(path, node.lineno, context in _RICH, self._from_top(link) if link else "")
        if isinstance(node, nodes.Const):
            if self.inside:
                self.inside[-1].append(str(node.value))
        elif context == "blocks":
            form = self.template.formattings[tag.formatting_id]
            found = _STYLE.search(form.paragraph)
            self._add(found[1] if found else "", (slot,))
        elif self.inside and context != "rest":
            self.inside[-1].append(slot)

    def _from_top(self, path: str) -> str:
        """Return `path` with the list that its first name goes through: "agendapunten[].titel"."""
        first, dot, rest = path.partition(".")
        for loop in reversed(self.loops):
            if loop.name == first:
                return f"{loop.path}[]{dot}{rest}" if loop.path else ""
        return path

    def _xml(self, xml: str) -> None:
        for piece in _XML.findall(f"<{xml}" if self.in_tag and not xml.startswith("<") else xml):
            if piece.startswith("<"):
                self.in_tag = not piece.endswith(">")
                self._element(piece)
            elif self.in_text and self.inside:
                self.inside[-1].append(_unescape(piece))

    def _element(self, tag: str) -> None:
        name = tag[1:].partition(" ")[0].rstrip("/>")
        if name == "w:p" and not tag.endswith("/>"):
            self.inside, self.style = [[]], ""
        elif name == "/w:p" or (not tag.startswith("</") and name == "w:p"):
            self._close() if self.inside else None
        elif name == "w:pStyle":
            found = _STYLE.match(tag)
            self.style = found[1] if found else ""
        elif name in {"w:t", "/w:t"}:
            self.in_text = name == "w:t" and not tag.endswith("/>")
        elif self.inside and (tag == "<w:tab/>" or name == "w:br"):
            self.inside[-1].append("\t" if name == "w:tab" else "\n")
        elif name in {"w:tr", "/w:tr"}:
            self.rows += 1 if name == "w:tr" else -1

    def _close(self) -> None:
        tokens = tuple(self.inside[0])
        self.inside, self.in_text = [], False
        self._add(self.style, tokens)

    def _add(self, style: str, tokens: tuple[Token, ...]) -> None:
        name = self.names.get(style, "normal") or "normal"
        number, part = len(self.shapes), self.program.place.part or ""
        self.turn += not self.in_if
        in_row = self.rows > 0
        self.shapes.append(Shape(part, number, name, tokens, tuple(self.loops), in_row, self.turn))


def _unescape(text: str) -> str:
    for escape, sign in _ESCAPES.items():
        text = text.replace(escape, sign)
    return text


def _path(node: nodes.Node | None) -> str:
    """Return the path of a word without filters, "" when `node` is no such thing."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        base = _path(node.node)
        return f"{base}.{node.attr}" if base else ""
    return ""


def _word(node: nodes.Expr) -> tuple[str, str]:
    """Return the path of the word that is printed, and that of an address it is a link to."""
    link = ""
    while isinstance(node, nodes.Filter) and node.node is not None:
        if node.name == "link" and node.args:
            link, node = _path(node.node), node.args[0]
        else:
            node = node.node  # type: ignore[assignment]
    return _path(node), link
