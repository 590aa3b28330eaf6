"""What a proof seeks, from the files that say what was left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, ProblemsFoundError, UsageError, has_errors
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.marks import Gemerkt
from lrtdocs.model.openbaar.omission import Omission
from lrtdocs.model.openbaar.seeking import fold
from lrtdocs.model.schema import Record
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.model import kind_of_file
from lrtdocs.run.publishing.proof import Wanted
from lrtdocs.run.publishing.redact import redact_meeting, texts_in
from lrtdocs.source.files import show_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lrtdocs.model.openbaar.blok import Openbaar


def read_wanted(paths: Iterable[Path]) -> Wanted:
    """Return what was left out of the files at `paths`, and what of them is public.

    Raises ProblemsFoundError for a file with errors, UsageError for one of another kind.
    """
    wanted = Wanted(())
    for path in paths:
        if kind_of_file(path) != "vergadering":
            raise UsageError(problem("LRT834.soort", Place(show_path(path))))
        wanted = _join(wanted, _of_meeting(path))
    return wanted


def _join(first: Wanted, second: Wanted) -> Wanted:
    return Wanted(
        (*first.omissions, *second.omissions),
        (*first.allowed, *second.allowed),
        (*first.public, *second.public),
        (*first.sources, *second.sources),
        (*first.marked, *second.marked),
    )


def _of_meeting(path: Path) -> Wanted:
    loaded, problems = load_vergadering(path, None)
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(*(one for one in problems if has_errors([one])))
    redacted = redact_meeting(loaded)
    block, public = loaded.model.openbaar, redacted.loaded
    return Wanted(
        (*redacted.omissions, *_everywhere(block, loaded.place("openbaar"))),
        block.toelaten if block else (),
        (*texts_in(public.model), *_lines_of(public.house.afzender)),
        (path,),
        tuple(fold(text) for text in marked_in(loaded.model)),
    )


def _everywhere(block: Openbaar | None, place: Place) -> Iterator[Omission]:
    """Yield the words that are to stand nowhere, also those that the file does not have."""
    for words, grond in block.weglaten.items() if block else ():
        yield Omission(place, "woorden bij 'weglaten'", grond, (words,))


def _lines_of(sender: Record) -> Iterator[str]:
    for name in type(sender).model_fields:
        value = getattr(sender, name)
        yield from value if isinstance(value, tuple) else [value] if isinstance(value, str) else ()


def marked_in(value: object) -> Iterator[str]:
    """Yield the words in `value`, a model or a part of one, that are marked where they stand."""
    if isinstance(value, Gemerkt):
        yield from (piece.tekst for piece in value.stukken if piece.grond)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from marked_in(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from marked_in(each)
    elif hasattr(value, "blocks"):
        yield from marked_in(value.blocks)
    elif is_dataclass(value) and not isinstance(value, type):
        if getattr(value, "weglaten", None):
            yield str(getattr(value, "tekst", ""))
        for each in fields(value):
            yield from marked_in(getattr(value, each.name))
