"""The recipients of a mailing: a list that somebody brings along, and the check of it by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs import api, messages
from lrtdocs.errors import FileProblemError, LrtdocsError, Place, Severity, UsageError
from lrtdocs.web.mailing_frame import AT_ONCE, frame, is_like, part_of
from lrtdocs.web.pages import (
    CONFLICT,
    UNPROCESSABLE,
    action,
    desk_of,
    field,
    page,
    render,
    to,
    upload,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem
    from lrtdocs.web.jobs import Job, Progress

CHECKING = "Lijst nakijken"
SHOWN = {
    "alle": "alle rijen",
    "opvallend": "rijen waar iets mee is",
    "overgeslagen": "rijen die geen brief geven",
}


def show_recipients(request: Request) -> Response:
    """Show which list the mailing has, and let somebody bring another one."""
    return _show(request, [])


def _show(
    request: Request,
    problems: Sequence[Problem],
    status: int = 200,
    token: str = "",
    name: str = "",
) -> Response:
    desk, id_ = desk_of(request), request.path_params["id"]
    shown = frame(desk, id_, "ontvangers")
    listed = _list_of(shown["mailing"])
    return render(
        request,
        "mailing_ontvangers.html",
        status,
        **shown,
        problems=problems,
        lijst=desk.files.id_of(listed) if listed else "",
        bewaard=token,
        bestand=name,
    )


def _list_of(glance: api.Glance) -> Path | None:
    """Return the list of the mailing, where that is a file that lies in its folder."""
    if not glance.listed or glance.of_gemeenten:
        return None
    path = glance.path.parent / glance.listed
    return (
        path if path.is_file() and path.resolve().parent == glance.path.parent.resolve() else None
    )


def bring_list(request: Request, form: FormData) -> Response:
    """Keep a list that was brought, and go to its check; ask first if its name is taken."""
    desk, id_ = desk_of(request), request.path_params["id"]
    path = desk.files.path_of(id_)
    how = {"vervang": True, "ernaast": False}.get(field(form, "hoe"))
    try:
        name, data = _brought(request, form)
        outcome = api.place_list(path, name, data, instead=how)
    except FileProblemError as error:
        if error.problems[0].code != "LRT948":
            return _show(request, error.problems, UNPROCESSABLE)
        return _show(request, [], CONFLICT, desk.uploads.keep(data), name)
    except LrtdocsError as error:
        return _show(request, error.problems, UNPROCESSABLE)
    return to(
        request,
        f"/mailing/{id_}/controle",
        " ".join(outcome.remarks),
        outcome.problems,
    )


def _brought(request: Request, form: FormData) -> tuple[str, bytes]:
    """Return the name and the bytes of what was brought, now or just before."""
    kept = desk_of(request).uploads.find(field(form, "bewaard"))
    if kept is not None:
        data = kept.read_bytes()
        kept.unlink()
        return field(form, "bestand"), data
    found = upload(form, "lijst")
    if found is None:
        raise UsageError(messages.problem("LRT950", Place("")))
    return found


# --- the check


def show_check(request: Request) -> Response:
    """Show how many recipients are right, and what is wrong, cell by cell."""
    desk, id_ = desk_of(request), request.path_params["id"]
    shown = frame(desk, id_, "controle")
    path, glance = desk.files.path_of(id_), shown["mailing"]
    if shown["klus"] is None and glance.recipients > AT_ONCE and not desk.looks.has_checked(path):
        failed = desk.jobs.ended(id_, CHECKING)
        if failed is None or failed.outcome is not None:
            shown["klus"] = _start_check(request, path)
    if shown["klus"] is not None and not desk.looks.has_checked(path):
        return render(request, "mailing_controle.html", **shown, check=None)
    check = desk.looks.check(path)
    asked = dict(request.query_params)
    rows = [row for row in check.rows if _is_asked(row, asked)]
    return render(
        request,
        "mailing_controle.html",
        **shown,
        check=check,
        cellen=_by_cell(check),
        deel=part_of(rows, asked, request.url.path, ("toon", "zoek")),
        toon=asked.get("toon", "alle"),
        zoek=asked.get("zoek", ""),
        keuzes=SHOWN,
        fouten=_count(check.problems, Severity.ERROR),
        waarschuwingen=_count(check.problems, Severity.WARNING),
    )


def _start_check(request: Request, path: Path) -> Job:
    desk, id_ = desk_of(request), request.path_params["id"]

    def work(progress: Progress, _stopped: object) -> Any:
        progress("alles lezen", 0, 0)
        desk.looks.check(path, progress)
        return api.Outcome()

    return desk.jobs.start(CHECKING, work, about=id_, where=request.url.path)


def _is_asked(row: api.CheckedRow, asked: dict[str, str]) -> bool:
    shown = asked.get("toon", "alle")
    if shown == "opvallend" and not row.problems:
        return False
    if shown == "overgeslagen" and row.taken:
        return False
    return is_like(asked.get("zoek", ""), row.number, *row.cells)


def _by_cell(check: api.Check) -> list[dict[str, Any]]:
    """Return each problem of a cell with what stands there, in the order of the rows."""
    return [
        {
            "rij": row.number,
            "kolom": check.headings[at] if at is not None else "",
            "staat": row.cells[at] if at is not None else "",
            "probleem": problem,
        }
        for row in check.rows
        for at, problem in row.problems
    ]


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(one.severity is severity for one in problems)


routes = [
    page("/mailing/{id}/ontvangers", show_recipients),
    action("/mailing/{id}/ontvangers", bring_list),
    page("/mailing/{id}/controle", show_check),
]
