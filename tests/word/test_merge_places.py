"""Merge fields wherever Word lets them stand, and whatever stands beside and in them."""

from __future__ import annotations

import io

import docx
import pytest
from docx_making import (
    body_of,
    change,
    members_of,
    new_document,
    paragraph_of,
    repack,
    save,
    with_part,
)
from lxml import etree
from merge_making import merge_of, xml_of

from lrtdocs.errors import TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.mergefields.convert import Converted, convert_merge
from lrtdocs.word.mergefields.expressions import Named

WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
FIELD = xml_of("{MERGEFIELD naam}").removeprefix("<w:p>").removesuffix("</w:p>")
SIMPLE = '<w:fldSimple w:instr=" MERGEFIELD naam \\* MERGEFORMAT "><w:r><w:rPr><w:b/><w:noProof/></w:rPr><w:t>«naam»</w:t></w:r></w:fldSimple>'  # fmt: skip # noqa: E501


def convert(data: bytes) -> Converted:
    made = convert_merge(data, "a.docx", "b.docx", lambda name: Named(name.lower()))
    if not made.left:
        compile_template(made.data, "b.docx")
    return made


def document(made: Converted, member: str = "word/document.xml") -> str:
    return members_of(made.data)[member].decode()


def text_of(xml: str) -> str:
    root = etree.fromstring(xml.encode())
    return "".join(str(t.text) for t in root.iter(f"{{{NS['w']}}}t"))


def test_in_a_header_and_a_footer() -> None:
    file = new_document()
    file.sections[0].header.paragraphs[0].text = "KOP"
    file.sections[0].footer.paragraphs[0].text = "VOET"
    file.add_paragraph("tekst")
    data = save(file)
    members = members_of(data)
    parts = [name for name in members if "header" in name or "footer" in name]
    for name in parts:
        xml = members[name].decode()
        start = xml.index("<w:r>")
        changed = xml[:start] + FIELD + xml[start:]
        data = repack(data, **{name: changed.encode()})
    made = convert(data)
    assert [text_of(document(made, name)) for name in sorted(parts)] == [
        "{{ naam }}VOET",
        "{{ naam }}KOP",
    ]


def test_in_a_footnote() -> None:
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>Zie </w:t></w:r>{FIELD}</w:p></w:footnote>'
    notes = f'<w:footnotes xmlns:w="{NS["w"]}">{note}</w:footnotes>'
    text = '<w:p><w:r><w:t>Tekst</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    data = with_part(
        body_of(text), "word/footnotes.xml", notes.encode(), f"{WML}.footnotes+xml", "footnotes"
    )
    made = convert(data)
    assert "Zie {{ naam }}" in text_of(document(made, "word/footnotes.xml"))


BOX = (
    "<w:r><mc:AlternateContent "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>'
    '<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_in_a_text_box_both_copies_of_it() -> None:
    box = BOX.format(f"<w:p><w:r><w:t>Aan </w:t></w:r>{FIELD}</w:p>")
    made = convert(body_of(f"<w:p>{FIELD}<w:r><w:t> tekst</w:t></w:r>{box}</w:p>"))
    assert text_of(document(made)).count("Aan {{ naam }}") == 2
    assert "fldChar" not in document(made)


def test_in_a_cell_that_keeps_its_paragraph() -> None:
    cell = f"<w:tc><w:tcPr/><w:p>{FIELD}</w:p></w:tc>"
    made = convert(body_of(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl><w:p/>"))
    assert "{%p" not in document(made)
    assert text_of(document(made)) == "{{ naam }}"


def test_in_a_link_which_stays() -> None:
    made = convert(body_of(f'<w:p><w:hyperlink w:anchor="x">{FIELD}</w:hyperlink></w:p>'))
    assert "<w:hyperlink" in document(made)
    assert text_of(document(made)) == "{{ naam }}"


def test_in_the_shown_text_of_a_field_that_stays() -> None:
    link = xml_of('{HYPERLINK "https://x.nl"}').replace("oud", "XX")
    outer = link[:-6].replace("<w:r><w:rPr></w:rPr>", "<w:r>")
    at = outer.index('<w:t xml:space="preserve">XX')
    start = outer.rindex("<w:r>", 0, at)
    end = outer.index("</w:r>", at) + len("</w:r>")
    made = convert(body_of(f"{outer[:start]}{FIELD}{outer[end:]}</w:p>"))
    assert text_of(document(made)) == "{{ naam }}"
    assert "HYPERLINK" in document(made)
    assert document(made).count("fldCharType") == 3


@pytest.mark.parametrize("around", ["<w:p>{}</w:p>", "{}"])
def test_in_a_content_control(around: str) -> None:
    inner = f"<w:p>{FIELD}</w:p>" if around == "{}" else FIELD
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    made = convert(body_of(around.format(control)))
    assert "<w:sdt>" in document(made)
    assert text_of(document(made)) == "{{ naam }}"


def test_a_field_of_one_element_keeps_its_looks() -> None:
    made = convert(body_of(f"<w:p><w:r><w:t>Dag </w:t></w:r>{SIMPLE}</w:p>"))
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{{ naam }}' in document(made)


def test_a_code_cut_over_runs_and_a_field_without_a_result() -> None:
    pieces = [" MER", "GEFIELD ", "na", "am \\* MER", "GEFORMAT "]
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{p}</w:instrText></w:r>' for p in pieces
    )
    marks = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end")]
    made = convert(body_of(f"<w:p><w:r><w:t>x</w:t></w:r>{marks[0]}{runs}{marks[1]}</w:p>"))
    assert text_of(document(made)) == "x{{ naam }}"


def test_a_whole_field_in_one_run() -> None:
    run = (
        '<w:r><w:rPr><w:i/></w:rPr><w:t>a</w:t><w:fldChar w:fldCharType="begin"/>'
        '<w:instrText>MERGEFIELD naam</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>N</w:t><w:fldChar w:fldCharType="end"/><w:t>b</w:t></w:r>'
    )
    made = convert(body_of(f"<w:p>{run}</w:p>"))
    assert text_of(document(made)) == "a{{ naam }}b"
    assert document(made).count("<w:i/>") == 3


def test_tabs_line_ends_and_pictures_in_an_if_come_along() -> None:
    xml = xml_of('x{IF {MERGEFIELD m} = "ja" "aQb" "nee"}')
    for child in ("<w:tab/>", "<w:br/>", "<w:drawing><w:inline/></w:drawing>"):
        cut = '</w:instrText></w:r><w:r>{}</w:r><w:r><w:instrText xml:space="preserve">'
        made = convert_merge(body_of(xml.replace("Q", cut.format(child))), "a", "b", Named)
        whole = document(made)
        assert text_of(whole) == 'x{% if m == "ja" %}ab{% else %}nee{% endif %}'
        assert whole.index("a</w:t>") < whole.index(child) < whole.index("b</w:t>")


def test_the_looks_of_each_word_in_an_if_stay() -> None:
    xml = xml_of('Dag{IF {MERGEFIELD m} = "ja" "aQb" "nee"}')
    bold = (
        "</w:instrText></w:r><w:r><w:rPr><w:b/></w:rPr><w:instrText>vet</w:instrText></w:r>"
        '<w:r><w:instrText xml:space="preserve">'
    )
    made = convert(body_of(xml.replace("Q", bold)))
    assert '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">vet</w:t></w:r>' in document(made)


def test_charformat_looks_like_its_code() -> None:
    xml = xml_of("x {MERGEFIELD naam \\* CHARFORMAT}").replace(
        "<w:rPr></w:rPr><w:instrText", "<w:rPr><w:caps/></w:rPr><w:instrText"
    )
    made = convert(body_of(xml))
    assert '<w:caps/></w:rPr><w:t xml:space="preserve">{{ naam }}' in document(made)


def test_paragraphs_in_an_if_keep_their_own_looks() -> None:
    xml = xml_of('{IF {MERGEFIELD m} = "ja" "Een¶Twee" "Drie"}')
    marked = xml.replace("<w:p><w:r>", '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r>', 1)
    second = marked.replace("</w:p><w:p>", '</w:p><w:p><w:pPr><w:jc w:val="center"/></w:pPr>')
    file = docx.Document(io.BytesIO(convert(body_of(second)).data))
    looks = {p.text: p.alignment for p in file.paragraphs}
    assert [int(looks[text] or 0) for text in ("Een", "Twee", "Drie")] == [2, 1, 1]
    assert looks['{%p if m == "ja" %}'] is None


def test_a_table_in_an_if_stands_between_tags_for_paragraphs() -> None:
    xml = xml_of('{IF {MERGEFIELD m} = "ja" "Tabel:¶¶" ""}Na')
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{paragraph_of('cel')}</w:tc></w:tr></w:tbl>"
    made = convert(body_of(xml.replace("</w:p><w:p>", f"</w:p>{table}<w:p>", 1)))
    whole = text_of(document(made))
    assert whole == '{%p if m == "ja" %}Tabel:celNa{%p else %}Na{%p endif %}'
    assert document(made).count("<w:tbl>") == 1


def test_bookmarks_beside_a_field_over_paragraphs_stay_once() -> None:
    xml = xml_of('Voor {IF {MERGEFIELD m} = "ja" "een¶twee" "drie"} na')
    mark = '<w:bookmarkStart w:id="7" w:name="hier"/><w:bookmarkEnd w:id="7"/>'
    made = convert(body_of(xml.replace("<w:p>", f"<w:p>{mark}", 1)))
    assert document(made).count('w:name="hier"') == 1
    assert text_of(document(made)).count("Voor ") == 2


def test_a_field_that_begins_in_one_cell_and_ends_in_another_is_left() -> None:
    begin, _, end = xml_of('{IF {MERGEFIELD m} = "ja" "a¶b" "c"}').partition("</w:p><w:p>")
    row = f"<w:tr><w:tc>{begin}</w:p></w:tc><w:tc><w:p>{end}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>{xml_of('{MERGEFIELD naam}')}"
    made = convert_merge(body_of(table), "a", "b", Named)
    assert document(made).count("fldCharType") == 6
    assert "{{ naam }}" in document(made)


def test_tracked_changes_are_accepted_and_told() -> None:
    gone = "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
    made = convert(body_of(f"<w:p>{gone}<w:ins>{FIELD}</w:ins></w:p>"))
    assert [problem.key for problem in made.problems] == ["LRT317"]
    assert text_of(document(made)) == "{{ naam }}"


COMMENTS = (
    f'<w:comments xmlns:w="{NS["w"]}"><w:comment w:id="3" w:author="Jan"><w:p/></w:comment>'
    "</w:comments>"
)


def test_remarks_of_people_stay() -> None:
    data = with_part(
        body_of(
            f'<w:p><w:commentRangeStart w:id="3"/>{FIELD}<w:commentRangeEnd w:id="3"/>'
            '<w:r><w:t> dag</w:t></w:r><w:r><w:commentReference w:id="3"/></w:r></w:p>'
        ),
        "word/comments.xml",
        COMMENTS.encode(),
        f"{WML}.comments+xml",
        "comments",
    )
    made = convert_merge(data, "a", "b", Named)
    assert 'w:author="Jan"' in document(made, "word/comments.xml")
    assert "commentReference" in document(made)


def test_what_is_no_merge_field_stays_to_the_letter() -> None:
    page = xml_of("Bladzijde {PAGE} van {NUMPAGES}.")
    made = convert(body_of(page + xml_of("{MERGEFIELD naam}!")))
    assert page.replace("<w:rPr></w:rPr>", "<w:rPr/>") in document(made)


def test_a_line_of_empty_columns_is_left_out_unless_word_was_told_not_to() -> None:
    data = merge_of("Aan¶{MERGEFIELD naam}¶Urk")
    assert "{%p if naam" in text_of(document(convert(data)))
    off = "<w:mailMerge><w:doNotSuppressBlankLines/></w:mailMerge></w:settings>"
    told = convert(change(data, "word/settings.xml", "</w:settings>", off))
    assert "{%p" not in text_of(document(told))


def test_a_file_that_nobody_thought_of_is_told_and_not_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LRTDOCS_DEBUG", raising=False)
    loose = '<w:p><w:fldChar w:fldCharType="begin"/><w:r><w:instrText>NEXT</w:instrText></w:r>'
    loose += f'<w:fldChar w:fldCharType="end"/>{FIELD}</w:p>{xml_of("{NEXT}")}'
    with pytest.raises(TemplateProblemsError) as told:
        convert(body_of(loose))
    assert [problem.key for problem in told.value.problems] == ["LRT504.opbouw"]
