"""From Word to accessible PDF through LibreOffice.

`probe` tells which LibreOffice there is, `convert_each` and `ConversionPool` run it, `warnings`
tells beforehand what the PDF will lack, and `check_pdf` and `find_hidden` look at the result;
`look` and `ask_validator` look at a PDF of anybody. What is to be known of a Word document comes
along with it: nothing here reads Word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.pdf.accessibility import Verdict, ask_validator, look
from lrtdocs.pdf.bulk.join import join_pdfs
from lrtdocs.pdf.convert import ConversionPool, convert_each
from lrtdocs.pdf.document import Document, split_evenly
from lrtdocs.pdf.office.fonts import font_warnings
from lrtdocs.pdf.office.office import (
    ConversionError,
    Office,
    OfficeError,
    office_warnings,
    probe,
)
from lrtdocs.pdf.office.process import allow_programs, stop_programs
from lrtdocs.pdf.structure.check import check_pdf
from lrtdocs.pdf.structure.finish import FinishedPdf
from lrtdocs.pdf.structure.hidden import find_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.errors import Problem

__all__ = [
    "ConversionError",
    "ConversionPool",
    "Document",
    "FinishedPdf",
    "Office",
    "OfficeError",
    "Verdict",
    "allow_programs",
    "ask_validator",
    "check_pdf",
    "convert_each",
    "find_hidden",
    "font_warnings",
    "join_pdfs",
    "look",
    "office_warnings",
    "probe",
    "split_evenly",
    "stop_programs",
    "warnings",
]


def warnings(office: Office, fonts: Iterable[str], name: str) -> list[Problem]:
    """Return what will be less than perfect in the PDF of the document `name` with `fonts`."""
    return office_warnings(office) + font_warnings(fonts, name)
