"""From the parser's events to nodes; what is well-formed YAML but refused is gathered here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from lrtdocs.errors import Problem, Severity
from lrtdocs.source.yaml.bullets import find_sign, looks_like_item, wrong_sign
from lrtdocs.source.yaml.characters import check_value
from lrtdocs.source.yaml.layout import swallowed_item
from lrtdocs.source.yaml.limits import MAX_DEPTH, MAX_VALUES, too_deep, too_many
from lrtdocs.source.yaml.mistakes import QUOTE_REMEDY, Mistake, Spot, runs_on, unclosed_quote
from lrtdocs.source.yaml.nodes import Layout, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.source.yaml.lines import Lines


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
        if isinstance(root, Scalar) and root.empty:
            return None
        return root

    def _node(self, event: yaml.Event) -> Node:
        start = _start(event)
        self.values += 1
        if self.depth > MAX_DEPTH:
            raise StopError(too_deep(self.lines, start))
        if self.values > MAX_VALUES:
            raise StopError(too_many(self.lines, start))
        if not self.flows:
            self.reached = start.line
        self._check_properties(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return Scalar("", self.lines.place(*start), broken=True)

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
        if isinstance(event, yaml.AliasEvent):
            self._report(
                "LRT112",
                spot,
                f"Verwijzen met *{event.anchor} kan hier niet.",
                f"Schrijf de waarde zelf op. Is het gewone tekst: {QUOTE_REMEDY[0].lower()}"
                f"{QUOTE_REMEDY[1:]}",
            )
        elif getattr(event, "anchor", None):
            self._report(
                "LRT111",
                spot,
                f"Een anker zoals &{event.anchor} kan hier niet.",  # type: ignore[attr-defined]
                "Haal het anker weg en schrijf de waarde overal waar u hem nodig hebt.",
            )
        if getattr(event, "tag", None):
            self._report(
                "LRT113",
                self._tag_spot(spot),
                "Een typeaanduiding met ! kan hier niet.",
                "Haal het woord met ! weg. Hoort het bij de tekst, zet de tekst dan tussen "
                "aanhalingstekens.",
            )

    def _tag_spot(self, spot: Spot) -> Spot:
        column = self.lines.lines[spot.line].find("!", spot.column)
        return Spot(spot.line, column) if column >= 0 else spot

    def _sequence(self, event: yaml.Event) -> Sequence:
        items = []
        while not isinstance(following := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(following))
        return Sequence(tuple(items), self.lines.place(*_start(event)))

    def _mapping(self, event: yaml.CollectionStartEvent) -> Node:
        start = _start(event)
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(following := next(self.events), yaml.MappingEndEvent):
            key = self._node(following)
            told = len(self.problems)
            value = self._node(next(self.events))
            if isinstance(key, Scalar) and key.text == "<<" and key.layout is not None:
                del self.problems[told:]
                self._report_merge(key)
            elif isinstance(key, Scalar) and (key.text or key.broken):
                if not key.broken:
                    self._add(entries, key, value)
            elif event.flow_style:
                return self._spoilt_braces(start)
            else:
                self._report_key(key)
        damaged = self._is_damaged(start, _start(following))
        return Mapping(tuple(entries.values()), self.lines.place(*start), damaged)

    def _spoilt_braces(self, start: Spot) -> Scalar:
        """Report a text between braces that is no mapping, such as {{ naam }}, and skip it."""
        self._report(
            "LRT117",
            start,
            "Tussen { en } horen sleutelwoorden met waarden.",
            "Horen de haakjes bij de tekst, zet de hele tekst dan tussen aanhalingstekens: '…'.",
        )
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
        return Scalar("", self.lines.place(*start), broken=True)

    def _report_key(self, key: Node) -> None:
        self.problems.append(
            Problem(
                "LRT117",
                key.place,
                "Een sleutelwoord moet een gewoon woord zijn.",
                remedy="Begin de regel met een sleutelwoord en een dubbele punt.",
            )
        )

    def _report_merge(self, key: Scalar) -> None:
        self.problems.append(
            Problem(
                "LRT116",
                key.place,
                "Samenvoegen met << kan hier niet.",
                remedy="Schrijf de sleutelwoorden zelf op.",
            )
        )

    def _add(self, entries: dict[str, tuple[Scalar, Node]], key: Scalar, value: Node) -> None:
        first = entries.get(key.text)
        if first is None:
            entries[key.text] = (key, value)
        elif (key.place.line or 0) - 1 in self.lines.told:
            return
        elif (first[0].place.line or 0) > self.second or (key.place.line or 0) <= self.second:
            line = first[0].place.line
            self.problems.append(
                Problem(
                    "LRT110",
                    key.place,
                    f"Het sleutelwoord '{key.text}' staat er twee keer: op regel {line} "
                    f"en op regel {key.place.line}.",
                    remedy=f"Haal één van de twee weg. Op regel {line} staat de eerste.",
                )
            )

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

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
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
        return Scalar("" if empty else text, place, empty, broken, layout)

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
                self._report(
                    "LRT132",
                    Spot(line, self.lines.indent(line)),
                    "Deze regel lijkt een punt van een lijst, maar na > wordt alles één alinea.",
                    "Zet achter het sleutelwoord een | in plaats van een >.",
                )
                return

    def _check_comment(self, end: Spot) -> None:
        """Warn of a # behind a value that looks like a part of it, such as `Besluit #2`."""
        rest = self.lines.lines[end.line][end.column :]
        if _COMMENT_LIKE_TEXT.match(rest):
            sign = Spot(end.line, self.lines.lines[end.line].index("#", end.column))
            self._report(
                "LRT118",
                sign,
                "Vanaf het teken # is dit uitleg. Het komt niet in het document.",
                "Hoort dit bij de tekst, zet de hele tekst dan tussen aanhalingstekens. "
                "Is het uitleg, zet dan een spatie achter het #.",
                Severity.WARNING,
            )

    def _is_key(self, start: Spot, end: Spot) -> bool:
        """Tell whether the scalar on this line is followed by the colon that makes it a key."""
        rest = self.lines.lines[start.line][end.column :]
        return start.line == end.line and rest.lstrip().startswith(":")

    def _report(
        self,
        code: str,
        spot: Spot,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        place = self.lines.place(*spot)
        self.problems.append(Problem(code, place, message, remedy=remedy, severity=severity))


def _start(event: yaml.Event) -> Spot:
    return Spot(event.start_mark.line, event.start_mark.column) if event.start_mark else Spot(0, 0)


def _end(event: yaml.Event) -> Spot:
    return Spot(event.end_mark.line, event.end_mark.column) if event.end_mark else Spot(0, 0)


def _join_surrogates(text: str) -> str:
    """Return `text` with each pair of halves, as JSON writes an emoji, as one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
