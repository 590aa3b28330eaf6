"""Data for a template of one's own: YAML or JSON, with any words.

YAML is read as text, as everywhere; JSON keeps its numbers, truth values and null, and its texts
are values like all others.
"""

from __future__ import annotations

import json
from typing import Any

from lrtdocs.errors import Place, Problem, has_errors
from lrtdocs.model.value import At, Value
from lrtdocs.source.yaml.nodes import Mapping, Node, Scalar
from lrtdocs.source.yaml.text import parse_yaml


def parse_data(text: str, file: str) -> tuple[dict[str, object] | None, list[Problem]]:
    """Read the words in `text`; None, with all problems, if there is anything wrong with it."""
    if file.lower().endswith(".json"):
        return _parse_json(text, file)
    node, problems = parse_yaml(text, file)
    if node is None or has_errors(problems):
        return None, problems
    if not isinstance(node, Mapping):
        return None, [*problems, _no_words(node.place)]
    return {key.text: _plain(value) for key, value in node.entries}, problems


def _plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, Scalar):
        return node.value
    return [_plain(item) for item in node.items]


def _parse_json(text: str, file: str) -> tuple[dict[str, object] | None, list[Problem]]:
    doubles: list[str] = []

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        doubles.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=gather)
    except json.JSONDecodeError as error:
        return None, [_broken_json(Place(file, error.lineno, error.colno), text, error.pos)]
    except RecursionError:
        return None, [_broken_json(Place(file, 1, 1), "", 0)]
    if not isinstance(data, dict):
        return None, [_no_words(Place(file, 1, 1))]
    if doubles:
        return None, [_double(Place(file), name) for name in doubles]
    return {key: _as_values(value, (file, None, None, None)) for key, value in data.items()}, []


def _as_values(data: object, at: At) -> object:
    if isinstance(data, dict):
        return {key: _as_values(value, at) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_values(item, at) for item in data]
    return Value(data, at=at) if isinstance(data, str) else data


def _broken_json(place: Place, text: str, offset: int) -> Problem:
    return Problem(
        "LRT150",
        place,
        "Dit is geen JSON die lrtdocs kan lezen.",
        expected='JSON zoals {"naam": "waarde"}',
        found=text[offset : offset + 20].split("\n", maxsplit=1)[0] or "het einde van het bestand",
        remedy="Kijk op deze plaats naar komma's, haakjes en aanhalingstekens.",
    )


def _double(place: Place, name: str) -> Problem:
    return Problem(
        "LRT151",
        place,
        f"Het woord '{name}' staat er twee keer.",
        found=name,
        remedy="Haal een van de twee weg.",
    )


def _no_words(place: Place) -> Problem:
    return Problem(
        "LRT152",
        place,
        "Dit bestand heeft geen woorden met waarden.",
        expected="regels zoals 'naam: waarde'",
        remedy="Zet elk woord van het sjabloon op een eigen regel.",
    )
