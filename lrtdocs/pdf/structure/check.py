"""What is wrong with a PDF for someone who cannot see it: our own look at the structure.

A validator does not see lost links, skipped headings or a picture without words; these checks
do. A PDF with problems is still made and can be read on paper, so all of them are warnings.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Object, PasswordError, Pdf, PdfError

from lrtdocs.errors import Place
from lrtdocs.language import Taal, guess_taal, parse_taal
from lrtdocs.messages import Fault
from lrtdocs.pdf.structure.metadata import claims_of
from lrtdocs.pdf.structure.text import PageTexts, has_private_signs
from lrtdocs.pdf.structure.tree import HEADINGS, Tree, attribute, elements, link_annotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem

NO_CLAIM = Fault("LRT420")


def check_pdf(data: bytes, name: str) -> list[Problem]:
    """Return what keeps the PDF `data`, called `name`, from being accessible, or read at all."""
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            tree = Tree(pdf)
            tree.settle()
            texts = PageTexts(pdf)
            spoken = guess_taal(texts.lines(tree))
            faults = find_faults(pdf, texts, tree, spoken.tag if spoken else "")
            if not faults and not {"PDF/UA-1", "PDF/A-2A"} <= claims_of(pdf):
                faults = (NO_CLAIM,)
    except PdfError as error:
        faults = (Fault("LRT440.slot" if isinstance(error, PasswordError) else "LRT440.kapot"),)
    return [fault.at(Place(name)) for fault in faults]


def find_faults(pdf: Pdf, texts: PageTexts, tree: Tree, language: str = "") -> tuple[Fault, ...]:
    """Return what is wrong with the open `pdf`, of which `texts` and the settled `tree` are.

    It is to be in the `language`, or if that is not known in one that documents are made in.
    """
    checks = [_check_document(pdf, language), _check_fonts(pdf)]
    if tree.document is None:
        checks.append(iter([Fault("LRT410")]))
    else:
        checks += [
            _check_headings(tree),
            _check_lists(tree),
            _check_tables(tree),
            _check_figures(tree),
            _check_links(pdf, tree),
            _check_signs(tree, texts),
        ]
    return tuple(fault for check in checks for fault in check)


def _check_document(pdf: Pdf, expected: str) -> Iterator[Fault]:
    language = str(pdf.Root.get("/Lang", ""))
    wanted = parse_taal(expected)
    if language.lower().partition("-")[0] not in ([wanted] if wanted else [*Taal]):
        wanted = wanted or Taal.NL
        language = language or "geen taal"
        yield Fault("LRT415", {"name": wanted.naam, "wanted": wanted.tag, "language": language})
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield Fault("LRT416")


def _check_headings(tree: Tree) -> Iterator[Fault]:
    before = 0
    for heading in tree.find(*HEADINGS):
        level = int(tree.role(heading)[1])
        if level > before + 1:
            yield Fault("LRT411", {"expected": str(before + 1), "level": str(level)})
        before = level


def _check_lists(tree: Tree) -> Iterator[Fault]:
    for element in tree.find("L"):
        for item in elements(element):
            parts = [tree.role(part) for part in elements(item)]
            unnumbered = attribute(element, "/ListNumbering") == "/None" and parts == ["LBody"]
            if unnumbered or tree.role(item) in {"L", "Caption"} or {"Lbl", "LBody"} <= set(parts):
                continue
            yield Fault("LRT412", {"parts": ", ".join(parts) or tree.role(item)})
            break
    if any("/P" in item and tree.role(item["/P"]) != "L" for item in tree.find("LI")):
        yield Fault("LRT412", {"parts": "LI"})


def _check_tables(tree: Tree) -> Iterator[Fault]:
    for table in tree.find("Table"):
        rows = [row for row in tree.walk(table) if tree.role(row) == "TR"]
        if not all(elements(row) for row in rows):
            yield Fault("LRT422")
        headers = [cell for cell in tree.walk(table) if tree.role(cell) == "TH"]
        if not headers or any(attribute(cell, "/Scope") is None for cell in headers):
            yield Fault("LRT413")


def _check_figures(tree: Tree) -> Iterator[Fault]:
    for figure in tree.find("Figure"):
        if not str(figure.get("/Alt", "")).strip():
            yield Fault("LRT414")


def _check_links(pdf: Pdf, tree: Tree) -> Iterator[Fault]:
    links = tree.find("Link")
    tagged = {annotation.objgen for link in links for annotation in link_annotations(link)}
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") != "/Link":
                continue
            if annotation.objgen not in tagged or "/StructParent" not in annotation:
                yield Fault("LRT418")
            elif not str(annotation.get("/Contents", "")).strip():
                yield Fault("LRT419")


def _check_signs(tree: Tree, texts: PageTexts) -> Iterator[Fault]:
    for element in tree.walk():
        if has_private_signs(texts.own_text(element)) and "/ActualText" not in element:
            yield Fault("LRT421", {"text": " ".join(texts.own_text(element).split())[:40]})


def _check_fonts(pdf: Pdf) -> Iterator[Fault]:
    pages = [page.resources.get("/Font") or Dictionary() for page in pdf.pages]
    fonts = {font.objgen: font for named in pages for font in named.values()}
    loose = {
        str(font.get("/BaseFont", "")).lstrip("/") for font in fonts.values() if not _embedded(font)
    }
    if loose:
        yield Fault("LRT417", {"fonts": ", ".join(sorted(loose))})


def _embedded(font: Object) -> bool:
    for part in font.get("/DescendantFonts", [font]):
        descriptor = part.get("/FontDescriptor")
        if descriptor is None:
            return bool(font.get("/Subtype") == "/Type3")
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            return False
    return True
