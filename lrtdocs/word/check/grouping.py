"""One mistake made two hundred times is one problem: told at the first place, with the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Severity, sort_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.errors import Place, Problem

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
    places = show_places((problem.place for problem in group[1:]), first.place)
    if not places:
        return first
    also = messages.text("deel.ook_in", places=places)
    return replace(first, message=f"{first.message} {also}")


def show_places(places: Iterable[Place], here: Place | None = None) -> str:
    """Return `places` part by part: "hoofdtekst, alinea 3 en 12; documenteigenschappen".

    Where one of them is told `here`, its part is not named again, nor its paragraph.
    """
    mine = (here.part or here.file, here.paragraph) if here else ("", None)
    parts: dict[str, dict[int, None]] = {}
    for place in places:
        part = place.part or place.file
        numbers = parts.setdefault(part, {})
        if place.paragraph and (part, place.paragraph) != mine:
            numbers[place.paragraph] = None
    named = (("" if part == mine[0] else part, _listed([*n])) for part, n in parts.items())
    return "; ".join(filter(None, (", ".join(filter(None, both)) for both in named)))


def _listed(numbers: list[int]) -> str:
    """Return the paragraphs `numbers` in words: alinea 14, 15 en 22."""
    return f"alinea {dutch.join_some(numbers, _SHOWN)}" if numbers else ""
