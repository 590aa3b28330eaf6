"""Golden cases: a file with, beside it, all the problems that are told about it.

Those in `cases/yaml` are meetings, those in `cases/mailing` are mailings.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrtdocs.errors import has_errors, sort_problems
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.source.build.build import build_model, model_warnings
from lrtdocs.source.files import read_text
from lrtdocs.source.yaml.text import parse_yaml

FOLDER = Path(__file__).parents[1] / "cases"
MODELS = {"yaml": Vergadering, "mailing": Mailing}
CASES = [path for name in MODELS for path in sorted((FOLDER / name).glob("*.yaml"))]
ENGLISH = re.compile(
    r"\b(input|should|field|required|valid|value error|expected|found|extra|the|mapping values)\b",
    re.IGNORECASE,
)


def check(path: Path):
    text, problems = read_text(path)
    node, wrong = parse_yaml(text, path.name)
    problems += wrong
    if node is not None:
        model, wrong = build_model(node, MODELS[path.absolute().parent.name])
        problems += wrong
        if model is not None and not has_errors(problems):
            problems += model_warnings(model, node, "verslag")
    return sort_problems(problems)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_problem_of_a_case_is_told_at_its_place(
    path: Path, update_cases: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(path.parent)
    told = "".join(f"{problem}\n" for problem in check(Path(path.name)))
    expected = path.with_suffix(".expected")
    if update_cases:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_problem_of_a_case_is_dutch_and_tells_what_to_do(path: Path):
    for problem in check(path):
        assert problem.remedy
        assert problem.message.endswith((".", "?"))
        assert not ENGLISH.search(f"{problem.message} {problem.expected} {problem.remedy}")


def test_twelve_different_mistakes_are_twelve_problems_of_different_kinds():
    problems = check(next(path for path in CASES if path.stem == "twaalf-fouten"))
    assert len(problems) == 12
    assert len({(problem.code, problem.message) for problem in problems}) == 12
