"""From nodes to a model, with every problem at its place; pydantic decides, we speak.

A misspelt key is one problem, not "unknown" and "missing" both; its value is judged as that of the
key that was meant, so that one run tells all there is to mend.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from lrtdocs import messages
from lrtdocs.messages import Fault, FaultError
from lrtdocs.model.remarks import find_remarks
from lrtdocs.model.tekst import TekstError
from lrtdocs.model.typed import LITERAL, MARKUP
from lrtdocs.source.build.keywords import find_meaning
from lrtdocs.source.build.reading import Fields, Reading, first_key
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic_core import ErrorDetails

    from lrtdocs.errors import Problem
    from lrtdocs.source.build.keywords import Meaning
    from lrtdocs.source.build.reading import Loc

Model = TypeVar("Model", bound=BaseModel)
_UNKNOWN_KEY = "extra_forbidden"
_EMPTY = "LRT203.hier"
_OWN_KEY = "[key]"
"""Where pydantic puts an error in a key that the writer chose, instead of in its value."""
_SPOKEN = {
    "string_type": "LRT204.tekst",
    **dict.fromkeys(["model_type", "model_attributes_type", "dict_type"], "LRT204.blok"),
    **dict.fromkeys(["tuple_type", "list_type"], "LRT204.lijst"),
    **dict.fromkeys(["too_short", "string_too_short"], _EMPTY),
}
PLACEHOLDERS = {
    *("Naam van het overleg", "Onderwerp", "naam@voorbeeld.nl"),
    *("Onderwerp van de brief", "Hier staat de eerste alinea van uw brief."),
    "Hier staat de tweede alinea. U kunt woorden **vet** of *cursief* zetten.",
    "Naam van wie ondertekent",
    *("- een punt in een lijst", "- nog een punt"),
}
"""What stands in the files of `lrtdocs nieuw` to be replaced."""
_CURLY_QUOTES = "“”„‘’‚«»"
_GLUED_KEY = re.compile(r"(?P<key>[a-z_]+)(?::(?=\S)|\s+)(?P<value>.*)", re.DOTALL)


def build_model(node: Node, model_class: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Build a `model_class` from `node`; None with all the problems if it cannot be built."""
    if not isinstance(node, MappingNode):
        broken = isinstance(node, ScalarNode) and node.broken
        found = _describe(node)
        return None, [] if broken else [messages.problem("LRT204.bestand", node.place, found=found)]
    meant: dict[Loc, str] = {}
    misspelt: list[Problem] = []
    while True:
        reading = Reading(node, Fields(model_class), meant)
        reading.problems += _find_misread(reading)
        model, errors = _validate(model_class, reading.plain)
        unknown = {
            loc: find_meaning(reading, loc)
            for error in errors
            if error["type"] == _UNKNOWN_KEY and not reading.is_told((loc := error["loc"])[:-1])
        }
        renamed = _find_renamed(reading, unknown)
        misspelt += [unknown[loc].fault.at(reading.key(loc)) for loc in renamed or unknown]
        if not renamed:
            break
        meant |= renamed
    misplaced = {meaning.belongs for meaning in unknown.values()}
    problems = reading.problems + misspelt
    for error in errors:
        if error["type"] != _UNKNOWN_KEY and not reading.is_told(error["loc"]):
            problems += _translate(error, reading, misplaced)
    return (None if problems or reading.broken else model), problems


def _validate(model_class: type[Model], plain: object) -> tuple[Model | None, list[ErrorDetails]]:
    try:
        return model_class.model_validate(plain), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _find_renamed(reading: Reading, unknown: dict[Loc, Meaning]) -> dict[Loc, str]:
    """Return the right key for each unknown one whose value can be judged under that name.

    That is not so if the right key is there as well, or if two keys mean the same one.
    """
    ways = {(*loc[:-1], meaning.key): loc for loc, meaning in unknown.items() if meaning.key}
    return {loc: str(way[-1]) for way, loc in ways.items() if way not in reading.keys}


# --- what pydantic refuses: no English of it may reach a reader


def _translate(
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
    elif fault.key == _EMPTY or (kind == "missing" and loc in reading.keys):
        yield messages.problem("LRT203", reading.key(loc), None, **told)
    elif kind == "missing":
        around = reading.node(loc[:-1])
        damaged = isinstance(around, MappingNode) and around.damaged
        if loc not in misplaced and not damaged:
            yield messages.problem("LRT202", first_key(around), None, **told)
    else:
        yield _refused(fault, reading, loc)


def _refused(fault: Fault, reading: Reading, loc: Loc) -> Problem:
    if loc[-1:] == (_OWN_KEY,):
        return replace(fault.at(reading.key(loc[:-1])), found=str(loc[-2]))
    node = reading.node(loc)
    problem = fault.at(node.place)
    remedy = problem.remedy or _remedy(reading, loc)
    if fault.key[:6] in ("LRT205", "LRT206") and not reading.fields.is_required(loc):
        unknown = not any(map(str.isdigit, _describe(node)))
        remedy += messages.text("deel.of_weg") if unknown else ""
    if isinstance(node, ScalarNode) and node.is_plain and node.text[:1] in _CURLY_QUOTES:
        remedy = messages.text("deel.rechte_aanhalingstekens")
    return replace(problem, found=_describe(node), remedy=remedy)


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


def _describe(node: Node) -> str:
    """Return what stands at `node`, in a few words or in its own first words."""
    if isinstance(node, SequenceNode):
        return "een lijst"
    return "sleutelwoorden met waarden" if isinstance(node, MappingNode) else node.excerpt


# --- texts that surely mean something else


def _find_misread(reading: Reading) -> Iterator[Problem]:
    """Yield the problem of every text that was a list or a key typed wrongly; mark it as told."""
    for loc, node in reading.nodes.items():
        if not isinstance(node, ScalarNode) or node.broken or not loc:
            continue
        problem = _glued_key(node, reading.fields, loc)
        if node.is_folded and reading.fields.is_list(loc):  # lines without a dash, run together
            problem = messages.problem("LRT214", node.place, found=node.excerpt)
        if problem is not None:
            reading.broken.add(loc)
            yield problem


def _glued_key(node: ScalarNode, fields: Fields, loc: Loc) -> Problem | None:
    """Return the problem of an item such as `titel:Opening` or `titel Opening`, read as a text."""
    known = fields.names(loc) if isinstance(loc[-1], int) and node.is_plain else []
    match = _GLUED_KEY.fullmatch(node.text)
    if match is None or match["key"] not in known:
        return None
    has_colon = node.text[match.end("key")] == ":"
    if not has_colon and not fields.is_required((*loc, match["key"])):
        return None
    problem = messages.problem(
        "LRT121.spatie" if has_colon else "LRT121.dubbele-punt",
        node.place_at(0, match.end("key") + has_colon),
        key=match["key"],
        value=match["value"][:30],
    )
    return replace(problem, found=node.excerpt)


# --- what deserves a second look


def model_warnings(
    model: BaseModel, node: Node, kind: str = "", *, below: str = ""
) -> list[Problem]:
    """Return what deserves a second look in `model`, built from `node`, as a document of `kind`.

    With `below` only what deserves it there: under that key.
    """
    reading = Reading(node, Fields(type(model)))
    return [*_find_marks(reading, below)] + [
        remark.fault.at(reading.at(remark.loc, remark.line, remark.column))
        for remark in find_remarks(model, kind)
        if not below or remark.loc[0] == below
    ]


def _find_marks(reading: Reading, below: str) -> Iterator[Problem]:
    """Yield a warning for texts of the start files, and for markup and tags that nothing reads."""
    for loc, node in reading.nodes.items():
        if not isinstance(node, ScalarNode) or not loc or (below and loc[0] != below):
            continue
        lines = enumerate(map(str.strip, node.text.split("\n")))
        left = next(((number, line) for number, line in lines if line in PLACEHOLDERS), None)
        if left is not None:
            yield messages.problem("LRT259", node.place_at(left[0], 0), text=left[1])
        literal = LITERAL.search(node.text)
        if literal and reading.fields.model_class.__name__ != "Mailing":  # planning knows the words
            before = node.text[: literal.start()]
            place = node.place_at(before.count("\n"), len(before.rpartition("\n")[2]))
            yield messages.problem("LRT264", place, found=literal[0])
        key = loc[: 1 + max(at for at, part in enumerate(loc) if isinstance(part, str))]
        mark = MARKUP.search(node.text)
        if mark and not reading.fields.is_tekst(key) and not reading.fields.holds_words(loc):
            place = node.place_at(0, mark.start())
            yield messages.problem("LRT260", place, name=key[-1], mark=mark.group())
