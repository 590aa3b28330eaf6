"""The shipped templates, checked with the words that their documents really have."""

from __future__ import annotations

import pytest
from docx_making import change

from lrtdocs.kinds import KINDS
from lrtdocs.word.check.template import check_template
from lrtdocs.word.house.build import build_templates


def check(data: bytes, kind: str) -> list[str]:
    fields = pytest.importorskip("lrtdocs.documents.fields").fields_of(kind)
    problems = check_template(data, f"{kind}.docx", fields=fields, needed=KINDS[kind].needed)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_has_no_problem_of_any_level(kind: str) -> None:
    assert check(build_templates()[f"{kind}.docx"], kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_without_its_words_known_has_no_problem_either(kind: str) -> None:
    assert check_template(build_templates()[f"{kind}.docx"], f"{kind}.docx") == []


def test_a_letter_that_would_print_an_empty_telephone_label_is_told() -> None:
    data = build_templates()["brief.docx"]
    data = change(data, "word/document.xml", "{%p if contact.telefoon %}", "{%p if true %}")
    (told,) = check(data, "brief")
    assert "LRT335" in told
    assert "contactpersonen[].telefoon" in told


def test_an_agenda_without_agendapunten_is_told() -> None:
    data = build_templates()["agenda.docx"]
    data = change(data, "word/document.xml", "for punt in agendapunten", "for punt in aanwezig")
    told = check(data, "agenda")
    assert any("LRT336" in text and "'agendapunten'" in text for text in told)


def test_a_misspelt_word_in_a_letter_is_told_with_the_right_one() -> None:
    data = build_templates()["taakstelling.docx"]
    data = change(data, "word/document.xml", "{{ gemeente.naam }}", "{{ gemeentte.naam }}")
    assert any("fout LRT309" in text and "bedoelde u 'gemeente'?" in text
               for text in check(data, "taakstelling"))  # fmt: skip


def test_a_misspelt_word_after_a_misspelt_loop_is_no_second_problem() -> None:
    data = build_templates()["agenda.docx"]
    old, new = "{%p for subpunt in punt.subpunten %}", "{%p for subpunt in punt.subpuntn %}"
    told = check(change(data, "word/document.xml", old, new), "agenda")
    assert len(told) == 1
    assert "bedoelde u 'subpunten'?" in told[0]
