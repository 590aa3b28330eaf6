"""The table of rows in the text of a letter: where it stands, what it adds up, what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph
from mailing_making import ERROR, WARNING, run
from openpyxl import Workbook

from lrtdocs.api.checking import check
from lrtdocs.shipped import examples_folder

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "code;gemeente;adres;postcode;plaats;locatie;bedrag\n"
ASSEN = "GM0106;Assen;Noordersingel 33;9401 JW;Assen;"
TEXT = "tekst: |\n  Eerst dit.\n\n  {tabel}\n\n  Samen {totaal_bedrag}.\n"
ENGLISH = "tabel: [locatie, open, dag, plaatsen, deel, {kolom: nr, soort: tekst}]\ntekst: Dit.\n"
MAILING = (
    "sjabloon: brief\nontvangers: lijst.csv\ndagtekening: 2026-11-20\nbetreft: Proef\n"
    "ondertekening: {naam: A}\ngroepeer: code\n"
)


def make(folder: Path, *cells: str, more: str = f"tabel: [locatie, bedrag]\n{TEXT}") -> Path:
    """Write a mailing with rows of these `cells` for one gemeente; return its file."""
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    rows = "".join(f"{ASSEN}{cell}\n" for cell in cells)
    (folder / "lijst.csv").write_text(HEAD + rows, encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(MAILING + more, encoding="utf-8")
    return path


def table(folder: Path) -> tuple[list[list[str]], list[str]]:
    """Return the rows of the table in the letter, and its texts with a mark for the table."""
    document = Document(str(folder / "GM0106-Assen.docx"))
    found = next(one for one in document.tables if one.cell(0, 0).text == "locatie")
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in found.rows]
    texts = [
        "TABEL" if each is found._element else Paragraph(each, document).text
        for each in document.element.body
        if each is found._element or isinstance(each, CT_P)
    ]
    return rows, [text.replace("\u00a0", " ") for text in texts if text]


def test_the_table_stands_where_the_text_says_with_amounts_and_their_sum(tmp_path: Path) -> None:
    run(make(tmp_path, "Dok;€ 1234,5", "Plein;0,25", "Kade;10"), tmp_path / "uit")
    rows, texts = table(tmp_path / "uit")
    assert rows == [
        ["locatie", "bedrag"],
        ["Dok", "€ 1.234,50"],
        ["Plein", "€ 0,25"],
        ["Kade", "€ 10,00"],
        ["Totaal", "€ 1.244,75"],
    ]
    at = texts.index("TABEL")
    assert texts[at - 1 : at + 2] == ["Eerst dit.", "TABEL", "Samen € 1.244,75."]


def test_amounts_of_less_than_a_cent_add_up_to_what_is_printed(tmp_path: Path) -> None:
    cells = ("Dok;€ 10,004", "Plein;€ 10,004", "Kade;€ 0,125", "Brug;€ 10,004")
    run(make(tmp_path, *cells), tmp_path / "uit")
    rows, texts = table(tmp_path / "uit")
    assert [row[1] for row in rows[1:-1]] == ["€ 10,00", "€ 10,00", "€ 0,13", "€ 10,00"]
    assert rows[-1] == ["Totaal", "€ 30,13"]
    assert "Samen € 30,13." in texts


def test_without_a_place_it_stands_below_the_text(tmp_path: Path) -> None:
    more = "tabel: [locatie, {kolom: bedrag, kop: Geld, soort: tekst}]\ntekst: Alleen dit.\n"
    run(make(tmp_path, "Dok;5", "Kade;10", more=more), tmp_path / "uit")
    rows, texts = table(tmp_path / "uit")
    assert rows == [["locatie", "Geld"], ["Dok", "5"], ["Kade", "10"]]  # a text has no sum
    assert texts[texts.index("TABEL") - 1] == "Alleen dit."


def test_an_amount_that_cannot_be_read_is_an_error_at_its_cell(tmp_path: Path) -> None:
    outcome = run(make(tmp_path, "Dok;5", "Kade;volgt", "Plein;3"), tmp_path / "uit")
    problems = [(one.key, one.place.line) for one in outcome.problems if one.severity == ERROR]
    assert problems == [("LRT684", 3)]
    assert not (tmp_path / "uit").exists()


def test_an_empty_cell_stays_empty_and_is_told_once(tmp_path: Path) -> None:
    outcome = run(make(tmp_path, "Dok;5", "Kade;", "Plein;3"), tmp_path / "uit")
    (told,) = (one for one in outcome.problems if one.key == "LRT686")
    assert (told.severity, told.place.line) == (WARNING, 3)
    assert table(tmp_path / "uit")[0][2:] == [
        ["Kade", ""],
        ["Plein", "€ 3,00"],
        ["Totaal", "€ 8,00"],
    ]


def test_a_recipient_without_rows_has_no_table(tmp_path: Path) -> None:
    path = make(tmp_path, "Dok;5")
    other = "GM0228;Ede;Postbus 9022;6710 HK;Ede;;\n"
    with (tmp_path / "lijst.csv").open("a", encoding="utf-8") as file:
        file.write(other)
    run(path, tmp_path / "uit")
    document = Document(str(tmp_path / "uit" / "GM0228-Ede.docx"))
    assert not [one for one in document.tables if one.cell(0, 0).text == "locatie"]
    assert "Samen €\u00a00,00." in [one.text for one in document.paragraphs]


def test_what_is_wrong_with_a_table_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    more = f"tabel: [locatie, bedraag]\n{TEXT}"
    assert ("LRT278", 7) in {
        (one.key, one.place.line) for one in check(make(tmp_path, "Dok;5", more=more))
    }
    more = "tabel: [locatie]\ntekst: Hier is {tabel} dus.\n"
    assert ("LRT705.tabel", 8) in {
        (one.key, one.place.line) for one in check(make(tmp_path, "Dok;5", more=more))
    }
    path = make(tmp_path, "Dok;5")
    path.write_text(path.read_text(encoding="utf-8").replace("groepeer: code\n", ""))
    assert "LRT277.groepeer" in {one.key for one in check(path)}


def test_the_example_has_each_location_once_in_the_letter_of_its_gemeente(tmp_path: Path) -> None:
    path = examples_folder() / "verzendingen" / "besluit" / "overzicht.yaml"
    outcome = run(path, tmp_path)
    assert {one.key for one in outcome.problems} == {"LRT683"}
    listed = (path.parent / "locaties.csv").read_text(encoding="utf-8").splitlines()[1:]
    printed = []
    for docx in tmp_path.glob("*.docx"):
        for one in Document(str(docx)).tables:
            if one.cell(0, 0).text == "Locatie":
                rows = [[docx.name[:6], *(cell.text for cell in row.cells)] for row in one.rows]
                printed += [";".join(row).replace("\u00a0", " ") for row in rows[1:]]
    assert sorted(row for row in printed if ";Totaal;" not in row) == sorted(listed)
    assert len(list(tmp_path.glob("*.docx"))) == 12


def test_percentages_are_no_amounts_and_do_not_add_up(tmp_path: Path) -> None:
    more = "tabel: [locatie, {kolom: bedrag, soort: bedrag}]\ntekst: Dit.\n"
    path = make(tmp_path, "Dok;10%", "Kade;23,8 %", more=more)
    found = [(one.key, one.place.within) for one in check(path) if str(one.severity) == ERROR]
    assert found == [("LRT684", "regel 2")]


@pytest.mark.parametrize(
    ("taal", "expected"),
    [
        ("en", ["yes", "1 March 2026", "1,204", "12.5%", "3"]),
        ("nl", ["ja", "1 maart 2026", "1.204", "12,5%", "3"]),
    ],
)
def test_the_cells_of_a_table_are_in_the_language_of_the_letter(
    tmp_path: Path, taal: str, expected: list[str]
) -> None:
    path = make(tmp_path, "Dok;5", more=f"taal: {taal}\nrijen: rijen.csv\n{ENGLISH}")
    (tmp_path / "rijen.csv").write_text(
        "code;locatie;open;dag;plaatsen;deel;nr\n106;Dok;ja;1 maart 2026;1.204;12,5%;3\n"
        "106;Kade;nee;2026-03-02;1.300;5%;4\n",
        encoding="utf-8",
    )
    run(path, tmp_path / "uit")
    rows, _ = table(tmp_path / "uit")
    assert rows[1][1:] == expected
    assert rows[3][3] == ("2,504" if taal == "en" else "2504")
    assert rows[1][0] == "Dok"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return a mailing with rows in a workbook: one is hidden, and one column is in dollars."""
    path = make(tmp_path, "Dok;5", more="rijen: rijen.xlsx\ntekst: Dit.\n")
    book = Workbook()
    sheet = book.active
    sheet.append(["code", "locatie", "bedrag", "dollars"])
    for name, amount in (("Dok", 1.5), ("Plein", 2), ("Kade", 3)):
        sheet.append([106, name, amount, amount])
        sheet.cell(sheet.max_row, 4).number_format = "[$$-409]#,##0.00"
    sheet.row_dimensions[4].hidden = True
    book.save(str(tmp_path / "rijen.xlsx"))
    return path


def test_hidden_rows_of_the_other_list_are_left_out_where_the_mailing_says_so(
    workbook: Path,
) -> None:
    (hidden,) = [one for one in check(workbook) if one.code == "LRT609"]
    assert "'alleen_zichtbare_rijen: ja'" in hidden.remedy
    more = "tabel: [locatie, bedrag, dollars]\nalleen_zichtbare_rijen: ja\n"
    workbook.write_text(workbook.read_text(encoding="utf-8") + more, encoding="utf-8")
    outcome = run(workbook, workbook.parent / "uit")
    assert "LRT609" not in {one.code for one in outcome.problems}
    rows, _ = table(workbook.parent / "uit")
    assert rows[1:] == [
        ["Dok", "€ 1,50", "$1,50"],
        ["Plein", "€ 2,00", "$2,00"],
        ["Totaal", "€ 3,50", ""],
    ]


def test_dollars_are_not_printed_as_euros(workbook: Path) -> None:
    more = "tabel: [locatie, {kolom: dollars, soort: bedrag}]\n"
    workbook.write_text(workbook.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert {one.key for one in check(workbook) if str(one.severity) == ERROR} == {"LRT684"}
