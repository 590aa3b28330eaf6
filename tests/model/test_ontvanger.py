from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import replace

import pytest

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.model.gemeente import Gemeente, Register
from lrtdocs.model.ontvanger import (
    Ontvanger,
    check_ontvangers,
    parse_code,
    parse_postcode,
)
from lrtdocs.source.lists.register import load_register

DAY = dt.date(2024, 1, 1)
NAMES = {
    "GM0373": "Bergen (NH.)",
    "GM0893": "Bergen (L.)",
    "GM0518": "'s-Gravenhage",
    "GM1900": "Súdwest-Fryslân",
}
REGISTER = Register(
    tuple(Gemeente(code, naam, naam, "", {DAY: 1}) for code, naam in NAMES.items()), {DAY: 4}
)


def make(code: str | None, naam: str | None, row: int = 2, **other: str) -> Ontvanger:
    return Ontvanger(Place("a.xlsx", cell=f"A{row}"), code=code, naam=naam, **other)


def check(*ontvangers: Ontvanger, complete: bool = True) -> list[Problem]:
    return check_ontvangers(ontvangers, REGISTER, "a.xlsx", complete=complete).problems


ALL = [make(code, naam, row) for row, (code, naam) in enumerate(NAMES.items(), 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234ab", "1234 AB"),
        ("1234 AB", "1234 AB"),
        (" 1234  ab ", "1234 AB"),
        ("NL-1234 AB", "1234 AB"),
        ("0123 AB", None),
        ("1234 SS", None),
        ("1234", None),
        ("1O12 AB", None),
        ("1234 ABC", None),
    ],
)
def test_a_postcode_is_read_as_it_is_printed(text: str, expected: str | None):
    assert parse_postcode(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("GM0373", "GM0373"), ("gm373", "GM0373"), ("373", "GM0373"), ("PV20", None), ("", None)],
)
def test_a_code_is_read_in_all_its_forms(text: str, expected: str | None):
    assert parse_code(text) == expected


def test_a_gemeente_is_addressed_by_its_college():
    found = make("GM0373", "Bergen (NH.)", adres="Postbus 1", postcode="1800 AB", plaats="Alkmaar")
    assert found.adresregels == (
        "Het college van burgemeester en wethouders",
        "van de gemeente Bergen (NH.)",
        "Postbus 1",
        "1800 AB  ALKMAAR",
    )


def test_others_are_addressed_by_organisation_name_and_country():
    found = make(
        None,
        "J. de Vries",
        organisatie="VNG",
        afdeling="Asiel",
        ter_attentie_van="de griffie",
        adres="Plein 1\nGebouw B",
        postcode="10115",
        plaats="Berlijn",
        land="Duitsland",
    )
    assert found.adresregels == (
        "VNG",
        "Asiel",
        "J. de Vries",
        "t.a.v. de griffie",
        "Plein 1",
        "Gebouw B",
        "10115  BERLIJN",
        "DUITSLAND",
    )


@pytest.mark.parametrize("land", [None, "Nederland", "NL", "the netherlands"])
def test_the_netherlands_are_not_printed(land: str | None):
    assert make(None, "VNG", organisatie="vng", land=land).adresregels == ("vng",)


def test_a_recipient_survives_being_sent_to_another_process():
    found = make("GM0373", "Bergen (NH.)")
    assert pickle.loads(pickle.dumps(found)) == found


def test_all_gemeenten_once_is_good():
    assert check(*ALL) == []


def test_missing_gemeenten_are_told_at_once_by_name():
    (problem,) = check(*ALL[:2])
    assert problem.code == "LRT629"
    assert "Er ontbreken 2 gemeenten" in problem.message
    assert "'s-Gravenhage (GM0518) en Súdwest-Fryslân (GM1900)" in problem.message


@pytest.mark.parametrize(
    ("left_out", "keys"),
    [(0, []), (1, ["LRT629.bijna"]), (11, ["LRT629.bijna"]), (12, []), (337, [])],
)
def test_a_list_of_nearly_all_gemeenten_says_which_are_not_there(left_out: int, keys: list[str]):
    register = load_register()
    some = [make(g.code, g.naam, n) for n, g in enumerate(register.gemeenten[left_out:])]
    found = check_ontvangers(some, register, "a", complete=False).problems
    assert [problem.key for problem in found] == keys


def test_a_double_is_told_with_both_cells():
    (problem,) = check(*ALL, make("GM0518", "'s-Gravenhage", 9))
    assert (problem.code, problem.found) == ("LRT628", "cel A4 en cel A9")


@pytest.mark.parametrize(
    ("code", "naam", "expected"),
    [
        ("GM9999", "Bergen (L.)", ("LRT626", "GM0893 (Bergen (L.))")),
        ("GM9999", "Elders", ("LRT626", "de code van een gemeente die nu bestaat")),
        ("GM0518", "Súdwest-Fryslân", ("LRT630", "'s-Gravenhage")),
        ("GM0518", "Rijswijk", ("LRT630", "'s-Gravenhage")),
        (None, "Bergen", ("LRT627", "Bergen (NH.) (GM0373) of Bergen (L.) (GM0893)")),
        (None, "Bergen (gem.)", ("LRT627", "Bergen (NH.) (GM0373) of Bergen (L.) (GM0893)")),
        (None, "Sudwest Fryslaan", ("LRT627", "misschien Súdwest-Fryslân (GM1900)")),
    ],
)
def test_code_and_name_must_lead_to_one_gemeente(
    code: str | None, naam: str, expected: tuple[str, str]
):
    problem, *rest = check(make(code, naam, 7), *ALL)
    assert (problem.code, problem.expected) == expected
    assert problem.place.cell == "A7"
    assert problem.remedy
    assert [p.code for p in rest] in ([], ["LRT628"])


@pytest.mark.parametrize(
    ("code", "naam"), [("GM0373", "Bergen"), ("GM0518", "den haag"), ("GM1900", "sudwest fryslan")]
)
def test_other_names_of_the_same_gemeente_are_good(code: str, naam: str):
    assert check(make(code, naam), complete=False) == []


def test_an_ordinary_list_may_have_some_gemeenten_and_others_but_warns_for_doubles():
    same = make(None, "J. de Vries", 3, adres="Plein 1")
    again = make(None, "J. de Vries", 8, adres="Plein 1")
    other = make(None, "J. de Vries", 9, adres="Plein 2")
    (problem,) = check(*ALL[:1], same, again, other, complete=False)
    assert (problem.code, problem.severity) == ("LRT628", Severity.WARNING)
    assert problem.found == "cel A3 en cel A8"


def test_two_rows_of_one_gemeente_with_other_words_are_told_with_both_cells():
    there = make("GM0518", "'s-Gravenhage", 9, adres="Postbus 2")
    (problem,) = check(*ALL, there, complete=False)
    assert (problem.key, problem.found) == ("LRT628.brieven", "cel A4 en cel A9")


def test_two_rows_of_one_addressee_with_other_words_are_told_whoever_that_is():
    coa = {"organisatie": "COA", "adres": "Postbus 1", "postcode": "1234 AB", "plaats": "Sneek"}
    first, again = make(None, None, 3, **coa, email="a@b.nl"), make(None, None, 4, **coa)
    other = make(None, None, 5, **coa, ter_attentie_van="mw. F. Voorbeeld")
    (problem,) = check(first, again, other, complete=False)
    assert (problem.key, problem.found) == ("LRT628.brieven", "cel A3 en cel A4")


def test_an_empty_list_is_told():
    assert [problem.code for problem in check(complete=False)] == ["LRT625"]


def test_recipients_are_read_only_once():
    assert check_ontvangers(iter(ALL), REGISTER, "a.xlsx", complete=True).problems == []


def test_a_list_that_is_wrong_throughout_is_told_briefly():
    problems = check(*[make("GM9999", "x", row) for row in range(2, 1002)], complete=False)
    unknown = [problem for problem in problems if problem.code == "LRT626"]
    assert len(unknown) == 21
    assert "nog 979 keer verderop" in unknown[-1].message


def test_a_gemeente_with_an_unknown_code_is_not_missing_as_well():
    problems = check(make("GM9999", "Bergen (NH.)"), *ALL[1:])
    assert [problem.code for problem in problems] == ["LRT626"]


@pytest.mark.parametrize(
    ("adres", "postcode", "kix"),
    [
        ("Antwoordnummer 80430", "2130 VA", "2130VA80430"),
        ("Havendijk 156-2", "1231 GF", "1231GF156X2"),
        ("Havendijk 13 hs", "1231FZ", "1231FZ13XHS"),
        ("Kerkstraat 12A", "1234 AB", "1234AB12XA"),
        ("Kerkstraat 12 A-2", "1234 AB", "1234AB12XA2"),
        ("2e Kostverlorenkade 14 III", "1234 AB", "1234AB14XIII"),
        ("Gebouw De Stuurgroep\nKerkstraat 7", "1234 AB", "1234AB7"),
        *((street, "1234 AB", None) for street in ("Kerkstraat", "Plein 1945 12", "Weg 1 t/m 3")),
        *((street, "1234 AB", None) for street in ("Kerkstraat 12, 2e etage", "A 1\nB 2", "")),
        ("Rijksweg 123", "123 AB", None),
    ],
)
def test_a_kix_is_made_only_where_the_number_is_sure(adres, postcode, kix):
    ontvanger = Ontvanger(Place("x"), naam="J", adres=adres, postcode=postcode)
    assert ontvanger.kix == kix
    assert replace(ontvanger, land="België").kix is None
