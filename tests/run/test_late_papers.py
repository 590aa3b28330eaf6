"""The note on papers that come after the agenda: what came, what replaces, and what is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document
from sent_making import change, codes, make, meeting, send

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.api import Outcome

__all__ = ["meeting"]  # a fixture
OPVANG = "bijlagen: [{titel: Dashboard, bestand: dashboard.pdf}]"


@pytest.fixture
def sent(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    change(meeting, OPVANG, f"{OPVANG[:-1]}, {{titel: Kaart, nazending: ja}}]")
    make(meeting)
    send(meeting)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750032000")
    return meeting


def nazending(path: Path) -> Outcome:
    return api.make_documents([path], "nazending")


def rows(path: Path) -> list[list[str]]:
    (table,) = Document(str(path)).tables
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_an_annex_that_came_is_new(sent: Path) -> None:
    change(sent, "nazending: ja", "nazending: 2025-06-16")

    note, mail = nazending(sent).written

    assert note.name == "2025-06-18-lrt-nazending.docx"
    assert rows(note) == [["2", "Kaart", "nieuw"]]
    assert "Nagezonden stukken bij de vergadering van 18\u00a0juni\u00a02025" in texts(note)
    assert "16 juni 2025" in texts(note)  # the day of the note, not that of the agenda
    lines = mail.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Onderwerp: Nagezonden stukken LRT, 18 juni 2025"
    assert "- punt 2: Kaart (nieuw)" in lines


def test_an_annex_with_another_file_takes_the_place_of_an_earlier_one(sent: Path) -> None:
    (sent.parent / "dashboard.pdf").write_bytes(b"%PDF-1.7 dashboard, improved")

    assert rows(nazending(sent).written[0]) == [["2", "Dashboard", "vervangt eerder stuk"]]


def test_an_annex_of_a_new_item_and_one_of_the_meeting(sent: Path) -> None:
    change(
        sent, "  - titel: Sluiting", "  - titel: Spoed\n    bijlagen: Brief\n  - titel: Sluiting"
    )
    change(sent, "agendapunten:", 'bijlagen: [{nummer: "9", titel: Nota}]\nagendapunten:')

    assert rows(nazending(sent).written[0]) == [
        ["–", "9 Nota", "nieuw"],
        ["3", "Brief", "nieuw"],
    ]


def test_what_is_changed_is_said_and_text_for_the_minutes_is_not(sent: Path) -> None:
    change(sent, "titel: Sluiting", "titel: Sluiting\n    tijd: 11:30\n    verslag: Klaar.")
    change(sent, "dagtekening: 2025-06-11", "dagtekening: 2025-06-16")
    note = nazending(sent).written[0]

    assert Document(str(note)).tables == []
    assert texts(note)[-1] == "De tijd van punt 3 is nu 11.30 uur; eerst stond daar niets."
    assert "Gewijzigd sinds 12\u00a0juni\u00a02025" in texts(note)


def test_what_is_still_to_come_is_nothing_to_send(sent: Path) -> None:
    assert codes(nazending(sent)) == ["LRT088"]


def test_nothing_was_sent(meeting: Path) -> None:
    (told,) = nazending(meeting).problems

    assert told.key == "LRT088.geen"


def test_a_note_that_went_out_stays_and_the_next_one_is_another(sent: Path) -> None:
    change(sent, "nazending: ja", "nazending: 2025-06-16")
    first = nazending(sent).written[0]
    before = first.read_bytes()
    assert send(sent, first, first.with_suffix(".txt")).exit_code == 0
    assert nazending(sent).written[0].read_bytes() == before
    change(sent, "titel: Sluiting", "titel: Rondvraag en sluiting")

    second = nazending(sent).written[0]

    assert second.name == "2025-06-18-lrt-nazending-v2.docx"
    assert "Kaart" not in " ".join(texts(second))
    assert first.read_bytes() == before


@pytest.mark.office
@pytest.mark.verapdf
def test_the_note_is_accessible_as_pdf(sent: Path) -> None:
    import verapdf

    change(sent, "nazending: ja", "nazending: 2025-06-16")
    options = api.Options(pdf=True)
    pdf = next(
        path
        for path in api.make_documents([sent], "nazending", options).written
        if path.suffix == ".pdf"
    )

    assert verapdf.failed_rules(pdf, "ua1") == []
