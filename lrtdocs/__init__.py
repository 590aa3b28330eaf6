"""lrtdocs: agendas, minutes and letters in the house style, as Word and as accessible PDF.

The names below are the Python way in; they are the calls that the commands make. They are looked
up on first use, so that `import lrtdocs` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrtdocs.api import check, convert, fill, render_one
    from lrtdocs.errors import LrtdocsError, Place, Problem

__version__ = "0.1.0"
__all__ = ["LrtdocsError", "Place", "Problem", "check", "convert", "fill", "render_one"]

_HOMES = {"LrtdocsError": "errors", "Place": "errors", "Problem": "errors"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'lrtdocs' has no attribute {name!r}")
    return getattr(import_module(f"lrtdocs.{_HOMES.get(name, 'api')}"), name)
