"""Tags in places where they cannot work, or where Word laid something around them."""

from __future__ import annotations

from broken_cases.making import (
    BODY,
    FIRST_FOOTER,
    FIRST_HEADER,
    FOOTER,
    HEADER,
    PROPERTIES,
    case,
    control,
    drawing,
    field,
    floating,
    letter,
    link,
    paragraph,
    related,
    run,
    styled,
    table,
    text_box,
)
from docx_making import members_of, repack

NOTES = "voetnoten"


@case(("LRT304", BODY, 2, "tekst"), ("LRT304", BODY, 3, "meer"))
def text_beside_a_paragraph_tag() -> bytes:
    return letter("{%p if plaats %} tekst", "meer {%p endif %}")


@case(
    ("LRT322", BODY, 2, "{%p if plaats %}"),
    ("LRT354", BODY, 2, ""),
    ("LRT309", BODY, 6, "{{ plats }}"),
)
def a_floating_text_box_beside_a_paragraph_tag_and_another_mistake() -> bytes:
    box = floating("tekst")
    return letter(paragraph("{%p if plaats %}", box), "ja", "{%p endif %}", "{{ plats }}")


PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


@case()
def a_page_break_beside_a_paragraph_tag() -> bytes:
    return letter("{%p if plaats %}", "x", paragraph("{%p endif %}", PAGE_BREAK))


@case(("LRT322", BODY, 2, "{%p if plaats %}"))
def a_page_break_before_the_paragraph_of_a_tag() -> bytes:
    first = styled("{%p if plaats %}", before="<w:pageBreakBefore/>")
    return letter(first, "x", "{%p endif %}")


@case(("LRT322", BODY, 4, "{% endfor %}"))
def a_page_break_beside_the_end_of_a_loop_that_stands_alone() -> bytes:
    return letter("{% for lid in leden %}", "{{ lid }}", paragraph("{% endfor %}", PAGE_BREAK))


@case(("LRT305", BODY, 2, "{% if plaats %}"))
def a_field_that_ends_in_a_block() -> bytes:
    begin, rest = field("REF x").split("<w:r>", 2)[1:]
    return letter(paragraph(f"<w:r>{begin}", "{% if plaats %}", f"<w:r>{rest}", "{% endif %}", "x"))


@case(("LRT305", BODY, 2, "{%p if plaats %}"))
def a_field_that_begins_in_a_block_of_paragraphs() -> bytes:
    begin, rest = field("REF x").split("<w:r>", 2)[1:]
    return letter(
        "{%p if plaats %}", paragraph(f"<w:r>{begin}"), "{%p endif %}", paragraph(f"<w:r>{rest}")
    )


@case(("LRT305", BODY, 2, "{% if plaats %}"))
def a_field_from_one_branch_into_the_other() -> bytes:
    begin, rest = field("REF x").split("<w:r>", 2)[1:]
    return letter(
        paragraph(
            "{% if plaats %}", f"<w:r>{begin}", "{% else %}", f"<w:r>{rest}", "x", "{% endif %}"
        )
    )


@case(("LRT305", BODY, 2, "veld"))
def a_field_without_end() -> bytes:
    return letter(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "x"))


@case()
def a_whole_field_in_a_block_and_a_block_in_a_field() -> bytes:
    block = paragraph("{% if plaats %}", field("SEQ x"), "{% endif %}")
    return letter(block, paragraph(field("SEQ x", "{% if plaats %}a{% endif %}")))


@case(("LRT304", BODY, 4, "x"))
def text_beside_a_row_tag() -> bytes:
    return letter(
        table(
            ("Kop", "Kop"),
            ("{%tr for lid in leden %} x", ""),
            ("{{ lid }}", "y"),
            ("{%tr endfor %}", ""),
        )
    )


@case(("LRT304", BODY, 2, "{{ overleg }}"))
def a_value_beside_a_paragraph_tag() -> bytes:
    return letter("{%p if plaats %}{{ overleg }}", "{%p endif %}")


@case(("LRT305", BODY, 4, "in een tabelcel en in een andere tabelcel"))
def a_block_from_one_row_into_another() -> bytes:
    return letter(table(("Kop", "Kop"), ("a {% if plaats %}", "b"), ("c", "d {% endif %}")))


@case(("LRT305", BODY, 2, "in een alinea en in een link"))
def a_block_from_a_paragraph_into_a_link() -> bytes:
    body = paragraph("{% if plaats %}a", link("zie daar {% endif %}"))
    return related(letter(body), "hyperlink", "https://www.rijksoverheid.nl")


@case(("LRT305", BODY, 3, "in een tekstvak en in een alinea"), ("LRT354", BODY, 2, ""))
def a_block_from_a_text_box_into_the_body() -> bytes:
    return letter(text_box("{% if plaats %}"), "{% endif %}")


@case(("LRT305", BODY, 2, "in een inhoudsbesturingselement en tussen alinea's"))
def a_block_from_a_content_control_into_the_body() -> bytes:
    return letter(control("{%p if plaats %}", "tekst"), "{%p endif %}")


@case(("LRT306", BODY, 2, "{%tr if plaats %}"), ("LRT306", BODY, 3, "{%tr endif %}"))
def a_row_tag_outside_a_table() -> bytes:
    return letter("{%tr if plaats %}", "{%tr endif %}")


@case(("LRT306", BODY, 2, "{% colspan 2 %}"))
def a_cell_tag_outside_a_table() -> bytes:
    return letter("{% colspan 2 %}tekst")


@case(("LRT306", BODY, 2, "HYPERLINK {{ overleg }}"))
def a_tag_in_a_field_code() -> bytes:
    return letter(paragraph(field(" HYPERLINK {{ overleg }} ")))


@case(("LRT306", BODY, 2, "https://x.nl/{{ overleg }}"))
def a_tag_in_the_address_of_a_link() -> bytes:
    return related(
        letter(paragraph(link("het overleg"))), "hyperlink", "https://x.nl/{{ overleg }}"
    )


@case(("LRT306", HEADER, 1, "https://x.nl/{{ overleg }}"))
def a_tag_in_the_address_of_a_link_in_a_header() -> bytes:
    base = letter(header=paragraph(link("het overleg")))
    rels = members_of(base)["word/_rels/header1.xml.rels"]
    base = repack(base, **{"word/_rels/header2.xml.rels": rels})
    return related(base, "hyperlink", "https://x.nl/{{ overleg }}", "header2")


@case(("LRT306", BODY, 2, "{{ overleg }}"))
def a_tag_in_the_date_format_of_a_content_control() -> bytes:
    date = '<w:date><w:dateFormat w:val="{{ overleg }}"/></w:date>'
    return letter(control("Kies", properties=date))


@case(("LRT306", BODY, 2, "{{ overleg }}"))
def a_tag_in_a_formula() -> bytes:
    m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{m}"><m:r><m:t>{{{{ overleg }}}}</m:t></m:r></m:oMath>'
    return letter(styled(run("x") + formula))


@case(("LRT306", BODY, 2, "{{ overleg | link }}"))
def a_link_in_a_link() -> bytes:
    body = paragraph(link("{{ overleg | link }}"))
    return related(letter(body), "hyperlink", "https://www.rijksoverheid.nl")


@case(("LRT309", BODY, 2, "{{ plats }}"))
def an_unknown_word_cut_over_runs() -> bytes:
    return letter(paragraph("{", "{ pla", "ts }", "}"))


@case(("LRT309", FIRST_HEADER, 1, "{{ plats }}"))
def a_mistake_in_the_header_of_the_first_page() -> bytes:
    return letter(first_header=styled("{{ plats }}", "BodyText"))


@case(("LRT309", HEADER, 2, "{{ plats }}"))
def a_mistake_in_the_header_of_other_pages() -> bytes:
    return letter(header=styled("a", "BodyText") + styled("{{ plats }}", "BodyText"))


@case(("LRT303", FIRST_FOOTER, 1, "{%p if plaats %}"))
def a_mistake_in_the_foot_of_the_first_page() -> bytes:
    return letter(first_footer=styled("{%p if plaats %}", "BodyText") + styled("x", "BodyText"))


@case(("LRT307", FOOTER, 1, "{{ datum | date }}"))
def a_mistake_in_the_foot_of_other_pages() -> bytes:
    return letter(footer=styled("{{ datum | date }}", "BodyText"))


@case(("LRT309", BODY, 5, "{{ plats }}"))
def a_mistake_in_a_cell() -> bytes:
    return letter(table(("Kop", "Kop"), ("a", "{{ plats }}")))


@case(("LRT309", BODY, 3, "{{ plats }}"), ("LRT354", BODY, 2, ""))
def a_mistake_in_a_text_box() -> bytes:
    return letter(text_box("{{ plats }}"))


@case(("LRT309", BODY, 2, "{{ plats }}"))
def a_mistake_in_a_content_control() -> bytes:
    return letter(control("{{ plats }}"))


@case(("LRT309", BODY, 2, "{{ plats }}"))
def a_mistake_in_the_text_of_a_link() -> bytes:
    body = paragraph(link("{{ plats }}"))
    return related(letter(body), "hyperlink", "https://www.rijksoverheid.nl")


@case(("LRT309", NOTES, 1, "{{ plats }}"))
def a_mistake_in_a_footnote() -> bytes:
    note = f'<w:footnote w:id="2">{styled("{{ plats }}")}</w:footnote>'
    return with_notes(
        letter(paragraph("tekst", '<w:r><w:footnoteReference w:id="2"/></w:r>')), note
    )


@case(("LRT309", BODY, 2, "{{ plats }}"))
def a_mistake_in_alternative_text() -> bytes:
    return letter(drawing("Foto van {{ plats }}"))


@case(("LRT309", PROPERTIES, None, "{{ plats }}"))
def a_mistake_in_the_title_of_the_document() -> bytes:
    return letter(title="Brief {{ plats }}")


@case(("LRT306", "een grafiek", None, "{{ overleg }}"))
def a_tag_in_a_chart() -> bytes:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    text = f'<a:p xmlns:a="{a}"><a:r><a:t>{{{{ overleg }}}}</a:t></a:r></a:p>'
    return with_part(letter("tekst"), "chart", kind, text)


@case(("LRT333", BODY, 2, "MERGEFIELD Overleg"))
def a_merge_field() -> bytes:
    return letter(paragraph(field(" MERGEFIELD Overleg ", "(overleg)")))


@case(("LRT317", BODY, None, ""), ("LRT338", BODY, 2, "{{ overleg }}"))
def a_tag_half_inserted_with_tracked_changes() -> bytes:
    inserted = f'<w:ins w:id="1" w:author="x">{run("leg }}")}</w:ins>'
    return letter(paragraph("{{ over", inserted))


@case(("LRT317", BODY, None, ""), ("LRT338", BODY, 2, "{{ plaats }}"))
def a_tag_deleted_with_tracked_changes() -> bytes:
    old = "<w:r><w:delText>{{ plaats }}</w:delText></w:r>"
    return letter(paragraph("tekst", f'<w:del w:id="1" w:author="x">{old}</w:del>'))


@case(("LRT339", BODY, 2, "Het {{ overleg }}"))
def a_comment_of_a_person() -> bytes:
    return commented("Jan")


@case()
def a_comment_of_lrtdocs_is_no_problem() -> bytes:
    return commented("lrtdocs")


def commented(author: str) -> bytes:
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    data = letter(paragraph("Het {{ overleg }}", mark))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    content = f'<w:comment w:id="0" w:author="{author}">{styled("Klopt dit?")}</w:comment>'
    return with_part(data, "comments", kind, content)


def with_notes(data: bytes, notes: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    return with_part(data, "footnotes", kind, notes)


def with_part(data: bytes, name: str, kind: str, content: str) -> bytes:
    """Return `data` with a part of notes or comments."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    members = members_of(data)
    types = members["[Content_Types].xml"].decode()
    rels = members["word/_rels/document.xml.rels"].decode()
    override = f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>'
    row = f'<Relationship Id="rIdN" Type="{office}/{name}" Target="{name}.xml"/></Relationships>'
    return repack(
        data,
        **{
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
            "word/_rels/document.xml.rels": rels.replace("</Relationships>", row).encode(),
            f"word/{name}.xml": f'<w:{name} xmlns:w="{w}">{content}</w:{name}>'.encode(),
        },
    )
