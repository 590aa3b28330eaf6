"""Reading a meeting together with the house style that goes for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from lrtdocs.errors import Place, Problem, has_errors, suggest
from lrtdocs.model import Afzender, Huisstijl, Vergadering
from lrtdocs.source.build import build_model, model_warnings
from lrtdocs.source.files import find_huisstijl, read_text
from lrtdocs.source.nodes import Mapping, Node
from lrtdocs.source.text import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A meeting read from the file `path`, with the house style and the sender that go for it."""

    path: Path
    vergadering: Vergadering
    huisstijl: Huisstijl
    huisstijl_path: Path
    afzender: Afzender


def parse_file(path: Path) -> tuple[Node | None, list[Problem]]:
    """Read the YAML of `path` into nodes, with all its problems."""
    text, problems = read_text(path)
    node, found = parse_yaml(text, str(path))
    return node, problems + found


def load_model(
    path: Path, model_class: type[Model]
) -> tuple[Node | None, Model | None, list[Problem]]:
    """Read `path` as a `model_class`; the model is None if there are errors."""
    node, problems = parse_file(path)
    if node is None:
        return None, None, problems
    model, found = build_model(node, model_class)
    problems += found
    return node, None if has_errors(problems) else model, problems


def load_vergadering(path: Path, kind: str) -> tuple[Loaded | None, list[Problem]]:
    """Read the meeting at `path` with its house style; `kind` decides which warnings are told.

    Returns None, with all problems of both files, if a document cannot be made of them.
    """
    node, vergadering, problems = load_model(path, Vergadering)
    huisstijl_path = find_huisstijl(path)
    _, huisstijl, found = load_model(huisstijl_path, Huisstijl)
    problems += found
    if vergadering is not None and node is not None:
        problems += model_warnings(vergadering, node, kind)
    if vergadering is None or node is None or huisstijl is None:
        return None, problems
    afzender = _choose_afzender(vergadering, huisstijl)
    if afzender is None:
        return None, [*problems, _unknown_afzender(vergadering, huisstijl, huisstijl_path, node)]
    return Loaded(path, vergadering, huisstijl, huisstijl_path, afzender), problems


def _choose_afzender(vergadering: Vergadering, huisstijl: Huisstijl) -> Afzender | None:
    if vergadering.afzender is None and len(huisstijl.afzenders) == 1:
        return next(iter(huisstijl.afzenders.values()))
    return huisstijl.afzenders.get(vergadering.afzender or "")


def _unknown_afzender(
    vergadering: Vergadering, huisstijl: Huisstijl, huisstijl_path: Path, node: Node
) -> Problem:
    known, name = list(huisstijl.afzenders), vergadering.afzender or ""
    guess = suggest(name, known)
    unknown = f"'{name}' is geen afzender" + (f"; {guess}" if guess else ".")
    return Problem(
        "LRT220",
        _value_place(node, "afzender"),
        unknown if name else "Er zijn meer afzenders; kies er een.",
        expected=f"een van: {', '.join(known)}",
        found=name,
        remedy=f"Noem een afzender uit {huisstijl_path}, zoals 'afzender: {known[0]}'.",
    )


def _value_place(node: Node, name: str) -> Place:
    """Return where the value of the key `name` stands, or else where the file begins."""
    entries = node.entries if isinstance(node, Mapping) else []
    found = (value.place for key, value in entries if key.text == name)
    return next(found, entries[0][0].place if entries else node.place)
