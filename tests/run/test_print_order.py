"""Files to print for each value of a column, and in the order of one."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from mailing_making import make_mailing, run, snapshot
from pdf_converting import kept_office

from lrtdocs.errors import ExitCode

DATA = Path(__file__).parents[2] / "lrtdocs" / "data"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lrtdocs.pdf.convert.choose_backend", lambda _office: kept_office())


def titles(path: Path) -> list[str]:
    with pikepdf.open(path) as whole, whole.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def told(outcome: object, code: str) -> list[str]:
    return [Path(p.place.file).name for p in outcome.problems if p.code == code]


def make_provinces(folder: Path, rows: list[str]) -> Path:
    path = make_mailing(folder, extra="dubbelzijdig: nee\n")
    head = "naam;adres;postcode;plaats;Provincie\n"
    (folder / "lijst.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_gemeenten_come_in_twelve_files_by_province_and_postcode(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    with (DATA / "gemeenten.csv").open(encoding="utf-8") as file:
        rows_of = {row["code"]: row for row in csv.DictReader(file)}
    gemeenten = {code: row for code, row in rows_of.items() if row["provincie"]}
    by_province: dict[str, list[str]] = {}
    for code, row in gemeenten.items():
        by_province.setdefault(row["provincie"], []).append(code)
    codes = sorted(code for some in by_province.values() for code in some[:3])
    head = "gemeentecode;adres;postcode;plaats\n"
    postcodes = {code: f"{9999 - 17 * n % 8999} AB" for n, code in enumerate(codes)}
    rows = [f"{code};Postbus {n};{postcodes[code]};Plaats\n" for n, code in enumerate(codes, 1)]
    (tmp_path / "lijst.csv").write_text(head + "".join(rows), encoding="utf-8")
    outcome = run(path, tmp_path / "uit", join_by="provincie", order="postcode")
    errors = [str(problem) for problem in outcome.problems if problem.severity == "fout"]
    assert errors == []
    assert (outcome.made, outcome.failed, outcome.exit_code) == (36, 0, ExitCode.DONE)
    files = sorted((tmp_path / "uit").glob("m-samengevoegd-provincie-*.pdf"))
    assert len(files) == 12
    found = Counter[str]()
    by_name = {row["naam"]: code for code, row in gemeenten.items()}
    for file in files:
        province = file.stem.rpartition("provincie-")[2]
        here = [by_name[title] for title in titles(file)]
        assert {gemeenten[code]["provincie"] for code in here} == {province}
        assert [postcodes[code] for code in here] == sorted(postcodes[code] for code in here)
        found.update(here)
    assert found == Counter(codes)


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_files_of_a_column_are_made_once_and_told_when_they_are_old(tmp_path: Path) -> None:
    rows = ["A;S 1;9401 AA;P;Drenthe", "B;S 2;9711 AA;P;Groningen", "C;S 3;9402 AA;P;Drenthe"]
    path, target = make_provinces(tmp_path, rows), tmp_path / "uit"
    run(path, target, join_by="provincie")
    assert titles(target / "m-samengevoegd-provincie-Drenthe.pdf") == ["A", "C"]
    before = snapshot(target)
    assert run(path, target, join_by="Provincie").problems == []
    assert snapshot(target) == before

    make_provinces(
        tmp_path, [*rows[:2], rows[2].replace(";P;", ";Elders;"), "D;S 4;9403 AA;P;Drenthe"]
    )
    outcome = run(path, target)
    assert told(outcome, "LRT742") == ["uit", "m-samengevoegd-provincie-Drenthe.pdf"]
    assert "--samenvoegen-per provincie" in str(outcome.problems)
    assert told(run(path, target, join_by="provincie"), "LRT742") == []

    make_provinces(tmp_path, [row.replace("Groningen", "Friesland") for row in rows])
    again = run(path, target, join_by="provincie")
    assert "m-samengevoegd-provincie-Groningen.pdf" in told(again, "LRT742")


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_letters_without_a_value_have_a_file_of_their_own_and_are_told(tmp_path: Path) -> None:
    path, target = make_provinces(tmp_path, ["A;S;9401 AA;P;Drenthe", "B;S;1234 AB;P;"]), tmp_path
    (problem,) = [
        p for p in run(path, target / "uit", join_by="provincie").problems if p.code == "LRT744"
    ]
    assert "0002-B.docx" in problem.message
    assert titles(target / "uit" / "m-samengevoegd-provincie-zonder.pdf") == ["B"]


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_the_order_of_a_column_counts_numbers_and_a_choice_has_it_too(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    rows = {
        "A": "2000 AA;P;;10",
        "B": "1000 AB;P;;9",
        "C": "1000;P;België;8",
        "D": "1000 AA;P;;100",
    }
    head = "naam;adres;postcode;plaats;land;deler\n"
    text = head + "".join(f"{name};S;{rest}\n" for name, rest in rows.items())
    (tmp_path / "lijst.csv").write_text(text, encoding="utf-8")
    run(path, target, order="postcode")
    assert titles(target / "m-samengevoegd.pdf") == ["D", "B", "A", "C"]
    run(path, target, order="deler")
    assert titles(target / "m-samengevoegd.pdf") == ["C", "B", "A", "D"]
    run(path, target, order="volgnummer", only=("B", "A"))
    assert titles(target / "m-samengevoegd-keuze.pdf") == ["A", "B"]
    assert told(run(path, target), "LRT742") == []


def test_a_column_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    outcome = run(path, tmp_path / "uit", join_by="regio")
    assert [p.code for f in outcome.failures for p in f.problems] == ["LRT743"]
    assert outcome.exit_code == ExitCode.USAGE
    assert not (tmp_path / "uit").exists()
