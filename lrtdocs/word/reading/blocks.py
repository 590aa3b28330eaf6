"""The paragraphs of a finished document as a reader sees them, whoever saved it last.

Word, LibreOffice and python-docx write the same paragraph in many ways: runs cut anywhere, styles
under other ids, lists by style or by themselves, frames as text boxes. What is left here is what
counts: the name of the style, what kind of list it stands in and how deep, and the text with what
is bold, italic or a link in it. Tracked changes count as made; who made them is kept beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Place
from lrtdocs.word.package.elements import ancestor, is_fallback, val
from lrtdocs.word.package.ooxml import STORY_TYPES, w
from lrtdocs.word.package.package import part_names
from lrtdocs.word.reading.changes import Change, changes_in, note_changes
from lrtdocs.word.reading.lists import Lists
from lrtdocs.word.reading.runs import RunReader, is_hidden, is_link, look_of_run, look_of_style
from lrtdocs.word.story.cleanup import accept_revisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from lrtdocs.word.package.package import Package

_SPACES = re.compile(r"[ \u00a0\u2007\u2009\u202f]+")
_SAME = str.maketrans({"\u2011": "-", "\u00ad": None, "\u200b": None, "\ufeff": None})
_LIST_STYLE = re.compile(r"list (bullet|number|continue)(?: ([2-9]))?")


class Kind(StrEnum):
    """What a paragraph is among others: a part of a list, or none."""

    PLAIN = "alinea"
    BULLET = "opsomming"
    NUMBER = "nummer"
    LETTER = "letter"
    CONTINUE = "vervolg"


class Run(NamedTuple):
    """A stretch of text in one format.

    `link` is the address it leads to, `language` the one it is in, "" where that is Dutch.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""


class Cell(NamedTuple):
    """Where a paragraph stands in a table: which table, row and column, all from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Block:
    """One paragraph of a document: paragraph `number` of `part`, as `paragraphs_of` counts.

    `style` is the name of its style in small letters; in a list it lies `depth` deep (from 1) and
    has the number `label`, counted by `list`. `live` tells that a field stands in it, which makes
    up its own text. `changes` are what people changed in it.
    """

    part: str
    number: int
    style: str
    runs: tuple[Run, ...]
    kind: Kind = Kind.PLAIN
    depth: int = 0
    label: int = 0
    list: str = ""
    cell: Cell | None = None
    live: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def typed(self) -> str:
        """The text with its own spaces and hyphens."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def text(self) -> str:
        """The text, in which all spaces and hyphens of a kind are the same."""
        return plain_text(self.typed)

    @property
    def place(self) -> Place:
        """Where it stands in its document."""
        return Place("", part=self.part, paragraph=self.number)


def plain_text(text: str) -> str:
    """Return `text` with plain spaces and hyphens, none around it nor around a tab."""
    text = _SPACES.sub(" ", text.translate(_SAME))
    return re.sub(r" *([\t\n]) *", r"\1", text).strip(" \n")


def read_blocks(package: Package) -> list[Block]:
    """Return the paragraphs of `package`, part by part, in the order of the text."""
    names = part_names(package)
    styles = package.styles()
    lists = Lists(package)
    blocks: list[Block] = []
    for part in (one for one in names if package.types.of(one) in STORY_TYPES):
        blocks += _Part(package, part, names[part], styles, lists).blocks()
    return blocks


class _Part:
    """One part on its way to blocks."""

    def __init__(
        self,
        package: Package,
        part: str,
        name: str,
        styles: Mapping[str, etree._Element],
        lists: Lists,
    ) -> None:
        self.name, self.styles, self.lists = name, styles, lists
        self.root = package.parse(part)
        numbers = {p: number for number, p in enumerate(shown_paragraphs(self.root), start=1)}
        note_changes(self.root)
        accept_revisions(self.root, Place(""))
        self.numbers = numbers
        self.links = {row.id: row.target for row in package.relations(part).values()}
        self.tables = {table: at for at, table in enumerate(self.root.iter(w("tbl")))}
        self.rows = _places(self.tables, "tr")
        self.columns = _places(self.rows, "tc")
        self.looks: dict[str, tuple[bool, bool]] = {}

    def blocks(self) -> Iterator[Block]:
        """Yield the paragraphs, each with its own text only."""
        reader = _Runs(self)
        for paragraph in shown_paragraphs(self.root):
            runs, live = reader.read(paragraph)
            style = val(paragraph, "pPr/pStyle")
            name = val(self.styles[style], "name").lower() if style in self.styles else ""
            block = Block(
                part=self.name,
                number=self.numbers.get(paragraph, 0),
                style=name or "normal",
                runs=runs,
                cell=self._cell(paragraph),
                live=live,
                changes=changes_in(paragraph),
            )
            yield self._listed(block, paragraph, style)

    def _listed(self, block: Block, paragraph: etree._Element, style: str) -> Block:
        """Return `block` with its place in a list."""
        found = self.lists.next_of(paragraph, style)
        named = _LIST_STYLE.fullmatch(block.style)
        if found is not None:
            kind = {"bullet": Kind.BULLET, "lowerLetter": Kind.LETTER}.get(found.form, Kind.NUMBER)
            return replace(
                block, kind=kind, depth=found.level + 1, label=found.number, list=found.list
            )
        if named and named[1] == "continue":
            return replace(block, kind=Kind.CONTINUE, depth=int(named[2] or 1))
        return block

    def _cell(self, paragraph: etree._Element) -> Cell | None:
        cell = ancestor(paragraph, "tc")
        row = ancestor(paragraph, "tr") if cell is not None else None
        table = ancestor(paragraph, "tbl") if row is not None else None
        if cell is None or row is None or table is None:
            return None
        return Cell(self.tables[table], self.rows.get(row, 0), self.columns.get(cell, 0))

    def look_of(self, style: str) -> tuple[bool, bool]:
        """Return whether the style with this id makes text bold and italic."""
        if style not in self.looks:
            self.looks[style] = look_of_style(style, self.styles)
        return self.looks[style]


def _places(around: Iterable[etree._Element], name: str) -> dict[etree._Element, int]:
    """Return the elements called `name` straight below those `around`, each with its index."""
    return {one: at for each in around for at, one in enumerate(each.iterchildren(w(name)))}


def shown_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of `root`, but for the copies of text boxes for old programs."""
    for paragraph in root.iter(w("p")):
        if not is_fallback(paragraph):
            yield paragraph


class _Runs:
    """Reads the runs of paragraphs; a field may begin in one paragraph and end in another."""

    def __init__(self, part: _Part) -> None:
        self.part = part
        self.reader = RunReader(part.links)

    def read(self, paragraph: etree._Element) -> tuple[tuple[Run, ...], bool]:
        """Return the text of `paragraph` in runs, and whether a field makes some of it up."""
        base = self.part.look_of(val(paragraph, "pPr/pStyle"))
        live = bool(self.reader.fields)
        found: list[Run] = []
        for stretch in self.reader.read(paragraph):
            live = live or any(not is_link(code) for code in stretch.fields)
            text = "".join(piece.text for piece in stretch.pieces)
            if text and not is_hidden(stretch.run):
                look = look_of_run(stretch.run, base, self.part.styles)
                found.append(Run(text, *look, stretch.link.address, _language(stretch.run)))
        return tuple(_joined(found)), live


def _language(run: etree._Element) -> str:
    language = val(run, "rPr/lang")
    return "" if language.lower().startswith("nl") else language


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Yield `runs` with neighbours of one format together; spaces alone have no format."""
    text = ""
    form: tuple[bool, bool, str, str] = (False, False, "", "")
    for run in runs:
        own = run[1:]
        blank = not run.text.strip() and not run.link
        if text and not blank and own != form and text.strip():
            yield Run(text, *form)
            text = ""
        if not blank:
            form = own
        text += run.text
    if text:
        yield Run(text, *form)
