"""A LibreOffice that stays up: starting one costs as much as converting twenty letters.

A small worker (`unoworker`) tells it what to do, under a Python that has `uno`: seldom the one that
lrtdocs runs under. LibreOffice brings its own on Windows, and where it comes from its makers;
distributions build `uno` for their `/usr/bin/python3`. What an answer says proves nothing: a
conversion succeeded when the PDF is there and opens. A document that takes too long, kills
LibreOffice or comes out broken gets its error, and the next one a fresh LibreOffice; so does the
next one after many pages or much memory. Where LibreOffice does not work in this way at all, the
rest goes to the `other` backend.
"""

from __future__ import annotations

import functools
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrtdocs.pdf.office.backend import (
    OfficeBackend,
    Raw,
    Task,
    export_options,
    office_command,
    quote,
    read_pdf,
    time_limit,
    timed_out,
)
from lrtdocs.pdf.office.calls import Calls
from lrtdocs.pdf.office.fonts import write_fontconfig
from lrtdocs.pdf.office.home import Home
from lrtdocs.pdf.office.office import ConversionError
from lrtdocs.pdf.office.process import Dialogue, ask_program, program_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.pdf.office.office import Office

WORKER = "unoworker.py"
PROBE_SECONDS = 30.0
MOST_PAGES = 4000  # converted by one LibreOffice
MOST_MEMORY = 600 * 1024 * 1024  # bytes it may hold
MOST_BARREN = 2  # LibreOffices in a row that made nothing
UNKNOWN_CODE = -1
GRACE = 5.0  # seconds for a LibreOffice that is well to go by itself


def choose_backend(office: Office) -> OfficeBackend:
    """Return the best way to convert with `office`."""
    python = find_python(office)
    return Server(office, python, Calls(office)) if python else Calls(office)


@functools.lru_cache(maxsize=8)
def find_python(office: Office) -> str:
    """Return the path of a Python that can `import uno`, or "" if there is none."""
    return next((path for path in dict.fromkeys(_candidates(office.path)) if _has_uno(path)), "")


def _candidates(office: str) -> Iterator[str]:
    program = Path(office).resolve().parent
    names = ("python.exe",) if sys.platform == "win32" else ("python", "../Resources/python")
    yield from (str(program / name) for name in names if (program / name).is_file())
    if sys.platform != "win32":
        yield from filter(None, map(shutil.which, ("/usr/bin/python3", "python3")))


def _has_uno(python: str) -> bool:
    command = [python, "-c", "import uno; uno.getComponentContext()"]
    try:
        return ask_program(command, seconds=PROBE_SECONDS).code == 0
    except OSError:
        return False


class ServerStartError(Exception):
    """A LibreOffice that stays up could not be started; the argument says why."""


class Server:
    """Converts documents one after the other; used by one thread at a time."""

    def __init__(self, office: Office, python: str, other: OfficeBackend) -> None:
        self._office, self._python, self._other = office, python, other
        self._running: _Running | None = None
        self._barren = 0

    def convert(self, task: Task, *, marks: bool = False) -> Raw:
        """Return the PDF of `task`, or why there is none; see `OfficeBackend`."""
        if self._running is not None and self._running.is_worn():
            self._drop(GRACE)
        running = self._start()
        if running is None:
            return self._other.convert(task, marks=marks)
        try:
            made = running.convert(task, marks=marks)
        except BaseException:
            self._drop()
            raise
        if isinstance(made, ConversionError):
            self._barren += running.pages == 0
            self._drop()
        else:
            self._barren = 0
        return made

    def _start(self) -> _Running | None:
        """Return a LibreOffice that runs; None once it is not worth trying again."""
        while self._running is None and self._barren < MOST_BARREN:
            try:
                self._running = _Running(self._office, self._python)
            except (ServerStartError, OSError):
                self._barren += 1
        return self._running

    def warm(self) -> None:
        """Start LibreOffice; what goes wrong with that shows when there is something to convert."""
        self._start()

    def interrupt(self) -> None:
        """End what another thread waits for: its document then is an error."""
        running = self._running
        if running is not None:
            running.interrupt()

    def _drop(self, patience: float = 0.0) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.stop(patience)

    def close(self) -> None:
        """Stop LibreOffice, if it runs: at once, since its files go away with it."""
        self._drop()
        self._other.close()


class _Running:
    """One LibreOffice and its worker, in a folder of their own."""

    def __init__(self, office: Office, python: str) -> None:
        self.pages = 0
        self._folder = Home()
        self._home = self._folder.path
        try:
            self._dialogue = self._open(office, python)
        except BaseException:
            self._folder.cleanup()
            raise
        try:
            self._greet()
        except BaseException:
            self.stop()
            raise

    def _open(self, office: Office, python: str) -> Dialogue:
        worker = self._home / WORKER
        worker.write_bytes(Path(__file__).with_name(WORKER).read_bytes())
        pipe = self._home.name  # `home` knows it by that
        command = office_command(office, self._folder.profile)
        return Dialogue(
            [python, str(worker), pipe, *command, f"--accept=pipe,name={pipe};urp;"],
            environment=program_environment(self._home, write_fontconfig(self._home)),
            folder=self._home,
        )

    def _greet(self) -> None:
        try:
            answer = _read(self._dialogue.ask(b"", time_limit(0)))
        except TimeoutError as error:
            raise ServerStartError("no answer") from error
        if not answer.get("ok"):
            raise ServerStartError(self._dialogue.stop().said)

    def convert(self, task: Task, *, marks: bool) -> Raw:
        """Return the PDF of `task`, or why there is none."""
        source, target = self._home / "brief.docx", self._home / "brief.pdf"
        source.write_bytes(task.docx)
        asked = {
            "source": source.as_uri(),
            "target": target.as_uri(),
            "options": export_options(marks=marks),
            "contents": task.contents,
        }
        seconds = task.limit
        try:
            answer = _read(self._dialogue.ask(json.dumps(asked).encode() + b"\n", seconds))
        except TimeoutError:
            return timed_out(task.name, seconds)
        if not answer or "died" in answer:
            outcome = self._dialogue.stop()
            died = answer.get("died", outcome.code)
            status = str(UNKNOWN_CODE if died is None else died)
            said = quote(outcome.said)
            return ConversionError.of("LRT409", task.name, status=status, said=said)
        made = None if "error" in answer else read_pdf(target, task.name)
        target.unlink(missing_ok=True)
        self.pages += task.pages if isinstance(made, bytes) else 0
        said = quote(str(answer.get("error", "")))
        return made or ConversionError.of("LRT423", task.name, said=said)

    def is_worn(self) -> bool:
        """Tell whether a fresh LibreOffice is better by now."""
        return self.pages >= MOST_PAGES or self._dialogue.memory() > MOST_MEMORY

    def interrupt(self) -> None:
        """Stop LibreOffice and the worker; who waits for an answer gets none."""
        self._dialogue.interrupt()

    def stop(self, patience: float = 0.0) -> None:
        """Stop LibreOffice and the worker, and take their files away."""
        self._dialogue.stop(patience)
        self._folder.cleanup()


def _read(line: bytes) -> dict[str, Any]:
    """Return the answer in `line`; empty if it is none."""
    try:
        answer = json.loads(line)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
