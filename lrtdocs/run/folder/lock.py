"""One run in a folder at a time: a lock that the system itself lets go when its owner dies.

The lock is the system's; what stands in the file (process, machine, start) is for the message to
whoever comes second. A file that a killed run left behind locks nothing. The library filelock would
do less: it empties the file of who holds the lock, and leaves it in the folder.
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

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, UsageError
from lrtdocs.run.folder import disk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".lrtdocs.lock"
_PAUSE = 0.02
_FAR = 1 << 30  # the byte that is locked on Windows: beyond the text, which stays readable
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@contextlib.contextmanager
def lock_folder(
    folder: Path, name: str = NAME, told: str = "LRT730", patience: float = 0.0
) -> Iterator[None]:
    """Hold `folder` for this process in a context; raise UsageError if another run holds it.

    Work that goes by another `name` has a lock of its own. It waits for `patience` seconds, and
    then is `told` what the matter is.
    """
    path = folder / name
    handle = _take(path, told, time.monotonic() + patience)
    _sign(handle)
    try:
        yield
    finally:
        if sys.platform == "win32":
            os.close(handle)
        with contextlib.suppress(OSError):
            disk.remove(path)
        if sys.platform != "win32":
            os.close(handle)


def _take(path: Path, told: str, end: float) -> int:
    """Return a handle of the lock file, locked and the one that is there now; wait until `end`."""
    while True:
        handle = disk.open_file(path, disk.LOCK)
        try:
            if not _try_lock(handle):
                if time.monotonic() >= end:
                    folder, who = Place(str(path.parent)), _read_owner(handle)
                    raise UsageError(messages.problem(told, folder, who=who))
                time.sleep(_PAUSE)
            elif os.path.samestat(os.fstat(handle), path.stat()):
                return handle
            # else its owner removed it while we waited
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _sign(handle: int) -> None:
    start = datetime.now().astimezone().isoformat(timespec="seconds")
    owner = {"proces": os.getpid(), "computer": socket.gethostname(), "begin": start}
    with contextlib.suppress(OSError):  # a full disk does not keep a run from its work
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(owner).encode())


def _try_lock(handle: int) -> bool:
    """Take the lock, if nobody has it; a disk without locks has none to take."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        if error.errno not in {errno.ENOLCK, errno.ENOTSUP}:
            raise
    return True


def _read_owner(handle: int) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        os.lseek(handle, 0, os.SEEK_SET)
        owner = json.loads(os.read(handle, 4096))
        begin = datetime.fromisoformat(owner["begin"])
        since = f"{dutch.format_date(begin.date())} {dutch.format_time(begin.time())}"
        return f", sinds {since} op {owner['computer']} (proces {owner['proces']})"
    return ""
