"""A story as Word shows it, tracked changes and all, for what is told of how it looks there.

Its paragraphs are numbered as when it is filled, with the changes accepted: by that number they are
known everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, shorten
from lrtdocs.word.package.elements import val
from lrtdocs.word.package.ooxml import w, with_prefixes
from lrtdocs.word.story.load import load_twin, places_of
from lrtdocs.word.tags.paragraphs import text_of
from lrtdocs.word.tags.tags import narrow_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.reading.formatting import StyleSheet

_FOUND_WIDTH = 60


@dataclass(frozen=True, eq=False)
class ShownStory:
    """The part `member` of a package: its tree, and the places of the paragraphs that are filled.

    `levels` are those of headings by style, `accepted` the warnings for tracked changes.
    """

    package: Package
    member: str
    root: etree._Element
    place: Place
    places: Mapping[etree._Element, Place]
    levels: Mapping[str, int]
    sheet: StyleSheet
    accepted: list[Problem]

    def place_of(self, element: etree._Element) -> Place:
        """Return the place of the paragraph that `element` is or stands in, else of the part."""
        around = (element, *element.iterancestors(w("p")))
        return next((self.places[one] for one in around if one in self.places), self.place)

    def whole(self, paragraph: etree._Element) -> Place:
        """Return the place of all text of `paragraph`, or of itself when it has none."""
        place, text = self.place_of(paragraph), text_of(paragraph)
        return narrow_place(place, text, 0, len(text)) if text else place


def load_shown(
    package: Package, member: str, place: Place, levels: Mapping[str, int], sheet: StyleSheet
) -> ShownStory:
    """Return the part `member` of `package` as Word shows it; `levels` are those of headings."""
    root = with_prefixes(package.parse(member))
    twin = load_twin(root, place)
    numbered = places_of(twin.root, place, levels)
    places = {twin.original[p]: where for p, where in numbered.items() if p in twin.original}
    return ShownStory(package, member, root, place, places, levels, sheet, twin.accepted)


def text_at(place: Place) -> str:
    """Return the text that `place` means, short enough to be told."""
    start = (place.column or 1) - 1
    text = (place.text or "")[start : start + (place.length or 0)]
    return shorten(text[:_FOUND_WIDTH].strip(), _FOUND_WIDTH)


def style_of(paragraph: etree._Element) -> str:
    """Return the id of the style of `paragraph`, "" for the standard one."""
    return val(paragraph, "pPr/pStyle")
