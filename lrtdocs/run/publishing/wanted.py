"""What a proof seeks, from the files that say what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Place, ProblemsFoundError, UsageError, has_errors
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.blok import Openbaar
from lrtdocs.model.openbaar.omission import Omission
from lrtdocs.model.openbaar.seeking import fold
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.model import kind_of_file
from lrtdocs.run.publishing.proof import Wanted
from lrtdocs.run.publishing.redact import redact_meeting, texts_in
from lrtdocs.source.files import show_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lrtdocs.model.schema import Record
    from lrtdocs.run.publishing.redact import Redacted


def read_wanted(paths: Iterable[Path]) -> Wanted:
    """Return what was left out of the files at `paths`, and what of them is public.

    Raises ProblemsFoundError for a file with errors, UsageError for one of another kind.
    """
    return join_wanted(map(_read_one, paths))


def join_wanted(each: Iterable[Wanted]) -> Wanted:
    """Return what is sought for more files: what was left out of one is in the copy of none."""
    wanted = Wanted(())
    for one in each:
        wanted = Wanted(
            (*wanted.omissions, *one.omissions),
            (*wanted.allowed, *one.allowed),
            (*wanted.public, *one.public),
            (*wanted.sources, *one.sources),
            (*wanted.marked, *one.marked),
        )
    return wanted


def _read_one(path: Path) -> Wanted:
    if kind_of_file(path) != "vergadering":
        raise UsageError(problem("LRT834.soort", Place(show_path(path))))
    loaded, problems = load_vergadering(path, None)
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(*(one for one in problems if has_errors([one])))
    block = loaded.model.openbaar or Openbaar()
    return wanted_of(redact_meeting(loaded), block)._replace(sources=(path,))


def wanted_of(redacted: Redacted, block: Openbaar) -> Wanted:
    """Return what was left out of a file that was `redacted`; `block` is what it says of that."""
    public = redacted.loaded
    return Wanted(
        (*redacted.omissions, *_everywhere(block, public.place("openbaar"))),
        block.toelaten,
        (*texts_in(public.model), *_lines_of(public.house.afzender)),
        (),
        tuple(map(fold, redacted.marked)),
    )


def _everywhere(block: Openbaar, place: Place) -> Iterator[Omission]:
    """Yield the words that are to stand nowhere, also those that the file does not have."""
    for words, grond in block.weglaten.items():
        yield Omission(place, "woorden bij 'weglaten'", grond, (words,))


def _lines_of(sender: Record) -> Iterator[str]:
    for name in type(sender).model_fields:
        value = getattr(sender, name)
        yield from value if isinstance(value, tuple) else [value] if isinstance(value, str) else ()
