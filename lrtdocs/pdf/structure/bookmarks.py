"""Bookmarks in the order of the headings, nested by their level.

LibreOffice puts headings in frames (the title on page 1) after those of the body; readers
expect the order in which the document is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Name, OutlineItem, Pdf

from lrtdocs.pdf.structure.tree import HEADINGS, Element, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.pdf.structure.text import PageTexts


def write_bookmarks(pdf: Pdf, tree: Tree, texts: PageTexts) -> None:
    """Replace the bookmarks of `pdf` by its headings; what LibreOffice knew of them is kept."""
    known: dict[str, list[tuple[str, Array]]] = {}
    with pdf.open_outline() as outline:
        for item in _flatten(outline.root):
            if isinstance(item.destination, Array):
                known.setdefault(_key(item.title), []).append((item.title, item.destination))
        top: list[OutlineItem] = []
        path: list[tuple[int, OutlineItem]] = []
        for element in tree.find(*HEADINGS):
            title = " ".join(texts.text(element).split())
            level = int(tree.role(element)[1])
            found = known.get(_key(title))
            title, place = found.pop(0) if found else (title, _page_of(tree, element))
            if not title or place is None:
                continue
            item = OutlineItem(" ".join(title.split()), destination=place)
            while path and path[-1][0] >= level:
                path.pop()
            (path[-1][1].children if path else top).append(item)
            path.append((level, item))
        if top:
            outline.root[:] = top


def _flatten(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _flatten(item.children)


def _key(title: str) -> str:
    return "".join(title.split()).casefold()


def _page_of(tree: Tree, element: Element) -> Array | None:
    for part in [element, *tree.walk(element)]:
        if "/Pg" in part:
            return Array([part["/Pg"], Name.Fit])
    return None
