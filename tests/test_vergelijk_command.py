"""The command that tells what differs: of meetings, documents, runs of letters and templates."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest
from command_running import Run, make_run
from sent_making import change, make, meeting, send

__all__ = ["meeting"]  # a fixture
LIST = "code;gemeente;postbus;postcode;plaats\nGM0363;Amsterdam;Postbus 1;1011 AA;Amsterdam\n"
MORE = "GM0344;Utrecht;Postbus 2;3500 AA;Utrecht\n"
LETTER = (
    "sjabloon: brief\nontvangers: lijst.csv\nbetreft: Feest\ntekst: Komt u?\nondertekening: J.\n"
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(capsys)


def test_a_meeting_and_what_was_sent_of_it(meeting: Path, run: Run) -> None:
    make(meeting)
    send(meeting)
    change(meeting, "titel: Sluiting", "titel: Sluiting\n    tijd: 11:30")
    sentence = "De tijd van punt 3 is nu 11.30 uur; eerst stond daar niets.\n"

    for old in ([], [Path("verzonden/2025-06-18-lrt/v1")]):
        result = run("vergelijk", *old, meeting)
        assert (result.code, result.out) == (0, sentence)


def test_a_difference_as_json_has_its_word_and_its_line(meeting: Path, run: Run) -> None:
    other = meeting.with_name("ander.yaml")
    shutil.copy(meeting, other)
    change(other, "titel: Opvang", "titel: Opvang en meer")

    (line,) = run("vergelijk", meeting, other, "--json").out.splitlines()

    told = json.loads(line)
    assert (told["woord"], told["was"], told["nu"]) == (
        "agendapunten[].titel", "Opvang", "Opvang en meer",
    )  # fmt: skip
    assert told["regel"] == 6


def test_no_difference_is_said(meeting: Path, run: Run) -> None:
    result = run("vergelijk", meeting, meeting)

    assert (result.code, result.out, result.err) == (0, "", "Er is geen verschil.\n")


def test_nothing_was_sent_yet(meeting: Path, run: Run) -> None:
    assert (run("vergelijk", meeting).code, run("vergelijk", meeting).err.count("LRT087")) == (2, 1)


def test_two_kinds_are_not_compared(meeting: Path, run: Run) -> None:
    result = run("vergelijk", make(meeting), meeting)

    assert (result.code, "LRT087" in result.err) == (2, True)


def test_two_documents(meeting: Path, run: Run) -> None:
    paper = make(meeting)
    document = docx.Document(str(paper))
    document.paragraphs[-1].add_run(" op tijd")
    document.add_paragraph("Tot slot")
    document.save("ander.docx")

    lines = run("vergelijk", paper, "ander.docx").out.splitlines()

    assert len(lines) == 2
    assert lines[0].endswith("staat nu 'Sluiting op tijd'; dat was 'Sluiting'.")
    assert lines[1].endswith("is nieuw: 'Tot slot'.")


def test_another_house_style_is_no_other_text(meeting: Path, run: Run) -> None:
    first = make(meeting)
    shutil.copy(first, "eerst.docx")
    style = Path("huisstijl.yaml")
    style.write_text(f"{style.read_text(encoding='utf-8')}lettertype: Arial\n", encoding="utf-8")
    make(meeting)

    assert run("vergelijk", "eerst.docx", first).out == (
        "De tekst is gelijk; de opmaak, een beeld of een instelling is anders.\n"
    )


def test_two_runs_name_only_the_letters_that_differ(meeting: Path, run: Run) -> None:
    mailing, addresses = Path("brief.yaml"), Path("lijst.csv")
    mailing.write_text(LETTER, encoding="utf-8")
    addresses.write_text(LIST + MORE, encoding="utf-8")
    run("brieven", mailing, "-o", "eerst")
    addresses.write_text(LIST + MORE.replace("Postbus 2", "Postbus 3"), encoding="utf-8")
    run("brieven", mailing, "-o", "daarna")
    addresses.write_text(LIST, encoding="utf-8")
    run("brieven", mailing, "-o", "korter")

    assert run("vergelijk", "eerst", "daarna").out == (
        "GM0344-Utrecht.docx: er staat nu 'Postbus 3'; dat was 'Postbus 2'.\n"
    )
    assert (
        run("vergelijk", "eerst", "korter").out == "1 brief is er niet meer: GM0344-Utrecht.docx.\n"
    )
    assert run("vergelijk", "korter", "eerst").out == "1 brief is nieuw: GM0344-Utrecht.docx.\n"


def test_another_text_is_told_once_for_all_letters(meeting: Path, run: Run) -> None:
    mailing = Path("brief.yaml")
    Path("lijst.csv").write_text(LIST + MORE, encoding="utf-8")
    for folder, text in (("eerst", "Komt u?"), ("daarna", "Komt u ook?")):
        mailing.write_text(LETTER.replace("Komt u?", text), encoding="utf-8")
        run("brieven", mailing, "-o", folder)

    (line,) = run("vergelijk", "eerst", "daarna").out.splitlines()

    assert line == "In alle 2 brieven staat nu 'Komt u ook?'; dat was 'Komt u?'."


def test_two_mailings(meeting: Path, run: Run) -> None:
    first, second = Path("eerst.yaml"), Path("daarna.yaml")
    first.write_text(LETTER, encoding="utf-8")
    second.write_text(LETTER.replace("Feest", "Opening"), encoding="utf-8")

    assert "'Opening'; dat was 'Feest'." in run("vergelijk", first, second).out


def test_a_template_and_a_copy_of_it(meeting: Path, run: Run) -> None:
    run("sjabloon", "kopieer", "agenda")
    assert run("sjabloon", "vergelijk", "agenda", "agenda").err == "Er is geen verschil.\n"
    copy = docx.Document("sjablonen/agenda.docx")
    copy.add_paragraph("Notulist: {{ notulist }}")
    copy.save("sjablonen/agenda.docx")

    lines = run("sjabloon", "vergelijk", "agenda", "agenda").out.splitlines()

    assert run("sjabloon", "vergelijk", "agenda", "sjablonen/agenda.docx").out.splitlines() == lines
    assert lines[0].endswith("is nieuw: 'Notulist: {{ notulist }}'.")
    assert "Het sjabloon gebruikt nu ook het woord notulist." in lines
