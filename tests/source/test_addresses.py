"""Lists of addresses in which cells stand with somebody else, and honest ones, by the hundred."""

from __future__ import annotations

import random
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


def told(folder: Path, rows: list[list[str]]) -> list[Problem]:
    path = folder / "a.csv"
    path.write_text("".join(f"{';'.join(row)}\n" for row in [HEADINGS, *rows]), encoding="utf-8")
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


def test_a_list_with_made_up_postcodes_gives_no_alarm(tmp_path: Path):
    assert told(tmp_path, [[*row, ""] for row in example_rows()]) == []


@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck], phases=GENERATE)
@given(
    st.sampled_from([*ORDERS]),
    st.sampled_from([0, 0.1]),
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
    problem, *more = told(tmp_path, moved := shift(rows, columns, start, by))
    assert (problem.key, more) == ("LRT664.verschoven", [])
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
    assert told(tmp_path, mended) == []


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
    assert found == [("LRT664.verwisseld", 42), ("LRT664.buren", 92)]


def test_a_place_may_begin_with_a_number(tmp_path: Path):
    rows = [["GM0109", "Coevorden", "Postbus 1", "9571 AB", "2e Exloërmond", ""]]
    assert told(tmp_path, rows) == []


def test_cells_that_moved_a_column_are_told_at_the_place(tmp_path: Path):
    rows = [["GM0106", "Assen", "9401 AB", "Assen", "Postbus 1", ""]]
    path = tmp_path / "a.csv"
    path.write_text("".join(f"{';'.join(row)}\n" for row in [HEADINGS, *rows]), encoding="utf-8")
    found = [(one.key, one.place.line) for one in open_recipients(path, REGISTER).problems]
    assert ("LRT664.plaats", 2) in found
