"""The few things a run asks of the disk, in one place, so that tests can let each of them fail."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY


class Disk:
    """Thin names for system calls; all of them raise OSError."""

    def make_folder(self, folder: Path) -> None:
        """Make `folder` and the folders above it, where they are not there."""
        folder.mkdir(parents=True, exist_ok=True)

    def names(self, folder: Path) -> list[str]:
        """Return the names of what is in `folder`."""
        return os.listdir(folder)  # noqa: PTH208 - names are enough, and there may be 40.000

    def create(self, path: Path) -> int:
        """Open a file that is not there yet, and return its handle."""
        return os.open(path, _NEW, 0o666)

    def append(self, path: Path) -> int:
        """Open `path` to add to its end, and return its handle."""
        return os.open(path, _APPEND, 0o666)

    def open_lock(self, path: Path) -> int:
        """Open `path` to lock it, and return its handle."""
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)

    def write(self, handle: int, data: bytes) -> None:
        """Write all of `data`."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:
        """Let what was written reach the disk itself."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close `handle`; it is closed also when this tells that writing had failed."""
        os.close(handle)

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of the file at `path`."""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target` in one step, whatever had that name."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove `path`, if it is there."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Let new names in `folder` reach the disk, where a system knows how to."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
