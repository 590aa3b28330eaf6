from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from sheet_making import is_whole, problems_of

from lrtdocs.errors import FileProblemError, Severity
from lrtdocs.source.sheet import open_table, table, xlsxfile

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"code": "code", "naam": "naam", "gemeente": "naam", "postcode": "postcode"}


def save(path: Path, *rows: list[Any], formats: dict[str, str] | None = None, **other: Any) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for address, code in (formats or {}).items():
        sheet[address].number_format = code
    for area in other.get("merge", ()):
        sheet.merge_cells(area)
    for row in other.get("hidden_rows", ()):
        sheet.row_dimensions[row].hidden = True
    for column in other.get("hidden_columns", ()):
        sheet.column_dimensions[column].hidden = True
    for name, more in other.get("sheets", {}).items():
        extra = book.create_sheet(name)
        for row in more:
            extra.append(row)
    for name in other.get("hidden_sheets", ()):
        book[name].sheet_state = "hidden"
    book.save(path)
    return path


def texts(path: Path) -> list[dict[str, str]]:
    return [{key: cell.text for key, cell in row.cells.items()} for row in open_table(path, WORDS)]


def told(path: Path) -> list[tuple[str, str | None, Severity]]:
    table = open_table(path, WORDS)
    return [(p.code, p.place.cell, p.severity) for p in problems_of(table)]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def handmade(path: Path, sheet: str, strings: str = "") -> Path:
    """Write the smallest workbook there is: one sheet, and shared texts."""
    links = "".join(
        f'<Relationship Id="r{i}" Type="{KIND}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "/xl/sharedStrings.xml")]
        )
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="a" '
        f'Type="{KIND}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets><sheet name="A" '
        'sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">{links}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(path, parts)


def sheet_xml(*rows: str) -> str:
    body = "".join(f"<row>{row}</row>" for row in rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def shared(*indexes: int) -> str:
    return "".join(f'<c t="s"><v>{index}</v></c>' for index in indexes)


def replace_part(path: Path, part: str, old: str, new: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
MOMENT = dt.datetime.combine(dt.date(2025, 3, 19), dt.time(10, 30))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (373, "0000", "0373"),
        (373, "General", "373"),
        (373.0, "General", "373"),
        (12.5, "General", "12,5"),
        (0.1 + 0.2, "General", "0,3"),
        (13000, "#,##0", "13.000"),
        (1234.5, "#,##0.00", "1.234,50"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1.234,50"),
        (0.125, "0.0%", "12,5%"),
        (0.5, "0%", "50%"),
        (1234.5, '"€" #,##0.00', "€ 1.234,50"),
        (1234.5, "[$€-413] #,##0.00", "€ 1.234,50"),
        (1012, '0000" AB"', "1012 AB"),
        (703706124, "000-0000000", "070-3706124"),
        (1.5, "0.0##", "1,5"),
        (1.25, "# ?/?", "1,25"),
        (0, "0;-0;-", "-"),
        (True, "General", "WAAR"),
        (dt.date(2025, 3, 19), "d-m-yyyy", "19 maart 2025"),
        (dt.date(1900, 1, 1), "d-m-yyyy", "1 januari 1900"),
        (MOMENT, "d-m-yyyy h:mm", "19 maart 2025 10.30"),
        (MOMENT, "[$-413]d mmmm yyyy;@", "19 maart 2025"),
        (dt.time(10, 30), "h:mm", "10.30"),
        (dt.time(10, 30), 'h:mm "uur"', "10.30 uur"),
        (1.5, "[h]:mm", "36:00"),
        ("0123", "General", "0123"),
        (" Assen\u00a0", "General", "Assen"),
        ("Súdwest-Fryslân", "General", "Súdwest-Fryslân"),
    ],
)
def test_a_cell_is_the_text_that_excel_shows(tmp_path: Path, value: Any, code: str, text: str):
    path = save(tmp_path / "a.xlsx", ["naam"], [value], formats={"A2": code})
    assert texts(path) == [{"naam": text}]


def test_dates_count_from_1904_where_the_workbook_does(tmp_path: Path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["naam"])
    book.active.append([dt.date(2025, 3, 19)])
    book.save(tmp_path / "a.xlsx")
    assert texts(tmp_path / "a.xlsx") == [{"naam": "19 maart 2025"}]


def test_a_formula_is_its_value_and_told_when_that_is_missing(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam", "code"], ["=A1", "x"], ["=A1", "=B1"])
    replace_part(path, SHEET, '<c r="A3"><f>A1</f><v></v>', '<c r="A3" t="str"><f>A1</f><v>ja</v>')
    replace_part(path, SHEET, '<c r="B3"><f>B1</f><v></v>', '<c r="B3" t="str"><f>B1</f><v></v>')
    assert texts(path) == [{"code": "x"}, {"naam": "ja"}]
    assert told(path) == [("LRT605", "A2", Severity.ERROR)]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!"])
def test_an_error_of_excel_is_refused_at_its_cell(tmp_path: Path, error: str):
    path = save(tmp_path / "a.xlsx", ["naam", "code"], [error, "x"])
    table = open_table(path, WORDS)
    (row,) = table
    assert row.refused == {"naam"}
    (problem,) = problems_of(table)
    assert (problem.code, problem.place.cell, problem.found) == ("LRT606", "A2", error)
    assert str(problem.place) == f"{path}!A2"


def test_a_number_that_excel_rounded_is_refused(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam"], [12345678901234567890])
    assert told(path) == [("LRT608", "A2", Severity.ERROR)]


def test_notes_and_titles_above_the_headings_are_kept_apart(tmp_path: Path):
    path = save(
        tmp_path / "a.xlsx",
        ["Adressen van de gemeenten"],
        [],
        ["let op: naam"],
        ["Gemeente", " POSTCODE "],
        ["Assen", "9401 AB"],
        merge=["A1:B1"],
    )
    table = open_table(path, WORDS)
    assert [row.cells["naam"].place.cell for row in table] == ["A5"]
    assert [heading.key for heading in table.headings] == ["naam", "postcode"]
    assert [note.text for note in table.notes] == ["Adressen van de gemeenten", "let op: naam"]
    assert problems_of(table) == []


def test_merged_titles_over_headings_are_no_rows_of_the_table(tmp_path: Path):
    rows = [
        ["Wie", None, "Waar", "Jaar"],
        ["code", "naam", "postcode", "x"],
        ["GM1", "A", "B", "C"],
    ]
    assert told(save(tmp_path / "a.xlsx", *rows, merge=["A1:B1"])) == []
    assert told(save(tmp_path / "a.xlsx", *rows)) == [("LRT611", "A1", Severity.WARNING)]


def test_merged_data_is_refused_but_a_merged_heading_or_note_is_not(tmp_path: Path):
    path = save(
        tmp_path / "a.xlsx",
        ["naam", "postcode", "x"],
        ["Assen", "9401 AB", "y"],
        [],
        ["* stand van maart"],
        merge=["A2:B2", "C1:D1", "A4:C4", "A9:B9"],
    )
    assert told(path)[-1] == ("LRT607", "A2", Severity.ERROR)
    assert [code for code, *_ in told(path)].count("LRT607") == 1


def test_merged_cells_in_a_column_of_ones_own_are_only_warned_of(tmp_path: Path):
    rows = [["naam", "postcode", "provincie"], ["Assen", "9401 AB", "Drenthe"], ["B", "C", None]]
    path = save(tmp_path / "a.xlsx", *rows, merge=["C2:C3"])
    assert told(path) == [("LRT607", "C2", Severity.WARNING)]
    path = save(tmp_path / "a.xlsx", *rows, merge=["B2:C2"])
    assert told(path) == [("LRT607", "B2", Severity.ERROR)]


def test_merged_headings_over_data_are_told_with_the_column_without_a_heading(tmp_path: Path):
    rows = [["naam", "postcode", None], ["Assen", "9401 AB", "Postbus 1"]]
    path = save(tmp_path / "a.xlsx", *rows, merge=["B1:C1"])
    assert told(path) == [
        ("LRT611", "C2", Severity.WARNING),
        ("LRT607", "B1", Severity.WARNING),
    ]


def test_a_stray_cell_in_the_last_row_costs_nothing_and_is_told(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam"], ["Assen"])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)
    assert texts(path) == [{"naam": "Assen"}]
    assert told(path) == [("LRT611", "XFD1048576", Severity.WARNING)]


def test_hidden_rows_and_columns_count_and_are_told(tmp_path: Path):
    rows = [["naam", "code"], *[[f"n{i}", "c"] for i in range(9)]]
    path = save(tmp_path / "a.xlsx", *rows, hidden_rows=range(3, 10), hidden_columns=["B"])
    table = open_table(path, WORDS)
    assert len(list(table)) == 9
    column, row = problems_of(table)
    assert (column.code, column.place.cell, column.severity) == ("LRT609", "B1", Severity.WARNING)
    assert "De rijen 3 tot en met 9 zijn verborgen" in row.message
    assert column.remedy.startswith("Moet die niet meedoen")
    assert row.remedy.startswith("Moeten ze niet meedoen")


def test_of_several_sheets_the_one_with_most_known_headings_is_read_and_told(tmp_path: Path):
    path = save(
        tmp_path / "a.xlsx",
        ["toelichting"],
        sheets={"Adressen": [["code", "naam"], ["GM1", "Assen"]], "Leeg": []},
    )
    table = open_table(path, WORDS)
    assert [row.cells["naam"].text for row in table] == ["Assen"]
    (problem,) = problems_of(table)
    assert problem.code == "LRT610"
    assert "2 bladen" in problem.message
    assert "'Adressen'" in problem.message


def test_a_hidden_sheet_is_not_read_while_there_is_another(tmp_path: Path):
    rows = [["code", "naam"], ["GM1", "Assen"]]
    path = save(tmp_path / "a.xlsx", ["naam"], ["Ede"], sheets={"oud": rows}, hidden_sheets=["oud"])
    assert texts(path) == [{"naam": "Ede"}]
    assert told(path) == []


def marked(path: Path) -> list[tuple[str, str | None, str]]:
    table = open_table(path, WORDS)
    return [(p.key, p.place.cell, str(p.fields.get("where"))) for p in problems_of(table)]


def mark(path: Path, rows: int, **marks: dict[str, Any]) -> Path:
    lines = [["code", "naam", "postcode"], *([f"GM{i}", f"n{i}", "p"] for i in range(rows))]
    book = openpyxl.load_workbook(save(path, *lines))
    for name, cells in marks.items():
        for address, value in cells.items():
            setattr(book.active[address], name, value)
    book.save(path)
    return path


STRIKE, RED = Font(strike=True), Font(color="FFFF0000")
PINK = PatternFill("solid", fgColor="FFFFC7CE")
PART = CellRichText("Postbus ", TextBlock(InlineFont(strike=True), "1"), " (oud)")


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ({"font": {"A3": STRIKE, "B3": STRIKE, "C3": STRIKE}}, [("struck", "A3", "rij 3")]),
        ({"font": {"B3": STRIKE, "C5": STRIKE}}, [("struck", "B3", "de cellen B3 en C5")]),
        ({"value": {"B3": PART}}, [("struck", "B3", "cel B3")]),
        ({"font": {"A3": RED, "B3": RED, "C3": RED}}, [("red", "A3", "rij 3")]),
        ({"fill": {"B2": PINK}, "font": {"B4": RED}}, [("red", "B2", "de cellen B2 en B4")]),
        ({"comment": {"B3": Comment("klopt niet", "x")}}, [("note", "B3", "cel B3")]),
        ({"comment": {"H12": Comment("nog doen", "x")}}, [("note", "H12", "cel H12")]),
        # looks, and notes that tell how to fill in the list
        ({"font": {f"C{i}": RED for i in range(1, 8)}}, []),
        ({"font": {f"{c}{i}": RED for i in range(1, 8) for c in "ABC"}}, []),
        ({"font": {"A1": RED, "B1": STRIKE}, "comment": {"A1": Comment("vul in", "x")}}, []),
        ({"font": {"A3": Font(color="FF00B050"), "B3": Font(color="FFFFC000")}}, []),
        ({"fill": {"A3": PatternFill("solid", fgColor="FFFFFF00")}}, []),
        ({"font": {"F3": STRIKE}}, []),
    ],
)
def test_what_somebody_marked_is_told_with_its_cells(
    tmp_path: Path, marks: dict[str, dict[str, Any]], told: list[tuple[str, str, str]]
):
    path = mark(tmp_path / "a.xlsx", 7, **marks)
    assert marked(path) == [(f"LRT619.{kind}", cell, where) for kind, cell, where in told]


def test_a_note_that_was_answered_is_told_as_it_was_typed(tmp_path: Path):
    path = mark(tmp_path / "a.xlsx", 2, comment={"B3": Comment("[Threaded comment]", "x")})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = "xl/worksheets/_rels/sheet1.xml.rels"
    more = (
        f'<Relationship Id="t" Type="{KIND}/threadedComment" Target="/xl/t.xml"/></Relationships>'
    )
    parts[links] = parts[links].replace(b"</Relationships>", more.encode())
    parts["xl/t.xml"] = (
        b"<ThreadedComments><threadedComment ref='B3'><text>adres klopt niet</text>"
        b"</threadedComment></ThreadedComments>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    (problem,) = problems_of(open_table(path, WORDS))
    assert (problem.key, problem.found) == ("LRT619.note", "adres klopt niet")


LIST = [["code", "naam"], ["GM1", "Assen"]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "key", "named"),
    [
        ({"2024": LIST, "2025": LIST}, [], "LRT610.keuze", "'2024' en '2025'"),
        ({"2024": LIST, "2025": [["naam"], ["Ede"]]}, [], "LRT610.keuze", "'2024' en '2025'"),
        ({"2024": LIST, "uitleg": [["x"], ["y"]]}, ["2024"], "LRT610.verborgen", "'2024'"),
        ({"2024": LIST}, ["2024"], "LRT610.verborgen", "'2024'"),
    ],
)
def test_two_sheets_that_fit_and_a_hidden_one_are_a_question_that_the_remedy_answers(
    tmp_path: Path, sheets: dict[str, list[list[Any]]], hidden: list[str], key: str, named: str
):
    path = save(tmp_path / "a.xlsx", sheets=sheets, hidden_sheets=hidden)
    with pytest.raises(FileProblemError) as caught:
        open_table(path, WORDS, "")
    assert caught.value.problems[0].key == key
    assert named in caught.value.problems[0].message
    assert "'blad: 2024'" in caught.value.remedy
    assert [row.text("naam") for row in open_table(path, WORDS, " 2024 ")] == ["Assen"]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path: Path):
    with pytest.raises(FileProblemError, match="geen blad 'Lijst'") as caught:
        open_table(save(tmp_path / "a.xlsx", *LIST, sheets={"Oud": LIST}), WORDS, "Lijst")
    assert "'Sheet' en 'Oud'" in caught.value.problems[0].expected


def test_a_sheet_of_notes_beside_the_list_is_no_question_and_a_choice_needs_no_word(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", *LIST, sheets={"uitleg": [["stand", "mei"], ["a", "b"]]})
    assert [p.key for p in problems_of(open_table(path, WORDS, ""))] == ["LRT610.meer"]
    assert problems_of(open_table(path, WORDS, "sheet")) == []


def test_hidden_rows_are_left_out_where_that_is_asked(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam"], ["Assen"], ["Ede"], hidden_rows=[3])
    table = open_table(path, WORDS, visible=True)
    assert [row.text("naam") for row in table] == ["Assen"]
    assert problems_of(table) == []


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["naam", "Naam "], "LRT602"),
        (["naam", "Gemeente"], "LRT602"),
        (["naam", "2x", "kolom 2x"], "LRT602"),  # one word in a letter
        (["naam", "Postkode"], "LRT603"),
        (["iets", "anders"], "LRT601"),
    ],
)
def test_headings_that_are_double_almost_right_or_unknown_are_told(
    tmp_path: Path, headings: list[str], code: str
):
    path = save(tmp_path / "a.xlsx", headings, ["a", "b"])
    assert [problem[0] for problem in told(path)] == [code]


def test_an_almost_right_heading_is_told_with_the_right_one(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam", "Postkode"], ["a", "b"])
    table = open_table(path, WORDS)
    (problem,) = problems_of(table)
    assert "bedoelde u 'postcode'?" in problem.message
    assert problem.severity is Severity.WARNING
    assert [heading.key for heading in table.headings] == ["naam", "postkode"]


@pytest.mark.parametrize(
    ("text", "code", "kept"),
    [("a\x07b", "LRT613", "a b"), ("a\u202eb", "LRT614", "a\u202eb"), ("a\u200bb", "LRT614", "ab")],
)
def test_characters_nobody_sees_are_told(tmp_path: Path, text: str, code: str, kept: str):
    escaped = re.sub("[\x00-\x1f]", lambda match: f"_x{ord(match.group()):04X}_", text)
    strings = f"<si><t>naam</t></si><si><t>{escaped}</t></si>"
    path = handmade(tmp_path / "a.xlsx", sheet_xml(shared(0), shared(1)), strings)
    assert [problem[0] for problem in told(path)] == [code]
    assert texts(path) == [{"naam": kept}]


def test_a_text_too_long_is_refused(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam", "code"], ["x" * 20_001, "y"])
    assert told(path) == [("LRT612", "A2", Severity.ERROR)]


def test_a_text_that_many_cells_share_is_held_to_what_excel_allows(tmp_path: Path):
    strings = "<si><t>naam</t></si><si><t>" + "ab " * 300_000 + "</t></si>"
    path = handmade(tmp_path / "a.xlsx", sheet_xml(shared(0), *[shared(1)] * 50), strings)
    table = open_table(path, WORDS)
    list(table)
    assert {problem.code for problem in problems_of(table)} == {"LRT612"}
    assert "32.767" in problems_of(table)[0].found


def test_problems_of_one_kind_are_cut_short_with_their_number(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam"], *[["#N/A"]] * 60)
    table = open_table(path, WORDS)
    list(table)
    list(table)
    assert len(problems_of(table)) == 21
    assert "nog 39 keer verderop" in problems_of(table)[-1].message
    assert problems_of(table)[-1].place.cell == "A22"


def test_text_in_pieces_and_pronunciation_is_read_as_one_text(tmp_path: Path):
    rich = "<r><t>Sú</t></r><r><rPr><b/></rPr><t>dwest</t></r><rPh><t>su</t></rPh>"
    rows = shared(0), shared(1), f'<c t="inlineStr"><is>{rich}</is></c>'
    path = handmade(tmp_path / "a.xlsx", sheet_xml(*rows), f"<si><t>naam</t></si><si>{rich}</si>")
    assert texts(path) == [{"naam": "Súdwest"}, {"naam": "Súdwest"}]


def test_a_shared_text_that_is_not_there_is_a_broken_file(tmp_path: Path):
    path = handmade(tmp_path / "a.xlsx", sheet_xml(shared(0), shared(7)), "<si><t>naam</t></si>")
    with pytest.raises(FileProblemError, match="beschadigd"):
        list(open_table(path, WORDS))


def test_cells_without_address_and_names_with_prefix_are_read(tmp_path: Path):
    path = save(tmp_path / "a.xlsx", ["naam"], ["XX"])
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(SHEET).decode()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    new = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>naam'
        '</x:t></x:is></x:c></x:row><x:row><x:c t="str"><x:v>Assen</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    replace_part(path, SHEET, xml, new)
    assert texts(path) == [{"naam": "Assen"}]


def test_a_strict_workbook_is_read(tmp_path: Path):
    path = handmade(
        tmp_path / "a.xlsx",
        sheet_xml(shared(0), shared(1)),
        "<si><t>naam</t></si><si><t>Assen</t></si>",
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        KIND: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    for old, new in strict.items():
        parts = {name: xml.replace(old, new) for name, xml in parts.items()}
    assert texts(zipped(path, parts)) == [{"naam": "Assen"}]


# --- files that are something else


def test_a_missing_file_is_refused_with_the_nearest_name(tmp_path: Path):
    save(tmp_path / "adressen.xlsx", ["naam"])
    with pytest.raises(FileProblemError, match=r"Bedoelde u 'adressen.xlsx'"):
        open_table(tmp_path / "adresen.xlsx")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("~$a.xlsx", b"PK\x03\x04", r"Gebruik a.xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "een oude Excel"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "heeft een wachtwoord",
        ),
        ("a.xlsx", b"PK\x03\x04 broken", "beschadigd"),
        ("a.xlsx", b"naam;code\n", "geen Excel-werkmap"),
        ("a.xlsx", b"", "leeg"),
        ("a.csv", b"%PDF-1.7", "een PDF"),
        ("a.xls", b"<html><table>", "een webpagina"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, words: str
):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FileProblemError, match=words):
        open_table(path)


def test_a_folder_is_refused(tmp_path: Path):
    with pytest.raises(FileProblemError, match="een map"):
        open_table(tmp_path)


def zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("name", "parts", "key"),
    [
        ("a.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "LRT001.ods"),
        ("a.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}, "LRT001.tekstdocument"),
        ("a.numbers", {"Index/Document.iwa": "x"}, "LRT001.numbers"),
        ("a.docx", {"word/document.xml": "x"}, "LRT001.tekstdocument"),
    ],
)
def test_a_table_of_another_program_is_refused_by_its_name(
    tmp_path: Path, name: str, parts: dict[str, str], key: str
):
    with pytest.raises(FileProblemError) as caught:
        open_table(zipped(tmp_path / name, parts))
    assert caught.value.problems[0].key == key
    assert ".xlsx" in caught.value.remedy


def test_a_zip_without_a_workbook_is_refused(tmp_path: Path):
    with pytest.raises(FileProblemError, match="geen Excel-werkmap"):
        open_table(zipped(tmp_path / "a.xlsx", {"ppt/slide.xml": "<a/>"}))


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "_rels/.rels", "xl/workbook.xml"])
def test_a_document_type_is_refused_in_every_part(tmp_path: Path, part: str):
    path = handmade(tmp_path / "a.xlsx", sheet_xml(shared(0), shared(0)), "<si><t>naam</t></si>")
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(part).decode()
    bomb = '<!DOCTYPE a [<!ENTITY b "x">]>' + re.sub(r"^<\?xml[^>]*\?>", "", xml)
    with pytest.raises(FileProblemError, match="beschadigd"):
        list(open_table(replace_part(path, part, xml, bomb)))


def test_a_part_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = save(tmp_path / "a.xlsx", ["naam"], *[["Assen", i] for i in range(3000)])
    monkeypatch.setattr(xlsxfile, "MAX_PART", 50_000)
    with pytest.raises(FileProblemError, match="te groot"):
        list(open_table(path, WORDS))


def test_more_rows_than_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MAX_ROWS", 5)
    path = save(tmp_path / "a.xlsx", ["naam"], *[["Assen"]] * 6)
    with pytest.raises(FileProblemError, match="meer dan 5 rijen"):
        list(open_table(path, WORDS))


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_is_refused(tmp_path: Path, cut: float):
    path = save(tmp_path / "a.xlsx", ["naam"], ["Assen"])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(FileProblemError):
        list(open_table(path))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    path = save(tmp_path_factory.mktemp("x") / "a.xlsx", ["naam", "x"], ["Assen", 3], ["=A1", 4.5])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    raw = bytearray(parts[part])
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    parts[part] = bytes(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(made.getvalue())
    with contextlib.suppress(FileProblemError):
        list(open_table(path, WORDS))


# --- openpyxl as the oracle


VALUES = st.one_of(
    st.integers(-(10**14), 10**14),
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zs", "Zl", "Zp", "Co", "Cn"])
    ).filter(is_whole),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=6))
def test_what_openpyxl_writes_reads_back_as_openpyxl_reads_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
):
    rows = [[None if isinstance(v, str) and v[:1] in "=#" else v for v in row] for row in rows]
    path = save(tmp_path_factory.mktemp("x") / "a.xlsx", ["naam", "code", "iets"], *rows)
    sheet = openpyxl.load_workbook(path, data_only=True).active
    assert sheet is not None
    expected = [
        {key: str(v) for key, v in zip(("naam", "code", "iets"), row, strict=True) if v is not None}
        for row in sheet.iter_rows(min_row=2, values_only=True, max_col=3)
    ]
    expected = [{k: v.strip() for k, v in row.items() if v.strip()} for row in expected]
    found = [{k: c.text for k, c in r.cells.items()} for r in open_table(path, {"naam": "naam"})]
    assert found == [row for row in expected if row]


def test_rows_are_not_kept_in_memory(tmp_path: Path):
    import tracemalloc

    def peak(count: int) -> int:
        path = save(
            tmp_path / f"{count}.xlsx", ["naam", "code"], *[[f"n{i}", i] for i in range(count)]
        )
        table = open_table(path, WORDS)
        tracemalloc.start()
        assert sum(1 for _ in table) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(8000) < 1.3 * peak(1000) + 200_000


def test_bold_and_colour_change_nothing(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "naam", "Assen"
    book.active["A2"].font = Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    assert texts(tmp_path / "a.xlsx") == [{"naam": "Assen"}]


FULL = [["code", "gemeente", "postcode"], ["GM1", "Assen", "9401 AB"]]


@pytest.mark.parametrize(
    ("other", "sheet", "keys"),
    [
        (FULL, "", ["LRT610.ook"]),
        (FULL, None, ["LRT610.ook"]),
        (FULL, "Sheet", []),
        ([["gemeente"], ["Assen"], ["Ede"]], "", []),
        ([["ja of nee"], ["ja"], ["nee"]], "", []),
    ],
)
def test_a_list_on_a_hidden_sheet_is_told_and_a_list_of_choices_is_not(
    tmp_path: Path, other: list[list[str]], sheet: str | None, keys: list[str]
):
    path = save(tmp_path / "a.xlsx", *FULL, sheets={"Oud": other}, hidden_sheets=["Oud"])
    assert [problem.key for problem in problems_of(open_table(path, WORDS, sheet))] == keys


@pytest.mark.parametrize(
    ("headings", "told_at"),
    [
        (["naam", "postcode", None, "gemeente", "postcode"], [("LRT602.naast", "D1")]),
        (["naam", "postcode", "gemeente", "postcode"], [("LRT602.naast", "C1")]),
        (["code", "naam", "x", "naam", "x"], [("LRT602.naast", "D1")]),
        (["naam", "postcode", None, "bijgewerkt", "door"], []),
        (["naam", "postcode", "bezoek", "postcode"], [("LRT602.dubbel", "D1")]),
        (["naam", "gemeente", "postcode"], [("LRT602.betekenis", "B1")]),
    ],
)
def test_a_second_list_beside_the_first_is_told_once(
    tmp_path: Path, headings: list[str | None], told_at: list[tuple[str, str]]
):
    path = save(tmp_path / "a.xlsx", headings, ["Assen", "9401 AB"])
    found = problems_of(open_table(path, WORDS))
    assert [(problem.key, problem.place.cell) for problem in found] == told_at
