"""Lists of addresses in which cells stand with somebody else, and honest ones, by the hundred."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from example_addresses import SEATS, example_rows
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lrtdocs.model.gemeente import Gemeente, alphabetical_key
from lrtdocs.source.lists import places
from lrtdocs.source.lists.recipients import open_recipients
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lrtdocs.errors import Problem

REGISTER = load_register()
GENERATE = [Phase.explicit, Phase.generate]
HEADINGS = ["code", "gemeente", "postbus", "postcode", "plaats", "email"]
POSTBUS, POSTCODE, PLAATS, EMAIL = range(2, 6)
SEAT = {g.code: SEATS.get(g.naam, g.naam.partition(" (")[0]) for g in REGISTER.gemeenten}
SEAT["GM0373"] = "Bergen"  # where its postcodes are


@cache
def numbers() -> dict[str, int]:
    """Return the number of a postcode in each gemeente, of it alone if there is one."""
    known = places.load_places().by_number.items()
    shared = {code: number for number, codes in known for code in codes}
    return shared | {code: number for number, codes in known for code in codes if len(codes) == 1}


def make(order: str, elsewhere: float, seed: int) -> list[list[str]]:
    """Return a list of all gemeenten; a share has its post box in another of their province."""
    chance = random.Random(seed)
    gemeenten = sorted(REGISTER.gemeenten, key=ORDERS[order])
    rows = []
    for g in gemeenten:
        near = [other.code for other in gemeenten if other.provincie == g.provincie]
        where = chance.choice(near) if chance.random() < elsewhere else g.code
        box = f"Postbus {chance.choice([chance.randint(1, 60), chance.randint(1000, 20000)])}"
        email = f"info@{g.naam.lower().replace(' ', '')}.nl"
        rows.append([g.code, g.naam, box, f"{numbers()[where]} AB", SEAT[where], email])
    return rows


ORDERS: dict[str, Callable[[Gemeente], str]] = {
    "code": lambda g: g.code,
    "naam": lambda g: alphabetical_key(g.naam),
}


def told(folder: Path, rows: list[list[str]], headings: list[str] = HEADINGS) -> list[Problem]:
    path = folder / "a.csv"
    path.write_text("".join(f"{';'.join(row)}\n" for row in [headings, *rows]), encoding="utf-8")
    found = open_recipients(path, REGISTER)
    return [problem for problem in found.problems if problem.code == "LRT664"]


def shift(rows: list[list[str]], columns: list[int], start: int, by: int) -> list[list[str]]:
    """Return `rows` with the cells of `columns` from `start` moved down, or up below zero."""
    new = [row.copy() for row in rows]
    for column in columns:
        cells = [row[column] for row in rows]
        if by > 0:
            cells = [*cells[:start], *[""] * by, *cells[start : len(rows) - by]]
        else:
            cells = [*cells[:start], *cells[start - by :], *[""] * -by]
        for row, cell in zip(new, cells, strict=True):
            row[column] = cell
    return new


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("elsewhere", [0, 0.1, 0.3])
def test_an_honest_list_gives_no_alarm(tmp_path: Path, order: str, elsewhere: float):
    assert told(tmp_path, make(order, elsewhere, 1)) == []


def test_made_up_postcodes_are_told_once(tmp_path: Path):
    found = told(tmp_path, [[*row, ""] for row in example_rows()])
    assert [problem.key for problem in found] == ["LRT664.tegenspraak_veel"]


@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck], phases=GENERATE)
@given(
    st.sampled_from([*ORDERS]),
    st.sampled_from([0, 0.05]),
    st.sampled_from([[POSTBUS, POSTCODE, PLAATS], [POSTCODE], [PLAATS], [EMAIL]]),
    st.integers(2, 300),
    st.integers(-20, 20).filter(bool),
    st.integers(0, 5),
)
def test_cells_that_moved_are_found_and_the_remedy_puts_them_back(
    tmp_path: Path,
    order: str,
    elsewhere: float,
    columns: list[int],
    start: int,
    by: int,
    seed: int,
):
    rows = make(order, elsewhere, seed)
    found = told(tmp_path, moved := shift(rows, columns, start, by))
    (problem,) = [each for each in found if each.key == "LRT664.verschoven"]
    assert len(found) <= 1 + (elsewhere > 0)  # where it begins may look like two rows by themselves
    first, last = int(str(problem.fields["first"])), int(str(problem.fields["last"]))
    assert abs(first - 2 - max(start + by, start)) <= 12
    assert f"{abs(by)} rij" in problem.remedy
    assert ("hoger" if by > 0 else "lager") in problem.remedy
    mended = [row.copy() for row in moved]
    for row in range(first - 2, last - 1):
        for column in columns:
            mended[row - by][column] = moved[row][column]
    vacated = range(last - 1 - by, last - 1) if by > 0 else range(first - 2, first - 2 - by)
    for row in vacated:
        for column in columns:
            mended[row][column] = ""
    assert len(told(tmp_path, mended)) <= (elsewhere > 0)


@pytest.mark.parametrize("column", [POSTBUS, POSTCODE, PLAATS])
@pytest.mark.parametrize("order", ORDERS)
def test_a_column_that_was_sorted_on_its_own_is_found(tmp_path: Path, order: str, column: int):
    rows = make(order, 0.1, 2)
    cells = sorted(row[column] for row in rows)
    sorted_ = [
        [*row[:column], cell, *row[column + 1 :]] for row, cell in zip(rows, cells, strict=True)
    ]
    key = {POSTBUS: "LRT664.gesorteerd"}.get(column, "LRT664.volgorde")
    assert key in [problem.key for problem in told(tmp_path, sorted_)]


def test_the_address_of_the_neighbour_is_found(tmp_path: Path):
    rows = make("naam", 0, 3)
    rows[40][2:5], rows[41][2:5] = rows[41][2:5], rows[40][2:5]
    rows[90][2:5] = rows[91][2:5]
    found = [(one.key, one.place.line) for one in told(tmp_path, rows)]
    assert found == [("LRT664.rijen", 42), ("LRT664.buren", 92)]


SHORT = ["Ede", "Groningen", "Zwolle", "Sluis", "Assen"]


def of(*names: str) -> list[list[str]]:
    """Return the true rows of these gemeenten, as in a list of all of them."""
    return [next(row for row in make("code", 0, 4) if row[1] == name)[:5] for name in names]


def put(rows: list[list[str]], columns: list[int], moves: dict[int, int | None]) -> list[list[str]]:
    """Return `rows` with in each row of `moves` the cells of another, or none."""
    new = [row.copy() for row in rows]
    for row, home in moves.items():
        for column in columns:
            new[row][column] = "" if home is None else rows[home][column]
    return new


def follow(problem: Problem, rows: list[list[str]], truth: list[list[str]]) -> list[list[str]]:
    """Return `rows` as who reads the remedy to the letter leaves them, and knows each post box."""
    remedy = problem.remedy
    asked = re.match(r"Kijk eerst in rij (\d+): staat '(.*?)' daar goed", remedy)
    named = re.search(r"Zet ([^.]*?) zo: ", remedy)
    assert named
    columns = {HEADINGS.index(name) for name in re.findall(r"'(\w+)'", named[1])}
    if asked and truth[int(asked[1]) - 2][POSTBUS] != asked[2]:
        columns.add(POSTBUS)
    found = re.findall(r"in rij (\d+) wat nu in rij (\d+) staat", remedy)
    moves: dict[int, int | None] = {int(row) - 2: None for _, row in found}
    moves |= {int(row) - 2: int(now) - 2 for row, now in found}
    return put(rows, sorted(columns), moves)


@pytest.mark.parametrize(
    "moves",
    [
        {0: 1, 1: 0},
        {1: 4, 4: 1},
        {0: 4, 1: 0, 2: 1, 3: 2, 4: 3},
        {0: 1, 1: 2, 2: 3, 3: 4, 4: 0},
        {0: 2, 2: 3, 3: 0},
        {1: 2, 2: 3, 3: 1},
        {2: None, 3: 2, 4: 3},
        {2: 3, 3: 4, 4: None},
    ],
)
@pytest.mark.parametrize("columns", [[2, 3, 4], [3, 4], [3], [4]])
@pytest.mark.parametrize("headings", [HEADINGS[:5], HEADINGS[1:5], ["naam", *HEADINGS[2:5]]])
def test_a_short_list_is_made_right_by_its_remedy(
    tmp_path: Path, moves: dict[int, int | None], columns: list[int], headings: list[str]
):
    truth = of(*SHORT)
    moved = put(truth, columns, moves)
    (problem,) = told(tmp_path, [row[-len(headings) :] for row in moved], headings)
    assert problem.key == "LRT664.rijen"
    mended = follow(problem, moved, truth)
    lost = set(moves) - set(moves.values())
    for row in set(range(5)) - lost:
        assert mended[row] == truth[row]
    for row in lost:
        assert f"is dan leeg: vul daar het adres van {truth[row][1]} in." in problem.remedy


def test_which_columns_moved_shows_in_the_row_that_is_empty(tmp_path: Path):
    truth = of(*SHORT)
    for columns, named in (
        ([2, 3, 4], "'postbus', 'postcode' en 'plaats'"),
        ([3, 4], "'postcode' en 'plaats'"),
    ):
        (problem,) = told(tmp_path, put(truth, columns, {2: None, 3: 2, 4: 3}), HEADINGS[:5])
        assert f"staat {named} bij een ander" in problem.message
        assert "Kijk eerst" not in problem.remedy


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        (["GM0014", "Groningen", "Postbus 1", "3511 AB", "Utrecht"], ["ver"]),
        (["GM0935", "Maastricht", "Postbus 1", "1011 AB", "Maastricht"], ["tegenspraak"]),
        (["PV23", "Overijssel", "Postbus 1", "3511 AB", "Utrecht"], ["ver"]),
        (["", "Jansen BV", "Postbus 1", "1011 AB", "Maastricht"], ["tegenspraak"]),
        (["", "Jansen BV", "Postbus 1", "1234 AB", "Maastricht"], []),
        (["GM0518", "'s-Gravenhage", "Postbus 1", "2500 EA", "Den Haag"], []),
        (["GM0080", "Leeuwarden", "Postbus 1", "8900 JA", "Ljouwert"], []),
        (["GM0363", "Amsterdam", "Postbus 1", "1100 DL", "Amsterdam Zuidoost"], []),
        (["GM0014", "Groningen", "Postbus 1", "9751 AB", "Haren"], []),
        (["GM0376", "Blaricum", "Postbus 71", "3755 ZH", "Eemnes"], []),
        (["GM0200", "Apeldoorn", "Postbus 1", "7351 AB", "Hoenderloo"], []),
        (["GM0599", "Rotterdam", "Postbus 70012", "3000 KP", "Rotterdam"], []),
        (["PV28", "Zuid-Holland", "Postbus 90602", "2509 LP", "Den Haag"], []),
    ],
)
def test_one_address_is_told_only_when_it_cannot_be(
    tmp_path: Path, row: list[str], keys: list[str]
):
    found = told(tmp_path, [*of(*SHORT), row], HEADINGS[:5])
    assert [problem.key for problem in found] == [f"LRT664.{key}" for key in keys]
    assert [problem.place.line for problem in found] == [7 for _ in keys]


def test_addresses_that_are_all_of_others_are_told_once(tmp_path: Path):
    rows = [
        [*row[:2], *other[2:]]
        for row, other in zip(of(*SHORT), of("Breda", "Hoorn", "Goes", "Urk", "Ommen"), strict=True)
    ]
    assert [problem.key for problem in told(tmp_path, rows, HEADINGS[:5])] == ["LRT664.ver_veel"]


def test_a_place_may_begin_with_a_number(tmp_path: Path):
    rows = [["GM0109", "Coevorden", "Postbus 1", "9571 AB", "2e Exloërmond", ""]]
    assert told(tmp_path, rows) == []


def test_cells_that_moved_a_column_are_told_at_the_place(tmp_path: Path):
    rows = [["GM0106", "Assen", "9401 AB", "Assen", "Postbus 1", ""]]
    path = tmp_path / "a.csv"
    path.write_text("".join(f"{';'.join(row)}\n" for row in [HEADINGS, *rows]), encoding="utf-8")
    found = [(one.key, one.place.line) for one in open_recipients(path, REGISTER).problems]
    assert ("LRT664.plaats", 2) in found
