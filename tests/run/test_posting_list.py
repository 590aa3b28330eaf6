"""The list of who got what: a row for each letter in a folder, and for each that went out of it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from docx import Document
from mailing_making import make_mailing, run, write_list, write_template

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2025, 6, 12)
TEXT = "Aan {{ naam }} te {{ plaats }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = make_mailing(tmp_path, 3, 'onze_referentie: "K-{volgnummer:03}"\n')
    write_template(tmp_path, TEXT, "{%p if vervangt %}", "{{ vervangt.datum }}", "{%p endif %}")
    run(path, tmp_path / "uit")
    return tmp_path


def listed(folder: Path) -> list[dict[str, Any]]:
    table = api.list_letters(folder / "uit").table
    assert table is not None
    return [dict(zip(table.headings, row, strict=True)) for row in table.rows]


def test_every_letter_has_a_row_that_tells_who_gets_what(folder: Path) -> None:
    first, *others = listed(folder)

    assert len(others) == 2
    assert first["kenmerk"] == "K-001"
    assert first["adresregels"] == "Naam 1, Straat 1, 1234 AB  PLAATS"
    assert (first["bestand"], first["betreft"]) == ("0001-Naam 1.docx", "Proef")
    assert (first["dagtekening"], first["verzonden"]) == (date(2025, 3, 19), None)
    assert len(first["sha256 docx"]) == 64
    assert (first["versie"], first["opmerking"]) == (1, "")


def test_it_tells_the_address_of_then_and_each_version_and_way(folder: Path) -> None:
    api.mark_sent(folder / "uit", (), DAY, how="post")
    api.mark_sent(folder / "uit", (), DAY, how="mail", only=["1"])
    write_list(folder, [f"Naam {i};Straat {i};1234 AB;Elders;1\n" for i in (1, 2)])
    run(folder / "m.yaml", folder / "uit", only=["1"])

    rows = [
        (row["volgnummer"], row["versie"], row["hoe"], row["vervangt"]) for row in listed(folder)
    ]

    assert rows == [
        (1, 1, "post", ""), (1, 1, "mail", ""), (1, 2, "", "0001-Naam 1.docx"),
        (2, 1, "post", ""), (3, 1, "post", ""),
    ]  # fmt: skip
    table = api.list_letters(folder / "uit").table
    assert table is not None
    assert table.summary == ("4 brieven, waarvan 3 verzonden.",)
    assert listed(folder)[0]["adresregels"].endswith("PLAATS")
    assert listed(folder)[2]["adresregels"].endswith("ELDERS")
    assert listed(folder)[4]["opmerking"] == "ontvanger staat niet meer in de lijst"


def test_what_is_not_as_it_was_made_is_told(folder: Path) -> None:
    target = folder / "uit"
    document = Document(str(target / "0001-Naam 1.docx"))
    document.add_paragraph("met de hand")
    document.save(str(target / "0001-Naam 1.docx"))
    (target / "0002-Naam 2.docx").unlink()
    api.mark_sent(target, (), DAY, only=["3"])
    api.mark_sent(target, (), DAY, only=["3"], back=True)

    assert [row["opmerking"] for row in listed(folder)] == [
        "bewerkt in Word",
        "staat niet in de map",
        "stond als verzonden op 12 juni 2025; teruggenomen op 12 juni 2025",
    ]


def test_a_letter_that_failed_is_in_it_with_the_reason(folder: Path) -> None:
    write_template(folder, "Aan {{ deler | getal }}")
    write_list(folder, ["Naam 1;Straat 1;1234 AB;Plaats;tien\n"])
    assert run(folder / "m.yaml", folder / "uit").failed == 1

    assert listed(folder)[0]["opmerking"].startswith("mislukt: LRT")


def test_in_a_workbook_nothing_is_a_formula_and_the_headings_stay(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, 1)
    write_list(tmp_path, ["=1+1;@Straat;1234 AB;Plaats;1\n"])
    run(path, tmp_path / "uit")

    api.list_letters(tmp_path / "uit", tmp_path / "lijst.xlsx")
    api.list_letters(tmp_path / "uit", tmp_path / "lijst.csv")

    sheet = openpyxl.load_workbook(tmp_path / "lijst.xlsx").active
    assert sheet.freeze_panes == "A3"
    assert [cell.value for cell in sheet[2]][:4] == ["volgnummer", "kenmerk", "code", "naam"]
    assert (sheet["D3"].value, sheet["D3"].data_type) == ("=1+1", "s")
    assert sheet.column_dimensions["H"].width > 10
    assert ";'=1+1;" in (tmp_path / "lijst.csv").read_text(encoding="utf-8-sig")


def test_a_run_of_an_older_lrtdocs_is_read_and_told_and_made_whole_by_the_same_command(
    folder: Path,
) -> None:
    path = folder / "uit" / "manifest.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line.pop("aan", None)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    outcome = api.list_letters(folder / "uit")

    assert [(each.code, each.fields["n"]) for each in outcome.problems] == [("LRT754", 3)]
    assert listed(folder)[0]["naam"] == "Naam 1"
    assert run(folder / "m.yaml", folder / "uit").same == 3
    assert not api.list_letters(folder / "uit").problems
    assert listed(folder)[0]["kenmerk"] == "K-001"


def test_a_folder_without_letters_is_told(tmp_path: Path) -> None:
    assert [each.code for each in api.list_letters(tmp_path).problems] == ["LRT748"]
