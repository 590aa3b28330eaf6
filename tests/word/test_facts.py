"""What is told of a Word document to who makes a PDF of it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pdf_documents import build_letter

from lrtdocs.word.facts import DocumentFacts, let_rows_split, read_facts, wanted_fonts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPC = "http://schemas.openxmlformats.org/package/2006"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = {
    "document": f"{WML}.document.main+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}


def _package(parts):
    """Return a package with `parts` by name; what one is tells its name, without figures."""
    target, types, main = io.BytesIO(), "", ""
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            kind = re.sub(r".*/|\d*\.\w+", "", name)
            types += (
                f'<Override PartName="/{name}" ContentType="'
                f'{TYPES.get(kind, f"{WML}.{kind}+xml")}"/>'
            )
            main = name if kind == "document" else main
            package.writestr(name, f'<root xmlns:w="{W}" xmlns:a="urn:a">{text}</root>')
        row = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="{main}"/>'
        package.writestr("[Content_Types].xml", f'<x xmlns="{OPC}/content-types">{types}</x>')
        package.writestr("_rels/.rels", f'<x xmlns="{OPC}/relationships">{row}</x>')
    return target.getvalue()


def build_docx(row):
    """Return a package with `row` as its whole document."""
    return _package({"word/document.xml": row, "word/media/logo.png": "<w:cantSplit/>"})


def test_the_text_the_properties_and_the_date_are_known():
    facts = read_facts(build_letter("Aan de gemeente Beek.", header="Ω boven", pages=2))

    assert facts.body == ("Kop\n", *["Aan de gemeente Beek.\n"] * 2)
    assert (facts.first, facts.later) == (("Ω boven\n",), ("Ω boven\n",))
    assert facts.properties["title"] == "Proefdocument voor de PDF-stap"
    assert facts.modified == datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
    assert {"Ω", "B", "."} <= facts.characters


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("<w:p>{een}<w:r><w:br/></w:r>{twee}</w:p>", ["een\vtwee\n"]),
        ('<w:p>{een}<w:r><w:br w:type="page"/></w:r>{twee}</w:p>', ["een", "twee\n"]),
        ('<w:p><w:framePr w:dropCap="drop"/>{een}</w:p><w:p>{twee}</w:p>', ["eentwee\n"]),
        ('<w:p><w:framePr w:w="9"/>{een}</w:p><w:p>{twee}</w:p>', ["een\n", "twee\n"]),
        ("<w:p>{een}<w:r><w:footnoteReference/></w:r>{twee}</w:p>", ["een", "twee\n"]),
        ("<w:p>{een}<w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r></w:p>", ["een\n"]),
        ('<w:p><w:pPr><w:pStyle w:val="Weg"/></w:pPr>{weg}</w:p><w:p>{een}</w:p>', ["een\n"]),
        ("<w:p>{een}<w:moveFrom>{weg}</w:moveFrom></w:p>", ["een\n"]),
        ('<w:p><w:fldSimple w:instr="DATE">{weg}</w:fldSimple>{een}</w:p>', ["een\n"]),
        ('<w:p><w:fldSimple w:instr="HYPERLINK x">{een}</w:fldSimple></w:p>', ["een\n"]),
        ("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{weg}</w:p></w:tc>", []),
        ('<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p>{een}</w:p></w:tc>', ["een\n"]),
        ("<w:p>{een}<w:r><mc:Fallback>{weg}</mc:Fallback></w:r></w:p>", ["een\n"]),
    ],
)
def test_only_what_is_printed_has_to_be_in_the_pdf(body, pieces):
    for word in ("een", "twee", "weg"):
        body = body.replace(f"{{{word}}}", f"<w:r><w:t>{word}</w:t></w:r>")
    styles = '<w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = body.replace("mc:Fallback", "a:Fallback")

    facts = read_facts(_package({"word/document.xml": body, "word/styles.xml": styles}))

    assert list(facts.body) == pieces


def test_text_of_boxes_and_notes_has_no_place_in_the_body():
    box = "<w:r><w:txbxContent><w:p><w:r><w:t>kader</w:t></w:r></w:p></w:txbxContent></w:r>"
    note = "<w:footnote><w:p><w:r><w:t>noot</w:t></w:r></w:p></w:footnote>"
    body = f"<w:p><w:r><w:t>voor</w:t></w:r>{box}<w:r><w:t>na</w:t></w:r></w:p>"

    facts = read_facts(_package({"word/document.xml": body, "word/footnotes.xml": note}))

    assert (facts.body, facts.beside) == (("voorna\n",), ("kader\n", "noot\n"))


@pytest.mark.parametrize("part", ["document", "header1", "footnotes"])
def test_changes_that_word_keeps_are_seen_wherever_they_stand(part):
    parts = {"word/document.xml": "<w:p/>", f"word/{part}.xml": "<w:p><w:ins/></w:p>"}

    assert read_facts(_package(parts)).tracked
    assert not read_facts(_package({**parts, f"word/{part}.xml": "<w:p/>"})).tracked


def test_characters_of_list_labels_may_be_in_the_pdf():
    labels = _package(
        {"word/document.xml": "", "word/numbering.xml": '<w:lvl><w:lvlText w:val="§%1"/></w:lvl>'}
    )

    assert "§" in read_facts(labels).characters


def _renamed(docx):
    """Return `docx` with the parts called otherwise, as Word in a browser does."""
    named, target = (
        re.compile(r"""(?<=[/"])(document|header1|styles|core)(?=\.xml)"""),
        io.BytesIO(),
    )
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(target, "w") as made:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith((".rels", "Types].xml")):
                data = named.sub(r"\g<1>7", data.decode()).encode()
            made.writestr(named.sub(r"\g<1>7", name), data)
    return target.getvalue()


def test_parts_may_have_any_name():
    letter = build_letter("Aan de gemeente Beek.", header="boven")

    assert replace(read_facts(_renamed(letter)), digest="") == replace(
        read_facts(letter), digest=""
    )
    assert wanted_fonts(_renamed(letter)) == wanted_fonts(letter)


def test_the_pages_are_estimated_by_the_paragraphs():
    assert read_facts(build_letter("kort")).pages == 1
    assert read_facts(build_letter("lang", pages=400)).pages == 11


@pytest.mark.parametrize(
    "docx",
    [b"geen zip", b"", build_letter("tekst")[:400], "no xml"],
    ids=["text", "nothing", "half", "xml"],
)
def test_of_what_cannot_be_read_nothing_is_known(docx):
    if docx == "no xml":
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            package.writestr("word/document.xml", "<w:p>")
        docx = target.getvalue()

    assert replace(read_facts(docx), digest="") == DocumentFacts()
    assert wanted_fonts(docx) == set()
    assert let_rows_split(docx) is None


def test_only_fonts_of_used_styles_are_asked_for():
    assert wanted_fonts(build_letter("tekst", font="Verdana")) == {"Verdana"}


def test_a_theme_font_of_the_defaults_is_asked_for_when_no_style_names_another():
    package = _package(
        {
            "word/document.xml": '<w:r><w:rPr><w:rFonts w:ascii="Georgia"/></w:rPr></w:r>',
            "word/styles.xml": "<w:rPrDefault><w:rPr>"
            '<w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Oud"/></w:rPr></w:rPrDefault>'
            '<w:style w:type="paragraph" w:default="1" w:styleId="A"><w:name/></w:style>'
            '<w:style w:type="paragraph" w:styleId="B"><w:rFonts w:ascii="Los"/></w:style>',
            "word/theme/theme1.xml": '<a:minorFont><a:latin typeface="Calibri"/></a:minorFont>',
        }
    )

    assert wanted_fonts(package) == {"Georgia", "Calibri"}


def test_a_used_style_brings_the_styles_it_rests_on():
    package = _package(
        {
            "word/header1.xml": '<w:pPr><w:pStyle w:val="B"/></w:pPr>',
            "word/styles.xml": '<w:style w:styleId="A"><w:rFonts w:hAnsi="Georgia"/></w:style>'
            '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
        }
    )

    assert wanted_fonts(package) == {"Georgia"}


@pytest.mark.parametrize("mark", ["<w:cantSplit/>", '<w:cantSplit w:val="1" />'])
def test_rows_that_must_stay_whole_may_split_and_the_rest_stays_as_it_is(mark):
    made = let_rows_split(build_docx(f"<w:trPr>{mark}<w:tblHeader/></w:trPr>"))

    package = zipfile.ZipFile(io.BytesIO(made))
    assert b"><w:trPr><w:tblHeader/></w:trPr></" in package.read("word/document.xml")
    assert b"<w:cantSplit/>" in package.read("word/media/logo.png")


@pytest.mark.parametrize("docx", [build_docx("<w:tr/>"), b"PK not really"])
def test_a_document_without_such_rows_is_left_alone(docx):
    assert let_rows_split(docx) is None
