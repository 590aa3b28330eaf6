"""One reader of the parts of a package that hold text: as a tree, with places and marks for tags.

The compiler, the check, the list of words and the comments in Word all read a part through here, so
that they mean the same paragraph by a number and the same tag by a place.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs.word.package.ooxml import APP_TYPE, local_name, parse_xml, w, with_prefixes
from lrtdocs.word.story.outline import places_of
from lrtdocs.word.story.story import drop_unknown_lists, normalize_story
from lrtdocs.word.tags.paragraphs import Marks, mark_attributes, mark_paragraph, mark_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.errors import Place, Problem


@dataclass(eq=False)
class Story:
    """A part as it is filled: the `places` of its paragraphs, and the `marks` of its tags.

    `accepted` are the warnings for tracked changes.
    """

    root: etree._Element
    place: Place
    marks: Marks
    places: dict[etree._Element, Place] = field(default_factory=dict)
    accepted: list[Problem] = field(default_factory=list)

    def mark(self) -> list[Problem]:
        """Put marks for all tags into the tree; return what is wrong with where they end."""
        problems: list[Problem] = []
        for paragraph, place in self.places.items():
            problems += mark_paragraph(paragraph, place, self.marks)
        return problems + mark_attributes(self.root, self.places, self.marks)


def load_story(
    data: bytes, place: Place, outline: Mapping[str, int], lists: set[str] | None = None
) -> Story:
    """Return the story in `data`, with its changes accepted and without marks yet.

    `outline` are the levels of headings by style; numbering that is not among `lists` is left out.
    """
    root = with_prefixes(parse_xml(data))
    accepted = normalize_story(root, place)
    if lists is not None:
        drop_unknown_lists(root, lists)
    return Story(root, place, Marks(root), places_of(root, place, outline), accepted)


def load_properties(data: bytes, kind: str, place: Place) -> tuple[Story, list[Problem]]:
    """Return document properties of content type `kind` with their marks, and what is wrong there.

    What Word made up from old titles is left out.
    """
    root = parse_xml(data)
    problems: list[Problem] = []
    story = Story(root, place, Marks(root))
    if kind == APP_TYPE:
        for child in list(root):
            if local_name(child) in {"TitlesOfParts", "HeadingPairs"}:
                root.remove(child)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag != w("p"):
            problems += mark_text(element, place, story.marks)
    return story, problems


@dataclass(eq=False)
class Twin:
    """A story as it is filled beside the same story as it stands in Word, element by element.

    `original` gives the element in Word of one in `root`; what filling leaves out has none.
    """

    root: etree._Element
    original: dict[etree._Element, etree._Element]
    accepted: list[Problem]


def load_twin(root: etree._Element, place: Place) -> Twin:
    """Return the story `root`, which stays as it is, in the form in which it is filled."""
    twin = copy.deepcopy(root)
    original = dict(zip(twin.iter(), root.iter(), strict=True))
    return Twin(twin, original, normalize_story(twin, place))
