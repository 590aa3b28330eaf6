"""PDFs of single documents: of the document as it is now, or told to be old, with what to do."""

from __future__ import annotations

import os
import shlex
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx_making import new_document
from pdfminer.high_level import extract_text

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.pdf import FinishedPdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtdocs.api import Outcome

MEETING = "overleg: Proef\ndatum: 2025-03-19\ndagtekening: 2025-03-12\ntijd: '10:00'\n"
ITEMS = "agendapunten:\n  - titel: Opening\n"


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    path = tmp_path / "m.yaml"
    path.write_text(MEETING + ITEMS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def converting(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes conversions go by themselves, until so many are made."""

    def install(most: int) -> None:
        def convert_each(documents: list[object], **_: object) -> Iterator[FinishedPdf]:
            for number, _document in enumerate(documents):
                if number == most:
                    raise KeyboardInterrupt
                yield FinishedPdf(b"%PDF", pages=1)

        monkeypatch.setattr("lrtdocs.pdf.convert_each", convert_each)

    return install


def agenda(path: Path, *more: Path, pdf: bool = False) -> Outcome:
    return api.make_documents([path, *more], "agenda", api.Options(pdf=pdf))


def later(path: Path) -> None:
    """Let the meeting begin an hour later."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("10:00", "11:00"), encoding="utf-8")


def edit(path: Path) -> None:
    document = Document(str(path))
    document.paragraphs[-1].add_run("Van mij")
    document.save(str(path))


def follow(outcome: Outcome, code: str) -> Outcome:
    """Do literally what the remedy of the problem `code` says."""
    (problem,) = [problem for problem in outcome.problems if problem.code == code]
    program, command, *files = shlex.split(problem.remedy.rpartition(": ")[2])
    assert (program, command) == ("lrtdocs", "pdf")
    return api.make_pdfs([Path(file) for file in files])


def codes(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems if problem.code != "LRT402"]


@pytest.mark.office
def test_a_pdf_older_than_its_document_is_told_and_the_remedy_makes_it_anew(meeting: Path) -> None:
    docx, pdf = meeting.with_name("m-agenda.docx"), meeting.with_name("m-agenda.pdf")
    assert codes(agenda(meeting, pdf=True)) == []
    assert codes(agenda(meeting)) == []  # as it was
    later(meeting)
    for _ in range(2):
        outcome = agenda(meeting)
        assert (codes(outcome), outcome.exit_code) == (["LRT435"], ExitCode.DONE)
        assert outcome.problems[0].place.file == str(docx)
    made = follow(outcome, "LRT435")
    assert (made.written, made.exit_code) == ([Path(str(pdf))], ExitCode.DONE)
    assert "11.00 uur" in extract_text(pdf)
    assert codes(agenda(meeting)) == []


@pytest.mark.office
def test_a_document_edited_in_word_gets_its_pdf_as_the_message_says(tmp_path: Path) -> None:
    folder = tmp_path / "een map"
    folder.mkdir()
    path = folder / "m.yaml"
    path.write_text(MEETING + ITEMS, encoding="utf-8")
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    agenda(path, pdf=True)
    docx = folder / "m-agenda.docx"
    edit(docx)
    before = docx.read_bytes()
    outcome = agenda(path, pdf=True)
    assert (codes(outcome), outcome.exit_code) == (["LRT001", "LRT435"], ExitCode.PROBLEMS)
    made = follow(outcome, "LRT001")
    assert (codes(made), made.exit_code) == ([], ExitCode.DONE)
    assert "Van mij" in extract_text(docx.with_suffix(".pdf"))
    assert docx.read_bytes() == before
    assert codes(agenda(path)) == ["LRT001"]


@pytest.mark.office
def test_a_pdf_has_no_names_that_nobody_sees_and_of_fields_what_word_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = new_document()
    facts = document.core_properties
    facts.title, facts.author, facts.keywords = "Titel", "J. Jansen", "geheim"
    facts.last_modified_by = "P. Pietersen"
    paragraph = document.add_paragraph("Op ")
    for code, text in (("DATE", "1 april 2020"), ("FILENAME", "stuk.docx"), ("AUTHOR", "K. Kok")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)
        field.append(paragraph.add_run(f"{text} ")._r)
    document.save(str(path))

    outcome = api.make_pdfs([path])

    told = [one for one in outcome.problems if one.code == "LRT438"]
    (what,) = (one.fields["what"] for one in told)
    assert what.startswith("auteur, trefwoorden, laatst opgeslagen door")
    pdf = path.with_suffix(".pdf")
    assert "Op 1 april 2020 stuk.docx K. Kok" in extract_text(pdf)
    hidden = api.check_files([pdf, path]).problems
    assert {one.place.file for one in hidden if one.code == "LRT518"} == {str(path)}


@pytest.mark.office
def test_a_document_with_tracked_changes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = new_document()
    document.add_paragraph("Tekst")
    document.save(str(path))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    old = b"<w:r><w:t>Tekst"
    assert old in parts["word/document.xml"]
    new = b'<w:del w:id="1" w:author="x"><w:r><w:delText>Weg</w:delText></w:r></w:del>' + old
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    outcome = api.make_pdfs([path])
    assert (codes(outcome), outcome.exit_code) == (["LRT436"], ExitCode.PROBLEMS)
    assert not path.with_suffix(".pdf").exists()


def test_what_is_no_word_document_is_refused_and_the_others_are_made(
    meeting: Path, converting: Callable[[int], None]
) -> None:
    converting(9)
    agenda(meeting)
    docx = meeting.with_name("m-agenda.docx")
    outcome = api.make_pdfs([meeting, docx, docx, meeting.with_name("weg.docx")])
    assert outcome.written == [docx.with_suffix(".pdf")]
    assert outcome.exit_code == ExitCode.PROBLEMS
    assert codes(outcome) == ["LRT501", "LRT001"]


def test_of_a_pdf_that_is_not_ours_the_time_tells_whether_it_is_old(meeting: Path) -> None:
    docx, pdf = meeting.with_name("m-agenda.docx"), meeting.with_name("m-agenda.pdf")
    agenda(meeting)
    pdf.write_bytes(b"%PDF-1.7 van Word")
    assert codes(agenda(meeting)) == []
    os.utime(pdf, (1, 1))
    assert codes(agenda(meeting)) == ["LRT435"]
    assert docx.exists()


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_the_document_is_there_and_its_pdf_is_told_to_be_old(
    meeting: Path,
) -> None:
    meeting.with_name("m-agenda.pdf").write_bytes(b"%PDF-1.7")
    os.utime(meeting.with_name("m-agenda.pdf"), (1, 1))
    outcome = agenda(meeting, pdf=True)
    assert (codes(outcome), outcome.exit_code) == (["LRT435"], ExitCode.OFFICE)
    assert outcome.written == [meeting.with_name("m-agenda.docx")]


def test_ctrl_c_keeps_all_documents_and_the_pdfs_that_are_done(
    meeting: Path, converting: Callable[[int], None]
) -> None:
    other = meeting.with_name("n.yaml")
    other.write_text(MEETING + ITEMS, encoding="utf-8")
    converting(1)
    outcome = agenda(meeting, other, pdf=True)
    assert outcome.exit_code == ExitCode.INTERRUPTED
    names = ["m-agenda.docx", "n-agenda.docx", "m-agenda.pdf"]
    assert [path.name for path in outcome.written] == names
    assert all(path.exists() for path in outcome.written)
    assert outcome.remarks[0].startswith("Afgebroken.")


def test_a_font_that_is_not_here_is_told_once_for_all_documents(
    meeting: Path, converting: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = meeting.with_name("n.yaml")
    other.write_text(MEETING + ITEMS, encoding="utf-8")
    converting(9)
    monkeypatch.setattr("lrtdocs.pdf.office.fonts.find_replacement", lambda _font: "Anders")
    told = [p for p in agenda(meeting, other, pdf=True).problems if p.code == "LRT402"]
    assert len(told) == len({problem.fields["font"] for problem in told}) > 0


def test_a_template_that_is_not_filled_is_told(
    tmp_path: Path, converting: Callable[[int], None]
) -> None:
    converting(9)
    document = new_document()
    document.add_paragraph("Aan {{ naam }}")
    document.save(str(tmp_path / "a.docx"))
    outcome = api.make_pdfs([tmp_path / "a.docx"])
    assert codes(outcome) == ["LRT438", "LRT437"]  # python-docx gives a thumbnail with a profile
    assert outcome.problems[1].place.paragraph == 1
