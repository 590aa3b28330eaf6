"""The tree of words: it is that of the models, and the words that documents really get."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from lrtdocs.documents.fields import fields_of, is_open
from lrtdocs.documents.letters import shared_words
from lrtdocs.documents.meetings import meeting_words as words_of_meeting
from lrtdocs.errors import has_errors
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.model.velden import Tijdvak
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.letters.plan import plan_letters, walk_letters
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.shipped import examples_folder, templates_folder
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TODAY = date(2025, 3, 1)
MEETINGS = [kind.name for kind in kinds_of(Source.MEETING)]
TYPES = {"getal": int, "datum": date, "tijd": Tijdvak, "ja of nee": bool, "opgemaakte tekst": Tekst}
HUISSTIJL = Huisstijl.model_validate({"afzenders": {"a": {"team": "T"}}})


def walk(fields: Sequence[Field], above: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        path = f"{above}{field.name}{'[]' if field.kind == 'lijst' else ''}"
        yield path, field
        yield from walk(field.parts, f"{path}.")


def differences(words: Mapping[str, Any], fields: Sequence[Field], above: str = "") -> list[str]:
    """Return where `words` are others than `fields`, or of another kind, or empty in spite of it.

    The user's own words in an open block are passed over.
    """
    known = {field.name: field for field in fields}
    found = [f"{above}{name}: not in words" for name in known.keys() - words.keys()]
    found += [f"{above}{name}: not in tree" for name in words.keys() - known.keys()]
    for name in known.keys() & words.keys():
        found += difference(words[name], known[name], above + name)
    return found


def difference(value: Any, field: Field, path: str) -> list[str]:
    if value is None or (value in ("", [], {}) and value is not False):
        return [f"{path}: empty"] if field.required else []
    if field.kind == "lijst":
        item = Field(field.name, "", field.item, True, parts=field.parts)
        return [text for one in value for text in difference(one, item, f"{path}[]")]
    if field.kind == "blok":
        own = {part.name for part in field.parts}
        parts = {key: part for key, part in value.items() if not field.open or key in own}
        return differences(parts, field.parts, f"{path}.")
    wanted = TYPES.get(field.kind, (str, date))
    return [] if isinstance(value, wanted) else [f"{path}: {type(value).__name__}"]


def meeting_words(kind: str, **fields: object) -> dict[str, Any]:
    data = {"overleg": "LRT", "datum": "2025-03-19", "agendapunten": ["Opening"], **fields}
    vergadering = Vergadering.model_validate(data)
    return words_of_meeting(KINDS[kind], vergadering, HUISSTIJL, Afzender(), TODAY)


def example_letters(name: str) -> Iterator[dict[str, Any]]:
    loaded, problems = load_mailing(examples_folder() / name)
    assert loaded is not None
    assert not has_errors(problems)
    plan_letters(loaded)
    shared = shared_words(
        loaded.mailing, loaded.house.huisstijl, loaded.house.afzender, TODAY, loaded.verdeling
    )
    for letter in walk_letters(loaded):
        yield {**shared, **letter.words}


@pytest.mark.parametrize("kind", MEETINGS)
def test_the_example_meeting_has_the_words_of_the_tree(kind: str) -> None:
    loaded, _ = load_vergadering(examples_folder() / "2025-03-19-lrt.yaml", kind)
    assert loaded is not None
    parts = (loaded.model, loaded.house.huisstijl, loaded.house.afzender)
    words = words_of_meeting(KINDS[kind], *parts, TODAY)

    assert not differences(words, fields_of(kind))


@pytest.mark.parametrize("kind", MEETINGS)
def test_the_barest_meeting_leaves_empty_what_is_not_always_there(kind: str) -> None:
    words = meeting_words(kind)

    assert not differences(words, fields_of(kind))
    filled = {name for name, value in words.items() if value not in (None, [])}
    always = {field.name for field in fields_of(kind) if field.required}
    assert filled == always | ({"rubricering"} if words["concept"] else set())


@pytest.mark.parametrize(
    ("kind", "name"), [("brief", "brief.yaml"), ("taakstelling", "taakstelling-2025-II.yaml")]
)
def test_the_example_letters_have_the_words_of_the_tree(kind: str, name: str) -> None:
    fields = fields_of(kind)

    assert not [text for words in example_letters(name) for text in differences(words, fields)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_is_explained_in_dutch_with_its_kind_and_an_example(kind: str) -> None:
    for path, field in walk(fields_of(kind)):
        assert field.meaning.endswith((".", "'")), path
        assert field.kind in ValueKind, path
        if field.kind not in ("blok", "lijst") or (field.kind == "lijst" and not field.parts):
            assert field.example not in (None, "", ()), path
        assert (field.kind == "lijst") == bool(field.item), path


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_a_value_of_the_kind_of_its_word(kind: str) -> None:
    for path, field in walk(fields_of(kind)):
        if field.kind in ("getal", "datum", "tijd", "ja of nee"):
            assert isinstance(field.example, TYPES[field.kind]), path


def test_only_letters_have_words_of_the_users_own() -> None:
    assert [is_open(kind) for kind in KINDS] == [False, False, False, True, True]


def test_there_are_no_words_for_another_kind() -> None:
    with pytest.raises(KeyError):
        fields_of("notitie")


def of_tree(fields: Sequence[Field], *, full: bool) -> dict[str, Any]:
    """Return words made of the tree alone: all of them, or only what is always there."""
    return {field.name: of_field(field, full=full) for field in fields}


def of_field(field: Field, *, full: bool) -> Any:
    if not (full or field.required):
        return [] if field.kind == "lijst" else None
    if field.kind == "lijst":
        return [of_tree(field.parts, full=full)] * 2 if field.parts else list(field.example or "x")
    return of_tree(field.parts, full=full) if field.kind == "blok" else field.example


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_template_is_filled_with_the_words_of_the_tree(kind: str, full: bool) -> None:
    path: Path = templates_folder() / f"{kind}.docx"
    template = compile_template(path.read_bytes(), path.name)

    assert render(template, of_tree(fields_of(kind), full=full))
    assert template.names.keys() <= {field.name for field in fields_of(kind)}
