"""One reader of the parts of a package that hold text: as a tree, with places and marks for tags.

The compiler, the check, the list of words and the comments in Word all read a part through here, so
that they mean the same paragraph by a number and the same tag by a place. A place tells the number
of the paragraph and the heading above it: what Word calls one, a paragraph with an outline level of
its own or of its style.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import val
from lrtdocs.word.package.ooxml import APP_TYPE, local_name, parse_xml, w, with_prefixes
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.story.cleanup import accept_revisions, drop_unknown_lists, mend_story
from lrtdocs.word.story.fields import drop_contents, settle_fields
from lrtdocs.word.tags.paragraphs import (
    Marks,
    mark_attributes,
    mark_paragraph,
    mark_text,
    paragraphs_of,
    text_of,
)
from lrtdocs.word.tags.tags import OBJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.package.package import Package

_NO_LEVEL = 9  # what Word calls body text
_IN_BOTH = re.compile(r"""\{% if taal == ["']en["'] %\}[^{}]*\{% else %\}([^{}]*)\{% endif %\}""")
"""A word that a template has in two languages; a heading is shown with the Dutch one."""
_HEADING_LIMIT = 200


@dataclass(eq=False)
class Story:
    """A part as it is filled: the `places` of its paragraphs, and the `marks` of its tags.

    `accepted` are the warnings for tracked changes, `fields` what is told of fields of Word.
    """

    root: etree._Element
    place: Place
    marks: Marks
    places: dict[etree._Element, Place] = field(default_factory=dict)
    accepted: list[Problem] = field(default_factory=list)
    fields: list[Problem] = field(default_factory=list)

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
    accepted = _normalize(root, place)
    if lists is not None:
        drop_unknown_lists(root, lists)
    places = places_of(root, place, outline)
    fields = settle_fields(root, places)
    return Story(root, place, Marks(root), places, accepted, fields)


def _normalize(root: etree._Element, place: Place) -> list[Problem]:
    """Accept the tracked changes of `root`, drop comments, make it whole; return warnings."""
    accepted = accept_revisions(root, place)
    drop_contents(root)
    mend_story(root)
    return accepted


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
        if element.text and "{" in element.text and element.tag != w("p"):
            element.text, found = mark_text(element.text, place, story.marks)
            problems += found
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
    return Twin(twin, original, _normalize(twin, place))


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
            text = _IN_BOTH.sub(r"\1", text_of(paragraph).replace(OBJECT, ""))
            heading = text.strip()[:_HEADING_LIMIT] or heading
    return places
