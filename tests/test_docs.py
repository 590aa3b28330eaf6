"""The papers that go with the code are kept true by tests."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from lrtdocs import cli, messages, model
from lrtdocs.documents.fields import fields_of
from lrtdocs.kinds import KINDS
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.mailing import Mailing, Ondertekening
from lrtdocs.model.taakstelling import Bijstelling, Taakstelling
from lrtdocs.model.vergadering import Agendapunt, Vergadering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.model.veld import Field

ROOT = Path(__file__).parent.parent
MODELS = {
    kind
    for module in pkgutil.iter_modules(model.__path__, "lrtdocs.model.")
    for kind in vars(import_module(module.name)).values()
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not BaseModel
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_glossary_explains_every_word_of_models_and_templates() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", read("docs/glossary.md"), re.MULTILINE)
    explained = {
        word.strip() for words, meaning in rows if meaning.strip() for word in words.split(",")
    }
    assert len(MODELS) >= 9
    used = {name for kind in MODELS for name in kind.model_fields}
    used |= {name for kind in KINDS for name in names_in(fields_of(kind))}
    assert sorted(used - explained) == []


def names_in(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield field.name
        yield from names_in(field.parts)


@pytest.mark.parametrize("name", sorted(cli.templates.sjabloon.commands))
def test_the_handbook_tells_of_every_command_on_templates(name: str) -> None:
    assert f"lrtdocs sjabloon {name}" in read("docs/handleiding.md")


@pytest.mark.parametrize("name", sorted(cli.lrtdocs.commands))
def test_the_handbook_tells_of_every_command(name: str) -> None:
    assert f"lrtdocs {name}" in read("docs/handleiding.md")


@pytest.mark.parametrize(
    "kind",
    [Vergadering, Agendapunt, Huisstijl, Mailing, Taakstelling, Bijstelling, Ondertekening],
)
def test_the_handbook_tells_of_every_key(kind: type[BaseModel]) -> None:
    text = read("docs/handleiding.md")
    for name in kind.model_fields:
        assert f"`{name}`" in text or f"{name}:" in text, name


def test_the_handbook_tells_of_every_filter() -> None:
    from lrtdocs.word.values.filters import FILTERS

    text = read("docs/handleiding.md")
    for name in FILTERS:
        assert f"| `{name}` |" in text, name


def test_the_handbook_has_no_dead_links() -> None:
    text = read("docs/handleiding.md")
    headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    anchors = {
        re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= anchors


@pytest.mark.parametrize("path", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_the_readme_names_every_example(path: Path) -> None:
    assert f"examples/{path.name}" in read("README.md")


def test_the_readme_opens_with_two_commands_and_its_pictures_exist() -> None:
    text = read("README.md")
    assert text.index("make demo") < text.index("make test") < text.index("## ")
    pictures = re.findall(r"\((docs/[^)]+\.png)\)", text)
    assert len(pictures) >= 2
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_versions_agree() -> None:
    from lrtdocs import __version__

    assert f"softwareVersion: {__version__}" in read("publiccode.yml")
    assert f"## {__version__}" in read("CHANGELOG.md")


def test_the_page_of_messages_is_made_from_the_catalogue() -> None:
    """When this fails: make meldingen."""
    assert read("docs/meldingen.md") == messages.build_page()


def test_the_page_of_messages_is_found_from_readme_and_handbook() -> None:
    assert "docs/meldingen.md" in read("README.md")
    assert "(meldingen.md)" in read("docs/handleiding.md")
