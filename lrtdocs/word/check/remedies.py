"""What to write: the tags that print a word, and the right word instead of a wrong one.

A word that may be empty is asked for first, so that what is pasted is never told by the check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import suggest
from lrtdocs.model.veld import ValueKind
from lrtdocs.word.compile.language import list_known
from lrtdocs.word.compile.value_types import ITEM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtdocs.model.veld import Field
    from lrtdocs.word.compile.value_types import ValueType


def remedy_for_word(name: str, fields: Sequence[Field], scope: Mapping[str, ValueType]) -> str:
    """Return what to write instead of the unknown top word `name`."""
    near = suggest(name, [*scope, *(field.name for field in fields)])
    elsewhere = _elsewhere(name, fields, scope)
    return elsewhere or near or list_known([field.name for field in fields])


def remedy_for_part(
    name: str, base: ValueType, fields: Sequence[Field], scope: Mapping[str, ValueType]
) -> str:
    """Return what to write instead of `name`, which is no part of `base`."""
    names = [part.name for part in base.parts]
    near = suggest(name, names)
    if near:
        return near
    if any(field.name == name for field in fields):
        return messages.text("deel.woord_op_zichzelf", name=name)
    known = list_known(names) if names else messages.text("deel.haal_onderdeel_weg", name=name)
    return _elsewhere(name, fields, scope) or known


def _elsewhere(name: str, fields: Sequence[Field], scope: Mapping[str, ValueType]) -> str:
    """Return where the word `name` does stand, as it has to be written here, or ""."""
    owners = _owners_of(name, fields)
    if not owners:
        return ""
    variables = {value.path: variable for variable, value in scope.items()}
    owner = next((one for one in owners if one in variables), owners[0])
    use = f"{variables.get(owner, owner)}.{name}"
    if ITEM in use:
        use = in_loop(owner, name, fields)
    return messages.text("deel.woord_hoort_bij", name=name, owner=_plain(owner), use=use)


def _owners_of(name: str, fields: Sequence[Field], owner: str = "") -> list[str]:
    """Return the paths of what has a part called `name`, nearest to the top first."""
    found = [owner] if owner and any(field.name == name for field in fields) else []
    for field in fields:
        path = f"{owner}.{field.name}" if owner else field.name
        mark = ITEM if field.kind == ValueKind.LIST else ""
        found += _owners_of(name, field.parts, path + mark)
    return sorted(found, key=lambda one: one.count("."))


def in_loop(owner: str, name: str, fields: Sequence[Field]) -> str:
    """Return the tags that reach `name` of each item of the list at `owner` (punten[])."""
    source, _, rest = owner.partition(ITEM)
    one = _one_of(source, fields)
    if rest:
        return messages.text("deel.lus_in_lus", owner=_plain(owner), one=one, source=source)
    return f"{{% for {one} in {source} %}} {{{{ {one}.{name} }}}} {{% endfor %}}"


def remedy_for_list(value: ValueType, written: str, fields: Sequence[Field]) -> str:
    """Return how to print the list `value`, which the template writes as `written`."""
    if not value.parts:
        return messages.text("deel.opsomming_of_lus", word=written)
    one, first = _one_of(value.path, fields), value.parts[0].name
    return messages.text("deel.gebruik_lus", one=one, word=written, first=first)


def remedy_for_block(value: ValueType, written: str, filter_name: str) -> str:
    """Return how to print the part of the block `value` that `filter_name` is made for, or ""."""
    made_for = [part for part in value.parts if _FILTERS.get(part.kind) == filter_name]
    if len(made_for) != 1 or value.kind != ValueKind.BLOCK:
        return ""
    tags = _to_paste(made_for[0], f"{written}.{made_for[0].name}")
    return messages.text("deel.zoals_tag", tag=tags)


def remedy_for_needed(path: str, fields: Sequence[Field]) -> str:
    """Return how to print the word at `path` ("agendapunten[].titel"), which is not used yet."""
    owner, _, last = path.rpartition(".")
    found, source = _field_at(path, fields), _plain(owner)
    if ITEM not in path:
        return messages.text("deel.zet_op_zijn_plaats", tags=_to_paste(found, path))
    tags = _to_paste(found, f"{_one_of(owner, fields)}.{last}")
    return messages.text("deel.zet_in_lus", source=source, tags=tags)


def _to_paste(field: Field | None, name: str) -> str:
    tags = tags_of(field, name) if field is not None else ()
    if len(tags) < 2:
        return tags[0] if tags else f"{{{{ {name} }}}}"
    return messages.text("deel.tags_elk_een_alinea", tags=", ".join(tags[:-1]), last=tags[-1])


def _one_of(path: str, fields: Sequence[Field]) -> str:
    """Return what one item of the list at `path` is called in a loop."""
    found = _field_at(path, fields)
    return found.one if found else "regel"


def _field_at(path: str, fields: Sequence[Field]) -> Field | None:
    found: Field | None = None
    for name in _plain(path).split("."):
        found = next((field for field in fields if field.name == name), None)
        fields = found.parts if found else ()
    return found


def _plain(path: str) -> str:
    return path.replace(ITEM, "")


# --- tags to paste

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
    if field.kind == ValueKind.RICH or field.parts:
        return (f"{{%p if {name} %}}", print_tag(name, field.kind), "{%p endif %}")
    asked = f"{name} is not none" if field.kind == ValueKind.NUMBER else name
    return (f"{{% if {asked} %}}{print_tag(name, field.kind)}{{% endif %}}",)


def _loop(field: Field, name: str) -> tuple[str, ...]:
    one = field.one
    if field.parts and not any(part.required for part in field.parts):
        inside = tags_of(field.parts[0], f"{one}.{field.parts[0].name}")
        return f"{{%p for {one} in {name} %}}", *inside, "{%p endfor %}"
    first = next((part for part in field.parts if part.required), None)
    shown = f"{one}.{first.name}" if first else one
    kind = first.kind if first else field.item
    if first and kind == ValueKind.BLOCK:
        shown, kind = f"{shown}.{first.parts[0].name}", ValueKind.TEXT
    return (f"{{%p for {one} in {name} %}}", print_tag(shown, kind), "{%p endfor %}")


def print_tag(name: str, kind: ValueKind) -> str:
    """Return the tag that prints `name`, a value of `kind`."""
    return f"{{{{ {name} | {_FILTERS[kind]} }}}}" if kind in _FILTERS else f"{{{{ {name} }}}}"
