"""Templates: which are in force, and one that somebody brings along: judged, tried, put in force.

What is uploaded lies in the scratch folder of the desk, under a name of our own, until it is put in
force. The name that it came with is only shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import api, dutch, messages
from lrtdocs.errors import LrtdocsError, Place, Severity
from lrtdocs.kinds import KINDS, Source
from lrtdocs.web.desk import NotThereError
from lrtdocs.web.pages import (
    CONFLICT,
    UNPROCESSABLE,
    action,
    attachment,
    desk_of,
    page,
    render,
    to,
    upload,
)
from lrtdocs.web.pages import field as field_of
from lrtdocs.web.template_pictures import Picture, draw, draw_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from lrtdocs.errors import Problem
    from lrtdocs.web.desk import Desk

_MOST = 20
"""So many uploaded templates are kept; the oldest goes first."""
_SAMPLES = {
    "gewoon": "een gewoon voorbeeld",
    "weinig": "weinig gegevens: alleen wat moet",
    "veel": "veel gegevens: alles ingevuld, met lange namen en lijsten",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROBLEMS = "problemen"
"""The picture of the template itself, with its problems."""
_NO_FILE = "LRT960"
_LISTS = {".xlsx", ".csv"}


@dataclass
class Offer:
    """A template that was brought along, under its `token`; `before` is what it was mended from."""

    token: str
    offered: api.Offered
    before: api.Offered | None = None
    pictures: dict[str, Picture] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Offers:
    """The templates that were brought along and are not in force, each under a token."""

    def __init__(self, scratch: Path) -> None:
        self._scratch, self._lock = scratch, threading.Lock()
        self._held: OrderedDict[str, Offer] = OrderedDict()

    def add(
        self, data: bytes, name: str, kind: str | None = None, before: api.Offered | None = None
    ) -> Offer:
        """Keep the template `data`, which came as a file called `name`, and judge it."""
        token = token_hex(8)
        path = self._scratch / f"{token}.docx"
        path.write_bytes(data)
        return self.take(path, name, kind, before)

    def take(
        self, path: Path, name: str, kind: str | None = None, before: api.Offered | None = None
    ) -> Offer:
        """Judge the template at `path`, in the scratch folder, and keep it."""
        offer = Offer(path.stem, api.offer_template(path, name, kind), before)
        with self._lock:
            self._held[offer.token] = offer
            gone = [self._held.popitem(last=False)[1] for _ in range(len(self._held) - _MOST)]
        for one in gone:
            one.offered.file.path.unlink(missing_ok=True)
        return offer

    def find(self, token: str) -> Offer:
        """Return the template under `token`; raise NotThereError if there is none."""
        with self._lock:
            offer = self._held.get(token)
        if offer is None:
            raise NotThereError(messages.problem("LRT961", Place("")))
        return offer

    def free_path(self) -> Path:
        """Return a path in the scratch folder that nothing is at."""
        return self._scratch / f"{token_hex(8)}.docx"


def _offers(desk: Desk) -> Offers:
    return desk.shared("sjablonen", lambda: Offers(desk.scratch))


def _offer(request: Request) -> Offer:
    return _offers(desk_of(request)).find(request.path_params["id"])


# --- which there are


class Row(NamedTuple):
    """A template in force, the digest of it, and those that were in force before."""

    in_force: Any
    digest: str
    earlier: Sequence[api.EarlierTemplate]


def show_templates(request: Request) -> Response:
    """Show which template is in force for what."""
    return _show_templates(request)


def _show_templates(
    request: Request, problems: Sequence[Problem] = (), status: int = 200, kind: str = ""
) -> Response:
    desk = desk_of(request)
    rows = [
        Row(
            one, api.digest_in_force(desk.folder, one.name), api.list_earlier(desk.folder, one.name)
        )
        for one in api.list_templates(desk.folder).templates
    ]
    shown: dict[str, Any] = {"rijen": rows, "soorten": KINDS, "problems": problems, "soort": kind}
    shown["geen_bestand"] = any(one.code == _NO_FILE for one in problems)
    return render(request, "sjablonen.html", status, **shown)


def _in_force(desk: Desk, name: str) -> Any:
    """Return the template in force as `name`; raise NotThereError if there is none."""
    found = (one for one in api.list_templates(desk.folder).templates if one.name == name)
    template = next(found, None)
    if template is None:
        raise NotThereError(messages.problem("LRT903", Place("")))
    return template


def fetch_template(request: Request) -> Response:
    """Give the template that is in force under a name, to be kept."""
    template = _in_force(desk_of(request), request.path_params["naam"])
    return attachment(template.path.read_bytes(), f"{template.name}.docx", _WORD)


def copy_template(request: Request, form: FormData) -> Response:
    """Make a copy of a shipped template in the folder, to be changed."""
    desk, name = desk_of(request), field_of(form, "naam")
    try:
        made = api.copy_template(name, str(desk.folder / "sjablonen"))
    except LrtdocsError as error:
        return _show_templates(request, error.problems, UNPROCESSABLE)
    return to(request, "/sjablonen", " ".join(made.remarks), made.problems)


def look_at(request: Request, form: FormData) -> Response:
    """Judge the template that is in force under a name, as if it were brought along."""
    desk = desk_of(request)
    template = _in_force(desk, field_of(form, "naam"))
    kind = template.name if template.name in KINDS else None
    data = template.path.read_bytes()
    return to(request, _address(_offers(desk).add(data, f"{template.name}.docx", kind)))


def put_back(request: Request, form: FormData) -> Response:
    """Put back a template that was in force before, or the shipped one."""
    name, earlier, seen = (field_of(form, one) for one in ("naam", "eerder", "stand"))
    outcome = api.put_template_back(name, desk_of(request).folder, earlier, seen)
    if outcome.exit_code:
        return _show_templates(request, outcome.told, CONFLICT)
    return to(request, "/sjablonen", " ".join(outcome.remarks), outcome.problems)


# --- brought along


def _address(offer: Offer, what: str = "") -> str:
    return f"/sjabloon/{offer.token}{what}"


def bring_along(request: Request, form: FormData) -> Response:
    """Take in a template that somebody sends, and judge it; nothing is in force by that."""
    desk, kind, came = desk_of(request), field_of(form, "soort"), upload(form, "bestand")
    before = _before(desk, field_of(form, "vorige"))
    if came is None or not came[1]:
        problem = messages.problem(_NO_FILE, Place(""))
        if before is None:
            return _show_templates(request, [problem], UNPROCESSABLE, kind)
        return _show_offer(request, before, [problem], UNPROCESSABLE)
    name, data = came
    kind = kind or (before.offered.file.kind or "" if before else "")
    known = kind if kind in KINDS else None
    offer = _offers(desk).add(data, _shown(name), known, before.offered if before else None)
    return to(request, _address(offer))


def _before(desk: Desk, token: str) -> Offer | None:
    """Return the template that is sent again, if it is still there."""
    try:
        return _offers(desk).find(token)
    except NotThereError:
        return None


def _shown(name: str) -> str:
    """Return the last part of the name that a file came with, to be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:120] or "sjabloon.docx"


def show_offer(request: Request) -> Response:
    """Show what is wrong with a template that was brought along, beside its pages."""
    return _show_offer(request, _offer(request))


def _show_offer(
    request: Request, offer: Offer, problems: Sequence[Problem] = (), status: int = 200
) -> Response:
    desk, offered = desk_of(request), offer.offered
    picture = None
    if request.query_params.get("beeld") and offered.readable:
        picture = _picture(desk, offer, _PROBLEMS)
    progress = offer.before and api.tell_progress(offer.before, offered)
    counts = {level: _count(offered, level) for level in Severity}
    return render(
        request,
        "sjabloon.html",
        status,
        aanbod=offer,
        sjabloon=offered,
        aantallen=counts,
        eerst=offer.before and len(offer.before.problems),
        voortgang=progress,
        beeld=picture,
        soorten=KINDS,
        lijsten=_lists(desk) if offered.is_merge else [],
        problems=problems,
    )


def _count(offered: api.Offered, level: Severity) -> int:
    return sum(one.severity is level for one in offered.problems)


def choose_kind(request: Request, form: FormData) -> Response:
    """Judge a template again, as one for another kind of document."""
    desk, offer, kind = desk_of(request), _offer(request), field_of(form, "soort")
    if kind not in KINDS:
        problem = messages.problem("LRT956", Place(offer.offered.file.name))
        return _show_offer(request, offer, [problem], UNPROCESSABLE)
    file = offer.offered.file
    return to(request, _address(_offers(desk).take(file.path, file.name, kind, offer.before)))


def fetch_marked(request: Request) -> Response:
    """Give the template with a comment of Word at each problem."""
    offered = _offer(request).offered
    stem = offered.file.name.removesuffix(".docx")
    return attachment(api.mark_offered(offered), f"{stem}-nakijken.docx", _WORD)


def fetch_offer(request: Request) -> Response:
    """Give the template as it came."""
    file = _offer(request).offered.file
    return attachment(file.data, file.name, _WORD)


def _lists(desk: Desk) -> list[Path]:
    """Return the lists in the folder that a mail merge may be of."""
    return [one for one in api.find_files(desk.folder) if one.suffix.lower() in _LISTS]


def convert(request: Request, form: FormData) -> Response:
    """Make a template of a Word mail merge, and show that."""
    desk, offer, listed = desk_of(request), _offer(request), field_of(form, "lijst")
    offers, offered = _offers(desk), offer.offered
    path = desk.files.path_of(listed) if listed else None
    target = offers.free_path()
    outcome = api.convert_merge(offered.file.path, str(target), listed=path)
    if not outcome.written:
        return _show_offer(request, offer, api.called(offered, outcome.told), UNPROCESSABLE)
    name = f"{offered.file.name.removesuffix('.docx')}-omgezet.docx"
    made = offers.take(target, name, offered.file.kind or "brief")
    told = [one for one in outcome.problems if one.severity is not Severity.ERROR]
    return to(request, _address(made), outcome.remarks[0], api.called(made.offered, told))


# --- pictures


def _picture(desk: Desk, offer: Offer, what: str) -> Picture:
    """Return the pages of the template as they came, tried ("gewoon", a file) or in force now."""
    with offer.lock:
        known = offer.pictures.get(what)
        if known is None or not known.is_kept(desk.pictures):
            if what == _PROBLEMS:
                known = draw_problems(desk, offer.offered)
            else:
                known = draw(desk, _document(desk, offer, what), offer.offered)
            offer.pictures[what] = known
        return known


def _document(desk: Desk, offer: Offer, what: str) -> Callable[[], api.Tried]:
    """Return what makes the document that a picture is asked of."""
    offered = offer.offered
    others = _others(desk, offered)
    if what in others:
        return lambda: api.Tried(others[what].path.read_bytes(), [])
    if what in _SAMPLES:
        return lambda: api.try_template(offered, desk.folder, sample=api.Sample(what))
    source = desk.files.path_of(what)
    return lambda: api.try_template(offered, desk.folder, source=source)


def show_picture(request: Request) -> Response:
    """Give the part of a page with the pictures, for the script that asks for it."""
    desk, offer = desk_of(request), _offer(request)
    what = request.query_params.get("wat", "")
    bare = bool(request.query_params.get("kaal"))
    shown: dict[str, Any] = {"beeld": _picture(desk, offer, what), "merken": not bare}
    return render(request, "sjabloon_bladzijden.html", sjabloon=offer.offered, **shown)


# --- tried, compared


def try_out(request: Request) -> Response:
    """Show a template filled with an example, or with a meeting or mailing of the folder."""
    desk, offer = desk_of(request), _offer(request)
    asked = request.query_params.get("met", "gewoon")
    shown: dict[str, Any] = {
        "aanbod": offer,
        "sjabloon": offer.offered,
        "voorbeelden": _SAMPLES,
        "bestanden": _sources(desk, offer.offered),
        "met": asked,
        "beeld": _picture(desk, offer, asked) if request.query_params.get("beeld") else None,
    }
    return render(request, "sjabloon_proberen.html", **shown)


def _sources(desk: Desk, offered: api.Offered) -> Sequence[Any]:
    """Return the meetings or mailings in the folder that a template can be tried with."""
    kind = KINDS.get(offered.file.kind or "")
    if kind is None:
        return []
    found = api.list_folder(desk.folder)
    return found.meetings if kind.source is Source.MEETING else found.mailings


def fetch_tried(request: Request) -> Response:
    """Give the paper that a template was tried with, to be kept."""
    desk, offer = desk_of(request), _offer(request)
    made = _document(desk, offer, request.query_params.get("met", "gewoon"))()
    stem = offer.offered.file.name.removesuffix(".docx")
    return attachment(made.docx, f"{stem}-voorbeeld.docx", _WORD)


class Other(NamedTuple):
    """A template that another one is set against, as it is called."""

    path: Path
    called: str


def compare(request: Request) -> Response:
    """Tell what a template has otherwise than the one in force, or one before it."""
    desk, offer = desk_of(request), _offer(request)
    others = _others(desk, offer.offered)
    asked = request.query_params.get("met", "")
    chosen = asked if asked in others else next(iter(others), "")
    outcome = None
    if chosen:
        mine = str(offer.offered.file.path)
        outcome = api.compare_templates(str(others[chosen].path), mine)
    with_pictures = bool(request.query_params.get("beeld") and chosen)
    shown: dict[str, Any] = {
        "aanbod": offer,
        "sjabloon": offer.offered,
        "anderen": others,
        "met": chosen,
        "uitkomst": outcome,
        "problems": api.called(offer.offered, outcome.told) if outcome else [],
        "nu": _picture(desk, offer, chosen) if with_pictures else None,
        "beeld": _picture(desk, offer, _PROBLEMS) if with_pictures else None,
    }
    return render(request, "sjabloon_vergelijken.html", **shown)


def _others(desk: Desk, offered: api.Offered) -> dict[str, Other]:
    """Return what `offered` can be set against: in force, before that, and those that wait."""
    found = {}
    known = {one.name: one for one in api.list_templates(desk.folder).templates}
    for name in api.names_for(offered, desk.folder):
        if name not in known:
            continue
        one = known[name]
        found[f"nu-{name}"] = Other(one.path, f"{name}, dat nu geldt")
        for old in api.list_earlier(desk.folder, name):
            again = f" ({old.number})" if old.number > 1 else ""
            called = f"{name}, in gebruik tot {dutch.format_date(old.day)}{again}"
            found[f"eerder-{old.path.stem}"] = Other(old.path, called)
        for number, path in enumerate(one.behind, 1):
            where = "van lrtdocs" if api.is_shipped(path) else f"in {path.parent}"
            found[f"achter-{name}-{number}"] = Other(path, f"{name}, {where}")
    return found


# --- put in force


def ask_use(request: Request) -> Response:
    """Show what changes when a template is put in force."""
    return _ask_use(request)


def _ask_use(request: Request, problems: Sequence[Problem] = (), status: int = 200) -> Response:
    desk, offer = desk_of(request), _offer(request)
    names = api.names_for(offer.offered, desk.folder)
    asked = request.query_params.get("naam", "")
    name = asked if asked in names else (names[0] if names else "")
    known = {one.name: one for one in api.list_templates(desk.folder).templates}
    shown: dict[str, Any] = {
        "aanbod": offer,
        "sjabloon": offer.offered,
        "namen": names,
        "naam": name,
        "nu": known.get(name),
        "stand": api.digest_in_force(desk.folder, name) if name else "",
        "papieren": api.papers_with(name, desk.folder) if name else [],
        "problems": problems,
    }
    return render(request, "sjabloon_gebruiken.html", status, **shown)


def use(request: Request, form: FormData) -> Response:
    """Put a template in force."""
    desk, offer = desk_of(request), _offer(request)
    name, seen = field_of(form, "naam"), field_of(form, "stand")
    outcome = api.put_in_force(offer.offered, name, desk.folder, seen)
    if outcome.exit_code:
        return _ask_use(request, outcome.told, CONFLICT)
    return to(request, "/sjablonen", " ".join(outcome.remarks), outcome.problems)


# --- words


def show_words(request: Request) -> Response:
    """Show the words that a template of a kind may use, those that are sought."""
    desk = desk_of(request)
    names = [one.name for one in api.list_templates(desk.folder).templates]
    asked, sought = (request.query_params.get(one, "") for one in ("soort", "zoek"))
    name = asked if asked in names else next(iter(KINDS))
    template = _in_force(desk, name)
    problems: Sequence[Problem] = []
    words: Sequence[Any] = ()
    try:
        outcome = api.list_words(str(template.path), name if name in KINDS else None)
        words, problems = _find(outcome.words, sought), outcome.told
    except LrtdocsError as error:
        problems = error.problems
    shown: dict[str, Any] = {"soort": name, "zoek": sought, "namen": names, "woorden": words}
    return render(request, "sjabloon_woorden.html", **shown, problems=problems)


def _find(words: Sequence[Any], sought: str) -> list[Any]:
    """Return those of `words` in which what is `sought` stands, or in what they contain."""
    wanted = sought.casefold().split()

    def fits(entry: Any) -> bool:
        text = " ".join((entry.name, entry.meaning, entry.facts, *entry.tags)).casefold()
        return all(one in text for one in wanted) or any(map(fits, entry.contains))

    return [entry for entry in words if fits(entry)]


routes = [
    page("/sjablonen", show_templates),
    page("/sjablonen/woorden", show_words),
    page("/sjablonen/bestand/{naam}", fetch_template),
    action("/sjablonen/kopie", copy_template),
    action("/sjablonen/nakijken", look_at),
    action("/sjablonen/terug", put_back),
    action("/sjablonen/insturen", bring_along),
    page("/sjabloon/{id}", show_offer),
    page("/sjabloon/{id}/beeld", show_picture),
    page("/sjabloon/{id}/gemerkt", fetch_marked),
    page("/sjabloon/{id}/bestand", fetch_offer),
    page("/sjabloon/{id}/proberen", try_out),
    page("/sjabloon/{id}/voorbeeld", fetch_tried),
    page("/sjabloon/{id}/vergelijken", compare),
    page("/sjabloon/{id}/gebruiken", ask_use),
    action("/sjabloon/{id}/gebruiken", use),
    action("/sjabloon/{id}/soort", choose_kind),
    action("/sjabloon/{id}/omzetten", convert),
]
