"""What editing leaves behind in a template: comments, exact frames, symbol bullets, anchors."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx_making import (
    WORDS,
    body_of,
    change,
    docx_of,
    fill,
    members_of,
    new_document,
    paragraph_of,
    save,
    texts,
)
from office_saving import save_again

from lrtdocs.errors import Place, Problem
from lrtdocs.word.check.comments import mark_problems
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.ooxml import WP, parse_xml, w

MAIN = "word/document.xml"
FRAME = '<w:pPr><w:framePr w:w="4000" w:h="540" w:hRule="exact" w:x="{}" w:y="1"/></w:pPr>'
ANCHOR = (
    f'<w:r><w:drawing><wp:anchor xmlns:wp="{WP}"><wp:docPr id="3" name="vak"/></wp:anchor>'
    "</w:drawing></w:r>"
)
SHAPE = (
    "<w:r><w:pict><v:rect xmlns:v='urn:schemas-microsoft-com:vml' style='position:absolute;"
    f"width:9pt'><v:textbox><w:txbxContent>{paragraph_of('{{ naam }}')}</w:txbxContent>"
    "</v:textbox></v:rect></w:pict></w:r>"
)


def warnings_of(data: bytes) -> list[tuple[str, int | None]]:
    template = compile_template(data, "x.docx")
    return [(problem.code, problem.place.paragraph) for problem in template.warnings]


def commented(author: str) -> bytes:
    document = new_document()
    paragraph = document.add_paragraph("Beste {{ naam }}")
    document.add_comment(paragraph.runs, text="Vraag aan {{ x }}", author=author)
    return save(document)


def test_comments_stay_in_the_template_and_that_is_told() -> None:
    data = commented("Petra")
    assert warnings_of(data) == [("LRT323", None)]
    members = members_of(render(compile_template(data, "x.docx"), WORDS))
    assert not any("omments" in name for name in members)
    assert b"comment" not in members[MAIN]
    assert (
        b"omments" not in members["[Content_Types].xml"] + members["word/_rels/document.xml.rels"]
    )
    assert texts(fill(data)) == ["Beste Jan"]


def test_the_marks_of_lrtdocs_go_without_a_word() -> None:
    place = Place("x.docx", part="hoofdtekst", paragraph=1)
    marked = mark_problems(docx_of("Beste {{ naam }}"), [Problem("LRT303", place, "Fout.")])
    assert warnings_of(marked) == []
    assert texts(fill(marked)) == ["Beste Jan"]


def test_a_frame_with_tags_grows_and_one_without_keeps_its_height() -> None:
    varying = FRAME.format(1)
    body = paragraph_of(varying, "{{ naam }}") + paragraph_of(varying, "vast")
    data = body_of(body + paragraph_of(FRAME.format(2), "alleen vast"))
    frames = parse_xml(members_of(save(fill(data)))[MAIN]).iter(w("framePr"))
    heights = [(frame.get(w("h")), frame.get(w("hRule"))) for frame in frames]
    assert heights == [(None, None), (None, None), ("540", "exact")]


def test_bullets_of_a_symbol_font_become_characters_with_a_name() -> None:
    data = docx_of("x")
    text = members_of(data)["word/numbering.xml"].decode()
    assert "\uf0b7" in text
    out = members_of(render(compile_template(data, "x.docx"), {}))["word/numbering.xml"].decode()
    assert "\uf0b7" not in out
    assert '<w:lvlText w:val="•"/>' in out
    assert len(re.findall("<w:num ", out)) == len(re.findall("<w:num ", text))


@pytest.mark.parametrize("floating", [ANCHOR, SHAPE], ids=["drawing", "old shape"])
@pytest.mark.parametrize("tag", ["{%p if naam %}", "{% if naam %}"])
def test_what_floats_beside_a_tag_stays_before_it_and_that_is_told(tag: str, floating: str) -> None:
    end = paragraph_of(tag.replace("if naam", "endif"))
    data = body_of(paragraph_of(tag, floating) + paragraph_of("ja") + end)
    assert warnings_of(data) == [("LRT322", 1)]
    document = fill(data)
    assert texts(document) == ["", "ja"]
    first = document.paragraphs[0]._p
    assert len(list(first.iter(w("drawing"), w("pict")))) == 1
    assert first.pPr.find(w("spacing")).get(w("line")) == "20"
    assert texts(fill(data, {**WORDS, "naam": ""})) == [""]


def test_what_floats_between_tags_in_one_paragraph_is_theirs() -> None:
    data = body_of(paragraph_of("{% if naam %}", ANCHOR, "{% endif %}"))
    assert warnings_of(data) == []
    for naam, count in (("Jan", 1), ("", 0)):
        document = fill(data, {**WORDS, "naam": naam})
        assert len(list(document.element.iter(w("drawing")))) == count


@pytest.mark.office
def test_libreoffice_opens_a_document_made_of_a_paragraph_of_one_point() -> None:
    body = paragraph_of("{%p if naam %}", SHAPE) + paragraph_of("ja") + paragraph_of("{%p endif %}")
    (again,) = save_again(save(fill(body_of(body))))
    assert "ja" in texts(docx.Document(io.BytesIO(again)))


def test_a_template_of_word_itself_has_no_warnings() -> None:
    assert warnings_of(docx_of("{{ naam }}")) == []
    assert warnings_of(change(docx_of("x"), MAIN, "<w:sectPr", "<w:p/><w:sectPr")) == []


def test_a_row_of_an_exact_height_grows_with_what_is_filled_in() -> None:
    height = '<w:trPr><w:trHeight w:val="200" w:hRule="exact"/></w:trPr>'
    rows = "".join(
        f"<w:tr>{height}<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for text in ("{{ naam }}", "vast")
    )
    grid = '<w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>'
    out = fill(body_of(f"<w:tbl><w:tblPr/>{grid}{rows}</w:tbl><w:p/>"))
    heights = [one.get(w("hRule")) for one in out.element.iter(w("trHeight"))]
    assert heights == ["atLeast", "exact"]


def test_a_heading_that_was_folded_in_word_is_open_in_the_document() -> None:
    folded = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    body = f"<w:p><w:pPr><w15:collapsed {folded}/></w:pPr><w:r><w:t>Kop</w:t></w:r></w:p><w:p/>"
    assert b"collapsed" not in members_of(save(fill(body_of(body))))[MAIN]
