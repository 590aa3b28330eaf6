"""What is the same text, and what is another word."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.model.openbaar.disguises import unveil
from lrtdocs.model.openbaar.seeking import Seeker, Sure, fold


def found(wanted: str, text: str, **more: object) -> list[tuple[str, Sure]]:
    return [(text[hit.start : hit.end], hit.sure) for hit in Seeker([wanted], **more).find(text)]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("De Vries", "Mw. DE VRIES zegt"),
        ("De Vries", "jdevries@minaenm.nl"),
        ("De Vries", "verslag-de_vries.docx"),
        ("Vries", "De heer Vries's voorstel"),
        ("Süverkrübbe", "suverkrubbe"),
        ("Süverkrübbe", "j.sueverkruebbe@x.nl"),
        ("Süverkrübbe", "Su\u0308verkru\u0308bbe"),
        ("Uitermark", "Ui\u00adter-\nmark"),
        ("Uitermark", "U\u200bi\u200bt\u200be\u200br\u200bmark"),
        ("Uitermark", "Uit\u0435rm\u0430rk"),
        ("Ørsted", "orsted"),
        ("Fijn", "ﬁjn"),
        ("Fijn", "fĳn"),
        ("Faber", "mfaber"),
        ("Faber", "FaberVerslag"),
        ("Faber", "F a b e r"),
        ("Bos", "(bos)"),
        ("Ali", "A l i"),
        ("'t Hooft", "t hooft"),
        ("070 370 79 11", "+31 (0)70-3707911"),
        ("070 370 79 11", "0031703707911"),
        ("+31 6 12345678", "06-12 34 56 78"),
        ("123456782", "1234.56.782"),
        ("NL91 ABNA 0417 1643 00", "nl91abna0417164300"),
    ],
)
def test_the_same_is_found(wanted: str, text: str) -> None:
    assert [sure for _, sure in found(wanted, text)] == [Sure.LEAK]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("De Groot", "de grootste"),
        ("De Groot", "de groothandel"),
        ("Ali", "al i.p.v."),
        ("Ali", "nationaliteit"),
        ("Bos", "het Bosbeheer"),
        ("Ros", "van Rossum"),
        ("An Ros", "van Rossum"),
        ("1234", "12345"),
        ("0612345678", "061 punten, en 2345678"),
    ],
)
def test_another_word_is_not_found(wanted: str, text: str) -> None:
    assert found(wanted, text) == []


def test_a_name_within_a_longer_word_is_less_sure() -> None:
    assert found("Visser", "de visserij") == [("visser", Sure.WITHIN)]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Vereniging van Voorbeeldgemeenten", Sure.WITHIN),
        ("Voorbeeldstraat 12", Sure.LEAK),  # that street is not public
        ("Voorbeelds nota", Sure.LEAK),  # a genitive, though it stands in public
        ("J. Voorbeeld", Sure.LEAK),
    ],
)
def test_a_longer_word_that_is_public_is_another_word(text: str, sure: Sure) -> None:
    seeker = Seeker(["Voorbeeld"], public=["Vereniging van Voorbeeldgemeenten", "Voorbeelds nota"])

    assert [hit.sure for hit in seeker.find(text)] == [sure]


def test_a_name_that_is_a_word_as_well_is_told_apart_by_its_capital() -> None:
    hits = found("Groot", "een groot deel. Groot zei", public=["een groot aantal"])

    assert hits == [("groot", Sure.ORDINARY), ("Groot", Sure.LEAK)]


def test_without_that_word_in_public_lower_case_is_the_name_too() -> None:
    assert found("Groot", "een groot deel") == [("groot", Sure.LEAK)]


def test_what_is_allowed_is_not_found_where_it_is_allowed() -> None:
    assert found("Jansen", "J. Jansen en P. Jansen", allowed=["J. Jansen"]) == [
        ("Jansen", Sure.LEAK)
    ]


def test_a_long_text_is_found_by_a_few_of_its_words() -> None:
    text = (
        "De gemeente heeft in januari laten weten dat zij de locatie aan de Dorpsstraat niet meer "
        "wil gebruiken voor de opvang van asielzoekers."
    )
    seeker = Seeker([text])

    assert seeker.find("Men wil de locatie aan de Dorpsstraat niet meer wil gebruiken, zei hij.")
    assert not seeker.find("De gemeente heeft een locatie voor opvang.")


def test_a_long_text_that_stands_in_public_word_for_word_is_no_secret() -> None:
    text = (
        "De voorzitter opent de vergadering om tien uur en heet iedereen van harte welkom vandaag."
    )
    seeker = Seeker([text], public=[text])

    assert seeker.common == [0]
    assert seeker.find(text) == []


def test_what_is_too_short_is_told() -> None:
    assert Seeker(["Li", "B.", "123", "Lee"]).too_short == [0, 1, 2]


def test_a_mask_leaves_nothing_of_it() -> None:
    seeker = Seeker(["De Vries", "Vries"])

    assert seeker.mask("map/verslag-de-vries.docx", ["[5.1.2e]"] * 2) == "map/verslag-[5.1.2e].docx"


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    seeker = Seeker(["Uitermark", "De Groot", "070 3707911"])
    for hit in seeker.find(text):
        assert fold(text[hit.start : hit.end])
    for _, plain in unveil(text):
        seeker.find(plain)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_is_found_in_any_text(before: str, behind: str) -> None:
    assert any(
        hit.sure is Sure.LEAK for hit in Seeker(["Uitermark"]).find(f"{before} Uitermark {behind}")
    )


def test_a_thousand_texts_are_sought_in_five_megabytes_in_seconds() -> None:
    chance = random.Random(1)
    names = ["".join(chance.choices(string.ascii_lowercase, k=9)).title() for _ in range(1000)]
    words = ["".join(chance.choices("etaoinsrhldcum", k=6)) for _ in range(9000)]
    text = " ".join(chance.choices(words, k=700_000)) + " " + names[7]

    seeker, start = Seeker(names), time.process_time()
    hits = seeker.find(text)

    assert [hit.owner for hit in hits if hit.sure is Sure.LEAK] == [7]
    assert time.process_time() - start < 20
