"""The same thing typed gives the same answer, whichever door it comes in by.

Doors: a column of a list (Excel and CSV), a supplied Bijlage A, `velden` of a mailing, the data of
`vul` (YAML and JSON), and a filter that is handed a bare text.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.taakstelling import stand_of
from lrtdocs.model.value import Value
from lrtdocs.run.load.model import load_model
from lrtdocs.source.lists.free_data import parse_data
from lrtdocs.source.lists.recipients import open_recipients
from lrtdocs.source.lists.register import load_register
from lrtdocs.source.lists.tabel import read_tabel
from lrtdocs.word.compile.environment import make_environment
from lrtdocs.word.values.filters import bedrag, datum, getal
from lrtdocs.word.values.jinja_filters import JINJA_FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lrtdocs.errors import Problem

REGISTER = load_register()


def save(folder: Path, *rows: list[object]) -> Path:
    """Write `rows` as the workbook `a.xlsx`; a cell may be a value and how it is shown."""
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            value, form = cell if isinstance(cell, tuple) else (cell, None)
            made = book.active.cell(number, column, value)
            made.number_format = form or made.number_format
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def in_xlsx(folder: Path, text: str) -> Value:
    return in_list(save(folder, ["naam", "adres", "woord"], ["A", "B", text]))


def in_csv(folder: Path, text: str) -> Value:
    path = folder / "a.csv"
    path.write_text(f'naam;adres;woord\nA;B;"{text}"\n', encoding="utf-8")
    return in_list(path)


def in_list(path: Path) -> Value:
    (ontvanger,) = open_recipients(path)
    return ontvanger.extra["woord"]


def in_velden(folder: Path, text: str) -> Value:
    path = folder / "m.yaml"
    start = "sjabloon: brief\nontvangers: gemeenten\ntekst: x\nvelden:\n"
    path.write_text(f"{start}  blok: {{woord: '{text}'}}\n", encoding="utf-8")
    problems: list[Problem] = []
    mailing = load_model(path, Mailing, problems)
    assert mailing is not None, problems
    return mailing.model.velden["blok"].get("woord", Value(""))  # type: ignore[attr-defined]


def in_vul_yaml(folder: Path, text: str) -> Value:
    words, _ = parse_data(f"woord: '{text}'\n", str(folder / "d.yaml"))
    assert words is not None
    return words["woord"]  # type: ignore[return-value]


def in_vul_json(folder: Path, text: str) -> Value:
    words, _ = parse_data(json.dumps({"woord": text}), str(folder / "d.json"))
    assert words is not None
    return words["woord"]  # type: ignore[return-value]


def in_a_filter(_folder: Path, text: str) -> Value:
    return Value(text)


DOORS = (in_xlsx, in_csv, in_velden, in_vul_yaml, in_vul_json, in_a_filter)
CONDITIONS = tuple(
    make_environment().compile_expression(source)
    for source in ("not not x", "x == 'ja'", "x == 1204", "x is number", "x is leeg", "x is true")
)


def answers(value: Value) -> list[object]:
    """Return all that a template can learn from `value`, but for where it stands."""
    told: list[object] = [str(value), value.meaning]
    told += [condition(x=value) for condition in CONDITIONS]
    ask: Callable[[Value], object]
    for ask in (
        JINJA_FILTERS["int"],
        JINJA_FILTERS["float"],
        lambda value: value > 1000,
        getal,
        bedrag,
        datum,
    ):
        try:
            told.append(ask(value))
        except FaultError as error:
            told.append(error.fault.key)
        except ValueError as error:
            told.append(type(error))
    return told


NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=2)
TEXTS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(0, 10**12).map(dutch.format_number),
    st.integers(0, 10**9).map(lambda number: f"{number:,}".replace(",", " ")),
    NUMBERS.map(dutch.format_number),
    NUMBERS.map(dutch.format_amount),
    NUMBERS.map(lambda number: f"{number:f}%".replace(".", ",")),
    st.dates(dt.date(1000, 1, 1)).map(dutch.format_date),
    st.dates(dt.date(1000, 1, 1)).map(lambda date: f"{date.day:02}-{date.month:02}-{date.year}"),
    st.dates(dt.date(1000, 1, 1)).map(dt.date.isoformat),
    st.sampled_from(["ja", "nee", "JA", "Nee", "WAAR", "onwaar", "True", "false", ""]),
    st.sampled_from(["0", "0,00", "0014", "n.v.t.", "-", "twaalf", "13,000", "1,234.56", "1-1-25"]),
)


@given(text=TEXTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_same_text_gives_the_same_answers_through_every_door(tmp_path: Path, text: str):
    expected = answers(Value(text.replace("\u00a0", " ")))
    for door in DOORS:
        found = answers(Value(door(tmp_path, text).replace("\u00a0", " ")))
        assert found == expected, door.__name__
        assert answers(door(tmp_path, text))[1:] == answers(Value(text))[1:], door.__name__


@pytest.mark.parametrize(
    ("number", "form", "typed"),
    [
        (1204, "0.00", "1204,00"),
        (1204, '0" personen"', "1204"),
        (0.238, "0.0%", "23,8%"),
        (1361028.83, '"€ "#,##0.00', "€ 1.361.028,83"),
        (13000, "# ##0", "13 000"),
        (0, '#,##0;-#,##0;"-"', "0"),
        (dt.date(2025, 6, 18), "dd-mm-yyyy", "18-06-2025"),
    ],
)
def test_a_number_in_excel_means_what_is_typed_for_it(
    tmp_path: Path, number: object, form: str, typed: str
):
    cell = in_list(save(tmp_path, ["naam", "adres", "woord"], ["A", "B", (number, form)]))
    assert answers(cell)[1:] == answers(Value(typed))[1:]


# --- numbers of people: a list and a supplied table


def count_in_list(path: Path) -> tuple[int | None, list[str]]:
    found = open_recipients(path, REGISTER, gemeenten=True)
    (ontvanger,) = found
    codes = [problem.place.cell or "" for problem in found.problems if problem.code == "LRT652"]
    return stand_of(ontvanger.extra).get("achterstand"), codes


def count_in_table(path: Path) -> tuple[int | None, list[str]]:
    rijen, problems = read_tabel(path, REGISTER)
    rij = rijen.get("GM0106")
    codes = [problem.place.cell or "" for problem in problems if problem.code == "LRT635"]
    return rij.numbers.get("achterstand") if rij else None, codes


@pytest.mark.parametrize(
    ("cell", "number", "refused"),
    [
        ((1204, "0.00"), 1204, False),
        ((1204, '0" personen"'), 1204, False),
        ((0, '#,##0;-#,##0;"-"'), 0, False),
        (12, 12, False),
        ("1204,00", 1204, False),
        ("13 000", 13_000, False),
        ("1.204", 1204, False),
        ("-", None, False),
        ("n.v.t.", None, False),
        ("13,000", None, True),
        ("13.00", None, True),
        ("veel", None, True),
        (-5, None, True),
        (12.5, None, True),
        ((12.5, "0"), None, True),
        (dt.date(2025, 1, 1), None, True),
        ("20000000", None, True),
    ],
)
def test_a_list_and_a_table_take_the_same_numbers(
    tmp_path: Path, cell: object, number: int | None, refused: bool
):
    path = save(
        tmp_path,
        ["code", "adres", "postcode", "plaats", "achterstand", "taakstelling"],
        ["GM0106", "Postbus 1", "9401 AB", "Assen", cell, 5],
    )
    expected = (number, ["E2"] if refused else [])
    assert count_in_list(path) == expected
    assert count_in_table(path) == expected


# --- yes and no in a column


def column(folder: Path, *cells: object) -> list[bool]:
    path = save(
        folder, ["naam", "adres", "woord"], *([str(i), "B", c] for i, c in enumerate(cells))
    )
    return [bool(ontvanger.extra["woord"]) for ontvanger in open_recipients(path)]


def test_a_column_says_yes_or_no_when_every_filled_cell_does(tmp_path: Path):
    assert column(tmp_path, "ja", "NEE", None, True, False) == [True, False, False, True, False]
    assert column(tmp_path, "ja", "nee", "misschien") == [True, True, True]


def test_a_column_is_what_the_mailing_says_it_is(tmp_path: Path):
    from lrtdocs.model.mailing import Kolomsoort

    path = save(
        tmp_path,
        ["naam", "adres", "Bedrag", "Datum aanvraag", "akkoord", "nummer"],
        ["A", "B", "€ 12,50", "18-06-2025", 1, "12"],
        ["C", "D", "n.v.t.", "1-1-25", "soms", "13"],
        ["E", "F", None, None, "nee", None],
    )
    kolommen = {
        "bedrag": Kolomsoort.model_validate({"soort": "bedrag", "verplicht": "ja"}),
        "datum_aanvraag": Kolomsoort.model_validate("datum"),
        "akkoord": Kolomsoort.model_validate("ja/nee"),
        "nummer": Kolomsoort.model_validate("tekst"),
    }
    found = open_recipients(path, kolommen=kolommen)
    first, _, third = found
    assert [value.meaning for value in first.extra.values()] == [
        Decimal("12.50"),
        dt.date(2025, 6, 18),
        True,
        "12",
    ]
    assert third.extra["akkoord"].meaning is False
    told = [(problem.code, problem.place.cell) for problem in found.problems]
    assert [one for one in told if one[0] in {"LRT655", "LRT656"}] == [
        ("LRT656", "C3"),
        ("LRT655", "D3"),
        ("LRT655", "E3"),
        ("LRT656", "C4"),
    ]


def test_an_empty_cell_knows_where_it_is(tmp_path: Path):
    path = save(tmp_path, ["naam", "adres", "a", "b"], ["A", "B", None, "x"])
    (ontvanger,) = open_recipients(path)
    assert str(ontvanger.extra["a"].place).endswith("a.xlsx!C2")
