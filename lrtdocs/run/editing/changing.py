"""What was filled in, put into the text: each field that differs is one edit, the rest stays.

A form is compared with what it showed of the same text, so that what nobody touched is never
written anew. A person or paper that stands there as one text stays so until more is said of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import LrtdocsError, Place, ProblemsFoundError, has_errors
from lrtdocs.model.characters import HIDDEN
from lrtdocs.model.deelnemer import Deelnemer, split_deelnemer
from lrtdocs.run.editing.fields import FORMS, Sort
from lrtdocs.run.editing.shown import KEY, VALUE, Shown, ShownGroup, show_form, walk_form
from lrtdocs.source.yaml.edit import (
    Edit,
    EditError,
    Insert,
    Move,
    Put,
    Remove,
    data_of,
    edit_nodes,
)
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from lrtdocs.source.yaml.text import parse_yaml
from lrtdocs.source.yaml.writing import Data, write_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.errors import Problem

_NEW = "nieuw"
_LINE_ENDS = re.compile(r"\r\n|\r")


class NotTakenError(LrtdocsError):
    """Something that was filled in and cannot stand in the file; `fields` has why, by field."""

    def __init__(self, fields: Mapping[str, Problem]) -> None:
        super().__init__(*fields.values())
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with the form of its `kind`: what is shown of it, and what is changed in it."""

    kind: str
    text: str
    root: Node | None = field(repr=False)
    form: tuple[ShownGroup, ...] = field(repr=False)

    def named(self, name: str) -> Shown | None:
        """Return the field or item called `name`, or None."""
        return next((one for one in walk_form(self.form) if one.name == name), None)


def read_sheet(kind: str, text: str, file: str = "") -> Sheet:
    """Return `text` with its form; raise ProblemsFoundError for a text that is no YAML."""
    root, problems = parse_yaml(text, file)
    if has_errors(problems):
        raise ProblemsFoundError(*problems)
    if not isinstance(root, MappingNode) or kind not in FORMS:
        place = Place(file) if root is None else root.place
        raise ProblemsFoundError(messages.problem("LRT911", place))
    return Sheet(kind, text, root, show_form(kind, root))


def fill_in(sheet: Sheet, filled: Mapping[str, str]) -> Sheet:
    """Return `sheet` with what was `filled` in, by the names of its fields; others stay.

    Raises NotTakenError, with nothing changed, where that cannot stand in a file.
    """
    values = {name: _LINE_ENDS.sub("\n", value) for name, value in filled.items()}
    wrong = {
        name: found
        for one in walk_form(sheet.form)
        if one.sort is Sort.KEYS and not one.foreign
        for name, found in _wrong_keys(one, values)
    }
    if wrong:
        raise NotTakenError(wrong)
    parts = [part for group in sheet.form for part in group.parts]
    return _apply(sheet, [edit for part in parts for edit in _edits(part, values)], values)


def _apply(sheet: Sheet, edits: Sequence[Edit], values: Mapping[str, str]) -> Sheet:
    if sheet.root is None or not edits:
        return sheet
    try:
        text, root = edit_nodes(sheet.text, sheet.root, edits, "")
    except (EditError, ProblemsFoundError, LookupError):
        refused = _refused(sheet, values)
        if not refused:
            raise
        raise NotTakenError(refused) from None
    return Sheet(sheet.kind, text, root, show_form(sheet.kind, root))


def _refused(sheet: Sheet, values: Mapping[str, str]) -> dict[str, Problem]:
    """Return why each of the changed `values` cannot stand in a file, of those that cannot."""
    shown = {one.name: one for one in walk_form(sheet.form)}
    keys = {f"{name}.{KEY}" for name, one in shown.items() if one.key}
    keys |= {name for one in shown.values() if one.sort is Sort.KEYS for name in new_names(one)}
    changed = [name for name in values if name in keys or (
        name in shown and _differs(shown[name], values)
    )]  # fmt: skip
    return {name: found for name in changed if (found := why_not(HIDDEN.sub("", values[name])))}


def why_not(value: str) -> Problem | None:
    """Return why `value` cannot stand in a file, or None."""
    rows = "".join(f"  {row}\n" for row in value.split("\n"))
    for text in (f"x: |\n{rows}", f"x: {write_line(value)}\n"):
        errors = [problem for problem in parse_yaml(text, "")[1] if has_errors([problem])]
        if errors:
            return replace(errors[0], place=Place(""))
    return None


# --- from what was filled in to edits


def _edits(one: Shown, values: Mapping[str, str]) -> Iterator[Edit]:
    """Yield what makes `one` say what was filled in."""
    if one.foreign or not _is_changed(one, values):
        return
    if one.sort is Sort.LINES:
        yield from _edits_of_lines(one, _lines(_said(one, values)))
    elif one.field.is_leaf:
        yield _put(one, _said(one, values) or None)
    elif one.sort is Sort.GROUP:
        yield from _edits_of_block(one, values)
    elif one.sort is Sort.KEYS:
        yield from _edits_of_keys(one, values)
    elif one.groups:
        for group in one.groups:
            yield from _edits(group, values)
    else:
        yield from _edits_of_list(one, values)


def _put(one: Shown, data: Data) -> Edit:
    """Return what lets `one` say `data`; one that says nothing is taken out, unless needed."""
    if data is None and not one.field.required:
        return Remove(one.loc)
    return Put(one.loc, data, one.field.after)


def _is_changed(one: Shown, values: Mapping[str, str]) -> bool:
    """Tell whether anything in `one` was filled in otherwise than it stands there."""
    return any(_differs(each, values) for each in one.walk())


def _differs(one: Shown, values: Mapping[str, str]) -> bool:
    if one.sort is Sort.KEYS:
        return any(values.get(name) for name in new_names(one))
    if one.key:
        return values.get(f"{one.name}.{KEY}", one.key) != one.key
    return one.field.is_leaf and not one.foreign and _said(one, values) != one.value


def _said(one: Shown, values: Mapping[str, str]) -> str:
    """Return what was filled in at `one`, or what stands there."""
    value = values.get(one.name, one.value)
    if value == one.value:
        return value
    value = HIDDEN.sub("", value)
    if one.sort is Sort.TEXT:
        value = "\n".join(row if row.strip() else "" for row in value.split("\n")).rstrip("\n")
    return "\n".join(_lines(value)) if one.sort is Sort.LINES else value if value.strip() else ""


def _lines(said: str) -> list[str]:
    return [row.strip() for row in said.split("\n") if row.strip()]


def _edits_of_lines(one: Shown, lines: list[str]) -> Iterator[Edit]:
    """Yield what makes a list of lines say `lines`, only where it differs."""
    node = one.node
    if not lines or not isinstance(node, SequenceNode) or not node.items:
        yield _put(one, lines[0] if len(lines) == 1 else list(lines) or None)
        return
    old = one.value.split("\n")
    matched = SequenceMatcher(None, old, lines, autojunk=False)
    for tag, start, end, begin, until in matched.get_opcodes():
        both = min(end - start, until - begin)
        if tag != "equal":
            yield from (Put((*one.loc, start + at), lines[begin + at]) for at in range(both))
            yield from (Remove((*one.loc, at)) for at in range(start + both, end))
            yield from (Insert((*one.loc, end), line) for line in lines[begin + both : until])


def _edits_of_block(one: Shown, values: Mapping[str, str]) -> Iterator[Edit]:
    if not isinstance(one.node, MappingNode):
        data = _data(one, values)
        if data is not None or one.node is not None:
            yield _put(one, data)
    elif _is_emptied(one, values):
        yield _put(one, None)
    else:
        for part in one.parts:
            yield from _edits(part, values)


def _is_emptied(one: Shown, values: Mapping[str, str]) -> bool:
    """Tell whether nothing is left of a block that had keys, nor in keys that no form has."""
    known = {part.field.name: part for part in one.parts}
    if not isinstance(one.node, MappingNode):
        return False
    there = [known.get(key.text) for key, _ in one.node.entries]
    return all(
        part and part.field.is_leaf and not part.field.required and not part.foreign
        and not _said(part, values)
        for part in there
    )  # fmt: skip


def _edits_of_list(one: Shown, values: Mapping[str, str]) -> Iterator[Edit]:
    if isinstance(one.node, ScalarNode):
        items: list[Data] = [
            data for item in one.items if (data := _data(item, values)) is not None
        ]
        yield _put(one, _as_items(items) if items else None)
        return
    for item in one.items:
        if not item.foreign and _is_changed(item, values):
            yield from _edits_of_item(item, values)


def _edits_of_item(item: Shown, values: Mapping[str, str]) -> Iterator[Edit]:
    """Yield what changes in an item, which stays in its list whatever is left of it."""
    if not isinstance(item.node, MappingNode):
        yield Put(item.loc, _data(item, values))
    elif _is_emptied(item, values):
        yield Put(item.loc, None)
    else:
        for part in item.parts:
            yield from _edits(part, values)


def _as_items(items: list[Data]) -> Data:
    """Return `items` as they stand without a list if they can: one text on one line."""
    alone = items[0] if len(items) == 1 else None
    return alone if isinstance(alone, str) and "\n" not in alone else items


def _data(one: Shown, values: Mapping[str, str]) -> Data:
    """Return what a block or item that has no keys of its own says now; None for nothing."""
    key = one.field.text_key
    said: dict[str, Data] = {
        part.field.name: data
        for part in sorted(one.parts, key=lambda part: len(part.field.after))
        if (data := _part_data(part, values)) is not None
    }
    if set(said) <= {key}:
        return said.get(key)
    typed = said.get(key)
    if not isinstance(typed, str) or not _is_person(one):
        return said
    parts = split_deelnemer(typed) | {name: each for name, each in said.items() if name != key}
    return {name: parts[name] for name in Deelnemer.model_fields if name in parts}


def _part_data(part: Shown, values: Mapping[str, str]) -> Data:
    said = _said(part, values) if part.field.is_leaf else ""
    if part.sort is Sort.LINES:
        lines: list[Data] = list(_lines(said))
        return lines[0] if len(lines) == 1 else lines or None
    if part.sort is Sort.KEYS:
        return _new_entries(part, values) or None
    return _data(part, values) if part.sort is Sort.GROUP else said or None


def _is_person(one: Shown) -> bool:
    return {field.name for field in one.field.fields} == set(Deelnemer.model_fields)


# --- keys of the writer's own


def new_names(one: Shown) -> tuple[str, str]:
    """Return the names under which a form has the new key of `one`, and the value with it."""
    return f"{one.name}.{_NEW}.{KEY}", f"{one.name}.{_NEW}.{one.field.fields[0].name}"


def _edits_of_keys(one: Shown, values: Mapping[str, str]) -> Iterator[Edit]:
    new: dict[str, Data] = {}
    for item in one.items:
        key = _key_of(item, values)
        if key != item.key:
            yield Remove(item.loc)
            new |= {key: _entry_data(item, values)} if key else {}
        elif _is_changed(item, values) and item.field.fields[0].name == VALUE:
            yield from _edits(item.parts[0], values)
        elif _is_changed(item, values):
            yield from _edits_of_item(item, values)
    new |= _new_entries(one, values)
    if isinstance(one.node, MappingNode) and one.node.entries:
        yield from (Put((*one.loc, name), data) for name, data in new.items())
    elif new:
        yield Put(one.loc, dict(new), one.field.after)


def _key_of(item: Shown, values: Mapping[str, str]) -> str:
    return values.get(f"{item.name}.{KEY}", item.key).strip()


def _entry_data(item: Shown, values: Mapping[str, str]) -> Data:
    """Return what stands under a key that gets another name."""
    single = item.field.fields[0].name == VALUE
    if not isinstance(item.node, ScalarNode):
        return data_of(item.node)
    return _said(item.parts[0], values) or None if single else _data(item, values)


def _new_entries(one: Shown, values: Mapping[str, str]) -> dict[str, Data]:
    key, value = (values.get(name, "").strip() for name in new_names(one))
    first = one.field.fields[0].name
    if not key:
        return {}
    alone = first in {VALUE, one.field.text_key}
    return {key: (value or None) if alone else {first: value or None}}


def _wrong_keys(one: Shown, values: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    """Yield the fields of keys that cannot be so: one that is there twice, or has only a value."""
    place = Place("")
    name, value = new_names(one)
    keys = [(f"{item.name}.{KEY}", _key_of(item, values)) for item in one.items]
    keys.append((name, values.get(name, "").strip()))
    seen: set[str] = set()
    for field_name, key in keys:
        if key and key in seen:
            yield field_name, messages.problem("LRT912.dubbel", place, None, key=key)
        seen.add(key)
    if values.get(value, "").strip() and not keys[-1][1]:
        yield name, messages.problem("LRT912", place, None, text=values[value].strip())


# --- items added, moved and taken out


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a list: the form now, which field is next, and what is told."""

    sheet: Sheet
    focus: str
    told: str


def add_item(sheet: Sheet, name: str, index: int) -> Done:
    """Return `sheet` with an empty item at `index` of the list called `name`."""
    one = _find(sheet, name)
    index = max(0, min(index, len(one.items)))
    if isinstance(one.node, SequenceNode) and one.node.items:
        edits: list[Edit] = [Insert((*one.loc, index), _blank(one))]
    else:
        items: list[Data] = [_item_data(item) for item in one.items]
        items.insert(index, _blank(one))
        edits = [_place(sheet, one, items)]
    made = _apply(sheet, edits, {})
    item = f"{name}.{index}"
    shown = made.named(item)
    first = next((part.name for part in shown.parts if part.field.is_leaf), item) if shown else item
    return Done(made, first, f"{one.field.one} {index + 1} staat erbij.")


def remove_item(sheet: Sheet, name: str) -> Done:
    """Return `sheet` without the item called `name`."""
    item, one, index = _item(sheet, name)
    several = isinstance(one.node, SequenceNode) or one.sort is Sort.KEYS
    if several and len(one.items) > 1:
        edit: Edit = Remove(item.loc)
    elif several or len(one.items) == 1:
        edit = Put(one.loc, None) if _is_last(sheet, one) else _put(one, None)
    else:
        left = [_item_data(each) for each in one.items if each is not item]
        edit = Put(one.loc, _as_items(left))
    made = _apply(sheet, [edit], {})
    number = len(one.items) - 1
    focus = f"{one.name}.{min(index, number - 1)}" if number else one.name
    return Done(made, focus, f"{item.label} is weg.")


def move_item(sheet: Sheet, name: str, by: int) -> Done:
    """Return `sheet` with the item called `name` one place on (`by` 1) or back (-1)."""
    item, one, index = _item(sheet, name)
    target = index + by
    if not 0 <= target < len(one.items):
        return Done(sheet, name, f"{item.label} staat al aan het {'eind' if by > 0 else 'begin'}.")
    if isinstance(one.node, SequenceNode):
        edit: Edit = Move(item.loc, target + (by > 0))
    else:
        items = [_item_data(each) for each in one.items]
        items.insert(target, items.pop(index))
        edit = Put(one.loc, items)
    made = _apply(sheet, [edit], {})
    told = f"{item.label} staat nu op plaats {target + 1} van {len(one.items)}."
    return Done(made, f"{one.name}.{target}", told)


def _item_data(item: Shown) -> Data:
    node = item.node
    return (node.text.strip() or None) if isinstance(node, ScalarNode) else data_of(node)


def _blank(one: Shown) -> Data:
    """Return a new item: a text that is not there yet, or the key that must stand in it."""
    needed = [each.name for each in one.field.fields if each.required]
    needed = needed or [one.field.fields[0].name]
    long = any(each.sort is Sort.LIST for each in one.field.fields)
    return {needed[0]: None} if long or not one.field.text_key else None


def _find(sheet: Sheet, name: str) -> Shown:
    one = sheet.named(name)
    if one is None or one.foreign or one.sort is not Sort.LIST or one.groups:
        raise LookupError(name)
    return one


def _item(sheet: Sheet, name: str) -> tuple[Shown, Shown, int]:
    """Return the item called `name`, the list that it is in, and which one it is."""
    for one in walk_form(sheet.form):
        for index, item in enumerate(one.items):
            if item.name == name:
                return item, one, index
    raise LookupError(name)


def _is_last(sheet: Sheet, one: Shown) -> bool:
    """Tell whether nothing would be left around `one` without it."""
    around = _parent(sheet, one)
    node = around.node if around else sheet.root
    return isinstance(node, MappingNode) and len(node.entries) == 1


def _parent(sheet: Sheet, one: Shown) -> Shown | None:
    """Return the block or item that `one` is a field of, or the list that it is a group of."""
    inside = walk_form(sheet.form)
    return next(
        (each for each in inside if any(part is one for part in (*each.parts, *each.groups))), None
    )


def _place(sheet: Sheet, one: Shown, data: Data) -> Edit:
    """Return what lets `data` stand at `one`, whatever of what is around it is not there yet."""
    around = _parent(sheet, one)
    if around is None or isinstance(around.node, MappingNode):
        return Put(one.loc, data, one.field.after)
    own = _data(around, {})
    own = {around.field.text_key: own} if isinstance(own, str) else own
    block: dict[str, Data] = {**(own if isinstance(own, dict) else {}), one.field.name: data}
    if isinstance(around.loc[-1], int):
        return Put(around.loc, block)
    return _place(sheet, around, block)
