"""The words of a kind of document, as people who edit a template are told of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.model.tekst import parse_tekst
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.word.check.grouping import show_places
from lrtdocs.word.check.remedies import tags_of
from lrtdocs.word.check.template import find_uses
from lrtdocs.word.house.vocabulary import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtdocs.errors import Place
    from lrtdocs.word.check.words import Use
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.package.package import Package

NOT_USED = "(niet gebruikt)"
_BELOW = "In het sjabloon: alleen wat erin staat."


def printed_words(template: Template) -> set[str]:
    """Return the words that a compiled `template` prints or asks for, as paths."""
    return find_words(template.package.copy())


def find_words(package: Package) -> set[str]:
    """Return the words that the template in `package` uses, as paths; of a document none."""
    return {use.path for use in find_uses(package)}


def describe_fields(fields: Sequence[Field], uses: Sequence[Use] | None) -> tuple[Entry, ...]:
    """Return an entry for each of `fields`; without `uses` it is not told where they are used."""
    places: dict[str, list[Place]] = defaultdict(list)
    for use in uses or ():
        places[use.path].append(use.place)
    known = None if uses is None else places
    return tuple(_describe(field, field.name, field.name, known) for field in fields)


def _describe(
    field: Field, name: str, path: str, places: Mapping[str, Sequence[Place]] | None
) -> Entry:
    """Return the entry of a word that is called `name` where it stands and `path` from the top."""
    inner, below = (field.one, f"{path}[]") if field.kind == ValueKind.LIST else (name, path)
    return Entry(
        name=name,
        facts=_facts(field),
        meaning=field.meaning,
        example=show_value(_example(field)),
        tags=tags_of(field, name),
        used="" if places is None else _used(path, places),
        contains=tuple(
            _describe(part, f"{inner}.{part.name}", f"{below}.{part.name}", places)
            for part in field.parts
        ),
    )


def _facts(field: Field) -> str:
    """Return the kind of a word and whether it may be empty: "lijst, kan leeg zijn"."""
    if field.kind == ValueKind.YES_NO:
        return field.kind
    return f"{field.kind}, {'altijd ingevuld' if field.required else 'kan leeg zijn'}"


def _example(field: Field) -> object:
    """Return the example of a word as the document would print it."""
    if field.kind == ValueKind.RICH and isinstance(field.example, str):
        return parse_tekst(field.example)
    return field.example


def show_value(value: object) -> str:
    """Return an example as it would be printed; "" for yes or no, or where there is none."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, date):
        return dutch.format_date(value)
    if isinstance(value, int):
        return dutch.format_number(value)
    if isinstance(value, tuple):
        return " / ".join(map(str, value))
    return str(value)


def _used(path: str, places: Mapping[str, Sequence[Place]]) -> str:
    """Return where the template uses the word at `path`."""
    found = [*places.get(path, ()), *places.get(f"{path}[]", ())]
    if found:
        return f"In het sjabloon: {show_places(found)}."
    inside = any(other.startswith((f"{path}.", f"{path}[].")) for other in places)
    return _BELOW if inside else NOT_USED
