"""The publication of a meeting: what may have been missed, decided one by one, and the copies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lrtdocs import api, messages
from lrtdocs.errors import Place, has_errors
from lrtdocs.kinds import Source
from lrtdocs.model.openbaar.gronden import GRONDEN
from lrtdocs.web.meetings import frame
from lrtdocs.web.meetings.frame import path_of
from lrtdocs.web.pages import CONFLICT, action, desk_of, field, page, to
from lrtdocs.web.questions import PUBLIC, papers_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem
    from lrtdocs.web.jobs import Progress

JOB = "Openbare versie maken"
_DIGEST, _ANSWER, _GROUND, _ALL, _BACK, _STAY = (
    "controlegetal",
    "antwoord-",
    "grond-",
    "alle",
    "terug",
    "laat",
)


def show(request: Request) -> Response:
    """Show what there is to decide, what is left out, and the copies that were made."""
    return _show(request)


def _show(request: Request, problems: Sequence[Problem] = ()) -> Response:
    path = path_of(request)
    opened, review = api.open_text(path), api.review(path)
    groups: dict[str, list[api.Suggestion]] = defaultdict(list)
    for one in review.suggestions:
        groups[str(one.soort)].append(one)
    left: dict[str, list[api.LeftOut]] = defaultdict(list)
    for omission in review.left_out:
        left[omission.grond].append(omission)
    return frame.show(
        request,
        "openbaar.html",
        "openbaar",
        problems=problems,
        status=CONFLICT,
        job=JOB,
        controlegetal=opened.digest,
        kijk=review,
        mag_maken=review.readable and not has_errors(review.problems),
        groepen=groups,
        weg={code: left[code] for code in GRONDEN if code in left},
        gronden=GRONDEN,
        stukken=[name for name in papers_of(Source.MEETING) if name.startswith(PUBLIC)],
    )


def decide(request: Request, form: FormData) -> Response:
    """Write what was decided into the file; what could not be decided so is told."""
    path = path_of(request)
    opened = api.open_text(path)
    if field(form, _STAY):
        made = api.allow_words(path, opened.text, field(form, _STAY))
    else:
        decisions = _decisions(form, path)
        if not decisions:
            return to(request, request.url.path, "U hebt nog niets gekozen.")
        made = api.decide(path, opened.text, decisions)
    if made.done:
        try:
            api.save_text(path, made.text, field(form, _DIGEST))
        except api.ChangedOutsideError:
            return _show(request, [messages.problem("LRT942", Place(str(path)))])
    return to(request, request.url.path, _tell(made), made.problems)


def _decisions(form: FormData, path: Path) -> list[api.Decision]:
    """Return what was decided: of all of one kind, taken back, or one by one."""
    soort, _, answer = field(form, _ALL).rpartition("|")
    if soort and answer in set(api.Answer):
        asked = [one for one in api.review(path).suggestions if str(one.soort) == soort]
        wanted = api.Answer(answer)
        return [api.Decision(one.key, wanted) for one in asked if wanted in one.answers]
    if back := field(form, _BACK):
        return [api.Decision(back, api.Answer.TERUG)]
    found = []
    for name in form:
        answer = field(form, name)
        if name.startswith(_ANSWER) and answer in set(api.Answer):
            key = name.removeprefix(_ANSWER)
            ground = field(form, f"{_GROUND}{key}")
            found.append(api.Decision(key, api.Answer(answer), ground if ground in GRONDEN else ""))
    return sorted(found, key=lambda one: one.answer)


def _tell(made: api.Decided) -> str:
    if not made.done:
        return ""
    told = "1 keuze is" if made.done == 1 else f"{made.done} keuzes zijn"
    more = "1 andere plek" if made.shown == 1 else f"{made.shown} andere plekken"
    shown = f" Daardoor {'is' if made.shown == 1 else 'zijn'} ook {more} weer te lezen."
    return f"{told} in het bestand gezet.{shown if made.shown else ''}"


def make(request: Request, form: FormData) -> Response:
    """Make the copies, and look into each for what was left out."""
    path, where = path_of(request), request.url.path.removesuffix("/maken")
    options = api.PublishOptions(
        pdf=bool(field(form, "pdf")),
        html=bool(field(form, "html")),
        concept=bool(field(form, "concept")),
    )

    def work(progress: Progress, stopped: object) -> api.Outcome:  # noqa: ARG001 - it is short
        outcome = api.publish([path], options, progress)
        for one in list(outcome.written):
            progress(f"{one.name} nakijken", 0, 0)
            outcome.take_in(api.prove_copy(one, [path]))
        return outcome

    about = request.path_params["id"]
    desk_of(request).jobs.start(JOB, work, about=about, where=where)
    return to(request, f"{where}#maken")


routes = [
    page("/vergadering/{id}/openbaar", show, "show_publication"),
    action("/vergadering/{id}/openbaar", decide, "decide_publication"),
    action("/vergadering/{id}/openbaar/maken", make, "make_publication"),
]
