"""What every way to have LibreOffice convert documents has in common: profile, options, result.

By default LibreOffice fetches linked pictures, reads local files and passes on environment
variables. The profile written here shuts that: no macros, no active content, no fetching of
links, and a proxy that leads nowhere. Two conversions on one profile disturb each other.

LibreOffice's word proves nothing, nor does its exit code: a conversion succeeded when the PDF is
there and opens.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import escape

import pikepdf

from lrtdocs.messages import text
from lrtdocs.pdf.office.office import ConversionError, Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEAD_HOST, DEAD_PORT = "127.0.0.1", 9  # "discard": nothing listens there

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", True),
    (_SCRIPTING, "DisableMacrosExecution", True),
    (_SCRIPTING, "DisableActiveContent", True),
    (_SCRIPTING, "MacroSecurityLevel", 3),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),
    (_INET, "ooInetProxyType", 2),
    (_INET, "ooInetHTTPProxyName", DEAD_HOST),
    (_INET, "ooInetHTTPProxyPort", DEAD_PORT),
    (_INET, "ooInetHTTPSProxyName", DEAD_HOST),
    (_INET, "ooInetHTTPSProxyPort", DEAD_PORT),
    (_INET, "ooInetFTPProxyName", DEAD_HOST),
    (_INET, "ooInetFTPProxyPort", DEAD_PORT),
    (_INET, "ooInetNoProxy", ""),
    ("/org.openoffice.Office.Java/ApplicationLibreOffice", "Enable", False),
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", False),
    # Else the first start of a version tries out how pictures are drawn, which takes half of it.
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),
)

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
    """A Word document as LibreOffice gets it, of about so many `pages`.

    With `contents` it has a table of contents, which LibreOffice must make anew. It may take so
    many `seconds`, and some for each page.
    """

    name: str
    docx: bytes
    pages: int = 1
    contents: bool = False
    seconds: float = SECONDS_PER_CALL

    @property
    def limit(self) -> float:
        """The seconds that its conversion may take."""
        return time_limit(self.pages, self.seconds)


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


def office_command(office: Office, profile: Path) -> list[str]:
    """Return what every call of LibreOffice begins with; its settings are written to `profile`."""
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text("".join(_registry()), encoding="utf-8")
    options = ("--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck")
    return [office.path, f"-env:UserInstallation={profile.absolute().as_uri()}", *options]


def _registry() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    for path, name, value in _SETTINGS:
        text = str(value).lower() if isinstance(value, bool) else escape(str(value))
        yield (
            f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
            f"<value>{text}</value></prop></item>\n"
        )
    yield "</oor:items>\n"


def export_options(*, marks: bool) -> dict[str, bool | int]:
    """Return how LibreOffice is to write a PDF; with `marks`, bookmarks as named places."""
    return EXPORT_OPTIONS | ({"ExportBookmarksToPDFDestination": True} if marks else {})


def time_limit(pages: int, seconds: float = SECONDS_PER_CALL) -> float:
    """Return the seconds that a document of `pages` may take: a minute, and a second a page.

    `$LRTDOCS_SOFFICE_TIMEOUT` replaces the minute, or what else it is to be.
    """
    try:
        start = float(os.environ.get(TIMEOUT_SETTING, ""))
    except ValueError:
        start = seconds
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
