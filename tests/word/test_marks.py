"""Marks in a document: links to what they mean, at its end."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn

from lrtdocs.language import Taal
from lrtdocs.word.marks import HEADING, for_pdf, link_marks

if TYPE_CHECKING:
    from docx.document import Document


def made(document: Document) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def linked(document: Document) -> Document:
    return docx.Document(BytesIO(link_marks(made(document))))


def test_a_document_without_marks_stays_as_it_is() -> None:
    document = docx.Document()
    document.add_paragraph("Zie [5.1.3] en [x].")
    data = made(document)

    assert link_marks(data) == data


def test_each_mark_is_a_link_to_its_meaning_and_the_text_stays() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Van ")
    run = paragraph.add_run("[5.1.2e] en [5.2], samen")
    run.bold = True
    run.add_tab()
    document.add_table(1, 1).cell(0, 0).text = "[5.1.2e]"
    result = linked(document)

    links = list(result.element.body.iter(qn("w:hyperlink")))
    assert result.paragraphs[0].text == "Van [5.1.2e] en [5.2], samen\t"
    assert [link.get(qn("w:anchor")) for link in links] == [
        "weggelaten_5_1_2e", "weggelaten_5_2", "weggelaten_5_1_2e",
    ]  # fmt: skip
    assert links[0].get(qn("w:tooltip")) == "weggelaten, artikel 5.1, tweede lid, onder e"
    assert links[0].find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}") is not None
    names = [mark.get(qn("w:name")) for mark in result.element.body.iter(qn("w:bookmarkStart"))]
    assert names == ["weggelaten_5_1_2e", "weggelaten_5_2"]


def test_at_the_end_each_ground_is_told_once_in_the_order_of_the_law() -> None:
    document = docx.Document()
    document.add_paragraph("[5.4] [5.1.2e] [5.4]")
    texts = [paragraph.text for paragraph in linked(document).paragraphs]

    assert texts[1] == HEADING[Taal.NL]
    assert texts[3].startswith("[5.1.2e] artikel 5.1, tweede lid, onder e, van de Wet open overhe")
    assert texts[4].startswith("[5.4] artikel 5.4 van de Wet open overheid: informatie bij de f")
    assert len(texts) == 5


def test_a_mark_in_a_link_or_a_header_is_told_and_is_no_link_itself() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Kenmerk [5.1.1e]"
    result = linked(document)

    assert result.paragraphs[-1].text.startswith("[5.1.1e] artikel 5.1, eerste lid, onder e")
    assert not list(result.sections[0].header._element.iter(qn("w:hyperlink")))


@pytest.mark.parametrize("style", ["Heading 1", "Heading 2"])
def test_the_heading_of_the_meanings_is_one_for_who_navigates(style: str) -> None:
    document = docx.Document()
    document.add_paragraph("[5.2]")
    document.add_paragraph("Kop", style=style)
    heading = next(one for one in linked(document).paragraphs if one.text == HEADING[Taal.NL])

    assert heading.paragraph_format.element.pPr.find(qn("w:outlineLvl")) is not None


def test_for_a_pdf_the_links_have_no_tips_for_libreoffice_would_drop_them() -> None:
    document = docx.Document()
    document.add_paragraph("[5.2]")
    result = docx.Document(BytesIO(for_pdf(link_marks(made(document)))))

    (link,) = result.element.body.iter(qn("w:hyperlink"))
    assert link.get(qn("w:tooltip")) is None
    assert link.get(qn("w:anchor")) == "weggelaten_5_2"
