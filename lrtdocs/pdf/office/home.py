"""Temporary folders for LibreOffice, of which nothing is left, also when a run was killed.

A folder is locked as long as its owner lives: the system itself lets go of that. So the next run
can tell what another left from what is in use, and sweeps it, with the LibreOffice that may still
be at work there. That makes its sockets elsewhere, under names that follow from the folder.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "lrtdocs-"
_LOCK = ".in-gebruik"
_SOCKETS = ("/tmp", "/var/tmp")  # noqa: S108  where LibreOffice makes them, whatever TMPDIR says


class Home(tempfile.TemporaryDirectory[str]):
    """A folder that one program has for itself; its first one sweeps what killed runs left."""

    def __init__(self) -> None:
        sweep(tempfile.gettempdir())
        super().__init__(prefix=PREFIX, ignore_cleanup_errors=True)
        self.path = Path(self.name)
        self._handle = _claim(self.path)

    @property
    def profile(self) -> Path:
        """Where the profile of LibreOffice goes."""
        return _profile(self.path)

    def cleanup(self) -> None:
        """Take the folder away, with the sockets of the LibreOffice that ran there."""
        _remove_sockets(self.path)
        super().cleanup()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


@functools.lru_cache(maxsize=8)
def sweep(folder: str) -> None:
    """Remove from `folder` what runs of this user left that were killed."""
    for path in Path(folder).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), _holding_dead(path) as dead:
            if dead:
                _kill_programs(path)
                _remove_sockets(path)
                shutil.rmtree(path, ignore_errors=True)


def _profile(home: Path) -> Path:
    return home / "profiel"


def _claim(home: Path) -> int:
    """Lock `home` and return the handle that does so; -1 where that cannot be done.

    The file gets its name once it is locked: who sweeps never sees it free.
    """
    handle = os.open(home / "nieuw", os.O_RDWR | os.O_CREAT, 0o600)
    if not _lock(handle):
        os.close(handle)
        return -1
    (home / "nieuw").rename(home / _LOCK)
    return handle


@contextlib.contextmanager
def _holding_dead(home: Path) -> Iterator[bool]:
    """Tell whether the owner of `home` is surely dead; nobody else takes it in this context."""
    if sys.platform == "win32" or home.is_symlink() or home.stat().st_uid != os.geteuid():
        yield False
        return
    handle = os.open(home / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        yield _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    if sys.platform == "win32":  # a folder in use cannot be told from one that is left
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _kill_programs(home: Path) -> None:
    """Kill what still runs with `home` among its arguments, where the system tells of that."""
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if os.fsencode(home) in line.read_bytes():
                os.kill(int(line.parent.name), signal.SIGKILL)


def find_sockets(home: Path) -> list[Path]:
    """Return the pipe of the LibreOffice of `home`, and that by which it finds itself."""
    profile = _profile(home).absolute().as_uri()
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    names = (home.name, f"SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")
    folders = [Path(folder) for folder in _SOCKETS]
    return [each for at in folders for name in names for each in at.glob(f"OSL_PIPE_*_{name}")]


def _remove_sockets(home: Path) -> None:
    for path in find_sockets(home):
        with contextlib.suppress(OSError):
            path.unlink()
