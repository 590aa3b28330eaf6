"""Where paragraphs stand for a reader: their number in the part and the heading above them.

A heading is what Word calls one: a paragraph with an outline level, of its own or of its style.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import val
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.tags.paragraphs import paragraphs_of, text_of
from lrtdocs.word.tags.tags import OBJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.errors import Place
    from lrtdocs.word.package.package import Package

_NO_LEVEL = 9  # what Word calls body text
_HEADING_LIMIT = 200


def outline_levels(package: Package) -> dict[str, int]:
    """Return the outline level (0 for the highest) of each paragraph style that has one, by id."""
    by_id = package.styles()
    levels = {style_id: _style_level(style_id, by_id) for style_id in by_id}
    return {style_id: level for style_id, level in levels.items() if level is not None}


def _style_level(style_id: str, by_id: Mapping[str, etree._Element]) -> int | None:
    own = (_own_level(style) for style in style_chain(style_id, by_id))
    level = next((level for level in own if level is not None), _NO_LEVEL)
    return level if level < _NO_LEVEL else None


def _own_level(element: etree._Element) -> int | None:
    text = val(element, "pPr/outlineLvl")
    return int(text) if text in {*map(str, range(_NO_LEVEL + 1))} else None


def level_of(paragraph: etree._Element, levels: Mapping[str, int]) -> int | None:
    """Return the outline level of `paragraph`, or None when it is no heading."""
    own = _own_level(paragraph)
    if own is not None:
        return own if own < _NO_LEVEL else None
    return levels.get(val(paragraph, "pPr/pStyle"))


def places_of(
    root: etree._Element, place: Place, levels: Mapping[str, int]
) -> dict[etree._Element, Place]:
    """Return the place of each paragraph of the part `root`, in the order of the text."""
    places: dict[etree._Element, Place] = {}
    heading = None
    for number, paragraph in paragraphs_of(root):
        places[paragraph] = replace(place, paragraph=number, heading=heading)
        if level_of(paragraph, levels) is not None:
            text = text_of(paragraph)
            heading = text.replace(OBJECT, "").strip()[:_HEADING_LIMIT] or heading
    return places
