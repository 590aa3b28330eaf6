"""The runs of paragraphs, in their order, with the link and the fields around each.

A link is an element or a field, and a field may begin in one paragraph and end in another; so the
paragraphs of a part are read one behind the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import is_on, path, val
from lrtdocs.word.package.ooxml import R, w
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.tags.paragraphs import pieces_of_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml import etree

    from lrtdocs.word.tags.paragraphs import Piece

_FIELD_ADDRESS = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_FIELD_ANCHOR = re.compile(r'\s*HYPERLINK\s+.*?\\l\s+"([^"]*)"', re.IGNORECASE)
_OUTSIDE = {w(name) for name in ("pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "p")}
_RUN, _LINK, _SIMPLE, _MARK = w("r"), w("hyperlink"), w("fldSimple"), w("bookmarkStart")
_FIELD_PARTS = (w("fldChar"), w("instrText"))


class Link(NamedTuple):
    """Where a link leads to, to an address or to a bookmark here, and what is said of it."""

    address: str = ""
    anchor: str = ""
    tip: str = ""


NO_LINK = Link()


class Stretch(NamedTuple):
    """A run: its text piece by piece, the link it is in, and the codes of the fields around it.

    The code of a field has no pieces; a bookmark neither, and its `run` is what begins it.
    """

    run: etree._Element
    pieces: Sequence[Piece]
    link: Link
    fields: tuple[str, ...]


class RunReader:
    """Reads the paragraphs of one part, whose links lead to `targets` by their ids."""

    def __init__(self, targets: Mapping[str, str]) -> None:
        self._targets = targets
        self.fields: list[str] = []
        self._in_code = 0

    def read(self, holder: etree._Element, link: Link = NO_LINK) -> Iterator[Stretch]:
        """Yield the runs that are shown in `holder`, a paragraph or what stands in one."""
        for child in holder:
            if child.tag == _RUN:
                yield from self._run(child, link)
            elif child.tag == _LINK:
                yield from self.read(child, self._of_element(child, link))
            elif child.tag == _SIMPLE:
                code = child.get(w("instr"), "")
                self.fields.append(code)
                yield from self.read(child, _of_field(code) or link)
                self.fields.pop()
            elif child.tag == _MARK:
                yield Stretch(child, (), link, tuple(self.fields))
            elif child.tag not in _OUTSIDE:
                yield from self.read(child, link)

    def _of_element(self, element: etree._Element, around: Link) -> Link:
        address = self._targets.get(element.get(f"{{{R}}}id", ""), "")
        anchor, tip = element.get(w("anchor"), ""), element.get(w("tooltip"), "")
        return Link(address, anchor, tip) if address or anchor else around

    def _run(self, run: etree._Element, link: Link) -> Iterator[Stretch]:
        for mark in run.iterchildren(*_FIELD_PARTS):
            self._field(mark)
        link = next(filter(None, map(_of_field, self.fields)), link)
        shown = () if self._in_code else pieces_of_run(run)
        pieces = [piece for piece in shown if not _is_bare(piece.element)]
        if pieces or self.fields:
            yield Stretch(run, pieces, link, tuple(self.fields))

    def _field(self, mark: etree._Element) -> None:
        kind = mark.get(w("fldCharType"), "")
        if kind == "begin":
            self.fields.append("")
            self._in_code += 1
        elif kind == "separate":
            self._in_code = max(self._in_code - 1, 0)
        elif kind == "end" and self.fields:
            self.fields.pop()
            self._in_code = min(self._in_code, len(self.fields))
        elif not kind and self.fields:
            self.fields[-1] += mark.text or ""


def is_link(code: str) -> bool:
    """Tell whether the field with this `code` is a link."""
    return "HYPERLINK" in code.upper()


def _of_field(code: str) -> Link | None:
    """Return where the field with this `code` leads to; None if it is no link."""
    address, anchor = _FIELD_ADDRESS.match(code), _FIELD_ANCHOR.match(code)
    if address is None and anchor is None:
        return None
    return Link(address[1] if address else "", anchor[1] if anchor else "")


def _is_bare(element: etree._Element) -> bool:
    """Tell whether `element` is no text: an end of a field, or the end of a page."""
    return element.tag == w("fldChar") or element.get(w("type")) == "page"


def is_hidden(run: etree._Element) -> bool:
    """Tell whether nobody sees `run`."""
    return is_on(run.find(path("rPr/vanish")))


def mark_of(chain: Sequence[etree._Element | None], name: str) -> bool | None:
    """Return whether the first of `chain` that speaks of mark `name` has it on, None if none."""
    marks = (None if one is None else one.find(w(name)) for one in chain)
    return next((is_on(mark) for mark in marks if mark is not None), None)


def look_of_style(style: str, styles: Mapping[str, etree._Element]) -> tuple[bool, bool]:
    """Return whether the style with this id makes text bold and italic."""
    chain = [one.find(w("rPr")) for one in style_chain(style, styles)]
    return mark_of(chain, "b") or False, mark_of(chain, "i") or False


def look_of_run(
    run: etree._Element, base: tuple[bool, bool], styles: Mapping[str, etree._Element]
) -> tuple[bool, bool]:
    """Return whether `run` is bold and italic beside the rest of its paragraph, which is `base`."""
    own, style = run.find(w("rPr")), val(run, "rPr/rStyle")
    if own is None:
        return False, False
    chain = [own, *(one.find(w("rPr")) for one in style_chain(style, styles))]
    bold, italic = (mark_of(chain, name) for name in ("b", "i"))
    return bool(bold) and not base[0], bool(italic) and not base[1]
