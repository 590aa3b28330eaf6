from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sheet_making import write_table

from lrtdocs.errors import Problem, Severity, has_errors
from lrtdocs.model.gemeente import Gemeente, Register
from lrtdocs.model.mailing import Mailing
from lrtdocs.run.load.mailing import load_verdeling, register_for
from lrtdocs.run.load.model import load_model
from lrtdocs.run.load.tables import add_stand, list_register, list_verdeling
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.model.taakstelling import Verdeling

MAILING = """\
sjabloon: taakstelling
ontvangers: adressen.csv
betreft: Taakstelling
ondertekening: J. Jansen
taakstelling:
  halfjaar: 2025-II
  totaal: 13.000
"""


def load(folder: Path, text: str = MAILING) -> tuple[Verdeling | None, list[Problem]]:
    path = folder / "t.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    mailing = load_model(path, Mailing, problems)
    assert mailing is not None, problems
    register = load_register()
    verdeling = load_verdeling(mailing, register, problems)
    if verdeling is not None:
        verdeling = add_stand(verdeling, mailing, register, problems)
    return verdeling, problems


def test_a_division_becomes_a_table_with_a_row_a_gemeente(tmp_path):
    verdeling, problems = load(tmp_path)
    assert problems == []
    assert verdeling is not None
    table = list_verdeling(verdeling)
    assert table.headings == (
        "code",
        "gemeente",
        "provincie",
        "inwoners",
        "quotum",
        "taakstelling",
    )
    assert len(table.rows) == 342
    assert table.rows[0] == [
        "GM0014",
        "Groningen",
        "Groningen",
        243_768,
        Decimal("176.61"),
        177,
    ]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (
            "",
            (
                "samen 13.164, 164 meer dan 13.000, omdat elk aantal naar boven is afgerond "
                "(artikel 29 Huisvestingswet 2014)."
            ),
        ),
        (
            "  afronding: rekenkundig\n",
            "samen 13.010, 10 meer dan 13.000, omdat elk aantal rekenkundig is afgerond.",
        ),
        ("  afronding: grootste rest\n", "samen 13.000, precies het landelijke aantal."),
    ],
)
def test_the_sum_is_told_against_the_national_number_with_the_reason(tmp_path, extra, expected):
    verdeling, _ = load(tmp_path, MAILING + extra)
    assert verdeling is not None
    summary = list_verdeling(verdeling).summary
    assert summary[0] == "Inwoners op 1 januari 2024: 17.942.942 in 342 gemeenten."
    assert summary[1] == f"Taakstelling 2025-II: {expected}"


def test_an_adjustment_adds_two_columns_and_a_sentence(tmp_path):
    verdeling, _ = load(
        tmp_path, MAILING + "  bijstelling: {halfjaar: 2025-I, was: 17.700, wordt: 15.000}\n"
    )
    assert verdeling is not None
    table = list_verdeling(verdeling)
    assert table.headings[-2:] == ("bijstelling_was", "bijstelling_wordt")
    assert table.rows[0][-2:] == [241, 204]
    assert table.summary[-1] == (
        "Bijstelling 2025-I: landelijk van 17.700 naar 15.000, samen van 17.870 naar 15.170."
    )


def test_a_supplied_table_wins_and_every_difference_is_told_at_its_cell(tmp_path):
    register = load_register()
    rows = [(g.code, g.naam, 40) for g in register.gemeenten]
    write_table(tmp_path / "bijlage-a.xlsx", ["code", "gemeente", "taakstelling"], rows)
    verdeling, problems = load(tmp_path, MAILING + "  tabel: bijlage-a.xlsx\n")
    assert verdeling is not None
    same = sum(rij.berekend == 40 for rij in verdeling.rijen.values())
    told = [problem for problem in problems if problem.code == "LRT648"]
    assert len(told) == 342 - same == len(verdeling.afwijkingen)
    assert {problem.severity for problem in told} == {Severity.WARNING}
    assert told[0].place.cell == "C2"
    assert "Groningen: taakstelling is in de tabel 40; lrtdocs komt uit op 177." in str(told[0])
    assert verdeling.som == 342 * 40
    assert "anders" in list_verdeling(verdeling).summary[1]


def test_a_table_that_is_not_there_is_told_where_it_is_named(tmp_path):
    verdeling, problems = load(tmp_path, MAILING + "  tabel: weg.xlsx\n")
    assert verdeling is not None
    assert has_errors(problems)
    assert [(p.code, p.place.line) for p in problems] == [("LRT001", 8)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MAILING.replace("2025-II", "2031-I"), 6),
        (MAILING + "  peildatum: 2019-01-01\n", 8),
        (MAILING + "  bijstelling: {halfjaar: 2021-I, was: 1, wordt: 2}\n", 8),
    ],
)
def test_a_date_without_inhabitants_is_told_where_it_comes_from(tmp_path, text, line):
    verdeling, problems = load(tmp_path, text)
    assert verdeling is None
    assert [(p.code, p.place.line) for p in problems] == [("LRT651", line)]
    assert "1 januari 2022 en 1 januari 2024" in problems[0].expected
    assert f"-o {tmp_path / 'gemeenten.csv'}" in problems[0].remedy
    assert "--vergelijk" in problems[0].remedy


def test_a_mailing_without_a_taakstelling_has_no_table(tmp_path):
    text = "sjabloon: brief\nontvangers: gemeenten\ntekst: Hierbij.\n"
    verdeling, problems = load(tmp_path, text)
    assert verdeling is None
    assert [problem.code for problem in problems] == ["LRT202"]


def test_the_stand_in_the_list_of_addresses_adds_columns(tmp_path):
    (tmp_path / "adressen.csv").write_text(
        "code;adres;postcode;plaats;achterstand;voorsprong\n"
        "GM0014;Postbus 1;1234 AB;Groningen;12;\n"
        "GM0034;Postbus 2;1234 AB;Almere;;5\n",
        encoding="utf-8",
    )
    verdeling, problems = load(tmp_path)
    assert problems == []
    assert verdeling is not None
    table = list_verdeling(verdeling)
    assert table.headings[-3:] == ("achterstand", "voorsprong", "opgave")
    assert table.rows[0][-3:] == [12, None, 189]
    assert table.rows[1][-3:] == [None, 5, 160]
    assert table.rows[2][-3:] == [None, None, None]


def test_an_opgave_below_zero_is_told_since_the_letter_says_zero(tmp_path):
    (tmp_path / "adressen.csv").write_text(
        "code;adres;postcode;plaats;voorsprong\nGM0014;Postbus 1;1234 AB;Groningen;500\n",
        encoding="utf-8",
    )
    verdeling, _ = load(tmp_path)
    assert verdeling is not None
    table = list_verdeling(verdeling)
    assert table.rows[0][-1] == -323
    assert (
        table.summary[-1] == "Bij 1 gemeente is de opgave kleiner dan 0: in de brief staat dan 0."
    )


def test_a_stand_that_is_no_number_is_told_at_its_row(tmp_path):
    (tmp_path / "adressen.csv").write_text(
        "code;adres;postcode;plaats;achterstand\nGM0014;Postbus 1;1234 AB;Groningen;veel\n",
        encoding="utf-8",
    )
    _, problems = load(tmp_path)
    assert [(p.code, p.place.line) for p in problems] == [("LRT652", 2)]


def test_the_register_is_listed_with_a_column_a_date():
    table = list_register(load_register())
    assert table.headings[-1] == "inwoners 2024-01-01"
    assert len(table.rows) == 342
    assert table.summary[-1] == "1 januari 2024: 342 gemeenten, 17.942.942 inwoners."
    assert load_register().peildata[-1] == dt.date(2024, 1, 1)


def test_letters_go_to_the_gemeenten_of_the_reference_date():
    old, new = dt.date(2024, 1, 1), dt.date(2025, 1, 1)
    gone = Gemeente("GM0001", "Aa", "Aa", "Utrecht", {old: 10})
    stays = Gemeente("GM0002", "Bee", "Bee", "Utrecht", {old: 10, new: 20})
    register = Register((gone, stays), {old: 20, new: 20})
    block = {"halfjaar": "2025-II", "totaal": "1"}
    values = {"sjabloon": "eigen.docx", "ontvangers": "gemeenten"}
    plain = Mailing.model_validate(values)
    with_number = Mailing.model_validate(values | {"taakstelling": block})
    later = Mailing.model_validate(values | {"taakstelling": block | {"halfjaar": "2026-I"}})
    assert register_for(plain, register).gemeenten == (stays,)
    assert register_for(with_number, register).gemeenten == (gone, stays)
    assert register_for(later, register).gemeenten == (stays,)
