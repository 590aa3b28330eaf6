"""lrtdocs: agendas, minutes and letters in the house style, as Word and as accessible PDF.

The names below are the Python way in; they are the calls that the commands make. They are looked
up on first use, so that `import lrtdocs` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrtdocs.api import LettersOutcome as Report
    from lrtdocs.api import check, convert, fill, render_many, render_one
    from lrtdocs.errors import LrtdocsError, Place, Problem

__version__ = "0.1.0"
__all__ = [
    "LrtdocsError",
    "Place",
    "Problem",
    "Report",
    "check",
    "convert",
    "fill",
    "render_many",
    "render_one",
]

_HOMES = {
    "LrtdocsError": ("errors", "LrtdocsError"),
    "Place": ("errors", "Place"),
    "Problem": ("errors", "Problem"),
    "Report": ("api", "LettersOutcome"),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'lrtdocs' has no attribute {name!r}")
    home, attribute = _HOMES.get(name, ("api", name))
    return getattr(import_module(f"lrtdocs.{home}"), attribute)
