"""What came of an edited paper: the file with what could be taken over, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs.run.meetings.returning.known import Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.run.meetings.returning.changes import Change
    from lrtdocs.run.meetings.returning.known import Difference, Left, Paper, Placed, Source
    from lrtdocs.word.reading.blocks import Block


@dataclass
class Applied:
    """The text of the file with what could be taken over, and what it is as a meeting.

    `undone` gives by the number of a difference why it was not: the reason, or a problem.
    """

    text: str
    source: Source
    undone: dict[int, Reason | Problem] = field(default_factory=dict)


@dataclass
class Brought:
    """What came back from an edited paper: the differences, the file with them, what is left.

    `paper` is what the file makes today, `edited` the paragraphs of the edited one with what each
    is in `placed`. `changes` are those of each difference; when `chosen` is not None, only those
    with these keys were to be taken over.
    """

    paper: Paper
    edited: Sequence[Block]
    placed: Placed
    differences: list[Difference]
    applied: Applied
    changes: list[list[Change]]
    chosen: Collection[str] | None = None
    left: list[Left] = field(default_factory=list)

    def reasons(self, number: int) -> list[Reason | Problem | None]:
        """Return of each change of a difference, by its `number`, why it was not taken over."""
        undone = self.applied.undone.get(number)
        return [
            Reason.CHOSEN if self.chosen is not None and one.key not in self.chosen else undone
            for one in self.changes[number]
        ]
