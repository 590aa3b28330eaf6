"""The papers of a meeting: made in the folder as the commands do, and taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import api
from lrtdocs.errors import LrtdocsError
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.web.meetings.frame import path_of, show
from lrtdocs.web.pages import action, desk_of, field, page, read_day, to

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem
    from lrtdocs.web.jobs import Progress

MAKING, INVITING, BUNDLING = "Stukken maken", "Uitnodiging maken", "Alles in één PDF"


def show_papers(request: Request) -> Response:
    """Show which papers there are, and which can be made."""
    return _show(request)


def _show(request: Request, problems: list[Problem] | None = None) -> Response:
    desk, path = desk_of(request), path_of(request)
    there = [(one, desk.files.id_of(one.path)) for one in api.list_papers(path)]
    kinds = [row.name for row in kinds_of(Source.MEETING)]
    return show(
        request,
        "stukken.html",
        "stukken",
        problems=problems or [],
        job=MAKING,
        soorten=kinds,
        er_zijn=there,
    )


def make_papers(request: Request, form: FormData) -> Response:
    """Make the papers that were asked for, one kind after the other."""
    path, here = path_of(request), request.url.path
    kinds = [kind for kind in form.getlist("soort") if isinstance(kind, str) and kind in KINDS]
    if not kinds:
        return to(request, here, "U hebt nog geen stuk gekozen.")
    options = api.Options(
        pdf=bool(field(form, "pdf")),
        html=bool(field(form, "html")),
        overwrite=bool(field(form, "overschrijf")),
    )

    def work(progress: Progress, _stopped: Callable[[], bool]) -> api.Outcome:
        outcome = api.Outcome()
        for kind in kinds:
            outcome.take_in(api.make_documents([path], kind, options, progress))
        return outcome

    desk_of(request).jobs.start(MAKING, work, about=request.path_params["id"], where=here)
    return to(request, here)


def show_invitation(request: Request) -> Response:
    """Show what an invitation is, and the one that was made."""
    return show(request, "uitnodiging.html", "uitnodiging", job=INVITING)


def make_invitation(request: Request, form: FormData) -> Response:
    """Make the appointment and the mail, or those that call the meeting off."""
    path, off = path_of(request), bool(field(form, "afzeggen"))

    def work(_progress: Progress, _stopped: Callable[[], bool]) -> api.Outcome:
        return api.invite(path, call_off=off)

    about, here = request.path_params["id"], request.url.path
    desk_of(request).jobs.start(INVITING, work, about=about, where=here)
    return to(request, here)


def show_bundle(request: Request) -> Response:
    """Show what a bundle is, and the one that was made."""
    return show(request, "bundel.html", "bundel", job=BUNDLING)


def make_bundle(request: Request, form: FormData) -> Response:
    """Make the agenda and its annexes one PDF."""
    path, secret = path_of(request), bool(field(form, "vertrouwelijk"))

    def work(progress: Progress, _stopped: Callable[[], bool]) -> api.Outcome:
        return api.bundle_papers(path, None, progress, confidential=secret)

    about, here = request.path_params["id"], request.url.path
    desk_of(request).jobs.start(BUNDLING, work, about=about, where=here)
    return to(request, here)


# --- its life


def show_next(request: Request) -> Response:
    """Show what goes along to the next meeting, on the day that is asked."""
    day = request.query_params.get("datum", "")
    problems: list[Problem] = []
    told: list[str] = []
    try:
        outcome = api.follow(path_of(request), read_day(day), proof=True)
        told = [*outcome.opening, *outcome.remarks]
    except LrtdocsError as error:
        problems = error.problems
    asked = problems if day else []
    return show(
        request, "volgende.html", "volgende", problems=asked, datum=day, mee=told, mist=problems
    )


def make_next(request: Request, form: FormData) -> Response:
    """Make the file of the next meeting, and go there."""
    desk, day = desk_of(request), field(form, "datum")
    try:
        outcome = api.follow(path_of(request), read_day(day))
    except LrtdocsError as error:
        found = error.problems
        return show(
            request, "volgende.html", "volgende", problems=found, datum=day, mee=[], mist=found
        )
    fresh = outcome.written[0]
    told = " ".join(outcome.remarks)
    return to(request, f"/vergadering/{desk.files.id_of(fresh)}", told, outcome.problems)


def show_adoption(request: Request) -> Response:
    """Show what adopting the minutes does."""
    return show(request, "vaststellen.html", "vaststellen", datum="")


def adopt(request: Request, form: FormData) -> Response:
    """Write that the minutes were adopted, and make the papers."""
    text = field(form, "datum")
    try:
        day = read_day(text)
        outcome = api.adopt(path_of(request), day or api.today())
    except LrtdocsError as error:
        return show(request, "vaststellen.html", "vaststellen", problems=error.problems, datum=text)
    return _told(request, outcome, "Het verslag is vastgesteld.")


def show_sending(request: Request) -> Response:
    """Show what it means that papers were sent."""
    return show(request, "verzonden.html", "verzonden", datum="")


def mark_sent(request: Request, form: FormData) -> Response:
    """Keep the meeting and its papers as they were sent."""
    text = field(form, "datum")
    try:
        outcome = api.mark_sent(path_of(request), (), read_day(text))
    except LrtdocsError as error:
        return show(request, "verzonden.html", "verzonden", problems=error.problems, datum=text)
    return _told(request, outcome, "De stukken zijn bewaard zoals ze zijn verzonden.")


def _told(request: Request, outcome: api.Outcome, done: str) -> Response:
    """Return the way back to the same page, where what came of it is told."""
    well = outcome.exit_code == 0
    told = " ".join([*([done] if well else []), *outcome.opening, *outcome.remarks])
    return to(request, request.url.path, told, outcome.told, outcome.written)


_AT = "/vergadering/{id}"
routes = [
    page(f"{_AT}/stukken", show_papers),
    action(f"{_AT}/stukken", make_papers),
    page(f"{_AT}/uitnodiging", show_invitation),
    action(f"{_AT}/uitnodiging", make_invitation),
    page(f"{_AT}/bundel", show_bundle),
    action(f"{_AT}/bundel", make_bundle),
    page(f"{_AT}/volgende", show_next),
    action(f"{_AT}/volgende", make_next),
    page(f"{_AT}/vaststellen", show_adoption),
    action(f"{_AT}/vaststellen", adopt),
    page(f"{_AT}/verzonden", show_sending),
    action(f"{_AT}/verzonden", mark_sent),
]
