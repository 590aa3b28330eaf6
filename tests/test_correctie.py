"""docs/correctie.md tells how a letter is corrected that went out: its commands are given."""

from __future__ import annotations

import email
import shutil
from email import policy
from pathlib import Path
from typing import NamedTuple

import docx
import guide
import openpyxl
import pytest
from docx_making import texts

from lrtdocs.errors import ExitCode
from lrtdocs.run.folder.manifest import read_made

pytestmark = pytest.mark.office
ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "correctie.md").read_text(encoding="utf-8")
LETTER = "GM0820-Nuenen, Gerwen en Nederwetten"


class Correction(NamedTuple):
    """What came of every step, and the folder as it was at its end."""

    done: list[tuple[guide.Step, str, int]]
    folder: Path
    sent: dict[str, bytes]


@pytest.fixture(scope="module")
def correction(tmp_path_factory: pytest.TempPathFactory) -> Correction:
    folder = tmp_path_factory.mktemp("correctie")
    shutil.copy(ROOT / "examples" / "huisstijl.yaml", folder)
    for path in (ROOT / "examples" / "verzendingen" / "correctie").iterdir():
        shutil.copy(path, folder)
    done, sent = [], {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", guide.MOMENT)
        for each in guide.play(guide.read_steps(TEXT), folder):
            done.append(each)
            if "verzonden uit --per post" in " ".join(each[0].commands):
                sent = {path.name: path.read_bytes() for path in (folder / "uit").glob("GM*")}
    return Correction(done, folder, sent)


def test_every_command_works_and_prints_what_the_page_shows(correction: Correction) -> None:
    for step, printed, code in correction.done:
        where = f"line {step.line}: {' '.join(step.commands)}\n{printed}"
        assert code == ExitCode.DONE, where
        assert step.output is None or guide.same(step.output, printed), where


def test_what_went_out_stays_and_the_new_letter_says_what_it_replaces(
    correction: Correction,
) -> None:
    target = correction.folder / "uit"
    assert len(correction.sent) == 8
    assert {name: (target / name).read_bytes() for name in correction.sent} == correction.sent
    said = "\n".join(texts(docx.Document(str(target / f"{LETTER}-v2.docx")))).replace("\u00a0", " ")
    assert "vervangt onze brief van 14 maart 2025 met kenmerk 6214375-0002." in said
    assert "88.000" in said
    assert "28 maart 2025" in said
    assert "Geacht college,\nDeze brief vervangt" in said


def test_the_mail_has_the_new_letter_and_nobody_else_gets_one(correction: Correction) -> None:
    (path,) = (correction.folder / "concepten").iterdir()
    draft = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    (pdf,) = draft.iter_attachments()  # type: ignore[attr-defined]
    assert pdf.get_filename() == f"{LETTER}-v2.pdf"
    assert pdf.get_content() == (correction.folder / "uit" / f"{LETTER}-v2.pdf").read_bytes()


def test_the_list_tells_both_letters_to_nuenen(correction: Correction) -> None:
    sheet = openpyxl.load_workbook(correction.folder / "verzendlijst.xlsx").active
    _, headings, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    nuenen = [
        (row["hoe"], row["versie"], row["vervangt"]) for row in told if row["volgnummer"] == 2
    ]
    assert len(told) == 5
    assert nuenen == [("post", 1, None), ("mail", 2, f"{LETTER}.docx")]
    assert len(read_made(correction.folder / "uit").sent) == 5
