"""A file as the model it is meant to be: what belongs at each place, and what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args, get_origin

from pydantic import BaseModel

from lrtdocs import messages
from lrtdocs.model.deelnemer import Deelnemer, Grouped
from lrtdocs.model.tekst import Tekst
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from lrtdocs.errors import Place, Problem

Loc = tuple[int | str, ...]
"""The keys and indexes that lead to a value."""
_STEP = re.compile(r"([^.\[\]]+)|\[(\d*)\]")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of `model_class` and of the models inside it, by the way that leads to them."""

    model_class: type[BaseModel]

    def names(self, loc: Loc) -> list[str]:
        """Return the keys that may stand at `loc`, or in each item of the list there."""
        model = self._model(loc)
        return list(model.model_fields) if model else []

    def description(self, loc: Loc) -> str:
        """Return what the key at `loc` means, in Dutch and without a full stop, or ""."""
        info = self._field(loc)
        return (info.description or "").rstrip(".") if info else ""

    def required(self, loc: Loc) -> list[str]:
        """Return the keys that must stand at `loc`, or in each item of the list there."""
        return [name for name in self.names(loc) if self.is_required((*loc, name))]

    def text_key(self, loc: Loc) -> str:
        """Return the key that a text by itself at `loc` is the value of, or ""."""
        return str(getattr(self._model(loc), "text_key", ""))

    def is_list(self, loc: Loc) -> bool:
        """Tell whether a list belongs at `loc`."""
        return self._origin(loc) is tuple

    def is_free(self, loc: Loc) -> bool:
        """Tell whether keys of the writer's own choice belong at `loc`."""
        return self._origin(loc) is dict

    def holds_words(self, loc: Loc) -> bool:
        """Tell whether what stands under `loc` are words of the writer's own, of any sort."""
        around = (loc[:length] for length in range(1, len(loc) + 1))
        return any(self.is_free(one) and not self.names(one) for one in around)

    def is_required(self, loc: Loc) -> bool:
        """Tell whether the key at `loc` may not be left out."""
        info = self._field(loc)
        return info is not None and info.is_required()

    def is_tekst(self, loc: Loc) -> bool:
        """Tell whether a text with paragraphs and lists belongs at `loc`."""
        info, own = self._field(loc), self.text_key(loc)
        if own and self.is_tekst((*loc, own)):
            return True
        return info is not None and Tekst in _parts(info.annotation)

    def allows_groups(self, loc: Loc) -> bool:
        """Tell whether the list that belongs at `loc` may stand in groups, each with a name."""
        info = self.model_class.model_fields.get(str(loc[0])) if len(loc) == 1 else None
        return info is not None and any(isinstance(one, Grouped) for one in info.metadata)

    def _without_group(self, loc: Loc) -> Loc:
        """Return `loc` without the name of the group in it, which is the writer's own."""
        named = len(loc) > 1 and isinstance(loc[1], str) and self.allows_groups(loc[:1])
        return loc[:1] + loc[2:] if named and loc[1] not in Deelnemer.model_fields else loc

    def _origin(self, loc: Loc) -> object:
        info = self._field(loc)
        return get_origin(info.annotation) if info else None

    def _field(self, loc: Loc) -> FieldInfo | None:
        loc = self._without_group(loc)
        model = self._model(loc[:-1]) if loc else None
        return model.model_fields.get(str(loc[-1])) if model else None

    def _model(self, loc: Loc) -> type[BaseModel] | None:
        """Return the model that `loc` leads to, or None."""
        found: type[BaseModel] | None = self.model_class
        skip = False
        for part in self._without_group(loc):
            if isinstance(part, int) or skip:
                skip = False
                continue
            info = found.model_fields.get(part) if found else None
            if info is None:
                return None
            skip = get_origin(info.annotation) is dict
            models = (one for one in _parts(info.annotation) if isinstance(one, type))
            found = next((one for one in models if issubclass(one, BaseModel)), None)
        return found


def _parts(annotation: object) -> Iterator[object]:
    """Yield `annotation` and all the types it is made of."""
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


@dataclass(slots=True)
class Reading:
    """The nodes under `root` by the way that leads to them, beside the `fields` they are for.

    `meant` gives, for a key that was misspelt, the key under which its value goes. `plain` is what
    pydantic gets: a key without a value is left out, but for a word of the writer's own, which is
    empty then, and for one that does not belong there, which must be told. `broken` are the values
    that were told of, in `problems` or before.
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
            if not _is_empty(value) or self._counts_empty(loc, name):
                yield name, data

    def _counts_empty(self, loc: Loc, name: str) -> bool:
        """Tell whether key `name` under `loc` counts without a value: a word, or no key of ours."""
        known = self.fields.names(loc)
        return self.fields.is_free(loc) or self.fields.holds_words(loc) or name not in known

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
    """Return where the value at `loc` stands in `node`, or the nearest thing around it.

    An index into a mapping counts through the lists in it: people in groups are one list.
    """
    for part in loc:
        if isinstance(node, MappingNode) and isinstance(part, int):
            people = (one for _, group in node.entries for one in _items(group))
            node = SequenceNode(tuple(people), node.place)
        below = node.get(part) if isinstance(node, MappingNode) and isinstance(part, str) else None
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
        if below is None:
            return first_key(node)
        node = below
    return node.place


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, SequenceNode) else ()


def loc_of(path: str) -> Loc:
    """Return the keys and indexes of the `path` of a word: agendapunten[0].titel."""
    return tuple(int(index) if index else key for key, index in _STEP.findall(path))


def path_of(loc: Loc) -> str:
    """Return the path of `loc`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return text.removeprefix(".")


def find_place(node: Node, path: str) -> Place | None:
    """Return where the value with the `path` of a word (`agendapunten[0].titel`) stands in `node`.

    None when there is no key of that name at the top: lrtdocs made the word itself.
    """
    loc = loc_of(path)
    known = isinstance(node, MappingNode) and loc and node.get(str(loc[0])) is not None
    return place_of(node, loc) if known else None
