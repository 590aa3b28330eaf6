"""What can be filled in of a kind of file: a tree of fields, made from its model.

Names, meanings, choices and what is required are those of the model. Said here is only what a model
does not know: under which heading a field stands, and whether it is one of the usual ones.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from lrtdocs.model.deelnemer import Grouped
from lrtdocs.model.openbaar.gronden import GRONDEN
from lrtdocs.model.schema import TEXT_SCHEMA, Record
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.velden import Tijdvak
from lrtdocs.run.load.model import model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo


class Sort(StrEnum):
    """The sorts of fields, by how they are filled in."""

    LINE = "regel"
    TEXT = "tekst"
    DATE = "datum"
    TIME = "tijd"
    CHOICE = "keuze"
    SUGGESTED = "keuze of eigen woorden"
    YES_NO = "ja of nee"
    LINES = "regels"
    GROUP = "blok"
    LIST = "lijst"
    KEYS = "eigen sleutels"


class Choice(NamedTuple):
    """One of the values that a field may have, and what is said of it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A field that can be filled in; `fields` are those in it, or in each of a list.

    A text by itself is the value of `text_key`. `one` is what an item of a list is called. `people`
    may stand in groups. `after` are the fields before it in the model, the nearest first: a new key
    comes behind the first of them that is there.
    """

    name: str
    label: str
    meaning: str
    sort: Sort
    required: bool = False
    usual: bool = False
    example: str = ""
    choices: tuple[Choice, ...] = ()
    fields: tuple[FormField, ...] = ()
    text_key: str = ""
    one: str = ""
    people: bool = False
    after: tuple[str, ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Whether the field is one value, and has no fields in it."""
        return self.sort not in {Sort.GROUP, Sort.LIST, Sort.KEYS}


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields under one heading; the `usual` ones are what most people fill in."""

    name: str
    fields: tuple[FormField, ...]
    usual: bool = False


_LABELS = {
    "email": "E-mail",
    "wat": "Wat gaat er gebeuren",
    "wie": "Wie",
    "kix": "KIX",
    "publiek": "In de openbare versie",
    "vast": "Vast punt",
    "nazending": "Wordt nagezonden",
    "bijlage_a": "Bijlage A",
    "ondertekenen": "Ruimte om te tekenen",
    "duur": "Hoe lang",
}
_ONES = {
    "Deelnemer": "Persoon",
    "Contactpersoon": "Persoon",
    "Kopie": "Ontvanger",
    "Actiepunt": "Actie",
    "Tabelkolom": "Kolom",
    "Kolomsoort": "Kolom",
    "Gebruiksbeperking": "Beperking",
}
_USUAL = {
    "Deelnemer": ("naam",),
    "Bijlage": ("titel", "nummer", "bestand"),
    "Besluit": ("tekst",),
    "Actiepunt": ("wat", "wie", "gereed"),
    "Subpunt": ("titel", "doel", "toelichting", "verslag"),
    "Agendapunt": (
        *("titel", "tijd", "inbrenger", "doel", "bijlagen", "toelichting", "verslag"),
        *("besluiten", "actiepunten"),
    ),
    "Contactpersoon": ("naam", "telefoon", "email"),
    "VolgendeVergadering": ("datum",),
    "Ondertekening": ("ambt", "functie", "naam"),
    "Kopie": ("naam",),
    "Kolomsoort": ("soort",),
    "Tabelkolom": ("kolom",),
    "Stemming": ("uitslag",),
    "Openbaar": ("beoordeling", "weglaten"),
    "Vertaling": ("betreft", "aanhef", "tekst"),
}
"""Of models with many fields: those that most people fill in."""
_GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "vergadering": {
        "Basis": ("overleg", "datum", "tijd", "plaats", "omschrijving", "dagtekening",
                  "contactpersoon", "onze_referentie", "versie", "rubricering", "afzender"),
        "Mensen": ("genodigden", "aanwezig", "afwezig", "notulist", "kopie_aan"),
        "Agendapunten": ("agendapunten",),
        "Bijlagen van de vergadering": ("bijlagen",),
        "Verslag": ("vastgesteld", "volgende_vergadering", "dagtekening_verslag", "versie_verslag",
                    "ondertekenen"),
        "Acties van eerdere vergaderingen": ("actielijst", "laatste_actie", "laatste_besluit",
                                             "vorige"),
        "Publicatie": ("openbaar",),
    },
    "mailing": {
        "Basis": ("sjabloon", "ontvangers", "dagtekening", "onze_referentie", "blad", "afzender",
                  "rubricering", "uw_referentie", "bestandsnaam", "dubbelzijdig"),
        "Brief": ("betreft", "aanhef", "tekst", "ondertekening", "contactpersoon", "bijlagen",
                  "kopie_aan"),
        "Taakstelling": ("taakstelling",),
        "Lijst": ("kolommen", "alleen_zichtbare_rijen", "groepeer", "rijen", "tabel"),
        "Andere taal": ("taal", "vertaling"),
        "Eigen woorden": ("velden",),
        "Publicatie": ("openbaar",),
    },
    "huisstijl": {
        "Afzenders": ("afzenders",),
        "Papier": ("organisatie", "logo", "woordmerk", "lettertype", "venster", "kix"),
        "Regels": ("akkoord", "vertrouwd"),
        "Publicatie": ("openbaar",),
        "Archief": ("archief",),
    },
}  # fmt: skip
"""The headings of each kind of file, with what stands under them."""
FORMS = tuple(_GROUPS)
"""The kinds of files that have a form."""
_OPEN = {
    "vergadering": ("overleg", "datum", "tijd", "plaats", "genodigden", "aanwezig", "afwezig",
                    "agendapunten", "vastgesteld", "volgende_vergadering", "actielijst"),
    "mailing": ("sjabloon", "ontvangers", "dagtekening", "betreft", "aanhef", "tekst",
                "ondertekening", "kolommen", "taal"),
    "huisstijl": ("afzenders", "logo", "woordmerk"),
}  # fmt: skip
"""Of each kind of file the fields that most people fill in."""
_FOLDED = {
    *("Bijlagen van de vergadering", "Acties van eerdere vergaderingen", "Publicatie"),
    *("Taakstelling", "Lijst", "Andere taal", "Eigen woorden", "Archief", "Regels"),
}
"""The headings under which most people fill in nothing."""


@cache
def form_of(kind: str) -> tuple[FormGroup, ...]:
    """Return the fields of a "vergadering", "mailing" or "huisstijl", under their headings.

    Under each heading the usual ones come first.
    """
    model = model_of(kind)
    made = {field.name: field for field in _fields(model, _OPEN[kind])}
    return tuple(
        FormGroup(name, tuple(made[each] for each in names), usual=name not in _FOLDED)
        for name, names in _GROUPS[kind].items()
    )


def _fields(model: type[BaseModel], usual: tuple[str, ...]) -> Iterator[FormField]:
    """Yield the fields of `model`, the usual ones first."""
    names = [*usual, *(name for name in model.model_fields if name not in usual)]
    order = list(model.model_fields)
    for name in names:
        after = tuple(reversed(order[: order.index(name)]))
        field = _field(name, model.model_fields[name], usual=not usual or name in usual)
        yield replace(field, after=after)


def _field(name: str, info: FieldInfo, *, usual: bool) -> FormField:
    parts = [*_parts(info.annotation), *info.metadata]
    model = _model_in(parts)
    sort = _sort_of(info, parts, model)
    example = info.examples[0] if info.examples else ""
    return FormField(
        name,
        _LABELS.get(name, name.replace("_", " ").capitalize()),
        info.description or "",
        sort,
        info.is_required(),
        usual,
        example if isinstance(example, str) else "",
        tuple(_choices(parts)),
        tuple(_below(model, info)),
        _text_key(model),
        _ONES.get(model.__name__, model.__name__) if model else "",
        people=any(isinstance(one, Grouped) for one in info.metadata),
    )


def _below(model: type[Record] | None, info: FieldInfo) -> Iterator[FormField]:
    if model is not None:
        yield from _fields(model, _USUAL.get(model.__name__, ()))
    elif get_origin(info.annotation) is dict:
        value = get_args(info.annotation)[1]
        parts = [*_parts(value)]
        choices = tuple(_choices(parts))
        sort = Sort.CHOICE if choices else Sort.LINE
        yield FormField("waarde", "Waarde", "", sort, usual=True, choices=choices)


def _text_key(model: type[Record] | None) -> str:
    """Return the key that a text by itself is the value of: of the next meeting its date."""
    if model is None:
        return ""
    return "datum" if model.__name__ == "VolgendeVergadering" else model.text_key


def _parts(annotation: object) -> Iterator[Any]:
    """Yield `annotation` and all the types, and what is said of them, that it is made of."""
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _model_in(parts: list[Any]) -> type[Record] | None:
    models = (one for one in parts if isinstance(one, type) and get_origin(one) is None)
    return next((one for one in models if issubclass(one, Record)), None)


def _sort_of(info: FieldInfo, parts: list[Any], model: type[Record] | None) -> Sort:
    origin = get_origin(info.annotation)
    if origin is dict:
        return Sort.KEYS
    if model is not None:
        return Sort.LIST if tuple in {get_origin(one) for one in parts} else Sort.GROUP
    if origin is tuple:
        return Sort.LINES
    if Tekst in parts:
        return Sort.TEXT
    if Tijdvak in parts:
        return Sort.TIME
    if dt.date in parts:
        return Sort.SUGGESTED if bool in parts else Sort.LINE if str in parts else Sort.DATE
    if bool in parts:
        return Sort.YES_NO if info.default is not None else Sort.CHOICE
    schemas = list(_schemas(parts))
    if any("enum" in one for one in schemas):
        free = any(one.get("type") == TEXT_SCHEMA["type"] for one in schemas)
        return Sort.SUGGESTED if free else Sort.CHOICE
    return Sort.LINE


def _schemas(parts: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield what editors are told of the values of a field, each way in which they may stand."""
    for one in parts:
        if hasattr(one, "read") and hasattr(one, "__get_pydantic_json_schema__"):
            yield from _ways(one.__get_pydantic_json_schema__(None, None))


def _ways(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for one in schema.get("anyOf", ()):
        yield from _ways(one)


def _choices(parts: list[Any]) -> Iterator[Choice]:
    values = (str(value) for one in _schemas(parts) for value in one.get("enum", ()))
    for value in dict.fromkeys(values):
        ground = GRONDEN.get(value)
        yield Choice(value, f"{value}: {ground.woorden}" if ground else value)
