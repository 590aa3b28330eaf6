"""The folder of a run: which letters are there and right, and how new ones come into it.

A batch goes to disk in three steps: every file under a temporary name and down to the disk, then
every rename and the folder, and only then the lines of the manifest. So a name in the folder always
stands for a whole file, and a line in the manifest for a file that survives a power cut.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.names import is_edited
from lrtdocs.run.folder.write import (
    OWNERS,
    TEMPORARY,
    PendingFile,
    explain,
    owner_names,
)
from lrtdocs.source.files import exists

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data`, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


class Folder:
    """A folder that a run writes into; one at a time, see `lock`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: set[str] = set()

    def sweep(self) -> None:
        """Remove what a killed run left half done, and see which letters are open in Word."""
        for name in disk.names(self.path):
            if name.startswith(TEMPORARY) and name.endswith(".tmp"):
                with contextlib.suppress(OSError):  # it is in nobody's way
                    disk.remove(self.path / name)
            elif name.startswith(OWNERS):
                self._held.add(name)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file `name`, or "" if it cannot be read."""
        try:
            return disk.digest(self.path / name)
        except OSError:
            return ""

    def read(self, name: str) -> bytes | list[Problem]:
        """Return the bytes of the file `name`, or why they cannot be read."""
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            place = Place(str(self.path / name))
            return [messages.problem("LRT708.lezen", place, reason=messages.system_reason(error))]

    def has(self, name: str) -> bool:
        """Tell whether there is a file `name`."""
        return exists(self.path / name)

    def is_edited(self, name: str, known: Sequence[str]) -> bool:
        """Tell whether somebody changed the Word document `name`, or may have.

        `known` are the digests of what lrtdocs may have written there.
        """
        return self.digest(name) not in known and is_edited(self.path / name, known=bool(known))

    # --- writing

    def write(
        self, files: Mapping[str, bytes], keep: Container[str] = ()
    ) -> tuple[dict[str, Problem | None], list[Problem]]:
        """Write `files` whole; return by name None, or why it is not there (then nothing changed).

        Files that somebody edited, the names in `keep`, go on under another name; which, is told by
        the problems that are also returned. All are on the disk itself when this returns.
        """
        pending = {
            name: PendingFile(self.path / name, [data], keep=name in keep)
            for name, data in files.items()
        }
        problems = {name: self._find_held(name) for name in files}
        try:
            for step in (PendingFile.write, PendingFile.sync, PendingFile.rename):
                for name, file in pending.items():
                    problems[name] = problems[name] or _try(step, file)
            disk.sync_folder(self.path)
        except OSError as error:
            for name, file in pending.items():
                problems[name] = problems[name] or explain(file.path, error, letter=True)
        finally:
            for file in pending.values():
                file.clear()
        return problems, [told for file in pending.values() for told in file.tell_kept()]

    def _find_held(self, name: str) -> Problem | None:
        for owner in owner_names(name) if self._held else ():
            if owner in self._held:
                return messages.problem("LRT708.open", Place(str(self.path / name)), owner=owner)
        return None


def _try(step: Callable[[PendingFile], None], file: PendingFile) -> Problem | None:
    """Take a `step` with `file`; return why that could not be done, or None."""
    try:
        step(file)
    except (OSError, UnicodeEncodeError) as error:
        held = isinstance(error, PermissionError) and step is PendingFile.rename
        if held and exists(file.path):  # so Windows tells of a file that is held
            return messages.problem("LRT708.vast", Place(str(file.path)))
        return explain(file.path, error, letter=True)
    return None
