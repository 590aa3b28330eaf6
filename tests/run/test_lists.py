"""Lists over several meetings: three in a row, as a secretariat keeps them."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import docx
import openpyxl
import pytest
from command_running import Run, make_run
from docx.text.paragraph import Paragraph
from ical.calendar_stream import IcsCalendarStream

from lrtdocs.errors import ExitCode
from lrtdocs.run.meetings.lists import has_passed

MARCH = """\
overleg: Landelijke Regietafel
datum: 2025-03-19
agendapunten:
  - titel: Opening
    besluiten: [Het verslag van december is **vastgesteld**.]
    actiepunten:
      - {wat: Verslag rondsturen, wie: Secretariaat LRT, gereed: 2025-04-02}
      - {wat: Brief sturen aan alle gemeenten, wie: [COA, VNG], gereed: 2025-06-07}
      - {wat: A4 maken, wie: DGM, gereed: volgende LRT}
      - {wat: Zaal zoeken, wie: AenM en VRO, status: afgerond}
"""
JUNE = """\
overleg: "Landelijke  regietafel"
datum: 2025-06-18
vorige: maart.yaml
laatste_actie: A4
laatste_besluit: B1
actielijst:
  - nummer: A1
    wat: Verslag rondsturen
    wie: Secretariaat LRT
    status: afgerond
  - nummer: A2
    wat: Brief sturen aan alle gemeenten
    wie: [COA, VNG]
    gereed: 2025-12-25
    status: loopt
    toelichting: Het concept ligt bij de VNG.
  - {nummer: A3, wat: A4 maken, wie: DGM, gereed: volgende LRT}
agendapunten:
  - titel: Opening
    besluiten:
      - tekst: De brief gaat uit.
        stemming: {voor: 12, tegen: 3, uitslag: aangenomen}
    actiepunten:
      - {wat: "=Nota, bespreken; daarna", wie: AenM en VRO, gereed: 2025-12-19}
"""
DECEMBER = """\
overleg: Landelijke Regietafel
datum: 2025-12-10
vorige: juni.yaml
laatste_actie: A5
laatste_besluit: B2
actielijst:
  - {nummer: A2, wat: Brief sturen aan alle gemeenten, wie: [COA, VNG], gereed: 2025-12-25}
  - {nummer: A3, wat: A4 maken, wie: DGM, gereed: volgende LRT}
  - {nummer: A5, wat: "=Nota, bespreken; daarna", wie: AenM en VRO, gereed: 2025-12-19}
agendapunten:
  - titel: Opening
    actiepunten: [{wat: Tabel maken, wie: Coa, gereed: 2026-02-01}]
"""
SATURDAY_AFTER_CHRISTMAS = "1766793600"  # 27 December 2025


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SATURDAY_AFTER_CHRISTMAS)
    monkeypatch.chdir(tmp_path)
    for name, text in (("maart", MARCH), ("juni", JUNE), ("december", DECEMBER)):
        # as Windows writes it
        Path(f"{name}.yaml").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    return make_run(capsys)


FILES = ("maart.yaml", "juni.yaml", "december.yaml")


def rows_of(run: Run, *arguments: str, what: str = "actiepunten") -> list[dict[str, object]]:
    lines = run("lijst", what, *arguments, "--json").out.splitlines()
    return [row for row in map(json.loads, lines) if row.pop("soort") == "rij"]


def numbers(run: Run, *arguments: str) -> list[object]:
    return [row["Nr"] for row in rows_of(run, *arguments)]


@pytest.mark.parametrize("given", [FILES, FILES[::-1], (".",), ("juni.yaml", ".", "maart.yaml")])
def test_of_each_action_the_last_meeting_counts_in_whatever_order(run: Run, given: tuple[str, ...]):
    result = run("lijst", "actiepunten", *given)
    assert (result.code, result.err) == (
        ExitCode.DONE,
        "4 open, 1 over tijd (peildatum 27 december 2025).\n",
    )
    rows = [line.split() for line in result.out.splitlines()]
    assert [(row[0], row[-4:]) for row in rows[1:]] == [
        ("A5", ["19-12-2025", "open", "ja", "18-6-2025"]),
        ("A2", ["25-12-2025", "open", "nee", "19-3-2025"]),
        ("A6", ["1-2-2026", "open", "nee", "10-12-2025"]),
        ("A3", ["LRT", "open", "nee", "19-3-2025"]),
    ]


def test_what_is_done_is_listed_when_asked_for(run: Run):
    assert numbers(run, *FILES, "--alles") == ["A5", "A2", "A6", "A3", "A1", "A4"]
    assert (
        "4 open, 1 over tijd, 2 afgerond of vervallen"
        in run("lijst", "actiepunten", ".", "--alles").err
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--wie", "c o a"], ["A2", "A6"]),
        (["--wie", "vro"], ["A5"]),
        (["--wie", "AenM en VRO"], ["A5"]),
        (["--wie", "DGM", "--wie", "vng"], ["A2", "A3"]),
        (["--verlopen"], ["A5"]),
        (["--wie", "DGM", "--verlopen"], []),
        (["--wie", "Secretariaat LRT"], []),
    ],
)
def test_an_owner_is_found_alone_or_with_others(run: Run, asked: list[str], found: list[str]):
    assert numbers(run, *FILES, *asked) == found


def test_a_name_that_nobody_has_is_told_with_the_nearest(run: Run):
    result = run("lijst", "actiepunten", *FILES, "--wie", "Secretariaat LTR", "-o", "a.xlsx")
    assert result.code == ExitCode.USAGE
    assert "bedoelde u 'Secretariaat LRT'?" in result.err
    assert not Path("a.xlsx").exists()


@pytest.mark.parametrize(
    ("deadline", "last_good_day"),
    [
        ("2025-12-19", "2025-12-19"),  # a Friday
        ("2025-12-20", "2025-12-22"),  # a Saturday
        ("2025-12-25", "2025-12-29"),  # Christmas, a Friday that is free, a weekend
        ("2026-04-03", "2026-04-07"),  # Good Friday to Easter Monday
        ("2025-12-31", "2025-12-31"),
        ("2026-01-01", "2026-01-02"),
    ],
)
def test_a_deadline_on_a_free_day_has_passed_after_the_next_working_day(
    deadline: str, last_good_day: str
):
    last = dt.date.fromisoformat(last_good_day)
    assert not has_passed(dt.date.fromisoformat(deadline), last)
    assert has_passed(dt.date.fromisoformat(deadline), last + dt.timedelta(days=1))


def test_a_workbook_has_real_dates_a_filter_and_a_head_that_stays(run: Run):
    assert run("lijst", "actiepunten", *FILES, "-o", "acties.xlsx").out == "acties.xlsx\n"
    sheet = openpyxl.load_workbook("acties.xlsx").active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "4 open, 1 over tijd (peildatum 27 december 2025)."
    assert rows[1] == ["Nr", "Actie", "Wie", "Gereed", "Status", "Over tijd", "Sinds"]
    assert rows[3][:3] == ["A2", "Brief sturen aan alle gemeenten", "COA, VNG"]
    assert str(rows[3][3]) == "2025-12-25 00:00:00"
    assert (sheet["D4"].is_date, sheet["D4"].number_format) == (True, "d-m-yyyy")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=Nota, bespreken; daarna", "s")
    assert rows[5][3] == "volgende LRT"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:G6")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_csv_opens_in_a_dutch_excel(run: Run):
    run("lijst", "actiepunten", *FILES, "-o", "acties.csv")
    data = Path("acties.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfNr;Actie;")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[1][1] == "'=Nota, bespreken; daarna"
    assert rows[2] == [
        *("A2", "Brief sturen aan alle gemeenten", "COA, VNG", "2025-12-25"),
        *("open", "nee", "2025-03-19"),
    ]


def test_a_calendar_has_a_whole_day_for_each_deadline_and_keeps_its_uids(run: Run):
    result = run("lijst", "actiepunten", *FILES, "-o", "acties.ics")
    assert "1 zonder datum staat er niet in." in result.err
    first = IcsCalendarStream.calendar_from_ics(Path("acties.ics").read_text(encoding="utf-8"))
    assert [(event.summary, event.dtstart) for event in first.events] == [
        ("A5 =Nota, bespreken; daarna (AenM en VRO)", dt.date(2025, 12, 19)),
        ("A2 Brief sturen aan alle gemeenten (COA en VNG)", dt.date(2025, 12, 25)),
        ("A6 Tabel maken (Coa)", dt.date(2026, 2, 1)),
    ]
    Path("december.yaml").write_text(DECEMBER.replace("2025-12-19", "2026-01-09"), encoding="utf-8")
    run("lijst", "actiepunten", *FILES, "-o", "acties.ics")
    then = IcsCalendarStream.calendar_from_ics(Path("acties.ics").read_text(encoding="utf-8"))
    days = {event.uid: event.dtstart for event in then.events}
    assert days[first.events[0].uid] == dt.date(2026, 1, 9)
    assert {event.uid for event in first.events} == days.keys()


def test_a_calendar_without_a_single_date_is_not_made(run: Run):
    result = run("lijst", "actiepunten", *FILES, "--wie", "DGM", "-o", "acties.ics")
    assert (result.code, "fout LRT099" in result.err) == (ExitCode.PROBLEMS, True)
    assert not Path("acties.ics").exists()


def test_a_workbook_says_how_secret_its_meetings_are(run: Run):
    for name, text, mark in (("maart", MARCH, "CONCEPT"), ("juni", JUNE, "stg. geheim")):
        marked = text.replace("agendapunten:", f"rubricering: {mark}\nagendapunten:")
        Path(f"{name}.yaml").write_text(marked, encoding="utf-8")
    run("lijst", "besluiten", *FILES, "-o", "b.xlsx")
    sheet = openpyxl.load_workbook("b.xlsx").active
    assert sheet is not None
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == [
        *("Staatsgeheim GEHEIM", "2 besluiten uit 2 vergaderingen.", "Nr")
    ]


def test_decisions_stand_in_order_with_their_votes(run: Run):
    assert rows_of(run, "december.yaml", "juni.yaml", "maart.yaml", what="besluiten") == [
        {"Nr": "B1", "Datum": "2025-03-19", "Agendapunt": "1", "Stemming": "",
         "Besluit": "Het verslag van december is vastgesteld."},
        {"Nr": "B2", "Datum": "2025-06-18", "Agendapunt": "1", "Besluit": "De brief gaat uit.",
         "Stemming": "Voor: 12 · Tegen: 3. Aangenomen."},
    ]  # fmt: skip


def test_meetings_of_two_bodies_are_told_apart(run: Run):
    other = MARCH.replace("Landelijke Regietafel", "Stuurgroep")
    Path("ander.yaml").write_text(other, encoding="utf-8")
    rows = rows_of(run, ".")
    assert [row["Overleg"] for row in rows if row["Nr"] == "A1"] == ["Stuurgroep"]
    assert {row["Overleg"] for row in rows if row["Nr"] == "A3"} == {
        *("Landelijke Regietafel", "Stuurgroep")
    }


def test_a_body_with_another_name_goes_on_with_the_actions_it_had(run: Run):
    Path("december.yaml").write_text(DECEMBER.replace("overleg: L", "overleg: Nieuwe l"), "utf-8")
    assert numbers(run, *FILES) == ["A5", "A2", "A6", "A3"]
    without = DECEMBER.replace("overleg: L", "overleg: Nieuwe l").replace("vorige: juni.yaml\n", "")
    Path("december.yaml").write_text(without, "utf-8")
    assert len(numbers(run, *FILES)) == 7


def test_a_number_that_was_used_for_another_thing_hides_nothing(run: Run):
    text = DECEMBER.replace("A4 maken", "Programmeringstafel voorbereiden")
    Path("december.yaml").write_text(text, encoding="utf-8")
    result = run("lijst", "actiepunten", *FILES)
    assert "LRT286: A3 is hier 'Programmeringstafel voorbereiden', en in juni.yaml" in result.err
    assert [line[:6] for line in result.out.splitlines() if line.startswith("A3")] == [
        "A3  A4",
        "A3  Pr",
    ]
    run("lijst", "actiepunten", *FILES, "-o", "a.ics")


def test_a_file_with_errors_is_told_and_the_others_are_listed(run: Run):
    Path("juni.yaml").write_text(JUNE.replace("datum:", "dat:"), encoding="utf-8")
    result = run("lijst", "actiepunten", *FILES)
    assert result.code == ExitCode.PROBLEMS
    assert "juni.yaml:2:1: fout LRT201" in result.err
    assert "A6  Tabel maken" in result.out


def test_what_is_no_meeting_is_passed_over_among_others(run: Run):
    Path("huisstijl.yaml").write_text("afzenders: {een: {}}\n", encoding="utf-8")
    result = run("lijst", "actiepunten", *FILES, "huisstijl.yaml")
    assert result.code == ExitCode.DONE
    assert result.err.startswith("Overgeslagen, want geen vergadering: huisstijl.yaml.\n")
    assert run("lijst", "actiepunten", "huisstijl.yaml").code == ExitCode.PROBLEMS


def test_a_folder_is_read_with_those_below_but_not_what_was_kept_as_sent(run: Run):
    for folder in ("2025/juni", "verzonden/juni/v1", ".git", "leeg"):
        Path(folder).mkdir(parents=True)
        Path(folder, "kopie.txt").write_text(JUNE, encoding="utf-8")
    Path("juni.yaml").rename("2025/juni/juni.YAML")
    Path("verzonden/juni/v1/juni.yaml").write_text(JUNE, encoding="utf-8")
    assert numbers(run, ".") == ["A5", "A2", "A6", "A3"]
    assert "LRT289" not in run("lijst", "actiepunten", ".").err
    result = run("lijst", "actiepunten", "leeg")
    assert (result.code, "leeg: fout LRT097" in result.err) == (ExitCode.PROBLEMS, True)


def test_two_files_of_one_meeting_are_told(run: Run):
    Path("juni-kopie.yaml").write_text(JUNE, encoding="utf-8")
    result = run("lijst", "actiepunten", ".")
    assert "waarschuwing LRT289: Ook juni-kopie.yaml is van 18 juni 2025;" in result.err


def paper_of(name: str) -> list[tuple[str, str]]:
    """Return the headings and the rows of tables in a paper, in order."""
    document = docx.Document(name)
    tables = iter(document.tables)
    found = []
    for block in document.element.body:
        if block.tag.endswith("}tbl"):
            rows = next(tables).rows
            found += [("rij", " | ".join(cell.text for cell in row.cells)) for row in rows[1:]]
        elif "LRTSlotkop" in block.xml:
            found.append(("kop", Paragraph(block, document).text))
    return found


MARCH_DAY, JUNE_DAY = "Sinds 19\xa0maart\xa02025", "Sinds 18\xa0juni\xa02025"
HOUSE = "afzenders: {een: {directie: Directie Migratie}}\n"


def test_a_paper_has_a_heading_for_each_owner_and_stays_when_it_was_edited(run: Run):
    Path("huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    secret = MARCH.replace("agendapunten", "rubricering: dep. vertrouwelijk\nagendapunten")
    Path("maart.yaml").write_text(secret, encoding="utf-8")
    result = run("lijst", "actiepunten", *FILES, "-o", "acties.docx")
    assert result.out == "acties.docx\n"
    assert paper_of("acties.docx") == [
        ("kop", "AenM en VRO"),
        ("rij", f"A5 | =Nota, bespreken; daarna\n{JUNE_DAY} | AenM en VRO | 19-12-2025\nover tijd"),
        ("kop", "COA"),
        ("rij", f"A2 | Brief sturen aan alle gemeenten\n{MARCH_DAY} | COA en VNG | 25-12-2025"),
        ("rij", "A6 | Tabel maken\nSinds 10\xa0december\xa02025 | Coa | 1-2-2026"),
        ("kop", "DGM"),
        ("rij", f"A3 | A4 maken\n{MARCH_DAY} | DGM | volgende LRT"),
        ("kop", "VNG"),
        ("rij", f"A2 | Brief sturen aan alle gemeenten\n{MARCH_DAY} | COA en VNG | 25-12-2025"),
    ]  # fmt: skip
    text = "\n".join(paragraph.text for paragraph in docx.Document("acties.docx").paragraphs)
    assert text.startswith("Departementaal VERTROUWELIJK")
    assert "Openstaande acties" in text
    assert "3, van 19 maart 2025 tot en met 10 december 2025" in text
    assert docx.Document("acties.docx").core_properties.title == (
        "Openstaande acties Landelijke Regietafel"
    )


def test_a_paper_of_decisions_has_a_heading_for_each_body(run: Run):
    Path("huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    Path("ander.yaml").write_text(
        MARCH.replace("Landelijke Regietafel", "Stuurgroep"), encoding="utf-8"
    )
    run("lijst", "besluiten", *FILES, "ander.yaml", "-o", "besluiten.docx")
    assert paper_of("besluiten.docx") == [
        ("kop", "Landelijke Regietafel"),
        ("rij", "B1 | 19-3-2025 | 1 | Het verslag van december is vastgesteld."),
        ("rij", "B2 | 18-6-2025 | 1 | De brief gaat uit.\nVoor: 12 · Tegen: 3. Aangenomen."),
        ("kop", "Stuurgroep"),
        ("rij", "B1 | 19-3-2025 | 1 | Het verslag van december is vastgesteld."),
    ]


def test_a_paper_that_was_edited_is_only_replaced_when_asked_for(run: Run):
    Path("huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    run("lijst", "actiepunten", *FILES, "-o", "a.docx")
    edited = docx.Document("a.docx")
    edited.add_paragraph("Zelf erbij getypt.")
    edited.save("a.docx")
    data = Path("a.docx").read_bytes()
    assert run("lijst", "actiepunten", *FILES, "-o", "a.docx").code == ExitCode.PROBLEMS
    assert Path("a.docx").read_bytes() == data
    assert run("lijst", "actiepunten", *FILES, "-o", "a.docx", "--overschrijf").code == 0
    assert Path("a-oud.docx").read_bytes() == data


@pytest.mark.parametrize("name", ["a.txt", "a.doc"])
def test_a_kind_of_file_that_a_list_cannot_be_is_refused_before_anything_is_read(
    run: Run, name: str
):
    result = run("lijst", "actiepunten", "weg.yaml", "-o", name)
    assert result.code == ExitCode.USAGE
    assert ".xlsx" in result.err
    assert "weg.yaml" not in result.err
