"""What a PDF has of all that is easily lost on its way: title, language, marks, tags, text."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Object, Pdf, PdfError, Stream

from lrtdocs.model.openbaar.condition import ARCHIVE, UA, Condition
from lrtdocs.pdf.carried.content import BROKEN, Content, in_order
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree

if TYPE_CHECKING:
    from pikepdf import OutlineItem

_UA = re.compile(r"pdfuaid:part(?:>|=[\"'])\s*\d")
_ARCHIVE = re.compile(r"pdfaid:part(?:>|=[\"'])\s*\d")
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>([^<]*)</rdf:li>", re.DOTALL)


def read_condition(data: bytes) -> Condition:
    """Return what the PDF `data` has; raises ValueError when it cannot be opened."""
    try:
        return _read(data)
    except BROKEN as error:
        raise ValueError(error) from error


def _read(data: bytes) -> Condition:
    with Pdf.open(BytesIO(data)) as pdf:
        packet = _packet(pdf.Root.get("/Metadata"))
        claims = {UA: _UA, ARCHIVE: _ARCHIVE}
        titled = _TITLE.search(packet)
        tree = Tree(pdf)
        return Condition(
            title=str(pdf.docinfo.get("/Title", "")).strip() or (titled[1] if titled else ""),
            language=str(pdf.Root.get("/Lang", "")),
            paragraphs=_paragraphs(pdf, tree),
            tags=sum(1 for _ in tree.walk()),
            bookmarks=_count_bookmarks(pdf),
            claims=frozenset(claim for claim, mark in claims.items() if mark.search(packet)),
            told=bool(titled) or "/Title" in pdf.docinfo,
            producer=str(pdf.docinfo.get("/Producer", "")),
            around=_lines(_pages_text(pdf)),
        )


def _packet(stream: Object | None) -> str:
    if not isinstance(stream, Stream):
        return ""
    try:
        return stream.read_bytes().decode("utf-8", "replace")
    except PdfError:
        return ""


def _paragraphs(pdf: Pdf, tree: Tree) -> tuple[str, ...]:
    """Return the text, a paragraph each where the tags tell which those are, else line by line."""
    try:
        text = PageTexts(pdf).lines(tree) if tree.root is not None else ""
    except BROKEN:
        text = ""
    return _lines(text or _pages_text(pdf))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())


def _pages_text(pdf: Pdf) -> str:
    made = []
    for page in pdf.pages:
        content = Content({})
        content.read(page, page.obj.get("/Resources") or page.resources)
        made += [text.text for text in in_order(content.letters, "").texts()]
    return "\n".join(made)


def _count_bookmarks(pdf: Pdf) -> int:
    if not isinstance(pdf.Root.get("/Outlines"), Dictionary):
        return 0
    try:
        with pdf.open_outline() as outline:
            return sum(map(_count, outline.root))
    except BROKEN:
        return 0


def _count(item: OutlineItem) -> int:
    return 1 + sum(map(_count, item.children))
