"""A paper edited in Word, back into the file of its meeting: told, and taken over."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from command_running import make_run
from office_saving import save_again
from paper_editing import Editor

from lrtdocs import api
from lrtdocs.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lrtdocs.api import Outcome

MEETING = """\
# Landelijke Regietafel
overleg: Landelijke Regietafel
datum: 2025-03-19
tijd: 10:00-11:30
plaats: Den Haag   # zaal volgt
dagtekening: 2025-03-12
dagtekening_verslag: 2025-03-26
aanwezig:
  - Mw. Faber (AenM, voorzitter)
  - Dhr. Jansen (VNG)
  - Mw. Aerts (JenV)
notulist: Dhr. Jansma (AenM)
agendapunten:
  - titel: Opening
    inbrenger: voorzitter
    toelichting: De voorzitter opent.   # alleen in de agenda
    verslag: |
      De voorzitter opent de vergadering en heet
      alle leden **welkom**.

      - Niemand heeft opmerkingen.
      - Het verslag komt *later*.
    besluiten:
      - Het verslag is vastgesteld.
    actiepunten:
      - {wat: Verslag rondsturen, wie: Secretariaat, gereed: 2025-04-02}

  # het hoofdpunt
  - titel: Opvang
    tijd: 10:10
    doel: ter bespreking
    verslag: Het COA laat het dashboard zien.
    actiepunten:
      - wat: Notitie maken
        wie: [COA, VNG]
        gereed: vóór de zomer

  - titel: Sluiting
    verslag: De voorzitter sluit de vergadering.
"""
Edit = "Callable[[Editor], None]"


class Desk:
    """A meeting with its papers on somebody's desk."""

    def __init__(self, folder: Path, text: str = MEETING) -> None:
        self.path = folder / "2025-03-19-lrt.yaml"
        self.path.write_bytes(text.encode())

    def edit(self, edit: Edit, kind: str = "verslag", *, tracked: bool = False) -> Path:
        """Make a paper, `edit` it, and return where it is."""
        (made,) = api.make_documents([self.path], kind).written
        editor = Editor(made.read_bytes(), tracked=tracked)
        edit(editor)
        made.write_bytes(editor.save())
        return made

    def back(self, paper: Path, *, take_over: bool = False) -> Outcome:
        return api.bring_back(paper, self.path, take_over=take_over)

    def text(self) -> str:
        return self.path.read_bytes().decode()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def told(outcome: Outcome) -> list[tuple[str, int | None, str]]:
    """Return what is told: key, line and what was found."""
    return [(one.key, one.place.line, one.found) for one in outcome.problems]


def taken(desk: Desk, edit: Edit, kind: str = "verslag", *, tracked: bool = False) -> list[str]:
    """Return the lines that taking an edit over changes; the paper then says nothing more."""
    before = desk.text().splitlines()
    paper = desk.edit(edit, kind, tracked=tracked)
    outcome = desk.back(paper, take_over=True)
    assert outcome.exit_code is ExitCode.DONE
    assert not [one for one in outcome.problems if one.code == "LRT061"]
    taken_over = desk.text()
    desk.back(paper, take_over=True)
    assert desk.text() == taken_over
    after = desk.text().splitlines()
    gone = [f"-{line}" for line in before if line not in after]
    return gone + [f"+{line}" for line in after if line not in before]


@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_of_an_unedited_paper_nothing_is_told(desk: Desk, kind: str) -> None:
    outcome = desk.back(desk.edit(lambda _: None, kind))
    assert told(outcome) == []
    assert outcome.remarks == ["In het document staat wat in 2025-03-19-lrt.yaml staat."]


def test_a_changed_word_is_told_at_its_line_and_nothing_is_written(desk: Desk) -> None:
    outcome = desk.back(desk.edit(lambda e: e.replace("Niemand heeft", "Eén lid heeft")))
    assert told(outcome) == [
        (
            "LRT060.waarde",
            21,
            "was: Niemand heeft opmerkingen.; wordt: Eén lid heeft opmerkingen.",
        )
    ]
    assert outcome.exit_code is ExitCode.DONE
    assert desk.text() == MEETING


def test_a_tracked_change_tells_who_made_it_and_when(desk: Desk) -> None:
    paper = desk.edit(lambda e: e.replace("dashboard", "overzicht"), tracked=True)
    (one,) = desk.back(paper).problems
    assert one.message.endswith("is in Word gewijzigd door J. Jansen op 20 maart 2025.")
    assert one.fields["before"] == "Het COA laat het dashboard zien."
    assert one.fields["after"] == "Het COA laat het overzicht zien."


@pytest.mark.parametrize("tracked", [False, True])
def test_only_the_line_of_a_changed_word_is_written(desk: Desk, tracked: bool) -> None:
    lines = taken(desk, lambda e: e.replace("Niemand", "Eén lid"), tracked=tracked)
    assert lines == ["-      - Niemand heeft opmerkingen.", "+      - Eén lid heeft opmerkingen."]


def test_a_bullet_goes_where_it_was_put(desk: Desk) -> None:
    lines = taken(desk, lambda e: e.add_after("Niemand heeft", "Een nieuw punt."))
    assert lines == ["+      - Een nieuw punt."]
    assert "opmerkingen.\n      - Een nieuw punt.\n      - Het verslag" in desk.text()


@pytest.mark.parametrize("tracked", [False, True])
def test_a_bullet_that_is_gone_is_gone(desk: Desk, tracked: bool) -> None:
    lines = taken(desk, lambda e: e.delete("Niemand heeft"), tracked=tracked)
    assert lines == ["-      - Niemand heeft opmerkingen."]


def test_who_came_is_put_among_those_present(desk: Desk) -> None:
    lines = taken(desk, lambda e: e.add_after("Dhr. Jansen (VNG)", "\tMw. Nieuw (SZW)"))
    assert lines == ["+  - Mw. Nieuw (SZW)"]
    assert "Jansen (VNG)\n  - Mw. Nieuw (SZW)\n  - Mw. Aerts" in desk.text()


def test_who_came_may_be_typed_without_the_tab(desk: Desk) -> None:
    lines = taken(desk, lambda e: e.add_after("Mw. Aerts (JenV)", "Mw. Nieuw (SZW)"))
    assert lines == ["+  - Mw. Nieuw (SZW)"]


def test_who_was_not_there_is_taken_out(desk: Desk) -> None:
    assert taken(desk, lambda e: e.delete("Mw. Aerts")) == ["-  - Mw. Aerts (JenV)"]


def test_date_and_time_are_read_from_one_line(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.replace("19 maart 2025, 10.00-11.30", "20 maart 2025, 10.00-12.00")

    assert taken(desk, edit) == [
        *("-datum: 2025-03-19", "-tijd: 10:00-11:30"),
        *("+datum: 2025-03-20", "+tijd: 10:00-12:00"),
    ]


def test_a_title_keeps_what_is_typed_around_it(desk: Desk) -> None:
    lines = taken(desk, lambda e: e.replace("Sluiting", "Rondvraag en sluiting"), "agenda")
    assert lines == ["-  - titel: Sluiting", "+  - titel: Rondvraag en sluiting"]


def test_what_is_added_in_a_line_gets_its_own_key(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.replace("Inbrenger: voorzitter", "Inbrenger: voorzitter (ter besluitvorming)")

    assert taken(desk, edit, "agenda") == ["+    doel: ter besluitvorming"]


def test_an_item_moves_with_what_this_paper_does_not_print(desk: Desk) -> None:
    paper = desk.edit(lambda e: e.move_item("Opvang", "Opening"))
    desk.back(paper, take_over=True)
    text = desk.text()
    assert text.index("titel: Opvang") < text.index("titel: Opening")
    assert text.index("# het hoofdpunt") < text.index("titel: Opvang")
    assert "tijd: 10:10\n" in text
    assert "# alleen in de agenda\n" in text


def test_a_new_item_comes_with_what_stands_under_it(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.add_after("Notitie maken", "Rondvraag", style="Heading 2")
        editor.add_after("Rondvraag", "Niemand meldt zich.", style="LRT Kopalinea")

    lines = taken(desk, edit)
    assert lines == ["+  - titel: Rondvraag", "+    verslag: Niemand meldt zich."]
    assert desk.text().index("Rondvraag") < desk.text().index("Sluiting")


def test_an_action_changes_in_all_its_parts(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.replace(
            "Verslag rondsturen (Secretariaat, 2\u00a0april\u00a02025)",
            "Verslag (concept) rondsturen (COA, 3 april 2025)",
        )

    assert taken(desk, edit) == [
        "-      - {wat: Verslag rondsturen, wie: Secretariaat, gereed: 2025-04-02}",
        "+      - {wat: Verslag (concept) rondsturen, wie: COA, gereed: 2025-04-03}",
    ]


def test_what_is_printed_twice_and_changed_in_two_ways_is_told_and_left(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.replace("Verslag rondsturen", "Verslag mailen")
        editor.replace("Verslag rondsturen", "Verslag printen")

    outcome = desk.back(desk.edit(edit), take_over=True)
    assert ("LRT061.verschillend", 26) in [row[:2] for row in told(outcome)]
    assert desk.text() == MEETING


def test_changed_in_the_list_of_actions_only_it_is_told_and_left(desk: Desk) -> None:
    paper = desk.edit(lambda e: e.replace("Notitie maken", "Notitie schrijven", nth=1))
    outcome = desk.back(paper, take_over=True)
    assert ("LRT061.lijst", 34) in [row[:2] for row in told(outcome)]
    assert desk.text() == MEETING


def test_changed_in_the_list_of_actions_on_the_record_it_is_taken_over(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.replace("Notitie maken", "Notitie schrijven", nth=1)

    lines = taken(desk, edit, tracked=True)
    assert lines == ["-      - wat: Notitie maken", "+      - wat: Notitie schrijven"]


def test_a_new_action_keeps_the_numbers_that_are_on_paper(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        new = editor.add_after("A1: Verslag rondsturen", "A3: Zaal huren (COA)")
        assert new.style.name == "LRT Actie"

    lines = taken(desk, edit)
    assert lines[-4:] == [
        *("+      - wat: Zaal huren", "+        wie: COA"),
        *("+        nummer: A3", "+        nummer: A2"),
    ]


def test_bold_and_links_are_taken_over(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        run = editor.find("De voorzitter sluit").add_run(" Tot ziens.")
        run.bold = True

    assert taken(desk, edit) == [
        "-    verslag: De voorzitter sluit de vergadering.",
        "+    verslag: De voorzitter sluit de vergadering. **Tot ziens.**",
    ]


def test_fixed_words_of_the_template_are_told_and_left(desk: Desk) -> None:
    outcome = desk.back(desk.edit(lambda e: e.replace("Actielijst", "Acties")), take_over=True)
    assert told(outcome) == [("LRT061.anders", None, "lrtdocs maakt: Actielijst; in Word: Acties")]
    assert desk.text() == MEETING


def test_what_fits_nowhere_is_told(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.add_after("Notulist", "Na afloop is er koffie.", style="Body Text")

    outcome = desk.back(desk.edit(edit), take_over=True)
    assert told(outcome) == [("LRT061.nieuw", None, "Na afloop is er koffie.")]
    assert desk.text() == MEETING


def test_a_value_that_the_file_cannot_have_is_told_with_the_reason(desk: Desk) -> None:
    outcome = desk.back(
        desk.edit(lambda e: e.replace("19 maart 2025", "31 februari 2025")), take_over=True
    )
    assert "LRT061.fout" in [row[0] for row in told(outcome)]
    assert desk.text() == MEETING


def test_remarks_become_a_list_with_their_lines(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.comment("Niemand heeft", "Klopt dit?")

    (one,) = desk.back(desk.edit(edit)).problems
    assert (one.code, one.place.line) == ("LRT063", 21)
    assert one.fields["text"] == "Klopt dit?"
    assert one.found == "Niemand heeft opmerkingen."


def test_a_template_is_no_paper(desk: Desk, tmp_path: Path) -> None:
    api.copy_template("verslag", tmp_path / "eigen.docx")
    outcome = desk.back(tmp_path / "eigen.docx")
    assert [row[0] for row in told(outcome)] == ["LRT064.sjabloon"]
    assert outcome.exit_code is ExitCode.PROBLEMS


def test_a_paper_of_another_meeting_is_refused(desk: Desk, tmp_path: Path) -> None:
    paper = desk.edit(lambda _: None)
    other = "overleg: Stuurgroep\ndatum: 2024-05-12\nagendapunten:\n"
    desk.path.write_text(f"{other}  - {{titel: Welkom, verslag: Iets anders.}}\n")
    outcome = desk.back(paper, take_over=True)
    assert [row[0] for row in told(outcome)] == ["LRT064.ander"]


def test_a_paper_of_another_meeting_is_not_taken_for_late_papers(desk: Desk) -> None:
    paper = desk.edit(lambda _: None)
    other = "overleg: Ondernemingsraad\ndatum: 2024-05-12\ntijd: 13:30\nagendapunten:\n"
    desk.path.write_text(f"{other}  - {{titel: Advies, verslag: Wat anders., besluiten: [Nee.]}}\n")
    outcome = desk.back(paper, take_over=True)
    assert [row[0] for row in told(outcome)] == ["LRT064.ander"]
    assert "tijd: 13:30" in desk.path.read_text()


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
    ],
    ids=["CRLF", "BOM", "cp1252", "UTF-16"],
)
def test_the_file_stays_as_it_is_written(desk: Desk, encode: Callable[[str], bytes]) -> None:
    desk.path.write_bytes(encode(MEETING))
    desk.back(desk.edit(lambda e: e.replace("Niemand", "Geen lid")), take_over=True)
    assert desk.path.read_bytes() == encode(MEETING.replace("Niemand", "Geen lid"))


def test_a_date_that_the_file_leaves_out_is_that_of_the_paper(desk: Desk) -> None:
    text = MEETING.replace("dagtekening: 2025-03-12\n", "")
    desk.path.write_text(text.replace("dagtekening_verslag: 2025-03-26\n", ""), encoding="utf-8")
    paper = desk.edit(lambda e: e.replace(today_in(e), "3 april 2025"))
    assert told(desk.back(paper)) == []


def today_in(editor: Editor) -> str:
    return next(p.text for p in editor.paragraphs() if p.style.name == "LRT Referentie")


def test_what_is_newer_in_the_file_than_the_paper_that_was_sent_stays(desk: Desk) -> None:
    (made,) = api.make_documents([desk.path], "verslag").written
    api.mark_sent(desk.path, [made])
    editor = Editor(made.read_bytes())
    editor.replace("dashboard", "overzicht")
    desk.path.write_text(MEETING.replace("Niemand heeft", "Geen lid heeft"), encoding="utf-8")
    made.write_bytes(editor.save())
    outcome = desk.back(made, take_over=True)
    keys = [one.key for one in outcome.problems]
    assert "LRT065.verzonden" in keys
    assert "LRT061.nieuwer" in keys
    assert desk.text() == MEETING.replace("Niemand heeft", "Geen lid heeft").replace(
        "dashboard", "overzicht"
    )


def test_a_file_that_was_changed_after_the_paper_was_saved_is_told(desk: Desk) -> None:
    paper = desk.edit(lambda e: e.replace("dashboard", "overzicht"))
    later = paper.stat().st_mtime + 60
    os.utime(desk.path, (later, later))
    assert "LRT065" in [one.key for one in desk.back(paper).problems]


def test_of_a_later_version_that_nobody_edited_nothing_is_told(desk: Desk) -> None:
    (made,) = api.make_documents([desk.path], "agenda").written
    api.mark_sent(desk.path, [made])
    desk.path.write_text(MEETING.replace("titel: Sluiting", "titel: Einde"), encoding="utf-8")
    (second,) = api.make_documents([desk.path], "agenda").written
    assert second.name.endswith("-v2.docx")
    assert told(desk.back(second)) == []


def test_a_word_around_a_value_is_told_and_the_value_stays(desk: Desk) -> None:
    paper = desk.edit(lambda e: e.replace("Inbrenger:", "Ingebracht door:"), "agenda")
    outcome = desk.back(paper, take_over=True)
    assert [row[0] for row in told(outcome)] == ["LRT061.anders"]
    assert desk.text() == MEETING


def test_the_command_prints_the_file_that_it_wrote_and_tells_the_rest(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = desk.edit(lambda e: e.replace("dashboard", "overzicht"))
    run = make_run(capsys)
    result = run("terug", paper, desk.path)
    assert (result.code, result.out) == (0, "")
    assert "1 wijziging over te nemen in 2025-03-19-lrt.yaml, 0 niet." in result.err
    result = run("terug", paper, desk.path, "--neem-over")
    assert (result.code, result.out) == (0, f"{desk.path}\n")


def test_each_change_is_a_line_of_json(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    paper = desk.edit(lambda e: e.replace("dashboard", "overzicht"), tracked=True)
    result = make_run(capsys)("terug", paper, desk.path, "--json")
    told_of = next(json.loads(line) for line in result.out.splitlines())
    assert told_of["regel"] == 32
    assert told_of["velden"]["before"] == "Het COA laat het dashboard zien."
    assert told_of["velden"]["path"] == "agendapunten[1].verslag"
    assert "J. Jansen" in told_of["velden"]["who"]


def test_the_last_line_counts_what_is_left_and_says_where_something_came(desk: Desk) -> None:
    def edit(editor: Editor) -> None:
        editor.add_after("Niemand heeft", "De agenda is vastgesteld.")
        editor.replace("Besluitenlijst", "Besluiten")

    outcome = desk.back(desk.edit(edit))
    messages = {one.key: one.message for one in outcome.problems}
    assert messages.keys() == {"LRT060.erbij", "LRT061.anders"}
    came = "Bij 'verslag' van agendapunt 1 is er in Word iets bij gekomen."
    assert messages["LRT060.erbij"] == came
    (line,) = outcome.remarks
    assert line.startswith("1 wijziging over te nemen in 2025-03-19-lrt.yaml, 1 niet.")


@pytest.mark.office
def test_a_deletion_on_the_record_saved_by_libreoffice_takes_nothing_else_along(
    desk: Desk,
) -> None:
    paper = desk.edit(lambda e: e.delete("Het verslag komt"), tracked=True)
    paper.write_bytes(save_again(paper.read_bytes())[0])
    desk.back(paper, take_over=True)
    assert desk.text() == MEETING.replace("      - Het verslag komt *later*.\n", "")


def test_minutes_that_were_edited_in_many_places_are_not_taken_for_an_agenda(
    tmp_path: Path,
) -> None:
    file = tmp_path / "lrt.yaml"
    items = "".join(f"  - titel: Kop {n}\n    verslag: Punt {n} is rond.\n" for n in range(20))
    text = f"overleg: LRT\ndatum: 2025-03-19\nagendapunten:\n{items}"
    file.write_text(text)
    (paper,) = api.make_documents([file], "verslag").written
    editor = Editor(paper.read_bytes())
    for number in range(20):
        editor.replace(f"Punt {number} is", f"Punt {number} komt")
    paper.write_bytes(editor.save())
    api.bring_back(paper, file, take_over=True)
    assert file.read_text() == text.replace(" is rond", " komt rond")
