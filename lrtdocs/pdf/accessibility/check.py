"""All that is said of a PDF: our own look at it, page by page, and that of a validator."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import Dictionary, PasswordError, Pdf, PdfError

from lrtdocs.errors import Place
from lrtdocs.messages import Fault
from lrtdocs.pdf.accessibility.elements import check_annotations, check_elements
from lrtdocs.pdf.accessibility.fonts import mute_fonts
from lrtdocs.pdf.accessibility.order import wrong_turns
from lrtdocs.pdf.accessibility.pages import Painted, read_page, unmarked_pages
from lrtdocs.pdf.accessibility.values import part_of
from lrtdocs.pdf.accessibility.whole import check_pages, check_whole
from lrtdocs.pdf.structure.check import (
    DEBUG,
    ODD,
    UNFIT,
    Seen,
    has_loop,
    is_embedded,
    page_of,
    place_of,
)
from lrtdocs.pdf.structure.metadata import claims_of
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree, elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pikepdf import Object, Page

    from lrtdocs.errors import Problem

_SCANNED = 0.5
"""So much of a page a picture covers when the page is one."""


_MORE_THAN_A_HEADER = 300
"""So many signs are more than a page has beside its text."""


class Looked(NamedTuple):
    """What was seen in a PDF: the `problems`, which standards it `claims`, how many `pages`."""

    problems: list[Problem]
    claims: set[str]
    pages: int


def look(data: bytes, name: str) -> Looked:
    """Return what is seen in the PDF `data`, called `name`, beside what `check_pdf` tells."""
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            tree = Tree(pdf)
            if has_loop(tree):
                return Looked([ODD.at(Place(name))], set(), len(pdf.pages))
            tree.settle()
            texts = PageTexts(pdf)
            tagged = tree.root is not None and bool(elements(tree.root))
            pages = [read_page(page) for page in pdf.pages]
            seen = [Seen(fault) for fault in check_whole(pdf, tagged=tagged)]
            seen += _check_content(pdf, tree, pages, tagged=tagged)
            if tagged:
                seen += [Seen(*each) for each in check_pages(pdf)]
                seen += check_elements(pdf, tree, texts)
                seen += check_annotations(pdf)
                seen += _check_order(pdf, tree, texts, pages)
            problems = [one.fault.at(place_of(pdf, name, one.where)) for one in seen]
            return Looked(problems, claims_of(pdf), len(pdf.pages))
    except (PdfError, PasswordError):
        return Looked([], set(), 0)
    except UNFIT:
        if os.environ.get(DEBUG):
            raise
        return Looked([ODD.at(Place(name))], set(), 0)


def _check_content(
    pdf: Pdf, tree: Tree, pages: Sequence[Painted], *, tagged: bool
) -> Iterator[Seen]:
    described = _described_pages(tree) if tagged else set()
    for number, (page, painted) in enumerate(zip(pdf.pages, pages, strict=True), start=1):
        scanned = not painted.has_text and painted.covered >= _SCANNED
        if scanned and page.obj.objgen not in described:
            yield Seen(Fault("LRT878.scan"), number)
        if tagged and painted.running >= _MORE_THAN_A_HEADER and not painted.texts:
            yield Seen(Fault("LRT878.artefact"), number)
        if tagged and painted.crossed:
            yield Seen(Fault("LRT878.gekruist"), number)
    if tagged:
        for number, what in unmarked_pages(list(pages)):
            yield Seen(Fault("LRT878.zonder-label", {"what": what}), number)
    fonts = {key: font for page in pages for key, font in page.fonts.items()}
    shown = {font.objgen for page in pdf.pages for font in _own_fonts(page)}
    inside = [font for font in fonts.values() if font.objgen not in shown]  # those of forms
    if loose := sorted({str(f.get("/BaseFont", ""))[1:] for f in inside if not is_embedded(f)}):
        yield Seen(Fault("LRT417", {"fonts": ", ".join(loose)}))
    if mute := mute_fonts(fonts.values()):
        yield Seen(Fault("LRT878.lettertype", {"fonts": ", ".join(mute)}))


def _own_fonts(page: Page) -> list[Object]:
    """Return the fonts of `page` itself, which `check_pdf` looks at."""
    return [
        font for font in part_of(page.resources, "/Font").values() if isinstance(font, Dictionary)
    ]


def _described_pages(tree: Tree) -> set[tuple[int, int]]:
    """Return the pages that have a picture with words."""
    figures = (f for f in tree.find("Figure") if str(f.get("/Alt", "")).strip())
    return {page.objgen for figure in figures if (page := page_of(figure)) is not None}


def _check_order(
    pdf: Pdf, tree: Tree, texts: PageTexts, pages: Sequence[Painted]
) -> Iterator[Seen]:
    for element, number in wrong_turns(pdf, tree, pages):
        found = " ".join(texts.text(element).split())[:60]
        yield Seen(Fault("LRT878.volgorde", {"found": found}), number)
