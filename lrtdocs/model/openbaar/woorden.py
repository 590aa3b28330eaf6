"""Words that are left out wherever they stand.

Capitals, accents, spaces and hyphens make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MANY_FIGURES = 6
_BETWEEN_FIGURES = " \t\u00a0-.()/\u2010\u2011\u2012\u2013"
_UNSEEN = "-_\u2010\u2011\u00ad\u200b\u200c\u200d\u2060\ufeff"
_GENITIVE = re.compile(r"['’]?s(?!\w)")


class Spot(NamedTuple):
    """Where words stand in a text, and the ground on which they are left out."""

    begin: int
    end: int
    grond: str


class Seeker:
    """Finds words in texts, each with its ground."""

    def __init__(self, words: Mapping[str, str]) -> None:
        folded = ((fold(phrase), phrase) for phrase in words)
        found = sorted(
            ((key, phrase) for key, phrase in folded if key), key=lambda one: -len(one[0])
        )
        self._grounds = {key: words[phrase] for key, phrase in found}
        self._phrases = dict(found)
        self.seen: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._grounds)

    def find(self, text: str) -> list[Spot]:
        """Return where the words stand in `text`, in order, the longest where two overlap."""
        found: list[Spot] = []
        plain = None
        for key, grond in self._grounds.items():
            numbers = _is_number(key)
            if numbers or plain is None:
                letters, places = _folded(text, numbers=numbers)
                plain = plain if numbers else (letters, places)
            else:
                letters, places = plain
            for at in _occurrences(key, letters):
                begin, end = places[at], places[at + len(key) - 1] + 1
                end = _whole(text, begin, end, numbers=numbers)
                if end and not any(one.begin < end and begin < one.end for one in found):
                    found.append(Spot(begin, end, grond))
                    self.seen.add(self._phrases[key])
        return sorted(found)


def fold(text: str) -> str:
    """Return `text` as it is compared: without capitals, accents, spaces and hyphens."""
    return _folded(text, numbers=sum(map(str.isdigit, text)) >= _MANY_FIGURES)[0]


def _is_number(key: str) -> bool:
    return sum(map(str.isdigit, key)) >= _MANY_FIGURES


def _folded(text: str, *, numbers: bool) -> tuple[str, list[int]]:
    """Return `text` folded, and where in it each of those characters stands."""
    apart = _BETWEEN_FIGURES if numbers else ""
    letters, places = list[str](), list[int]()
    for at, sign in enumerate(text):
        if sign.isspace() or sign in apart or sign in _UNSEEN:
            continue
        for each in unicodedata.normalize("NFKD", sign):
            if not unicodedata.combining(each):
                small = each.casefold().replace("’", "'")
                letters += small
                places += [at] * len(small)
    return "".join(letters), places


def _occurrences(key: str, letters: str) -> Iterator[int]:
    at = letters.find(key)
    while at >= 0:
        yield at
        at = letters.find(key, at + 1)


def _whole(text: str, begin: int, end: int, *, numbers: bool) -> int:
    """Return where the words end that begin at `begin`, with an s of possession; 0 for a part.

    A combining accent belongs to the letter before it.
    """
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    before, after = text[begin - 1 : begin], text[end : end + 1]
    if numbers:
        return 0 if before.isdigit() or after.isdigit() else end
    if before.isalnum() and text[begin].isalnum():
        return 0
    if text[end - 1].isalnum() and after:
        genitive = _GENITIVE.match(text, end)
        if genitive:
            return genitive.end()
        return 0 if after.isalnum() else end
    return end


def cut(text: str, spots: Iterable[Spot]) -> list[tuple[str, str]]:
    """Return the pieces of `text` with the ground of each, "" for what stays."""
    pieces, done = list[tuple[str, str]](), 0
    for spot in spots:
        pieces += [(text[done : spot.begin], ""), (text[spot.begin : spot.end], spot.grond)]
        done = spot.end
    return [piece for piece in (*pieces, (text[done:], "")) if piece[0]]
