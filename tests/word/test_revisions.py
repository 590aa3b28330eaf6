"""Tracked changes in a template are accepted, and told."""

from __future__ import annotations

import pytest
from docx_making import WORDS, body_of, fill, members_of, paragraph_of, save, texts

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render

INSERTED = "<w:ins w:id='1' w:author='a'><w:r><w:t>{{ na</w:t></w:r></w:ins>"
DELETED = "<w:del w:id='2' w:author='a'><w:r><w:delText>{{ fout }}</w:delText></w:r></w:del>"
MARK = "<w:pPr><w:rPr><w:del w:id='5' w:author='a'/></w:rPr></w:pPr>"
ROW = "<w:tr><w:trPr>{}</w:trPr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (paragraph_of(INSERTED, "am }}", DELETED, " dag"), ["Jan dag"]),
        (paragraph_of(MARK, "{{ na") + paragraph_of("am }} klaar"), ["Jan klaar"]),
        (
            paragraph_of("<w:pPr><w:jc w:val='left'/><w:pPrChange w:id='9' w:author='a'/></w:pPr>"),
            [""],
        ),
        (
            paragraph_of("<w:moveFrom w:id='2' w:author='a'><w:r><w:t>weg</w:t></w:r></w:moveFrom>")
            + paragraph_of("<w:moveTo w:id='3' w:author='a'><w:r><w:t>hier</w:t></w:r></w:moveTo>"),
            ["", "hier"],
        ),
    ],
)
def test_changes_are_accepted_with_a_warning(xml: str, expected: list[str]) -> None:
    data = body_of(xml)
    template = compile_template(data, "x.docx")
    assert [(w.code, w.place.part) for w in template.warnings] == [("LRT317", "hoofdtekst")]
    assert texts(fill(data)) == expected
    main = members_of(render(template, WORDS))["word/document.xml"]
    assert not any(name in main for name in (b"<w:ins ", b"<w:del ", b"w:move", b"Change"))


def test_a_deleted_row_is_gone() -> None:
    deleted = ROW.format("<w:del w:id='1' w:author='a'/>", "weg")
    inserted = ROW.format("<w:ins w:id='1' w:author='a'/>", "{{ naam }}")
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{deleted}{inserted}</w:tbl><w:p/>"
    rows = fill(body_of(table)).tables[0].rows
    assert [row.cells[0].text for row in rows] == ["Jan"]


def test_a_link_in_an_insertion_is_a_plain_link() -> None:
    xml = paragraph_of(INSERTED.replace("{{ na", "{{ 'x.nl' | link }}"))
    out = save(fill(body_of(xml)))
    assert b"<w:ins" not in members_of(out)["word/document.xml"]


def test_a_template_without_changes_has_no_warning() -> None:
    assert compile_template(body_of(paragraph_of("{{ naam }}")), "x.docx").warnings == ()
