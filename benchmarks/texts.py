"""The text of a filled letter, to see that every way made the same one."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}


def read_texts(path: Path) -> list[str]:
    """Return the paragraphs of the body and of all headers and footers of the .docx at `path`.

    Headers and footers come in the order of their text: each way names their files as it likes.
    """
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("word/")]
        margins = [
            "\n".join(_paragraphs(package.read(name)))
            for name in names
            if name.startswith(("word/header", "word/footer"))
        ]
        return [*_paragraphs(package.read("word/document.xml")), *sorted(margins)]


def _paragraphs(data: bytes) -> list[str]:
    found = []
    for paragraph in etree.fromstring(data).iter(qn("w:p")):
        pieces = [
            (element.text or "") if element.tag == qn("w:t") else _TEXTS.get(str(element.tag), "")
            for element in paragraph.iter()
        ]
        found.append("".join(pieces))
    return found
