"""What pydantic refuses, as problems in Dutch, each at its place.

No English of pydantic may reach a reader: what the fields refuse carries the key of its message,
everything else gets one by `_SPOKEN`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.messages import Fault, FaultError
from lrtdocs.model.tekst import TekstError
from lrtdocs.source.build.reading import first_key
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic_core import ErrorDetails

    from lrtdocs.errors import Problem
    from lrtdocs.source.build.fields import Loc
    from lrtdocs.source.build.reading import Reading

EMPTY = "LRT203.hier"
OWN_KEY = "[key]"
"""Where pydantic puts an error in a key that the writer chose, instead of in its value."""
_SPOKEN = {
    "string_type": "LRT204.tekst",
    **dict.fromkeys(["model_type", "model_attributes_type", "dict_type"], "LRT204.blok"),
    **dict.fromkeys(["tuple_type", "list_type"], "LRT204.lijst"),
    **dict.fromkeys(["too_short", "string_too_short"], EMPTY),
}
_CURLY_QUOTES = "“”„‘’‚«»"


def translate(
    error: ErrorDetails, reading: Reading, misplaced: Collection[Loc]
) -> Iterator[Problem]:
    """Yield the problems that `error` is about; `misplaced` are keys that stand elsewhere."""
    loc, kind, refusal = error["loc"], error["type"], error.get("ctx", {}).get("error")
    told = {"name": str(loc[-1]), "description": reading.fields.description(loc)} if loc else {}
    fault = Fault(_SPOKEN.get(kind, "LRT204.anders"))
    if isinstance(refusal, FaultError):
        fault = refusal.fault
    if isinstance(refusal, TekstError):
        for line, column, inside in refusal.faults:
            yield inside.at(reading.at(loc, line, column))
    elif fault.key == EMPTY or (kind == "missing" and loc in reading.keys):
        yield messages.problem("LRT203", reading.key(loc), None, **told)
    elif kind == "missing":
        around = reading.node(loc[:-1])
        damaged = isinstance(around, MappingNode) and around.damaged
        if loc not in misplaced and not damaged:
            yield messages.problem("LRT202", first_key(around), None, **told)
    else:
        yield _refused(fault, reading, loc)


def _refused(fault: Fault, reading: Reading, loc: Loc) -> Problem:
    if loc[-1:] == (OWN_KEY,):
        return replace(fault.at(reading.key(loc[:-1])), found=str(loc[-2]))
    node = reading.node(loc)
    problem = fault.at(node.place)
    remedy = problem.remedy or _remedy(reading, loc)
    if isinstance(node, ScalarNode) and node.is_plain and node.text[:1] in _CURLY_QUOTES:
        remedy = messages.text("deel.rechte_aanhalingstekens")
    return replace(problem, found=describe(node), remedy=remedy)


def _remedy(reading: Reading, loc: Loc) -> str:
    """Return what to do about a list, a mapping or a text where it does not belong."""
    node, fields = reading.node(loc), reading.fields
    names, is_list = fields.names(loc), fields.is_list(loc)
    if fields.is_free(loc):
        return messages.text("deel.eigen_sleutelwoorden", name=loc[-1])
    if isinstance(node, MappingNode):
        first = node.entries[0][0].text if node.entries else ""
        if first_key(node).column != node.place.column and not names:
            return messages.text("deel.haakjes_bij_tekst")
        if is_list and first in names:
            return messages.text("deel.streepje_voor", first=first)
        return messages.text("deel.dubbele_punt_in_tekst")
    if isinstance(node, SequenceNode):
        if names:
            return messages.text("deel.streepjes_weg", first=names[0])
        if reading.key(loc).line == node.place.line:
            return messages.text("deel.tekst_met_haak")
        if fields.is_tekst(loc):
            return messages.text("deel.lijst_in_tekst", name=loc[-1])
        return messages.text("deel.tekst_zonder_streepjes")
    if not names:
        return messages.text("deel.begin_met_streepje")
    key = "deel.begin_met_item" if is_list else "deel.begin_met_sleutelwoord"
    return messages.text(key, first=names[0])


def describe(node: Node) -> str:
    """Return what stands at `node`, in a few words or in its own first words."""
    if isinstance(node, SequenceNode):
        return "een lijst"
    return "sleutelwoorden met waarden" if isinstance(node, MappingNode) else node.excerpt
