"""A template that is offered and not in force: judged, tried with data, and what it would change.

It lies in a folder of its own until it is put in force, and is called by the name it came with.
Nobody trusts it, whatever the house style says of the templates that are in use.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lrtdocs.clock import today
from lrtdocs.errors import (
    Place,
    Problem,
    ProblemsFoundError,
    Severity,
    TemplateProblemsError,
    has_errors,
    sort_problems,
)
from lrtdocs.kinds import KINDS, Source
from lrtdocs.messages import problem as make_problem
from lrtdocs.run.documents.make import load_template, make_draft, read_logo
from lrtdocs.run.documents.report import LettersOptions, Options
from lrtdocs.run.folder.names import safe_name
from lrtdocs.run.letters.fill import LetterFiller
from lrtdocs.run.letters.job import make_job, words_of_template
from lrtdocs.run.letters.plan import walk_letters
from lrtdocs.run.load.folder import list_in
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.model import parse_file
from lrtdocs.run.templates.check import check_known
from lrtdocs.run.templates.templates import HERE, read_template, templates_in_force
from lrtdocs.shipped import is_shipped
from lrtdocs.source.files import TEMPLATES, find_template, show_path
from lrtdocs.source.yaml.edit import data_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.run.load.folder import Listed
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.templates.templates import TemplateFile

_MERGE_FIELD = "LRT333"
Loaded = TypeVar("Loaded", "Meeting", "LoadedMailing")


@dataclass(frozen=True, slots=True)
class Offered:
    """A template `file` that was offered, with all its `problems`."""

    file: TemplateFile
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many of the problems keep it from being used."""
        return sum(one.severity is Severity.ERROR for one in self.problems)

    @property
    def is_merge(self) -> bool:
        """Whether it has fields of Word's own mail merge, which nothing fills."""
        return any(one.code == _MERGE_FIELD for one in self.problems)

    @property
    def readable(self) -> bool:
        """Whether it is a Word document in which nothing stands that may not be opened."""
        return self.file.uses is not None

    @property
    def usable(self) -> bool:
        """Whether it can be put in force."""
        return not self.errors and self.file.kind is not None


class Progress(NamedTuple):
    """How a template that was mended differs from before: problems `solved`, `left` and `new`."""

    solved: int
    left: int
    new: int


def offer(path: Path, offered_as: str, kind: str | None) -> Offered:
    """Judge the template at `path`, which came as a file called `offered_as`.

    What keeps it from being used comes first, and what has a place before what is of the whole.
    """
    file = read_template(path, kind, offered_as)
    if has_errors(file.refusals) and file.kind is None:
        return Offered(file, tuple(file.refusals))
    problems = sorted(check_known(file, trusted=False), key=_weight)
    return Offered(file, tuple(problems))


def _weight(one: Problem) -> tuple[int, bool]:
    return list(Severity).index(one.severity), one.place.paragraph is None


def tell_progress(before: Offered, now: Offered) -> Progress:
    """Return which problems of `before` are no more, by what they say and not by where."""
    was, is_now = (Counter((one.code, one.message) for one in o.problems) for o in (before, now))
    return Progress((was - is_now).total(), (was & is_now).total(), (is_now - was).total())


def names_for(offered: Offered, folder: Path) -> list[str]:
    """Return the names under which `offered` can be put in force in `folder`, the likeliest first.

    That of its kind, and for letters those of own templates and its own.
    """
    kind, own = offered.file.kind, list[str]()
    if kind is None:
        return []
    if KINDS[kind].source is Source.MAILING:
        stem = safe_name(offered.file.name.removesuffix(".docx"))
        in_force = [one.name for one in templates_in_force(folder / HERE) if one.name not in KINDS]
        own = [stem, *in_force] if stem and stem not in KINDS else in_force
    return list(dict.fromkeys([kind, *own]))


# --- tried with data


def try_on(offered: Offered, kind: str, path: Path) -> tuple[bytes, list[Problem]]:
    """Return the paper of the meeting or mailing at `path` as `offered` would make it.

    Of a mailing that is its first letter. Raises ProblemsFoundError if something has errors.
    """
    fill = _fill_meeting if KINDS[kind].source is Source.MEETING else _fill_letter
    try:
        docx, told = fill(offered, kind, path)
    except ProblemsFoundError as error:
        raise type(error)(*called(offered, error.problems)) from error
    return docx, called(offered, told)


def _fill_meeting(offered: Offered, kind: str, path: Path) -> tuple[bytes, Sequence[Problem]]:
    loaded = _untrusting(*load_vergadering(path, kind))
    options = Options(template=str(offered.file.path))
    draft = make_draft(loaded, kind, options, today(), many=False)
    return draft.docx, draft.warnings


def _fill_letter(offered: Offered, _kind: str, path: Path) -> tuple[bytes, Sequence[Problem]]:
    loaded = _untrusting(*load_mailing(path))
    words = words_of_template(loaded)
    template = load_template(str(offered.file.path), path, trusted=False, known=words)
    options = LettersOptions(path.parent)
    job = make_job(loaded, template, read_logo(loaded.house), options, today(), concept=True)
    letter = next(walk_letters(loaded), None)
    if letter is None:
        raise ProblemsFoundError(make_problem("LRT963", Place(show_path(path))))
    (docx,) = LetterFiller(job, template).fill([letter.words])
    if not isinstance(docx, bytes):
        raise TemplateProblemsError(*docx)
    return docx, template.warnings


def _untrusting(loaded: Loaded | None, problems: Sequence[Problem]) -> Loaded:
    """Return what was read, with a house style that trusts no template; raise if it has errors."""
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(*sort_problems(problems))
    huisstijl = loaded.house.huisstijl.model_copy(update={"vertrouwd": False})
    return replace(loaded, house=loaded.house._replace(huisstijl=huisstijl))


def called(offered: Offered, problems: Sequence[Problem]) -> list[Problem]:
    """Return `problems` with their places in the file as it was called."""
    lies = {str(offered.file.path), show_path(offered.file.path)}
    return [
        replace(one, place=replace(one.place, file=offered.file.name))
        if one.place.file in lies
        else one
        for one in problems
    ]


# --- what would change


def papers_with(name: str, folder: Path) -> list[Listed]:
    """Return the meetings and mailings in `folder` whose papers are made with its template `name`.

    Not those for which a template of that name is nearer.
    """
    found = list_in(folder)
    row = KINDS.get(name)
    listed = found.meetings if row and row.source is Source.MEETING else found.mailings
    if listed is found.mailings:
        listed = [one for one in listed if _asked_template(one.path) == name]
    own = folder / TEMPLATES / f"{name}.docx"
    return [one for one in listed if _reaches(find_template(name, one.path), own)]


def _asked_template(path: Path) -> str:
    """Return the template that the mailing at `path` names."""
    data = data_of(parse_file(path)[0])
    asked = data.get("sjabloon") if isinstance(data, dict) else None
    return asked.removesuffix(".docx") if isinstance(asked, str) else ""


def _reaches(found: Path | None, own: Path) -> bool:
    """Tell whether the template `own` is in force where `found` is now, or would be."""
    if found is None or is_shipped(found):
        return True
    above = own.parent.parent.absolute()
    return found.absolute() == own.absolute() or not found.absolute().is_relative_to(above)
