"""From nodes to a model, with every problem at its place; pydantic decides, we speak.

A misspelt key is one problem, not "unknown" and "missing" both; its value is judged as that of the
key that was meant, so that one run tells all there is to mend.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from lrtdocs import messages
from lrtdocs.model.remarks import find_remarks
from lrtdocs.source.build.fields import Fields
from lrtdocs.source.build.keywords import find_meaning
from lrtdocs.source.build.reading import Reading
from lrtdocs.source.build.refusals import describe, translate
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from lrtdocs.errors import Problem
    from lrtdocs.source.build.fields import Loc
    from lrtdocs.source.build.keywords import Meaning

Model = TypeVar("Model", bound=BaseModel)
_UNKNOWN_KEY = "extra_forbidden"
_GLUED_KEY = re.compile(r"(?P<key>[a-z_]+)(?::(?=\S)|\s+)(?P<value>.*)", re.DOTALL)


def build_model(node: Node, model_class: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Build a `model_class` from `node`; None with all the problems if it cannot be built."""
    if not isinstance(node, MappingNode):
        broken = isinstance(node, ScalarNode) and node.broken
        found = describe(node)
        return None, [] if broken else [messages.problem("LRT204.bestand", node.place, found=found)]
    meant: dict[Loc, str] = {}
    misspelt: list[Problem] = []
    while True:
        reading = Reading(node, Fields(model_class), meant)
        reading.problems += _find_misread(reading)
        model, errors = _validate(model_class, reading.plain)
        unknown = {
            loc: find_meaning(reading, loc)
            for error in errors
            if error["type"] == _UNKNOWN_KEY and not reading.is_told((loc := error["loc"])[:-1])
        }
        renamed = _find_renamed(reading, unknown)
        misspelt += [unknown[loc].fault.at(reading.key(loc)) for loc in renamed or unknown]
        if not renamed:
            break
        meant |= renamed
    misplaced = {meaning.belongs for meaning in unknown.values()}
    problems = reading.problems + misspelt
    for error in errors:
        if error["type"] != _UNKNOWN_KEY and not reading.is_told(error["loc"]):
            problems += translate(error, reading, misplaced)
    return (None if problems or reading.broken else model), problems


def _validate(model_class: type[Model], plain: object) -> tuple[Model | None, list[ErrorDetails]]:
    try:
        return model_class.model_validate(plain), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _find_renamed(reading: Reading, unknown: dict[Loc, Meaning]) -> dict[Loc, str]:
    """Return the right key for each unknown one whose value can be judged under that name.

    That is not so if the right key is there as well, or if two keys mean the same one.
    """
    ways = {(*loc[:-1], meaning.key): loc for loc, meaning in unknown.items() if meaning.key}
    return {loc: str(way[-1]) for way, loc in ways.items() if way not in reading.keys}


# --- texts that surely mean something else


def _find_misread(reading: Reading) -> Iterator[Problem]:
    """Yield the problem of every text that was a list or a key typed wrongly; mark it as told."""
    for loc, node in reading.nodes.items():
        if not isinstance(node, ScalarNode) or node.broken or not loc:
            continue
        problem = _glued_key(node, reading.fields, loc)
        if node.is_folded and reading.fields.is_list(loc):  # lines without a dash, run together
            problem = messages.problem("LRT214", node.place, found=node.excerpt)
        if problem is not None:
            reading.broken.add(loc)
            yield problem


def _glued_key(node: ScalarNode, fields: Fields, loc: Loc) -> Problem | None:
    """Return the problem of an item such as `titel:Opening` or `titel Opening`, read as a text."""
    known = fields.names(loc) if isinstance(loc[-1], int) and node.is_plain else []
    match = _GLUED_KEY.fullmatch(node.text)
    if match is None or match["key"] not in known:
        return None
    has_colon = node.text[match.end("key")] == ":"
    if not has_colon and not fields.is_required((*loc, match["key"])):
        return None
    problem = messages.problem(
        "LRT121.spatie" if has_colon else "LRT121.dubbele-punt",
        node.place_at(0, match.end("key") + has_colon),
        key=match["key"],
        value=match["value"][:30],
    )
    return replace(problem, found=node.excerpt)


# --- what deserves a second look


def model_warnings(
    model: BaseModel, node: Node, kind: str = "", *, below: str = ""
) -> list[Problem]:
    """Return what deserves a second look in `model`, built from `node`, as a document of `kind`.

    With `below` only what deserves it there: under that key.
    """
    reading = Reading(node, Fields(type(model)))
    return [
        remark.fault.at(reading.at(remark.loc, remark.line, remark.column))
        for remark in find_remarks(model, kind)
        if not below or remark.loc[0] == below
    ]
