"""Putting a template in force for a folder, and putting back the one that was before.

It takes its name in `sjablonen/`; the one that had it goes to `eerder/` there, under its name and
the day, where nobody takes it for a template in force. So nothing is ever lost by it.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.clock import today
from lrtdocs.errors import (
    FileProblemError,
    Place,
    TemplateProblemsError,
    UsageError,
    has_errors,
)
from lrtdocs.kinds import KINDS
from lrtdocs.messages import problem, text
from lrtdocs.run.documents.finish import MAX_TEMPLATE
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.lock import lock_folder
from lrtdocs.run.folder.write import explain, owner_names, write_together
from lrtdocs.run.templates.templates import HERE, read_template
from lrtdocs.source.files import TEMPLATES, exists, find_template, is_file, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLIER = "eerder"
SHIPPED = ""
"""What is put back when the shipped template is to be in force again."""
_DATED = re.compile(r"(?P<name>.+?)-(?P<day>\d{4}-\d\d-\d\d)(?:-(?P<number>[1-9]\d*))?\.docx")


@dataclass(frozen=True, slots=True)
class EarlierTemplate:
    """A template that was in force under `name` until `day`, at `path`."""

    path: Path
    name: str
    day: date
    number: int


def list_earlier(folder: Path, name: str) -> list[EarlierTemplate]:
    """Return the templates that were in force as `name` in `folder`, the last one first."""
    found = []
    with contextlib.suppress(OSError):
        for path in (folder / TEMPLATES / EARLIER).glob("*.docx"):
            match = _DATED.fullmatch(path.name)
            if match and match["name"] == name and is_file(path):
                with contextlib.suppress(ValueError):
                    day = date.fromisoformat(match["day"])
                    found.append(EarlierTemplate(path, name, day, int(match["number"] or 1)))
    return sorted(found, key=lambda one: (one.day, one.number), reverse=True)


def digest_in_force(folder: Path, name: str) -> str:
    """Return a digest of the template that is in force as `name` in `folder`, or ""."""
    path = find_template(name, folder / HERE)
    return digest_of(read_bytes(path, MAX_TEMPLATE)) if path is not None else ""


def put_template(data: bytes, name: str, folder: Path, seen: str | None) -> Outcome:
    """Put the template `data` in force as `name` in `folder`, and tell what became of the other.

    With `seen`, a digest, only if the one in force is still that one. Raises FileProblemError.
    """
    outcome = _replace(folder, name, data, seen)
    outcome.remarks.append(text("deel.sjabloon_geldt", name=name))
    return outcome


def put_back(name: str, folder: Path, earlier: str, seen: str | None) -> Outcome:
    """Put back the template `earlier`, the name of a file, that was in force as `name`.

    `SHIPPED` is the one that belongs to lrtdocs. Raises FileProblemError if it is not there.
    """
    if earlier == SHIPPED:
        if name not in KINDS:
            raise UsageError(problem("LRT957.naam", Place(""), None, name=name))
        outcome = _replace(folder, name, None, seen)
        outcome.remarks.append(text("deel.sjabloon_weer_meegeleverd", name=name))
        return outcome
    one = next((e for e in list_earlier(folder, name) if e.path.name == earlier), None)
    if one is None:
        raise FileProblemError(problem("LRT957", Place("")))
    file = read_template(one.path, name if name in KINDS else None)
    if has_errors(file.refusals):
        raise TemplateProblemsError(*file.refusals)
    outcome = _replace(folder, name, file.data, seen)
    told = {"name": name, "day": dutch.format_date(one.day)}
    outcome.remarks.append(text("deel.sjabloon_teruggezet", **told))
    return outcome


def _replace(folder: Path, name: str, data: bytes | None, seen: str | None) -> Outcome:
    """Let `data` be the template `name` in `folder`, or the shipped one be it for None."""
    own, outcome = folder / TEMPLATES, Outcome()
    target, files = own / f"{name}.docx", dict[Path, bytes]()
    _check_seen(folder, name, seen)
    try:
        disk.make_folder(own / EARLIER)
    except OSError as error:
        raise FileProblemError(explain(own, error)) from error
    with _locked(own):
        _check_seen(folder, name, seen)  # again: who had the lock may have replaced it
        before = read_bytes(target, MAX_TEMPLATE) if exists(target) else None
        if before is not None and before != data:
            kept = _free_name(own / EARLIER, name)
            files[kept] = before
            outcome.remarks.append(text("deel.sjabloon_bewaard", file=f"{EARLIER}/{kept.name}"))
        if data is not None and before != data:
            files[target] = data
        if data is None and any(exists(own / held) for held in owner_names(target.name)):
            raise FileProblemError(problem("LRT959", Place(f"{TEMPLATES}/{target.name}")))
        outcome.add_problems(write_together(files))
        if data is None:
            _remove(target)
        outcome.written += [path for path in files if path == target]
    return outcome


@contextlib.contextmanager
def _locked(own: Path) -> Iterator[None]:
    """Hold the folder `own` in a context; raise FileProblemError if somebody else does."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(lock_folder(own))
        except UsageError as error:
            raise FileProblemError(problem("LRT959.bezig", Place(TEMPLATES))) from error
        yield


def _check_seen(folder: Path, name: str, seen: str | None) -> None:
    """Raise FileProblemError if the template in force is not the one that was `seen`."""
    if seen is not None and digest_in_force(folder, name) != seen:
        raise FileProblemError(problem("LRT958", Place(f"{TEMPLATES}/{name}.docx")))


def _free_name(earlier: Path, name: str) -> Path:
    """Return the first path in `earlier` for the template that was `name` until today."""
    first = f"{name}-{today().isoformat()}"
    names = (earlier / f"{first}{f'-{n}' if n > 1 else ''}.docx" for n in count(1))
    return next(path for path in names if not exists(path))


def _remove(target: Path) -> None:
    """Remove `target`, of which a copy was kept."""
    try:
        disk.remove(target)
    except OSError as error:
        raise FileProblemError(explain(target, error)) from error
