"""The elements of the structure tree, beyond what our own PDFs can have wrong."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pikepdf import Dictionary

from lrtdocs.messages import Fault
from lrtdocs.pdf.accessibility.values import annotations_of, part_of, to_int
from lrtdocs.pdf.structure.check import Seen
from lrtdocs.pdf.structure.tree import HEADINGS, STANDARD, attribute, elements, is_reference, kids
from lrtdocs.wording import is_empty_link, is_file_name, is_made_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Pdf

    from lrtdocs.pdf.structure.text import PageTexts
    from lrtdocs.pdf.structure.tree import Element, Tree

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ROWS = {"Table", "THead", "TBody", "TFoot"}
_STANDS_IN = {
    "TR": _ROWS,
    **{role: {"Table"} for role in ("THead", "TBody", "TFoot")},
    **{role: {"TR"} for role in ("TH", "TD")},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
"""In what an element must stand; of an item of a list `check_pdf` tells it."""
_HOLDS = {
    "Table": {"Caption"},
    **{role: set[str]() for role in ("TR", "THead", "TBody", "TFoot")},
    "LI": {"Lbl"},
    "TOC": {"TOC", "Caption"},
}
"""What may stand in an element, beside what must."""
_SPOKEN = ("/Alt", "/ActualText")
_PAGES_WITHOUT = 5
"""So many pages without a heading are a wall."""


def check_elements(pdf: Pdf, tree: Tree, texts: PageTexts) -> Iterator[Seen]:
    """Yield what is wrong with the elements of the settled `tree`."""
    yield from _check_roles(tree)
    yield from _check_headings(pdf, tree)
    yield from _check_places(tree)
    yield from _check_tables(tree)
    yield from _check_words(tree, texts)
    yield from _check_notes(tree)
    for element in tree.walk():
        language = str(element.get("/Lang", ""))
        if "/Lang" in element and not _LANGUAGE.fullmatch(language):
            yield Seen(Fault("LRT878.taal", {"found": language or "niets"}), element)


def _check_roles(tree: Tree) -> Iterator[Seen]:
    told: set[str] = set()
    mapped = {} if tree.root is None else dict(part_of(tree.root, "/RoleMap").items())
    for name in mapped:
        if name.lstrip("/") in STANDARD:
            told.add(name)
            yield Seen(Fault("LRT878.soort", {"found": name.lstrip("/")}))
    for element in tree.walk():
        name = str(element["/S"])
        if tree.role(element) not in STANDARD and name not in told:
            told.add(name)
            yield Seen(Fault("LRT878.soort", {"found": name.lstrip("/")}), element)


def _check_headings(pdf: Pdf, tree: Tree) -> Iterator[Seen]:
    numbered = next(tree.find(*HEADINGS), None)
    plain = next(tree.find("H"), None)
    if numbered is not None and plain is not None:
        yield Seen(Fault("LRT878.koppen"), plain)
    elif plain is not None:
        for parent in tree.walk():
            if sum(tree.role(each) == "H" for each in elements(parent)) > 1:
                yield Seen(Fault("LRT878.koppen"), parent)
                break
    if numbered is None and plain is None and len(pdf.pages) >= _PAGES_WITHOUT:
        yield Seen(Fault("LRT878.geen-koppen", {"pages": len(pdf.pages)}))


def _check_places(tree: Tree) -> Iterator[Seen]:
    """Yield the parts of tables, lists and contents that do not stand where they can be heard."""
    for element in tree.walk():
        role, parent = tree.role(element), element.get("/P")
        above = tree.role(parent) if isinstance(parent, Dictionary) else ""
        wanted = _STANDS_IN.get(role)
        if (wanted and above not in wanted) or "/P" not in element:
            yield Seen(Fault("LRT878.plaats", {"part": role, "whole": above or "niets"}), element)
            continue  # its parent would be told of the same
        for kid in elements(element):
            inside = tree.role(kid)
            if role in _HOLDS and inside not in _HOLDS[role] and inside not in _STANDS_IN:
                yield Seen(Fault("LRT878.plaats", {"part": inside, "whole": role}), kid)


def _check_tables(tree: Tree) -> Iterator[Seen]:
    for table in tree.find("Table"):
        rows = [row for row in _own_rows(tree, table) if elements(row)]
        if len(set(_widths(tree, rows))) > 1:
            yield Seen(Fault("LRT878.ongelijk"), table)


def _own_rows(tree: Tree, table: Element) -> Iterator[Element]:
    for part in elements(table):
        role = tree.role(part)
        if role == "TR":
            yield part
        elif role in _ROWS:
            yield from (row for row in elements(part) if tree.role(row) == "TR")


def _widths(tree: Tree, rows: Iterable[Element]) -> Iterator[int]:
    """Yield how many columns each of `rows` has, with the cells that reach down into it."""
    down: Counter[int] = Counter()
    for number, row in enumerate(rows):
        width = down[number]
        for cell in elements(row):
            if tree.role(cell) not in {"TH", "TD"}:
                continue
            across, deep = _span(cell, "/ColSpan"), _span(cell, "/RowSpan")
            width += across
            for below in range(number + 1, number + deep):
                down[below] += across
        yield width


def _span(cell: Element, name: str) -> int:
    return max(to_int(attribute(cell, name), 1), 1)


def _check_words(tree: Tree, texts: PageTexts) -> Iterator[Seen]:
    for element in tree.find("Figure", "Formula"):
        words = str(element.get("/Alt", "")).strip()
        if tree.role(element) == "Formula" and not any(key in element for key in _SPOKEN):
            yield Seen(Fault("LRT878.formule"), element)
        elif is_file_name(words):
            yield Seen(Fault("LRT878.alt-naam", {"found": words[:80]}), element)
        elif is_made_up(words):
            yield Seen(Fault("LRT878.alt-bedacht", {"found": words[:80]}), element)
    for link in tree.find("Link"):
        words = texts.text(link)
        if is_empty_link(words):
            yield Seen(Fault("LRT878.linktekst", {"found": " ".join(words.split())}), link)
    for form in tree.find("Form"):
        if not any(is_reference(kid) for kid in kids(form)) and "/Alt" not in form:
            yield Seen(Fault("LRT878.veld", {"found": ""}), form)


def _check_notes(tree: Tree) -> Iterator[Seen]:
    names: set[bytes] = set()
    for note in tree.find("Note"):
        name = bytes(note["/ID"]) if "/ID" in note else b""
        if not name or name in names:
            yield Seen(Fault("LRT878.noot"), note)
        names.add(name)


def check_annotations(pdf: Pdf) -> Iterator[Seen]:
    """Yield the remarks, stamps and fields of `pdf` that a reader does not hear of."""
    for number, page in enumerate(pdf.pages, start=1):
        for note in annotations_of(page.obj):
            kind = str(note.get("/Subtype", "")).lstrip("/")
            hidden = to_int(note.get("/F")) & 2
            if kind in {"Link", "Popup", "PrinterMark", "TrapNet"} or hidden:
                continue
            if kind == "Widget":
                yield from _check_field(note, number)
            elif "/StructParent" not in note or not str(note.get("/Contents", "")).strip():
                yield Seen(Fault("LRT878.annotatie", {"found": kind}), number)


def _check_field(widget: Element, page: int) -> Iterator[Seen]:
    field, name = widget, ""
    for _ in range(20):  # a field and the fields around it
        name = name or str(field.get("/TU", "")).strip()
        parent = field.get("/Parent")
        if not isinstance(parent, Dictionary):
            break
        field = parent
    if not name or "/StructParent" not in widget:
        told = str(widget.get("/T", "")) or str(field.get("/T", ""))
        yield Seen(Fault("LRT878.veld", {"found": told[:60]}), page)
