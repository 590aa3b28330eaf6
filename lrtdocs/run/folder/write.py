"""The one way in which files come on disk: whole and down to the disk itself, or not at all.

New bytes go beside the file, under a temporary name, are flushed to the disk, and take its name in
one step. A file that somebody has open in Word or LibreOffice is not replaced under their hands.
"""

from __future__ import annotations

import contextlib
import errno
import re
import zipfile
from itertools import chain, count
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, Problem
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.lock import lock_folder
from lrtdocs.source.files import exists, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

TEMPORARY = ".lrtdocs-"
_KEPT = "oud"
_CHANGING, _PATIENCE = ".lrtdocs-wijzigen.lock", 10.0
"""The lock of whoever changes a file by what it read there, and how long others wait for it."""
OWNERS = ("~$", ".~lock.")
"""How the names begin of what Word and LibreOffice keep beside a file while it is open."""
_SOMETHING = 1000
"""So many bytes can hold what somebody wrote."""
_NUMBERS = count(1)  # a number is used once a process: a batch would try those of its other files
_NO_RIGHTS = ("LRT001.rechten", "LRT708.rechten")
_NO_FOLDER = ("LRT001.pad", "LRT708.anders")
_OTHER = ("LRT001.anders", "LRT708.anders")
_REFUSED = {
    errno.ENOSPC: ("LRT001.vol", "LRT708.vol"),
    errno.EDQUOT: ("LRT001.quotum", "LRT708.quotum"),
    errno.EACCES: _NO_RIGHTS,
    errno.EPERM: _NO_RIGHTS,
    errno.EROFS: _NO_RIGHTS,
    errno.ENAMETOOLONG: ("LRT001.lang", "LRT708.lang"),
    errno.EISDIR: ("LRT001.map", "LRT708.map"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EMFILE: ("LRT001.veel-open", "LRT708.veel-open"),
}
"""What is told when the system refuses: of a document by itself, and of a letter of a run."""


def owner_names(name: str) -> tuple[str, str]:
    """Return the names of the files that Word and LibreOffice keep beside `name` while it is open.

    Word writes `~$` over the first letters: none of a name up to six, one of seven, two of more.
    """
    stem = len(name.rpartition(".")[0])
    return f"~${name[min(2, max(0, stem - 6)) :]}", f".~lock.{name}#"


def explain(path: Path, error: OSError | UnicodeEncodeError, *, letter: bool = False) -> Problem:
    """Return in Dutch why `path`, a `letter` of a run or a document, cannot be written."""
    if isinstance(error, OSError):
        keys = _REFUSED.get(error.errno or 0, _OTHER)
    else:
        keys = ("LRT001.tekens", "LRT708.tekens")
    return messages.problem(keys[letter], Place(str(path)))


class PendingFile:
    """`pieces` on their way to `path`: first `write`, then `sync`, then `rename`, `clear` always.

    In steps, because a batch goes faster when all its files take each step together. They raise
    OSError, or UnicodeEncodeError for a name that the system has no letters for. `beside` is the
    path under the temporary name, where somebody else may write the bytes between the first two.
    With `keep` the file that is replaced is not lost: after that it is called `kept`. Nor is one
    that cannot be opened any more: nobody knows whose work is in it.
    """

    def __init__(self, path: Path, pieces: Iterable[bytes] = (), *, keep: bool = False) -> None:
        self.path, self._pieces, self._keep = path, pieces, "LRT001.oud" if keep else ""
        self.beside = path
        self.kept: Path | None = None
        self._handle = -1

    def write(self) -> None:
        """Write the pieces under a name that no other file has, and leave it open."""
        while self._handle < 0:
            beside = self.path.with_name(f"{TEMPORARY}{next(_NUMBERS)}.tmp")
            with contextlib.suppress(FileExistsError):
                self._handle = disk.open_file(beside, disk.NEW)
                self.beside = beside
        for piece in self._pieces:
            disk.write(self._handle, piece)

    def sync(self) -> None:
        """Let what was written reach the disk itself."""
        disk.sync(self._handle)
        handle, self._handle = self._handle, -1
        disk.close(handle)

    def rename(self, path: Path | None = None) -> None:
        """Give the file its name, or that of `path`, whatever had that name."""
        if path is None and _is_damaged(self.path):
            self._keep = "LRT001.oud-stuk"
        if self._keep and path is None:
            self.kept = _free_name(self.path, _KEPT)
            disk.replace(self.path, self.kept)
        try:
            disk.replace(self.beside, path or self.path)
        except OSError:
            if self.kept:
                disk.replace(self.kept, self.path)
            raise
        self.beside = self.path

    def tell_kept(self) -> list[Problem]:
        """Return what to tell of the file that was replaced, if that was kept."""
        if self.kept is None:
            return []
        return [messages.problem(self._keep, Place(str(self.path)), None, name=self.kept.name)]

    def keep_rights(self) -> None:
        """Give the file the rights of the one that it replaces, if there is one."""
        if exists(self.path):
            self.beside.chmod(self.path.stat().st_mode & 0o777)

    def clear(self) -> None:
        """Leave nothing open or half done; what cannot be removed, the next run sweeps."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                disk.close(self._handle)
        if self.beside != self.path:
            with contextlib.suppress(OSError):
                disk.remove(self.beside)


@contextlib.contextmanager
def replacing(path: Path, pieces: Iterable[bytes] = ()) -> Iterator[PendingFile]:
    """Write `pieces` to `path`, whole or not at all: it takes that name after this context.

    Raises OSError, with what was there as it was, if that cannot be done.
    """
    pending = PendingFile(path, pieces)
    try:
        pending.write()
        yield pending
        pending.sync()
        pending.rename()
    finally:
        pending.clear()
    disk.sync_folder(path.parent)


def write_atomic(path: Path, data: bytes, *, keep: bool = False) -> list[Problem]:
    """Write `data` to `path`, whole or not at all; raise FileProblemError that says what to do.

    If the file is open in another program the new one is kept beside it, and the error names it.
    With `keep` the old one is kept under another name, and what is returned tells which.
    """
    pending = PendingFile(path, [data], keep=keep)
    try:
        disk.make_folder(path.parent)
        pending.write()
        pending.sync()
        pending.keep_rights()
        _take_name(pending)
    except (OSError, UnicodeEncodeError) as error:
        raise FileProblemError(explain(path, error)) from error
    finally:
        pending.clear()
    with contextlib.suppress(OSError):  # the file is there and whole, whatever this says
        disk.sync_folder(path.parent)
    return pending.tell_kept()


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
    """Be the only one, in this context, that reads what is at `path` and writes by what it read.

    So of two that save at once the second one sees what the first one wrote. Raises UsageError if
    somebody else is at it too long, FileProblemError for a folder that nobody can write in.
    """
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(lock_folder(path.parent, _CHANGING, "LRT910.bezig", _PATIENCE))
        except OSError as error:
            raise FileProblemError(explain(path, error)) from error
        yield


@contextlib.contextmanager
def changing_what_was(path: Path, seen: bytes) -> Iterator[None]:
    """Like `changing`; raise FileProblemError if what is at `path` is not what was `seen`."""
    with changing(path):
        if read_bytes(path) != seen:
            raise FileProblemError(messages.problem("LRT910.tussendoor", Place(str(path))))
        yield


def write_together(files: Mapping[Path, bytes], keep: Collection[Path] = ()) -> list[Problem]:
    """Write all of `files`, in their order, or leave them as they were; see `write_atomic`.

    Of those in `keep` the old one is kept; what is returned tells which. Raises FileProblemError.
    """
    before = {path: path.read_bytes() if exists(path) else None for path in files}
    told: list[Problem] = []
    done: list[Path] = []
    try:
        for path, data in files.items():
            told += write_atomic(path, data, keep=path in keep)
            done.append(path)
    except FileProblemError:
        for path in done:
            _put_back(path, before[path])
        raise
    return told


def _put_back(path: Path, data: bytes | None) -> None:
    """Let `path` be what it was: `data`, or nothing."""
    with contextlib.suppress(OSError, FileProblemError):
        if data is None:
            disk.remove(path)
        else:
            write_atomic(path, data)


def _is_damaged(path: Path) -> bool:
    """Tell whether `path` is most of a Word document, which no program can open."""
    if path.suffix.lower() != ".docx" or not path.exists():
        return False
    with contextlib.suppress(OSError), path.open("rb") as file:
        begin = file.read(_SOMETHING)
        is_some = begin.startswith(b"PK") and len(begin) == _SOMETHING
        return is_some and not zipfile.is_zipfile(path)
    return False


def is_kept(stem: str) -> bool:
    """Tell whether a file with this name, without suffix, was kept when it was replaced."""
    return re.fullmatch(rf".*-{_KEPT}\d*", stem) is not None


def _free_name(path: Path, word: str, first: str = "") -> Path:
    """Return the first name beside `path`, with `word` in it, that no other file has."""
    ends = chain([first], map(str, count(2)))
    names = (path.with_name(f"{path.stem}-{word}{end}{path.suffix}") for end in ends)
    return next(name for name in names if not exists(name))


def _take_name(pending: PendingFile) -> None:
    path = pending.path
    owner = next((name for name in owner_names(path.name) if exists(path.with_name(name))), "")
    try:
        if not (owner and exists(path)):
            pending.rename()
            return
    except PermissionError:  # so Windows tells of a file that is held
        if not exists(path):
            raise
    free = _free_name(path, "nieuw", "1")
    pending.rename(free)
    raise FileProblemError(messages.problem("LRT001.open", Place(str(path)), name=free.name))
