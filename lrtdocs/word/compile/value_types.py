"""What an expression in a template stands for, without any data, and what filters make of it.

A value knows its kind, its place in the tree of words (`agendapunten[].titel`) and whether it can
be empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.veld import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable

ITEM = "[]"


@dataclass(frozen=True, slots=True)
class ValueType:
    """What an expression stands for; `path` is where it comes from in the tree, "" for no word.

    An `open` block, or an item of an `open` list, may have parts that nobody listed; `of` is the
    kind of the items of a list without parts, `row` is each item of a list of lists. `field` is the
    word itself, None for what was made of it.
    """

    kind: ValueKind
    path: str = ""
    required: bool = True
    parts: tuple[Field, ...] = ()
    open: bool = False
    of: ValueKind = ValueKind.UNKNOWN
    field: Field | None = None
    row: ValueType | None = None

    @property
    def known(self) -> bool:
        """Tell whether anything is known of it."""
        return bool(self.kind)

    def part(self, name: str) -> ValueType | None:
        """Return the part called `name`, or None when it has none such."""
        field = next((field for field in self.parts if field.name == name), None)
        return None if field is None else type_of(field, self.path)

    def below(self, name: str) -> ValueType:
        """Return a part of which nothing is known but its path."""
        return ValueType(ValueKind.UNKNOWN, f"{self.path}.{name}") if self.path else UNKNOWN

    def item(self) -> ValueType:
        """Return what each item of a list is."""
        if self.row is not None:
            return self.row
        path = f"{self.path}{ITEM}" if self.path else ""
        if self.kind != ValueKind.LIST or not self.parts:
            kind = self.of if self.kind == ValueKind.LIST else ValueKind.UNKNOWN
            return ValueType(kind, path, open=self.open)
        kind = self.of if self.of == ValueKind.RICH else ValueKind.BLOCK
        return ValueType(kind, path, parts=self.parts, open=self.open)

    def non_empty(self) -> ValueType:
        """Return the value for where it is certain not to be empty."""
        return replace(self, required=True)


Scope = dict[str, ValueType]
"""The variables at one point of a template, and what they stand for."""
UNKNOWN = ValueType(ValueKind.UNKNOWN)
TEXT = ValueType(ValueKind.TEXT)
NUMBER = ValueType(ValueKind.NUMBER)
CHOICE = ValueType(ValueKind.YES_NO)
LIST = ValueType(ValueKind.LIST)


def type_of(field: Field, path: str = "") -> ValueType:
    """Return the value of `field`, a part of what stands at `path`."""
    loose = field.open or (field.kind == ValueKind.BLOCK and not field.parts)
    where = field.at or (f"{path}.{field.name}" if path else field.name)
    return ValueType(field.kind, where, field.required, field.parts, loose, field.item, field)


LOOP = "loop"
_LOOP = (
    *((name, ValueKind.NUMBER) for name in ("index", "index0", "revindex", "revindex0", "length")),
    *((name, ValueKind.NUMBER) for name in ("depth", "depth0")),
    *((name, ValueKind.YES_NO) for name in ("first", "last")),
    *((name, ValueKind.UNKNOWN) for name in ("cycle", "changed")),
)


def loop_value(item: ValueType) -> ValueType:
    """Return what `loop` is inside a loop over values like `item`."""
    known = [Field(name, kind=kind, required=True) for name, kind in _LOOP]
    near = [Field(name, kind=item.kind, parts=item.parts) for name in ("previtem", "nextitem")]
    return ValueType(ValueKind.BLOCK, LOOP, parts=(*known, *near))


# --- filters


class Takes(Enum):
    """What a filter can do something with."""

    ANYTHING = 0
    LISTS = 1
    LINES = 2
    DATES = 3
    NUMBERS = 4


class Signature(NamedTuple):
    """What a filter takes and gives; its first argument may name the part of each item it reads."""

    gives: Callable[[ValueType], ValueType]
    takes: Takes = Takes.ANYTHING
    by_attribute: bool = False


def _same(value: ValueType) -> ValueType:
    return value if not value.known or value.kind == ValueKind.LIST else LIST


def _grouped(value: ValueType) -> ValueType:
    groups = (
        Field("grouper", kind=ValueKind.UNKNOWN, required=True, at=f"{LOOP}.grouper"),
        Field("list", kind=ValueKind.LIST, required=True, parts=value.parts, at=value.path),
    )
    return ValueType(ValueKind.LIST, value.path, value.required, groups)


def _rows_of(value: ValueType) -> ValueType:
    row = _same(value)
    return replace(row, parts=(), field=None, row=row)


def _one(value: ValueType) -> ValueType:
    return value.item() if not value.known or value.kind == ValueKind.LIST else UNKNOWN


def _text(value: ValueType) -> ValueType:
    return ValueType(ValueKind.TEXT, value.path, value.required)


def _rows(gives: Signature, *names: str) -> dict[str, Signature]:
    return dict.fromkeys(names, gives)


SIGNATURES = {
    **_rows(Signature(_same), "sort", "reverse", "list", "unique", "select", "reject"),
    **_rows(Signature(_same, by_attribute=True), "selectattr", "rejectattr"),
    **_rows(Signature(_grouped, by_attribute=True), "groupby"),
    **_rows(Signature(lambda _: LIST), "map", "items", "dictsort"),
    **_rows(Signature(_rows_of), "batch", "slice"),
    **_rows(Signature(lambda _: UNKNOWN), "attr"),
    **_rows(Signature(_one), "first", "last", "min", "max", "random"),
    **_rows(Signature(lambda _: NUMBER), "length", "count", "int", "float", "abs", "round", "sum"),
    **_rows(Signature(lambda _: NUMBER), "wordcount"),
    **_rows(Signature(ValueType.non_empty), "default", "d"),
    **_rows(Signature(_text, Takes.LISTS), "opsomming", "join"),
    **_rows(Signature(_text, Takes.LINES), "tijd", "tekst", "link"),
    **_rows(Signature(_text, Takes.DATES), "datum", "datum_kort"),
    **_rows(Signature(_text, Takes.NUMBERS), "getal", "bedrag", "telwoord"),
    **_rows(Signature(_text), "capitalize", "hoofdletters", "lower", "replace", "string", "title"),
    **_rows(Signature(_text), "trim", "truncate", "upper", "vast"),
}
"""What is known of filters; any other takes anything and gives nobody knows what."""
_ANY = Signature(lambda _: UNKNOWN)

NO_LINE = frozenset([ValueKind.LIST, ValueKind.BLOCK, ValueKind.RICH])
"""Kinds that are not printed as they are, in a line of text."""


def signature_of(name: str) -> Signature:
    """Return what the filter `name` takes and gives."""
    return SIGNATURES.get(name, _ANY)
