"""Markdown in Word: paragraphs in the template's own styles, lists that restart."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import docx.enum.style
import pytest
from docx.shared import Mm
from docx_making import (
    change,
    docx_of,
    fill,
    members_of,
    new_document,
    problems_of,
    repack,
    save,
    texts,
)
from meeting_papers import HOUSE, SENDER, read_meeting

from lrtdocs.documents.meetings import meeting_words
from lrtdocs.errors import TemplateProblemsError
from lrtdocs.kinds import KINDS
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.ooxml import WP, W
from lrtdocs.word.package.pictures import Picture

if TYPE_CHECKING:
    from lrtdocs.model.tekst import Afbeelding

ROOT = Path(__file__).parents[2]

TEXT = """Eerste **vet** en *cursief* en ***beide*** en [link](https://www.ede.nl).

- punt
  1. een
  2. twee

     vervolg
- punt twee

1. opnieuw een
2. opnieuw twee

Regel een\\
regel twee"""


def styles(document: docx.document.Document) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]


def test_the_fourth_level_of_a_list_has_a_style_of_its_own_in_the_house_style() -> None:
    words = {
        "t": "1. a\n   - b\n     1. c\n        1. d\n\n           meer\n        2. e\n        - f"
    }
    fourth = [f"List {kind} 4" for kind in ("Number", "Continue", "Number", "Bullet")]
    house = docx.Document(str(ROOT / "templates" / "verslag.docx"))
    assert set(fourth) <= {style.name for style in house.styles}
    document = new_document()
    for name in fourth[1:]:
        document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("{{ t | tekst }}")
    found = fill(save(document), words)
    assert [name for name, _ in styles(found)[3:]] == fourth
    lacking = fill(docx_of("{{ t | tekst }}"), words).paragraphs
    levels = [re.findall(r'w:ilvl w:val="(.)"', p._p.xml) for p in lacking[3:]]
    assert levels == [["3"], [], ["3"], ["3"]]


def numbers(data: bytes) -> list[str]:
    return re.findall(r'w:numId w:val="(\d+)"', members_of(data)["word/document.xml"].decode())


def test_a_text_becomes_paragraphs_in_styles_by_name() -> None:
    document = fill(docx_of("{{ t | tekst }}"), {"t": TEXT})
    assert styles(document) == [
        ("Normal", "Eerste vet en cursief en beide en link."),
        ("List Bullet", "punt"),
        ("List Number 2", "een"),
        ("List Number 2", "twee"),
        ("List Continue 2", "vervolg"),
        ("List Bullet", "punt twee"),
        ("List Number", "opnieuw een"),
        ("List Number", "opnieuw twee"),
        ("Normal", "Regel een\nregel twee"),
    ]


def test_bold_and_italic_are_character_styles_of_the_template() -> None:
    runs = fill(docx_of("{{ t | tekst }}"), {"t": TEXT}).paragraphs[0].runs
    found = {run.text: (run.style.name if run.style else "", run.italic) for run in runs}
    assert found["vet"][0] == "Strong"
    assert found["cursief"][0] == "Emphasis"
    assert found["beide"] == ("Strong", True)


def test_bold_and_italic_stay_inside_a_link_which_is_one_link() -> None:
    words = {"t": "zie [de **vette** *site*](https://ede.nl) en **[x](https://y.nl)**"}
    paragraph = fill(docx_of("{{ t | tekst }}"), words).paragraphs[0]
    runs = [[(r.text, r.bold, r.italic) for r in link.runs] for link in paragraph.hyperlinks]
    assert runs == [
        [("de ", None, None), ("vette", None, None), (" ", None, None), ("site", None, None)],
        [("x", None, None)],
    ]
    styles = [run.style.name for link in paragraph.hyperlinks for run in link.runs]
    assert styles[1] == styles[4] == "Strong"


def test_bold_inside_a_link_is_direct_where_the_link_has_a_style() -> None:
    document = new_document()
    document.styles.add_style("Hyperlink", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    document.add_paragraph("{{ t | tekst }}")
    link = fill(save(document), {"t": "[**vet**](https://ede.nl)"}).paragraphs[0].hyperlinks[0]
    assert (link.runs[0].style.name, link.runs[0].bold) == ("Hyperlink", True)


def test_what_an_address_may_not_hold_is_written_as_codes() -> None:
    words = {"u": "https://ede.nl/a[1]|{x}"}
    link = fill(docx_of("{{ u | link }}"), words).paragraphs[0].hyperlinks[0]
    assert link.address == "https://ede.nl/a%5B1%5D%7C%7Bx%7D"
    assert link.text == words["u"]


def test_a_heading_in_a_text_has_the_style_of_its_depth_or_a_level_of_its_own() -> None:
    words = {"t": "### Een **kop**\n\ntekst\n\nmeer\n\n### Twee\n\n- a"}
    for sub, name in (("", "LRT Tussenkop"), (" Sub", "LRT Tussenkop sub")):
        document = new_document()
        for made in ("LRT Tussenkop", "LRT Tussenkop sub", f"Tekst{sub}"):
            document.styles.add_style(made, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("{{ t | tekst }}", style=f"Tekst{sub}")
        found = fill(save(document), words)
        own = f"Tekst{sub}"
        assert [each for each, _ in styles(found)] == [name, own, own, name, "List Bullet"]
        assert not any(run.style.name == "Strong" for run in found.paragraphs[0].runs)
    bare = fill(docx_of("{{ t | tekst }}"), words).paragraphs
    levels = [re.findall(r'w:outlineLvl w:val="(.)"', p._p.xml) for p in bare]
    assert levels == [["2"], [], [], ["2"], []]
    assert all(run.bold or run.style.name == "Strong" for run in bare[0].runs)


def test_a_text_that_begins_with_a_heading_is_no_part_of_a_sentence() -> None:
    words = {"t": "een\n\n### Kop"}
    assert texts(fill(docx_of("Voor {{ t | tekst }}"), words)) == ["Voor een", "Kop"]


def test_a_paragraph_stays_on_the_page_of_the_list_it_leads_to() -> None:
    words = {"t": "Intro:\n\n- punt\n  1. een\n\nslot"}
    found = [
        p.paragraph_format.keep_with_next
        for p in fill(docx_of("{{ t | tekst }}"), words).paragraphs
    ]
    assert found == [True, True, None, None]


def test_every_ordered_list_has_a_number_of_its_own_that_starts_at_one() -> None:
    template = compile_template(
        docx_of("{% for t in ts %}", "{{ t | tekst }}", "{% endfor %}"), "x"
    )
    out = render(template, {"ts": ["1. a\n2. b", "1. c\n2. d", "- e\n  1. f"]})
    used = numbers(out)
    assert len(used) == 5
    assert len(set(used)) == 3
    numbering = members_of(out)["word/numbering.xml"].decode()
    for number in set(used):
        entry = re.search(rf'<w:num w:numId="{number}">.*?</w:num>', numbering)
        assert entry is not None
        assert '<w:startOverride w:val="1"/>' in entry[0]


def test_a_list_with_letters_looks_as_one_with_numbers() -> None:
    words = {"t": "1. een\n   a. twee\n   b. drie\n2. vier\n\na. vijf\nb. zes\n\nslot\n\nc. zeven"}
    for style in ("List Number 2", ""):
        made = docx.Document()
        if not style:
            made.styles["List Number 2"].delete()
        made.add_paragraph("{{ t | tekst }}")
        data = render(compile_template(save(made), "x"), words)
        used = numbers(data)
        numbering = members_of(data)["word/numbering.xml"].decode()
        abstract = _abstract_of(used[1], numbering)
        assert used[1] == used[2] != used[0] == used[3]
        assert '"lowerLetter"' in abstract
        assert '"lowerLetter"' not in _abstract_of(used[0], numbering)
        assert "w:pStyle" not in abstract
        assert f'w:numId="{used[-1]}"' in numbering
        assert '<w:startOverride w:val="3"/>' in numbering.split(f'<w:num w:numId="{used[-1]}"')[1]


def _abstract_of(number: str, numbering: str) -> str:
    found = re.search(rf'<w:num w:numId="{number}">\s*<w:abstractNumId w:val="(\d+)"', numbering)
    assert found is not None
    parts = numbering.split("<w:abstractNum ")
    return next(part for part in parts if f'w:abstractNumId="{found[1]}"' in part.split(">")[0])


def test_a_list_counts_from_the_number_that_was_typed() -> None:
    out = render(compile_template(docx_of("{{ t | tekst }}"), "x"), {"t": "1. a\n4. b\n5. c"})
    first, second, third = numbers(out)
    assert first != second == third
    numbering = members_of(out)["word/numbering.xml"].decode()
    entry = re.search(rf'<w:num w:numId="{second}">.*?</w:num>', numbering)
    assert entry is not None
    assert '<w:startOverride w:val="4"/>' in entry[0]


def test_a_paragraph_keeps_the_properties_of_the_tag_it_replaces() -> None:
    document = new_document()
    paragraph = document.add_paragraph(style="Quote")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run("{{ t | tekst }}").font.size = docx.shared.Pt(7)
    out = fill(save(document), {"t": "een\n\ntwee **vet**"})
    assert [p.style.name for p in out.paragraphs if p.style] == ["Quote", "Quote"]
    assert all(p.paragraph_format.keep_with_next for p in out.paragraphs)
    assert {run.font.size for p in out.paragraphs for run in p.runs} == {docx.shared.Pt(7)}


def test_a_text_behind_a_label_goes_on_in_that_paragraph() -> None:
    document = fill(docx_of("Besluit: {{ t | tekst }}"), {"t": "een **twee**\n\ndrie\n\n- vier"})
    assert texts(document) == ["Besluit: een twee", "drie", "vier"]


def test_a_text_in_the_middle_of_a_line_must_be_one_paragraph() -> None:
    template = docx_of("a {{ t | tekst }} b")
    assert texts(fill(template, {"t": "**een**"})) == ["a een b"]
    assert [p.code for p in problems_of(template, {"t": "een\n\ntwee"})] == ["LRT314"]


def test_an_absent_text_prints_nothing() -> None:
    template = docx_of(
        "voor", "{% if t %}", "{{ t | tekst }}", "{% endif %}", "{{ t | tekst }}", "na"
    )
    assert texts(fill(template, {"t": None})) == ["voor", "na"]


def test_a_loop_around_texts_in_one_paragraph_works() -> None:
    template = docx_of("{% for t in ts %}{{ t | tekst }}{% endfor %}")
    assert texts(fill(template, {"ts": ["een\n\ntwee", "drie"]})) == ["een", "twee", "drie"]


def test_a_cell_that_loses_its_text_keeps_a_paragraph() -> None:
    document = fill(docx_of(table=[["{{ t | tekst }}", "b"]]), {"t": None})
    assert document.tables[0].cell(0, 0).text == ""


def bare_document() -> bytes:
    data = docx_of("{{ t | tekst }}")
    members = members_of(data)
    styles_xml = re.sub(
        rb"<w:style [^>]*?w:styleId=\"(?!Normal\").*?</w:style>",
        b"",
        members["word/styles.xml"],
        flags=re.DOTALL,
    )
    data = change(data, "word/_rels/document.xml.rels", "numbering.xml", "styles.xml")
    types = members["[Content_Types].xml"].decode()
    types = re.sub(r'<Override PartName="/word/numbering.xml"[^>]*/>', "", types)
    return repack(
        data,
        **{
            "word/styles.xml": styles_xml,
            "word/numbering.xml": None,
            "[Content_Types].xml": types.encode(),
        },
    )


def test_a_template_without_list_styles_or_numbering_gets_lists_all_the_same() -> None:
    template = bare_document()
    out = render(compile_template(template, "x.docx"), {"t": TEXT})
    document = fill(template, {"t": TEXT})
    assert [p.text for p in document.paragraphs][1:4] == ["punt", "een", "twee"]
    assert "word/numbering.xml" in members_of(out)
    assert len(set(numbers(out))) == 3


def test_links_are_real_links_with_a_tooltip_in_every_part() -> None:
    template = docx_of(
        "zie {{ u | link }} of {{ 'x@y.nl' | link('mail ons') }}.", header="{{ u|link }}"
    )
    out = render(compile_template(template, "x.docx"), {"u": "www.ede.nl/a?b=1&c=2"})
    document = docx.Document(io.BytesIO(out))
    paragraph = document.paragraphs[0]
    assert paragraph.text == "zie www.ede.nl/a?b=1&c=2 of mail ons."
    assert [link.address for link in paragraph.hyperlinks] == [
        "https://www.ede.nl/a?b=1&c=2",
        "mailto:x@y.nl",
    ]
    header = document.sections[0].header.paragraphs[0]
    assert header.hyperlinks[0].address == "https://www.ede.nl/a?b=1&c=2"
    assert out.count(b"")
    assert b"w:tooltip=" in members_of(out)["word/document.xml"]


def test_an_absent_link_prints_nothing() -> None:
    assert texts(fill(docx_of("a{{ u | link }}b"), {"u": None})) == ["ab"]


def test_a_text_goes_on_in_the_style_that_its_own_style_names() -> None:
    document = new_document()
    styles = document.styles
    first = styles.add_style("Kopalinea", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    first.next_paragraph_style = styles["Body Text"]
    document.add_paragraph("{{ t | tekst }}", style=first)
    document.add_paragraph("Besluit: {{ t | tekst }}", style=first)
    out = fill(save(document), {"t": "een\n\n- twee\n\ndrie"})
    shown = [p.style.name for p in out.paragraphs if p.style]
    assert shown == ["Kopalinea", "List Bullet", "Body Text"] * 2


def test_the_text_of_a_long_address_is_that_address_to_copy() -> None:
    words = {"lang": "voornaam.achternaam@minaenm.nl"}
    out = fill(docx_of("{{ lang | link }}", "{{ lang | link('mail') }}"), words)
    assert [paragraph.hyperlinks[0].text for paragraph in out.paragraphs] == [
        "voornaam.achternaam@minaenm.nl",
        "mail",
    ]
    assert out.paragraphs[0].hyperlinks[0].address == "mailto:voornaam.achternaam@minaenm.nl"


# --- quotes, tables and other languages

TABLE = "| Naam | **Wat** | n |\n|---|:-:|--:|\n| [x](https://x.nl) | **y** | 1.204 |\n| z | | 2 |"


def house_text(source: str) -> docx.document.Document:
    """Return the minutes of the house style, of which `source` is the text of one item."""
    body = "".join(f"      {line}\n" for line in source.split("\n"))
    model, _ = read_meeting(
        f"overleg: x\ndatum: 2025-06-18\nagendapunten:\n  - titel: y\n    verslag: |\n{body}"
    )
    assert model is not None
    words = meeting_words(KINDS["verslag"], model, HOUSE, SENDER, date(2025, 6, 20))
    return fill((ROOT / "templates" / "verslag.docx").read_bytes(), words)


def test_a_quote_has_the_style_that_word_has_for_it_or_stands_in() -> None:
    words = {"t": "Hij zegt:\n\n> een **b**\n>\n> twee\n\nna"}
    found = fill(docx_of("{{ t | tekst }}"), words)
    assert [name for name, _ in styles(found)] == ["Normal", "Quote", "Quote", "Normal"]
    assert found.paragraphs[0].paragraph_format.keep_with_next
    bare = fill(bare_document(), words).paragraphs
    assert [p.paragraph_format.left_indent is not None for p in bare] == [0, 1, 1, 0]


def test_a_table_is_one_of_the_house_style_as_wide_as_the_text() -> None:
    table = house_text(f"Zie:\n\n{TABLE}\n\nNa.").tables[0]
    assert table.style is not None
    assert table.style.name == "LRT Tabel"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Naam", "Wat", "n"],
        ["x", "y", "1.204"],
        ["z", "", "2"],
    ]
    rows = [[cell.paragraphs[0].style.name for cell in row.cells] for row in table.rows]
    assert rows[:2] == [
        ["LRT Celkop", "LRT Celkop midden", "LRT Celkop getal"],
        ["LRT Cel", "LRT Cel midden", "LRT Cel getal"],
    ]
    assert sum(column.width.twips for column in table.columns) == 7513
    marks = [re.findall(r"<w:(cantSplit|tblHeader)/>", row._tr.xml) for row in table.rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]
    assert 'w:tblCaption w:val="Tabel met Naam, Wat en n"' in table._tbl.xml
    assert "w:hyperlink" in table.cell(1, 0)._tc.xml
    assert [run.style.name for run in table.cell(0, 1).paragraphs[0].runs] != ["Strong"]
    assert [run.style.name for run in table.cell(1, 1).paragraphs[0].runs] == ["Strong"]


def test_a_table_stands_clear_of_a_heading_and_of_another_table() -> None:
    body = house_text(f"{TABLE}\n\n### Kop\n\n{TABLE}\n\n{TABLE}").element.body
    kinds = [
        each.pPr.pStyle.val if each.tag.endswith("}p") else "tabel"
        for each in body
        if each.tag.endswith(("}p", "}tbl"))
    ]
    begin, space = kinds.index("tabel"), "LRTTabelruimte"
    assert kinds[begin - 2 : begin + 8] == [
        *("Heading2", space, "tabel", "LRTTussenkop", space, "tabel", space, space, "tabel"),
        "LRTAnker",
    ]
    captions = re.findall(r'w:tblCaption w:val="([^"]*)"', body.xml)
    assert captions[:3] == ["Tabel met Naam, Wat en n", "Kop", "Tabel met Naam, Wat en n"]


def test_a_table_below_a_text_behind_a_label_stands_under_that_text() -> None:
    found = fill(docx_of("Besluit: {{ t | tekst }}"), {"t": f"ja\n\n{TABLE}\n\nnee"})
    assert texts(found) == ["Besluit: ja", "nee"]


def test_a_table_in_a_template_of_ones_own_is_as_wide_as_its_text() -> None:
    document = new_document()
    document.add_paragraph("{{ t | tekst }}").paragraph_format.left_indent = docx.shared.Cm(2)
    document.add_section().page_width = docx.shared.Cm(15)
    document.add_paragraph("{{ t | tekst }}")
    first, second = fill(save(document), {"t": TABLE}).tables
    assert first.style is not None
    assert first.style.name == "Table Grid"
    sections = document.sections
    for table, section, less in ((first, sections[0], 2), (second, sections[1], 0)):
        room = section.page_width - section.left_margin - section.right_margin
        width = sum(column.width for column in table.columns)
        assert abs(width - (room - docx.shared.Cm(less))) < 2000
    assert 'w:tblInd w:w="1134"' in first._tbl.xml
    assert "w:tblBorders" in fill(bare_document(), {"t": TABLE}).tables[0]._tbl.xml


def test_no_word_of_a_table_is_broken_and_figures_stand_at_the_right() -> None:
    long = "Rijksvoorlichtingsdienst"
    source = f"| Nr | Wat | Wie | n |\n|---|---|---|--:|\n| 1 | {'woord ' * 90} | {long} | 12 |"
    number, text, who, figures = (c.width.mm for c in house_text(source).tables[0].columns)
    assert 38 < who < 42
    assert number < 10
    assert figures < 10
    assert text > 60


def test_a_table_that_is_too_wide_has_small_type_in_the_house_style() -> None:
    words = " | ".join(["uitvoeringsovereenkomst"] * 4)
    table = house_text(f"| a | b | c | d |\n|---|---|---|--:|\n| {words} |").tables[0]
    names = [cell.paragraphs[0].style.name for cell in table.rows[1].cells]
    assert names == ["LRT Cel klein"] * 3 + ["LRT Cel klein getal"]
    assert sum(column.width.twips for column in table.columns) == 7513


def test_a_table_that_does_not_fit_or_stands_where_none_can_is_told() -> None:
    words = {"t": TABLE}
    for template in (docx_of(table=[["{{ t | tekst }}"]]), docx_of("a", header="{{ t | tekst }}")):
        assert [p.key for p in problems_of(template, words)] == ["LRT314.tabel"]
    wide = {"t": f"| a | b |\n|---|---|\n| {'x' * 60} | {'y' * 60} |"}
    (problem,) = problems_of(docx_of("{{ t | tekst }}"), wide)
    assert problem.key == "LRT314.tabel-breed"
    assert problem.fields["word"] == f"{'y' * 40}…"
    assert [p.key for p in problems_of(docx_of("a {{ t | tekst }} b"), words)] == ["LRT314.regel"]


def test_a_part_in_another_language_says_so_in_every_run() -> None:
    words = {"t": "Het [old **and** [new](https://x.nl)]{taal=en} is [مرحبا]{taal=ar}"}
    paragraph = fill(docx_of("{{ t | tekst }}"), words).paragraphs[0]
    found = re.findall(
        r'<w:lang w:val="([^"]+)" w:eastAsia="([^"]+)" w:bidi="([^"]+)"/>', paragraph._p.xml
    )
    assert found == [("en-GB",) * 3] * 4 + [("ar-SA",) * 3]
    own = new_document()
    run = own.add_paragraph().add_run("{{ t | tekst }}")
    run._r.get_or_add_rPr().append(docx.oxml.parse_xml(f'<w:lang xmlns:w="{W}" w:val="nl-NL"/>'))
    marks = fill(save(own), {"t": "[old]{taal=en}"}).paragraphs[0]._p.xml.count("<w:lang ")
    assert marks == 1


def test_a_table_of_very_many_rows_is_filled_in_the_same_time_per_row() -> None:
    row = "| een **vet** woord van de rij | 1.204 |\n"
    words = {"t": "| a | b |\n|---|--:|\n" + row * 5_000}
    assert len(fill(docx_of("{{ t | tekst }}"), words).tables[0]._tbl.tr_lst) == 5_001


# --- pictures

MM = 36_000
WIDE = Picture(b"\x89PNG\r\n\x1a\nwide", "image/png", 400 * MM, 100 * MM)
SMALL = Picture(b"\x89PNG\r\n\x1a\nsmall", "image/png", 20 * MM, 10 * MM)
TALL = Picture(b"\x89PNG\r\n\x1a\ntall", "image/png", 100 * MM, 900 * MM)
PICTURES = {"breed.png": WIDE, "klein.png": SMALL, "hoog.png": TALL}


def find_picture(picture: Afbeelding) -> Picture:
    return PICTURES[picture.bestand]


def shown(template: bytes, text: str) -> docx.document.Document:
    return fill(template, {"t": text}, find_picture=find_picture)


def sizes(document: docx.document.Document) -> list[tuple[int, int]]:
    extents = document.element.body.iter(f"{{{WP}}}extent")
    return [(round(int(e.get("cx")) / MM), round(int(e.get("cy")) / MM)) for e in extents]


def page(width: int, height: int, *, side: int = 0) -> docx.document.Document:
    """Return a document with a page with so much text on it, in millimetres."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(width + 2 * side), Mm(height + 20)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin = section.bottom_margin = Mm(10)
    return document


def test_a_picture_is_as_large_as_it_is_and_fits_in_the_text() -> None:
    document = page(100, 200, side=20)
    document.add_paragraph("{{ t | tekst }}")
    text = "![a b](klein.png)\n![a b](breed.png)\n![a b](hoog.png)"
    assert sizes(shown(save(document), text)) == [(20, 10), (100, 25), (17, 150)]


def test_a_picture_fits_in_the_indent_the_cell_and_the_section_of_its_tag() -> None:
    document = page(100, 200)
    document.add_paragraph("{{ t | tekst }}").paragraph_format.left_indent = Mm(40)
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.width = Mm(50)
    cell.paragraphs[0].text = "{{ t | tekst }}"
    document.add_section().page_width = Mm(80)
    document.add_paragraph("{{ t | tekst }}")
    found = sizes(shown(save(document), "![a b](breed.png)"))
    assert [width for width, _ in found] == [60, 46, 80]


def test_a_picture_has_its_description_and_a_caption_on_the_same_page() -> None:
    document = new_document()
    for name in ("LRT Afbeelding", "LRT Afbeelding met bijschrift"):
        document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("{{ t | tekst }}")
    text = 'Zie:\n![Een "kaart" & meer](klein.png "Figuur **1**")\n![a b](klein.png)\nslot'
    found = shown(save(document), text)
    assert styles(found) == [
        ("Normal", "Zie:"),
        ("LRT Afbeelding met bijschrift", ""),
        ("Caption", "Figuur 1"),
        ("LRT Afbeelding", ""),
        ("Normal", "slot"),
    ]
    drawn = [each.get("descr") for each in found.element.body.iter(f"{{{WP}}}docPr")]
    assert drawn == ['Een "kaart" & meer', "a b"]


def test_without_those_styles_a_picture_has_a_line_as_high_as_it_and_no_bullet() -> None:
    document = new_document()
    styles_ = document.styles.element
    styles_.remove(document.styles["Caption"].element)
    paragraph = document.add_paragraph("{{ t | tekst }}", style="List Bullet")
    paragraph.paragraph_format.line_spacing = Mm(4)
    picture, caption = shown(save(document), '![a b](klein.png "Onder")').paragraphs
    assert picture.paragraph_format.keep_with_next
    assert picture.paragraph_format.line_spacing_rule == 0
    assert [run.italic or run.style.name for run in caption.runs] == ["Emphasis"]
    for each in (picture, caption):
        assert re.findall(r'w:numId w:val="(.)"', each._p.xml) == ["0"]


def test_the_same_picture_is_one_part_also_in_two_parts_of_the_document() -> None:
    template = compile_template(docx_of("{{ t | tekst }}", header="{{ t | tekst }}"), "x")
    words = {"t": "![a b](klein.png)\n![c d](klein.png)"}
    members = members_of(render(template, words, find_picture=find_picture))
    assert len([name for name in members if name.startswith("word/media/")]) == 1
    assert [b"lrt-" in members[name] for name in sorted(members) if "header1.xml.rels" in name]


def test_a_picture_where_no_folder_is_known_is_told_by_its_name() -> None:
    (problem,) = problems_of(docx_of("{{ t | tekst }}"), {"t": "een\n![a b](kaart.png)"})
    assert problem.key == "LRT298.map"
    assert "kaart.png" in problem.message
    assert problem.place.paragraph == 1


def test_a_picture_in_the_middle_of_a_sentence_of_a_template_is_told() -> None:
    template = compile_template(docx_of("Zie {{ t | tekst }} nu"), "x")
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, {"t": "![a b](klein.png)"}, find_picture=find_picture)
    assert caught.value.problems[0].key == "LRT314.regel"


def test_the_house_style_has_the_styles_of_pictures() -> None:
    house = docx.Document(str(ROOT / "templates" / "brief.docx"))
    asked = {"Caption", "LRT Afbeelding", "LRT Afbeelding met bijschrift"}
    assert asked <= {style.name for style in house.styles}
