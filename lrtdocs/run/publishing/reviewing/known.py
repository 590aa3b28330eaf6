"""What there is to decide of a publication, as data: for a page, or whoever goes through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.openbaar.blok import Beoordeling, Openbaar

if TYPE_CHECKING:
    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.openbaar.vermoeden import Soort

Loc = tuple[int | str, ...]


class Answer(StrEnum):
    """What a person may say of a suggestion, or of what is left out."""

    HIER = "hier"
    """It is left out where it stands."""
    OVERAL = "overal"
    """Its words are left out wherever they stand."""
    TOELATEN = "toelaten"
    """It was seen, and may stay."""
    TERUG = "terug"
    """What was said of it before is taken back."""


class Context(NamedTuple):
    """Words in their sentence."""

    before: str
    words: str
    behind: str


class Suggestion(NamedTuple):
    """Something that may have been missed.

    `key` names it as long as its text stays. `what` says in Dutch where it stands, `grond` is the
    ground that is proposed, `answers` are those that can be given.
    """

    key: str
    soort: Soort
    place: Place
    loc: Loc
    context: Context
    what: str
    grond: str
    answers: tuple[Answer, ...]


class Said(StrEnum):
    """By what something is left out, or stays."""

    MERK = "op deze plek aangewezen"
    OVERAL = "overal weggelaten"
    KEUZE = "bij 'publiek' of 'vertrouwelijk' gezegd"
    TABEL = "volgens de afspraken in de huisstijl"
    TOEGELATEN = "gezien, en mag blijven staan"


class Saying(NamedTuple):
    """Something that the file says of what is left out or may stay, which can be taken back.

    `at` is what is touched for that: the way to a value, and in a text from where to where.
    """

    key: str
    said: Said
    place: Place
    loc: Loc
    words: str
    grond: str = ""
    start: int = 0
    end: int = 0


class LeftOut(NamedTuple):
    """Something that is left out of the copy: its words, on which ground, and by what.

    `key` is that of what the file says, to take it back; "" where the file does not say it.
    `allows` are the words that would let somebody stay who is left out by the table, or "".
    """

    place: Place
    what: str
    words: str
    grond: str
    said: Said
    key: str = ""
    allows: str = ""


class Decision(NamedTuple):
    """The `answer` to the suggestion or saying that is called `key`, on this ground.

    Without a ground it is the one that was proposed.
    """

    key: str
    answer: Answer
    grond: str = ""


@dataclass(slots=True)
class Review:
    """What there is to see and decide before a copy is made.

    `problems` are errors of the file, or what is odd about its publication; with errors there is
    nothing else. `unseen` are words to leave out that stand nowhere. `looked` tells what was looked
    at, and by which rules.
    """

    problems: list[Problem] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unseen: list[Saying] = field(default_factory=list)
    allowed: list[Saying] = field(default_factory=list)
    judgement: Beoordeling | None = None
    block: Openbaar = field(default_factory=Openbaar)
    looked: str = ""
    is_mailing: bool = False

    @property
    def readable(self) -> bool:
        """Whether the file could be read, so that the rest means something."""
        return self.judgement is not None


class Decided(NamedTuple):
    """What came of decisions: the text of the file, how many were done, and those that were not.

    `shown` tells how many other places are no longer left out, now that a name may stay.
    """

    text: str
    done: int
    problems: list[Problem]
    shown: int = 0
