"""The room for a table or a picture where a tag stands: that of its page, column, cell or frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import ancestor, path, val
from lrtdocs.word.package.ooxml import WP, to_int, w
from lrtdocs.word.package.package import style_chain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml import etree

_WIDTH, _HEIGHT = 8504, 13606
"""Of the text on a page of which nothing is known: 150 by 240 mm."""
_NO_TABLE = [w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")]
"""In these no table can stand, or none that a screen reader finds."""
_NO_NOTE = _NO_TABLE[1:]
_SIDES = (("left", "start"), ("right", "end"))
_CELL_MARGINS, _BOX_MARGINS = 2 * 108, 2 * 144
_EMU = 635


class Room(NamedTuple):
    """What may be taken where a tag stands, in twips.

    `indent` is how far from the margin it begins, `width` how wide it is, `height` that of the text
    of a page. `table` and `note` tell whether a table can stand there, and a footnote.
    """

    indent: int = 0
    width: int = _WIDTH
    height: int = _HEIGHT
    table: bool = False
    note: bool = False


def room_at(
    paragraph: etree._Element,
    sections: Sequence[etree._Element],
    styles: Mapping[str, etree._Element],
) -> Room:
    """Return the room in the place of `paragraph`.

    `sections` are those of its part, `styles` those of the template by id.
    """
    chain = (paragraph, *style_chain(val(paragraph, "pPr/pStyle"), styles))
    left, right = (_indent(chain, *names) for names in _SIDES)
    section = _section_of(paragraph, sections)
    column, height = (0, 0) if section is None else (_width_of(section), _height_of(section))
    narrow = _box_width(paragraph) or _cell_width(paragraph) or _frame_width(chain)
    width = (narrow or column) - left - right
    framed = any(each.find(path("pPr/framePr")) is not None for each in chain)
    no_table, no_note = (
        framed or next(paragraph.iterancestors(*names), None) is not None
        for names in (_NO_TABLE, _NO_NOTE)
    )
    wide, high = width if width > 0 else _WIDTH, height if height > 0 else _HEIGHT
    return Room(left, wide, high, width > 0 and not no_table, not no_note)


def _indent(chain: Sequence[etree._Element], *names: str) -> int:
    """Return the indent of a paragraph at one side: that of the first in its `chain` with one."""
    for element in chain:
        indent = element.find(path("pPr/ind"))
        given = () if indent is None else map(indent.get, map(w, names))
        for value in filter(None, given):
            return to_int(value)
    return 0


def _section_of(
    paragraph: etree._Element, sections: Sequence[etree._Element]
) -> etree._Element | None:
    """Return the one of `sections`, all of its part, that `paragraph` is in: the next one."""
    if len(sections) < 2:
        return next(iter(sections), None)
    around = [paragraph, *paragraph.iterancestors()]
    top = around[-3] if len(around) > 2 else paragraph  # in the body, which is in the document
    for block in (top, *top.itersiblings()):
        found = block if block.tag == w("sectPr") else block.find(path("pPr/sectPr"))
        if found is not None:
            return found
    return sections[-1]


def _width_of(section: etree._Element) -> int:
    """Return how wide the text of `section` is, or one of its columns; 0 if it does not say so."""
    width = _length(section, "pgSz", "w") - _length(section, "pgMar", "left", "right", "gutter")
    columns = section.find(w("cols"))
    if columns is None:
        return width
    count, gap = max(1, to_int(columns.get(w("num")))), to_int(columns.get(w("space")), 720)
    return (width - gap * (count - 1)) // count


def _height_of(section: etree._Element) -> int:
    return _length(section, "pgSz", "h") - _length(section, "pgMar", "top", "bottom")


def _length(section: etree._Element, name: str, *sides: str) -> int:
    """Return the sum of some `sides` of the size or the margins; a header may make one negative."""
    found = section.find(w(name))
    given = () if found is None else (found.get(w(side)) for side in sides)
    return sum(to_int((value or "").lstrip("-")) for value in given)


def _box_width(paragraph: etree._Element) -> int:
    """Return the width of the text box that `paragraph` is in, 0 where it is in none."""
    if ancestor(paragraph, "txbxContent") is None:
        return 0
    around = paragraph.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor")
    extents = (each.find(f"{{{WP}}}extent") for each in around)
    found = next((to_int(e.get("cx")) // _EMU for e in extents if e is not None), 0)
    return max(found - _BOX_MARGINS, 0)


def _cell_width(paragraph: etree._Element) -> int:
    """Return the width of the text in the cell that `paragraph` is in, or 0."""
    cell = ancestor(paragraph, "tc")
    width = None if cell is None else cell.find(path("tcPr/tcW"))
    if width is None or width.get(w("type"), "dxa") != "dxa":
        return 0
    return max(to_int(width.get(w("w"))) - _CELL_MARGINS, 0)


def _frame_width(chain: Sequence[etree._Element]) -> int:
    frames = (element.find(path("pPr/framePr")) for element in chain)
    return next((to_int(frame.get(w("w"))) for frame in frames if frame is not None), 0)
