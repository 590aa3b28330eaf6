from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from mailing_making import make_mailing, run

from lrtdocs.api import divide_total
from lrtdocs.api.checking import check
from lrtdocs.errors import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

MAILING = """\
sjabloon: taakstelling
ontvangers: lijst.csv
ondertekening: J. Jansen
taakstelling:
  halfjaar: 2025-II
  totaal: 13.000
"""
ADDRESS = "Postbus 1;9700 AA;Groningen"


def make(folder: Path, heading: str, value: str, tabel: str = "") -> Path:
    """Write a mailing whose list has a column `heading` with `value` for Groningen."""
    lines = [
        f"code;gemeente;postbus;postcode;plaats;{heading}",
        f"GM0014;Groningen;{ADDRESS};{value}",
    ]
    (folder / "lijst.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "tabel.csv").write_text(tabel, encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(MAILING + ("  tabel: tabel.csv\n" if tabel else ""), encoding="utf-8")
    return path


def told(problems: list[Problem], *codes: str) -> list[Problem]:
    found = [problem for problem in problems if problem.code in codes]
    assert {problem.severity for problem in found} <= {Severity.WARNING}
    return found


@pytest.mark.parametrize("name", ["achterstand", "voorsprong", "gerealiseerd"])
def test_a_list_and_a_table_that_disagree_are_told_with_both_places(tmp_path: Path, name: str):
    path = make(tmp_path, name, "12", f"code;taakstelling;{name}\nGM0014;177;5\n")
    for problems in (check(path), divide_total(path).problems):
        (problem,) = told(problems, "LRT653")
        assert problem.place.file.endswith("lijst.csv")
        assert problem.place.line == 2
        assert "in de lijst 12, maar in de tabel 5" in problem.message
        assert "tabel.csv:2" in problem.message


def test_a_list_and_a_table_that_agree_are_not_told(tmp_path: Path):
    path = make(tmp_path, "achterstand", "5", "code;taakstelling;achterstand\nGM0014;177;5\n")
    assert told(check(path), "LRT653") == []


def test_an_achterstand_in_the_list_beside_a_voorsprong_in_the_table_is_told(tmp_path: Path):
    path = make(tmp_path, "achterstand", "3", "code;taakstelling;voorsprong\nGM0014;177;5\n")
    (problem,) = told(check(path), "LRT653")
    assert "allebei" in problem.message


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Achterstand per 1-1-2025", "achterstand"),
        ("stand voorsprong", "voorsprong"),
        ("Realisatie", "gerealiseerd"),
    ],
)
def test_a_heading_with_more_than_the_word_for_a_number_is_told(
    tmp_path: Path, heading: str, meant: str
):
    path = make(tmp_path, heading, "12")
    for problems in (check(path), divide_total(path).problems):
        (problem,) = told(problems, "LRT637")
        assert f"bedoelt u '{meant}'?" in problem.message


def test_a_misspelt_heading_of_a_number_is_told_once(tmp_path: Path):
    (problem,) = told(check(make(tmp_path, "achterstanden", "12")), "LRT603", "LRT637")
    assert "bedoelde u 'achterstand'?" in problem.message


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("taakstelling", "170", "staat 177"),
        ("inwoners", "240.000", "staat 243.768"),
        ("opgave", "180", "komt er geen"),
        ("taakstelling", "veel", "staat 177"),
    ],
)
def test_a_number_in_the_list_that_the_letter_tells_otherwise_is_told(
    tmp_path: Path, name: str, value: str, says: str
):
    path = make(tmp_path, name, value)
    for problems in (check(path), divide_total(path).problems):
        (problem,) = told(problems, "LRT654")
        assert problem.message.startswith("Groningen: ")
        assert f"{name} is in de lijst {value}; in de brief {says}" in problem.message
        assert "niet in de brief" in problem.remedy


def test_a_list_with_the_numbers_of_the_division_is_not_told(tmp_path: Path):
    path = make(tmp_path, "taakstelling;inwoners;achterstand;opgave", "177;243.768;1;178")
    assert told(check(path), "LRT637", "LRT653", "LRT654") == []


def test_a_letter_without_a_taakstelling_may_have_columns_of_any_name(tmp_path: Path):
    path = make(tmp_path, "achterstand per 1-1-2025;inwoners", "12;veel")
    path.write_text("sjabloon: brief\nontvangers: lijst.csv\nbetreft: B\ntekst: T\n")
    assert told(check(path), "LRT637", "LRT654") == []


def test_an_address_that_the_window_does_not_show_whole_is_told_at_its_row(tmp_path: Path):
    path = make_mailing(tmp_path)
    (tmp_path / "lijst.csv").write_text(
        "naam;organisatie;afdeling;t.a.v.;adres;postcode;plaats;land;deler\n"
        "Jan;Stichting A;Afdeling B;mw. C;Straat 1;1234 AB;Plaats;;10\n"
        "Piet;Stichting voor al wat een heel lange naam draagt;Afdeling B;mw. C;Straat 1;1234 AB;"
        "Plaats;Koninkrijk België;10\n",
        encoding="utf-8",
    )

    told = [one for one in run(path, tmp_path / "uit").problems if one.code == "LRT745"]
    assert [(one.place.line, one.fields["lines"]) for one in told] == [(3, 8)]


HOUSE = "afzenders: {a: {team: T, postadres: [Postbus 20011, 2500 EH  Den Haag]}}\n"


def run_with_windows(folder: Path, windows: str, house: str = HOUSE) -> list[Problem]:
    path = make_mailing(folder)
    (folder / "huisstijl.yaml").write_text(f"{house}venster: {windows}\n", encoding="utf-8")
    codes = ("LRT247", "LRT249", "LRT745")
    return [one for one in run(path, folder / "uit").problems if one.code in codes]


def test_an_address_that_a_narrow_window_does_not_show_is_told_at_its_row(tmp_path: Path):
    narrow = "{links: 20, boven: 45 mm, breedte: '32,5', hoogte: 45}"
    told = run_with_windows(tmp_path, narrow, "afzenders: {a: {team: T, retouradres: PB 1}}\n")
    assert {one.key for one in told} == {"LRT745.breed"}
    assert "past 24 mm" in told[0].message


def test_windows_that_the_envelopes_share_are_all_kept_in_mind(tmp_path: Path):
    low = "{links: 20, boven: 45, breedte: 85, hoogte: 20}"
    both = f"[{{links: 20, boven: 45, breedte: 85, hoogte: 45}}, {low}]"
    assert {one.fields["limit"] for one in run_with_windows(tmp_path, both)} == {2}


@pytest.mark.parametrize(
    ("windows", "key", "place"),
    [
        ("{links: 35, boven: 45, breedte: 85, hoogte: 45}", "LRT247.adres", (2, 10)),
        ("{links: 20, boven: 50, breedte: 85, hoogte: 45}", "LRT247.retouradres", (2, 10)),
        ("{links: 20, boven: 45, breedte: 45, hoogte: 45}", "LRT247.lang", (1, 22)),
        ("{links: veel, boven: 45, breedte: 85, hoogte: 45}", "LRT249", (2, 18)),
        ("{links: 20, boven: 450, breedte: 85, hoogte: 45}", "LRT249", (2, 29)),
    ],
)
def test_a_window_that_does_not_show_the_address_is_told_where_it_stands(
    tmp_path: Path, windows: str, key: str, place: tuple[int, int]
):
    told = run_with_windows(tmp_path, windows)
    assert [one.key for one in told if one.code != "LRT745"] == [key]
    found = next(one.place for one in told if one.key == key)
    assert (found.line, found.column) == place or (key == "LRT247.lang" and found.line == 1)


def test_a_kix_stands_under_the_address_in_its_font_and_one_that_is_not_there_is_told(
    tmp_path: Path,
):
    path = make_mailing(tmp_path)
    (tmp_path / "lijst.csv").write_text(
        "naam;adres;postcode;plaats;deler\nA;Havendijk 13 hs;1231 FZ;Postdam;1\n"
        "B;Kerkstraat;1234 AB;Plaats;1\n",
        encoding="utf-8",
    )
    house = "afzenders: {a: {team: T}}\nkix: {lettertype: KIX Barcode, grootte: 8}\n"
    (tmp_path / "huisstijl.yaml").write_text(house, encoding="utf-8")
    path.write_text("sjabloon: brief\nontvangers: lijst.csv\nbetreft: B\ntekst: T\n")

    told = [one for one in run(path, tmp_path / "uit").problems if one.code == "LRT746"]
    assert [(one.place.line, one.fields["address"]) for one in told] == [(3, "Kerkstraat")]
    first, second = (docx.Document(each) for each in sorted((tmp_path / "uit").glob("*.docx")))
    codes = [p for p in first.paragraphs if p.style.name == "LRT KIX"]
    assert [p.text for p in codes] == ["1231FZ13XHS"]
    assert (codes[0].style.font.name, codes[0].style.font.size.pt) == ("KIX Barcode", 8)
    assert not [p for p in second.paragraphs if p.style.name == "LRT KIX"]


def test_a_line_of_the_word_mark_that_does_not_fit_is_told_where_it_stands(tmp_path: Path):
    path = make_mailing(tmp_path)
    (tmp_path / "huisstijl.yaml").write_text(
        "afzenders: {a: {team: T}}\nwoordmerk:\n- Ministerie van\n"
        "- Binnenlandse Zaken en Koninkrijksrelaties en wat er nog meer is\n",
        encoding="utf-8",
    )

    told = [one for one in run(path, tmp_path / "uit").problems if one.code == "LRT245"]
    assert [(one.place.line, one.place.column) for one in told] == [(4, 3)]


@pytest.mark.parametrize(
    ("column", "key"),
    [
        *(("Betreft", None), ("kopie aan", None), ("tekst", "LRT658.woord")),
        *(("taakstelling", "LRT658.woord"), ("Volgnummer", "LRT658.volgnummer")),
        *(("locatie", "LRT658.velden"), ("eigen betreft", None), ("aanhef", None)),
    ],
)
def test_a_column_that_does_not_come_into_the_letters_is_told_at_its_heading(
    tmp_path: Path, column: str, key: str | None
):
    path = make_mailing(tmp_path, extra="velden: {locatie: Zwolle}\n")
    rows = f"naam;adres;postcode;plaats;{column}\nA;B 1;1234 AB;C;Geachte A,\n"
    (tmp_path / "lijst.csv").write_text(rows, encoding="utf-8")
    found = [problem for problem in check(path) if problem.code == "LRT658"]
    assert [problem.key for problem in found] == ([key] if key else [])
    warned = column in {"taakstelling", "Volgnummer"}
    assert all((problem.severity is Severity.WARNING) is warned for problem in found)
    assert all((problem.place.line, problem.found) == (1, column) for problem in found)


def test_a_list_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path):
    path = make_mailing(tmp_path)
    text = path.read_text(encoding="utf-8").replace("lijst.csv", "lijts.csv")
    path.write_text(text, encoding="utf-8")
    (problem,) = [problem for problem in check(path) if problem.key == "LRT001.ontvangers"]
    assert problem.place.line == 2
    assert "Bedoelde u 'lijst.csv'?" in problem.remedy


def test_two_sheets_and_hidden_rows_are_answered_in_the_mailing(tmp_path: Path):
    path = make_mailing(tmp_path)
    book = openpyxl.Workbook()
    for name, number in (("2024", 2), ("2025", 3)):
        sheet = book.create_sheet(name)
        sheet.append(["naam", "adres", "postcode", "plaats"])
        for row in range(number):
            sheet.append([f"N{row}", f"Straat {row}", "1234 AB", "Ede"])
    book["2025"].row_dimensions[3].hidden = True
    book.save(tmp_path / "lijst.xlsx")
    text = path.read_text(encoding="utf-8").replace("lijst.csv", "lijst.xlsx")
    for more, told, letters in (
        ("", ["LRT610.keuze"], 0),
        ("blad: 2025\n", ["LRT609.rijen"], 3),
        ("blad: 2025\nalleen_zichtbare_rijen: ja\n", [], 2),
        ("blad: 2026\n", ["LRT610.onbekend"], 0),
    ):
        path.write_text(text + more, encoding="utf-8")
        target = tmp_path / f"uit-{more[-5:-1]}"
        outcome = run(path, target)
        assert [p.key for p in outcome.problems if p.code in {"LRT609", "LRT610"}] == told
        assert len([*target.glob("*.docx")]) == letters
