"""An appointment in a calendar (.ics, RFC 5545 and 5546): a meeting as Outlook and others know it.

A later one with the same `uid` takes the place of an earlier one, and only if its `sequence` is not
lower. Times are those of the clock in the Netherlands, and the file brings along when that clock
changes, as rules: without them, or with dates in their place, Outlook is an hour off.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

ZONE = "Europe/Amsterdam"
_CLOCK = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


class Person(NamedTuple):
    """Somebody with an address."""

    naam: str
    email: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """What stands in a calendar; `begin` and `end` are days where no time is known.

    The end is the first moment, or the first day, that is no part of it.
    """

    uid: str
    summary: str
    begin: dt.date
    end: dt.date
    location: str
    description: str
    organizer: Person
    attendees: tuple[Person, ...]
    stamp: dt.datetime
    sequence: int = 0
    cancelled: bool = False

    def moved_from(self, earlier: Appointment) -> bool:
        """Tell whether people have to be somewhere else, or at another time, than `earlier`."""
        where = (earlier.begin, earlier.end, earlier.location, earlier.cancelled)
        return (self.begin, self.end, self.location, self.cancelled) != where

    def after(self, earlier: Appointment) -> Appointment:
        """Return this appointment as it takes the place of `earlier`.

        What says the same bears the same moment, so that the file is the same one.
        """
        sequence = earlier.sequence + self.moved_from(earlier)
        same = replace(self, uid=earlier.uid, sequence=sequence, stamp=earlier.stamp)
        return same if same == earlier else replace(same, stamp=self.stamp)

    def called_off(self, now: dt.datetime) -> Appointment:
        """Return what tells everybody invited that it does not go on."""
        if self.cancelled:
            return self
        return replace(self, cancelled=True, sequence=self.sequence + 1, stamp=now)


def new_calendar(method: str) -> Calendar:
    """Return a calendar without anything in it, for what RFC 5546 calls a `method`."""
    from icalendar import Calendar  # loads half a second of time zones

    calendar = Calendar()
    calendar.add("prodid", "-//lrtdocs//lrtdocs//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def format_appointment(appointment: Appointment) -> bytes:
    """Return the .ics that invites for `appointment`, or calls it off."""
    from icalendar import Event, Timezone

    event, calendar = Event(), new_calendar("CANCEL" if appointment.cancelled else "REQUEST")
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.stamp)
    _add_moments(event, appointment)
    _add_texts(event, appointment)
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    event.add("organizer", _address(appointment.organizer))
    for person in appointment.attendees:
        asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("attendee", _address(person), parameters=asked)
    calendar.add_component(Timezone.from_ical(_CLOCK))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def format_public(appointment: Appointment) -> bytes:
    """Return the .ics that tells anybody of `appointment`, and invites nobody for it."""
    from icalendar import Event, Timezone

    event, calendar = Event(), new_calendar("PUBLISH")
    del calendar["method"]  # that would ask for somebody who invites
    event.add("uid", appointment.uid)
    event.add("dtstamp", appointment.stamp)
    _add_moments(event, appointment)
    _add_texts(event, appointment)
    calendar.add_component(Timezone.from_ical(_CLOCK))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _add_moments(event: Event, appointment: Appointment) -> None:
    for name, moment in (("dtstart", appointment.begin), ("dtend", appointment.end)):
        timed = isinstance(moment, dt.datetime)
        event.add(name, moment, parameters={"TZID": ZONE} if timed else {"VALUE": "DATE"})


def _add_texts(event: Event, appointment: Appointment) -> None:
    for name in ("summary", "location", "description"):
        if getattr(appointment, name):
            event.add(name, getattr(appointment, name))


def _address(person: Person) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{person.email}")
    if person.naam:  # Outlook does not know how a double quote is written here
        address.params["CN"] = person.naam.replace('"', "'")
    return address


def read_appointment(data: bytes) -> Appointment | None:
    """Return the appointment in the .ics `data`; None if there is none, or more than one."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(data)
        (event,) = calendar.walk("VEVENT")
        cancelled = "CANCEL" in str(calendar.get("method", "")).upper()
        return _read(event, cancelled=cancelled)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None


def _read(event: Any, *, cancelled: bool) -> Appointment:
    attendees = event.get("attendee", [])
    return Appointment(
        uid=str(event["uid"]),
        summary=str(event.get("summary", "")),
        begin=_on_our_clock(event.decoded("dtstart")),
        end=_on_our_clock(event.decoded("dtend")),
        location=str(event.get("location", "")),
        description=str(event.get("description", "")),
        organizer=_person(event["organizer"]),
        attendees=tuple(map(_person, attendees if isinstance(attendees, list) else [attendees])),
        stamp=event.decoded("dtstamp"),
        sequence=int(event.get("sequence", 0)),
        cancelled=cancelled,
    )


def _person(address: vCalAddress) -> Person:
    email = str(address)
    email = email[7:] if email.lower().startswith("mailto:") else email
    return Person(str(address.params.get("CN", "")), email)


def _on_our_clock(moment: dt.date) -> dt.date:
    """Return a moment as the clock in the Netherlands shows it; a day as it is."""
    from zoneinfo import ZoneInfo

    if isinstance(moment, dt.datetime) and moment.tzinfo is not None:
        return moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    return moment
