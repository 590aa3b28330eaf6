"""Choosing some letters of a run: the ones that were named, or the most extreme ones as a proof."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, cast

from lrtdocs import messages
from lrtdocs.errors import Place, UsageError, suggest
from lrtdocs.model.gemeente import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from lrtdocs.model import Register
    from lrtdocs.run.letters.letter import Letter

MOST_COMMAS = 2
"""In the name of one recipient, such as Nuenen, Gerwen en Nederwetten."""
_RANGE = re.compile(r"([1-9][0-9]{0,6})(?:\s*[-–]\s*([1-9][0-9]{0,6}))?")


class Named:
    """Finds the letters that the user named: by code, by name, by number or by a range of numbers.

    A name may hold a comma: pieces that follow each other are also tried as one name.
    """

    def __init__(self, names: Sequence[str], register: Register) -> None:
        self._names = [name.strip() for name in names]
        self._asked: dict[str, range] = {}  # which names a text stands for
        self._ranges: list[tuple[range, int]] = []
        self._found: set[int] = set()
        self._known: dict[str, None] = {}
        self.numbers: set[int] = set()
        self.chosen: list[tuple[str, str]] = []  # nobody asks why a named letter is there
        for number, name in enumerate(self._names):
            self._ask(name, number, register)

    def _ask(self, name: str, number: int, register: Register) -> None:
        found = _RANGE.fullmatch(name)
        if found:
            self._ranges.append((range(int(found[1]), int(found[2] or found[1]) + 1), number))
            return
        for more in range(1, MOST_COMMAS + 2):
            text = fold_name(" ".join(self._names[number : number + more]))
            self._asked.setdefault(text or name, range(number, number + more))
        gemeente = register.find_name(name)
        if gemeente is not None:
            self._asked.setdefault(fold_name(gemeente.code), range(number, number + 1))

    def __call__(self, letter: Letter) -> None:
        """Look at one letter of the run."""
        ontvanger = cast("Mapping[str, object]", letter.words["ontvanger"])
        names = [letter.key, *(str(ontvanger.get(name) or "") for name in ("code", "naam"))]
        texts = {fold_name(name) for name in (*names, letter.file[:-5]) if name}
        hits = [self._asked[text] for text in texts if text in self._asked]
        hits += [range(at, at + 1) for numbers, at in self._ranges if letter.number in numbers]
        if hits:
            self._found.update(*hits)
            self.numbers.add(letter.number)
        if len(self._known) < 2000:  # enough to guess from
            self._known.update(dict.fromkeys(name for name in names if name))

    def check(self) -> None:
        """Raise UsageError if a name led to no letter."""
        for number, name in enumerate(self._names):
            if number not in self._found:
                guess = self._guess(name)
                raise UsageError(
                    messages.problem(
                        "LRT734", Place(""), name=name, guess=f"; {guess}" if guess else "."
                    )
                )

    def _guess(self, name: str) -> str:
        """Return who may have been meant: those that bear the name with something behind it."""
        folded = fold_name(name)
        same = [known for known in self._known if fold_name(known.partition(" (")[0]) == folded]
        quoted = " of ".join(f"'{known}'" for known in same)
        if same:
            return f"bedoelde u {quoted}?"
        return suggest(name, self._known)


class Extremes:
    """Finds the letters that differ most from the ordinary one, each for a reason of its own."""

    def __init__(self, number: int) -> None:
        self._wanted = number
        self._best: dict[str, list[tuple[int, int, str]]] = {reason: [] for reason in _REASONS}

    def __call__(self, letter: Letter) -> None:
        """Look at one letter of the run."""
        facts = _Facts(letter)
        for reason, measure in _REASONS.items():
            value = measure(facts)
            if value is not None:
                best = self._best[reason]
                best.append((value, -letter.number, letter.file))
                best.sort(reverse=True)
                del best[self._wanted :]

    @property
    def numbers(self) -> set[int]:
        """The numbers of the chosen letters."""
        return set(self._choose())

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The files of the chosen letters, each with the reason, the most telling first."""
        return list(self._choose().values())

    def _choose(self) -> dict[int, tuple[str, str]]:
        chosen: dict[int, tuple[str, str]] = {}
        for depth in range(self._wanted):
            for reason, best in self._best.items():
                if depth < len(best) and len(chosen) < self._wanted:
                    _, number, file = best[depth]
                    chosen.setdefault(-number, (file, reason))
        return chosen

    def check(self) -> None:
        """Raise nothing: a user who asks for the extremes cannot name one that is not there."""


class _Facts:
    """What is measured of one letter."""

    def __init__(self, letter: Letter) -> None:
        words = letter.words
        self.ontvanger = cast("Mapping[str, object]", words["ontvanger"])
        self.name = str(self.ontvanger.get("naam") or letter.key)
        lines = cast("Sequence[str]", self.ontvanger.get("adresregels") or ())
        self.address = sum(map(len, lines))
        self.lines = len(lines)
        self.widest = max(map(len, lines), default=0)
        flat: list[object] = [*words.values(), *self.ontvanger.values()]
        self.counts = cast("Mapping[str, int | None] | None", words.get("taakstelling"))
        if self.counts:
            flat += self.counts.values()
        self.filled = sum(value not in (None, "", []) for value in flat)

    def count(self, name: str) -> int | None:
        """Return one of the numbers of the letter, or None."""
        return self.counts.get(name) if self.counts else None


def _odd_letters(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    return sum(letter in "'’" or not letter.isascii() for letter in text)


def _minus(value: int | None) -> int | None:
    return None if value is None else -value


_REASONS: dict[str, Callable[[_Facts], int | None]] = {
    "langste naam": lambda facts: len(facts.name),
    "kortste naam": lambda facts: -len(facts.name),
    "hoogste aantal": lambda facts: facts.count("aantal"),
    "laagste aantal": lambda facts: _minus(facts.count("aantal")),
    "meeste bijzondere letters": lambda facts: _odd_letters(facts.name) or None,
    "langste adres": lambda facts: facts.address,
    "meest ingevuld": lambda facts: facts.filled,
    "minst ingevuld": lambda facts: -facts.filled,
    "breedste adresregel": lambda facts: facts.widest,
    "meeste adresregels": lambda facts: facts.lines,
    "grootste achterstand": lambda facts: facts.count("achterstand") or None,
    "grootste voorsprong": lambda facts: facts.count("voorsprong") or None,
    "kortste adres": lambda facts: -facts.address,
}


def choose(
    names: Collection[str] | None, proof: int | None, register: Register
) -> Named | Extremes | None:
    """Return who chooses the letters: by `names`, or the `proof` most extreme; None: all.

    A gemeente may be named as `register` knows it, whatever the list calls it.

    Raises UsageError for names that are none, which must never come to mean all.
    """
    if names is None:
        return Extremes(proof) if proof else None
    asked = [name for name in names if name.strip()]
    if not asked:
        raise UsageError(messages.problem("LRT735.geen", Place("")))
    if proof:
        raise UsageError(messages.problem("LRT735.beide", Place("")))
    return Named(asked, register)
