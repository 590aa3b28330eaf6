"""Adopting minutes: the day comes into the file of the meeting, and the adopted paper beside it.

The file is edited as text, in the one place where the day belongs, and stays as it is everywhere
else. File and papers come together or not at all: minutes that look adopted beside a file that says
otherwise, or the reverse, are worse than none. The papers of the concept stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.clock import today
from lrtdocs.documents.words import CONCEPT
from lrtdocs.errors import Problem, ProblemsFoundError, UsageError
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.messages import problem, text
from lrtdocs.run.documents.finish import make_page, make_pdfs, tell_old_pdfs
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.folder.names import PAGE, check_replaceable, is_edited, is_own_page, quote_path
from lrtdocs.run.folder.write import changing_what_was, write_together
from lrtdocs.run.load.meeting import kinds_so_far, load_vergadering
from lrtdocs.source.files import encode_as, read_bytes, read_text
from lrtdocs.source.yaml.edit import Put, data_of, edit_text
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from lrtdocs.run.documents.report import Options, Outcome
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.source.yaml.writing import Data

KEY = "vastgesteld"
_COMMENTED = re.compile(rf"(?m)^#[ \t]*{KEY}:[ \t]*[^\r\n#]*?(?=[ \t]*(?:#|\r?$))")
"""The key as a comment at the left, as it stands in a file of `lrtdocs nieuw`."""


def adopt_minutes(path: Path, day: date, options: Options, outcome: Outcome) -> None:
    """Write into the meeting at `path` that its minutes were adopted on `day`, and make the papers.

    Raises UsageError for a day on which that cannot be, ProblemsFoundError for minutes that cannot
    be adopted, or that were on another day; nothing is written then.
    """
    kind = next(kind.name for kind in kinds_of(Source.MEETING) if kind.is_minutes)
    seen = read_bytes(path)
    loaded, problems = load_vergadering(path, kind)
    outcome.add_problems(problems)
    if loaded is None or outcome.exit_code:
        return
    _refuse(loaded, kind, day)
    outcome.add_problems(_judge(loaded, kind, day))
    source = read_text(path)[0]
    whole = source if loaded.model.vastgesteld else put_day(source, day, str(path))
    adopted = replace(loaded, model=loaded.model.model_copy(update={KEY: day}))
    draft = make_draft(adopted, kind, options, today(), many=False)
    outcome.add_problems(draft.warnings)
    keep = check_replaceable(draft.target, overwrite=options.overwrite)
    files = {draft.target: draft.docx}
    if options.wants_pdf:
        (files[draft.target.with_suffix(".pdf")],) = make_pdfs([draft], outcome)
    kept = {draft.target} if keep else set()
    if options.wants_html:
        page = draft.target.with_suffix(PAGE)
        files[page] = make_page(draft, outcome)
        kept |= {page} if is_own_page(page) else set()
    papers = list(files)
    if whole != source:
        files[path] = encode_as(whole, seen)
    with changing_what_was(path, seen):  # making papers takes seconds, in which somebody may save
        outcome.add_problems(write_together(files, keep=kept))
    outcome.written += papers
    tell_old_pdfs([draft], outcome)
    outcome.remarks.append(_told(path, day, new=whole != source))


def _told(path: Path, day: date, *, new: bool) -> str:
    key = "deel.vastgesteld" if new else "deel.was_vastgesteld"
    return text(key, file=path.name, date=dutch.format_date(day))


# --- what cannot be


def _refuse(loaded: Meeting, kind: str, day: date) -> None:
    """Raise an error for minutes that cannot be adopted on `day`."""
    model = loaded.model
    told = {"date": dutch.format_date(day), "file": quote_path(loaded.path)}
    if day < model.datum:
        told["day"] = dutch.format_date(model.datum)
        raise UsageError(problem("LRT273.eerder", loaded.place("datum"), None, **told))
    if model.vastgesteld not in (None, day):
        told["day"] = dutch.format_date(model.vastgesteld)
        raise ProblemsFoundError(problem("LRT273.al", loaded.place(KEY), None, **told))
    if CONCEPT.lower() in (model.rubricering or "").lower():
        told["mark"], place = model.rubricering or "", loaded.place("rubricering")
        raise ProblemsFoundError(problem("LRT273.concept", place, None, **told))
    if kind not in kinds_so_far(model):
        raise ProblemsFoundError(problem("LRT273.leeg", loaded.place(), None, **told))


def _judge(loaded: Meeting, kind: str, day: date) -> Iterator[Problem]:
    """Yield what may be wrong about adopting the minutes on `day`."""
    if day > today():
        yield problem("LRT274.later", loaded.place(), None, date=dutch.format_date(day))
    concept = _newest_concept(loaded.path, kind)
    if concept and is_edited(concept):
        told = {"paper": quote_path(concept), "file": quote_path(loaded.path)}
        yield problem("LRT274.bewerkt", loaded.place(), None, **told)


def _newest_concept(path: Path, kind: str) -> Path | None:
    """Return the concept of the minutes that was last made or edited, of any version, or None."""
    begin = f"{path.stem}-{kind}-{CONCEPT.lower()}"
    found = (each for each in path.parent.iterdir() if each.name.startswith(begin))
    documents = [each for each in found if each.suffix.lower() == ".docx"]
    return max(documents, key=lambda each: each.stat().st_mtime, default=None)


# --- the day in the file


def put_day(source: str, day: date, file: str) -> str:
    """Return the text `source` of a meeting with the `day` on which its minutes were adopted.

    It takes the place of that key as a comment, if there is one; else it comes behind the next
    meeting, or behind all keys.
    """
    root, shown = parse_yaml(source, file)[0], day.isoformat()
    made = _COMMENTED.sub(f"{KEY}: {shown}", source, count=1)
    found = parse_yaml(made, file)[0]
    if made != source and data_of(found) == {**_data(root), KEY: shown}:
        return made
    return edit_text(source, [Put((KEY,), shown, after=("volgende_vergadering",))], file)


def _data(root: Node | None) -> dict[str, Data]:
    data = data_of(root)
    return data if isinstance(data, dict) else {}
