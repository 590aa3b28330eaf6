"""What pydantic refuses, as problems in Dutch, each at its place.

No English of pydantic may reach a reader: what the fields refuse in their own words passes through,
everything else is translated by `_SPOKEN`. What was reported before is not judged a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs.errors import Problem
from lrtdocs.model.tekst import TEKST_ERROR, TekstFault
from lrtdocs.source.build.places import first_key
from lrtdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from collections.abc import Mapping as AnyMapping

    from pydantic_core import ErrorDetails

    from lrtdocs.source.build.fields import Fields, Loc
    from lrtdocs.source.build.places import Places

UNKNOWN_KEY = "extra_forbidden"
"""The type of error that is not told here: `keywords` knows what may have been meant."""

OWN_KEY = "[key]"
"""Where pydantic puts an error in a key that the writer chose, instead of in its value."""
_OWN_WORDS = "LRT"
_A_MAPPING = (
    "Hier horen sleutelwoorden met waarden.",
    "sleutelwoorden met waarden, elk op een eigen regel",
)
_A_LIST = ("Hier hoort een lijst.", "een lijst, met - voor elk onderdeel")
_SPOKEN = {
    "string_type": ("Hier hoort één tekst.", "één tekst"),
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "dict_type": _A_MAPPING,
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
}
_EMPTY = {"LRT203", "too_short", "string_too_short"}
_CURLY_QUOTES = "“”„‘’‚«»"


class Translator:
    """Turns the errors of pydantic into problems; `misplaced` are keys that stand elsewhere."""

    def __init__(self, places: Places, fields: Fields, misplaced: Collection[Loc]) -> None:
        self.places, self.fields, self.misplaced = places, fields, misplaced

    def problems(self, errors: list[ErrorDetails]) -> list[Problem]:
        """Return the problems of all `errors` that were not told before."""
        return [
            problem
            for error in errors
            if error["type"] != UNKNOWN_KEY and not self.places.is_told(error["loc"])
            for problem in self._translate(error)
        ]

    def _translate(self, error: ErrorDetails) -> Iterator[Problem]:
        loc, kind, context = error["loc"], error["type"], error.get("ctx", {})
        if kind == TEKST_ERROR:
            yield from self._tekst_problems(loc, context)
        elif kind == "missing":
            yield from self._missing(loc)
        elif kind in _EMPTY:
            yield self._empty(loc)
        elif kind.startswith(_OWN_WORDS):
            yield self._problem(kind, loc, **{key: str(value) for key, value in context.items()})
        else:
            message, expected = _SPOKEN.get(kind, ("Deze waarde kan hier niet.", ""))
            yield self._problem("LRT204", loc, message, expected)

    def _problem(
        self, code: str, loc: Loc, message: str, expected: str = "", remedy: str = ""
    ) -> Problem:
        if loc[-1:] == (OWN_KEY,):
            return Problem(code, self.places.key(loc[:-1]), message, expected, str(loc[-2]), remedy)
        node = self.places.node(loc)
        if isinstance(node, Scalar) and node.is_plain and node.text[:1] in _CURLY_QUOTES:
            remedy = "Typ rechte aanhalingstekens, ' of \", of laat ze weg."
        return Problem(
            code, node.place, message, expected, describe(node), remedy or self._remedy(loc)
        )

    def _tekst_problems(self, loc: Loc, context: AnyMapping[str, Any]) -> Iterator[Problem]:
        faults: list[TekstFault] = context.get("faults", [])
        for fault in faults:
            place = self.places.at(loc, fault.line, fault.column)
            yield Problem("LRT210", place, fault.message, remedy=fault.remedy)

    def _missing(self, loc: Loc) -> Iterator[Problem]:
        if loc in self.places.keys:
            yield self._empty(loc)
            return
        around = self.places.node(loc[:-1])
        name = str(loc[-1])
        if loc in self.misplaced or (isinstance(around, Mapping) and around.damaged):
            return
        yield Problem(
            "LRT202",
            first_key(around),
            f"Het sleutelwoord '{name}' ontbreekt.",
            expected=self.fields.description(loc),
            remedy=f"Zet er een regel bij die begint met '{name}: '.",
        )

    def _empty(self, loc: Loc) -> Problem:
        name = str(loc[-1])
        return Problem(
            "LRT203",
            self.places.key(loc),
            f"Bij '{name}' is niets ingevuld.",
            expected=self.fields.description(loc),
            remedy=f"Vul achter '{name}:' iets in.",
        )

    def _remedy(self, loc: Loc) -> str:
        """Return what to do about a list, a mapping or a text where it does not belong."""
        node = self.places.node(loc)
        if self.fields.is_free(loc):
            return (
                f"Laat achter '{loc[-1]}:' niets staan. Zet eronder, ingesprongen, voor elk "
                "onderdeel een regel 'naam: waarde', zonder streepje."
            )
        if isinstance(node, Mapping):
            return self._instead_of_mapping(node, loc)
        if isinstance(node, Sequence):
            return self._instead_of_list(node, loc)
        names = self.fields.names(loc)
        if names and not self.fields.is_list(loc):
            return f"Begin met '{names[0]}: ', en zet de andere sleutelwoorden eronder."
        item = f"'- {names[0]}: …'" if names else "-"
        return f"Begin op de volgende regel, met {item} voor elk onderdeel."

    def _instead_of_mapping(self, node: Mapping, loc: Loc) -> str:
        first = node.entries[0][0].text if node.entries else ""
        if first_key(node).column != node.place.column and not self.fields.names(loc):
            return "Horen de haakjes bij de tekst, zet de tekst dan tussen aanhalingstekens: '…'."
        if self.fields.is_list(loc) and first in self.fields.names(loc):
            return (
                f"Zet een streepje en een spatie voor '{first}:', en laat de regels eronder "
                "twee spaties verder inspringen."
            )
        return (
            "Zet een tekst met een dubbele punt tussen aanhalingstekens, "
            "of kijk of de regels goed inspringen."
        )

    def _instead_of_list(self, node: Sequence, loc: Loc) -> str:
        names = self.fields.names(loc)
        if names:
            return f"Laat de streepjes weg: begin met '{names[0]}: ', met de andere eronder."
        if self.places.key(loc).line == node.place.line:
            return "Schrijf één tekst. Begint die met [, zet hem dan tussen aanhalingstekens: '…'."
        if self.fields.is_tekst(loc):
            return f"Zet een | achter '{loc[-1]}:'. Dan is de lijst een deel van de tekst."
        return "Schrijf één tekst achter de dubbele punt, zonder streepjes."


def describe(node: Node) -> str:
    """Return what stands at `node`, in a few words or in its own first words."""
    if isinstance(node, Sequence):
        return "een lijst"
    return "sleutelwoorden met waarden" if isinstance(node, Mapping) else node.excerpt
