"""Decisions made in the text of the file: left out here or anywhere, allowed, or taken back.

Each is written as the handbook teaches it, by edits that touch nothing else. What comes of it is
read again before it counts: a file without errors in which the words are left out, or the
suggestion is gone. Decisions that do not come out so are not made, and that is told.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError, ProblemsFoundError
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.woorden import fold
from lrtdocs.model.velden import as_list
from lrtdocs.run.publishing.reviewing.known import Answer, Decided, Said
from lrtdocs.run.publishing.reviewing.reading import Judged, read_as, read_file
from lrtdocs.run.publishing.reviewing.review import find_sayings, find_suggestions, found_by_key
from lrtdocs.source.yaml.edit import Insert, Put, Remove, edit_text, node_at
from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.publishing.reviewing.known import Decision, Loc, Saying, Suggestion
    from lrtdocs.run.publishing.suspecting import Found
    from lrtdocs.source.yaml.edit import Edit
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.source.yaml.writing import Data

_BLOCK = ("beoordeling", "categorie", "reden", "grond", "link", "weglaten", "toelaten")
"""The keys of a block, in the order in which people read them."""


def decide(path: Path, text: str, decisions: Sequence[Decision]) -> Decided:
    """Return `text`, that of the file at `path`, with `decisions` made in it.

    Together where that can be, else one by one. Raises ProblemsFoundError for a file with errors.
    """
    judged, problems = read_file(path)
    if judged is not None:
        judged, problems = read_as(judged, text)
    if judged is None:
        raise ProblemsFoundError(*problems)
    first = judged
    made = _Made(judged, text)
    if not made.take(decisions):
        for one in decisions:
            if not made.take([one]):
                made.problems.append(_refusal(judged, one))
    allowed = any(one.answer is Answer.TOELATEN for one in decisions)
    before, after = len(first.redacted.omissions), len(made.judged.redacted.omissions)
    shown = before - after if allowed else 0
    return Decided(made.text, made.done, made.problems, max(shown, 0))


def allow_words(path: Path, text: str, words: str) -> Decided:
    """Return `text`, that of the file at `path`, in which `words` may stay wherever they stand."""
    judged, problems = read_file(path)
    if judged is not None:
        judged, problems = read_as(judged, text)
    if judged is None:
        raise ProblemsFoundError(*problems)
    made = edit_text(text, _add_to_block(judged.loaded.node, {}, [words]), str(path))
    after, problems = read_as(judged, made)
    if after is None:
        return Decided(text, 0, problems)
    shown = len(judged.redacted.omissions) - len(after.redacted.omissions)
    return Decided(made, 1, [], max(shown, 0))


def _refusal(judged: Judged, decision: Decision) -> Problem:
    """Return why a `decision` was not made: what it is about is gone, or it cannot be said so."""
    suggestions = {one.key: one for one in find_suggestions(judged)}
    if decision.key in suggestions:
        return problem("LRT940", suggestions[decision.key].place)
    sayings = {one.key: one for one in find_sayings(judged)}
    if decision.key in sayings:
        return problem("LRT940.terug", sayings[decision.key].place)
    return problem("LRT941", judged.loaded.place())


class _Made:
    """What came of decisions so far."""

    def __init__(self, judged: Judged, text: str) -> None:
        self.judged, self.text = judged, text
        self.done = 0
        self.problems: list[Problem] = []

    def take(self, decisions: Sequence[Decision]) -> bool:
        """Make `decisions` if all of them come out as they should; tell whether they did."""
        asked = _Asked(self.judged, decisions)
        if not asked.complete:
            return False
        try:
            made = edit_text(self.text, asked.edits(), str(self.judged.loaded.path))
        except (LrtdocsError, LookupError):
            return False
        after, _ = read_as(self.judged, made)
        if after is None or not asked.came_out(after):
            return False
        self.judged, self.text = after, made
        self.done += len(decisions)
        return True


class _Asked:
    """Decisions of one kind with what they are about, as it is in the file.

    `complete` tells that they are of one kind, and that all of it is there.
    """

    def __init__(self, judged: Judged, decisions: Sequence[Decision]) -> None:
        self.judged = judged
        suggestions = {one.key: one for one in find_suggestions(judged)}
        sayings = {one.key: one for one in find_sayings(judged)}
        self._found = found_by_key(judged)
        self._here: list[tuple[Found, str]] = []
        self._anywhere: dict[str, str] = {}
        self._allowed: dict[str, str] = {}
        self._back: list[Saying] = []
        self.complete = len({one.answer for one in decisions}) == 1
        for one in decisions:
            suggestion = suggestions.get(one.key)
            if one.answer is Answer.TERUG and one.key in sayings:
                self._back.append(sayings[one.key])
            elif suggestion is None or one.answer not in suggestion.answers:
                self.complete = False
            else:
                self._add(suggestion, one)

    def _add(self, suggestion: Suggestion, decision: Decision) -> None:
        words, grond = suggestion.context.words, decision.grond or suggestion.grond
        if decision.answer is Answer.HIER:
            self._here.append((self._found[suggestion.key], grond))
        elif decision.answer is Answer.OVERAL:
            self._anywhere[words] = grond
        else:
            self._allowed.setdefault(fold(words), words)

    def edits(self) -> list[Edit]:
        """Return what is to change in the text."""
        root = self.judged.loaded.node
        return [
            *self._marks(),
            *_add_to_block(root, self._anywhere, list(self._allowed.values())),
            *_take_back(root, [one for one in self._back if one.said is not Said.MERK]),
        ]

    def _marks(self) -> Iterator[Edit]:
        """Yield the texts in which marks are put in or taken out."""
        pieces: dict[Loc, list[tuple[int, int, str]]] = {}
        for found, grond in self._here:
            one, text = found.vermoeden, found.text.node.text
            marked = f"[{text[one.start : one.end]}]{{weglaten={grond}}}"
            pieces.setdefault(found.text.loc, []).append((one.start, one.end, marked))
        for saying in self._back:
            if saying.said is Said.MERK:
                piece = (saying.start, saying.end, saying.words)
                pieces.setdefault(saying.loc, []).append(piece)
        for loc, many in pieces.items():
            node = self.judged.reading.nodes[loc]
            text = node.text if isinstance(node, ScalarNode) else ""
            for start, end, new in sorted(many, reverse=True):
                text = text[:start] + new + text[end:]
            yield Put(loc, text)

    def came_out(self, after: Judged) -> bool:
        """Tell whether in the file `after` it is as was asked."""
        left = {fold(one.words) for one in after.suspicions.found}
        left |= {fold(str(one.fields["words"])) for one in after.suspicions.named}
        if any(fold(words) in left for words in (*self._anywhere, *self._allowed.values())):
            return False
        if self._back:
            said = len(list(find_sayings(self.judged))) - len(list(find_sayings(after)))
            return said == len(self._back)
        more = len(after.redacted.omissions) - len(self.judged.redacted.omissions)
        return not self._here or (more >= len(self._here) and self._marked(after))

    def _marked(self, after: Judged) -> bool:
        """Tell whether of each text as much less is suspected as was marked in it."""
        asked = Counter((one.text.loc, fold(one.words)) for one, _ in self._here)
        before, now = (
            Counter((one.text.loc, fold(one.words)) for one in each.suspicions.found)
            for each in (self.judged, after)
        )
        return all(now[key] <= before[key] - number for key, number in asked.items())


# --- the block of a file


def _add_to_block(root: Node, words: Mapping[str, str], allowed: Sequence[str]) -> list[Edit]:
    """Return what puts `words` with their grounds, and what is `allowed`, into the block."""
    new: dict[str, Data] = {}
    edits: list[Edit] = []
    if words:
        kept = node_at(root, ("openbaar", "weglaten"))
        if isinstance(kept, MappingNode):
            edits += [Put(("openbaar", "weglaten", one), ground) for one, ground in words.items()]
        else:
            new["weglaten"] = dict(words)
    if allowed:
        listed = node_at(root, ("openbaar", "toelaten"))
        if isinstance(listed, SequenceNode):
            at = ("openbaar", "toelaten", len(listed.items))
            edits += [Insert(at, one) for one in allowed]
        else:
            new["toelaten"] = [*_lines(listed), *allowed]
    block = node_at(root, ("openbaar",))
    if block is None and new:
        return [Put(("openbaar",), new)]
    for name, value in new.items():
        above = tuple(reversed(_BLOCK[: _BLOCK.index(name)]))
        edits.append(Put(("openbaar", name), value, above))
    return edits


def _take_back(root: Node, sayings: Sequence[Saying]) -> Iterator[Edit]:
    """Yield what takes out of the file what it says; a list that was typed as text is made one."""
    lines = [one for one in sayings if node_at(root, one.loc) is None]
    yield from (Remove(one.loc) for one in sayings if one not in lines)
    if lines:
        loc = lines[0].loc[:-1]
        node = node_at(root, loc)
        kept = as_list(node.text) if isinstance(node, ScalarNode) else []
        gone = {one.loc[-1] for one in lines}
        left = [
            one for at, one in enumerate(kept if isinstance(kept, list) else []) if at not in gone
        ]
        yield Put(loc, left) if left else Remove(loc)


def _lines(node: Node | None) -> list[str]:
    """Return the items of a list that is typed as one text."""
    found = as_list(node.text) if isinstance(node, ScalarNode) else []
    return found if isinstance(found, list) else []
