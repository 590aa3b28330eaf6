"""Where everything in a file stands, by the keys and indexes that lead to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.errors import Place, Problem
    from lrtdocs.source.build.fields import Fields, Loc


@dataclass(slots=True)
class Places:
    """The nodes and keys of a file; `broken` are the values that were reported before."""

    root: Node
    nodes: dict[Loc, Node] = field(default_factory=dict)
    keys: dict[Loc, ScalarNode] = field(default_factory=dict)
    broken: set[Loc] = field(default_factory=set)

    def node(self, loc: Loc) -> Node:
        """Return the node at `loc`, or the nearest one around it."""
        while loc and loc not in self.nodes:
            loc = loc[:-1]
        return self.nodes.get(loc, self.root)

    def key(self, loc: Loc) -> Place:
        """Return the place of the key at `loc`, or of its value if there is no key."""
        key = self.keys.get(loc)
        return key.place if key else self.node(loc).place

    def at(self, loc: Loc, line: int = 0, column: int = 0) -> Place:
        """Return the place of the value at `loc`, or of a line and column (from 0) inside it."""
        node = self.node(loc)
        return node.place_at(line, column) if isinstance(node, ScalarNode) else node.place

    def is_told(self, loc: Loc) -> bool:
        """Tell whether the value at `loc`, or one around it, was reported before."""
        return any(loc[:length] in self.broken for length in range(len(loc) + 1))


def first_key(node: Node) -> Place:
    """Return where a mapping begins: at its first key, also between brackets."""
    return (
        node.entries[0][0].place if isinstance(node, MappingNode) and node.entries else node.place
    )


@dataclass(slots=True)
class PlainData:
    """Turns nodes into plain data for pydantic, and writes down where everything stands.

    `meant` gives, for a key that was misspelt, the key under which its value goes. A key without a
    value is left out, but for a word of the writer's own: that one is empty.
    """

    places: Places
    fields: Fields
    meant: Mapping[Loc, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def value(self, node: Node, loc: Loc = ()) -> object:
        """Return `node` as a dict, a list or a value."""
        self.places.nodes[loc] = node
        if isinstance(node, MappingNode):
            return dict(self._entries(node, loc))
        if isinstance(node, SequenceNode):
            return [self._item(item, (*loc, index)) for index, item in enumerate(node.items)]
        if node.broken:
            self.places.broken.add(loc)
        return node.value

    def _entries(self, node: MappingNode, loc: Loc) -> Iterator[tuple[str, object]]:
        for key, value in node.entries:
            name = self.meant.get((*loc, key.text), key.text)
            below = (*loc, name)
            self.places.keys[below] = key
            data = self.value(value, below)
            if not _is_empty(value) or self.fields.holds_words(loc):
                yield name, data

    def _item(self, node: Node, loc: Loc) -> object:
        if _is_empty(node):
            self.places.broken.add(loc)
            self.problems.append(messages.problem("LRT203.onderdeel", node.place))
        return self.value(node, loc)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.broken and not node.text.strip()
