"""The text of a document and of its web page, paragraph by paragraph, each read by another reader.

The document is read by python-docx and the tree of its XML, the page by the parser for HTML of the
standard library; neither knows the code that makes the page.
"""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from lxml import etree

_PAGED = ("PAGE", "NUMPAGES")
_VOID = {"meta", "img", "br", "link", "col", "hr"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "th", "td"}
_ADDED = {"nummer", "merk", "terug", "verborgen"}


# --- the document


def document_texts(docx: bytes) -> list[str]:
    """Return the paragraphs with text of a document, in the order in which a page has them.

    What a header or a footer says comes once, first and last; numbers of pages do not come.
    """
    document = Document(io.BytesIO(docx))
    body = [text for text in map(_text, document.element.body.iter(qn("w:p"))) if text]
    section = document.sections[0]
    first = section.different_first_page_header_footer
    said = {piece.strip() for text in body for piece in (text, *text.split("\t"))}
    headers = [section.first_page_header, section.header] if first else [section.header]
    footers = [section.first_page_footer, section.footer] if first else [section.footer]
    above = _once([one._element for one in headers], said)
    return [*above, *body, *_notes(document), *_once([one._element for one in footers], said)]


def _once(parts: list[etree._Element], said: set[str]) -> list[str]:
    found: list[str] = []
    for number, part in enumerate(parts):
        for paragraph in part.iter(qn("w:p")):
            text = "" if _counts_pages(paragraph) else _text(paragraph)
            if text and text not in found and not (number and text.strip() in said):
                found.append(text)
    return found


def _notes(document: Document) -> list[str]:
    """Return the notes, in the order in which the text refers to them."""
    marks = document.element.body.iter(qn("w:footnoteReference"))
    asked = [mark.get(qn("w:id")) for mark in marks]
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/footnotes.xml":
            from lxml import etree

            root = etree.fromstring(part.blob)
            notes = {note.get(qn("w:id")): note for note in root}
            paragraphs = (p for one in asked for p in notes[one].iter(qn("w:p")))
            return [text for text in map(_text, paragraphs) if text]
    return []


def _counts_pages(paragraph: etree._Element) -> bool:
    codes = ((code.text or "").split() for code in paragraph.iter(qn("w:instrText")))
    return any(code and code[0] in _PAGED for code in codes)


def _text(paragraph: etree._Element) -> str:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "\u2011"}
    text, marks = "", 0
    for element in paragraph.iter(qn("w:t"), *signs, qn("w:footnoteReference")):
        if element.tag == qn("w:t"):
            text += element.text or ""
        elif element.tag == qn("w:footnoteReference"):
            marks += 1
            text += "\ufffc"
        elif element.getparent().tag == qn("w:r"):
            text += signs[element.tag]
    return text if text.strip() else ""


# --- the page


class PageReader(HTMLParser):
    """Reads a page: its paragraphs, its elements in order, and what is not well formed in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.faults: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._own: list[list[str]] = []
        self.feed(page)
        self.close()
        self.faults += [f"open: {tag}" for tag, _ in self._open]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if len(given) != len(attributes):
            self.faults.append(f"twice: {self.get_starttag_text()}")
        self.elements.append((tag, given))
        if tag == "br":
            self.handle_data("\n")
        if tag in _VOID:
            return
        self._open.append((tag, given))
        if tag in _PARAGRAPHS:
            self._own.append([])

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"closed: {tag}, open: {self._open[-3:]}")
            return
        if tag in _PARAGRAPHS:
            text = "".join(self._own.pop())
            if tag == "dd":
                behind = self.elements_since(("dt", "dd")) == ["dt", "dd"]
                text = f"{self.texts.pop()}\t{text}" if behind and self._is_label else f"\t{text}"
            self._is_label = tag == "dt"
            if text.strip() or tag == "dt":
                self.texts.append(text)
            if tag[0] == "h" and tag[1:].isdigit():
                self.headings.append((int(tag[1:]), text))
        self._open.pop()

    _is_label = False

    def elements_since(self, names: tuple[str, ...]) -> list[str]:
        """Return the last two elements with one of `names`."""
        return [tag for tag, _ in self.elements if tag in names][-2:]

    def handle_data(self, data: str) -> None:
        if not self._own or self.is_inside("style"):
            return
        classes = {name for _, given in self._open for name in given.get("class", "").split()}
        if classes & _ADDED:
            return
        if any(given.get("role") == "doc-noteref" for _, given in self._open):
            data = "\ufffc"
        self._own[-1].append(data)

    def is_inside(self, name: str) -> bool:
        """Tell whether an element called `name` is open."""
        return any(tag == name for tag, _ in self._open)


def page_texts(page: bytes) -> list[str]:
    """Return the paragraphs with text of a page."""
    return PageReader(page.decode()).texts
