"""From LibreOffice's tagged PDF to one that is PDF/UA-1 and PDF/A-2a, with stable bytes.

The claim to both standards is only made when our own checks of the structure find nothing;
else the file says what it is: an archive file (PDF/A-2b) that is not fully accessible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name

from lrtdocs.pdf.structure.bookmarks import write_bookmarks
from lrtdocs.pdf.structure.check import NO_CLAIM, find_faults
from lrtdocs.pdf.structure.links import describe_links, join_links
from lrtdocs.pdf.structure.metadata import claims_of, save_reproducibly, write_metadata
from lrtdocs.pdf.structure.order import repair_structure

if TYPE_CHECKING:
    from datetime import datetime

    from pikepdf import Pdf

    from lrtdocs.messages import Fault
    from lrtdocs.pdf.structure.text import PageTexts
    from lrtdocs.pdf.structure.tree import Tree

LANGUAGE = "nl-NL"


def make_accessible(
    pdf: Pdf, *, moment: datetime, claim: bool, texts: PageTexts, tree: Tree
) -> tuple[bytes, tuple[Fault, ...]]:
    """Return the open `pdf` repaired, with `moment` as its only date, and what is still wrong.

    Without `claim` the result claims neither PDF/UA-1 nor PDF/A-2a, whatever the checks say.
    `texts` and `tree` are those of `pdf`, and of use afterwards.
    """
    repair_structure(tree, texts)
    join_links(tree)
    tree.settle()
    describe_links(tree, texts)
    if tree.root is not None:
        write_bookmarks(pdf, tree, texts)
    _set_view(pdf)
    faults = find_faults(pdf, texts, tree)
    claims = claims_of(pdf) & {"PDF/A-2B"}
    if not faults and claim and claims:
        claims = {"PDF/A-2A", "PDF/UA-1"}
    elif not faults:
        faults = (NO_CLAIM,)
    write_metadata(pdf, moment, claims)
    return save_reproducibly(pdf), faults


def _set_view(pdf: Pdf) -> None:
    """Set what a viewer needs to know: the language, the title in its bar, order of tabbing."""
    if not str(pdf.Root.get("/Lang", "")):
        pdf.Root["/Lang"] = LANGUAGE
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences["/DisplayDocTitle"] = True
    pdf.Root["/ViewerPreferences"] = preferences
    for page in pdf.pages:
        page.obj["/Tabs"] = Name.S
