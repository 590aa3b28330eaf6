"""Whether a text is nearly another one: the same in another spelling, or with a slip of the pen.

What means something else may look much the same: 2024 and 2025, A+ and A-, geldig and ongeldig,
verleend and verlengd. So short words and figures are the same or not, the first letter is never a
slip, and a letter for another one is only if nothing else is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from operator import ne

_AROUND = r"[\s.,;:!?'\"()‘’“”]+"
_LOOSE = re.compile(rf"(?<![0-9]){_AROUND}|{_AROUND}(?![0-9])")
_BETWEEN = re.compile(r"[\W\d_]+")
_FIGURE = re.compile(r"[0-9]")
_SOUNDS = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        *(("ch", "g"), ("c(?=[eiy])", "s"), ("c", "k"), ("qu", "kw"), ("x", "ks"), ("ph", "f")),
        *(("th", "t"), ("ei|y", "ij"), ("au", "ou"), ("z", "s"), ("v", "f"), ("d(?=t|$)", "t")),
        (r"(.)\1+", r"\1"),
    )
)
"""What is written in more than one way."""
_SOUND, _ONE, _TWO = 5, 6, 9
"""So many letters has a word that may be written by its sound, or with one slip or two."""


def is_nearly(text: str, other: str, *, slips: bool = True) -> bool:
    """Tell whether `text` and `other` are one, but for capitals, accents, signs, and `slips`."""
    one, two = _fold(text), _fold(other)
    bare = _LOOSE.sub("", one)
    if bare == _LOOSE.sub("", two):
        return bool(bare)
    if not slips or _FIGURE.search(one + two):
        return False
    ours, theirs = _BETWEEN.split(one), _BETWEEN.split(two)
    if "".join(ours) == "".join(theirs):
        return len("".join(ours)) > 2  # A+ is no A-
    return len(ours) == len(theirs) and all(map(_is_near, ours, theirs))


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _is_near(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if word == other or len(short) < _SOUND:
        return word == other
    if _sound(word) == _sound(other):
        return True
    if len(short) < _ONE or word[0] != other[0] or long == f"{short}e":  # student, studente
        return False
    return _count_slips(word, other) <= (1 if len(short) < _TWO else 2)


def _sound(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    return word


def _count_slips(word: str, other: str) -> int:
    """Return how many letters are too many, too few, or changed places; one for another is two."""
    if len(word) == len(other) and sum(map(ne, word, other)) == 1:
        return 1  # nothing else is wrong
    before: list[int] = []
    last: list[int] = [*range(len(other) + 1)]
    for i, letter in enumerate(word):
        row = [i + 1]
        for j, there in enumerate(other):
            least = last[j] if letter == there else 1 + min(last[j + 1], row[j])
            if i and j and (letter, word[i - 1]) == (other[j - 1], there):
                least = min(least, before[j - 1] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
