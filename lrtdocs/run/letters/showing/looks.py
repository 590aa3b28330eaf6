"""What was found out about mailings, kept as long as no file changes that goes into the letters."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from lrtdocs.clock import today
from lrtdocs.errors import LrtdocsError
from lrtdocs.run.documents.make import template_path
from lrtdocs.run.letters.reviewing.approval import approval_path, list_files, template_name
from lrtdocs.run.load.mailing import load_mailing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path


MOST_KEPT = 8
_HOUSE, _TEMPLATES = "huisstijl.yaml", "sjablonen"
_Any = TypeVar("_Any")
_Stamp = tuple[tuple["Path", int, int], ...]


class _Found(NamedTuple):
    day: str
    stamp: _Stamp
    value: Any


class Kept:
    """What was found out about mailings, by what it is; for as many threads as there are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Path], _Found] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, what: str, path: Path) -> Any:
        """Return `what` is known of the mailing at `path`, or None if that may be otherwise now."""
        with self._lock:
            found = self._kept.get((what, path))
        if found is None or found.day != today().isoformat():
            return None
        return found.value if _stamp(one for one, *_ in found.stamp) == found.stamp else None

    def get(
        self, what: str, path: Path, make: Callable[[], _Any], also: Sequence[Path] = ()
    ) -> _Any:
        """Return `what` is known of the mailing at `path`, or what `make` finds now.

        It depends on what goes into the letters, and on the files in `also`. Raises what `make`
        raises, also when that is known.
        """
        value = self.known(what, path)
        if value is None:
            watched = _watched(path)
            watched += also if watched else []
            stamp, value = _stamp(watched), _try(make)
            if watched:
                self._keep(what, path, _Found(today().isoformat(), stamp, value))
        if isinstance(value, LrtdocsError):
            raise type(value)(*value.args)
        return cast("_Any", value)

    def _keep(self, what: str, path: Path, found: _Found) -> None:
        with self._lock:
            self._kept[what, path] = found
            self._kept.move_to_end((what, path))
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _try(make: Callable[[], _Any]) -> _Any | LrtdocsError:
    """Return what `make` finds, or why it finds nothing: that is kept too."""
    try:
        return make()
    except LrtdocsError as error:
        return error


def _watched(path: Path) -> list[Path]:
    """Return the files and folders by which it is seen that something changed; [] if unknown."""
    with suppress(LrtdocsError, OSError):
        loaded, _ = load_mailing(path)
        if loaded is None:
            return []
        template = template_path(template_name(loaded), loaded.path)
        files = [file.path for file in list_files(loaded, template)]
        around = [
            each / name for each in path.resolve().parents[:4] for name in (_HOUSE, _TEMPLATES)
        ]
        return [path, *files, approval_path(path), *around]
    return []


def _stamp(paths: Iterable[Path]) -> _Stamp:
    return tuple(map(_seen, paths))


def _seen(path: Path) -> tuple[Path, int, int]:
    with suppress(OSError):
        found = path.stat()
        return path, found.st_mtime_ns, found.st_size
    return path, 0, 0
