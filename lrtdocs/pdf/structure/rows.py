"""Rows of a table that LibreOffice leaves out of the PDF, without a word.

When a table with a repeated header breaks over a page, and the last row that may stay misses the
room for the rule below it by a hair, LibreOffice 25.2 draws no further rows at all, provided that
rows may not split (`w:cantSplit`). Their elements do stand in the structure tree, empty. Such a
document is converted once more with rows that may split: less beautiful, but whole.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from pikepdf import Pdf

from lrtdocs.pdf.structure.tree import Element, Tree, is_element, kids

_KEPT_WHOLE = re.compile(rb"<w:cantSplit\b[^>]*/>")
_PARTS = ("word/document.xml", "word/styles.xml")


def count_lost_rows(pdf: bytes) -> int:
    """Return how many rows of the tables in `pdf` have nothing in them."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return count_empty_rows(Tree(opened))


def count_empty_rows(tree: Tree) -> int:
    """Return how many rows of the tables in `tree` have nothing in them."""
    return sum(_is_empty(tree, row) for row in tree.find("TR"))


def _is_empty(tree: Tree, row: Element) -> bool:
    return all(is_element(kid) for part in [row, *tree.walk(row)] for kid in kids(part))


def let_rows_split(docx: bytes) -> bytes | None:
    """Return `docx` with rows that may split over two pages, or None if they all may already."""
    target, changed = BytesIO(), 0
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package, zipfile.ZipFile(target, "w") as made:
            for member in package.infolist():
                data = package.read(member)
                if member.filename in _PARTS:
                    data, found = _KEPT_WHOLE.subn(b"", data)
                    changed += found
                made.writestr(member, data)
    except (OSError, ValueError, zipfile.BadZipFile):
        return None
    return target.getvalue() if changed else None
