from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from lrtdocs.model.halfjaar import Halfjaar, parse_halfjaar

halfyears = st.builds(Halfjaar, st.integers(1901, 2199), st.sampled_from([1, 2]))


@given(halfyears)
def test_a_halfyear_reads_back(halfjaar):
    assert parse_halfjaar(str(halfjaar)) == halfjaar
    assert parse_halfjaar(halfjaar.voluit) == halfjaar


@pytest.mark.parametrize(
    "text",
    [
        "2025-II",
        " 2025-ii ",
        "2025-2",
        "2025 II",
        "2025–II",
        "2025/2",
        "2025 - II",
        "tweede helft van 2025",
        "de tweede helft van 2025",
        "Tweede halfjaar 2025",
        "2e halfjaar 2025",
    ],
)
def test_the_ways_in_which_people_write_a_halfyear(text):
    assert parse_halfjaar(text) == Halfjaar(2025, 2)


@pytest.mark.parametrize(
    "text", ["2025", "2025-III", "2025-3", "25-II", "II-2025", "derde helft 2025", "", "0000-I"]
)
def test_what_is_no_halfyear_is_refused_with_an_example(text):
    with pytest.raises(PydanticCustomError) as refusal:
        parse_halfjaar(text)
    assert refusal.value.type == "LRT232"


def test_the_reference_date_is_the_first_of_january_of_the_year_before():
    assert Halfjaar(2025, 1).peildatum == Halfjaar(2025, 2).peildatum == dt.date(2024, 1, 1)


def test_a_halfyear_begins_in_january_or_july():
    assert Halfjaar(2025, 1).begin == dt.date(2025, 1, 1)
    assert Halfjaar(2025, 2).begin == dt.date(2025, 7, 1)


@given(halfyears, halfyears)
def test_halfyears_are_in_the_order_of_time(one, other):
    assert (one < other) == (one.begin < other.begin)
