"""Tags in places where nothing is filled in: told, never printed as they stand."""

from __future__ import annotations

import pytest
from docx_making import body_of, change, docx_of, fill, paragraph_of, problems_of, with_part

from lrtdocs.word.compile.template import compile_template

CHOICES = '<w:dropDownList><w:listItem w:displayText="{{ naam }}" w:value="a"/></w:dropDownList>'
KIES = "<w:r><w:t>kies</w:t></w:r>"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_tag_in_a_formula_is_told_with_its_paragraph() -> None:
    runs = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in ("{{ na", "am }}"))
    problems = problems_of(body_of(f"<w:p><m:oMath xmlns:m='{MATH}'>{runs}</m:oMath></w:p>"))
    assert [(p.code, p.place.paragraph, p.found) for p in problems] == [("LRT306", 1, "{{ naam }}")]


@pytest.mark.parametrize(
    "address", ["https://x.nl/{{ naam }}", "https://x.nl/%7B%7B%20naam%20%7D%7D"]
)
def test_a_tag_in_the_address_of_a_link_is_told_with_a_remedy(address: str) -> None:
    row = f'<Relationship Id="rIdQ" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode='
    data = change(docx_of("x"), RELS, "</Relationships>", row + '"External"/></Relationships>')
    (problem,) = problems_of(data)
    assert (problem.code, problem.place.part) == ("LRT306", "hoofdtekst")
    assert "| link" in problem.remedy


def test_a_tag_in_a_chart_is_told() -> None:
    runs = "<a:r><a:t>{{ na</a:t></a:r><a:r><a:t>am }}</a:t></a:r>"
    chart = f"<c xmlns:a='{DRAWING}'><a:p>{runs}</a:p></c>".encode()
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    data = with_part(docx_of("x"), "word/charts/chart1.xml", chart, kind, "chart")
    assert [(p.code, p.place.part) for p in problems_of(data)] == [("LRT306", "een grafiek")]


def test_a_tag_outside_the_runs_of_a_paragraph_is_told() -> None:
    ruby = "<w:r><w:ruby><w:rubyBase><w:r><w:t>{{ naam }}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    for xml in (paragraph_of(ruby), "<w:p><w:t>{{ naam }}</w:t></w:p>", "<w:t>{{ naam }}</w:t>"):
        assert [p.code for p in problems_of(body_of(xml))] == ["LRT306"]


@pytest.mark.parametrize(
    ("xml", "filled"),
    [
        ('<v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="{{ naam }}"/>', "string"),
        (
            f"<w:sdt><w:sdtPr>{CHOICES}</w:sdtPr><w:sdtContent>{KIES}</w:sdtContent></w:sdt>",
            "displayText",
        ),
    ],
    ids=["a watermark", "a choice in a drop-down"],
)
def test_words_that_people_see_in_properties_are_filled(xml: str, filled: str) -> None:
    part = fill(body_of(f"<w:p>{xml}</w:p>")).element.xml
    assert f'{filled}="Jan"' in part
    assert "{{" not in part


def test_a_tag_in_a_setting_is_told_and_one_in_a_name_only_warned_of() -> None:
    shade = '<w:p><w:pPr><w:shd w:val="clear" w:fill="{{ naam }}"/></w:pPr></w:p>'
    assert [(p.code, p.found) for p in problems_of(body_of(shade))] == [("LRT306", "{{ naam }}")]

    named = '<w:p><w:bookmarkStart w:id="0" w:name="{{ naam }}"/><w:bookmarkEnd w:id="0"/></w:p>'
    template = compile_template(body_of(named), "x.docx")
    assert [p.key for p in template.warnings] == ["LRT306.naam"]
