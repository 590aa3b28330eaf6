"""What only all letters together tell of a template: who is in no branch, or nearly in one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from mailing_making import WARNING, letters, mailing, told_twice, write_template

from lrtdocs.api.checking import check

if TYPE_CHECKING:
    from pathlib import Path

ROWS = ["Akkoord", "akkoord"]
ELSE = "{{ naam }} {% if s == 'Akkoord' %}wel{% else %}niet{% endif %}"
CHAIN = "{{ naam }} {% if s == 'a' %}een{% elif s == 'b' %}twee{% endif %}"
NEARLY = {
    "spelling": (ELSE, ["Akkoord", "akkoord ", "Akkord", "Accoord", "AKKOORD"], "E3, E4, E5, E6"),
    "not equal": (ELSE.replace("==", "!="), ["Akkoord", "akkoord"], "E3"),
    "in a list": (ELSE.replace("== 'Akkoord'", "in ['Akkoord', 'Ja']"), ROWS, "E3"),
    "filtered": (ELSE.replace("s == 'A", "s|lower == 'a"), ["AKKOORD", "akkord"], "E3"),
    "inline": ("{{ naam }} {{ 'wel' if s == 'Akkoord' else 'niet' }}", ROWS, "E3"),
    "of the recipient": (ELSE.replace("s ==", "ontvanger.s =="), ["Akkoord", "Akkord"], "E3"),
}  # fmt: skip


def cells_of(path: Path) -> str:
    (problem,) = check(path)
    return ", ".join(word for word in problem.found.replace(",", "").split() if word[0] == "E")


@pytest.mark.parametrize("case", NEARLY)
def test_a_cell_that_is_nearly_a_text_is_told_and_both_remedies_work(tmp_path: Path, case: str):
    text, said, cells = NEARLY[case]
    path = mailing(tmp_path, ["s"], [[each] for each in said], text)
    (problem,) = check(path)
    assert (problem.key, cells_of(path)) == ("LRT718.bijna", cells)
    told_twice(tmp_path, path)
    right = problem.remedy.partition("'")[2].partition("'")[0]
    mailing(tmp_path, ["s"], [[right] for _ in said], text)
    assert told_twice(tmp_path, path) == set()
    others = "".join(f"{{% if s == '{each.strip()}' %}}{{% endif %}}" for each in said)
    mailing(tmp_path, ["s"], [[each] for each in said], text + others)
    assert told_twice(tmp_path, path) == set()


HONEST = {
    "other answers": (ELSE, ["Akkoord", "Niet akkoord", "geen reactie", None]),
    "another branch": (ELSE.replace("{% else", "{% elif s == 'akkoord' %}x{% else"), ROWS),
    "years": (ELSE.replace("Akkoord", "2024"), ["2024", 2025, "2024 "]),
    "codes": (ELSE.replace("Akkoord", "A1"), ["A1", "A2", "A12"]),
    "labels": (ELSE.replace("Akkoord", "A"), ["A", "A+", "A++", "B"]),
    "yes and no": (ELSE.replace("Akkoord", "ja"), ["ja", "nee", "JA"]),
    "dates": (ELSE.replace("== 'Akkoord'", "> '2025-02-01'"), ["2025-03-01", "2025-01-01"]),
    "a part of it": (ELSE.replace("s == 'Akkoord'", "'akkoord' in s"), ["wel akkoord", "niet"]),
    "one kind of two": (CHAIN, ["a", "a"]),
    "all in a branch": (CHAIN, ["a", "b"]),
    "one if": ("{{ naam }} {% if s == 'a' %}een{% endif %}", ["a", "b", None]),
    "guarded": (f"{{{{ naam }}}} {{% if s %}}{CHAIN}{{% endif %}}", ["a", "b", None]),
    "else of nothing": (CHAIN.replace("{% endif", "{% else %}{% endif"), ["a", "b", "c"]),
    "something else besides": (CHAIN.replace("'b'", "'b' and naam"), ["a", "b"]),
}  # fmt: skip


@pytest.mark.parametrize("case", HONEST)
def test_what_only_looks_like_it_is_not_told(tmp_path: Path, case: str):
    text, said = HONEST[case]
    path = mailing(tmp_path, ["s"], [[each] for each in said], text)
    assert told_twice(tmp_path, path) == set()


def test_who_is_in_no_branch_is_told_once_and_both_remedies_work(tmp_path: Path):
    path = mailing(tmp_path, ["s"], [["a"], ["b"], ["c"], [None]], CHAIN)
    assert told_twice(tmp_path, path) == {("LRT720", WARNING, "E4")}
    assert check(path)[0].found == "E4 (c) en E5 (leeg)"
    write_template(tmp_path, CHAIN.replace("{% endif", "{% else %}{% endif"))
    assert told_twice(tmp_path, path) == set()
    mailing(tmp_path, ["s"], [["a"], ["b"], ["a"], ["b"]], CHAIN)
    assert told_twice(tmp_path, path) == set()


ASKED = {
    "{% if s %}x {{ s }}{% endif %}": set(),
    "{% if s and s != 0 %}x {{ s }}{% endif %}": set(),
    "{% if not s %}geen{% else %}{{ s }}{% endif %}": set(),
    "{% if s or naam %}x {{ s }}{% endif %}": set(),
    "{{ s if s else '-' }} {{ s or '-' }}": set(),
    "{% if s != 0 %}x {{ s }}{% endif %}": {("LRT716", WARNING, "E3")},
    "{% if s is defined %}x {{ s }}{% endif %}": {("LRT716", WARNING, "E3")},
    "{% if s == '5' %}x{% else %}{{ s }}{% endif %}": {("LRT716", WARNING, "E3")},
    "{{ s if s != 0 else '-' }}": {("LRT716", WARNING, "E3")},
}


@pytest.mark.parametrize("text", ASKED)
def test_a_comparison_does_not_ask_whether_a_word_is_filled(tmp_path: Path, text: str):
    path = mailing(tmp_path, ["s"], [["5"], [None]], "{{ naam }}", text)
    assert told_twice(tmp_path, path) == ASKED[text]


@pytest.mark.parametrize("name", ["onze_referentie", "bestandsnaam"])
def test_an_empty_word_in_a_pattern_is_told_at_its_cell(tmp_path: Path, name: str):
    path = mailing(tmp_path, ["dossier"], [["a"], [None]], "{{ naam }}")
    path.write_text(f"{path.read_text()}{name}: 'DGM-{{dossier}}-{{volgnummer}}'\n")
    assert told_twice(tmp_path, path) == {("LRT716", WARNING, "E3")}
    shutil.rmtree(tmp_path / "uit")
    path.write_text(path.read_text().replace("{dossier}-", ""))
    assert told_twice(tmp_path, path) == set()


def test_a_word_that_the_register_lacks_is_told_where_the_register_is_named(tmp_path: Path):
    path = mailing(tmp_path, [], [], "{{ naam }} {{ adres }}")
    path.write_text(path.read_text().replace("lijst.xlsx", "gemeenten"), encoding="utf-8")
    told = {(problem.key, problem.place.line) for problem in check(path)}
    assert told == {("LRT716.kolom", 2), ("LRT604.register", 2)}


def test_braces_that_belong_in_a_text_can_be_typed(tmp_path: Path):
    path = mailing(tmp_path, [], [[]], "{{ naam }} {{ tekst | tekst }}")
    before = path.read_text()
    path.write_text(f"{before}tekst: Kies {{contact}} of {{1, 2}}.\n", encoding="utf-8")
    (problem,) = check(path)
    assert problem.key == "LRT705.tekst"
    right = problem.remedy.removesuffix(".").rpartition(" ")[2]
    path.write_text(f"{before}tekst: Kies {right} of {{1, 2}}.\n", encoding="utf-8")
    assert told_twice(tmp_path, path) == set()
    assert letters(tmp_path) == ["Naam 0 Kies {contact} of {1, 2}."]


@pytest.mark.parametrize("filters", ["upper", "title", "trim", "lower", "capitalize"])
def test_nothing_is_never_printed_as_a_word_of_python(tmp_path: Path, filters: str):
    text = "{{ naam }} [{{ uw_referentie | upper }}] {{ [afdeling, naam] | opsomming }}"
    path = mailing(tmp_path, [], [[]], text.replace("upper", filters))
    assert {problem.key for problem in check(path)} == {"LRT716.kolom"}
    told_twice(tmp_path, path)
    assert letters(tmp_path) == ["Naam 0 [] Naam 0"]


def test_what_programs_write_for_nothing_yes_and_no_is_told(tmp_path: Path):
    path = mailing(tmp_path, ["s"], [["nan"], ["None"], ["True"], ["Nan"]], "{{ naam }} {{ s }}")
    path.write_text(f"{path.read_text()}velden: {{zaal: None}}\n", encoding="utf-8")
    problems = {(problem.key, problem.place.cell) for problem in check(path)}
    told = {("LRT666", "E2"), ("LRT666", "E3"), ("LRT716.python", "E4"), ("LRT264.niets", None)}
    assert problems == told
    write_template(tmp_path, "{{ naam }} {{ 'ja' if s else 'nee' }}")
    assert "LRT716.python" not in {problem.key for problem in check(path)}


def test_a_province_that_gets_two_letters_is_told_as_that_and_the_remedy_works(tmp_path: Path):
    path = mailing(tmp_path, ["afdeling"], [["Griffie"], ["Ruimte"]], "{{ naam }}")
    book = openpyxl.load_workbook(tmp_path / "lijst.xlsx")
    for row in (2, 3):
        book.active[f"A{row}"] = "Provincie Gelderland"
    book.save(tmp_path / "lijst.xlsx")
    (problem,) = check(path)
    assert (problem.key, problem.place.cell) == ("LRT703.gemeente", "A3")
    right = problem.remedy.partition("YAML-bestand: ")[2].removesuffix(".")
    path.write_text(f"{path.read_text()}{right}\n", encoding="utf-8")
    assert told_twice(tmp_path, path) == {("LRT628", WARNING, "A3")}
    assert letters(tmp_path) == ["Gelderland", "Gelderland"]


def test_a_copy_of_the_shipped_template_is_not_told_for_the_language_it_knows(tmp_path: Path):
    text = "{{ naam }} {% if taal == 'en' %}Subject{% else %}Betreft{% endif %}"
    assert check(mailing(tmp_path, ["s"], [["a"], ["b"]], text)) == []
    wrong = mailing(tmp_path, ["s"], [["a"], ["b"]], text.replace("'en'", "'eng'"))
    assert [problem.key for problem in check(wrong)] == ["LRT718"]
