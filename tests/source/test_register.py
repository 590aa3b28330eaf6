from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sheet_making import write_table

from lrtdocs.errors import FileProblemError, ProblemsFoundError
from lrtdocs.source.lists.register import (
    GEMEENTEN,
    find_register,
    load_register,
    read_register,
    register_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "code,naam,naam_cbs,provincie,inwoners_2024-01-01\n"
GOOD = HEAD + "NL01,Nederland,Nederland,,30\nGM0001,Aa,Aa,Utrecht,10\nGM0002,Bee,Bee,Utrecht,20\n"


def codes_of(folder: Path, text: str) -> list[tuple[str, int | None]]:
    path = folder / GEMEENTEN
    path.write_text(text, encoding="utf-8")
    register, problems = read_register(path)
    assert (register is None) == bool(problems)
    return [(problem.code, problem.place.line) for problem in problems]


def test_the_packaged_register_holds_342_gemeenten_that_add_up():
    register = load_register()
    assert len(register.gemeenten) == 342
    assert register.nationaal == {dt.date(2022, 1, 1): 17_590_672, dt.date(2024, 1, 1): 17_942_942}
    assert len({gemeente.provincie for gemeente in register.gemeenten}) == 12
    assert [g.code for g in register.gemeenten] == sorted(g.code for g in register.gemeenten)


@pytest.mark.parametrize(
    ("code", "naam", "naam_cbs"),
    [
        ("GM0373", "Bergen (NH.)", "Bergen (NH.)"),
        ("GM0893", "Bergen (L.)", "Bergen (L.)"),
        ("GM0164", "Hengelo", "Hengelo (O.)"),
        ("GM0518", "'s-Gravenhage", "'s-Gravenhage"),
        ("GM0820", "Nuenen, Gerwen en Nederwetten", "Nuenen, Gerwen en Nederwetten"),
    ],
)
def test_names_are_as_a_letter_needs_them(code, naam, naam_cbs):
    gemeente = load_register().find(code)
    assert gemeente is not None
    assert (gemeente.naam, gemeente.naam_cbs) == (naam, naam_cbs)


def test_a_good_register_is_read(tmp_path):
    assert codes_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace(",20", ",21"), [("LRT644", 1)]),
        (GOOD.replace("NL01,Nederland,Nederland,,30\n", ""), [("LRT645", 1)]),
        (GOOD.replace("GM0002", "GM0001"), [("LRT642", 4)]),
        (GOOD.replace("GM0002", "GM2"), [("LRT641", 4)]),
        (GOOD.replace(",20", ",twintig"), [("LRT643", 4)]),
        (GOOD.replace("provincie", "gewest"), [("LRT640", 1)]),
        (GOOD.replace("inwoners_2024-01-01", "inwoners_2024"), [("LRT640", 1)]),
        (GOOD.replace("inwoners_2024-01-01", "inwoners_2024-13-01"), [("LRT640", 1)]),
        (GOOD.replace("GM0001", "GM1").replace("GM0002", "GM2"), [("LRT641", 3), ("LRT641", 4)]),
    ],
)
def test_a_register_that_is_wrong_is_refused_with_all_that_is(tmp_path, text, expected):
    assert codes_of(tmp_path, text) == expected


def test_a_gemeente_that_did_not_exist_yet_has_no_number(tmp_path):
    text = (
        HEAD.replace("\n", ",inwoners_2025-01-01\n")
        + "NL01,Nederland,Nederland,,30,20\n"
        + "GM0001,Aa,Aa,Utrecht,10,\n"
        + "GM0002,Bee,Bee,Utrecht,20,20\n"
    )
    (tmp_path / GEMEENTEN).write_text(text, encoding="utf-8")
    register, problems = read_register(tmp_path / GEMEENTEN)
    assert problems == []
    assert register is not None
    assert [g.code for g in register.on(dt.date(2025, 1, 1))] == ["GM0002"]


def test_a_register_beside_the_file_or_above_it_wins(tmp_path):
    (tmp_path / GEMEENTEN).write_text(GOOD, encoding="utf-8")
    start = tmp_path / "verzending" / "brief.yaml"
    start.parent.mkdir()
    assert find_register(start) == tmp_path / GEMEENTEN
    assert len(load_register(start).gemeenten) == 2


def test_a_list_of_addresses_that_is_called_the_same_is_passed_over(tmp_path):
    (tmp_path / GEMEENTEN).write_text("code;naam;postcode\n", encoding="utf-8")
    assert len(load_register(tmp_path / "brief.yaml").gemeenten) == 342


def test_a_register_that_changes_is_read_again(tmp_path):
    path = tmp_path / GEMEENTEN
    path.write_text(GOOD, encoding="utf-8")
    assert load_register(tmp_path / "x.yaml").nationaal[dt.date(2024, 1, 1)] == 30
    path.write_text(GOOD.replace(",20", ",25").replace(",30", ",35"), encoding="utf-8")
    assert load_register(tmp_path / "x.yaml").nationaal[dt.date(2024, 1, 1)] == 35


def test_a_register_that_is_wrong_stops_the_work(tmp_path):
    (tmp_path / GEMEENTEN).write_text(GOOD.replace(",20", ",21"), encoding="utf-8")
    with pytest.raises(ProblemsFoundError, match="niet die van Nederland"):
        load_register(tmp_path / "x.yaml")


def test_a_register_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileProblemError):
        read_register(tmp_path / "weg.csv")


@pytest.mark.parametrize("name", ["gemeenten.csv", "gemeenten.xlsx"])
def test_a_register_that_is_written_reads_back(tmp_path, name):
    headings, *rows = register_rows(load_register())
    write_table(tmp_path / name, [str(heading) for heading in headings], rows)
    register, problems = read_register(tmp_path / name)
    assert problems == []
    assert register == load_register()


def test_a_gemeente_needs_a_name_and_a_province_for_its_letter(tmp_path):
    text = GOOD.replace("GM0002,Bee,Bee,Utrecht", "GM0002,GM0002,GM0002,")
    assert codes_of(tmp_path, text) == [("LRT650", 4), ("LRT650", 4)]
