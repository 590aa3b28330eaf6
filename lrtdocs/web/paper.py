"""The live paper: what stands in a form or an editor, as the pages that it becomes.

An answer belongs to the number that the browser gave with its question: what is shown as new is
never older than what was typed. Pictures stay in memory, under the digest of what they show, for as
long as the newest pages need them.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.responses import JSONResponse, Response

from lrtdocs import api, messages
from lrtdocs.errors import LrtdocsError, Place, has_errors
from lrtdocs.kinds import KINDS
from lrtdocs.web.desk import NotThereError
from lrtdocs.web.forms import BASE, text_of
from lrtdocs.web.pages import action, desk_of, field, page, render, whole
from lrtdocs.web.questions import NUMBER, PUBLIC, TEXT, WINDOW, other_file, tell_problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from lrtdocs.errors import Problem


_NO_FIELDS: Mapping[str, Problem] = MappingProxyType({})


class Shown(NamedTuple):
    """What is seen of a paper: its problems, its pages and the places on them.

    `text` is what it was made of, None for the file itself. `fields` are the problems that stand in
    no text: those of what cannot be one, by the names of the fields.
    """

    problems: Sequence[Problem]
    pages: Sequence[api.PagePicture] = ()
    spots: Sequence[api.Spot] = ()
    text: str | None = None
    fields: Mapping[str, Problem] = _NO_FIELDS

    @property
    def state(self) -> str:
        """Return "goed" if these are the pages of what was asked, "fout" if it has none."""
        return "goed" if self.pages and not has_errors(self.problems) else "fout"


def look(request: Request, form: FormData, path: Path) -> Shown:
    """Return what is seen of the paper that `request` names, of the file at `path`.

    It is made of what stands in `form`. Raises NotThereError for a kind that is none.
    """
    named = request.path_params["kind"]
    kind = named.removeprefix(PUBLIC)
    if kind not in KINDS:
        raise NotThereError(messages.problem("LRT903", Place("")))
    window = field(form, WINDOW)
    try:
        text = text_in(path, form)
        sight = desk_of(request).viewer.show(
            path,
            kind,
            text,
            public=named.startswith(PUBLIC),
            only=request.query_params.get("ontvanger") or None,
            key=(path, window) if window else None,
        )
    except api.NotTakenError as error:
        return Shown(error.problems, fields=error.fields)
    except LrtdocsError as error:
        return Shown(error.problems)
    return Shown(sight.problems, sight.pages, sight.spots, text)


def text_in(path: Path, form: FormData) -> str | None:
    """Return the text of the file at `path` as `form` has it, None if it says nothing of it.

    Raises LrtdocsError for fields that make no text.
    """
    if BASE in form:
        return text_of(api.open_text(path), form)
    return field(form, TEXT) if TEXT in form else None


def answer(request: Request, form: FormData) -> Response:
    """Answer what the paper of a form looks like, for the script of the page."""
    given = {NUMBER: whole(field(form, NUMBER))}
    try:
        path = desk_of(request).files.path_of(request.path_params["id"])
    except NotThereError as error:  # somebody took the file away while its page was open
        return JSONResponse({**given, **_tell(request, Shown(error.problems), Path())})
    try:
        return JSONResponse({**given, **_tell(request, look(request, form, path), path)})
    except api.Overtaken:
        return JSONResponse({**given, "staat": "ingehaald"})


def _tell(request: Request, shown: Shown, path: Path) -> dict[str, Any]:
    """Return what is seen of the file at `path` as the script of a page reads it."""
    good = shown.state == "goed"
    return {
        "staat": shown.state,
        "paginas": pages_of(request, shown) if good else [],
        "plekken": [_spot(spot, path) for spot in shown.spots] if good else [],
        "problemen": tell_problems(shown.problems, path, shown.text, shown.fields),
    }


def sheet(request: Request, form: FormData) -> Response:
    """Show the paper of a form as a page of its own, for browsers without JavaScript."""
    path = desk_of(request).files.path_of(request.path_params["id"])
    try:
        shown = look(request, form, path)
    except api.Overtaken:
        shown = look(request, form, path)
    return render(
        request,
        "beeld.html",
        soort=request.path_params["kind"],
        bestand=path.name,
        problems=shown.problems,
        paginas=pages_of(request, shown) if shown.state == "goed" else [],
    )


def pages_of(request: Request, shown: Shown) -> list[dict[str, Any]]:
    """Keep the pages of `shown`; return where each is found, and its size in points."""
    pictures = desk_of(request).pictures
    return [
        {
            "url": f"/beeld/plaatje/{pictures.keep(page.png)}.png",
            "breedte": page.width,
            "hoogte": page.height,
        }
        for page in shown.pages
    ]


def _spot(spot: api.Spot, path: Path) -> list[Any]:
    loc = ".".join(str(step) for step in spot.loc)
    place = spot.place
    return [spot.page, *spot.box, loc, place.line, place.column, other_file(place, path)]


def picture(request: Request) -> Response:
    """Give a picture of a page."""
    png = desk_of(request).pictures.find(request.path_params["digest"])
    if png is None:
        raise NotThereError(messages.problem("LRT903", Place("")))
    return Response(png, media_type="image/png")


routes = [
    page("/beeld/plaatje/{digest}.png", picture),
    action("/beeld/{id}/{kind}", answer, "beeld"),
    action("/beeld/{id}/{kind}/blad", sheet, "beeld_blad"),
]
