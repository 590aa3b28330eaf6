"""A form as it stands: the fields of a kind of file with what a text says in each of them.

The text is the truth and the form a look at it: whatever the form does not know, a comment, a key
of the writer's own, a value of another shape, stays in the text and is not touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.velden import as_decisions, as_list
from lrtdocs.run.editing.fields import Choice, FormField, Sort, form_of
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

Loc = tuple[int | str, ...]
KEY, VALUE = "sleutel", "waarde"
_LINE_ENDS = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a form: what stands in it, and where.

    `name` is what it is called in a form that is sent, `loc` where its value stands in the text, or
    would stand. Of a list `items` are its items, each with its own fields in `parts`; of a block,
    `parts` are its fields. `foreign` tells that it stands there in a shape that no form has.
    """

    field: FormField
    name: str
    loc: Loc
    node: Node | None
    value: str = ""
    key: str = ""
    sort: Sort = Sort.LINE
    label: str = ""
    parts: tuple[Shown, ...] = ()
    items: tuple[Shown, ...] = ()
    groups: tuple[Shown, ...] = ()
    foreign: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether anything stands here."""
        return bool(
            self.value
            or self.foreign
            or self.items
            or self.groups
            or any(part.filled for part in self.parts)
        )

    @property
    def id(self) -> str:
        """A name for in a page."""
        return "veld-" + self.name.replace(".", "-")

    @property
    def title(self) -> str:
        """The first that is said in an item, by which people know it."""
        said = (part.value for part in self.parts if part.field.is_leaf and part.value)
        return " ".join(next(said, "").split())

    @property
    def path(self) -> str:
        """Where the value stands, as one word."""
        return ".".join(map(str, self.loc))

    def walk(self) -> Iterator[Shown]:
        """Yield this and all that is in it."""
        yield self
        for one in (*self.parts, *self.items, *self.groups):
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Fields under one heading, with what stands in them."""

    name: str
    parts: tuple[Shown, ...]
    usual: bool

    @property
    def filled(self) -> bool:
        """Whether anything stands under this heading."""
        return any(part.filled for part in self.parts)


def show_form(kind: str, root: Node | None) -> tuple[ShownGroup, ...]:
    """Return the form of a `kind` of file with what stands in `root`."""
    return tuple(
        ShownGroup(group.name, tuple(_parts(group.fields, "", (), root)), group.usual)
        for group in form_of(kind)
    )


def walk_form(form: tuple[ShownGroup, ...]) -> Iterator[Shown]:
    """Yield every field and item of `form`."""
    for group in form:
        for part in group.parts:
            yield from part.walk()


def _parts(
    fields: tuple[FormField, ...], name: str, loc: Loc, node: Node | None
) -> Iterator[Shown]:
    """Yield `fields` with what stands in `node`, which is at `loc`."""
    for one in fields:
        below = node.get(one.name) if isinstance(node, MappingNode) else None
        yield _show(one, f"{name}.{one.name}" if name else one.name, (*loc, one.name), below)


def _show(one: FormField, name: str, loc: Loc, node: Node | None) -> Shown:
    """Return the field `one` with what stands in `node`."""
    made = Shown(one, name, loc, node, sort=one.sort, label=one.label, choices=one.choices)
    if one.is_leaf:
        return _leaf(made)
    if one.sort is Sort.GROUP:
        return _block(made)
    return _keys(made) if one.sort is Sort.KEYS else _list(made)


def _leaf(made: Shown) -> Shown:
    node = made.node
    if node is None or isinstance(node, ScalarNode):
        text = "" if node is None or node.empty else node.text
    elif made.sort is Sort.LINES and isinstance(node, SequenceNode) and _are_lines(node):
        text = "\n".join(item.text for item in node.items if isinstance(item, ScalarNode))
    else:
        return replace(made, foreign=True)
    value = _LINE_ENDS.sub("\n", text).rstrip("\n")
    return _sort_by(replace(made, value=value), value)


def _sort_by(made: Shown, value: str) -> Shown:
    """Return the field as `value` is filled in, where that is not as others of its sort are."""
    known = [choice.value for choice in made.choices]
    other = (*made.choices, Choice(value, value))
    if "\n" in value and made.sort not in {Sort.TEXT, Sort.LINES}:
        return replace(made, sort=Sort.TEXT)
    if made.sort is Sort.YES_NO and value not in {"", "ja", "nee"}:
        return replace(made, sort=Sort.CHOICE, choices=other)
    if made.sort is Sort.CHOICE and value and value not in known:
        return replace(made, choices=other)
    return made


def _are_lines(node: SequenceNode) -> bool:
    """Tell whether each item of `node` is one line that says something."""
    return all(
        isinstance(item, ScalarNode) and item.text.strip() and "\n" not in item.text.strip("\n")
        for item in node.items
    )


def _block(made: Shown) -> Shown:
    """Return a block, or an item of a list, with its fields; a text alone is one of them."""
    one, node = made.field, made.node
    if isinstance(node, SequenceNode) or (
        isinstance(node, ScalarNode) and not node.empty and not one.text_key
    ):
        return replace(made, foreign=True)
    parts = tuple(_parts(one.fields, made.name, made.loc, node))
    if isinstance(node, ScalarNode) and one.text_key:
        parts = tuple(
            _leaf(replace(part, node=node, loc=made.loc))
            if part.field.name == one.text_key
            else part
            for part in parts
        )
    return replace(made, parts=parts)


def _item(made: Shown, index: int, loc: Loc, node: Node | None) -> Shown:
    one = made.field
    label = f"{one.one} {index + 1}"
    name = f"{made.name}.{index}"
    return _block(replace(made, name=name, loc=loc, node=node, label=label, sort=Sort.GROUP))


def _list(made: Shown) -> Shown:
    """Return a list with its items, also where one or a text stands without the list."""
    node = made.node
    if node is None or (isinstance(node, ScalarNode) and node.empty):
        return made
    if isinstance(node, SequenceNode):
        nodes = enumerate(node.items)
        items = tuple(_item(made, index, (*made.loc, index), each) for index, each in nodes)
        return replace(made, items=items)
    if isinstance(node, ScalarNode):
        return replace(made, items=tuple(_items_of_text(made, node)))
    if made.field.people and not {key.text for key, _ in node.entries} & _PERSON:
        return _people(made, node)
    return replace(made, items=(_item(made, 0, made.loc, node),))


_PERSON = set(Deelnemer.model_fields)


def _items_of_text(made: Shown, node: ScalarNode) -> Iterator[Shown]:
    """Yield the items that a text without a list comes to."""
    if not made.field.text_key:
        yield replace(made, foreign=True)
        return
    long = any(
        each.name == made.field.text_key and each.sort is Sort.TEXT for each in made.field.fields
    )
    texts = as_decisions(node.text) if long else as_list(node.text)
    for index, text in enumerate(texts if isinstance(texts, list) else ()):
        yield _item(made, index, made.loc, replace(node, text=str(text).strip("\n")))


def _people(made: Shown, node: MappingNode) -> Shown:
    """Return a list of people that stand in groups, each with its own list."""
    groups = []
    for index, (key, below) in enumerate(node.entries):
        group = replace(
            made,
            name=f"{made.name}.g{index}",
            loc=(*made.loc, key.text),
            node=below,
            label=key.text,
        )
        groups.append(_list(replace(group, field=replace(made.field, people=False))))
    return replace(made, groups=tuple(groups))


def _keys(made: Shown) -> Shown:
    """Return keys of the writer's own, each with what stands there."""
    node = made.node
    if isinstance(node, SequenceNode) or (isinstance(node, ScalarNode) and not node.empty):
        return replace(made, foreign=True)
    entries = node.entries if isinstance(node, MappingNode) else ()
    return replace(
        made,
        items=tuple(
            _entry(replace(made, name=f"{made.name}.{index}"), key.text, value)
            for index, (key, value) in enumerate(entries)
        ),
    )


def _entry(made: Shown, key: str, node: Node) -> Shown:
    """Return a key of the writer's own; one with a single value has that as its only field."""
    loc, one = (*made.loc, key), made.field
    entry = replace(made, loc=loc, node=node, label=key, key=key, sort=Sort.GROUP)
    if one.fields[0].name != VALUE:
        return _block(entry)
    value = _show(one.fields[0], f"{made.name}.{VALUE}", loc, node)
    return replace(entry, parts=(value,), foreign=value.foreign)
