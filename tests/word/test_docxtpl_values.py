"""Values made with docxtpl: what is text is printed, what belongs to its document is refused."""

from __future__ import annotations

import io

import docxtpl
import pytest
from docx_making import docx_of, fill, problems_of


def rich() -> docxtpl.RichText:
    text = docxtpl.RichText("vet & <x>", bold=True)
    text.add(" rood\nregel\ttab", color="FF0000")
    return text


def test_rich_text_is_printed_with_its_formatting_breaks_and_tabs() -> None:
    runs = fill(docx_of("Voor {{r t }} na"), {"t": rich()}).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [
        ("Voor ", None),
        ("vet & <x>", True),
        (" rood\nregel\ttab", None),
        (" na", None),
    ]


def test_a_paragraph_of_rich_text_is_printed_in_the_place_of_its_own() -> None:
    paragraph = docxtpl.RichTextParagraph()
    paragraph.add(rich())
    document = fill(docx_of("a", "{{p t }}"), {"t": paragraph})
    assert document.paragraphs[1].text.startswith("vet & <x>")


def test_a_listing_is_text_with_breaks() -> None:
    words = {"t": docxtpl.Listing("a & b\nc")}
    assert fill(docx_of("{{ t }}"), words).paragraphs[0].text == "a & b\nc"


def refused() -> list[tuple[str, object]]:
    template = docxtpl.DocxTemplate(io.BytesIO(docx_of("x")))
    link = docxtpl.RichText("x", url_id=template.build_url_id("https://x.nl"))
    picture = docxtpl.InlineImage(template, io.BytesIO(b""))
    broken = docxtpl.RichText("x")
    broken.xml = "<w:r><w:t>x"
    return [
        ("{{ t }}", rich()),
        ("{{p t }}", rich()),
        ("{{r t }}", link),
        ("{{ t }}", picture),
        ("{{r t }}", picture),
        ("{{r t }}", broken),
        ("{{ t }}", b"bytes"),
        ("{{ t }}", object()),
        ("{{ 'a' ~ t }}", ["lijst"]),
    ]


@pytest.mark.parametrize(("line", "value"), refused(), ids=lambda v: type(v).__name__)
def test_what_cannot_be_printed_is_refused_with_a_remedy(line: str, value: object) -> None:
    (problem,) = problems_of(docx_of("a", line), {"t": value})
    assert (problem.code, problem.place.paragraph) == ("LRT314", 2)
    assert problem.remedy


def test_a_document_in_a_document_is_refused_with_what_to_do_instead() -> None:
    kind = type("Subdoc", (), {"__module__": "docxtpl.subdoc", "__html__": lambda _: "<w:p/>"})
    (problem,) = problems_of(docx_of("{{p t }}"), {"t": kind()})
    assert "Subdoc" in problem.message
    assert "| tekst" in problem.remedy
