"""What every way to have LibreOffice convert documents has in common.

LibreOffice's word proves nothing, nor does its exit code: a conversion succeeded when the PDF is
there and opens.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import pikepdf

from lrtdocs.messages import text
from lrtdocs.pdf.office.office import ConversionError, Office

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT_SETTING = "LRTDOCS_SOFFICE_TIMEOUT"
SECONDS_PER_CALL = 60.0
SECONDS_PER_PAGE = 1.0

# Notes and form fields are off on purpose: comments would leak, content controls become fields.
EXPORT_OPTIONS: dict[str, bool | int] = {
    "SelectPdfVersion": 2,
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "DisplayPDFDocumentTitle": True,
    "ExportNotes": False,
    "ExportNotesInMargin": False,
    "ExportFormFields": False,
    "ExportHiddenSlides": False,
    "UseLosslessCompression": True,
    "ReduceImageResolution": False,
    "IsAddStream": False,
    "IsSkipEmptyPages": True,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A Word document as LibreOffice gets it, of about so many `pages`."""

    name: str
    docx: bytes
    pages: int = 1


Raw = bytes | ConversionError
"""A PDF as LibreOffice wrote it, or why there is none."""


class OfficeBackend(Protocol):
    """A way to convert documents; for one thread at a time."""

    def convert(self, task: Task, *, marks: bool = False) -> Raw:
        """Return the PDF of `task`, or why there is none.

        With `marks` the bookmarks of the Word document become named places in the PDF.
        """

    def warm(self) -> None:
        """Start what the first document would wait for."""

    def close(self) -> None:
        """Stop what runs, and take its files away."""


def office_command(office: Office, profile: str) -> list[str]:
    """Return what every call of LibreOffice begins with; `profile` is a URL."""
    options = ("--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck")
    return [office.path, f"-env:UserInstallation={profile}", *options]


def export_options(*, marks: bool) -> dict[str, bool | int]:
    """Return how LibreOffice is to write a PDF; with `marks`, bookmarks as named places."""
    return EXPORT_OPTIONS | ({"ExportBookmarksToPDFDestination": True} if marks else {})


def time_limit(pages: int) -> float:
    """Return the seconds that a document of `pages` may take: a minute, and a second a page.

    `$LRTDOCS_SOFFICE_TIMEOUT` replaces the minute.
    """
    try:
        start = float(os.environ.get(TIMEOUT_SETTING, ""))
    except ValueError:
        start = SECONDS_PER_CALL
    return start + SECONDS_PER_PAGE * pages


def timed_out(name: str, seconds: float) -> ConversionError:
    """Return the error of a document that was not ready in time."""
    return ConversionError.of("LRT408", name, seconds=seconds, setting=TIMEOUT_SETTING)


def quote(said: str) -> str:
    """Return what LibreOffice `said` as a sentence of its own, to stand behind a message."""
    return text("deel.libreoffice_zei", said=said.rstrip(".")) if said else ""


def read_pdf(target: Path, name: str) -> Raw | None:
    """Return the PDF at `target` if it is a whole one, None if there is nothing at all."""
    try:
        data = target.read_bytes()
    except OSError:
        return None
    reason = find_broken(data) if data else ""
    return ConversionError.of("LRT424", name, reason=reason) if reason else data or None


def find_broken(data: bytes) -> str:
    """Return why `data` is not a whole PDF, or "" if it is one."""
    if not data.startswith(b"%PDF-"):
        return text("deel.pdf_begin")
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            return "" if len(pdf.pages) else text("deel.pdf_bladzijden")
    except pikepdf.PdfError as error:
        return str(error).splitlines()[0]
