"""One mistake made two hundred times is one problem: told at the first place, with the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import Severity, sort_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.errors import Place, Problem

_SHOWN = 8


def group_repeats(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` in order, those that say the same put together; errors stay apart.

    An error is mended where it stands, so each of its places is told on its own.
    """
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for number, problem in enumerate(sort_problems(problems)):
        own = str(number) if problem.severity is Severity.ERROR or _is_own(problem) else ""
        groups.setdefault((problem.code, problem.message, own), []).append(problem)
    return sort_problems(_one(group) for group in groups.values())


def _is_own(problem: Problem) -> bool:
    """Tell whether a problem belongs to its tag and not to the formatting of the whole."""
    return problem.code < "LRT340"


def _one(group: list[Problem]) -> Problem:
    first = group[0]
    others = list(dict.fromkeys(_where(p.place, first.place) for p in group[1:]))
    others = [other for other in others if other != _where(first.place, first.place)]
    if not others:
        return first
    numbers = [other for other in others if other.isdigit()]
    named = [other for other in others if not other.isdigit()]
    pieces = [f"alinea {_listed(numbers)}"] if numbers else []
    pieces += [_listed(named)] if named else []
    return replace(first, message=f"{first.message} Ook in {' en in '.join(pieces)}.")


def _where(place: Place, first: Place) -> str:
    """Return the number of a paragraph in the part of `first`, or the part and the number."""
    number = str(place.paragraph or "")
    if place.part == first.part:
        return number or "dit deel"
    return f"{place.part or 'dit document'}{f' (alinea {number})' if number else ''}"


def _listed(names: list[str]) -> str:
    shown, more = names[:_SHOWN], len(names) - _SHOWN
    if more > 0:
        return f"{', '.join(shown)} en nog {more} andere"
    return f"{', '.join(shown[:-1])} en {shown[-1]}" if len(shown) > 1 else shown[0]
