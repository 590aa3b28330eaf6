from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.model.afronding import Afronding, divide

totals = st.integers(min_value=0, max_value=10**6)
gemeenten = st.dictionaries(
    st.integers(0, 9999).map(lambda number: f"GM{number:04}"),
    st.integers(min_value=0, max_value=10**6),
    min_size=1,
    max_size=30,
).filter(lambda inwoners: sum(inwoners.values()) > 0)


def shares(total: int, inwoners: dict[str, int], afronding: Afronding):
    """Return each rounded share beside the exact one."""
    national = sum(inwoners.values())
    rounded = divide(total, inwoners, national, afronding)
    exact = {code: Fraction(number * total, national) for code, number in inwoners.items()}
    return [(rounded[code], exact[code]) for code in inwoners]


@given(totals, gemeenten, st.sampled_from(Afronding))
def test_every_gemeente_gets_a_share_and_never_less_than_nothing(total, inwoners, afronding):
    rounded = divide(total, inwoners, sum(inwoners.values()), afronding)
    assert list(rounded) == list(inwoners)
    assert all(type(share) is int and share >= 0 for share in rounded.values())


@given(totals, gemeenten)
def test_rounding_up_is_never_below_the_exact_share_and_less_than_one_above(total, inwoners):
    for rounded, exact in shares(total, inwoners, Afronding.NAAR_BOVEN):
        assert rounded == ceil(exact)


@given(totals, gemeenten)
def test_rounding_half_up_is_the_nearest_whole_number(total, inwoners):
    for rounded, exact in shares(total, inwoners, Afronding.REKENKUNDIG):
        assert rounded == floor(exact + Fraction(1, 2))


@given(totals, gemeenten)
def test_the_largest_remainder_adds_up_to_the_total(total, inwoners):
    found = shares(total, inwoners, Afronding.GROOTSTE_REST)
    assert sum(rounded for rounded, _ in found) == total
    assert all(floor(exact) <= rounded <= ceil(exact) for rounded, exact in found)
    up = [exact - floor(exact) for rounded, exact in found if rounded > exact]
    down = [exact - floor(exact) for rounded, exact in found if rounded < exact]
    assert not up or not down or min(up) >= max(down)


@given(totals, gemeenten, st.randoms())
def test_the_order_of_the_gemeenten_does_not_matter(total, inwoners, random):
    national = sum(inwoners.values())
    other = random.sample(sorted(inwoners.items()), len(inwoners))
    for afronding in Afronding:
        assert divide(total, inwoners, national, afronding) == divide(
            total, dict(other), national, afronding
        )


@given(totals, gemeenten, st.sampled_from(Afronding))
def test_who_has_more_inhabitants_never_gets_less(total, inwoners, afronding):
    rounded = divide(total, inwoners, sum(inwoners.values()), afronding)
    order = sorted(inwoners, key=lambda code: (inwoners[code], rounded[code]))
    assert [rounded[code] for code in order] == sorted(rounded.values())


def test_exactly_a_half_goes_up():
    assert divide(1, {"a": 1, "b": 1}, 2, Afronding.REKENKUNDIG) == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("inwoners", "winner"),
    [({"GM0002": 5, "GM0001": 5}, "GM0001"), ({"GM0001": 1, "GM0002": 3, "GM0003": 4}, "GM0003")],
)
def test_equal_remainders_go_to_the_most_inhabitants_and_then_to_the_lowest_code(inwoners, winner):
    total = 1
    rounded = divide(total, inwoners, sum(inwoners.values()), Afronding.GROOTSTE_REST)
    assert [code for code, share in rounded.items() if share] == [winner]


def test_among_equal_remainders_the_most_inhabitants_win_from_a_lower_code():
    rounded = divide(2, {"GM0001": 1, "GM0002": 3}, 4, Afronding.GROOTSTE_REST)
    assert rounded == {"GM0001": 0, "GM0002": 2}


@pytest.mark.parametrize(
    ("total", "inwoners", "national"), [(-1, {"a": 1}, 1), (1, {"a": -1}, 1), (1, {"a": 1}, 0)]
)
@pytest.mark.parametrize("afronding", Afronding)
def test_numbers_that_cannot_be_are_refused(total, inwoners, national, afronding):
    with pytest.raises(ValueError, match="not negative"):
        divide(total, inwoners, national, afronding)


def test_the_largest_remainder_is_refused_if_the_inhabitants_do_not_add_up():
    with pytest.raises(ValueError, match="do not add up"):
        divide(10, {"a": 1}, 2, Afronding.GROOTSTE_REST)


def test_no_share_is_lost_where_floats_would_lose_it():
    inwoners = {"a": 10**15 + 1, "b": 10**15 - 1}
    assert divide(10**15, inwoners, 2 * 10**15, Afronding.NAAR_BOVEN) == {
        "a": 5 * 10**14 + 1,
        "b": 5 * 10**14,
    }
