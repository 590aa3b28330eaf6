"""The desk: what one running page has at hand, and all that its requests share.

The folder and the files in it, the jobs that are at work there, the secret of the link, what is
told once. Requests run side by side, in threads, so what changes here stands behind a lock.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections import OrderedDict
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.web.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lrtdocs.api import Looks, Viewer
    from lrtdocs.errors import Problem

_MOST_TOLD = 50
MOST_PICTURES = 300
"""So many pages can be seen at once; a page takes some 100 KB."""
MOST_UPLOADS = 5
"""So many files of a kind wait until somebody says what to do with them."""
_TOKEN = re.compile("[0-9a-f]{32}")
Shared = TypeVar("Shared")


class NotThereError(FileProblemError):
    """Something that a page asks for and that is not there (any more)."""


class Told(NamedTuple):
    """What is told once, on the page after the one where it happened."""

    text: str
    problems: Sequence[Problem] = ()
    files: Sequence[Path] = ()


class Files:
    """The files that a page may ask for, by a name that says nothing of where they are.

    A path never comes from the browser: what is not in this table is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._paths = folder, dict[str, Path]()
        self._lock = threading.Lock()

    def id_of(self, path: Path) -> str:
        """Return the name of `path`, a file in the folder, for in an address; it stays the same."""
        inside = path.resolve().relative_to(self._folder.resolve())
        name = hashlib.blake2b(inside.as_posix().encode(), digest_size=8).hexdigest()
        with self._lock:
            self._paths[name] = path
        return name

    def path_of(self, name: str) -> Path:
        """Return the file called `name`; raise NotThereError if there is none in the folder."""
        with self._lock:
            path = self._paths.get(name)
        if path is None:
            path = self._seek(name)
        if path is None or not path.is_file() or not self._is_inside(path):
            raise NotThereError(messages.problem("LRT903", Place("")))
        return path

    def _seek(self, name: str) -> Path | None:
        """Return the file of an address that is older than this desk."""
        from lrtdocs.api import find_files

        for found in find_files(self._folder):
            if self.id_of(found) == name:
                return found
        return None

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._folder.resolve())


class Pictures:
    """The newest pictures of pages, by the digest of what they show: in memory, never on disk."""

    def __init__(self, most: int = MOST_PICTURES) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, png: bytes) -> str:
        """Keep a picture, and return its digest; the oldest goes when there are too many."""
        digest = hashlib.blake2b(png, digest_size=16).hexdigest()
        with self._lock:
            self._kept[digest] = png
            self._kept.move_to_end(digest)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return digest

    def find(self, digest: str) -> bytes | None:
        """Return the picture with this digest, or None if it is not kept any more."""
        with self._lock:
            return self._kept.get(digest)


class Uploads:
    """What was sent and waits until somebody says what to do with it, under names of our own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes, suffix: str = "") -> str:
        """Keep `data` as a file that ends in `suffix`; return the token by which it is found.

        What nobody came back for goes when there is too much of it.
        """
        token = secrets.token_hex(16)
        (self._folder / f"{token}{suffix}").write_bytes(data)
        names = re.compile(f"{_TOKEN.pattern}{re.escape(suffix)}")
        kept = [path for path in self._folder.iterdir() if names.fullmatch(path.name)]
        for path in sorted(kept, key=lambda path: path.stat().st_mtime_ns)[:-MOST_UPLOADS]:
            path.unlink(missing_ok=True)
        return token

    def find(self, token: str, suffix: str = "") -> Path | None:
        """Return the file under `token`, which comes from a browser; None if there is none."""
        path = self._folder / f"{token}{suffix}"
        return path if _TOKEN.fullmatch(token) and path.is_file() else None


class Desk:
    """What one running page works with, in one `folder`; closed when the page stops."""

    def __init__(self, folder: Path, port: int, secret: str = "") -> None:
        self.folder, self.port = folder.resolve(), port
        self.secret = secret or secrets.token_urlsafe(24)
        self.files, self.pictures = Files(self.folder), Pictures()
        self.jobs = Jobs()
        self._shared: dict[str, Any] = {}
        self._told: OrderedDict[str, Told] = OrderedDict()
        self._viewer: Viewer | None = None
        self._lock = threading.Lock()
        self._closing = ExitStack()
        self.scratch = Path(self._closing.enter_context(TemporaryDirectory(prefix="lrtdocs-web-")))
        """A folder for what was uploaded and is not in use yet; it goes when the page stops."""
        self.uploads = Uploads(self.scratch)
        self.on_close(self.jobs.close)

    @cached_property
    def looks(self) -> Looks:
        """What was found out about the mailings in the folder."""
        from lrtdocs.api import Looks  # not before there is a mailing to look at

        return Looks()

    @property
    def link(self) -> str:
        """The link that opens the page: whoever has it, may use it."""
        return f"http://127.0.0.1:{self.port}/?sleutel={self.secret}"

    @property
    def viewer(self) -> Viewer:
        """What makes pictures of papers; it keeps a LibreOffice running once it is asked."""
        with self._lock:
            if self._viewer is None:
                from lrtdocs.api import Viewer  # not before the first page is there

                self._viewer = Viewer()
                self._closing.callback(self._viewer.close)
            return self._viewer

    @viewer.setter
    def viewer(self, viewer: Viewer) -> None:
        self._viewer = viewer

    def shared(self, name: str, make: Callable[[], Shared]) -> Shared:
        """Return what requests share under `name`, which `make` makes for the first of them."""
        with self._lock:
            if name not in self._shared:
                self._shared[name] = make()
            return cast("Shared", self._shared[name])

    def tell(self, told: Told) -> str:
        """Keep what the next page tells; return the name by which it finds that."""
        name = secrets.token_urlsafe(8)
        with self._lock:
            self._told[name] = told
            while len(self._told) > _MOST_TOLD:
                self._told.popitem(last=False)
        return name

    def told(self, name: str) -> Told | None:
        """Return what is told under `name`, the first time that this is asked."""
        with self._lock:
            return self._told.pop(name, None)

    def on_close(self, close: Callable[[], object]) -> None:
        """Call `close` when the page stops."""
        self._closing.callback(close)

    def close(self) -> None:
        """Stop all that runs, and clear what was uploaded."""
        self._closing.close()
