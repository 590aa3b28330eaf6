"""The use cases, one function each: what the commands, the local page and Python callers share.

A call gathers problems and goes on with the next file; it raises only for what no single file is
to blame for. Names are looked up on first use, so that a command loads only what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrtdocs.api.checking import check, check_files
    from lrtdocs.api.documents import convert, fill, fill_file, make_documents, render_one
    from lrtdocs.api.letters import (
        LettersOptions,
        LettersOutcome,
        Workers,
        make_letter,
        make_letters,
        render_many,
    )
    from lrtdocs.api.starting import schema_text, start_file, write_schema
    from lrtdocs.api.tables import TableOutcome, compare_gemeenten, divide_total, list_gemeenten
    from lrtdocs.clock import today
    from lrtdocs.run.documents.report import Options, Outcome

__all__ = [
    "LettersOptions",
    "LettersOutcome",
    "Options",
    "Outcome",
    "TableOutcome",
    "Workers",
    "check",
    "check_files",
    "compare_gemeenten",
    "convert",
    "divide_total",
    "fill",
    "fill_file",
    "list_gemeenten",
    "make_documents",
    "make_letter",
    "make_letters",
    "render_many",
    "render_one",
    "schema_text",
    "start_file",
    "today",
    "write_schema",
]

_HOMES = {
    "api.checking": ("check", "check_files"),
    "api.documents": ("convert", "fill", "fill_file", "make_documents", "render_one"),
    "api.letters": (
        "LettersOptions",
        "LettersOutcome",
        "Workers",
        "make_letter",
        "make_letters",
        "render_many",
    ),
    "api.starting": ("schema_text", "start_file", "write_schema"),
    "api.tables": ("TableOutcome", "compare_gemeenten", "divide_total", "list_gemeenten"),
    "clock": ("today",),
    "run.documents.report": ("Options", "Outcome"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"lrtdocs.{home}"), name)
    raise AttributeError(f"module 'lrtdocs.api' has no attribute {name!r}")
