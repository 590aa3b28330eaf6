"""Letters that were made: which ones, all of them to take along, who got what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from lrtdocs import api, dutch, messages
from lrtdocs.errors import LrtdocsError, Place, UsageError
from lrtdocs.web.mailing_frame import frame, inside, is_like, part_of, refuse_second
from lrtdocs.web.pages import (
    UNPROCESSABLE,
    action,
    attachment,
    desk_of,
    field,
    page,
    read_day,
    render,
    split_names,
    to,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem

MAILS = "Mails klaarzetten"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BECAME = {
    "gemaakt": "gemaakt",
    "bewerkt": "bewerkt in Word",
    "mislukt": "mislukt",
    "niet-af": "niet af",
    "weg": "bestand weg",
}
"""What a letter may have become, as `api.Became` says it, by its word in an address."""
SHOWN = {
    "alle": "alle brieven",
    **BECAME,
    "verzonden": "verzonden",
    "open": "nog niet verzonden",
}


def show_letters(request: Request) -> Response:
    """Show what became of each letter, and what can be taken along."""
    desk, id_ = desk_of(request), request.path_params["id"]
    shown = frame(desk, id_, "brieven")
    results = api.list_results(shown["mailing"].folder)
    asked = dict(request.query_params)
    rows = [row for row in results.letters if _is_asked(row, asked)]
    return render(
        request,
        "mailing_brieven.html",
        **shown,
        uit=results,
        map=inside(desk, results.folder),
        deel=part_of(rows, asked, request.url.path, ("toon", "zoek")),
        toon=asked.get("toon", "alle"),
        zoek=asked.get("zoek", ""),
        keuzes={name: (text, _number(results, name)) for name, text in SHOWN.items()},
        mails=desk.jobs.ended(id_, MAILS),
    )


def _number(results: api.Results, shown: str) -> int:
    return sum(_is_asked(row, {"toon": shown}) for row in results.letters)


def _is_asked(row: api.LetterRow, asked: dict[str, str]) -> bool:
    shown = asked.get("toon", "alle")
    if shown in {"verzonden", "open"}:
        fits = (row.sent is not None) == (shown == "verzonden")
    else:
        fits = row.became == BECAME.get(shown, row.became)
    return fits and is_like(asked.get("zoek", ""), row.number, row.name, row.reference, row.file)


def _folder(request: Request) -> Path:
    """Return the folder with the letters of the mailing; raise UsageError if there are none."""
    desk = desk_of(request)
    folder = desk.looks.glance(desk.files.path_of(request.path_params["id"])).folder
    if not api.list_results(folder).letters:
        raise UsageError(messages.problem("LRT954", Place("")))
    return folder


def take_along(request: Request) -> Response:
    """Give all letters in one zip, while it is made."""
    folder = _folder(request)
    head = attachment(b"", f"{folder.name}.zip").headers["content-disposition"]
    return StreamingResponse(
        api.zip_folder(folder),
        media_type="application/zip",
        headers={"content-disposition": head},
    )


def list_sent(request: Request) -> Response:
    """Give the list of who got what."""
    folder, desk = _folder(request), desk_of(request)
    path = desk.files.path_of(request.path_params["id"])
    target = desk.scratch / f"{path.stem}-verzendlijst.xlsx"
    outcome = api.list_letters(folder, target)
    if outcome.exit_code:
        return _show_failed(request, outcome)
    return attachment(target.read_bytes(), target.name, SHEET)


def _show_failed(request: Request, outcome: api.Outcome) -> Response:
    shown = {"kop": "Dit is niet gelukt", "problems": outcome.told}
    return render(request, "fout.html", UNPROCESSABLE, **shown)


def make_mails(request: Request, _form: FormData) -> Response:
    """Start the making of a mail draft for each letter."""
    desk, id_ = desk_of(request), request.path_params["id"]
    folder = _folder(request)
    refuse_second(desk, id_)
    where = f"/mailing/{id_}/brieven"
    desk.jobs.start(MAILS, lambda *_: api.make_mails(folder), about=id_, where=where)
    return to(request, where)


# --- sent


def show_sending(request: Request) -> Response:
    """Show which letters went out, and let somebody mark them."""
    return _show_sending(request, [], {})


def _show_sending(
    request: Request, problems: Sequence[Problem], typed: dict[str, str], status: int = 200
) -> Response:
    shown = frame(desk_of(request), request.path_params["id"], "verzonden")
    results = api.list_results(shown["mailing"].folder)
    return render(
        request,
        "mailing_verzonden.html",
        status,
        **shown,
        problems=problems,
        uit=results,
        vandaag=dutch.format_date(api.today()),
        getypt={name: typed.get(name, "") for name in ("op", "hoe", "alleen", "terug")},
    )


def mark_sent(request: Request, form: FormData) -> Response:
    """Mark letters as sent, or take that back."""
    desk, id_ = desk_of(request), request.path_params["id"]
    typed = {name: field(form, name).strip() for name in ("op", "hoe", "alleen", "terug")}
    try:
        refuse_second(desk, id_)
        outcome = api.mark_sent(
            _folder(request),
            day=read_day(typed["op"]),
            only=split_names(typed["alleen"]) or None,
            how=typed["hoe"],
            back=bool(typed["terug"]),
        )
    except LrtdocsError as error:
        return _show_sending(request, error.problems, typed, UNPROCESSABLE)
    if outcome.exit_code:
        return _show_sending(request, outcome.told, typed, UNPROCESSABLE)
    return to(request, f"/mailing/{id_}/verzonden", " ".join(outcome.remarks), outcome.problems)


routes = [
    page("/mailing/{id}/brieven", show_letters),
    page("/mailing/{id}/brieven.zip", take_along),
    page("/mailing/{id}/verzendlijst.xlsx", list_sent),
    action("/mailing/{id}/mails", make_mails),
    page("/mailing/{id}/verzonden", show_sending),
    action("/mailing/{id}/verzonden", mark_sent),
]
