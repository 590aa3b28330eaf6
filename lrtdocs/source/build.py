"""From nodes to a model, with every problem at its place; pydantic decides, we speak.

No English of pydantic may reach a reader: what the fields refuse in their own words passes through,
everything else is translated by `_SPOKEN`. Parts that were reported while reading are not judged a
second time, and a typing error in a key is one problem, not "unknown" and "missing" both.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lrtdocs.errors import Place, Problem, Severity, suggest
from lrtdocs.model.remarks import find_remarks
from lrtdocs.model.tekst import TEKST_ERROR, TekstFault
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.source.nodes import Mapping, Node, Scalar, Sequence

if typing.TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as AnyMapping

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]
_OWN_WORDS = "LRT"
_A_MAPPING = "sleutelwoorden met waarden, elk op een eigen regel"
_A_LIST = "een lijst, met - voor elk onderdeel"
_SPOKEN = {
    "string_type": ("Hier hoort één tekst.", "één tekst"),
    "model_type": ("Hier horen sleutelwoorden met waarden.", _A_MAPPING),
    "model_attributes_type": ("Hier horen sleutelwoorden met waarden.", _A_MAPPING),
    "dict_type": ("Hier horen sleutelwoorden met waarden.", _A_MAPPING),
    "tuple_type": ("Hier hoort een lijst.", _A_LIST),
    "list_type": ("Hier hoort een lijst.", _A_LIST),
}
_EMPTY = {"LRT203", "too_short", "string_too_short"}


@dataclass(slots=True)
class Places:
    """Where everything stands: the nodes and keys of a file by the way that leads to them."""

    root: Node
    nodes: dict[Loc, Node] = field(default_factory=dict)
    keys: dict[Loc, Scalar] = field(default_factory=dict)
    broken: set[Loc] = field(default_factory=set)

    def node(self, loc: Loc) -> Node:
        """Return the node at `loc`, or the nearest one around it."""
        while loc and loc not in self.nodes:
            loc = loc[:-1]
        return self.nodes.get(loc, self.root)

    def at(self, loc: Loc, line: int = 0, column: int = 0) -> Place:
        """Return the place of the value at `loc`, or of a line and column (from 0) inside it."""
        node = self.node(loc)
        return node.place_at(line, column) if isinstance(node, Scalar) else node.place

    def is_told(self, loc: Loc) -> bool:
        """Tell whether the value at `loc`, or one around it, was reported while reading."""
        return any(loc[:length] in self.broken for length in range(len(loc) + 1))


def build_model(node: Node, model_class: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Build a `model_class` from `node`; None with all the problems if it cannot be built."""
    if not isinstance(node, Mapping):
        return None, [] if getattr(node, "broken", False) else [_not_a_mapping(node)]
    places = Places(node)
    problems: list[Problem] = []
    data = _Plain(places, problems).value(node, ())
    try:
        model = model_class.model_validate(data)
    except ValidationError as error:
        translator = _Translator(places, model_class, error.errors(include_url=False))
        return None, problems + translator.problems()
    return (None if problems or places.broken else model), problems


def model_warnings(model: BaseModel, node: Node, kind: str) -> list[Problem]:
    """Return what deserves a second look in `model`, built from `node`, as a document of `kind`."""
    if not isinstance(model, Vergadering):
        return []
    places = Places(node)
    _Plain(places, []).value(node, ())
    return [
        Problem(
            remark.code,
            places.at(remark.loc, remark.line, remark.column),
            remark.message,
            remedy=remark.remedy,
            severity=Severity.WARNING,
        )
        for remark in find_remarks(model, kind)
    ]


def place_of(node: Node, loc: Loc) -> Place:
    """Return where the value at `loc` stands in `node`, or the nearest thing around it."""
    for part in loc:
        below = node.get(part) if isinstance(node, Mapping) and isinstance(part, str) else None
        if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
        if below is None:
            return _first_key(node)
        node = below
    return node.place


def _not_a_mapping(node: Node) -> Problem:
    return Problem(
        "LRT204",
        node.place,
        "Dit bestand heeft geen sleutelwoorden met waarden.",
        expected="regels zoals 'overleg: Landelijke Regietafel'",
        found=_found(node),
        remedy="Begin met 'lrtdocs nieuw': dat maakt een bestand om in te vullen.",
    )


@dataclass(slots=True)
class _Plain:
    """Turns nodes into plain data for pydantic, and writes down where everything stands."""

    places: Places
    problems: list[Problem]

    def value(self, node: Node, loc: Loc) -> object:
        self.places.nodes[loc] = node
        if isinstance(node, Mapping):
            return dict(self._entries(node, loc))
        if isinstance(node, Sequence):
            return [self._item(item, (*loc, index)) for index, item in enumerate(node.items)]
        if node.broken:
            self.places.broken.add(loc)
        return node.text

    def _entries(self, node: Mapping, loc: Loc) -> Iterator[tuple[str, object]]:
        for key, value in node.entries:
            below = (*loc, key.text)
            self.places.keys[below] = key
            data = self.value(value, below)
            if not _is_empty(value):
                yield key.text, data

    def _item(self, node: Node, loc: Loc) -> object:
        if _is_empty(node):
            self.places.broken.add(loc)
            self.problems.append(
                Problem(
                    "LRT203",
                    node.place,
                    "Dit onderdeel van de lijst is leeg.",
                    remedy="Vul het in, of haal het streepje weg.",
                )
            )
        return self.value(node, loc)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.broken and not node.text.strip()


class _Translator:
    """Turns the errors of pydantic into problems."""

    def __init__(
        self, places: Places, model_class: type[BaseModel], errors: list[ErrorDetails]
    ) -> None:
        self.places = places
        self.model_class = model_class
        self.errors = errors
        self.unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]

    def problems(self) -> list[Problem]:
        """Return the problems of all errors that were not told while reading."""
        return [
            problem
            for error in self.errors
            if not self.places.is_told(error["loc"])
            for problem in self._translate(error)
        ]

    def _translate(self, error: ErrorDetails) -> Iterator[Problem]:
        loc, kind = error["loc"], error["type"]
        if kind == TEKST_ERROR:
            yield from self._tekst_problems(loc, error.get("ctx", {}))
        elif kind == "extra_forbidden":
            yield self._unknown_key(loc)
        elif kind == "missing":
            yield from self._missing(loc)
        elif kind in _EMPTY:
            yield self._empty(loc)
        elif kind.startswith(_OWN_WORDS):
            context = error.get("ctx", {})
            yield self._problem(
                kind,
                loc,
                str(context["message"]),
                expected=str(context["expected"]),
                remedy=str(context["remedy"]) or self._remedy(loc),
            )
        else:
            message, expected = _SPOKEN.get(kind, ("Deze waarde kan hier niet.", ""))
            yield self._problem("LRT204", loc, message, expected=expected, remedy=self._remedy(loc))

    def _problem(
        self, code: str, loc: Loc, message: str, *, expected: str = "", remedy: str = ""
    ) -> Problem:
        node = self.places.node(loc)
        return Problem(code, node.place, message, expected, _found(node), remedy)

    def _tekst_problems(self, loc: Loc, context: AnyMapping[str, Any]) -> Iterator[Problem]:
        node = self.places.node(loc)
        faults: list[TekstFault] = context.get("faults", [])
        for fault in faults:
            place = (
                node.place_at(fault.line, fault.column) if isinstance(node, Scalar) else node.place
            )
            yield Problem("LRT210", place, fault.message, remedy=fault.remedy)

    def _unknown_key(self, loc: Loc) -> Problem:
        name = str(loc[-1])
        fields = self._fields(loc[:-1])
        guess = suggest(name, fields)
        key = self.places.keys.get(loc)
        return Problem(
            "LRT201",
            key.place if key else self.places.node(loc).place,
            f"'{name}' is hier geen sleutelwoord" + (f"; {guess}" if guess else "."),
            expected="" if guess else f"een van: {', '.join(fields)}",
            found=name,
            remedy="Verbeter het sleutelwoord, of haal de regel weg.",
        )

    def _missing(self, loc: Loc) -> Iterator[Problem]:
        key = self.places.keys.get(loc)
        if key is not None:
            yield self._empty(loc)
            return
        around = self.places.node(loc[:-1])
        name = str(loc[-1])
        if isinstance(around, Mapping) and (around.damaged or self._is_misspelt(loc)):
            return
        yield Problem(
            "LRT202",
            _first_key(around),
            f"Het sleutelwoord '{name}' ontbreekt.",
            expected=self._description(loc),
            remedy=f"Zet er een regel bij die begint met '{name}: '.",
        )

    def _empty(self, loc: Loc) -> Problem:
        key = self.places.keys.get(loc)
        name = str(loc[-1])
        return Problem(
            "LRT203",
            key.place if key else self.places.node(loc).place,
            f"Bij '{name}' is niets ingevuld.",
            expected=self._description(loc),
            remedy=f"Vul achter '{name}:' iets in.",
        )

    def _remedy(self, loc: Loc) -> str:
        """Return what to do about a list, a mapping or a text where it does not belong."""
        node = self.places.node(loc)
        if isinstance(node, Mapping):
            return (
                "Zet een tekst met een dubbele punt tussen aanhalingstekens, "
                "of kijk of de regels goed inspringen."
            )
        fields = self._fields(loc)
        if fields and (isinstance(loc[-1], int) or isinstance(node, Sequence)):
            return f"Begin met '{fields[0]}: ', en zet de andere sleutelwoorden eronder."
        if isinstance(node, Sequence):
            return "Schrijf één tekst. Begint die met [, zet hem dan tussen aanhalingstekens: '…'."
        return "Begin op de volgende regel, met - voor elk onderdeel."

    def _is_misspelt(self, loc: Loc) -> bool:
        """Tell whether an unknown key beside it is probably the missing one."""
        return any(
            other[:-1] == loc[:-1]
            and f"'{loc[-1]}'" in suggest(str(other[-1]), self._fields(loc[:-1]))
            for other in self.unknown
        )

    def _fields(self, loc: Loc) -> list[str]:
        model = _model_at(self.model_class, loc)
        return list(model.model_fields) if model else []

    def _description(self, loc: Loc) -> str:
        model = _model_at(self.model_class, loc[:-1])
        info = model.model_fields.get(str(loc[-1])) if model else None
        return (info.description or "").rstrip(".") if info else ""


def _first_key(node: Node) -> Place:
    """Return where a mapping begins: at its first key, also between brackets."""
    return node.entries[0][0].place if isinstance(node, Mapping) and node.entries else node.place


def _found(node: Node) -> str:
    if isinstance(node, Sequence):
        return "een lijst"
    if isinstance(node, Mapping):
        return "sleutelwoorden met waarden"
    text = " ".join(node.text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """Return the model that `loc` leads to from `model`, or None."""
    found: type[BaseModel] | None = model
    skip = False
    for part in loc:
        if isinstance(part, int) or skip:
            skip = False
            continue
        info = found.model_fields.get(part) if found else None
        if info is None:
            return None
        skip = typing.get_origin(info.annotation) is dict
        found = _inner_model(info.annotation)
    return found


def _inner_model(annotation: object) -> type[BaseModel] | None:
    """Return the model somewhere inside an annotation such as `tuple[Agendapunt, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_model(argument) for argument in typing.get_args(annotation))
    return next((model for model in inner if model), None)
