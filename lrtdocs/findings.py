"""Problems gathered while going through a long list: those of one kind are cut short."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtdocs.errors import Problem, Severity

MAX_TOLD = 20
"""So many problems of one kind are told one by one; of the rest the number."""


class Findings:
    """The problems of one reading of a list, in order, those of one kind cut short."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._told: list[Problem] = []
        self._counts: Counter[tuple[str, Severity]] = Counter()
        self._first: dict[tuple[str, Severity], Problem] = {}
        self.extend(problems)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add every one of `problems`."""
        for problem in problems:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        """Add `problem`, or only count it when there are `MAX_TOLD` of its kind."""
        kind = (problem.code, problem.severity)
        self._counts[kind] += 1
        if self._counts[kind] <= MAX_TOLD:
            self._told.append(problem)
        else:
            self._first.setdefault(kind, problem)

    def as_list(self) -> list[Problem]:
        """Return what is told: the problems, and a line for each kind that has more of them."""
        return [*self._told, *(self._rest(kind) for kind in self._first)]

    def _rest(self, kind: tuple[str, Severity]) -> Problem:
        first, more = self._first[kind], self._counts[kind] - MAX_TOLD
        if more == 1:
            return first
        message = f"{first.message[:1].lower()}{first.message[1:]}"
        return replace(
            first,
            message=messages.text("deel.nog_vaker", number=more - 1, message=message),
            expected="",
            found="",
            remedy=messages.text("deel.eerst_hierboven"),
        )


def cut_short(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems`, those of one kind cut short."""
    return Findings(problems).as_list()
