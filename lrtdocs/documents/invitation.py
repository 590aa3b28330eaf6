"""What an invitation for a meeting says: the appointment in the calendar, and the mail around it.

Both may be passed on to people who were not asked: titles and annexes of confidential items are in
neither.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.documents.annexes import gather_annexes
from lrtdocs.documents.appointment import Appointment, Person
from lrtdocs.model.remarks import Remark, remark
from lrtdocs.model.vergadering import walk_numbered, walk_punten

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from lrtdocs.model.stuk import Contactpersoon
    from lrtdocs.model.velden import Tijdvak
    from lrtdocs.model.vergadering import Loc, Subpunt, Vergadering

_HOUR = dt.timedelta(hours=1)
_AGENDA, _CONFIDENTIAL = "Agenda:", "(vertrouwelijk)"
_LINK = re.compile(r"https?://\S+")


# --- the appointment


def plan_appointment(
    vergadering: Vergadering,
    uid: str,
    organizer: Contactpersoon,
    attendees: Sequence[Person],
    now: dt.datetime,
) -> Appointment:
    """Return the appointment for a meeting, as if it were the first one."""
    begin, end = span_of(vergadering)
    return Appointment(
        uid=uid,
        summary=vergadering.overleg,
        begin=begin,
        end=end,
        location=vergadering.plaats or "",
        description=_describe(vergadering, organizer),
        organizer=Person(organizer.naam or "", organizer.email or ""),
        attendees=tuple(attendees),
        stamp=now,
    )


def public_appointment(vergadering: Vergadering, uid: str, now: dt.datetime) -> Appointment:
    """Return the appointment of a meeting for anybody: when, where and about what."""
    begin, end = span_of(vergadering)
    lines = [_AGENDA, *item_lines(vergadering)]
    where, nobody = vergadering.plaats or "", Person("", "")
    text = "\n".join(lines)
    return Appointment(uid, vergadering.overleg, begin, end, where, text, nobody, (), now)


def span_of(vergadering: Vergadering) -> tuple[dt.date, dt.date]:
    """Return begin and end of a meeting: moments, or days where no time is known.

    Without an end it takes an hour, or until the last time of an item.
    """
    day, whole = vergadering.datum, vergadering.tijd
    if whole is None:
        return day, day + dt.timedelta(days=1)
    begin = dt.datetime.combine(day, whole.begin)
    if whole.eind is not None:
        return begin, _after(begin, whole.eind)
    times = [_end(begin, punt.tijd) for _, punt in walk_punten(vergadering) if punt.tijd]
    return begin, max([begin + _HOUR, *times])


def _end(begin: dt.datetime, span: Tijdvak) -> dt.datetime:
    """Return the end of an item; an earlier time than that of the meeting is a mistake, told."""
    last = span.eind or span.begin
    return dt.datetime.combine(begin.date(), last)


def _after(begin: dt.datetime, time: dt.time) -> dt.datetime:
    """Return the first moment after `begin` at which it is `time`."""
    end = dt.datetime.combine(begin.date(), time)
    return end if end > begin else end + dt.timedelta(days=1)


def judge_span(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield what is not known of the time of a meeting, and what is made of it."""
    if vergadering.tijd is None:
        yield remark("LRT090.tijd", ("datum",))
    elif vergadering.tijd.eind is None:
        _, end = span_of(vergadering)
        begin = vergadering.tijd.begin
        ends = end.time() if isinstance(end, dt.datetime) else begin
        told = f"{begin:%H:%M}-{ends:%H:%M}"
        yield remark("LRT090.eind", ("tijd",), end=dutch.format_time(ends), span=told)


def _describe(vergadering: Vergadering, organizer: Contactpersoon) -> str:
    lines = [_AGENDA, *item_lines(vergadering)]
    lines += ["", f"Vragen of afmelden: {name_contact(organizer)}"]
    lines += ["", *_LINK.findall(vergadering.plaats or "")]
    return "\n".join(lines).strip()


def name_contact(contact: Contactpersoon) -> str:
    """Return who can be asked, with the number and the address."""
    reached = [each for each in (contact.telefoon, contact.email) if each]
    if not contact.naam:
        return ", ".join(reached)
    return f"{contact.naam} ({', '.join(reached)})" if reached else contact.naam


def item_lines(vergadering: Vergadering) -> list[str]:
    """Return a line for each item and sub-item, with its number and its time.

    Of a confidential one only that it is; what is below that is left out.
    """
    lines = []
    for number, loc, punt in walk_numbered(vergadering):
        if len(loc) > 2 and vergadering.agendapunten[int(loc[1])].vertrouwelijk:
            continue
        title = _CONFIDENTIAL if punt.vertrouwelijk else punt.titel
        head = f"{number}. " if number[-1:].isdigit() else f"{number} ".lstrip()
        lines.append(f"{'   ' * (len(loc) > 2)}{head}{title}{_when(punt)}")
    return lines


def _when(punt: Subpunt) -> str:
    return f" ({punt.tijd})" if punt.tijd else ""


# --- the mail


def subject_of(appointment: Appointment) -> str:
    """Return the subject of the mail that `appointment` goes with."""
    of_day = f"{appointment.summary} {dutch.format_date(appointment.begin)}"
    if appointment.cancelled:
        return f"Afgezegd: {of_day}"
    return f"Gewijzigd: agenda {of_day}" if appointment.sequence else f"Agenda {of_day}"


def mail_text(
    vergadering: Vergadering,
    appointment: Appointment,
    contact: Contactpersoon,
    attached: Container[Loc] = (),
    earlier: Appointment | None = None,
) -> str:
    """Return the text of the mail that `appointment` goes with.

    `attached` says which annexes go with it; `earlier` is the appointment that it takes the place
    of, if people have to be somewhere else or at another time.
    """
    blocks = [["Geachte deelnemers,"], [_opening(appointment, earlier)], list(_head(appointment))]
    if not appointment.cancelled:
        blocks += [
            [_AGENDA, *item_lines(vergadering)],
            list(_annex_lines(vergadering, attached)),
            [f"Kunt u niet komen? Laat dat dan weten aan {name_contact(contact)}."],
        ]
    blocks.append(["Met vriendelijke groet,", contact.naam or ""])
    return "\n\n".join("\n".join(block) for block in blocks if block).rstrip() + "\n"


def _opening(appointment: Appointment, earlier: Appointment | None) -> str:
    if appointment.cancelled:
        return "Deze vergadering gaat niet door."
    if earlier is not None:
        was = ", ".join(filter(None, [name_moment(earlier), earlier.location]))
        return f"Deze vergadering is verplaatst. Eerst was zij: {was}."
    if appointment.sequence:
        return "Deze uitnodiging komt in de plaats van een eerdere."
    return "U bent uitgenodigd voor deze vergadering."


def _head(appointment: Appointment) -> Iterator[str]:
    yield f"Overleg: {appointment.summary}"
    yield f"Wanneer: {name_moment(appointment)}"
    if appointment.location:
        yield f"Waar: {appointment.location}"


def name_moment(appointment: Appointment) -> str:
    """Return when it is: "woensdag 18 juni 2025, 10.00-11.30 uur"."""
    begin, end = appointment.begin, appointment.end
    day = f"{dutch.DAYS.split('|')[begin.weekday()]} {dutch.format_date(begin)}"
    if not isinstance(begin, dt.datetime) or not isinstance(end, dt.datetime):
        return day
    return f"{day}, {dutch.format_timespan(begin.time(), end.time())}"


def _annex_lines(vergadering: Vergadering, attached: Container[Loc]) -> Iterator[str]:
    annexes = [stuk for stuk in gather_annexes(vergadering) if not stuk.confidential]
    later = [one for one in annexes if one.is_to_come and one.loc not in attached]
    now = [one for one in annexes if one not in later]
    if now:
        yield "Stukken:"
    for stuk in now:
        told = [f"nagezonden op {dutch.format_date(stuk.came)}"] if stuk.came else []
        told += ["bijgevoegd"] if stuk.loc in attached else filter(None, [stuk.bijlage.link])
        yield f"- {stuk.name}" + (f" ({', '.join(told)})" if told else "")
    if later:
        yield f"Nazending: {'; '.join(one.name for one in later)}"
