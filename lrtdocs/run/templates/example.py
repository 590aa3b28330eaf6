"""A template filled with example data, so that its maker sees the page without a file of their own.

There is a real example, the least that is valid, and as much as there is. Everything goes through
the models and the words of documents, as the user's own data would: nothing here can be what no
file could say. A template for letters may use columns and keys that only the user's own files have;
those are filled with their own name between brackets.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from lrtdocs import messages
from lrtdocs.documents.fields import fields_of, is_open
from lrtdocs.documents.letters import letter_words, shared_words
from lrtdocs.documents.meetings import Laat, Nazending, Wijziging, meeting_words
from lrtdocs.documents.words import moment_of
from lrtdocs.errors import Place, Problem, ProblemsFoundError, has_errors
from lrtdocs.kinds import KINDS, Kind, Source
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.geadresseerde.persoon import Geslacht, Naamgebruik, Persoon
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.model.taakstelling import make_verdeling
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.finish import Draft
from lrtdocs.run.documents.make import find_logo_problems, load_template, read_logo
from lrtdocs.run.folder.names import plan_target
from lrtdocs.run.letters.plan import walk_letters
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.model import House, load_model
from lrtdocs.run.load.model import load_house as read_house
from lrtdocs.run.meetings.comparing import list_items
from lrtdocs.run.templates.templates import HERE
from lrtdocs.shipped import DATA, examples_folder
from lrtdocs.source.files import read_text
from lrtdocs.source.lists.free_data import parse_data
from lrtdocs.source.lists.register import load_register
from lrtdocs.word.compile.value_types import ITEM
from lrtdocs.word.fill.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.run.documents.report import Options
    from lrtdocs.run.templates.templates import TemplateFile
    from lrtdocs.word.compile.template import Template

Model = TypeVar("Model", bound=BaseModel)
Loaded = TypeVar("Loaded")


class Sample(StrEnum):
    """How much data an example holds, in the words of the command."""

    TYPICAL = "gewoon"
    MINIMAL = "weinig"
    FULL = "veel"


_FULL = DATA / "samples"
_PEOPLE, _ABSENT, _ITEMS = 40, 10, 12
"""How many of each a full meeting has; its file holds two, and the last one comes again."""
_LEAST_MEETING = {"overleg": "LRT", "datum": "2025-03-19", "agendapunten": ["Opening"]}
_LEAST = {"tekst": "Dit is de tekst.", "taakstelling": {"halfjaar": "2025-II", "totaal": "13000"}}
"""The least that stands at the key that a kind of letter requires."""
_STAND = {"gerealiseerd": 1_234, "achterstand": 1_200, "voorsprong": 3}
_NUMBER = 342  # that of the letter in a run
_PERSOON = Persoon(
    "Voorbeeld",
    Geslacht.VROUW,
    voorletters="A.B.C.",
    voorvoegsel="van",
    titel_voor="mr. drs.",
    achternaam_partner="Voorbeeldstra",
    naamgebruik=Naamgebruik.EIGEN_PARTNER,
)


def show_template(
    file: TemplateFile,
    kind: str,
    sample: Sample,
    options: Options,
    today: date,
    here: Path = Path(HERE),
) -> Draft:
    """Return the template `file` filled with data for `kind`, as much as `sample` says.

    The house style, and where the document goes by default, are those of the file `here`. Raises
    TemplateProblemsError if the template has errors, FileProblemError for a logo that is not there.
    """
    house = load_house(here)
    trusted = options.trusted or (house.huisstijl.vertrouwd and not file.offered_as)
    template = load_template(str(file.path), here, trusted=trusted)
    words = sample_words(kind, sample, house, today)
    own = own_words(file, kind, find_made_up(template))
    if isinstance(rows := own.get("rijen"), list):  # the columns are the user's own
        words = {**words, "rijen": rows, "aantal_rijen": len(rows)}
    pictures = read_logo(house)
    docx = render(template, merge(own, words), pictures=pictures, font=house.huisstijl.lettertype)
    told = [messages.problem("LRT721", Place(template.name), words=", ".join(_names(own)))]
    suffix = "" if sample is Sample.TYPICAL else f"-{sample}"
    default = f"{file.path.stem}-voorbeeld{suffix}.docx"
    return Draft(
        source=file.path,
        target=plan_target(here, default, options.output, many=False),
        docx=docx,
        moment=moment_of(words),
        warnings=(
            *template.warnings,
            *find_logo_problems(pictures, template),
            *(told if own else ()),
        ),
    )


# --- words of the user's own


_MADE_UP = {"datum": date(2025, 3, 19), "datum_kort": date(2025, 3, 19), "tijd": "10:00"}
_NUMBER_MADE_UP = 1234
_FILTERED = re.compile(r"(\w+)\s*\|\s*(datum|datum_kort|tijd|getal|bedrag|telwoord)\b")
_WITH_NUMBER = re.compile(r"(\w+)\s*(?:[<>]=?|==|!=)\s*\d")


def find_made_up(template: Template) -> dict[str, object]:
    """Return a value for each word of which `template` asks that it is a number, date or time."""
    bodies = [tag.body for part in template.parts for tag in part.lines.values()]
    found: dict[str, object] = {}
    for body in bodies:
        found |= dict.fromkeys(_WITH_NUMBER.findall(body), _NUMBER_MADE_UP)
        found |= {name: _MADE_UP.get(by, _NUMBER_MADE_UP) for name, by in _FILTERED.findall(body)}
    return found


def own_words(file: TemplateFile, kind: str, made_up: Mapping[str, object]) -> Words:
    """Return words for what the template uses that no document of `kind` has by itself.

    Only where the user's files may have such words: in the list of recipients and in `velden`. By
    its own name a word may have a value that is `made_up`.
    """
    fields = {field.name: field for field in fields_of(kind)}
    tree: dict[str, Any] = {}
    for use in file.uses or () if is_open(kind) else ():
        steps = use.path.replace(ITEM, f".{ITEM}").split(".")
        field = fields.get(steps[0])
        own_part = field is not None and field.open and len(steps) > 1
        if field is None or (own_part and steps[1] not in {part.name for part in field.parts}):
            below = tree
            for step in steps:
                below = below.setdefault(step, {})
    return {name: _own_value(name, below, made_up) for name, below in tree.items()}


def _own_value(name: str, below: Mapping[str, Any], made_up: Mapping[str, object]) -> object:
    """Return a value for a word of the user's own: its name, in as many lists and blocks."""
    if ITEM in below:
        return [_own_value(name, below[ITEM], made_up)] * 2
    parts = {part: _own_value(part, inside, made_up) for part, inside in below.items()}
    return parts or made_up.get(name, f"[{name}]")


def merge(own: Words, words: Words) -> Words:
    """Return `words` with those of `own` that are not among them, in blocks as well."""
    merged = {**own, **words}
    for name, value in own.items():
        below = words.get(name)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[name] = merge(value, below)
    return merged


def _names(words: Words) -> Iterable[str]:
    for name, value in sorted(words.items()):
        yield from (f"{name}.{below}" for below in value) if isinstance(value, dict) else (name,)


# --- example data


def load_house(start: Path) -> House:
    """Return the house style for the file `start`; raise ProblemsFoundError if it has errors."""
    problems: list[Problem] = []
    return _loaded(read_house(start, problems), problems)


def _loaded(found: Loaded | None, problems: Sequence[Problem]) -> Loaded:
    """Return what was found in a file; raise ProblemsFoundError if it has errors."""
    if found is None or has_errors(problems):
        raise ProblemsFoundError(*problems)
    return found


def sample_words(kind: str, sample: Sample, house: House, today: date) -> Words:
    """Return words for a document of `kind`, as much as `sample` says.

    The sender is that of `house`, but minimal data has an empty one, and full data has all there
    is.
    """
    if sample is Sample.MINIMAL:
        house = House(house.path, Huisstijl(afzenders={"geen": Afzender()}), Afzender())
    elif sample is Sample.FULL:
        full = read_full(Huisstijl)
        house = House(house.path, full, next(iter(full.afzenders.values())))
    row = KINDS[kind]
    if row.source is Source.MEETING:
        vergadering = _vergadering(row, sample)
        change = _change(today) if sample is Sample.FULL else None
        late = _late(vergadering, sample, today) if row.since_sent else None
        return meeting_words(row, vergadering, house.huisstijl, house.afzender, today, change, late)
    if sample is Sample.TYPICAL:
        return _typical_letter(row, house, today)
    return _letter(row, sample, house, today)


def read_full(model: type[Model]) -> Model:
    """Return the `model` in which everything is filled in."""
    problems: list[Problem] = []
    path = _FULL / f"{model.__name__.lower()}.yaml"
    return _loaded(load_model(path, model, problems), problems).model


# --- meetings


def _vergadering(kind: Kind, sample: Sample) -> Vergadering:
    if sample is Sample.MINIMAL:
        return Vergadering.model_validate(_LEAST_MEETING)
    if sample is Sample.TYPICAL:
        return _loaded(*load_vergadering(examples_folder() / kind.example, kind.name)).model
    full = read_full(Vergadering)
    counts = {
        "genodigden": _PEOPLE,
        "aanwezig": _PEOPLE,
        "afwezig": _ABSENT,
        "agendapunten": _ITEMS,
    }
    return full.model_copy(
        update={name: _repeat(getattr(full, name), count) for name, count in counts.items()}
    )


def _change(today: date) -> Wijziging:
    """Return that a meeting was changed: its first item, and the second is new."""
    return Wijziging(2, today, [("agendapunten", 0)], [("agendapunten", 1)])


def _late(vergadering: Vergadering, sample: Sample, today: date) -> Nazending:
    """Return that all annexes of a meeting came late, and that something else was changed."""
    if sample is Sample.MINIMAL:
        return Nazending(today)
    items = list_items(vergadering)
    papers = [Laat(one.number, annex, True) for one in items for annex in one.punt.bijlagen]
    return Nazending(today, papers, ["De tijd van punt 2 is 10.30 uur; dat was 10.15 uur."])


def _repeat(items: tuple[object, ...], count: int) -> tuple[object, ...]:
    return (*items, *items[-1:] * (count - len(items)))


# --- letters


def _typical_letter(kind: Kind, house: House, today: date) -> Words:
    loaded = _loaded(*load_mailing(examples_folder() / kind.example))
    shared = shared_words(loaded.mailing, house.huisstijl, house.afzender, today, loaded.verdeling)
    return {**shared, **next(walk_letters(loaded)).words}


def _letter(kind: Kind, sample: Sample, house: House, today: date) -> Words:
    mailing = read_full(Mailing) if sample is Sample.FULL else _least_mailing(kind)
    ontvanger = _ontvanger(kind, sample)
    register = load_register(None)
    verdeling = make_verdeling(mailing.taakstelling, register) if mailing.taakstelling else None
    gemeente = register.find(ontvanger.code) if ontvanger.code else None
    toedeling = verdeling.rijen[gemeente.code] if verdeling and gemeente else None
    if toedeling and sample is Sample.FULL:
        toedeling = toedeling.add_stand(_STAND)
    shared = shared_words(mailing, house.huisstijl, house.afzender, today, verdeling)
    words = letter_words(ontvanger, _NUMBER, gemeente, toedeling, mailing)
    words = {**shared, **words}
    if sample is Sample.FULL:
        _fill_up(words, fields_of(kind.name))
    return words


def _fill_up(words: dict[str, Any], fields: Sequence[Field]) -> None:
    """Give `words` by example what no single letter can have: a person and a gemeente in one."""
    for field in fields:
        value = words.get(field.name)
        if field.kind is ValueKind.BLOCK and (value or value is None):
            words[field.name] = dict(value or {})
            _fill_up(words[field.name], field.parts)
        elif value in (None, "") or (field.example and value == []):
            words[field.name] = field.example


def _least_mailing(kind: Kind) -> Mailing:
    required = {kind.requires: _LEAST[kind.requires]} if kind.requires else {}
    return Mailing.model_validate({"sjabloon": kind.name, "ontvangers": "lijst.csv", **required})


def _ontvanger(kind: Kind, sample: Sample) -> Ontvanger:
    """Return a recipient of a letter of `kind`; a counted one is a gemeente."""
    place = Place("voorbeeld")
    gemeenten = load_register(None).gemeenten
    if sample is Sample.FULL:
        longest = max(gemeenten, key=lambda gemeente: len(gemeente.naam))
        text, _ = read_text(_FULL / "ontvanger.yaml")
        columns = cast("dict[str, Any]", parse_data(text, "ontvanger.yaml")[0])
        ontvanger = Ontvanger(place, code=longest.code, naam=longest.naam, persoon=_PERSOON)
        return replace(ontvanger, **columns)
    if kind.counted:
        return Ontvanger(place, code=gemeenten[0].code, naam=gemeenten[0].naam)
    return Ontvanger(place, naam="A. Voorbeeld")
