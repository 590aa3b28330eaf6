"""The last net for fields of Word: a filled story in which one is not whole is never written."""

from __future__ import annotations

import pytest
from docx_making import body_of, paragraph_of
from lxml import etree

from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import W
from lrtdocs.word.story.lint import check_package
from lrtdocs.word.tags.fields import field_faults


def marks(kinds: str) -> str:
    return "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds.split())


@pytest.mark.parametrize(
    ("kinds", "number"),
    [
        ("begin", 1),
        ("begin separate", 1),
        ("end", 1),
        ("begin end", 0),
        ("begin begin separate end separate end", 0),
    ],
)
def test_a_field_has_a_begin_and_an_end(kinds: str, number: int) -> None:
    root = etree.fromstring(f'<w:p xmlns:w="{W}">{marks(kinds)}</w:p>')
    assert len(list(field_faults(root))) == number


def test_a_document_with_half_a_field_would_be_damaged() -> None:
    package = read_package(body_of(paragraph_of(marks("begin"), "x")), "uit.docx")
    (problem,) = check_package(package)
    assert problem.key == "LRT320.veldeinde"
