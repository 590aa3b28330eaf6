"""Where the files are that come with lrtdocs: in the wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
DATA = _PACKAGE / "data"
"""The folder of what lrtdocs knows: gemeenten, places, example values."""


def read_rows(name: str) -> list[list[str]]:
    """Return the rows of the table `name` in `DATA`, without its headings."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split(";") for line in lines]


def templates_folder() -> Path:
    """Return the folder of the packaged templates."""
    return _packaged("templates")


def examples_folder() -> Path:
    """Return the folder of the packaged examples."""
    return _packaged("examples")


def _packaged(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def is_shipped(path: Path) -> bool:
    """Tell whether `path` is one of the package's own templates."""
    return path.absolute().parent == templates_folder().absolute()
