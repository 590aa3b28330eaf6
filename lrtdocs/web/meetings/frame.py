"""What the pages about one meeting share: who it is, where it stands in its life, its job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs import api
from lrtdocs.web.pages import UNPROCESSABLE, desk_of, render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem


def path_of(request: Request) -> Path:
    """Return the file of the meeting that `request` is about; raise NotThereError if it is gone."""
    return desk_of(request).files.path_of(request.path_params["id"])


def show(
    request: Request,
    name: str,
    here: str,
    *,
    problems: Sequence[Problem] = (),
    status: int = UNPROCESSABLE,
    job: str = "",
    **context: Any,
) -> Response:
    """Return the page `name` about a meeting, which is at `here` under its address.

    `problems` are of what was asked and not done, which is told with that `status`. Of a page that
    works by the `job` of that name it shows how that stands, and what came of it.
    """
    desk, id_, path = desk_of(request), request.path_params["id"], path_of(request)
    ended = desk.jobs.ended(id_, job) if job else None
    files = getattr(ended.outcome, "written", []) if ended else []
    listed = api.list_file(path)
    return render(
        request,
        name,
        status if problems else 200,
        id=id_,
        hier=here,
        naam=(listed.name if listed else "") or path.stem,
        dag=listed.day if listed else None,
        vastgesteld=listed.adopted if listed else None,
        problems=problems,
        klus=desk.jobs.busy(id_),
        gedaan=ended,
        gemaakt=[(one.name, desk.files.id_of(one)) for one in files if one.is_file()],
        **context,
    )
