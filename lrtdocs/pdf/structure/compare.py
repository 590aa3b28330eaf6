"""The text of a PDF held against that of its Word document: each word of it is there, in order.

LibreOffice may leave out text without a word: what does not fit in a frame, what stands beside an
emoji of more signs. Where letters come from a second font they come after those of the first; such
a paragraph is given its own text again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault
from lrtdocs.pdf.structure.tree import PARAGRAPHS, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pikepdf import Pdf

    from lrtdocs.pdf.document import Facts
    from lrtdocs.pdf.structure.text import PageTexts

_PLACEHOLDER = re.compile(r"Object \d+")
_NOWHERE = "Error: Reference source not found"
_SPACE = re.compile(r"(?:(?!\n)[\s\u00ad\u2010\u2011-])+")
_UNSEEN = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)


class Compared(NamedTuple):
    """What became of the text of a document in its PDF.

    `missing` are the texts that are not there, `displaced` is one that is not at its place;
    `foreign` tells why characters may be those of another document, `broken` what stands in the
    place of something that LibreOffice cannot make.
    """

    missing: tuple[str, ...] = ()
    displaced: str = ""
    foreign: Fault | None = None
    broken: Fault | None = None


class _Story(NamedTuple):
    """Texts that a PDF has to show, and the text that it shows: a line for each of its blocks."""

    wanted: Sequence[str]
    shown: str
    ordered: bool = False

    def late(self, squeeze: Callable[[str], str]) -> list[str]:
        """Return the wanted texts that do not come, or not behind those before them."""
        shown, at, late = squeeze(self.shown), 0, list[str]()
        for piece in self.wanted:
            text = squeeze(piece)
            found = shown.find(text, at)
            if found < 0:
                late.append(piece)
            elif self.ordered:
                at = found + len(text)
        return late

    def lost(self, late: Sequence[str]) -> list[str]:
        """Return of the texts that come `late` those that do not come at all, or too few times."""
        shown = _letters(self.shown)
        wanted = Counter(map(_letters, self.wanted))
        return [each for each in late if shown.count(_letters(each)) < wanted[_letters(each)]]


def compare(pdf: Pdf, tree: Tree, texts: PageTexts, facts: Facts) -> Compared:
    """Return what became in `pdf`, with its `tree` and `texts`, of the text that it has to show.

    A paragraph of which only the order of the letters is lost gets them back.
    """
    foreign = Fault("deel.apart_teken") if texts.signs() - facts.characters else None
    tagged = tree.root is not None
    shown = texts.lines(tree) if tagged else texts.all_text()
    first, *others = [texts.beside(page) for page in pdf.pages]
    body = _Story(facts.body if tagged else _loose(facts.body), shown, ordered=tagged)
    beside = [_Story(_loose(facts.beside), shown), _Story(_loose(facts.first), first)]
    beside += [_Story(_loose(facts.later), "".join(others))] if others else []
    broken = _find_broken(tree, texts, facts, [shown, first, *others]) if tagged else None
    if not any(story.late(_squeeze) for story in (body, *beside)):
        return Compared(foreign=foreign, broken=broken)
    late = body.late(_plain)
    if late and (lost := body.lost(late)):
        _restore(tree, texts, lost)
        body = body._replace(shown=texts.lines(tree) if tagged else shown)
        late = body.late(_plain)
    lost = body.lost(late)
    displaced = [text for text in late if text not in lost]
    lost += [text for story in beside for text in story.lost(story.late(_plain))]
    return Compared(
        tuple(" ".join(text.split()) for text in lost),
        " ".join(displaced[0].split()) if displaced else "",
        foreign or Fault("deel.apart_schrijfwijze"),
        broken,
    )


def _find_broken(tree: Tree, texts: PageTexts, facts: Facts, shown: Sequence[str]) -> Fault | None:
    """Return what LibreOffice put in the place of something, or left out, if anything.

    No objects are opened (see `backend.py`): it leaves out formulas, and draws a piece of a puzzle
    with a name for a chart. Where a field refers to nothing, it prints that.
    """
    if facts.formulas and next(tree.find("Formula"), None) is None:
        return Fault("LRT429.object", {"what": "formule", "text": facts.formulas[0]})
    for figure in tree.find("Figure"):
        if _PLACEHOLDER.fullmatch(name := texts.text(figure).strip()):
            said = str(figure.get("/Alt", "")) or name
            return Fault("LRT429.object", {"what": "grafiek", "text": said})
    lost = any(_NOWHERE in text for text in shown) and _NOWHERE not in "".join(facts.body)
    return Fault("LRT429.verwijzing") if lost else None


def _restore(tree: Tree, texts: PageTexts, lost: list[str]) -> None:
    """Give paragraphs with the letters of one of `lost`, in another order, that text.

    A link must stay one: that has a text of its own.
    """
    signs = {"".join(sorted(_letters(text))): text for text in lost}
    for element in tree.find(*PARAGRAPHS):
        text = signs.get("".join(sorted(_letters(texts.text(element)))))
        if text and not any(tree.role(below) == "Link" for below in tree.walk(element)):
            element["/ActualText"] = " ".join(text.split())


def _loose(pieces: Sequence[str]) -> list[str]:
    return [piece.rstrip("\n") for piece in pieces]


def _squeeze(text: str) -> str:
    """Return `text` without space, hyphens and capitals: the same however it was set."""
    return _SPACE.sub("", text.casefold())


def _plain(text: str) -> str:
    """Return `text` without what no layout keeps: space, capitals, ways to write one sign."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _UNSEEN.sub("", text))
        text = unicodedata.normalize("NFKD", text.casefold())
    return _SPACE.sub("", text.casefold())


def _letters(text: str) -> str:
    return _plain(text).replace("\n", "")
