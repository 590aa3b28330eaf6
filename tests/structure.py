"""The structure tree of a PDF as an outline people can read, for tests.

    Document
      H1 "verslag"
      L
        LI
          Lbl "-"
          LBody
            P "Eerste streepje"

An element shows its text when none of its children is a block of its own.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Element, Tree, attribute, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

INLINE = {"Link", "Span", "Lbl", "Figure", "Reference", "Note", "Quote", "Code"}
SHOWN = {"Scope": "/Scope", "RowSpan": "/RowSpan", "ColSpan": "/ColSpan"}


def read_outline(pdf: bytes) -> str:
    """Return the structure of `pdf`, an element a line, indented by depth, with its text."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        tree = Tree(opened)
        return "\n".join(_lines(tree, PageTexts(opened), tree.root, -1)).strip("\n")


def read_blocks(pdf: bytes) -> list[tuple[str, str]]:
    """Return (role, text) of each block with text of its own, in reading order."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        tree, texts = Tree(opened), PageTexts(opened)
        return [
            (tree.role(element), " ".join(texts.text(element).split()))
            for element in tree.walk()
            if tree.role(element) not in INLINE and _is_leaf(tree, element)
        ]


def read_tagged_text(pdf: bytes) -> str:
    """Return all text that a screen reader reads from `pdf`, a block a line."""
    return "\n".join(text for _, text in read_blocks(pdf) if text)


def _lines(tree: Tree, texts: PageTexts, element: Element | None, depth: int) -> Iterator[str]:
    if element is None:
        return
    words = [tree.role(element)] if depth >= 0 else []
    words += [
        f"{name}={str(value).lstrip('/')}"
        for name, key in SHOWN.items()
        if (value := attribute(element, key)) is not None
    ]
    if _is_leaf(tree, element):
        words.append('"' + " ".join(texts.text(element).split()) + '"')
    if "/Alt" in element:
        words.append(f"[{element['/Alt']}]")
    yield "  " * max(depth, 0) + " ".join(words)
    for kid in elements(element):
        yield from _lines(tree, texts, kid, depth + 1)


def _is_leaf(tree: Tree, element: Element) -> bool:
    return "/S" in element and all(tree.role(kid) in INLINE for kid in elements(element))
