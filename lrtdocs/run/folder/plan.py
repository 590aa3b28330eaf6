"""Where documents go: their names, clashes between them, and what may not be replaced."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, Problem, UsageError
from lrtdocs.word.provenance import is_signed

DOCUMENT_SUFFIXES = {".docx", ".pdf"}


def plan_target(source: Path, default: str, output: str | None, *, many: bool) -> Path:
    """Return where the document of `source` goes: beside it, or at `output`, a file or a folder.

    `default` is its name where `output` does not give one; with `many` documents `output` must be a
    folder. A name that ends in .pdf stands for the Word document beside that PDF.
    """
    if output is None:
        return source.with_name(default)
    path = Path(output)
    if path.is_dir() or path.suffix.lower() not in DOCUMENT_SUFFIXES:
        return path / default
    if many:
        raise UsageError(messages.problem("LRT002", Place(output)))
    return path.with_suffix(".docx")


def find_clashes(targets: dict[Path, Path]) -> dict[Path, Problem]:
    """Return what is wrong with every source in `targets` whose document would replace another's.

    Names are compared as Windows does: without regard to case.
    """
    first: dict[str, Path] = {}
    clashes = {}
    for source, target in targets.items():
        other = first.setdefault(str(target.absolute()).casefold(), source)
        if other is not source:
            clashes[source] = messages.problem(
                "LRT001.dezelfde-naam", Place(str(source)), target=target, other=other
            )
    return clashes


def is_edited(path: Path) -> bool:
    """Tell whether `path` is a Word document that another program than lrtdocs saved last."""
    try:
        return not is_signed(path)
    except (OSError, zipfile.BadZipFile):
        return False


def is_whole(path: Path) -> bool:
    """Tell whether `path` is a package of which nothing is missing or damaged."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False


def check_replaceable(path: Path) -> None:
    """Raise FileProblemError if writing `path` would lose what somebody changed in it."""
    if is_edited(path):
        raise FileProblemError(messages.problem("LRT001.bewerkt", Place(str(path))))
