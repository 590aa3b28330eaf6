"""A meeting or mailing filled in: its form, lists that grow and move, saving, and what is wrong.

Nothing typed is lost: whatever cannot be done, the form comes back as it was sent.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lrtdocs import api, dutch
from lrtdocs.errors import LrtdocsError, ProblemsFoundError, Severity
from lrtdocs.kinds import Source
from lrtdocs.messages import FaultError
from lrtdocs.web.forms import DIGEST, DO, filled_in, sheet_of
from lrtdocs.web.mailing_frame import frame
from lrtdocs.web.pages import (
    CONFLICT,
    UNPROCESSABLE,
    action,
    desk_of,
    page,
    render,
    to,
    whole,
)
from lrtdocs.web.pages import field as field_of
from lrtdocs.web.questions import papers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem

_CHECK, _ALL, _ERRORS = "controle", "alles", "fouten"
_AFTER = {"opslaan": _ERRORS, "controleren": _ALL}
_STEPS = {"op": -1, "neer": 1}


@dataclass
class Blank:
    """What a form shows beside its fields.

    `waarden` is what was typed and is not in the text, `fouten` are problems, by the names of
    fields; `focus` is the field that is next.
    """

    sheet: api.Sheet
    tekst_pad: str
    waarden: Mapping[str, str] = field(default_factory=dict)
    fouten: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    focus: str = ""

    def waarde(self, name: str, otherwise: str = "") -> str:
        """Return what is to stand in the field called `name`."""
        return self.waarden.get(name, otherwise)

    def fout(self, name: str) -> list[Problem]:
        """Return the problems of the field called `name`."""
        return self.fouten.get(name, [])

    def open(self, parts: Sequence[api.Shown]) -> bool:
        """Tell whether a fold with `parts` is open: something in it is filled in, or wrong."""
        inside = {each.name for part in parts for each in part.walk()}
        wrong = any(name in inside or name.rpartition(".")[0] in inside for name in self.fouten)
        typed = any(self.waarden.get(name) for name in inside)
        return wrong or typed or any(part.filled for part in parts)


# --- seen


def show(request: Request) -> Response:
    """Show the form of a file; with a check asked, what is wrong stands at its fields."""
    path = _path(request)
    opened = api.open_text(path)
    try:
        sheet = api.read_sheet(api.kind_of_file(path), opened.text, str(path))
    except ProblemsFoundError as error:
        return render(request, "formulier_dicht.html", problems=error.problems, **_around(request))
    blank = Blank(sheet, _around(request)["tekst_pad"])
    asked = request.query_params.get(_CHECK, "")
    problems = _check(path, asked) if asked in {_ALL, _ERRORS} else None
    return _form(request, opened.digest, blank, problems, changed=False)


def _check(path: Path, asked: str) -> list[Problem]:
    found = api.problems_in(path, None, whole=asked == _ALL)
    return [each for each in found if asked == _ALL or each.severity is Severity.ERROR]


def _form(
    request: Request,
    digest: str,
    blank: Blank,
    problems: Sequence[Problem] | None,
    *,
    changed: bool,
    told: str = "",
    status: int = 200,
) -> Response:
    """Return the page of the form `blank`, with `problems` on top and at their fields.

    None for these is that nobody asked.
    """
    listed = [(problem, _place(blank, problem)) for problem in problems or ()]
    for problem, shown in listed:
        if shown is not None and problem not in blank.fouten[shown.name]:
            blank.fouten[shown.name].append(problem)
    desk, is_mailing = desk_of(request), blank.sheet.kind == Source.MAILING
    named: dict[str, Any] = {"naam": _name_of(blank.sheet) or _path(request).name}
    around = frame(desk, request.path_params["id"], "gegevens") if is_mailing else named
    return render(
        request,
        "mailing_gegevens.html" if is_mailing else "formulier.html",
        status,
        blad=blank,
        groepen=blank.sheet.form,
        grondtekst=json.dumps(blank.sheet.text),
        controlegetal=digest,
        gecontroleerd=problems is not None,
        problemen=[(problem, shown.id if shown else "") for problem, shown in listed],
        gezegd=told,
        gewijzigd=changed,
        stukken=papers_of(blank.sheet.kind),
        **(around | _around(request)),
    )


def _place(blank: Blank, problem: Problem) -> api.Shown | None:
    """Return the field that `problem` is about; None if it is in another file, or of the whole."""
    root = blank.sheet.root
    for name, problems in blank.fouten.items():
        if problem in problems:
            return blank.sheet.named(name)
    if root is None or problem.place.file != root.place.file:
        return None
    return api.place_in_form(blank.sheet.form, api.loc_in(root, problem))


def _name_of(sheet: api.Sheet) -> str:
    """Return what people call the meeting or mailing: by its name and day, or its subject."""
    said = {part.field.name: part.value for group in sheet.form for part in group.parts}
    day = said.get("datum", "")
    try:
        day = dutch.format_date(dutch.parse_date(day)) if day else ""
    except FaultError:
        day = ""
    return ", ".join(filter(None, [said.get("overleg") or said.get("betreft", ""), day]))


def _path(request: Request) -> Path:
    return desk_of(request).files.path_of(request.path_params["id"])


def _around(request: Request) -> dict[str, Any]:
    """Return what every page about this file has."""
    id_ = request.path_params["id"]
    kind = request.url.path.split("/")[1]
    return {
        "id": id_,
        "soort": kind,
        "bestand": _path(request).name,
        "tekst_pad": f"/{kind}/{id_}/tekst",
    }


# --- sent


def send(request: Request, form: FormData) -> Response:
    """Do what the button says of the form that was sent: save it, or change one of its lists."""
    opened = api.open_text(_path(request))
    asked, digest = field_of(form, DO), field_of(form, DIGEST)
    around = _around(request)
    try:
        before = sheet_of(opened, form)
    except ProblemsFoundError as error:
        shown = {"problems": error.problems, **around}
        return render(request, "formulier_dicht.html", UNPROCESSABLE, **shown)
    try:
        sheet = api.fill_in(before, filled_in(form))
    except api.NotTakenError as error:
        blank = Blank(before, around["tekst_pad"], filled_in(form))
        blank.fouten |= {name: [problem] for name, problem in error.fields.items()}
        return _form(request, digest, blank, error.problems, changed=True, status=UNPROCESSABLE)
    try:
        if ":" in asked:
            return _change(request, digest, sheet, asked, opened)
        return _save(request, digest, sheet, asked)
    except LrtdocsError as error:
        blank = Blank(sheet, around["tekst_pad"])
        return _form(request, digest, blank, error.problems, changed=True, status=UNPROCESSABLE)


def _change(
    request: Request, digest: str, sheet: api.Sheet, asked: str, opened: api.Opened
) -> Response:
    """Return the form with one of its lists changed, which is not saved yet."""
    what, _, name = asked.partition(":")
    name, _, index = name.partition(":")
    try:
        if what == "erbij":
            done = api.add_item(sheet, name, whole(index))
        elif what == "terug":
            done = api.Done(sheet, "", "")
        elif what in _STEPS:
            done = api.move_item(sheet, name, _STEPS[what])
        else:
            done = api.remove_item(sheet, name)
    except LookupError:
        done = api.Done(sheet, "", "Dit onderdeel is er niet meer.")
    kept = what if what in {"op", "neer"} else "weg" if what == "weg" else ""
    is_item = done.sheet.named(done.focus) is not None and done.focus.rpartition(".")[2].isdecimal()
    focus = f"{kept}:{done.focus}" if kept and is_item else done.focus
    blank = Blank(done.sheet, _around(request)["tekst_pad"], focus=focus)
    changed = done.sheet.text != opened.text
    return _form(request, digest, blank, None, changed=changed, told=done.told)


def _save(request: Request, digest: str, sheet: api.Sheet, asked: str) -> Response:
    path = _path(request)
    try:
        _, told = api.save_text(path, sheet.text, digest)
    except api.ChangedOutsideError as error:
        return render(
            request,
            "formulier_veranderd.html",
            CONFLICT,
            problems=error.problems,
            regels=list(api.compare_lines(sheet.text, error.theirs.text)),
            mijn=json.dumps(sheet.text),
            hun_getal=error.theirs.digest,
            mijn_getal=digest,
            **_around(request),
        )
    check = _AFTER.get(asked, _ERRORS)
    return to(request, f"{request.url.path}?{_CHECK}={check}", "Opgeslagen.", told)


# --- new


def new(request: Request) -> Response:
    """Show the form for a new meeting."""
    return render(request, "vergadering_nieuw.html", fouten={}, overleg="", datum="", problems=[])


def start(request: Request, form: FormData) -> Response:
    """Write the start of a meeting, and go there."""
    desk = desk_of(request)
    typed = {name: field_of(form, name) for name in ("overleg", "datum")}
    try:
        outcome = api.start_meeting(desk.folder, **typed)
    except LrtdocsError as error:
        fields = getattr(error, "fields", {})
        shown = {"fouten": fields, "problems": error.problems, **typed}
        return render(request, "vergadering_nieuw.html", UNPROCESSABLE, **shown)
    told = "De vergadering staat in uw map. Vul hieronder de agenda in."
    return to(request, f"/vergadering/{desk.files.id_of(outcome.written[0])}", told)


routes = [
    page("/vergadering/nieuw", new, "new_meeting"),
    action("/vergadering/nieuw", start, "start_meeting"),
    page("/vergadering/{id}", show, "show_form"),
    action("/vergadering/{id}", send, "send_form"),
    page("/mailing/{id}/gegevens", show, "show_mailing_form"),
    action("/mailing/{id}/gegevens", send, "send_mailing_form"),
]
