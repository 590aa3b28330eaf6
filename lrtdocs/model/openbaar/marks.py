"""What a writer marks to be left out: `[De Vries]{weglaten=5.1.2e}`, in a line of plain text.

A normal paper prints the words as if they were not marked: the marks are gone from what the text
says, and kept beside it for the publication copy. In a `tekst` the Markdown parser reads the same
marks (`model/tekst.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from lrtdocs.messages import FaultError
from lrtdocs.model.openbaar.gronden import parse_grond

NAME = "weglaten"
TOLD = re.compile(rf"\{{\s*{NAME}\b[^{{}}]*\}}?", re.IGNORECASE)
"""What was meant as a mark, right or wrong."""
VALUE = re.compile(r"\{\s*(?i:weglaten)\s*[=:]?\s*[\"'“”]?(?P<value>[^{}\"'“”]*)[\"'“”]?\s*\}")
"""The braces of a mark behind what it is about."""


@dataclass(frozen=True, slots=True)
class Weglating:
    """That a piece of a text is left out of a publication copy, on the ground `grond`.

    `line` and `column` are where the mark stands in the text, counted from 0.
    """

    grond: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


class Stuk(NamedTuple):
    """A piece of a line, and the ground on which it is left out, or ""."""

    tekst: str
    grond: str = ""


class Gemerkt(str):
    """A line of text of which parts are marked; it is its own words, without the marks.

    `stukken` are its pieces; `getypt` is the line as it was typed.
    """

    __slots__ = ("getypt", "stukken")
    stukken: tuple[Stuk, ...]
    getypt: str

    def __new__(cls, stukken: tuple[Stuk, ...], getypt: str) -> Self:
        """Make a line of `stukken`, which was typed as `getypt`."""
        self = str.__new__(cls, "".join(stuk.tekst for stuk in stukken))
        self.stukken, self.getypt = stukken, getypt
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Gemerkt, (self.stukken, self.getypt)


def pieces_of(text: str) -> tuple[Stuk, ...]:
    """Return the pieces of `text`: those of a line with marks, or the whole as one."""
    return text.stukken if isinstance(text, Gemerkt) else (Stuk(text),)


def parse_marks(text: str) -> str:
    """Return the line `text`, as `Gemerkt` if there are marks in it; raise `FaultError`."""
    if NAME not in text.lower() or not TOLD.search(text):
        return text
    pieces: list[Stuk] = []
    done = 0
    for match in VALUE.finditer(text):
        begin = _opening(text, done, match.start())
        if begin < 0:
            raise FaultError("LRT801.los", found=match[0])
        inside = text[begin + 1 : match.start() - 1]
        if TOLD.search(inside) or not inside.strip():
            raise FaultError("LRT801.leeg" if not inside.strip() else "LRT801.dieper")
        pieces += [Stuk(text[done:begin]), Stuk(inside, parse_grond(match["value"]))]
        done = match.end()
    if loose := TOLD.search(text, done):
        raise FaultError("LRT801.los", found=loose[0])
    found = tuple(stuk for stuk in (*pieces, Stuk(text[done:])) if stuk.tekst)
    return Gemerkt(found, text)


def _opening(text: str, start: int, end: int) -> int:
    """Return where the bracket opens that closes right before `end`, or -1."""
    if text[end - 1 : end] != "]":
        return -1
    depth = 0
    for at in range(end - 1, start - 1, -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return -1


def without_marks(text: str) -> str:
    """Return `text` without the marks in it, where those are right; else as it is."""
    try:
        return str(parse_marks(text))
    except FaultError:
        return text


def find_marks(text: str) -> list[tuple[int, int, str]]:
    """Return of each mark in `text`, as typed, where it begins and ends, and the words in it.

    What was meant as a mark and is none is not told here.
    """
    found, done = list[tuple[int, int, str]](), 0
    for match in VALUE.finditer(text):
        begin = _opening(text, done, match.start())
        if begin >= 0:
            found.append((begin, match.end(), text[begin + 1 : match.start() - 1]))
            done = match.end()
    return found


# --- a text that was changed where its marks do not show


def keep_marks(old: str, new: str) -> str | None:
    """Return `new`, which was `old`, with the marks that `old` has; None when one has no place.

    What was marked must stand in it as it did, and as many times.
    """
    typed = [(old[begin:end], words) for begin, end, words in find_marks(old)]
    for whole, words in dict(typed).items():
        missing = old.count(whole) - new.count(whole)
        if missing <= 0:
            continue
        spaced = r"\s+".join(map(re.escape, words.split()))
        places = re.finditer(rf"(?<!\w){spaced}(?!\w)", new)
        bare = [place for place in places if not _is_marked(new, place.start())]
        if len(bare) != missing:
            return None
        told = whole.removeprefix(f"[{words}]")
        for place in reversed(bare):
            new = f"{new[: place.start()]}[{place[0]}]{told}{new[place.end() :]}"
    return new


def _is_marked(text: str, at: int) -> bool:
    return any(begin <= at < end for begin, end, _ in find_marks(text))
