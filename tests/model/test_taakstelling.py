from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lrtdocs.errors import Place
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import Gemeente, Register
from lrtdocs.model.taakstelling import (
    Afronding,
    Halfjaar,
    Taakstelling,
    Tabelrij,
    Toedeling,
    UnknownPeildatumError,
    divide,
    make_verdeling,
    parse_halfjaar,
)
from lrtdocs.source.lists.register import load_register

DATE = dt.date(2024, 1, 1)


def taakstelling(**values: object) -> Taakstelling:
    return Taakstelling.model_validate({"halfjaar": "2025-II", "totaal": "100"} | values)


def small_register() -> Register:
    numbers = {"GM0001": 500, "GM0002": 333, "GM0003": 167}
    return Register(
        tuple(Gemeente(code, code, code, "Utrecht", {DATE: n}) for code, n in numbers.items()),
        {DATE: 1000},
    )


def toedeling(**values: int) -> Toedeling:
    numbers = {"taakstelling": 10, "berekend": 10, "inwoners": 500, "teller": 1, "noemer": 1}
    return Toedeling("GM0001", "Aa", "Utrecht", **(numbers | values))


@pytest.mark.parametrize(
    ("totaal", "sums"),
    [
        ("17.700", (17_870, 17_705, 17_700)),
        ("15.000", (15_170, 14_995, 15_000)),
        ("13.000", (13_164, 13_010, 13_000)),
    ],
)
def test_the_sums_over_the_342_gemeenten_are_those_of_the_design(totaal, sums):
    register = load_register()
    for afronding, expected in zip(Afronding, sums, strict=True):
        verdeling = make_verdeling(taakstelling(totaal=totaal, afronding=afronding), register)
        assert len(verdeling.rijen) == 342
        assert verdeling.som == expected
        assert verdeling.verschil == expected - verdeling.taakstelling.totaal


def test_without_a_word_about_it_the_statute_is_followed():
    verdeling = make_verdeling(taakstelling(), small_register())
    assert verdeling.taakstelling.afronding is Afronding.NAAR_BOVEN
    assert verdeling.peildatum == DATE
    assert {code: rij.taakstelling for code, rij in verdeling.rijen.items()} == {
        "GM0001": 50,
        "GM0002": 34,
        "GM0003": 17,
    }
    assert verdeling.verschil == 1


def test_the_exact_share_stays_known():
    rij = make_verdeling(taakstelling(totaal="10"), small_register()).rijen["GM0002"]
    assert (rij.teller, rij.noemer, rij.quotum) == (3330, 1000, Decimal("3.33"))


@pytest.mark.parametrize(
    ("teller", "noemer", "expected"),
    [(1, 200, "0.01"), (1, 201, "0.00"), (2, 3, "0.67"), (5, 1, "5.00"), (0, 7, "0.00")],
)
def test_a_share_is_shown_with_two_decimals_half_up(teller, noemer, expected):
    assert str(toedeling(teller=teller, noemer=noemer).quotum) == expected


@given(st.integers(0, 10**15), st.integers(1, 10**9))
def test_a_shown_share_is_at_most_half_a_hundredth_from_the_exact_one(teller, noemer):
    shown = Fraction(toedeling(teller=teller, noemer=noemer).quotum)
    assert Fraction(-1, 200) < shown - Fraction(teller, noemer) <= Fraction(1, 200)


def test_the_number_of_a_supplied_table_wins_and_the_difference_is_kept():
    place = Place("bijlage-a.xlsx", cell="C3")
    tabel = {
        "GM0001": Tabelrij("GM0001", {"taakstelling": 50}),
        "GM0002": Tabelrij("GM0002", {"taakstelling": 33, "achterstand": 4}, place),
    }
    verdeling = make_verdeling(taakstelling(), small_register(), tabel)
    assert verdeling.rijen["GM0002"].taakstelling == 33
    assert verdeling.rijen["GM0002"].berekend == 34
    assert [rij.code for rij in verdeling.afwijkingen] == ["GM0002"]
    found = verdeling.verschillen[0]
    assert (found.kolom, found.tabel, found.berekend, found.plaats) == (
        "taakstelling",
        33,
        34,
        place,
    )
    assert verdeling.som == 50 + 33 + 17


def test_an_adjustment_is_computed_from_both_national_numbers():
    block = taakstelling(bijstelling={"halfjaar": "2025-I", "was": "200", "wordt": "100"})
    rij = make_verdeling(block, small_register()).rijen["GM0002"]
    assert (rij.bijstelling_was, rij.bijstelling_wordt) == (67, 34)


def test_an_adjustment_in_a_supplied_table_wins_and_its_differences_are_kept():
    block = taakstelling(bijstelling={"halfjaar": "2025-I", "was": "200", "wordt": "100"})
    tabel = {"GM0002": Tabelrij("GM0002", {"bijstelling_was": 66, "bijstelling_wordt": 34})}
    verdeling = make_verdeling(block, small_register(), tabel)
    rij = verdeling.rijen["GM0002"]
    assert (rij.bijstelling_was, rij.bijstelling_wordt) == (66, 34)
    assert [(v.kolom, v.tabel, v.berekend) for v in verdeling.verschillen] == [
        ("bijstelling_was", 66, 67)
    ]
    assert not verdeling.afwijkingen


def test_an_adjustment_in_a_table_without_one_in_the_file_is_taken_as_it_is():
    tabel = {"GM0002": Tabelrij("GM0002", {"bijstelling_was": 66, "bijstelling_wordt": 34})}
    verdeling = make_verdeling(taakstelling(), small_register(), tabel)
    assert verdeling.rijen["GM0002"].bijstelling_was == 66
    assert not verdeling.verschillen


def test_what_is_to_be_done_counts_what_is_behind_and_what_is_ahead():
    assert toedeling().opgave is None
    assert toedeling(achterstand=3).opgave == 13
    assert toedeling(voorsprong=4).opgave == 6
    assert toedeling(achterstand=0, voorsprong=0).opgave == 10
    assert toedeling(voorsprong=12).opgave == -2


def test_the_stand_of_the_addresses_is_taken_where_the_table_has_none():
    rij = toedeling(achterstand=3).add_stand({"achterstand": 9, "gerealiseerd": 5, "onbekend": 1})
    assert (rij.achterstand, rij.gerealiseerd, rij.voorsprong) == (3, 5, None)


def test_a_reference_date_that_the_register_does_not_know_is_an_error():
    with pytest.raises(UnknownPeildatumError) as error:
        make_verdeling(taakstelling(halfjaar="2027-I"), small_register())
    assert error.value.peildatum == dt.date(2026, 1, 1)
    assert pickle.loads(pickle.dumps(error.value)).peildatum == dt.date(2026, 1, 1)


def test_another_reference_date_can_be_asked_for():
    verdeling = make_verdeling(
        taakstelling(halfjaar="2027-I", peildatum="2024-01-01"), small_register()
    )
    assert verdeling.peildatum == DATE


def test_a_gemeente_that_did_not_exist_on_the_date_gets_nothing():
    register = small_register()
    later = Gemeente("GM9999", "Nieuw", "Nieuw", "Utrecht", {dt.date(2025, 1, 1): 10})
    register = Register((*register.gemeenten, later), register.nationaal)
    assert "GM9999" not in make_verdeling(taakstelling(), register).rijen


def test_a_division_can_be_sent_to_another_process():
    verdeling = make_verdeling(taakstelling(), small_register())
    assert pickle.loads(pickle.dumps(verdeling)) == verdeling


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"totaal": "13,5"}, "LRT233"),
        ({"totaal": "-5"}, "LRT233"),
        ({"halfjaar": "2025"}, "LRT232"),
        ({"afronding": "naar beneden"}, "LRT207"),
        ({"peildatum": "1/1/2024"}, "LRT205"),
        ({"bijstelling": {"halfjaar": "2025-II", "was": "1", "wordt": "2"}}, "LRT234"),
        ({"bijstelling": {"halfjaar": "2026-I", "was": "1", "wordt": "2"}}, "LRT234"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(values, code):
    with pytest.raises(ValidationError) as refusal:
        taakstelling(**values)
    assert [
        error["ctx"]["error"].fault.key.partition(".")[0] for error in refusal.value.errors()
    ] == [code]


@pytest.mark.parametrize("text", ["13000", "13.000", "13 000", " 13.000 "])
def test_a_number_is_read_as_people_write_it(text):
    assert taakstelling(totaal=text).totaal == 13_000


@pytest.mark.parametrize("value", [-13_000, True, 13_000.5])
def test_a_number_from_python_that_is_no_number_of_people_is_refused(value):
    with pytest.raises(ValidationError):
        taakstelling(totaal=value)


def test_a_block_knows_its_halfyear():
    assert taakstelling(halfjaar="2025-I").halfjaar == Halfjaar(2025, 1)


# --- rounding

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


# --- half-years

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
    with pytest.raises(FaultError) as refusal:
        parse_halfjaar(text)
    assert refusal.value.fault.key == "LRT232"


def test_the_reference_date_is_the_first_of_january_of_the_year_before():
    assert Halfjaar(2025, 1).peildatum == Halfjaar(2025, 2).peildatum == dt.date(2024, 1, 1)


def test_a_halfyear_begins_in_january_or_july():
    assert Halfjaar(2025, 1).begin == dt.date(2025, 1, 1)
    assert Halfjaar(2025, 2).begin == dt.date(2025, 7, 1)


@given(halfyears, halfyears)
def test_halfyears_are_in_the_order_of_time(one, other):
    assert (one < other) == (one.begin < other.begin)
