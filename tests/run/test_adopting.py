"""Minutes are a concept until they are adopted: what they are called, and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

MEETING = """\
overleg: LRT
datum: 2025-03-19
dagtekening: 2025-03-26
agendapunten:
  - titel: Opening
    verslag: Om 10 uur.
"""


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    path = tmp_path / "2025-03-19-lrt.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return path


def own_template(folder: Path, text: str) -> None:
    (folder / "sjablonen").mkdir()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(folder / "sjablonen" / "verslag.docx"))


def test_minutes_have_another_name_when_they_are_adopted(meeting: Path) -> None:
    (concept,) = api.make_documents([meeting], "verslag").written
    meeting.write_text(f"{MEETING}vastgesteld: 2025-06-18\n", encoding="utf-8")
    (adopted,) = api.make_documents([meeting], "verslag").written
    (agenda,) = api.make_documents([meeting], "agenda").written

    assert concept.name == "2025-03-19-lrt-verslag-concept.docx"
    assert adopted.name == "2025-03-19-lrt-verslag.docx"
    assert agenda.name == "2025-03-19-lrt-agenda.docx"
    assert concept.is_file()


def test_minutes_that_seem_adopted_beside_a_concept_are_told(meeting: Path) -> None:
    meeting.with_name("2025-03-19-lrt-verslag.docx").write_bytes(b"x")
    (told,) = api.make_documents([meeting], "verslag").problems
    assert told.code == "LRT272"
    assert "2025-03-19-lrt-verslag.docx" in told.message


@pytest.mark.parametrize(
    ("text", "mark", "codes"),
    [
        ("{{ overleg }}", "", ["LRT271"]),
        ("{{ rubricering }}", "", []),
        ("{{ rubricering }}", "rubricering: CONCEPT\n", []),
        ("{{ rubricering }}", "rubricering: Dep.V.\n", ["LRT271"]),
        ("{{ rubricering }}{% if concept %} CONCEPT{% endif %}", "rubricering: Dep.V.\n", []),
        ("{{ overleg }}", "vastgesteld: 2025-06-18\n", []),
    ],
)
def test_a_template_of_ones_own_that_does_not_say_concept_is_told(
    meeting: Path, text: str, mark: str, codes: list[str]
) -> None:
    own_template(meeting.parent, text)
    meeting.write_text(MEETING + mark, encoding="utf-8")
    outcome = api.make_documents([meeting], "verslag")
    assert [problem.code for problem in outcome.problems] == codes
