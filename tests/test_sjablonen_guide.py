"""docs/sjablonen.md says what happens: its commands are given in order, its edits are made."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

import docx
import guide
import pytest
from docx_making import docx_of, texts

import lrtdocs
from lrtdocs.cli.templates import sjabloon
from lrtdocs.errors import ExitCode
from lrtdocs.messages import load_codes
from lrtdocs.model.velden import Tijdvak
from lrtdocs.word.values.filters import FILTERS

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

TEXT = guide.GUIDE.read_text(encoding="utf-8")
HAS_OFFICE = shutil.which("soffice") is not None


class Done(NamedTuple):
    """A step of the guide, what it printed, its exit code, and the documents there are then."""

    step: guide.Step
    printed: str
    code: int
    documents: dict[str, Document]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> list[Done]:
    """Return what came of every step of the guide."""
    steps = guide.read_steps(TEXT)
    for step in steps:
        if not HAS_OFFICE:
            step.commands = [command.replace(" --pdf", "") for command in step.commands]
    folder = tmp_path_factory.mktemp("gids")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", guide.MOMENT)
        return [Done(*done, documents_in(folder)) for done in guide.play(steps, folder)]


def documents_in(folder: Path) -> dict[str, Document]:
    return {file.name: docx.Document(str(file)) for file in folder.glob("**/*.docx")}


def test_every_command_in_the_guide_prints_what_the_guide_shows(played: list[Done]) -> None:
    for step, printed, code, _ in played:
        where = f"line {step.line}: {' '.join(step.commands)}"
        assert step.output is None or guide.same(step.output, printed), f"{where}\n{printed}"
        expected = step.output is not None and ": fout LRT" in printed
        assert (code != ExitCode.DONE) == expected, f"{where}\n{printed}"


def test_the_documents_of_the_guide_are_what_it_says(played: list[Done]) -> None:
    made = [found for done in played for found in done.documents.items()]
    newest = dict(made)
    few = [document for name, document in made if name.endswith("weinig.docx")]
    rows = [len(document.tables[0].rows) for document in few if document.tables]

    assert set(rows) == {1}
    assert not newest["brief-voorbeeld-weinig.docx"].tables
    assert "Hebt u vragen" not in "\n".join(texts(newest["brief-voorbeeld-weinig.docx"]))
    assert "Dit is brief nummer 1." in texts(newest["brief-voorbeeld.docx"])
    assert "Hebt u vragen? Bel J. Voorbeeld." in texts(newest["brief-voorbeeld.docx"])
    (letter,) = (name for name in newest if name.startswith("GM0518"))
    assert any(text.startswith("Dit is brief nummer ") for text in texts(newest[letter]))


WORDS = {
    "datum": date(2025, 3, 19),
    "tijd": Tijdvak(time(10), time(11, 30)),
    "totaal": 13000,
    "prijs": 25451.73,
    "aantal": 13,
    "kopie_aan": ["A", "B", "C"],
    "rubricering": "Concept",
}
DESCRIBED = {"tekst", "link"}  # whose result is told in words
_FILTER_ROW = re.compile(r"^\| `(\w+)` \| `(\{\{.+?\}\})` \| (.+?) \|$", re.MULTILINE)
ROWS = _FILTER_ROW.findall(TEXT)


def test_the_guide_tells_of_every_filter() -> None:
    assert {name for name, _, _ in ROWS} == set(FILTERS)


def test_the_handbook_shows_the_same_filters_as_the_guide() -> None:
    handbook = (guide.GUIDE.parent / "handleiding.md").read_text(encoding="utf-8")
    assert {row[:2] for row in _FILTER_ROW.findall(handbook)} == {row[:2] for row in ROWS}


@pytest.mark.parametrize(
    ("tag", "result"), [(tag, result) for name, tag, result in ROWS if name not in DESCRIBED]
)
def test_a_filter_in_the_guide_gives_what_it_shows(tag: str, result: str) -> None:
    tag = tag.replace("\\|", "|")
    filled = lrtdocs.fill(docx_of(tag), WORDS)
    printed = "".join(texts(docx.Document(io.BytesIO(filled)))).replace("\xa0", " ")
    assert result.startswith(printed)


def test_the_guide_tells_of_every_command_on_templates() -> None:
    for name in sjabloon.commands:
        assert f"lrtdocs sjabloon {name}" in TEXT


def test_the_codes_in_the_guide_exist() -> None:
    codes = set(re.findall(r"LRT[35]\d\d", TEXT))
    assert len(codes) > 25
    assert codes <= {*load_codes("LRT3"), *load_codes("LRT5")}


def test_the_guide_has_no_dead_links() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\s-]", "", one).strip().lower().replace(" ", "-") for one in headings}
    assert set(re.findall(r"\(#([^)]+)\)", TEXT)) == anchors
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", TEXT):
        assert (guide.GUIDE.parent / target).is_file(), target


def test_the_pictures_of_the_guide_are_small_and_described() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((pictures/.+?)\)", TEXT)
    assert len(pictures) == 3
    for described, name in pictures:
        assert described
        assert (guide.GUIDE.parent / name).stat().st_size < 80_000
