"""Hiding places for a name: each makes a file that has it in one place, in one shape."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, PngImagePlugin

Make = Callable[[str], bytes]
Members = dict[str, bytes]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- Word


TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "application/vnd.openxmlformats-package"
BLANK = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
    f'ContentType="{PACKAGE}.relationships+xml"/><Default Extension="xml" ContentType='
    f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{WML}.document.main'
    '+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
    f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
    f'Type="{R}/styles" Target="styles.xml"/></Relationships>',
    "word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>De voorzitter opent de "
    "vergadering en heet iedereen welkom.</w:t></w:r></w:p><w:sectPr/></w:body></w:document>",
    "word/styles.xml": f'<w:styles {W}><w:style w:styleId="a"><w:name w:val="Kop"/></w:style>'
    "</w:styles>",
    "word/settings.xml": f"<w:settings {W}></w:settings>",
    "docProps/core.xml": "<cp:coreProperties><dc:creator>AenM</dc:creator></cp:coreProperties>",
    "docProps/app.xml": "<Properties><Application>Word</Application></Properties>",
}


def members() -> Members:
    return {name: text.encode() for name, text in BLANK.items()}


def pack(parts: Members, comment: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.comment = comment.encode()
    return target.getvalue()


def body(xml: str) -> Make:
    """Return what makes a document with `xml` in its body, with the name for NAME."""

    def make(name: str) -> bytes:
        parts = members()
        text = parts["word/document.xml"].decode()
        parts["word/document.xml"] = text.replace(
            "<w:sectPr", xml.replace("NAME", name) + "<w:sectPr", 1
        ).encode()
        return pack(parts)

    return make


def split(name: str, at: int) -> tuple[str, str]:
    return name[:at], name[at:]


def runs(inside: str) -> Make:
    """Return what makes a paragraph with the name in two runs, with `inside` between them."""

    def make(name: str) -> bytes:
        first, second = split(name, len(name) // 2)
        return body(
            f"<w:p><w:r><w:t>{first}</w:t></w:r>{inside}<w:r><w:rPr><w:b/></w:rPr>"
            f"<w:t>{second}</w:t></w:r></w:p>"
        )(name)

    return make


def part(member: str, data: str, encoding: str = "utf-8") -> Make:
    """Return what adds a part that nothing refers to, or replaces one."""
    return lambda name: pack(members() | {member: data.replace("NAME", name).encode(encoding)})


def inside(member: str, before: str, text: str) -> Make:
    def make(name: str) -> bytes:
        parts = members()
        old = parts[member].decode()
        assert before in old, (member, before)
        parts[member] = old.replace(before, text.replace("NAME", name) + before, 1).encode()
        return pack(parts)

    return make


def binary(member: str, make: Make) -> Make:
    return lambda name: pack(members() | {member: make(name)})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def orphan(name: str) -> bytes:
    """Return a document with a part that the list of the zip does not name."""
    data = pack(members() | {"word/weg.xml": paragraph(name).encode()})
    at = data.rindex(b"PK\x01\x02")  # the last row of the list
    end = data.index(b"PK\x05\x06")
    count = struct.unpack_from("<H", data, end + 10)[0] - 1
    size = struct.unpack_from("<I", data, end + 12)[0] - (end - at)
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, count, count, size)
    return data[:at] + bytes(tail)


def twice(name: str) -> bytes:
    """Return a document in which a part stands twice, of which a reader shows the last."""
    target = io.BytesIO(pack(members()))
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/styles.xml", f"<x>{name}</x>")
        archive.writestr("word/styles.xml", members()["word/styles.xml"])
    return target.getvalue()


def xlsx(name: str, *, hidden: bool = False) -> bytes:
    from openpyxl import Workbook

    book, target = Workbook(), io.BytesIO()
    sheet = book.active
    sheet["A1"] = "x" if hidden else name
    if hidden:
        other = book.create_sheet("Weg")
        other.sheet_state = "hidden"
        other["B2"] = name
    book.save(target)
    return target.getvalue()


def png(name: str, kind: str = "text") -> bytes:
    info, target = PngImagePlugin.PngInfo(), io.BytesIO()
    if kind == "xmp":
        info.add_itxt(
            "XML:com.adobe.xmp", f"<x:xmpmeta><dc:creator>{name}</dc:creator></x:xmpmeta>"
        )
    else:
        info.add_text("Author", name, zip=kind == "ztxt")
    Image.new("RGB", (5, 5)).save(target, "PNG", pnginfo=info)
    return target.getvalue() + (name.encode() if kind == "behind" else b"")


def jpeg(name: str, kind: str = "exif") -> bytes:
    target, exif = io.BytesIO(), Image.Exif()
    if kind == "exif":
        exif[315] = name
    elif kind == "xp":
        exif[0x9C9D] = name.encode("utf-16-le") + b"\0\0"
    Image.effect_noise((40, 40), 60).convert("RGB").save(
        target, "JPEG", exif=exif, **({"comment": name.encode()} if kind == "comment" else {})
    )
    data = target.getvalue()
    if kind == "iptc":
        block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(name) + 5)
        block += b"\x1c\x02\x50" + struct.pack(">H", len(name)) + name.encode()
        data = data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]
    return data


def ole(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(512)


DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="7" name="Afbeelding 1" descr="Foto van NAME"/>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
DOCX: dict[str, Make] = {
    "plain text": body(paragraph("Mw. NAME vraagt het woord.")),
    "split over runs": runs(""),
    "split by a bookmark": runs('<w:bookmarkStart w:id="4" w:name="x"/>'),
    "split by hidden text": runs("<w:r><w:rPr><w:vanish/></w:rPr><w:t>zzz</w:t></w:r>"),
    "split by deleted text": runs(
        '<w:del w:id="3" w:author="x"><w:r><w:delText>qq</w:delText></w:r></w:del>'
    ),
    "split by a tag of language": runs("<w:proofErr w:type='spellStart'/>"),
    "soft hyphen": lambda name: body(paragraph("\u00ad".join(split(name, 4))))(name),
    "signs without width": lambda name: body(paragraph("\u200b".join(name)))(name),
    "letters apart": lambda name: body(paragraph(" ".join(name)))(name),
    "without case": lambda name: body(paragraph(name.upper()))(name),
    "letters of another script": lambda name: body(
        paragraph(name.replace("a", "\u0430").replace("e", "\u0435"))
    )(name),
    "full width letters": lambda name: body(
        paragraph("".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in name))
    )(name),
    "signs of a font": lambda name: body(
        "<w:p><w:r>"
        + "".join(f'<w:sym w:font="Verdana" w:char="F0{ord(c):02X}"/>' for c in name)
        + "</w:r></w:p>"
    )(name),
    "written from the right": lambda name: body(paragraph(f"\u202e{name[::-1]}\u202c"))(name),
    "hyphen over lines": lambda name: body(
        "<w:p><w:r><w:t>{}-</w:t><w:br/><w:t>{}</w:t></w:r></w:p>".format(*split(name, 4))
    )(name),
    "hidden text": body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>NAME</w:t></w:r></w:p>"),
    "white text": body(
        '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>NAME</w:t></w:r></w:p>'
    ),
    "text of one point": body(
        '<w:p><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>NAME</w:t></w:r></w:p>'
    ),
    "deleted text": body(
        '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>NAME</w:delText></w:r></w:del></w:p>'
    ),
    "author of a change": body(
        '<w:p><w:ins w:id="1" w:author="NAME"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    ),
    "code of a field": body('<w:p><w:r><w:instrText> AUTHOR "NAME" </w:instrText></w:r></w:p>'),
    "simple field": body('<w:p><w:fldSimple w:instr=" DOCPROPERTY NAME "/></w:p>'),
    "alternative text": body(DRAWING),
    "name of a bookmark": body('<w:p><w:bookmarkStart w:id="9" w:name="NAME"/></w:p>'),
    "tooltip of a link": body('<w:p><w:hyperlink w:tooltip="Naar NAME" w:anchor="x"/></w:p>'),
    "content control": body(
        '<w:sdt><w:sdtPr><w:alias w:val="NAME"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent>'
        "</w:sdt>"
    ),
    "formula": body(
        '<w:p><m:oMath xmlns:m="http://x/math"><m:r><m:t>NAME</m:t></m:r></m:oMath></w:p>'
    ),
    "text box": body(
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{paragraph('NAME')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    ),
    "alternate content": body(
        '<mc:AlternateContent xmlns:mc="http://x/mc"><mc:Fallback>'
        f"{paragraph('NAME')}</mc:Fallback></mc:AlternateContent>"
    ),
    "comment in the XML": body("<!-- NAME -->"),
    "entity in the XML": lambda name: body(paragraph("".join(f"&#x{ord(c):x};" for c in name)))(
        name
    ),
    "CDATA": body("<w:p><w:r><w:t><![CDATA[NAME]]></w:t></w:r></w:p>"),
    "title": inside("docProps/core.xml", "</cp:coreProperties>", "<dc:title>NAME</dc:title>"),
    "last modified by": inside(
        "docProps/core.xml", "</cp:coreProperties>", "<cp:lastModifiedBy>NAME</cp:lastModifiedBy>"
    ),
    "manager": inside("docProps/app.xml", "</Properties>", "<Manager>NAME</Manager>"),
    "own property": part(
        "docProps/custom.xml",
        '<Properties><property name="Steller"><vt:lpwstr>NAME</vt:lpwstr></property></Properties>',
    ),
    "name of an own property": part(
        "docProps/custom.xml",
        '<Properties><property name="NAME"><vt:i4>1</vt:i4></property></Properties>',
    ),
    "remark": part("word/comments.xml", f"<w:comments {W}>{paragraph('NAME')}</w:comments>"),
    "people of remarks": part(
        "word/people.xml", '<w15:people><w15:person w15:author="NAME"/></w15:people>'
    ),
    "header that no page uses": part("word/header9.xml", f"<w:hdr {W}>{paragraph('NAME')}</w:hdr>"),
    "footnote": part("word/footnotes.xml", f"<w:footnotes {W}>{paragraph('NAME')}</w:footnotes>"),
    "building block": part("word/glossary/document.xml", f"<w:x {W}>{paragraph('NAME')}</w:x>"),
    "own XML": part("customXml/item1.xml", "<root><naam>NAME</naam></root>"),
    "own XML in an attribute": part("customXml/item1.xml", '<root naam="NAME"/>'),
    "own XML in UTF-16": part("customXml/item1.xml", "<root><naam>NAME</naam></root>", "utf-16"),
    "name of an element": part("customXml/item1.xml", "<root><NAME/></root>"),
    "variable of the document": inside(
        "word/settings.xml",
        "</w:settings>",
        '<w:docVars><w:docVar w:name="a" w:val="NAME"/></w:docVars>',
    ),
    "name of a style": inside(
        "word/styles.xml", "</w:styles>", '<w:style><w:name w:val="Stijl van NAME"/></w:style>'
    ),
    "label of a list": part(
        "word/numbering2.xml", f'<w:numbering {W}><w:lvlText w:val="NAME %1"/></w:numbering>'
    ),
    "target of a link": inside(
        "word/_rels/document.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId77" Type="{R}/hyperlink" TargetMode="External" '
        'Target="https://voorbeeld.nl/?wie=NAME"/>',
    ),
    "chart": part("word/charts/chart1.xml", "<c:chart><c:pt><c:v>NAME</c:v></c:pt></c:chart>"),
    "smart art": part(
        "word/diagrams/data1.xml", "<dgm:pt><a:p><a:r><a:t>NAME</a:t></a:r></a:p></dgm:pt>"
    ),
    "workbook behind a chart": binary("word/embeddings/Blad1.xlsx", xlsx),
    "hidden sheet of a workbook": binary("word/embeddings/Blad1.xlsx", partial(xlsx, hidden=True)),
    "document in a document": binary("word/embeddings/doc.docx", body(paragraph("NAME"))),
    "PDF in a document": binary("word/embeddings/x.bin", lambda name: page(f"({name}) Tj")),
    "object of OLE": binary("word/embeddings/oleObject1.bin", ole),
    "text in a PNG": binary("word/media/a.png", png),
    "packed text in a PNG": binary("word/media/a.png", partial(png, kind="ztxt")),
    "XMP in a PNG": binary("word/media/a.png", partial(png, kind="xmp")),
    "behind a PNG": binary("word/media/a.png", partial(png, kind="behind")),
    "EXIF": binary("word/media/a.jpeg", jpeg),
    "EXIF of Windows": binary("word/media/a.jpeg", partial(jpeg, kind="xp")),
    "remark in a JPEG": binary("word/media/a.jpeg", partial(jpeg, kind="comment")),
    "IPTC": binary("word/media/a.jpeg", partial(jpeg, kind="iptc")),
    "text of an SVG": part(
        "word/media/a.svg", "<svg><text><tspan>NA</tspan><title>NAME</title></text></svg>"
    ),
    "printer settings": part("word/printerSettings1.bin", "\0\1\2\3NAME\0", "utf-16-le"),
    "part nobody refers to": part("word/oud/0001.dat", "xx NAME yy"),
    "name of a part": lambda name: pack(members() | {f"word/media/{name}.txt": b"x"}),
    "part taken out of the list": orphan,
    "part that is there twice": twice,
    "remark of the zip": lambda name: pack(members(), comment=name),
    "behind the zip": lambda name: pack(members()) + b"\n" + name.encode(),
    "base64 in the XML": lambda name: part(
        "customXml/item1.xml", f"<r><d>{base64.b64encode(name.encode()).decode()}</d></r>"
    )(name),
    "base64 of UTF-16": lambda name: part(
        "customXml/item1.xml", f"<r d='{base64.b64encode(name.encode('utf-16-le')).decode()}'/>"
    )(name),
    "document as base64": lambda name: part(
        "customXml/item1.xml",
        f"<r>{base64.b64encode(body(paragraph(name))(name)).decode()}</r>",
    )(name),
    "hexadecimal": lambda name: part("customXml/item1.xml", f"<r>{name.encode().hex()}</r>")(name),
    "percent signs": lambda name: part(
        "customXml/item1.xml", "<r>" + "".join(f"%{b:02X}" for b in name.encode()) + "</r>"
    )(name),
    "escapes": lambda name: part(
        "customXml/item1.xml", "<r>" + "".join(f"\\u{ord(c):04x}" for c in name) + "</r>"
    )(name),
    "entities of entities": lambda name: part(
        "customXml/item1.xml", "<r>" + "".join(f"&amp;#{ord(c)};" for c in name) + "</r>"
    )(name),
}


# --- PDF


def helvetica() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                      Encoding=Name.WinAnsiEncoding)  # fmt: skip


def save(pdf: Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def new_pdf(content: str | bytes = b"(Verslag) Tj", font: Dictionary | None = None) -> Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    code = content.encode("latin-1") if isinstance(content, str) else content
    page.Resources = Dictionary(Font=Dictionary(F1=helvetica() if font is None else font))
    page.Contents = Stream(pdf, b"BT /F1 11 Tf 50 700 Td " + code + b" ET")
    return pdf


def page(content: str | bytes, font: Dictionary | None = None) -> bytes:
    return save(new_pdf(content, font))


def shown(code: Callable[[str], str]) -> Make:
    return lambda name: page(code(name))


def changed(change: Callable[[Pdf, str], object]) -> Make:
    def make(name: str) -> bytes:
        pdf = new_pdf()
        change(pdf, name)
        return save(pdf)

    return make


def by_table(name: str) -> bytes:
    """Return a page with codes that only the table of the font explains."""
    signs = sorted(set(name))
    rows = "".join(f"<{n:02X}> <{ord(c):04X}>\n" for n, c in enumerate(signs, 1))
    cmap = f"{len(signs)} beginbfchar\n{rows}endbfchar".encode()
    pdf = new_pdf("<" + "".join(f"{signs.index(c) + 1:02X}" for c in name) + "> Tj")
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/AAAAAA+Verdana"),
                      ToUnicode=Stream(pdf, cmap))  # fmt: skip
    pdf.pages[0].Resources.Font.F1 = font
    return save(pdf)


def by_names(name: str) -> bytes:
    """Return a page in a font without a table, whose codes mean what its names of glyphs say."""
    signs = sorted(set(name))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/AAAAAA+X"),
        Encoding=Dictionary(Differences=Array([1, *(Name(f"/{glyph_name(c)}") for c in signs)])),
    )  # fmt: skip
    return page("<" + "".join(f"{signs.index(c) + 1:02X}" for c in name) + "> Tj", font)


def glyph_name(sign: str) -> str:
    known = {" ": "space", ".": "period", "[": "bracketleft", "]": "bracketright"}
    return known.get(sign, sign if sign.isalpha() else f"uni{ord(sign):04X}")


def two_bytes(name: str) -> bytes:
    """Return a page in a composite font, by a range in its table."""
    pdf = new_pdf("<" + "".join(f"{ord(c) + 0x100:04X}" for c in name) + "> Tj")
    cmap = b"1 beginbfrange\n<0100> <01FF> <0000>\nendbfrange"
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.X)
    pdf.pages[0].Resources.Font.F1 = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([below]), ToUnicode=Stream(pdf, cmap),
    )  # fmt: skip
    return save(pdf)


def program(name: str, *, compact: bool = False) -> bytes:
    """Return a font in which each sign of `name` has a glyph, from number 1 on."""
    signs = sorted(set(name))
    glyphs = [".notdef", *(glyph_name(sign) for sign in signs)]
    builder = FontBuilder(1000, isTTF=not compact)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(sign): glyph_name(sign) for sign in signs})
    if compact:
        pens = {glyph: T2CharStringPen(600, None).getCharString() for glyph in glyphs}
        builder.setupCFF("X", {}, pens, {})
    else:
        builder.setupGlyf({glyph: TTGlyphPen(None).glyph() for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "X"})
    builder.setupOS2()
    builder.setupPost()
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def by_program(name: str, *, compact: bool = False) -> bytes:
    """Return a page whose codes are numbers of glyphs, which the font alone explains."""
    signs = sorted(set(name))
    pdf = new_pdf("<" + "".join(f"{signs.index(c) + 1:04X}" for c in name) + "> Tj")
    key = "/FontFile3" if compact else "/FontFile2"
    descriptor = Dictionary({"/Flags": 4, key: Stream(pdf, program(name, compact=compact))})
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, FontDescriptor=descriptor)
    pdf.pages[0].Resources.Font.F1 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/AAAAAA+X"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([below]),
    )
    return save(pdf)


def old_page(pdf: Pdf, name: str) -> None:
    """Keep a page that was taken out of the document, with a font of its own."""
    signs = sorted(set(name))
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/AAAAAA+X"),
        Encoding=Dictionary(Differences=Array([1, *(Name(f"/{glyph_name(c)}") for c in signs)])),
    )
    code = "BT /F1 9 Tf <" + "".join(f"{signs.index(c) + 1:02X}" for c in name) + "> Tj ET"
    pdf.Root.Oud = pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            Resources=Dictionary(Font=Dictionary(F1=font)),
            Contents=pdf.make_indirect(Stream(pdf, code.encode())),
        )
    )


def shuffled(name: str) -> str:
    """Return code that draws the letters from the last to the first, each at its place."""
    return "".join(
        f"1 0 0 1 {50 + 7 * at} 700 Tm ({sign}) Tj " for at, sign in reversed([*enumerate(name)])
    )


def form(pdf: Pdf, name: str) -> None:
    made = Stream(pdf, f"BT /F1 9 Tf ({name}) Tj ET".encode(), Type=Name.XObject,
                  Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))  # fmt: skip
    made.Resources = pdf.pages[0].Resources
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(F1=helvetica()), XObject=Dictionary(X=made))
    pdf.pages[0].Contents = Stream(pdf, b"q /X Do Q")


def annotation(pdf: Pdf, **entries: object) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])


def appearance(pdf: Pdf, name: str) -> None:
    made = Stream(pdf, f"BT /F1 9 Tf ({name}) Tj ET".encode(), Subtype=Name.Form)
    made.Resources = Dictionary(Font=Dictionary(F1=helvetica()))
    annotation(pdf, Subtype=Name.Stamp, AP=Dictionary(N=made))


def older(name: str, *, packed: bool = False) -> bytes:
    """Return a PDF whose page was replaced in a later version that was put behind it."""
    first = save(new_pdf(f"({name}) Tj"), **(
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate} if packed else {}
    ))  # fmt: skip
    with Pdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 20
    before = first.rindex(b"startxref")
    start = first[before:].split()[1].decode()
    code = b"BT /F1 11 Tf 50 700 Td (Verslag) Tj ET"
    made = f"{number} 0 obj\n<</Length {len(code)}>>\nstream\n".encode() + code
    made += b"\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{len(first):010d} 00000 n \n".encode()
    trailer = f"trailer\n<</Root {root} 0 R /Size {size} /Prev {start}>>\n"
    trailer += f"startxref\n{len(first) + len(made)}\n%%EOF\n"
    return first + made + table + trailer.encode()


def loose_stream(name: str) -> bytes:
    """Return a PDF with a stream between its objects that no list of objects has."""
    data = page("(Verslag) Tj")
    packed = zlib.compress(f"BT /F1 9 Tf [({name[:3]}) -20 ({name[3:]})] TJ ET".encode())
    piece = f"77 0 obj\n<</Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed
    return data + piece + b"\nendstream\nendobj\n"


def xmp(text: str) -> Callable[[Pdf, str], None]:
    def plant(pdf: Pdf, name: str) -> None:
        packet = f"<x:xmpmeta><rdf:RDF>{text.replace('NAME', name)}</rdf:RDF></x:xmpmeta>"
        pdf.Root.Metadata = Stream(pdf, packet.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return plant


def attached(data: Make, called: str = "bijlage.bin") -> Callable[[Pdf, str], None]:
    def plant(pdf: Pdf, name: str) -> None:
        stream = Stream(pdf, data(name), Type=Name.EmbeddedFile)
        spec = Dictionary(Type=Name.Filespec, UF=String(called), EF=Dictionary(F=stream))
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), spec])))

    return plant


def picture(data: Make, kind: Name) -> Callable[[Pdf, str], None]:
    def plant(pdf: Pdf, name: str) -> None:
        stream = Stream(pdf, data(name), Type=Name.XObject, Subtype=Name.Image)
        stream.Filter = kind
        pdf.pages[0].Resources.XObject = Dictionary(P=stream)

    return plant


def layer(pdf: Pdf, name: str) -> None:
    off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("laag")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off]), D=Dictionary(OFF=Array([off])))
    pdf.pages[0].Resources.Properties = Dictionary(L=off)
    code = f"/OC /L BDC BT /F1 9 Tf ({name}) Tj ET EMC".encode()
    pdf.pages[0].Contents = Stream(pdf, code)


def set_root(**entries: Callable[[str], object]) -> Callable[[Pdf, str], None]:
    def plant(pdf: Pdf, name: str) -> None:
        for key, value in entries.items():
            pdf.Root["/" + key] = pdf.make_indirect(value(name))

    return plant


def element(key: str) -> Callable[[Pdf, str], None]:
    return set_root(
        StructTreeRoot=lambda name: Dictionary(
            Type=Name.StructTreeRoot,
            K=Dictionary({"/Type": Name.StructElem, "/S": Name.P, key: String(name)}),
        )
    )


def over_pages(name: str) -> bytes:
    """Return a tagged PDF whose paragraph, and in it the name, goes on on the next page."""
    pdf = pikepdf.new()
    parts = split(name, len(name) // 2)
    for text in parts:
        made = pdf.add_blank_page()
        made.Resources = Dictionary(Font=Dictionary(F1=table_font(pdf)))
        code = f"/P <</MCID 0>> BDC BT /F1 9 Tf 50 50 Td ({text}) Tj ET EMC "
        code += "/Artifact BMC BT /F1 9 Tf 50 20 Td (Pagina) Tj ET EMC"
        made.Contents = Stream(pdf, code.encode("latin-1"))
    kids = [Dictionary(Type=Name.MCR, Pg=each.obj, MCID=0) for each in pdf.pages]
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=Array(kids)))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=top)
    return save(pdf)


def table_font(pdf: Pdf) -> Dictionary:
    font = helvetica()
    font.ToUnicode = Stream(pdf, b"1 beginbfrange\n<20> <7E> <0020>\nendbfrange")
    return font


def note(**entries: Callable[[str], object]) -> Callable[[Pdf, str], None]:
    def plant(pdf: Pdf, name: str) -> None:
        annotation(pdf, Subtype=Name.Text, **{key: make(name) for key, make in entries.items()})

    return plant


def unused(pdf: Pdf, name: str) -> None:
    """Add an object that nothing refers to: it is kept as part of a list that is not used."""
    pdf.make_indirect(Dictionary(Subtype=Name.Text, T=String(name)))


def code_points(name: str) -> str:
    return "".join(f"{ord(c):02X}" for c in name)


def changed_pdf(change: Callable[[Pdf, str], None], name: str) -> Pdf:
    pdf = new_pdf()
    change(pdf, name)
    return pdf


def page_encoded(name: str) -> bytes:
    pdf = new_pdf()
    coded = base64.a85encode(f"BT /F1 9 Tf ({name}) Tj ET".encode()) + b"~>"
    stream = Stream(pdf, coded)
    stream.Filter = Name.ASCII85Decode
    pdf.pages[0].Contents = stream
    return save(pdf)


PDF: dict[str, Make] = {
    "string": shown(lambda name: f"({name}) Tj"),
    "hex string": shown(lambda name: f"<{code_points(name)}> Tj"),
    "octal escapes": shown(lambda name: "(" + "".join(f"\\{ord(c):03o}" for c in name) + ") Tj"),
    "pieces with kerning": shown(lambda name: "[" + " 30 ".join(f"({c})" for c in name) + "] TJ"),
    "pieces as hex": shown(lambda name: "[" + "-12".join(f"<{ord(c):02X}>" for c in name) + "] TJ"),
    "each letter placed": shown(lambda name: "".join(f"({c}) Tj 7 0 Td " for c in name)),
    "letters in another order": shown(shuffled),
    "each letter twice, to look bold": shown(
        lambda name: "".join(
            f"1 0 0 1 {50 + 7 * at + step} 700 Tm ({sign}) Tj "
            for at, sign in enumerate(name)
            for step in (0, 0.2)
        )
    ),
    "on two lines": shown(lambda name: "({}-) Tj 0 -12 Td ({}) Tj".format(*split(name, 4))),
    "next line operator": shown(lambda name: f"12 TL ({name}) '"),
    "by a table": by_table,
    "by names of glyphs": by_names,
    "by two bytes": two_bytes,
    "by the font alone": by_program,
    "by a compact font alone": partial(by_program, compact=True),
    "page that was taken out": changed(old_page),
    "numbers in a script": changed(
        set_root(
            OpenAction=lambda name: Dictionary(
                S=Name.JavaScript,
                JS=String("String.fromCharCode(" + ",".join(str(ord(c)) for c in name) + ")"),
            )
        )
    ),
    "ligature": shown(lambda name: f"({name}) Tj"),
    "invisible text": shown(lambda name: f"3 Tr ({name}) Tj"),
    "white text": shown(lambda name: f"1 g ({name}) Tj"),
    "tiny text": shown(lambda name: f"/F1 0.5 Tf ({name}) Tj"),
    "outside of the page": shown(lambda name: f"-5000 9000 Td ({name}) Tj"),
    "under a black bar": lambda name: page(f"({name}) Tj ET 0 g 40 690 200 20 re f BT"),
    "rotated": shown(lambda name: f"0 1 -1 0 300 300 Tm ({name}) Tj"),
    "remark in the code": shown(lambda name: f"% {name}\n"),
    "actual text": shown(lambda name: f"/Span <</ActualText ({name})>> BDC (x) Tj EMC"),
    "property of a mark": shown(lambda name: f"/P <</Wie ({name})>> BDC (x) Tj EMC"),
    "form": changed(form),
    "title": changed(lambda pdf, name: pdf.docinfo.__setitem__("/Title", name)),
    "own key of Info": changed(lambda pdf, name: pdf.docinfo.__setitem__("/Steller", name)),
    "XMP": changed(xmp("<dc:creator>NAME</dc:creator>")),
    "attribute of XMP": changed(xmp('<rdf:Description pdf:Wie="NAME"/>')),
    "XMP of something else": changed(
        lambda pdf, name: pdf.pages[0].obj.__setitem__(
            "/Metadata", Stream(pdf, f"<x><y>{name}</y></x>".encode(), Type=Name.Metadata)
        )
    ),
    "contents of a note": changed(note(Contents=String)),
    "author of a note": changed(note(T=String)),
    "rich text of a note": changed(
        note(RC=lambda name: String(f"<p>{name[:3]}<b>{name[3:]}</b></p>"))
    ),
    "appearance of a note": changed(appearance),
    "note of UTF-16": changed(note(Contents=lambda name: String(name + " \u2019s"))),
    "value of a field": changed(
        set_root(
            AcroForm=lambda name: Dictionary(
                Fields=Array([Dictionary(FT=Name.Tx, T=String("a"), V=String(name))])
            )
        )
    ),
    "choice of a field": changed(
        set_root(
            AcroForm=lambda name: Dictionary(
                Fields=Array([Dictionary(FT=Name.Ch, T=String("a"), Opt=Array([String(name)]))])
            )
        )
    ),
    "XFA": changed(
        lambda pdf, name: pdf.Root.__setitem__(
            "/AcroForm", Dictionary(XFA=Stream(pdf, f"<xfa><f><v>{name}</v></f></xfa>".encode()))
        )
    ),
    "bookmark": changed(
        set_root(
            Outlines=lambda name: Dictionary(
                First=Dictionary(Title=String(name), Parent=Dictionary())
            )
        )
    ),
    "destination": changed(set_root(Dests=lambda name: Dictionary({f"/{name}": Array([0])}))),
    "name of a destination": changed(
        set_root(
            Names=lambda name: Dictionary(Dests=Dictionary(Names=Array([String(name), Array([0])])))
        )
    ),
    "numbering of pages": changed(
        set_root(PageLabels=lambda name: Dictionary(Nums=Array([0, Dictionary(P=String(name))])))
    ),
    "alternative text": changed(element("/Alt")),
    "actual text of an element": changed(element("/ActualText")),
    "expansion": changed(element("/E")),
    "title of an element": changed(element("/T")),
    "name of a layer": changed(
        set_root(
            OCProperties=lambda name: Dictionary(
                OCGs=Array([Dictionary(Type=Name.OCG, Name=String(name))])
            )
        )
    ),
    "layer that is off": changed(layer),
    "script": changed(
        set_root(
            OpenAction=lambda name: Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{name}')"))
        )
    ),
    "address of a link": changed(
        lambda pdf, name: annotation(
            pdf,
            Subtype=Name.Link,
            A=Dictionary(S=Name.URI, URI=String(f"https://x.nl/{quote(name)}")),
        )
    ),
    "data of a program": changed(
        set_root(PieceInfo=lambda name: Dictionary(A=Dictionary(Private=String(name))))
    ),
    "signature": changed(set_root(Los=lambda name: Dictionary(Type=Name.Sig, Reason=String(name)))),
    "object of no page": changed(
        note(Popup=lambda name: Dictionary(Subtype=Name.Popup, T=String(name)))
    ),
    "name of an attachment": lambda name: changed(attached(lambda _: b"x", f"{name}.txt"))(name),
    "text as attachment": changed(attached(lambda name: f"Van: {name}".encode())),
    "Word in a PDF": changed(attached(runs(""))),
    "workbook in a PDF": changed(attached(xlsx)),
    "PDF in a PDF": changed(attached(lambda name: page(f"({name}) Tj"))),
    "zip in a PDF": changed(attached(lambda name: pack({"a/b.txt": name.encode()}))),
    "EXIF in a PDF": changed(picture(jpeg, Name.DCTDecode)),
    "earlier version": older,
    "earlier version, packed": partial(older, packed=True),
    "stream in no list": loose_stream,
    "packed objects": lambda name: save(
        changed_pdf(note(Contents=String), name),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    ),
    "behind the end": lambda name: page("(Verslag) Tj") + f"\n% {name}\n".encode(),
    "before the beginning": lambda name: f"{name}\n".encode() + page("(Verslag) Tj"),
    "paragraph over two pages": over_pages,
    "as base64": changed(
        note(Contents=lambda name: String(base64.b64encode(name.encode()).decode()))
    ),
    "in ASCII85": page_encoded,
}


# --- other files


def html(text: str) -> Make:
    return lambda name: (
        f"<!doctype html><html><body>{text.replace('NAME', name)}</body></html>".encode()
    )


def folded(name: str) -> bytes:
    summary = f"SUMMARY:Overleg met {name[:4]}\r\n {name[4:]}"
    return f"BEGIN:VCALENDAR\r\n{summary}\r\nEND:VCALENDAR".encode()


def quoted(name: str) -> str:
    return "".join(f"={byte:02X}" for byte in name.encode())


OTHER: dict[str, tuple[str, Make]] = {
    "HTML": ("a.html", html("<p>NAME</p>")),
    "HTML, split over spans": (
        "a.html",
        lambda name: html(f"<p><b>{name[:3]}</b><i>{name[3:]}</i></p>")(name),
    ),
    "HTML, attribute": ("a.html", html('<p title="NAME">x</p>')),
    "HTML, script": ("a.html", html('<script>var x = "NAME"</script>')),
    "HTML, remark": ("a.html", html("<!-- NAME -->")),
    "HTML, data of a page": (
        "a.html",
        lambda name: html(
            f'<img src="data:image/png;base64,{base64.b64encode(png(name)).decode()}">'
        )(name),
    ),
    "XML": ("a.xml", lambda name: f"<?xml version='1.0'?><d><titel>{name}</titel></d>".encode()),
    "appointment": ("a.ics", folded),
    "mail": ("a.eml", lambda name: f"Subject: =?utf-8?Q?{quoted(name)}?=\n\nx".encode()),
    "mail with an attachment": (
        "a.eml",
        lambda name: b"Subject: x\n\n" + base64.encodebytes(body(paragraph(name))(name)),
    ),
    "CSV": ("a.csv", lambda name: f"naam;punt\n{name};1\n".encode("cp1252")),
    "JSON": ("a.json", lambda name: json.dumps({"naam": "\u2019" + name}).encode()),
    "workbook": ("a.xlsx", xlsx),
    "RTF": ("a.rtf", lambda name: ("{\\rtf1 " + f"{name[:3]}{{\\b {name[3:]}}}" + "}").encode()),
    "zip": ("a.zip", lambda name: pack({"x/verslag.docx": runs("")(name)})),
    "zip in a zip": ("a.zip", lambda name: pack({"x.zip": pack({"y.txt": name.encode()})})),
    "gzip": ("a.gz", lambda name: gzip.compress(f"van {name}".encode())),
    "text in UTF-16": ("a.txt", lambda name: name.encode("utf-16")),
    "unknown": ("a.bin", lambda name: bytes(range(256)) * 4 + name.encode("utf-16-be") + bytes(99)),
}
