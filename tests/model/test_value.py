from __future__ import annotations

import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest

from lrtdocs.errors import Place
from lrtdocs.messages import FaultError
from lrtdocs.model.value import Soort, Value

AT = ("adressen.xlsx", None, None, "F3")


def test_a_value_is_the_text_that_a_person_sees():
    value = Value("€ 1.204,50", at=AT)

    assert f"{value}" == str(value) == "€ 1.204,50"
    assert value.upper() == "€ 1.204,50"
    assert "204" in value
    assert value[2:] == "1.204,50"
    assert json.dumps({"x": value}, ensure_ascii=False) == '{"x": "€ 1.204,50"}'


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("13 000", 13_000),
        ("1204,00", 1204),
        ("€ 1.361.028,83", Decimal("1361028.83")),
        ("23,8%", Decimal("0.238")),
        ("0", 0),
        ("0014", "0014"),
        ("0612345678", "0612345678"),
        ("19 maart 2025", dt.date(2025, 3, 19)),
        ("18-06-2025", dt.date(2025, 6, 18)),
        ("18-06-25", "18-06-25"),
        ("JA", True),
        ("onwaar", False),
        ("misschien", "misschien"),
        ("2511 DP", "2511 DP"),
        ("", None),
        ("  ", None),
    ],
)
def test_a_text_means_what_a_dutch_reader_takes_it_for(text: str, meaning: object):
    found = Value(text).meaning
    assert (found, type(found)) == (meaning, type(meaning))


def test_the_meaning_of_the_door_wins_over_that_of_the_text():
    assert Value("-", 0).number == 0
    assert Value("3 personen", 3) == 3
    assert Value("januari", dt.date(2025, 1, 1)).date == dt.date(2025, 1, 1)


@pytest.mark.parametrize("text", ["", "  ", "nee", "NEE", "ONWAAR", "false", "0", "0,00", "€ 0,00"])
def test_empty_no_and_the_number_nought_do_not_hold(text: str):
    assert not Value(text)


@pytest.mark.parametrize("text", ["ja", "WAAR", "true", "1", "-5", "x", "000", "n.v.t.", "-"])
def test_all_else_holds(text: str):
    assert Value(text)


def test_nee_is_a_word_where_the_column_has_other_answers():
    assert Value("nee", yes_no=False)
    assert Value("nee", yes_no=False) == "nee"
    assert Value("nee", yes_no=False) != "Nee"


def test_values_are_equal_when_they_mean_the_same():
    assert Value("JA") == "ja"
    assert Value("WAAR") == Value("ja")
    assert Value("ja") == True  # noqa: E712 - what a template writes
    assert Value("nee") != "ja"
    assert Value("13.000") == 13_000 == Value("13 000")
    assert Value("50%") == 0.5
    assert Value("1204,10") == 1204.1
    assert Value("19 maart 2025") == dt.date(2025, 3, 19) == Value("2025-03-19")
    assert Value("1") != True  # noqa: E712
    assert Value("Ede") != "ede"
    assert Value("") != 0
    assert Value("") == ""
    assert Value("abc") != 3


def test_values_are_put_in_order_by_what_they_mean():
    assert Value("€ 1.361.028,83") > 1000
    assert 1000 < Value("1204,00") <= 1204
    assert Value("900") < Value("1.204") < Value("13 000")
    assert Value("9%") < 0.1
    assert Value("9 maart 2025") < dt.date(2025, 3, 10) < Value("11-03-2025")
    assert Value("9 maart 2025") < "2025-03-10"
    assert Value("Assen") < Value("Ede") > "Doorn"


@pytest.mark.parametrize("text", ["twaalf", "", "n.v.t.", "19 maart 2025"])
def test_what_is_no_number_is_refused_at_its_cell_where_one_is_needed(text: str):
    for ask in (lambda value: value.number, lambda value: value > 1000):
        with pytest.raises(FaultError) as caught:
            ask(Value(text, at=AT))
        assert caught.value.place == Place("adressen.xlsx", cell="F3")


def test_what_is_no_date_is_refused_at_its_cell_where_one_is_needed():
    with pytest.raises(FaultError) as caught:
        Value("morgen", at=("a.yaml", 3, 7, None)).date  # noqa: B018
    assert caught.value.place == Place("a.yaml", 3, 7)


def test_a_value_goes_to_another_process_whole():
    for value in (Value("-", 0, AT), Value("nee", at=AT, yes_no=False), Value("nee")):
        copy = pickle.loads(pickle.dumps(value))
        assert (copy, copy.meaning, copy.place) == (value, value.meaning, value.place)
        assert type(copy) is Value


def test_a_value_is_looked_up_by_its_text():
    assert {Value("Ede"): 1}["Ede"] == {"Ede": 1}[Value("Ede")] == 1


@pytest.mark.parametrize(
    ("text", "soort", "meaning"),
    [
        ("12", Soort.TEKST, "12"),
        ("12", Soort.GETAL, 12),
        ("€ 12,50", Soort.BEDRAG, Decimal("12.5")),
        ("1-2-2025", Soort.DATUM, dt.date(2025, 2, 1)),
        ("Ja", Soort.JA_NEE, True),
        ("0", Soort.JA_NEE, False),
        ("", Soort.GETAL, None),
    ],
)
def test_a_cell_means_what_its_column_says(text: str, soort: Soort, meaning: object):
    found = Value(text).as_soort(soort).meaning
    assert (found, type(found)) == (meaning, type(meaning))


@pytest.mark.parametrize(
    ("text", "soort"),
    [("x", Soort.GETAL), ("x", Soort.BEDRAG), ("1/2/25", Soort.DATUM), ("soms", Soort.JA_NEE)],
)
def test_a_cell_that_does_not_fit_its_column_is_refused_with_its_place(text: str, soort: Soort):
    with pytest.raises(FaultError) as caught:
        Value(text, at=AT).as_soort(soort)
    assert caught.value.place == Place("adressen.xlsx", cell="F3")
