"""What keeps a document from being read by all: one fault each, and what only looks like one."""

import copy
import io
import re

import docx
import docx_faults
import pytest
from docx.oxml.ns import qn
from docx_making import docx_of, save

from lrtdocs.errors import Severity
from lrtdocs.word.accessibility import check_accessibility
from lrtdocs.word.accessibility.looks import contrast
from lrtdocs.word.package.guards import read_any


def problems_of(data):
    return check_accessibility(read_any(data, "x.docx"))


def keys_of(data):
    return sorted({problem.key for problem in problems_of(data)})


def test_nothing_is_told_of_a_good_document():
    assert problems_of(docx_faults.good()) == []


@pytest.mark.parametrize("name", docx_faults.PLANTED)
def test_a_fault_is_told_and_nothing_else(name):
    assert keys_of(docx_faults.plant(name)) == [docx_faults.PLANTED[name][0]]


@pytest.mark.parametrize("name", docx_faults.RIGHT)
def test_what_looks_like_a_fault_is_not_told(name):
    assert keys_of(docx_faults.plant(name)) == []


def test_a_locked_document_is_told():
    assert keys_of(docx_faults.plant_lock()) == ["LRT870.vergrendeld"]


def as_list(style):
    """Return what takes typed signs away and makes the last paragraphs a list of Word."""

    def follow(document):
        for paragraph in document.paragraphs:
            typed = re.match(r"(?:[-•]|\d\.|[a-z]\))\s", paragraph.text)
            if typed and paragraph.style.name == "Normal":
                paragraph.runs[0].text = paragraph.text[typed.end() :]
                paragraph.style = document.styles[style]

    return follow


def in_style(style):
    """Return what puts the paragraph that looks like a heading in a style for headings."""

    def follow(document):
        paragraph = next(p for p in document.paragraphs if p.text.startswith("Hoe het verder"))
        paragraph.style = document.styles[style]

    return follow


def as_table(document):
    """Make a table with a header row of the lines with tabs."""
    lines = [p for p in document.paragraphs if "\t" in p.text]
    docx_faults.add_table(document, *(p.text.split("\t") for p in lines))
    for line in lines:
        line._p.getparent().remove(line._p)


def as_text(document):
    """Make paragraphs of the last table."""
    table = document.tables[-1]
    for cell in table._cells:
        table._tbl.addprevious(copy.deepcopy(cell.paragraphs[0]._p))
    table._tbl.getparent().remove(table._tbl)


def with_words(document):
    for picture in document.inline_shapes:
        picture._inline.docPr.set("descr", "Kaart van Nederland")


def without_colour(document):
    for mark in [
        *document.element.iter(qn("w:color")),
        *document.styles.element.iter(qn("w:color")),
    ]:
        mark.set(qn("w:val"), "auto")


def in_dutch(document):
    for mark in [*document.element.iter(qn("w:lang")), *document.styles.element.iter(qn("w:lang"))]:
        mark.set(qn("w:val"), "nl-NL")


FOLLOWED = [
    ("title is a file name", lambda d: setattr(d.core_properties, "title", "Verlenging")),
    ("another language", in_dutch),
    ("Dutch marked as English", in_dutch),
    ("a bold line as heading", in_style("Heading 2")),
    ("a large line as heading", in_style("Heading 3")),
    ("typed dashes", as_list("List Bullet")),
    ("typed bullets", as_list("List Bullet")),
    ("typed numbers", as_list("List Number")),
    ("typed letters", as_list("List Number")),
    ("a picture without words", with_words),
    ("words that Word made up", with_words),
    ("a table without header row", lambda d: docx_faults.mark_header(d.tables[-1].rows[0])),
    ("a table of one row", as_text),
    ("a table of one column", as_text),
    ("columns of tabs", as_table),
    ("pale text", without_colour),
    ("white text in a grey cell", without_colour),
    ("a pale style", without_colour),
]


@pytest.mark.parametrize(("name", "follow"), FOLLOWED, ids=[name for name, _ in FOLLOWED])
def test_who_does_what_a_message_says_hears_it_no_more(name, follow):
    document = docx.Document(io.BytesIO(docx_faults.plant(name)))
    follow(document)

    assert keys_of(save(document)) == []


def test_a_text_is_measured_against_what_is_behind_it():
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("FFFFFF", "154273") > 9


def test_what_is_told_is_no_reason_to_make_no_document():
    told = [p for name in docx_faults.PLANTED for p in problems_of(docx_faults.plant(name))]

    assert {problem.severity for problem in told} == {Severity.WARNING, Severity.TIP}
    assert all(problem.remedy for problem in told)


def test_a_text_of_three_words_says_nothing_of_its_language():
    assert keys_of(docx_of("Please see below.")) == ["LRT870.geen-titel"]
