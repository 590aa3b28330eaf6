"""Mistakes against YAML: what they are made of, and what several causes have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Problem
from lrtdocs.source.yaml.nodes import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtdocs.source.yaml.lines import Lines

DASHES = re.compile(r"\s*+(?:-\s++)*+")
KEY = re.compile(
    r"\s*+(?:-\s++)*+(?P<key>\"[^\"]*\"|'[^']*'|[^\s'\"#\[{&*!|>%@`:][^\s:#]*(?:\s+[^\s:#]+)*)\s*:(?=\s|$)"
)
WORD_KEY = re.compile(r"\s*+(?:-\s++)*+(?P<key>[A-Za-z_][\w-]*)\s*:(?=\s|$)")
GLUED_KEY = re.compile(r"\s*+(?:-\s++)*+(?P<key>[A-Za-z_][\w-]*) *(?P<colon>:)(?=\S)")
BLOCK_HEADER = re.compile(r"(?:^|\s)[|>][0-9+-]*\s*(?:#.*)?$")
QUOTE_REMEDY = "Zet de hele tekst tussen aanhalingstekens: '…'."


class Spot(NamedTuple):
    """A line and a column, from 0."""

    line: int
    column: int


class Mistake(NamedTuple):
    """What the writer did wrong. `mend` changes the lines so that reading can go on."""

    code: str
    spot: Spot
    message: str
    remedy: str
    mend: Callable[[], object]
    expected: str = ""


def as_problem(lines: Lines, mistake: Mistake) -> Problem:
    """Return `mistake` as a problem, with its place in the file as typed."""
    return Problem(
        mistake.code,
        lines.place(*mistake.spot),
        mistake.message,
        expected=mistake.expected,
        found=shorten(lines.lines[mistake.spot.line][mistake.spot.column :]),
        remedy=mistake.remedy,
    )


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
    return Mistake(
        "LRT122",
        spot,
        "Deze tekst begint met een aanhalingsteken, maar het sluitende aanhalingsteken ontbreekt.",
        f"Zet aan het eind van de tekst ook een {quote}.",
        lambda: lines.spoil(*value_spot(lines, spot)),
    )


def escape(lines: Lines, backslash: Spot) -> Mistake:
    """Return the mistake of a backslash between double quotes that stands for itself."""
    return Mistake(
        "LRT124",
        backslash,
        "Tussen dubbele aanhalingstekens heeft het teken \\ een eigen betekenis.",
        "Gebruik enkele aanhalingstekens: '…'. Of schrijf het teken dubbel: \\\\.",
        lambda: lines.replace(*backslash, "/"),
    )


def unclosed_bracket(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a bracket, opened at `spot`, that is never closed."""
    bracket = lines.lines[spot.line][spot.column]
    closing = {"[": "]", "{": "}"}[bracket]
    return Mistake(
        "LRT128",
        spot,
        f"Het haakje {bracket} wordt niet gesloten.",
        f"Zet aan het eind een {closing}. Is het haakje gewone tekst, zet de tekst dan tussen "
        "aanhalingstekens.",
        lambda: lines.spoil(*value_spot(lines, spot)),
    )


def special_sign(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a value that begins with a sign YAML keeps for itself."""
    sign = lines.lines[spot.line][spot.column : spot.column + 1]
    return Mistake(
        "LRT125",
        spot,
        f"Een waarde kan niet met het teken {sign} beginnen."
        if sign
        else "Hier ontbreekt een waarde.",
        QUOTE_REMEDY,
        lambda: _spoil_sign(lines, spot),
    )


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
    if before.endswith(("'", '"')):
        remedy = (
            'Zet de hele tekst tussen dubbele aanhalingstekens: "…". '
            "Binnen enkele aanhalingstekens schrijft u een ' dubbel: ''."
            if before.endswith("'")
            else "Zet de hele tekst tussen enkele aanhalingstekens: '…'."
        )
        message = "Na het sluitende aanhalingsteken staat nog tekst."
    else:
        message = (
            "Na het haakje staat nog tekst." if before.endswith(("]", "}")) else "Dit past niet."
        )
        remedy = QUOTE_REMEDY
    return Mistake(
        "LRT123",
        Spot(line, column),
        message,
        remedy,
        lambda: lines.spoil(*value),
    )
