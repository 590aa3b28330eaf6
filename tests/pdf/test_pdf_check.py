from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pdf_trees import build_pdf
from pikepdf import Array, Dictionary, Name

from lrtdocs.errors import Severity
from lrtdocs.pdf import check_pdf
from lrtdocs.pdf.structure.finish import Job, finish
from lrtdocs.word.facts import DocumentFacts

GOOD = (("H1", "kop"), ("H2", "onder"), ("P", "tekst"))


def test_a_good_structure_that_claims_nothing_is_told_only_that():
    assert _codes(*GOOD) == ["LRT420"]


def test_a_pdf_without_tags_is_told():
    assert [problem.code for problem in check_pdf(build_pdf(), "x.pdf")] == ["LRT410"]


def test_a_pdf_of_others_needs_no_document_element_and_one_of_ours_does():
    loose = build_pdf(("P", "los"))
    made = finish(Job(loose, DocumentFacts(), datetime(2025, 3, 14, tzinfo=UTC), claim=True))

    assert [problem.code for problem in check_pdf(loose, "x.pdf")] == ["LRT420"]
    assert not isinstance(made, str)
    assert [fault.key for fault in made.faults] == ["LRT410"]


def test_a_fault_is_told_with_its_page():
    (problem,) = check_pdf(build_pdf(("Document", [("Figure", "")])), "x.pdf")

    assert str(problem.place) == "x.pdf, bladzijde 1"


def test_problems_are_warnings_and_name_the_file():
    (problem,) = check_pdf(build_pdf(), "agenda.pdf")

    assert problem.severity is Severity.WARNING
    assert problem.place.file == "agenda.pdf"
    assert problem.remedy


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("LRT411", [("H2", "te diep begonnen")]),
        ("LRT411", [("H1", "een"), ("H3", "overgeslagen")]),
        ("LRT412", [("L", [("LI", [("LBody", "zonder streepje")])])]),
        ("LRT412", [("L", [("P", "geen onderdeel")])]),
        ("LRT413", [("Table", [("TR", [("TD", "a"), ("TD", "b"), ("TD", "c")])])]),
        ("LRT413", [("Table", [("TR", [("TH", "zonder bereik")])])]),
        ("LRT412", [("LI", [("Lbl", "-"), ("LBody", "los")])]),
        ("LRT422", [("Table", [("TR", [("TH", "Nr", {"Scope": "Column"})]), ("TR", "")])]),
        ("LRT414", [("Figure", "", {})]),
        ("LRT414", [("Figure", "", {"/Alt": "  "})]),
    ],
)
def test_a_fault_in_the_structure_is_told(code, content):
    assert _codes(*content) == [code]


def test_a_figure_with_words_is_good():
    assert _codes(("Figure", "", {"/Alt": "Logo"})) == ["LRT420"]


@pytest.mark.parametrize(("language", "found"), [("fr-FR", "fr-FR"), ("", "geen taal")])
def test_another_language_than_dutch_or_english_is_told(language, found):
    problems = check_pdf(build_pdf(("Document", list(GOOD)), language=language), "x.pdf")

    assert [(problem.code, problem.found) for problem in problems] == [("LRT415", found)]


@pytest.mark.parametrize(("language", "told"), [("en-GB", ["LRT420"]), ("nl-NL", ["LRT415"])])
def test_a_text_that_is_surely_english_must_be_said_to_be(language, told):
    text = "I would like to invite you to the session that will be held with the mayor for this."
    tagged = build_pdf(("Document", [("H1", "kop"), ("P", text)]), language=language)

    assert [problem.code for problem in check_pdf(tagged, "x.pdf")] == told


@pytest.mark.parametrize(("asked", "told"), [("en-GB", True), ("nl-NL", False)])
def test_a_pdf_in_another_language_than_its_document_is_told(asked, told):
    facts = replace(DocumentFacts(), language=asked)
    pdf = build_pdf(("Document", list(GOOD)), language="nl-NL")
    made = finish(Job(pdf, facts, datetime(2025, 3, 14, tzinfo=UTC), claim=False))

    assert not isinstance(made, str)
    wrong = [fault.fields for fault in made.faults if fault.key == "LRT415"]
    english = {"name": "Engels", "wanted": "en-GB", "language": "nl-NL"}
    assert wrong == ([english] if told else [])


def test_a_missing_title_is_told():
    problems = check_pdf(build_pdf(("Document", list(GOOD)), title=""), "x.pdf")

    assert [problem.code for problem in problems] == ["LRT416"]


def test_a_font_that_is_not_embedded_is_told_by_name():
    with pikepdf.open(BytesIO(build_pdf(("Document", list(GOOD))))) as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Verdana)
        pdf.pages[0].obj["/Resources"] = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))

        (problem,) = check_pdf(_save(pdf), "x.pdf")

    assert (problem.code, problem.found) == ("LRT417", "Verdana")


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("LRT418", {}),
        ("LRT419", {"/StructParent": 0}),
        ("LRT420", {"/StructParent": 0, "/Contents": "Naar"}),
    ],
)
def test_a_link_that_is_not_tagged_or_not_described_is_told(code, extra):
    with pikepdf.open(BytesIO(build_pdf(("Document", [*GOOD, ("Link", "")])))) as pdf:
        annotation = pdf.make_indirect(Dictionary({"/Subtype": Name.Link, **extra}))
        pdf.pages[0].obj["/Annots"] = Array([annotation])
        if code != "LRT418":
            element = pdf.Root["/StructTreeRoot"]["/K"][0]["/K"][3]
            element["/K"] = Dictionary(Type=Name.OBJR, Obj=annotation)

        assert [problem.code for problem in check_pdf(_save(pdf), "x.pdf")] == [code]


def _codes(*content):
    return [problem.code for problem in check_pdf(build_pdf(("Document", list(content))), "x.pdf")]


def _save(pdf):
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()
