"""The numbers of actions: those that are given, and those that go on after them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.documents.meetings import meeting_words, number_actions
from lrtdocs.kinds import KINDS
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.vergadering import Vergadering


def test_actions_are_numbered_through_items_and_sub_items():
    action = {"wat": "a", "wie": "b"}
    below = {"titel": "c", "actiepunten": [action]}
    punten = [{"titel": "a", "actiepunten": [action], "subpunten": [below]}, below]
    data = {"overleg": "x", "datum": "2025-03-19", "agendapunten": punten}
    read = Vergadering.model_validate(data)
    style = Huisstijl.model_validate({"afzenders": {"a": {}}})
    words = meeting_words(KINDS["verslag"], read, style, Afzender(), read.datum)
    acties = words["actiepunten"]
    assert [(a["nummer"], a["agendapunt"]) for a in acties] == [
        ("A1", "1"),
        ("A2", "1a"),
        ("A3", "2"),
    ]
    assert words["agendapunten"][0]["subpunten"][0]["actiepunten"][0]["nummer"] == "A2"


def test_without_numbers_actions_are_counted_from_a1():
    assert number_actions([None, None, None]) == ["A1", "A2", "A3"]


def test_missing_numbers_go_on_after_the_highest_given():
    assert number_actions(["A7", None, "A3", None]) == ["A7", "A8", "A3", "A9"]


def test_numbers_go_on_in_the_way_of_those_given():
    assert number_actions(["A-2026-014", None]) == ["A-2026-014", "A-2026-015"]


@given(st.lists(st.none() | st.sampled_from(["A1", "A2", "A10", "X", "Sep24/07", "3"])))
def test_numbers_given_stay_and_new_ones_are_never_used_before(given_numbers: list[str | None]):
    result = number_actions(given_numbers)
    assert all(number for number in result)
    fresh = [new for old, new in zip(given_numbers, result, strict=True) if old is None]
    assert len(set(fresh)) == len(fresh)
    assert not set(fresh) & {number for number in given_numbers if number}
    assert [new for old, new in zip(given_numbers, result, strict=True) if old] == [
        number for number in given_numbers if number
    ]
