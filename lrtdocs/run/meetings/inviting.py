"""Inviting for a meeting, inviting again when it moves, and calling it off.

An invitation is an appointment (.ics) and a mail around it (.eml). What went before is read from
the .ics that is there, beside the papers or kept as sent: calendars know a meeting by its uid, and
believe the highest number. So nothing has to be noted in the file of the meeting.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.clock import now, today
from lrtdocs.documents.annexes import gather_annexes
from lrtdocs.documents.appointment import (
    Appointment,
    Person,
    format_appointment,
    read_appointment,
)
from lrtdocs.documents.invitation import (
    judge_span,
    mail_text,
    name_moment,
    plan_appointment,
    subject_of,
)
from lrtdocs.documents.mail_draft import MailDraft, format_draft
from lrtdocs.errors import Place, Problem, ProblemsFoundError
from lrtdocs.messages import problem
from lrtdocs.model.deelnemer import Deelnemer, locate, split_deelnemer
from lrtdocs.model.stuk import Contactpersoon
from lrtdocs.model.velden import Rubriek
from lrtdocs.model.vergadering import walk_punten
from lrtdocs.run.folder.names import is_old_pdf, plan_file, quote_path, split_version
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.meetings.sending import find_sendings, soort_of
from lrtdocs.source.files import is_dir, is_file, read_bytes
from lrtdocs.source.lists.lid import find_lid
from lrtdocs.source.lists.members import (
    MEMBERS,
    find_members,
    read_members,
    tell_no_address,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.source.lists.lid import Lid

INVITATION, CALLED_OFF = "uitnodiging", "afzegging"
MAX_ATTACHMENT = 100_000_000
MAX_MAIL = 20_000_000
"""So many bytes may go with a mail before many servers refuse it."""
_NAMESPACE = uuid.UUID("6f0a1c0e-93a5-5d0f-9f6b-1d6d9c1f0c52")
"""Of the uids that are made here; any other one would do, as long as it stays the same."""
_SUFFIXES = {".ics", ".eml"}
_OTHER_SUFFIXES = {".docx", ".pdf", ".msg", ".txt", ".yaml", ".yml"}


def write_invitation(
    path: Path, output: str | None, outcome: Outcome, *, call_off: bool = False
) -> None:
    """Write the invitation for the meeting at `path`, or what calls it off, and tell of it.

    Raises ProblemsFoundError, with nothing written, if there is nobody to answer to, or nothing to
    call off.
    """
    loaded, problems = load_vergadering(path, "agenda")
    outcome.add_problems(problems)
    if loaded is None:
        return
    target = _plan(path, CALLED_OFF if call_off else INVITATION, output)
    earlier = find_earlier(path, target)
    if call_off:
        _call_off(loaded, target, earlier, outcome)
    else:
        _invite(loaded, target, earlier, outcome)


def _plan(path: Path, word: str, output: str | None) -> Path:
    """Return where the .ics goes: beside the meeting, or at `output`, a file or a folder."""
    default = f"{path.stem}-{word}.ics"
    return plan_file(path, default, output, "deel.een_uitnodiging", _SUFFIXES, _OTHER_SUFFIXES)


# --- what went before


class Earlier(NamedTuple):
    """What went before an invitation: the `last` appointment, and the one that people have.

    That is the last one kept as sent; where none is, it may be any.
    """

    last: Appointment
    known: Appointment
    file: Path


def find_earlier(path: Path, target: Path) -> Earlier | None:
    """Return the appointments before that for the meeting at `path`; None if there are none.

    Raises ProblemsFoundError for one that cannot be read.
    """
    names = [f"{path.stem}-{word}.ics" for word in (INVITATION, CALLED_OFF)]
    beside = {target: None} | dict.fromkeys(
        folder / name for folder in (path.parent, target.parent) for name in names
    )
    sent = _read_last(one.folder / name for one in find_sendings(path) for name in names)
    last = _read_last([*beside, *([sent[0]] if sent else [])])
    if last is None:
        return None
    file, known = sent or last
    return Earlier(last[1], known, file)


def _read_last(files: Iterable[Path]) -> tuple[Path, Appointment] | None:
    """Return the appointment with the highest number in `files`, with its file."""
    found = []
    for file in filter(is_file, files):
        appointment = read_appointment(read_bytes(file))
        if appointment is None:
            raise ProblemsFoundError(problem("LRT094.kapot", Place(str(file))))
        found.append((file, appointment))
    return max(found, key=lambda one: (one[1].sequence, one[1].stamp), default=None)


def _make_uid(loaded: Meeting) -> str:
    """Return the uid of a first invitation: the same again, should its file get lost."""
    model = loaded.model
    return str(uuid.uuid5(_NAMESPACE, f"{model.overleg}\n{loaded.path.stem}\n{model.datum}"))


def _tell_change(loaded: Meeting, earlier: Earlier, new: Appointment) -> Iterator[Problem]:
    """Yield what calendars will do with `new`, and who gets nothing of it any more."""
    file, old = earlier.file, earlier.known
    told = {"file": quote_path(file), "was": _name(old), "now": _name(new)}
    if new.moved_from(old):
        key = "LRT093.voorbij" if _day(old) < today() else "LRT093.verplaatst"
        yield problem(key, loaded.place("datum"), None, **told)
    invited = {person.email.lower() for person in new.attendees}
    gone = [each for each in old.attendees if each.email.lower() not in invited]
    if gone and new.attendees:
        names = dutch.join_some([each.naam or each.email for each in gone], 10)
        yield problem("LRT093.weg", Place(str(file)), names=names)


def _name(appointment: Appointment) -> str:
    where = f", {appointment.location}" if appointment.location else ""
    return f"{name_moment(appointment)}{where}"


def _day(appointment: Appointment) -> date:
    begin = appointment.begin
    return begin.date() if isinstance(begin, datetime) else begin


def _find_renamed(loaded: Meeting, target: Path) -> Iterator[Problem]:
    """Yield a warning for an invitation whose meeting is gone: it may be this one, renamed."""
    if not is_dir(target.parent):
        return
    for file in sorted(target.parent.glob(f"*-{INVITATION}.ics")):
        stem = file.stem.removesuffix(f"-{INVITATION}")
        if any(is_file(loaded.path.with_name(f"{stem}{end}")) for end in (".yaml", ".yml")):
            continue
        old = read_appointment(read_bytes(file))
        if old is not None and old.summary == loaded.model.overleg:
            told = {"file": file.name, "was": _name(old), "name": target.name}
            yield problem("LRT093.hernoemd", Place(str(file)), None, **told)


# --- inviting


def _invite(loaded: Meeting, target: Path, earlier: Earlier | None, outcome: Outcome) -> None:
    vergadering = loaded.model
    contact = _find_organizer(loaded)
    to, copies, problems = _find_people(loaded)
    outcome.add_problems([*problems, *_judge(loaded)])
    uid = _make_uid(loaded)
    asked = [one for one in to if one.email.lower() != (contact.email or "").lower()]
    new = plan_appointment(vergadering, uid, contact, asked, now())
    if earlier is None:
        outcome.add_problems(_find_renamed(loaded, target))
    else:
        new = new.after(earlier.last)
        outcome.add_problems(_tell_change(loaded, earlier, new))
    moved = earlier.known if earlier and new.moved_from(earlier.known) else None
    ics = format_appointment(new)
    attached, files = _attachments(loaded, target, outcome)
    draft = MailDraft(
        subject_of(new),
        mail_text(vergadering, new, contact, attached, moved),
        to,
        copies,
        [*files, (target.name, ics)],
    )
    _write(target, ics, draft, outcome)


def _write(target: Path, ics: bytes, draft: MailDraft, outcome: Outcome) -> None:
    outcome.write(target, ics)
    outcome.write(target.with_suffix(".eml"), format_draft(draft))


def _call_off(loaded: Meeting, target: Path, earlier: Earlier | None, outcome: Outcome) -> None:
    """Write what calls off the appointment as it was sent, to whoever was invited for it."""
    if earlier is None:
        name = f"{loaded.path.stem}-{INVITATION}.ics"
        raise ProblemsFoundError(problem("LRT094", Place(str(loaded.path)), name=name))
    new = earlier.last.called_off(now())
    if not new.attendees:
        outcome.add_problems([problem("LRT094.niemand", Place(str(target)))])
    ics = format_appointment(new)
    contact = Contactpersoon(naam=new.organizer.naam or None, email=new.organizer.email)
    text = mail_text(loaded.model, new, contact)
    draft = MailDraft(subject_of(new), text, new.attendees, (), [(target.name, ics)])
    _write(target, ics, draft, outcome)


def _judge(loaded: Meeting) -> Iterator[Problem]:
    for told in judge_span(loaded.model):
        yield told.fault.at(loaded.place(*told.loc))
    if loaded.model.rubricering in list(Rubriek):
        mark = loaded.model.rubricering
        yield problem("LRT090.rubricering", loaded.place("rubricering"), mark=mark)


# --- to whom


def _find_organizer(loaded: Meeting) -> Contactpersoon:
    """Return who gets the answers; raise ProblemsFoundError if no address is known."""
    contact = next((one for one in loaded.model.contactpersoon if one.email), None)
    if contact is None:
        raise ProblemsFoundError(problem("LRT090.afzender", loaded.place("contactpersoon")))
    return contact


def _find_people(loaded: Meeting) -> tuple[list[Person], list[Person], list[Problem]]:
    """Return who is invited and who gets a copy, as far as an address is known.

    Where the meeting names nobody that is the whole list.
    """
    path = find_members(loaded.path)
    if path is None:
        names = " of ".join(MEMBERS)
        return [], [], [problem("LRT092", Place(str(loaded.path)), names=names)]
    leden, problems = read_members(path)
    if not leden:
        return [], [], problems

    def find(people: Iterable[tuple[Loc, Deelnemer]]) -> list[Person]:
        found = []
        for loc, wie in people:
            named = find_lid(wie, leden)
            problems.extend(_judge_found(wie, named, path, loaded.place(*loc)))
            found += named if len(named) == 1 else []
        return _persons(found)

    model = loaded.model
    copied = (Deelnemer(**split_deelnemer(text)) for text in model.kopie_aan)
    copies = find(locate(copied, "kopie_aan"))
    key = "genodigden" if model.genodigden else "aanwezig"
    if asked := getattr(model, key):
        return find(locate(asked, key)), copies, problems
    problems += [tell_no_address(lid) for lid in leden if not lid.email]
    return _persons(leden), copies, problems


def _judge_found(
    wie: Deelnemer, found: Sequence[Lid], path: Path, place: Place
) -> Iterator[Problem]:
    """Yield why somebody at `place` who was `found` in the list at `path` gets no mail."""
    told = {"who": str(wie), "file": path.name}
    if not found:
        yield problem("LRT091.weg", place, None, **told)
    elif len(found) > 1:
        rows = dutch.join_words([f"{lid.naam} ({lid.organisatie})" for lid in found])
        yield problem("LRT091.meer", place, None, rows=rows, **told)
    elif not found[0].email:
        yield tell_no_address(found[0])


def _persons(leden: Iterable[Lid]) -> list[Person]:
    """Return those of `leden` who have an address, each once."""
    found = {lid.email.lower(): Person(lid.naam, lid.email) for lid in leden if lid.email}
    return list(found.values())


# --- what goes with it


def _attachments(
    loaded: Meeting, target: Path, outcome: Outcome
) -> tuple[set[Loc], list[tuple[str, bytes]]]:
    """Return where the annexes stand that go with the mail, and its files by name."""
    agenda = _find_agenda(loaded, target, outcome)
    files = [(agenda.name, read_bytes(agenda, MAX_ATTACHMENT))] if agenda else []
    if agenda:
        outcome.add_problems(_judge_agenda(loaded, agenda))
    attached: set[Loc] = set()
    for stuk in gather_annexes(loaded.model):
        bijlage = stuk.bijlage
        path = loaded.beside(bijlage.bestand) if bijlage.bestand else None
        if path is not None and stuk.confidential:
            place = loaded.place(*stuk.loc, "bestand")
            outcome.add_problems([problem("LRT096.vertrouwelijk", place, name=stuk.name)])
        elif path is not None and is_file(path):
            with outcome.gathering():
                files.append((_free(path, files), read_bytes(path, MAX_ATTACHMENT)))
                attached.add(stuk.loc)
    size = sum(len(data) for _, data in files)
    if size > MAX_MAIL:
        place = Place(str(target.with_suffix(".eml")))
        told = {"size": size // 1_000_000, "most": MAX_MAIL // 1_000_000}
        outcome.add_problems([problem("LRT096.groot", place, None, **told)])
    return attached, files


def _judge_agenda(loaded: Meeting, agenda: Path) -> Iterator[Problem]:
    """Yield a warning for an `agenda` that names what the mail around it leaves out."""
    hidden = [loc for loc, punt in walk_punten(loaded.model) if punt.vertrouwelijk]
    if hidden:
        place = loaded.place(*hidden[0], "vertrouwelijk")
        yield problem("LRT096.agenda", place, None, name=agenda.name)


def _free(path: Path, files: Sequence[tuple[str, bytes]]) -> str:
    """Return the name of `path`, with a number if a file in the mail has that already."""
    same = sum(name.casefold() == path.name.casefold() for name, _ in files)
    return f"{path.stem}-{same + 1}{path.suffix}" if same else path.name


def _find_agenda(loaded: Meeting, target: Path, outcome: Outcome) -> Path | None:
    """Return the newest agenda that was made: its PDF, or the Word document if that is newer."""
    folders = dict.fromkeys([target.parent, loaded.path.parent])
    made = [
        (split_version(file.stem)[1], file)
        for folder in folders
        if is_dir(folder)
        for file in sorted(folder.glob("*-agenda*"))
        if file.suffix.lower() in {".docx", ".pdf"}
        and soort_of(file.stem, loaded.path.stem, ["agenda"]) == "agenda"
    ]
    command = f"lrtdocs agenda {quote_path(loaded.path)} --pdf"
    if not made:
        place = Place(str(loaded.path))
        outcome.add_problems([problem("LRT095.geen", place, command=command)])
        return None
    _, last = max(made, key=lambda one: (one[0], one[1].suffix.lower() == ".pdf"))
    if last.suffix.lower() == ".pdf" and is_old_pdf(last.with_suffix(".docx")):
        last = last.with_suffix(".docx")
    if last.stat().st_mtime < loaded.path.stat().st_mtime:
        told = {"name": last.name, "source": loaded.path.name, "command": command}
        outcome.add_problems([problem("LRT095.oud", Place(str(last)), None, **told)])
    return last
