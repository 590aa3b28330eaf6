"""What pydantic refuses, as problems in Dutch, each at its place.

No English of pydantic may reach a reader: what the fields refuse carries the key of its message,
everything else gets one by `_SPOKEN`. What was reported before is not judged a second time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.model.tekst import TEKST_ERROR, TekstFault
from lrtdocs.source.build.places import first_key
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic_core import ErrorDetails

    from lrtdocs.errors import Problem
    from lrtdocs.source.build.fields import Fields, Loc
    from lrtdocs.source.build.places import Places

UNKNOWN_KEY = "extra_forbidden"
"""The type of error that is not told here: `keywords` knows what may have been meant."""

OWN_KEY = "[key]"
"""Where pydantic puts an error in a key that the writer chose, instead of in its value."""
_OWN_WORDS = "LRT"
_SPOKEN = {
    "string_type": "LRT204.tekst",
    **dict.fromkeys(["model_type", "model_attributes_type", "dict_type"], "LRT204.blok"),
    **dict.fromkeys(["tuple_type", "list_type"], "LRT204.lijst"),
}
_EMPTY = {"LRT203.hier", "too_short", "string_too_short"}
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
            yield self._problem(kind, loc, context)
        else:
            yield self._problem(_SPOKEN.get(kind, "LRT204.anders"), loc, {})

    def _problem(self, key: str, loc: Loc, context: Mapping[str, Any]) -> Problem:
        if loc[-1:] == (OWN_KEY,):
            problem = messages.problem(key, self.places.key(loc[:-1]), None, **context)
            return replace(problem, found=str(loc[-2]))
        node = self.places.node(loc)
        problem = messages.problem(key, node.place, None, **context)
        remedy = problem.remedy or self._remedy(loc)
        if isinstance(node, ScalarNode) and node.is_plain and node.text[:1] in _CURLY_QUOTES:
            remedy = messages.text("deel.rechte_aanhalingstekens")
        return replace(problem, found=describe(node), remedy=remedy)

    def _tekst_problems(self, loc: Loc, context: Mapping[str, Any]) -> Iterator[Problem]:
        faults: list[TekstFault] = context.get("faults", [])
        for line, column, fault in faults:
            yield fault.at(self.places.at(loc, line, column))

    def _missing(self, loc: Loc) -> Iterator[Problem]:
        if loc in self.places.keys:
            yield self._empty(loc)
            return
        around = self.places.node(loc[:-1])
        name = str(loc[-1])
        if loc in self.misplaced or (isinstance(around, MappingNode) and around.damaged):
            return
        description = self.fields.description(loc)
        yield messages.problem("LRT202", first_key(around), name=name, description=description)

    def _empty(self, loc: Loc) -> Problem:
        name, description = str(loc[-1]), self.fields.description(loc)
        return messages.problem("LRT203", self.places.key(loc), name=name, description=description)

    def _remedy(self, loc: Loc) -> str:
        """Return what to do about a list, a mapping or a text where it does not belong."""
        node = self.places.node(loc)
        if self.fields.is_free(loc):
            return messages.text("deel.eigen_sleutelwoorden", name=loc[-1])
        if isinstance(node, MappingNode):
            return self._instead_of_mapping(node, loc)
        if isinstance(node, SequenceNode):
            return self._instead_of_list(node, loc)
        names = self.fields.names(loc)
        if names and not self.fields.is_list(loc):
            return messages.text("deel.begin_met_sleutelwoord", first=names[0])
        if names:
            return messages.text("deel.begin_met_item", first=names[0])
        return messages.text("deel.begin_met_streepje")

    def _instead_of_mapping(self, node: MappingNode, loc: Loc) -> str:
        first = node.entries[0][0].text if node.entries else ""
        if first_key(node).column != node.place.column and not self.fields.names(loc):
            return messages.text("deel.haakjes_bij_tekst")
        if self.fields.is_list(loc) and first in self.fields.names(loc):
            return messages.text("deel.streepje_voor", first=first)
        return messages.text("deel.dubbele_punt_in_tekst")

    def _instead_of_list(self, node: SequenceNode, loc: Loc) -> str:
        names = self.fields.names(loc)
        if names:
            return messages.text("deel.streepjes_weg", first=names[0])
        if self.places.key(loc).line == node.place.line:
            return messages.text("deel.tekst_met_haak")
        if self.fields.is_tekst(loc):
            return messages.text("deel.lijst_in_tekst", name=loc[-1])
        return messages.text("deel.tekst_zonder_streepjes")


def describe(node: Node) -> str:
    """Return what stands at `node`, in a few words or in its own first words."""
    if isinstance(node, SequenceNode):
        return "een lijst"
    return "sleutelwoorden met waarden" if isinstance(node, MappingNode) else node.excerpt
