"""The formatting around a tag that makes more than plain text (Markdown, links).

Kept as strings of XML, made once when the template is compiled: what a tag prints later takes over
the properties of the paragraph and the run it stood in. With it goes the room that a table
or a picture has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lrtdocs.word.package.ooxml import w
from lrtdocs.word.values.room import Room, room_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMESPACE = re.compile(r' xmlns:(\w+)="([^"]*)"')
_STYLE = re.compile(r"<w:rStyle [^>]*/>")
_LANGUAGE = re.compile(r"<w:lang [^>]*/>")
_AFTER_FONT = re.compile(r"(?:<w:rStyle [^>]*/>)?(?:<w:rFonts [^>]*/>)?")


class TagFormatting(NamedTuple):
    """The formatting at one tag: `paragraph` is a whole w:pPr, `run` the inside of a w:rPr.

    `room` is what a table or a picture may take there.
    """

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
    """The formattings of one template with these `styles`, numbered; equal ones share a number."""

    def __init__(self, styles: Mapping[str, etree._Element]) -> None:
        self.all: list[TagFormatting] = []
        self._styles = styles
        self._sections: dict[etree._Element, Sequence[etree._Element]] = {}
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
            Room() if paragraph is None else self._room(paragraph),
        )
        number = self._numbers.setdefault(formatting, len(self.all))
        if number == len(self.all):
            self.all.append(formatting)
        return number

    def _room(self, paragraph: etree._Element) -> Room:
        root = paragraph.getroottree().getroot()
        if root not in self._sections:
            self._sections[root] = list(root.iter(w("sectPr")))
        return room_at(paragraph, self._sections[root], self._styles)


def _plain_xml(element: etree._Element) -> str:
    """Return `element` as XML without the namespaces that the part's root declares anyway."""
    known = element.getroottree().getroot().nsmap
    tail, element.tail = element.tail, None
    text = etree.tostring(element, encoding="unicode")
    element.tail = tail
    return _NAMESPACE.sub(lambda m: "" if known.get(m[1]) == m[2] else m[0], text)
