"""Minutes are a concept until they are adopted: what they are called, and what is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import docx
import pytest

import lrtdocs.run.folder.write as folder_writing
from lrtdocs import api
from lrtdocs.errors import ExitCode, FileProblemError, Place, Problem
from lrtdocs.messages import problem

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
    told = [problem.code for problem in outcome.problems]
    assert [code for code in told if code != "LRT363"] == codes  # it prints next to nothing


# --- lrtdocs vaststellen

DAY = date(2025, 6, 18)
START = b"\xef\xbb\xbf# Vergadering\r\n"
LINES = MEETING.encode().replace(b"\n", b"\r\n")


def adopt(path: Path, day: date = DAY, **options: object) -> api.Outcome:
    return api.adopt(path, day, api.Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"vastgesteld: 2025-06-18\r\n"),
        (b"# vastgesteld: 1 mei 2025 # dag\r\n", b"vastgesteld: 2025-06-18 # dag\r\n"),
        (b"vastgesteld:\r\n# Klaar\r\n", b"vastgesteld: 2025-06-18\r\n# Klaar\r\n"),
        (
            b"volgende_vergadering: 2025-06-18 # om 10\r\nplaats: E\r\n",
            b"volgende_vergadering: 2025-06-18 # om 10\r\nvastgesteld: 2025-06-18\r\nplaats: E\r\n",
        ),
    ],
)
def test_the_day_comes_into_the_file_and_all_else_stays(
    meeting: Path, before: bytes, after: bytes
) -> None:
    meeting.write_bytes(START + LINES + before)
    outcome = adopt(meeting)
    assert meeting.read_bytes() == START + LINES + after
    assert [path.name for path in outcome.written] == ["2025-03-19-lrt-verslag.docx"]


def test_a_file_in_the_letters_of_windows_stays_in_them(meeting: Path) -> None:
    meeting.write_bytes(MEETING.replace("10 uur", "één uur").encode("cp1252"))
    adopt(meeting)
    assert meeting.read_bytes().decode("cp1252").endswith("Om één uur.\nvastgesteld: 2025-06-18\n")


def test_the_concept_stays_and_the_adopted_paper_is_none(meeting: Path) -> None:
    (concept,) = api.make_documents([meeting], "verslag").written
    was = concept.read_bytes()
    (adopted,) = adopt(meeting).written
    assert concept.read_bytes() == was
    assert "CONCEPT" not in document_text(adopted)
    assert "18 juni 2025" in document_text(adopted)
    assert "CONCEPT" in document_text(concept)


@pytest.mark.parametrize(
    ("more", "day", "key"),
    [
        ("", date(2025, 3, 18), "LRT273.eerder"),
        ("vastgesteld: 2025-06-17\n", DAY, "LRT273.al"),
        ("rubricering: CONCEPT versie 2\n", DAY, "LRT273.concept"),
        ("platas: Ede\n", DAY, "LRT201.bedoeld"),
    ],
)
def test_minutes_that_cannot_be_adopted_leave_all_as_it_was(
    meeting: Path, more: str, day: date, key: str
) -> None:
    meeting.write_text(MEETING + more, encoding="utf-8")
    outcome = adopt(meeting, day)
    problems = [*outcome.problems, *(each for one in outcome.failures for each in one.problems)]
    assert key in [problem.key for problem in problems]
    assert outcome.exit_code
    assert_nothing_was_written(meeting, MEETING + more)


def test_an_agenda_has_no_minutes_to_adopt(meeting: Path) -> None:
    text = "overleg: LRT\ndatum: 2025-03-19\ndagtekening: 2025-03-12\nagendapunten: [Opening]\n"
    meeting.write_text(text, encoding="utf-8")
    outcome = adopt(meeting)
    assert "LRT273.leeg" in [problem.key for problem in outcome.problems]
    assert_nothing_was_written(meeting, text)


def assert_nothing_was_written(meeting: Path, text: str) -> None:
    assert meeting.read_text(encoding="utf-8") == text
    names = sorted(path.name for path in meeting.parent.iterdir())
    assert names == [meeting.name, "huisstijl.yaml"]


def test_a_file_that_cannot_be_written_takes_the_paper_back(
    meeting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = folder_writing.write_atomic

    def refuse(path: Path, data: bytes, **more: bool) -> list[Problem]:
        if path == meeting:
            raise FileProblemError(problem("LRT001.vol", Place(str(path))))
        return write(path, data, **more)

    monkeypatch.setattr(folder_writing, "write_atomic", refuse)
    assert adopt(meeting).exit_code
    assert_nothing_was_written(meeting, MEETING)


def test_the_same_day_again_only_makes_the_paper(meeting: Path) -> None:
    adopt(meeting)
    was = meeting.read_bytes()
    outcome = adopt(meeting)
    assert (outcome.exit_code, meeting.read_bytes()) == (ExitCode.DONE, was)
    assert len(outcome.written) == 1


def test_a_concept_that_was_edited_in_word_is_told(meeting: Path) -> None:
    (concept,) = api.make_documents([meeting], "verslag").written
    edited = docx.Document(str(concept))
    edited.paragraphs[-1].add_run(" Het regende.")
    edited.save(str(concept))
    assert "LRT274.bewerkt" in [problem.key for problem in adopt(meeting).problems]


def test_the_adopted_paper_may_come_with_its_pdf(meeting: Path) -> None:
    outcome = adopt(meeting, pdf=True)
    names = [path.name for path in outcome.written]
    assert names == ["2025-03-19-lrt-verslag.docx", "2025-03-19-lrt-verslag.pdf"]
    assert outcome.written[1].read_bytes().startswith(b"%PDF-")


def document_text(path: Path) -> str:
    document = docx.Document(str(path))
    parts = [document.element.body, *(one._element for one in _edges(document))]
    return " ".join(str(text) for part in parts for text in part.itertext())


def _edges(document: Any) -> list[Any]:
    section = document.sections[0]
    return [section.header, section.first_page_header, section.footer, section.first_page_footer]
