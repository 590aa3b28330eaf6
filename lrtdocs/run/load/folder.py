"""What there is in a folder: which of its files are meetings and mailings, and what they are of.

Only the first lines of each are asked; what is wrong in a file is told where it is opened.
"""

from __future__ import annotations

import glob
import os
import stat
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.errors import LrtdocsError
from lrtdocs.messages import FaultError
from lrtdocs.run.load.model import kind_of_file, model_of, parse_file
from lrtdocs.source.files import HUISSTIJL
from lrtdocs.source.yaml.edit import data_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH, MOST = 4, 5_000
"""So many folders deep, and so many files at most, a folder is gone through."""
PAPERS = {".docx", ".pdf", ".html", ".ics", ".eml"}
_YAML = {".yaml", ".yml"}


class Listed(NamedTuple):
    """A file that people write: its kind, what it is called in itself, and its day.

    `name` is that of its meeting, or the subject of its letters; "" if it does not say so.
    `adopted` is the day on which its minutes were.
    """

    path: Path
    kind: str
    name: str
    day: date | None = None
    adopted: date | None = None


class FolderList(NamedTuple):
    """The `meetings`, the newest first, and the `mailings` in a folder.

    `unread` are the YAML files that are neither, or cannot be read; `whole` is false when there is
    more in the folder than is looked at.
    """

    meetings: list[Listed]
    mailings: list[Listed]
    unread: list[Path]
    whole: bool = True


class Made(NamedTuple):
    """A file that was made of another: when it was written, and whether that was before it."""

    path: Path
    moment: datetime
    old: bool


def made_of(path: Path) -> list[Made]:
    """Return the papers beside `path` that are called after it, the newest first."""
    changed = path.stat().st_mtime
    found = [
        Made(one, datetime.fromtimestamp(at, tz=UTC).astimezone(), at < changed)
        for one in path.parent.glob(f"{glob.escape(path.stem)}-*")
        if one.suffix.lower() in PAPERS and _is_plain(one) and (at := one.stat().st_mtime)
    ]
    return sorted(found, key=lambda one: one.moment, reverse=True)


def find_in(folder: Path) -> list[Path]:
    """Return the files in `folder` and below it, but no hidden ones and no links."""
    return [path for path, _ in zip(_walk(folder), range(MOST), strict=False)]


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        at = Path(root)
        deep = len(at.relative_to(folder).parts)
        folders[:] = sorted(one for one in folders if not one.startswith(".") and deep < DEPTH)
        yield from (
            at / name
            for name in sorted(files)
            if not name.startswith((".", "~$")) and _is_plain(at / name)
        )


def _is_plain(path: Path) -> bool:
    """Tell whether `path` is a file itself: no link to elsewhere, no pipe that never ends."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def list_in(folder: Path) -> FolderList:
    """Return what there is in `folder`."""
    paths = find_in(folder)
    found = FolderList([], [], [], len(paths) < MOST)
    for path in paths:
        if path.suffix.lower() not in _YAML or path.name == HUISSTIJL:
            continue
        listed = read_listed(path)
        if listed is None:
            found.unread.append(path)
        elif listed.kind == "vergadering":
            found.meetings.append(listed)
        elif listed.kind == "mailing":
            found.mailings.append(listed)
    for each in (found.meetings, found.mailings):
        each.sort(key=lambda one: (one.day or date.min, one.path.name), reverse=True)
    return found


def read_listed(path: Path) -> Listed | None:
    """Return what the file at `path` is; None for one that is neither, or cannot be read."""
    try:
        now = path.stat()
    except OSError:
        return None
    return _read_as(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=MOST)
def _read_as(path: Path, _changed: int, _size: int) -> Listed | None:
    """Return what `path` is, as it was when it was `_changed` last."""
    try:
        data = data_of(parse_file(path)[0])
        kind = kind_of_file(path)
    except LrtdocsError:
        return None
    if not isinstance(data, dict):
        return None
    if not model_of(kind).model_fields.keys() & {key.lower() for key in data}:
        return None  # a file of something else
    texts = {key.lower(): value for key, value in data.items() if isinstance(value, str)}
    name = texts.get("overleg" if kind == "vergadering" else "betreft", "")
    day = _day(texts.get("datum" if kind == "vergadering" else "dagtekening", ""))
    return Listed(path, kind, name, day, _day(texts.get("vastgesteld", "")))


def _day(text: str) -> date | None:
    try:
        return dutch.parse_date(text)
    except FaultError:
        return None
