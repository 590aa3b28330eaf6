"""The mailings in examples/verzendingen: each made as who finds it there would make it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from mailing_making import run

from lrtdocs.api.checking import check
from lrtdocs.shipped import examples_folder
from lrtdocs.word.facts import read_facts

if TYPE_CHECKING:
    from pathlib import Path

VERZENDINGEN = examples_folder() / "verzendingen"


def make(name: str, target: Path) -> dict[str, bytes]:
    """Return the letters of the example `name` by their names, made in `target`."""
    path = VERZENDINGEN / name / f"{name}.yaml"
    assert check(path) == []
    outcome = run(path, target)
    assert (outcome.exit_code, outcome.problems) == (0, [])
    return {each.stem: each.read_bytes() for each in sorted(target.glob("*.docx"))}


def lines(docx: bytes) -> list[str]:
    """Return the paragraphs of the page of a letter."""
    return [one.text.replace("\u00a0", " ") for one in Document(BytesIO(docx)).paragraphs]


# --- engels: a letter in English, and one in Dutch among them


@pytest.fixture(scope="module")
def engels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return make("engels", tmp_path_factory.mktemp("engels"))


def test_the_english_letters_go_abroad_and_one_dutch_letter_stays_here(
    engels: dict[str, bytes],
) -> None:
    languages = [read_facts(docx).language for docx in engels.values()]
    assert languages == ["en-GB", "en-GB", "en-GB", "en-GB", "nl-NL"]


def test_an_english_letter_of_the_example_says_all_in_english(engels: dict[str, bytes]) -> None:
    said = lines(engels["0001-Fedasil"])
    for line in (
        "Attn Ms A. Peeters", "BELGIË", "Date \t14 March 2025", "Dear Ms Peeters,",
        "Subject \tInvitation to a working session on flow-through locations",
        "Yours sincerely,", "On behalf of the Minister for Asylum and Migration,",
        "Your organisation may bring two people.",
    ):  # fmt: skip
        assert any(one.startswith(line) for one in said), line
    assert any("23 April 2025, from 10:00 to 16:30, at" in one for one in said)
    assert any(
        "€25,451.73 per person a year; in 2024 there were 8,500 places" in one for one in said
    )


def test_who_is_not_named_and_who_is_named_in_parts(engels: dict[str, bytes]) -> None:
    office = lines(engels["0002-Bundesamt für Migration und Flüchtlinge"])
    assert {"Dear Sir or Madam,", "Yours faithfully,"} <= {*office}
    person = lines(next(docx for name, docx in engels.items() if "Berg" in name))
    assert {"Ms A. van den Berg", "Dear Ms Van den Berg,", "Yours sincerely,"} <= {*person}


def test_the_dutch_letter_of_the_example_says_all_in_dutch(engels: dict[str, bytes]) -> None:
    said = lines(engels["0005-Vereniging van Voorbeeldgemeenten"])
    assert "t.a.v. mw. F. Voorbeeld" in said
    assert "Betreft \tUitnodiging voor een werksessie over doorstroomlocaties" in said
    assert {"namens deze,", "Met vriendelijke groet,"} <= {*said}
    assert any("€ 25.451,73 per persoon per jaar uit; in 2024 waren er 8500" in one for one in said)
