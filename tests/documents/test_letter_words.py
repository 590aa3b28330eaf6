"""The words of letters: what all letters of a run share, and what is one letter's own."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lrtdocs.documents.fields import known_words
from lrtdocs.documents.letters import letter_words, pattern_words, shared_words
from lrtdocs.errors import Place
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.gemeente import Gemeente, Register
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.model.taakstelling import make_verdeling

TODAY = date(2025, 3, 25)
PEILDATUM = date(2024, 1, 1)
BERGEN = Gemeente("GM0373", "Bergen (NH.)", "Bergen (NH.)", "Noord-Holland", {PEILDATUM: 60})
REST = Gemeente("GM0518", "'s-Gravenhage", "'s-Gravenhage", "Zuid-Holland", {PEILDATUM: 40})
REGISTER = Register((BERGEN, REST), {PEILDATUM: 100})
HUISSTIJL = Huisstijl.model_validate({"afzenders": {"a": {"team": "T"}}, "woordmerk": ["M"]})
POST = Afzender(team="T", postadres=("Postbus 20011", "2500 EH  Den Haag"))


def mailing(**fields: object) -> Mailing:
    taakstelling = {"halfjaar": "2025-II", "totaal": "10"}
    given = {"sjabloon": "taakstelling", "ontvangers": "a.xlsx", "taakstelling": taakstelling}
    return Mailing.model_validate({**given, **fields})


def adjusted(**fields: object) -> Mailing:
    bijstelling = {"halfjaar": "2025-I", "was": "20", "wordt": "15"}
    block = {"halfjaar": "2025-II", "totaal": "10", "bijstelling": bijstelling, **fields}
    return mailing(taakstelling=block)


def shared(one: Mailing, afzender: Afzender = POST) -> dict[str, Any]:
    verdeling = make_verdeling(one.taakstelling, REGISTER) if one.taakstelling else None
    return shared_words(one, HUISSTIJL, afzender, TODAY, verdeling)


def ontvanger(**fields: Any) -> Ontvanger:
    return Ontvanger(Place("a.xlsx", cell="A2"), **fields)


def own(one: Mailing, to: Ontvanger, gemeente: Gemeente | None = None) -> dict[str, Any]:
    verdeling = make_verdeling(one.taakstelling, REGISTER) if one.taakstelling else None
    row = verdeling.rijen[gemeente.code] if verdeling and gemeente else None
    return letter_words(to, 7, gemeente, row, one)


@pytest.mark.parametrize("kind", ["brief", "taakstelling"])
def test_words_are_the_known_words_and_no_others(kind: str) -> None:
    one = mailing()
    words = shared(one) | own(one, ontvanger(code="GM0373", naam="Bergen (NH.)"), BERGEN)

    assert sorted(words) == sorted(known_words(kind))


def test_the_words_of_a_letter_are_plain_data_that_travel() -> None:
    words = own(mailing(), ontvanger(code="GM0373", naam="Bergen (NH.)"), BERGEN)

    assert pickle.loads(pickle.dumps(words)) == words


def test_the_national_words_say_the_half_year_in_every_form() -> None:
    assert shared(adjusted())["landelijk"] == {
        "halfjaar": "2025-II",
        "periode": "de tweede helft van 2025",
        "begin": date(2025, 7, 1),
        "einde": date(2025, 12, 31),
        "totaal": 10,
        "peildatum": PEILDATUM,
        "inwoners_nederland": 100,
        "som": 10,
        "afwijkingen": 0,
        "afronding": "naar boven",
        "bijstelling": {
            "halfjaar": "2025-I",
            "periode": "de eerste helft van 2025",
            "begin": date(2025, 1, 1),
            "einde": date(2025, 6, 30),
            "was": 20,
            "wordt": 15,
        },
    }


def test_the_number_of_a_gemeente_stands_with_what_it_comes_from() -> None:
    words = own(adjusted(), ontvanger(code="GM0373"), BERGEN)

    assert words["gemeente"] == {
        "code": "GM0373",
        "naam": "Bergen (NH.)",
        "provincie": "Noord-Holland",
        "inwoners": 60,
    }
    assert words["taakstelling"] == {
        "aantal": 6,
        "berekend": 6,
        "inwoners": 60,
        "bijstelling_was": 12,
        "bijstelling_wordt": 9,
        "gerealiseerd": None,
        "achterstand": None,
        "voorsprong": None,
        "opgave": None,
    }


def test_a_supplied_number_stands_beside_the_computed_one() -> None:
    one = mailing()
    assert one.taakstelling is not None
    row = make_verdeling(one.taakstelling, REGISTER).rijen["GM0373"]
    row = replace(row, taakstelling=4, achterstand=2)
    words: Any = letter_words(ontvanger(code="GM0373"), 1, BERGEN, row, one)

    numbers = [words["taakstelling"][name] for name in ("aantal", "berekend", "opgave")]
    assert numbers == [4, 6, 6]


def test_bijlage_a_has_a_row_a_gemeente_and_only_when_asked_for() -> None:
    asked = shared(adjusted(bijlage_a="ja"))["bijlage_a"]

    assert [(row["naam"], row["taakstelling"]) for row in asked] == [
        ("Bergen (NH.)", 6),
        ("'s-Gravenhage", 4),
    ]
    assert shared(mailing())["bijlage_a"] == []


def test_bijlage_a_is_also_there_two_gemeenten_a_row() -> None:
    words = shared(adjusted(bijlage_a="ja"))

    assert words["bijlage_a_regels"] == [
        {"links": words["bijlage_a"][0], "rechts": words["bijlage_a"][1]}
    ]
    assert shared(mailing())["bijlage_a_regels"] == []


def test_the_last_row_of_an_odd_number_of_gemeenten_has_no_right_half() -> None:
    small = Register(REGISTER.gemeenten[:1], {PEILDATUM: 60})
    one = mailing(taakstelling={"halfjaar": "2025-II", "totaal": "10", "bijlage_a": "ja"})
    assert one.taakstelling is not None
    verdeling = make_verdeling(one.taakstelling, small)
    words: Any = shared_words(one, HUISSTIJL, POST, TODAY, verdeling)
    (pair,) = words["bijlage_a_regels"]

    assert pair["rechts"] is None


@pytest.mark.parametrize(
    ("to", "gemeente", "of_mailing", "expected"),
    [
        ({"code": "GM0373"}, BERGEN, None, "Geacht college,"),
        ({"naam": "J. de Vries"}, None, None, "Geachte heer, mevrouw,"),
        ({"code": "GM0373"}, BERGEN, "Beste collega's,", "Beste collega's,"),
        ({"aanhef": "Geachte heer De Vries,"}, None, "Beste,", "Geachte heer De Vries,"),
    ],
)
def test_the_salutation_is_that_of_the_row_then_of_the_mailing_then_fits_the_addressee(
    to: dict[str, str], gemeente: Gemeente | None, of_mailing: str | None, expected: str
) -> None:
    given = {"aanhef": of_mailing} if of_mailing else {}

    assert own(mailing(**given), ontvanger(**to), gemeente)["aanhef"] == expected


def test_references_are_made_from_the_pattern_and_taken_from_the_row() -> None:
    one = mailing(onze_referentie="X-{volgnummer:04}-{code}", uw_referentie="van allen")

    words = own(one, ontvanger(code="GM0373", uw_referentie="van ons"), BERGEN)
    assert words["onze_referentie"] == "X-0007-GM0373"
    assert words["uw_referentie"] == "van ons"
    assert own(one, ontvanger())["uw_referentie"] == "van allen"
    assert own(mailing(), ontvanger())["onze_referentie"] is None


def test_columns_are_words_unless_a_word_of_all_letters_has_that_name() -> None:
    extra = {"wethouder": "mw. A.", "betreft": "uit de lijst", "datum": "uit de lijst"}
    one = mailing(betreft="van allen", velden={"datum": "van allen"})
    words = shared(one) | own(one, ontvanger(naam="Bergen", extra=extra))

    assert (words["wethouder"], words["betreft"], words["datum"]) == (
        "mw. A.",
        "van allen",
        "van allen",
    )
    assert words["ontvanger"]["betreft"] == "uit de lijst"


def test_a_column_never_hides_what_a_letter_is_made_of() -> None:
    extra = {"taakstelling": "1.000", "gemeente": "iets", "volgnummer": "3", "landelijk": "x"}
    words = own(mailing(), ontvanger(code="GM0373", naam="Bergen", extra=extra), BERGEN)

    assert words["taakstelling"]["aantal"] == 6
    assert words["gemeente"]["naam"] == "Bergen (NH.)"
    assert words["volgnummer"] == 7
    assert "landelijk" not in words


def test_a_recipient_without_a_name_goes_by_that_of_the_organisation() -> None:
    assert pattern_words(ontvanger(organisatie="VNG"), 1)["naam"] == "VNG"


def test_the_address_is_a_list_of_lines() -> None:
    to = ontvanger(code="GM0373", naam="Bergen", adres="Postbus 1", postcode="1860 AA",
                   plaats="Bergen")  # fmt: skip

    assert own(mailing(), to)["ontvanger"]["adresregels"] == [
        "Het college van burgemeester en wethouders",
        "van de gemeente Bergen",
        "Postbus 1",
        "1860 AA  BERGEN",
    ]


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        (POST, "Postbus 20011 2500 EH  Den Haag"),
        (Afzender(team="T", retouradres="Postbus 1"), "Postbus 1"),
        (Afzender(team="T"), None),
    ],
)
def test_the_retouradres_is_the_postal_address_unless_given(
    sender: Afzender, expected: str | None
) -> None:
    assert shared(mailing(), sender)["afzender"]["retouradres"] == expected


def test_a_letter_with_a_taakstelling_always_has_a_subject() -> None:
    assert shared(mailing())["betreft"] == (
        "Taakstelling vergunninghouders voor de tweede helft van 2025"
    )
    assert shared(mailing(betreft="Eigen"))["betreft"] == "Eigen"


def test_a_plain_letter_has_no_numbers_and_is_dated_today() -> None:
    words = shared(Mailing(sjabloon="x.docx", ontvangers="a.csv"))

    assert (words["landelijk"], words["bijlage_a"], words["betreft"]) == (None, [], None)
    assert words["dagtekening"] == TODAY


@pytest.mark.parametrize(
    ("tekst", "before", "last"),
    [
        ("Een.\n\n- a\n- b\n\nTwee.", "Een.\n- a\n- b", "Twee."),
        ("Een.", "None", "Een."),
        ("Een.\n\n- a", "Een.\n- a", "None"),
    ],
)
def test_the_last_paragraph_stands_apart_for_the_page_of_the_signature(
    tekst: str, before: str, last: str
) -> None:
    given = {"sjabloon": "brief", "ontvangers": "a.csv", "tekst": tekst}
    words = shared(Mailing.model_validate(given))

    assert (str(words["tekst_tot_slot"]), str(words["slotalinea"])) == (before, last)
