"""Data for a template of one's own: YAML or JSON, with any words.

YAML is read as text, as everywhere; JSON keeps its numbers, truth values and null, and its texts
are values like all others.
"""

from __future__ import annotations

import json
from typing import Any

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, has_errors
from lrtdocs.model.value import At, Value
from lrtdocs.source.yaml.characters import mend_spoiled
from lrtdocs.source.yaml.lines import Lines
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode
from lrtdocs.source.yaml.text import parse_yaml


def parse_data(text: str, file: str) -> tuple[dict[str, object] | None, list[Problem]]:
    """Read the words in `text`; None, with all problems, if there is anything wrong with it."""
    if file.lower().endswith(".json"):
        return _parse_json(text, file)
    node, problems = parse_yaml(text, file)
    if node is None or has_errors(problems):
        return None, problems
    if not isinstance(node, MappingNode):
        return None, [*problems, messages.problem("LRT152", node.place)]
    return {key.text: _plain(value) for key, value in node.entries}, problems


def _plain(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, ScalarNode):
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
        return None, [_broken_json(Place(file, error.lineno, error.colno), text[error.pos :])]
    except RecursionError:
        return None, [_broken_json(Place(file, 1, 1), "")]
    if not isinstance(data, dict):
        return None, [messages.problem("LRT152", Place(file, 1, 1))]
    if doubles:
        return None, [messages.problem("LRT151", Place(file), name=name) for name in doubles]
    if spoiled := [*mend_spoiled(Lines(file, text.split("\n")))]:
        return None, spoiled
    return {key: _as_values(value, (file, None, None, None)) for key, value in data.items()}, []


def _as_values(data: object, at: At) -> object:
    if isinstance(data, dict):
        return {key: _as_values(value, at) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_values(item, at) for item in data]
    return Value(data, at=at) if isinstance(data, str) else data


def _broken_json(place: Place, rest: str) -> Problem:
    found = rest[:20].split("\n", maxsplit=1)[0]
    if not found:
        return messages.problem("LRT150.einde", place)
    return messages.problem("LRT150.teken", place, found=found)
