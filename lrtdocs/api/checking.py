"""Finding every problem of a file; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import ExitCode, Problem, sort_problems
from lrtdocs.model import Huisstijl, Mailing, Vergadering
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.letters.run import check_letters
from lrtdocs.run.load.mailing import check_recipients
from lrtdocs.run.load.meeting import SHEET_SUFFIXES, load_model, load_vergadering, parse_file
from lrtdocs.run.templates.check import check_known
from lrtdocs.run.templates.templates import read_template
from lrtdocs.source.yaml.nodes import MappingNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from lrtdocs.source.yaml.nodes import Node

WORD_SUFFIXES = {".docx", ".docm", ".dotx", ".dotm", ".doc"}


def check(path: str | Path) -> list[Problem]:
    """Return every problem of a YAML file, a Word template or a list of recipients.

    Nothing is written. Raises FileProblemError if the file cannot be read.
    """
    return sort_problems(_check_one(Path(path), trusted=False)[0])


def check_files(paths: Sequence[Path], *, trusted: bool = False) -> Outcome:
    """Check every file of `paths`; a Word template with errors gives exit code 3."""
    outcome = Outcome()
    for path in paths:
        with outcome.gathering():
            outcome.add_problems(*_check_one(path, trusted=trusted))
    return outcome


def _is_template(path: Path) -> bool:
    return path.suffix.lower() in WORD_SUFFIXES


def _check_one(path: Path, *, trusted: bool) -> tuple[list[Problem], ExitCode]:
    """Return the problems of the file at `path`, and the exit code if there are errors in them."""
    if _is_template(path):
        return check_known(read_template(path), trusted=trusted), ExitCode.TEMPLATE
    if path.suffix.lower() in SHEET_SUFFIXES:
        return check_recipients(path), ExitCode.PROBLEMS
    parsed = parse_file(path)
    kind = _kind_of(parsed[0])
    if kind is Mailing:
        return _check_mailing(path)
    if kind is Huisstijl:
        return load_model(path, Huisstijl, parsed)[2], ExitCode.PROBLEMS
    return load_vergadering(path, None, parsed)[1], ExitCode.PROBLEMS


def _check_mailing(path: Path) -> tuple[list[Problem], ExitCode]:
    """Return every problem of a mailing, its recipients, its template and its file names."""
    outcome = check_letters(path, today(), path.parent)
    for failure in outcome.failures:
        raise failure
    return outcome.problems, max(outcome.exit_code, ExitCode.PROBLEMS)


def _kind_of(node: Node | None) -> type[BaseModel]:
    """Return the model that a file with `node` is meant for: by its keys, not by its name.

    Where the keys leave it open it is a meeting.
    """
    keys = {key.text.lower() for key, _ in node.entries} if isinstance(node, MappingNode) else set()
    kinds: tuple[type[BaseModel], ...] = (Vergadering, Mailing, Huisstijl)
    return max(kinds, key=lambda kind: len(kind.model_fields.keys() & keys))
