"""What stands in a list decides in the letters as a person who sees the list expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from docx import Document
from mailing_making import MAILING, make_mailing, run

from lrtdocs.api.checking import check

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["naam", "adres", "postcode", "plaats"]
WHO = ["Straat 1", "1234 AB", "Ede"]


def mailing(folder: Path, text: str, extra: str, headings: list[str], *rows: list[object]) -> Path:
    """Write a mailing whose letters say `text`, to a workbook with more columns."""
    path = make_mailing(folder, text=text)
    book = openpyxl.Workbook()
    book.active.append([*HEAD, *headings])
    for number, row in enumerate(rows):
        book.active.append([f"Naam {number}", *WHO, *row])
    book.save(folder / "lijst.xlsx")
    path.write_text(MAILING.replace("lijst.csv", "lijst.xlsx") + extra, encoding="utf-8")
    return path


def letters(folder: Path, path: Path) -> list[str]:
    outcome = run(path, folder / "uit")
    assert outcome.failed == 0, outcome.problems
    made = sorted((folder / "uit").glob("*.docx"))
    return [Document(str(one)).paragraphs[0].text for one in made]


def test_a_column_of_ja_and_nee_decides(tmp_path: Path):
    text = "{% if akkoord %}wel{% else %}niet{% endif %} {% if akkoord == 'ja' %}ja{% endif %}"
    path = mailing(tmp_path, text, "", ["akkoord"], ["Ja"], ["NEE"], [True], [False], [None])
    assert letters(tmp_path, path) == ["wel ja", "niet ", "wel ja", "niet ", "niet "]


def test_an_amount_decides_as_a_number(tmp_path: Path):
    text = (
        "{% if bedrag | int > 1000 %}meer{% else %}minder{% endif %} {{ bedrag }} {{ deel == 0.5 }}"
    )
    rows = [["€ 1.361.028,83", "50%"], [999.5, 0.5], ["13 000", "0,5"]]
    path = mailing(tmp_path, text, "", ["bedrag", "deel"], *rows)
    assert letters(tmp_path, path) == [
        "meer € 1.361.028,83 ja",
        "minder 999,5 ja",
        "meer 13 000 ja",
    ]


def test_a_cell_that_is_no_number_is_told_at_its_cell_and_the_others_are_made(tmp_path: Path):
    path = mailing(tmp_path, "{{ bedrag | bedrag }}", "", ["bedrag"], [5], ["n.v.t."], [7])
    outcome = run(path, tmp_path / "uit")
    (problem,) = outcome.problems
    assert (outcome.made, outcome.failed) == (2, 1)
    assert (problem.code, problem.place.cell) == ("LRT311", "E3")


@pytest.mark.parametrize("nothing", [None, "-", "n.v.t.", "geen", "1,2 mln"])
def test_half_a_sum_is_no_sum(tmp_path: Path, nothing: str | None):
    path = mailing(tmp_path, "{{ een + twee }}", "", ["een", "twee"], [5, 3], [5, nothing])
    for problems in (check(path), run(path, tmp_path / "uit").problems):
        (problem,) = problems
        assert (problem.code, problem.place.cell) == ("LRT311", "F3")
    (made,) = tmp_path.glob("uit/*.docx")
    assert Document(str(made)).paragraphs[0].text == "8"


@pytest.mark.parametrize(
    "text", ["{{ een + twee if twee else een }}", "{{ een + twee | default(0) }}"]
)
def test_a_sum_that_reckons_with_an_empty_cell_is_left_alone(tmp_path: Path, text: str):
    path = mailing(tmp_path, text, "", ["een", "twee"], [5, 3], [5, None])
    assert not check(path)
    assert letters(tmp_path, path) == ["8", "5"]


def test_a_sum_of_empty_cells_is_told_as_a_word_that_is_printed(tmp_path: Path):
    path = mailing(tmp_path, "{{ een + twee }}", "", ["een", "twee"], [5, 3], [None, None])
    (problem,) = check(path)
    assert (problem.code, problem.found) == ("LRT716", "E3")


def test_what_kolommen_says_is_checked_before_anything_is_made(tmp_path: Path):
    extra = "kolommen: {Bedrag: {soort: bedrag, verplicht: ja}, niets: tekst}\n"
    path = mailing(
        tmp_path, "{{ bedrag | bedrag }}", extra, ["bedrag"], [5], ["veel"], [None], ["n.v.t."]
    )
    for problems in (check(path), run(path, tmp_path / "uit").problems):
        told = {(problem.code, problem.place.cell) for problem in problems}
        assert {("LRT655", "E3"), ("LRT656", "E4"), ("LRT656", "E5"), ("LRT242", None)} <= told
    assert not list(tmp_path.glob("uit/*.docx"))


@pytest.mark.parametrize(
    ("typed", "shown"), [("nee", "niet"), ("JA", "wel"), ("", "niet"), ("0", "niet"), ("x", "wel")]
)
def test_a_word_of_velden_decides(tmp_path: Path, typed: str, shown: str):
    path = make_mailing(
        tmp_path, 1, f"velden:\n  spoed: {typed}\n", "{% if spoed %}wel{% else %}niet{% endif %}"
    )
    assert letters(tmp_path, path) == [shown]


def test_a_letter_is_made_again_when_a_number_changes_that_is_shown_the_same(tmp_path: Path):
    for value in (0.2384, 0.2381):
        path = mailing(tmp_path, "{{ deel > 0.2383 }}", "", ["deel"], [value])
        book = openpyxl.load_workbook(tmp_path / "lijst.xlsx")
        book.active["E2"].number_format = "0.0%"
        book.save(tmp_path / "lijst.xlsx")
        found = letters(tmp_path, path)
        assert found == ["ja" if value > 0.2383 else "nee"]


def test_a_table_that_does_not_fit_in_a_letter_is_told_at_its_text(tmp_path: Path):
    row = f"| {'x' * 70} | {'y' * 70} |"
    table = f"tekst: |\n  | a | b |\n  |---|---|\n  {row}\n"
    path = make_mailing(tmp_path, extra=table, text="{{ tekst | tekst }}")
    (told,) = (each for each in check(path) if each.key == "LRT314.tabel-breed")
    assert (told.place.file, told.place.line) == (str(path), 6)
