"""Paragraphs as text: the runs of a paragraph joined, and tags put into the run where they start.

In the tree a tag becomes a mark: its number between two characters that occur nowhere in the part.
After the structure is settled and the tree is written out, marks are replaced by Jinja source. So
Jinja source is never escaped, and literal XML is never searched for tags.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.word.package.elements import is_fallback, put_behind
from lrtdocs.word.package.ooxml import XML_SPACE, w
from lrtdocs.word.tags.tags import NOWHERE, OBJECT, Tag, TagKind, find_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_P, _R, _T, _BR, _RPR = w("p"), w("r"), w("t"), w("br"), w("rPr")
_SKIPPED = {w("pPr"), w("rPr"), w("del"), w("moveFrom"), w("sdtPr"), w("sdtEndPr")}
_NOTHING = (
    *("rPr", "lastRenderedPageBreak", "annotationRef", "commentReference", "footnoteRef"),
    *("endnoteRef", "separator", "continuationSeparator", "delText", "instrText", "delInstrText"),
)
_CHARS = dict.fromkeys(map(w, _NOTHING), "") | {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
"""What stands in a run as text, besides w:t and w:br; all else is an object."""
_TEXT_LIMIT = 100_000
TAGS_LIMIT = 20_000
"""The most tags one part may have; a template of a hundred pages has a thousand."""
ATTRIBUTES = ("descr", "title", w("tooltip"), "alt", "string", w("displayText"), w("value"))
"""Attributes in which people write words that a reader sees or hears.

That of a picture, a link, a watermark or other WordArt (string), and of a choice in a drop-down.
"""
TITLES = {w("alias"), w("tag")}
"""Elements whose w:val is the name of a content control, which Word shows."""


@dataclass(slots=True)
class Piece:
    """A stretch of text of a paragraph and the element it comes from."""

    element: etree._Element
    text: str


class Marks:
    """The marks of one part: which characters delimit them, and which tag has which number."""

    def __init__(self, root: etree._Element) -> None:
        text = etree.tostring(root, encoding="unicode")
        self.sign = next(sign for sign in map(chr, range(0xF0000, 0xF4000)) if sign not in text)
        self.pattern = re.compile(f"{self.sign}(\\d+){self.sign}")
        self.tags: list[Tag] = []

    def add(self, tag: Tag) -> str:
        """Return the mark of `tag`, a new one."""
        tag.number = len(self.tags)
        self.tags.append(tag)
        return self.of(tag)

    def make(
        self,
        body: str,
        kind: TagKind = TagKind.INTERNAL,
        like: Tag = NOWHERE,
        context: str = "plain",
    ) -> str:
        """Return the mark of a new tag that says `body`; its problems are those of `like`."""
        tag = Tag(kind, like.text, like.place, body.strip(), context=context)
        tag.formatting_id = like.formatting_id
        return self.add(tag)

    def of(self, tag: Tag) -> str:
        """Return the mark of `tag`, which was added before."""
        return f"{self.sign}{tag.number}{self.sign}"

    def inside(self, text: str | None) -> list[Tag]:
        """Return the tags whose marks stand in `text`."""
        if not text or self.sign not in text:
            return []
        return [self.tags[int(number)] for number in self.pattern.findall(text)]

    def strip(self, text: str | None) -> str:
        """Return `text` without marks."""
        return self.pattern.sub("", text) if text else ""


def paragraphs_of(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the paragraphs of a part in order with their numbers, counted from 1.

    The fallback copy of a text box has the number of the paragraph it hangs on: in Word nobody
    sees it.
    """
    number = 0
    for paragraph in root.iter(_P):
        number += not is_fallback(paragraph)
        yield number, paragraph


def pieces_of(paragraph: etree._Element) -> list[Piece]:
    """Return the text of `paragraph` piece by piece; what is no text counts as one `OBJECT`."""
    return [piece for run in runs_of(paragraph) for piece in pieces_of_run(run)]


def text_of(paragraph: etree._Element) -> str:
    """Return the text of `paragraph`, with one `OBJECT` for each thing in it that is no text."""
    return "".join(piece.text for piece in pieces_of(paragraph))


def runs_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of `paragraph`, those in links and content controls too, not in text boxes."""
    for child in paragraph:
        if child.tag == _R:
            yield child
        elif child.tag not in _SKIPPED and child.tag != _P:
            yield from runs_of(child)


def pieces_of_run(run: etree._Element) -> Iterator[Piece]:
    """Yield the text of one run piece by piece."""
    for child in run:
        if child.tag == _T:
            yield Piece(child, child.text or "")
        elif child.tag == _BR:
            yield Piece(child, OBJECT if child.get(w("type"), "") in {"page", "column"} else "\n")
        elif text := _CHARS.get(child.tag, OBJECT):
            yield Piece(child, text)


def printed_runs(paragraph: etree._Element) -> Iterator[tuple[etree._Element, int, int]]:
    """Yield the runs of `paragraph` of which a reader sees the looks, with where they stand.

    What a tag prints looks like the run in which the tag begins; the rest of it is seen by nobody.
    """
    text, offset = text_of(paragraph), 0
    seen = [not char.isspace() and char != OBJECT for char in text]
    for tag in find_tags(text, Place(""))[0]:
        seen[tag.start : tag.end] = [False] * (tag.end - tag.start)
        seen[tag.start] = tag.kind in {TagKind.VALUE, TagKind.ESCAPE}
    for run in runs_of(paragraph):
        end = offset + sum(len(piece.text) for piece in pieces_of_run(run))
        if any(seen[offset:end]):
            yield run, offset, end
        offset = end


def mark_paragraph(paragraph: etree._Element, place: Place, marks: Marks) -> list[Problem]:
    """Put the tags of `paragraph` as marks into the runs where they start."""
    pieces = pieces_of(paragraph)
    text = "".join(piece.text for piece in pieces)
    if not any(sign in text for sign in ("{{", "{%", "{#", "{_", "_}")):
        return []
    if len(text) > _TEXT_LIMIT:
        return [messages.problem("LRT312.alinea", place, most=str(_TEXT_LIMIT))]
    tags, problems = find_tags(text, place)
    problems += [
        messages.problem("LRT324.object", place, tag=tag.text)
        for tag in tags
        if OBJECT in text[tag.start : tag.end] and tag.kind is not TagKind.COMMENT
    ]
    tags = sorted([*tags, *_trimmed(text, tags)], key=lambda tag: tag.start)
    offset = 0
    for piece in pieces:
        end = offset + len(piece.text)
        _rewrite(piece, offset, end, tags, marks, paragraph)
        offset = end
    return problems


def _trimmed(text: str, tags: list[Tag]) -> Iterator[Tag]:
    """Yield as nothing the line breaks beside tags with a dash, which Jinja does not see."""
    for tag in tags:
        before, behind = text[: tag.start], text[tag.end :]
        start = len(before.rstrip("\n")) if tag.trim_before else tag.start
        end = len(text) - len(behind.lstrip("\n")) if tag.trim_after else tag.end
        for first, last in ((start, tag.start), (tag.end, end)):
            if first < last:
                yield Tag(TagKind.ESCAPE, "", tag.place, start=first, end=last)


def check_number_of_tags(marks: Marks, place: Place) -> list[Problem]:
    """Return a problem when a part has so many tags that it would take minutes."""
    if len(marks.tags) <= TAGS_LIMIT:
        return []
    return [messages.problem("LRT312.tags", place, most=str(TAGS_LIMIT))]


def _rewrite(
    piece: Piece, start: int, end: int, tags: list[Tag], marks: Marks, owner: etree._Element
) -> None:
    """Rewrite one piece: marks for tags that start in it, nothing for what tags cover."""
    touching = [tag for tag in tags if tag.start < end and tag.end > start]
    if not touching:
        return
    if piece.element.tag != _T:
        remove_element(piece.element)
        return
    text, position = "", start
    for tag in touching:
        if tag.start >= start:
            text += piece.text[position - start : tag.start - start]
            if tag.kind is TagKind.ESCAPE:
                text += tag.text
            else:
                tag.owner = owner
                text += marks.add(tag)
        position = min(tag.end, end)
    text += piece.text[position - start :]
    set_text(piece.element, text)
    if not text:
        drop_if_empty(piece.element)


def set_text(element: etree._Element, text: str) -> None:
    """Set the text of a w:t, spaces kept."""
    element.text = text
    element.set(XML_SPACE, "preserve")


def drop_if_empty(text: etree._Element) -> None:
    """Remove a w:t without text, and its run when nothing is left in it but formatting."""
    run = text.getparent()
    if text.text or run is None:
        return
    remove_element(text)
    if all(child.tag == _RPR for child in run):
        remove_element(run)


def remove_element(element: etree._Element) -> None:
    """Remove `element` from the tree; text behind it stays."""
    put_text(element, "")


def put_text(element: etree._Element, text: str) -> None:
    """Put `text` in the place of `element`."""
    parent = element.getparent()
    if parent is None:
        return
    add_before(element, text + (element.tail or ""))
    element.tail = None
    parent.remove(element)


def add_before(element: etree._Element, text: str) -> None:
    """Put `text` straight before `element`."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def add_after(element: etree._Element, text: str) -> None:
    """Put `text` straight behind `element`."""
    element.tail = text + (element.tail or "")


def split_run(run: etree._Element, at: int) -> etree._Element:
    """Move the children of `run` from index `at` on to a new run behind it, and return that one.

    Both have the same formatting; text behind `run` stands behind the new one.
    """
    rest = etree.Element(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    properties = run.find(w("rPr"))
    if properties is not None:
        rest.append(copy.deepcopy(properties))
        rest[0].tail = None
    rest.extend(list(run)[at:])
    put_behind(run, rest)
    return rest


def split_behind(text: etree._Element, following: str) -> etree._Element:
    """Cut the run of the w:t `text` behind it; return a w:t with `following` that begins the rest.

    Raise ValueError when `text` stands in no run.
    """
    run = text.getparent()
    if run is None:
        raise ValueError(text.tag)
    rest, first = split_run(run, run.index(text) + 1), etree.Element(text.tag)
    rest.insert(0 if rest.find(w("rPr")) is None else 1, first)
    set_text(first, following)
    return first


def mark_attributes(
    root: etree._Element, places: dict[etree._Element, Place], marks: Marks
) -> list[Problem]:
    """Put marks into the attributes people see: alternative text, tooltips, watermarks."""
    problems: list[Problem] = []
    for element in root.iter():
        for name, value in element.attrib.items():
            text = str(value)
            if "{" in text and is_filled(element, str(name)):
                marked, found = mark_text(text, nearest_place(element, places), marks)
                element.set(name, marked)
                problems += found
    return problems


def is_filled(element: etree._Element, name: str) -> bool:
    """Tell whether tags in the attribute `name` of `element` are filled."""
    return name == w("val") if element.tag in TITLES else name in ATTRIBUTES


def mark_text(text: str, place: Place, marks: Marks) -> tuple[str, list[Problem]]:
    """Return `text`, that of an attribute or a document property, with marks for its tags."""
    tags, problems = find_tags(text, place)
    result, position = "", 0
    for tag in tags:
        tag.context = "plain"
        result += text[position : tag.start]
        result += tag.text if tag.kind is TagKind.ESCAPE else marks.add(tag)
        position = tag.end
    return result + text[position:], problems


def nearest_place(element: etree._Element, places: Mapping[etree._Element, Place]) -> Place:
    """Return the place of the paragraph around `element`, or the first in its content control."""
    around = (element, *element.iterancestors(_P, w("sdt")))
    near = (one if one.tag != w("sdt") else next(one.iter(_P), one) for one in around)
    found = (places[one] for one in near if one in places)
    return next(found, next(iter(places.values()), Place("")))


def visible_text(element: etree._Element, marks: Marks) -> str:
    """Return what a reader would see of `element`, without tags; objects count, spaces do not."""
    paragraphs = [element] if element.tag == _P else element.iter(_P)
    text = "".join(piece.text for p in paragraphs for piece in pieces_of(p))
    return marks.strip(text).strip()


def tags_in(element: etree._Element, marks: Marks) -> list[Tag]:
    """Return the tags in the text of `element`, in order; of a paragraph only its own text."""
    if element.tag == _P:
        texts = [child for run in runs_of(element) for child in run if child.tag == _T]
    else:
        texts = list(element.iter(_T))
    return [tag for node in texts for tag in marks.inside(node.text)]
