"""Filling: every part, once; ids unique; the same bytes; nothing Word would repair."""

from __future__ import annotations

import io
import re
import time
import zlib
from collections import Counter

import docx
import docx.enum.text
import pytest
from docx.shared import Cm
from docx_making import (
    WORDS,
    body_of,
    cells,
    change,
    docx_of,
    fill,
    members_of,
    new_document,
    paragraph_of,
    problems_of,
    repack,
    save,
    texts,
    with_part,
)

from lrtdocs.errors import TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.fill.variants import picture_names
from lrtdocs.word.package.ooxml import W
from lrtdocs.word.package.package import Package
from lrtdocs.word.story.lint import check_package

MAIN = "word/document.xml"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_picture(*around: str) -> bytes:
    document = new_document()
    for text in around[: len(around) // 2]:
        document.add_paragraph(text)
    document.add_picture(io.BytesIO(png(20, 10)), width=Cm(4))
    for text in around[len(around) // 2 :]:
        document.add_paragraph(text)
    properties = next(document.element.iter(docx.oxml.ns.qn("wp:docPr")))
    properties.set("name", "logo")
    properties.set("descr", "Logo van {{ naam }}")
    return save(document)


def test_two_runs_give_the_same_bytes() -> None:
    data = docx_of("{{ naam }} {{ 'www.ede.nl' | link }}", "{{ '1. a' | tekst }}")
    one, two = (render(compile_template(data, "x.docx"), WORDS) for _ in range(2))
    assert one == two


def test_one_compiled_template_fills_many_documents_without_traces_of_each_other() -> None:
    template = compile_template(
        docx_of("{{ naam }}", "{{ t | tekst }}", "{{ u | link }}"), "x.docx"
    )
    first = render(template, {"naam": "a", "t": "1. x", "u": "a.nl"})
    render(template, {"naam": "b", "t": "1. x\n\ny\n\n1. z", "u": "b.nl"})
    assert render(template, {"naam": "a", "t": "1. x", "u": "a.nl"}) == first


def test_title_and_other_properties_are_filled() -> None:
    document = new_document()
    document.core_properties.title = "Brief aan {{ naam }}"
    document.core_properties.subject = "{% if leeg %}x{% else %}y{% endif %}"
    document.core_properties.author = "{{ naam }}"
    out = fill(save(document), {**WORDS, "naam": "B&W <m>"})
    assert out.core_properties.title == "Brief aan B&W <m>"
    assert out.core_properties.subject == "y"
    assert out.core_properties.author == "B&W <m>"


def test_footnotes_and_endnotes_are_filled_once() -> None:
    body = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:t>{{{{ naam }}}}</w:t></w:r></w:p></w:{kind}>'
        for kind, n in (("footnote", 2),)
    )
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    notes = f'<w:footnotes xmlns:w="{w}">{body}</w:footnotes>'.encode()
    data = with_part(docx_of("a"), "word/footnotes.xml", notes, kind, "footnotes")
    out = render(compile_template(data, "x.docx"), {"naam": "{{ 7*7 }}"})
    assert b"{{ 7*7 }}" in members_of(out)["word/footnotes.xml"]
    broken = change(data, "word/footnotes.xml", "naam", "naamm")
    assert problems_of(broken)[0].place.part == "voetnoten"


def test_drawings_and_bookmarks_in_a_loop_get_ids_of_their_own() -> None:
    data = with_picture("{%p for naam in leden %}", "{%p endfor %}")
    mark = '<w:bookmarkStart w:id="0" w:name="hier"/>'
    data = change(data, MAIN, "<w:drawing", "<w:drawing")
    xml = members_of(data)[MAIN].decode()
    xml = re.sub(r"(<w:p>)(<w:r>\s*<w:drawing)", rf"\1{mark}\2", xml)
    xml = xml.replace("</w:drawing></w:r>", '</w:drawing></w:r><w:bookmarkEnd w:id="0"/>')
    assert mark in xml
    out = render(compile_template(repack(data, **{MAIN: xml.encode()}), "x.docx"), WORDS)
    text = members_of(out)[MAIN].decode()
    for pattern in (r'<wp:docPr id="(\d+)"', r'bookmarkStart w:id="(\d+)"', r'w:name="(hier\w*)"'):
        found = re.findall(pattern, text)
        assert len(found) == 3
        assert max(Counter(found).values()) == 1
    assert re.findall(r'bookmarkStart w:id="(\d+)"', text) == re.findall(
        r'bookmarkEnd w:id="(\d+)"', text
    )
    assert 'descr="Logo van Piet"' in text


def test_text_boxes_and_content_controls_are_filled() -> None:
    v = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    inner = "<w:p><w:r><w:t>{{ naam }</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p>"
    control = "<w:p><w:r><w:t>{{ getal }}</w:t></w:r></w:p>"
    box = (
        f"<w:p><w:r><w:pict><v:shape {v} id='s1'><v:textbox><w:txbxContent>{inner}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{control}</w:sdtContent></w:sdt>"
    )
    data = change(docx_of("a"), MAIN, "<w:sectPr", box + "<w:sectPr")
    text = members_of(render(compile_template(data, "x.docx"), WORDS))[MAIN].decode()
    assert ">Jan</w:t>" in text
    assert ">13000</w:t>" in text


def test_a_list_in_an_inner_loop_restarts_for_each_pass_of_the_outer_loop() -> None:
    document = new_document()
    for text in ("{% for p in punten %}", "{{ p.titel }}", "{% for l in p.leden %}"):
        document.add_paragraph(text)
    document.add_paragraph("{{ l }}", style="List Number")
    for text in ("{% endfor %}", "{% endfor %}"):
        document.add_paragraph(text)
    out = render(compile_template(save(document), "x.docx"), WORDS)
    used = re.findall(r'w:numId w:val="(\d+)"', members_of(out)[MAIN].decode())
    assert used[0] == used[1] != used[2]


def test_a_list_in_one_loop_counts_on() -> None:
    document = new_document()
    document.add_paragraph("{% for l in leden %}")
    document.add_paragraph("{{ l }}", style="List Number")
    document.add_paragraph("{% endfor %}")
    out = render(compile_template(save(document), "x.docx"), WORDS)
    assert "w:numId" not in members_of(out)[MAIN].decode()


def test_a_table_whose_rows_all_go_goes_too() -> None:
    rows = [["{%tr for x in niets %}", ""], ["{{ x }}", ""], ["{%tr endfor %}", ""]]
    assert fill(docx_of("a", table=rows)).tables == []


def test_plain_loops_around_the_cells_of_a_row_repeat_the_row() -> None:
    rows = [
        ["Kop", "Kop"],
        ["{% for p in punten %}{{ p.titel }}", "{{ p.leden | opsomming }}{% endfor %}"],
    ]
    assert cells(fill(docx_of(table=rows))) == [
        ["Kop", "Kop"],
        ["Opening", "a en b"],
        ["Sluiting", "c"],
    ]


def test_plain_loops_alone_in_rows_repeat_the_rows_between() -> None:
    rows = [["{% for l in leden %}", ""], ["{{ l }}", "x"], ["{% endfor %}", ""]]
    assert cells(fill(docx_of(table=rows))) == [["Jan", "x"], ["Piet", "x"], ["Klaas", "x"]]


def test_columns_in_a_loop_share_the_width_of_the_table() -> None:
    table = [["Naam", "{%tc for l in leden %}", "{{ l }}", "{%tc endfor %}"]]
    document = fill(docx_of(table=table))
    grid = document.tables[0]._tbl.tblGrid
    widths = [int(column.get(docx.oxml.ns.qn("w:w"))) for column in grid]
    original = docx.Document(io.BytesIO(docx_of(table=table))).tables[0]._tbl.tblGrid
    total = sum(int(column.get(docx.oxml.ns.qn("w:w"))) for column in original)
    assert len(widths) == 4
    assert sum(widths) == total


@pytest.mark.parametrize(("width", "height"), [(40, 20), (20, 20), (30, 10)])
def test_a_picture_keeps_its_shape_inside_the_box(width: int, height: int) -> None:
    before = docx.Document(io.BytesIO(with_picture())).inline_shapes[0]
    document = fill(with_picture(), pictures={"logo": png(width, height)})
    after = document.inline_shapes[0]
    assert after.width <= before.width
    assert after.height <= before.height * 1.2 + 1
    assert after.width / after.height == pytest.approx(width / height, rel=0.01)


def test_a_picture_of_another_kind_gets_its_own_extension_and_type() -> None:
    gif = b"GIF89a\x02\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;"
    out = render(compile_template(with_picture(), "x.docx"), WORDS, pictures={"logo": gif})
    members = members_of(out)
    assert members["word/media/lrt-logo.gif"] == gif
    assert b"image/gif" in members["[Content_Types].xml"]
    assert not [name for name in members if name.endswith(".png")]


def test_a_picture_that_is_none_is_refused() -> None:
    template = compile_template(with_picture(), "x.docx")
    assert picture_names(template.package) == ["logo"]
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, WORDS, pictures={"logo": b"geen plaatje"})
    assert caught.value.problems[0].code == "LRT321"


def test_another_font_takes_the_place_of_verdana() -> None:
    document = new_document()
    document.styles["Normal"].font.name = "Verdana"
    document.add_paragraph("{{ naam }}")
    out = fill(save(document), font="Rijksoverheid Sans")
    assert out.styles["Normal"].font.name == "Rijksoverheid Sans"


def test_ready_made_xml_is_checked_before_it_is_written() -> None:
    class Ready:
        def __init__(self, xml: str) -> None:
            self.xml = xml

        def __html__(self) -> str:
            return self.xml

    template = compile_template(docx_of("{{p x }}"), "x.docx")
    out = render(template, {"x": Ready("<w:p><w:r><w:t>ja</w:t></w:r></w:p>")})
    assert texts(docx.Document(io.BytesIO(out))) == ["ja"]
    for bad in ("<w:p>", '<w:p><w:hyperlink r:id="rId999"/></w:p>', "<w:tbl/>"):
        with pytest.raises(TemplateProblemsError) as caught:
            render(template, {"x": Ready(bad)})
        assert caught.value.problems[0].code in {"LRT314", "LRT320"}


def test_a_made_document_can_be_a_template_again() -> None:
    first = fill(docx_of("{{ 'x.nl' | link }} {{ tag }}"), {"tag": "{{ 'y.nl' | link }}"})
    assert [link.address for link in fill(save(first)).paragraphs[0].hyperlinks] == [
        "https://x.nl",
        "https://y.nl",
    ]


def test_a_logo_can_be_replaced_in_a_document_that_has_one_from_us() -> None:
    document = new_document()
    document.add_picture(io.BytesIO(png(4, 4)), Cm(2))
    document.element.body.find(".//{*}docPr").set("name", "logo")
    first = fill(save(document), pictures={"logo": png(7, 7)})
    second = members_of(save(fill(save(first), pictures={"logo": png(9, 9)})))
    assert [data for name, data in second.items() if "media/" in name] == [png(9, 9)]


def test_a_loop_in_a_nested_table_repeats_the_row_of_that_table() -> None:
    document = new_document()
    outer = document.add_table(rows=1, cols=2)
    inner = outer.cell(0, 0).add_table(rows=3, cols=1)
    for row, text in enumerate(("{%tr for l in leden %}", "{{ l }}", "{%tr endfor %}")):
        inner.cell(row, 0).text = text
    outer.cell(0, 1).text = "{{ naam }}"
    found = fill(save(document)).tables[0]
    assert [row.cells[0].text for row in found.cell(0, 0).tables[0].rows] == WORDS["leden"]
    assert found.cell(0, 1).text == "Jan"


@pytest.mark.parametrize("prefix", ["ns0", ""])
def test_a_template_with_other_prefixes_than_word_uses_is_filled_too(prefix: str) -> None:
    data = docx_of("{{ 't **v**' | tekst }}", "{{ 'x.nl' | link }}")
    xml = members_of(data)[MAIN].decode()
    colon = f"{prefix}:" if prefix else ""
    xml = re.sub(r"(</?)w:", rf"\1{colon}", xml.replace(" w:", " q:"))
    xml = xml.replace("xmlns:w=", f"xmlns:q='{W}' xmlns{colon[:-1] and ':' + colon[:-1]}=")
    assert texts(fill(repack(data, **{MAIN: xml.encode()}))) == ["t v", "x.nl"]


def test_a_part_without_the_prefix_r_can_hold_a_link() -> None:
    data = docx_of("{{ 'x.nl' | link }}")
    xml = re.sub(rb' xmlns:r="[^"]*"', b"", members_of(data)[MAIN])
    assert texts(fill(repack(data, **{MAIN: xml}))) == ["x.nl"]


def test_a_file_built_in_a_strange_way_is_a_problem_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LRTDOCS_DEBUG")
    data = repack(docx_of("x"), **{"word/numbering.xml": b"<a/>"})
    assert [p.code for p in problems_of(data)] == ["LRT504"]


def test_numbers_that_are_none_do_no_harm() -> None:
    picture = new_document()
    picture.add_picture(io.BytesIO(png(4, 4)), Cm(2))
    data = change(save(picture), MAIN, 'docPr id="1"', 'docPr id="\u00b2"')
    assert not problems_of(data)


def test_a_content_control_shows_what_is_filled_in_and_not_what_it_was_bound_to() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:id w:val='5'/><w:showingPlcHdr/><w:dataBinding w:xpath='/x' "
        f"w:storeItemID='{{a}}'/></w:sdtPr><w:sdtContent>{paragraph_of('{{ naam }}')}"
        "</w:sdtContent></w:sdt>"
    )
    out = save(fill(body_of(control)))
    assert b"dataBinding" not in members_of(out)[MAIN]
    assert b"Jan" in members_of(out)[MAIN]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:sectPr", '<w:p><w:hyperlink r:id="rId999"/></w:p><w:sectPr'),
        ("<w:sectPr", "<w:tbl/><w:sectPr"),
        ("<w:sectPr", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl><w:sectPr"),
        (
            "<w:sectPr",
            '<w:p><w:pPr><w:numPr><w:numId w:val="999"/></w:numPr></w:pPr></w:p><w:sectPr',
        ),
        ("</w:body>", "<w:p/></w:body>"),
    ],
)
def test_the_last_look_finds_what_word_would_repair(old: str, new: str) -> None:
    members = members_of(change(docx_of("a"), MAIN, old, new))
    assert check_package(Package("x.docx", members))


def test_a_filled_letter_takes_less_than_ten_milliseconds() -> None:
    rows = [
        ["a", "b"],
        ["{%tr for p in punten %}", ""],
        ["{{ p.titel }}", "x"],
        ["{%tr endfor %}", ""],
    ]
    template = compile_template(
        docx_of(*["Geachte {{ naam }}, dit is tekst."] * 40, table=rows), "x"
    )
    render(template, WORDS)
    start = time.perf_counter()
    for _ in range(20):
        render(template, WORDS)
    assert (time.perf_counter() - start) / 20 < 0.010


def test_a_picture_on_a_line_of_exact_height_is_shown_whole() -> None:
    document = new_document()
    document.styles["Body Text"].paragraph_format.line_spacing = docx.shared.Pt(12)
    paragraph = document.add_paragraph("{{ naam }}", style="Body Text")
    paragraph.add_run().add_picture(io.BytesIO(png(8, 8)))
    document.add_paragraph("zonder", style="Body Text")

    pictured, plain = fill(save(document)).paragraphs
    assert pictured.paragraph_format.line_spacing_rule == docx.enum.text.WD_LINE_SPACING.AT_LEAST
    assert pictured.paragraph_format.line_spacing == docx.shared.Pt(12)
    assert plain.paragraph_format.line_spacing_rule is None
