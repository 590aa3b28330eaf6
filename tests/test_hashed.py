from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.hashed import Hashed


class Clashing(str):
    """A text with the hash of all texts as long, as two in a very long list may have one."""

    __slots__ = ()

    def __hash__(self) -> int:
        return len(self)

    def __eq__(self, other: object) -> bool:
        return str(self) == other


def fill(things: list[str]) -> Hashed:
    hashed = Hashed()
    for thing in things:
        hashed.add(thing)
    return hashed


@given(st.lists(st.text("ab", max_size=3)))
def test_what_is_there_twice_is_found_and_nothing_else(things: list[str]) -> None:
    shared = fill(things).shared() or bytes(len(things))
    assert [things.count(thing) > 1 for thing in things] == [bool(one) for one in shared]


@given(st.lists(st.text("ab", max_size=3)), st.text("ab", max_size=3))
def test_a_thing_is_found_at_each_of_its_places_from_the_first(things: list[str], one: str) -> None:
    assert list(fill(things).find(one)) == [at for at, each in enumerate(things) if each == one]


def test_things_with_one_hash_are_told_to_be_looked_at() -> None:
    hashed = fill([Clashing("ab"), Clashing("cd"), Clashing("e")])
    assert list(hashed.shared()) == [1, 1, 0]
    assert list(hashed.find(Clashing("xy"))) == [0, 1]
    assert hashed.may_be(1, Clashing("xy"))
    assert not hashed.may_be(3, Clashing("ab"))


def test_a_long_row_is_sorted_a_part_at_a_time_with_the_same_answer() -> None:
    things = [str(number % 24_000) for number in range(25_000)]
    hashed = fill(things)
    assert sum(hashed.shared()) == 2000
    assert list(hashed.find("7")) == [7, 24_007]
    assert list(hashed.find("no")) == []
