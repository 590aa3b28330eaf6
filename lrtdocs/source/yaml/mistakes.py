"""Mistakes against YAML: what they are made of, and what several causes have in common."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.nodes import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lrtdocs.errors import Problem
    from lrtdocs.source.yaml.lines import Lines

DASHES = re.compile(r"\s*+(?:-\s++)*+")
KEY = re.compile(
    r"\s*+(?:-\s++)*+(?P<key>\"[^\"]*\"|'[^']*'|[^\s'\"#\[{&*!|>%@`:][^\s:#]*(?:\s+[^\s:#]+)*)\s*:(?=\s|$)"
)
WORD_KEY = re.compile(r"\s*+(?:-\s++)*+(?P<key>[A-Za-z_][\w-]*)\s*:(?=\s|$)")
GLUED_KEY = re.compile(r"\s*+(?:-\s++)*+(?P<key>[A-Za-z_][\w-]*) *(?P<colon>:)(?=\S)")
BLOCK_HEADER = re.compile(r"(?:^|\s)[|>][0-9+-]*\s*(?:#.*)?$")
_AFTER = {
    "'": "LRT123.enkel",
    '"': "LRT123.dubbel",
    "]": "LRT123.haakje",
    "}": "LRT123.haakje",
}
"""The message of text after a value, by the sign with which the value ends."""


class Mistake(NamedTuple):
    """What the writer did wrong, by its message. `mend` changes the lines to read on."""

    key: str
    spot: Spot
    mend: Callable[[], object]
    fields: Mapping[str, object] = MappingProxyType({})


def as_problem(lines: Lines, mistake: Mistake) -> Problem:
    """Return `mistake` as a problem, with its place in the file as typed."""
    line, column = mistake.spot
    problem = messages.problem(mistake.key, lines.place(line, column), None, **mistake.fields)
    return replace(problem, found=shorten(lines.lines[line][column:]))


def runs_on(lines: Lines, start: Spot, last: int) -> bool:
    """Tell whether lines after `start`, up to `last`, look like keys or items on their own."""
    margin = lines.indent(start.line)
    return any(
        lines.indent(line) <= margin and (WORD_KEY.match(lines.lines[line]) or lines.is_item(line))
        for line in range(start.line + 1, min(last + 1, len(lines.lines)))
    )


def value_spot(lines: Lines, spot: Spot) -> Spot:
    """Return where the value begins in which `spot` stands, on the line of `spot`."""
    text = lines.lines[spot.line]
    match = KEY.match(text) or DASHES.match(text)
    begin = match.end() if match else 0
    begin += len(text[begin:]) - len(text[begin:].lstrip())
    return Spot(spot.line, min(begin, spot.column))


def unclosed_quote(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a quoted text, begun at `spot`, without its closing quote."""
    text = lines.lines[spot.line].rstrip()
    quote = text[spot.column]
    if quote == '"' and text.endswith('\\"') and len(text) - 2 > spot.column:
        return escape(lines, Spot(spot.line, len(text) - 2))
    return Mistake("LRT122", spot, lambda: lines.spoil(*value_spot(lines, spot)), {"quote": quote})


def escape(lines: Lines, backslash: Spot) -> Mistake:
    """Return the mistake of a backslash between double quotes that stands for itself."""
    return Mistake("LRT124.streep", backslash, lambda: lines.replace(*backslash, "/"))


def unclosed_bracket(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a bracket, opened at `spot`, that is never closed."""
    bracket = lines.lines[spot.line][spot.column]
    return Mistake(
        "LRT128",
        spot,
        lambda: lines.spoil(*value_spot(lines, spot)),
        {"bracket": bracket, "closing": {"[": "]", "{": "}"}[bracket]},
    )


def special_sign(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a value that begins with a sign YAML keeps for itself."""
    sign = lines.lines[spot.line][spot.column : spot.column + 1]
    key = "LRT125.teken" if sign else "LRT125.niets"
    return Mistake(key, spot, lambda: _spoil_sign(lines, spot), {"sign": sign})


def _spoil_sign(lines: Lines, spot: Spot) -> None:
    """Take the rest of the line away, or inside brackets only the sign itself."""
    value = value_spot(lines, spot)
    if lines.lines[spot.line][value.column : value.column + 1] in {"[", "{"} and value != spot:
        lines.replace(spot.line, spot.column, "x")
        lines.spoiled.add(spot.line)
    else:
        lines.spoil(*value)


def text_after(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of text after a closing quote or bracket, or after a special sign."""
    line, column = spot
    before = lines.lines[line][:column].rstrip()
    value = value_spot(lines, spot)
    sign = lines.lines[line][value.column]
    if sign in "*&!":
        return special_sign(lines, value)
    key = next((key for end, key in _AFTER.items() if before.endswith(end)), "LRT123.anders")
    return Mistake(key, spot, lambda: lines.spoil(*value))
