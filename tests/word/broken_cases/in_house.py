"""What left the house style, and what a screen reader would miss."""

from __future__ import annotations

from broken_cases.making import (
    BODY,
    HEADER,
    case,
    drawing,
    floating,
    letter,
    link,
    paragraph,
    related,
    run,
    shipped,
    styled,
    table,
    text_box,
)
from docx_making import change

FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'


@case(("LRT340", BODY, 3, "vreemd"))
def another_font() -> bytes:
    return letter("gewoon", paragraph(run("vreemd", FONT)))


@case(("LRT340", BODY, 2, "regel"))
def another_font_two_hundred_times_is_one_problem() -> bytes:
    return letter(*[paragraph(run("regel", FONT))] * 200)


@case(("LRT322", BODY, 2, "{%p if plaats %}"), ("LRT354", BODY, 2, ""))
def what_floats_beside_a_tag_in_the_style_of_tags_is_no_text() -> bytes:
    tag = "LRTSjabloontag"
    beside = styled(run("{%p if plaats %}") + floating("tekst"), tag)
    return letter(beside, "Dit ziet u", styled("{%p endif %}", tag))


@case(("LRT355", BODY, 3, "Dit ziet u klein"))
def text_in_the_style_of_tags() -> bytes:
    tag = "LRTSjabloontag"
    return letter(
        styled("{%p if plaats %}", tag),
        styled("Dit ziet u klein", tag),
        styled("{%p endif %}", tag),
    )


@case(("LRT340", HEADER, 1, "vreemd"))
def another_font_in_a_header() -> bytes:
    return letter(header=styled(run("vreemd", FONT), "BodyText"))


@case(("LRT341", BODY, 2, "groot"))
def another_size() -> bytes:
    return letter(paragraph(run("groot", '<w:sz w:val="28"/>')))


@case(("LRT342", BODY, 2, "rood"))
def another_colour() -> bytes:
    return letter(paragraph(run("rood", '<w:color w:val="FF0000"/>')))


@case(("LRT342", BODY, 2, "geel"))
def a_highlight() -> bytes:
    return letter(paragraph(run("geel", '<w:highlight w:val="yellow"/>')))


@case(("LRT342", BODY, 2, ""))
def a_coloured_cell() -> bytes:
    cells = table(("Kop", "Kop"), ("a", "b"))
    return letter(cells.replace("</w:tcPr>", '<w:shd w:val="clear" w:fill="FFFF00"/></w:tcPr>', 1))


@case(("LRT343", BODY, None, ""))
def another_margin() -> bytes:
    return change(letter("tekst"), "word/document.xml", 'w:left="1587"', 'w:left="1134"')


@case(("LRT343", BODY, None, ""))
def american_paper() -> bytes:
    size = 'w:w="11906" w:h="16838"'
    return change(letter("tekst"), "word/document.xml", size, 'w:w="12240" w:h="15840"')


@case(("LRT344", BODY, 2, "vet"))
def loose_bold() -> bytes:
    return letter(paragraph("gewoon ", run("vet", "<w:b/>")))


@case(("LRT344", BODY, 2, "midden"))
def loose_alignment() -> bytes:
    return letter(styled("midden", before='<w:jc w:val="center"/>'))


@case(("LRT345", BODY, 2, "tekst"))
def a_style_that_does_not_exist() -> bytes:
    return letter(styled("tekst", "Weg"))


@case(("LRT345", BODY, 2, "tekst"))
def a_style_of_ones_own() -> bytes:
    own = '<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen"/></w:style>'
    base = change(shipped(), "word/styles.xml", "</w:styles>", own + "</w:styles>")
    return letter(styled("tekst", "Eigen"), base=base)


@case(("LRT346", None, None, "Body Text"))
def a_changed_style() -> bytes:
    name = '<w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
    old, new = (f'{name}<w:spacing w:before="{n}" w:after="{n}"' for n in (240, 0))
    return letter("tekst", base=change(shipped(), "word/styles.xml", old, new))


@case(("LRT347", BODY, 2, "plaatje"))
def a_picture_without_alternative_text() -> bytes:
    return letter(drawing())


@case(("LRT348", BODY, 2, "Nog een kop"))
def a_second_first_heading() -> bytes:
    return letter(styled("Nog een kop", "Heading1"))


@case(("LRT348", BODY, 2, "Te diep"))
def a_heading_that_skips_a_level() -> bytes:
    return letter(styled("Te diep", before='<w:outlineLvl w:val="2"/>'))


@case()
def two_first_headings_in_two_branches_are_right() -> bytes:
    base = letter("tekst")
    first = styled("Kop van de brief", "Heading1")
    both = (
        styled("{%p if plaats %}", "LRTSjabloontag")
        + first
        + styled("{%p else %}", "LRTSjabloontag")
        + styled("Een andere kop", "Heading1")
        + styled("{%p endif %}", "LRTSjabloontag")
    )
    return change(base, "word/document.xml", first, both)


@case(("LRT349", BODY, 2, ""))
def a_table_without_a_header_row() -> bytes:
    return letter(table(("Naam", "Plaats"), ("a", "b"), header=False))


@case(("LRT349", BODY, 4, ""))
def a_table_that_repeats_one_row_without_a_header() -> bytes:
    rows = (("{%tr for lid in leden %}", ""), ("{{ lid }}", "b"), ("{%tr endfor %}", ""))
    return letter(table(*rows, header=False))


@case(("LRT350", None, None, "en-US"))
def an_english_template() -> bytes:
    base = change(shipped(), "word/styles.xml", 'w:lang w:val="nl-NL"', 'w:lang w:val="en-US"')
    return letter("tekst", base=base)


@case(("LRT350", BODY, 2, "kindly"))
def an_english_piece_of_text() -> bytes:
    return letter(paragraph(run("kindly", '<w:lang w:val="en-GB"/>')))


@case(("LRT351", None, None, ""))
def a_template_without_a_title() -> bytes:
    return letter("tekst", title="")


@case(("LRT352", BODY, 3, ""))
def blank_lines() -> bytes:
    return letter("tekst", "", "", "tekst")


@case(("LRT353", BODY, 2, "klik hier"))
def a_link_that_says_nothing() -> bytes:
    return related(letter(paragraph(link("klik hier"))), "hyperlink", "https://www.coa.nl")


@case(("LRT353", BODY, 2, "https://www.coa.nl"))
def a_link_that_shows_its_address() -> bytes:
    return related(letter(paragraph(link("https://www.coa.nl"))), "hyperlink", "https://www.coa.nl")


@case(("LRT354", BODY, 2, ""))
def a_text_box() -> bytes:
    return letter(text_box("tekst"))
