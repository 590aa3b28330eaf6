"""Headings: those that are, those that only look like one, and the steps between them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lrtdocs.messages import Fault
from lrtdocs.word.accessibility.paper import in_box, in_frame, in_table
from lrtdocs.word.tags.paragraphs import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Line, Paper

_NO_HEADING = ("title", "subtitle", "caption", "toc", "signature", "salutation", "closing", "quote",
               "intense quote", "header", "footer", "list", "table", "lrt ")  # fmt: skip
"""How the names of styles begin that are what they look like."""
_LONGEST = 90  # signs
_SHORTEST = 40
_MOST_WORDS = 12
_LONGEST_HEADING = 250
_MANY_WORDS = 500
"""A text of so many words without a heading is a wall."""
_LARGER = 1.2
_LETTER = re.compile(r"[^\W\d_]")
_NO_TITLE = re.compile(
    r"[\n\t]|^(?:tabel|figuur|grafiek|afbeelding|table|figure)\s+[\dIVX]", re.IGNORECASE
)
"""What no heading has: lines and tabs; and what is a caption."""
_ENDS = (".", ",", ";", ":", "!", "…")


def check_headings(paper: Paper) -> Iterator[Problem]:
    """Yield what is wrong with the headings of the body."""
    previous, found = 0, False
    for line in paper.lines:
        if line.level is None:
            continue
        if not line.text.strip():
            if not text_of(line.element).strip():
                yield paper.at(Fault("LRT871.leeg", {"level": line.level}), line)
            continue
        found = True
        if line.level > previous + 1:
            fields = {"level": line.level, "wanted": previous + 1, "found": line.found}
            yield paper.at(Fault("LRT871.sprong" if previous else "LRT871.begin", fields), line)
        if len(line.text) > _LONGEST_HEADING:
            yield paper.at(Fault("LRT871.lang", {"found": line.found}), line)
        previous = line.level
    seeming = list(_seeming(paper))
    for line in seeming:
        yield paper.at(Fault("LRT871.nep", {"found": line.found}), line)
    if not found and not seeming and len(paper.text.split()) >= _MANY_WORDS:
        yield paper.at(Fault("LRT871.geen"))


def _seeming(paper: Paper) -> Iterator[Line]:
    """Yield the paragraphs that look like a heading and are none."""
    usual = _usual_size(paper)
    lines = [line for line in paper.lines if line.text.strip()]
    stands_out = {line.element: _stands_out(paper, line, usual) for line in lines}
    for line, after in pairwise(lines):
        if stands_out[line.element] and not stands_out[after.element] and _is_text(after):
            yield line


def _is_text(line: Line) -> bool:
    """Tell whether `line` is what stands below a heading, and not below a name or an address."""
    return line.number or in_table(line) or (line.level is None and len(line.text) >= _SHORTEST)


def _stands_out(paper: Paper, line: Line, usual: float) -> bool:
    text = line.text.strip()
    if line.level is not None or line.number or len(text) > _LONGEST or text.endswith(_ENDS):
        return False
    if len(text.split()) > _MOST_WORDS or not _LETTER.search(text) or _NO_TITLE.search(text):
        return False
    if in_table(line) or in_frame(line) or in_box(line):
        return False
    if paper.name_of(line).startswith(_NO_HEADING):
        return False
    runs = list(paper.runs(line))
    bold = all(run.bold or not any(map(str.isalnum, run.text)) for run in runs)
    large = usual > 0 and all(run.size >= usual * _LARGER for run in runs)
    return bool(runs) and (bold or large)


def _usual_size(paper: Paper) -> float:
    """Return the size that most of the text has."""
    signs: dict[float, int] = {}
    for line in paper.lines:
        if line.level is None:
            for run in paper.runs(line):
                signs[run.size] = signs.get(run.size, 0) + len(run.text)
    return max(signs, key=lambda size: signs[size]) if signs else 0
