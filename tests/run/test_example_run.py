"""All letters of the example, read back by another reader: whose they are, and what they tell."""

from __future__ import annotations

import re
import shutil
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pdfminer.high_level import extract_text

from lrtdocs.api.letters import LettersOptions, make_letters
from lrtdocs.api.tables import divide_total
from lrtdocs.errors import ExitCode

EXAMPLES = Path(__file__).parents[2] / "examples"
MAILING = EXAMPLES / "taakstelling-2025-II.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORY = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
PAGE = re.compile(r"Pagina\s+(\d+)\s+van\s+(\d+)")
REFERENCE = re.compile(r"AenM-2025-II-\d{4}")


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the paragraphs of every letter of the example, by the code in its name."""
    target = tmp_path_factory.mktemp("uit")
    outcome = make_letters(MAILING, LettersOptions(target))
    assert (outcome.exit_code, outcome.made, outcome.failed) == (ExitCode.DONE, 342, 0)
    assert outcome.sum_line == "som 13.164, landelijk 13.000 (+164 door afronding naar boven)"
    return {path.name[:6]: read_paragraphs(path) for path in target.glob("*.docx")}


def read_paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of all stories of the document at `path`."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if STORY.fullmatch(name)]
        stories = [ET.fromstring(package.read(name)) for name in names]
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for story in stories
        for paragraph in story.iter(f"{W}p")
    ]


@cache
def addresses() -> dict[str, dict[str, str]]:
    """Return the rows of the list of addresses, by code."""
    return read_table(EXAMPLES / "adressen.xlsx")


def read_table(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of gemeenten in the workbook at `path`, by code, each by its headings."""
    values = openpyxl.load_workbook(path).worksheets[0].values
    rows = [["" if cell is None else str(cell) for cell in row] for row in values]
    head = next([cell.lower() for cell in row] for row in rows if "code" in map(str.lower, row))
    table = [dict(zip(head, row, strict=True)) for row in rows]
    return {row["code"]: row for row in table if re.fullmatch(r"GM\d{4}", row["code"])}


def test_every_gemeente_has_one_letter(letters: dict[str, list[str]]) -> None:
    assert len(letters) == 342
    assert letters.keys() == addresses().keys()


def test_every_number_is_that_of_the_table(letters: dict[str, list[str]], tmp_path: Path) -> None:
    divide_total(MAILING, tmp_path / "tabel.xlsx")
    table = read_table(tmp_path / "tabel.xlsx")
    expected = {code: int(row["taakstelling"]) for code, row in table.items()}
    assert sum(expected.values()) == 13_164
    told = {}
    for code, paragraphs in letters.items():
        at = paragraphs.index("Taakstelling van uw gemeente 2025-II")
        told[code] = int(paragraphs[at + 1].replace(".", ""))
    assert told == expected


def test_every_letter_has_its_own_name_address_and_reference(
    letters: dict[str, list[str]],
) -> None:
    for code, paragraphs in letters.items():
        row, text = addresses()[code], "\n".join(paragraphs)
        assert f"van de gemeente {row['gemeente']}" in paragraphs
        assert f"Postbus {row['postbus'].removeprefix('Postbus ')}" in paragraphs
        assert f"{row['postcode']}  {row['plaats'].upper()}" in paragraphs
        assert f"De taakstelling van de gemeente {row['gemeente']} voor" in text


def test_no_letter_holds_the_reference_or_post_box_of_another(
    letters: dict[str, list[str]],
) -> None:
    seen: dict[str, str] = {}
    for code, paragraphs in letters.items():
        text = "\n".join(paragraphs)
        (reference,) = set(REFERENCE.findall(text))
        assert seen.setdefault(reference, code) == code
        boxes = {line for line in paragraphs if line.startswith("Postbus ")}
        assert len(boxes - {"Postbus 20011"}) == 1
    assert len(seen) == 342


@pytest.mark.office
def test_every_page_counts_the_pages_of_its_own_letter_also_behind_an_annex(
    tmp_path: Path,
) -> None:
    for name in ("adressen.xlsx", "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    text = MAILING.read_text(encoding="utf-8").replace("bijlage_a: nee", "bijlage_a: ja")
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    only = ("GM0014", "GM0034", "GM0518")
    made = make_letters(tmp_path / "m.yaml", LettersOptions(tmp_path / "uit", pdf=True, only=only))
    assert (made.exit_code, made.made) == (ExitCode.DONE, 3)
    make_letters(tmp_path / "m.yaml", LettersOptions(tmp_path / "een", pdf=True, only=only[:1]))
    for path in (tmp_path / "uit").glob("*.pdf"):
        pages = PAGE.findall(extract_text(path))
        assert pages == [(str(n), str(len(pages))) for n in range(1, len(pages) + 1)]
    (alone,) = (tmp_path / "een").glob("*.pdf")
    assert alone.read_bytes() == (tmp_path / "uit" / alone.name).read_bytes()
