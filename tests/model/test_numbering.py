"""The numbers of actions and decisions: given, or counted on, and never used twice in a series."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.model.numbering import count_on, find_numbers
from lrtdocs.model.vergadering import Vergadering


def test_without_numbers_actions_are_counted_from_a1():
    assert count_on([None, None, None], "A") == ["A1", "A2", "A3"]


def test_missing_numbers_go_on_after_the_highest_given():
    assert count_on(["A7", None, "A3", None], "A") == ["A7", "A8", "A3", "A9"]


def test_numbers_go_on_in_the_way_of_those_given():
    assert count_on(["A-2026-014", None], "A") == ["A-2026-014", "A-2026-015"]


@given(st.lists(st.none() | st.sampled_from(["A1", "A2", "A10", "X", "Sep24/07", "3"])))
def test_numbers_given_stay_and_new_ones_are_never_used_before(given_numbers: list[str | None]):
    result = count_on(given_numbers, "A")
    assert all(number for number in result)
    fresh = [new for old, new in zip(given_numbers, result, strict=True) if old is None]
    assert len(set(fresh)) == len(fresh)
    assert not set(fresh) & {number for number in given_numbers if number}
    assert [new for old, new in zip(given_numbers, result, strict=True) if old] == [
        number for number in given_numbers if number
    ]


def meeting(**keys: Any) -> Vergadering:
    punt = {"titel": "a", "besluiten": ["b"], "actiepunten": [{"wat": "c"}]}
    data = {"overleg": "x", "datum": "2025-06-18", "agendapunten": [punt]}
    return Vergadering.model_validate(data | keys)


def test_a_new_action_goes_on_after_those_that_were_open():
    numbers = find_numbers(meeting(actielijst=[{"wat": "a", "nummer": "A3"}]))
    assert (numbers.actielijst, numbers.actiepunten) == (["A3"], ["A4"])


def test_the_number_of_an_action_that_is_done_is_not_used_again():
    numbers = find_numbers(
        meeting(
            actielijst=[{"wat": "a", "nummer": "A3"}], laatste_actie="A14", laatste_besluit="B6"
        )
    )
    assert (numbers.actiepunten, numbers.besluiten) == (["A15"], ["B7"])
    assert (numbers.laatste_actie, numbers.laatste_besluit) == ("A15", "B7")


def test_an_open_action_without_a_number_gets_the_first():
    numbers = find_numbers(meeting(actielijst=[{"wat": "a"}], laatste_actie="A14"))
    assert (numbers.actielijst, numbers.actiepunten) == (["A15"], ["A16"])


def test_a_meeting_without_actions_passes_on_what_it_was_given():
    numbers = find_numbers(meeting(agendapunten=[{"titel": "a"}], laatste_actie="A-2025-014"))
    assert (numbers.laatste_actie, numbers.laatste_besluit) == ("A-2025-014", None)


@pytest.mark.parametrize(
    ("given_numbers", "last", "number"),
    [
        (["A-2026-001", None], "A-2025-014", "A-2026-002"),
        ([None], "0303/17", "0303/18"),
        ([None], "A099", "A100"),
        ([None], "nader te bepalen", "A1"),
    ],
)
def test_counting_goes_on_in_the_way_of_the_last(
    given_numbers: list[str | None], last: str, number: str
) -> None:
    assert count_on(given_numbers, "A", last)[-1] == number
