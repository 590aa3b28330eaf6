"""One run in a folder at a time: a lock that the system itself lets go when its owner dies.

The lock is the system's; what stands in the file (process, machine, start) is for the message to
whoever comes second. A file that a killed run left behind locks nothing.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import ExitCode, LrtdocsError
from lrtdocs.run.folder.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

NAME = ".lrtdocs.lock"
PATIENCE = 5  # tries
_FAR = 1 << 30  # the byte that is locked on Windows: beyond the text, which stays readable
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class FolderBusyError(LrtdocsError):
    """Another run is at work in `folder`; `who` tells which, as far as it is known."""

    exit_code = ExitCode.USAGE

    def __init__(self, folder: str, who: str) -> None:
        super().__init__(folder, who)
        self.folder, self.who = folder, who

    def __str__(self) -> str:
        return (
            f"{self.folder}: In deze map is al een verzending bezig{self.who}.\n"
            "    doe dit: wacht tot die klaar is, of kies met -o een andere map"
        )


class FolderLock:
    """Holds `folder` for this process, as a context manager; raises FolderBusyError on entry."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder, self._path = folder, folder / NAME
        self._disk, self._handle = disk or Disk(), -1

    def __enter__(self) -> FolderLock:
        tries = PATIENCE
        while True:
            self._handle = self._disk.open_lock(self._path)
            try:
                _lock(self._handle)
            except OSError as error:
                who = _read_owner(self._handle)
                os.close(self._handle)
                if error.errno not in _BUSY:
                    raise
                tries -= 1
                if not tries:
                    raise FolderBusyError(str(self._folder), who) from error
                time.sleep(0.02)  # another run may only be looking, see check_free
                continue
            if self._is_current():
                break
            os.close(self._handle)  # its owner removed it while we waited
        self._sign()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if sys.platform == "win32":
            os.close(self._handle)
        with contextlib.suppress(OSError):
            self._disk.remove(self._path)
        if sys.platform != "win32":
            os.close(self._handle)

    def _is_current(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        except FileNotFoundError:
            return False

    def _sign(self) -> None:
        start = datetime.now().astimezone().isoformat(timespec="seconds")
        owner = {"proces": os.getpid(), "computer": socket.gethostname(), "begin": start}
        with contextlib.suppress(OSError):  # a full disk does not keep a run from its work
            os.ftruncate(self._handle, 0)
            os.write(self._handle, json.dumps(owner).encode())


def check_free(folder: Path) -> None:
    """Raise FolderBusyError if a run is at work in `folder`; nothing is made or taken."""
    try:
        handle = os.open(folder / NAME, os.O_RDWR)
    except OSError:
        return
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _BUSY:
            raise FolderBusyError(str(folder), _read_owner(handle)) from error
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """Take the lock, or raise OSError at once; a disk without locks has none to take."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.ENOLCK, errno.ENOTSUP}:
                raise


def _read_owner(handle: int) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        os.lseek(handle, 0, os.SEEK_SET)
        owner = json.loads(os.read(handle, 4096))
        begin = datetime.fromisoformat(owner["begin"])
        since = f"{dutch.format_date(begin.date())} {dutch.format_time(begin.time())}"
        return f", sinds {since} op {owner['computer']} (proces {owner['proces']})"
    return ""
