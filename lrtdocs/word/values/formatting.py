"""The formatting around a tag that makes more than plain text (Markdown, links).

Kept as strings of XML, made once when the template is compiled: what a tag prints later takes over
the properties of the paragraph and the run it stood in. With it goes the room that a table has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lrtdocs.word.package.ooxml import to_int, w
from lrtdocs.word.package.package import style_chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMESPACE = re.compile(r' xmlns:(\w+)="([^"]*)"')
_STYLE = re.compile(r"<w:rStyle [^>]*/>")
_LANGUAGE = re.compile(r"<w:lang [^>]*/>")
_AFTER_FONT = re.compile(r"(?:<w:rStyle [^>]*/>)?(?:<w:rFonts [^>]*/>)?")
_SECTION = f"{w('pPr')}/{w('sectPr')}"
_NO_ROOM = [w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")]
"""In these no table can stand, or none that a screen reader finds."""


class Room(NamedTuple):
    """How far from the margin a table begins where a tag stands, and how wide it may be: twips.

    Without width no table can stand there.
    """

    indent: int = 0
    width: int = 0


class TagFormatting(NamedTuple):
    """The formatting at one tag: `paragraph` is a whole w:pPr, `run` the inside of a w:rPr."""

    paragraph: str
    run: str
    room: Room = Room()

    def run_properties(
        self, style: str = "", marks: str = "", colour: str = "", language: str = ""
    ) -> str:
        """Return a w:rPr with character `style` (an id), and more where the schema wants it.

        `marks` (bold, italic) stand behind style and font, `colour` and `language` stand last.
        """
        inner = self.run
        if language:
            inner = _LANGUAGE.sub("", inner)
            scripts = (f'w:{name}="{language}"' for name in ("val", "eastAsia", "bidi"))
            colour += f"<w:lang {' '.join(scripts)}/>"
        if style:
            inner = f'<w:rStyle w:val="{style}"/>' + _STYLE.sub("", inner)
        if marks:
            inner = _AFTER_FONT.sub(lambda found: found[0] + marks, inner, count=1)
        return f"<w:rPr>{inner}{colour}</w:rPr>" if inner or colour else ""


class Formattings:
    """The formattings of one template with these `styles` by id, numbered.

    Equal formattings share a number.
    """

    def __init__(self, styles: Mapping[str, etree._Element] | None = None) -> None:
        self.all: list[TagFormatting] = []
        self._styles = styles or {}
        self._root: etree._Element | None = None
        self._sections: list[etree._Element] = []
        self._numbers: dict[TagFormatting, int] = {}

    def add(self, paragraph: etree._Element | None, run: etree._Element | None = None) -> int:
        """Return the id of the formatting of `run` (default: the first run) in `paragraph`."""
        if run is None and paragraph is not None:
            run = next(paragraph.iter(w("r")), None)
        properties = None if paragraph is None else paragraph.find(w("pPr"))
        inner = () if run is None else run.iterfind(f"{w('rPr')}/*")
        formatting = TagFormatting(
            "" if properties is None else _plain_xml(properties),
            "".join(map(_plain_xml, inner)),
            Room() if paragraph is None else self._room_of(paragraph),
        )
        number = self._numbers.setdefault(formatting, len(self.all))
        if number == len(self.all):
            self.all.append(formatting)
        return number

    def _room_of(self, paragraph: etree._Element) -> Room:
        """Return the room for a table in the place of `paragraph`: what its section leaves."""
        framed = paragraph.find(f"{w('pPr')}/{w('framePr')}") is not None
        section = None if framed else self._section_of(paragraph)
        if section is None:
            return Room()
        indents = dict.fromkeys(("left", "right"), 0)
        for properties in self._indents(paragraph):
            for side, other in (("left", "start"), ("right", "end")):
                own = properties.get(w(side), properties.get(w(other)))
                indents[side] = indents[side] if own is None else to_int(own)
        return Room(indents["left"], _column_width(section) - sum(indents.values()))

    def _section_of(self, paragraph: etree._Element) -> etree._Element | None:
        """Return the w:sectPr that holds for `paragraph`, or None where no table can stand."""
        if next(paragraph.iterancestors(*_NO_ROOM), None) is not None:
            return None
        root = paragraph.getroottree().getroot()
        if root is not self._root:
            self._root, self._sections = root, list(root.iter(w("sectPr")))
        if len(self._sections) == 1:
            return self._sections[0]
        return next(_sections_behind(paragraph), None)

    def _indents(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """Yield the indents of `paragraph`: of its styles, the deepest first, and its own."""
        own = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        chain = style_chain(str(own.get(w("val"))), self._styles) if own is not None else ()
        for holder in (*reversed(list(chain)), paragraph):
            yield from holder.iterfind(f"{w('pPr')}/{w('ind')}")


def _sections_behind(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the sections that end at or behind `paragraph`, which stands in the body."""
    inside = paragraph
    for holder in paragraph.iterancestors():
        if holder.tag == w("body"):
            break
        inside = holder
    for block in (inside, *inside.itersiblings()):
        yield from (block,) if block.tag == w("sectPr") else block.iterfind(_SECTION)


def _column_width(section: etree._Element) -> int:
    """Return how wide the text of `section` is, or one of its columns."""
    page, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if page is None or margins is None:
        return 0
    width = to_int(page.get(w("w")))
    width -= sum(to_int(margins.get(w(side))) for side in ("left", "right", "gutter"))
    columns = section.find(w("cols"))
    count = max(1, to_int(columns.get(w("num")))) if columns is not None else 1
    gap = to_int(columns.get(w("space")), 720) if columns is not None else 0
    return (width - gap * (count - 1)) // count


def _plain_xml(element: etree._Element) -> str:
    """Return `element` as XML without the namespaces that the part's root declares anyway."""
    known = element.getroottree().getroot().nsmap
    tail, element.tail = element.tail, None
    text = etree.tostring(element, encoding="unicode")
    element.tail = tail
    return _NAMESPACE.sub(lambda m: "" if known.get(m[1]) == m[2] else m[0], text)
