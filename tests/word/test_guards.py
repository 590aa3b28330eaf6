"""Fields and old drawings that fetch, run or open something: refused; what people use is not."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest
from docx_making import body_of

from lrtdocs.errors import TemplateProblemsError
from lrtdocs.word.package.guards import read_package

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED = [
    ('HYPERLINK "javascript:alert(1)"', "LRT511"),
    ('HYPERLINK "file:///c:/x.exe"', "LRT511"),
    ("HYPERLINK \\\\server\\share", "LRT511"),
    ('HYPERLINK \\l "x" "file:///etc"', "LRT511"),
    (' hyperlink  "vbscript:x"', "LRT511"),
    ("HYPERLINK c:\\x.exe", "LRT511"),
    ('HYPERLINK "data:text/html,x"', "LRT511"),
    ('HYPERLINK "ms-word:ofe|u|http://x"', "LRT511"),
    ("DDEAUTO c:\\x cmd", "LRT512"),
    ('INCLUDETEXT "http://e/x"', "LRT512"),
    ('LINK Excel.Sheet.8 "c:"', "LRT512"),
    ("QUOTE 68 68 69 65 85 84 79", "LRT512"),
]
ALLOWED = [
    'HYPERLINK "https://www.ede.nl"',
    'HYPERLINK "mailto:a@ede.nl" \\o "Mail ons: nu"',
    'HYPERLINK \\l "kop1"',
    'HYPERLINK "#kop"',
    "HYPERLINK www.ede.nl",
    'TOC \\o "1-3" \\h \\z \\u',
    'DATE \\@ "d MMMM yyyy"',
    'STYLEREF "Kop 1"',
    "PAGE",
    "REF link \\h",
    "TITLE include",
    "MACROBUTTON NoMacro [klik hier]",
]


def in_simple_field(code: str) -> bytes:
    return body_of(f'<w:p><w:fldSimple w:instr="{html.escape(code)}"/></w:p>')


def in_pieces(code: str) -> bytes:
    pieces = [code[start : start + 3] for start in range(0, len(code), 3)]
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{html.escape(p)}</w:instrText></w:r>'
        for p in pieces
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return body_of(f"<w:p>{begin}{runs}{end}</w:p>")


@pytest.mark.parametrize("make", [in_simple_field, in_pieces])
@pytest.mark.parametrize(("code", "expected"), REFUSED)
def test_a_field_that_reaches_outside_is_refused(
    make: Callable[[str], bytes], code: str, expected: str
) -> None:
    with pytest.raises(TemplateProblemsError) as caught:
        read_package(make(code), "x.docx")
    assert {problem.code for problem in caught.value.problems} == {expected}


@pytest.mark.parametrize("make", [in_simple_field, in_pieces])
@pytest.mark.parametrize("code", ALLOWED)
def test_a_field_that_people_use_is_allowed(make: Callable[[str], bytes], code: str) -> None:
    assert read_package(make(code), "x.docx").warnings == ()


def test_a_field_in_a_field_may_not_be_its_name() -> None:
    begin, between, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText> {} </w:instrText></w:r>"
    named = begin + begin + code.format("REF x") + end + code.format("c:\\\\x cmd") + end
    with pytest.raises(TemplateProblemsError):
        read_package(body_of(f"<w:p>{named}</w:p>"), "x.docx")
    inner = begin + code.format("PAGE") + between + end
    inside = begin + code.format("IF") + inner + code.format("= 1") + between + inner + end
    assert read_package(body_of(f"<w:p>{inside}</w:p>"), "x.docx")


@pytest.mark.parametrize(
    "shape",
    [
        "<v:shape><v:imagedata src='http://e/x.png'/></v:shape>",
        "<v:shape><v:fill src='file:///etc/passwd'/></v:shape>",
        "<v:shape href='javascript:alert(1)'/>",
    ],
)
def test_an_old_drawing_that_reaches_outside_is_refused(shape: str) -> None:
    declared = shape.replace("<v:shape", "<v:shape xmlns:v='urn:schemas-microsoft-com:vml'", 1)
    with pytest.raises(TemplateProblemsError) as caught:
        read_package(body_of(f"<w:p><w:r><w:pict>{declared}</w:pict></w:r></w:p>"), "x.docx")
    assert [problem.code for problem in caught.value.problems] == ["LRT511"]
