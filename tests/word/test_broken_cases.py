"""Each broken template gives exactly its problems: code, part, paragraph and tag."""

from __future__ import annotations

import importlib
from functools import cache

import pytest
from broken_cases.making import CASES, FIELDS, Case

from lrtdocs.errors import Problem, Severity, TemplateProblemsError
from lrtdocs.word.check.template import check_template
from lrtdocs.word.compile.template import compile_template

for _module in ("in_tags", "in_words", "in_places", "in_house", "in_files"):
    importlib.import_module(f"broken_cases.{_module}")


@cache
def problems_of(broken: Case) -> list[Problem]:
    return check_template(broken.build(), "brief.docx", fields=FIELDS, needed=broken.needed)


@pytest.mark.parametrize("broken", CASES, ids=lambda broken: broken.name)
def test_a_broken_template_gives_exactly_its_problems(broken: Case) -> None:
    problems = problems_of(broken)
    told = [(p.code, p.place.part, p.place.paragraph, p.found) for p in problems]
    assert sorted(told, key=str) == sorted(broken.expected, key=str), "\n".join(map(str, problems))


def test_every_problem_ends_in_what_to_do() -> None:
    for broken in CASES:
        for problem in problems_of(broken):
            assert problem.remedy or problem.expected, problem


def test_braces_that_the_check_calls_wrong_keep_every_letter_back() -> None:
    for broken in CASES:
        if any(p.code == "LRT330" and p.severity is Severity.ERROR for p in problems_of(broken)):
            with pytest.raises(TemplateProblemsError):
                compile_template(broken.build(), "brief.docx")


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) >= 70
