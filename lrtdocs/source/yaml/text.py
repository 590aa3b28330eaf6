"""YAML read as text: every value arrives as it was typed, with its place, and all problems at once.

YAML's own ideas of types do harm here (`no`, `12:30`, `0123`, `2026-02-30`), so values stay text
and the model turns them into dates and choices. What a meeting file never needs is refused:
anchors, tags, a second document. After each mistake the text is mended and read on, at most
`MAX_ROUNDS` times, so that one run tells all there is to mend.

`key:` without a value, `~` and `null` mean "not filled in"; "null" between quotes is text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import yaml

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, Severity, has_errors, sort_problems
from lrtdocs.source.files import MAX_BYTES
from lrtdocs.source.yaml.characters import check_value, read_lines
from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.mistakes import (
    ITEM_KEYS,
    WORD_KEY,
    Mistake,
    escape,
    find_sign,
    known_keys,
    looks_like_item,
    mend,
    problem_at,
    quote,
    runs_on,
    special_sign,
    typed_at,
    unclosed_quote,
    wrong_sign,
)
from lrtdocs.source.yaml.nodes import Layout, MappingNode, Node, ScalarNode, SequenceNode, typed
from lrtdocs.source.yaml.syntax import find_mistake, swallowed_item, text_not_indented, wrong_indent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.source.yaml.lines import Lines

Entries = dict[str, tuple[ScalarNode, Node]]
MAX_VALUES = 100_000
MAX_DEPTH = 50
MAX_LINES = 20_000
MAX_ROUNDS = 60
MAX_WORK = 12_000_000
LINE_WORK = 40
"""Characters parsed in all rounds together, each line counting for so many more: a large file full
of mistakes must not take minutes, and one of 2,000 lines is told all of them."""

_COMMENT = re.compile(r"\s+#(?P<text>[^\s#!])?")
_DECIMAL = re.compile(r"\d,\d")
_NUMBERS = re.compile(r"\d+(?:,\s*\d+)*")
_FIGURES = re.compile(r"[\d\s:./-]+|ja|nee")
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*")
_PATH = re.compile(
    r"(?<!\w)[A-Za-z]:\\(?!\\)(?:[^nN]|n[a-z])|(?<![\w\\:])\\\\(?=\w)|(?<!\\)\\[abefvt0]"
)
"""A backslash between double quotes that stands for itself, though YAML reads it with the next."""
_LOST_APOSTROPHE = re.compile(r"(?:[kmnrst] |s-)(?=[^\W\d_])")
"""What is left of 's middags, 't Loo and 's-Gravenhage between single quotes."""
_KEY_IN_TEXT = re.compile(
    r" +(?P<key>[a-z_]+):(?:\s+[|>][+-]?\s*$|(?<=en:)\s*$|(?<=tijd:)\s+\d|(?<=doel:)\s+ter\s)"
)
"""A line of a text that was meant as a key: `verslag: |`, `besluiten:`, `tijd: 10:00`."""
_QUESTION = re.compile(r"\?(?=\s|$)")
_NOT_FILLED_IN = {"", "~", "null", "NULL"}
_SEPARATOR = re.compile(r"(?:---|\.\.\.)(?=\s|$)")
_BIG_ESCAPE = re.compile(r"\\U(?!000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{8}")


def parse_yaml(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """Read `text` into nodes, with all that is wrong with it as YAML; `file` names it in places.

    The node is None if nothing can be read at all. With problems the node is what could be read,
    parts that were reported being marked, so that checks of the fields can still be told as well.
    """
    too_large = _check_size(text, Place(file))
    if too_large:
        return None, [too_large]
    lines, problems = read_lines(text, file)
    second = _check_separators(lines, problems)
    node = _parse_in_rounds(lines, second, problems)
    if node is None and not has_errors(problems):
        problems.append(messages.problem("LRT101", Place(file, 1, 1)))
    return node, sort_problems(problems)


def _check_size(text: str, place: Place) -> Problem | None:
    """Return the problem of a text with too many bytes or lines, or None."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        found = dutch.format_number(round(size / 1_000_000, 1))
        return messages.problem("LRT102.bytes", place, limit=MAX_BYTES // 1_000_000, size=found)
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MAX_LINES:
        return messages.problem("LRT102.regels", place, limit=MAX_LINES, number=lines)
    return None


def _check_separators(lines: Lines, problems: list[Problem]) -> int:
    """Take out directives and what begins a second document; return the line of the latter."""
    second = len(lines.lines)
    filled = ended = False
    for number, line in enumerate(lines.lines):
        sign = line[:1] if line.startswith("%") or _SEPARATOR.match(line) else ""
        content = number < second and not sign and lines.is_content(number)
        again = (filled or ended) if sign == "-" else (ended and content)
        if again or sign == "%":
            key = "LRT114" if again else "LRT115"
            problems.append(problem_at(lines, key, Spot(number, 0)))
        if again:
            second = min(second, number)
        if sign and (again or sign != "-"):
            lines.lines[number] = ""
        ended = ended or sign == "."
        filled = filled or sign == "-" or content
    return second


def _parse_in_rounds(lines: Lines, second: int, problems: list[Problem]) -> Node | None:
    """Parse, mend, and parse again until the text can be read or it is enough."""
    attempts: Counter[int] = Counter()
    size = sum(map(len, lines.lines)) + LINE_WORK * len(lines.lines)
    for _ in range(max(2, min(MAX_ROUNDS, MAX_WORK // (size + 1)))):
        composer = _Composer(lines, second)
        try:
            node = composer.read()
        except _StopError as error:
            mistake = error.mistake
        except yaml.MarkedYAMLError as error:
            mistake = find_mistake(lines, error, composer.parser)
        except (ValueError, OverflowError):
            mistake = _impossible_escape(lines)
        else:
            problems.extend(composer.problems)
            return node
        line = mistake.spot.line
        attempts[line] += 1
        if line not in lines.told:
            problems.append(problem_at(lines, mistake.key, mistake.spot, **mistake.fields))
            lines.told.add(line)
        if attempts[line] == 1:
            mend(lines, mistake)
        elif lines.lines[line].strip():
            lines.blank(line)
        else:
            break
    problems.append(messages.problem("LRT138", lines.place(*mistake.spot)))
    return None


def _impossible_escape(lines: Lines) -> Mistake:
    """Return the mistake of an escape beyond Unicode, on which the parser itself stumbles."""
    for number, line in enumerate(lines.lines):
        match = _BIG_ESCAPE.search(line)
        if match:
            spot = Spot(number, match.start())
            return Mistake("LRT124.teken", spot, partial(lines.spoil, *spot, match.end()))
    last = len(lines.lines) - 1
    return special_sign(lines, Spot(last, 0))


# --- from the events of the parser to nodes


class _StopError(Exception):
    """Something that must be mended before reading can go on."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


class _Composer:
    """Turns the parser's events into nodes, and gathers what is well-formed but refused."""

    def __init__(self, lines: Lines, second: int) -> None:
        self.lines = lines
        self.second = second
        self.problems: list[Problem] = []
        self.blanked = dict(lines.blanked)
        self.flows = self.depth = self.values = 0
        self.parser = yaml.SafeLoader(lines.text)
        self.events: Iterator[yaml.Event] = iter(self.parser.get_event, None)

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
            raise _StopError(Mistake("LRT108", start, blank, {"limit": MAX_DEPTH}))
        if self.values > MAX_VALUES:
            cut = partial(self.lines.cut, start.line)  # nothing after it is read
            raise _StopError(Mistake("LRT102.waarden", start, cut, {"limit": MAX_VALUES}))
        self._check_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        asks = _QUESTION.match(self.lines.lines[start.line], start.column)
        if asks and not self.flows and self.lines.is_item(start.line):
            below = self.lines.next_content(start.line)
            if below is None or not self.lines.lines[below].lstrip().startswith(":"):
                raise _StopError(special_sign(self.lines, start))
        if not isinstance(event, yaml.CollectionStartEvent):
            return ScalarNode("", self.lines.place(*start), broken=True)
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
        if anchor := getattr(event, "anchor", None):
            key = "LRT111.tekst" if isinstance(event, yaml.ScalarEvent) else "LRT111"
            key = "LRT112" if isinstance(event, yaml.AliasEvent) else key
            self._report(key, spot, name=anchor, write=quote(typed_at(self.lines, spot)))
        if getattr(event, "tag", None):
            column = self.lines.lines[spot.line].find("!", spot.column)
            spot = Spot(spot.line, column) if column >= 0 else spot
            self._report("LRT113", spot, write=quote(typed_at(self.lines, spot)))

    def _sequence(self, event: yaml.CollectionStartEvent) -> SequenceNode:
        items = []
        while not isinstance(following := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(following))
        if event.flow_style:
            items = list(self._whole_texts(items))
            self._check_comment(_end(following))
        start = _start(event)
        layout = Layout(self.lines, start, _end(following))
        return SequenceNode(tuple(items), self.lines.place(*start), bool(event.flow_style), layout)

    def _whole_texts(self, items: list[Node]) -> Iterator[Node]:
        """Yield `items`, each text that a comma cut inside brackets or quotes told, and as one."""
        while items:
            ends = (end for end in range(2, len(items) + 1) if not _is_cut(items[:end]))
            cut = next(ends, 1) if _is_cut(items[:1]) else 1
            while cut < len(items) and _in_number(items[cut - 1], items[cut]):
                cut += 1
            first, rest = items[0], items[cut:]
            if isinstance(first, ScalarNode) and cut > 1:
                write = quote(typed(_texts(items[:cut])))
                self.problems.append(messages.problem("LRT131.lijst", first.place, write=write))
                first = replace(first, broken=True)
            yield first
            items = rest

    def _mapping(self, event: yaml.CollectionStartEvent) -> Node:
        start = _start(event)
        entries: Entries = {}
        strays: dict[str, list[ScalarNode]] = {}
        while not isinstance(following := next(self.events), yaml.MappingEndEvent):
            key = self._node(following)
            told = len(self.problems)
            value = self._node(next(self.events))
            if isinstance(key, ScalarNode) and key.text == "<<" and key.layout is not None:
                del self.problems[told:]
                self.problems.append(messages.problem("LRT116", key.place))
            elif event.flow_style and (glued := _glued_key(key, value)):
                name, text = glued
                fields = {"key": name.text, "value": text.text[:30]}
                self.problems.append(messages.problem("LRT121.spatie", key.place, None, **fields))
                entries[name.text] = glued
            elif isinstance(key, ScalarNode) and (key.text or key.broken):
                if event.flow_style and self._is_stray(entries, key):
                    strays.setdefault(list(entries)[-1], []).append(key)
                elif not key.broken:
                    self._add(entries, key, value, start)
            elif event.flow_style:
                return self._spoilt_braces(start)
            else:
                self.problems.append(messages.problem("LRT117.sleutelwoord", key.place))
        for cut, pieces in strays.items():  # of a text that lost its end to a comma
            write = f"{cut}: {quote(typed(_texts([entries[cut][1], *pieces])))}"
            fields = {"lost": typed(pieces), "write": write}
            self.problems.append(messages.problem("LRT131.komma", pieces[0].place, None, **fields))
        if event.flow_style:
            self._check_comment(_end(following))
        damaged = self._is_damaged(start, _start(following))
        layout = Layout(self.lines, start, _end(following))
        place, inline = self.lines.place(*start), bool(event.flow_style)
        return MappingNode(tuple(entries.values()), place, damaged, inline, layout)

    def _spoilt_braces(self, start: Spot) -> ScalarNode:
        """Report a text between braces that is no mapping, such as {{ naam }}, and skip it."""
        self._report("LRT117.accolades", start, write=quote(typed_at(self.lines, start)))
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
        return ScalarNode("", self.lines.place(*start), broken=True)

    def _is_stray(self, entries: Entries, key: ScalarNode) -> bool:
        """Tell whether `key`, between braces, is the rest of the text before it, cut at a comma."""
        before = list(entries.values())[-1][1] if entries else None
        if key.layout is None or not isinstance(before, ScalarNode):
            return False
        return not self._is_key(Spot(*key.layout.start), Spot(*key.layout.end))

    def _add(self, entries: Entries, key: ScalarNode, value: Node, start: Spot) -> None:
        first = entries.get(key.text)
        if first is None:
            entries[key.text] = (key, value)
        elif (key.place.line or 0) - 1 in self.lines.told:
            return
        elif key.text == next(iter(entries)) and (dash := self._dash_of(start, key)):
            raise _StopError(dash)
        elif (first[0].place.line or 0) > self.second or (key.place.line or 0) <= self.second:
            where = {"first": first[0].place.line, "second": key.place.line}
            lists = isinstance(value, SequenceNode) and isinstance(first[1], SequenceNode)
            name = "LRT110.lijst" if lists else "LRT110"
            self.problems.append(messages.problem(name, key.place, None, key=key.text, **where))

    def _dash_of(self, start: Spot, key: ScalarNode) -> Mistake | None:
        """Return the mistake of `key`, on a line of its own, that begins a new item of a list."""
        lines, spot = self.lines, Spot(*key.layout.start) if key.layout else start
        own_line = lines.indent(spot.line) == spot.column == start.column
        if not own_line or spot.line == start.line:
            return None
        rows, column = [spot.line], start.column - 2
        if lines.is_item(start.line):
            name, column = "LRT110.streepje", lines.lines[start.line].rindex("-", 0, start.column)
        elif column >= 0 and lines.owner(start.line) in ITEM_KEYS:  # no item of the list has one
            name, rows = "LRT110.streepjes", [start.line, spot.line]
        else:
            return None

        def mend() -> None:
            for row in rows:
                lines.replace(row, column, "-")

        fields = {"key": key.text, "column": column + 1, "first": start.line + 1}
        return Mistake(name, spot, mend, fields)

    def _is_damaged(self, start: Spot, end: Spot) -> bool:
        """Tell whether a line was taken out in this mapping, and not in one inside it."""
        inside = range(start.line, end.line + 1)
        own = [row for row, at in self.blanked.items() if row in inside and at >= start.column]
        for row in own:
            del self.blanked[row]
        return bool(own)

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        start, end = _start(event), _end(event)
        if event.style in {"'", '"'} and runs_on(self.lines, start, end.line):
            raise _StopError(unclosed_quote(self.lines, start))
        if event.style is None and not self.flows:
            self._check_items(start, end)
        lost = self._is_lost(event, end)
        if event.style in {"|", ">"}:
            self._check_block(start, end, event)
        else:
            words = event.style is None and not _FIGURES.fullmatch(event.value)
            self._check_comment(end, start, sure=words, lost=lost)
        if event.style == "'" and _LOST_APOSTROPHE.match(event.value):
            self._report("LRT122.weg", start, text=event.value, write=quote(f"'{event.value}"))
        place = self.lines.place(*start)
        text = _join_surrogates(event.value)
        broken = start.line in self.lines.spoiled and not self._is_key(start, end)
        broken = broken or (not text and bool(event.anchor or event.tag or lost))
        if not broken and event.style == '"' and (path := self._find_path(start, end)):
            if path.line not in self.lines.told:
                mistake = escape(self.lines, path)
                self._report(mistake.key, path, **mistake.fields)
            broken = True
        if not broken:
            problem = check_value(text, place)
            broken = problem is not None
            self.problems += [problem] if problem else []
        empty = event.style is None and text in _NOT_FILLED_IN
        layout = Layout(self.lines, start, end, event.style)
        return ScalarNode("" if empty else text, place, empty, broken, layout)

    def _find_path(self, start: Spot, end: Spot) -> Spot | None:
        """Return where between double quotes a path stands, whose signs are no escapes, or None."""
        for number in range(start.line, end.line + 1):
            begin = start.column if number == start.line else 0
            until = end.column if number == end.line else MAX_BYTES
            if match := _PATH.search(self.lines.lines[number], begin, until):
                return Spot(number, match.start())
        return None

    def _check_items(self, start: Spot, end: Spot) -> None:
        """Stop at a list item that begins with a wrong sign, or became a line of a plain text."""
        lines = self.lines
        begins_line = start.column == lines.indent(start.line)
        if begins_line and start.line not in lines.told and find_sign(lines, start.line):
            raise _StopError(wrong_sign(lines, start.line))
        if not self.depth:
            return  # a file that is one text has another problem
        for line in range(start.line + 1, end.line + 1):
            if looks_like_item(lines, line) and line not in lines.told:
                raise _StopError(swallowed_item(lines, line, start))

    def _check_block(self, start: Spot, end: Spot, event: yaml.ScalarEvent) -> None:
        """Stop at a line that belongs elsewhere than in the `|` or `>` at `start`, or the reverse.

        That is a key in it that would end it, if it began further to the left, and what stands
        under one without a text, if it is no key. A `>` makes one paragraph of a list.
        """
        lines, below = self.lines, self.lines.next_content(start.line)
        for row in range(start.line + 1, end.line + bool(end.column)):
            key = _KEY_IN_TEXT.match(lines.lines[row])
            if key and key["key"] in known_keys() and row not in lines.told:
                raise _StopError(wrong_indent(lines, row, lines.key_column(start.line)))
        if not event.value.strip() and below is not None and below not in lines.told:
            key = WORD_KEY.match(lines.lines[below])
            is_key = (key and key["key"].islower()) or lines.lines[below].startswith("---")
            if not is_key:
                spot = Spot(below, lines.indent(below))
                raise _StopError(text_not_indented(lines, spot, start.line))
        rows = range(start.line + 1, (end.line + bool(end.column)) if event.style == ">" else 0)
        items = (row for row in rows if looks_like_item(lines, row) and row not in lines.told)
        if (item := next(items, None)) is not None:
            self._report("LRT132.alinea", Spot(item, lines.indent(item)))
        header = _BLOCK_HEADER.match(lines.lines[start.line], start.column)
        self._check_comment(Spot(start.line, header.end() if header else start.column))

    def _is_lost(self, event: yaml.ScalarEvent, end: Spot) -> bool:
        """Tell whether all there is of an item of a list stands behind a #."""
        line = self.lines.lines[end.line]
        empty = not event.value and not event.style and not line[: end.column].strip(" -")
        return empty and bool(_COMMENT.match(line, end.column))

    def _check_comment(
        self, end: Spot, start: Spot | None = None, *, sure: bool = False, lost: bool = False
    ) -> None:
        """Warn of a # behind a value from `start`: what follows falls away, and may be its text.

        One space and a # is text, if it was `sure` to be text before it; so is a # before a word.
        """
        line = self.lines.lines[end.line]
        match = _COMMENT.match(line, end.column)
        if match and (match["text"] or (sure and match.end() - end.column == 2)):
            one_line = start is not None and start.line == end.line
            write = quote(line[start.column :].strip()) if start and one_line else '"…"'
            place = self.lines.place(end.line, line.index("#", end.column))
            severity = Severity.ERROR if lost else None
            self.problems.append(messages.problem("LRT118", place, severity, write=write))

    def _is_key(self, start: Spot, end: Spot) -> bool:
        """Tell whether the scalar on this line is followed by the colon that makes it a key."""
        rest = self.lines.lines[start.line][end.column :]
        return start.line == end.line and rest.lstrip().startswith(":")

    def _report(self, key: str, spot: Spot, **fields: object) -> None:
        self.problems.append(messages.problem(key, self.lines.place(*spot), None, **fields))


def _glued_key(key: Node, value: Node) -> tuple[ScalarNode, ScalarNode] | None:
    """Return the key and the text that `wat:Brief` between braces was meant to be, or None."""
    if not isinstance(key, ScalarNode) or not isinstance(value, ScalarNode) or value.text:
        return None
    name, colon, rest = key.text.partition(":")
    if not colon or not key.is_plain or name not in known_keys():
        return None
    return replace(key, text=name), replace(value, text=rest, empty=False, broken=True)


def _texts(nodes: list[Node]) -> list[ScalarNode]:
    return [node for node in nodes if isinstance(node, ScalarNode)]


def _is_cut(items: list[Node]) -> bool:
    """Tell whether `items` end in the middle of a text: in a bracket, a quote or a number."""
    if not all(isinstance(item, ScalarNode) and item.is_plain for item in items):
        return False
    text = typed(_texts(items))
    pairs = (("(", ")"), ("“", "”"), ("„", "”"), ("«", "»"))
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in pairs)


def _in_number(first: Node, second: Node) -> bool:
    """Tell whether the comma between two texts is that of a number: 12,5 miljoen."""
    text = typed(_texts([first, second]))
    return bool(_DECIMAL.search(text)) and not _NUMBERS.fullmatch(text)


def _start(event: yaml.Event) -> Spot:
    return Spot(event.start_mark.line, event.start_mark.column) if event.start_mark else Spot(0, 0)


def _end(event: yaml.Event) -> Spot:
    return Spot(event.end_mark.line, event.end_mark.column) if event.end_mark else Spot(0, 0)


def _join_surrogates(text: str) -> str:
    """Return `text` with each pair of halves, as JSON writes an emoji, as one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
