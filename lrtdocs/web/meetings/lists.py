"""Lists over the meetings in the folder: actions and decisions, on the page and to take along."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from lrtdocs import api, messages
from lrtdocs.errors import Place, UsageError
from lrtdocs.web.desk import NotThereError
from lrtdocs.web.pages import attachment, desk_of, page, render, split_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

ACTIONS, DECISIONS = "actiepunten", "besluiten"
FORMS = {
    ACTIONS: {"xlsx": "Excel", "docx": "Word", "csv": "CSV", "ics": "agenda (.ics)"},
    DECISIONS: {"xlsx": "Excel", "docx": "Word", "csv": "CSV"},
}
_KEPT = ("soort", "wie", "verlopen", "gereed")
"""What was asked goes along to the files."""


def show(request: Request) -> Response:
    """Show the actions that are open, or the decisions, as far as was asked."""
    asked = request.query_params
    kind = _kind(request)
    outcome = _list(request, kind, None)
    query = urlencode({name: asked[name] for name in _KEPT if asked.get(name)})
    return render(
        request,
        "lijsten.html",
        soort=kind,
        tabel=outcome.table,
        uitkomst=outcome,
        mislukt=bool(outcome.failures),
        wie=asked.get("wie", ""),
        verlopen=bool(asked.get("verlopen")),
        gereed=bool(asked.get("gereed")),
        vormen=FORMS[kind],
        vraag=query,
    )


def take_along(request: Request) -> Response:
    """Give the same list as a file; nothing is written into the folder for it."""
    kind, form = _kind(request), request.path_params["vorm"]
    if form not in FORMS[kind]:
        raise NotThereError(messages.problem("LRT903", Place("")))
    target = desk_of(request).scratch / f"{kind}-{token_hex(8)}.{form}"
    outcome = _list(request, kind, target)
    try:
        if not target.is_file():
            raise UsageError(*outcome.told)
        return attachment(target.read_bytes(), f"{kind}.{form}")
    finally:
        target.unlink(missing_ok=True)


def _kind(request: Request) -> str:
    return DECISIONS if request.query_params.get("soort") == DECISIONS else ACTIONS


def _list(request: Request, kind: str, target: Path | None) -> api.TableOutcome:
    asked, paths = request.query_params, _meetings(request)
    if kind == DECISIONS:
        return api.list_decisions(paths, target)
    return api.list_actions(
        paths,
        target,
        who=split_names(asked.get("wie", "")),
        overdue=bool(asked.get("verlopen")),
        closed=bool(asked.get("gereed")),
    )


def _meetings(request: Request) -> Sequence[Path]:
    return [one.path for one in api.list_folder(desk_of(request).folder).meetings]


routes = [page("/lijsten", show, "lists"), page("/lijsten/{vorm}", take_along, "list_file")]
