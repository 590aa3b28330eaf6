"""From LibreOffice's tagged PDF to one that is PDF/UA-1 and PDF/A-2a, with stable bytes.

The claim to both standards is only made when our own checks of the structure find nothing;
else the file says what it is: an archive file (PDF/A-2b) that is not fully accessible.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Object, Pdf

from lrtdocs.pdf.bookmarks import write_bookmarks
from lrtdocs.pdf.check import structure_problems
from lrtdocs.pdf.metadata import claims_of, save_reproducibly, write_metadata
from lrtdocs.pdf.order import repair_structure
from lrtdocs.pdf.text import PageTexts
from lrtdocs.pdf.tree import Element, Tree, is_element, kids

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGE = "nl-NL"


def make_accessible(pdf: bytes, *, moment: datetime, claim: bool = True) -> bytes:
    """Return `pdf` repaired, with `moment` as its only date.

    Without `claim` the result claims neither PDF/UA-1 nor PDF/A-2a, whatever the checks say.
    """
    with Pdf.open(BytesIO(pdf)) as opened:
        tree, texts = Tree(opened), PageTexts(opened)
        repair_structure(tree, texts)
        _describe_links(tree, texts)
        if tree.root is not None:
            write_bookmarks(opened, tree, texts)
        _set_view(opened)
        claims = claims_of(opened) & {"PDF/A-2B"}
        if claim and claims and not structure_problems(opened, "", texts):
            claims = {"PDF/A-2A", "PDF/UA-1"}
        write_metadata(opened, moment, claims)
        return save_reproducibly(opened)


def _describe_links(tree: Tree, texts: PageTexts) -> None:
    """Give each link without a tooltip its own text as its description."""
    for link in tree.find("Link"):
        for annotation in link_annotations(link):
            if not str(annotation.get("/Contents", "")).strip():
                text = " ".join(texts.text(link).split())
                annotation["/Contents"] = text or _target(annotation)


def link_annotations(link: Element) -> list[Object]:
    """Return the annotations that make the element `link` clickable."""
    return [
        kid["/Obj"]
        for kid in kids(link)
        if isinstance(kid, Dictionary) and not is_element(kid) and "/Obj" in kid
    ]


def _target(annotation: Object) -> str:
    action = annotation.get("/A")
    address = None if action is None else action.get("/URI")
    return "Koppeling" if address is None else str(address)


def _set_view(pdf: Pdf) -> None:
    """Set what a viewer needs to know: the language, the title in its bar, order of tabbing."""
    if not str(pdf.Root.get("/Lang", "")):
        pdf.Root["/Lang"] = LANGUAGE
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences["/DisplayDocTitle"] = True
    pdf.Root["/ViewerPreferences"] = preferences
    for page in pdf.pages:
        page.obj["/Tabs"] = Name.S
