"""Lists over several meetings: what a row says, the words of a paper with it, and a calendar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.documents.appointment import new_calendar
from lrtdocs.documents.words import contact_words, name_owners, sender_words
from lrtdocs.model.tekst import Tekst  # noqa: TC001
from lrtdocs.model.vergadering import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from icalendar import Event

    from lrtdocs.documents.words import Words
    from lrtdocs.model.afzender import Afzender, Huisstijl
    from lrtdocs.model.vergadering import Vergadering


class Action(NamedTuple):
    """An action as it was last told of: in the meeting of `vergadering`, of the body `overleg`.

    `sinds` is the meeting in which it was agreed, None if nobody wrote that down.
    """

    nummer: str
    wat: str
    wie: tuple[str, ...]
    gereed: dt.date | str | None
    status: Status
    toelichting: str | None
    sinds: dt.date | None
    overleg: str
    vergadering: dt.date
    over_tijd: bool


class Decision(NamedTuple):
    """A decision of the meeting of `vergadering`, of the body `overleg`, under `agendapunt`."""

    nummer: str
    tekst: Tekst
    stemming: str
    agendapunt: str
    overleg: str
    vergadering: dt.date


# --- on paper


class Group(NamedTuple):
    """What stands together under a heading: actions of one owner, or decisions of one body."""

    kop: str
    acties: Sequence[Action] = ()
    besluiten: Sequence[Decision] = ()


class Overview(NamedTuple):
    """A list over several meetings, of which `last` is the newest, as it is on the day `day`."""

    onderwerp: str
    overleg: Sequence[str]
    periode: str
    stand: str
    groepen: Sequence[Group]
    rubricering: str | None
    last: Vergadering
    day: dt.date


def list_words(overview: Overview, huisstijl: Huisstijl, afzender: Afzender) -> Words:
    """Return the words of a paper with the list `overview`."""
    several = len(overview.overleg) > 1
    return {
        **contact_words(overview.last.contactpersoon),
        "onderwerp": overview.onderwerp,
        "overleg": dutch.join_words(overview.overleg),
        "periode": overview.periode,
        "stand": overview.stand,
        "rubricering": overview.rubricering,
        "onze_referentie": None,
        "dagtekening": overview.day,
        "afzender": sender_words(huisstijl, afzender),
        "woordmerk": list(huisstijl.woordmerk),
        "groepen": [
            {
                "kop": group.kop,
                "acties": [_action_words(each, several=several) for each in group.acties],
                "besluiten": [each._asdict() for each in group.besluiten],
            }
            for group in overview.groepen
        ],
    }


def _action_words(action: Action, *, several: bool) -> Words:
    """Return the words of a row: how it stands is a line for each thing there is to say."""
    day = action.gereed
    when = dutch.format_date_short(day) if isinstance(day, dt.date) else day
    status = "" if action.status is Status.OPEN else action.status.value
    return {
        **{name: getattr(action, name) for name in ("nummer", "wat", "toelichting", "sinds")},
        "wie": name_owners(action.wie),
        "van": action.overleg if several else "",
        "stand": [part for part in (when, status, action.over_tijd and "over tijd") if part]
        or [""],
    }


# --- in a calendar


class Deadline(NamedTuple):
    """The `day` of an action as calendars know it: by a `uid` that stays."""

    uid: str
    day: dt.date
    action: Action


def format_deadlines(deadlines: Iterable[Deadline], stamp: dt.datetime) -> bytes:
    """Return an .ics with a whole day for each of `deadlines`, made at the moment `stamp`.

    They are events and not tasks, which Outlook does not read; they take up no time of that day.
    """
    calendar = new_calendar("PUBLISH")
    for deadline in deadlines:
        calendar.add_component(_event(deadline, stamp))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, stamp: dt.datetime) -> Event:
    from icalendar import Event

    event, action = Event(), deadline.action
    whole_day = {"VALUE": "DATE"}
    event.add("uid", deadline.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", deadline.day, parameters=whole_day)
    event.add("dtend", deadline.day + dt.timedelta(days=1), parameters=whole_day)
    wie = f" ({dutch.join_words(action.wie)})" if action.wie else ""
    event.add("summary", f"{action.nummer} {action.wat}{wie}")
    event.add("description", "\n".join(_about(action)))
    event.add("categories", ["Actiepunt"])
    event.add("transp", "TRANSPARENT")
    return event


def _about(action: Action) -> list[str]:
    since = f"sinds {dutch.format_date(action.sinds)}" if action.sinds else ""
    state = ", ".join(part for part in (action.status.value, since) if part)
    return [action.overleg, state, *([action.toelichting] if action.toelichting else [])]
