"""The first page: what there is in the folder; and the files that are fetched from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import api
from lrtdocs.web.pages import attachment, desk_of, page, render
from lrtdocs.web.questions import HUISSTIJL

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def show_folder(request: Request) -> Response:
    """Show the meetings, the mailings and what else there is."""
    desk = desk_of(request)
    has_house = (desk.folder / f"{HUISSTIJL}.yaml").is_file()
    return render(request, "start.html", map=api.list_folder(desk.folder), huisstijl=has_house)


def fetch(request: Request) -> Response:
    """Give a file of the folder, to be kept."""
    path = desk_of(request).files.path_of(request.path_params["id"])
    return attachment(path.read_bytes(), path.name)


routes = [page("/", show_folder), page("/ophalen/{id}", fetch)]
