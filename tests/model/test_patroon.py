from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.messages import FaultError
from lrtdocs.model.patroon import parse_patroon

VALUES = {"volgnummer": 7, "naam": "Súdwest-Fryslân", "code": "GM1900", "leeg": None}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{code}-{naam}", "GM1900-Súdwest-Fryslân"),
        ("{volgnummer:04}", "0007"),
        ("{volgnummer:3}", "  7"),
        ("{ volgnummer : 04 }", None),
        ("{ naam }", "Súdwest-Fryslân"),
        ("{{{code}}}", "{GM1900}"),
        ("zonder woord", "zonder woord"),
        ("{code:02}", "GM1900"),
        ("{naam:hoofdletters}", "SÚDWEST-FRYSLÂN"),
        ("{ volgnummer: bedrag }", "€\u00a07,00"),
        ("{leeg:datum}", ""),
        ("x{leeg}y", "xy"),
        ("", ""),
    ],
)
def test_a_pattern_is_filled(pattern, expected):
    if expected is None:
        with pytest.raises(FaultError):
            parse_patroon(pattern)
    else:
        assert parse_patroon(pattern).fill(VALUES) == expected


@given(st.text())
def test_any_text_is_itself_once_its_braces_are_doubled(text):
    pattern = parse_patroon(text.replace("{", "{{").replace("}", "}}"))
    assert pattern.fill({}) == text
    assert not pattern.words


@given(st.text(alphabet="{}:!.[]()_ab01 x"))
def test_whatever_is_accepted_can_be_filled_with_its_own_words(text):
    pattern, refusal = None, None
    try:
        pattern = parse_patroon(text)
    except FaultError as error:
        refusal = error
    if pattern is not None:
        assert isinstance(pattern.fill(dict.fromkeys(pattern.words, "1")), str)
    else:
        assert refusal is not None
        assert refusal.fault.key.startswith("LRT230.")


def test_the_words_of_a_pattern_are_known_before_it_is_filled():
    pattern = parse_patroon("{volgnummer:04}-{naam}-{naam}")
    assert pattern.words == {"volgnummer", "naam"}
    with pytest.raises(KeyError):
        pattern.fill({"naam": "A"})


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{naam", "ontbreekt de accolade"),
        ("naam}", "ontbreekt de accolade"),
        ("{}", "staat niets"),
        ("{Naam}", "bedoelde u '{naam}'?"),
        ("{naam:x}", "'x' geen filter"),
        ("{naam:bedarg}", "bedoelde u 'bedrag'?"),
        ("{naam:}", "geen breedte"),
        ("{naam:04d}", "geen breedte"),
        ("{naam:123}", "geen breedte"),
        ("{naam.__class__}", "geen woord"),
        ("{naam[0]}", "geen woord"),
        ("{naam!r}", "geen woord"),
        ("{naam()}", "geen woord"),
        ("{0}", "geen woord"),
        ("{twee woorden}", "geen woord"),
    ],
)
def test_a_pattern_that_is_wrong_is_refused_with_what_to_write(pattern, message):
    with pytest.raises(FaultError) as refusal:
        parse_patroon(pattern)
    assert message in refusal.value.message


def test_a_pattern_can_be_sent_to_another_process():
    pattern = parse_patroon("{volgnummer:04}-{naam}")
    assert pickle.loads(pickle.dumps(pattern)) == pattern
    assert str(pattern) == "{volgnummer:04}-{naam}"
