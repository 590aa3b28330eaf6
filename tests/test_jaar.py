"""docs/jaar.md tells the year of a secretary: its commands are given, its files are edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import docx
import guide
import openpyxl
import pytest
from docx_making import texts

from lrtdocs.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office
TEXT = (guide.GUIDE.parent / "jaar.md").read_text(encoding="utf-8")
SENT = "verzonden/2025-03-19-lrt"


class Year(NamedTuple):
    """What came of every step of the year, and the folder as it was at its end."""

    done: list[tuple[guide.Step, str, int]]
    folder: Path

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def texts(self, name: str) -> str:
        return "\n".join(texts(docx.Document(str(self.folder / name))))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder = tmp_path_factory.mktemp("jaar")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", guide.MOMENT)
        return Year(list(guide.play(guide.read_steps(TEXT), folder)), folder)


def test_every_command_works_and_prints_what_the_page_shows(year: Year) -> None:
    for step, printed, code in year.done:
        where = f"line {step.line}: {' '.join(step.commands)}\n{printed}"
        assert code == ExitCode.DONE, where
        assert step.output is None or guide.same(step.output, printed), where


def test_the_comments_of_the_secretary_come_along(year: Year) -> None:
    for day in ("2025-03-19", "2025-06-18", "2025-09-17"):
        assert "# Mw. Brandsma laat zich dit voorjaar vervangen.\n" in year.read(f"{day}-lrt.yaml")
    assert "inbrenger: VNG   # belt zelf als het later wordt\n" in year.read("2025-06-18-lrt.yaml")


def test_the_change_of_a_colleague_is_in_the_file_and_in_the_adopted_minutes(year: Year) -> None:
    changed = "De leden willen het dashboard op de eerste maandag van elke maand zien."
    assert changed in year.read("2025-03-19-lrt.yaml")
    assert changed in year.texts("2025-03-19-lrt-verslag.docx")
    assert "vastgesteld: 2025-06-18" in year.read("2025-03-19-lrt.yaml")


def test_the_papers_that_went_out_are_kept(year: Year) -> None:
    first = year.texts(f"{SENT}/v1/2025-03-19-lrt-agenda.docx")
    second = year.texts(f"{SENT}/v2/2025-03-19-lrt-agenda-v2.docx")
    assert "gewijzigd" not in first
    assert "gewijzigd" in second
    assert (year.folder / "2025-03-19-lrt-verslag-concept.docx").is_file()
    assert not list(year.folder.glob("verzonden/**/*-oud.*"))


def test_no_number_is_given_twice(year: Year) -> None:
    rows = [
        re.findall(r"^([AB]\d+) ", printed, re.MULTILINE)
        for step, printed, _ in year.done
        if any(command.startswith("lrtdocs lijst") for command in step.commands)
    ]
    assert rows == [["A1", "A2"], ["B1", "B2", "B3"], []]


def test_the_list_for_excel_has_dates_that_are_dates(year: Year) -> None:
    sheet = openpyxl.load_workbook(year.folder / "besluiten-2025.xlsx").active
    head = next(row for row in sheet.iter_rows() if row[1].value == "Datum")[0].row
    assert [row[1].is_date for row in sheet.iter_rows(min_row=head + 1)] == [True] * 3


def test_every_heading_is_in_the_list_at_the_top() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    anchors = [re.sub(r"[^\w\s-]", "", one).strip().lower().replace(" ", "-") for one in headings]
    assert re.findall(r"\(#([^)]+)\)", TEXT) == anchors
