from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sheet_making import save

from lrtdocs.errors import Place, Problem, Severity, has_errors
from lrtdocs.model.taakstelling import Tabelrij
from lrtdocs.source.lists.register import load_register
from lrtdocs.source.lists.tabel import read_tabel

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = load_register()


def read(
    folder: Path, *rows: list[Any]
) -> tuple[dict[str, Tabelrij], list[tuple[str, str | None]]]:
    rijen, problems = read_tabel(save(folder, *rows), REGISTER)
    return rijen, [(problem.code, problem.place.cell) for problem in problems]


def test_rows_are_read_by_code_or_name_and_totals_left_out(tmp_path: Path):
    path = save(
        tmp_path,
        ["Bijlage A"],
        ["Gemeente", "Taakstelling", "Achterstand"],
        ["Assen", 48, None],
        ["sudwest-fryslan", "1.204", 3],
        ["Totaal", 1252, 3],
    )
    rijen, problems = read_tabel(path, REGISTER)
    place = Place(str(path), cell="A3")
    assert rijen["GM0106"] == Tabelrij("GM0106", {"taakstelling": 48}, place)
    assert rijen["GM1900"].numbers == {"taakstelling": 1204, "achterstand": 3}
    assert [problem.code for problem in problems] == ["LRT633"]
    assert "340 gemeenten" in problems[0].message


def test_what_is_no_number_or_no_gemeente_is_told_at_its_cell(tmp_path: Path):
    rijen, problems = read(
        tmp_path,
        ["code", "naam", "taakstelling"],
        ["GM0106", "Assen", "veel"],
        ["GM0034", "Almere", 1.5],
        ["GM0037", "Stadskanaal", -3],
        ["GM9999", "Elders", 4],
        [None, "Ede", 5],
        ["GM0228", "Ede", 5],
        ["GM0047", "Veendam", "-"],
        ["GM0050", "Zeewolde", 99_999_999_999],
    )
    assert problems == [
        ("LRT635", "C2"),
        ("LRT635", "C3"),
        ("LRT635", "C4"),
        ("LRT632", "A5"),
        ("LRT628", "A7"),
        ("LRT636", "C8"),
        ("LRT635", "C9"),
    ]
    assert "taakstelling" not in rijen["GM0047"].numbers


def test_a_file_without_numbers_is_told_unless_none_are_needed(tmp_path: Path):
    path = save(tmp_path, ["code", "gemeente", "postbus"], ["GM0106", "Assen", "Postbus 1"])
    rijen, (problem,) = read_tabel(path, REGISTER)
    assert (rijen, problem.code) == ({}, "LRT631")
    assert isinstance(problem, Problem)
    assert read_tabel(path, REGISTER, required=False) == ({}, [])


def test_a_number_below_zero_is_called_that(tmp_path: Path):
    path = save(tmp_path, ["code", "taakstelling"], ["GM0106", -3])
    _, (problem,) = read_tabel(path, REGISTER)
    assert "kleiner dan nul" in problem.message


def test_names_a_row_off_from_their_codes_are_errors_at_their_cells(tmp_path: Path):
    path = save(
        tmp_path,
        ["code", "gemeente", "taakstelling"],
        ["GM0106", "Almere", 48],
        ["GM0034", "Stadskanaal", 165],
        ["GM0518", "Den Haag", 412],
    )
    _, problems = read_tabel(path, REGISTER)
    assert [(p.code, p.place.cell, p.severity) for p in problems] == [
        ("LRT630", "A2", Severity.ERROR),
        ("LRT630", "A3", Severity.ERROR),
    ]


def test_numbers_that_no_column_gives_to_a_gemeente_are_an_error(tmp_path: Path):
    rijen, (problem,) = read_tabel(save(tmp_path, ["taakstelling"], [5]), REGISTER)
    assert (rijen, problem.code, problem.severity) == ({}, "LRT604", Severity.ERROR)


@pytest.mark.parametrize("rows", [[], [["GM0106", None]], [["GM0106", "-"], ["GM0034", None]]])
def test_a_table_that_supplies_no_number_at_all_is_an_error(tmp_path: Path, rows: list[list[Any]]):
    _, problems = read_tabel(save(tmp_path, ["code", "taakstelling"], *rows), REGISTER)
    assert problems[-1].code == "LRT631"
    assert has_errors(problems)


def test_an_empty_cell_where_lrtdocs_then_computes_is_a_warning_at_that_cell(tmp_path: Path):
    table = [["code", "gemeente", "taakstelling", "achterstand"], ["GM0106", "Assen", 48, 1]]
    _, problems = read_tabel(save(tmp_path, *table, ["GM0034", "Almere", None, None]), REGISTER)
    assert [(p.code, p.place.cell, p.severity) for p in problems[:-1]] == [
        ("LRT636", "C3", Severity.WARNING)
    ]
    path = tmp_path / "a.csv"
    path.write_text("code;gemeente;taakstelling\nGM0106;Assen;48\nGM0034;Almere;\n")
    _, problems = read_tabel(path, REGISTER)
    assert [(p.code, p.place.line) for p in problems[:-1]] == [("LRT636", 3)]


def test_a_gemeente_whose_name_begins_like_a_total_is_no_total(tmp_path: Path):
    rijen, _ = read(tmp_path, ["gemeente", "taakstelling"], ["Someren", 15], ["Som", 15])
    assert list(rijen) == ["GM0847"]


def test_a_sum_without_a_name_is_left_out_and_told(tmp_path: Path):
    _, problems = read(tmp_path, ["code", "taakstelling"], ["GM0106", 48], [None, 48])
    assert problems[0] == ("LRT611", "B3")


@pytest.mark.parametrize(
    ("naam", "found"),
    [
        ("Utrecht (gemeente)", "GM0344"),
        ("gem. Utrecht", "GM0344"),
        ("GM0344 Utrecht", "GM0344"),
        ("Uden", "LRT660.opgegaan"),
        ("Bergen", "LRT627.meer"),
        ("Drenthe", "LRT661.naam"),
        ("Asen", "LRT632.onbekend"),
        ("Provincie Utrecht", ""),
        ("Utrecht (PV)", ""),
    ],
)
def test_a_name_is_known_here_as_in_a_list(tmp_path: Path, naam: str, found: str):
    path = save(tmp_path, ["Gemeente", "Taakstelling"], [naam, 5], ["Assen", 6])
    rijen, problems = read_tabel(path, REGISTER)
    told = [(one.key, one.place.cell) for one in problems if one.code != "LRT633"]
    assert [code for code in rijen if code != "GM0106"] == [found] * found.startswith("GM")
    assert told == [(found, "A2")] * found.startswith("LRT")


@pytest.mark.parametrize(
    ("total", "cells"),
    [
        (["Totaal", 63, 4], []),
        (["Nederland", 99_999, 4], ["B5"]),
        (["Totaal gemeenten", 62, 5], ["B5", "C5"]),
        (["Subtotaal", "63", "4"], []),
    ],
)
def test_a_total_is_held_to_the_sum_of_each_column(
    tmp_path: Path, total: list[Any], cells: list[str]
):
    rows = [["gemeente", "taakstelling", "achterstand"], ["Assen", 48, 4], ["Ede", 15, "-"]]
    path = save(tmp_path, *rows, ["Provincie Drenthe", 48, 4], total)
    rijen, problems = read_tabel(path, REGISTER)
    assert len(rijen) == 2
    wrong = [problem for problem in problems if problem.code == "LRT657"]
    assert [problem.place.cell for problem in wrong] == cells
    assert all(problem.severity is Severity.WARNING for problem in wrong)
    if cells:
        assert (wrong[0].found, wrong[0].expected) == (str(total[1]), "63")
