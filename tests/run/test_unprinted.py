"""A template of one's own that does not print what is in the file: that is told, at the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

MEETING = """\
overleg: Raad
datum: 2026-03-17
dagtekening: 2026-03-10
contactpersoon: [{naam: Mw. Xu}, {naam: Dhr. 't Hart}]
genodigden:
  Leden: [Mw. Süverkrübbe]
actielijst:
  - {nummer: A1, wat: Brief sturen, wie: COA, toelichting: ligt klaar}
agendapunten:
  - titel: Opening
    vertrouwelijk: nee
    nummer: 01A
"""


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    path = tmp_path / "2026-03-17-raad.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return path


def template(folder: Path, *lines: str) -> None:
    (folder / "sjablonen").mkdir()
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "sjablonen/agenda.docx"))


def told(path: Path) -> list[tuple[int | None, object]]:
    problems = api.make_documents([path], "agenda", api.Options()).problems
    return [(one.place.line, one.fields["word"]) for one in problems if one.code == "LRT363"]


def test_what_only_the_template_of_lrtdocs_prints_is_told_at_its_key(meeting: Path) -> None:
    template(
        meeting.parent,
        "{{ overleg }} {{ datum | datum }} {{ contactpersoon.naam }}",
        "{%p for punt in agendapunten %}",
        "{{ punt.titel }}",
        "{%p endfor %}",
    )

    assert told(meeting) == [
        (3, "dagtekening"),
        (4, "contactpersonen"),
        (5, "genodigden"),
        (7, "actielijst"),
        (12, "agendapunten[].nummer"),
    ]


def test_the_template_of_lrtdocs_and_a_copy_of_it_miss_nothing(meeting: Path) -> None:
    assert told(meeting) == []
    api.copy_template("agenda", meeting.parent / "sjablonen")

    assert (meeting.parent / "sjablonen/agenda.docx").exists()
    assert told(meeting) == []
