"""The house style of a template: what is told, how it is grouped, and what is let through."""

from __future__ import annotations

import pytest
from broken_cases.making import HEADER, letter, paragraph, run, shipped, styled
from docx_making import change

from lrtdocs.errors import Problem, Severity
from lrtdocs.word.check.house import house_rules
from lrtdocs.word.check.template import check_template

RED, ENGLISH = '<w:color w:val="FF0000"/>', '<w:lang w:val="en-US"/>'
ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'


def told(*blocks: str, **parts: str) -> list[Problem]:
    return check_template(letter(*blocks, **parts), "brief.docx")


def test_the_same_in_many_paragraphs_is_one_problem_that_names_the_others() -> None:
    line = paragraph(run("regel", ARIAL))
    (problem,) = told(line, "tekst", line, line, header=styled(run("x", ARIAL), "BodyText") * 2)
    assert problem.place.paragraph == 2
    assert problem.message == (
        "Het lettertype Arial hoort niet bij de huisstijl; dat staat los in de tekst. "
        f"Ook in alinea 4 en 5; {HEADER}, alinea 1 en 2."
    )


def test_a_long_list_of_paragraphs_is_cut() -> None:
    (problem,) = told(*[paragraph(run("regel", ARIAL))] * 200)
    assert problem.message.endswith("alinea 3, 4, 5, 6, 7, 8, 9, 10 en nog 191.")


def test_errors_are_told_at_each_place() -> None:
    assert [p.place.paragraph for p in told("{{ a b }}", "{{ a b }}")] == [2, 3]


def test_the_house_style_is_never_an_error() -> None:
    line = styled(run("x", ARIAL + '<w:sz w:val="90"/><w:color w:val="FF0000"/>'), "Weg")
    problems = told(line, "", styled("Kop", "Heading3"))
    assert {p.code for p in problems} >= {"LRT340", "LRT341", "LRT342", "LRT345", "LRT352"}
    assert all(p.severity is not Severity.ERROR for p in problems)


@pytest.mark.parametrize(
    "block",
    [
        styled("tekst", before='<w:spacing w:before="240" w:after="240" w:line="240"/>'),
        styled("tekst", before='<w:jc w:val="left"/><w:pBdr><w:top w:val="nil"/></w:pBdr>'),
        styled(run("{%p if true %}", ARIAL), "LRTSjabloontag") + styled("{%p endif %}"),
        paragraph(run("tekst", '<w:b w:val="0"/><w:sz w:val="18"/><w:color w:val="auto"/>')),
        paragraph(run("tekst", '<w:rStyle w:val="Strong"/><w:b/><w:lang w:val="nl-BE"/>')),
        styled("streep", "ListBullet", '<w:numPr><w:numId w:val="2"/></w:numPr>'),
        styled(
            run("{% if plaats %}", RED) + run("tekst") + run("{% endif %}", f"{ARIAL}{ENGLISH}")
        ),
        styled(run("{{ pla") + run("ats", RED) + run(" }}", ENGLISH)),
    ],
)
def test_formatting_that_changes_nothing_is_let_through(block: str) -> None:
    assert told(block) == []


def test_the_rules_are_those_of_the_shipped_templates() -> None:
    rules = house_rules()
    assert rules.free["font"] == {"Verdana"}
    assert "18" in rules.free["size"]
    assert len(rules.styles["heading 1"]) == 2


def test_a_style_that_was_changed_is_told_once_whatever_rests_on_it() -> None:
    old, new = 'w:ascii="Verdana" w:hAnsi="Verdana"', 'w:ascii="Arial" w:hAnsi="Arial"'
    base = change(shipped(), "word/styles.xml", old, new)
    problems = check_template(
        letter("tekst", styled("Punt", "ListBullet"), base=base), "brief.docx"
    )
    assert {problem.code for problem in problems} == {"LRT346"}
    assert len(problems) == 1
    assert "lettertype Arial in plaats van Verdana" in problems[0].message
