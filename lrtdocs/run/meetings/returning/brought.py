"""What came of an edited paper: the file with what could be taken over, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.run.meetings.returning.known import (
        Difference,
        Left,
        Paper,
        Placed,
        Reason,
        Source,
    )
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
    is in `placed`.
    """

    paper: Paper
    edited: Sequence[Block]
    placed: Placed
    differences: list[Difference]
    applied: Applied
    left: list[Left] = field(default_factory=list)
