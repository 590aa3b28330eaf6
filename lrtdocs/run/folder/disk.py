"""The few things a run asks of the disk, in one place, so that tests can let each of them fail.

Thin names for system calls; all of them raise OSError.
"""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY
LOCK = os.O_RDWR | os.O_CREAT
_NO_SUCH_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}


def make_folder(folder: Path) -> None:
    """Make `folder` and the folders above it, where they are not there."""
    folder.mkdir(parents=True, exist_ok=True)


def names(folder: Path) -> list[str]:
    """Return the names of what is in `folder`."""
    return os.listdir(folder)  # noqa: PTH208 - names are enough, and there may be 40.000


def open_file(path: Path, flags: int) -> int:
    """Open `path` for one of `NEW`, `APPEND` and `LOCK`, and return its handle."""
    return os.open(path, flags, 0o666)


def write(handle: int, data: bytes) -> None:
    """Write all of `data`."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync(handle: int) -> None:
    """Let what was written reach the disk itself."""
    os.fsync(handle)


def close(handle: int) -> None:
    """Close `handle`; it is closed also when this tells that writing had failed."""
    os.close(handle)


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at `path`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace(source: Path, target: Path) -> None:
    """Give `source` the name `target` in one step, whatever had that name."""
    source.replace(target)


def remove(path: Path) -> None:
    """Remove `path`, if it is there."""
    path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Let new names in `folder` reach the disk, where system and file system know how to."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_SYNC:
            raise
