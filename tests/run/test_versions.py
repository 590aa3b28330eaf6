"""What is made of a meeting after it went out: the next version, beside the one that was sent."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from docx import Document
from sent_making import change, codes, make, meeting, send

from lrtdocs import api
from lrtdocs.api.checking import check
from lrtdocs.model.vergadering import number_items
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.meetings.comparing import is_used

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.api import Outcome

__all__ = ["meeting"]  # a fixture
JUNE_16, JUNE_17 = "1750032000", "1750118400"


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs if paragraph.text]


def agenda(path: Path, **options: object) -> Outcome:
    return api.make_documents([path], "agenda", api.Options(**options))  # type: ignore[arg-type]


@pytest.fixture
def sent(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make(meeting)
    send(meeting)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JUNE_16)
    return meeting


def test_a_file_that_did_not_change_makes_the_same_agenda(sent: Path) -> None:
    before = (sent.parent / "2025-06-18-lrt-agenda.docx").read_bytes()

    assert make(sent).read_bytes() == before
    assert not list(sent.parent.glob("*-v2*"))


def test_a_changed_file_makes_version_two_beside_the_one_that_went_out(sent: Path) -> None:
    first = sent.parent / "2025-06-18-lrt-agenda.docx"
    before = first.read_bytes()
    change(sent, "titel: Sluiting", "titel: Sluiting\n    tijd: 11:30")

    made = make(sent)

    assert made.name == "2025-06-18-lrt-agenda-v2.docx"
    assert "gewijzigd, versie 2 van 16 juni 2025" in lines(made)
    assert [line for line in lines(made) if "Sluiting" in line] == [
        "Sluiting (gewijzigd) \t11.30 uur"
    ]
    assert first.read_bytes() == before


def test_a_new_item_is_marked_and_the_others_are_not(sent: Path) -> None:
    change(sent, "  - titel: Sluiting", "  - titel: Spoedwet\n  - titel: Sluiting")
    found = lines(make(sent))

    assert found[-2:] == ["Spoedwet (nieuw)", "Sluiting"]
    assert "Opvang" in found


def test_the_day_of_a_version_stays_when_it_is_made_again(
    sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(sent, "titel: Sluiting", "titel: Rondvraag en sluiting")
    before = make(sent).read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JUNE_17)

    assert make(sent).read_bytes() == before


def test_a_new_dagtekening_is_the_day_of_the_version(sent: Path) -> None:
    change(sent, "dagtekening: 2025-06-11", "dagtekening: 2025-06-13")

    assert "gewijzigd, versie 2 van 13 juni 2025" in lines(make(sent))


def test_version_two_that_went_out_stays_what_it_is(
    sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(sent, "titel: Sluiting", "titel: Rondvraag en sluiting")
    second = make(sent).read_bytes()
    send(sent)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JUNE_17)
    assert make(sent).read_bytes() == second
    change(sent, "titel: Opening", "titel: Opening en mededelingen")

    third = make(sent)

    assert third.name == "2025-06-18-lrt-agenda-v3.docx"
    assert "gewijzigd, versie 3 van 17 juni 2025" in lines(third)
    assert lines(third)[-1] == "Rondvraag en sluiting"


def test_the_pdf_of_what_went_out_is_no_next_version(sent: Path) -> None:
    change(sent, "titel: Sluiting", "titel: Rondvraag en sluiting")
    second = make(sent)
    before = second.read_bytes()
    send(sent)
    second.with_suffix(".pdf").write_bytes(b"%PDF-1.7 de agenda")

    outcome = send(sent)

    assert "agenda (versie 2)" in outcome.remarks[0]
    assert (make(sent).name, make(sent).read_bytes()) == (second.name, before)
    change(sent, "titel: Opening", "titel: Welkom")
    assert make(sent).name == "2025-06-18-lrt-agenda-v3.docx"


def test_the_second_version_does_not_become_the_first_when_that_was_taken_away(sent: Path) -> None:
    change(sent, "titel: Sluiting", "titel: Rondvraag en sluiting")
    make(sent)
    send(sent)
    shutil.rmtree(sent.parent / "verzonden/2025-06-18-lrt/v1")

    outcome = agenda(sent)

    assert (codes(outcome), outcome.written) == (["LRT085"], [])


def test_text_for_the_minutes_is_no_change_of_the_agenda(sent: Path) -> None:
    change(sent, "titel: Sluiting", "titel: Sluiting\n    verslag: Om 12 uur.")

    assert make(sent).name == "2025-06-18-lrt-agenda.docx"


def test_changed_minutes_say_so_without_marks_in_the_text(sent: Path) -> None:
    change(sent, "titel: Sluiting", "titel: Sluiting\n    verslag: Om 12 uur.")
    first = make(sent, "verslag")
    send(sent, first)
    change(sent, "Om 12 uur.", "Om 13 uur.")

    second = make(sent, "verslag")

    assert second.stem == f"{first.stem}-v2"
    assert "gewijzigd, versie 2 van 16 juni 2025" in lines(second)
    assert "Sluiting" in lines(second)


def test_a_late_annex_changes_the_agenda_and_not_the_item(sent: Path) -> None:
    change(sent, "bestand: dashboard.pdf", "bestand: dashboard.pdf, nazending: 2025-06-16")
    found = lines(make(sent))

    assert "Bijlage: Dashboard (nagezonden 16\u00a0juni\u00a02025)" in found
    assert "Opvang" in found


def test_what_went_out_is_not_replaced_by_another_house_style(sent: Path) -> None:
    (sent.parent / "huisstijl.yaml").write_text("afzenders: {a: {team: U}}\n", encoding="utf-8")
    before = (sent.parent / "2025-06-18-lrt-agenda.docx").read_bytes()

    assert codes(agenda(sent)) == ["LRT085"]
    assert (sent.parent / "2025-06-18-lrt-agenda.docx").read_bytes() == before
    assert agenda(sent, overwrite=True).exit_code == 0


def test_a_name_that_went_out_is_not_given_to_another_version(sent: Path) -> None:
    change(sent, "titel: Sluiting", "titel: Sluiting\n    tijd: 11:30")

    assert codes(agenda(sent, output="2025-06-18-lrt-agenda.docx")) == ["LRT085"]


# --- numbers


def numbers(path: Path) -> list[str]:
    loaded, _ = load_vergadering(path, "agenda")
    assert loaded is not None
    return number_items(loaded.model)


def test_an_item_in_between_is_told_with_the_number_that_keeps_the_others(sent: Path) -> None:
    change(sent, "  - titel: Sluiting", "  - titel: Spoedwet\n  - titel: Sluiting")
    (told,) = [one for one in check(sent) if one.code == "LRT086"]
    assert (told.key, told.place.line) == ("LRT086.nieuw", 8)
    assert told.message == "Punt 3 heet nu 4; in de verzonden agenda was het 3."
    assert told.remedy == "Schrijf bij dit nieuwe punt nummer: 2a om de nummers te houden."

    change(sent, "titel: Spoedwet", "titel: Spoedwet\n    nummer: 2a")

    assert numbers(sent) == ["1", "2", "2a", "3"]
    assert "LRT086" not in [one.code for one in check(sent)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - titel: Opening\n", "  - titel: Vooraf\n  - titel: Opening\n"),
        ("  - titel: Opening\n", "  - titel: Vooraf\n  - titel: Daarna\n  - titel: Opening\n"),
        ("  - titel: Opening\n", ""),
        ("  - titel: Sluiting\n", "  - titel: Anders van aard\n"),
        ("  - titel: Opening\n", "  - titel: Opening\n    subpunten: [Eerst]\n  - titel: Tussen\n"),
    ],
    ids=["before the first", "two", "gone", "in the place of another", "a sub-item"],
)
def test_the_numbers_that_are_told_keep_those_of_the_sent_agenda(
    sent: Path, old: str, new: str
) -> None:
    change(sent, old, new)
    told = {one.place.line: one.fields["number"] for one in check(sent) if one.code == "LRT086"}
    assert told
    text = sent.read_text(encoding="utf-8").splitlines()
    for line, number in sorted(told.items(), reverse=True):
        text.insert(line or 0, f"    nummer: {number}")
    sent.write_text("\n".join(text), encoding="utf-8")

    assert "LRT086" not in [one.code for one in check(sent)]


def test_an_item_whose_title_got_more_words_is_that_item(sent: Path) -> None:
    change(sent, "titel: Opening", "titel: Opening en welkom door de voorzitter")

    assert "LRT086" not in [one.code for one in check(sent)]
    assert "Opening en welkom door de voorzitter (gewijzigd)" in lines(make(sent))


def test_a_number_that_is_right_is_not_called_another(sent: Path) -> None:
    change(sent, "titel: Opening", "titel: Vooraf")

    told = [(one.key, one.message) for one in check(sent) if one.code == "LRT086"]

    assert [key for key, _ in told] == ["LRT086.ander", "LRT086.blijft"]
    assert told[1][1].startswith("Dit punt heet 2, en dat moet zo blijven")


def test_an_item_at_the_end_takes_nobodys_number(sent: Path) -> None:
    change(sent, "  - titel: Sluiting\n", "  - titel: Sluiting\n  - titel: Borrel\n")

    assert "LRT086" not in [one.code for one in check(sent)]


@pytest.mark.parametrize(
    ("word", "used", "counts"),
    [
        ("agendapunten[].verslag", {"agendapunten", "agendapunten[].titel"}, False),
        ("agendapunten[].titel", {"agendapunten", "agendapunten[].titel"}, True),
        ("agendapunten[]", {"agendapunten", "agendapunten[].titel"}, True),
        ("agendapunten[].besluiten", {"besluiten", "besluiten[].tekst"}, True),
        ("agendapunten[].besluiten[].tekst", {"agendapunten[].besluiten[]"}, True),
        ("afzender", {"afzender.directie"}, True),
        ("volgende_vergadering.datum", {"volgende_vergadering"}, True),
        ("agendapunten[].stemming.voor", {"agendapunten[].stemming.tekst"}, True),
        ("contactpersoon[].telefoon", {"contactpersonen[].telefoon"}, True),
        ("contactpersoon[].telefoon", {"contactpersoon.telefoon"}, True),
        ("contactpersoon", {"contactpersonen[].naam"}, True),
        ("contactpersoon[].telefoon", {"contactpersonen[].naam"}, False),
        ("genodigden", {"genodigden[].tekst"}, True),
        ("besluiten[].stemming", {"besluiten[].tekst"}, False),
        ("notulist", {"agendapunten"}, False),
    ],
)
def test_only_what_a_template_prints_counts(word: str, used: set[str], counts: bool) -> None:
    assert is_used(word, used) is counts
