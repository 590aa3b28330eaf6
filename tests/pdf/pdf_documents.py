"""Small Word documents for the PDF tests, built with python-docx on a cleaned-up package.

`build_document` gives one document with everything the PDF step has an opinion on: frames
hung on the first ordinary paragraph, headings, nested lists, a table with a header row, a
picture with alternative text, a link with a tooltip and one without.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from PIL import Image

TITLE = "Proefdocument voor de PDF-stap"
LINK_TEXT = "de website van het ministerie"
TOOLTIP = "Naar de website van het ministerie"
ALT_TEXT = "Logo van het voorbeeldministerie"


@cache
def build_document(
    *, title: str = TITLE, language: str = "nl-NL", font: str = "Verdana", alt: str = ALT_TEXT
) -> bytes:
    """Return the bytes of a document with frames, headings, lists, a table, links and a picture."""
    document = _start(title, language, font)
    _add_frames(document)
    document.add_paragraph("Eerste gewone alinea na de kaders.")
    _add_links(document)
    document.add_heading("Tweede kop", level=2)
    _add_lists(document)
    _add_table(document)
    _add_picture(document, alt)
    document.add_heading("Laatste kop", level=2)
    document.add_paragraph("Slotalinea.")
    return _save(document)


@cache
def build_letter(
    text: str, *, pages: int = 1, font: str = "Verdana", header: str = "", footer: str = ""
) -> bytes:
    """Return the bytes of a document with a heading and `text` on each of `pages` pages."""
    document = _start(TITLE, "nl-NL", font)
    document.add_heading("Kop", level=1)
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    for number in range(pages):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.page_break_before = number > 0
    return _save(document)


def _start(title: str, language: str, font: str) -> Any:
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.language = language
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for lang in defaults.iter(qn("w:lang")):
        for name in list(lang.attrib):
            lang.set(name, language)
    for style in document.styles:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            fonts.attrib.clear()
            fonts.set(qn("w:ascii"), font)
            fonts.set(qn("w:hAnsi"), font)
    normal = document.styles["Normal"]
    normal.font.name = font
    normal.font.size = Pt(9)
    return document


def _add_frames(document: Any) -> None:
    frames = {
        (164.8, 54.3, 35.0): ["Ministerie van Voorbeelden", "Turfmarkt 147", "2511 DP Den Haag"],
        (28.0, 90.0, 92.0): ["verslag"],
    }
    for (x, y, width), lines in frames.items():
        for line in lines:
            if line == "verslag":
                paragraph = document.add_heading(line, level=1)
            else:
                paragraph = document.add_paragraph(line)
            paragraph._p.get_or_add_pPr().insert_element_before(
                parse_xml(
                    f'<w:framePr {nsdecls("w")} w:w="{_twips(width)}" w:x="{_twips(x)}" '
                    f'w:y="{_twips(y)}" w:hSpace="0" w:wrap="around" w:vAnchor="page" '
                    'w:hAnchor="page" w:anchorLock="1"/>'
                ),
                *("w:widowControl", "w:numPr", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:rPr"),
            )


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _add_links(document: Any) -> None:
    paragraph = document.add_paragraph("Lees verder op ")
    _add_link(document, paragraph, LINK_TEXT, "https://www.rijksoverheid.nl/", TOOLTIP)
    paragraph.add_run(" of mail naar ")
    _add_link(document, paragraph, "het secretariaat", "mailto:secretariaat@example.nl", "")
    paragraph.add_run(".")


def _add_link(document: Any, paragraph: Any, text: str, target: str, tooltip: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relation = document.part.relate_to(target, kind, is_external=True)
    tip = f' w:tooltip="{tooltip}"' if tooltip else ""
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"{tip}>'
            f"<w:r><w:t>{text}</w:t></w:r></w:hyperlink>"
        )
    )


def _add_lists(document: Any) -> None:
    numbering = document.part.numbering_part.element
    bullet, number = (
        _add_numbering(numbering, 90, "bullet"),
        _add_numbering(numbering, 91, "decimal"),
    )
    for text, level, list_id in (
        ("Eerste streepje", 0, bullet),
        ("Tweede streepje", 0, bullet),
        ("Genummerd binnen streepje", 1, number),
        ("Nog een nummer", 1, number),
        ("Derde streepje", 0, bullet),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level
        numbered.get_or_add_numId().val = list_id


def _add_numbering(numbering: Any, abstract_id: int, kind: str) -> int:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{"-" if kind == "bullet" else f"%{level + 1}."}"/>'
        '<w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(3)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    return int(numbering.add_num(abstract_id).numId)


def _add_table(document: Any) -> None:
    table = document.add_table(rows=3, cols=3)
    rows = (("Nr", "Actie", "Wie"), ("1", "Brief sturen", "Faber"), ("2", "Bellen", "Keizer"))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _add_picture(document: Any, alt: str) -> None:
    pixels = io.BytesIO()
    Image.new("RGB", (40, 20), (21, 66, 115)).save(pixels, "PNG")
    pixels.seek(0)
    run = document.add_paragraph().add_run()
    shape = run.add_picture(pixels, width=Mm(20))
    shape._inline.docPr.set("descr", alt)


def _save(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def link_picture(docx: bytes, target: str) -> bytes:
    """Return `docx` with a picture at its end that is not inside but linked: at `target`."""
    document = Document(io.BytesIO(docx))
    _add_picture(document, ALT_TEXT)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = document.part.relate_to(target, kind, is_external=True)
    for blip in document.element.body.iter(qn("a:blip")):
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), relation)
    return _save(document)


def build_link(text: str) -> bytes:
    """Return the bytes of a document with a heading and one link, shown as `text`."""
    document = _start(TITLE, "nl-NL", "Verdana")
    document.add_heading("Kop", level=1)
    _add_link(document, document.add_paragraph(), text, "https://www.rijksoverheid.nl/", TOOLTIP)
    return _save(document)
