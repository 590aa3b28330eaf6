"""Texts that can be read, but surely mean something else: a list or a key typed wrongly."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.source.yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.source.build.fields import Fields, Loc
    from lrtdocs.source.build.places import Places

_GLUED_KEY = re.compile(r"(?P<key>[a-z_]+)(?::(?=\S)|\s+)(?P<value>.*)", re.DOTALL)


def find_misread(places: Places, fields: Fields) -> Iterator[Problem]:
    """Yield the problem of every text that was not meant as one, and mark it as told."""
    for loc, node in places.nodes.items():
        if not isinstance(node, ScalarNode) or node.broken or not loc:
            continue
        problem = _lines_without_dash(node, fields, loc) or _glued_key(node, fields, loc)
        if problem is not None:
            places.broken.add(loc)
            yield problem


def _lines_without_dash(node: ScalarNode, fields: Fields, loc: Loc) -> Problem | None:
    """Return the problem of several lines, run together into one text where a list belongs."""
    if not node.is_folded or not fields.is_list(loc):
        return None
    return messages.problem("LRT214", node.place, found=node.excerpt)


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
