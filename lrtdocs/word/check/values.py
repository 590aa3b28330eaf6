"""What a word stands for while a template is checked: text, a list or a block, and of what.

Nothing is filled: a value knows its kind, its place in the tree of words (`agendapunten[].titel`)
and whether it can be empty. About what cannot be known (`UNKNOWN`) nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrtdocs.model.veld import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression stands for; `path` is where it comes from in the tree, "" for no word.

    An `open` block may have parts that nobody listed; `of` is the kind of the items of a list
    without parts. `field` is the word itself, None for what was made of it.
    """

    kind: ValueKind
    path: str = ""
    always: bool = True
    parts: tuple[Field, ...] = ()
    open: bool = False
    of: ValueKind = ValueKind.UNKNOWN
    field: Field | None = None

    @property
    def known(self) -> bool:
        """Tell whether anything is known of it."""
        return bool(self.kind)

    def part(self, name: str) -> Value | None:
        """Return the part of a block called `name`, or None when it has none such."""
        field = next((field for field in self.parts if field.name == name), None)
        return None if field is None else value_of(field, self.path)

    def item(self) -> Value:
        """Return what each item of a list is."""
        path = f"{self.path}[]" if self.path else ""
        if self.kind != ValueKind.LIST or not self.parts:
            return Value(self.of if self.kind == ValueKind.LIST else ValueKind.UNKNOWN, path)
        return Value(ValueKind.BLOCK, path, parts=self.parts)

    def sure(self) -> Value:
        """Return the value for where it is certain not to be empty."""
        return replace(self, always=True)


Scope = dict[str, Value]
"""The variables at one point of a template, and what they stand for."""
UNKNOWN = Value(ValueKind.UNKNOWN)
TEXT = Value(ValueKind.TEXT)
NUMBER = Value(ValueKind.NUMBER)
CHOICE = Value(ValueKind.YES_NO)
LIST = Value(ValueKind.LIST)


def value_of(field: Field, path: str = "") -> Value:
    """Return the value of `field`, a part of what stands at `path`."""
    loose = field.open or (field.kind == ValueKind.BLOCK and not field.parts)
    where = field.at or (f"{path}.{field.name}" if path else field.name)
    return Value(field.kind, where, field.required, field.parts, loose, field.item, field)


_LOOP = (
    *((name, ValueKind.NUMBER) for name in ("index", "index0", "revindex", "revindex0", "length")),
    *((name, ValueKind.NUMBER) for name in ("depth", "depth0")),
    *((name, ValueKind.YES_NO) for name in ("first", "last")),
    *((name, ValueKind.UNKNOWN) for name in ("cycle", "changed")),
)


def loop_value(item: Value) -> Value:
    """Return what `loop` is inside a loop over values like `item`."""
    known = [Field(name, kind=kind, required=True) for name, kind in _LOOP]
    near = [Field(name, kind=item.kind, parts=item.parts) for name in ("previtem", "nextitem")]
    return Value(ValueKind.BLOCK, "loop", parts=(*known, *near))


def paths_to(name: str, fields: Sequence[Field], path: str = "") -> list[str]:
    """Return where in the tree `fields` a word called `name` stands, nearest to the top first."""
    found = [f"{path}{field.name}" for field in fields if field.name == name and path]
    for field in fields:
        mark = "[]." if field.kind == ValueKind.LIST else "."
        found += paths_to(name, field.parts, f"{path}{field.name}{mark}")
    return sorted(found, key=lambda one: one.count("."))
