"""From LibreOffice's tagged PDF to one that is PDF/UA-1 and PDF/A-2a, with stable bytes.

The claim to both standards is only made when our own checks of the structure find nothing;
else the file says what it is: an archive file (PDF/A-2b) that is not fully accessible.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Pdf

from lrtdocs.pdf.bookmarks import write_bookmarks
from lrtdocs.pdf.check import structure_problems
from lrtdocs.pdf.links import describe_links, join_links
from lrtdocs.pdf.metadata import claims_of, save_reproducibly, write_metadata
from lrtdocs.pdf.order import repair_structure
from lrtdocs.pdf.text import PageTexts
from lrtdocs.pdf.tree import Tree

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
        join_links(tree)
        describe_links(tree, texts)
        if tree.root is not None:
            write_bookmarks(opened, tree, texts)
        _set_view(opened)
        claims = claims_of(opened) & {"PDF/A-2B"}
        if claim and claims and not structure_problems(opened, "", texts):
            claims = {"PDF/A-2A", "PDF/UA-1"}
        write_metadata(opened, moment, claims)
        return save_reproducibly(opened)


def _set_view(pdf: Pdf) -> None:
    """Set what a viewer needs to know: the language, the title in its bar, order of tabbing."""
    if not str(pdf.Root.get("/Lang", "")):
        pdf.Root["/Lang"] = LANGUAGE
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences["/DisplayDocTitle"] = True
    pdf.Root["/ViewerPreferences"] = preferences
    for page in pdf.pages:
        page.obj["/Tabs"] = Name.S
