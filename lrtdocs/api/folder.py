"""What there is in a folder: meetings, mailings, and what was made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.load.folder import FolderList, Listed, Made, find_in, list_in, made_of, read_listed

if TYPE_CHECKING:
    from pathlib import Path


def list_folder(folder: Path) -> FolderList:
    """Return the meetings and mailings in `folder`, the next meeting first."""
    return list_in(folder)


def list_file(path: Path) -> Listed | None:
    """Return what the file at `path` is of; None if it is no meeting and no mailing."""
    return read_listed(path)


def list_papers(path: Path) -> list[Made]:
    """Return what was made of the file at `path` and stands beside it, the newest first."""
    return made_of(path)


def find_files(folder: Path) -> list[Path]:
    """Return the files in `folder` and below it, without those that are hidden."""
    return find_in(folder)
