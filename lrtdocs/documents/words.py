"""From models to words, the plain data that a template sees, and what each of them means.

Words are dicts, lists, text, dates and parsed `Tekst`, never models: a template sees the keys of
the YAML file and what documents make themselves, and nothing else. The descriptions of fields are
those of the models, so that a word says the same in the schema, in the handbook and in the list of
words.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, cast, get_args, get_origin

from pydantic import BaseModel

from lrtdocs import dutch
from lrtdocs.clock import start_of
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.openbaar.keuze import Keuze
from lrtdocs.model.stuk import Bijlage, Contactpersoon
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.model.velden import Tijdvak
from lrtdocs.model.vergadering import Stemming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pydantic.fields import FieldInfo

Words = dict[str, object]
_OF_TYPE: dict[type, ValueKind] = {
    bool: ValueKind.YES_NO,
    Keuze: ValueKind.YES_NO,
    int: ValueKind.NUMBER,
    dt.date: ValueKind.DATE,
    Tijdvak: ValueKind.TIME,
    Tekst: ValueKind.RICH,
    dict: ValueKind.BLOCK,
}
_EXAMPLES: dict[ValueKind, object] = {
    ValueKind.YES_NO: True,
    ValueKind.DATE: dt.date(2025, 3, 19),
    ValueKind.TIME: Tijdvak(dt.time(10), dt.time(11, 30)),
}
_READERS: dict[ValueKind, Callable[[str], object]] = {
    ValueKind.NUMBER: dutch.parse_number,
    ValueKind.DATE: dutch.parse_date,
}
_ONE_OF = {
    "actielijst": "actie",
    "actiepunten": "actie",
    "acties": "actie",
    "afwezig": "deelnemer",
    "agendapunten": "punt",
    "aanwezig": "deelnemer",
    "besluiten": "besluit",
    "contactpersonen": "contact",
    "bijlagen": "bijlage",
    "genodigden": "deelnemer",
    "kopie_aan": "naam",
    "subpunten": "subpunt",
}
"""What the templates call one of a list in a loop; of any other list it is a "regel"."""


NO_WORDS = frozenset({"openbaar"})
"""Keys that are for lrtdocs: what no paper prints, since it says what must not be read."""
CONCEPT = "CONCEPT"
"""What is printed where the level of secrecy stands, on what is not final yet."""
NOBODY = "n.t.b."
"""Who does what nobody was found for yet."""


# --- models as words


def to_words(value: object) -> object:
    """Return `value` with each model in it as a dict of its fields, and each enum as its text.

    A deelnemer and a stemming also get `tekst`: the person or the vote as printed; a deelnemer
    gets his `groep`. A bijlage is a `nazending` until it was sent; then it is `nagezonden` on a
    day.
    """
    if isinstance(value, BaseModel):
        names = (name for name in type(value).model_fields if name not in NO_WORDS)
        words = {name: to_words(getattr(value, name)) for name in names}
        if isinstance(value, Bijlage):
            day = value.nazending if isinstance(value.nazending, dt.date) else None
            words |= {"nazending": value.nazending is True, "nagezonden": day}
        elif isinstance(value, Deelnemer | Stemming):
            words["tekst"] = str(value)
            words |= {"groep": value.groep} if isinstance(value, Deelnemer) else {}
        return words
    if isinstance(value, Mapping):
        return {key: to_words(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_words(item) for item in value]
    if isinstance(value, Keuze):
        return value.ja
    return str(value.value) if isinstance(value, Enum) else value


def name_owners(wie: Sequence[str]) -> str:
    """Return who does something, as papers print it."""
    return dutch.join_words(wie) or NOBODY


def moment_of(words: Mapping[str, object]) -> dt.datetime:
    """Return the moment that a PDF of a document with these `words` carries: that of its date.

    One that was changed after it went out has the day of that.
    """
    change = cast("Words | None", words.get("wijziging"))
    return start_of(cast("dt.date", change["datum"] if change else words["dagtekening"]))


# --- what the words mean


def model_fields(model: type[BaseModel], *more: Field, required: str = "") -> tuple[Field, ...]:
    """Return the fields of `model` as words, with `more` behind them or in their place.

    Of the names in `required` the document sees to it that they are never empty.
    """
    fields = {
        name: _of_info(name, info)
        for name, info in model.model_fields.items()
        if name not in NO_WORDS
    }
    for name in required.split():
        fields[name] = replace(fields[name], required=True)
    return tuple((fields | {field.name: field for field in more}).values())


def model_field(model: type[BaseModel], name: str, **changes: Any) -> Field:
    """Return the word for one field of `model`, with some of it otherwise."""
    return replace(_of_info(name, model.model_fields[name]), **changes)


def list_field(name: str, meaning: str, parts: tuple[Field, ...] = (), **more: Any) -> Field:
    """Return the word for a list of blocks that consist of `parts`, or else of texts."""
    item, one = ValueKind.BLOCK if parts else ValueKind.TEXT, _ONE_OF.get(name, "regel")
    return Field(name, meaning, ValueKind.LIST, parts=parts, **{"item": item, "one": one, **more})


def sender_words(huisstijl: Huisstijl, afzender: Afzender) -> Words:
    """Return the words of the sender; without an organisation it is the directorate-general."""
    organisatie = afzender.organisatie or huisstijl.organisatie or afzender.directoraat_generaal
    return {**cast("Words", to_words(afzender)), "organisatie": organisatie}


def contact_words(contacts: Sequence[Contactpersoon]) -> Words:
    """Return the words of whom to ask: the first as a block, and all of them as a list."""
    all_of_them = [to_words(one) for one in contacts]
    return {"contactpersoon": next(iter(all_of_them), None), "contactpersonen": all_of_them}


def contact_fields() -> tuple[Field, Field]:
    """Return what the words of whom to ask are."""
    parts = model_fields(Contactpersoon)
    first = Field("contactpersoon", "Bij wie men terecht kan; de eerste, als er meer zijn.",
                  ValueKind.BLOCK, parts=parts)  # fmt: skip
    return first, list_field("contactpersonen", "Allen bij wie men terecht kan.", parts)


def common_fields(kind: str) -> tuple[Field, ...]:
    """Return the words that all documents have, those of a `kind`."""
    return (
        Field("afzender", "Wie het stuk stuurt, uit huisstijl.yaml.", ValueKind.BLOCK, True,
              parts=model_fields(Afzender)),
        model_field(Huisstijl, "woordmerk"),
        Field("documentsoort", "Wat voor document dit is.", required=True, example=kind),
        Field("dagtekening", "De datum van het document.", ValueKind.DATE, True,
              dt.date(2025, 3, 14)),
    )  # fmt: skip


# --- what documents make themselves


class Made(NamedTuple):
    """A word that documents make: what it is, and how it is made of what its table is about."""

    field: Field
    of: Callable[[Any], object]


def made(
    name: str,
    meaning: str,
    example: object = None,
    of: str | Callable[[Any], object] = "",
    *,
    required: bool = True,
    parts: tuple[Field, ...] = (),
) -> Made:
    """Return a word that is made by `of`, or is the attribute of that name, or else of its own.

    Its kind is that of the `example`.
    """
    kind = ValueKind.BLOCK if parts else _OF_TYPE.get(type(example), ValueKind.TEXT)
    get = of if callable(of) else attrgetter(of or name)
    return Made(Field(name, meaning, kind, required, example, parts), get)


def fields_made(table: Iterable[Made]) -> tuple[Field, ...]:
    """Return what the words of `table` are."""
    return tuple(row.field for row in table)


def words_made(table: Iterable[Made], source: object) -> Words:
    """Return the words of `table`, made of `source`."""
    return {row.field.name: row.of(source) for row in table}


# --- the fields of a model


def _of_info(name: str, info: FieldInfo) -> Field:
    types_ = _plain_types(info.annotation)
    kind, inner = _kind_of(types_), types_[0]
    meaning = (info.description or "").strip()
    default = info.get_default(call_default_factory=True)
    required = info.is_required() or default not in (None, (), {})
    if kind == ValueKind.LIST:
        of_one = _plain_types(get_args(inner)[0])
        item = _kind_of(of_one)
        example = _example(kind, item, info)
        return list_field(name, meaning, _parts(of_one[0]), item=item, required=required,
                          example=example)  # fmt: skip
    example = _example(_kind_of(types_[:1]), ValueKind.UNKNOWN, info)
    return Field(name, meaning, kind, required, example, _parts(inner),
                 open=get_origin(inner) is dict)  # fmt: skip


def _plain_types(annotation: Any) -> list[Any]:
    """Return the types that a value can have, without None and without what pydantic is told."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_types(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [plain for one in get_args(annotation) for plain in _plain_types(one)]
    return [] if annotation is types.NoneType else [annotation]


def _kind_of(types_: list[Any]) -> ValueKind:
    """Return the kind of a value; what may be a date or a text is printed as a text."""
    one = get_origin(types_[0]) or types_[0]
    if len(types_) > 1:
        return ValueKind.TEXT
    if one is tuple:
        return ValueKind.LIST
    return ValueKind.BLOCK if issubclass(one, BaseModel) else _OF_TYPE.get(one, ValueKind.TEXT)


@cache
def _parts(inner: Any) -> tuple[Field, ...]:
    is_model = isinstance(inner, type) and issubclass(inner, BaseModel)
    return model_fields(inner, *_MADE.get(inner, ())) if is_model else ()


_MADE = {
    Bijlage: (
        Field("nazending", "Ja: het stuk wordt later gestuurd.", ValueKind.YES_NO, True, True),
        Field("nagezonden", "De dag waarop het stuk is nagezonden.", ValueKind.DATE,
              example=dt.date(2025, 3, 17)),
    )
}  # fmt: skip
"""Words of a model that its fields do not have, or have otherwise."""


def _example(kind: ValueKind, item: ValueKind, info: FieldInfo) -> object:
    """Return the first example of the model as a value, or one that shows the kind."""
    if not info.examples:
        return _EXAMPLES.get(kind)
    first = info.examples[0]
    if kind == ValueKind.LIST and not isinstance(first, str):
        return tuple(_value(item, one) for one in first)
    return _value(kind, first)


def _value(kind: ValueKind, example: object) -> object:
    """Return what a model makes of an `example` that its author wrote down.

    Asking the model itself would take a third of a second, for all fields together.
    """
    read = _READERS.get(kind)
    return example if read is None or not isinstance(example, str) else read(example)
