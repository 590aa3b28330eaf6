"""What Word lays around tags and the engine leaves: fields, links, tracked changes and comments.

Each is told at the paragraph where it can be mended.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lrtdocs import messages
from lrtdocs.word.check.shown import text_at
from lrtdocs.word.package.ooxml import COMMENTS_TYPE, R, w
from lrtdocs.word.tags.braces import merge_word
from lrtdocs.word.tags.paragraphs import ATTRIBUTES, pieces_of, text_of
from lrtdocs.word.tags.tags import find_tags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.check.shown import ShownStory
    from lrtdocs.word.package.package import Package

OWN_AUTHOR = "lrtdocs"
"""Who writes the comments that tell problems in a template; those are never a problem."""

_MERGE = re.compile(
    r'^\s*(MERGEFIELD|MERGEREC|NEXTIF|NEXT|SKIPIF|ASK|FILLIN)\s*"?([^\s"\\]*)', re.IGNORECASE
)
_CHANGED = (w("ins"), w("moveTo"))
_REMOVED = w("delText")


def check_fields(story: ShownStory, known: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each merge field of Word: nothing fills it.

    `known` are the words of the document, parts included.
    """
    for paragraph, place in story.places.items():
        for code in _codes(paragraph):
            found = _MERGE.match(code)
            if not found:
                continue
            told = {"name": found[1].upper(), "found": code.strip()}
            if found[2]:
                word = merge_word(found[2], known)
                yield messages.problem("LRT333.veld", place, None, **told, word=word)
            else:
                yield messages.problem("LRT333.leeg_veld", place, None, **told)


def merge_fields(paragraph: etree._Element) -> set[str]:
    """Return the names of the merge fields in `paragraph`, which show themselves as «Naam»."""
    return {found[2] for code in _codes(paragraph) if (found := _MERGE.match(code))}


def _codes(paragraph: etree._Element) -> Iterator[str]:
    """Yield the field codes of `paragraph`, each whole."""
    code = ""
    for element in paragraph.iter(w("instrText"), w("fldSimple"), w("fldChar")):
        if element.tag == w("fldSimple"):
            yield element.get(w("instr"), "")
        elif element.tag == w("instrText"):
            code += element.text or ""
        elif code:
            yield code
            code = ""
    if code:
        yield code


def check_links(story: ShownStory) -> Iterator[Problem]:
    """Yield an error for each link with a tag in its address: it is not filled."""
    rels = story.package.relations(story.member)
    for link in story.root.iter(w("hyperlink")):
        row = rels.get(link.get(f"{{{R}}}id", ""))
        target = unquote(row.target) if row is not None else ""
        if _has_tag(target):
            yield messages.problem("LRT306.adres", story.place_of(link), found=target)


def _has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text


def places_of_outside(story: ShownStory) -> Iterator[tuple[str, Place]]:
    """Yield the address of each thing that is fetched from outside, and where it stands."""
    rels = story.package.relations(story.member)
    outside = {row.id: row.target for row in rels.values() if row.external}
    for element in story.root.iter():
        for name, value in element.attrib.items():
            target = outside.get(str(value)) if str(name).startswith(f"{{{R}}}") else None
            place = story.place if target is None else story.place_of(element)
            if target is not None and place is not story.place:
                yield target, place


def check_attributes(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each tag in a property that is not filled: a list, a name, a title.

    A reader of the document does not see those, so no letter is kept back for them.
    """
    for element in story.root.iter():
        for name, value in element.attrib.items():
            text = str(value)
            read = name in ATTRIBUTES or (name == w("instr") and element.tag == w("fldSimple"))
            if _has_tag(text) and not read:
                yield messages.problem("LRT306.eigenschap", _near(element, story), found=text)


def _near(element: etree._Element, story: ShownStory) -> Place:
    """Return the place of `element`; of a content control around paragraphs that of the first."""
    control = next(element.iterancestors(w("p"), w("sdt")), None)
    inside = None if control is None else next(control.iter(w("p")), None)
    return story.place_of(element if inside is None else inside)


def check_changes(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each tag that a tracked change cuts through or takes away."""
    for paragraph, place in story.places.items():
        for tag in find_tags(text_of(paragraph), place)[0]:
            offset, changed = 0, set()
            for piece in pieces_of(paragraph):
                if offset < tag.end and offset + len(piece.text) > tag.start:
                    changed.add(next(piece.element.iterancestors(*_CHANGED), None) is not None)
                offset += len(piece.text)
            if len(changed) > 1:
                yield messages.problem("LRT338.deel", tag.place, found=tag.text)
        removed = "".join(t.text or "" for t in paragraph.iter(_REMOVED))
        if find_tags(removed, place)[0]:
            where = story.whole(paragraph)
            yield messages.problem("LRT338.verwijderd", where, found=removed.strip())


def check_comments(story: ShownStory) -> Iterator[Problem]:
    """Yield a tip for each comment of a person that is still there."""
    authors = _authors(story.package)
    for paragraph in story.places:
        for mark in paragraph.iter(w("commentReference")):
            author = authors.get(mark.get(w("id"), ""), "")
            place = story.whole(paragraph)
            if author and author != OWN_AUTHOR:
                yield messages.problem("LRT339.van", place, author=author, found=text_at(place))
            elif not author:
                yield messages.problem("LRT339.anoniem", place, found=text_at(place))


def _authors(package: Package) -> dict[str, str]:
    part = package.part_of_type(COMMENTS_TYPE)
    comments = package.tree(part).iter(w("comment")) if part else ()
    return {c.get(w("id"), ""): c.get(w("author"), "") for c in comments}
