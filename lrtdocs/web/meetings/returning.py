"""A paper that came back from Word: what was changed in it, and what of that goes into the file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrtdocs import api, messages
from lrtdocs.errors import LrtdocsError, Place, has_errors
from lrtdocs.web.desk import Desk, NotThereError
from lrtdocs.web.meetings.frame import path_of, show
from lrtdocs.web.pages import action, desk_of, field, page, to, upload

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem

_WORD = ".docx"


def show_upload(request: Request) -> Response:
    """Ask for the paper that came back."""
    return _show(request, [])


def take(request: Request, form: FormData) -> Response:
    """Show what is otherwise in the paper that was sent."""
    given = upload(form, "document")
    if given is None:
        return _show(request, [messages.problem("LRT932", Place(""))])
    name, data = given
    token = desk_of(request).uploads.keep(data, _WORD)
    return _compare(request, token, name)


def _compare(request: Request, token: str, name: str, said: str = "") -> Response:
    document = _document(desk_of(request), token)
    try:
        outcome = api.bring_back(document, path_of(request))
    except LrtdocsError as error:
        return _show(request, error.problems)
    if (outcome.failures or not outcome.changes) and has_errors(outcome.told):
        return _show(request, [_named(one, document, name) for one in outcome.told])
    can: dict[str, list[Problem]] = {}
    for key, one in outcome.changes:
        if api.can_take_over(one):
            can.setdefault(key, []).append(one)  # those with one key go together
    cannot = [one for _, one in outcome.changes if not api.can_take_over(one)]
    told = {id(one) for _, one in outcome.changes}
    rest = [one for one in outcome.problems if id(one) not in told]
    others = [_named(one, document, name) for one in (*cannot, *rest)]
    return show(
        request,
        "terug.html",
        "terug",
        stuk=token,
        bestand=name,
        keuzes=can,
        anders=others,
        gelijk=not outcome.changes,
        gezegd=said,
    )


def _named(problem: Problem, document: Path, name: str) -> Problem:
    """Return `problem` with the document called as whoever sent it knows it."""
    place = problem.place
    here = Path(place.file).name == document.name
    return replace(problem, place=replace(place, file=name)) if here else problem


def _show(request: Request, problems: list[Problem]) -> Response:
    nothing: dict[str, Any] = {
        "stuk": "",
        "bestand": "",
        "keuzes": {},
        "anders": [],
        "gelijk": False,
        "gezegd": "",
    }
    return show(request, "terug.html", "terug", problems=problems, **nothing)


def take_over(request: Request, form: FormData) -> Response:
    """Write the changes that were chosen into the file, and no others."""
    document, path = _document(desk_of(request), field(form, "stuk")), path_of(request)
    chosen = {key for key in form.getlist("keuze") if isinstance(key, str)}
    if not chosen:
        told = "U hebt niets aangevinkt. Er is niets overgenomen."
        return _compare(request, field(form, "stuk"), field(form, "bestand"), told)
    outcome = api.bring_back(document, path, take_over=True, only=chosen)
    with suppress(OSError):
        document.unlink()
    told = " ".join([*outcome.opening, *outcome.remarks])
    back = request.url.path.removesuffix("/overnemen")
    return to(request, back, told, outcome.told)


def _document(desk: Desk, token: str) -> Path:
    path = desk.uploads.find(token, _WORD)
    if path is None:
        raise NotThereError(messages.problem("LRT933", Place("")))
    return path


routes = [
    page("/vergadering/{id}/terug", show_upload, "show_return"),
    action("/vergadering/{id}/terug", take, "take_return"),
    action("/vergadering/{id}/terug/overnemen", take_over, "take_over_return"),
]
