"""A file opened, and saved as what was made of it: atomic, and never over what nobody saw.

The digest is that of the bytes on disk. Line ends, the mark at the head and the encoding stay what
they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, LrtdocsError, Place, sort_problems
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.write import changing, write_atomic
from lrtdocs.source.files import encode_as, read_bytes, read_text, unsaved
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.errors import Problem

_FIRST_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was when it was opened: its `text`, the `digest` of its bytes, what is odd."""

    path: Path
    text: str = field(repr=False)
    digest: str
    problems: tuple[Problem, ...] = ()


class ChangedOutsideError(LrtdocsError):
    """A file that is no longer what was opened; `theirs` is what it says now."""

    def __init__(self, problem: Problem, theirs: Opened) -> None:
        super().__init__(problem)
        self.theirs = theirs


class Line(NamedTuple):
    """A row of two texts beside each other: in both, or only in `mine` or `theirs`."""

    mine: str | None
    theirs: str | None

    @property
    def same(self) -> bool:
        """Whether both have the line."""
        return self.mine == self.theirs


def open_text(path: Path) -> Opened:
    """Return the file at `path` as text; raise FileProblemError if it cannot be read."""
    with unsaved(path, None):
        data = read_bytes(path)
        text, problems = read_text(path)
    problems += parse_yaml(text, str(path))[1]
    return Opened(path, text, digest_of(data), tuple(sort_problems(problems)))


def save_text(path: Path, text: str, digest: str) -> tuple[Opened, list[Problem]]:
    """Write `text` to `path`, which was opened with `digest`; return the file as it is now.

    And what was odd in writing it. Raises ChangedOutsideError, with nothing written, if the file is
    not what was opened; FileProblemError if it cannot be written.
    """
    data, made = _made(path, text, digest)
    if made == data:
        return open_text(path), []
    with changing(path):
        data, made = _made(path, text, digest)
        told = [] if made == data else write_atomic(path, made)
    return open_text(path), told


def _made(path: Path, text: str, digest: str) -> tuple[bytes, bytes]:
    """Return what is at `path`, and what it becomes as `text`; see `save_text`."""
    data = _read(path)
    if digest_of(data) != digest:
        theirs = open_text(path)
        if theirs.text == text:
            return data, data
        number = sum(not line.same for line in compare_lines(text, theirs.text))
        problem = messages.problem("LRT910", Place(str(path)), None, number=number)
        raise ChangedOutsideError(problem, theirs)
    return data, encode_as(_with_line_ends(text, data), data)


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except FileProblemError as error:
        if path.exists():
            raise
        place = Place(str(path))
        raise FileProblemError(messages.problem("LRT910.weg", place)) from error


def _with_line_ends(text: str, data: bytes) -> str:
    """Return `text` with the line ends of the file, where those of a page are in it."""
    found = _FIRST_END.search(data.decode("utf-8", "replace"))
    if found is None or found.group() == "\n" or _FIRST_END.search(text) is None:
        return text
    return text if found.group() in text else re.sub(r"\r\n|\r|\n", found.group(), text)


def compare_lines(mine: str, theirs: str) -> Iterator[Line]:
    """Yield the lines of two texts beside each other."""
    ours, others = mine.splitlines(), theirs.splitlines()
    for tag, start, end, begin, until in SequenceMatcher(
        None, ours, others, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield from map(Line, ours[start:end], others[begin:until])
            continue
        yield from (Line(line, None) for line in ours[start:end])
        yield from (Line(None, line) for line in others[begin:until])
