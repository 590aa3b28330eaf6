"""A part of a document as HTML, paragraph by paragraph: headings, lists, labels, tables, boxes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Place
from lrtdocs.word.package.elements import path
from lrtdocs.word.package.ooxml import escape, to_int, w
from lrtdocs.word.reading.blocks import plain_text
from lrtdocs.word.story.cleanup import accept_revisions
from lrtdocs.word.web.inline import TAB, InlineReader, same_language
from lrtdocs.word.web.shared import Part
from lrtdocs.word.web.styles import SIDES
from lrtdocs.word.web.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from lrtdocs.word.reading.lists import Item
    from lrtdocs.word.web.inline import Inline
    from lrtdocs.word.web.shared import Shared
    from lrtdocs.word.web.styles import Look

_P, _TABLE, _FRAME = w("p"), w("tbl"), path("pPr/framePr")
_PROPERTIES, _VAL = w("pPr"), w("val")
_STYLE, _SIDE, _RIGHT_TO_LEFT, _LEVEL = map(w, ("pStyle", "jc", "bidi", "outlineLvl"))
_AROUND = {w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_NATIVE = {
    "decimal": "",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
"""The forms of numbers that a browser makes itself, as `type` has them."""
_CONTINUE, _QUOTES = "list continue", {"quote", "intense quote"}
_TITLE = "title"
_LONGEST_LABEL = 60


class _Open(NamedTuple):
    """A list that is open: how deep it is, which one, and the element it is."""

    depth: int
    key: str
    tag: str
    next: int


class Story:
    """One part on its way to a page.

    Of one that stands on each page, a header or a footer, is left out what was `said` and what
    numbers pages; `said` grows by the rest.
    """

    def __init__(
        self,
        shared: Shared,
        part: str,
        *,
        root: etree._Element | None = None,
        said: set[str] | None = None,
    ) -> None:
        self._shared, self._said = shared, said
        self.root = shared.package.parse(part) if root is None else root
        accept_revisions(self.root, Place(""))
        relations = shared.package.relations(part).values()
        targets = {row.id: row.target for row in relations if row.external}
        self.inline = InlineReader(Part(shared, part, targets, b"oMath" in shared.package[part]))

    def leaves_out(self, inline: Inline) -> bool:
        """Tell whether a paragraph in which this stands is left out."""
        if self._said is None:
            return False
        known = plain_text(inline.text) or inline.html
        again = inline.paged or known in self._said
        self._said.add(known)
        return again

    def blocks(self, holder: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs and tables in `holder`, also those in content controls."""
        for child in holder:
            if child.tag in {_P, _TABLE}:
                yield child
            elif child.tag in _AROUND:
                yield from self.blocks(child)

    def writer(self) -> Writer:
        """Return what writes blocks of this part, one behind the other."""
        return Writer(self, self._shared)

    def write(self, blocks: Iterable[etree._Element]) -> str:
        """Return the HTML of `blocks`."""
        writer = self.writer()
        for block in blocks:
            writer.add(block)
        return writer.close()

    def write_framed(self, blocks: Iterable[etree._Element]) -> str:
        """Return the HTML of `blocks`, in which those of one frame stand together."""
        writer = self.writer()
        for frame, framed in groupby(blocks, key=frame_of):
            if frame is None:
                for block in framed:
                    writer.add(block)
            elif html := self.write(framed):
                writer.put(f'<div class="kader">\n{html}</div>\n')
        return writer.close()

    def write_cell(self, cell: etree._Element) -> tuple[str, str, str]:
        """Return the HTML in a `cell`, the class of the cell itself, and its plain text.

        One plain paragraph needs no element of its own.
        """
        writer = Writer(self, self._shared)
        for block in self.blocks(cell):
            writer.add(block)
        html, text = writer.close(), " ".join(filter(None, writer.texts))
        if writer.plain == 1 == writer.count and html.startswith("<p") and html.endswith("</p>\n"):
            start, _, rest = html.partition(">")
            return rest.removesuffix("</p>\n"), start.removeprefix("<p"), text
        return html.replace("\n", ""), "", text


def frame_of(block: etree._Element) -> tuple[tuple[str, str], ...] | None:
    """Return what tells the frame of a paragraph from others, None if it is in none.

    A large first letter is no frame.
    """
    frame = block.find(_FRAME) if block.tag == _P else None
    if frame is None or frame.get(w("dropCap"), "none") != "none":
        return None
    return tuple(sorted((str(key), str(value)) for key, value in frame.attrib.items()))


class Writer:
    """Writes the blocks of one holder, with the lists that are open."""

    def __init__(self, story: Story, shared: Shared) -> None:
        self._story, self._shared = story, shared
        self._out: list[str] = []
        self._lists: list[_Open] = []
        self._around = ""
        self.texts: list[str] = []
        self.count = self.plain = 0

    def add(self, block: etree._Element) -> None:
        """Write one paragraph or table."""
        if block.tag == _TABLE:
            self._close()
            self.count += 1
            self._out += write_table(block, self._story.write_cell, self._shared)
        else:
            self._paragraph(block)

    def put(self, html: str) -> None:
        """Write `html` as it is, behind what was written."""
        self._close()
        self._out.append(html)

    def close(self) -> str:
        """Return all that was written."""
        self._close()
        return "".join(self._out)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(_PROPERTIES)
        said = {} if properties is None else {one.tag: one.get(_VAL, "") for one in properties}
        style = said.get(_STYLE, "")
        look = self._shared.sheet.look(style)
        language = look.language or self._shared.language
        inline = self._story.inline.read(paragraph, look, language)
        item = self._shared.lists.next_label(paragraph, style)
        if look.hidden or self._story.leaves_out(inline):
            return
        if inline.html or item is not None:
            self.count += 1
            text = plain_text(inline.text)
            self.texts.append(text)
            self._shared.said.update((text, *text.split(TAB)))
            self._shared.first_text = self._shared.first_text or text
            named, more = self._attributes(said, look)
            attributes = named + more
            level = _level_of(said, look)
            if level is not None and inline.html:
                self._heading(inline, item, level, more)
            elif item is not None:
                self._item(inline, item, attributes)
            elif look.name.startswith(_CONTINUE) and self._lists:
                self._continue(look, f"<p{attributes}>{_with_tabs(inline.html)}</p>")
            elif not self._label(inline, look, more):
                self._plain(inline, look, attributes)
        for box in inline.boxes:
            self.put(f'<div class="kader">{self._story.write(self._story.blocks(box))}</div>\n')

    def _attributes(self, said: Mapping[str, str], look: Look) -> tuple[str, str]:
        """Return the class of a paragraph, and in which language and direction it is read.

        `said` is what it says itself, by the element that says it.
        """
        names = self._shared.class_of(look)
        side = SIDES.get(said[_SIDE], "left") if _SIDE in said else ""
        names += f" {side}" if side else ""
        more = ""
        if look.language and not same_language(look.language, self._shared.language):
            more += f' lang="{escape(look.language)}"'
        more += ' dir="rtl"' if said.get(_RIGHT_TO_LEFT, "0") in {"", "1", "true", "on"} else ""
        return f' class="{names}"', more

    def _heading(self, inline: Inline, item: Item | None, level: int, more: str) -> None:
        self._close()
        number = self._shared.level_for(level)
        self._shared.first_heading = self._shared.first_heading or plain_text(inline.text)
        html = inline.html
        if item is not None and item.label.strip():
            html = f'<span class="nummer">{escape(item.label.strip())} </span>{html}'
        label, tab, rest = html.partition(TAB)
        if tab and number == 1:  # as of a letter: "Betreft"
            html = f'<span class="label">{label}</span>{TAB}{rest}'
        self._out.append(f"<h{number}{more}>{_with_tabs(html)}</h{number}>\n")

    def _plain(self, inline: Inline, look: Look, attributes: str) -> None:
        quoted = look.name in _QUOTES
        self._close_lists()
        self._open_around("blockquote" if quoted else "")
        self.plain += 1
        self._out.append(f"<p{attributes}>{_with_tabs(inline.html)}</p>\n")

    def _label(self, inline: Inline, look: Look, more: str) -> bool:
        """Write a label and what stands behind it, if that is what a paragraph is; tell whether."""
        label, tab, value = inline.html.partition(TAB)
        shown = inline.text.partition(TAB)[0].strip()
        fits = tab and TAB not in value and len(shown) <= _LONGEST_LABEL
        if not fits or not (look.hangs if shown else self._around == "dl"):
            return False
        self._close_lists()
        if self._around == "dl" and not shown:
            self._out.append(f"<dd{more}>{value}</dd>\n")
            return True
        self._open_around("dl")
        self._out.append(f"<dt{more}>{label}</dt>\n<dd{more}>{value}</dd>\n")
        return True

    def _open_around(self, tag: str) -> None:
        if self._around != tag:
            self._close_around()
            self._out.append(f"<{tag}>\n" if tag else "")
            self._around = tag

    def _close_around(self) -> None:
        if self._around:
            self._out.append(f"</{self._around}>\n")
            self._around = ""

    def _close(self) -> None:
        self._close_lists()
        self._close_around()

    # --- lists

    def _item(self, inline: Inline, item: Item, attributes: str) -> None:
        """Write an item of a list, which goes on, begins, or begins in an item of another."""
        self._close_around()
        depth = item.level
        native = _NATIVE.get(item.form)
        bullet = item.form == "bullet"
        shown = not bullet and (native is None or item.pattern.strip() != f"%{depth + 1}.")
        key = f"{item.list} {item.form} {item.pattern}"
        while self._lists and self._lists[-1].depth > depth:
            self._close_list()
        if self._lists and self._lists[-1].depth == depth and self._lists[-1].key != key:
            self._close_list()
        if self._lists and self._lists[-1].depth == depth:
            self._out.append("</li>\n")
            opened = self._lists.pop()
        else:
            opened = _Open(depth, key, "ul" if bullet else "ol", item.number)
            self._out.append(_opening(bullet=bullet, shown=shown, form=native or "", item=item))
        jumps = opened.tag == "ol" and opened.next != item.number
        jump = f' value="{item.number}"' if jumps else ""
        self._lists.append(opened._replace(next=item.number + 1))
        mark = f'<span class="merk">{escape(item.label.strip())} </span>' if shown else ""
        self._out.append(f"<li{jump}><p{attributes}>{mark}{_with_tabs(inline.html)}</p>")

    def _continue(self, look: Look, html: str) -> None:
        """Write a further paragraph of an item."""
        deep = look.name.removeprefix(_CONTINUE).strip()
        depth = to_int(deep, 1) - 1
        while len(self._lists) > 1 and self._lists[-1].depth > depth:
            self._close_list()
        self._out.append(html)

    def _close_list(self) -> None:
        self._out.append(f"</li></{self._lists.pop().tag}>\n")

    def _close_lists(self) -> None:
        while self._lists:
            self._close_list()


def _opening(*, bullet: bool, shown: bool, form: str, item: Item) -> str:
    """Return the tag that begins a list; one with numbers of its own is still read as a list."""
    if bullet:
        return "<ul>\n"
    if shown:
        return '<ol class="eigen" role="list">\n'
    kind = f' type="{form}"' if form else ""
    start = f' start="{item.number}"' if item.number != 1 else ""
    return f"<ol{kind}{start}>\n"


def _with_tabs(html: str) -> str:
    """Return `html` in which tabs take room."""
    return html.replace(TAB, f'<span class="tab">{TAB}</span>') if TAB in html else html


def _level_of(said: Mapping[str, str], look: Look) -> int | None:
    """Return the level of a heading that says this, from 1, 0 for a title, None for no heading."""
    own = said.get(_LEVEL)
    if own:
        level = to_int(own, 9)
        return level + 1 if level < 9 else None
    return look.level or (0 if look.name == _TITLE else None)
