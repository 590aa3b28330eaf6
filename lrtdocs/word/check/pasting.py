"""The tags that print a word, ready to be pasted into a template: with its filter, loop or block.

A word that may be empty is asked for first, so that what is pasted is never told by the check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrtdocs.word.check.values import Field

_FILTERS = {"opgemaakte tekst": "tekst", "getal": "getal", "datum": "datum", "tijd": "tijd"}


def tags_of(field: Field, name: str) -> tuple[str, ...]:
    """Return the tags for the word `name`, to be pasted as they are, each as a paragraph."""
    if field.kind == "lijst":
        return _loop(field, name)
    if field.kind == "blok":
        return () if field.always else (f"{{%p if {name} %}}", "…", "{%p endif %}")
    if field.kind == "ja of nee":
        return (f"{{% if {name} %}}…{{% endif %}}",)
    if field.always:
        return (print_tag(name, field.kind),)
    if field.kind == "opgemaakte tekst":
        return (f"{{%p if {name} %}}", print_tag(name, field.kind), "{%p endif %}")
    asked = f"{name} is not none" if field.kind == "getal" else name
    return (f"{{% if {asked} %}}{print_tag(name, field.kind)}{{% endif %}}",)


def _loop(field: Field, name: str) -> tuple[str, ...]:
    one = getattr(field, "one", "") or "regel"
    first = next((part for part in field.parts if part.always), None)
    shown = f"{one}.{first.name}" if first else one
    kind = first.kind if first else getattr(field, "item", "")
    if first and kind == "blok":
        shown, kind = f"{shown}.{first.parts[0].name}", "tekst"
    return (f"{{%p for {one} in {name} %}}", print_tag(shown, kind), "{%p endfor %}")


def print_tag(name: str, kind: str) -> str:
    """Return the tag that prints `name`, a value of `kind`."""
    return f"{{{{ {name} | {_FILTERS[kind]} }}}}" if kind in _FILTERS else f"{{{{ {name} }}}}"
