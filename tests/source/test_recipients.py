from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import example_addresses
import openpyxl
import pytest
from sheet_making import save

from lrtdocs.errors import Problem, Severity, has_errors
from lrtdocs.model.mailing import Kolomsoort
from lrtdocs.model.ontvanger import Ontvanger, check_ontvangers
from lrtdocs.shipped import examples_folder
from lrtdocs.source.lists.recipients import open_recipients
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = load_register()


def read(folder: Path, *rows: list[Any], **how: bool) -> tuple[list[Ontvanger], list[Problem]]:
    """Return what is read, but that all have the address of Assen."""
    found = open_recipients(save(folder, *rows), REGISTER, **how)
    problems = [problem for problem in found.problems if not problem.key.startswith("LRT664.ver")]
    return list(found), problems


def told(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.place.cell) for problem in problems]


HEADINGS = ["code", "gemeente", "postbus", "postcode", "plaats"]
ASSEN = ["GM0106", "Assen", "Postbus 1", "9401 AB", "Assen"]


def test_a_row_becomes_a_recipient(tmp_path: Path):
    (assen,), problems = read(tmp_path, HEADINGS, ASSEN)
    assert problems == []
    assert assen.adresregels == (
        "Het college van burgemeester en wethouders",
        "van de gemeente Assen",
        "Postbus 1",
        "9401 AB  ASSEN",
    )
    assert str(assen.plaats_in_bestand).endswith("a.xlsx!A2")


@pytest.mark.parametrize(
    ("headings", "field"),
    [
        (["Gemeentecode"], "code"),
        (["CBS-code "], "code"),
        (["GEMEENTENAAM"], "naam"),
        (["T.a.v."], "ter_attentie_van"),
        (["Ter attentie van"], "ter_attentie_van"),
        (["Woonplaats"], "plaats"),
        (["Uw kenmerk"], "uw_referentie"),
        (["E-mail"], "email"),
        (["Adresregel 1"], "adres"),
        (["Straat"], "adres"),
        (["Post bus"], "adres"),
        (["POST-BUS"], "adres"),
        (["Ge meente"], "naam"),
        (["UwReferentie"], "uw_referentie"),
        (["uw.referentie"], "uw_referentie"),
        (["Ter_Attentie_Van"], "ter_attentie_van"),
        (["TerAttentieVan"], "ter_attentie_van"),
    ],
)
def test_a_column_goes_by_many_names(tmp_path: Path, headings: list[str], field: str):
    table = open_recipients(save(tmp_path, headings, ["x"]))
    assert table.columns == (field,)


def test_other_columns_become_words(tmp_path: Path):
    (assen,), _ = read(tmp_path, [*HEADINGS, "Naam wethouder", "Crème-kleur"], [*ASSEN, "A", 3])
    assert assen.extra == {"naam_wethouder": "A", "creme_kleur": "3"}


@pytest.mark.parametrize(
    ("code", "naam", "expected"),
    [
        (106, "Assen", ("GM0106", "Assen")),
        ("0106", None, ("GM0106", "Assen")),
        ("gm0106 ", "ASSEN", ("GM0106", "Assen")),
        (None, "gemeente Sudwest Fryslan", ("GM1900", "Súdwest-Fryslân")),
        (None, "Bergen (NH)", ("GM0373", "Bergen (NH.)")),
        ("GM0518", "Den Haag", ("GM0518", "Den Haag")),
    ],
)
def test_code_and_name_complete_each_other(
    tmp_path: Path, code: object, naam: str | None, expected: tuple[str, str]
):
    (found,), problems = read(tmp_path, HEADINGS, [code, naam, *ASSEN[2:]])
    assert (found.code, found.naam) == expected
    assert problems == []


def test_a_name_alone_is_a_gemeente_only_where_the_list_says_so(tmp_path: Path):
    rows = ["naam", "adres", "postcode", "plaats"], ["Utrecht", "Plein 1", "3511 AB", "Utrecht"]
    assert read(tmp_path, *rows)[0][0].code is None
    assert read(tmp_path, *rows, gemeenten=True)[0][0].code == "GM0344"


def test_what_is_sure_is_mended(tmp_path: Path):
    headings = ["naam", "straat", "huisnummer", "toevoeging", "postcode", "plaats", "land"]
    (one,), problems = read(
        tmp_path, headings, ["A", "Plein", 12, "bis", "1234ab", "Ede\u00a0", "Nederland"]
    )
    assert one.adresregels == ("A", "Plein 12 bis", "1234 AB  EDE")
    (two,), problems = read(tmp_path, HEADINGS, [*ASSEN[:2], 20301, *ASSEN[3:]])
    assert two.adres == "Postbus 20301"
    assert problems == []


def test_an_address_abroad_has_its_own_postcode_and_country(tmp_path: Path):
    headings = ["organisatie", "naam", "adres", "postcode", "plaats", "land"]
    (found,), problems = read(
        tmp_path, headings, ["UNHCR", "A", "Rue 1", 1202, "Genève", "Zwitserland"]
    )
    assert problems == []
    assert found.adresregels == ("UNHCR", "A", "Rue 1", "1202  GENÈVE", "ZWITSERLAND")


def test_every_part_that_is_missing_or_wrong_is_told_at_its_cell(tmp_path: Path):
    ontvangers, problems = read(
        tmp_path,
        HEADINGS,
        ["GM0106", "Assen", None, "9401", "Assen"],
        ["GM0034", "Almere", "#N/A", "1300 AB", None],
        [None, None, "Postbus 1", "6710 AB", "Ede"],
        ["abc", "Ede", "Postbus 1", "6710 AB", "Ede"],
        ["GM0228", "Ede"],
    )
    assert len(ontvangers) == 5
    assert told(problems) == [
        ("LRT620", "D2"),
        ("LRT621", "A2"),
        ("LRT606", "C3"),
        ("LRT621", "A3"),
        ("LRT621", "C4"),
        ("LRT624", "A5"),
        ("LRT621", "A6"),
    ]
    assert "de naam" in problems[4].message
    assert "het hele adres" in problems[6].message


def test_a_missing_column_is_told_once_and_no_addresses_at_all_is_a_warning(tmp_path: Path):
    _, problems = read(tmp_path, ["naam", "adres", "Postkode", "plaats"], ["a", "b", "c", "d"])
    assert told(problems) == [("LRT603", "C1"), ("LRT604", "A1")]
    _, (problem,) = read(tmp_path, ["naam", "kleur"], ["a", "b"], ["c", "d"])
    assert (problem.code, problem.severity) == ("LRT604", Severity.WARNING)


def test_a_row_with_only_a_note_is_told_and_left_out(tmp_path: Path):
    rows = [HEADINGS, ASSEN, [], ["* stand 1 maart"], [None, None, "bron: CBS"], ["Totaal 1"]]
    ontvangers, problems = read(tmp_path, *rows)
    assert len(ontvangers) == 1
    assert told(problems) == [("LRT611", "A4"), ("LRT611", "C5"), ("LRT611", "A6")]
    assert not has_errors(problems)


@pytest.mark.parametrize(
    "row",
    [
        [None, "Provincie Groningen"],
        ["Regio Noord"],
        ["Drenthe"],
        [None, "Gelderland"],
        ["Bron: CBS"],
        ["Bron:", "CBS, 1 januari 2025"],
        ["(CBS)", "(naam)", "(post)", "(1234 AB)", "(plaats)"],
        ["* voorlopige cijfers"],
    ],
)
def test_a_row_between_the_recipients_is_told_once(tmp_path: Path, row: list[Any]):
    ontvangers, (problem,) = read(tmp_path, HEADINGS, row, ASSEN)
    assert (len(ontvangers), problem.key) == (1, "LRT611.rij")
    assert problem.place.cell == ("B2" if row[0] is None else "A2")


def test_a_total_is_no_recipient_and_is_held_to_the_sum_of_each_column(tmp_path: Path):
    ede = ["GM0228", "Ede", "Postbus 2", "6710 AA", "Ede"]
    rows = [[*HEADINGS, "aantal", "bedrag", "deel"], [*ASSEN, 10, "€ 1.000,-", "40%"]]
    rows += [[*ede, "n.v.t.", "12,50", "60%"]]
    for last, told_of in (
        (["Totaal", None, None, None, None, 10, "€ 1.012,50", "100%"], []),
        (["Totaal", None, None, None, None, 11, 1013.5, "90%"], ["F4", "G4"]),
        ([None, "Eindtotaal van alle gemeenten", None, None, None, 11], ["F4"]),
    ):
        ontvangers, problems = read(tmp_path, *rows, last)
        assert len(ontvangers) == 2
        assert told(problems) == [("LRT657", cell) for cell in told_of]
    assert (problems[0].found, problems[0].expected) == ("11", "10")


def test_an_average_below_a_column_is_no_sum(tmp_path: Path):
    rows: list[list[Any]] = [["naam", "plekken", "duur", "tarief per uur"]]
    rows += [["a", 1, 3, 80], ["b", 3, 4, 90], ["c", 2, 3, 100], ["Totaal", 6, 3.3, 91.7]]
    _, problems = read(tmp_path, *rows)
    assert "LRT657" not in {problem.code for problem in problems}
    _, problems = read(tmp_path, *rows[:-1], ["Totaal", 6, 9, 91.7])
    assert [p.place.cell for p in problems if p.code == "LRT657"] == ["C5"]


def test_a_list_without_names_is_told_once(tmp_path: Path):
    _, problems = read(
        tmp_path, ["adres", "postcode", "plaats"], *[["Weg 1", "6710 AA", "Ede"]] * 3
    )
    assert [problem.code for problem in problems if problem.severity == "fout"] == ["LRT604"]


def test_subtotals_are_of_the_rows_since_the_one_before(tmp_path: Path):
    rows: list[list[Any]] = [["naam", "aantal", "x"], ["Nederland", 6]]
    rows += [["a", 1, "y"], ["b", 2, "y"], ["Subtotaal", 3], ["c", 3, "y"], ["Subtotaal", 3]]
    ontvangers, problems = read(tmp_path, *rows, ["Totaal", 6])
    assert [ontvanger.naam for ontvanger in ontvangers] == ["a", "b", "c"]
    assert "LRT657" not in {problem.code for problem in problems}


def test_a_recipient_whose_name_begins_like_a_total_is_one(tmp_path: Path):
    rows = [
        ["Totaal Wonen BV", "Straat 1", "1234 AB", "Ede", 3],
        ["Som", "Weg 1", "1234 AC", "X", 1],
    ]
    found, problems = read(tmp_path, ["organisatie", "adres", "postcode", "plaats", "n"], *rows)
    assert [one.organisatie for one in found] == ["Totaal Wonen BV", "Som"]
    assert problems == []
    found, _ = read(tmp_path, ["organisatie", "n", "x"], ["Totaal Wonen BV", None, "a"])
    assert len(found) == 1
    found, problems = read(tmp_path, ["organisatie", "n", "x"], ["Totaal Wonen BV", 1, 2])
    assert ("LRT611", "A2") in told(problems)


@pytest.mark.parametrize("name", ["Samen voor Ede", "Nederland van Morgen", "Som", "Totaal Zorg"])
def test_who_has_no_address_but_a_name_like_a_total_is_told(tmp_path: Path, name: str):
    headings = ["naam", "email", "adres", "postcode", "plaats"]
    others = ["Jan", "a@b.nl", "Straat 1", "1234 AB", "Ede"]
    found, problems = read(tmp_path, headings, [name, "info2@samen.nl", None, None, None], others)
    assert [one.naam for one in found] == [name, "Jan"]
    assert ("LRT621", "A2") in told(problems)


def test_merged_provinces_beside_the_names_are_only_a_warning(tmp_path: Path):
    ede = ["GM0228", "Ede", "Postbus 2", "6710 AA", "Ede"]
    path = save(tmp_path, [*HEADINGS, "provincie"], [*ASSEN, "Drenthe"], [*ede, None])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("F2:F3")
    book.save(path)
    found = open_recipients(path, REGISTER)
    assert [problem.key for problem in found.problems] == ["LRT607.kolom"]


@pytest.mark.parametrize("text", ["n.v.t.", "-", "–", "NVT"])
def test_where_a_column_is_a_number_what_says_that_there_is_none_is_empty(
    tmp_path: Path, text: str
):
    kolommen = {"bedrag": Kolomsoort(soort="bedrag")}
    path = save(tmp_path, [*HEADINGS, "bedrag"], [*ASSEN, text])
    found = open_recipients(path, REGISTER, kolommen=kolommen)
    (assen,) = found
    assert (assen.extra["bedrag"], assen.extra["bedrag"].meaning, found.problems) == (
        text,
        None,
        [],
    )


def test_a_row_with_only_the_name_of_a_gemeente_is_not_a_note(tmp_path: Path):
    ontvangers, problems = read(tmp_path, HEADINGS, [None, "Ede"])
    assert ontvangers[0].code == "GM0228"
    assert told(problems) == [("LRT621", "B2")]


def test_a_phone_number_gets_its_zero_back(tmp_path: Path):
    (found,), problems = read(tmp_path, [*HEADINGS, "telefoon"], [*ASSEN, 703706124])
    assert found.extra == {"telefoon": "0703706124"}
    assert told(problems) == [("LRT622", "F2")]


def test_an_email_address_that_is_none_is_a_warning(tmp_path: Path):
    _, (problem,) = read(tmp_path, [*HEADINGS, "e-mail"], [*ASSEN, "a at b"])
    assert (problem.code, problem.place.cell, problem.severity) == (
        "LRT623",
        "F2",
        Severity.WARNING,
    )


def test_a_number_that_is_none_is_told_at_its_cell_and_only_in_a_taakstelling(tmp_path: Path):
    rows = [[*HEADINGS, "achterstand"], [*ASSEN, "veel"]]
    (assen,), problems = read(tmp_path, *rows, gemeenten=True)
    assert (assen.extra, told(problems)) == ({"achterstand": ""}, [("LRT652", "F2")])
    (assen,), problems = read(tmp_path, *rows)
    assert (assen.extra, problems) == ({"achterstand": "veel"}, [])


def test_a_wrong_code_beside_a_known_name_is_told_once_with_the_right_code(tmp_path: Path):
    (assen,), problems = read(tmp_path, HEADINGS, ["GM106x", *ASSEN[1:]])
    assert (assen.code, told(problems)) == ("GM0106", [("LRT624", "A2")])
    assert "GM0106" in problems[0].remedy


@pytest.mark.parametrize(
    ("naam", "key", "expected"),
    [
        ("VNG", "LRT627.brief", ""),
        ("Asen", "LRT627.brief", "misschien Asten (GM0743) of Assen (GM0106)"),
        ("Bergen", "LRT627.meer", "Bergen (NH.) (GM0373) of Bergen (L.) (GM0893)"),
        ("Haren", "LRT660.opgegaan", "Groningen (GM0014)"),
        ("gemeente Uden", "LRT660.opgegaan", "Maashorst (GM1991)"),
        ("De Friese Meren", "LRT660.naam", "De Fryske Marren (GM1940)"),
        ("Maasdonk", "LRT660.verdeeld", "een van die gemeenten"),
        ("Drenthe", "LRT661.naam", "'Provincie Drenthe'"),
    ],
)
def test_a_name_under_gemeente_that_is_not_one_is_told_with_what_it_may_be(
    tmp_path: Path, naam: str, key: str, expected: str
):
    (one,), (problem,) = read(tmp_path, HEADINGS[1:], [naam, *ASSEN[2:]])
    assert (one.code, problem.key, problem.place.cell) == (None, key, "A2")
    assert problem.expected == expected
    warned = problem.severity is Severity.WARNING
    assert warned is (key == "LRT627.brief")


@pytest.mark.parametrize(
    ("naam", "line"),
    [
        ("'s-Gravenhage (gemeente)", "van de gemeente 's-Gravenhage"),
        ("gem. Utrecht", "van de gemeente Utrecht"),
        ("gemeente Den Haag", "van de gemeente Den Haag"),
        ("den haag", "van de gemeente 's-Gravenhage"),
        ("GM0228 Ede", "van de gemeente Ede"),
        ("Ede (0228)", "van de gemeente Ede"),
        ("Hengelo (O.)", "van de gemeente Hengelo"),
        ("B&W van Assen", "van de gemeente Assen"),
        ("Provincie Utrecht", "Gedeputeerde staten van Utrecht"),
        ("Gedeputeerde Staten van Groningen", "Gedeputeerde staten van Groningen"),
    ],
)
def test_a_name_is_known_whatever_stands_around_it(tmp_path: Path, naam: str, line: str):
    (one,), problems = read(tmp_path, HEADINGS[1:], [naam, *ASSEN[2:]])
    assert (line in one.adresregels, problems) == (True, [])


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (["code", "provincie"], ["PV26", "Utrecht"]),
        (["provinciecode", "naam"], ["PV26", "Utrecht"]),
        (["code", "gemeente"], ["PV26", "Utrecht"]),
        (["code", "aantal"], ["pv26", 12]),
        (["gemeente", "aantal"], ["PV26 Utrecht", 12]),
        (["provincie", "aantal"], ["Utrecht", 12]),
        (["provincie", "aantal"], ["Provincie Utrecht", 12]),
    ],
)
def test_a_province_is_no_gemeente_of_the_same_name(
    tmp_path: Path, headings: list[str], row: list[Any]
):
    (one,), problems = read(tmp_path, [*headings, *HEADINGS[2:]], [*row, *ASSEN[2:]])
    assert (one.code, one.naam, problems) == ("PV26", "Utrecht", [])
    assert one.adresregels[:2] == ("Gedeputeerde staten van Utrecht", "Postbus 1")
    assert check_ontvangers([one], REGISTER, "a.xlsx", complete=False).problems == []
    refused = check_ontvangers(
        [one], REGISTER.at(REGISTER.peildata[0]), "", complete=True
    ).problems[0]
    assert refused.key == "LRT661.taakstelling"


def test_a_name_of_both_is_asked_where_there_are_provinces(tmp_path: Path):
    rows = [[naam, *ASSEN[2:]] for naam in ("Utrecht", "Provincie Zeeland", "Gemeente Groningen")]
    _, problems = read(tmp_path, HEADINGS[1:], *rows)
    assert [(one.key, one.place.cell) for one in problems] == [("LRT661.allebei", "A2")]
    assert read(tmp_path, HEADINGS[1:], rows[0], rows[2])[1] == []
    _, (problem,) = read(tmp_path, ["soort", *HEADINGS[1:]], ["Provincie", *rows[0]])
    assert (problem.key, problem.place.cell) == ("LRT661.allebei", "B2")


def test_a_code_and_a_name_of_two_provinces_are_told(tmp_path: Path):
    (one,), _ = read(tmp_path, HEADINGS, ["PV26", "Limburg", *ASSEN[2:]])
    (problem,) = check_ontvangers([one], REGISTER, "a.xlsx", complete=False).problems
    assert (problem.key, problem.found) == ("LRT661.code", "Limburg")


def test_no_postcode_is_asked_in_the_caribbean_once_the_country_is_there(tmp_path: Path):
    headings = ["organisatie", "adres", "postcode", "plaats", "land"]
    row = ["Openbaar lichaam Bonaire", "Wilhelminaplein 1", None, "Kralendijk"]
    keys = [one.key for one in read(tmp_path, headings, [*row, None])[1]]
    assert keys == ["LRT662.postcode", "LRT627.naam"]
    (one,), problems = read(tmp_path, headings, [*row, "Caribisch Nederland"])
    assert one.adresregels[-2:] == ("KRALENDIJK", "CARIBISCH NEDERLAND")
    assert [problem.key for problem in problems] == ["LRT627.naam"]


def test_a_salutation_that_is_none_is_warned_of_at_its_cell(tmp_path: Path):
    headings, rows = [*HEADINGS, "aanhef"], ([*ASSEN, "de heer"], [*ASSEN, "Geacht college,"])
    _, problems = read(tmp_path, headings, *rows)
    assert told(problems) == [("LRT663", "F2")]


def test_an_organisation_in_a_list_of_gemeenten_is_no_unclear_gemeente(tmp_path: Path):
    headings = [*HEADINGS[1:], "organisatie"]
    _, problems = read(tmp_path, headings, ["J. de Vries", *ASSEN[2:], "VNG"])
    assert problems == []


def test_the_same_problems_are_found_at_every_reading(tmp_path: Path):
    found = open_recipients(save(tmp_path, HEADINGS, [*ASSEN[:3], "9401", "Assen"]))
    assert len(list(found)) == len(list(found)) == 1
    assert told(found.problems) == [("LRT620", "D2")]


def test_of_a_long_list_the_same_is_told_and_known_as_of_a_short_one(tmp_path: Path):
    lines = [f"A{i};Straat {i};1234 AB;Ede;ja;ja;x" for i in range(1000)]
    lines[700] = "B;Straat;1234;Ede;nee;misschien;x"
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["naam;adres;postcode;plaats;a;b;c", *lines]), encoding="utf-8")
    for gone_through in (False, True):
        found = open_recipients(path)
        ontvangers = list(found) if gone_through else None
        told_at = [(problem.code, problem.place.line) for problem in found.problems]
        assert told_at == [("LRT620", 702), ("LRT665", 702)]
        one = (ontvangers or list(found))[700]
        assert (bool(one.extra["a"]), bool(one.extra["b"])) == (False, True)
        first = (ontvangers or list(found))[0]
        assert (first.extra["a"].meaning, first.extra["b"].meaning) == (True, "ja")


# --- the example


def test_the_example_is_what_its_maker_makes():
    path = examples_folder() / "adressen.xlsx"
    assert path.read_bytes() == example_addresses.make_example(path)


def test_the_example_has_every_gemeente_once_and_says_that_it_is_one():
    found = open_recipients(examples_folder() / "adressen.xlsx", REGISTER)
    ontvangers = list(found)
    assert len(ontvangers) == 342
    assert check_ontvangers(ontvangers, REGISTER, "a", complete=True).problems == []
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("LRT634", Severity.WARNING)
    assert len({(o.postcode, o.adres) for o in ontvangers}) == 342


def test_every_seat_is_of_a_gemeente():
    assert {g.naam for g in REGISTER.gemeenten} >= set(example_addresses.SEATS)


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        (["ja", "nee", "n.v.t.", "nee"], ["E4"]),
        (["J", "N", "nee, nog niet", "n"], ["E4"]),
        (["ja", "nee", "J", "N"], []),
        (["ja", "mooi", "weer", "vandaag"], []),
    ],
)
def test_an_odd_answer_among_yes_and_no_is_told(
    tmp_path: Path, answers: list[str], cells: list[str]
):
    headings = ["naam", "adres", "postcode", "plaats", "akkoord"]
    rows = [[f"A{n}", f"Straat {n}", "1234 AB", "Ede", one] for n, one in enumerate(answers)]
    found, problems = read(tmp_path, headings, *rows)
    assert told(problems) == [("LRT665", cell) for cell in cells]
    assert bool(found[1].extra["akkoord"]) == bool(cells or "mooi" in answers)


# --- what stands in the cells of a list


EDE = ["Postbus 9022", "6710 HK", "Ede"]


@pytest.mark.parametrize("name", ["Overige", "Gemiddelde", "Totaal NL", "waarvan groot", "Restant"])
def test_what_somebody_reckoned_below_the_rows_is_told_once_and_gets_no_letter(
    tmp_path: Path, name: str
):
    rows = [["Ede", *EDE, 12], [name, None, None, None, 12]]
    found, problems = read(tmp_path, ["gemeente", *HEADINGS[2:], "aantal"], *rows)
    assert [each.naam for each in found] == ["Ede"]
    assert told(problems) == [("LRT611", "A3")]


def test_the_rest_is_in_the_total_and_an_average_is_not(tmp_path: Path):
    rows = [["Ede", *EDE, 5], *([name, None, None, None, n] for name, n in REST)]
    _, problems = read(tmp_path, ["gemeente", *HEADINGS[2:], "aantal"], *rows)
    assert told(problems) == [("LRT611", "A3"), ("LRT611", "A4")]


REST = [("Overige", 3), ("Gemiddelde", 4), ("Totaal", 8)]


@pytest.mark.parametrize("nothing", ["-", "n.v.t.", "nvt", "–"])
def test_a_line_of_the_address_that_says_there_is_none_is_left_out(tmp_path: Path, nothing: str):
    (one,), problems = read(
        tmp_path, ["naam", "t.a.v.", "afdeling", *HEADINGS[2:]], ["BV A", nothing, nothing, *EDE]
    )
    assert (problems, one.adresregels) == ([], ("BV A", "Postbus 9022", "6710 HK  EDE"))


def test_a_place_that_says_there_is_none_is_missing(tmp_path: Path):
    _, problems = read(tmp_path, ["naam", *HEADINGS[2:]], ["BV A", *EDE[:2], "n.v.t."])
    assert told(problems) == [("LRT621", "A2")]


@pytest.mark.parametrize("filler", ["None", "nan", "NULL", "?", "x", "onbekend", "N/A", "p.m."])
def test_a_cell_that_says_nothing_is_told_before_it_is_printed(tmp_path: Path, filler: str):
    headings, cells = ["naam", "t.a.v.", *HEADINGS[2:]], ["BV A", filler, *EDE]
    path = tmp_path / "a.csv"
    lines = [";".join(headings), ";".join(cells)]
    path.write_text("\n".join(lines), encoding="utf-8")
    in_csv = open_recipients(path, REGISTER).problems
    _, problems = read(tmp_path, headings, cells)
    assert told(problems) == [("LRT666", "B2")]
    assert [each.message for each in in_csv] == [each.message for each in problems]


def test_an_error_of_excel_that_was_pasted_as_text_is_one(tmp_path: Path):
    _, problems = read(tmp_path, ["naam", *HEADINGS[2:]], ["BV A", "#N/B", *EDE[1:]])
    assert told(problems) == [("LRT606", "B2")]


def test_a_gemeente_that_gets_a_letter_as_anybody_is_told(tmp_path: Path):
    rows = [["Ede", *EDE], ["Assen", "Postbus 30018", "9400 RA", "Assen"]]
    _, problems = read(tmp_path, ["naam", *HEADINGS[2:]], *rows)
    assert told(problems) == [("LRT627", "A2")]
    _, problems = read(tmp_path, ["organisatie", *HEADINGS[2:]], *rows)
    assert told(problems) == [("LRT627", "A2")]
    found, problems = read(tmp_path, ["gemeente", *HEADINGS[2:]], *rows)
    assert (problems, [each.code for each in found]) == ([], ["GM0228", "GM0106"])
    rows = [["Gemeente Ede", *EDE], ["Provincie Drenthe", "Postbus 122", "9400 AC", "Assen"]]
    found, problems = read(tmp_path, ["naam", *HEADINGS[2:]], *rows)
    assert (problems, [each.code for each in found]) == ([], ["GM0228", "PV22"])


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["naam"], ["Jan Ede"]),
        (["naam"], ["Groningen"]),  # who lives in Ede
        (["naam", "voorletters"], ["Ede", "A."]),
        (["organisatie", "naam"], ["Gemeente Ede", "mw. A. Bos"]),
        (["organisatie", "t.a.v."], ["Gemeente Ede", "mw. A. Bos"]),
        (["naam", "aanhef"], ["Ede", "Geachte heer Ede,"]),
    ],
)
def test_who_is_called_as_a_gemeente_is_not_told(
    tmp_path: Path, headings: list[str], cells: list[str]
):
    _, problems = read(tmp_path, [*headings, *HEADINGS[2:]], [*cells, *EDE])
    assert [problem.code for problem in problems if problem.key != "LRT670.los"] == []


@pytest.mark.parametrize(
    ("naam", "person", "aanhef"),
    [
        ("BV A", "de heer A. Bakker", "Geachte mevrouw Bakker,"),
        ("BV A", "mw. J. Smit", "Geachte mevrouw Smits,"),
        ("de heer X. Vos", None, "Geacht college,"),
        ("A. Jansen", None, "Geachte heer Pietersen,"),
        ("Gemeente Ede", None, "Geachte heer De Vries,"),
    ],
)
def test_a_salutation_of_somebody_else_is_told(
    tmp_path: Path, naam: str, person: str | None, aanhef: str
):
    _, problems = read(
        tmp_path, ["naam", "t.a.v.", "aanhef", *HEADINGS[2:]], [naam, person, aanhef, *EDE]
    )
    assert told(problems) == [("LRT663", "C2")]


@pytest.mark.parametrize(
    ("naam", "person", "aanhef"),
    [
        ("Gemeente Ede", "mw. A. Bos", "Geacht college,"),
        ("BV A", "de heer dr. P.J. van der Berg", "Geachte heer Van den Berg,"),
        ("BV A", "mevrouw S. Jansen-de Vries", "Geachte mevrouw De Vries,"),
        ("BV A", "Afdeling Wonen", "Geachte heer Jansen,"),
        ("BV A", "de heer Vos, wethouder", "Geachte wethouder,"),
        ("BV A", "dhr. Smit", "Geachte heer, mevrouw,"),
        ("BV A", "A. Bos en B. Smit", "Geachte heer Bos, geachte mevrouw Smit,"),
        ("mr. A. Bakker", None, "Geachte heer Bakker,"),
    ],
)
def test_a_salutation_of_the_same_person_is_not_told(
    tmp_path: Path, naam: str, person: str | None, aanhef: str
):
    _, problems = read(
        tmp_path, ["naam", "t.a.v.", "aanhef", *HEADINGS[2:]], [naam, person, aanhef, *EDE]
    )
    assert problems == []


def test_an_address_that_says_its_postcode_too_is_told(tmp_path: Path):
    headings = ["naam", *HEADINGS[2:]]
    _, problems = read(tmp_path, headings, ["BV A", "Straat 1\n6710 HK Ede", *EDE[1:]])
    assert told(problems) == [("LRT664", "B2")]
    (one,), problems = read(tmp_path, headings, ["BV A", "Straat 1\nGebouw 1200 C", *EDE[1:]])
    assert (problems, one.adresregels[2]) == ([], "Gebouw 1200 C")


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("'0703706124", "0703706124"),
        ("'Straat 1", "Straat 1"),
        ("'s-Gravenweg 1", "'s-Gravenweg 1"),
        ("'t Huis", "'t Huis"),
        ("'S Heerenberg", "'S Heerenberg"),
        ("'Het Huis'", "'Het Huis'"),
        ("'25", "'25"),
    ],
)
def test_the_sign_that_makes_a_cell_text_is_no_part_of_it(tmp_path: Path, typed: str, read_as: str):
    (one,), _ = read(tmp_path, ["naam", "woord"], ["A", typed])
    path = tmp_path / "a.csv"
    path.write_text(f"naam;woord\nA;{typed}\n", encoding="utf-8")
    (other,) = open_recipients(path)
    assert (one.extra["woord"], other.extra["woord"]) == (read_as, read_as)


def test_the_number_of_a_house_that_excel_made_a_date_is_told(tmp_path: Path):
    headings = ["naam", "straat", "huisnummer", "postcode", "plaats"]
    _, problems = read(tmp_path, headings, ["BV A", "Laan", dt.date(2025, 3, 12), *EDE[1:]])
    assert told(problems) == [("LRT664", "C2")]
    path = tmp_path / "a.csv"
    for typed, codes in (("12-mrt", ["LRT664"]), ("12-14", []), ("12 a-3", [])):
        lines = [";".join(headings), ";".join(["BV A", "Laan", typed, *EDE[1:]])]
        path.write_text("\n".join(lines), encoding="utf-8")
        assert [each.code for each in open_recipients(path).problems] == codes


def test_what_stands_in_two_columns_is_printed_once(tmp_path: Path):
    headings = ["naam", "t.a.v.", "straat", "huisnummer", "postcode", "plaats"]
    (one,), _ = read(tmp_path, headings, ["BV A", "t.a.v. mw. Bos", "Laan 12", 12, *EDE[1:]])
    assert one.adresregels == ("BV A", "t.a.v. mw. Bos", "Laan 12", "6710 HK  EDE")


def test_a_letter_for_a_figure_in_a_postcode_is_told_with_the_figure(tmp_path: Path):
    for text, expected in (("1O11 AB", "1011 AB"), ("l011ab", "1011 AB")):
        _, (problem,) = read(
            tmp_path, HEADINGS, ["GM0363", "Amsterdam", "Postbus 1", text, "Amsterdam"]
        )
        assert (problem.key, problem.expected) == ("LRT620.cijfer", expected)


def test_names_of_no_gemeente_cost_next_to_nothing(tmp_path: Path):
    path = tmp_path / "a.csv"
    rows = [f";Stichting Huis en Hof {n};Weg {n};6711 AA;Ede" for n in range(1000)]
    path.write_text("\n".join(["code;naam;adres;postcode;plaats", *rows]), encoding="utf-8")
    begin = time.process_time()
    assert open_recipients(path, REGISTER).problems == []  # not even where 1651 was a gemeente
    assert time.process_time() - begin < 3
