"""Word documents with one fault each, as people make them; and the good document they begin as."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx_making import change, new_document, repack, save
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

SENTENCE = (
    "De minister heeft het voorstel op dinsdag met de gemeenten besproken, en zij zijn het er "
    "over eens dat de termijn voor deze aanvragen wordt verlengd, omdat u en wij dit niet op tijd "
    "kunnen."
)
ENGLISH = (
    "The committee would like to thank you for the letter that you have sent to them, and it will "
    "be discussed with the minister on the first of May; you will not have to be there for that."
)
TITLE = "Verlenging van de termijn"
ALT = "Kaart van Nederland met de twaalf provincies"


def start() -> Document:
    """Return a document in which nothing is wrong, to go on with."""
    document = new_document()
    document.core_properties.title = TITLE
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    for level in range(1, 7):
        document.styles[f"Heading {level}"].font.color.rgb = RGBColor(0, 0, 0)
    document.add_heading("Verlenging", 1)
    document.add_paragraph(SENTENCE)
    document.add_heading("Wat er verandert", 2)
    document.add_paragraph("Van deze wijzigingen:", style="Normal")
    for item in ("de termijn wordt langer", "het formulier wordt korter"):
        document.add_paragraph(item, style="List Bullet")
    add_table(document, ["Gemeente", "Aantal"], ["Utrecht", "25"], ["Zeist", "7"])
    document.add_paragraph(SENTENCE)
    add_picture(document)
    link(document.add_paragraph("Lees "), "de regeling op de website van het ministerie")
    return document


@cache
def good() -> bytes:
    """Return the document in which nothing is wrong."""
    return save(start())


def add_table(document: Any, *rows: list[str], header: bool = True) -> Any:
    """Add a table of `rows`, the first of them its header."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if header:
        mark_header(table.rows[0])
    return table


def mark_header(row: Any) -> None:
    """Let `row` be repeated on each page, which makes it a header."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def add_picture(document: Any, alt: str = ALT) -> Any:
    """Add a picture with the words `alt`, and return its properties."""
    pixels = io.BytesIO()
    Image.new("RGB", (4, 4), (21, 66, 115)).save(pixels, "PNG")
    pixels.seek(0)
    shape = document.add_paragraph().add_run().add_picture(pixels, width=Pt(40))
    shape._inline.docPr.set("descr", alt)
    return shape._inline.docPr


def link(paragraph: Any, text: str) -> None:
    """Add to `paragraph` a link shown as `text`."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relation = paragraph.part.relate_to("https://www.rijksoverheid.nl/", kind, is_external=True)
    run = f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">{run}</w:hyperlink>')
    )


def put(xml: str) -> Callable[[Document], None]:
    """Return what adds a paragraph with `xml` in it."""

    def plant(document: Document) -> None:
        spaces = nsdecls("w", "wp", "a", "r") + _SPACES
        document.element.body.insert_element_before(
            parse_xml(f"<w:p {spaces}>{xml}</w:p>"), "w:sectPr"
        )

    return plant


_SPACES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_URI = {
    "chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "shape": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "group": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
}


def drawing(kind: str, inside: str = "", holder: str = "inline") -> str:
    """Return a drawing without words, of one of `_URI`, with XML in it."""
    return (
        f'<w:r><w:drawing><wp:{holder}><wp:extent cx="99" cy="99"/><wp:docPr id="7" name="Vorm 7"/>'
        f'<a:graphic><a:graphicData uri="{_URI[kind]}">{inside}</a:graphicData></a:graphic>'
        f"</wp:{holder}></w:drawing></w:r>"
    )


def box(text: str) -> str:
    """Return a shape with `text` in it."""
    return (
        f"<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        "</w:txbxContent></wps:txbx></wps:wsp>"
    )


def lines(*texts: str, style: str = "Normal") -> Callable[[Document], None]:
    """Return what adds paragraphs."""

    def plant(document: Document) -> None:
        for text in texts:
            document.add_paragraph(text, style=style)

    return plant


def looking(text: str, **looks: Any) -> Callable[[Document], None]:
    """Return what adds a paragraph whose text looks so, and a plain one behind it."""

    def plant(document: Document) -> None:
        run = document.add_paragraph().add_run(text)
        for name, value in looks.items():
            if name == "color":
                run.font.color.rgb = RGBColor.from_string(value)
            elif name == "shade":
                _shade(run._r.get_or_add_rPr(), value)
            else:
                setattr(run.font, name, value)
        document.add_paragraph(SENTENCE)

    return plant


def _shade(properties: Any, fill: str) -> None:
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))


def marked(text: str, language: str) -> Callable[[Document], None]:
    """Return what adds a paragraph whose run says that it is in `language`."""
    return put(f'<w:r><w:rPr><w:lang w:val="{language}"/></w:rPr><w:t>{text}</w:t></w:r>')


def _title(text: str) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        document.core_properties.title = text

    return plant


def _language(language: str | None) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        for mark in list(document.styles.element.iter(qn("w:lang"))):
            if language is None:
                mark.getparent().remove(mark)
            else:
                mark.set(qn("w:val"), language)

    return plant


def _headings(*levels: int) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        for level in levels:
            document.add_heading(f"Kop van niveau {level}", level)
            document.add_paragraph(SENTENCE)

    return plant


def _without_headings(document: Document) -> None:
    for paragraph in list(document.paragraphs):
        if paragraph.style.name.startswith("Heading"):
            paragraph._p.getparent().remove(paragraph._p)
    for _ in range(20):
        document.add_paragraph(SENTENCE)


def _second_heading_first(document: Document) -> None:
    document.paragraphs[0].style = document.styles["Heading 2"]


def _bold_style(document: Document) -> None:
    style = document.styles.add_style("Tussenkop", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    document.add_paragraph("Hoe het verder gaat", style="Tussenkop")
    document.add_paragraph(SENTENCE)


def _broken_list(document: Document) -> None:
    run = document.add_paragraph("Nodig zijn:").add_run()
    for item in ("een plan", "een begroting"):
        run.add_break()
        run.add_text(f"- {item}")


def _table(
    change_table: Callable[[Any], None], *, header: bool = True
) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        rows = ["Provincie", "Aantal", "Jaar"], ["Utrecht", "25", "2025"], ["Drenthe", "7", "2025"]
        change_table(add_table(document, *rows, header=header))
        document.add_paragraph(SENTENCE)

    return plant


def _merge(one: tuple[int, int], other: tuple[int, int]) -> Callable[[Any], None]:
    def change_table(table: Any) -> None:
        kept = table.cell(*one).text
        table.cell(*one).merge(table.cell(*other)).text = kept

    return change_table


def _clear(*cells: tuple[int, int]) -> Callable[[Any], None]:
    def change_table(table: Any) -> None:
        for cell in cells:
            table.cell(*cell).text = ""

    return change_table


def _nested(table: Any) -> None:
    add_table(table.cell(1, 1), ["Plaats", "Aantal"], ["Zeist", "7"])
    table.cell(1, 1).add_paragraph("onder")


def _second_row_is_header(table: Any) -> None:
    mark_header(table.rows[1])


def _one_row(document: Document) -> None:
    add_table(document, ["Let op: de termijn is verlengd.", "Bel bij vragen."], header=False)
    document.add_paragraph(SENTENCE)


def _one_column(document: Document) -> None:
    add_table(document, ["Let op."], ["De termijn is verlengd."])
    document.add_paragraph(SENTENCE)


def _pale_style(document: Document) -> None:
    document.styles["Heading 2"].font.color.rgb = RGBColor.from_string("9DC3E6")


def _pale_sign_style(document: Document) -> None:
    style = document.styles.add_style("Bleek", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string("C0C0C0")
    document.add_paragraph().add_run(SENTENCE, style="Bleek")


def _contents(document: Document) -> None:
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    for number, title in enumerate(("Inleiding", "Wat er verandert", "Vervolg"), start=1):
        document.add_paragraph(f"{number}.\t{title}\t{number}", style="toc 1")


def _signed(document: Document) -> None:
    document.add_paragraph("Met vriendelijke groet,")
    document.add_paragraph().add_run("Jan Jansen").bold = True
    document.add_paragraph("beleidsmedewerker")


def _pale_cell(document: Document) -> None:
    table = add_table(document, ["Provincie", "Aantal"], ["Utrecht", "25"])
    cell = table.cell(1, 0)
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    _shade(cell._tc.get_or_add_tcPr(), "A6A6A6")
    document.add_paragraph(SENTENCE)


def _in_header(text: str) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return plant


def _in_footer(text: str) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = text

    return plant


def _watermark(document: Document) -> None:
    run = document.sections[0].header.paragraphs[0].add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")}{_SPACES}><v:shape style="position:absolute"><v:textpath '
            'string="CONCEPT"/></v:shape></w:pict>'
        )
    )


def _linked(text: str) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        link(document.add_paragraph("Zie ook "), text)

    return plant


def _locked(data: bytes) -> bytes:
    lock = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:zoom'
    return change(data, "word/settings.xml", "<w:zoom", lock)


def _empty_lines(document: Document) -> None:
    for _ in range(4):
        document.add_paragraph("")
    document.add_paragraph(SENTENCE)


def _picture(alt: str) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        add_picture(document, alt)

    return plant


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://x.nl"'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>lees meer</w:t>'
    '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_OLD_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:enabled/>'
    "<w:textInput/></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>naam</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_CONTROL = (
    "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value='ja'/></w:dropDownList></w:sdtPr>"
    "<w:sdtContent><w:r><w:t>Kies een item.</w:t></w:r></w:sdtContent></w:sdt>"
)
_CHECKBOX = (
    "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='0'/></w14:checkbox></w:sdtPr>"
    "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)
_TRACKED = '<w:ins w:id="1" w:author="J."><w:r><w:t>niet </w:t></w:r></w:ins>'

PLANTED: dict[str, tuple[str, Callable[[Document], None]]] = {
    "no title": ("LRT870.geen-titel", _title("")),
    "title of spaces": ("LRT870.geen-titel", _title("  ")),
    "title is a file name": ("LRT870.bestandsnaam", _title("verslag-v3-def.docx")),
    "title says nothing": ("LRT870.bestandsnaam", _title("Document1")),
    "no language": ("LRT870.geen-taal", _language(None)),
    "another language": ("LRT870.andere-taal", _language("en-US")),
    "an English paragraph": ("LRT870.taal-van-tekst", lines(ENGLISH)),
    "Dutch marked as English": ("LRT870.taal-van-tekst", marked(SENTENCE, "en-GB")),
    "English marked as German": ("LRT870.taal-van-tekst", marked(ENGLISH, "de-DE")),
    "tracked insertion": ("LRT870.wijzigingen", put(f"{_TRACKED}<w:r><w:t>mogelijk</w:t></w:r>")),
    "tracked deletion": (
        "LRT870.wijzigingen",
        put("<w:r><w:t>Wel</w:t></w:r>" + _TRACKED.replace("w:ins", "w:del").replace(
            "w:t>", "w:delText>")),
    ),
    "first heading is no Heading 1": ("LRT871.begin", _second_heading_first),
    "a level is skipped": ("LRT871.sprong", _headings(4)),
    "an empty heading": ("LRT871.leeg", lines("", style="Heading 2")),
    "a heading as long as a paragraph": ("LRT871.lang", lines(SENTENCE * 2, style="Heading 2")),
    "no heading at all": ("LRT871.geen", _without_headings),
    "a bold line as heading": ("LRT871.nep", looking("Hoe het verder gaat", bold=True)),
    "a large line as heading": ("LRT871.nep", looking("Hoe het verder gaat", size=Pt(16))),
    "a style of one's own as heading": ("LRT871.nep", _bold_style),
    "typed dashes": ("LRT871.streepjes", lines("- een plan", "- een begroting")),
    "typed bullets": ("LRT871.streepjes", lines("•\teen plan", "•\teen begroting")),
    "typed numbers": ("LRT871.nummers", lines("1. een plan", "2. een begroting")),
    "typed letters": ("LRT871.nummers", lines("a) een plan", "b) een begroting", "c) geld")),
    "a list in one paragraph": ("LRT871.regels", _broken_list),
    "a picture without words": ("LRT872.geen", _picture("")),
    "a chart without words": ("LRT872.geen", put(drawing("chart"))),
    "SmartArt without words": ("LRT872.geen", put(drawing("diagram"))),
    "a shape without words": ("LRT872.geen", put(drawing("shape"))),
    "a group without words": ("LRT872.geen", put(drawing("group", holder="anchor"))),
    "an old picture without words": (
        "LRT872.geen",
        put('<w:r><w:pict><v:shape><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r>'),
    ),
    "words that are a file name": ("LRT872.naam", _picture("IMG_2041.jpg")),
    "words that are a path": ("LRT872.naam", _picture(r"C:\kaarten\kaart.png")),
    "words that say nothing": ("LRT872.naam", _picture("Afbeelding 3")),
    "words that Word made up": (
        "LRT872.automatisch",
        _picture("Afbeelding met kaart. Automatisch gegenereerde beschrijving"),
    ),
    "a formula": (
        "LRT872.formule",
        put("<m:oMath><m:r><m:t>a=b+c</m:t></m:r></m:oMath><w:r><w:t> telt op</w:t></w:r>"),
    ),
    "an embedded sheet": (
        "LRT872.object",
        put('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
    ),
    "an ActiveX control": (
        "LRT872.besturing",
        put('<w:r><w:object><w:control w:name="Knop"/></w:object></w:r>'),
    ),
    "a table without header row": ("LRT873.kopregel", _table(lambda _: None, header=False)),
    "a header in the second row": (
        "LRT873.kopregel", _table(_second_row_is_header, header=False)
    ),
    "an empty header cell": ("LRT873.lege-kop", _table(_clear((0, 1)))),
    "cells merged across": ("LRT873.samengevoegd", _table(_merge((1, 0), (1, 1)))),
    "cells merged down": ("LRT873.samengevoegd", _table(_merge((1, 2), (2, 2)))),
    "a table in a table": ("LRT873.genest", _table(_nested)),
    "a table of one row": ("LRT873.opmaak", _one_row),
    "a table of one column": ("LRT873.opmaak", _one_column),
    "an empty row": ("LRT873.lege-rij", _table(_clear((1, 0), (1, 1), (1, 2)))),
    "a floating text box": (
        "LRT874.tekstvak", put(drawing("shape", box("Let op"), holder="anchor"))
    ),
    "an old text box": (
        "LRT874.tekstvak",
        put('<w:r><w:pict><v:shape style="position: absolute"><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>Let op</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
    ),
    "WordArt": (
        "LRT874.wordart",
        put('<w:r><w:pict><v:shape><v:textpath string="Jaarverslag"/></v:shape></w:pict></w:r>'),
    ),
    "a watermark": ("LRT874.watermerk", _watermark),
    "text only in the header": ("LRT874.koptekst", _in_header("Reageren kan tot 1 mei")),
    "text only in the footer": ("LRT874.koptekst", _in_footer("Reageren kan tot 1 mei")),
    "empty paragraphs": ("LRT874.leeg", _empty_lines),
    "columns of tabs": (
        "LRT874.tabs", lines("Gemeente\tAantal\tJaar", "Utrecht\t25\t2025", "Zeist\t7\t2025")
    ),
    "columns of spaces": ("LRT874.spaties", lines("Utrecht        25", "Zeist          7")),
    "spread letters": ("LRT874.gespatieerd", lines("B E S L U I T van de minister")),
    "a link that says click here": ("LRT875.woorden", _linked("Klik hier")),
    "a field that says read more": ("LRT875.woorden", put(_FIELD)),
    "a link without text": ("LRT875.leeg", _linked("")),
    "a link that is a long address": (
        "LRT875.adres", _linked("https://www.rijksoverheid.nl/" + "documenten/" * 8)
    ),
    "a choice without a name": ("LRT875.besturingselement", put(_CONTROL)),
    "a checkbox without a name": ("LRT875.besturingselement", put(_CHECKBOX)),
    "a form field without help": ("LRT875.veld", put(_OLD_FIELD)),
    "pale text": ("LRT876.contrast", looking(SENTENCE, color="AAAAAA")),
    "yellow text": ("LRT876.contrast", looking(SENTENCE, color="FFFF00")),
    "dark text on dark": ("LRT876.contrast", looking(SENTENCE, color="333333", shade="1F3864")),
    "white text in a grey cell": ("LRT876.contrast", _pale_cell),
    "a pale style of signs": ("LRT876.contrast-stijl", _pale_sign_style),
    "a pale style": ("LRT876.contrast-stijl", _pale_style),
    "text of five points": ("LRT876.klein", looking(SENTENCE, size=Pt(5))),
    "a sign of Wingdings": (
        "LRT876.symbool", put('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> ja</w:t></w:r>')
    ),
    "a private sign": ("LRT876.symbool", lines("\uf0fc akkoord")),
}  # fmt: skip
"""What is wrong, the key of the message that tells it, and what makes it wrong."""

RIGHT: dict[str, Callable[[Document], None]] = {
    "a decorative picture": put(
        drawing("shape").replace(
            'name="Vorm 7"/>',
            'name="Vorm 7"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/'
            'decorative" val="1"/></a:ext></a:extLst></wp:docPr>',
        )
    ),
    "English that says so": marked(ENGLISH, "en-GB"),
    "a bold word at the start": lambda document: (
        document.add_paragraph().add_run("Let op.").font.__setattr__("bold", True)
    ),
    "a label with a tab": lines("Datum\t1 mei 2025", "Betreft\tde termijn", "Van\tde minister"),
    "one line with a dash": lines("- meer niet", SENTENCE),
    "a year and an ordinal": lines("2025. Dat was het jaar.", "12. Een getal."),
    "white on dark blue": looking(SENTENCE, color="FFFFFF", shade="154273"),
    "large pale text": looking(SENTENCE * 2, color="767676", size=Pt(20)),
    "a header that repeats the text": _in_header(TITLE + SENTENCE[:0]),
    "an empty corner in the header row": _table(_clear((0, 0))),
    "a form to fill in by hand": _table(_clear((1, 1), (1, 2), (2, 1), (2, 2))),
    "a table of contents": _contents,
    "a bold name under a letter": _signed,
    "a bold caption": looking("Tabel 2 Aantallen per provincie", bold=True),
    "two empty paragraphs": lines("", "", SENTENCE),
    "a picture behind a heading": _headings(2, 3),
    "German": marked("Der Ausschuss dankt Ihnen.", "de-DE"),
    "an inline text box": put(drawing("shape", box("Let op"))),
    "a link with a picture": lambda document: link(
        document.add_paragraph("Zie "), "de regeling, hier besproken"
    ),
}
"""What looks like a fault, and is none."""


def plant(name: str) -> bytes:
    """Return the good document with the fault, or what looks like it, called `name`."""
    document = start()
    (PLANTED[name][1] if name in PLANTED else RIGHT[name])(document)
    return save(document)


def plant_lock() -> bytes:
    """Return the good document, locked."""
    return _locked(good())


def clean() -> bytes:
    """Return the good document without what nobody sees of it."""
    document = start()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    return repack(save(document), **{"docProps/thumbnail.jpeg": None})


def template() -> bytes:
    """Return a template without a title."""
    document = new_document()
    document.add_paragraph("Geachte {{ naam }}")
    return save(document)
