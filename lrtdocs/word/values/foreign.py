"""Values made with another library: which module writes them into a document.

The library itself is not needed for that, nor loaded: its values are known by where their class
comes from, and the module that writes them is loaded when the first one is met.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Hashable

_MODULES = {"docxtpl": "lrtdocs.word.docxtpl.values"}
"""A row for each library: its name, and the module here that writes its values."""


class ForeignWriter(Protocol):
    """What such a module offers; `writer` is the `Writer` of the document that is being filled."""

    KINDS: frozenset[str]

    def plain_text(self, value: Any) -> str:
        """Return `value` as text, or raise FaultError when it is more than that."""

    def text_xml(self, value: Any, writer: Any) -> str:
        """Return `value` for the middle of a sentence, inside a w:t."""

    def run_xml(self, value: Any, writer: Any, formatting_id: int) -> str:
        """Return `value` as runs."""

    def blocks_xml(self, value: Any, writer: Any, formatting_id: int) -> str:
        """Return `value` as paragraphs and tables."""


def foreign_writer(value: object) -> ForeignWriter | None:
    """Return what writes `value`, or None when it is no value of a library that has a row."""
    return _writer_of(cast("Hashable", type(value)))


@lru_cache(maxsize=256)
def _writer_of(kind: type) -> ForeignWriter | None:
    for parent in kind.__mro__:
        module = _MODULES.get(parent.__module__.partition(".")[0])
        if module is not None:
            writer = cast("ForeignWriter", import_module(module))
            return writer if parent.__name__ in writer.KINDS else None
    return None
