"""The table of kinds: what a row must say, and that a row, a template and an example are enough."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from lrtdocs.kinds import KINDS, Source
from lrtdocs.model.mailing import Mailing
from lrtdocs.shipped import examples_folder, templates_folder
from lrtdocs.word.house.build import build_templates

ROOT = Path(__file__).parent.parent
MEETING = "overleg: LRT\ndatum: 2025-03-19\nagendapunten:\n  - titel: Opening\n    besluiten: Ja.\n"
MAILING = (
    "sjabloon: uitnodiging\nontvangers: lijst.csv\nbetreft: Feest\n{}ondertekening: J. Jansen\n"
)

Results = dict[str, tuple[int, str, str]]
CALLS = [
    "--help",
    "besluitenlijst vergadering.yaml",
    "brieven uitnodiging.yaml -o uit",
    "brieven zonder.yaml -o leeg",
    "schema mailing",
    "sjabloon lijst --json",
    "sjabloon kopieer besluitenlijst --help",
    "sjabloon kopieer besluitenlijst",
    "sjabloon controleer uitnodiging",
    "sjabloon controleer besluitenlijst",
    "sjabloon velden besluitenlijst",
    *(
        f"sjabloon voorbeeld {kind} --gegevens {sample}"
        for kind in ("besluitenlijst", "uitnodiging")
        for sample in ("gewoon", "weinig", "veel")
    ),
]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return what each of `CALLS` gave in a program with two kinds more."""
    folder = tmp_path_factory.mktemp("soorten")
    shutil.copytree(templates_folder(), folder / "meegeleverd")
    shutil.copy(templates_folder() / "verslag.docx", folder / "meegeleverd/besluitenlijst.docx")
    shutil.copy(templates_folder() / "brief.docx", folder / "meegeleverd/uitnodiging.docx")
    for name, text in {
        "vergadering.yaml": MEETING,
        "uitnodiging.yaml": MAILING.format("tekst: Komt u?\n"),
        "zonder.yaml": MAILING.format(""),
        "lijst.csv": "naam;adres;postcode;plaats\nA. Voorbeeld;Straat 1;1860 AA;Bergen\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    calls = json.dumps([call.split() for call in CALLS])
    done = subprocess.run(
        [sys.executable, ROOT / "tests/kind_adding.py", folder, calls],
        cwd=folder, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    found = dict(zip(CALLS, map(tuple, json.loads(done.stdout)), strict=True))
    return {**found, "folder": (0, str(folder), "")}


def made(results: Results, name: str) -> str:
    """Return the text of the document `name`."""
    document = Document(str(Path(results["folder"][1]) / name))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("call", [call for call in CALLS if call != "brieven zonder.yaml -o leeg"])
def test_a_kind_more_works_in_every_command(results: Results, call: str) -> None:
    code, _, err = results[call]

    assert code == 0, err


def test_a_kind_more_of_a_meeting_has_its_command(results: Results) -> None:
    assert "Maak de besluitenlijst van een vergadering." in results["--help"][1]
    assert "Besluitenlijst" in made(results, "vergadering-besluitenlijst-concept.docx").title()


def test_a_kind_more_of_a_mailing_is_a_value_of_sjabloon(results: Results) -> None:
    assert "Komt u?" in made(results, "uit/0001-A. Voorbeeld.docx")
    code, _, err = results["brieven zonder.yaml -o leeg"]
    assert (code, "'tekst'" in err) == (1, True)


def test_a_kind_more_is_in_the_schema(results: Results) -> None:
    schema = json.loads(results["schema mailing"][1])

    assert "uitnodiging" in schema["properties"]["sjabloon"]["examples"]
    assert "uitnodiging" in schema["properties"]["sjabloon"]["description"]


def test_a_kind_more_is_among_the_templates_and_in_the_help(results: Results) -> None:
    rows = [json.loads(line)["naam"] for line in results["sjabloon lijst --json"][1].splitlines()]

    assert rows == [*KINDS, "besluitenlijst", "uitnodiging"]
    told = " ".join(results["sjabloon kopieer besluitenlijst --help"][1].split())
    assert "besluitenlijst of uitnodiging" in told
    assert "besluiten  (lijst" in results["sjabloon velden besluitenlijst"][1]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_row_names_what_is_there(kind: object) -> None:
    row = KINDS[kind.name]  # type: ignore[attr-defined]

    assert row.name in {Path(name).stem for name in build_templates()}
    assert (examples_folder() / row.example).is_file()
    assert row.help.endswith(".")
    assert row.source is Source.MEETING or row.requires in Mailing.model_fields
