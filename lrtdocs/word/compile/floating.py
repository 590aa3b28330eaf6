"""Text boxes and pictures that float beside a tag: kept, in a paragraph of their own.

A floating drawing hangs on some paragraph, and which one that is Word and LibreOffice choose. When
it is one that holds only a tag, which goes when the tag is worked out, the drawing would go too. It
stays, before the tag, in a paragraph of a point high.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.package.elements import add, content_of, drop
from lrtdocs.word.package.ooxml import MC, WP, V, w
from lrtdocs.word.story.spacing import low_paragraph
from lrtdocs.word.tags.paragraphs import Marks, pieces_of, tags_in
from lrtdocs.word.tags.tags import TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.tags.tags import Tag

_DRAWINGS = {w("drawing"), w("pict"), f"{{{MC}}}AlternateContent"}


def free_floating(root: etree._Element, marks: Marks) -> list[Problem]:
    """Give what floats beside a lone tag a paragraph before it; return a warning for each."""
    warnings = []
    for paragraph in list(root.iter(w("p"))):
        tags = tags_in(paragraph, marks)
        if len(tags) != 1 or not _is_lone(tags[0]):
            continue
        floating = _floating(paragraph)
        if not floating or not _is_else_empty(paragraph, floating, marks):
            continue
        _move_before(paragraph, floating)
        warnings.append(messages.problem("LRT322.tekstvak", tags[0].place, tag=tags[0].text))
    return warnings


def _is_lone(tag: Tag) -> bool:
    """Tell whether `tag` takes its paragraph with it when it stands alone there."""
    return tag.level == "p" or (tag.level == "" and tag.kind is not TagKind.VALUE)


def _floating(paragraph: etree._Element) -> list[etree._Element]:
    elements = (piece.element for piece in pieces_of(paragraph))
    return [e for e in elements if e.tag in _DRAWINGS and _floats(e)]


def _floats(drawing: etree._Element) -> bool:
    """Tell whether `drawing` has a place on the page, rather than in its line."""
    if next(drawing.iter(f"{{{WP}}}anchor"), None) is not None:
        return True
    return any("position:absolute" in shape.get("style", "") for shape in _shapes(drawing))


def _shapes(drawing: etree._Element) -> Iterator[etree._Element]:
    return (e for e in drawing.iter() if str(e.tag).startswith(f"{{{V}}}"))


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
