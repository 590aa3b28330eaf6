"""What to write instead of a word that is not known: the nearest, or the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import suggest
from lrtdocs.word.check.pasting import tags_of
from lrtdocs.word.check.values import paths_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtdocs.model.veld import Field
    from lrtdocs.word.check.values import Value

_SHOWN = 15


def remedy_for_word(name: str, fields: Sequence[Field], scope: Mapping[str, Value]) -> str:
    """Return what to write instead of the unknown top word `name`."""
    near = suggest(name, [*scope, *(field.name for field in fields)])
    elsewhere = _elsewhere(name, fields, scope)
    return elsewhere or near or _known([field.name for field in fields])


def remedy_for_part(
    name: str, base: Value, fields: Sequence[Field], scope: Mapping[str, Value]
) -> str:
    """Return what to write instead of `name`, which is no part of `base`."""
    names = [part.name for part in base.parts]
    near = suggest(name, names)
    if near:
        return near
    if any(field.name == name for field in fields):
        return f"'{name}' staat op zichzelf: gebruik {{{{ {name} }}}}."
    return _elsewhere(name, fields, scope) or (_known(names) if names else f"Haal .{name} weg.")


def _elsewhere(name: str, fields: Sequence[Field], scope: Mapping[str, Value]) -> str:
    """Return where the word `name` does stand, as it has to be written here, or ""."""
    paths = paths_to(name, fields)
    for path in paths:
        owner = path.rpartition(".")[0]
        variable = next((v for v, value in scope.items() if value.path == owner and owner), "")
        if variable:
            return f"'{name}' hoort bij {_plain(owner)}: gebruik {variable}.{name}."
    if not paths:
        return ""
    owner = paths[0].rpartition(".")[0]
    if "[]" not in owner:
        return f"'{name}' hoort bij {owner}: gebruik {owner}.{name}."
    return f"'{name}' hoort bij {_plain(owner)}: gebruik {in_loop(owner, name, fields)}."


def in_loop(owner: str, name: str, fields: Sequence[Field]) -> str:
    """Return the tags that reach `name` of each item of the list at `owner` (punten[])."""
    source, _, rest = owner.partition("[]")
    one = _one_of(source.split("."), fields)
    if rest:
        return f"een lus over {_plain(owner)} binnen {{% for {one} in {source} %}}"
    return f"{{% for {one} in {source} %}} {{{{ {one}.{name} }}}} {{% endfor %}}"


def remedy_for_list(value: Value, written: str, fields: Sequence[Field]) -> str:
    """Return how to print the list `value`, which the template writes as `written`."""
    if not value.parts:
        return f"Schrijf {{{{ {written} | opsomming }}}}, of gebruik een lus."
    one = _one_of(value.path.replace("[]", "").split("."), fields)
    first = value.parts[0].name
    return (
        f"Gebruik een lus: {{% for {one} in {written} %}} {{{{ {one}.{first} }}}} {{% endfor %}}."
    )


def remedy_for_needed(path: str, fields: Sequence[Field]) -> str:
    """Return how to print the word at `path` ("agendapunten[].titel"), which is not used yet."""
    owner, _, last = path.rpartition(".")
    found = _field_at(path.replace("[]", "").split("."), fields)
    if "[]" in path:
        source = _plain(owner)
        name = f"{_one_of(source.split('.'), fields)}.{last}"
        return f"Zet in de lus over {source} {_to_paste(found, name)}."
    return f"Zet {_to_paste(found, path)} op zijn plaats."


def _to_paste(field: Field | None, name: str) -> str:
    tags = tags_of(field, name) if field is not None else ()
    if len(tags) < 2:
        return tags[0] if tags else f"{{{{ {name} }}}}"
    return f"{', '.join(tags[:-1])} en {tags[-1]} (elk in een eigen alinea)"


def _one_of(path: Sequence[str], fields: Sequence[Field]) -> str:
    """Return what one item of the list at `path` is called in a loop."""
    found = _field_at(path, fields)
    return found.one if found else "regel"


def _field_at(path: Sequence[str], fields: Sequence[Field]) -> Field | None:
    found: Field | None = None
    for name in path:
        found = next((field for field in fields if field.name == name), None)
        fields = found.parts if found else ()
    return found


def _plain(path: str) -> str:
    return path.replace("[]", "")


def _known(names: Sequence[str]) -> str:
    shown = sorted(name for name in names if not name.startswith("_"))
    return f"Bekend zijn: {', '.join(shown[:_SHOWN])}{' …' if len(shown) > _SHOWN else ''}."
