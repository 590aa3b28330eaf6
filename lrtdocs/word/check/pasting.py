"""The tags that print a word, ready to be pasted into a template: with its filter, loop or block.

A word that may be empty is asked for first, so that what is pasted is never told by the check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.model.veld import ValueKind

if TYPE_CHECKING:
    from lrtdocs.model.veld import Field

_FILTERS = {
    ValueKind.RICH: "tekst",
    ValueKind.NUMBER: "getal",
    ValueKind.DATE: "datum",
    ValueKind.TIME: "tijd",
}


def tags_of(field: Field, name: str) -> tuple[str, ...]:
    """Return the tags for the word `name`, to be pasted as they are, each as a paragraph."""
    if field.kind == ValueKind.LIST:
        return _loop(field, name)
    if field.kind == ValueKind.BLOCK:
        return () if field.required else (f"{{%p if {name} %}}", "…", "{%p endif %}")
    if field.kind == ValueKind.YES_NO:
        return (f"{{% if {name} %}}…{{% endif %}}",)
    if field.required:
        return (print_tag(name, field.kind),)
    if field.kind == ValueKind.RICH:
        return (f"{{%p if {name} %}}", print_tag(name, field.kind), "{%p endif %}")
    asked = f"{name} is not none" if field.kind == ValueKind.NUMBER else name
    return (f"{{% if {asked} %}}{print_tag(name, field.kind)}{{% endif %}}",)


def _loop(field: Field, name: str) -> tuple[str, ...]:
    one = field.one
    first = next((part for part in field.parts if part.required), None)
    shown = f"{one}.{first.name}" if first else one
    kind = first.kind if first else field.item
    if first and kind == ValueKind.BLOCK:
        shown, kind = f"{shown}.{first.parts[0].name}", ValueKind.TEXT
    return (f"{{%p for {one} in {name} %}}", print_tag(shown, kind), "{%p endfor %}")


def print_tag(name: str, kind: ValueKind) -> str:
    """Return the tag that prints `name`, a value of `kind`."""
    return f"{{{{ {name} | {_FILTERS[kind]} }}}}" if kind in _FILTERS else f"{{{{ {name} }}}}"
