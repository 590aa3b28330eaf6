"""From nodes to a model, with every problem at its place; pydantic decides, we speak.

A misspelt key is one problem, not "unknown" and "missing" both; its value is judged as that of the
key that was meant, so that one run tells all there is to mend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from lrtdocs import messages
from lrtdocs.model.remarks import Remark, find_remarks
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.source.build import keywords
from lrtdocs.source.build.fields import Fields
from lrtdocs.source.build.places import Places, PlainData, first_key
from lrtdocs.source.build.refusals import UNKNOWN_KEY, Translator, describe
from lrtdocs.source.build.shapes import find_misread
from lrtdocs.source.yaml.nodes import MappingNode, Node, SequenceNode

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from lrtdocs.errors import Place, Problem
    from lrtdocs.source.build.fields import Loc
    from lrtdocs.source.build.keywords import Meaning

Model = TypeVar("Model", bound=BaseModel)
_PATH = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def build_model(node: Node, model_class: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Build a `model_class` from `node`; None with all the problems if it cannot be built."""
    if not isinstance(node, MappingNode):
        return None, [] if getattr(node, "broken", False) else [_not_a_mapping(node)]
    fields = Fields(model_class)
    meant: dict[Loc, str] = {}
    misspelt: list[Problem] = []
    while True:
        data = PlainData(Places(node), fields, meant)
        plain = data.value(node)
        data.problems += find_misread(data.places, fields)
        model, errors = _validate(model_class, plain)
        unknown = _find_unknown(data.places, fields, errors)
        renamed = _find_renamed(data.places, unknown)
        misspelt += [unknown[loc].fault.at(data.places.key(loc)) for loc in renamed or unknown]
        if not renamed:
            break
        meant |= renamed
    misplaced = {meaning.belongs for meaning in unknown.values()}
    problems = data.problems + misspelt
    problems += Translator(data.places, fields, misplaced).problems(errors)
    return (None if problems or data.places.broken else model), problems


def _validate(model_class: type[Model], plain: object) -> tuple[Model | None, list[ErrorDetails]]:
    try:
        return model_class.model_validate(plain), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _find_unknown(places: Places, fields: Fields, errors: list[ErrorDetails]) -> dict[Loc, Meaning]:
    """Return what every unknown key probably means, by the way that leads to it."""
    return {
        loc: keywords.find_meaning(places, fields, loc)
        for error in errors
        if error["type"] == UNKNOWN_KEY and not places.is_told((loc := error["loc"])[:-1])
    }


def _find_renamed(places: Places, unknown: dict[Loc, Meaning]) -> dict[Loc, str]:
    """Return the right key for each unknown one whose value can be judged under that name.

    That is not so if the right key is there as well, or if two keys mean the same one.
    """
    ways = {(*loc[:-1], meaning.key): loc for loc, meaning in unknown.items() if meaning.key}
    return {loc: str(way[-1]) for way, loc in ways.items() if way not in places.keys}


def model_warnings(
    model: BaseModel, node: Node, kind: str = "", *, below: str = ""
) -> list[Problem]:
    """Return what deserves a second look in `model`, built from `node`, as a document of `kind`.

    With `below` only what deserves it there: under that key.
    """
    remarks = _find_remarks(model, kind)
    places = Places(node)
    PlainData(places, Fields(type(model))).value(node)
    return [
        remark.fault.at(places.at(remark.loc, remark.line, remark.column))
        for remark in remarks
        if not below or remark.loc[0] == below
    ]


def _find_remarks(model: BaseModel, kind: str) -> list[Remark]:
    if isinstance(model, Vergadering):
        return find_remarks(model, kind)
    from lrtdocs.model.mailing import Mailing  # a meeting does without
    from lrtdocs.model.mailing_remarks import find_mailing_remarks

    return find_mailing_remarks(model) if isinstance(model, Mailing) else []


def place_of(node: Node, loc: Loc) -> Place:
    """Return where the value at `loc` stands in `node`, or the nearest thing around it."""
    for part in loc:
        below = node.get(part) if isinstance(node, MappingNode) and isinstance(part, str) else None
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
        if below is None:
            return first_key(node)
        node = below
    return node.place


def find_place(node: Node, path: str) -> Place | None:
    """Return where the value with the `path` of a word (`agendapunten[0].titel`) stands in `node`.

    None when there is no key of that name at the top: lrtdocs made the word itself.
    """
    loc = tuple(int(index) if index else key for key, index in _PATH.findall(path))
    known = isinstance(node, MappingNode) and loc and node.get(str(loc[0])) is not None
    return place_of(node, loc) if known else None


def _not_a_mapping(node: Node) -> Problem:
    return messages.problem("LRT204.bestand", node.place, found=describe(node))
