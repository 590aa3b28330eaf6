"""What stands beside a tag and is no text: drawings that float, and breaks of pages.

A floating drawing hangs on some paragraph, and which one that is Word and LibreOffice choose. When
it is one that holds only a tag, which goes when the tag is worked out, the drawing would go too. It
stays, before the tag, in a paragraph of a point high. A page break goes with the paragraph of its
tag, or keeps that paragraph where it is; that is told.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.word.compile.structure import BREAKS, quiet_tags
from lrtdocs.word.package.elements import add, content_of, drop, path
from lrtdocs.word.package.ooxml import MC, WP, V, W, w
from lrtdocs.word.tags.blocks import match_blocks
from lrtdocs.word.tags.paragraphs import Marks, pieces_of, tags_in
from lrtdocs.word.tags.tags import OBJECT, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem

_DRAWINGS = {w("drawing"), w("pict"), f"{{{MC}}}AlternateContent"}
_OFF = {"0", "false", "off"}
_LOW = (
    f'<w:p xmlns:w="{W}"><w:pPr><w:widowControl w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)


def low_paragraph() -> etree._Element:
    """Return a paragraph of a point high: where Word needs one and a reader must not see it."""
    return etree.fromstring(_LOW)


def free_floating(root: etree._Element, marks: Marks) -> list[Problem]:
    """Give what floats beside a lone tag a paragraph before it; return a warning for each."""
    warnings = []
    for paragraph in list(root.iter(w("p"))):
        tags, pieces = tags_in(paragraph, marks), pieces_of(paragraph)
        if len(tags) != 1 or not (tags[0].level == "p" or _prints_nothing(tags[0])):
            continue
        floating = [p.element for p in pieces if p.element.tag in _DRAWINGS and _floats(p.element)]
        others = (piece.text for piece in pieces if piece.element not in floating)
        if not floating or marks.strip("".join(others)).strip():
            continue
        _move_before(paragraph, floating)
        warnings.append(messages.problem("LRT322.tekstvak", tags[0].place, tag=tags[0].text))
    return warnings


def _floats(drawing: etree._Element) -> bool:
    """Tell whether `drawing` has a place on the page, rather than in its line."""
    if next(drawing.iter(f"{{{WP}}}anchor"), None) is not None:
        return True
    shapes = drawing.iter(f"{{{V}}}*")
    return any("position:absolute" in shape.get("style", "") for shape in shapes)


def _move_before(paragraph: etree._Element, floating: list[etree._Element]) -> None:
    """Move the drawings `floating` to a new paragraph before `paragraph`."""
    fresh = low_paragraph()
    for drawing in floating:
        run = drawing.getparent()
        holder = add(fresh, "r")
        properties = None if run is None else run.find(w("rPr"))
        if properties is not None:
            holder.append(copy.deepcopy(properties))
        holder.append(drawing)
        if run is not None and not content_of(run):
            drop(run)
    paragraph.addprevious(fresh)


def check_breaks(root: etree._Element, marks: Marks) -> Iterator[Problem]:
    """Yield a warning for each lone tag whose page break goes, or keeps a blank line."""
    for paragraph in root.iter(w("p")):
        before = paragraph.find(path("pPr/pageBreakBefore"))
        if before is None or before.get(w("val"), "1") in _OFF:
            continue
        tags = _lone_tags(paragraph, marks)
        if tags:
            yield messages.problem("LRT322.pagina_einde", tags[0].place, tag=tags[0].text)
    for block in match_blocks(tags_in(root, marks))[0]:
        first, last = block.first, block.last
        one, other = first.owner, last.owner
        if first is last or first.level or last.level or one is None or other is None:
            continue
        if one is not other and _lone_tags(one, marks) and _holds_break(other, marks):
            yield messages.problem(
                "LRT322.lege_regel", last.place, last=last.text, first=first.text
            )


def _lone_tags(paragraph: etree._Element, marks: Marks) -> list[Tag]:
    """Return the tags of `paragraph`, when it holds no more and goes when they are worked out."""
    tags = quiet_tags(paragraph, "p", marks)
    return tags if all(map(_prints_nothing, tags)) else []


def _prints_nothing(tag: Tag) -> bool:
    return tag.kind is not TagKind.VALUE and tag.level in {"", "p"}


def _holds_break(paragraph: etree._Element, marks: Marks) -> bool:
    """Tell whether `paragraph` holds breaks of page, column or section beside tags, no more."""
    pieces = pieces_of(paragraph)
    breaks = [p for p in pieces if p.element.get(w("type"), "") in BREAKS]
    text = marks.strip("".join(piece.text for piece in pieces)).strip()
    section = paragraph.find(f".//{w('sectPr')}") is not None
    return text == OBJECT * len(breaks) and (bool(breaks) or section)
