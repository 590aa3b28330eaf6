"""A call of LibreOffice for each document: slow, and it works wherever LibreOffice does."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.messages import system_reason
from lrtdocs.pdf.office.backend import (
    Raw,
    export_options,
    office_command,
    quote,
    read_pdf,
    timed_out,
)
from lrtdocs.pdf.office.fonts import write_fontconfig
from lrtdocs.pdf.office.home import Home
from lrtdocs.pdf.office.office import ConversionError
from lrtdocs.pdf.office.process import program_environment, run_program

if TYPE_CHECKING:
    from lrtdocs.pdf.office.backend import Task
    from lrtdocs.pdf.office.office import Office

FRESH_PROFILE_FAILED = "81"  # what a brand-new profile may answer once


class Calls:
    """Calls on one profile, which is kept as long as nothing goes wrong.

    Making one costs LibreOffice a second. Our settings are written anew for every call.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._kept: Home | None = None  # its profile is

    def convert(self, task: Task, *, marks: bool = False) -> Raw:
        """Return the PDF of `task`, or why there is none; see `OfficeBackend`.

        A call cannot ask for a table of contents to be made.
        """
        if task.contents:
            return ConversionError.of("LRT428", task.name)
        made = self._call(task, marks=marks)
        if isinstance(made, ConversionError):
            self.close()
            if made.problems[0].fields.get("status") == FRESH_PROFILE_FAILED:
                made = self._call(task, marks=marks)
        return made

    def _call(self, task: Task, *, marks: bool) -> Raw:
        try:
            return self._run(task, marks=marks)
        except OSError as error:
            reason, folder = system_reason(error), tempfile.tempdir or "TMPDIR"
            return ConversionError.of("LRT407", task.name, reason=reason, folder=folder)

    def _run(self, task: Task, *, marks: bool) -> Raw:
        self._kept = self._kept or Home()
        with Home() as folder:
            home = Path(folder)
            source, target = home / "brief.docx", home / "uit" / "brief.pdf"
            source.write_bytes(task.docx)
            command = [
                *office_command(self._office, self._kept.profile),
                "--infilter=MS Word 2007 XML",
                *("--convert-to", f"pdf:writer_pdf_Export:{_options_as_json(marks=marks)}"),
                *("--outdir", str(target.parent), str(source)),
            ]
            environment = program_environment(home, write_fontconfig(home))
            seconds = task.limit
            outcome = run_program(command, environment=environment, folder=home, seconds=seconds)
            made, said = read_pdf(target, task.name), quote(outcome.said)
        if isinstance(made, bytes):
            return made
        if outcome.code is None:
            return timed_out(task.name, seconds)
        if outcome.code != 0:
            return ConversionError.of("LRT409", task.name, status=str(outcome.code), said=said)
        return made or ConversionError.of("LRT423", task.name, said=said)

    def warm(self) -> None:
        """Do nothing: every call starts LibreOffice."""

    def close(self) -> None:
        """Take the profile away; the next call begins with a fresh one."""
        if self._kept is not None:
            self._kept.cleanup()
            self._kept = None


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
