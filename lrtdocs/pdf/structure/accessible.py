"""From LibreOffice's tagged PDF to one that is PDF/UA-1 and PDF/A-2a, with stable bytes.

The claim to both standards is only made when our own checks of the structure find nothing;
else the file says what it is: an archive file (PDF/A-2b) that is not fully accessible.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Pdf

from lrtdocs.pdf.structure.bookmarks import write_bookmarks
from lrtdocs.pdf.structure.check import CleanPdf, structure_problems
from lrtdocs.pdf.structure.links import describe_links, join_links
from lrtdocs.pdf.structure.metadata import claims_of, save_reproducibly, write_metadata
from lrtdocs.pdf.structure.order import repair_structure
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGE = "nl-NL"


def make_accessible(pdf: bytes, *, moment: datetime, claim: bool = True) -> bytes:
    """Return `pdf` repaired, with `moment` as its only date.

    Without `claim` the result claims neither PDF/UA-1 nor PDF/A-2a, whatever the checks say.
    """
    with Pdf.open(BytesIO(pdf)) as opened:
        return make_open_accessible(opened, moment=moment, claim=claim)


def make_open_accessible(
    pdf: Pdf,
    *,
    moment: datetime,
    claim: bool = True,
    texts: PageTexts | None = None,
    tree: Tree | None = None,
) -> bytes:
    """Return the bytes of the open `pdf` repaired; see `make_accessible`.

    `texts` and `tree` save reading again what has been read already, and are of use afterwards.
    """
    tree, texts = tree or Tree(pdf), texts or PageTexts(pdf)
    repair_structure(tree, texts)
    join_links(tree)
    tree.settle()
    describe_links(tree, texts)
    if tree.root is not None:
        write_bookmarks(pdf, tree, texts)
    _set_view(pdf)
    claims = claims_of(pdf) & {"PDF/A-2B"}
    if claim and claims and not structure_problems(pdf, "", texts, tree):
        claims = {"PDF/A-2A", "PDF/UA-1"}
    write_metadata(pdf, moment, claims)
    data = save_reproducibly(pdf)
    return CleanPdf(data) if "PDF/UA-1" in claims else data


def _set_view(pdf: Pdf) -> None:
    """Set what a viewer needs to know: the language, the title in its bar, order of tabbing."""
    if not str(pdf.Root.get("/Lang", "")):
        pdf.Root["/Lang"] = LANGUAGE
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences["/DisplayDocTitle"] = True
    pdf.Root["/ViewerPreferences"] = preferences
    for page in pdf.pages:
        page.obj["/Tabs"] = Name.S
