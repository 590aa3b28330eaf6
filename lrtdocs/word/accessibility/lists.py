"""Lists and columns that are typed: signs, tabs and spaces that only the eye puts in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.messages import Fault
from lrtdocs.word.accessibility.paper import in_frame, in_table, neighbours
from lrtdocs.word.package.elements import path
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.paragraphs import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Line, Paper

_BULLET = re.compile(r"\s*[-–—•·*▪■●○◦►➢✓✔\uf0a7\uf0b7\uf0d8]\s*\t?\s*(?=\S)(?<=\s)")
_LABEL = re.compile(r"\s*\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_COLUMN = re.compile(r"\S(?:\t+|[ \u00a0]*\t[ \u00a0]*)(?=\S)")
_SPACES = re.compile(r"\S[ \u00a0]{4,}(?=\S)")
_SPREAD = re.compile(r"(?<!\w)(?:\w[ \u00a0]){4,}\w(?!\w)")
_MOST_EMPTY = 2


def check_lists(paper: Paper) -> Iterator[Problem]:
    """Yield the lists that are typed by hand."""
    loose = [
        one
        for one in paper.lines
        if one.level is None and not one.number and not paper.in_contents(one)
    ]
    for run in neighbours(loose):
        for typed, key in ((_bullets(run), "LRT871.streepjes"), (_numbers(run), "LRT871.nummers")):
            for line in typed:
                yield paper.at(Fault(key, {"found": line.found}), line)
    for line in loose:
        if sum(_BULLET.match(each) is not None for each in line.text.split("\n")) > 1:
            yield paper.at(Fault("LRT871.regels", {"found": line.found}), line)


def _bullets(run: Sequence[Line]) -> Iterator[Line]:
    """Yield the first of each two or more lines of `run` that begin with the same sign."""
    before = ""
    begun = False
    for line, after in zip(run, [*run[1:], None], strict=True):
        sign = line.text.strip()[:1] if _BULLET.match(line.text) else ""
        following = (
            after is not None and _BULLET.match(after.text) and after.text.strip()[:1] == sign
        )
        if sign and sign != before and following and not begun:
            yield line
            begun = True
        begun = begun and bool(sign)
        before = sign


def _numbers(run: Sequence[Line]) -> Iterator[Line]:
    """Yield the first of each two or more lines of `run` that count on."""
    for line, after, before in zip(run, run[1:], [None, *run], strict=False):
        labels = [_label(one.text) if one is not None else "" for one in (before, line, after)]
        if _follows(labels[1], labels[2]) and not _follows(labels[0], labels[1]):
            yield line


def _label(text: str) -> str:
    found = _LABEL.match(text)
    return found[1] if found else ""


def _follows(one: str, other: str) -> bool:
    """Tell whether the label `other` is the one after `one`: 1, 2 or a, b or i, ii."""
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    if one in _ROMAN[1:] and other in _ROMAN and _ROMAN.index(other) == _ROMAN.index(one) + 1:
        return True
    return len(one) == len(other) == 1 and one.isalpha() and ord(other) == ord(one) + 1


def check_spacing(paper: Paper) -> Iterator[Problem]:
    """Yield white space that is typed: empty paragraphs, columns of tabs, spread letters."""
    plain = [
        one for one in paper.lines if not (in_table(one) or in_frame(one) or paper.in_contents(one))
    ]
    for run in neighbours(plain):
        yield from _empty(paper, run)
        yield from _columns(paper, run)
    for line in paper.lines:
        if spread := _SPREAD.search(line.text):
            yield paper.at(Fault("LRT874.gespatieerd", {"found": spread[0]}), line)


def _empty(paper: Paper, run: Sequence[Line]) -> Iterator[Problem]:
    count = 0
    for line, after in zip(run, [*run[1:], None], strict=True):
        count = count + 1 if _is_empty(line) else 0
        if count > _MOST_EMPTY and (after is None or not _is_empty(after)):
            yield paper.at(Fault("LRT874.leeg", {"count": count}), line)


def _is_empty(line: Line) -> bool:
    marks = ("pPr/sectPr", "pPr/framePr")
    special = any(line.element.find(path(mark)) is not None for mark in marks)
    breaks = next(line.element.iter(w("br"), w("drawing"), w("pict"), w("object")), None)
    return not text_of(line.element).strip() and not special and breaks is None


def _columns(paper: Paper, run: Sequence[Line]) -> Iterator[Problem]:
    """Yield the first of two or more lines with three columns by tabs, or two by many spaces."""
    for pattern, least, key in ((_COLUMN, 2, "LRT874.tabs"), (_SPACES, 1, "LRT874.spaties")):
        marked = [line.level is None and len(pattern.findall(line.text)) >= least for line in run]
        for line, this, after, before in zip(
            run, marked, marked[1:], [False, *marked], strict=False
        ):
            if this and after and not before:
                yield paper.at(Fault(key, {"found": " ".join(line.text.split())[:60]}), line)
