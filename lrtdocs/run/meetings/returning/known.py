"""What is known of two papers of a meeting, that of today and the edited one, and how they differ.

Only data: how it comes about stands in the modules beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.documents.meetings import Wijziging
    from lrtdocs.model.vergadering import Vergadering
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.reading.blocks import Block
    from lrtdocs.word.reading.shapes import Shape, Slot

BODY = "hoofdtekst"


# --- a paper


class Forms(NamedTuple):
    """A template with the shapes of its paragraphs.

    `kin` gives for styles that only say that a paragraph is kept with the next the one that does
    not: one of those stands there, whichever item it is.
    """

    template: Template
    shapes: tuple[Shape, ...]
    kin: Mapping[str, str]

    def unify(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return `blocks` with one style for those that are kin."""
        return tuple(replace(b, style=self.kin[b.style]) if b.style in self.kin else b
                     for b in blocks)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """What a paragraph was made of: its `shape`, and by loop the path of the item that it is of.

    `known` are its values as they were printed, by the line of their tag. Of a text of many
    paragraphs it is number `at`, from 0.
    """

    shape: Shape
    bases: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[int, str] = field(default_factory=dict)
    at: int = 0


@dataclass(frozen=True)
class Paper:
    """The paragraphs of a paper, each with its origin, None where no value went into it.

    `package` is the document, `words` are those that it was filled with, `change` tells that it is
    a later version.
    """

    kind: str
    forms: Forms
    package: Package
    words: Mapping[str, object]
    blocks: tuple[Block, ...]
    origins: tuple[Origin | None, ...]
    change: Wijziging | None = None


class Source(NamedTuple):
    """The file of a meeting: where it is, what stands in it, and the meeting that it says."""

    path: Path
    node: Node
    model: Vergadering


# --- a paper as a tree


class Said(NamedTuple):
    """A value as a paper says it: the text, and the block (by its index) in which it stands."""

    text: str
    block: int
    slot: Slot


@dataclass
class Item:
    """What a paper says of one thing: the meeting, an item of the agenda, an action.

    `origin` is the path of what it was, "" for something new. `values` and `texts` are by the path
    below it; of a text the indexes of its blocks.
    """

    origin: str
    values: dict[str, list[Said]] = field(default_factory=dict)
    texts: dict[str, list[int]] = field(default_factory=dict)
    lists: dict[str, list[Item]] = field(default_factory=dict)
    first: int = -1

    def walk(self) -> Iterator[Item]:
        """Yield this item and all below it."""
        yield self
        for items in self.lists.values():
            for item in items:
                yield from item.walk()


@dataclass
class Placed:
    """A paper as a tree; of each block its shape and the item it is of; `loose` fit nowhere.

    `unread` are blocks of a known shape whose text is not of that shape any more.
    """

    top: Item
    shapes: dict[int, Shape] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


# --- what differs


class Saying(NamedTuple):
    """What is said in one place, before and after: the texts, "" for nothing, and the blocks.

    `again` tells that it is said here once more, of what stands elsewhere: in the list of actions.
    """

    before: str
    after: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    again: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it says something else now."""
        return self.before != self.after


@dataclass
class Difference:
    """One field that the edited paper says otherwise, with every place where it is printed.

    A text of many paragraphs has them all in one saying. Of a list, `kind` tells that an item is
    new or gone, and `item` which one of the edited paper it is; a new one comes before the item
    that is number `at` now. Of an order that is another, `items` are all in the edited paper.
    """

    path: str
    kind: str
    sayings: list[Saying] = field(default_factory=list)
    item: Item | None = None
    at: int = 0
    items: Sequence[Item] = ()

    @property
    def changed(self) -> list[Saying]:
        """The places where it was changed."""
        return [saying for saying in self.sayings if saying.is_changed]


class Papers(NamedTuple):
    """The paper of today and the edited one, both placed."""

    old: Sequence[Block]
    new: Sequence[Block]
    placed: Placed
    edited: Placed
    words: Mapping[str, object]


# --- what came of it


class Told(StrEnum):
    """What was changed: the message that tells it."""

    VALUE = "LRT060.waarde"
    NEW = "LRT060.nieuw"
    GONE = "LRT060.weg"
    ADDED = "LRT060.erbij"
    TAKEN = "LRT060.eraf"
    ORDER = "LRT060.volgorde"


class Reason(StrEnum):
    """Why a difference is not taken over: the message that tells it."""

    UNEQUAL = "LRT061.verschillend"
    LISTED = "LRT061.lijst"
    NEEDED = "LRT061.nodig"
    FORM = "LRT061.opmaak"
    MARK = "LRT061.weglaten"
    SHORT = "LRT061.kort"
    BLOCK = "LRT061.blok"
    PLACE = "LRT061.plaats"
    NEWER = "LRT061.nieuwer"
    CHOSEN = "LRT061.gekozen"


def blocks_of(one: Difference, paper: Paper) -> list[int]:
    """Return the blocks of `paper` that a difference is about, by their indexes."""
    if one.kind != "gone":
        return [at for saying in one.changed for at in saying.old]
    origins = enumerate(paper.origins)
    return [at for at, origin in origins if origin and one.path in origin.bases.values()]


class Left(NamedTuple):
    """A paragraph that is still different: as lrtdocs makes it and as it is in the edited paper.

    `follows` tells that nobody changed it: it only follows from another change, or has the form
    that lrtdocs gives to something new. `old` is its index in the paper of today, None for one that
    was not there.
    """

    made: Block | None
    edited: Block | None
    follows: bool
    old: int | None
