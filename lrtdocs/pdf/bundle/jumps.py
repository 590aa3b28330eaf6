"""Where links and bookmarks of a PDF lead, told in pages, so that they lead there in another file.

A link may name its target, or a page that is not copied yet: both would be lost on the way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import Array, Dictionary, Name, NameTree, Object, OutlineItem, PdfError, String

from lrtdocs.pdf.bulk.split import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pikepdf import Pdf

_DEEPEST = 8


class Jump(NamedTuple):
    """The link that is the `annotation`th of a `page`: to the page `target`, and how it shows."""

    page: int
    annotation: int
    target: int
    view: list[Object]


class _Targets:
    """What the targets in `pdf` are: pages by number, and the names that stand for them."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._names = dict[str, Object]()
        with suppress(PdfError, *UNREADABLE):  # then links that go by name lead nowhere, as before
            older, names = pdf.Root.get("/Dests"), pdf.Root.get("/Names", Dictionary())
            self._names |= {key[1:]: value for key, value in (older or Dictionary()).items()}
            if "/Dests" in names:
                self._names |= {str(key): to for key, to in NameTree(names["/Dests"]).items()}

    def find(self, target: object) -> tuple[int, list[Object]] | None:
        """Return the page that `target` leads to, and how it is to be shown; None if none."""
        if isinstance(target, String | Name):
            target = self._names.get(str(target).removeprefix("/"))
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if not isinstance(target, Array) or not len(target):
            return None
        page = target[0]
        number = self._pages.get(page.objgen) if isinstance(page, Dictionary) else None
        return None if number is None else (number, list(target)[1:])


def take_jumps(pdf: Pdf) -> list[Jump]:
    """Take the links within `pdf` out of it, and return where they lead."""
    targets, found = _Targets(pdf), []
    for number, page in enumerate(pdf.pages):
        for index, annotation in enumerate(list(page.obj.get("/Annots", Array()))):
            if not isinstance(annotation, Dictionary):
                continue
            led = targets.find(_target_of(annotation))
            if led is not None:
                found.append(Jump(number, index, *led))
            for key in ("/Dest", "/A"):
                if key in annotation and (key == "/Dest" or _goes_to(annotation) is not None):
                    del annotation[key]
    return found


def _goes_to(annotation: Object) -> Object | None:
    action = annotation.get("/A")
    if not isinstance(action, Dictionary) or action.get("/S") != Name.GoTo:
        return None
    return action.get("/D")


def _target_of(annotation: Object) -> object:
    return annotation.get("/Dest") if "/Dest" in annotation else _goes_to(annotation)


def put_jumps(jumps: Iterable[Jump], pages: Sequence[Object]) -> None:
    """Let the links of `pages`, which were copied, lead where they led."""
    for jump in jumps:
        annotation = list(pages[jump.page]["/Annots"])[jump.annotation]
        annotation["/Dest"] = Array([pages[jump.target], *jump.view])


def read_bookmarks(pdf: Pdf, first: int = 0) -> list[OutlineItem]:
    """Return the bookmarks of `pdf` as they are when its pages begin at page `first`, from 0.

    What cannot be read as bookmarks, is none.
    """
    targets = _Targets(pdf)

    def read(items: Iterable[OutlineItem], depth: int) -> Iterator[OutlineItem]:
        for item in items if depth else ():
            action = item.action
            led = targets.find(item.destination if action is None else action.get("/D"))
            below = list(read(item.children, depth - 1))
            if led is not None:
                made = OutlineItem(item.title, first + led[0])
                made.children, made.is_closed = below, True
                yield made
            else:
                yield from below

    try:
        return list(read(pdf.open_outline().root, _DEEPEST))
    except (PdfError, *UNREADABLE):
        return []
