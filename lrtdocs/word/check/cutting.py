"""The words that a problem names, found in a story as it stands in Word, and cut free there.

Paragraphs are counted, and their text is read, as the compiler does it: on a copy in which tracked
changes are accepted. What was found there is looked up in the story itself, whose runs are cut
where the words begin and end; no run is lost and none changes its formatting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Place
from lrtdocs.word.package.elements import make
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.story.load import load_twin
from lrtdocs.word.tags.paragraphs import paragraphs_of, pieces_of, set_text, split_run, text_of

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.errors import Problem

_ELLIPSIS = " …"
_RPR = w("rPr")


class Words:
    """The words of the story `root`, which is cut where they begin and end."""

    def __init__(self, root: etree._Element) -> None:
        twin = load_twin(root, Place(""))
        self._original = twin.original
        self._paragraphs: dict[int, etree._Element] = {}
        for number, paragraph in paragraphs_of(twin.root):
            self._paragraphs.setdefault(number, paragraph)

    def paragraph(self, problem: Problem) -> etree._Element | None:
        """Return the paragraph of the story that `problem` is about, or None if it has none."""
        twin = self._paragraphs.get(problem.place.paragraph or 0)
        return None if twin is None else self._original.get(twin)

    def find(self, problem: Problem) -> list[etree._Element]:
        """Return the elements with the words that `problem` is about, [] when unknown."""
        twin = self._paragraphs.get(problem.place.paragraph or 0)
        return [] if twin is None else self._texts(twin, *_span(problem, text_of(twin)))

    def _texts(self, twin: etree._Element, start: int, end: int) -> list[etree._Element]:
        """Return the elements in Word of the characters `start` to `end` of `twin`, cut there."""
        for at in (start, end):
            self._cut(twin, at)
        texts, offset = [], 0
        for piece in pieces_of(twin):
            original = self._original.get(piece.element)
            if start <= offset < end and piece.text and original is not None:
                texts.append(original)
            offset += len(piece.text)
        return texts

    def _cut(self, twin: etree._Element, at: int) -> None:
        """Let an element begin at the character `at` of `twin`, in Word as well."""
        for piece in pieces_of(twin):
            original = self._original.get(piece.element)
            if 0 < at < len(piece.text) and original is not None:
                self._original[_cut_text(piece.element, at)] = _cut_text(original, at)
            at -= len(piece.text)


def _cut_text(text: etree._Element, at: int) -> etree._Element:
    """Cut a w:t at the character `at`; return the one that begins there."""
    whole, rest = text.text or "", make("t")
    set_text(text, whole[:at])
    set_text(rest, whole[at:])
    text.addnext(rest)
    return rest


def run_from(element: etree._Element) -> etree._Element:
    """Return the run that begins with `element`, cut when none does."""
    run = _run_of(element)
    at = run.index(element)
    return split_run(run, at) if any(child.tag != _RPR for child in list(run)[:at]) else run


def run_until(element: etree._Element) -> etree._Element:
    """Return the run that ends with `element`, cut when none does."""
    run, following = _run_of(element), element.getnext()
    if following is not None:
        split_run(run, run.index(following))
    return run


def _span(problem: Problem, text: str) -> tuple[int, int]:
    """Return which characters of its paragraph `text` a problem is about; (0, 0) when unknown."""
    place, found = problem.place, problem.found.strip().removesuffix(_ELLIPSIS)
    if place.text == text and place.column is not None:
        start, length = place.column - 1, place.length or 0
    else:
        start, length = text.find(found), len(found)
    return (start, start + length) if start >= 0 else (0, 0)


def _run_of(element: etree._Element) -> etree._Element:
    run = element.getparent()
    if run is None:
        raise ValueError(element.tag)
    return run
