"""A process of its own for finishing PDFs: that is work for a processor.

Python does one thing at a time; so each worker of a run has a helper, which reads jobs from its
standard input and writes results to its output. When it cannot be started or dies, the work is done
here. `multiprocessing` will not do: its children run the caller's own script again.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, TypeVar

from lrtdocs.pdf.office.process import own_session, refuse_when_stopping

if TYPE_CHECKING:
    from collections.abc import Callable

_SERVE = "import {module}; from lrtdocs.pdf.helper import serve; serve()"
_Job = TypeVar("_Job")
_Made = TypeVar("_Made")


class Helper:
    """A helper process; used by one thread at a time.

    `module` is imported before the first job, so that it need not wait for that.
    """

    def __init__(self, module: str) -> None:
        self._command = [sys.executable, "-c", _SERVE.format(module=module)]
        self._process: subprocess.Popen[bytes] | None = None
        self._usable = True

    def run(self, work: Callable[[_Job], _Made], job: _Job) -> _Made:
        """Return `work(job)`, worked out by the helper if there is one."""
        self.start()
        process = self._process
        if process is not None and process.stdin is not None and process.stdout is not None:
            try:
                pickle.dump((work, job), process.stdin)
                process.stdin.flush()
                made: _Made = pickle.load(process.stdout)  # noqa: S301  from our own process
            except (OSError, EOFError, pickle.PickleError):
                refuse_when_stopping()
                self.close()
                self._usable = False
            else:
                return made
        return work(job)

    def start(self) -> None:
        """Start the helper, if it does not run yet."""
        if not self._usable or self._process is not None:
            return
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **own_session(),  # Ctrl-C is for the parent
            )
        except OSError:
            self._usable = False

    def kill(self) -> None:
        """Let the helper end, whatever it is at; another thread may wait for it."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Stop the helper."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.kill()
        process.wait()


def serve() -> None:
    """Do jobs from standard input until it ends."""
    with contextlib.suppress(EOFError):
        while True:
            work, job = pickle.load(sys.stdin.buffer)  # noqa: S301  from our own process
            pickle.dump(work(job), sys.stdout.buffer)
            sys.stdout.flush()
