"""Where Word and PDF meet: what word/ knows of a document goes along with it to pdf/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.pdf import ConversionError, Document, convert_each
from lrtdocs.word.facts import let_rows_split, read_facts

if TYPE_CHECKING:
    from datetime import datetime


def read_document(docx: bytes, name: str, moment: datetime | None = None) -> Document:
    """Return `docx`, called `name`, ready to become a PDF with `moment` as its date."""
    return Document(name, docx, read_facts(docx), let_rows_split, moment)


def convert_one(docx: bytes, name: str = "het document", moment: datetime | None = None) -> bytes:
    """Return `docx` as an accessible PDF; raises ConversionError."""
    (result,) = convert_each([read_document(docx, name, moment)])
    if isinstance(result, ConversionError):
        raise result
    return result.data
