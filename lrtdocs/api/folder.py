"""What there is in a folder: meetings, mailings, and what was made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.load.folder import FolderList, find_in, list_in

if TYPE_CHECKING:
    from pathlib import Path


def list_folder(folder: Path) -> FolderList:
    """Return the meetings and mailings in `folder`, the next meeting first."""
    return list_in(folder)


def find_files(folder: Path) -> list[Path]:
    """Return the files in `folder` and below it, without those that are hidden."""
    return find_in(folder)
