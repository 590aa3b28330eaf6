"""Page breaks beside lone tags: they go with the paragraph of the tag, or keep it where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.blocks import match_blocks
from lrtdocs.word.tags.paragraphs import pieces_of, tags_in, visible_text
from lrtdocs.word.tags.tags import OBJECT, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.tags.paragraphs import Marks
    from lrtdocs.word.tags.tags import Tag

_BREAKS = {"page": "een pagina-einde", "column": "een kolomeinde"}
_OFF = {"0", "false", "off"}


def name_objects(shown: str, container: etree._Element) -> str:
    """Return the text `shown` of `container` with its objects named: a page break, a picture."""
    for piece in (p for one in container.iter(w("p")) for p in pieces_of(one)):
        if piece.text == OBJECT:
            kind = _BREAKS.get(piece.element.get(w("type"), ""), "een afbeelding of veld")
            shown = shown.replace(OBJECT, f"({kind})", 1)
    return shown


def check_breaks(root: etree._Element, marks: Marks) -> Iterator[Problem]:
    """Yield a warning for each lone tag whose page break goes, or keeps a blank line."""
    for paragraph in root.iter(w("p")):
        before = paragraph.find(f"{w('pPr')}/{w('pageBreakBefore')}")
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
    quiet = all(tag.kind is not TagKind.VALUE and tag.level in {"", "p"} for tag in tags)
    whole = paragraph.find(f".//{w('sectPr')}") is None
    return quiet and whole and not visible_text(paragraph, marks)


def _holds_break(paragraph: etree._Element, marks: Marks) -> bool:
    """Tell whether `paragraph` holds breaks of page, column or section beside tags, no more."""
    pieces = pieces_of(paragraph)
    breaks = [p for p in pieces if p.element.get(w("type"), "") in _BREAKS]
    text = marks.strip("".join(piece.text for piece in pieces)).strip()
    section = paragraph.find(f".//{w('sectPr')}") is not None
    return text == OBJECT * len(breaks) and (bool(breaks) or section)
