"""The remarks that people hang in a document: who says what, about which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import is_fallback
from lrtdocs.word.package.ooxml import W14, w
from lrtdocs.word.package.package import part_names
from lrtdocs.word.story.cleanup import AUTHOR
from lrtdocs.word.tags.paragraphs import pieces_of, pieces_of_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.word.package.package import Package

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class Remark(NamedTuple):
    """A remark in the margin: by whom, what it says, and the `passage` that it hangs on.

    It begins in paragraph `paragraph` (from 1) of the part called `part`; 0 where it hangs on
    nothing any more. `done` tells that it was closed, `answers` that it answers the one before it.
    """

    author: str
    date: str
    text: str
    passage: str
    part: str
    paragraph: int
    done: bool = False
    answers: bool = False


def read_remarks(package: Package) -> list[Remark]:
    """Return the remarks in the text of `package`, in their order; ours are not among them."""
    part = package.related(package.main, "comments")
    if part not in package:
        return []
    comments = package.tree(part)
    told = _threads(package)
    hung = dict(_passages(package.tree(package.main)))
    name = part_names(package)[package.main]
    found = []
    for comment in comments.iterchildren(w("comment")):
        if comment.get(w("author")) == AUTHOR:
            continue
        paragraphs = list(comment.iter(w("p")))
        text = "\n".join("".join(p.text for p in pieces_of(one)) for one in paragraphs).strip()
        ids = [one.get(f"{{{W14}}}paraId", "") for one in paragraphs[-1:]]
        done, answers = told.get(ids[0] if ids else "", (False, False))
        at, passage = hung.get(comment.get(w("id"), ""), (0, ""))
        found.append(
            Remark(comment.get(w("author"), ""), comment.get(w("date"), ""), text,
                   " ".join(passage.split()), name, at, done, answers)
        )  # fmt: skip
    return sorted(found, key=lambda one: one.paragraph)


def _threads(package: Package) -> dict[str, tuple[bool, bool]]:
    """Return of each remark, by its last paragraph, if it is done and if it answers another."""
    part = package.related(package.main, "commentsExtended")
    if part not in package:
        return {}
    return {
        row.get(f"{_W15}paraId", ""): (
            row.get(f"{_W15}done") in {"1", "true"},
            bool(row.get(f"{_W15}paraIdParent")),
        )
        for row in package.tree(part)
    }


def _passages(root: etree._Element) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield the id of each remark with the paragraph in which it begins and the words there."""
    texts: dict[str, list[str]] = {}
    starts: dict[str, int] = {}
    open_ = dict[str, None]()
    number = 0
    for element in root.iter(
        w("p"), w("r"), w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
    ):
        if element.tag == w("p"):
            number += not is_fallback(element)
            for one in open_:
                texts[one].append(" ")
        elif element.tag == w("r"):
            gone = next(element.iterancestors(w("del"), w("moveFrom")), None) is not None
            text = "" if gone else "".join(piece.text for piece in pieces_of_run(element))
            for one in open_:
                texts[one].append(text)
        else:
            mark = element.get(w("id"), "")
            starts.setdefault(mark, number)
            texts.setdefault(mark, [])
            if element.tag == w("commentRangeStart"):
                open_[mark] = None
            else:
                open_.pop(mark, None)
    for mark, words in texts.items():
        yield mark, (starts[mark], "".join(words))
