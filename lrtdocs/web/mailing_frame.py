"""What all pages of a mailing have around them: its steps, how far each is, the job at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Severity, UsageError
from lrtdocs.web.pages import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.api import Glance
    from lrtdocs.web.desk import Desk

A_PAGE = 50
"""Rows that are shown at a time."""
AT_ONCE = 1500
"""So many recipients are gone through while somebody waits for the page; more are a job."""
STEPS = {
    "": "Overzicht",
    "gegevens": "Gegevens",
    "tekst": "Tekst",
    "ontvangers": "Ontvangers",
    "controle": "Controle",
    "proef": "Proef",
    "akkoord": "Akkoord",
    "maken": "Maken",
    "brieven": "Brieven",
    "verzonden": "Verzonden",
}
"""The pages of a mailing, in the order in which somebody goes by them."""
_Any = TypeVar("_Any")


@dataclass(frozen=True, slots=True)
class Part(Generic[_Any]):
    """A part of many rows: the rows of `page`, of so many `pages`; there are `total` rows."""

    rows: Sequence[_Any]
    page: int
    pages: int
    total: int
    base: str

    def link(self, page: int) -> str:
        """Return the address of another page of the same rows."""
        return f"{self.base}{'&' if '?' in self.base else '?'}pagina={page}"

    @property
    def told(self) -> str:
        """Which rows these are, in words."""
        first = (self.page - 1) * A_PAGE + 1
        if self.pages < 2:
            return ""
        number = dutch.format_number
        last = number(first + len(self.rows) - 1)
        return f"{number(first)} tot en met {last} van {number(self.total)}"


def part_of(
    rows: Iterable[_Any], asked: Mapping[str, str], path: str, kept: Iterable[str]
) -> Part[_Any]:
    """Return the page of `rows` that is `asked` for at `path`; what is `kept` is asked again."""
    found = list(rows)
    pages = max(1, -(-len(found) // A_PAGE))
    wanted = asked.get("pagina", "1")
    page = min(max(whole(wanted, 1), 1), pages)
    query = urlencode({name: asked[name] for name in kept if asked.get(name)})
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    return Part(shown, page, pages, len(found), f"{path}?{query}" if query else path)


def frame(desk: Desk, id_: str, step: str) -> dict[str, Any]:
    """Return what every page of the mailing with that id needs, at a `step`.

    Raises NotThereError if there is no such file.
    """
    path = desk.files.path_of(id_)
    glance = desk.looks.glance(path)
    return {
        "id": id_,
        "mailing": glance,
        "naam": glance.subject or path.stem,
        "stap": step,
        "stappen": STEPS,
        "klus": desk.jobs.busy(id_),
    }


def wrong_errors(glance: Glance) -> int:
    """Return how many errors keep the mailing from being used."""
    return sum(one.severity is Severity.ERROR for one in glance.problems)


def refuse_second(desk: Desk, id_: str) -> None:
    """Raise UsageError if a job for this mailing is at work or waits."""
    job = desk.jobs.busy(id_)
    if job is not None:
        raise UsageError(messages.problem("LRT952", Place(""), None, name=job.name))


def read_number(text: str, least: int, most: int) -> int:
    """Return the whole number in `text`; raise UsageError for one that cannot be used."""
    bare = text.strip()
    number = whole(bare, -1)
    if least <= number <= most:
        return number
    wanted = f"een getal van {least} tot en met {dutch.format_number(most)}"
    raise UsageError(messages.problem("LRT951", Place(""), None, text=bare, wanted=wanted))


def is_like(text: str, *fields: object) -> bool:
    """Tell whether what somebody seeks is in one of `fields`."""
    wanted = text.strip().casefold()
    return not wanted or any(wanted in str(one).casefold() for one in fields)


def inside(desk: Desk, path: Path) -> str:
    """Return `path` as it is called within the folder."""
    try:
        return path.resolve().relative_to(desk.folder).as_posix()
    except ValueError:
        return path.name
