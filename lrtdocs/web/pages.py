"""From a request to a page: forms read, work done in a thread, what goes wrong told on a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, LrtdocsError, Place, Problem, UsageError
from lrtdocs.messages import FaultError
from lrtdocs.web.desk import Desk, NotThereError, Told
from lrtdocs.web.guard import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

_HERE = Path(__file__).parent
_TELLS = "verteld"
MOST_FIELDS, MOST_FILES, MOST_OF_FIELD = 20_000, 5, 5_000_000
"""What a form may hold: fields, files, and bytes in one field."""
_MOST_DIGITS = 9
UNPROCESSABLE, CONFLICT = 422, 409


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "html"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["datum"] = dutch.format_date
    environment.filters["tijd"] = dutch.format_time
    environment.filters["waar"] = say_place
    environment.filters["toon"] = show_value
    environment.filters["getal"] = dutch.format_number
    return environment


def show_value(value: object) -> str:
    """Return what a cell of a table shows, as Dutch writes it; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.date):
        return dutch.format_date(value)
    return dutch.format_number(value) if isinstance(value, int | Decimal) else str(value)


def say_place(place: Place) -> str:
    """Return where something stands, as people say it: a file by its name, and the line in it."""
    named = replace(place, file=Path(place.file).name)
    if place.line is None or place.cell or place.part:
        return str(named)
    return f"{named.file}, regel {place.line}"


def desk_of(request: Request) -> Desk:
    """Return the desk that `request` is asked at."""
    return cast("Desk", request.app.state.desk)


def render(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return the page `name` of `html/`, filled with `context`.

    Every page also knows `desk`, `pad` (its own address), `nonce` (for an inline import map) and
    `verteld`, what the page before it left to be told.
    """
    desk = desk_of(request)
    told = desk.told(request.query_params.get(_TELLS, ""))
    filled = (
        _environment()
        .get_template(name)
        .render(
            desk=desk,
            pad=request.url.path,
            nonce=request.scope.get("state", {}).get("nonce", ""),
            verteld=told,
            **context,
        )
    )
    return HTMLResponse(filled, status)


def to(
    request: Request,
    url: str,
    told: str = "",
    problems: Sequence[Problem] = (),
    files: Sequence[Path] = (),
) -> RedirectResponse:
    """Return the way to the page at `url`, where `told`, `problems` and `files` are shown once."""
    if told or problems or files:
        name = desk_of(request).tell(Told(told, tuple(problems), tuple(files)))
        bare, mark, anchor = url.partition("#")
        url = f"{bare}{'&' if '?' in bare else '?'}{_TELLS}={name}{mark}{anchor}"
    return RedirectResponse(url, 303)


def page(path: str, function: Callable[[Request], Response], name: str | None = None) -> Route:
    """Return the route of what is read at `path`; `function` is called in a thread."""

    async def answer(request: Request) -> Response:
        return await _answer(request, function, request)

    return Route(path, answer, methods=["GET"], name=name or function.__name__)


def action(
    path: str, function: Callable[[Request, FormData], Response], name: str | None = None
) -> Route:
    """Return the route of a form that is sent to `path`.

    `function` gets the fields too, and is called in a thread.
    """

    async def answer(request: Request) -> Response:
        try:
            form = await request.form(
                max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_OF_FIELD
            )
        except HTTPException:
            raise Refusal(400, "LRT904") from None
        try:
            return await _answer(request, function, request, form)
        finally:
            await form.close()

    return Route(path, answer, methods=["POST"], name=name or function.__name__)


async def _answer(request: Request, function: Callable[..., Response], *given: Any) -> Response:
    """Return the answer of `function`, or the page that tells why there is none."""
    try:
        return await run_in_threadpool(function, *given)
    except LrtdocsError as error:
        return await run_in_threadpool(show_error, request, error)
    except OSError as error:  # of the disk: a file that went, or that is held
        reason = messages.system_reason(error)
        name = Path(str(error.filename or "")).name
        told = FileProblemError(messages.problem("LRT907", Place(name), None, reason=reason))
        return await run_in_threadpool(show_error, request, told)


def show_error(request: Request, error: LrtdocsError) -> Response:
    """Return the page with what the program could not do."""
    status = 404 if isinstance(error, NotThereError) else UNPROCESSABLE
    return render(request, "fout.html", status, kop="Dit is niet gelukt", problems=error.problems)


def refuse(refusal: Refusal) -> ASGIApp:
    """Return the answer to a request that is not let through: it shows nothing of the folder."""
    problem = messages.problem(refusal.key, Place(""), None, **refusal.fields)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        kop = "Geen toegang" if refusal.status < 408 or refusal.status == 421 else "Niet gelukt"
        filled = _environment().get_template("geweigerd.html").render(kop=kop, problem=problem)
        await HTMLResponse(filled, refusal.status)(scope, receive, send)

    return answer


async def read_refused(request: Request, error: Exception) -> Response:
    """Return the answer to a form that is too large or does not come, once it is thrown away."""
    refusal = cast("Refusal", error)
    await request.scope["state"]["body"].drain()
    problem = messages.problem(refusal.key, Place(""), None, **refusal.fields)
    shown = {"kop": "Dit is niet gelukt", "problems": [problem]}
    return await run_in_threadpool(render, request, "fout.html", refusal.status, **shown)


async def not_there(request: Request, _error: Exception) -> Response:
    """Return the page for an address that nothing is at."""
    error = NotThereError(messages.problem("LRT903", Place("")))
    return await run_in_threadpool(show_error, request, error)


async def unforeseen(request: Request, error: Exception) -> Response:
    """Return the page for what nobody foresaw: the last net."""
    problem = messages.problem("LRT909", Place(""), None, reason=f"{type(error).__name__}: {error}")
    shown = {"kop": "Er ging iets mis", "problems": [problem]}
    return await run_in_threadpool(render, request, "fout.html", 500, **shown)


def attachment(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """Return `data` as a file to be kept, called `name`; a browser never opens it as a page."""
    ascii_name = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    header = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=kind, headers={"content-disposition": header})


def field(form: FormData, name: str) -> str:
    """Return the text of a field of `form`, with the line ends of a file; "" if it has none."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def split_names(text: str) -> list[str]:
    """Return the names in a field, which have commas between them."""
    return [name for part in text.split(",") if (name := part.strip())]


def read_day(text: str) -> dt.date | None:
    """Return the day in a field, None for an empty one; raise UsageError for what is no day."""
    if not text.strip():
        return None
    try:
        return dutch.parse_date(text.strip())
    except FaultError as error:
        told = {"reason": error.message, "remedy": error.remedy}
        raise UsageError(messages.problem("LRT931", Place(""), None, **told)) from None


def whole(text: str, otherwise: int = 0) -> int:
    """Return the whole number in `text`, which comes from a browser; `otherwise` if it has none.

    So many digits are no number that a page means: Python would not even read them.
    """
    bare = text.strip()
    return int(bare) if bare.isdecimal() and len(bare) < _MOST_DIGITS else otherwise


def upload(form: FormData, name: str) -> tuple[str, bytes] | None:
    """Return what the file in a field was called, which is only to be shown, and what it holds."""
    value = form.get(name)
    if not isinstance(value, UploadFile) or not value.filename:
        return None
    return value.filename, value.file.read()
