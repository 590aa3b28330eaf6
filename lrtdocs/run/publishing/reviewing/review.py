"""What there is to decide of the publication of a file, found in it and told as data."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from lrtdocs.clock import today
from lrtdocs.errors import has_errors
from lrtdocs.messages import FaultError
from lrtdocs.model.openbaar.gronden import parse_grond
from lrtdocs.model.openbaar.keuze import Keuze, parse_keuze
from lrtdocs.model.openbaar.marks import VALUE, find_marks
from lrtdocs.model.openbaar.vermoeden import Soort
from lrtdocs.model.openbaar.woorden import Seeker, fold
from lrtdocs.run.publishing.judging import judgement_of
from lrtdocs.run.publishing.make import PublishOptions, judge_file
from lrtdocs.run.publishing.reviewing.known import (
    Answer,
    Context,
    LeftOut,
    Review,
    Said,
    Saying,
    Suggestion,
)
from lrtdocs.run.publishing.reviewing.reading import read_as, read_file
from lrtdocs.run.publishing.suspecting import HIDDEN
from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.run.publishing.reviewing.known import Loc
    from lrtdocs.run.publishing.reviewing.reading import Judged
    from lrtdocs.run.publishing.suspecting import Found

_CHOICES = {"publiek": False, "vertrouwelijk": True}
"""The keys that say whether what is around them is left out, and what a ground means there."""
_STOP = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n(?=\s*(?:[-*•–]|\d+[.)])\s)")
_HIDDEN_WORDS = re.compile(f"{HIDDEN}(?:[{HIDDEN}\\s]*{HIDDEN})?")
_AROUND = 160
_SHORTEST = 2
"""So many letters or figures are the least that is sought anywhere."""
_NAMES_OF_FILES = "naam van het bestand"


def review_file(path: Path, text: str | None = None) -> Review:
    """Return what there is to decide of the publication of the file at `path`.

    With a `text` that is what stands in it, in place of what was saved.
    """
    judged, problems = read_file(path)
    if judged is not None and text is not None:
        judged, problems = read_as(judged, text)
    return Review(problems) if judged is None else _review(judged)


def _review(judged: Judged) -> Review:
    loaded, redacted, block = judged.loaded, judged.redacted, judged.block
    day = loaded.model.dagtekening or today() if judged.is_mailing else loaded.model.datum
    odd = judge_file(loaded, redacted, PublishOptions(), day)
    sayings = list(find_sayings(judged))
    left_out = list(_left_out(judged, sayings))
    used = {one.key for one in left_out}
    return Review(
        sorted(odd, key=lambda one: not has_errors([one])),
        list(find_suggestions(judged)),
        left_out,
        [one for one in sayings if one.said is Said.OVERAL and one.key not in used],
        [one for one in sayings if one.said is Said.TOEGELATEN],
        judgement_of(loaded.model.openbaar, redacted.omissions),
        block,
        judged.suspicions.looked,
        judged.is_mailing,
    )


# --- what may have been missed


def find_suggestions(judged: Judged) -> Iterator[Suggestion]:
    """Yield what may have been missed in a file, in its order."""
    for told in judged.suspicions.named:
        words = str(told.fields["words"])
        context, answers = Context("", words, ""), _answers(words, here=False)
        key = _key("bestand", (), words, 0)
        grond = str(told.fields["grond"])
        soort = Soort.WEGGELATEN
        yield Suggestion(key, soort, told.place, (), context, _NAMES_OF_FILES, grond, answers)
    for key, found in found_by_key(judged).items():
        yield Suggestion(
            key,
            found.vermoeden.soort,
            found.place,
            found.text.loc,
            _context(found.text.words, found.vermoeden.start, found.vermoeden.end),
            judged.call(found.text.loc),
            found.grond,
            _answers(found.words, here=not found.text.named),
        )


def found_by_key(judged: Judged) -> dict[str, Found]:
    """Return what was found in texts by the keys of its suggestions: those stay with their text."""
    number: dict[tuple[Loc, str], int] = {}
    keyed = {}
    for found in judged.suspicions.found:
        kind, loc, words = "groep" if found.text.named else "tekst", found.text.loc, found.words
        at = number[loc, words] = number.get((loc, words), -1) + 1
        keyed[_key(kind, loc, words, at)] = found
    return keyed


def _answers(words: str, *, here: bool) -> tuple[Answer, ...]:
    long = sum(map(str.isalnum, words)) >= _SHORTEST
    given = {Answer.HIER: here, Answer.OVERAL: long, Answer.TOELATEN: True}
    return tuple(answer for answer, can in given.items() if can)


def _key(*parts: object) -> str:
    """Return a short name for what these `parts` tell apart."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _context(text: str, start: int, end: int) -> Context:
    """Return what stands from `start` to `end` in `text`, in its sentence."""
    before, behind = text[:start], text[end:]
    stops = list(_STOP.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    stop = _STOP.search(behind)
    behind = behind[: stop.start()] if stop else behind
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rpartition(" ")[0] + " …"
    return Context(_plain(before), " ".join(text[start:end].split()), _plain(behind))


def _plain(text: str) -> str:
    """Return `text` on one line; what is left out in it is not told again."""
    shown = _HIDDEN_WORDS.sub("[weggelaten]", text)
    one_line = " ".join(shown.split())
    lead, tail = " " * shown[:1].isspace(), " " * shown[-1:].isspace()
    return f"{lead}{one_line}{tail}" if one_line else lead


# --- what the file says


def find_sayings(judged: Judged) -> Iterator[Saying]:
    """Yield what a file says of what is left out or may stay, in its order."""
    for loc, node in judged.reading.nodes.items():
        if not isinstance(node, ScalarNode) or "openbaar" in loc[:1]:
            continue
        yield from _marks(loc, node)
        if loc and loc[-1] in _CHOICES and (choice := _choice(str(loc[-1]), node.text)):
            key = _key("keuze", loc)
            yield Saying(key, Said.KEUZE, node.place, loc, "", choice.grond)
    yield from _of_block(judged)


def _marks(loc: Loc, node: ScalarNode) -> Iterator[Saying]:
    number: dict[str, int] = {}
    for start, end, words in find_marks(node.text) if "{" in node.text else ():
        match = VALUE.search(node.text, start + len(words), end)
        try:
            grond = parse_grond(match["value"]) if match else ""
        except FaultError:
            continue  # which is an error of the file
        at = number[words] = number.get(words, -1) + 1
        line = node.text.count("\n", 0, start)
        place = node.place_at(line, start - node.text.rfind("\n", 0, start) - 1)
        key = _key("merk", loc, words, at)
        yield Saying(key, Said.MERK, place, loc, words, grond, start, end)


def _choice(name: str, text: str) -> Keuze | None:
    """Return the answer in `text`, where that leaves something out."""
    try:
        found = parse_keuze(text, ground_means=_CHOICES[name])
    except FaultError:
        return None
    return found if found.ja is _CHOICES[name] else None


def _of_block(judged: Judged) -> Iterator[Saying]:
    """Yield what the block says of words anywhere."""
    nodes, words = judged.reading.nodes, ("openbaar", "weglaten")
    node = nodes.get(words)
    for name, _ in node.entries if isinstance(node, MappingNode) else ():
        told = " ".join(name.text.split())
        grond = judged.block.weglaten.get(told, "")
        key = _key("overal", fold(told))
        yield Saying(key, Said.OVERAL, name.place, (*words, name.text), told, grond)
    allowed = nodes.get(("openbaar", "toelaten"))
    for index, text in enumerate(judged.block.toelaten):
        loc = ("openbaar", "toelaten", index)
        at = nodes.get(loc) if isinstance(allowed, SequenceNode) else allowed
        place = at.place if at is not None else judged.loaded.place("openbaar")
        yield Saying(_key("toegelaten", fold(text)), Said.TOEGELATEN, place, loc, text)


# --- what is left out


def _left_out(judged: Judged, sayings: list[Saying]) -> Iterator[LeftOut]:
    """Yield what is left out of the copy, each with what the file says of it."""
    marks: dict[tuple[Loc, str], list[Saying]] = {}
    for one in sayings:
        if one.said is Said.MERK:
            marks.setdefault((one.loc, fold(one.words)), []).append(one)
    choices = {one.loc[:-1]: one for one in sayings if one.said is Said.KEUZE}
    words = {one.words: one for one in sayings if one.said is Said.OVERAL}
    seeker = Seeker(judged.block.weglaten)
    for omission in judged.redacted.omissions:
        said = _said(judged, omission, marks, choices)
        if said is None and (spot := seeker.find(_told(omission))):
            text = _told(omission)[spot[0].begin : spot[0].end]
            said = next((one for key, one in words.items() if Seeker({key: ""}).find(text)), None)
        yield _one_left_out(omission, said)


def _told(omission: Omission) -> str:
    return omission.texts[0] if omission.texts else ""


def _said(
    judged: Judged,
    omission: Omission,
    marks: dict[tuple[Loc, str], list[Saying]],
    choices: dict[Loc, Saying],
) -> Saying | None:
    """Return what the file says by which this is left out, or None."""
    loc = _typed(judged, omission.loc)
    for length in range(len(loc), -1, -1):
        waiting = marks.get((loc[:length], fold(_told(omission))))
        if waiting:
            return waiting.pop(0)
        if loc[:length] in choices:
            return choices[loc[:length]]
    return None


def _typed(judged: Judged, loc: Loc) -> Loc:
    """Return the way to what is typed for `loc`: people in groups are one list there."""
    nodes: Any = judged.reading.nodes
    node = nodes.get(loc[:1])
    if len(loc) < 2 or not isinstance(node, MappingNode) or not isinstance(loc[1], int):
        return loc
    index = loc[1]
    for key, people in node.entries:
        listed = isinstance(people, SequenceNode)
        number = len(people.items) if isinstance(people, SequenceNode) else 1
        if index < number:
            return (loc[0], key.text, *((index,) if listed else ()), *loc[2:])
        index -= number
    return loc


def _one_left_out(omission: Omission, said: Saying | None) -> LeftOut:
    shown = _told(omission)
    if said is not None:
        return LeftOut(omission.place, omission.what, shown, omission.grond, said.said, said.key)
    named = shown if omission.what.startswith("naam") else ""
    return LeftOut(omission.place, omission.what, shown, omission.grond, Said.TABEL, allows=named)
