"""Where a remark can be hung in a story: at a tag or words, found by what a problem says of them.

Paragraphs are counted, and their text is read, as the compiler does it: on a copy in which tracked
changes are accepted. What was found there is looked up in the story itself, whose runs are cut
where the words begin and end; no run is lost and none changes its formatting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.errors import Place
from lrtdocs.word.package.elements import add, make
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.story.load import load_twin
from lrtdocs.word.story.runs import split_run
from lrtdocs.word.tags.paragraphs import paragraphs_of, pieces_of, set_text
from lrtdocs.word.tags.tags import Tag, TagKind, find_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

_P, _R, _T, _RPR, _PPR = w("p"), w("r"), w("t"), w("rPr"), w("pPr")
_BOX = w("txbxContent")
_MARKS = {w("commentRangeStart"), w("commentRangeEnd")}
_ELLIPSIS = " …"


class Story:
    """A story to hang remarks in; `root` is changed."""

    def __init__(self, root: etree._Element) -> None:
        twin = load_twin(root, Place(""))
        self._original = twin.original
        self._paragraphs: dict[int, etree._Element] = {}
        for number, paragraph in paragraphs_of(twin.root):
            self._paragraphs.setdefault(number, paragraph)
        self._segments: dict[etree._Element, list[tuple[int, etree._Element]]] = {}
        self.first = _first_paragraph(root)

    def paragraph(self, number: int | None) -> etree._Element | None:
        """Return paragraph `number`, or None; of one in a text box that on which the box hangs."""
        twin = self._paragraphs.get(number or 0)
        found = None if twin is None else self._original.get(twin)
        return None if found is None else _host(found)

    def hang(
        self, number: int | None, column: int | None, found: str, remark: Remark
    ) -> etree._Element:
        """Hang `remark` at the words `found` of paragraph `number`; return its paragraph.

        When the words are not there it hangs at the whole paragraph, and when that is not there
        either at the first one of the story.
        """
        twin = self._paragraphs.get(number or 0)
        paragraph = self.paragraph(number)
        if twin is None or paragraph is None:
            remark.around(self.first)
            return self.first
        span = None
        if not _in_box(self._original[twin]):
            text = "".join(piece.text for piece in pieces_of(twin))
            span = find_words(text, column, found)
        if span is None or not self._hang_at(twin, *span, remark):
            remark.around(paragraph)
        return paragraph

    def _hang_at(self, twin: etree._Element, start: int, end: int, remark: Remark) -> bool:
        """Hang `remark` at the characters from `start` to `end` of `twin`."""
        offset, inside = 0, []
        for piece in pieces_of(twin):
            length = len(piece.text)
            low, high = max(start - offset, 0), min(end - offset, length)
            original = self._original.get(piece.element)
            if low < high and original is not None:
                inside.append((original, low, high))
            offset += length
        if not inside:
            return False
        first = self._run_from(*inside[0][:2])
        last = self._run_until(inside[-1][0], inside[-1][2])
        remark.between(first, last)
        return True

    def _run_from(self, element: etree._Element, offset: int) -> etree._Element:
        """Return the run that begins at `offset` of `element`, cut when none does."""
        element, offset = self._cut(element, offset)
        run = _run_of(element)
        before = [child for child in list(run)[: run.index(element)] if child.tag != _RPR]
        return split_run(run, run.index(element)) if before else run

    def _run_until(self, element: etree._Element, offset: int) -> etree._Element:
        """Return the run that ends at `offset` of `element`, cut when none does."""
        element = self._cut_end(element, offset)
        run = _run_of(element)
        following = element.getnext()
        if following is not None:
            split_run(run, run.index(following))
        return run

    def _pieces(self, element: etree._Element) -> list[tuple[int, etree._Element]]:
        return self._segments.setdefault(element, [(0, element)])

    def _cut(self, element: etree._Element, offset: int) -> tuple[etree._Element, int]:
        """Cut the text of `element` at `offset`; return the text that begins there, and 0."""
        pieces = self._pieces(element)
        index = max(i for i, (begin, _) in enumerate(pieces) if begin <= offset)
        begin, text = pieces[index]
        if begin == offset or text.tag != _T:
            return text, 0
        rest = etree.Element(_T)
        whole = text.text or ""
        set_text(text, whole[: offset - begin])
        set_text(rest, whole[offset - begin :])
        text.addnext(rest)
        pieces.insert(index + 1, (offset, rest))
        return rest, 0

    def _cut_end(self, element: etree._Element, offset: int) -> etree._Element:
        """Cut the text of `element` at `offset`; return the text that ends there."""
        pieces = self._pieces(element)
        index = max(i for i, (begin, _) in enumerate(pieces) if begin < offset)
        begin, text = pieces[index]
        if text.tag == _T and offset < begin + len(text.text or ""):
            self._cut(element, offset)
        return text


class Remark:
    """The marks of one remark: where it begins, where it ends, and the run that refers to it."""

    def __init__(self, number: int, style: str) -> None:
        self._start = make("commentRangeStart", id=number)
        self._end = make("commentRangeEnd", id=number)
        self._run = make("r")
        if style:
            add(add(self._run, "rPr"), "rStyle", val=style)
        add(self._run, "commentReference", id=number)

    def between(self, first: etree._Element, last: etree._Element) -> None:
        """Hang it around the runs from `first` to `last`, its reference outside links and such."""
        first.addprevious(self._start)
        _put_after(last, self._end)
        top = self._end
        parent = top.getparent()
        while parent is not None and parent.tag != _P:
            top, parent = parent, parent.getparent()
        _put_after(top, self._run)
        self._leave_frame()

    def around(self, paragraph: etree._Element) -> None:
        """Hang it around all of `paragraph`."""
        properties = paragraph.find(_PPR)
        at = 0 if properties is None else paragraph.index(properties) + 1
        paragraph.insert(at, self._start)
        paragraph.extend([self._end, self._run])
        self._leave_frame()

    def _leave_frame(self) -> None:
        """Let a remark at the end of the first paragraph of a frame end in the next one.

        LibreOffice loses what refers to a remark in the first paragraph of a frame.
        """
        paragraph = self._run.getparent()
        following = None if paragraph is None else paragraph.getnext()
        if paragraph is None or following is None or following.tag != _P:
            return
        last = not any(_has_content(later) for later in self._end.itersiblings())
        inside = self._end.getparent() is paragraph and last
        if inside and _begins_frame(paragraph) and not _begins_frame(following):
            at = 0 if following.find(_PPR) is None else 1
            following.insert(at, self._run)
            following.insert(at, self._end)


def find_words(text: str, column: int | None, found: str) -> tuple[int, int] | None:
    """Return where in `text` the tag at `column` stands, or else the words `found`, or None.

    A word inside a tag stands for the whole tag. `column` counts from 1.
    """
    tags = find_tags(text, Place(""))[0]
    found = found.strip().removesuffix(_ELLIPSIS)
    if column is not None and 0 < column <= len(text):
        return _at_column(text, column - 1, found, tags)
    if not found:
        return None
    named = [tag for tag in tags if tag.text.startswith(found)]
    word = re.compile(rf"(?<!\w){re.escape(found)}(?!\w)")
    named += [tag for tag in tags if tag.kind is not TagKind.COMMENT and word.search(tag.text)]
    if named:
        return named[0].start, named[0].end
    begin = text.find(found)
    return (begin, begin + len(found)) if begin >= 0 else None


def _at_column(text: str, start: int, found: str, tags: Sequence[Tag]) -> tuple[int, int]:
    """Return the span that begins at `start`: a tag, the words `found`, or up to the next tag."""
    for tag in tags:
        if tag.start <= start < tag.end:
            return tag.start, tag.end
    if found and text.startswith(found, start):
        return start, start + len(found)
    return start, next((tag.start for tag in tags if tag.start > start), len(text))


def _has_content(element: etree._Element) -> bool:
    """Tell whether `element` holds more than marks of remarks."""
    known = {_RPR, w("commentReference")}
    return element.tag not in _MARKS and any(child.tag not in known for child in element)


def _begins_frame(paragraph: etree._Element) -> bool:
    """Tell whether `paragraph` is the first of a frame."""
    frames = [
        None if one is None else one.find(f"{_PPR}/{w('framePr')}")
        for one in (paragraph, paragraph.getprevious())
    ]
    here, before = (None if frame is None else dict(frame.attrib) for frame in frames)
    return here is not None and here != before


def _run_of(element: etree._Element) -> etree._Element:
    run = element.getparent()
    if run is None:
        raise ValueError(element.tag)
    return run


def _put_after(element: etree._Element, new: etree._Element) -> None:
    tail, element.tail = element.tail, None
    element.addnext(new)
    new.tail = tail


def _in_box(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(_BOX), None) is not None


def _host(paragraph: etree._Element) -> etree._Element:
    """Return the outermost paragraph around `paragraph`: remarks cannot hang in a text box."""
    return [paragraph, *paragraph.iterancestors(_P)][-1]


def _first_paragraph(root: etree._Element) -> etree._Element:
    """Return the first paragraph of the body `root`, made when there is none."""
    first = next(root.iter(_P), None)
    if first is None:
        first = etree.Element(_P)
        body = root.find(w("body"))
        (root if body is None else body).insert(0, first)
    return first
