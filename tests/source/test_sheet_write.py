from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_making import is_whole, write_table

from lrtdocs.errors import FileProblemError
from lrtdocs.source.sheet import open_table
from lrtdocs.source.sheet.write import format_table, plan_table

HEADINGS = ["code", "naam", "aantal"]
ROWS = [["GM0014", "Groningen", 18_000], ["GM0034", "=1+1", None]]


def sheet_of(path: Path):
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return sheet


def test_a_workbook_has_real_numbers_and_headings_that_stay(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_table(path, HEADINGS, ROWS, title="Bijlage A", notes=["Let op"])
    sheet = sheet_of(path)
    assert sheet.title == "Bijlage A"
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A2"].font.b) == ("Let op", "code", True)
    assert (sheet["C3"].value, sheet["C3"].number_format) == (18_000, "#,##0")
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:C4"
    assert sheet.column_dimensions["B"].width > 9


def test_decimals_keep_their_kind(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_table(path, ["bedrag"], [[Decimal("1234.50")]])
    (row,) = open_table(path)
    assert (row.cells["bedrag"].text, row.cells["bedrag"].value) == ("1.234,50", Decimal("1234.5"))


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_table(path, HEADINGS, ROWS)
    cell = sheet_of(path)["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    write_table(tmp_path / "a.csv", HEADINGS, ROWS)
    text = (tmp_path / "a.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfcode;naam;aantal\r\n")
    assert text.endswith(b"GM0034;'=1+1;\r\n")


def test_the_same_rows_give_the_same_bytes_whenever(monkeypatch: pytest.MonkeyPatch):
    first = format_table(Path("a.xlsx"), HEADINGS, ROWS)

    class Later(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2031, 1, 1, tzinfo=tz)

    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", Later, raising=False)
    assert format_table(Path("a.xlsx"), HEADINGS, ROWS) == first
    monkeypatch.undo()
    assert b"2031" not in first


def test_nothing_in_a_workbook_tells_when_it_was_made(tmp_path: Path):
    write_table(tmp_path / "a.xlsx", HEADINGS, ROWS)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert core.count("2020-01-01T00:00:00Z") == 2


def test_another_suffix_is_refused(tmp_path: Path):
    with pytest.raises(FileProblemError, match=r".xlsx of .csv"):
        plan_table(tmp_path / "a.pdf", "a.xlsx")


def test_an_empty_table_is_a_table(tmp_path: Path):
    write_table(tmp_path / "a.xlsx", HEADINGS, [])
    assert [heading.key for heading in open_table(tmp_path / "a.xlsx").headings] == HEADINGS


TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn", "Zs"]), max_size=30
).filter(is_whole)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(TEXT, TEXT, st.integers(-(10**14), 10**14)), max_size=8))
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, rows: list[tuple[str, str, int]]
):
    rows = [(f"x{one}", two, number) for one, two, number in rows if not two.startswith("#")]
    path = tmp_path_factory.mktemp("x") / f"a{suffix}"
    write_table(path, HEADINGS, rows)
    found = [
        tuple(row.cells[key].text if key in row.cells else "" for key in HEADINGS)
        for row in open_table(path, {"code": "code", "naam": "naam", "aantal": "aantal"})
    ]
    shown = "{:,}" if suffix == ".xlsx" else "{}"
    assert found == [
        (one, two, shown.format(number).replace(",", ".")) for one, two, number in rows
    ]


def test_a_sign_that_excel_cannot_hold_becomes_a_space(tmp_path: Path):
    write_table(tmp_path / "a.xlsx", ["naam"], [["a\x07b"]])
    assert sheet_of(tmp_path / "a.xlsx")["A2"].value == "a b"
