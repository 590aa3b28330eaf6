"""`lrtdocs controleer` of a document that is finished: what it says, and what it says it saw."""

import json
from pathlib import Path

import docx
import docx_faults
import pikepdf
import pytest
from command_running import make_run
from docx_making import save
from office_faking import sample_pdf, write_program
from pdf_trees import build_pdf

from lrtdocs import api
from lrtdocs.errors import ExitCode

EXAMPLES = Path(__file__).parents[2] / "examples"
MEETINGS = [EXAMPLES / "2025-03-19-lrt.yaml", *sorted(EXAMPLES.glob("vergaderingen/*.yaml"))]
MAILINGS = [EXAMPLES / "brief.yaml", *sorted(EXAMPLES.glob("verzendingen/*/*.yaml"))]


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    return make_run(capsys)


def write(name, data):
    Path(name).write_bytes(data)
    return name


def keys(path):
    return {problem.key for problem in api.check(path) if problem.code.startswith("LRT87")}


@pytest.mark.parametrize("kind", ["agenda", "verslag"])
@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda path: path.stem)
def test_nothing_is_told_of_the_papers_of_an_example(meeting, kind, tmp_path):
    paper = tmp_path / f"{kind}.docx"
    paper.write_bytes(api.render_one(meeting, kind))

    assert api.check(paper) == []


@pytest.mark.parametrize("mailing", MAILINGS, ids=lambda path: path.stem)
def test_nothing_is_told_of_the_letters_of_an_example(mailing, tmp_path):
    api.make_letters(mailing, api.LettersOptions(tmp_path, proof=3))
    letters = sorted(tmp_path.rglob("*.docx"))

    assert letters
    assert {key for letter in letters for key in keys(letter)} == set()


@pytest.mark.parametrize("what", ["actiepunten", "besluiten"])
def test_nothing_is_told_of_a_list_over_meetings(run, what):
    assert run("lijst", what, *MEETINGS, "-o", "lijst.docx").code == ExitCode.DONE

    assert api.check("lijst.docx") == []


def test_a_document_is_told_by_which_rules_it_was_looked_at(run):
    result = run("controleer", write("goed.docx", docx_faults.clean()))

    assert result.code == ExitCode.DONE
    assert "Geen problemen gevonden." in result.err
    assert "goed.docx: bekeken volgens PDF/UA-1 en WCAG 2.2 AA" in result.err
    assert "niet bekeken, dat ziet alleen een mens" in result.err


@pytest.mark.parametrize("name", ["goed.docx", "goed.pdf"])
def test_no_document_is_ever_called_accessible(run, name):
    data = docx_faults.clean() if name.endswith("docx") else build_pdf(("Document", [("P", "a")]))
    result = run("controleer", write(name, data))

    assert "toegankelijk" not in result.err.replace("voor toegankelijkheid'", "")


def test_a_fault_stands_at_its_heading_and_paragraph(run):
    result = run("controleer", write("fout.docx", docx_faults.plant("typed numbers")))

    assert "hoofdtekst, alinea 16 (onder 'Wat er verandert'): waarschuwing LRT871" in result.err
    assert "gevonden: 1. een plan" in result.err
    assert "doe dit: Haal de getypte nummers weg" in result.err


def test_what_was_looked_at_is_told_to_programs_too(run):
    told = run("controleer", "--json", write("goed.docx", docx_faults.clean())).out.splitlines()

    assert [json.loads(line)["soort"] for line in told] == ["opmerking"]


def test_a_document_of_others_is_not_held_against_our_house_style(run):
    document = docx.Document()
    document.core_properties.title = "Uitnodiging"
    document.add_heading("Uitnodiging", 1)
    document.add_paragraph("Wij zien elkaar in mei.", style="List Bullet")
    write("vreemd.docx", save(document))

    assert keys("vreemd.docx") == set()
    assert {problem.code for problem in api.check("vreemd.docx")} == {"LRT518"}


def test_a_template_is_looked_at_as_before(run):
    told = {problem.code for problem in api.check(write("x.docx", docx_faults.template()))}

    assert "LRT351" in told
    assert not any(code.startswith("LRT87") for code in told)


def test_a_document_with_an_object_in_it_is_looked_at_all_the_same(run):
    write("object.docx", docx_faults.plant("an embedded sheet"))

    assert keys("object.docx") == {"LRT872.object"}
    assert {"LRT510", "LRT872"} <= {problem.code for problem in api.check("object.docx")}


def test_of_many_faults_of_one_kind_twenty_are_told_and_the_number_of_the_rest(run):
    document = docx_faults.start()
    for _ in range(30):
        docx_faults.add_picture(document, "")
    docx_faults.PLANTED["a formula"][1](document)
    problems = api.check(write("veel.docx", save(document)))
    pictures = [problem for problem in problems if problem.key == "LRT872.geen"]

    assert len(pictures) == 21
    assert "nog 9 keer verderop" in pictures[-1].message
    assert "LRT872.formule" in {problem.key for problem in problems}


def test_without_verapdf_it_is_told_that_nobody_asked_it(run):
    result = run("controleer", write("x.pdf", sample_pdf()))

    assert "veraPDF: staat niet op deze computer" in result.err
    assert "De PDF zegt van zichzelf: geen PDF/UA en geen PDF/A." in result.err


def test_what_verapdf_finds_is_told(run, tmp_path):
    write_program(tmp_path / "programs" / "verapdf", "verapdf_speaks")
    result = run("controleer", write("x.pdf", sample_pdf()))

    assert "veraPDF vindt een fout volgens PDF/UA-1, punt 7.1, test 8 (2 keer)." in result.err
    assert "gevonden: The Metadata stream & so on" in result.err
    assert "veraPDF: versie 1.28.2, volgens PDF/UA-1: 1 regel overtreden" in result.err
    assert result.err.count("LRT879") == 1


def test_a_verapdf_that_does_not_run_is_told(run, tmp_path):
    write_program(tmp_path / "programs" / "verapdf", "verapdf_babbles")
    result = run("controleer", write("x.pdf", sample_pdf()))

    assert "LRT879: veraPDF staat op deze computer, maar gaf geen uitslag (code 127)." in result.err
    assert "veraPDF: gaf geen uitslag" in result.err


def test_a_pdf_behind_a_password_is_told_and_nothing_is_said_of_it(run):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save("dicht.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    result = run("controleer", "dicht.pdf")

    assert result.code == ExitCode.PROBLEMS
    assert "LRT440" in result.err
    assert "bekeken volgens" not in result.err


def test_a_pdf_that_goes_round_in_circles_is_told(run):
    with pikepdf.open(write("x.pdf", build_pdf(("Document", [("P", "a")])))) as pdf:
        top = pdf.Root["/StructTreeRoot"]["/K"][0]
        top["/K"].append(top)
        pdf.save("rond.pdf")

    assert {problem.key for problem in api.check("rond.pdf")} == {"LRT440.opbouw"}
