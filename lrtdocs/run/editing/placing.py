"""Problems brought to the fields they are about: from a line and column to keys and indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.editing.shown import Loc, Shown, ShownGroup, walk_form
from lrtdocs.source.yaml.nodes import MappingNode, Node, SequenceNode
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Place, Problem

_ABSENT = {"LRT202", "LRT203"}
"""The keys of what is told of a field that is missing: its name is in the fields of that."""


def loc_of(text: str, problem: Problem) -> Loc:
    """Return the keys and indexes of what `problem` is about in `text`; () for the whole of it."""
    root, _ = parse_yaml(text, "")
    return () if root is None else loc_in(root, problem)


def loc_in(root: Node, problem: Problem) -> Loc:
    """Return the keys and indexes of what `problem` is about in the file that `root` is of."""
    at = _spot(problem.place)
    if at is None:
        return ()
    before = [(spot, len(loc), loc) for loc, spot in _spots(root, ()) if spot <= at]
    loc = max(before, key=lambda one: one[:2])[2] if before else ()
    if problem.key in _ABSENT and loc:
        return (*loc[:-1], str(problem.fields.get("name", loc[-1])))
    return loc


def _spot(place: Place) -> tuple[int, int] | None:
    return (place.line, place.column or 0) if place.line else None


def _spots(node: Node, loc: Loc) -> Iterator[tuple[Loc, tuple[int, int]]]:
    """Yield where everything in `node` begins, by the keys and indexes that lead to it."""
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            yield (*loc, key.text), (key.place.line or 0, key.place.column or 0)
            yield from _spots(value, (*loc, key.text))
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield (*loc, index), (item.place.line or 0, item.place.column or 0)
            yield from _spots(item, (*loc, index))


def place_in_form(form: tuple[ShownGroup, ...], loc: Loc) -> Shown | None:
    """Return the field of `form` that shows what is at `loc`, or the nearest around it."""
    found: Shown | None = None
    for one in walk_form(form):
        here = one.loc == loc[: len(one.loc)]
        if here and (found is None or len(one.loc) >= len(found.loc)):
            better = found is None or len(one.loc) > len(found.loc) or one.field.is_leaf
            found = one if better else found
    return found
