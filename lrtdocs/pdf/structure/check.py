"""What is wrong with a PDF for someone who cannot see it: our own look at the structure.

A validator does not see lost links, skipped headings or a picture without words; these checks
do. A PDF with problems is still made and can be read on paper, so all of them are warnings.
"""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import Dictionary, Object, PasswordError, Pdf, PdfError

from lrtdocs.errors import Place
from lrtdocs.language import Taal, guess_taal, parse_taal
from lrtdocs.messages import Fault
from lrtdocs.pdf.structure.metadata import claims_of
from lrtdocs.pdf.structure.text import PageTexts, has_private_signs
from lrtdocs.pdf.structure.tree import (
    HEADINGS,
    Tree,
    attribute,
    elements,
    kids,
    link_annotations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.pdf.structure.tree import Element

NO_CLAIM, ODD = Fault("LRT420"), Fault("LRT440.opbouw")
DEBUG = "LRTDOCS_DEBUG"
_LEVEL_A = ("PDF/A-1A", "PDF/A-2A", "PDF/A-3A")
UNFIT = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""What comes of values of another kind than the standard has there."""


class Seen(NamedTuple):
    """A fault and where it is: at an element, on the page with a number, or in no one place."""

    fault: Fault
    where: Element | int | None = None


def check_pdf(data: bytes, name: str) -> list[Problem]:
    """Return what keeps the PDF `data`, called `name`, from being accessible, or read at all.

    Whoever made it: elements that no Document holds are a structure too.
    """
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            tree = Tree(pdf)
            if has_loop(tree):
                return [ODD.at(Place(name))]
            tree.settle()
            texts = PageTexts(pdf)
            spoken = guess_taal(texts.lines(tree))
            tagged = tree.root is not None and bool(elements(tree.root))
            seen = _find(pdf, texts, tree, spoken.tag if spoken else "", tagged=tagged)
            claims = claims_of(pdf)
            full = "PDF/UA-1" in claims and any(one.startswith(_LEVEL_A) for one in claims)
            if not seen and not full:
                seen = [Seen(NO_CLAIM)]
            return [one.fault.at(place_of(pdf, name, one.where)) for one in seen]
    except (PdfError, PasswordError) as error:
        key = "LRT440.slot" if isinstance(error, PasswordError) else "LRT440.kapot"
        return [Fault(key).at(Place(name))]
    except UNFIT:
        if os.environ.get(DEBUG):
            raise  # a mistake of our own would look like a file that nobody thought of
        return [ODD.at(Place(name))]


def has_loop(tree: Tree) -> bool:
    """Tell whether an element of `tree` stands in two places, as one that is its own parent."""
    seen: set[tuple[int, int]] = set()
    waiting = [] if tree.root is None else elements(tree.root)
    while waiting:
        element = waiting.pop()
        if element.is_indirect:
            if element.objgen in seen:
                return True
            seen.add(element.objgen)
        waiting += elements(element)
    return False


def find_faults(pdf: Pdf, texts: PageTexts, tree: Tree, language: str = "") -> tuple[Fault, ...]:
    """Return what is wrong with the open `pdf`, of which `texts` and the settled `tree` are.

    It is to be in the `language`, or if that is not known in one that documents are made in.
    """
    tagged = tree.document is not None
    return tuple(one.fault for one in _find(pdf, texts, tree, language, tagged=tagged))


def place_of(pdf: Pdf, name: str, where: Element | int | None) -> Place:
    """Return the place in `pdf`, called `name`, of an element, or of the page with a number."""
    number = where
    if isinstance(where, Object):
        page = page_of(where)
        at = None if page is None else page.objgen
        numbers = (n for n, each in enumerate(pdf.pages, start=1) if each.obj.objgen == at)
        number = next(numbers, None)
    return Place(name, part=None if number is None else f"bladzijde {number}")


def page_of(element: Element) -> Object | None:
    """Return the page on which `element` begins, or None."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        page = one.get("/Pg")
        if isinstance(page, Dictionary):
            return page
        waiting += [kid for kid in kids(one)[::-1] if isinstance(kid, Dictionary)]
    return None


def _find(pdf: Pdf, texts: PageTexts, tree: Tree, language: str, *, tagged: bool) -> list[Seen]:
    checks = [_check_document(pdf, language), _check_fonts(pdf)]
    if not tagged:
        checks.append(iter([Seen(Fault("LRT410"))]))
    else:
        checks += [
            _check_headings(tree),
            _check_lists(tree),
            _check_tables(tree),
            _check_figures(tree),
            _check_links(pdf, tree),
            _check_signs(tree, texts),
        ]
    return [seen for check in checks for seen in check]


def _check_document(pdf: Pdf, expected: str) -> Iterator[Seen]:
    language = str(pdf.Root.get("/Lang", ""))
    wanted = parse_taal(expected)
    if language.lower().partition("-")[0] not in ([wanted] if wanted else [*Taal]):
        wanted = wanted or Taal.NL
        language = language or "geen taal"
        yield Seen(
            Fault("LRT415", {"name": wanted.naam, "wanted": wanted.tag, "language": language})
        )
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield Seen(Fault("LRT416"))


def _check_headings(tree: Tree) -> Iterator[Seen]:
    before = 0
    for heading in tree.find(*HEADINGS):
        level = int(tree.role(heading)[1])
        if level > before + 1:
            told = Fault("LRT411", {"expected": str(before + 1), "level": str(level)})
            yield Seen(told, heading)
        before = level


def _check_lists(tree: Tree) -> Iterator[Seen]:
    for element in tree.find("L"):
        for item in elements(element):
            parts = [tree.role(part) for part in elements(item)]
            unnumbered = attribute(element, "/ListNumbering") == "/None" and parts == ["LBody"]
            if unnumbered or tree.role(item) in {"L", "Caption"} or {"Lbl", "LBody"} <= set(parts):
                continue
            yield Seen(Fault("LRT412", {"parts": ", ".join(parts) or tree.role(item)}), element)
            break
    for item in tree.find("LI"):
        if "/P" in item and tree.role(item["/P"]) != "L":
            yield Seen(Fault("LRT412", {"parts": "LI"}), item)
            break


def _check_tables(tree: Tree) -> Iterator[Seen]:
    for table in tree.find("Table"):
        rows = [row for row in tree.walk(table) if tree.role(row) == "TR"]
        if not all(elements(row) for row in rows):
            yield Seen(Fault("LRT422"), table)
        headers = [cell for cell in tree.walk(table) if tree.role(cell) == "TH"]
        if not headers or any(attribute(cell, "/Scope") is None for cell in headers):
            yield Seen(Fault("LRT413"), table)


def _check_figures(tree: Tree) -> Iterator[Seen]:
    for figure in tree.find("Figure"):
        if not str(figure.get("/Alt", "")).strip():
            yield Seen(Fault("LRT414"), figure)


def _check_links(pdf: Pdf, tree: Tree) -> Iterator[Seen]:
    links = tree.find("Link")
    tagged = {annotation.objgen for link in links for annotation in link_annotations(link)}
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") != "/Link":
                continue
            if annotation.objgen not in tagged or "/StructParent" not in annotation:
                yield Seen(Fault("LRT418"), number)
            elif not str(annotation.get("/Contents", "")).strip():
                yield Seen(Fault("LRT419"), number)


def _check_signs(tree: Tree, texts: PageTexts) -> Iterator[Seen]:
    for element in tree.walk():
        if has_private_signs(texts.own_text(element)) and "/ActualText" not in element:
            found = " ".join(texts.own_text(element).split())[:40]
            yield Seen(Fault("LRT421", {"text": found}), element)


def _check_fonts(pdf: Pdf) -> Iterator[Seen]:
    pages = [page.resources.get("/Font") or Dictionary() for page in pdf.pages]
    fonts = {font.objgen: font for named in pages for font in named.values()}
    loose = {
        str(font.get("/BaseFont", "")).lstrip("/")
        for font in fonts.values()
        if not is_embedded(font)
    }
    if loose:
        yield Seen(Fault("LRT417", {"fonts": ", ".join(sorted(loose))}))


def is_embedded(font: Object) -> bool:
    """Tell whether the letters of `font` are in the file."""
    for part in font.get("/DescendantFonts", [font]):
        descriptor = part.get("/FontDescriptor")
        if not isinstance(descriptor, Dictionary):
            return bool(font.get("/Subtype") == "/Type3")
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            return False
    return True
