"""A page made of a document: what who reads it, or has it read, finds there."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx_making import body_of, docx_of, members_of, new_document, repack, save
from letter_making import CONTACT, make_brief
from meeting_papers import paper_docx, read_meeting
from office_saving import save_again
from PIL import Image
from web_reading import PageReader

from lrtdocs.word.web.page import make_page
from lrtdocs.word.web.seal import source_of

if TYPE_CHECKING:
    from lrtdocs.errors import Problem

HEAD = "overleg: LRT\ndatum: 2025-06-18\nagendapunten:\n  - titel: Opening\n"


def page_of(docx: bytes) -> str:
    return make_page(docx, "uit.docx").data.decode()


def paper_of(text: str, more: str = "") -> bytes:
    """Return minutes that say `text` under their first item."""
    body = "".join(f"      {line}\n" for line in text.split("\n"))
    model, problems = read_meeting(f"{more}{HEAD}    verslag: |\n{body}")
    assert model is not None, problems
    return paper_docx(model, "verslag")


def minutes(text: str, more: str = "") -> str:
    return page_of(paper_of(text, more))


def elements(page: str, *names: str) -> list[dict[str, str]]:
    return [given for tag, given in PageReader(page).elements if tag in names]


def main_of(page: str) -> str:
    return page.partition("<main>")[2].partition("</main>")[0]


# --- headings, lists, tables


def test_headings_have_the_numbers_that_word_prints_and_skip_no_level() -> None:
    model, _ = read_meeting(
        f"{HEAD}    subpunten: [{{titel: Een}}, {{titel: Twee}}]\n  - titel: Slot\n"
        "    verslag: |\n      ### Tussenkop\n\n      Tekst.\n"
    )
    assert model is not None
    page = page_of(paper_docx(model, "verslag"))
    shown = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h\d.*?</h\d>", page)]

    assert shown == ["verslag", "1. Opening", "1a Een", "1b Twee", "2. Slot", "Tussenkop"]
    assert [level for level, _ in PageReader(page).headings] == [1, 2, 3, 3, 2, 3]


def test_levels_that_a_document_skips_are_closed_up() -> None:
    document = new_document()
    for level in (2, 4, 4, 1, 3):
        document.add_heading(f"Kop {level}", level)

    assert [level for level, _ in PageReader(page_of(save(document))).headings] == [1, 2, 2, 1, 2]


def test_a_document_without_headings_has_its_title_for_who_has_headings_read() -> None:
    document = new_document()
    document.core_properties.title = "Over iets"
    document.add_paragraph("Tekst")
    page = page_of(save(document))

    assert '<h1 class="verborgen">Over iets</h1>' in page
    assert "<title>Over iets</title>" in page


def test_a_list_begins_at_its_number_and_lists_in_it_stand_in_its_items() -> None:
    page = minutes("7. zeven\n   - diep\n8. acht\n\nTekst.\n\na. letter\nb. nog een")

    assert re.sub(r'<p[^>]*>|</p>|\n| class="[^"]*"', "", main_of(page)).endswith(
        '<ol start="7"><li>zeven<ul><li>diep</li></ul></li><li>acht</li></ol>Tekst.'
        '<ol type="a"><li>letter</li><li>nog een</li></ol>'
    )


def test_a_list_that_is_broken_off_goes_on_counting() -> None:
    document = new_document()
    for text, style in (("een", "List Number"), ("tussen", None), ("twee", "List Number")):
        document.add_paragraph(text, style)
    page = page_of(save(document))

    assert [given.get("start", "1") for given in elements(page, "ol")] == ["1", "2"]


def test_numbers_that_no_browser_makes_stand_in_the_text() -> None:
    page = page_of(repack(body_of(OUTLINED * 2), **{"word/numbering.xml": OUTLINE}))

    assert re.findall(r'class="merk">(.*?) <', page) == ["1)", "1.a)", "2)", "2.a)"]
    assert [given["role"] for given in elements(page, "ol")[:1]] == ["list"]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OUTLINE = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
).encode()
OUTLINED = "".join(
    f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    f"<w:r><w:t>punt</w:t></w:r></w:p>"
    for level in (0, 1)
)


def test_the_header_row_of_a_table_names_columns_and_the_first_cell_its_row() -> None:
    page = minutes("| wie | wat | wanneer |\n|---|---|---|\n| VNG | brief | mei |")
    heads = elements(page, "th")

    assert [given["scope"] for given in heads] == ["col", "col", "col", "row"]
    assert elements(page, "table")[0]["aria-label"] == "Tabel met wie, wat en wanneer"


def test_cells_that_were_joined_are_joined_on_the_page() -> None:
    document = new_document()
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"c{number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    page = page_of(save(document))

    assert [(g.get("colspan"), g.get("rowspan")) for g in elements(page, "td")] == [
        *[("2", None), (None, None)], *[(None, None)] * 2, (None, "2"), *[(None, None)] * 2,
    ]  # fmt: skip


def test_columns_that_a_header_row_says_twice_have_headers_by_name() -> None:
    document = new_document()
    table = document.add_table(rows=2, cols=4)
    for cell, text in zip(table.rows[0].cells, ["Gemeente", "Aantal"] * 2, strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["Ede", "5", "Urk", "6"], strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    page = page_of(save(document))
    names = {given["id"]: given["scope"] for given in elements(page, "th") if "id" in given}
    cells = [given["headers"].split() for given in elements(page, "td")]

    assert list(names.values()) == ["col"] * 4 + ["row"] * 2
    assert cells == [["t1k1", "t1r1-0"], ["t1k3", "t1r1-2"]]
    assert all(one in names for cell in cells for one in cell)


# --- what stands in a paragraph


def test_a_note_and_its_number_lead_to_each_other() -> None:
    page = minutes("Tekst[^1] en meer.\n\n[^1]: De noot.")
    links = {given["role"]: given for given in elements(page, "a") if "role" in given}
    there, back = links["doc-noteref"], links["doc-backlink"]
    ids = {given["id"] for _, given in PageReader(page).elements if "id" in given}

    assert there["aria-label"] == "voetnoot 1"
    assert {there["href"], back["href"]} == {"#voetnoot-1", "#bij-voetnoot-1"}
    assert {there["href"][1:], back["href"][1:]} <= ids


def test_the_page_and_parts_of_it_say_their_language() -> None:
    document = Document(io.BytesIO(make_brief("Text [in het Nederlands]{taal=nl}.", taal="en")))
    document.core_properties.language = "en-GB"
    letter = page_of(save(document))
    dutch = minutes("Tekst [The committee]{taal=en}.")

    assert elements(letter, "html") == [{"lang": "en-GB"}]
    assert [given["lang"] for given in elements(letter, "span") if "lang" in given] == ["nl-NL"]
    assert elements(dutch, "html") == [{"lang": "nl-NL"}]
    assert '<span lang="en-GB">The committee</span>' in dutch


def test_bold_and_italic_are_kept_and_a_bold_style_adds_no_marks() -> None:
    page = minutes("Dit is **vet**, *schuin* en ***beide***.")

    assert "<strong>vet</strong>, <em>schuin</em> en <strong><em>beide</em></strong>" in page
    assert re.findall(r"<h2>.*?</h2>", page) == ['<h2><span class="nummer">1. </span>Opening</h2>']


def test_a_mark_with_a_tip_is_read_with_what_it_means() -> None:
    tip = "weggelaten, artikel 5.1, tweede lid, onder e"
    page = page_of(
        body_of(
            f'<w:p><w:hyperlink w:anchor="grond" w:tooltip="{tip}"><w:r><w:t>[5.1.2e]</w:t></w:r>'
            '</w:hyperlink></w:p><w:p><w:bookmarkStart w:id="1" w:name="grond"/>'
            '<w:r><w:t>De grond</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
        )
    )
    (link,) = elements(page, "a")

    assert link["aria-label"] == f"[5.1.2e], {tip}"
    assert link["href"][1:] in {given.get("id") for given in elements(page, "span")}


def test_a_mark_in_a_note_leads_to_its_meaning_in_the_text() -> None:
    docx = paper_of("Tekst[^1].\n\n[^1]: Noot van [5.1.2e].")
    mark = (
        '<w:hyperlink w:anchor="g" w:tooltip="weggelaten"><w:r><w:t>[5.1.2e]</w:t></w:r>'
        "</w:hyperlink>"
    )
    notes = members_of(docx)["word/footnotes.xml"].decode()
    ended = notes.replace(
        "</w:p></w:footnote></w:footnotes>", f"{mark}</w:p></w:footnote></w:footnotes>"
    )
    meaning = '<w:p><w:bookmarkStart w:id="9" w:name="g"/><w:r><w:t>De grond</w:t></w:r></w:p>'
    page = page_of(body_of(meaning, repack(docx, **{"word/footnotes.xml": ended.encode()})))
    names = {
        given["href"]: given["aria-label"] for given in elements(page, "a") if "title" in given
    }

    assert names == {"#b-g": "[5.1.2e], weggelaten"}
    assert '<span id="b-g"></span>De grond' in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///c:/x", "data:text/html,x"])
def test_an_address_that_is_none_of_the_web_is_no_link(address: str) -> None:
    document = new_document()
    relation = document.part.relate_to(
        address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph = document.add_paragraph()
    link, run = OxmlElement("w:hyperlink"), OxmlElement("w:r")
    link.set(qn("r:id"), relation)
    run.text = "hier"
    link.append(run)
    paragraph._p.append(link)
    page = page_of(save(document))

    assert elements(page, "a") == []
    assert "hier" in main_of(page)


def test_what_nobody_sees_is_not_on_the_page() -> None:
    page = page_of(
        body_of(
            "<w:p><w:r><w:t>zichtbaar</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t>"
            '</w:r><w:del w:id="1" w:author="x"><w:r><w:delText>geschrapt</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="x"><w:r><w:t> erbij</w:t></w:r></w:ins></w:p>'
        )
    )

    assert "zichtbaar erbij" in page
    assert "geheim" not in page
    assert "geschrapt" not in page


def test_a_text_box_stands_behind_the_paragraph_that_it_hangs_on() -> None:
    box = (
        "<w:p><w:r><w:t>anker</w:t></w:r><w:r><w:pict>"
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>in het kader</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        "</w:p><w:p><w:r><w:t>erna</w:t></w:r></w:p>"
    )

    assert PageReader(page_of(body_of(box))).texts == ["anker", "in het kader", "erna"]


# --- pictures


def picture(kind: str = "PNG") -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(stream, kind)
    stream.seek(0)
    return stream


def with_picture(alt: str, kind: str = "PNG") -> bytes:
    document = new_document()
    document.add_picture(picture(kind))
    next(document.element.body.iter(qn("wp:docPr"))).set("descr", alt)
    return save(document)


def told(docx: bytes) -> list[Problem]:
    return list(make_page(docx, "uit.docx").problems)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_a_picture_is_in_the_page_with_its_description(kind: str) -> None:
    docx = with_picture("Kaart van Ede", kind)
    (shown,) = elements(page_of(docx), "img")

    assert shown["alt"] == "Kaart van Ede"
    assert re.match(r"data:image/(png|jpeg|gif);base64,", shown["src"])
    assert told(docx) == []


def test_a_picture_without_description_is_told_with_its_place() -> None:
    (problem,) = told(with_picture(""))

    assert problem.code == "LRT842"
    assert problem.place.part == "hoofdtekst"


def test_a_picture_that_no_browser_shows_is_described_and_told() -> None:
    docx = with_picture("Kaart van Ede")
    types = members_of(docx)["[Content_Types].xml"].replace(b"image/png", b"image/x-emf")
    changed = repack(docx, **{"[Content_Types].xml": types})

    assert '<span class="beeld">Kaart van Ede</span>' in page_of(changed)
    assert [problem.key for problem in told(changed)] == ["LRT841.soort"]


def test_of_a_cropped_picture_the_page_holds_what_is_shown() -> None:
    document = Document(io.BytesIO(with_picture("Kaart")))
    fill = next(document.element.body.iter(qn("pic:blipFill")))
    crop = OxmlElement("a:srcRect")
    crop.set("l", "50000")
    fill.insert(1, crop)
    (shown,) = elements(page_of(save(document)), "img")
    data = b64decode(shown["src"].partition(",")[2])
    assert Image.open(io.BytesIO(data)).size == (20, 20)


# --- the page as a whole


def test_the_sender_stands_beside_the_text_and_the_address_in_it() -> None:
    page = page_of(make_brief("Kort.", contactpersoon=CONTACT))
    beside = page.partition("<aside")[2].partition("</aside>")[0]

    assert "J. Voorbeeld" in beside
    assert "J. de Vries" in main_of(page)
    assert "Ministerie van Asiel" in page.partition("<header>")[2].partition("</header>")[0]


def test_a_mark_of_all_pages_stands_above_and_below_and_no_page_is_numbered() -> None:
    page = minutes("Tekst.", "rubricering: CONCEPT\n")
    above, below = page.partition("<main>")[0], page.partition("</main>")[2]

    assert (above.count(">CONCEPT<"), below.count(">CONCEPT<")) == (1, 1)
    assert "Pagina" not in page


def test_a_header_that_no_page_shows_is_not_on_the_page() -> None:
    document = new_document()
    document.add_paragraph("Tekst")
    document.sections[0].header.paragraphs[0].text = "Elke bladzijde"
    document.sections[0].first_page_header.paragraphs[0].text = "Geheim"
    page = page_of(save(document))

    assert "Elke bladzijde" in page
    assert "Geheim" not in page


@pytest.mark.office
def test_a_document_that_was_saved_in_libreoffice_says_the_same() -> None:
    docx = paper_of("- een\n- twee[^1]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Noot.")
    (saved,) = save_again(docx)

    assert PageReader(page_of(saved)).texts == PageReader(page_of(docx)).texts


def test_nothing_is_run_or_fetched() -> None:
    page = minutes("Tekst [link](https://www.voorbeeld.nl) en **vet**.")
    given = PageReader(page).elements
    fetched = {name: value for tag, each in given for name, value in each.items() if name == "src"}

    assert not {tag for tag, _ in given} & {"script", "iframe", "object", "embed", "link"}
    assert [name for _, each in given for name in each if name.startswith("on")] == []
    assert all(value.startswith("data:") for value in fetched.values())
    assert not re.search(r"url\(|@import", page)
    assert "default-src 'none'" in page


def test_the_same_document_gives_the_same_bytes() -> None:
    docx = make_brief("- een\n- twee\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert make_page(docx).data == make_page(docx).data


def test_a_page_knows_its_document_until_somebody_changes_it() -> None:
    docx = docx_of("Tekst")
    page = make_page(docx).data

    assert source_of(page) == hashlib.sha256(docx).hexdigest()
    assert source_of(page.replace(b"Tekst", b"Teksten")) == ""
    assert source_of(page.replace(source_of(page).encode(), b"0" * 64)) == ""


def test_who_made_it_and_what_it_is_about_stand_in_the_head() -> None:
    page = page_of(make_brief("Kort.", betreft="Over iets"))
    meta = {given["name"]: given["content"] for given in elements(page, "meta") if "name" in given}

    assert meta["author"] == "Directoraat-Generaal Migratie"
    assert re.findall("<title>(.*?)</title>", page) == ["Over iets, J. de Vries"]
