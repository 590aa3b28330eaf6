from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from sheet_making import save

from lrtdocs.model.mailing import Kolomsoort
from lrtdocs.source.lists.recipients import open_recipients

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem

HEAD = ["naam", "adres", "postcode", "plaats"]
DAY = dt.date(2025, 3, 19)


def check(folder: Path, heading: str, cells: list[Any], *, used: bool, **how: Any) -> list[Problem]:
    rows = [[f"BV A{n}", f"Weg {n}", "1234 AB", "Ede", one] for n, one in enumerate(cells)]
    found = open_recipients(save(folder, [*HEAD, heading], *rows), **how)
    assert found.check_use([] if used else found.columns, found.columns) == []
    return found.check_use([found.columns[-1]] if used else [], found.columns)


ODD = [
    (["1.200", "1,500", "900"], "komma", "E3"),
    ([1200, 900, "1,500"], "komma", "E4"),
    (["1,500", "2,000"], "komma", "E2 en E3"),
    (["1.200,50", "€ 900,25", "1,500"], "komma", "E4"),
    (["2,5", "0,125", "€ 1,500"], "komma", "E4"),
    (["1,500.00", "1.200", "900"], "engels", "E2"),
    (["1.25", "1.125", "0.5"], "punt", "E3"),
    ([DAY, DAY, 45735], "datum", "E4"),
    (["19-03-2025", "20-03-2025", "21-03-2025", "45735"], "datum", "E5"),
    ([DAY, DAY, 2025], "anders", "E4"),
    ([DAY, DAY, DAY, "volgt"], "anders", "E5"),
    ([1_200_000, 900_000, "1,2 mln"], "anders", "E4"),
    ([5, 7, "12 euro"], "anders", "E4"),
    ([5, 7, 9, "veel"], "anders", "E5"),
    ([5, 7, DAY], "anders", "E4"),
    (["12%", "15%", "0,12"], "procent", "E4"),
    (["2025-14", "2025-15", DAY], "code", "E4"),
    (["03/19/2025", "04/01/2025"], "maand", "E2"),
    (["5", "12%", "7"], "procent", "E3"),
]


@pytest.mark.parametrize(("cells", "key", "told"), ODD)
def test_a_cell_that_is_written_otherwise_than_the_rest_is_told(
    tmp_path: Path, cells: list[Any], key: str, told: str
):
    (problem,) = check(tmp_path, "bedrag", cells, used=True)
    assert (problem.key, problem.found) == (f"LRT667.{key}", told)
    assert problem.place.cell == told[:2]


@pytest.mark.parametrize(
    ("cells", "index", "typed"),
    [
        (["1.200", "1,500", "900"], 1, "1.500"),
        (["1.200", "1,500", "900"], 1, "1,5"),
        (["1.200", "1,125", "900"], 1, "1,1250"),
        (["1,500.00", "1.200", "900"], 0, "1.500,00"),
        (["1.25", "1.125", "0.5"], 1, "1125"),
        ([DAY, DAY, 45735], 2, "19 maart 2025"),
        ([5, 7, 9, "veel"], 3, 1200),
        ([5, 7, 9, "veel"], 3, None),
    ],
)
def test_what_the_remedy_says_is_good(tmp_path: Path, cells: list[Any], index: int, typed: Any):
    (problem,) = check(tmp_path, "bedrag", cells, used=True)
    assert typed is None or str(typed) in problem.remedy
    assert check(tmp_path, "bedrag", [*cells[:index], typed, *cells[index + 1 :]], used=True) == []


def test_a_column_that_is_said_to_be_text_is_left_alone(tmp_path: Path):
    how = {"kolommen": {"bedrag": Kolomsoort(soort="tekst")}}
    assert check(tmp_path, "bedrag", [5, 7, 9, "veel"], used=True, **how) == []


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("bedrag", ["€ 1.200,50", "€ 900", "€ 12,50", "-", "n.v.t."]),
        ("bedrag", ["1200", "900,50", "13 000", "€ 5,-"]),
        ("factor", ["0,125", "1,375", "2,5", "3"]),
        ("maat", ["1,250", "2,375", "1,125"]),
        ("deel", ["12%", "15%", "0", "100%"]),
        ("inwoners", ["45.735", "12.500", "9.800"]),
        ("datum", ["19-03-2025", "1 april 2025", "2025-04-01"]),
        ("datum", [DAY, None, DAY, "19-3-2025"]),
        ("telefoon", ["0612345678", "070-3706124", "+31 6 12345678"]),
        ("bouwjaar", ["2024", "1998", "ca. 1990"]),
        ("dossier", ["A12", "1,500", "13"]),
        ("groep", ["1", "2", "2a", "3"]),
        ("zaak", ["2024-123", "2024-124", "45735"]),
        ("termijn", ["3 maanden", "6 maanden", "een jaar"]),
        ("datum dossier", [DAY, DAY, None]),
        ("verschil", ["+12", "-4", "0"]),
        ("groei", ["+3,5%", "-1%", "0%"]),
        ("datum", ["19/03/2025", "01/04/2025"]),
        ("uitkomst", ["12.5", "13.25", "1.5"]),
        ("tijd", [dt.time(10), dt.time(11), None]),
        ("antwoord", ["ja", "nee", "J"]),
        ("locatie", ["Weg 1", "Weg 2", "Plein 12"]),
    ],
)
def test_an_honest_column_is_not_told(tmp_path: Path, heading: str, cells: list[Any]):
    assert check(tmp_path, heading, cells, used=True) == []


@pytest.mark.parametrize(
    ("heading", "cells", "told"),
    [
        ("niet versturen", [None, "x", None], "E3"),
        ("Uitgezonderd", [None, "ja", "nee"], "E3"),
        ("vervallen", [None, DAY], "E3"),
        ("status", ["aangemeld", "afgemeld", "Vervallen per 1-1"], "E3 en E4"),
        ("opmerking", [None, "niet versturen!"], "E3"),
        ("versturen?", ["ja", "nee", "ja"], "E3"),
        ("brief", [1, 0], "E3"),
    ],
)
def test_a_column_that_should_leave_rows_out_is_told_where_nothing_uses_it(
    tmp_path: Path, heading: str, cells: list[Any], told: str
):
    (problem,) = check(tmp_path, heading, cells, used=False)
    assert (problem.key, problem.found) == ("LRT668", told)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("niet versturen", [None, "nee", "-"]),
        ("versturen", ["ja", "ja"]),
        ("status", ["aangemeld", "bezwaar loopt", "niet van toepassing"]),
        ("opmerking", ["contact gehad over niet versturen van post", "vervallenverklaring"]),
    ],
)
def test_a_column_that_leaves_nobody_out_is_not_told(
    tmp_path: Path, heading: str, cells: list[Any]
):
    assert check(tmp_path, heading, cells, used=False) == []


def test_a_number_of_a_case_that_excel_made_a_date_is_told(tmp_path: Path):
    (problem,) = check(tmp_path, "zaaknummer", [DAY, DAY, "13-2025"], used=True)
    assert (problem.key, problem.found) == ("LRT667.code", "E2 en E3")
    assert check(tmp_path, "zaaknummer", ["12-3", "13-2025"], used=True) == []
