"""What went out of a meeting is kept: the file and its papers together, and never written again."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import docx
import pytest
from docx_making import texts
from PIL import Image
from sent_making import MEETING, change, codes, make, meeting, send

from lrtdocs import api
from lrtdocs.errors import ExitCode, Severity
from lrtdocs.run.meetings.sending import find_sendings, last_sent, soort_of

__all__ = ["meeting"]  # a fixture

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_what_went_out_is_kept_byte_for_byte(meeting: Path) -> None:
    meeting.write_bytes(MEETING.replace("\n", "\r\n").encode("utf-8-sig"))
    paper = make(meeting)

    outcome = send(meeting)

    kept = meeting.parent / "verzonden/2025-06-18-lrt/v1"
    assert names(kept) == ["2025-06-18-lrt-agenda.docx", "2025-06-18-lrt.yaml", "verzonden.json"]
    assert (kept / meeting.name).read_bytes() == meeting.read_bytes()
    assert (kept / paper.name).read_bytes() == paper.read_bytes()
    assert (outcome.exit_code, outcome.written[0]) == (ExitCode.DONE, kept / paper.name)
    assert "12 juni 2025: agenda (versie 1)" in outcome.remarks[0]


def test_the_record_tells_of_every_file_item_and_annex(meeting: Path) -> None:
    make(meeting)
    send(meeting)

    record = json.loads((last_sent(meeting).folder / "verzonden.json").read_bytes())  # type: ignore[union-attr]

    assert (record["datum"], record["nummer"]) == ("2025-06-12", 1)
    assert [len(digest) for digest in record["stukken"][0]["bestanden"].values()] == [64]
    assert [item["titel"] for item in record["punten"]] == ["Opening", "Opvang", "Sluiting"]
    assert len({item["inhoud"] for item in record["punten"]}) == 3
    assert (record["bijlagen"][0]["punt"], len(record["bijlagen"][0]["sha256"])) == ("2", 64)


def test_a_paper_that_was_replaced_and_kept_does_not_go_out(meeting: Path) -> None:
    paper = make(meeting)
    for name in ("oud", "oud2"):
        paper.with_stem(f"{paper.stem}-{name}").write_bytes(paper.read_bytes())

    assert [each.name for each in send(meeting).written] == [
        "2025-06-18-lrt-agenda.docx", "2025-06-18-lrt.yaml", "verzonden.json",
    ]  # fmt: skip


def test_nothing_new_makes_nothing_and_says_so(meeting: Path) -> None:
    make(meeting)
    send(meeting)

    outcome = send(meeting)

    assert (outcome.written, len(find_sendings(meeting))) == ([], 1)
    assert "Er is niets gemaakt." in outcome.remarks[0]


def test_minutes_are_another_paper_than_the_agenda(meeting: Path) -> None:
    make(meeting)
    send(meeting)
    change(meeting, "titel: Sluiting", "titel: Sluiting\n    verslag: Om 12 uur.")
    make(meeting, "verslag")

    send(meeting)

    first, second = find_sendings(meeting)
    sent = [paper.soort for paper in (*first.stukken, *second.stukken)]
    assert sent == ["agenda", "verslag-concept"]
    assert second.stukken[0].versie == 1
    assert last_sent(meeting, "agenda") == first
    assert last_sent(meeting) == second


@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_a_paper_of_another_text_is_not_kept(meeting: Path, kind: str) -> None:
    make(meeting, kind)
    change(meeting, "titel: Opvang", "titel: Huisvesting")

    outcome = send(meeting)

    assert (codes(outcome), outcome.exit_code) == (["LRT080"], ExitCode.PROBLEMS)
    assert not (meeting.parent / "verzonden").exists()


def test_text_for_the_minutes_makes_the_agenda_no_other_paper(meeting: Path) -> None:
    make(meeting)
    change(meeting, "titel: Sluiting", "titel: Sluiting\n    verslag: Om 12 uur.")

    assert codes(send(meeting)) == []


def test_a_paper_that_was_edited_in_word_is_kept_with_a_warning(meeting: Path) -> None:
    paper = make(meeting)
    document = docx.Document(str(paper))
    document.add_paragraph("Met de hand")
    document.save(str(paper))

    outcome = send(meeting)

    (told,) = outcome.problems
    assert (told.code, told.severity) == ("LRT081", Severity.WARNING)
    assert (last_sent(meeting).folder / paper.name).read_bytes() == paper.read_bytes()  # type: ignore[union-attr]


def test_a_pdf_of_an_earlier_document_is_not_kept(meeting: Path) -> None:
    paper = make(meeting)
    pdf = paper.with_suffix(".pdf")
    pdf.write_bytes(b"%PDF-1.7")
    os.utime(pdf, (1, 1))

    assert codes(send(meeting)) == ["LRT082"]


def test_without_a_paper_is_told_to_make_one(meeting: Path) -> None:
    (problem,) = send(meeting).problems

    assert problem.code == "LRT083"
    assert "lrtdocs agenda" in problem.remedy


def test_a_paper_elsewhere_is_kept_when_it_is_named(meeting: Path, tmp_path: Path) -> None:
    paper = make(meeting, output=str(tmp_path / "uit" / "lrt agenda.docx"))

    assert send(meeting, paper).exit_code == ExitCode.DONE
    assert last_sent(meeting, "agenda").stukken[0].bestanden.keys() == {"lrt agenda.docx"}  # type: ignore[union-attr]


def test_the_meeting_as_it_was_can_be_read_again(meeting: Path) -> None:
    make(meeting)
    send(meeting)
    change(meeting, "titel: Opvang", "titel: Huisvesting")

    assert last_sent(meeting).load().model.agendapunten[1].titel == "Opvang"  # type: ignore[union-attr]


def test_a_record_that_is_damaged_is_told(meeting: Path) -> None:
    make(meeting)
    send(meeting)
    (last_sent(meeting).folder / "verzonden.json").write_text("{", encoding="utf-8")  # type: ignore[union-attr]

    assert codes(send(meeting)) == ["LRT084"]


def test_a_full_disk_leaves_no_half_sending(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(meeting)

    def refuse(_source: Path, _target: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("lrtdocs.run.folder.disk.replace", refuse)

    assert codes(send(meeting)) == ["LRT001"]
    monkeypatch.undo()
    assert find_sendings(meeting) == []


@pytest.mark.parametrize(
    ("name", "soort"),
    [
        ("lrt-agenda", "agenda"),
        ("lrt-verslag-concept-v2", "verslag-concept"),
        ("lrt-extra-agenda", ""),
        ("lrt", ""),
        ("ander-agenda", ""),
    ],
)
def test_a_paper_is_known_by_its_name(name: str, soort: str) -> None:
    assert soort_of(name, "lrt", ["agenda", "verslag"]) == soort


def test_a_picture_that_was_replaced_under_its_name_is_a_change(meeting: Path) -> None:
    picture = meeting.with_name("kaart.png")
    Image.new("RGB", (40, 20), "blue").save(picture)
    change(
        meeting,
        "  - titel: Opvang\n",
        "  - titel: Opvang\n    toelichting: |\n      ![De kaart van Ede](kaart.png)\n",
    )
    make(meeting)
    send(meeting)
    assert api.compare(meeting).differences == []
    Image.new("RGB", (40, 20), "red").save(picture)

    (told,) = api.compare(meeting).differences
    made = make(meeting)

    assert told.sentence == "De afbeelding 'kaart.png' bij punt 2 is een andere."
    assert made.name == "2025-06-18-lrt-agenda-v2.docx"
    assert "Opvang (gewijzigd)" in "\n".join(texts(docx.Document(str(made))))
    Image.new("RGB", (40, 20), "blue").save(picture)
    assert api.compare(meeting).differences == []
