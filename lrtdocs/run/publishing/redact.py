"""A meeting as it may be published: left out in the data, before any paper is made of it.

What was left out cannot be in a paper, because it never came in: the same pipeline that makes the
normal papers makes the public ones. Numbers and places of items, actions and decisions stay as they
are in the normal paper.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from lrtdocs.model.deelnemer import Deelnemer, locate
from lrtdocs.model.numbering import find_numbers
from lrtdocs.model.openbaar.blok import Openbaar, OpenbaarTabel
from lrtdocs.model.openbaar.marks import Gemerkt, pieces_of
from lrtdocs.model.openbaar.mensen import find_named, is_body, names_worth_seeking, person_in
from lrtdocs.model.openbaar.woorden import Seeker
from lrtdocs.model.schema import Record
from lrtdocs.model.tekst import Alinea, Tekst, Tekstdeel
from lrtdocs.model.vergadering import Besluit, Subpunt, Vergadering, walk_numbered, walk_punten
from lrtdocs.run.publishing.fields import FIELDS, Way
from lrtdocs.run.publishing.leaving import Known, Leaving, find_in_address
from lrtdocs.source.build.reading import Fields, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lrtdocs.errors import Place
    from lrtdocs.model.afzender import Afzender
    from lrtdocs.model.openbaar.keuze import Keuze
    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.model.stuk import Bijlage, Contactpersoon
    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.load.model import House

_Model = TypeVar("_Model", bound=Record)
_PEOPLE = {"aanwezig": "aanwezige", "afwezig": "afwezige", "genodigden": "genodigde"}
_WHOLE = {
    "contactpersoon": "contactpersoon",
    "notulist": "naam van de notulist",
    "kopie_aan": "naam bij wie een kopie krijgt",
    "actielijst": "tekst bij een openstaande actie",
    "bijlagen": "titel van een bijlage",
}
_OF_CONTACT = {
    "naam": "naam van een contactpersoon",
    "telefoon": "telefoonnummer van een contactpersoon",
    "email": "e-mailadres van een contactpersoon",
}
_OF_ITEM = {
    "titel": "titel van {}",
    "inbrenger": "naam van wie {} inbrengt",
    "gasten": "naam van een gast bij {}",
    "bijlagen": "bijlage bij {}",
    "toelichting": "tekst bij {}",
    "verslag": "tekst bij {}",
    "besluiten": "besluit bij {}",
    "stemming": "naam in een stemming bij {}",
    "actiepunten": "actie bij {}",
}
CONFIDENTIAL = "(vertrouwelijk)"
_TELLING = frozenset({"titel", "wat", "toelichting", "link", "bestand"})
"""Lines that tell what an item is about; others are of a form that comes back everywhere."""


class Redacted(NamedTuple):
    """What may be published of a meeting, and what was left out of it: `loaded` is a `Meeting`.

    `unseen` are words that were to be left out anywhere and that stand nowhere. `withheld` are the
    titles of annexes, as they may be read, of which the file does not go along; `marked` are words
    that were marked where they stand, and that may stand elsewhere.
    """

    loaded: Any
    omissions: tuple[Omission, ...]
    unseen: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


def redact_meeting(loaded: Meeting) -> Redacted:
    """Return what may be published of the meeting `loaded`, and all that was left out."""
    table = loaded.house.huisstijl.openbaar or OpenbaarTabel()
    block = loaded.model.openbaar or Openbaar()
    reading = Reading(loaded.node, Fields(Vergadering))
    numbers = {loc: number for number, loc, _ in walk_numbered(loaded.model)}
    leaving = Leaving(
        table, block, partial(place_of_typed, reading), lambda loc: call_part(loc, numbers)
    )
    redactor = Redactor(leaving, table)
    redactor.learn(loaded.model)
    model = redactor.record(keep_numbers(loaded.model), ())
    house = redact_house(loaded.house, leaving)
    unseen = tuple(each for each in block.weglaten if each not in leaving.words.seen)
    return Redacted(
        replace(loaded, model=model, house=house),
        tuple(leaving.omissions),
        unseen,
        tuple(redactor.withheld),
        tuple(marked_in(loaded.model)),
    )


def place_of_typed(reading: Reading, loc: Loc, line: int, column: int) -> Place:
    """Return where the value at `loc` stands: one that may be a list may be typed as one thing."""
    if loc not in reading.nodes:
        plain = tuple(step for step in loc if step != 0)
        loc = plain if plain in reading.nodes else loc
    return reading.at(loc, line, column)


def redact_house(house: House, leaving: Leaving) -> House:
    """Return `house` with a sender without the words that are left out anywhere."""
    sender: Afzender = house.afzender
    lines = {name: _each_line(getattr(sender, name), leaving) for name in type(sender).model_fields}
    return house._replace(afzender=sender.model_copy(update=lines))


def _each_line(value: Any, leaving: Leaving) -> Any:
    if isinstance(value, tuple):
        return tuple(_each_line(each, leaving) for each in value)
    return leaving.line(value, ("afzender",)) if isinstance(value, str) else value


def keep_numbers(model: Vergadering) -> Vergadering:
    """Return `model` in which actions and decisions say their numbers: what stays keeps them."""
    numbers = find_numbers(model)
    actions, decisions = iter(numbers.actiepunten), iter(numbers.besluiten)
    carried = [
        each.model_copy(update={"nummer": number})
        for each, number in zip(model.actielijst, numbers.actielijst, strict=True)
    ]

    def number(punt: Any) -> Any:
        update: dict[str, object] = {
            "besluiten": tuple(
                each.model_copy(update={"nummer": next(decisions)}) for each in punt.besluiten
            ),
            "actiepunten": tuple(
                each.model_copy(update={"nummer": next(actions)}) for each in punt.actiepunten
            ),
        }
        if getattr(punt, "subpunten", ()):
            update["subpunten"] = tuple(map(number, punt.subpunten))
        return punt.model_copy(update=update)

    items = tuple(map(number, model.agendapunten))
    return model.model_copy(update={"actielijst": tuple(carried), "agendapunten": items})


class Redactor:
    """Walks over a model by its fields, as the table `FIELDS` says."""

    def __init__(self, leaving: Leaving, table: OpenbaarTabel) -> None:
        self.leaving, self.table = leaving, table
        self.withheld: list[str] = []
        self._annexes: dict[str, str] = {}
        self._ways: dict[Way, Callable[[Any, Loc], Any]] = {
            Way.KEEP: lambda value, _: value,
            Way.LINE: self._lines,
            Way.TEXT: self.leaving.tekst,
            Way.NAMES: self._names,
            Way.PERSON: self._persons,
            Way.PEOPLE: self._people,
            Way.RECORDS: self._records,
            Way.ITEMS: lambda value, loc: self._each(self._item, value, loc),
            Way.DECISIONS: lambda value, loc: self._each(self._decision, value, loc),
            Way.ANNEXES: lambda value, loc: self._each(self._annex, value, loc),
            Way.CONTACTS: lambda value, loc: self._each(self._contact, value, loc),
            Way.NAMED_FILE: lambda value, _: None if isinstance(value, str) else value,
            Way.DROP: lambda _value, _loc: None,
        }

    def learn(self, model: Vergadering) -> None:
        """Take in of whom it is decided already whether they are shown, and what is literal."""
        self._annexes = self._find_annexes(model)
        people = [one for name in _PEOPLE for one in getattr(model, name)]
        known = [
            Known(
                names_worth_seeking(one.naam, one.aanhef),
                self.leaving.ground_of_person(one.in_short, one.publiek),
            )
            for one in people
        ]
        contacts, literal = self._learn_contacts(model.contactpersoon)
        known += contacts
        # who is shown by name stays shown where another line names the same person
        self.leaving.learn(sorted(known, key=lambda one: bool(one.grond)), literal)
        for text in _people_named(model):
            naam, _, _, aanhef = person_in(text)
            known.append(
                Known(names_worth_seeking(naam, aanhef), self.leaving.ground_of_person(text))
            )
        self.leaving.learn(sorted(known, key=lambda one: bool(one.grond)), literal)

    def _learn_contacts(
        self, contacts: tuple[Contactpersoon, ...]
    ) -> tuple[list[Known], dict[str, str]]:
        """Return whether `contacts` are shown, and what of those that are not is literal."""
        known, literal = list[Known](), dict[str, str]()
        for contact in contacts:
            ground = self.leaving.ground_of_person(contact.naam or "", contact.publiek)
            literal |= {
                text: ground for text in (contact.telefoon, contact.email) if ground and text
            }
            if contact.naam:
                known.append(Known(names_worth_seeking(contact.naam), ground))
        return known, literal

    def record(self, model: _Model, loc: Loc) -> _Model:
        """Return `model`, which stands at `loc`, with what may be published of each field."""
        ways = FIELDS[type(model)]
        update = {}
        for name in type(model).model_fields:
            value, way = getattr(model, name), ways[name]
            if value not in (None, "", ()):
                update[name] = self._ways[way](value, (*loc, name))
        made = model.model_copy(update=update)
        for name in vars(made).keys() - type(model).model_fields.keys():
            del vars(made)[name]  # made of what the model was, and kept there: cached_property
        return made

    def _records(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, tuple):
            return self._each(self.record, value, loc)
        return self.record(value, loc) if isinstance(value, Record) else None

    def _each(self, way: Callable[[Any, Loc], Any], value: Any, loc: Loc) -> tuple[Any, ...]:
        return tuple(way(each, (*loc, index)) for index, each in enumerate(value))

    def _lines(self, value: Any, loc: Loc) -> Any:
        """Return what is typed without what is left out; a value of which all stays is the same."""
        if isinstance(value, tuple):
            return self._each(self._lines, value, loc)
        if isinstance(value, list):
            return [*self._each(self._lines, value, loc)]
        if isinstance(value, dict):
            return {name: self._lines(each, (*loc, name)) for name, each in value.items()}
        if not isinstance(value, str):
            return value
        shown = self.leaving.line(value, loc)
        same = not isinstance(value, Gemerkt) and str(shown) == str(value)
        return value if same else shown

    def _names(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, tuple):
            return self._each(self._names, value, loc)
        return self.leaving.names(value, loc)

    def _persons(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, tuple):
            return self._each(self._persons, value, loc)
        return self.leaving.person(value, loc)

    # --- people

    def _people(self, people: tuple[Deelnemer, ...], loc: Loc) -> tuple[Deelnemer, ...]:
        return tuple(self._deelnemer(one, at) for at, one in locate(people, str(loc[0])))

    def _deelnemer(self, one: Deelnemer, loc: Loc) -> Deelnemer:
        ground = self.leaving.ground_of_person(one.in_short, one.publiek)
        if one.kort is None:
            shown = self.record(one, loc)
        else:
            line = self.leaving.line(one.kort, loc)
            shown = self.record(Deelnemer.model_validate(line), loc)
        if ground:
            names = names_worth_seeking(one.naam, one.aanhef)
            told = [name for name in names if name in (one.naam, f"{one.aanhef} {one.naam}")]
            mark = self.leaving.omit(loc, ground, *told, *names)
            shown = _as_parts(shown, {"aanhef": None, "naam": mark})
        elif one.kort is not None and shown.vervangen_door:
            shown = _as_parts(shown, {})
        group = self.leaving.line(one.groep, loc) if one.groep else ""
        return shown.in_group(group)

    def _contact(self, one: Contactpersoon, loc: Loc) -> Contactpersoon:
        ground = self.leaving.ground_of_person(one.naam or "", one.publiek)
        if not ground:
            return self.record(one, loc)
        update = {}
        for name, what in _OF_CONTACT.items():
            if text := getattr(one, name):
                parts = _parts_of(name, text)
                update[name] = self.leaving.omit((*loc, name), ground, text, *parts, what=what)
        return one.model_copy(update=update)

    # --- what is left out as a whole

    def _ground(self, said: Keuze) -> str:
        return said.grond or self.table.grond

    def _item(self, punt: Subpunt, loc: Loc) -> Subpunt:
        if not punt.vertrouwelijk:
            return self.record(punt, loc)
        return self._hidden_item(punt, loc, self._ground(punt.vertrouwelijk))

    def _hidden_item(self, punt: Subpunt, loc: Loc, ground: str) -> Subpunt:
        """Return of an item its number, its time and how many are below it."""
        below = tuple(
            self._hidden_item(each, (*loc, "subpunten", index), ground)
            for index, each in enumerate(getattr(punt, "subpunten", ()))
        )
        own = punt.model_copy(update={"subpunten": ()} if below else {})
        what = f"{self.leaving.name(loc)}, heel"
        mark = self.leaving.omit(loc, ground, *self._told_in(own, loc), what=what)
        kept = {name: getattr(punt, name) for name in ("nummer", "tijd", "duur")}
        made = type(punt).model_validate({"titel": f"{CONFIDENTIAL} {mark}"})
        return made.model_copy(update=kept | ({"subpunten": below} if below else {}))

    def _told_in(self, value: Record, loc: Loc) -> list[str]:
        """Return the texts of `value` that tell something, and the people that are named in it.

        An organisation, a purpose or a number by itself is no secret: it stands everywhere.
        """
        kept, withheld = self.leaving.omissions, list(self.withheld)
        self.leaving.omissions = []
        self.record(value, loc)
        named = [text for one in self.leaving.omissions for text in one.texts]
        self.leaving.omissions, self.withheld = kept, withheld
        return [*_telling(value), *named]

    def _decision(self, besluit: Besluit, loc: Loc) -> Besluit:
        if besluit.publiek:
            return self.record(besluit, loc)
        texts = self._told_in(besluit, loc)
        mark = self.leaving.omit(loc, self._ground(besluit.publiek), *texts)
        tekst = Tekst(mark, (Alinea((Tekstdeel(mark),)),))
        return besluit.model_copy(update={"tekst": tekst, "stemming": None})

    def _find_annexes(self, model: Vergadering) -> dict[str, str]:
        """Return the numbers in the list of annexes of which one is left out, with the ground.

        The list and an item name the same annex by the same number: to mark one is enough.
        """
        listed = {each.nummer for each in model.bijlagen}
        items = (each for _, punt in walk_punten(model) for each in punt.bijlagen)
        return {
            each.nummer: self._ground(each.publiek)
            for each in (*items, *model.bijlagen)
            if each.nummer in listed and each.nummer and each.publiek.gezegd and not each.publiek
        }

    def _annex(self, bijlage: Bijlage, loc: Loc) -> Bijlage:
        said = bijlage.publiek
        ground = self._ground(said) if said.gezegd else self._annexes.get(bijlage.nummer or "")
        if ground and not said.ja:
            texts = (bijlage.titel, bijlage.link or "", bijlage.bestand or "")
            mark = self.leaving.omit(loc, ground, *texts)
            return bijlage.model_copy(update={"titel": mark, "link": None, "bestand": None})
        shown = self.record(bijlage, loc)
        if bijlage.link and (shown.link != bijlage.link or _says(bijlage.link, bijlage.titel)):
            if shown.link == bijlage.link:
                ground = next(piece.grond for piece in pieces_of(bijlage.titel) if piece.grond)
                self.leaving.omit((*loc, "link"), ground, bijlage.link)
            shown = shown.model_copy(update={"link": None})
        if said:
            return shown
        if bijlage.bestand:
            self.withheld.append(shown.titel)
        return shown.model_copy(update={"bestand": None})


def _says(link: str, title: str) -> bool:
    """Tell whether an address says what is marked in the title of what it leads to."""
    marked = {
        words: piece.grond
        for piece in pieces_of(title)
        if piece.grond
        for words in (piece.tekst, *names_worth_seeking(piece.tekst))
    }
    return bool(find_in_address(link, Seeker(marked)))


def _people_named(model: Vergadering) -> Iterator[str]:
    """Yield who is named elsewhere than among those who were there, in the short form."""
    persons = [model.notulist or ""]
    persons += [one.vervangen_door or "" for one in model.afwezig]
    lines = list(model.kopie_aan)
    for _, punt in walk_punten(model):
        persons += punt.gasten
        lines += [punt.inbrenger or "", *(who for one in punt.actiepunten for who in one.wie)]
    for text in filter(None, persons):
        naam, _, _, aanhef = person_in(text)
        if aanhef or not is_body(naam):
            yield text
    for line in lines:
        yield from (named.text for named in find_named(line))


def _as_parts(one: Deelnemer, update: Mapping[str, object]) -> Deelnemer:
    """Return somebody in parts, which are printed anew, some of them as in `update`."""
    parts = {name: getattr(one, name) for name in Deelnemer.model_fields} | dict(update)
    return Deelnemer.model_validate(
        {name: each for name, each in parts.items() if each is not None}
    )


def _parts_of(name: str, text: str) -> tuple[str, ...]:
    """Return the parts of a detail of somebody that are worth seeking by themselves."""
    if name == "telefoon":
        return ("".join(filter(str.isdigit, text)),)
    return names_worth_seeking(text) if name == "naam" else ()


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in `value`, a model or a part of one: each paragraph by itself."""
    if isinstance(value, Tekst):
        yield from str(value).splitlines()
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            if FIELDS[type(value)][name] is not Way.KEEP:
                yield from texts_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        yield from texts_in(tuple(value.values()))


def marked_in(value: object) -> Iterator[str]:
    """Yield the words in `value`, a model or a part of one, that are marked where they stand."""
    if isinstance(value, Gemerkt):
        yield from (piece.tekst for piece in value.stukken if piece.grond)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from marked_in(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from marked_in(each)
    elif hasattr(value, "blocks"):
        yield from marked_in(value.blocks)
    elif is_dataclass(value) and not isinstance(value, type):
        if getattr(value, "weglaten", None):
            yield str(getattr(value, "tekst", ""))
        for each in fields(value):
            yield from marked_in(getattr(value, each.name))


def _telling(value: object) -> Iterator[str]:
    """Yield the texts in `value` that tell something by themselves."""
    if isinstance(value, Record):
        for name, way in FIELDS[type(value)].items():
            if name in _TELLING or way not in (Way.LINE, Way.NAMES, Way.PERSON, Way.KEEP):
                yield from _telling(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _telling(each)
    else:
        yield from texts_in(value)


# --- what something is called, without saying it


def call_part(loc: Loc, numbers: Mapping[Loc, str]) -> str:
    """Return in Dutch what stands at `loc`: "tekst bij agendapunt 3"."""
    first = str(loc[0]) if loc else ""
    if first in _PEOPLE:
        return f"naam van een {_PEOPLE[first]}"
    if first != "agendapunten":
        return _WHOLE.get(first, f"tekst bij '{first}'")
    size = 4 if len(loc) > 2 and loc[2] == "subpunten" else 2
    item, rest = loc[:size], loc[size:]
    called = f"agendapunt {numbers[item]}" if numbers.get(item) else "een punt zonder nummer"
    return _OF_ITEM.get(str(rest[0]), "tekst bij {}").format(called) if rest else called
