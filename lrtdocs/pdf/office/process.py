"""Run an outside program, or talk with one, so that nothing of it is left behind.

LibreOffice starts children of its own: stopping the process we started leaves `soffice.bin`
alive. So every program gets its own process group, and the whole group is stopped when we are
done with it, whatever happened: normal end, timeout, Ctrl-C. It knows hardly anything of the
environment of who called us.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from lrtdocs.pdf.office.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LONGEST_TAIL = 300  # characters of a program's output that fit in a message
GRACE = 5.0  # seconds for a killed group to disappear
LOG = "uitvoer.txt"
_WINDOWS_NEEDS = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended: its exit code, or None if it had to be stopped, and its last words."""

    code: int | None
    said: str


def run_program(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    seconds: float,
    longest: int = LONGEST_TAIL,
) -> Outcome:
    """Run `command` in `folder` with only `environment`, for at most `seconds`, and clean up.

    Raises OSError if the program cannot be started at all.
    """
    process = _start(command, environment, folder, piped=False)
    try:
        code: int | None = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        _stop_group(process)
    return Outcome(code, _tail(folder / LOG, longest))


def program_environment(home: Path, fontconfig: Path | None = None) -> dict[str, str]:
    """Return the whole environment of the program: nothing of the caller's but its PATH.

    `home` doubles as the folder for temporary files; `fontconfig` is the font configuration.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TMPDIR": str(home),
    }
    if fontconfig is not None:
        environment["FONTCONFIG_FILE"] = str(fontconfig)
    if sys.platform == "win32":
        environment |= {name: os.environ[name] for name in _WINDOWS_NEEDS if name in os.environ}
        environment |= dict.fromkeys(("TEMP", "TMP", "USERPROFILE", "APPDATA"), str(home))
    return environment


def ask_program(
    command: Sequence[str],
    *,
    seconds: float,
    prepare: Callable[[Path], Path] | None = None,
    longest: int = LONGEST_TAIL,
) -> Outcome:
    """Run `command` for at most `seconds` in a folder of its own, and tell how that ended.

    `prepare` writes the font configuration there. Raises OSError if the program cannot be started.
    """
    with Home() as folder:
        home = Path(folder)
        environment = program_environment(home, prepare(home) if prepare else None)
        return run_program(
            command, environment=environment, folder=home, seconds=seconds, longest=longest
        )


class Dialogue:
    """A program that answers a line with a line; it and all it started end with `stop`.

    They also end with this object, and with this process. Raises OSError if the program cannot be
    started at all.
    """

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], folder: Path
    ) -> None:
        self._log = folder / LOG
        self._process = _start(command, environment, folder, piped=True)
        self._end = weakref.finalize(self, _end, self._process)

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Return the answer to `line`, or to nothing; empty if the program has ended.

        Raises TimeoutError after `seconds`; the program has then been stopped.
        """
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            _stop_group(self._process)

        timer = threading.Timer(seconds, expire)
        timer.start()
        try:
            answer = self._exchange(line)
        finally:
            timer.cancel()
            timer.join()
        if expired.is_set():
            raise TimeoutError
        return answer

    def _exchange(self, line: bytes) -> bytes:
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            return b""
        try:
            into.write(line)
            into.flush()
            answer = out.readline()
        except (OSError, ValueError):
            return b""
        return answer if answer.endswith(b"\n") else b""

    def interrupt(self) -> None:
        """Stop the program and everything it started, whichever thread waits for an answer."""
        self._end()

    def memory(self) -> int:
        """Return the bytes of memory of the largest process; 0 where that cannot be known."""
        return max((_memory(stat) for stat in _stats(self._process.pid)), default=0)

    def stop(self, patience: float = 0.0) -> Outcome:
        """Stop the program and everything it started; return how it ended.

        It gets `patience` seconds to go by itself, now that nothing more will be asked.
        """
        _close(self._process.stdin)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        ended = self._process.poll()
        self._end()
        return Outcome(ended, _tail(self._log))


def _end(process: subprocess.Popen[bytes]) -> None:
    _stop_group(process)
    _close(process.stdin)
    _close(process.stdout)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(OSError):
            pipe.close()


def _start(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, *, piped: bool
) -> subprocess.Popen[bytes]:
    """Start `command`; what it says goes to the log in `folder`, or through pipes if `piped`."""
    with (folder / LOG).open("wb") as log, _lock:
        refuse_when_stopping()
        process = subprocess.Popen(  # noqa: S603  an argument list made here, no shell
            list(command),
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
            stdout=subprocess.PIPE if piped else log,
            stderr=log,
            **own_session(),
        )
        if not _is_lasting():
            _running.add(process)
    return process


def own_session() -> dict[str, Any]:
    """Return what keeps a program away from the keyboard, in a group that can be stopped."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


_running: weakref.WeakSet[subprocess.Popen[bytes]] = weakref.WeakSet()
_stopping = threading.Event()
_lock = threading.RLock()  # of `_running`; Ctrl-C may come to who holds it


def stop_programs() -> None:
    """Stop every program that runs, whichever thread waits for it, and let none start."""
    _stopping.set()
    with _lock:
        running = list(_running)
    for process in running:
        _stop_group(process)


def allow_programs() -> None:
    """Let programs start again."""
    _stopping.clear()


_of_thread = threading.local()


@contextlib.contextmanager
def lasting_programs() -> Iterator[None]:
    """Let programs that this thread starts in this context be no part of what is stopped.

    They serve somebody else than the run that is broken off, who stops them himself.
    """
    before, _of_thread.lasting = _is_lasting(), True
    try:
        yield
    finally:
        _of_thread.lasting = before


def _is_lasting() -> bool:
    return getattr(_of_thread, "lasting", False)


def refuse_when_stopping() -> None:
    """Raise OSError from `stop_programs` on, but for programs that last."""
    if _stopping.is_set() and not _is_lasting():
        raise InterruptedError(errno.EINTR, os.strerror(errno.EINTR))


def _stop_group(process: subprocess.Popen[bytes]) -> None:
    """Stop `process` and everything it started, and wait until all of it is gone."""
    if sys.platform == "win32":
        _stop_tree_on_windows(process)
        return
    with _lock:
        _running.discard(process)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + GRACE
    while _group_exists(process.pid) and time.monotonic() < deadline:
        time.sleep(0.01)


def _group_exists(group: int) -> bool:
    """Tell whether anything of `group` still runs; what is dead but not buried does not count."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    if not Path("/proc/self/stat").exists():
        return True
    return next(_stats(group), None) is not None


def _stats(group: int) -> Iterator[list[str]]:
    """Yield what /proc says of each process of `group` that runs, from its state on."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in {"Z", "X"} and int(fields[2]) == group:
            yield fields


def _memory(stat: Sequence[str]) -> int:
    return int(stat[21]) * os.sysconf("SC_PAGE_SIZE")


def _stop_tree_on_windows(process: subprocess.Popen[bytes]) -> None:
    """Let taskkill stop the tree: Windows has no process groups that can be killed.

    `soffice.com` waits for its children, so after a normal end there is nothing left to stop.
    """
    if process.poll() is None:
        subprocess.run(  # noqa: S603  as above
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607  it is in System32
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=GRACE * 4,
        )
        with contextlib.suppress(OSError):
            process.kill()
    process.wait()


def _tail(log: Path, longest: int = LONGEST_TAIL) -> str:
    """Return the last words in `log` on one line, without the harmless ones."""
    lines = log.read_bytes()[-max(4000, longest) :].decode("utf-8", errors="replace").splitlines()
    kept = [line.strip() for line in lines if line.strip() and "javaldx" not in line]
    return " ".join(kept)[-longest:]
