"""From the PDF that LibreOffice wrote to a finished one, held against its Word document.

It becomes PDF/UA-1 and PDF/A-2a, with stable bytes. The claim to both standards is only made when
our own checks of the structure find nothing; else the file says what it is: an archive file
(PDF/A-2b) that is not fully accessible.

What LibreOffice wrote may be another document's text, or miss rows of a table. When a table with a
repeated header breaks over a page, and the last row that may stay misses the room for the rule
below it by a hair, LibreOffice 25.2 draws no further rows at all, provided that rows may not split
(`w:cantSplit`). Their elements do stand in the structure tree, empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from lrtdocs.errors import Place
from lrtdocs.messages import Fault
from lrtdocs.pdf.office.fonts import sign_faults
from lrtdocs.pdf.scripts import is_other
from lrtdocs.pdf.structure.check import NO_CLAIM, find_faults
from lrtdocs.pdf.structure.compare import Compared, compare
from lrtdocs.pdf.structure.content import settle_content
from lrtdocs.pdf.structure.metadata import claims_of, save_reproducibly, write_metadata
from lrtdocs.pdf.structure.repair import (
    describe_links,
    describe_marks,
    describe_notes,
    drop_loose_jumps,
    join_links,
    list_people,
    mark_languages,
    part_words,
    repair_structure,
    write_bookmarks,
)
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree, is_element, kids

if TYPE_CHECKING:
    from datetime import datetime

    from lrtdocs.errors import Problem
    from lrtdocs.pdf.document import Document, Facts

LANGUAGE = "nl-NL"


@dataclass(frozen=True, slots=True)
class Job:
    """The PDF of one document, to be finished.

    Without `claim` it claims to be no more than an archive file; with `boxes` in the place of
    characters, which are told of, not even that (PDF/UA-1, 7.21.8; PDF/A-2, 6.2.11.8).
    """

    pdf: bytes
    facts: Facts
    moment: datetime
    claim: bool
    boxes: tuple[Fault, ...] = ()


def job_of(document: Document, pdf: bytes, *, claim: bool) -> Job:
    """Return what is to be done with `pdf`, as LibreOffice made it of `document`."""
    return Job(pdf, document.facts, document.date, claim, sign_faults(document.facts))


@dataclass(frozen=True, slots=True)
class FinishedPdf:
    """A finished PDF, and how it compares with its Word document.

    `faults` keep it from being accessible. `compared` is what became of the text, `missing_rows`
    are the rows of tables that are not in it; it has so many `pages`.
    """

    data: bytes
    faults: tuple[Fault, ...] = ()
    compared: Compared = field(default_factory=Compared)
    missing_rows: int = 0
    pages: int = 0

    def problems(self, name: str) -> list[Problem]:
        """Return what keeps the PDF, called `name`, from being accessible."""
        return [fault.at(Place(name)) for fault in self.faults]


def finish(job: Job) -> FinishedPdf | str:
    """Return the finished PDF of `job`, or why that cannot be made."""
    try:
        with pikepdf.open(BytesIO(job.pdf)) as pdf:
            return finish_open(pdf, job)
    except pikepdf.PdfError as error:
        return str(error).splitlines()[0]


def finish_open(pdf: pikepdf.Pdf, job: Job) -> FinishedPdf:
    """Return the open `pdf` repaired, as the one of `job`, with its moment as the only date."""
    facts = job.facts
    tree, texts = Tree(pdf), PageTexts(pdf)
    repair_structure(tree, texts)
    list_people(tree)
    join_links(tree)
    drop_loose_jumps(pdf, tree)
    part_words(tree, texts, (*facts.body, *facts.beside))
    tree.settle()
    describe_links(tree, texts)
    describe_notes(tree, texts, facts.language)
    describe_marks(tree, texts, facts.language)
    if tree.root is not None:
        write_bookmarks(pdf, tree, texts)
    _set_view(pdf, facts.language)
    if is_other("".join(facts.characters)):
        mark_languages(tree, texts)
    compared = compare(pdf, tree, texts, facts)
    settle_content(pdf, tree, texts)
    faults = find_faults(pdf, texts, tree, facts.language)
    if compared.displaced:
        faults += (Fault("LRT430", {"text": compared.displaced}),)
    faults += job.boxes
    claims = set() if job.boxes else claims_of(pdf) & {"PDF/A-2B"}
    if not faults and job.claim and claims:
        claims = {"PDF/A-2A", "PDF/UA-1"}
    elif not faults:
        faults = (NO_CLAIM,)
    write_metadata(pdf, job.moment, claims, facts.digest, facts.properties.get("identifier", ""))
    target = BytesIO()
    save_reproducibly(pdf, target)
    empty = count_empty_rows(tree)
    return FinishedPdf(target.getvalue(), faults, compared, empty, len(pdf.pages))


def _set_view(pdf: pikepdf.Pdf, language: str) -> None:
    """Set what a viewer needs to know: the `language`, the title in its bar, order of tabbing."""
    if not str(pdf.Root.get("/Lang", "")):
        pdf.Root["/Lang"] = language
    preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    preferences["/DisplayDocTitle"] = True
    pdf.Root["/ViewerPreferences"] = preferences
    for page in pdf.pages:
        page.obj["/Tabs"] = pikepdf.Name.S


def count_empty_rows(tree: Tree) -> int:
    """Return how many rows of the tables in `tree` have nothing in them."""
    return sum(
        all(is_element(kid) for part in [row, *tree.walk(row)] for kid in kids(part))
        for row in tree.find("TR")
    )
