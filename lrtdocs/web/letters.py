"""A mailing and its letters: begun, looked at, gone over as a proof, agreed on, and made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs import api
from lrtdocs.errors import LrtdocsError, UsageError
from lrtdocs.web.mailing_frame import (
    AT_ONCE,
    frame,
    inside,
    is_like,
    read_number,
    refuse_second,
)
from lrtdocs.web.pages import (
    UNPROCESSABLE,
    action,
    desk_of,
    field,
    page,
    render,
    split_names,
    to,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem
    from lrtdocs.web.desk import Desk
    from lrtdocs.web.jobs import Job, Progress

MAKING, PROVING, CHOOSING = "Brieven maken", "Proef maken", "Proef kiezen"
USUAL_PROOF, MOST_PROOF = 5, 50
MOST_FOUND = 20
CHANGED = "gewijzigd"
UNUSABLE = {"LRT725.kapot", "LRT725.bewerkt"}
"""What is wrong with a go-ahead that the page does not say itself."""


# --- begun, and at a glance


def new_mailing(request: Request) -> Response:
    """Show the form for a new mailing."""
    return render(request, "mailing_nieuw.html", problems=[], naam="")


def start_mailing(request: Request, form: FormData) -> Response:
    """Write the start of a mailing, and go there."""
    desk, name = desk_of(request), field(form, "naam").strip()
    try:
        outcome = api.start_in("mailing", desk.folder, name)
    except LrtdocsError as error:
        shown = {"problems": error.problems, "naam": name}
        return render(request, "mailing_nieuw.html", UNPROCESSABLE, **shown)
    id_ = desk.files.id_of(outcome.written[0])
    told = "De mailing is begonnen. Vul de gegevens in, schrijf de tekst en kies de ontvangers."
    return to(request, f"/mailing/{id_}", told)


def show_mailing(request: Request) -> Response:
    """Show a mailing at a glance, and the steps of the work with how far each is."""
    desk = desk_of(request)
    shown = frame(desk, request.path_params["id"], "")
    glance: api.Glance = shown["mailing"]
    ready = glance.usable and desk.looks.has_checked(glance.path)
    return render(
        request,
        "mailing.html",
        **shown,
        bestand=inside(desk, glance.path),
        map=inside(desk, glance.folder),
        check=desk.looks.check(glance.path) if ready else None,
    )


# --- the proof


def show_proof(request: Request) -> Response:
    """Show letters of a proof, or of anybody, one at a time as they will be."""
    return _show_proof(request, [])


def _show_proof(request: Request, problems: Sequence[Problem], status: int = 200) -> Response:
    desk, id_ = desk_of(request), request.path_params["id"]
    shown, asked = frame(desk, id_, "proef"), request.query_params
    kind, number, proof = asked.get("soort", "uiterst"), USUAL_PROOF, api.Proofs((), ())
    told = list(problems)
    try:
        number = read_number(asked.get("aantal") or str(USUAL_PROOF), 1, MOST_PROOF)
        wanted = CHANGED if kind == CHANGED else number
        if shown["klus"] is None and _takes_long(desk, shown["mailing"], wanted):
            shown["klus"] = _start_choosing(desk, id_, wanted, str(request.url.query))
        if shown["klus"] is None or not _takes_long(desk, shown["mailing"], wanted):
            proof = _find_proof(desk, shown["mailing"].path, wanted, told)
    except LrtdocsError as error:
        told += error.problems
    letters, everybody = proof
    at = _place_of(asked.get("brief", ""), everybody, letters)
    return render(
        request,
        "mailing_proef.html",
        status,
        **shown,
        problems=told,
        soort=kind,
        aantal=number,
        proef=letters,
        brief=everybody[at] if at is not None else None,
        vorige=everybody[at - 1] if at else None,
        volgende=everybody[at + 1] if at is not None and at + 1 < len(everybody) else None,
        alle=len(everybody),
        zoek=asked.get("zoek", ""),
        gevonden=_seek(asked.get("zoek", ""), everybody),
        gedaan=desk.jobs.ended(id_, PROVING),
    )


def _takes_long(desk: Desk, glance: api.Glance, wanted: int | str) -> bool:
    return glance.recipients > AT_ONCE and not desk.looks.has_proof(glance.path, wanted)


def _find_proof(desk: Desk, path: Path, wanted: int | str, told: list[Problem]) -> api.Proofs:
    """Return the proof that is `wanted`; why there is none is `told`, with everybody known."""
    try:
        return desk.looks.proof(path, wanted)
    except UsageError as error:
        told += error.problems
        return desk.looks.proof(path, None)


def _start_choosing(desk: Desk, id_: str, wanted: int | str, query: str) -> Job:
    """Start going through a long list for the letters of a proof."""
    path = desk.files.path_of(id_)

    def work(progress: Progress, _stopped: object) -> Any:
        progress("brieven kiezen", 0, 0)
        _find_proof(desk, path, wanted, [])
        return api.Outcome()

    where = f"/mailing/{id_}/proef{'?' if query else ''}{query}"
    return desk.jobs.start(CHOOSING, work, about=id_, where=where)


def _place_of(
    asked: str, everybody: Sequence[api.ProofLetter], letters: Sequence[api.ProofLetter]
) -> int | None:
    """Return where the letter that is asked for is among all, or the first of the proof."""
    wanted = whole(asked)
    wanted = wanted or (letters[0].number if letters else 0)
    found = (at for at, one in enumerate(everybody) if one.number == wanted)
    return next(found, 0 if everybody else None)


def _seek(text: str, everybody: Sequence[api.ProofLetter]) -> list[api.ProofLetter]:
    if not text.strip():
        return []
    return [one for one in everybody if is_like(text, one.number, one.name, one.file)][:MOST_FOUND]


def make_proof(request: Request, form: FormData) -> Response:
    """Make the letters of a proof in the folder, so that is known what changes after it."""
    desk, id_ = desk_of(request), request.path_params["id"]
    kind = field(form, "soort")
    try:
        proof: int | str = CHANGED
        if kind != CHANGED:
            proof = read_number(field(form, "aantal"), 1, MOST_PROOF)
        folder = desk.looks.glance(desk.files.path_of(id_)).folder
        _start(desk, id_, PROVING, api.LettersOptions(folder, proof=proof), "proef")
    except LrtdocsError as error:
        return _show_proof(request, error.problems, UNPROCESSABLE)
    return to(
        request, f"/mailing/{id_}/proef?aantal={proof if kind != CHANGED else ''}&soort={kind}"
    )


# --- the go-ahead


def show_approval(request: Request) -> Response:
    """Show how it stands with the go-ahead, and let somebody give it."""
    return _show_approval(request, [], {})


def _show_approval(
    request: Request, problems: Sequence[Problem], typed: dict[str, str], status: int = 200
) -> Response:
    shown = frame(desk_of(request), request.path_params["id"], "akkoord")
    approval = shown["mailing"].approval
    return render(
        request,
        "mailing_akkoord.html",
        status,
        **shown,
        problems=problems,
        getypt={name: typed.get(name, "") for name in ("naam", "functie")},
        onbruikbaar=[one for one in approval.problems if one.key in UNUSABLE] if approval else [],
    )


def give_approval(request: Request, form: FormData) -> Response:
    """Give the go-ahead for the letters as they are now."""
    desk, id_ = desk_of(request), request.path_params["id"]
    typed = {name: field(form, name).strip() for name in ("naam", "functie")}
    try:
        refuse_second(desk, id_)
        outcome = api.approve(desk.files.path_of(id_), typed["naam"], typed["functie"])
    except LrtdocsError as error:
        return _show_approval(request, error.problems, typed, UNPROCESSABLE)
    if outcome.exit_code:
        return _show_approval(request, outcome.told, typed, UNPROCESSABLE)
    given = f"Het akkoord van {typed['naam']} is vastgelegd."
    told = given if outcome.written else " ".join(outcome.remarks)
    return to(request, f"/mailing/{id_}/akkoord", told, outcome.problems)


# --- making them

_SWITCHES = ("pdf", "samenvoegen", "dubbelzijdig", "afschriften", "overnieuw", "overschrijf")
_TEXTS = ("per", "volgorde", "hoogstens", "alleen")


def show_making(request: Request) -> Response:
    """Show what the letters can be made with, how far they are, and how it went."""
    return _show_making(request, [], None)


def _show_making(
    request: Request,
    problems: Sequence[Problem],
    typed: dict[str, str] | None,
    status: int = 200,
) -> Response:
    desk, id_ = desk_of(request), request.path_params["id"]
    shown = frame(desk, id_, "maken")
    last = desk.jobs.ended(id_, MAKING)
    choices = typed if typed is not None else dict(last.choices) if last else {}
    glance: api.Glance = shown["mailing"]
    return render(
        request,
        "mailing_maken.html",
        status,
        **shown,
        problems=problems,
        keuze={name: choices.get(name, "") for name in (*_SWITCHES, *_TEXTS)},
        gedaan=last,
        rest=max(0, glance.recipients - glance.made),
        map=inside(desk, glance.folder),
    )


def make_letters(request: Request, form: FormData) -> Response:
    """Start the making of the letters, or go on with it."""
    desk, id_ = desk_of(request), request.path_params["id"]
    typed = {name: field(form, name).strip() for name in (*_SWITCHES, *_TEXTS)}
    try:
        folder = desk.looks.glance(desk.files.path_of(id_)).folder
        _start(desk, id_, MAKING, _options(folder, typed), "maken", typed)
    except LrtdocsError as error:
        return _show_making(request, error.problems, typed, UNPROCESSABLE)
    return to(request, f"/mailing/{id_}/maken")


def _options(folder: Path, typed: dict[str, str]) -> api.LettersOptions:
    """Return what a form asks of a run; raise UsageError for what cannot be asked."""
    most = typed["hoogstens"]
    return api.LettersOptions(
        folder,
        pdf=bool(typed["pdf"]),
        join=bool(typed["samenvoegen"]),
        join_by=typed["per"] or None,
        order=typed["volgorde"] or None,
        two_sided=bool(typed["dubbelzijdig"]),
        at_most=read_number(most, 1, 1000) if most else None,
        only=split_names(typed["alleen"]) or None,
        again=bool(typed["overnieuw"]),
        overwrite=bool(typed["overschrijf"]),
        copies=bool(typed["afschriften"]),
    )


def _start(
    desk: Desk,
    id_: str,
    name: str,
    options: api.LettersOptions,
    step: str,
    choices: dict[str, str] | None = None,
) -> None:
    """Start a job that makes letters of the mailing with that id as `options` ask."""
    path = desk.files.path_of(id_)
    refuse_second(desk, id_)

    def work(progress: Progress, _stopped: object) -> Any:
        progress("alles nakijken", 0, 0)
        return api.make_letters(path, options, progress=progress)

    desk.jobs.start(name, work, about=id_, where=f"/mailing/{id_}/{step}", choices=choices)


routes = [
    page("/mailing/nieuw", new_mailing),
    action("/mailing/nieuw", start_mailing),
    page("/mailing/{id}", show_mailing),
    page("/mailing/{id}/proef", show_proof),
    action("/mailing/{id}/proef", make_proof),
    page("/mailing/{id}/akkoord", show_approval),
    action("/mailing/{id}/akkoord", give_approval),
    page("/mailing/{id}/maken", show_making),
    action("/mailing/{id}/maken", make_letters),
]
