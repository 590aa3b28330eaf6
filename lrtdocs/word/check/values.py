"""What a word stands for while a template is checked: text, a list or a block, and of what.

Nothing is filled: a value knows its kind, its place in the tree of words (`agendapunten[].titel`)
and whether it can be empty. About what cannot be known (`UNKNOWN`) nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence


@runtime_checkable
class Field(Protocol):
    """A word that a document knows; see the fields of the document kinds."""

    @property
    def name(self) -> str:
        """Return the word itself."""

    @property
    def kind(self) -> str:
        """Return in Dutch what it is: tekst, getal, datum, blok, lijst …."""

    @property
    def always(self) -> bool:
        """Tell whether it is never empty."""

    @property
    def parts(self) -> Sequence[Field]:
        """Return the parts of a block, or of each item of a list."""


@dataclass(frozen=True, slots=True)
class Word:
    """A field that exists only while a template is filled, such as loop.index.

    `at` is where it comes from in the tree, when it is a word of the document under another name.
    """

    name: str
    kind: str
    always: bool = True
    parts: tuple[Field, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression stands for; `path` is where it comes from in the tree, "" for no word.

    An `open` block may have parts that nobody listed; `of` is the kind of the items of a list
    without parts. `field` is the word itself, None for what was made of it.
    """

    kind: str
    path: str = ""
    always: bool = True
    parts: tuple[Field, ...] = ()
    open: bool = False
    of: str = ""
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
        if self.kind != "lijst" or not self.parts:
            return Value(self.of if self.kind == "lijst" else "", path)
        return Value("blok", path, parts=self.parts)

    def sure(self) -> Value:
        """Return the value for where it is certain not to be empty."""
        return replace(self, always=True)


Scope = dict[str, Value]
"""The variables at one point of a template, and what they stand for."""
UNKNOWN = Value("")
TEXT = Value("tekst")
NUMBER = Value("getal")
CHOICE = Value("ja of nee")
LIST = Value("lijst")


def value_of(field: Field, path: str = "") -> Value:
    """Return the value of `field`, a part of what stands at `path`."""
    parts = tuple(field.parts)
    loose = bool(getattr(field, "open", False)) or (field.kind == "blok" and not parts)
    where = getattr(field, "at", "") or (f"{path}.{field.name}" if path else field.name)
    return Value(field.kind, where, field.always, parts, loose, getattr(field, "item", ""), field)


_LOOP = (
    *((name, "getal") for name in ("index", "index0", "revindex", "revindex0", "length")),
    *((name, "getal") for name in ("depth", "depth0")),
    *((name, "ja of nee") for name in ("first", "last")),
    *((name, "") for name in ("cycle", "changed")),
)


def loop_value(item: Value) -> Value:
    """Return what `loop` is inside a loop over values like `item`."""
    known = [Word(name, kind) for name, kind in _LOOP]
    near = [Word(name, item.kind, False, item.parts) for name in ("previtem", "nextitem")]
    return Value("blok", "loop", parts=(*known, *near))


def paths_to(name: str, fields: Sequence[Field], path: str = "") -> list[str]:
    """Return where in the tree `fields` a word called `name` stands, nearest to the top first."""
    found = [f"{path}{field.name}" for field in fields if field.name == name and path]
    for field in fields:
        mark = "[]." if field.kind == "lijst" else "."
        found += paths_to(name, field.parts, f"{path}{field.name}{mark}")
    return sorted(found, key=lambda one: one.count("."))
