"""Tags in places where nothing is filled in: told, never printed as they stand."""

from __future__ import annotations

import pytest
from docx_making import body_of, change, docx_of, paragraph_of, problems_of, repack

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
    row = f'<Override PartName="/word/charts/chart1.xml" ContentType="{kind}"/></Types>'
    data = repack(docx_of("x"), **{"word/charts/chart1.xml": chart})
    data = change(data, TYPES, "</Types>", row)
    assert [(p.code, p.place.part) for p in problems_of(data)] == [("LRT306", "een grafiek")]


def test_a_tag_outside_the_runs_of_a_paragraph_is_told() -> None:
    ruby = "<w:r><w:ruby><w:rubyBase><w:r><w:t>{{ naam }}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    for xml in (paragraph_of(ruby), "<w:p><w:t>{{ naam }}</w:t></w:p>", "<w:t>{{ naam }}</w:t>"):
        assert [p.code for p in problems_of(body_of(xml))] == ["LRT306"]
