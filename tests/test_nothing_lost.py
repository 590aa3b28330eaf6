"""Nothing that was typed is lost: each word stands in a paper, or a message points at its line.

Meetings are made as people type them: without quotes where they may be needed, with the signs of
Word and of Markdown, in blocks and between braces. `NOTHING_LOST=1000` tries that many.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meeting_papers import papers_text, read_meeting

from lrtdocs.errors import has_errors

if TYPE_CHECKING:
    from lrtdocs.model.vergadering import Vergadering

EXAMPLES = int(os.environ.get("NOTHING_LOST", "40"))

PLAIN = ["brief", "VNG", "2*5", "3*4", "12.500", "10:00", "é", "Noord-Holland", "B&W", "0123"]
ODD = [
    *("12,5", "x:y", "#4", "'t", "'s", "'25", "50%", "(NH.)", "[VNG]", "{naam}", "<ministerie>"),
    *("**vet**", "*half", "**half", "half**", "snake_case", "a|b", "C:\\temp", "@home", "&c"),
    *("!nu", "x)", "kan?", "nee", "ja", "null", "~", "1e", "2025-06-18", "\u2022", "\u2013", "o"),
    *("-en", "“citaat”", "“open", '"recht"', "d'r", "...", "=>", "5>4", "`code`", "~~weg~~"),
    *("(deel", "€", "nr.1", "#", "-", ":", "1.", "a)", "*", "+", ">", "?", "|", "%", "\\"),
]
JOINTS = [", ", ": ", "; ", "s # ", " - ", "s #", ":"]
WORDS = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3).map(" ".join)
ODD_VALUES = st.one_of(
    st.tuples(st.sampled_from(ODD), WORDS).map(" ".join),
    st.tuples(WORDS, st.sampled_from(ODD), WORDS).map(" ".join),
    st.tuples(WORDS, st.sampled_from(JOINTS), WORDS).map("".join),
)
VALUE = st.integers(0, 7).flatmap(lambda odd: WORDS if odd else ODD_VALUES)
INDENTS = st.sampled_from(["", "", "", "", "  ", "    "])


class Typed(NamedTuple):
    """A meeting as typed: its text, and the lines of it that hold what must be printed."""

    text: str
    lines: dict[int, str]


@st.composite
def typed_meetings(draw: st.DrawFn) -> Typed:
    rows: list[str] = []
    lines: dict[int, str] = {}

    def put(row: str, value: str = "") -> None:
        rows.append(row + value)
        if value:
            lines[len(rows)] = value

    def maybe(row: str, value: st.SearchStrategy[str] = VALUE) -> None:
        if draw(st.booleans()):
            put(row, draw(value))

    put("overleg: ", draw(VALUE))
    put("datum: 2025-06-18")
    maybe("plaats: ")
    maybe("notulist: ")
    if draw(st.booleans()):
        put("kopie_aan:")
        maybe("  - ")
        maybe("  - ")
    if draw(st.booleans()):
        put("bijlagen: ", "[" + ", ".join(draw(st.lists(VALUE, min_size=1, max_size=3))) + "]")
    put("agendapunten:")
    for _ in range(draw(st.integers(1, 2))):
        put("  - titel: ", draw(VALUE))
        maybe("    inbrenger: ")
        for name in ("toelichting", "verslag"):
            if draw(st.booleans()):
                put(f"    {name}: |")
                for _ in range(draw(st.integers(1, 3))):
                    line = draw(st.one_of(VALUE, VALUE.map("- {}".format)))
                    put("      " + draw(INDENTS), line)
        maybe("    besluiten: ", VALUE.map("[{}]".format))
        if draw(st.booleans()):
            put("    actiepunten:")
            put("      - {wat: ", f"{draw(VALUE)}, wie: {draw(VALUE)}}}")
    return Typed("\n".join(rows) + "\n", lines)


def bare(chunk: str) -> str:
    """Return `chunk` without what may be layout: brackets, quotes and marks around it."""
    return chunk.strip("[]{},'\"*_:")


def lost(typed: Typed, model: Vergadering, told: set[int]) -> list[tuple[int, str]]:
    """Return the words, each with its line, that stand in no paper and on no line that was told."""
    text = papers_text(model)
    return [
        (line, chunk)
        for line, value in typed.lines.items()
        if not told & {line - 1, line, line + 1}
        for index, chunk in enumerate(value.split())
        if chunk != "wie:"
        and not (index == 0 and re.fullmatch(r"\[?(?:[-*]|\d+[.)])", chunk))  # begins an item
        and bare(chunk) not in text
    ]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed_meetings())
def test_every_word_stands_in_a_paper_or_its_line_is_told(typed: Typed) -> None:
    model, problems = read_meeting(typed.text)
    assert all(problem.place.line for problem in problems)
    if model is None:
        assert has_errors(problems)
        return
    told = {problem.place.line or 0 for problem in problems}
    assert lost(typed, model, told) == []
