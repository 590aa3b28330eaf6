from __future__ import annotations

import datetime as dt
import os
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from sheet_making import save

from lrtdocs import api

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from lrtdocs.api import Outcome

SENDER = "contactpersoon: {naam: J. Jansen, telefoon: 070 1, email: lrt@minjenv.nl}\n"
TIME = "datum: 2025-06-18\ntijd: 10:00-11:30\n"
POINTS = "agendapunten:\n  - {titel: Opening, tijd: 10:00}\n"


@pytest.fixture(autouse=True)
def _before_the_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1748736000")  # 1 June 2025


def meeting(folder: Path, text: str = TIME + POINTS, name: str = "lrt.yaml") -> Path:
    (folder / "huisstijl.yaml").write_text("afzenders: {een: {team: Een}}\n", encoding="utf-8")
    path = folder / name
    path.write_text(f"overleg: Landelijke Regietafel\n{SENDER}{text}", encoding="utf-8")
    return path


def members(folder: Path, *rows: list[str]) -> None:
    save(folder, ["naam", "organisatie", "rol", "e-mail"], *rows).rename(folder / "leden.xlsx")


def keys(outcome: Outcome) -> list[str]:
    return [problem.key for problem in outcome.problems]


def calendar_of(path: Path) -> str:
    return path.with_name(f"{path.stem}-uitnodiging.ics").read_bytes().decode()


def mail_of(path: Path, word: str = "uitnodiging") -> EmailMessage:
    data = path.with_name(f"{path.stem}-{word}.eml").read_bytes()
    return message_from_bytes(data, policy=policy.default)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# --- in calendars


@pytest.mark.parametrize(
    ("day", "hour"), [("2025-06-18", 8), ("2025-01-15", 9), ("2025-03-30", 8), ("2025-10-26", 9)]
)
def test_ten_o_clock_is_the_same_moment_in_other_calendars(
    tmp_path: Path, day: str, hour: int
) -> None:
    path = meeting(tmp_path, f"datum: {day}\ntijd: 10:00-11:30\n{POINTS}")
    api.invite(path)
    begin = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), tzinfo=dt.UTC)
    (event,) = IcsCalendarStream.calendar_from_ics(calendar_of(path)).events
    other = vobject.readOne(calendar_of(path)).vevent
    for start, end in [(event.dtstart, event.dtend), (other.dtstart.value, other.dtend.value)]:
        assert start.astimezone(dt.UTC) == begin
        assert end - start == dt.timedelta(minutes=90)


def test_the_clock_comes_along_as_rules(tmp_path: Path) -> None:
    """Outlook is an hour off without them, and with dates in their place."""
    path = meeting(tmp_path)
    api.invite(path)
    assert calendar_of(path).count("RRULE:FREQ=YEARLY") == 2
    assert "RDATE" not in calendar_of(path)
    assert "DTSTART;TZID=Europe/Amsterdam:20250618T100000\r\n" in calendar_of(path)


def test_a_meeting_without_a_time_takes_the_day(tmp_path: Path) -> None:
    path = meeting(tmp_path, f"datum: 2025-06-18\n{POINTS}")
    assert "LRT090.tijd" in keys(api.invite(path))
    (event,) = IcsCalendarStream.calendar_from_ics(calendar_of(path)).events
    assert (event.dtstart, event.dtend) == (dt.date(2025, 6, 18), dt.date(2025, 6, 19))


@pytest.mark.parametrize(
    ("time", "more", "end"),
    [("10:00", "", "110000"), ("10:00", "  - {titel: b, tijd: 12:30-13:00}\n", "130000")],
)
def test_without_an_end_it_takes_an_hour_or_until_the_last_item(
    tmp_path: Path, time: str, more: str, end: str
) -> None:
    path = meeting(tmp_path, f"datum: 2025-06-18\ntijd: {time}\n{POINTS}{more}")
    outcome = api.invite(path)
    assert f"DTEND;TZID=Europe/Amsterdam:20250618T{end}\r\n" in calendar_of(path)
    (told,) = [each for each in outcome.problems if each.key == "LRT090.eind"]
    assert f"tijd: 10:00-{end[:2]}:{end[2:4]}" in told.remedy


def test_a_meeting_may_go_on_after_midnight(tmp_path: Path) -> None:
    path = meeting(tmp_path, f"datum: 2025-06-18\ntijd: 22:00-00:30\n{POINTS}")
    api.invite(path)
    assert "DTEND;TZID=Europe/Amsterdam:20250619T003000\r\n" in calendar_of(path)


def test_texts_come_back_as_they_were_typed(tmp_path: Path) -> None:
    link = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_NmYxZTQ0@thread.v2/0?c=%7b,;%7d"
    place = f"Zaal 1; of via Teams, {link}"
    path = meeting(tmp_path, f"{TIME}plaats: '{place}'\nagendapunten: ['Één; twee, drie\\vier']\n")
    api.invite(path)
    (event,) = IcsCalendarStream.calendar_from_ics(calendar_of(path)).events
    assert event.location == vobject.readOne(calendar_of(path)).vevent.location.value == place
    assert event.description is not None
    assert "1. Één; twee, drie\\vier\n" in event.description
    assert event.description.endswith(link)
    assert max(len(line.encode()) for line in calendar_of(path).split("\r\n")) <= 75


def test_what_is_confidential_stands_nowhere(tmp_path: Path) -> None:
    text = f"""{TIME}bijlagen: [{{titel: Lijst Geheim, nummer: 3}}]
agendapunten:
  - titel: Kandidaat Geheim
    vertrouwelijk: ja
    bijlagen: [{{titel: Brief Geheim, bestand: geheim.pdf}}, {{titel: Meer Geheim, nummer: 3}}]
    subpunten: [Deel Geheim]
  - titel: Overig
    subpunten: [{{titel: Nog Geheim, vertrouwelijk: ja, bijlagen: [Nota Geheim]}}]
"""
    path = meeting(tmp_path, text)
    (tmp_path / "geheim.pdf").write_bytes(b"%PDF-1.7 Geheim")
    assert keys(api.invite(path)).count("LRT096.vertrouwelijk") == 1
    assert "Geheim" not in calendar_of(path).replace("\r\n ", "")
    mail = mail_of(path)
    assert "eheim" not in str(mail["subject"]) + text_of(mail)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["lrt-uitnodiging.ics"]
    assert "1. (vertrouwelijk)\n2. Overig\n   2a (vertrouwelijk)\n" in text_of(mail)


def test_an_agenda_that_names_what_is_confidential_is_told(tmp_path: Path) -> None:
    points = "agendapunten: [Opening, {titel: Kandidaat Geheim, vertrouwelijk: ja}]\n"
    path = meeting(tmp_path, TIME + points)
    assert "LRT096.agenda" not in keys(api.invite(path))
    api.make_documents([path], "agenda")
    assert keys(api.invite(path)).count("LRT096.agenda") == 1


# --- again, and called off


def events_of(path: Path) -> tuple[str, int, str]:
    event = vobject.readOne(path.read_bytes().decode()).vevent
    return event.uid.value, int(event.sequence.value), event.status.value


def test_the_same_invitation_again_is_the_same_file(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    first = calendar_of(path)
    os.environ["SOURCE_DATE_EPOCH"] = "1748736999"
    assert "LRT093.verplaatst" not in keys(api.invite(path))
    assert calendar_of(path) == first


@pytest.mark.parametrize(
    "change",
    [("2025-06-18", "2025-06-25"), ("10:00-11:30", "10:30-11:30"), ("tijd", "plaats: Ede\ntijd")],
)
def test_a_meeting_that_moves_keeps_its_uid_and_counts_on(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    ics = tmp_path / "lrt-uitnodiging.ics"
    uid, _, _ = events_of(ics)
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    outcome = api.invite(path)
    assert events_of(ics) == (uid, 1, "CONFIRMED")
    (told,) = [each for each in outcome.problems if each.key == "LRT093.verplaatst"]
    assert "woensdag 18 juni 2025, 10.00-11.30 uur" in told.message
    mail = mail_of(path)
    assert str(mail["subject"]).startswith("Gewijzigd: agenda Landelijke Regietafel")
    assert "Eerst was zij: woensdag 18 juni 2025, 10.00-11.30 uur." in text_of(mail)


def test_another_item_moves_nobody(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    meeting(tmp_path, f"{TIME}{POINTS}  - titel: Rondvraag\n")
    api.invite(path)
    assert events_of(tmp_path / "lrt-uitnodiging.ics")[1] == 0
    assert "Rondvraag" in calendar_of(path)


def test_an_appointment_that_was_sent_is_known_when_the_papers_are_gone(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    uid, _, _ = events_of(tmp_path / "lrt-uitnodiging.ics")
    api.mark_sent(path)
    for paper in tmp_path.glob("lrt-*"):
        paper.unlink()
    meeting(tmp_path, TIME.replace("18", "25") + POINTS)
    api.invite(path)
    assert events_of(tmp_path / "lrt-uitnodiging.ics") == (uid, 1, "CONFIRMED")


def test_a_meeting_is_called_off_to_all_who_were_invited(tmp_path: Path) -> None:
    members(tmp_path, ["J. Müller, IPO", "IPO", "lid", "j@ipo.nl"])
    path = meeting(tmp_path)
    api.invite(path)
    uid, _, _ = events_of(tmp_path / "lrt-uitnodiging.ics")
    (tmp_path / "leden.xlsx").unlink()
    outcome = api.invite(path, call_off=True)
    assert outcome.written == [tmp_path / "lrt-afzegging.ics", tmp_path / "lrt-afzegging.eml"]
    assert events_of(tmp_path / "lrt-afzegging.ics") == (uid, 1, "CANCELLED")
    off = (tmp_path / "lrt-afzegging.ics").read_text(encoding="utf-8")
    assert "METHOD:CANCEL" in off
    assert "mailto:j@ipo.nl" in off
    mail = mail_of(path, "afzegging")
    assert mail["subject"] == "Afgezegd: Landelijke Regietafel 18 juni 2025"
    assert [address.addr_spec for address in mail["to"].addresses] == ["j@ipo.nl"]
    assert "gaat niet door" in text_of(mail)


def test_who_invites_again_after_calling_off_counts_on(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    for _ in range(2):  # once more calls nothing off anew
        api.invite(path, call_off=True)
    api.invite(path)
    assert events_of(tmp_path / "lrt-afzegging.ics")[1:] == (1, "CANCELLED")
    assert events_of(tmp_path / "lrt-uitnodiging.ics")[1:] == (2, "CONFIRMED")


def test_nothing_can_be_called_off_that_nobody_was_invited_for(tmp_path: Path) -> None:
    outcome = api.invite(meeting(tmp_path), call_off=True)
    assert (outcome.written, keys(outcome), outcome.exit_code) == ([], ["LRT094"], 1)


def test_an_earlier_invitation_that_cannot_be_read_stops_the_work(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    (tmp_path / "lrt-uitnodiging.ics").write_text("BEGIN:VCALENDAR\n", encoding="utf-8")
    outcome = api.invite(path)
    assert (outcome.written, keys(outcome)) == ([], ["LRT094.kapot"])


def test_a_renamed_meeting_is_told_and_its_remedy_moves_the_appointment(tmp_path: Path) -> None:
    old = meeting(tmp_path, name="2025-06-18-lrt.yaml")
    api.invite(old)
    uid, _, _ = events_of(tmp_path / "2025-06-18-lrt-uitnodiging.ics")
    old.unlink()
    new = meeting(tmp_path, TIME.replace("18", "25") + POINTS, "2025-06-25-lrt.yaml")
    (told,) = [each for each in api.invite(new).problems if each.key == "LRT093.hernoemd"]
    (tmp_path / str(told.fields["file"])).replace(tmp_path / str(told.fields["name"]))
    api.invite(new)
    assert events_of(tmp_path / "2025-06-25-lrt-uitnodiging.ics") == (uid, 1, "CONFIRMED")


def test_moving_a_meeting_that_was_held_is_asked_back(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    os.environ["SOURCE_DATE_EPOCH"] = "1751328000"  # 1 July 2025
    meeting(tmp_path, f"datum: 2025-09-17\ntijd: 10:00-11:30\n{POINTS}")
    (told,) = [each for each in api.invite(path).problems if each.key.startswith("LRT093")]
    assert told.key == "LRT093.voorbij"
    assert "lrt-uitnodiging.ics weg" in told.remedy


def test_without_an_address_to_answer_to_nothing_is_made(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(", email: lrt@minjenv.nl", ""))
    outcome = api.invite(path)
    assert (outcome.written, keys(outcome)) == ([], ["LRT090.afzender"])


# --- to whom


def test_who_is_present_is_invited_at_the_address_in_the_list(tmp_path: Path) -> None:
    members(
        tmp_path,
        ["Mw. drs. A. Faber", "AenM", "voorzitter", "a.faber@minaenm.nl"],
        ["Jansen, P.", "IPO", "lid", "p.jansen@ipo.nl"],
        ["J. Jansen", "VNG", "lid", "j.jansen@vng.nl"],
        ["J. de Vries", "COA", "lid", ""],
        ["K. Mulder", "VNG", "secretaris", "k.mulder@vng.nl"],
    )
    people = "aanwezig: [Mw. Faber (AenM), Dhr. Jansen (VNG), Jansen, De Vries, Smit]\n"
    path = meeting(tmp_path, f"{TIME}{people}kopie_aan: [K. Mulder]\n{POINTS}")
    outcome = api.invite(path)
    (event,) = IcsCalendarStream.calendar_from_ics(calendar_of(path)).events
    invited = [str(each.uri).removeprefix("mailto:") for each in event.attendees]
    assert invited == ["a.faber@minaenm.nl", "j.jansen@vng.nl"]
    told = [each for each in outcome.problems if each.code == "LRT091"]
    assert [(each.key, str(each.place).rpartition("/")[2]) for each in told] == [
        ("LRT091.leeg", "leden.xlsx!A5"),
        ("LRT091.meer", "lrt.yaml:5:49"),
        ("LRT091.weg", "lrt.yaml:5:67"),
    ]
    mail = mail_of(path)
    assert [one.addr_spec for one in mail["to"].addresses] == invited
    assert mail["to"].addresses[0].display_name == "Mw. drs. A. Faber"
    assert [one.addr_spec for one in mail["cc"].addresses] == ["k.mulder@vng.nl"]


def test_who_is_asked_goes_before_who_came_and_may_stand_in_groups(tmp_path: Path) -> None:
    members(tmp_path, ["A. Een", "", "", "a@x.nl"], ["B. Twee", "", "", "b@x.nl"])
    text = "genodigden: {Leden: [Een], Gasten: [Drie]}\naanwezig: [Twee]\n"
    path = meeting(tmp_path, f"{TIME}{text}{POINTS}")
    (told,) = [each for each in api.invite(path).problems if each.code == "LRT091"]
    assert (told.key, told.place.line, told.place.column) == ("LRT091.weg", 5, 37)
    assert [one.addr_spec for one in mail_of(path)["to"].addresses] == ["a@x.nl"]


def test_without_names_the_whole_list_is_invited(tmp_path: Path) -> None:
    members(
        tmp_path, ["A", "", "", "a@x.nl"], ["B", "", "", "B@x.nl"], ["Ik", "", "", "LRT@minjenv.nl"]
    )
    path = meeting(tmp_path)
    assert keys(api.invite(path)) == ["LRT095.geen"]
    assert [one.addr_spec for one in mail_of(path)["to"].addresses][:2] == ["a@x.nl", "B@x.nl"]
    assert calendar_of(path).count("ATTENDEE") == 2  # not who invites


def test_without_a_list_the_mail_has_no_address_and_that_is_told(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    assert "LRT092" in keys(api.invite(path))
    assert mail_of(path)["to"] is None


def test_nobody_of_a_long_list_is_lost(tmp_path: Path) -> None:
    rows = [
        [f"Mw. É. Łukasz-De Vrïes {n}", "V", "", f"naam{n}.achternaam@organisatie.nl"]
        for n in range(80)
    ]
    members(tmp_path, *rows)
    path = meeting(tmp_path)
    api.invite(path)
    assert [one.addr_spec for one in mail_of(path)["to"].addresses] == [row[3] for row in rows]


def test_who_is_not_invited_any_more_is_told(tmp_path: Path) -> None:
    members(tmp_path, ["A", "", "", "a@x.nl"], ["B", "", "", "b@x.nl"])
    path = meeting(tmp_path)
    api.invite(path)
    members(tmp_path, ["A", "", "", "a@x.nl"])
    (told,) = [each for each in api.invite(path).problems if each.key == "LRT093.weg"]
    assert told.fields["names"] == "B"


# --- what goes with it


def test_agenda_and_annexes_go_with_the_mail(tmp_path: Path) -> None:
    annexes = (
        "bijlagen:\n"
        "  - {titel: Verslag, nummer: 1, bestand: stukken/vërslag.docx}\n"
        "  - {titel: Cijfers, nummer: 2, link: 'https://www.cbs.nl'}\n"
        "  - {titel: Memo, nummer: 3, nazending: ja}\n"
        "  - {titel: Brief, nazending: 2025-06-16}\n"
        "  - {titel: Notitie, bestand: notitie/vërslag.docx}\n"
    )
    path = meeting(tmp_path, TIME + annexes + POINTS)
    for folder in ("stukken", "notitie"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "vërslag.docx").write_bytes(folder.encode())
    api.make_documents([path], "agenda")
    outcome = api.invite(path)
    assert "LRT095.geen" not in keys(outcome)
    mail = mail_of(path)
    assert mail["subject"] == "Agenda Landelijke Regietafel 18 juni 2025"
    assert mail["x-unsent"] == "1"
    parts = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert list(parts) == [
        "lrt-agenda.docx", "vërslag.docx", "vërslag-2.docx", "lrt-uitnodiging.ics",
    ]  # fmt: skip
    assert (parts["vërslag.docx"], parts["vërslag-2.docx"]) == (b"stukken", b"notitie")
    assert parts["lrt-uitnodiging.ics"].decode() == calendar_of(path)
    assert (
        "Stukken:\n- Bijlage 1: Verslag (bijgevoegd)\n- Bijlage 2: Cijfers (https://www.cbs.nl)\n"
        "- Brief (nagezonden op 16 juni 2025)\n- Notitie (bijgevoegd)\nNazending: Bijlage 3: Memo\n"
    ) in text_of(mail)


def test_an_agenda_that_is_older_than_the_file_is_told(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.make_documents([path], "agenda")
    os.utime(tmp_path / "lrt-agenda.docx", (1, 1))
    assert "LRT095.oud" in keys(api.invite(path))


def test_the_result_goes_where_it_is_asked(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    assert [each.name for each in api.invite(path, str(tmp_path / "uit")).written] == [
        "lrt-uitnodiging.ics", "lrt-uitnodiging.eml",
    ]  # fmt: skip
    named = api.invite(path, str(tmp_path / "u.eml")).written
    assert named == [tmp_path / "u.ics", tmp_path / "u.eml"]


def test_the_mail_says_what_changed_since_the_invitation_that_was_sent(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    api.mark_sent(path)
    for time in ("11:00-12:00", "13:00-14:00", "13:00-14:00"):
        meeting(tmp_path, f"datum: 2025-06-18\ntijd: {time}\n{POINTS}")
        api.invite(path)
        mail = mail_of(path)
        assert str(mail["subject"]).startswith("Gewijzigd: agenda")
        assert "Eerst was zij: woensdag 18 juni 2025, 10.00-11.30 uur." in text_of(mail)
    assert events_of(tmp_path / "lrt-uitnodiging.ics")[1] == 2


def test_a_second_look_at_a_moved_invitation_does_not_make_it_a_first_one(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    meeting(tmp_path, TIME.replace("18", "25") + POINTS)
    for _ in range(2):
        api.invite(path)
    assert str(mail_of(path)["subject"]).startswith("Gewijzigd: agenda")
    assert "komt in de plaats van een eerdere" in text_of(mail_of(path))


def test_who_calls_off_what_nobody_was_named_for_is_told(tmp_path: Path) -> None:
    path = meeting(tmp_path)
    api.invite(path)
    assert "LRT094.niemand" in keys(api.invite(path, call_off=True))


@pytest.mark.parametrize("name", ["Jan (VNG", "Mw. A en Dhr. B", "Leden; en Mw. B"])
def test_a_copy_to_who_is_no_one_person_has_no_address(tmp_path: Path, name: str) -> None:
    members(tmp_path, ["A. Een", "", "", "a@x.nl"])
    path = meeting(tmp_path, f"{TIME}kopie_aan: ['{name}']\n{POINTS}")
    assert "LRT091.weg" in keys(api.invite(path))
    assert mail_of(path)["cc"] is None
