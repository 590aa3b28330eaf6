"""Many documents in one call of LibreOffice: starting it costs more than converting a letter.

Documents go in together, under fixed internal names in a folder of their own.
"""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.errors import system_reason
from lrtdocs.pdf.office.backend import (
    Raw,
    export_options,
    office_command,
    quote,
    read_pdf,
    time_limit,
    timed_out,
)
from lrtdocs.pdf.office.errors import ConversionError
from lrtdocs.pdf.office.fonts import write_fontconfig
from lrtdocs.pdf.office.process import Outcome, run_program
from lrtdocs.pdf.office.profile import program_environment, write_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.pdf.office.backend import Task
    from lrtdocs.pdf.office.office import Office

FRESH_PROFILE_FAILED = 81  # what a brand-new profile may answer once


class Calls:
    """Many files a call, on a profile that is kept as long as nothing goes wrong.

    Making one costs LibreOffice a second. Our settings are written anew for every call.
    """

    batch_size = 100  # starting LibreOffice costs as much as twenty letters

    def __init__(self, office: Office) -> None:
        self._office = office
        self._profile: tempfile.TemporaryDirectory[str] | None = None

    def convert(
        self, tasks: Sequence[Task], *, marks: bool = False
    ) -> tuple[int | None, list[Raw]]:
        """Convert `tasks` in one call of LibreOffice; see `OfficeBackend`."""
        code, made = self._call(tasks, marks=marks)
        if code == FRESH_PROFILE_FAILED:
            self.close()
            code, made = self._call(tasks, marks=marks)
        if any(isinstance(raw, ConversionError) for raw in made):
            self.close()
        return code, made

    def _call(self, tasks: Sequence[Task], *, marks: bool) -> tuple[int | None, list[Raw]]:
        try:
            return self._run(tasks, marks=marks)
        except OSError as error:
            reason, folder = system_reason(error), tempfile.tempdir or "TMPDIR"
            return None, [
                ConversionError.of("LRT407", task.name, reason=reason, folder=folder)
                for task in tasks
            ]

    def _run(self, tasks: Sequence[Task], *, marks: bool) -> tuple[int | None, list[Raw]]:
        seconds = time_limit(tasks)
        if self._profile is None:
            self._profile = tempfile.TemporaryDirectory(
                prefix="lrtdocs-profiel-", ignore_cleanup_errors=True
            )
        profile = write_profile(Path(self._profile.name))
        with tempfile.TemporaryDirectory(prefix="lrtdocs-", ignore_cleanup_errors=True) as folder:
            home = Path(folder)
            (home / "in").mkdir()
            sources = [home / "in" / f"{number:04}.docx" for number in range(len(tasks))]
            for source, task in zip(sources, tasks, strict=True):
                source.write_bytes(task.docx)
            outcome = run_program(
                [
                    *office_command(self._office, profile),
                    "--infilter=MS Word 2007 XML",
                    *("--convert-to", f"pdf:writer_pdf_Export:{_options_as_json(marks=marks)}"),
                    *("--outdir", str(home / "uit")),
                    *map(str, sources),
                ],
                environment=program_environment(home, write_fontconfig(home)),
                folder=home,
                seconds=seconds,
            )
            return outcome.code, [
                _collect(home / "uit" / f"{source.stem}.pdf", task, outcome, seconds)
                for source, task in zip(sources, tasks, strict=True)
            ]

    def warm(self) -> None:
        """Do nothing: every call starts LibreOffice."""

    def close(self) -> None:
        """Take the profile away; the next call begins with a fresh one."""
        if self._profile is not None:
            self._profile.cleanup()
            self._profile = None


def convert_alone(office: Office, task: Task) -> Raw:
    """Return the PDF of `task`, converted by itself in a fresh profile, or why there is none."""
    calls = Calls(office)
    try:
        return calls.convert([task])[1][0]
    finally:
        calls.close()


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


def _collect(target: Path, task: Task, outcome: Outcome, seconds: float) -> Raw:
    """Return the PDF at `target` if it is one, else the error that explains its absence."""
    made = read_pdf(target, task.name)
    if isinstance(made, bytes):
        return made
    if outcome.code is None:
        return timed_out(task.name, seconds)
    if outcome.code != 0:
        said = quote(outcome.said)
        return ConversionError.of("LRT409", task.name, status=str(outcome.code), said=said)
    return made or ConversionError.of("LRT423", task.name, said=quote(outcome.said))
