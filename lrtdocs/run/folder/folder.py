"""The folder of a run: which letters are there and right, and how new ones come into it.

A batch goes to disk in three steps: every file under a temporary name and down to the disk, then
every rename and the folder, and only then the lines of the manifest. So a name in the folder always
stands for a whole file, and a line in the manifest for a file that survives a power cut.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, system_reason
from lrtdocs.run.folder.disk import Disk
from lrtdocs.run.folder.plan import is_edited, is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TEMPORARY = ".lrtdocs-"
_EDITED = (
    "Deze brief is bewerkt nadat lrtdocs hem maakte. Hij blijft zoals hij is.",
    "Kies met -o een andere map, of vervang de brief met --overschrijf.",
)
_AGAIN = "geef dezelfde opdracht nog eens: dan wordt alleen deze brief gemaakt."
_OPEN = (
    "Dit bestand staat open in Word, of een ander programma houdt het vast.",
    f"Sluit het bestand en {_AGAIN}",
)
_HELD = (
    _OPEN[0],
    f"Sluit het bestand en {_AGAIN} Staat het nergens open, haal dan eerst '{{}}' weg.",
)
_NO_RIGHTS = ("In deze map mag u niet schrijven.", "Kies een andere map met -o.")
_REASONS = {
    errno.ENOSPC: (
        "De schijf is vol.",
        "Maak ruimte en geef dezelfde opdracht nog eens: die gaat verder waar het misging.",
    ),
    errno.EDQUOT: (
        "Uw deel van de schijf is vol.",
        "Maak ruimte en geef dezelfde opdracht nog eens: die gaat verder waar het misging.",
    ),
    errno.EROFS: _NO_RIGHTS,
    errno.ENAMETOOLONG: ("De naam van dit bestand is te lang.", "Kies met -o een kortere map."),
    errno.EMFILE: (
        "Er staan te veel bestanden open.",
        "Sluit andere programma's en geef dezelfde opdracht nog eens.",
    ),
    errno.EISDIR: ("Er is al een map die zo heet.", "Geef die map een andere naam."),
}
_ENCODING = (
    "Dit systeem kent niet alle letters in de naam van dit bestand.",
    "Haal de instelling PYTHONUTF8 weg, of kies in 'bestandsnaam' woorden zonder zulke letters.",
)
_OTHER = (
    "Dit bestand is niet te schrijven.",
    "Kijk of de schijf of netwerkmap bereikbaar is, en geef dezelfde opdracht nog eens.",
)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write: its name in the folder and its bytes."""

    name: str
    data: bytes


@dataclass(slots=True)
class _Parcel:
    """A file on its way: where it lies under a temporary name, and why it does not get there."""

    file: NewFile
    problem: Problem | None
    beside: Path | None = None
    handle: int = -1


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data`, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


def owner_names(name: str) -> tuple[str, str]:
    """Return the names of the files that Word and LibreOffice keep beside `name` while it is open.

    Word writes `~$` over the first letters: none of a name up to six, one of seven, two of more.
    """
    stem = len(name.rpartition(".")[0])
    return f"~${name[min(2, max(0, stem - 6)) :]}", f".~lock.{name}#"


class Folder:
    """A folder that a run writes into; one at a time, see `lock`."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self.path, self.disk = path, disk or Disk()
        self._held: set[str] = set()
        self._count = 0

    def sweep(self) -> None:
        """Remove what a killed run left half done, and see which letters are open in Word."""
        for name in self.disk.names(self.path):
            if name.startswith(TEMPORARY) and name.endswith(".tmp"):
                with contextlib.suppress(OSError):  # it is in nobody's way
                    self.disk.remove(self.path / name)
            elif name.startswith(("~$", ".~lock.")):
                self._held.add(name)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file `name`, or "" if it cannot be read."""
        try:
            return self.disk.digest(self.path / name)
        except OSError:
            return ""

    def read(self, name: str) -> bytes | list[Problem]:
        """Return the bytes of the file `name`, or why they cannot be read."""
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            told = f"Dit bestand is niet te lezen ({system_reason(error)})."
            return [self._problem(name, told, f"Sluit het bestand en {_AGAIN}")]

    def has(self, name: str) -> bool:
        """Tell whether there is a file `name`."""
        return (self.path / name).exists()

    def find_edited(self, name: str, known: Sequence[str]) -> Problem | None:
        """Return a problem if `name` is a Word document that somebody changed.

        `known` are the digests of what lrtdocs may have written there. Without any, a document is
        taken for somebody else's when lrtdocs did not sign it; half a file is nobody's.
        """
        path = self.path / name
        if not path.exists() or self.digest(name) in known:
            return None
        if not (is_whole(path) if known else is_edited(path)):
            return None
        return Problem("LRT707", Place(str(path)), _EDITED[0], remedy=_EDITED[1])

    # --- writing

    def write(self, files: Sequence[NewFile]) -> list[Problem | None]:
        """Write `files` whole; return for each None, or why it is not there (then nothing changed).

        All of them are on the disk itself when this returns.
        """
        parcels = [_Parcel(file, self._find_held(file.name)) for file in files]
        try:
            for step in (self._write_beside, self._close, self._rename):
                for parcel in parcels:
                    self._try(step, parcel)
            self._sync_folder(parcels)
        finally:
            for parcel in parcels:
                self._clear(parcel)
        return [parcel.problem for parcel in parcels]

    def _find_held(self, name: str) -> Problem | None:
        for owner in owner_names(name) if self._held else ():
            if owner in self._held:
                return self._problem(name, _HELD[0], _HELD[1].format(owner))
        return None

    def _try(self, step: Callable[[_Parcel], None], parcel: _Parcel) -> None:
        if parcel.problem is None:
            try:
                step(parcel)
            except OSError as error:
                parcel.problem = self._explain(parcel.file.name, error)
            except UnicodeEncodeError:
                parcel.problem = self._problem(parcel.file.name, *_ENCODING)

    def _write_beside(self, parcel: _Parcel) -> None:
        """Write the file under a name that no other file has, and leave it open."""
        while parcel.handle < 0:
            self._count += 1
            parcel.beside = self.path / f"{TEMPORARY}{self._count}.tmp"
            with contextlib.suppress(FileExistsError):
                parcel.handle = self.disk.create(parcel.beside)
        self.disk.write(parcel.handle, parcel.file.data)

    def _close(self, parcel: _Parcel) -> None:
        self.disk.sync(parcel.handle)
        handle, parcel.handle = parcel.handle, -1
        self.disk.close(handle)

    def _rename(self, parcel: _Parcel) -> None:
        if parcel.beside is None:
            return
        target = self.path / parcel.file.name
        try:
            self.disk.replace(parcel.beside, target)
        except PermissionError:
            told = _OPEN if target.exists() else _NO_RIGHTS
            parcel.problem = self._problem(parcel.file.name, *told)
        else:
            parcel.beside = None

    def _sync_folder(self, parcels: Sequence[_Parcel]) -> None:
        try:
            self.disk.sync_folder(self.path)
        except OSError as error:
            if error.errno in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
                return  # a file system that knows no such thing
            for parcel in parcels:
                parcel.problem = parcel.problem or self._explain(parcel.file.name, error)

    def _clear(self, parcel: _Parcel) -> None:
        """Leave nothing open or half done; what cannot be removed, the next run sweeps."""
        if parcel.handle >= 0:
            with contextlib.suppress(OSError):
                self.disk.close(parcel.handle)
        if parcel.beside is not None:
            with contextlib.suppress(OSError):
                self.disk.remove(parcel.beside)

    def _explain(self, name: str, error: OSError) -> Problem:
        if isinstance(error, PermissionError):
            return self._problem(name, *_NO_RIGHTS)
        return self._problem(name, *_REASONS.get(error.errno or 0, _OTHER))

    def _problem(self, name: str, message: str, remedy: str) -> Problem:
        return Problem("LRT708", Place(str(self.path / name)), message, remedy=remedy)
