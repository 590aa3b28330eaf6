"""From the parser's events to nodes; what is well-formed YAML but refused is gathered here."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import yaml

from lrtdocs import messages
from lrtdocs.source.yaml.bullets import find_sign, looks_like_item, wrong_sign
from lrtdocs.source.yaml.characters import check_value
from lrtdocs.source.yaml.layout import swallowed_item
from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.mistakes import Mistake, runs_on, unclosed_quote
from lrtdocs.source.yaml.nodes import Layout, MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.source.yaml.lines import Lines

MAX_VALUES = 100_000
MAX_DEPTH = 50
_COMMENT_LIKE_TEXT = re.compile(r"\s+#(?=[^\s#!])")
_NOT_FILLED_IN = {"", "~", "null"}


class StopError(Exception):
    """Something that must be mended before reading can go on."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


class Composer:
    """Turns the parser's events into nodes, and gathers what is well-formed but refused.

    `reached` is the last line on which something began that is not inside brackets: whatever the
    parser stops at, the trouble is not above it.
    """

    def __init__(self, lines: Lines, second: int) -> None:
        self.lines = lines
        self.second = second
        self.problems: list[Problem] = []
        self.blanked = dict(lines.blanked)
        self.flows = self.depth = self.values = self.reached = 0
        self.events: Iterator[yaml.Event] = yaml.parse(lines.text, Loader=yaml.SafeLoader)

    def read(self) -> Node | None:
        """Return the node of the whole text, or None if there is none."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent) and root is None:
                root = self._node(event)
        if isinstance(root, ScalarNode) and root.empty:
            return None
        return root

    def _node(self, event: yaml.Event) -> Node:
        start = _start(event)
        self.values += 1
        if self.depth > MAX_DEPTH:
            blank = partial(self.lines.blank, start.line)
            raise StopError(Mistake("LRT108", start, blank, {"limit": MAX_DEPTH}))
        if self.values > MAX_VALUES:
            cut = partial(self.lines.cut, start.line)  # nothing after it is read
            raise StopError(Mistake("LRT102.waarden", start, cut, {"limit": MAX_VALUES}))
        if not self.flows:
            self.reached = start.line
        self._check_properties(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return ScalarNode("", self.lines.place(*start), broken=True)

    def _collection(self, event: yaml.CollectionStartEvent) -> Node:
        flow = bool(event.flow_style)
        self.flows += flow
        self.depth += 1
        is_list = isinstance(event, yaml.SequenceStartEvent)
        node = self._sequence(event) if is_list else self._mapping(event)
        self.depth -= 1
        self.flows -= flow
        return node

    def _check_properties(self, event: yaml.Event) -> None:
        """Report an anchor, an alias or a tag."""
        spot = _start(event)
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            self._report("LRT112", spot, name=anchor)
        elif anchor:
            self._report("LRT111", spot, name=anchor)
        if getattr(event, "tag", None):
            self._report("LRT113", self._tag_spot(spot))

    def _tag_spot(self, spot: Spot) -> Spot:
        column = self.lines.lines[spot.line].find("!", spot.column)
        return Spot(spot.line, column) if column >= 0 else spot

    def _sequence(self, event: yaml.Event) -> SequenceNode:
        items = []
        while not isinstance(following := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(following))
        return SequenceNode(tuple(items), self.lines.place(*_start(event)))

    def _mapping(self, event: yaml.CollectionStartEvent) -> Node:
        start = _start(event)
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        while not isinstance(following := next(self.events), yaml.MappingEndEvent):
            key = self._node(following)
            told = len(self.problems)
            value = self._node(next(self.events))
            if isinstance(key, ScalarNode) and key.text == "<<" and key.layout is not None:
                del self.problems[told:]
                self.problems.append(messages.problem("LRT116", key.place))
            elif isinstance(key, ScalarNode) and (key.text or key.broken):
                if not key.broken:
                    self._add(entries, key, value)
            elif event.flow_style:
                return self._spoilt_braces(start)
            else:
                self.problems.append(messages.problem("LRT117.sleutelwoord", key.place))
        damaged = self._is_damaged(start, _start(following))
        return MappingNode(tuple(entries.values()), self.lines.place(*start), damaged)

    def _spoilt_braces(self, start: Spot) -> ScalarNode:
        """Report a text between braces that is no mapping, such as {{ naam }}, and skip it."""
        self._report("LRT117.accolades", start)
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
        return ScalarNode("", self.lines.place(*start), broken=True)

    def _add(
        self, entries: dict[str, tuple[ScalarNode, Node]], key: ScalarNode, value: Node
    ) -> None:
        first = entries.get(key.text)
        if first is None:
            entries[key.text] = (key, value)
        elif (key.place.line or 0) - 1 in self.lines.told:
            return
        elif (first[0].place.line or 0) > self.second or (key.place.line or 0) <= self.second:
            where = {"first": first[0].place.line, "second": key.place.line}
            self.problems.append(messages.problem("LRT110", key.place, None, key=key.text, **where))

    def _is_damaged(self, start: Spot, end: Spot) -> bool:
        """Tell whether a line was taken out in this mapping, and not in one inside it."""
        found = [
            line
            for line, column in self.blanked.items()
            if start.line <= line <= end.line and column >= start.column
        ]
        for line in found:
            del self.blanked[line]
        return bool(found)

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        start, end = _start(event), _end(event)
        if (
            event.style in {"'", '"'}
            and start.line < end.line
            and runs_on(self.lines, start, end.line)
        ):
            raise StopError(unclosed_quote(self.lines, start))
        if event.style is None and not self.flows:
            self._check_items(start, end)
        if event.style == ">":
            self._check_folding(start, end)
        if event.style not in {"|", ">"}:
            self._check_comment(end)
        place = self.lines.place(*start)
        text = _join_surrogates(event.value)
        broken = start.line in self.lines.spoiled and not self._is_key(start, end)
        broken = broken or (not text and bool(event.anchor or event.tag))
        if not broken:
            problem = check_value(text, place)
            broken = problem is not None
            self.problems.extend([problem] if problem else [])
        empty = event.style is None and text in _NOT_FILLED_IN
        layout = Layout(self.lines, start, end, event.style)
        return ScalarNode("" if empty else text, place, empty, broken, layout)

    def _check_items(self, start: Spot, end: Spot) -> None:
        """Stop at a list item that begins with a wrong sign, or became a line of a plain text."""
        lines = self.lines
        begins_line = start.column == lines.indent(start.line)
        if begins_line and start.line not in lines.told and find_sign(lines, start.line):
            raise StopError(wrong_sign(lines, start.line))
        if not self.depth:
            return  # a file that is one text has another problem
        for line in range(start.line + 1, end.line + 1):
            if looks_like_item(lines, line) and line not in lines.told:
                raise StopError(swallowed_item(lines, line, start))

    def _check_folding(self, start: Spot, end: Spot) -> None:
        """Report the first item of a list after a `>`, which makes one paragraph of it."""
        for line in range(start.line + 1, min(end.line + 1, len(self.lines.lines))):
            inside = self.lines.indent(line) > self.lines.indent(start.line)
            if inside and looks_like_item(self.lines, line):
                self._report("LRT132.alinea", Spot(line, self.lines.indent(line)))
                return

    def _check_comment(self, end: Spot) -> None:
        """Warn of a # behind a value that looks like a part of it, such as `Besluit #2`."""
        rest = self.lines.lines[end.line][end.column :]
        if _COMMENT_LIKE_TEXT.match(rest):
            column = self.lines.lines[end.line].index("#", end.column)
            self._report("LRT118", Spot(end.line, column))

    def _is_key(self, start: Spot, end: Spot) -> bool:
        """Tell whether the scalar on this line is followed by the colon that makes it a key."""
        rest = self.lines.lines[start.line][end.column :]
        return start.line == end.line and rest.lstrip().startswith(":")

    def _report(self, key: str, spot: Spot, **fields: object) -> None:
        self.problems.append(messages.problem(key, self.lines.place(*spot), None, **fields))


def _start(event: yaml.Event) -> Spot:
    return Spot(event.start_mark.line, event.start_mark.column) if event.start_mark else Spot(0, 0)


def _end(event: yaml.Event) -> Spot:
    return Spot(event.end_mark.line, event.end_mark.column) if event.end_mark else Spot(0, 0)


def _join_surrogates(text: str) -> str:
    """Return `text` with each pair of halves, as JSON writes an emoji, as one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
