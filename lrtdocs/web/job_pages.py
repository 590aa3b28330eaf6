"""How a job is followed: its page, its state for the script of any page, and stopping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.web.desk import NotThereError
from lrtdocs.web.pages import action, desk_of, page, render, to

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.web.jobs import Job


def _job(request: Request) -> Job:
    job = desk_of(request).jobs.find(request.path_params["id"])
    if job is None:
        raise NotThereError(messages.problem("LRT947", Place("")))
    return job


def follow(request: Request) -> Response:
    """Tell how it stands with a job: as data to the script of a page, as a page to people."""
    job = _job(request)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(job.as_data())
    return render(request, "klus_pagina.html", klus=job)


def stop(request: Request, _form: FormData) -> Response:
    """Ask a job to stop, and go back to the page where it is seen."""
    job = _job(request)
    desk_of(request).jobs.stop(job)
    return to(request, job.where)


routes = [page("/klus/{id}", follow), action("/klus/{id}/stop", stop, "stop_job")]
