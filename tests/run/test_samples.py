"""Example data: what the words of each amount hold, and that the shipped templates take them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lrtdocs.documents.fields import fields_of
from lrtdocs.kinds import KINDS
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.tekst import PartedTekst
from lrtdocs.model.value import PartedValue
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.templates.example import Sample, load_house, read_full, sample_words
from lrtdocs.shipped import templates_folder
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.story.lint import check_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.model.veld import Field

TODAY = date(2025, 3, 1)


def words_of(kind: str, amount: str) -> dict[str, Any]:
    return sample_words(kind, amount, load_house(Path("x.yaml")), TODAY)


@pytest.mark.parametrize("amount", Sample)
@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_template_takes_every_amount(kind: str, amount: str) -> None:
    path = templates_folder() / f"{kind}.docx"
    template = compile_template(path.read_bytes(), path.name)
    data = render(template, words_of(kind, amount))

    assert check_package(read_package(data, "uit.docx")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_little_data_is_only_what_is_always_there(kind: str) -> None:
    words = words_of(kind, Sample.MINIMAL)
    filled = {name for name, value in words.items() if value not in (None, [], {})}
    always = {field.name for field in fields_of(kind) if field.required}
    assert filled - always <= {
        "tekst",
        "slotalinea",
        *({"rubricering"} if words.get("concept") else ()),
    }
    assert always - filled == set()


def empty(words: dict[str, Any], fields: Sequence[Field], above: str = "") -> Iterator[str]:
    for field in fields:
        value = words.get(field.name)
        if value in (None, "", [], {}):
            yield above + field.name
        elif field.kind == "blok":
            yield from empty(value, field.parts, f"{above}{field.name}.")
        elif isinstance(value, PartedValue):
            yield from empty(dict(value.parts), field.parts, f"{above}{field.name}.")
        elif field.parts:
            first = value[0].parts if isinstance(value[0], PartedTekst) else value[0]
            yield from empty(dict(first), field.parts, f"{above}{field.name}[].")


@pytest.mark.parametrize("kind", KINDS)
def test_much_data_has_every_word_filled(kind: str) -> None:
    """A gemeente has an organisation as well; the last row of Bijlage A has two gemeenten.

    A signature is a picture, and there is none to show.
    """
    left = set(empty(words_of(kind, Sample.FULL), fields_of(kind)))
    assert left - {"ondertekening.handtekening"} == set()


def test_much_data_has_the_table_of_all_gemeenten() -> None:
    assert len(words_of("taakstelling", Sample.FULL)["bijlage_a"]) == 342


def test_much_data_is_what_a_file_could_say() -> None:
    for model in (Vergadering, Mailing, Huisstijl):
        assert read_full(model)


def test_the_sender_of_an_ordinary_example_is_the_users_own(tmp_path: Path) -> None:
    own = "afzenders:\n  ons: {team: Team van ons}\n"
    (tmp_path / "huisstijl.yaml").write_text(own, encoding="utf-8")
    house = load_house(tmp_path / "x.yaml")
    words: dict[str, Any] = sample_words("agenda", "gewoon", house, TODAY)
    assert words["afzender"]["team"] == "Team van ons"
