"""Run an outside program so that nothing of it is left behind.

LibreOffice starts children of its own: stopping the process we started leaves `soffice.bin`
alive. So every program gets its own process group, and the whole group is stopped when we are
done with it, whatever happened: normal end, timeout, Ctrl-C.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_TAIL = 300  # characters of a program's output that fit in a message
GRACE = 5.0  # seconds for a killed group to disappear


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended: its exit code, or None if it had to be stopped, and its last words."""

    code: int | None
    said: str


def run_program(
    command: Sequence[str], *, environment: Mapping[str, str], folder: Path, seconds: float
) -> Outcome:
    """Run `command` in `folder` with only `environment`, for at most `seconds`, and clean up.

    Raises OSError if the program cannot be started at all.
    """
    log = folder / "uitvoer.txt"
    with log.open("wb") as output:
        process = _start(command, environment, folder, output.fileno())
        try:
            code: int | None = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _stop_group(process)
    return Outcome(code, _tail(log))


def _start(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, output: int
) -> subprocess.Popen[bytes]:
    windows = sys.platform == "win32"
    return subprocess.Popen(  # noqa: S603  an argument list made here, no shell
        list(command),
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=not windows,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) if windows else 0,
    )


def _stop_group(process: subprocess.Popen[bytes]) -> None:
    """Stop `process` and everything it started, and wait until all of it is gone."""
    if sys.platform == "win32":
        _stop_tree_on_windows(process)
        return
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
    return any(_runs_in(group, stat) for stat in Path("/proc").glob("[0-9]*/stat"))


def _runs_in(group: int, stat: Path) -> bool:
    try:
        fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] not in {"Z", "X"} and int(fields[2]) == group


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


def _tail(log: Path) -> str:
    """Return the last words in `log` on one line, without the harmless ones."""
    lines = log.read_bytes()[-4000:].decode("utf-8", errors="replace").splitlines()
    kept = [line.strip() for line in lines if line.strip() and "javaldx" not in line]
    return " ".join(kept)[-LONGEST_TAIL:]
