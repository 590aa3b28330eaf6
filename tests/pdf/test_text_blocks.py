"""Quotes, tables and other languages of a text as PDF, as a screen reader meets them."""

from io import BytesIO

import pikepdf
import pytest
import verapdf
from pdf_converting import convert_one
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from structure import read_outline

from lrtdocs.api import render_one
from lrtdocs.pdf import check_pdf
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree

pytestmark = pytest.mark.office

ROWS = 70
TEXT = """\
De voorzitter leest voor:

> Wie wil beginnen, **krijgt** de ruimte.
>
> Wij houden ons eraan.

Hij noemt dat [the *old* [plan](https://ede.nl)]{taal=en} van vroeger.

| Gemeente | Wat er gebeurt | Plaatsen |
|---|---|---:|
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Minutes with all of it, in which the table is longer than a page."""
    rows = (f"| Gemeente {n} | De raad besluit in *maart*. | {n}00 |" for n in range(ROWS))
    body = "".join(f"      {line}\n" for line in [*TEXT.splitlines(), *rows])
    path = tmp_path_factory.mktemp("blokken") / "v.yaml"
    head = "overleg: LRT\ndatum: 2025-06-18\nagendapunten:\n  - titel: Plan\n    verslag: |\n"
    path.write_text(head + body, encoding="utf-8")
    return convert_one(render_one(path, "verslag"))


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_passes(made, tmp_path, flavour):
    path = tmp_path / "v.pdf"
    path.write_bytes(made)

    assert verapdf.failed_rules(path, flavour) == []
    assert check_pdf(made, "v.pdf") == []


def test_a_quote_is_one_quote_of_paragraphs(made):
    lines = read_outline(made).splitlines()
    begin = lines.index("  BlockQuote")

    assert lines[begin + 1 : begin + 4] == [
        '    P "Wie wil beginnen, krijgt de ruimte."',
        '      Span "krijgt"',
        '    P "Wij houden ons eraan."',
    ]
    assert lines.count("  BlockQuote") == 1


def test_a_table_has_headers_of_columns_and_rows_and_is_one_table_over_its_pages(made):
    lines = [line.strip() for line in read_outline(made).splitlines()]

    assert lines.count("Table") == 1
    assert lines.count("TR") == ROWS + 1
    assert lines.count("TH Scope=Column") == 3
    assert lines.count("TH Scope=Row") == ROWS


def test_the_header_row_of_a_table_stands_on_each_of_its_pages(made):
    pages = [
        "".join(each.get_text() for each in page if isinstance(each, LTTextContainer))
        for page in extract_pages(BytesIO(made))
    ]

    with_rows = ["besluit in" in page for page in pages]
    assert with_rows == ["Wat er gebeurt" in page for page in pages]
    assert sum(with_rows) > 1


def test_what_is_in_another_language_says_so_and_the_rest_does_not(made):
    with pikepdf.open(BytesIO(made)) as pdf:
        tree, texts = Tree(pdf), PageTexts(pdf)
        told = [(str(e["/Lang"]), texts.text(e)) for e in tree.walk() if "/Lang" in e]

    assert {language for language, _ in told} == {"en-GB"}
    assert "".join(text for _, text in told) == "the old plan"
