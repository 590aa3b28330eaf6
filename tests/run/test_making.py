from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from PIL import Image

from lrtdocs import api
from lrtdocs.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

MEETING = "overleg: LRT\ndatum: 2025-03-19\ndagtekening: 2025-03-14\nagendapunten: [Opening]\n"
HUISSTIJL = "afzenders: {a: {team: T}}\n"


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text(HUISSTIJL, encoding="utf-8")
    path = tmp_path / "lrt.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return path


def draw_logo(path: Path) -> bytes:
    Image.new("RGB", (26, 74), "#154273").save(path)
    return path.read_bytes()


def own_template(folder: Path, name: str = "agenda.docx", text: str = "{{ overleg }}") -> None:
    (folder / "sjablonen").mkdir()
    document = Document()
    document.add_paragraph(text)
    document.save(str(folder / "sjablonen" / name))


def test_an_own_logo_takes_the_place_of_the_placeholder(meeting: Path) -> None:
    logo = draw_logo(meeting.parent / "ons.png")
    meeting.with_name("huisstijl.yaml").write_text(f"{HUISSTIJL}logo: ons.png\n", encoding="utf-8")
    outcome = api.make_documents([meeting], "agenda")
    assert (outcome.problems, outcome.failures) == ([], [])
    with zipfile.ZipFile(outcome.written[0]) as package:
        assert logo in [package.read(name) for name in package.namelist() if "media" in name]


def test_a_logo_for_a_template_without_one_is_told(meeting: Path) -> None:
    draw_logo(meeting.parent / "ons.png")
    meeting.with_name("huisstijl.yaml").write_text(f"{HUISSTIJL}logo: ons.png\n", encoding="utf-8")
    own_template(meeting.parent)
    outcome = api.make_documents([meeting], "agenda")
    assert [one.code for one in outcome.problems if one.code != "LRT363"] == ["LRT228"]
    assert outcome.exit_code == ExitCode.DONE


def test_a_logo_that_is_not_there_makes_nothing(meeting: Path) -> None:
    meeting.with_name("huisstijl.yaml").write_text(f"{HUISSTIJL}logo: weg.png\n", encoding="utf-8")
    outcome = api.make_documents([meeting], "agenda")
    assert outcome.exit_code == ExitCode.PROBLEMS
    assert [(one.key, one.place.line) for one in outcome.problems] == [
        ("LRT263.bestand", HUISSTIJL.count("\n") + 1)
    ]
    assert outcome.written == []


def test_an_own_typeface_replaces_verdana(meeting: Path) -> None:
    meeting.with_name("huisstijl.yaml").write_text(
        f"{HUISSTIJL}lettertype: Calibri\n", encoding="utf-8"
    )
    (path,) = api.make_documents([meeting], "agenda").written
    with zipfile.ZipFile(path) as package:
        styles = package.read("word/styles.xml")
    assert b"Calibri" in styles
    assert b"Verdana" not in styles


def test_a_template_that_leans_on_another_file_is_told_and_used(meeting: Path) -> None:
    own_template(meeting.parent)
    template = meeting.parent / "sjablonen" / "agenda.docx"
    template.write_bytes(_attach(template.read_bytes()))
    outcome = api.make_documents([meeting], "agenda")
    assert outcome.exit_code == ExitCode.DONE
    (told,) = (one for one in outcome.problems if one.code != "LRT363")
    assert "agenda.docx" in told.place.file


def _attach(docx: bytes) -> bytes:
    """Let `docx` be attached to a template on somebody's disk, as Word does."""
    relation = (
        b'<?xml version="1.0"?><Relationships '
        b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="file:///C:\\huisstijl.dotx" TargetMode="External"/>'
        b"</Relationships>"
    )
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(result, "w") as made:
        for name in package.namelist():
            made.writestr(name, package.read(name))
        made.writestr("word/_rels/settings.xml.rels", relation)
    return result.getvalue()


def test_the_same_file_twice_is_made_once(meeting: Path) -> None:
    assert len(api.make_documents([meeting, meeting], "agenda").written) == 1


def test_a_folder_that_cannot_be_written_is_told_and_loses_nothing(meeting: Path) -> None:
    blocked = meeting.parent / "vol"
    blocked.write_text("geen map", encoding="utf-8")
    outcome = api.make_documents([meeting], "agenda", api.Options(output=str(blocked / "x.docx")))
    assert outcome.exit_code == ExitCode.PROBLEMS
    assert outcome.written == []
    assert blocked.read_text(encoding="utf-8") == "geen map"


def test_a_value_that_does_not_fit_is_told_at_its_line_and_names_the_tag(meeting: Path) -> None:
    own_template(meeting.parent, text="{% for p in agendapunten %}{{ p.titel|datum }}{% endfor %}")
    outcome = api.make_documents([meeting], "agenda")
    (problem,) = outcome.problems
    assert (problem.place.file, problem.place.line) == (str(meeting), 4)
    assert problem.fields["word"] == "agendapunten[0].titel"
    assert "{{ p.titel|datum }}" in problem.found
    assert "hoofdtekst, alinea 1" in problem.found
    assert (outcome.written, outcome.exit_code) == ([], ExitCode.PROBLEMS)


def test_a_word_of_ones_own_that_does_not_fit_is_told_at_its_line(meeting: Path) -> None:
    own_template(meeting.parent, "eigen.docx", "{{ bedragen[1].som | bedrag }}")
    data = meeting.with_name("gegevens.yaml")
    data.write_text("bedragen:\n- som: 12,50\n- som: veel\n", encoding="utf-8")
    outcome = api.fill_file(meeting.parent / "sjablonen" / "eigen.docx", data)
    (problem,) = outcome.problems
    assert (problem.place.file, problem.place.line) == (str(data), 3)
    assert outcome.exit_code == ExitCode.PROBLEMS
