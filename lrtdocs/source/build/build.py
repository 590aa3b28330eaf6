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
from lrtdocs.model.typed import LITERAL, MARKUP, NOTHING, find_run_on
from lrtdocs.source.build.keywords import find_meaning, knows
from lrtdocs.source.build.reading import Fields, Reading, first_key
from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.mistakes import as_value, quote, typed_at
from lrtdocs.source.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic_core import ErrorDetails

    from lrtdocs.errors import Place, Problem
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
_DOTS = ("…", "...")
_CURLY_QUOTES = "“”„‘’‚«»"
_GOES_ON = re.compile(
    r"(?:is|zijn|was|waren|wordt|worden|heeft|hebben|mits|tenzij|maar|en|of|want|dus|omdat|zodat|indien"
    r"|waar(?:bij|in|mee|na|voor|van|op)|die|dat|met|zonder|inclusief|conform|behalve|behoudens"
    r"|onder voorbehoud|namelijk|zoals|alsmede)\b"
)
"""How the rest of a sentence begins, after a comma."""
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
    names, is_list, required = fields.names(loc), fields.is_list(loc), fields.required(loc)
    if fields.is_free(loc):
        return messages.text("deel.eigen_sleutelwoorden", name=loc[-1])
    if isinstance(node, MappingNode):
        return _remedy_of_mapping(node, loc, fields)
    if isinstance(node, SequenceNode):
        texts = [item for item in node.items if isinstance(item, ScalarNode)]
        if isinstance(loc[-1], int) and len(texts) == 1 and not node.inline:
            return messages.text("deel.tweede_streepje", write=as_value(texts[0].text))
        if names:
            return messages.text("deel.streepjes_weg", first=names[0])
        if fields.is_tekst(loc) and reading.key(loc).line != node.place.line:
            return messages.text("deel.lijst_in_tekst", name=loc[-1])
        if not texts or len(texts) < len(node.items):
            return messages.text("deel.tekst_zonder_streepjes")
        write = as_value(", ".join(item.text for item in texts))
        if reading.key(loc).line == node.place.line:
            whole = quote(f"[{typed(texts)}]")
            return messages.text("deel.tekst_met_haak", write=write, whole=whole)
        return messages.text("deel.een_tekst", write=write)
    if not names:
        return messages.text("deel.begin_met_streepje")
    if is_list:
        return messages.text("deel.begin_met_item", first=fields.text_key(loc) or names[0])
    return _two_keys(as_value(node.text), [*required, *names][:1] + required[1:])


def _two_keys(value: str, names: list[str], second: str = "") -> str:
    first, *others = names
    key = "deel.sleutelwoord_erbij" if others else "deel.zet_sleutelwoord"
    fields = {"first": first, "value": value, "second": " en ".join(others)}
    return messages.text(key, **fields, text=second)


def _remedy_of_mapping(node: MappingNode, loc: Loc, fields: Fields) -> str:
    """Return what to do about keys where a text or a list belongs."""
    key, value = node.entries[0] if node.entries else (None, None)
    first, names = key.text if key else "", fields.names(loc)
    if first_key(node).column != node.place.column and not names:
        return messages.text("deel.haakjes_bij_tekst", write=quote(_typed(node)))
    if not fields.is_list(loc):
        return messages.text("deel.dubbele_punt_in_tekst")
    if first in names:
        return messages.text("deel.streepje_voor", first=first)
    if key and isinstance(value, ScalarNode) and value.text:
        whole = f"{first}: {value.text}"
        write = as_value(whole if first[:1].isupper() else value.text)
        return messages.text("deel.regel_is_onderdeel", typed=whole, write=write)
    if isinstance(value, MappingNode) and (own := fields.text_key(loc)):
        write = f"- {own}: {as_value(first)}"
        column = (node.place.column or 1) + 2
        return messages.text("deel.punt_met_naam", first=first, write=write, column=column)
    return messages.text("deel.zonder_kopjes", first=first)


def _typed(node: MappingNode) -> str:
    """Return what is typed where `node` begins, up to the end of its line or its part."""
    layout = node.entries[0][0].layout if node.entries else None
    spot = Spot((node.place.line or 1) - 1, (node.place.column or 1) - 1)
    return typed_at(layout.lines, spot) if layout else "{…}"


def _describe(node: Node) -> str:
    """Return what stands at `node`, in a few words or in its own first words."""
    if isinstance(node, SequenceNode):
        return "een lijst"
    return "sleutelwoorden met waarden" if isinstance(node, MappingNode) else node.excerpt


# --- texts that surely mean something else


def _find_misread(reading: Reading) -> Iterator[Problem]:
    """Yield the problem of every text that was a list or a key typed wrongly; mark it as told."""
    for loc, node in reading.nodes.items():
        if not loc or reading.is_told(loc):
            continue
        problem = None
        if isinstance(node, MappingNode):
            problem = _colon_in_item(node, reading.fields, loc)
        elif isinstance(node, ScalarNode) and not node.broken:
            problem = _glued_key(node, reading.fields, loc)
            if node.is_folded and reading.fields.is_list(loc):  # lines without a dash, run together
                problem = messages.problem("LRT214", node.place, found=node.excerpt)
            elif _is_run_on(node, reading.fields, loc):
                problem = messages.problem("LRT132.alinea", node.place)
        if problem is not None:
            reading.broken.add(loc)
            yield problem


def _is_run_on(node: ScalarNode, fields: Fields, loc: Loc) -> bool:
    """Tell whether the lines of a list stand behind a `>`, which makes one of them."""
    if node.layout is None or node.layout.style != ">" or fields.is_tekst(loc):
        return False
    return fields.is_list(loc) and len(node.layout.pieces(node.text)) > 1


def _colon_in_item(node: MappingNode, fields: Fields, loc: Loc) -> Problem | None:
    """Return the problem of an item such as `Opening: welkom`, a text that became a key."""
    known = fields.names(loc)
    if not fields.is_list(loc[:-1]) or not node.entries or node.damaged:
        return None
    (key, value), *others = node.entries
    bare = isinstance(value, ScalarNode) and not value.text and not value.broken
    own = fields.text_key(loc)
    if key.place.column != node.place.column:  # between braces
        write = quote(_typed(node)) if bare and not others else ""
        return (
            messages.problem("LRT117.accolades", node.place, write=write)
            if ":" not in write[:-1] and write
            else None
        )
    is_word = key.text.islower() and key.text.isalpha() and (others or not own)
    if key.broken or (known and (is_word or knows(key.text, known))):
        return None
    text = typed([key, value]) if isinstance(value, ScalarNode) else key.text
    if not isinstance(value, ScalarNode) and value.place.line == key.place.line:
        text, value = _typed(node), key
    if known and not own and not others and isinstance(value, ScalarNode) and value.text:
        write = _two_keys(as_value(value.text), fields.required(loc), as_value(key.text))
        return replace(messages.problem("LRT204.blok", key.place), found=text, remedy=write)
    if isinstance(value, SequenceNode) or (known and not own):
        grouped = fields.allows_groups(loc[:-1])
        way = "deel.kopjes_zonder_streepje" if grouped else "deel.zonder_kopjes"
        remedy = messages.text(way, first=key.text)
        return replace(messages.problem("LRT204.tekst", key.place), found=key.text, remedy=remedy)
    if known and (others or isinstance(value, MappingNode)):
        bare = bare or isinstance(value, MappingNode)
        write = f"- {own}: {as_value(key.text if bare else text)}"
        column = key.place.column
        return messages.problem("LRT121.punt", key.place, None, write=write, column=column)
    return replace(messages.problem("LRT120", key.place, write=quote(text)), found=text)


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
    if below:
        reading.nodes = {loc: one for loc, one in reading.nodes.items() if loc[:1] == (below,)}
    of_mailing = reading.fields.model_class.__name__ == "Mailing"  # planning knows the words
    tags = () if of_mailing else find_tags(reading)
    told = [messages.problem("LRT264", place, found=found[0]) for _, place, found in tags]
    return [*told, *_find_marks(reading)] + [
        remark.fault.at(reading.at(remark.loc, remark.line, remark.column))
        for remark in find_remarks(model, kind)
        if not below or remark.loc[0] == below
    ]


def find_tags(reading: Reading) -> Iterator[tuple[Loc, Place, re.Match[str]]]:
    """Yield what was meant as a tag in a text, which is no template, and where that stands."""
    for loc, node in reading.nodes.items():
        if isinstance(node, ScalarNode):
            for number, line in enumerate(node.text.split("\n")):
                for found in LITERAL.finditer(line):
                    yield loc, node.place_at(number, found.start()), found


def _find_marks(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for texts of the start files, and for markup that nothing reads."""
    for loc, node in reading.nodes.items():
        if not loc or isinstance(node, MappingNode):
            continue
        if isinstance(node, SequenceNode):
            yield from _find_cut_text(node, reading.fields.is_tekst(loc))
            continue
        lines = enumerate(map(str.strip, node.text.split("\n")))
        left = next((one for one in lines if one[1] in PLACEHOLDERS or one[1] in _DOTS), None)
        if left is not None:
            yield messages.problem("LRT259", node.place_at(left[0], 0), text=left[1])
        if node.text.strip() in NOTHING:
            yield messages.problem("LRT264.niets", node.place, found=node.text.strip())
        key = loc[: 1 + max(at for at, part in enumerate(loc) if isinstance(part, str))]
        yield from _find_rows(node, reading.fields, loc, key)
        mark = MARKUP.search(node.text)
        if mark and not reading.fields.is_tekst(key) and not reading.fields.holds_words(loc):
            place = node.place_at(0, mark.start())
            yield messages.problem("LRT260", place, name=key[-1], mark=mark.group())


def _find_rows(node: ScalarNode, fields: Fields, loc: Loc, key: Loc) -> Iterator[Problem]:
    """Yield a warning for rows that YAML, or a field of one line, puts behind each other."""
    layout = node.layout
    if layout is None or layout.start[0] == layout.end[0]:
        return
    if fields.is_free(key) or fields.holds_words(loc):
        return
    is_tekst = fields.is_tekst(key)
    if is_tekst and layout.style != "|":
        block = layout.style == ">"
        first = layout.start[0] + block
        rows = layout.lines.lines[first : layout.end[0] + (not block)]
        rows[:1] = [row if block else row[layout.start[1] :] for row in rows[:1]]
        if (at := find_run_on(rows)) is not None:
            place = layout.lines.place(first + at, layout.lines.indent(first + at))
            yield messages.problem("LRT251.streep", place, name=key[-1])
        return
    at = find_run_on(node.text.split("\n")) if layout.style == "|" else None
    if at is not None and not is_tekst and (loc != key or not fields.is_list(key)):
        yield messages.problem("LRT251.een-regel", node.place_at(at, 0), name=key[-1])


def _find_cut_text(node: SequenceNode, are_sentences: bool) -> Iterator[Problem]:
    """Yield a warning for `[a, b]` that seems one text, cut at its commas, or `[a; b]`."""
    items = [item for item in node.items if isinstance(item, ScalarNode) and item.is_plain]
    own_lines = {item.place.line for item in items}
    if len(items) < len(node.items) or len(own_lines) > 1 or not items or not node.inline:
        return
    texts = [item.text for item in items]
    write = {"write": quote(typed(items))}
    short = min(len(text.split()) for text in texts) < 3
    one = are_sentences and short and texts[0][:1].isupper() and texts[-1][:1].islower()
    if len(texts) > 1 and (one or any(map(_GOES_ON.match, texts[1:]))):
        yield messages.problem("LRT131.zin", items[0].place, None, number=len(texts), **write)
    elif len(texts) == 1 and re.search(r"\w;\s", re.sub(r"\([^)]*\)", "", texts[0])):
        yield messages.problem("LRT131.puntkomma", items[0].place, None, **write)
