"""What is nearly a text, and what only looks like it."""

from __future__ import annotations

import pytest

from lrtdocs.word.check.likeness import is_nearly

NEAR = [
    *("akkoord ", "AKKOORD", "Akkord", "Accoord", "Akoord", "Akkoord.", "akkoord?", "Akkoodr"),
    *("Akkoordd", "Akoort", "akk oord"),
]
PAIRS = {
    *(("n.v.t.", "NVT"), ("café", "cafe"), ("klasse 2", "Klasse2"), ("m", "M"), ("ja", "Ja.")),
    *(("niet akkoord", "Niet-akkord"), ("toegekend", "toegkend"), ("gemeente", "gemeetne")),
    *(("gedeeltelijk", "gedeltelijk"), ("beschikking", "beschikkng"), ("provincie", "provincies")),
}
OTHERS = {
    *(("2024", "2025"), ("A1", "A2"), ("ja", "nee"), ("A", "A+"), ("A+", "A-"), ("1.2", "12")),
    *(("geldig", "ongeldig"), ("akkoord", "niet akkoord"), ("verleend", "verlengd"), ("+", "-")),
    *(("verhoging", "verlaging"), ("interne", "externe"), ("noordoosten", "noordwesten")),
    *(("student", "studente"), ("regio west", "regio oost"), ("juni", "juli")),
    *(("opgenomen", "ingenomen"), ("betaald", "niet betaald")),
    *(("klasse 1", "klasse 2"), ("fase I", "fase II")),
}  # fmt: skip


@pytest.mark.parametrize("text", NEAR)
def test_another_spelling_and_a_slip_are_nearly_the_text(text: str):
    assert is_nearly(text, "Akkoord")
    assert is_nearly("Akkoord", text)


@pytest.mark.parametrize("pair", sorted(PAIRS), ids=" ".join)
def test_so_are_other_signs_accents_and_one_slip_or_two_in_long_words(pair: tuple[str, str]):
    assert is_nearly(*pair)
    assert is_nearly(*reversed(pair))


@pytest.mark.parametrize("pair", sorted(OTHERS), ids=" ".join)
def test_what_means_something_else_is_not(pair: tuple[str, str]):
    assert not is_nearly(*pair)
    assert not is_nearly(*reversed(pair))


def test_of_names_only_the_same_name_is_near():
    assert is_nearly("HOORN", "Hoorn", slips=False)
    assert not is_nearly("Horn", "Hoorn", slips=False)
