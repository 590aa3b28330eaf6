"""One mistake made two hundred times is one problem: told at the first place, with the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Severity, sort_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.errors import Problem

_SHOWN = 8
_OF_A_TAG = {f"LRT{number}" for number in range(301, 340)} - {"LRT335"}
"""What belongs to its tag, not to a word or to how the whole looks; it is told at each place."""


def group_repeats(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` in order, those that say the same put together; errors stay apart.

    An error is mended where it stands, so each of its places is told on its own.
    """
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for number, problem in enumerate(sort_problems(problems)):
        alone = problem.severity is Severity.ERROR or problem.code in _OF_A_TAG
        own = str(number) if alone else ""
        groups.setdefault((problem.code, problem.message, own), []).append(problem)
    return sort_problems(_one(group) for group in groups.values())


def _one(group: list[Problem]) -> Problem:
    """Return the first of `group`, with the places of the others in its message."""
    first = group[0]
    mine, parts = first.place.part, dict[str | None, list[int]]()
    for place in (problem.place for problem in group[1:]):
        numbers = parts.setdefault(place.part, [])
        here = {*numbers, first.place.paragraph if place.part == mine else None}
        if place.paragraph is not None and place.paragraph not in here:
            numbers.append(place.paragraph)
    pieces = [_listed(parts.pop(mine, []))]
    pieces += [", ".join(filter(None, (part, _listed(n)))) for part, n in parts.items()]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return first
    also = messages.text("deel.ook_in", places="; ".join(pieces))
    return replace(first, message=f"{first.message} {also}")


def _listed(numbers: list[int]) -> str:
    """Return the paragraphs `numbers` in words: alinea 14, 15 en 22."""
    if not numbers:
        return ""
    shown, more = ", ".join(map(str, numbers[:_SHOWN])), len(numbers) - _SHOWN
    if more > 0:
        return messages.text("deel.alineas_en_meer", numbers=shown, more=more)
    before, _, last = shown.rpartition(", ")
    return f"alinea {before} en {last}" if before else f"alinea {last}"
