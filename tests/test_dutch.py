from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs import dutch, messages

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(parse: Callable[[str], object], text: str) -> messages.FaultError | None:
    try:
        parse(text)
    except messages.FaultError as error:
        return error
    return None


@given(st.dates())
def test_a_date_in_full_reads_back(date: dt.date):
    if date.year >= 1000:
        assert dutch.parse_date(dutch.format_date(date)) == date
    assert dutch.parse_date(date.isoformat()) == date


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_a_time_reads_back(time: dt.time):
    assert dutch.parse_time(dutch.format_time(time)) == time
    assert dutch.parse_time(f"{time:%H:%M}") == time


@given(st.times(), st.times())
def test_a_span_reads_back(first: dt.time, second: dt.time):
    start, end = (time.replace(second=0, microsecond=0) for time in sorted((first, second)))
    if start < end:
        assert dutch.parse_timespan(dutch.format_timespan(start, end)) == (start, end)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_number_keeps_its_digits(number: int):
    assert int(dutch.format_number(number).replace(".", "")) == number


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused_in_dutch(text: str):
    for parse in (dutch.parse_date, dutch.parse_time, dutch.parse_timespan):
        refusal = refused(parse, text)
        assert refusal is None or refusal.message.endswith(".")
        assert refusal is None or refusal.remedy.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-19",
        "19-03-2025",
        "19-3-2025",
        "19 maart 2025",
        "19  Maart 2025",
        "19 mrt. 2025",
        "woensdag 19 maart 2025",
    ],
)
def test_these_are_all_19_march(text: str):
    assert dutch.parse_date(text) == dt.date(2025, 3, 19)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("19-3-25", "Schrijf 2025-03-19 of 19 maart 2025."),
        ("19.3.2025", "Schrijf 2025-03-19 of 19 maart 2025."),
        ("3/4/2025", "Schrijf 2025-04-03 of 3 april 2025."),
        ("2025-3-9", "Schrijf 2025-03-09 of 9 maart 2025."),
        ("2025-02-30", "februari 2025 heeft 28 dagen"),
        ("29 februari 2024", ""),
        ("2025-13-01", "maand 13 bestaat niet"),
        ("0000-01-01", "jaar 0"),
        ("31 april 2025", "april 2025 heeft 30 dagen"),
        ("12 foo 2025", "'foo' is geen maand"),
        ("maandag 19 maart 2025", "is een woensdag, geen maandag"),
        ("ma 19 maart 2025", "is een woensdag, geen maandag"),
        ("morgen", "'morgen' is geen datum"),
        ("19e maart 2025", "Schrijf 2025-03-19 of"),
        ("19 Mar 2025", "Schrijf 2025-03-19 of"),
        ("19-mrt-25", "Schrijf 2025-03-19 of"),
        ("Den Haag, 19 maart 2025, 10:00", "Schrijf 2025-03-19 of"),
        ("20250319", "Schrijf 2025-03-19 of"),
        ("2025-03-19T10:00", "Schrijf 2025-03-19 of"),
        ("19-21 maart 2025", "zoals 2025-03-19"),
        ("31e juni 2025", "juni 2025 heeft 30 dagen"),
    ],
)
def test_a_wrong_date_is_refused_with_what_to_write_instead(text: str, part: str):
    if not part:
        assert dutch.parse_date(text) == dt.date(2024, 2, 29)
        return
    with pytest.raises(messages.FaultError) as caught:
        dutch.parse_date(text)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("10:00", "10.00 uur"),
        ("9.30 uur", "9.30 uur"),
        ("10:00-11:30", "10.00-11.30 uur"),
        ("10.00 - 11.30 uur", "10.00-11.30 uur"),
        ("10.00 uur – 11.30 uur", "10.00-11.30 uur"),
        ("van 10.00 tot 11.30 uur", "10.00-11.30 uur"),
        ("19:30-00:30", "19.30-0.30 uur"),
    ],
)
def test_a_time_is_written_in_the_house_style(text: str, written: str):
    assert dutch.format_timespan(*dutch.parse_timespan(text)) == written


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Op maandag 18 juni 2025.", [3]),
        ("woensdag 16 juli, do. 18 september", []),
        ("vr 18 september", [0]),
        ("31 juni en 30 februari 2026", [0, 11]),
        ("1 maart 2052, eind 2052 en in 2050", [2, 14]),
        ("woensdag 19 maart 2025 en donderdag 3 mei 1990", []),
        ("tot 2250 plekken in 2250", []),
        ("10 mei-zalen en 5 augustussen", []),
        ("31-6-2025, 2025-02-30 en woensdag 20-3-2025", [0, 11, 25]),
        ("kamer 40 Jan", []),
        ("di 7 april en do 4 juni, zomer tot 30 augustus 2026", []),
        ("di 7 april en do 4 juni", [14]),
        ("LRT-2025-13-45 en 06-13-2025-1", []),
    ],
)
def test_a_date_in_a_text_that_cannot_be_is_found(text: str, where: list[int]):
    assert [at for at, _ in dutch.judge_dates(text, dt.date(2025, 6, 18))] == where


@pytest.mark.parametrize(
    "text", ["25:00", "10:60", "10", "tien uur", "11:30-10:00", "10:00-", "1-2-3"]
)
def test_a_wrong_time_is_refused(text: str):
    with pytest.raises(messages.FaultError):
        dutch.parse_timespan(text)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (8500, "8500"),
        (13000, "13.000"),
        (-13000, "-13.000"),
        (12.5, "12,5"),
        (0, "0"),
        (Decimal("12345.60"), "12.345,60"),
        (1e16, "10.000.000.000.000.000"),
    ],
)
def test_a_number_gets_its_point_from_five_digits(number: float, written: str):
    assert dutch.format_number(number) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [(25451.73, "€ 25.451,73"), (0.005, "€ 0,01"), (-5, "€ -5,00"), (1234, "€ 1.234,00")],
)
def test_an_amount_always_has_its_points_and_cents(amount: float, written: str):
    assert dutch.format_amount(amount).replace("\u00a0", " ") == written


def test_dates_have_a_short_form():
    assert dutch.format_date_short(dt.date(2025, 3, 9)) == "9-3-2025"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nul"),
        (13, "dertien"),
        (22, "tweeëntwintig"),
        (58, "achtenvijftig"),
        (100, "honderd"),
        (342, "driehonderdtweeënveertig"),
        (1000, "duizend"),
        (13000, "dertienduizend"),
        (17700, "zeventienduizend zevenhonderd"),
        (-3, "min drie"),
        (123456, "123.456"),
    ],
)
def test_numbers_are_spelt(number: int, words: str):
    assert dutch.spell_number(number) == words


@pytest.mark.parametrize(
    ("words", "phrase"),
    [([], ""), (["A"], "A"), (["A", "B"], "A en B"), (["A", "B", "C"], "A, B en C")],
)
def test_words_are_joined_as_a_phrase(words: list[str], phrase: str):
    assert dutch.join_words(words) == phrase


@given(st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False))
def test_numbers_and_amounts_are_written_as_babel_writes_them(number: Decimal):
    from babel.numbers import format_currency, format_decimal

    cents = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    form = "¤\u00a0#,##0.00;¤\u00a0-#,##0.00"
    assert dutch.format_amount(number) == format_currency(cents, "EUR", form, locale="nl_NL")
    grouped = abs(cents) >= 10_000
    written = format_decimal(cents, "#,##0.00", locale="nl_NL", group_separator=grouped)
    assert dutch.format_number(cents) == written


def test_months_and_phrases_are_those_of_babel():
    from babel.dates import get_month_names
    from babel.lists import format_list

    assert dict(enumerate(dutch.MONTHS, start=1)) == dict(get_month_names("wide", locale="nl_NL"))
    for number, name in get_month_names("abbreviated", locale="nl_NL").items():
        assert dutch.parse_date(f"1 {name} 2025").month == number
    for count in range(1, 6):
        assert dutch.join_words("ABCDE"[:count]) == format_list("ABCDE"[:count], locale="nl_NL")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Den Haag, 19 maart 2025", "19 maart 2025"),
        ("op 2025-03-19", "2025-03-19"),
        ("zaal 3-4", ""),
    ],
)
def test_a_date_inside_a_text_is_found(text: str, found: str):
    assert dutch.find_date(text) == found


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("2025-02-30", True),
        ("19-3-2025", True),
        ("1 april 2025", True),
        ("voor de zomer", False),
        ("week 12 2025", False),
        ("3 dagen 2025", False),
    ],
)
def test_what_is_meant_as_a_date_is_told_apart(text: str, is_date: bool):
    assert dutch.looks_like_date(text) is is_date


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31-04-2025", "april 2025 heeft 30 dagen"),
        ("3-19-2025", "maand 19 bestaat niet"),
        ("1 januari", "het jaar ontbreekt"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(text: str, said: str):
    with pytest.raises(messages.FaultError, match=said):
        dutch.parse_date(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14 uur", "14:00"),
        ("ca. 11:00", "11:00"),
        ("10u30", "10:30"),
        ("10.30 tot 12", "10:30-12:00"),
        ("9.30-10", "9:30-10:00"),
        ("1030", "10:30"),
        ("10:30:00", "10:30"),
        ("10:30 (na de lunch)", "10:30"),
    ],
)
def test_a_time_among_words_is_answered_with_how_to_write_it(text: str, meant: str):
    with pytest.raises(messages.FaultError, match=f"Schrijf {meant}\\."):
        dutch.parse_timespan(text)


@pytest.mark.parametrize(
    "text", ["half 11", "kwart over 10", "10:00 en 14:00", "10 uur 75", "1-2-3", "tien uur", "45"]
)
def test_what_may_be_another_time_is_not_guessed(text: str):
    with pytest.raises(messages.FaultError, match=r"Schrijf de tijd zoals"):
        dutch.parse_timespan(text)


@pytest.mark.parametrize("sign", "\u2010\u2011\u2013\u2212")
def test_a_date_with_a_dash_of_word_is_read(sign: str):
    assert dutch.parse_date("wo 19 mrt 2025") == dt.date(2025, 3, 19)
    assert dutch.parse_date(f"2025{sign}03{sign}19") == dt.date(2025, 3, 19)
    assert dutch.parse_date(f"19{sign}3{sign}2025") == dt.date(2025, 3, 19)


@given(st.integers(min_value=0, max_value=10**12))
def test_a_whole_number_reads_back(number: int):
    assert dutch.parse_number(dutch.format_number(number)) == number
    assert dutch.parse_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13 000", 13_000),
        ("13\u00a0000", 13_000),
        (" 1.234.567 ", 1_234_567),
        ("1204,00", 1204),
        ("1.204,0", 1204),
    ],
)
def test_spaces_and_points_may_stand_between_thousands(text: str, number: int):
    assert dutch.parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("13,000", "geen heel getal"),
        ("13.5", "geen heel getal"),
        ("13.00", "geen heel getal"),
        ("1.234,50", "geen heel getal"),
        ("-5", "kleiner dan nul"),
        ("−5", "kleiner dan nul"),
        ("1.2345", "geen heel getal"),
        ("1.23.456", "geen getal"),
        ("twaalf", "geen getal"),
        ("1e3", "geen getal"),
        ("٣", "geen getal"),
        ("", "geen getal"),
        ("9" * 5000, "te lang"),
    ],
)
def test_what_is_no_whole_number_is_refused_with_how_to_write_one(text: str, reason: str):
    error = refused(dutch.parse_number, text)
    assert error is not None
    assert reason in error.message
    assert "13.000" in error.remedy


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13000", 13_000),
        ("13.000", 13_000),
        ("13 000", 13_000),
        ("13\u202f000", 13_000),
        ("1204,00", 1204),
        ("12.5", Decimal("12.5")),
        ("€ 1.361.028,83", Decimal("1361028.83")),
        ("€1.361.028,83", Decimal("1361028.83")),
        ("1.361.028,83 EUR", Decimal("1361028.83")),
        ("€ 1.000,-", 1000),
        ("-€ 5", -5),
        ("€ -5,00", -5),
        ("−5", -5),
        ("23,8%", Decimal("0.238")),
        ("-50 %", Decimal("-0.5")),
        ("0014", 14),
    ],
)
def test_any_number_is_read_as_people_write_it(text: str, number: Decimal):
    found = dutch.parse_decimal(text)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    "text",
    ["", "-", "€", "n.v.t.", "1,234.56", "1.23.456", "1e3", "€ 5%", "--5", "5-", "٣", "9" * 99],
)
def test_what_is_no_number_is_refused(text: str):
    error = refused(dutch.parse_decimal, text)
    assert error is not None
    assert error.fault.key == "deel.geen_getal"


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12
    )
)
def test_an_amount_reads_back(amount: Decimal):
    assert dutch.parse_decimal(dutch.format_amount(amount)) == amount
    assert dutch.parse_decimal(dutch.format_number(amount)) == amount


@given(st.integers(min_value=0, max_value=10**12))
def test_every_whole_number_is_a_number_of_the_same_size(number: int):
    assert dutch.parse_decimal(dutch.format_number(number)) == number


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ja", True),
        ("NEE", False),
        (" WAAR ", True),
        ("onwaar", False),
        ("True", True),
        ("false", False),
        ("misschien", None),
        ("", None),
        ("0", None),
    ],
)
def test_yes_and_no_are_read_in_any_capitals(text: str, answer: bool | None):
    assert dutch.parse_yes_no(text) is answer


@pytest.mark.parametrize("text", ["1-4-'26", "1/4/’26", "1 april '26", "wo 1 apr. 26"])
def test_a_date_with_a_short_year_is_meant_as_a_date_and_told_how_to_be_written(text: str):
    assert dutch.looks_like_date(text)
    with pytest.raises(messages.FaultError, match="2026-04-01"):
        dutch.parse_date(text)


@pytest.mark.parametrize(
    "text", ["volgende keer", "1 april", "week 14", "april 2026", "voor 1 mei"]
)
def test_words_are_no_date(text: str):
    assert not dutch.looks_like_date(text)
