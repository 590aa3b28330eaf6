"""Files that are no template at all, or that fetch something."""

from __future__ import annotations

from broken_cases.making import BODY, case, drawing, letter, paragraph, related, run
from docx_making import change, repack


@case(("LRT501", None, None, ""))
def an_empty_file() -> bytes:
    return b""


@case(("LRT501", None, None, ""))
def a_text_file() -> bytes:
    return b"Geachte heer, mevrouw,"


@case(("LRT502", None, None, ""))
def an_old_word_document() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@case(("LRT504", None, None, ""))
def half_a_file() -> bytes:
    data = letter("tekst")
    return data[: len(data) // 2]


@case(("LRT509", None, None, ""))
def a_part_that_is_cut_off() -> bytes:
    return repack(letter("tekst"), **{"word/document.xml": b"<w:document><w:body>"})


@case(("LRT501", None, None, ""))
def a_zip_that_is_no_document() -> bytes:
    return repack(letter("tekst"), **{"[Content_Types].xml": None})


@case(("LRT515", None, None, ""))
def a_document_without_a_body() -> bytes:
    return repack(letter("tekst"), **{"word/document.xml": None})


@case(("LRT510", None, None, ""))
def macros() -> bytes:
    old = "wordprocessingml.document.main+xml"
    new = "application/vnd.ms-word.document.macroEnabled.main+xml"
    kind = f"application/vnd.openxmlformats-officedocument.{old}"
    return change(letter("tekst"), "[Content_Types].xml", kind, new)


@case(("LRT511", None, None, "https://x.nl/foto.png"))
def a_picture_from_the_web() -> bytes:
    return related(letter("tekst"), "image", "https://x.nl/foto.png")


@case(("LRT511", None, None, "https://x.nl/sjabloon.dotx"))
def a_template_from_the_web() -> bytes:
    return related(letter("tekst"), "attachedTemplate", "https://x.nl/sjabloon.dotx")


@case(("LRT511", BODY, 2, "https://x.nl/foto.png"), ("LRT309", BODY, 3, "{{ plats }}"))
def a_picture_from_the_web_is_told_where_it_stands_and_hides_nothing() -> bytes:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    blip = f'<a:blip xmlns:a="{a}" xmlns:r="{r}" r:link="rIdX"/>'
    picture = drawing("Foto").replace("</wp:inline>", f"{blip}</wp:inline>")
    return related(letter(picture, "{{ plats }}"), "image", "https://x.nl/foto.png")


@case(("LRT510", None, None, "x.bin"), ("LRT309", BODY, 2, "{{ plats }}"))
def macros_hide_no_other_mistakes() -> bytes:
    return related(letter("{{ plats }}"), "vbaProject", "x.bin")


@case(("LRT512", BODY, None, ""))
def a_field_that_fetches_something() -> bytes:
    code = '<w:r><w:instrText>INCLUDETEXT "x.docx"</w:instrText></w:r>'
    return letter(paragraph(run("x"), code))


@case(("LRT503", None, None, ""))
def strict_open_xml_is_told_once() -> bytes:
    data, old = letter("tekst"), "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for member in ("word/document.xml", "word/styles.xml", "word/header1.xml"):
        data = change(data, member, old, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    return data


@case(("LRT510", None, None, ""))
def a_document_with_macros_is_told_once() -> bytes:
    old = "wordprocessingml.document.main+xml"
    new = "application/vnd.ms-word.document.macroEnabled.main+xml"
    kind = f"application/vnd.openxmlformats-officedocument.{old}"
    data = change(letter("tekst"), "[Content_Types].xml", kind, new)
    office = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    row = f'<Relationship Id="rIdV" Type="{office}" Target="vbaProject.bin"/></Relationships>'
    member = "word/_rels/document.xml.rels"
    data = change(data, member, "</Relationships>", row)
    kind = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    data = change(data, "[Content_Types].xml", "</Types>", kind)
    return repack(data, **{"word/vbaProject.bin": b"x"})
