"""What a series of meetings left to do and decided, over all their files.

The file of a meeting says how things stood then. Of each action the meeting with the latest date
counts; one that a later meeting does not name stays as it was, and that is told. Actions are known
by their series (`overleg`) and number.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.documents.lists import (
    Action,
    Deadline,
    Decision,
    Group,
    Overview,
    list_words,
)
from lrtdocs.documents.words import NOBODY, moment_of
from lrtdocs.errors import LrtdocsError, Place, UsageError, suggest
from lrtdocs.findings import cut_short
from lrtdocs.messages import problem
from lrtdocs.model.characters import squeeze
from lrtdocs.model.velden import Rubriek
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.finish import Draft
from lrtdocs.run.documents.make import read_logo
from lrtdocs.run.load.meeting import place_remarks
from lrtdocs.run.load.model import kind_of_file, load_house, load_model
from lrtdocs.run.load.series import (
    CLOSED,
    compare_meetings,
    is_same_thing,
    list_actions,
    list_decisions,
)
from lrtdocs.run.load.tables import Listing
from lrtdocs.run.meetings.sending import FOLDER
from lrtdocs.source.files import is_dir
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.house.build import build_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.vergadering import Actiepunt
    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.run.load.series import Entry
    from lrtdocs.run.load.tables import Shown

    Series = dict[str, list[ModelFile[Vergadering]]]

_YAML = {".yaml", ".yml"}
_OWNERS = re.compile(r"\s*[,;/&]\s*|\s+en\s+")
_NAMESPACE = uuid.UUID("0d4a9a52-8c0f-5a0e-9d5b-3f0c6f7a1e11")
"""Of the uids that are made here; any other one would do, as long as it stays the same."""
_LONGEST = 10
"""So many days after a deadline it has passed, whatever days are free."""


# --- reading


def load_series(paths: Sequence[Path], problems: list[Problem], passed: list[Path]) -> Series:
    """Read the meetings at `paths`, those of one series together and in order of their dates.

    Of a folder that is every file of a meeting in it and below. What is wrong with them, and what
    clashes between one and the next, goes to `problems`; a file with errors is left out, and so is
    one of several that is of another kind: it goes to `passed`.
    """
    loaded: list[ModelFile[Vergadering]] = []
    for path in _walk(paths, problems):
        try:
            if len(paths) > 1 and kind_of_file(path) != "vergadering":
                passed.append(path)
                continue
            file = load_model(path, Vergadering, problems)
        except LrtdocsError as error:
            problems += error.problems
            continue
        loaded += [] if file is None else [file]
    series = _group(loaded)
    for files in series.values():
        files.sort(key=lambda file: file.model.datum)
        problems += cut_short(_find_conflicts(files))
    return series


def _group(files: Sequence[ModelFile[Vergadering]]) -> Series:
    """Return `files` by their series: that of their body, or that of the meeting before.

    So a body that got another name goes on with the actions it had.
    """
    bodies = {file.path.resolve(): squeeze(file.model.overleg) for file in files}
    names = {body: body for body in bodies.values()}
    for file in files:
        name = file.model.vorige
        before = bodies.get(file.beside(name).resolve()) if isinstance(name, str) else None
        if before is not None:
            old, new = names[before], names[squeeze(file.model.overleg)]
            names = {body: old if known == new else known for body, known in names.items()}
    series: Series = {}
    for file in files:
        series.setdefault(names[squeeze(file.model.overleg)], []).append(file)
    return series


def _walk(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield the files that `paths` name, each once, and those of meetings in folders among them."""
    seen: set[Path] = set()
    for path in paths:
        files = _walk_folder(path) if is_dir(path) else iter([path])
        found = False
        for file in files:
            found = True
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file
        if not found:
            problems.append(problem("LRT097", Place(str(path))))


def _walk_folder(folder: Path) -> Iterator[Path]:
    """Yield the files of meetings in `folder` and below, but for copies of what was sent."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts[:-1]
        hidden = any(part == FOLDER or part.startswith(".") for part in inside)
        if path.suffix.lower() in _YAML and path.is_file() and not hidden and _is_meeting(path):
            yield path


def _is_meeting(path: Path) -> bool:
    try:
        return kind_of_file(path) == "vergadering"
    except LrtdocsError:
        return True  # it is read next, and told


def _find_conflicts(files: Sequence[ModelFile[Vergadering]]) -> Iterator[Problem]:
    for earlier, later in pairwise(files):
        if earlier.model.datum == later.model.datum:
            told = {"file": earlier.path.name, "day": dutch.format_date(later.model.datum)}
            yield problem("LRT289", later.place("datum"), None, **told)
        remarks = compare_meetings(earlier.model, later.model, earlier.path.name)
        yield from place_remarks(later, remarks)


# --- actions


def merge_actions(series: Series, today: dt.date) -> list[Action]:
    """Return every action of `series` in its newest state, by deadline; words come last."""
    actions = [
        action
        for files in series.values()
        for same in _by_number(files).values()
        for action in same
    ]
    return sorted((judge_deadline(action, today) for action in actions), key=_deadline)


def _by_number(files: Sequence[ModelFile[Vergadering]]) -> dict[str, list[Action]]:
    """Return the actions under each number: one, unless it was used for different things."""
    found: dict[str, list[Action]] = {}
    for file in files:
        for entry in list_actions(file.model):
            known = found.setdefault(entry.number, [])
            before = known[-1] if known and is_same_thing(known[-1].wat, entry.text) else None
            action = _make_action(entry, file.model, before)
            known[len(known) - (before is not None) :] = [action]
    return found


def _make_action(
    entry: Entry[Actiepunt], vergadering: Vergadering, before: Action | None
) -> Action:
    said = entry.said
    agreed = vergadering.datum if entry.of_item else None
    return Action(
        entry.number,
        said.wat,
        said.wie,
        said.gereed,
        said.status,
        said.toelichting,
        said.sinds or (before.sinds if before else agreed),
        vergadering.overleg,
        vergadering.datum,
        over_tijd=False,
    )


def _deadline(action: Action) -> tuple[int, object, str]:
    rank = 0 if isinstance(action.gereed, dt.date) else 1 if action.gereed else 2
    return rank, action.gereed or "", action.nummer


def is_open(action: Action) -> bool:
    """Tell whether something is still to be done."""
    return action.status not in CLOSED


def judge_deadline(action: Action, today: dt.date) -> Action:
    """Return `action` with whether it is over time on the day `today`."""
    late = (
        is_open(action) and isinstance(action.gereed, dt.date) and has_passed(action.gereed, today)
    )
    return action._replace(over_tijd=late)


def has_passed(deadline: dt.date, today: dt.date) -> bool:
    """Tell whether `deadline` is over: one in a weekend or on a holiday after the next working day.

    The holidays are those of the Netherlands.
    """
    if deadline >= today or (today - deadline).days > _LONGEST:
        return deadline < today
    from holidays.countries.netherlands import Netherlands  # a quarter of a second

    free = Netherlands(years=[deadline.year, today.year])  # type: ignore[no-untyped-call]
    while deadline.weekday() > 4 or deadline in free:
        deadline += dt.timedelta(days=1)
    return deadline < today


def choose_owner(actions: Sequence[Action], names: Sequence[str]) -> list[Action]:
    """Return the `actions` of the owners called `names`, be it with others; all without a name.

    Capitals and spaces do not count. Raises UsageError for a name that no action has.
    """
    asked = {squeeze(name): name for name in names}
    known = {name for action in actions for name in _owners(action)}
    for key, name in asked.items():
        if key not in {squeeze(other) for other in known}:
            guess = suggest(name, known)
            guess = f"; {guess}" if guess else "."
            told = {"name": name, "guess": guess, "known": dutch.join_some(sorted(known), 10)}
            raise UsageError(problem("LRT098", Place("--wie"), None, **told))
    return [a for a in actions if not asked or asked.keys() & {squeeze(n) for n in _owners(a)}]


def _owners(action: Action) -> list[str]:
    """Return by what names the owners of `action` are known: "AenM en VNG" also as each of them."""
    parts = (part for name in action.wie for part in _OWNERS.split(name))
    return list(dict.fromkeys(name for name in (*action.wie, *parts) if name))


# --- decisions


def merge_decisions(series: Series) -> list[Decision]:
    """Return every decision of `series`, in order of series, date and item."""
    return [
        Decision(
            entry.number,
            entry.said.tekst,
            str(entry.said.stemming or ""),
            entry.of_item,
            file.model.overleg,
            file.model.datum,
        )
        for files in series.values()
        for file in files
        for entry in list_decisions(file.model)
    ]


# --- tables and calendars


_ACTION_HEADINGS = ("Nr", "Actie", "Wie", "Gereed", "Status", "Over tijd", "Sinds")
_DECISION_HEADINGS = ("Nr", "Datum", "Agendapunt", "Besluit", "Stemming")


def list_open(actions: Sequence[Action], today: dt.date) -> Listing:
    """Return `actions` as a table, with how many are open and over time on the day `today`."""
    told = any(action.toelichting for action in actions)
    several = len({squeeze(action.overleg) for action in actions}) > 1
    more = [name for name, wanted in (("Toelichting", told), ("Overleg", several)) if wanted]
    rows: list[list[Shown]] = [
        [
            *(action.nummer, action.wat, ", ".join(action.wie), action.gereed),
            *(action.status.value, "ja" if action.over_tijd else "nee", action.sinds),
            *(getattr(action, name.lower()) for name in more),
        ]
        for action in actions
    ]
    return Listing((*_ACTION_HEADINGS, *more), rows, (count_open(actions, today),))


def count_open(actions: Sequence[Action], today: dt.date) -> str:
    """Return the line that counts `actions` on the day `today`."""
    number, late = sum(map(is_open, actions)), sum(action.over_tijd for action in actions)
    closed = len(actions) - number
    done = f", {closed} afgerond of vervallen" if closed else ""
    return f"{number} open, {late} over tijd{done} (peildatum {dutch.format_date(today)})."


def list_decided(decisions: Sequence[Decision]) -> Listing:
    """Return `decisions` as a table."""
    several = len({squeeze(decision.overleg) for decision in decisions}) > 1
    rows: list[list[Shown]] = [
        [
            *(decision.nummer, decision.vergadering, decision.agendapunt),
            *(" ".join(str(decision.tekst).split()), decision.stemming),
            *([decision.overleg] if several else []),
        ]
        for decision in decisions
    ]
    number, meetings = len(decisions), len({(d.overleg, d.vergadering) for d in decisions})
    summary = f"{number} besluit{'en' if number != 1 else ''} uit {meetings} vergadering"
    headings = (*_DECISION_HEADINGS, *(("Overleg",) if several else ()))
    return Listing(headings, rows, (f"{summary}{'en' if meetings != 1 else ''}.",))


def list_deadlines(actions: Sequence[Action]) -> list[Deadline]:
    """Return the deadlines of `actions` that have a date, each known for good by its number.

    Where one number stands for several things, what is to be done tells them apart.
    """
    used = Counter((squeeze(action.overleg), action.nummer) for action in actions)
    return [
        Deadline(
            _uid(action, alone=used[squeeze(action.overleg), action.nummer] == 1),
            action.gereed,
            action,
        )
        for action in actions
        if isinstance(action.gereed, dt.date)
    ]


def _uid(action: Action, *, alone: bool) -> str:
    about = "" if alone else f"/{squeeze(action.wat)}"
    return f"{uuid.uuid5(_NAMESPACE, f'{squeeze(action.overleg)}/{action.nummer}{about}')}@lrtdocs"


# --- on paper


def group_actions(actions: Sequence[Action]) -> list[Group]:
    """Return `actions` by owner, in order of their names; what nobody does comes last."""
    owned: dict[str, list[Action]] = {}
    names: dict[str, str] = {}
    for action in actions:
        for name in action.wie or ("",):
            owned.setdefault(squeeze(name), []).append(action)
            names.setdefault(squeeze(name), name or NOBODY)
    keys = sorted(owned, key=lambda key: (not key, names[key].casefold()))
    return [Group(names[key], acties=owned[key]) for key in keys]


def group_decisions(decisions: Sequence[Decision]) -> list[Group]:
    """Return `decisions` by body, in the order in which those come."""
    taken: dict[str, list[Decision]] = {}
    for decision in decisions:
        taken.setdefault(squeeze(decision.overleg), []).append(decision)
    return [Group(rows[0].overleg, besluiten=rows) for rows in taken.values()]


def name_actions(who: Sequence[str], *, overdue: bool, closed: bool) -> str:
    """Return what a list of actions is about: "Openstaande acties van COA"."""
    of = f" van {dutch.join_words(who)}" if who else ""
    if overdue:
        return f"Acties{of} die over tijd zijn"
    return f"Acties{of}" if closed else f"Openstaande acties{of}"


class Paper(NamedTuple):
    """What a paper is made of: the meetings, what it is about, what is in it, and its date."""

    series: Series
    subject: str
    groups: Sequence[Group]
    day: dt.date


def draft_list(paper: Paper, state: str, target: Path, problems: list[Problem]) -> Draft | None:
    """Return a list as a document for `target`, with the line `state`.

    It is sent by who sends the newest meeting, and is as secret as the most secret one. None, and
    why in `problems`, if there is no meeting, or no house style goes for it.
    """
    meetings = [file for files in paper.series.values() for file in files]
    if not meetings:
        return None
    newest = max(meetings, key=lambda file: file.model.datum)
    house = load_house(newest.path, problems, newest)
    if house is None:
        return None
    overview = Overview(
        paper.subject,
        [files[-1].model.overleg for files in paper.series.values()],
        _span([file.model.datum for file in meetings]),
        state,
        paper.groups,
        most_secret(paper.series),
        newest.model,
        paper.day,
    )
    template = compile_template(build_list(), "lijst")
    words = list_words(overview, house.huisstijl, house.afzender)
    docx = render(template, words, pictures=read_logo(house), font=house.huisstijl.lettertype)
    return Draft(newest.path, target, docx, moment_of(words))


def _span(days: Sequence[dt.date]) -> str:
    """Return how many meetings there are, and from when to when."""
    first, last = dutch.format_date(min(days)), dutch.format_date(max(days))
    if len(days) == 1:
        return f"1, op {first}"
    return f"{len(days)}, van {first} tot en met {last}"


def most_secret(series: Series) -> str | None:
    """Return the highest level of the meetings; a mark of one's own holds for one paper."""
    marks = {file.model.rubricering for files in series.values() for file in files}
    return next((str(level) for level in reversed(Rubriek) if level in marks), None)
