"""From Word to accessible PDF through LibreOffice.

`probe` tells which LibreOffice there is, `convert_many` runs it, `warnings` tells beforehand
what the PDF will lack, and `check_pdf` looks at the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.pdf.office.convert import convert_each, convert_many, convert_one
from lrtdocs.pdf.office.errors import ConversionError, OfficeError, OfficeMissingError
from lrtdocs.pdf.office.fonts import font_warnings
from lrtdocs.pdf.office.office import Office, office_warnings, probe

if TYPE_CHECKING:
    from lrtdocs.errors import Problem

__all__ = [
    "ConversionError",
    "Office",
    "OfficeError",
    "OfficeMissingError",
    "check_pdf",
    "convert_each",
    "convert_many",
    "convert_one",
    "font_warnings",
    "office_warnings",
    "probe",
    "warnings",
]


def warnings(office: Office, docx: bytes, name: str = "het document") -> list[Problem]:
    """Return what is known beforehand to be less than perfect in the PDF of `docx`."""
    return office_warnings(office) + font_warnings(docx, name)


def check_pdf(data: bytes, name: str) -> list[Problem]:
    """Return what keeps the PDF `data`, called `name`, from being accessible."""
    from lrtdocs.pdf.structure.check import check_pdf as check  # loads pikepdf

    return check(data, name)
