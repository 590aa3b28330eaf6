import datetime as dt
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs import english, language
from lrtdocs.language import Taal, grammar, guess_taal, parse_taal, writing


@given(st.dates())
def test_dates_are_those_of_british_english(date):
    assert english.format_date(date) == format_date(date, "d MMMM y", locale="en_GB")
    assert english.format_date_short(date) == format_date(date, "short", locale="en_GB")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_and_amounts_are_those_of_british_english(number):
    shown = format_decimal(number, "#,##0.00", locale="en_GB")
    assert english.format_number(number).removeprefix("-") == shown.removeprefix("-")
    assert english.format_amount(number) == format_currency(number, "EUR", locale="en_GB")


def test_thousands_have_a_comma_from_four_figures():
    assert [english.format_number(n) for n in (850, 8500, 13_000, Decimal("12.5"))] == [
        "850", "8,500", "13,000", "12.5",
    ]  # fmt: skip


def test_half_a_cent_goes_up():
    assert english.format_amount(Decimal("0.125")) == "€0.13"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"), (2, "two"), (21, "twenty-one"), (100, "one hundred"),
        (342, "three hundred and forty-two"), (1001, "one thousand and one"),
        (12_345, "twelve thousand three hundred and forty-five"), (-3, "minus three"),
        (100_000, "100,000"),
    ],
)  # fmt: skip
def test_numbers_in_words(number, words):
    assert english.spell_number(number) == words


def test_times_and_lists():
    ten, half = dt.time(10), dt.time(11, 30)
    assert english.format_timespan(ten, half) == "10:00 to 11:30"
    assert english.format_timespan(dt.time(9, 5)) == "09:05"
    assert [english.join_words(w) for w in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "", "A", "A and B", "A, B and C",
    ]  # fmt: skip


def test_each_language_writes_all_that_the_other_does():
    asked = [name for name in vars(language.Grammar) if not name.startswith("_")]
    assert len(asked) >= 9
    for taal in Taal:
        with writing(taal):
            assert all(callable(getattr(grammar(), name)) for name in asked)


def test_the_language_is_that_of_the_nearest_writing_and_dutch_elsewhere():
    with writing(Taal.EN):
        with writing(Taal.NL):
            assert grammar().format_number(13_000) == "13.000"
        assert grammar().format_number(13_000) == "13,000"
    assert grammar().format_number(13_000) == "13.000"


def test_a_language_goes_by_its_code_and_its_name():
    names = ("nl", "NL", " Nederlands ", "en", "Engels", "ENGLISH", "en-GB", "Frans", "")
    assert [parse_taal(name) for name in names] == [*["nl"] * 3, *["en"] * 4, None, None]


def test_a_text_is_in_a_language_only_when_that_is_sure():
    dutch = "Ik nodig u uit voor de werksessie van 3 mei. U kunt met uw vragen bij ons terecht."
    english_ = "I would like to invite you to the session on 3 May. You can bring your questions."
    assert guess_taal(dutch) is Taal.NL
    assert guess_taal(english_) is Taal.EN
    assert guess_taal("Werksessie, 3 mei") is None
    assert guess_taal(dutch + english_) is None
