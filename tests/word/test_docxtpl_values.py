"""Values made with docxtpl: printed as docxtpl prints them, and more safely where it is wrong."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

import docx
import docxtpl
import jinja2
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm
from docx_making import docx_of, fill, members_of, new_document, problems_of, save, texts
from test_render import png

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler, render
from lrtdocs.word.package.ooxml import PIC, WP, A, R, parse_xml, w
from lrtdocs.word.package.package import Package
from lrtdocs.word.story.lint import check_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document
    from docx.text.run import Run

Make = "Callable[[docxtpl.DocxTemplate], object]"
MAIN, RELS = "word/document.xml", "word/_rels/document.xml.rels"


def by_both(
    lines: tuple[str, ...], make: Callable[[docxtpl.DocxTemplate], object], **options: Any
) -> tuple[Document, Document]:
    """Return what lrtdocs and docxtpl make of a template with `lines` and the value of `make`."""
    template = docx_of(*lines, **options)
    oracle = docxtpl.DocxTemplate(io.BytesIO(template))
    oracle.render({"t": make(oracle)}, jinja2.Environment(autoescape=True))
    stream = io.BytesIO()
    oracle.save(stream)
    own = docxtpl.DocxTemplate(io.BytesIO(template))
    return fill(template, {"t": make(own)}), docx.Document(stream)


def look(document: Document) -> list[tuple[str, list[tuple[str, object]]]]:
    """Return style and text of each paragraph, its text by formatting."""
    found = []
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style else ""
        runs = [run for run in paragraph.runs if run.text]
        pieces = [(key, "".join(r.text for r in rs)) for key, rs in groupby(runs, key=formatting)]
        found.append((str(style), [(text, key) for key, text in pieces]))
    return found


def formatting(run: Run) -> tuple[object, ...]:
    font = run.font
    shade = run._r.find(f"{w('rPr')}/{w('shd')}")
    return (
        *(run.bold, run.italic, font.underline, font.strike, font.subscript, font.superscript),
        *(font.size, font.name, font.color.rgb, run.style.name if run.style else "", font.rtl),
        None if shade is None else shade.get(w("fill")),
    )


def rich(**properties: object) -> Callable[[docxtpl.DocxTemplate], object]:
    return lambda _: docxtpl.RichText("vet & <x>", **properties)


RICH = [
    {},
    {"bold": True},
    {"italic": True, "strike": True},
    {"underline": True},
    {"underline": "double"},
    {"color": "#FF0000"},
    {"color": "00aa00", "highlight": "#ffff00"},
    {"size": 40},
    {"font": "Arial"},
    {"font": "eastAsia:Arial"},
    {"subscript": True},
    {"superscript": True},
    {"style": "Strong"},
    {"rtl": True, "bold": True, "lang": "nl-NL"},
    {"style": "Emphasis", "color": "112233", "size": 20, "bold": True, "font": "Arial"},
]


@pytest.mark.parametrize("properties", RICH, ids=str)
def test_rich_text_is_printed_with_its_formatting(properties: dict[str, object]) -> None:
    ours, theirs = by_both(("Voor {{r t }} na",), rich(**properties))
    assert look(ours) == look(theirs)


def many(_: docxtpl.DocxTemplate) -> object:
    text = docxtpl.RichText("eerst ")
    text.add("vet\nregel\ttab", bold=True)
    text.add(docxtpl.RichText(" cursief", italic=True))
    text.add(3)
    return text


def broken(_: docxtpl.DocxTemplate) -> object:
    return docxtpl.RichText("een\atwee\f& drie", bold=True)


def paragraphs(_: docxtpl.DocxTemplate) -> object:
    made = docxtpl.RichTextParagraph()
    made.add(docxtpl.RichText("kop", color="ff0000"), parastyle="Heading1")
    made.add("gewoon & zo")
    made.add(docxtpl.RichText("regel\nregel"), parastyle="ListBullet")
    return made


def listing(_: docxtpl.DocxTemplate) -> object:
    return docxtpl.Listing("a & b\nc\td\ae <f>\fg")


def subdoc(tpl: docxtpl.DocxTemplate) -> object:
    made = tpl.new_subdoc()
    made.add_heading("Kop", 2)
    line = made.add_paragraph("Een ")
    line.add_run("vet").bold = True
    made.add_paragraph("punt", style="List Bullet")
    made.add_paragraph("telt", style="List Number")
    table = made.add_table(rows=1, cols=2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    made.add_paragraph("slot")
    return made


CASES: list[tuple[tuple[str, ...], Any]] = [
    (("a {{r t }} b",), many),
    (("{{r t }}", "na"), many),
    (("a {{r t }} b", "na"), broken),
    (("voor", "{{p t }}", "na"), paragraphs),
    (("voor {{ t }} na", "na"), listing),
    (("voor", "{{p t }}", "na"), subdoc),
]


@pytest.mark.parametrize(("lines", "make"), CASES, ids=lambda v: getattr(v, "__name__", str(v)))
def test_a_value_is_printed_as_docxtpl_prints_it(lines: tuple[str, ...], make: Any) -> None:
    ours, theirs = by_both(lines, make)
    assert look(ours) == look(theirs)
    tables = [[[c.text for c in r.cells] for t in d.tables for r in t.rows] for d in (ours, theirs)]
    assert tables[0] == tables[1]


def test_values_work_in_headers_cells_and_loops_too() -> None:
    rows = [["{%tr for x in [t, t] %}", ""], ["{{r x }}", "{{ x.xml | length }}"]]
    data = docx_of(table=[*rows, ["{%tr endfor %}", ""]], header="kop {{r t }}")
    document = fill(data, {"t": docxtpl.RichText("vet", bold=True)})
    assert [row.cells[0].text for row in document.tables[0].rows] == ["vet", "vet"]
    assert document.sections[0].header.paragraphs[0].text == "kop vet"


def test_the_properties_of_a_run_stand_in_the_order_of_the_schema() -> None:
    text = docxtpl.RichText("x", font="Arial", bold=True, color="FF0000", style="Strong", size=20)
    document = fill(docx_of("{{r t }}"), {"t": text})
    properties = document.paragraphs[0].runs[0]._r.rPr
    names = [str(child.tag).rpartition("}")[2] for child in properties]
    assert names == ["rStyle", "rFonts", "b", "color", "sz", "szCs"]


def test_a_style_may_be_named_as_word_shows_it() -> None:
    text = docxtpl.RichTextParagraph()
    text.add(docxtpl.RichText("x", style="Intense Emphasis"), parastyle="Heading 2")
    paragraph = fill(docx_of("{{p t }}"), {"t": text}).paragraphs[0]
    assert paragraph.style.name == "Heading 2"  # type: ignore[union-attr]
    assert paragraph.runs[0].style.name == "Intense Emphasis"


def test_a_link_in_rich_text_is_a_real_link_when_its_address_is_given() -> None:
    text = docxtpl.RichText("voor ")
    text.add("hier", url_id="https://x.nl/?a=1&b=2", bold=True)
    template = docx_of("{{r t }}", header="{{r t }}")
    document = fill(template, {"t": text})
    for paragraph in (document.paragraphs[0], document.sections[0].header.paragraphs[0]):
        (link,) = paragraph.hyperlinks
        assert (link.address, link.text) == ("https://x.nl/?a=1&b=2", "hier")


def picture(name: str = "", **options: Any) -> Callable[[docxtpl.DocxTemplate], object]:
    stream = io.BytesIO(png(40, 20))
    return lambda tpl: docxtpl.InlineImage(tpl, name or stream, **options)


@pytest.mark.parametrize(
    "size", [{}, {"width": Mm(20)}, {"height": Mm(10)}, {"width": Mm(5), "height": Mm(9)}], ids=str
)
def test_a_picture_has_the_size_docxtpl_gives_it(size: dict[str, Any]) -> None:
    ours, theirs = by_both(("voor {{ t }} na",), picture(**size))
    shapes = [[(s.width, s.height) for s in d.inline_shapes] for d in (ours, theirs)]
    assert shapes[0] == shapes[1]
    assert texts(ours) == texts(theirs) == ["voor  na"]


def test_a_picture_stands_between_runs_that_keep_their_formatting() -> None:
    document = new_document()
    document.add_paragraph().add_run("voor {{ t }} na").bold = True
    made = fill(save(document), {"t": picture()(docxtpl.DocxTemplate(io.BytesIO(docx_of())))})
    runs = made.paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("voor ", True), ("", None), (" na", True)]


@pytest.mark.parametrize("line", ["{{ t }}", "{{r t }}", "{{p t }}"])
def test_equal_pictures_are_kept_once_with_ids_of_their_own(line: str, tmp_path: Path) -> None:
    file = tmp_path / "rood_vlak-2.png"
    file.write_bytes(png(8, 4))
    image = docxtpl.InlineImage(docxtpl.DocxTemplate(io.BytesIO(docx_of())), str(file))
    data = docx_of("{%p for x in [1, 2, 3] %}", line, "{%p endfor %}", header="kop {{ t }}")
    members = members_of(render(compile_template(data, "x.docx"), {"t": image}))
    assert [n for n in members if "media/lrt-" in n] == [n for n in members if n.endswith(".png")]
    assert b'Extension="png"' in members["[Content_Types].xml"]
    stories = [parse_xml(members[n]) for n in members if re.match(r"word/(document|header)", n)]
    drawn = [d for root in stories for d in root.iter(f"{{{WP}}}docPr")]
    assert len({d.get("id") for d in drawn}) == len(drawn) == 4
    assert {d.get("descr") for d in drawn} == {"Afbeelding: rood vlak 2"}
    for root in stories:
        assert len({b.get(f"{{{R}}}embed") for b in root.iter(f"{{{A}}}blip")}) == 1


def test_a_picture_has_the_description_that_it_brings_and_its_link() -> None:
    tpl = docxtpl.DocxTemplate(io.BytesIO(docx_of()))
    image: Any = docxtpl.InlineImage(tpl, io.BytesIO(png(4, 4)), anchor="https://x.nl/?a&b")
    image.description = 'De "kaart"'
    members = members_of(render(compile_template(docx_of("{{ t }}"), "x.docx"), {"t": image}))
    (drawn,) = parse_xml(members[MAIN]).iter(f"{{{WP}}}docPr")
    assert drawn.get("descr") == 'De "kaart"'
    click = drawn[0].get(f"{{{R}}}id")
    rows = {row.get("Id"): row.get("Target") for row in parse_xml(members[RELS])}
    assert rows[click] == "https://x.nl/?a&b"


def test_letters_with_a_picture_each_are_filled_one_after_the_other() -> None:
    tpl = docxtpl.DocxTemplate(io.BytesIO(docx_of()))
    filler = Filler(compile_template(docx_of("{{ naam }} {{ t }}"), "x.docx"), {"naam": "Ede"})
    for side in (4, 5, 4):
        image = docxtpl.InlineImage(tpl, io.BytesIO(png(side, 4)))
        members = members_of(filler.render({"t": image}))
        assert [data for name, data in members.items() if "lrt-" in name] == [png(side, 4)]


def test_a_document_of_a_file_brings_its_pictures_lists_and_links(tmp_path: Path) -> None:
    inner = new_document()
    for level in (0, 1, 0):
        properties = inner.add_paragraph(f"punt {level}")._p.get_or_add_pPr()
        number = properties._add_numPr()
        number._add_ilvl().val, number._add_numId().val = level, 3
    inner.add_picture(io.BytesIO(png(6, 3)), width=Mm(12))
    inner.save(str(tmp_path / "binnen.docx"))

    def make(tpl: docxtpl.DocxTemplate) -> object:
        return tpl.new_subdoc(str(tmp_path / "binnen.docx"))

    ours, theirs = by_both(("voor", "{{p t }}", "na"), make)
    assert texts(ours) == texts(theirs)
    assert [s.width for s in ours.inline_shapes] == [s.width for s in theirs.inline_shapes]
    members = members_of(save(ours))
    (used,) = set(re.findall(r'<w:numId w:val="(\d+)"', members[MAIN].decode()))
    numbering = members["word/numbering.xml"].decode()
    (abstract,) = re.findall(rf'<w:num w:numId="{used}"><w:abstractNumId w:val="(\d+)"', numbering)
    assert f'w:abstractNumId="{abstract}"' in numbering
    assert len(list(parse_xml(members[MAIN]).iter(f"{{{PIC}}}pic"))) == 1


def test_a_document_in_a_loop_and_a_cell_is_whole_each_time() -> None:
    tpl = docxtpl.DocxTemplate(io.BytesIO(docx_of()))
    inner = tpl.new_subdoc()
    inner.add_picture(io.BytesIO(png(6, 3)))
    inner.add_table(rows=1, cols=1).cell(0, 0).text = "x"
    data = docx_of("{%p for x in [1, 2] %}", "{{p t }}", "{%p endfor %}", table=[["{{p t }}", "b"]])
    document = fill(data, {"t": inner})
    assert len(document.inline_shapes) == 3
    assert len(document.tables) == 3


def test_a_style_that_the_template_does_not_have_is_told_by_name() -> None:
    tpl = docxtpl.DocxTemplate(io.BytesIO(docx_of()))
    inner = tpl.new_subdoc()
    inner.docx.styles.add_style("Eigen stijl", WD_STYLE_TYPE.PARAGRAPH)
    inner.add_paragraph("x", style="Eigen stijl")
    (problem,) = problems_of(docx_of("{{p t }}"), {"t": inner})
    assert (problem.code, problem.place.paragraph) == ("LRT314", 1)
    assert "'Eigen stijl'" in problem.message


def make_refused() -> list[tuple[str, object]]:
    template = docxtpl.DocxTemplate(io.BytesIO(docx_of("x")))
    rich_text = docxtpl.RichText("vet", bold=True)
    link = docxtpl.RichText("x", url_id=template.build_url_id("https://x.nl"))
    unsafe = docxtpl.RichText("x", url_id="javascript:alert(1)")
    image = docxtpl.InlineImage(template, io.BytesIO(png(4, 4)))
    rotten = docxtpl.RichText("x")
    rotten.xml = "<w:r><w:t>x"
    paragraph = docxtpl.RichTextParagraph("x")
    return [
        ("{{ t }}", rich_text),
        ("{{p t }}", rich_text),
        ("{{ t }}", paragraph),
        ("{{r t }}", paragraph),
        ("{{r t }}", link),
        ("{{r t }}", unsafe),
        ("{{r t }}", docxtpl.RichText("x", color="rood")),
        ("{{ t | hoofdletters }}", image),
        ("{{ t }}", template.new_subdoc()),
        ("{{r t }}", template.new_subdoc()),
        ("{{r t }}", rotten),
        ("{{ t }}", b"bytes"),
        ("{{ t }}", object()),
        ("{{ 'a' ~ t }}", ["lijst"]),
    ]


@pytest.mark.parametrize(("line", "value"), make_refused(), ids=lambda v: type(v).__name__)
def test_what_cannot_be_printed_is_refused_with_a_remedy(line: str, value: object) -> None:
    (problem,) = problems_of(docx_of("a", line), {"t": value})
    assert (problem.code, problem.place.paragraph) == ("LRT314", 2)
    assert problem.remedy


def test_rich_text_with_a_link_in_a_plain_tag_is_told_the_tag_that_works() -> None:
    text = docxtpl.RichText("x", url_id="https://x.nl")
    (problem,) = problems_of(docx_of("{{ t }}"), {"t": text})
    assert problem.remedy == "Gebruik {{r t }}."


@pytest.mark.parametrize("source", ["er-niet.png", io.BytesIO(b"geen plaatje"), 3])
def test_a_picture_that_is_none_is_refused(source: object) -> None:
    tpl = docxtpl.DocxTemplate(io.BytesIO(docx_of()))
    (problem,) = problems_of(docx_of("a", "{{ t }}"), {"t": docxtpl.InlineImage(tpl, source)})
    assert (problem.code, problem.place.paragraph) == ("LRT321", 2)


def test_a_picture_without_a_sane_size_is_refused() -> None:
    (problem,) = problems_of(
        docx_of("{{ t }}"), {"t": picture(width="breed")(docxtpl.DocxTemplate(io.BytesIO()))}
    )
    assert problem.code == "LRT321"


def test_a_character_that_is_neither_text_nor_a_break_is_refused() -> None:
    for value in (docxtpl.Listing("a\x0bb"), docxtpl.RichText("a\x01b")):
        line = "{{ t }}" if isinstance(value, docxtpl.Listing) else "{{r t }}"
        assert [p.code for p in problems_of(docx_of(line), {"t": value})] == ["LRT313"]


def test_the_end_of_a_paragraph_inside_a_link_is_the_end_of_a_line() -> None:
    document = new_document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("a {{ t }} b")
    link = docx.oxml.OxmlElement("w:hyperlink")
    link.set(w("anchor"), "x")
    paragraph._p.append(link)
    link.append(run._r)
    made = fill(save(document), {"t": docxtpl.Listing("1\a2")})
    assert made.paragraphs[0].hyperlinks[0].text == "a 1\n2 b"


def test_a_section_ends_behind_the_last_paragraph_that_a_value_makes() -> None:
    document = new_document()
    document.add_paragraph("{{ t }}")
    document.add_section()
    made = fill(save(document), {"t": docxtpl.Listing("1\a2")})
    sections = [p._p.pPr is not None and p._p.pPr.sectPr is not None for p in made.paragraphs]
    assert (texts(made), sections) == (["1", "2", ""], [False, False, True])


@pytest.mark.parametrize("kind", ["InlineImage", "Subdoc"])
def test_docxtpl_is_known_by_name_and_not_needed(kind: str) -> None:
    made = type(kind, (), {"__module__": f"docxtpl.{kind.lower()}", "__html__": lambda _: "<x/>"})
    own = type("Eigen", (made,), {})
    data = docx_of("{{ t | hoofdletters }}")
    for value in (made(), own()):
        assert [p.code for p in problems_of(data, {"t": value})] == ["LRT314"]


def test_documents_with_values_pass_the_last_look_each_time() -> None:
    tpl = docxtpl.DocxTemplate(io.BytesIO(docx_of()))
    template = compile_template(docx_of("{{ t }}", "{{p s }}"), "x.docx")
    for _ in range(2):
        words = {"t": picture()(tpl), "s": subdoc(tpl)}
        members = members_of(render(template, words))
        assert check_package(Package("x.docx", members)) == []
