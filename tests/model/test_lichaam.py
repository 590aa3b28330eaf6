"""Bodies of government as recipients: who is addressed, and that only a whole name is one."""

from __future__ import annotations

import pytest

from lrtdocs.model.geadresseerde.lichaam import says_body
from lrtdocs.source.lists.bodies import guess_lichaam, load_lichamen

BODIES = load_lichamen()


@pytest.mark.parametrize(
    ("text", "regels", "aanhef"),
    [
        ("Waterschap Rivierenland", "Het dagelijks bestuur|van Waterschap Rivierenland", "bestuur"),
        ("WS09", "Het dagelijks bestuur|van Waterschap Rivierenland", "bestuur"),
        ("waterschap Hunze&Aa's", "Het dagelijks bestuur|van Waterschap Hunze en Aa's", "bestuur"),
        ("Hoogheemraadschap Delfland", "Het dagelijks bestuur|van Hoogheemraadschap van Delfland",
         "bestuur"),
        ("Wetterskip Fryslan", "Het dagelijks bestuur|van Wetterskip Fryslân", "bestuur"),
        ("Het dagelijks bestuur van Waterschap Limburg",
         "Het dagelijks bestuur|van Waterschap Limburg", "bestuur"),
        ("Ministerie van Financiën", "De minister van Financiën", "minister"),
        ("de Minister van BZK", "De minister van Binnenlandse Zaken en Koninkrijksrelaties",
         "minister"),
        ("COA", "Het bestuur|van het Centraal Orgaan opvang asielzoekers", "bestuur"),
        ("het Centraal Orgaan opvang asielzoekers",
         "Het bestuur|van het Centraal Orgaan opvang asielzoekers", "bestuur"),
        ("Veiligheidsregio Noord- en Oost-Gelderland",
         "Het bestuur|van Veiligheidsregio Noord- en Oost-Gelderland", "bestuur"),
        ("Openbaar lichaam Sint Eustatius",
         "Het bestuurscollege|van het openbaar lichaam Sint Eustatius", "college"),
        ("openbaar lichaam St. Eustatius",
         "Het bestuurscollege|van het openbaar lichaam Sint Eustatius", "college"),
    ],
)  # fmt: skip
def test_a_body_is_addressed_by_who_governs_it(text: str, regels: str, aanhef: str):
    body = BODIES.find(text)
    assert body is not None
    assert "|".join(body.regels) == regels
    assert body.aanhef.split()[1] == f"{aanhef},"


@pytest.mark.parametrize(
    "text",
    [
        *("Rivierenland", "Delfland", "Financiën", "BZK", "Bonaire", "Saba"),
        *("Waterschap Rivierenland, afdeling Vergunningen", "Stichting Waterschap Limburg"),
        *("Het algemeen bestuur van Waterschap Limburg", "Waterschap", "Ministerie", ""),
        *("Vrienden van de Veiligheidsregio Utrecht", "Veiligheidsregio", "Waterschapsbank"),
    ],
)
def test_less_or_more_than_a_name_is_no_body(text: str):
    assert BODIES.find(text) is None


def test_there_are_21_waterschappen_each_with_its_own_code():
    codes = {body.code for name in BODIES.names if (body := BODIES.find(name)) and body.code}
    assert len(codes) == 21


def test_every_body_is_found_by_its_own_name():
    assert len(BODIES.names) == 21 + 15 + 1 + 3
    for name in BODIES.names:
        body = BODIES.find(name)
        assert body is not None
        assert body.naam == name


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Waterschap Riverenland", "Waterschap Rivierenland"),
        ("Hoogheemraadschap Schieland en Krimpenerwaard",
         "Hoogheemraadschap van Schieland en de Krimpenerwaard"),
        ("Openbaar lichaam Sint Eustacius", "Openbaar lichaam Sint Eustatius"),
        ("Ministerie van Finacien", "Minister van Financiën"),
        ("Stichting De Kade", ""),
    ],
)  # fmt: skip
def test_a_name_that_is_almost_one_is_guessed(text: str, guess: str):
    assert guess_lichaam(text) == guess
    assert says_body(text) is bool(guess)
