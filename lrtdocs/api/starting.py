"""Helping an author to begin: a schema for the editor, a commented start of a file."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.clock import today
from lrtdocs.errors import FileProblemError, Place, UsageError
from lrtdocs.messages import FaultError
from lrtdocs.model.schema import json_schema
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.editing.changing import NotTakenError, why_not
from lrtdocs.run.folder.names import refuse_no_yaml, safe_name
from lrtdocs.run.load.model import model_of
from lrtdocs.shipped import examples_folder
from lrtdocs.source.files import exists, read_bytes
from lrtdocs.source.yaml.edit import Put, edit_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_NAME = 60
START_DATE = date(2025, 3, 19)  # the day in the start files


class Start(NamedTuple):
    """What a new file begins as: the `example`, its kind, what belongs beside it, and its name.

    Without a name it is called after its date and its kind.
    """

    example: str
    kind: str
    beside: tuple[str, ...] = ()
    name: str = ""


STARTS = {
    "agenda": Start("nieuw.yaml", "vergadering"),
    "mailing": Start("nieuw-mailing.yaml", "mailing", ("adressen.xlsx",)),
    "huisstijl": Start("huisstijl.yaml", "huisstijl", name="huisstijl.yaml"),
}


def schema_text(kind: str) -> str:
    """Return the JSON Schema of a "vergadering", "mailing" or "huisstijl" file, as text."""
    return json.dumps(json_schema(model_of(kind)), ensure_ascii=False, indent=2) + "\n"


def write_schema(kind: str, path: Path) -> Outcome:
    """Write the JSON Schema of `kind` to `path`."""
    outcome = Outcome()
    outcome.write(path, schema_text(kind).encode())
    return outcome


def start_file(kind: str, target: Path | None, filled: Mapping[str, str] | None = None) -> Outcome:
    """Write a commented start for a file of `kind` to `target`, and what it needs beside it.

    That is its schema and, for a mailing, a list of addresses to be replaced; what is there
    already stays. A date in the name of `target` is that of the meeting; keys that are `filled`
    have their values. Raises FileProblemError if `target` is there: it may hold somebody's work.
    """
    if kind not in STARTS:
        raise UsageError(messages.problem("LRT007", Place(""), kind=kind))
    start = STARTS[kind]
    if target is not None:
        refuse_no_yaml(target)
    target = target or Path(start.name or f"{today().isoformat()}-{start.kind}.yaml")
    if exists(target):
        raise FileProblemError(messages.problem("LRT001.bestaat", Place(str(target))))
    text = _move_dates(
        read_bytes(examples_folder() / start.example).decode(), _date_in(target.name)
    )
    text = edit_text(text, [Put((key,), value) for key, value in (filled or {}).items()])
    files = {target: text.encode()}
    files[target.with_name(f"{start.kind}.schema.json")] = schema_text(start.kind).encode()
    for name in start.beside:
        files[target.with_name(name)] = read_bytes(examples_folder() / name)
    outcome = Outcome()
    for path, data in files.items():
        if not exists(path):
            outcome.write(path, data)
    return outcome


def start_in(kind: str, folder: Path, name: str) -> Outcome:
    """Write a start for a file of `kind` in `folder`, called after `name` as far as that is safe.

    Raises UsageError for a `name` of which nothing is left, FileProblemError if the file is there.
    """
    stem = safe_name(name.strip())
    for suffix in (".yaml", ".yml"):
        stem = stem.removesuffix(suffix).rstrip(". ")
    if not stem:
        raise UsageError(messages.problem("LRT953", Place("")))
    return start_file(kind, folder / f"{stem}.yaml")


def start_meeting(folder: Path, overleg: str, datum: str) -> Outcome:
    """Write the start of a meeting in `folder`, called after its day and its body.

    Raises NotTakenError for a name or a day that cannot be so.
    """
    wrong = {
        name: messages.problem("LRT203", Place(""), None, name=name, description=description)
        for name, value, description in (
            ("overleg", overleg, "de naam van het overleg"),
            ("datum", datum, "de dag van de vergadering"),
        )
        if not value.strip()
    }
    if (refused := why_not(overleg)) is not None:
        wrong["overleg"] = refused
    try:
        day = dutch.parse_date(datum) if datum.strip() else today()
    except FaultError as error:
        told = {"reason": error.message, "remedy": error.remedy}
        wrong["datum"] = messages.problem("LRT205", Place(""), None, **told)
    if wrong:
        raise NotTakenError(wrong)
    words = "-".join(re.findall(r"\w+", overleg.lower()))[:_LONGEST_NAME]
    stem = safe_name(f"{day.isoformat()}-{words or 'vergadering'}")
    return start_file("agenda", folder / f"{stem}.yaml", {"overleg": overleg.strip()})


def _date_in(name: str) -> date:
    """Return the date in `name`, or that of today."""
    with suppress(ValueError):
        match = re.search(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", name)
        return date.fromisoformat(match[0]) if match else today()
    return today()


def _move_dates(text: str, day: date) -> str:
    """Return the start file `text` with all its dates moved, so that `START_DATE` is `day`."""
    moved = day - START_DATE
    return re.sub(
        r"\b\d{4}-\d\d-\d\d\b",
        lambda match: (date.fromisoformat(match[0]) + moved).isoformat(),
        text,
    )
