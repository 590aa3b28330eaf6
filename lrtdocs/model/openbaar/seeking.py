"""Seeking what was left out: the one place where a text is compared with what was left out.

Two texts are the same when their letters and figures are: case, accents, spaces, hyphens, soft
hyphens, signs without width, ligatures and letters that only look like ours make no difference. So
a name is found however a line was broken or a run was cut. What may stand around it keeps "Visser"
out of "visserij": a short text must begin and end where a word does, or where a user name or a
genitive would.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHORTEST = 3
"""The fewest letters or figures that can be sought."""
_SHORTEST_NUMBER = 4
_ANYWHERE = 8  # from here on no word happens to hold it
_TIGHT = 4  # up to here no other words may stand in it: "al" and "i" are not Ali
_HEAD = 8  # of a text that is sought, so many signs are looked for first
_COMPOUND = 4  # with so many letters more it is another word, and no genitive
_LONG = 12  # words from which a text is sought in pieces
_WINDOW, _STEP = 6, 3  # the pieces of a long sentence, in words
_JUNK = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")
_RUN = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]+")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_SAME = str.maketrans(
    {
        **dict(zip("øđðłŧħıĸ", "oddlthik", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "ng",
        **dict(zip("авеёкмнорстухіјѕԁԛԝһѵ", "abeekmhopctyxijsdqwhv", strict=True)),
        **dict(zip("αβεηικμνοπρτυχωζ", "abehikmvonptuxwz", strict=True)),
        **{chr(0xF000 + code): chr(code).lower() for code in range(0x30, 0x7B)},
    }
)
"""Letters that Unicode does not take apart, that look like ours, and those of fonts of signs."""
_WRITTEN_OUT = str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "å": "aa"})
_PHONE = re.compile(r"(?:0031|31|0)([1-9]\d{8})")


def fold(text: str) -> str:
    """Return the letters and figures of `text`, without case and accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)
    return _JUNK.sub("", text.lower())


class Sure(IntEnum):
    """How sure it is that what was found is what was left out."""

    WITHIN = 1
    """It stands within a longer word."""
    ORDINARY = 2
    """It is written as an ordinary word, and stands so in what is public too."""
    LEAK = 3
    """It is what was left out."""


class Hit(NamedTuple):
    """Where text number `owner` of what is sought was found: from `start` to `end`."""

    owner: int
    start: int
    end: int
    sure: Sure


class _Key(NamedTuple):
    owner: int
    folded: str
    words: int
    named: bool
    """Whether it is written with a capital, or is a number: lower case may be another word."""


class Seeker:
    """Seeks each of `texts`, but not where one of the `allowed` texts stands.

    `public` are the texts that are published rightly: a word that stands there without a capital is
    an ordinary word, a longer word that stands there is another word, and a piece of a long text
    that stands there is no secret. `too_short` has the numbers of the texts that cannot be sought,
    `common` of those of which all stands in public.
    """

    def __init__(
        self, texts: Sequence[str], allowed: Iterable[str] = (), public: Iterable[str] = ()
    ) -> None:
        shown = "\n".join(public)
        self._public = fold(shown)
        self._words = frozenset(map(fold, _WORD.findall(shown)))
        self.too_short: list[int] = []
        self.common: list[int] = []
        keys = [key for owner, text in enumerate(texts) for key in self._keys(owner, text)]
        self._starts: dict[str, list[_Key]] = {}
        for key in dict.fromkeys(keys):
            self._starts.setdefault(key.folded[:SHORTEST], []).append(key)
        self._pattern = _pattern_of({key.folded[:_HEAD] for key in keys}) if keys else None
        self._allowed = [folded for text in allowed if len(folded := fold(text)) >= SHORTEST]
        self._ordinary = frozenset[str]()
        self._ordinary = frozenset(
            fold(shown[hit.start : hit.end])
            for hit in self.find(shown)
            if shown[hit.start : hit.end].islower()
        )

    def _keys(self, owner: int, text: str) -> Iterator[_Key]:
        folded = fold(text)
        least = _SHORTEST_NUMBER if folded.isdecimal() else SHORTEST
        if len(folded) < least:
            self.too_short.append(owner)
            return
        words = text.split()
        if len(words) <= _LONG:
            phone = _PHONE.fullmatch(folded)
            folded = phone[1] if phone else folded
            named = not text.strip()[:1].islower() or folded.isdecimal()
            yield _Key(owner, folded, len(words), named)
            yield from self._written_out(owner, text)
            return
        pieces = [fold(piece) for piece in _pieces(text)]
        fresh = [piece for piece in pieces if piece and piece not in self._public]
        if not fresh:
            self.common.append(owner)
        for piece in fresh:
            yield _Key(owner, piece, _WINDOW, named=False)

    @staticmethod
    def _written_out(owner: int, text: str) -> Iterator[_Key]:
        """Yield a name with letters such as ü as addresses write them: "Mueller"."""
        plain = text.lower().translate(_WRITTEN_OUT)
        if plain != text.lower() and len(folded := fold(plain)) >= SHORTEST:
            yield _Key(owner, folded, len(text.split()), named=True)

    def find(self, text: str, least: int = SHORTEST) -> list[Hit]:
        """Return all that is found in `text` of what has at least `least` letters or figures."""
        there = [] if self._pattern is None else list(self._there(fold(text), least))
        if not there:
            return []
        line = _Line(text)
        allowed = [span for each in self._allowed for span in line.spans(each)]
        hits: dict[tuple[int, int, int], Hit] = {}
        for at, key in there:
            end = at + len(key.folded)
            seen = any(first <= at and end <= last for first, last in allowed)
            hit = None if seen else self._judge(line, key, at, end)
            if hit is not None:
                hits[hit[:3]] = hit
        return list(hits.values())

    def _there(self, folded: str, least: int) -> Iterator[tuple[int, _Key]]:
        """Yield each key that stands in `folded`, and where."""
        for match in self._pattern.finditer(folded) if self._pattern else ():
            at = match.start()
            for key in self._starts.get(folded[at : at + SHORTEST], ()):
                if len(key.folded) >= least and folded.startswith(key.folded, at):
                    yield at, key

    def _judge(self, line: _Line, key: _Key, at: int, end: int) -> Hit | None:
        start, stop = line.places[at], line.places[end - 1] + 1
        sure = Sure.LEAK
        if not line.is_whole(at, end, key):
            if key.words > 1 or len(key.folded) <= _TIGHT or line.gaps(at, end):
                return None
            sure = Sure.WITHIN
        elif key.named and key.folded in self._ordinary and line.text[start:stop].islower():
            sure = Sure.ORDINARY
        elif key.words == 1 and self._is_compound(line.text, start, stop, len(key.folded)):
            sure = Sure.WITHIN
        return Hit(key.owner, start, stop, sure)

    def _is_compound(self, text: str, start: int, stop: int, length: int) -> bool:
        """Tell whether it is part of a longer word that is public: "Voorbeeld" in a street."""
        while start > 0 and _WORD.fullmatch(text[start - 1]):
            start -= 1
        while stop < len(text) and _WORD.fullmatch(text[stop]):
            stop += 1
        word = fold(text[start:stop])
        return len(word) >= length + _COMPOUND and word in self._words

    def mask(self, text: str, marks: Sequence[str]) -> str:
        """Return `text` with the mark of each owner in the place of what was found of it."""
        made, at = "", 0
        for hit in sorted(self.find(text), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= at:
                made += text[at : hit.start] + marks[hit.owner]
                at = hit.end
        return made + text[at:]


class _Line:
    """A text with where each of its folded letters stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces, places = [], list[int]()
        for run in _RUN.finditer(text):
            start, word = run.start(), run.group()
            if word.isascii():
                pieces.append(word.lower())
                places += range(start, start + len(word))
                continue
            for place, sign in enumerate(word, start):
                plain = fold(sign)
                pieces.append(plain)
                places += [place] * len(plain)
        self.folded, self.places = "".join(pieces), places

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield from where to where `folded` stands."""
        at = self.folded.find(folded)
        while at >= 0:
            yield at, at + len(folded)
            at = self.folded.find(folded, at + 1)

    def gaps(self, at: int, end: int) -> int:
        """Return how often something else stands between the letters from `at` to `end`."""
        places = self.places[at:end]
        return sum(
            _separates(self.text[first + 1 : then])
            for first, then in pairwise(places)
            if then - first > 1
        )

    def is_whole(self, at: int, end: int, key: _Key) -> bool:
        """Tell whether what stands there is a word, or words, and not part of longer ones."""
        gaps, length = self.gaps(at, end), end - at
        if length <= _TIGHT and gaps >= key.words and gaps < length - 1:
            return False
        if key.folded.isdecimal():
            far = any(then - first > _TIGHT for first, then in pairwise(self.places[at:end]))
            return not far and (length >= _ANYWHERE or (self._starts(at) and self._ends(end)))
        joined = key.words > 1 and not gaps and length > _TIGHT + 1
        if joined or (key.words == 1 and length >= _ANYWHERE) or key.words >= _WINDOW:
            return True
        token = length > _TIGHT and not gaps
        starts = self._starts(at) or (token and self._starts(at - 1))
        more = self._ends(end) or (self._letters(end, "s") and self._ends(end + 1))
        return starts and more

    def _letters(self, at: int, letters: str) -> bool:
        joined = at < len(self.places) and self.places[at] == self.places[at - 1] + 1
        return joined and self.folded.startswith(letters, at)

    def _starts(self, at: int) -> bool:
        """Tell whether a word begins with letter number `at`."""
        return at == 0 or (at > 0 and self._breaks(self.places[at - 1], self.places[at]))

    def _ends(self, at: int) -> bool:
        """Tell whether a word ends before letter number `at`."""
        return at >= len(self.places) or self._breaks(self.places[at - 1], self.places[at])

    def _breaks(self, before: int, behind: int) -> bool:
        """Tell whether a word ends between the letters at two places."""
        first, then = self.text[before], self.text[behind]
        if behind - before > 1:
            return bool(_separates(self.text[before + 1 : behind]))
        if first.isdigit() != then.isdigit():
            return True
        return first.islower() and then.isupper()


def _separates(between: str) -> bool:
    """Tell whether signs between two letters set them apart: not those that nobody sees."""
    return any(
        unicodedata.category(sign) not in {"Cf", "Mn", "Me", "Cc"} or sign in "\t\n\r\v\f"
        for sign in between
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield what a long text is sought by: its sentences, and of long ones a few words each."""
    kept = ""
    for sentence in _SENTENCE.split(text):
        kept = f"{kept} {sentence}".strip()
        words = kept.split()
        if len(words) < _WINDOW - 1:
            continue
        yield from _windows(words)
        kept = ""
    if len(fold(kept)) >= _ANYWHERE:
        yield kept


def _windows(words: list[str]) -> Iterator[str]:
    last = max(len(words) - _WINDOW, 0)
    for at in dict.fromkeys([*range(0, last, _STEP), last]):
        yield " ".join(words[at : at + _WINDOW])


def _pattern_of(heads: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that is there wherever one of `heads` begins; it tries no head twice."""
    tree: dict[str, dict[str, object]] = {}
    shortest: list[str] = []
    for head in sorted(heads):
        if not (shortest and head.startswith(shortest[-1])):  # the shorter one is enough
            shortest.append(head)
    for head in shortest:
        node: dict[str, object] = tree  # type: ignore[assignment]
        for sign in head:
            node = node.setdefault(sign, {})  # type: ignore[assignment]
    return re.compile(f"(?={_branches(tree)})")


def _branches(node: dict[str, object] | dict[str, dict[str, object]]) -> str:
    made = [re.escape(sign) + (_branches(below) if below else "") for sign, below in node.items()]  # type: ignore[arg-type]
    return made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"
