"""The page as one application: which address is answered by what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from lrtdocs.web import job_pages, letters, made, meeting, paper, recipients, start, templates, text
from lrtdocs.web.guard import Guard, Refusal
from lrtdocs.web.meetings import lists, papers, publication, returning
from lrtdocs.web.pages import not_there, read_refused, refuse, unforeseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp

    from lrtdocs.web.desk import Desk

STATIC = Path(__file__).parent / "static"
SUBJECTS = (
    start,
    meeting,
    lists,
    publication,
    papers,
    returning,
    job_pages,
    letters,
    recipients,
    made,
    paper,
    text,
    templates,
)
"""Each has its `routes`."""


def make_app(desk: Desk, routes: Sequence[BaseRoute] | None = None) -> ASGIApp:
    """Return the application of the page that works at `desk`, behind its guard.

    It has the `routes` of all subjects, or only those that are given.
    """
    if routes is None:
        routes = [route for subject in SUBJECTS for route in subject.routes]
    app = Starlette(
        routes=[*routes, Mount("/vast", StaticFiles(directory=STATIC), name="vast")],
        exception_handlers={
            Refusal: read_refused,
            404: not_there,
            405: not_there,
            Exception: unforeseen,
        },
    )
    app.state.desk = desk
    return Guard(app, desk.port, desk.secret, refuse)
