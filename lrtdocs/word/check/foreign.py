"""What Word lays around tags and the engine leaves: fields, links, tracked changes and comments.

Each is told at the paragraph where it can be mended.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lrtdocs import messages
from lrtdocs.errors import Place, shorten
from lrtdocs.word.package.ooxml import WML_TYPE, R, parse_xml, w
from lrtdocs.word.tags.braces import merge_word
from lrtdocs.word.tags.paragraphs import ATTRIBUTES, pieces_of
from lrtdocs.word.tags.tags import find_tags, narrow_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package

OWN_AUTHOR = "lrtdocs"
"""Who writes the comments that tell problems in a template; those are never a problem."""

_MERGE = re.compile(
    r'^\s*(MERGEFIELD|MERGEREC|NEXTIF|NEXT|SKIPIF|ASK|FILLIN)\s*"?([^\s"\\]*)', re.IGNORECASE
)
_CHANGED = (w("ins"), w("moveTo"))
_FOUND_WIDTH = 60
_REMOVED = w("delText")


def check_fields(
    places: Mapping[etree._Element, Place], known: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield a warning for each merge field of Word: nothing fills it.

    `known` are the words of the document, parts included.
    """
    for paragraph, place in places.items():
        for code in _codes(paragraph):
            found = _MERGE.match(code)
            if not found:
                continue
            name, word = found[1].upper(), found[2]
            if word:
                word = merge_word(word, known)
                yield messages.problem(
                    "LRT333.veld", place, name=name, found=code.strip(), word=word
                )
            else:
                yield messages.problem("LRT333.leeg_veld", place, name=name, found=code.strip())


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


def check_links(
    root: etree._Element, member: str, package: Package, places: Mapping[etree._Element, Place]
) -> Iterator[Problem]:
    """Yield an error for each link with a tag in its address: it is not filled."""
    rels = package.relations(member)
    for link in root.iter(w("hyperlink")):
        row = rels.get(link.get(f"{{{R}}}id", ""))
        target = unquote(row.target) if row is not None else ""
        if "{{" not in target and "{%" not in target:
            continue
        paragraph = next(link.iterancestors(w("p")), None)
        place = places.get(paragraph, Place(package.name)) if paragraph is not None else None
        yield messages.problem("LRT306.adres", place or Place(package.name), found=target)


def places_of_outside(
    root: etree._Element, member: str, package: Package, places: Mapping[etree._Element, Place]
) -> Iterator[tuple[str, Place]]:
    """Yield the address of each thing that is fetched from outside, and where it stands."""
    rels = package.relations(member)
    outside = {row.id: row.target for row in rels.values() if row.external}
    for element in root.iter():
        for name, value in element.attrib.items():
            target = outside.get(str(value)) if str(name).startswith(f"{{{R}}}") else None
            paragraph = next(element.iterancestors(w("p")), None)
            if target is not None and paragraph is not None and paragraph in places:
                yield target, places[paragraph]


def check_attributes(
    root: etree._Element, places: Mapping[etree._Element, Place], place: Place
) -> Iterator[Problem]:
    """Yield a warning for each tag in a property that is not filled: a list, a name, a title.

    A reader of the document does not see those, so no letter is kept back for them.
    """
    for element in root.iter():
        for name, value in element.attrib.items():
            text = str(value)
            if "{{" not in text and "{%" not in text:
                continue
            if name in ATTRIBUTES or (name == w("instr") and element.tag == w("fldSimple")):
                continue
            paragraph = next(element.iterancestors(w("p")), None)
            inside = next(element.iterancestors(w("sdt")), None)
            if paragraph is None and inside is not None:
                paragraph = next(inside.iter(w("p")), None)
            where = places.get(paragraph, place) if paragraph is not None else place
            yield messages.problem("LRT306.eigenschap", where, found=text)


def check_changes(places: Mapping[etree._Element, Place]) -> Iterator[Problem]:
    """Yield a warning for each tag that a tracked change cuts through or takes away."""
    for paragraph, place in places.items():
        pieces = pieces_of(paragraph)
        text = "".join(piece.text for piece in pieces)
        for tag in find_tags(text, place)[0]:
            offset, changed = 0, set()
            for piece in pieces:
                if offset < tag.end and offset + len(piece.text) > tag.start:
                    changed.add(next(piece.element.iterancestors(*_CHANGED), None) is not None)
                offset += len(piece.text)
            if len(changed) > 1:
                yield messages.problem("LRT338.deel", tag.place, found=tag.text)
        removed = "".join(t.text or "" for t in paragraph.iter(_REMOVED))
        if find_tags(removed, place)[0]:
            where = _whole(place, text)
            yield messages.problem("LRT338.verwijderd", where, found=removed.strip())


def _whole(place: Place, text: str) -> Place:
    return narrow_place(place, text, 0, len(text)) if text else place


def check_comments(package: Package, places: Mapping[etree._Element, Place]) -> Iterator[Problem]:
    """Yield a tip for each comment of a person that is still there."""
    people = _authors(package)
    for paragraph, place in places.items():
        for mark in paragraph.iter(w("commentReference")):
            author = people.get(mark.get(w("id"), ""), "")
            if author == OWN_AUTHOR:
                continue
            text = "".join(piece.text for piece in pieces_of(paragraph))
            where, shown = _whole(place, text), shorten(text, _FOUND_WIDTH)
            if author:
                yield messages.problem("LRT339.van", where, author=author, found=shown)
            else:
                yield messages.problem("LRT339.anoniem", where, found=shown)


def _authors(package: Package) -> dict[str, str]:
    for member, data in package.members.items():
        if package.types.of(member) == WML_TYPE + "comments+xml":
            comments = parse_xml(data).iter(w("comment"))
            return {c.get(w("id"), ""): c.get(w("author"), "") for c in comments}
    return {}
