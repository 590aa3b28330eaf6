"""Lists of people whose names stand in parts: who a row makes, and what is told at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_making import save

from lrtdocs.documents.letters import letter_words
from lrtdocs.model.mailing import Mailing
from lrtdocs.source.lists.recipients import open_recipients
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Problem

REGISTER = load_register()
MAILING = Mailing.model_validate({"sjabloon": "brief", "ontvangers": "a.xlsx", "tekst": "x"})
ADDRESS = {"adres": "Kade 1", "postcode": "9401 AB", "plaats": "Assen"}
VRIES = {"geslacht": "m", "voorletters": "J.", "voorvoegsel": "de", "achternaam": "Vries"}


def read(folder: Path, **cells: str) -> tuple[Words, list[Problem]]:
    """Return the words of a letter to the only row of a list, and what is told of it."""
    row = {**cells, **ADDRESS}
    found = open_recipients(save(folder, [*row], [*row.values()]), REGISTER)
    (ontvanger,) = found
    return letter_words(ontvanger, 1, None, None, MAILING), found.problems


def lines(words: Words) -> list[str]:
    """Return who the letter is to: the lines above street and town."""
    block = words["ontvanger"]
    assert isinstance(block, dict)
    return list(block["adresregels"][:-2])


def keys(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.key, problem.place.cell) for problem in problems]


def test_name_and_salutation_are_made_of_the_parts(tmp_path: Path):
    words, problems = read(tmp_path, **VRIES, titel="drs")
    assert problems == []
    assert lines(words) == ["De heer drs. J. de Vries"]
    assert words["aanhef"] == "Geachte heer De Vries,"
    assert words["naam"] == words["aanschrijfnaam"] == "drs. J. de Vries"
    assert words["naam_in_tekst"] == "de heer De Vries"


@pytest.mark.parametrize(
    ("sex", "name"), [("m", "Mr De Vries"), ("v", "Ms De Vries"), ("x", "J. de Vries")]
)
def test_in_english_a_name_within_a_sentence_is_in_english(tmp_path: Path, sex: str, name: str):
    words, _ = read(tmp_path, **{**VRIES, "geslacht": sex}, taal="en")
    assert words["naam_in_tekst"] == name


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, True),
        ({"titel": "drs."}, True),
        ({"voorletters": "J."}, False),
        ({"geslacht": "m"}, False),
        ({"aanhef": "Geachte heer of mevrouw Jansen,"}, False),
        ({"gemeente": "Assen"}, False),
    ],
)
def test_a_salutation_of_nothing_but_a_surname_is_told(
    tmp_path: Path, cells: dict[str, str], *, told: bool
):
    words, problems = read(tmp_path, achternaam="Jansen", **cells)
    assert (words["aanhef"] == "Geachte Jansen,") is told
    assert ("LRT670.kaal" in [problem.key for problem in problems]) is told


def test_the_columns_of_the_parts_stay_words_as_they_were_typed(tmp_path: Path):
    words, _ = read(tmp_path, **{**VRIES, "voorletters": "JP"})
    assert (words["voorletters"], words["voorvoegsel"]) == ("JP", "de")
    assert words["aanschrijfnaam"] == "J.P. de Vries"


@pytest.mark.parametrize(
    "headings",
    [
        ("Geslacht", "Initialen", "Tussenvoegsel", "Achternaam"),
        ("M/V", "Voorletters", "Voorvoegsel", "Geslachtsnaam"),
        ("Dhr/mw", "Voor letters", "Tussenvoegsels", "Familienaam"),
        ("Sekse", "Voornaam", "Voorvoegsels", "ACHTERNAAM"),
    ],
)
def test_the_parts_go_by_the_headings_that_people_use(tmp_path: Path, headings: tuple[str, ...]):
    words, problems = read(tmp_path, **dict(zip(headings, VRIES.values(), strict=True)))
    assert problems == []
    assert words["aanhef"] == "Geachte heer De Vries,"
    assert lines(words) == ["De heer J. de Vries"]


@pytest.mark.parametrize(
    ("parts", "who"),
    [
        ({"achternaam": "Berg, van den"}, "J. van den Berg"),
        ({"achternaam": "de Vries", "voorvoegsel": "de"}, "J. de Vries"),
        ({"achternaam": "de Vries"}, "J. de Vries"),
        ({"voorletters": "jp", "achternaam": "Vries"}, "J.P. Vries"),
        ({"voorletters": "", "voornamen": "Jan Piet", "achternaam": "Vries"}, "J.P. Vries"),
        ({"achternaam": "Vries", "titel_voor": "mr dr", "titel_achter": "llm"},
         "Mr. dr. J. Vries LLM"),
        ({"achternaam": "Vries", "titel_voor": "de heer drs"}, "De heer drs. J. Vries"),
        ({"achternaam": "Vries", "aanspreekvorm": "Mevrouw"}, "Mevrouw J. Vries"),
        ({"achternaam": "Ancona", "voorvoegsel": "d'"}, "J. d'Ancona"),
        ({"achternaam": "Vries", "aanhef": "de heer"}, "De heer J. Vries"),
    ],
)  # fmt: skip
def test_what_is_sure_is_mended_in_silence(tmp_path: Path, parts: dict[str, str], who: str):
    words, problems = read(tmp_path, **{"voorletters": "J.", **parts})
    assert (lines(words), problems) == ([who], [])


def test_a_line_above_the_name_may_be_in_the_list(tmp_path: Path):
    words, problems = read(tmp_path, **VRIES, aanspreekvorm="de hoogedelachtbare heer")
    assert lines(words) == ["De hoogedelachtbare heer", "J. de Vries"]
    assert problems == []


def test_somebody_at_an_organisation_has_the_letter_for_attention(tmp_path: Path):
    words, problems = read(tmp_path, organisatie="Stichting De Kade", **VRIES)
    assert lines(words) == ["Stichting De Kade", "t.a.v. de heer J. de Vries"]
    assert words["aanhef"] == "Geachte heer De Vries,"
    assert problems == []


def test_an_organisation_without_a_person_is_no_person(tmp_path: Path):
    words, problems = read(tmp_path, organisatie="Stichting De Kade", voorletters="", achternaam="")
    assert lines(words) == ["Stichting De Kade"]
    assert words["aanhef"] == "Geachte heer, mevrouw,"
    assert (words["aanschrijfnaam"], words["naam_in_tekst"], problems) == (None, None, [])


def test_a_person_at_a_gemeente_reads_a_letter_to_its_college(tmp_path: Path):
    words, _ = read(tmp_path, gemeente="Assen", **VRIES)
    assert lines(words)[-1] == "t.a.v. de heer J. de Vries"
    assert lines(words)[0] == "Het college van burgemeester en wethouders"


def test_a_name_in_one_cell_is_never_taken_apart(tmp_path: Path):
    words, problems = read(tmp_path, naam="Dhr. J. de Vries", geslacht="v")
    assert (lines(words), words["aanhef"]) == (["Dhr. J. de Vries"], "Geachte heer, mevrouw,")
    assert words["naam_in_tekst"] is None
    assert problems == []


def test_who_is_called_as_a_gemeente_elsewhere_is_a_person(tmp_path: Path):
    words, problems = read(tmp_path, geslacht="x", achternaam="Maastricht")
    assert (lines(words), keys(problems)) == (["Maastricht"], [("LRT670.kaal", "B2")])


def test_a_person_for_whose_attention_it_is_begins_the_letter(tmp_path: Path):
    cells = {"organisatie": "Stichting De Kade", "t.a.v.": "Jan de Vries"}
    words, problems = read(tmp_path, **cells, **VRIES)
    assert lines(words) == ["Stichting De Kade", "t.a.v. Jan de Vries"]
    assert (words["aanhef"], problems) == ("Geachte heer De Vries,", [])


def test_letters_of_the_brp_are_no_yes_and_no(tmp_path: Path):
    heading = ["achternaam", "naamgebruik", "achternaam partner", *ADDRESS]
    uses = ("N", "N", "N", "E")
    rows = [[f"Vries{at}", use, "Bos", *ADDRESS.values()] for at, use in enumerate(uses)]
    found = open_recipients(save(tmp_path, heading, *rows), REGISTER)
    assert [problem.key for problem in found.problems if problem.code == "LRT665"] == []


def test_the_whole_name_beside_the_parts_is_printed_as_it_was_typed(tmp_path: Path):
    words, problems = read(tmp_path, naam="Jan de Vries", **VRIES)
    assert (lines(words), words["aanhef"]) == (["Jan de Vries"], "Geachte heer De Vries,")
    assert problems == []


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"geslacht": "q", "achternaam": "Vries"}, [("LRT670.geslacht", "A2")]),
        ({"geslacht": "m", "aanspreekvorm": "mw.", "achternaam": "Vries"},
         [("LRT670.anders", "B2")]),
        ({"geslacht": "m", "achternaam": "Vries", "titel": "drss"}, [("LRT670.titulatuur", "C2")]),
        ({"achternaam": "Vries", "titel achter": "Ridder"}, [("LRT670.titulatuur", "B2")]),
        ({"achternaam": "Vries", "predicaat": "burggraaf"}, [("LRT670.adel", "B2")]),
        ({"achternaam": "Vries", "predicaat": "baron"}, [("LRT670.adel_zonder", "B2")]),
        ({"achternaam": "Vries", "naamgebruik": "gehuwd"}, [("LRT670.naamgebruik", "B2")]),
        ({"achternaam": "Vries", "naamgebruik": "V"}, [("LRT670.partner", "B2")]),
        ({"voorvoegsel": "v.d.", "achternaam": "Berg"}, [("LRT670.kort", "A2")]),
        ({"organisatie": "De Kade", "achternaam": "", "aanhef": "mevrouw"},
         [("LRT663.geen", "C2")]),
        ({"voorletters": "Jan", "achternaam": "Vries"}, [("LRT670.voorletters", "A2")]),
        ({"achternaam": "Vries, J. de"}, [("LRT670.meer", "A2")]),
        ({"achternaam": "J. de Vries"}, [("LRT670.meer", "A2")]),
        ({"voorletters": "J.", "achternaam": ""}, [("LRT670.achternaam", "A2")]),
        ({"voorletters": "", "achternaam": "", "email": "a@b.nl"}, [("LRT621", "C2")]),
        ({"naam": "De Kade", "achternaam": "Vries"}, [("LRT670.twee", "A2")]),
        ({"ter attentie van": "dhr. Bos", "achternaam": "Vries"}, [("LRT670.twee", "A2")]),
        ({"naam": "Vries", "voorletters": "J."}, [("LRT670.los", "A2")]),
        ({"naam": "J. de Vries", "tussenvoegsel": "de", "voorletters": "J."}, []),
        ({"achternaam": "Vries", "tussenvoesel": "de"}, [("LRT603", "B1")]),
        ({"achternaam": "Vries", "geslachtsnaam": "Bos"}, [("LRT602.betekenis", "B1")]),
        ({"geslacht": "x", "achternaam": "Vries", "aanhef": "Geachte heer Vries,"},
         [("LRT670.aanhef", "C2")]),
        ({"geslacht": "", "achternaam": "Vries", "aanhef": "Geachte heer Vries,"}, []),
        ({"geslacht": "v", "achternaam": "Vries", "aanhef": "Geachte heer Vries,"},
         [("LRT663.persoon", "C2")]),
        ({"geslacht": "v", "achternaam": "Vries", "aanhef": "Geachte mevrouw Bos,"},
         [("LRT663.persoon", "C2")]),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_told_at_its_cell(
    tmp_path: Path, parts: dict[str, str], told: list[tuple[str, str | None]]
):
    _, problems = read(tmp_path, **parts)
    assert [each for each in keys(problems) if each[0] != "LRT670.kaal"] == told


def test_a_partner_name_that_is_missing_gives_the_own_name(tmp_path: Path):
    words, _ = read(tmp_path, **VRIES, naamgebruik="partner")
    assert words["aanhef"] == "Geachte heer De Vries,"


_UNKNOWN = st.sampled_from(["", "x", "X", "o", "onbekend", "anders", "-", "n.v.t."])


@settings(deadline=None, max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "geslacht": _UNKNOWN,
            "voorletters": st.sampled_from(["", "J.", "jp", "Jan"]),
            "voorvoegsel": st.sampled_from(["", "de", "van den"]),
            "achternaam": st.sampled_from(["Vries", "Berg, van den", "IJssel"]),
            "titel": st.sampled_from(["", "drs.", "jhr.", "prof dr"]),
            "predicaat": st.sampled_from(["", "baron", "jonkvrouw", "ridder", "prins", "G"]),
            "naamgebruik": st.sampled_from(["", "E", "P", "V", "N"]),
            "achternaam partner": st.sampled_from(["", "Jansen"]),
            "predicaat partner": st.sampled_from(["", "graaf"]),
            "organisatie": st.sampled_from(["", "Stichting De Kade"]),
        }
    )
)
def test_unknown_sex_never_gives_heer_or_mevrouw_in_a_letter(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[str, str]
):
    said: list[object] = []
    for taal in ("nl", "en"):
        words, _ = read(tmp_path_factory.mktemp("x"), **cells, taal=taal)
        said += [*lines(words), words["aanhef"], words["naam_in_tekst"], words["aanschrijfnaam"]]
    printed = " ".join(map(str, said)).lower().replace(",", " ").split()
    assert not {"heer", "mevrouw", "meneer", "vrouwe", "dhr.", "mw.", "mr", "ms", "mrs"} & {
        *printed
    }
