"""Bodies of government and addresses abroad in a list of recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sheet_making import save

from lrtdocs.documents.letters import letter_words
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import Ontvanger, check_ontvangers
from lrtdocs.source.lists.countries import guess_land, name_land
from lrtdocs.source.lists.recipients import open_recipients
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem

REGISTER = load_register()
MAILING = Mailing.model_validate({"sjabloon": "brief", "ontvangers": "a.xlsx", "tekst": "x"})
TIEL = {"adres": "Postbus 1", "postcode": "4001 AB", "plaats": "Tiel"}


def read(folder: Path, *, gemeenten: bool = False, **cells: str) -> tuple[Ontvanger, list[Problem]]:
    row = {**TIEL, **cells}
    found = open_recipients(save(folder, [*row], [*row.values()]), REGISTER, gemeenten=gemeenten)
    (ontvanger,) = found
    problems = check_ontvangers(found, REGISTER, "a.xlsx", complete=False).problems
    return ontvanger, [*found.problems, *problems]


def aanhef(ontvanger: Ontvanger) -> object:
    return letter_words(ontvanger, 1, None, None, MAILING)["aanhef"]


def keys(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.key, problem.place.cell) for problem in problems]


def test_a_waterschap_gets_its_letter_as_a_body(tmp_path: Path):
    ontvanger, problems = read(tmp_path, naam="Waterschap Rivierenland")
    assert ontvanger.adresregels[:2] == ("Het dagelijks bestuur", "van Waterschap Rivierenland")
    assert (aanhef(ontvanger), problems) == ("Geacht bestuur,", [])


def test_a_waterschap_may_be_given_by_its_code_alone(tmp_path: Path):
    ontvanger, problems = read(tmp_path, code="WS09")
    assert (ontvanger.naam, ontvanger.code) == ("Waterschap Rivierenland", None)
    assert problems == []


def test_a_department_of_a_body_and_a_person_there_stand_below_it(tmp_path: Path):
    parts = {"geslacht": "v", "voorletters": "A.", "achternaam": "Bos"}
    ontvanger, problems = read(tmp_path, naam="COA", afdeling="Locaties", **parts)
    assert ontvanger.adresregels[:4] == (
        "Het bestuur",
        "van het Centraal Orgaan opvang asielzoekers",
        "Locaties",
        "t.a.v. mevrouw A. Bos",
    )
    assert (aanhef(ontvanger), problems) == ("Geacht bestuur,", [])


def test_a_body_in_the_column_of_organisations_stays_as_it_was_typed(tmp_path: Path):
    ontvanger, problems = read(tmp_path, organisatie="Waterschap Rivierenland")
    assert ontvanger.adresregels[0] == "Waterschap Rivierenland"
    assert keys(problems) == [("LRT627.naam", "D2")]
    _, problems = read(tmp_path, organisatie="Waterschap Rivierenland", afdeling="Keur")
    assert problems == []


def test_a_name_of_a_gemeente_and_a_province_is_told_with_both(tmp_path: Path):
    _, (problem,) = read(tmp_path, naam="Utrecht", postcode="3508 TH", plaats="Utrecht")
    assert "de hele naam: 'Gemeente Utrecht' of 'Provincie Utrecht'." in problem.remedy
    ontvanger, problems = read(
        tmp_path, naam="Provincie Utrecht", postcode="3508 TH", plaats="Utrecht"
    )
    assert (ontvanger.adresregels[0], problems) == ("Gedeputeerde staten van Utrecht", [])


def test_a_public_body_in_the_caribbean_needs_no_postcode_and_gets_its_country(tmp_path: Path):
    cells = {"naam": "Openbaar lichaam Bonaire", "adres": "Plaza 1"}
    ontvanger, problems = read(tmp_path, **cells, postcode="", plaats="Kralendijk")
    assert ontvanger.adresregels == (
        "Het bestuurscollege",
        "van het openbaar lichaam Bonaire",
        "Plaza 1",
        "KRALENDIJK",
        "BONAIRE, CARIBISCH NEDERLAND",
    )
    assert (aanhef(ontvanger), problems) == ("Geacht college,", [])


def test_its_name_alone_is_enough_in_a_list_of_gemeenten(tmp_path: Path):
    cells = {"postcode": "", "plaats": "Oranjestad"}
    ontvanger, problems = read(tmp_path, gemeente="Sint Eustatius", **cells)
    assert ontvanger.adresregels[1] == "van het openbaar lichaam Sint Eustatius"
    assert problems == []
    somebody, _ = read(tmp_path, naam="Saba", **cells)
    assert somebody.adresregels[0] == "Saba"


def test_a_taakstelling_is_not_for_it(tmp_path: Path):
    cells = {"gemeente": "Bonaire", "land": "Caribisch Nederland", "postcode": ""}
    ontvanger, _ = read(tmp_path, gemeenten=True, **cells)
    assert ontvanger.lichaam is None
    problems = check_ontvangers([ontvanger], REGISTER, "a.xlsx", complete=True).problems
    assert [problem.key for problem in problems][:1] == ["LRT662.naam"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"naam": "Waterschap Riverenland"}, [("LRT671.bijna", "D2")]),
        ({"naam": "Waterschap Groot Salland"}, [("LRT671.geen", "D2")]),
        ({"naam": "Ministerie van Magie"}, []),
        ({"naam": "Waterschap Limburg", "code": "WS09"}, [("LRT671.code", "D2")]),
        ({"naam": "Waterschap Limburg", "aanhef": "Geachte heer De Vries,"},
         [("LRT663.persoon", "E2")]),
        ({"naam": "J. Bos", "land": "Duitland", "postcode": "48143"}, [("LRT672.land", "E2")]),
        ({"naam": "J. Bos", "land": "België"}, [("LRT672.postcode", "B2")]),
        ({"naam": "Openbaar lichaam Saba"}, [("LRT672.postcode", "B2")]),
        ({"naam": "J. Bos", "land": "Nederland"}, []),
        ({"naam": "J. Bos", "land": "Utopia", "postcode": "1234"}, []),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_at_its_cell(
    tmp_path: Path, cells: dict[str, str], told: list[tuple[str, str | None]]
):
    _, problems = read(tmp_path, **cells)
    assert keys(problems) == told


@pytest.mark.parametrize("land", ["BE", "België", "Belgie", "belgium", "BEL", "Belgique"])
def test_a_country_is_printed_in_one_way(tmp_path: Path, land: str):
    cells = {"naam": "J. Bos", "postcode": "2000", "plaats": "Antwerpen", "land": land}
    ontvanger, problems = read(tmp_path, **cells)
    assert ontvanger.adresregels == ("J. Bos", "Postbus 1", "2000  ANTWERPEN", "BELGIË")
    assert problems == []


@pytest.mark.parametrize("land", ["Nederland", "NL", "nld", "The Netherlands", "nederland"])
def test_the_netherlands_are_not_printed(tmp_path: Path, land: str):
    ontvanger, _ = read(tmp_path, naam="J. Bos", land=land, postcode="4001ab")
    assert ontvanger.adresregels[-1] == "4001 AB  TIEL"


def test_a_postcode_abroad_stays_as_it_was_typed(tmp_path: Path):
    cells = {"naam": "J. Bos", "postcode": "sw1a 1aa", "plaats": "Londen", "land": "Engeland"}
    ontvanger, _ = read(tmp_path, **cells)
    assert ontvanger.adresregels[2:] == ("sw1a 1aa  LONDEN", "VERENIGD KONINKRIJK")


def test_the_countries_have_their_own_names():
    told = ("Suriname", "Curaçao", "Duitsland", "USA", "TR", "Caribbean Netherlands", "Bonaire")
    assert [name_land(text) for text in told] == [
        *("Suriname", "Curaçao", "Duitsland", "Verenigde Staten", "Turkije"),
        *("Caribisch Nederland", "Bonaire, Caribisch Nederland"),
    ]
    assert (name_land("Utopia"), guess_land("Utopia"), guess_land("Belgi")) == (None, "", "België")
