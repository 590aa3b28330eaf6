"""Files followed while people edit them elsewhere: told when the paper of one may be another."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.source.files import find_huisstijl, template_folders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

_ENDINGS = {
    *(".yaml", ".yml", ".docx", ".dotx", ".xlsx", ".csv"),
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".bmp", ".tif", ".tiff", ".webp"),
}
"""What a paper is made of; a PDF beside it is made of the paper."""
_MOST_FOLDERS = 50
_PAUSE = 80
"""Milliseconds in which what is changed is one change: editors write a file in several steps."""


def watch_files(path: Path, stop: Event) -> Iterator[None]:
    """Yield each time that the file at `path`, or what its paper is made of, was changed.

    That is: a file in its folder or one right below that, its house style, a template. It ends when
    `stop` is set.
    """
    from watchfiles import watch

    folders = list(islice(dict.fromkeys(_folders(path.resolve())), _MOST_FOLDERS))
    changes = watch(
        *folders,
        watch_filter=lambda _change, name: Path(name).suffix.lower() in _ENDINGS,
        debounce=_PAUSE,
        step=_PAUSE // 4,
        stop_event=stop,
        recursive=False,
        rust_timeout=250,
        raise_interrupt=False,
    )
    for _ in changes:
        yield


def _folders(path: Path) -> Iterator[Path]:
    yield path.parent
    yield find_huisstijl(path).resolve().parent
    yield from filter(Path.is_dir, template_folders(path))
    try:
        yield from (one for one in sorted(path.parent.iterdir()) if _is_seen(one))
    except OSError:  # a folder that may not be listed: its files are still followed
        return


def _is_seen(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
