from __future__ import annotations

import datetime as dt

import pytest
from sheet_making import write_table

from lrtdocs.errors import Severity
from lrtdocs.model.gemeente import Gemeente, Register, compare_registers
from lrtdocs.source.lists.cbs import read_newer
from lrtdocs.source.lists.register import load_register

OLD, NEW = dt.date(2024, 1, 1), dt.date(2025, 1, 1)
KNOWN = Register(
    (
        Gemeente("GM0014", "Groningen", "Groningen", "Groningen", {OLD: 100}),
        Gemeente("GM0164", "Hengelo", "Hengelo (O.)", "Overijssel", {OLD: 50}),
        Gemeente("GM0344", "Utrecht", "Utrecht", "Utrecht", {OLD: 200}),
    ),
    {OLD: 350},
)
CODES = """\
"Bevolking op 1 januari; regio"

"Regio's";"Perioden";"Bevolking op 1 januari (aantal)"
"NL01  ";"2025JJ00";"360"
"LD01  ";"2025JJ00";"150"
"PV20  ";"2025JJ00";"100"
"GM0014";"2025JJ00";"105"
"GM0164";"2025JJ00";"51"
"GM0344";"2025JJ00";"204"
"GM1680";"2025JJ00";"."
"Bron: CBS"
"""
LABELS = """\
Regio's;Perioden;Totale bevolking (aantal)
Nederland;2025;360
Noord-Nederland (LD);2025;150
Groningen (PV);2025;100
Groningen (gemeente);2025;105
Hengelo (O.);2025;51
Utrecht (PV);2025;900
Utrecht (gemeente);2025;204
"""
ODATA = """\
"ID","RegioS","Perioden","TotaleBevolking_1"
"0","NL01  ","2025JJ00","360"
"1","GM0014","2025JJ00","105"
"2","GM0164","2025JJ00","51"
"3","GM0344","2025JJ00","204"
"""
NUMBERS = """\
Gemeentecode;Gemeentenaam;Provincienaam;Inwoners 1 januari 2025
0014;Groningen;Groningen;105
164;Hengelo;Overijssel;51
0344;Utrecht;Utrecht;204
"""
MONTHS = """\
Regio's;Perioden;Bevolking aan het begin van de periode (aantal)
NL01;2025 januari*;360
NL01;2025 februari*;361
GM0014;2025 januari*;105
GM0014;2025 februari*;106
GM0164;2025 januari*;51
GM0164;2025 februari*;51
GM0344;2025 januari*;204
GM0344;2025 februari*;204
"""
PIVOT = """\
"Bevolking op 1 januari; regio"
"Onderwerp";"Bevolking op 1 januari"
"Perioden";"2025"
"Regio's";"aantal"
"Nederland";"360"
"Groningen (gemeente)";"105"
"Hengelo (O.)";"51"
"Utrecht (gemeente)";"204"
"""
YEARS = """\
code;naam;2024;2025
NL01;Nederland;350;360
GM0014;Groningen;100;105
GM0164;Hengelo (O.);50;51
GM0344;Utrecht;200;204
"""


def read(folder, text, peildatum=None, old=KNOWN):
    path = folder / "lijst.csv"
    path.write_text(text, encoding="utf-8")
    return read_newer(path, old, peildatum)


@pytest.mark.parametrize("text", [CODES, ODATA, NUMBERS, MONTHS, YEARS])
def test_the_ways_in_which_the_cbs_and_people_write_a_list(tmp_path, text):
    register, problems = read(tmp_path, text)
    assert register is not None, problems
    assert {g.code: g.inwoners[NEW] for g in register.gemeenten} == {
        "GM0014": 105,
        "GM0164": 51,
        "GM0344": 204,
    }
    assert register.nationaal[NEW] == 360
    changes = {(v.soort, v.code) for v in compare_registers(KNOWN, register)}
    assert changes == {("inwoners", code) for code in ("GM0014", "GM0164", "GM0344")}


@pytest.mark.parametrize("text", [CODES, ODATA, MONTHS, YEARS])
def test_a_list_with_the_national_number_is_read_without_a_word(tmp_path, text):
    assert read(tmp_path, text)[1] == []


def test_a_list_without_the_national_number_gets_the_sum_and_a_warning(tmp_path):
    _, problems = read(tmp_path, NUMBERS)
    assert [(p.code, p.severity) for p in problems] == [("LRT645", Severity.WARNING)]
    assert "360" in problems[0].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CODES.replace('"360"', '"361"'), "LRT644"),
        (CODES.replace('"105"', '"honderd"'), "LRT643"),
        (CODES.replace("GM0164", "GM0014"), "LRT642"),
        (LABELS, "LRT647"),
        (PIVOT, "LRT640"),
        (CODES.replace("2025JJ00", "vorig jaar"), "LRT646"),
        (CODES.replace("2025JJ00", "0000JJ00"), "LRT646"),
        (CODES.replace('"105"', f'"{"9" * 5000}"'), "LRT643"),
        ("code;aantal\nGM0014;5\n", "LRT640"),
        ("plek;inwoners 1 januari 2025\nGroningen;5\n", "LRT640"),
        ("code;inwoners\nGM0014;5\n", "LRT646"),
        ("Inwoners op 1 januari 2025\ncode;inwoners\nGM0014;5\n", "LRT646"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_the_reason(tmp_path, text, code):
    register, problems = read(tmp_path, text)
    assert register is None
    assert {problem.code for problem in problems} == {code}
    assert all(problem.remedy for problem in problems)


def test_the_date_can_be_told_where_the_file_does_not(tmp_path):
    text = "code;inwoners\nNL01;356\nGM0014;105\nGM0164;51\nGM0344;200\n"
    register, problems = read(tmp_path, text, NEW)
    assert problems == []
    assert register is not None
    assert register.peildata == (NEW,)


def test_regions_without_a_code_are_told_once(tmp_path):
    _, (problem,) = read(tmp_path, LABELS)
    assert (problem.place.line, problem.fields["number"]) == (2, 7)


def test_a_gemeente_that_is_new_and_nameless_is_told(tmp_path):
    text = CODES.replace('"GM1680";"2025JJ00";"."', '"GM1680";"2025JJ00";"0"')
    register, problems = read(tmp_path, text)
    assert register is not None
    assert [problem.code for problem in problems] == ["LRT650"]


def test_a_gemeente_that_is_new_brings_its_name_and_province(tmp_path):
    register, problems = read(tmp_path, NUMBERS + "9999;Nieuwstad;Zeeland;10\n")
    assert [problem.code for problem in problems] == ["LRT645"]
    assert register is not None
    new = register.find("GM9999")
    assert new is not None
    assert (new.naam, new.provincie) == ("Nieuwstad", "Zeeland")


def test_a_spreadsheet_is_read_like_a_download(tmp_path):
    path = tmp_path / "lijst.xlsx"
    rows = [("NL01", 360), ("GM0014", 105), ("GM0164", 51), ("GM0344", 204)]
    write_table(path, ["Regiocode", "Bevolking 1 januari 2025"], rows)
    register, problems = read_newer(path, KNOWN)
    assert problems == []
    assert register is not None
    assert register.nationaal == {NEW: 360}


def test_the_whole_register_in_the_form_of_statline_reads_back(tmp_path):
    known = load_register()
    rows = [f'"{g.code:6}";"2024JJ00";"{g.inwoners[OLD]}"' for g in known.gemeenten]
    head = '"Regio\'s";"Perioden";"Bevolking op 1 januari (aantal)"'
    text = "\n".join([head, f'"NL01  ";"2024JJ00";"{known.nationaal[OLD]}"', *rows, '"Bron: CBS"'])
    register, problems = read(tmp_path, text, old=known)
    assert problems == []
    assert register is not None
    assert compare_registers(known, register) == []


def test_a_name_of_the_cbs_stays_out_of_the_letters(tmp_path):
    lines = CODES.replace('"GM0014";', '"GM0014";"Groningen (gemeente)";').replace(
        '"Regio\'s";', '"Regio\'s";"Gemeentenaam";'
    )
    for code in ("NL01  ", "LD01  ", "PV20  ", "GM0164", "GM0344", "GM1680"):
        lines = lines.replace(f'"{code}";', f'"{code}";"";')
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    register, _ = read_newer(tmp_path / "a.csv", KNOWN)
    found = register and register.find("GM0014")
    assert found
    assert found.naam == "Groningen"


def test_a_gemeente_that_is_gone_names_what_it_is_now():
    now = load_register()
    gone = Gemeente("GM0856", "Uden", "Uden", "Noord-Brabant", {OLD: 5})
    before = Register((gone, *now.gemeenten), now.nationaal)
    (weg,) = compare_registers(before, now)
    assert (weg.naam, weg.nieuw) == ("Uden", "nu Maashorst (GM1991)")
