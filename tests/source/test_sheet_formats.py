from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrtdocs.source.sheet.formats import format_cell, parse_number, plain_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("373", 373),
        ("373.0", 373),
        ("1E3", 1000),
        ("0.30000000000000004", Decimal("0.3")),
        ("-1.5", Decimal("-1.5")),
        ("x", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        ("1E+99999", None),
    ],
)
def test_a_number_is_read_in_the_figures_that_excel_keeps(text: str, number: object):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (5, "000", "005"),
        (12345, "000", "12345"),
        (612345678, "00-00000000", "06-12345678"),
        (1234567, "#,##0", "1.234.567"),
        (Decimal("0.5"), "#.00", ",50"),
        (1234, ".00", "1234,00"),
        (1234, ".0,0", "1.234,00"),
        (Decimal("2.5"), "0", "3"),
        (5, '0 "stuks"', "5 stuks"),
        (5, "0\\ \\m", "5 m"),
        (5, ";;;", "5"),
        (-5, "0;(0)", "(5)"),
        (5, "0.00E+00", "5"),
        (45735, "yyyy-mm-dd", "19 maart 2025"),
        (45735, "[$-413]dddd d mmmm yyyy", "19 maart 2025"),
        (59, "d-m-yyyy", "28 februari 1900"),
        (61, "d-m-yyyy", "1 maart 1900"),
        (-1, "d-m-yyyy", "-1"),
        (9_999_999, "d-m-yyyy", "9999999"),
    ],
)
def test_a_format_shows_what_excel_shows(number: int | Decimal, code: str, text: str):
    assert format_cell(number, code)[0] == text


CODES = st.text(st.sampled_from('0#?,.;%-/\\"[]$€@EdmyhsGA _*+'), max_size=14)


@example(number=Decimal("1.5"), code="0." + "0" * 60)
@given(number=st.integers(-(10**15), 10**15) | st.decimals(-1000, 1000, places=6), code=CODES)
def test_no_format_is_a_crash_or_loses_the_number(number: int | Decimal, code: str):
    text, value = format_cell(number, code)
    assert isinstance(text, str)
    assert value is not None


@given(st.integers(0, 10**14))
def test_zeros_only_add_zeros(number: int):
    assert format_cell(number, "0" * 12)[0] == str(number).zfill(12)
    assert plain_number(number) == str(number)
