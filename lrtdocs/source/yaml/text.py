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
from functools import partial
from typing import TYPE_CHECKING

import yaml

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, has_errors, sort_problems
from lrtdocs.source.files import MAX_BYTES
from lrtdocs.source.yaml.characters import read_lines
from lrtdocs.source.yaml.compose import Composer, StopError
from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.mistakes import Mistake, as_problem, special_sign
from lrtdocs.source.yaml.syntax import find_mistake

if TYPE_CHECKING:
    from lrtdocs.source.yaml.lines import Lines
    from lrtdocs.source.yaml.nodes import Node

MAX_LINES = 20_000
MAX_ROUNDS = 60
MAX_WORK = 12_000_000
LINE_WORK = 40
"""Characters parsed in all rounds together, each line counting for so many more: a large file full
of mistakes must not take minutes, and one of 2,000 lines is told all of them."""

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
        spot = Spot(number, 0)
        if line.startswith("%"):
            problems.append(as_problem(lines, Mistake("LRT115", spot, _nothing)))
            lines.lines[number] = ""
        elif match := _SEPARATOR.match(line):
            if line.startswith("...") or not (filled or ended):
                ended = ended or line.startswith("...")
                lines.lines[number] = line if line.startswith("---") else ""
            else:
                problems.append(as_problem(lines, Mistake("LRT114", spot, _nothing)))
                lines.lines[number] = ""
                second = min(second, number)
            filled = filled or bool(line[match.end() :].strip()) or line.startswith("---")
        elif lines.is_content(number):
            if ended and second > number:
                problems.append(as_problem(lines, Mistake("LRT114", spot, _nothing)))
                second = number
            filled = True
    return second


def _nothing() -> None:
    """Mend nothing: the line is taken out already."""


def _parse_in_rounds(lines: Lines, second: int, problems: list[Problem]) -> Node | None:
    """Parse, mend, and parse again until the text can be read or it is enough."""
    attempts: Counter[int] = Counter()
    size = sum(map(len, lines.lines)) + LINE_WORK * len(lines.lines)
    for _ in range(max(2, min(MAX_ROUNDS, MAX_WORK // (size + 1)))):
        composer = Composer(lines, second)
        try:
            node = composer.read()
        except StopError as error:
            mistake = error.mistake
        except yaml.MarkedYAMLError as error:
            mistake = find_mistake(lines, error, composer.reached)
        except (ValueError, OverflowError):
            mistake = _impossible_escape(lines)
        else:
            problems.extend(composer.problems)
            return node
        line = mistake.spot.line
        attempts[line] += 1
        if line not in lines.told:
            problems.append(as_problem(lines, mistake))
            lines.told.add(line)
        if attempts[line] == 1:
            mistake.mend()
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
