"""What a template makes of a value: printing takes the text, deciding takes the meaning."""

from __future__ import annotations

import datetime as dt

import pytest
from docx_making import docx_of, filled, problems_of

from lrtdocs.errors import Place
from lrtdocs.model.value import Value
from lrtdocs.word.values.values import as_text

WORDS = {
    "bedrag": Value("€ 1.361.028,83"),
    "aantal": Value("13 000"),
    "decimalen": Value("1204,00"),
    "deel": Value("23,8%"),
    "nul": Value("-", 0),
    "op": Value("18-06-2025"),
    "ja": Value("JA"),
    "nee": Value("Nee"),
    "waar": Value("WAAR"),
    "onwaar": Value("ONWAAR"),
    "leeg": Value(""),
    "code": Value("0014"),
    "naam": Value("Ede"),
    "nummers": [Value("9"), Value("1.204"), Value("100")],
    "dagen": [Value("2 april 2025"), Value("11 maart 2025")],
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("bedrag | int > 1000", True),
        ("bedrag > 1000", True),
        ("bedrag | int", 1_361_028),
        ("bedrag | float", 1_361_028.83),
        ("aantal | int", 13_000),
        ("aantal == 13000", True),
        ("decimalen == 1204", True),
        ("deel == 0.238", True),
        ("deel < 0.5", True),
        ("deel * 100 == 23.8", True),
        ("aantal + decimalen", 14204),
        ("deel + 0.5", 0.738),
        ("naam + ' x'", "Ede x"),
        ("'x' + code", "x0014"),
        ("code | int", 14),
        ("nul == 0", True),
        ("not nul", True),
        ("ja == 'ja' and ja == 'Ja' and not not ja", True),
        ("waar == 'ja' and not not waar", True),
        ("not nee and nee == 'nee'", True),
        ("not onwaar and onwaar is false", True),
        ("ja is true and ja is boolean", True),
        ("not leeg and leeg is leeg and leeg is none", True),
        ("nee is leeg or nul is leeg", False),
        ("naam in ['Ede', 'Epe']", True),
        ("ja in ['ja']", True),
        ("op > '2025-01-01'", True),
        ("aantal is number and naam is string and not naam is number", True),
        ("decimalen is even and code is even", True),
        ("bedrag | round", 1_361_029),
        ("nummers | sum", 1313),
        ("nummers | sort | join(' ')", "9 100 1.204"),
        ("nummers | max", "1.204"),
        ("nummers | min", "9"),
        ("dagen | sort | first", "11 maart 2025"),
        ("bedrag | getal", "1.361.028,83"),
        ("bedrag | bedrag", "€\u00a01.361.028,83"),
        ("aantal | telwoord", "dertienduizend"),
        ("op | datum", "18 juni 2025"),
        ("leeg | getal ~ leeg | bedrag ~ leeg | datum", ""),
        ("naam | int(7)", 7),
        ("leeg | float(0)", 0),
        ("naam | default('x')", "Ede"),
        ("leeg | default('x')", "x"),
        ("aantal + leeg | default(0)", 13000),
    ],
)
def test_what_decides_goes_by_the_meaning(expression: str, expected: object):
    assert filled(f"{{{{ {expression} }}}}", words=WORDS) == [as_text(expected)]


@pytest.mark.parametrize(
    "expression",
    [
        "naam | int",
        "naam | float",
        "naam > 3",
        "leeg | int",
        "leeg > 3",
        "naam * 2",
        "naam | datum",
        "[naam] | sum",
        "naam | abs",
        "naam is even",
        "none | int",
    ],
)
def test_what_is_no_number_is_never_nought(expression: str):
    (problem,) = problems_of(docx_of(f"{{{{ {expression} }}}}"), WORDS)
    assert problem.code == "LRT311"


@pytest.mark.parametrize("part", ["place", "meaning", "number", "refuse", "_at"])
def test_a_template_sees_nothing_of_a_value_but_its_text(part: str):
    for expression in (f"naam.{part}", f"naam['{part}']"):
        (problem,) = problems_of(docx_of(f"{{{{ {expression} }}}}"), WORDS)
        assert problem.code in {"LRT308", "LRT310", "LRT311", "LRT302"}


@pytest.mark.parametrize(
    "tag",
    [
        "{{ bedrag | int }}",
        "{% if bedrag > 3 %}x{% endif %}",
        "{{ bedrag | bedrag }}",
        "{{ bedrag | datum }}",
        "{{ bedrag * 2 }}",
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_cell(tag: str):
    words = {"bedrag": Value("n.v.t.", at=("adressen.xlsx", None, None, "F3"))}
    (problem,) = problems_of(docx_of(tag), words)
    assert (problem.code, problem.place) == ("LRT311", Place("adressen.xlsx", cell="F3"))
    asked = tag.partition("%}")[0] + ("%}" if "%}" in tag else "")
    assert problem.found == f"{asked} (x.docx, hoofdtekst, alinea 1)"


def test_a_value_is_printed_as_its_text_and_a_date_of_a_model_as_before():
    words = {**WORDS, "d": dt.date(2025, 5, 1)}
    tags = "{{ nul }}|{{ onwaar }}|{{ op }}|{{ d }}"
    assert filled(tags, words=words) == ["-|ONWAAR|18-06-2025|1 mei 2025"]
