"""The fields of a Word mail merge as a tree, and their codes as arguments.

A code may hold other fields, formatted text and whole paragraphs. What holds paragraphs (a body, a
cell, a text box) is a flow; a field begins and ends in one flow. In a flow that is read here, each
run holds one thing, so that a field is a row of whole runs.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lrtdocs.word.package.elements import content_of, drop, make
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.fields import OF_MERGES
from lrtdocs.word.tags.paragraphs import runs_of, set_text, split_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    Element: TypeAlias = etree._Element  # noqa: SLF001 - the type has no other name
    Item: TypeAlias = "WordField | Element | Break"
    """What stands in a flow: a run, a block such as a table, a field, or the end of a paragraph."""
    Part: TypeAlias = "Text | WordField | Element | Break"
    """What stands in an argument."""

MERGING = OF_MERGES | {"DATABASE"}
"""The fields that only a mail merge has."""
TEXTS = {w("instrText"), w("t")}
_P, _R, _CHAR, _SIMPLE = w("p"), w("r"), w("fldChar"), w("fldSimple")
_FLOWS = tuple(
    w(name)
    for name in ("body", "tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "sdtContent")
)
_BLOCKS = {w("tbl"), w("sdt"), w("customXml")}
_NAME = re.compile(r'[\s"]*([A-Za-z]+|=)')
_CLOSING = {'"': '"', "“": "”“", "„": "”“", "”": "”“"}
"""The quotes around an argument; those that Word has curled count too."""
_LONGEST = 160


class CannotSayError(Exception):
    """A field cannot be said as a tag; `key` is that of the message that tells why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Break(NamedTuple):
    """The end of a paragraph."""

    paragraph: etree._Element


class Text(NamedTuple):
    """A stretch of text, and the properties of its run."""

    text: str
    look: etree._Element | None


@dataclass(eq=False)
class WordField:
    """A field: the run of its begin, what stands in its code and its result, the run of its end."""

    begin: etree._Element
    code: list[Item] = field(default_factory=list)
    separate: etree._Element | None = None
    result: list[Item] = field(default_factory=list)
    end: etree._Element | None = None

    @property
    def name(self) -> str:
        """Return what sort of field it is, in capitals; "" if that is in another field."""
        found = _NAME.match(_text_of(self.code))
        return found[1].upper() if found else ""

    @property
    def inner(self) -> list[WordField]:
        """Return the fields in its code."""
        return [item for item in self.code if isinstance(item, WordField)]

    @property
    def merges(self) -> bool:
        """Whether it, or a field in its code, belongs to a mail merge."""
        return self.name in MERGING or any(each.merges for each in self.inner)

    def items(self) -> Iterator[etree._Element | Break]:
        """Yield all that stands in it, fields in it as well, in the order of the text."""
        yield self.begin
        for part in (self.code, [self.separate], self.result, [self.end]):
            for item in part:
                if isinstance(item, WordField):
                    yield from item.items()
                elif item is not None:
                    yield item

    def __str__(self) -> str:
        code = " ".join(_shown(self.code).split())
        return f"{{ {code[:_LONGEST]}{'…' if len(code) > _LONGEST else ''} }}"


def all_fields(items: Iterable[Item]) -> Iterator[WordField]:
    """Yield the fields among `items`, and those in them."""
    for item in items:
        if isinstance(item, WordField):
            yield item
            yield from all_fields(item.code)
            yield from all_fields(item.result)


def _text_of(items: Iterable[Item]) -> str:
    """Return the text before the first field of `items`."""
    text = ""
    for item in items:
        if isinstance(item, WordField):
            break
        text += " " if isinstance(item, Break) else run_text(item)
    return text


def _shown(items: Iterable[Item]) -> str:
    pieces = (
        str(item)
        if isinstance(item, WordField)
        else " "
        if isinstance(item, Break)
        else run_text(item)
        for item in items
    )
    return "".join(pieces)


def run_text(run: etree._Element) -> str:
    """Return the text or the code in `run`, or "" for what is no run of text."""
    return "".join(child.text or "" for child in run if child.tag in TEXTS) if run.tag == _R else ""


def runs_with_text(items: Iterable[Item]) -> list[etree._Element]:
    """Return the runs among `items` in which there is text."""
    runs = (item for item in items if not isinstance(item, WordField | Break))
    return [run for run in runs if run_text(run).strip()]


def look_of(run: etree._Element) -> etree._Element | None:
    """Return the properties of `run`, or None."""
    return run.find(w("rPr"))


# --- flows


def flows_of(root: etree._Element) -> list[etree._Element]:
    """Return what holds paragraphs in `root`, inner ones first."""
    return list(root.iter(*_FLOWS))[::-1]


def read_flow(flow: etree._Element) -> list[Item]:
    """Return what stands in `flow`; a field that does not end in it has all that stands behind it.

    Its runs are cut, so that each holds one thing, and simple fields become the other kind.
    """
    top: list[Item] = []
    stack: list[WordField] = []

    def current() -> list[Item]:
        if not stack:
            return top
        return stack[-1].code if stack[-1].separate is None else stack[-1].result

    for block in flow:
        if block.tag in _BLOCKS:
            current().append(block)
        if block.tag != _P:
            continue
        _cut(block)
        for run in list(runs_of(block)):
            mark = next(iter(run.iterchildren(_CHAR)), None)
            kind = "" if mark is None else mark.get(w("fldCharType"), "")
            if kind == "begin":
                stack.append(WordField(run))
            elif kind == "separate" and stack:
                stack[-1].separate = run
            elif kind == "end" and stack:
                ended = stack.pop()
                ended.end = run
                current().append(ended)
            else:
                current().append(run)
        current().append(Break(block))
    while stack:
        broken = stack.pop()
        current().append(broken)
    return top


def _cut(paragraph: etree._Element) -> None:
    """Let each run of `paragraph` hold one thing, and each field be one of marks."""
    for simple in list(paragraph.iter(_SIMPLE)):
        _expand(simple)
    if paragraph.find(f".//{_CHAR}") is None:
        return
    for run in list(runs_of(paragraph)):
        rest = run
        while len(content_of(rest)) > 1:
            rest = split_run(rest, list(rest).index(content_of(rest)[1]))


def _expand(simple: etree._Element) -> None:
    """Put in the place of a field of one element what stands in it between marks."""
    inside = [child for child in simple if child.tag != w("fldData")]
    first = next(simple.iter(_R), None)
    look = None if first is None else look_of(first)
    code = make("instrText")
    set_text(code, simple.get(w("instr"), ""))
    marks = [make("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    new = [run_with(marks[0], look), run_with(code, look), run_with(marks[1], look), *inside]
    for element in (*new, run_with(marks[2], look)):
        simple.addprevious(element)
    drop(simple)


def run_with(content: etree._Element, look: etree._Element | None) -> etree._Element:
    """Return a new run with `content` that looks like `look`."""
    run = make("r")
    if look is not None:
        run.append(copy_look(look))
    run.append(content)
    return run


def copy_look(look: etree._Element) -> etree._Element:
    """Return a copy of the properties of a run, without what only Word's fields have."""
    fresh = copy.deepcopy(look)
    for needless in fresh.findall(w("noProof")):
        drop(needless)
    fresh.tail = None
    return fresh


# --- codes


@dataclass(eq=False)
class Argument:
    """One argument of a code: text, fields and what else stands between its quotes, if it has any.

    An operator is one by itself.
    """

    parts: list[Part] = field(default_factory=list)
    quoted: bool = False

    @property
    def plain(self) -> str | None:
        """The text of it, or None if something else stands in it."""
        texts = [part.text for part in self.parts if isinstance(part, Text)]
        return "".join(texts) if len(texts) == len(self.parts) else None


OPERATORS = frozenset(["=", "<>", "<", ">", "<=", ">="])


def arguments_of(code: Iterable[Item]) -> list[Argument]:
    """Return the arguments in `code`, its name first: switches, operators, texts and fields."""
    return _Arguments().read(code)


class _Arguments:
    """Reads the arguments of one code, sign by sign."""

    def __init__(self) -> None:
        self.found: list[Argument] = []
        self.open: Argument | None = None
        self.closing = ""
        self.escaped = False

    def read(self, code: Iterable[Item]) -> list[Argument]:
        for item in code:
            if isinstance(item, WordField):
                self._begun().parts.append(item)
            elif not isinstance(item, Break) and run_text(item):
                for sign in run_text(item):
                    self._take(sign, look_of(item))
            elif self.closing or not (isinstance(item, Break) or item.tag == _R):
                self._begun().parts.append(item)
            else:
                self.open = None
        return self.found

    def _begun(self) -> Argument:
        if self.open is None:
            self.open = Argument()
            self.found.append(self.open)
        return self.open

    def _take(self, sign: str, look: etree._Element | None) -> None:
        if self.escaped:
            self.escaped = False
            self._add(sign if sign in '"\\' else f"\\{sign}", look)
        elif self.closing:
            if sign == "\\":
                self.escaped = True
            elif sign in self.closing:
                self.open, self.closing = None, ""
            else:
                self._add(sign, look)
        elif sign in _CLOSING:
            self.open, self.closing = Argument(quoted=True), _CLOSING[sign]
            self.found.append(self.open)
        elif sign.isspace():
            self.open = None
        elif sign in "=<>":
            self._add_operator(sign, look)
        else:
            self._add_bare(sign, look)

    def _add_operator(self, sign: str, look: etree._Element | None) -> None:
        here = None if self.open is None else self.open.plain
        if here is None or not set(here) <= set("=<>"):
            self.open = None
        self._add(sign, look)

    def _add_bare(self, sign: str, look: etree._Element | None) -> None:
        here = "" if self.open is None else self.open.plain or ""
        if (here and set(here) <= set("=<>")) or re.fullmatch(r"\\[*@#]", here):
            self.open = None
        if sign == "\\":
            self.open = None
        self._add(sign, look)

    def _add(self, sign: str, look: etree._Element | None) -> None:
        parts = self._begun().parts
        last = parts[-1] if parts else None
        if isinstance(last, Text) and last.look is look:
            parts[-1] = Text(last.text + sign, look)
        else:
            parts.append(Text(sign, look))
