from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

from lrtdocs.errors import Place, Problem
from lrtdocs.model.taakstelling import Tabelrij
from lrtdocs.source.register import load_register
from lrtdocs.source.sheet.tabel import read_tabel

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = load_register()


def save(folder: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


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
    assert rijen["GM0106"] == Tabelrij("GM0106", taakstelling=48, plaats=place)
    assert (rijen["GM1900"].taakstelling, rijen["GM1900"].achterstand) == (1204, 3)
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
    )
    assert problems == [
        ("LRT635", "C2"),
        ("LRT635", "C3"),
        ("LRT635", "C4"),
        ("LRT632", "A5"),
        ("LRT628", "A7"),
    ]
    assert rijen["GM0047"].taakstelling is None


def test_a_file_without_numbers_is_told_unless_none_are_needed(tmp_path: Path):
    path = save(tmp_path, ["code", "gemeente", "postbus"], ["GM0106", "Assen", "Postbus 1"])
    rijen, (problem,) = read_tabel(path, REGISTER)
    assert (rijen, problem.code) == ({}, "LRT631")
    assert isinstance(problem, Problem)
    assert read_tabel(path, REGISTER, required=False) == ({}, [])
