"""A file as the model it is meant to be: its plain data, and where each key and value stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.errors import Place, Problem
    from lrtdocs.source.build.fields import Fields, Loc

_PATH = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(slots=True)
class Reading:
    """The nodes under `root` by the way that leads to them, beside the `fields` they are for.

    `meant` gives, for a key that was misspelt, the key under which its value goes. `plain` is what
    pydantic gets: a key without a value is left out, but for a word of the writer's own, which is
    empty then. `broken` are the values that were told of, in `problems` or before.
    """

    root: Node
    fields: Fields
    meant: Mapping[Loc, str] = field(default_factory=dict)
    nodes: dict[Loc, Node] = field(default_factory=dict)
    keys: dict[Loc, ScalarNode] = field(default_factory=dict)
    broken: set[Loc] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    plain: object = None

    def __post_init__(self) -> None:
        self.plain = self._value(self.root, ())

    def _value(self, node: Node, loc: Loc) -> object:
        self.nodes[loc] = node
        if isinstance(node, MappingNode):
            return dict(self._entries(node, loc))
        if isinstance(node, SequenceNode):
            return [self._item(item, (*loc, index)) for index, item in enumerate(node.items)]
        if node.broken:
            self.broken.add(loc)
        return node.value

    def _entries(self, node: MappingNode, loc: Loc) -> Iterator[tuple[str, object]]:
        for key, value in node.entries:
            name = self.meant.get((*loc, key.text), key.text)
            below = (*loc, name)
            self.keys[below] = key
            data = self._value(value, below)
            if not _is_empty(value) or self.fields.holds_words(loc):
                yield name, data

    def _item(self, node: Node, loc: Loc) -> object:
        if _is_empty(node):
            self.broken.add(loc)
            self.problems.append(messages.problem("LRT203.onderdeel", node.place))
        return self._value(node, loc)

    def node(self, loc: Loc) -> Node:
        """Return the node at `loc`, or the nearest one around it."""
        while loc and loc not in self.nodes:
            loc = loc[:-1]
        return self.nodes.get(loc, self.root)

    def key(self, loc: Loc) -> Place:
        """Return the place of the key at `loc`, or of its value if there is no key."""
        return self.keys.get(loc, self.node(loc)).place

    def at(self, loc: Loc, line: int = 0, column: int = 0) -> Place:
        """Return the place of the value at `loc`, or of a line and column (from 0) inside it."""
        node = self.node(loc)
        return node.place_at(line, column) if isinstance(node, ScalarNode) else node.place

    def is_told(self, loc: Loc) -> bool:
        """Tell whether the value at `loc`, or one around it, was reported before."""
        return any(loc[:length] in self.broken for length in range(len(loc) + 1))


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.broken and not node.text.strip()


def first_key(node: Node) -> Place:
    """Return where a mapping begins: at its first key, also between brackets."""
    begins = isinstance(node, MappingNode) and node.entries
    return begins[0][0].place if begins else node.place


def place_of(node: Node, loc: Loc) -> Place:
    """Return where the value at `loc` stands in `node`, or the nearest thing around it."""
    for part in loc:
        below = node.get(part) if isinstance(node, MappingNode) and isinstance(part, str) else None
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
        if below is None:
            return first_key(node)
        node = below
    return node.place


def find_place(node: Node, path: str) -> Place | None:
    """Return where the value with the `path` of a word (`agendapunten[0].titel`) stands in `node`.

    None when there is no key of that name at the top: lrtdocs made the word itself.
    """
    loc = tuple(int(index) if index else key for key, index in _PATH.findall(path))
    known = isinstance(node, MappingNode) and loc and node.get(str(loc[0])) is not None
    return place_of(node, loc) if known else None
