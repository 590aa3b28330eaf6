"""Reading a meeting together with the house style that goes for it."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - of a field with a default
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.documents.meetings import is_concept
from lrtdocs.errors import FileProblemError, Problem, has_errors
from lrtdocs.kinds import KINDS, Kind, Source, kinds_of
from lrtdocs.messages import problem, text
from lrtdocs.model.vergadering import Vergadering, VolgendeVergadering, walk_bijlagen, walk_punten
from lrtdocs.run.load.model import (
    FILES,
    House,
    ModelFile,
    check_annex_files,
    load_house,
    load_model,
)
from lrtdocs.run.load.pictures import load_pictures
from lrtdocs.run.load.series import compare_meetings
from lrtdocs.source.build.build import model_warnings
from lrtdocs.source.files import is_file
from lrtdocs.word.provenance import read_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from lrtdocs.model.remarks import Remark
    from lrtdocs.word.package.pictures import Picture


@dataclass(frozen=True, slots=True)
class Meeting(ModelFile[Vergadering]):
    """A meeting read from a file, with the house style and the sender that go for it.

    `pictures` are those in its texts, by the names that the file has for them.
    """

    house: House
    pictures: Mapping[str, Picture] = field(default_factory=dict, repr=False)


def load_vergadering(path: Path, kind: str | None) -> tuple[Meeting | None, list[Problem]]:
    """Read the meeting at `path` with its house style; `kind` decides which warnings are told.

    Without a kind they are those of minutes, as soon as anything was written down for them.

    Returns None, with all problems of both files, if a document cannot be made of them.
    """
    problems: list[Problem] = []
    file = load_model(path, Vergadering, problems)
    house = load_house(path, problems, file)
    if file is None:
        return None, problems
    vergadering = _date_next(file, problems)
    problems += model_warnings(vergadering, file.node, kind or kinds_so_far(vergadering)[-1])
    problems += [*_check_previous(file), *check_annex_files(file, walk_bijlagen(file.model))]
    pictures, wrong = load_pictures(file)
    problems += wrong
    if house is None or has_errors(wrong):
        return None, problems
    return Meeting(path, file.node, vergadering, house, pictures), problems


def date_meeting(
    meeting: Meeting, today: date, kind: str | None = None, target: Path | None = None
) -> tuple[date, list[Problem]]:
    """Return the day that the document of this `kind` of a meeting bears, with what is odd in that.

    Where the file does not say it, that is the one of the document that is at `target` already.
    """
    model, row = meeting.model, KINDS[kind or kinds_so_far(meeting.model)[-1]]
    target = target or meeting.path.with_name(f"{meeting.path.stem}-{soort_now(model, row)}.docx")
    own = model.dagtekening_verslag if row.is_minutes else None
    given = own or model.dagtekening
    if given:
        return given, []
    day = read_day(target) or today
    late = not row.is_minutes and day > model.datum
    fields = {
        "date": dutch.format_date(day),
        "day": dutch.format_date(model.datum),
        "iso": day.isoformat(),
        "key": "dagtekening_verslag" if row.is_minutes else "dagtekening",
    }
    return day, [problem("LRT270.na" if late else "LRT270.stuk", meeting.place(), None, **fields)]


def soort_now(vergadering: Vergadering, kind: Kind) -> str:
    """Return what sort of paper the document of this `kind` of a meeting is now: its name ends so.

    Minutes that are a concept, verslag-concept, stay beside those that were adopted.
    """
    return f"{kind.name}-concept" if is_concept(kind, vergadering) else kind.name


def kinds_so_far(vergadering: Vergadering) -> list[str]:
    """Return the kinds of document that a meeting has come to: minutes once there are any."""
    punten = (punt for _, punt in walk_punten(vergadering))
    said = any(punt.verslag or punt.besluiten or punt.actiepunten for punt in punten)
    kinds = [kind for kind in kinds_of(Source.MEETING) if not kind.since_sent]
    return [kind.name for kind in kinds if said or not kind.is_minutes]


def _check_previous(file: ModelFile[Vergadering]) -> list[Problem]:
    """Return what is odd about the file of the meeting before, and against it about this one."""
    name, place = file.model.vorige, file.place("vorige")
    if not isinstance(name, str):
        return []
    path = file.beside(name)
    if not is_file(path):
        return [problem("LRT227.vorige", place, name=name)]
    if path.samefile(file.path):
        return [problem("LRT227.zichzelf", place, name=name)]
    wrong: list[Problem] = []
    try:
        before = load_model(path, Vergadering, wrong)
    except FileProblemError:
        before = None
    if before is None:
        other = {each.key for each in wrong} & set(FILES.values())
        return [problem("LRT227.ander" if other else "LRT227.acties", place, name=name)]
    if before.model.datum > file.model.datum:
        date, day = (dutch.format_date(each.model.datum) for each in (before, file))
        return [problem("LRT255.vorige", place, None, date=date, day=day)]
    return place_remarks(file, compare_meetings(before.model, file.model, name))


def place_remarks(file: ModelFile[Vergadering], remarks: Iterable[Remark]) -> list[Problem]:
    """Return `remarks` on the meeting in `file` as problems, each at its place."""
    return [each.fault.at(file.place(*each.loc)) for each in remarks]


def _date_next(file: ModelFile[Vergadering], problems: list[Problem]) -> Vergadering:
    """Return the meeting with when and where the next one is, where it names the file of that."""
    name, place = file.model.volgende_vergadering, file.place("volgende_vergadering")
    if not isinstance(name, str):
        return file.model
    following, unread = None, problem("LRT227", place, name=name)
    try:
        following = load_model(file.beside(name), Vergadering, [])
    except FileProblemError as error:
        itself = file.path.name in str(error.problems[0].fields.get("guess", ""))
        remedy = text("deel.kijk_de_naam_na") if itself else error.remedy
        unread = problem("LRT227.onleesbaar", place, name=name, remedy=remedy)
    problems += [] if following else [unread]
    found = following and VolgendeVergadering(
        **{name: getattr(following.model, name) for name in VolgendeVergadering.model_fields}
    )
    return file.model.model_copy(update={"volgende_vergadering": found})
