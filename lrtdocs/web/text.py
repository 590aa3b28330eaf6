"""A file as text: the editor, with the paper beside it, and what is wrong in it by its line.

The text area of the page is what is sent and saved. The editor that its script makes of it comes
from `static/vendor`; its modules name each other as packages, which an import map leads to files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import JSONResponse, Response

from lrtdocs import api, messages
from lrtdocs.errors import LrtdocsError, Place
from lrtdocs.kinds import Source
from lrtdocs.web.desk import NotThereError
from lrtdocs.web.forms import DIGEST
from lrtdocs.web.pages import (
    CONFLICT,
    UNPROCESSABLE,
    action,
    desk_of,
    field,
    page,
    render,
    to,
    whole,
)
from lrtdocs.web.questions import HUISSTIJL, NUMBER, TEXT, papers_of, tell_problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from lrtdocs.errors import Problem

PACKAGES = {
    **{
        f"@codemirror/{name}": f"codemirror-{name}/index.js"
        for name in (
            *("autocomplete", "commands", "lang-yaml", "language", "lint", "search"),
            *("state", "view"),
        )
    },
    **{
        f"@lezer/{name}": f"lezer-{name}/index.js" for name in ("common", "highlight", "lr", "yaml")
    },
    "@marijn/find-cluster-break": "marijn-find-cluster-break/index.js",
    "crelt": "crelt/index.js",
    "style-mod": "style-mod/style-mod.js",
    "w3c-keyname": "w3c-keyname/index.js",
}
"""The packages of the editor, and the file of each in `static/vendor`."""
IMPORTS = {"imports": {name: f"/vast/vendor/{file}" for name, file in PACKAGES.items()}}


def show(request: Request) -> Response:
    """Show the text of a file, with what is wrong in it."""
    path = path_of(request)
    opened = api.open_text(path)
    problems = api.problems_in(path, opened.text)
    return _page(request, path, _Shown(opened.text, opened.digest, problems))


def save(request: Request, form: FormData) -> Response:
    """Save the text, as long as nobody else changed the file."""
    path, text = path_of(request), field(form, TEXT)
    try:
        _, problems = api.save_text(path, text, field(form, DIGEST))
    except api.ChangedOutsideError as error:
        theirs = error.theirs
        lines = [line for line in api.compare_lines(text, theirs.text) if not line.same]
        shown = _Shown(text, theirs.digest, (*error.problems, *theirs.problems), lines)
        return _page(request, path, shown, CONFLICT)
    except LrtdocsError as error:
        return _page(
            request, path, _Shown(text, field(form, DIGEST), error.problems), UNPROCESSABLE
        )
    return to(request, request.url.path, "Opgeslagen.", problems)


def path_of(request: Request) -> Path:
    """Return the file that the address of `request` is about."""
    desk = desk_of(request)
    name = request.path_params.get("id")
    return desk.files.path_of(name or desk.files.id_of(desk.folder / f"{HUISSTIJL}.yaml"))


class _Shown(NamedTuple):
    """What the page shows: a text, and that of the file as it is now where that is another."""

    text: str
    digest: str
    problems: Sequence[Problem]
    lines: Sequence[api.Line] = ()


def _page(request: Request, path: Path, shown: _Shown, status: int = 200) -> Response:
    kind = request.url.path.strip("/").split("/")[0]
    return render(
        request,
        "tekst.html",
        status,
        soort=kind,
        id=desk_of(request).files.id_of(path),
        bestand=path.name,
        getoond=shown,
        botst=status == CONFLICT,
        mislukt=status == UNPROCESSABLE,
        stukken=papers_of(kind),
        importmap=IMPORTS,
        controlegetal=DIGEST,
    )


def check(request: Request, form: FormData) -> Response:
    """Answer what is wrong in a text, for an editor without a paper beside it."""
    path = path_of(request)
    text = field(form, TEXT)
    return JSONResponse(
        {
            NUMBER: whole(field(form, NUMBER)),
            "problemen": tell_problems(api.problems_in(path, text), path, text),
        }
    )


def schema(request: Request) -> Response:
    """Give the schema by which the editor completes keys."""
    kind = request.path_params["kind"]
    if kind not in (*Source, HUISSTIJL):
        raise NotThereError(messages.problem("LRT903", Place("")))
    return Response(api.schema_text(kind), media_type="application/schema+json")


routes = [
    route
    for start in ("/vergadering/{id}", "/mailing/{id}", f"/{HUISSTIJL}")
    for route in (
        page(f"{start}/tekst", show, f"tekst{start}"),
        action(f"{start}/tekst", save, f"tekst{start}"),
    )
] + [
    action("/controle/{id}", check, "controle"),
    page("/schema/{kind}.json", schema, "schema"),
]
