"""What is wrong when the YAML parser stops: the cause in plain Dutch, and a way to read on.

The parser tells where it gave up; people want to know where they made the mistake, which may be
lines earlier. Each cause below looks at the lines around that spot, reports one problem, and
mends the line so that the next attempt gets further. A mended line is never complained about again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import yaml

from lrtdocs.source.yaml.bullets import find_sign, wrong_sign
from lrtdocs.source.yaml.layout import block, colon, no_colon, outdent
from lrtdocs.source.yaml.lines import Lines, Spot
from lrtdocs.source.yaml.mistakes import (
    Mistake,
    escape,
    runs_on,
    special_sign,
    unclosed_bracket,
    unclosed_quote,
    value_spot,
)


class Stop(NamedTuple):
    """Where the parser stopped: what it says, and where it says the trouble began."""

    problem: str
    context: str
    spot: Spot
    context_spot: Spot | None

    @property
    def begin(self) -> Spot:
        """Where the trouble began, as far as the parser knows."""
        return self.context_spot or self.spot


_Cause = Callable[[Lines, Stop], Mistake]


def find_mistake(lines: Lines, error: yaml.MarkedYAMLError, reached: int) -> Mistake:
    """Return what the writer did wrong, given where the parser stopped.

    `reached` is a line that was read well outside brackets, near to where it stopped.
    """
    stop = Stop(
        error.problem or "",
        error.context or "",
        _spot(lines, error.problem_mark or error.context_mark),
        _spot(lines, error.context_mark) if error.context_mark else None,
    )
    swallowed = _find_swallowed(lines, stop, reached)
    if swallowed is not None:
        return swallowed
    for context, problem, cause in _CAUSES:
        if stop.context.startswith(context) and stop.problem.startswith(problem):
            return cause(lines, stop)
    return _unreadable(lines, stop)


def _spot(lines: Lines, mark: yaml.Mark | None) -> Spot:
    """Return the mark as a spot; the end of the file becomes the end of the last line with text."""
    if mark is None:
        return Spot(0, 0)
    line = min(mark.line, len(lines.lines) - 1)
    return Spot(line, min(mark.column, len(lines.lines[line])))


def _find_swallowed(lines: Lines, stop: Stop, first: int) -> Mistake | None:
    """Return the mistake of a quote or bracket, from the line `first` on, that ran on over keys."""
    text = "\n".join(lines.lines[first:])
    flows: list[Spot] = []
    last: tuple[Spot, int] | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            start = Spot(first + token.start_mark.line, token.start_mark.column)
            if start > stop.spot:
                break
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                flows.append(start)
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
                flows = flows[:-1]
            elif isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
                last = (start, first + token.end_mark.line)
    except (yaml.YAMLError, ValueError, OverflowError):
        pass
    if last is not None and stop.spot.line - 1 <= last[1] and runs_on(lines, last[0], last[1]):
        return unclosed_quote(lines, last[0])
    if flows and runs_on(lines, flows[0], stop.spot.line):
        return unclosed_bracket(lines, flows[0])
    return None


def _special(lines: Lines, stop: Stop) -> Mistake:
    spot = stop.spot
    if stop.context.startswith(("while scanning a", "while parsing a tag")) and stop.context_spot:
        spot = stop.context_spot
    if spot.column == lines.indent(spot.line) and find_sign(lines, spot.line):
        return wrong_sign(lines, spot.line)
    return special_sign(lines, spot)


def _list_on_line(lines: Lines, stop: Stop) -> Mistake:
    return Mistake("LRT126", stop.spot, lambda: lines.spoil(*stop.spot))


def _escape(lines: Lines, stop: Stop) -> Mistake:
    line, column = stop.spot
    return escape(lines, Spot(line, max(lines.lines[line].rfind("\\", 0, column), 0)))


def _block_header(lines: Lines, stop: Stop) -> Mistake:
    start = stop.begin
    sign = lines.lines[start.line][start.column]

    def mend() -> None:
        below = start.line + 1
        if below < len(lines.lines) and lines.indent(below) > lines.indent(start.line):
            lines.lines[start.line] = lines.lines[start.line][: start.column + 1]
            lines.spoiled.add(start.line)
        else:
            lines.spoil(*start)

    return Mistake("LRT127", stop.spot, mend, {"sign": sign})


def _flow(lines: Lines, stop: Stop) -> Mistake:
    """Something wrong between brackets, on the lines where they belong."""
    start = stop.begin
    at_end = "<stream end>" in stop.problem or stop.spot.line > start.line
    if at_end and not _closes(lines, start, stop.spot.line):
        return unclosed_bracket(lines, start)
    return Mistake("LRT131", stop.spot, lambda: lines.spoil(*value_spot(lines, start)))


def _closes(lines: Lines, start: Spot, last: int) -> bool:
    bracket = lines.lines[start.line][start.column]
    rest = "\n".join(
        [lines.lines[start.line][start.column :], *lines.lines[start.line + 1 : last + 1]]
    )
    return rest.count({"[": "]", "{": "}"}[bracket]) >= rest.count(bracket)


def _unreadable(lines: Lines, stop: Stop) -> Mistake:
    return Mistake("LRT139", stop.spot, lambda: lines.spoil(*value_spot(lines, stop.spot)))


_CAUSES: tuple[tuple[str, str, _Cause], ...] = (
    ("", "mapping values are not allowed", lambda lines, stop: colon(lines, stop.spot)),
    ("", "could not find expected ':'", lambda lines, stop: no_colon(lines, stop.begin)),
    ("", "sequence entries are not allowed", _list_on_line),
    ("", "mapping keys are not allowed", _special),
    ("", "found character", _special),
    ("while scanning a quoted scalar", "", lambda lines, stop: unclosed_quote(lines, stop.begin)),
    ("while scanning a double-quoted scalar", "", _escape),
    ("while scanning a block scalar", "", _block_header),
    ("while scanning an", "", _special),
    ("while scanning a tag", "", _special),
    ("while parsing a tag", "", _special),
    ("", "found undefined tag handle", _special),
    ("while parsing a flow sequence", "", _flow),
    ("while parsing a flow mapping", "", _flow),
    ("while parsing a block", "expected <block end>", lambda lines, stop: block(lines, stop.spot)),
    ("", "expected the node content", _special),
    ("", "expected '<document start>'", lambda lines, stop: outdent(lines, stop.spot)),
)
"""How a message of the parser begins (context, problem), and the cause to look for; first wins."""
