import json
import os
import pickle
import re
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pdf_converting import convert_each, convert_many, convert_one, documents
from pdf_documents import build_letter
from pdfminer.high_level import extract_text

from lrtdocs.errors import ExitCode
from lrtdocs.pdf import ConversionError, FinishedPdf, probe
from lrtdocs.pdf.office.backend import TIMEOUT_SETTING, time_limit

DOCX = b"PK not really"


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setenv(TIMEOUT_SETTING, "0.3")
    monkeypatch.setattr("lrtdocs.pdf.office.backend.SECONDS_PER_PAGE", 0.0)


def test_each_document_becomes_a_pdf(fake_office):
    fake_office("works")

    assert all(pdf.startswith(b"%PDF-") for pdf in convert_many([DOCX, DOCX]))


def test_nothing_to_convert_is_no_work(fake_office):
    fake_office("hangs")

    assert convert_many([]) == []


@pytest.mark.usefixtures("hasty")
def test_a_soffice_that_hangs_is_stopped_and_the_document_named(fake_office):
    fake_office("hangs")
    start = time.monotonic()

    with pytest.raises(ConversionError, match=r"^brief\.docx: .*LRT408: .*0\.3 seconden") as e:
        convert_one(DOCX, name="brief.docx")

    assert e.value.exit_code is ExitCode.OFFICE
    assert time.monotonic() - start < 20


def test_a_soffice_that_crashes_is_told_with_its_last_words(fake_office):
    fake_office("crashes")

    with pytest.raises(ConversionError, match=r"LRT409.*Unspecified Application Error"):
        convert_one(DOCX, name="brief.docx")


def test_exit_code_0_without_a_pdf_is_a_failure(fake_office):
    fake_office("writes_nothing")

    with pytest.raises(ConversionError, match=r"LRT423.*source file could not be loaded"):
        convert_one(DOCX, name="brief.docx")


@pytest.mark.parametrize("fake", ["writes_rubbish", "writes_half"])
def test_exit_code_0_with_rubbish_is_a_failure(fake_office, fake):
    fake_office(fake)

    with pytest.raises(ConversionError, match=r"^brief\.docx: fout LRT424: De PDF van LibreOffice"):
        convert_one(DOCX, name="brief.docx")


@pytest.mark.parametrize("count", [1, 3])
def test_a_fresh_profile_that_answers_81_is_tried_again(fake_office, count):
    fake_office("exits_81_once")

    assert len(convert_many([DOCX] * count)) == count


def test_one_bad_document_costs_the_others_nothing_and_is_named(fake_office):
    fake_office("chokes_on_one")

    first, second, third = convert_each([DOCX, b"STUK", DOCX], names=["a", "b", "c"])

    assert isinstance(first, FinishedPdf)
    assert second.problems[0].code == "LRT409"
    assert second.document == "b"
    assert isinstance(third, FinishedPdf)


def test_what_soffice_started_does_not_outlive_it(fake_office):
    path = fake_office("leaves_grandchild")

    convert_one(DOCX)

    assert not _runs(int((path.parent / "grandchild").read_text(encoding="utf-8")))


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fake", ["works", "hangs", "crashes", "writes_rubbish"])
def test_no_temporary_file_is_left(fake_office, temporary, fake):
    fake_office(fake)

    convert_each([DOCX])

    assert list(temporary.iterdir()) == []


def test_a_temporary_folder_that_cannot_be_used_is_told(fake_office, temporary):
    fake_office("works")
    probe()
    temporary.rmdir()

    with pytest.raises(ConversionError, match=rf"^brief\.docx: .*LRT407.*\n.*{temporary}"):
        convert_one(DOCX, name="brief.docx")


def test_soffice_gets_a_closed_profile_and_hardly_any_environment(fake_office, monkeypatch):
    monkeypatch.setenv("GEHEIM", "kanarie")
    path = fake_office("tells_all")

    convert_one(DOCX, name="-vreemde 'naam'.docx")

    told = json.loads((path.parent / "told.json").read_text(encoding="utf-8"))
    allowed = {"PATH", "HOME", "LANG", "TMPDIR", "FONTCONFIG_FILE", "LC_CTYPE"}
    assert set(told["environment"]) <= allowed
    assert told["environment"]["HOME"] != str(Path.home())
    assert "--infilter=MS Word 2007 XML" in told["arguments"]
    assert told["arguments"][-1].endswith("brief.docx")
    for name in ("BlockUntrustedRefererLinks", "DisableMacrosExecution", "DisableActiveContent"):
        assert f'oor:name="{name}" oor:op="fuse"><value>true<' in told["settings"]
    assert 'oor:name="MacroSecurityLevel" oor:op="fuse"><value>3<' in told["settings"]
    assert 'oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9<' in told["settings"]
    assert '<alias binding="same"><family>Verdana</family>' in told["fonts"]


def build_contents(chapters: int) -> bytes:
    """Return a document with a table of contents whose lines are old, of a page a chapter."""
    document = Document(BytesIO(build_letter("voorblad")))
    line = document.add_paragraph()
    for kind in ("begin", "separate", "end"):
        line.add_run()._r.append(OxmlElement("w:fldChar"))
        line.runs[-1]._r[-1].set(qn("w:fldCharType"), kind)
        if kind == "begin":
            line.add_run()._r.append(OxmlElement("w:instrText"))
            line.runs[-1]._r[-1].text = ' TOC \\o "1-3" '
        if kind == "separate":
            line.add_run("oude regel 99")
    for number in range(1, chapters + 1):
        heading = document.add_heading(f"Hoofdstuk {number}", level=1)
        heading.paragraph_format.page_break_before = True
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.office
def test_a_table_of_contents_has_the_right_pages_also_with_two_digits():
    pdf = convert_one(build_contents(12))

    pages = [" ".join(page.split()) for page in extract_text(BytesIO(pdf)).split("\f")]
    lines = re.findall(r"Hoofdstuk (\d+)\W+(\d+)", pages[0])
    assert [(int(number), int(page)) for number, page in lines] == [
        (number, number + 1) for number in range(1, 13)
    ]
    assert "oude regel" not in pages[0]
    assert all(f"Hoofdstuk {number}" in pages[number] for number in range(1, 13))


def test_a_table_of_contents_is_refused_where_it_cannot_be_made(fake_office, monkeypatch):
    fake_office("works")
    monkeypatch.setattr("lrtdocs.pdf.office.server.find_python", lambda _office: "")

    with pytest.raises(ConversionError, match=r"LRT428.*\n.*python3-uno"):
        convert_one(build_contents(1))


def test_notes_and_form_fields_stay_out_of_the_pdf(fake_office):
    path = fake_office("tells_all")

    convert_one(DOCX)

    arguments = json.loads((path.parent / "told.json").read_text(encoding="utf-8"))["arguments"]
    options = json.loads(arguments[arguments.index("--convert-to") + 1].split(":", 2)[2])
    assert {options[name]["value"] for name in ("ExportNotes", "ExportFormFields")} == {"false"}
    assert options["PDFUACompliance"]["value"] == "true"


def test_the_time_limit_grows_with_the_pages():
    letters = [build_letter("kort"), build_letter("lang", pages=400), DOCX]

    assert [time_limit(each.task.pages) for each in documents(letters)] == [61, 71, 61]


def test_the_time_limit_can_be_set(monkeypatch):
    monkeypatch.setenv(TIMEOUT_SETTING, "300")

    assert time_limit(1) == 301


def test_the_caller_s_moment_becomes_the_date_of_the_pdf(fake_office):
    fake_office("works")

    pdf = convert_one(DOCX, moment=datetime(2025, 3, 14, 12, tzinfo=UTC))

    assert _date(pdf) == "D:20250314120000Z"


def test_source_date_epoch_becomes_the_date_of_the_pdf(fake_office, monkeypatch):
    fake_office("works")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    assert _date(convert_one(DOCX)) == "D:19700102000000Z"


def test_without_any_moment_the_date_of_the_document_is_taken(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    letter, nothing = documents([build_letter("tekst"), DOCX])

    assert letter.date == datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
    assert nothing.date == datetime(2000, 1, 1, tzinfo=UTC)


def test_a_pdf_with_the_text_of_something_else_is_refused(fake_office):
    fake_office("works")

    with pytest.raises(ConversionError, match=r"^brief\.docx: fout LRT425"):
        convert_one(build_letter("tekst"), name="brief.docx")


def test_the_errors_survive_a_process_boundary():
    error = ConversionError.of("LRT424", "brief.docx", reason="stuk")
    again = pickle.loads(pickle.dumps(error))

    assert (str(again), again.document) == (str(error), "brief.docx")


def _date(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        return str(opened.docinfo["/CreationDate"])


def _runs(number):
    """Tell whether process `number` runs; a dead one that nobody has buried does not."""
    try:
        os.kill(number, 0)
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}
