"""What the scripts of pages ask, and the answers in the words that they know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrtdocs import api
from lrtdocs.errors import LrtdocsError, Place
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.web.pages import say_place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lrtdocs.errors import Problem

NUMBER, TEXT, WINDOW = "volgnummer", "tekst", "venster"
"""The fields of a question: the number of the change, a whole file as text, and whose it is."""
HUISSTIJL = "huisstijl"
"""The kind of file that has one address, and no paper of its own."""
PUBLIC = "openbaar-"
"""Before the kind of a paper: the copy of it for the public."""


def papers_of(kind: str) -> list[str]:
    """Return which papers can be seen of a file of this kind, the first first."""
    if kind == Source.MAILING:
        return ["brief"]
    if kind != Source.MEETING:
        return []
    names = [row.name for row in kinds_of(Source.MEETING) if not row.since_sent]
    return [*names, *(f"{PUBLIC}{name}" for name in names)]


def tell_problems(
    problems: Sequence[Problem],
    path: Path,
    text: str | None = None,
    fields: Mapping[str, Problem] | None = None,
) -> list[dict[str, Any]]:
    """Return what is wrong with the file at `path`, or with `text` in its place, for scripts.

    Of problems that stand in no text `fields` has the names of the fields.
    """
    names = {problem: name for name, problem in (fields or {}).items()}
    find = names.get if names else _finder(path, text)
    return [
        {
            "ernst": str(problem.severity),
            "code": problem.code,
            "plaats": say_place(problem.place),
            "bestand": other_file(problem.place, path),
            "regel": problem.place.line,
            "kolom": problem.place.column,
            "locpath": find(problem) or "",
            "tekst": problem.message,
            "remedie": problem.remedy,
        }
        for problem in problems
    ]


def _finder(path: Path, text: str | None) -> Callable[[Problem], str | None]:
    """Return what tells which field of the file at `path` a problem is about, "" for none."""
    try:
        said = api.open_text(path).text if text is None else text
        root = api.read_sheet(api.kind_of_file(path), said).root
    except LrtdocsError:
        root = None

    def find(problem: Problem) -> str:
        if root is None or other_file(problem.place, path):
            return ""
        return ".".join(map(str, api.loc_in(root, problem)))

    return find


def other_file(place: Place, path: Path) -> str:
    """Return the name of the file of `place`, "" if that is the one at `path`."""
    name = Path(place.file).name
    return "" if name in {"", path.name} else name
