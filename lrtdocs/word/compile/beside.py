"""What stands beside a tag and is no text: drawings that float, and breaks of pages.

A floating drawing hangs on some paragraph, and which one that is Word and LibreOffice choose. When
it is one that holds only a tag, which goes when the tag is worked out, the drawing would go too. It
stays, before the tag, in a paragraph of a point high. A page break goes with the paragraph of its
tag, or keeps that paragraph where it is; that is told.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.package.elements import add, content_of, drop, path
from lrtdocs.word.package.ooxml import MC, WP, V, w
from lrtdocs.word.story.spacing import low_paragraph
from lrtdocs.word.tags.blocks import match_blocks
from lrtdocs.word.tags.paragraphs import Marks, pieces_of, tags_in, visible_text
from lrtdocs.word.tags.tags import OBJECT, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem

_DRAWINGS = {w("drawing"), w("pict"), f"{{{MC}}}AlternateContent"}
_BREAKS = {"page": "deel.een_pagina_einde", "column": "deel.een_kolomeinde"}
_OFF = {"0", "false", "off"}


def name_objects(shown: str, container: etree._Element) -> str:
    """Return the text `shown` of `container` with its objects named: a page break, a picture."""
    for piece in (p for one in container.iter(w("p")) for p in pieces_of(one)):
        if piece.text == OBJECT:
            kind = _BREAKS.get(piece.element.get(w("type"), ""), "deel.een_afbeelding")
            shown = shown.replace(OBJECT, f"({messages.text(kind)})", 1)
    return shown


def free_floating(root: etree._Element, marks: Marks) -> list[Problem]:
    """Give what floats beside a lone tag a paragraph before it; return a warning for each."""
    warnings = []
    for paragraph in list(root.iter(w("p"))):
        tags = tags_in(paragraph, marks)
        if len(tags) != 1 or not (tags[0].level == "p" or _is_quiet(tags[0])):
            continue
        floating = _floating(paragraph)
        if not floating or not _is_else_empty(paragraph, floating, marks):
            continue
        _move_before(paragraph, floating)
        warnings.append(messages.problem("LRT322.tekstvak", tags[0].place, tag=tags[0].text))
    return warnings


def _is_quiet(tag: Tag) -> bool:
    """Tell whether `tag` prints nothing, and takes its paragraph with it when it is alone there."""
    return tag.kind is not TagKind.VALUE and tag.level in {"", "p"}


def _floating(paragraph: etree._Element) -> list[etree._Element]:
    elements = (piece.element for piece in pieces_of(paragraph))
    return [e for e in elements if e.tag in _DRAWINGS and _floats(e)]


def _floats(drawing: etree._Element) -> bool:
    """Tell whether `drawing` has a place on the page, rather than in its line."""
    if next(drawing.iter(f"{{{WP}}}anchor"), None) is not None:
        return True
    shapes = drawing.iter(f"{{{V}}}*")
    return any("position:absolute" in shape.get("style", "") for shape in shapes)


def _is_else_empty(paragraph: etree._Element, floating: list[etree._Element], marks: Marks) -> bool:
    others = (piece.text for piece in pieces_of(paragraph) if piece.element not in floating)
    return not marks.strip("".join(others)).strip()


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
        tags = tags_in(paragraph, marks)
        if tags and _is_lone(tags, paragraph, marks):
            yield messages.problem("LRT322.pagina_einde", tags[0].place, tag=tags[0].text)
    for block in match_blocks(tags_in(root, marks))[0]:
        first, last = block.tags[0], block.tags[-1]
        one, other = first.owner, last.owner
        if first is last or first.level or last.level or one is None or other is None:
            continue
        lone = _is_lone(tags_in(one, marks), one, marks)
        if one is not other and lone and _holds_break(other, marks):
            yield messages.problem(
                "LRT322.lege_regel", last.place, last=last.text, first=first.text
            )


def _is_lone(tags: list[Tag], paragraph: etree._Element, marks: Marks) -> bool:
    whole = paragraph.find(f".//{w('sectPr')}") is None
    return all(map(_is_quiet, tags)) and whole and not visible_text(paragraph, marks)


def _holds_break(paragraph: etree._Element, marks: Marks) -> bool:
    """Tell whether `paragraph` holds breaks of page, column or section beside tags, no more."""
    pieces = pieces_of(paragraph)
    breaks = [p for p in pieces if p.element.get(w("type"), "") in _BREAKS]
    text = marks.strip("".join(piece.text for piece in pieces)).strip()
    section = paragraph.find(f".//{w('sectPr')}") is not None
    return text == OBJECT * len(breaks) and (bool(breaks) or section)
