"""Word documents in, accessible PDFs out: many documents in one call of LibreOffice.

Starting LibreOffice costs more than converting a letter, so documents go in together, under
fixed internal names in a folder of their own. LibreOffice's exit code proves nothing: a
conversion succeeded when the PDF is there and opens. What fails in company is tried once more
alone, in a fresh profile, so that one bad document costs the others nothing and is named.
"""

from __future__ import annotations

import functools
import json
import os
import re
import tempfile
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.clock import fixed_moment
from lrtdocs.errors import system_reason
from lrtdocs.pdf.office.errors import (
    ConversionBrokenError,
    ConversionCrashedError,
    ConversionEmptyError,
    ConversionError,
    ConversionStartError,
    ConversionTimeoutError,
)
from lrtdocs.pdf.office.fonts import write_fontconfig
from lrtdocs.pdf.office.office import Office, probe
from lrtdocs.pdf.office.process import Outcome, run_program
from lrtdocs.pdf.office.profile import KeptProfile, program_environment, write_profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TIMEOUT_SETTING = "LRTDOCS_SOFFICE_TIMEOUT"
LONGEST_CALL = 50  # documents in one call
SECONDS_PER_CALL = 60.0
SECONDS_PER_PAGE = 1.0
PARAGRAPHS_PER_PAGE = 40
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # when neither caller nor document knows a date
FRESH_PROFILE_FAILED = 81  # what a brand-new profile may answer once

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
    """One document on its way: its place in the caller's list, its name and its bytes.

    It may hold several `letters`.
    """

    number: int
    name: str
    docx: bytes
    letters: int = 1


def convert_one(
    docx: bytes, *, name: str = "het document", moment: datetime | None = None
) -> bytes:
    """Return `docx` as an accessible PDF; see `convert_many`."""
    return convert_many([docx], names=[name], moment=moment)[0]


def convert_many(
    docx: Sequence[bytes], *, names: Sequence[str] = (), moment: datetime | None = None
) -> list[bytes]:
    """Return each document of `docx` as PDF/UA-1 and PDF/A-2a, in the same order.

    `names` are for messages. `moment` becomes the date inside the PDFs; left out, that is
    `SOURCE_DATE_EPOCH`, else the date in the document, so that equal input gives equal bytes.
    Raises the first document's `ConversionError` if any document failed.
    """
    results = convert_each(docx, names=names, moment=moment)
    done: list[bytes] = []
    for result in results:
        if isinstance(result, ConversionError):
            raise result
        done.append(result)
    return done


def convert_each(
    docx: Sequence[bytes],
    *,
    names: Sequence[str] = (),
    moment: datetime | None = None,
    office: Office | None = None,
) -> list[bytes | ConversionError]:
    """Return for each document of `docx` its PDF, or the error that says why there is none."""
    office = office or probe()
    tasks = [
        Task(number, names[number] if number < len(names) else f"document {number + 1}", data)
        for number, data in enumerate(docx)
    ]
    results: list[bytes | ConversionError] = []
    for start in range(0, len(tasks), LONGEST_CALL):
        chunk = tasks[start : start + LONGEST_CALL]
        for task, raw in zip(chunk, convert_chunk(office, chunk), strict=True):
            results.append(_finish(office, task, raw, moment))
    return results


def convert_chunk(office: Office, tasks: Sequence[Task]) -> list[bytes | ConversionError]:
    """Convert `tasks` in one call, and what failed once more: each alone, in a fresh profile."""
    code, first = call_office(office, tasks)
    if code == FRESH_PROFILE_FAILED and len(tasks) > 1:
        _, first = call_office(office, tasks)
    second = [
        call_office(office, [task])[1][0] if isinstance(result, ConversionError) else result
        for task, result in zip(tasks, first, strict=True)
    ]
    return [_with_all_rows(office, *pair) for pair in zip(tasks, second, strict=True)]


def _with_all_rows(
    office: Office, task: Task, pdf: bytes | ConversionError
) -> bytes | ConversionError:
    """Return `pdf`, or the PDF of `task` with rows that may split if that has more of its rows."""
    from lrtdocs.pdf.structure.rows import count_lost_rows, let_rows_split  # loads pikepdf

    if isinstance(pdf, ConversionError) or (loose := let_rows_split(task.docx)) is None:
        return pdf
    lost = count_lost_rows(pdf)
    if not lost:
        return pdf
    again = call_office(office, [replace(task, docx=loose)])[1][0]
    return again if isinstance(again, bytes) and count_lost_rows(again) < lost else pdf


def call_office(
    office: Office,
    tasks: Sequence[Task],
    *,
    marks: bool = False,
    profile: KeptProfile | None = None,
) -> tuple[int | None, list[bytes | ConversionError]]:
    """Run LibreOffice once over `tasks`; return its exit code and what came of each task.

    With `marks` the bookmarks of the Word document become named places in the PDF. Without a
    `profile` to use again, the call gets one of its own.
    """
    seconds = time_limit([task.docx for task in tasks])
    try:
        return _run_in_new_folder(office, tasks, seconds, marks=marks, profile=profile)
    except OSError as error:
        reason, folder = system_reason(error), tempfile.tempdir or "TMPDIR"
        return None, [ConversionStartError(task.name, reason, folder) for task in tasks]


def _run_in_new_folder(
    office: Office,
    tasks: Sequence[Task],
    seconds: float,
    *,
    marks: bool,
    profile: KeptProfile | None,
) -> tuple[int | None, list[bytes | ConversionError]]:
    with tempfile.TemporaryDirectory(prefix="lrtdocs-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        sources = [_write_source(home, number, task) for number, task in enumerate(tasks)]
        url = write_profile(home / "profiel") if profile is None else profile.write()
        outcome = run_program(
            list(_command(office, url, home / "uit", sources, marks=marks)),
            environment=program_environment(home, write_fontconfig(home)),
            folder=home,
            seconds=seconds,
        )
        return outcome.code, [
            _collect(home / "uit" / f"{source.stem}.pdf", task, outcome, seconds)
            for source, task in zip(sources, tasks, strict=True)
        ]


def _write_source(home: Path, number: int, task: Task) -> Path:
    folder = home / "in"
    folder.mkdir(exist_ok=True)
    source = folder / f"{number:04}.docx"
    source.write_bytes(task.docx)
    return source


def office_command(office: Office, profile: str) -> Iterator[str]:
    """Yield what every call of LibreOffice begins with; `profile` is a URL."""
    yield office.path
    yield f"-env:UserInstallation={profile}"
    yield from ("--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck")


def _command(
    office: Office, profile: str, target: Path, sources: Sequence[Path], *, marks: bool
) -> Iterator[str]:
    yield from office_command(office, profile)
    yield "--infilter=MS Word 2007 XML"
    yield from ("--convert-to", f"pdf:writer_pdf_Export:{_options_as_json(marks=marks)}")
    yield from ("--outdir", str(target))
    yield from (str(source) for source in sources)


def export_options(*, marks: bool) -> dict[str, bool | int]:
    """Return how LibreOffice is to write a PDF; with `marks`, bookmarks as named places."""
    return EXPORT_OPTIONS | ({"ExportBookmarksToPDFDestination": True} if marks else {})


@functools.cache
def _options_as_json(*, marks: bool) -> str:
    return json.dumps(
        {
            name: {
                "type": "boolean" if isinstance(value, bool) else "long",
                "value": str(value).lower(),
            }
            for name, value in export_options(marks=marks).items()
        }
    )


def _collect(target: Path, task: Task, outcome: Outcome, seconds: float) -> bytes | ConversionError:
    """Return the PDF at `target` if it is one, else the error that explains its absence."""
    try:
        data = target.read_bytes()
    except OSError:
        data = b""
    reason = find_broken(data) if data else ""
    if data and not reason:
        return data
    if outcome.code is None:
        return ConversionTimeoutError(task.name, seconds, TIMEOUT_SETTING)
    if outcome.code != 0:
        return ConversionCrashedError(task.name, outcome.code, outcome.said)
    if data:
        return ConversionBrokenError(task.name, reason)
    return ConversionEmptyError(task.name, outcome.said)


def find_broken(data: bytes) -> str:
    """Return why `data` is not a whole PDF, or "" if it is one."""
    if not data.startswith(b"%PDF-"):
        return "het begint niet met %PDF-"
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            return "" if len(pdf.pages) else "er staan geen bladzijden in"
    except pikepdf.PdfError as error:
        return str(error).splitlines()[0]


def _finish(
    office: Office, task: Task, raw: bytes | ConversionError, moment: datetime | None
) -> bytes | ConversionError:
    if isinstance(raw, ConversionError):
        return raw
    import pikepdf

    from lrtdocs.pdf.structure.accessible import make_accessible

    try:
        return make_accessible(
            raw,
            moment=moment or moment_of(task.docx),
            claim=office.makes_accessible_pdf,
        )
    except pikepdf.PdfError as error:
        return ConversionBrokenError(task.name, str(error).splitlines()[0])


def time_limit(docx: Sequence[bytes]) -> float:
    """Return the seconds one call over `docx` may take: a minute, and a second a page.

    `$LRTDOCS_SOFFICE_TIMEOUT` replaces the minute.
    """
    try:
        start = float(os.environ.get(TIMEOUT_SETTING, ""))
    except ValueError:
        start = SECONDS_PER_CALL
    return start + SECONDS_PER_PAGE * sum(_estimate_pages(data) for data in docx)


def _estimate_pages(docx: bytes) -> int:
    return 1 + read_part(docx, "word/document.xml").count(b"</w:p>") // PARAGRAPHS_PER_PAGE


def moment_of(docx: bytes) -> datetime:
    """Return the moment to print in the PDF of `docx`: never the clock's."""
    moment = fixed_moment()
    if moment is not None:
        return moment
    core = read_part(docx, "docProps/core.xml")
    match = re.search(rb"<dcterms:modified[^>]*>([^<]+)<", core)
    try:
        found = datetime.fromisoformat(match[1].decode()) if match else NO_MOMENT
    except ValueError:
        return NO_MOMENT
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def read_part(docx: bytes, part: str) -> bytes:
    """Return `part` of `docx`, or nothing if it is not there; LibreOffice judges the rest."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            return package.read(part)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        return b""
