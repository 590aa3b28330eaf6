"""Choosing some letters of a run: the ones that were named, or the most extreme ones as a proof."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, cast

from lrtdocs import messages
from lrtdocs.errors import Place, UsageError, suggest
from lrtdocs.model.namen import fold_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from lrtdocs.model.gemeente import Register
    from lrtdocs.run.letters.letter import Letter

Chosen = dict[int, tuple[str, str]]
"""By the number of a letter: its file, and the reason that it was chosen for, if that tells."""

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
        self._last = 0
        self._known: dict[str, None] = {}
        self._chosen: Chosen = {}
        self._register = register
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
        self._last = max(self._last, letter.number)
        ontvanger = cast("Mapping[str, object]", letter.words["ontvanger"])
        names = [letter.key, *(str(ontvanger.get(name) or "") for name in ("code", "naam"))]
        texts = {fold_name(name) for name in (*names, letter.file[:-5]) if name}
        hits = [self._asked[text] for text in texts if text in self._asked]
        hits += [range(at, at + 1) for numbers, at in self._ranges if letter.number in numbers]
        if hits:
            self._found.update(*hits)
            self._chosen[letter.number] = letter.file, ""  # nobody asks why a named one is there
        if len(self._known) < 2000:  # enough to guess from
            self._known.update(dict.fromkeys(name for name in names if name))

    def choose(self) -> Chosen:
        """Return the letters that were named; raise UsageError if a name led to none."""
        for number, name in enumerate(self._names):
            if number not in self._found:
                guess = self._guess(name)
                told = {"name": name, "guess": f"; {guess}" if guess else "."}
                raise UsageError(messages.problem("LRT734.onbekend", Place(""), None, **told))
        for numbers, number in self._ranges:
            if numbers[-1] > self._last:
                ends = {"name": self._names[number], "first": numbers[0], "last": self._last}
                raise UsageError(messages.problem("LRT734.bereik", Place(""), None, **ends))
        return self._chosen

    def _guess(self, name: str) -> str:
        """Return who may have been meant: those that bear the name with something behind it."""
        gone = self._register.find_opgeheven(name)
        if gone is not None:
            return f"dat is nu {self._register.name_now(gone)}."
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
        self._best: dict[str, list[tuple[int, int, str]]] = {}

    def __call__(self, letter: Letter) -> None:
        """Look at one letter of the run."""
        for reason, value in _measure(letter).items():
            best = self._best.setdefault(reason, [])
            if value is not None:
                best.append((value, -letter.number, letter.file))
                best.sort(reverse=True)
                del best[self._wanted :]

    def choose(self) -> Chosen:
        """Return the chosen letters, the most telling first."""
        chosen: Chosen = {}
        for depth in range(self._wanted):
            for reason, best in self._best.items():
                if depth < len(best) and len(chosen) < self._wanted:
                    _, number, file = best[depth]
                    chosen.setdefault(-number, (file, reason))
        return chosen


def _measure(letter: Letter) -> dict[str, int | None]:
    """Return how much `letter` differs from the ordinary one, by reason; None: not at all."""
    ontvanger = cast("Mapping[str, object]", letter.words["ontvanger"])
    counts = cast("Mapping[str, int | None]", letter.words.get("taakstelling") or {})
    name = unicodedata.normalize("NFC", str(ontvanger.get("naam") or letter.key))
    lines = [len(line) for line in cast("Sequence[str]", ontvanger.get("adresregels") or ())]
    flat = [*letter.words.values(), *ontvanger.values(), *counts.values()]
    filled = sum(value not in (None, "", []) for value in flat)
    number = counts.get("aantal")
    rows = cast("int | None", letter.words.get("aantal_rijen"))
    return {
        "meeste rijen": rows or None,
        "geen rijen": 1 if rows == 0 else None,
        "langste naam": len(name),
        "kortste naam": -len(name),
        "hoogste aantal": number,
        "laagste aantal": None if number is None else -number,
        "meeste bijzondere letters": sum(c in "'’" or not c.isascii() for c in name) or None,
        "langste adres": sum(lines),
        "meest ingevuld": filled,
        "minst ingevuld": -filled,
        "breedste adresregel": max(lines, default=0),
        "meeste adresregels": len(lines),
        "grootste achterstand": counts.get("achterstand") or None,
        "grootste voorsprong": counts.get("voorsprong") or None,
        "kortste adres": -sum(lines),
    }


def choose(
    names: Collection[str] | None, proof: int | str | None, register: Register
) -> Named | None:
    """Return who chooses the letters by `names`; None: all of them, or a `proof`.

    A gemeente may be named as `register` knows it, whatever the list calls it.

    Raises UsageError for names that are none, which must never come to mean all.
    """
    if names is None:
        return None
    asked = [name for name in names if name.strip()]
    if not asked:
        raise UsageError(messages.problem("LRT735.geen", Place("")))
    if proof:
        raise UsageError(messages.problem("LRT735.beide", Place("")))
    return Named(asked, register)
