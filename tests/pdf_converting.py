"""Word documents to PDF for tests: the bytes go in as `run` gives them to pdf/.

`convert_kept` gives the same as `convert_many`, by a LibreOffice that stays up for all tests.
"""

from __future__ import annotations

import atexit
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs import pdf
from lrtdocs.pdf.convert import Conversion
from lrtdocs.pdf.office.server import choose_backend
from lrtdocs.run.documents.make import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

__all__ = ["convert_each", "convert_kept", "convert_many", "convert_one", "documents"]


def documents(
    docx: Sequence[bytes], names: Sequence[str] = (), moment: datetime | None = None
) -> list[pdf.Document]:
    """Return each of `docx` ready to become a PDF."""
    known = [*names, *(f"document {number + 1}" for number in range(len(names), len(docx)))]
    return [read_document(data, name, moment) for data, name in zip(docx, known, strict=True)]


def convert_each(
    docx: Sequence[bytes], names: Sequence[str] = (), moment: datetime | None = None
) -> list[pdf.FinishedPdf | pdf.ConversionError]:
    """Return what becomes of each of `docx`."""
    return pdf.convert_each(documents(docx, names, moment))


def convert_many(docx: Sequence[bytes], moment: datetime | None = None) -> list[bytes]:
    """Return each of `docx` as PDF."""
    return _pdfs(pdf.convert_each(documents(docx, moment=moment)))


def convert_one(docx: bytes, name: str = "het document", moment: datetime | None = None) -> bytes:
    """Return `docx` as PDF."""
    return _pdfs(convert_each([docx], [name], moment))[0]


def convert_kept(docx: Sequence[bytes], moment: datetime | None = None) -> list[bytes]:
    """Return each of `docx` as PDF."""
    return _pdfs(map(_kept_conversion().convert, documents(docx, moment=moment)))


def _pdfs(results: Iterable[pdf.FinishedPdf | pdf.ConversionError]) -> list[bytes]:
    done = []
    for result in results:
        if isinstance(result, pdf.ConversionError):
            raise result
        done.append(result.data)
    return done


@cache
def _kept_conversion() -> Conversion:
    office = pdf.probe()
    backend = choose_backend(office)
    atexit.register(backend.close)
    return Conversion(office, backend)
