"""Choosing some letters of a run: the ones that were named, or the most extreme ones as a proof."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, cast

from lrtdocs.errors import ExitCode, LrtdocsError, suggest
from lrtdocs.model.gemeente import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from lrtdocs.run.letters import Letter

Measure = tuple[int, ...]


class UnknownLetterError(LrtdocsError):
    """No recipient answers to `name`; `guess` is a nearer one, or ""."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str, guess: str) -> None:
        super().__init__(name, guess)
        self.name, self.guess = name, guess

    def __str__(self) -> str:
        told = f"; {self.guess}" if self.guess else "."
        return (
            f"Er is geen ontvanger '{self.name}'{told}\n"
            "    doe dit: noem achter --alleen een code, een naam of een volgnummer, met een komma "
            "tussen meer dan een"
        )


class NothingNamedError(LrtdocsError):
    """Letters were to be chosen, and no name was given, or a number of letters as well."""

    exit_code = ExitCode.USAGE

    def __init__(self, both: bool) -> None:
        super().__init__(both)
        self.both = both

    def __str__(self) -> str:
        if self.both:
            return (
                "--alleen en --proef gaan niet samen.\n"
                "    doe dit: kies zelf de brieven met --alleen, of laat lrtdocs kiezen met --proef"
            )
        return (
            "Achter --alleen staat geen ontvanger.\n"
            "    doe dit: noem een code, een naam of een volgnummer; laat --alleen weg voor alle "
            "brieven"
        )


class Named:
    """Finds the letters that the user named: by code, by name or by number."""

    def __init__(self, names: Sequence[str]) -> None:
        self._asked = {fold_name(name) or name.strip(): name.strip() for name in names}
        self._found: set[str] = set()
        self._known: dict[str, None] = {}
        self.numbers: dict[int, str] = {}

    def __call__(self, letter: Letter) -> None:
        """Look at one letter of the run."""
        ontvanger = cast("Mapping[str, object]", letter.words["ontvanger"])
        names = [letter.key, *(str(ontvanger.get(name) or "") for name in ("code", "naam"))]
        hits = {fold_name(name) for name in names} | {str(letter.number), letter.file[:-5]}
        hits = {hit for hit in hits if hit in self._asked}
        if hits:
            self._found |= hits
            self.numbers[letter.number] = ""
        if len(self._known) < 2000:  # enough to guess from
            self._known.update(dict.fromkeys(name for name in names if name))

    def check(self) -> None:
        """Raise UnknownLetterError if a name led to no letter."""
        for folded, name in self._asked.items():
            if folded not in self._found:
                raise UnknownLetterError(name, suggest(name, self._known))


class Extremes:
    """Finds the letters that differ most from the ordinary one, each for a reason of its own."""

    def __init__(self, number: int) -> None:
        self._wanted = number
        self._best: dict[str, list[tuple[Measure, int]]] = {reason: [] for reason in _REASONS}

    def __call__(self, letter: Letter) -> None:
        """Look at one letter of the run."""
        facts = _Facts(letter)
        for reason, measure in _REASONS.items():
            value = measure(facts)
            if value is not None:
                best = self._best[reason]
                best.append(((value,), -letter.number))
                best.sort(reverse=True)
                del best[self._wanted :]

    @property
    def numbers(self) -> dict[int, str]:
        """Return the chosen letters by number, each with the reason, the most telling first."""
        chosen: dict[int, str] = {}
        depth = 0
        while len(chosen) < self._wanted and depth < self._wanted:
            for reason, best in self._best.items():
                if depth < len(best) and len(chosen) < self._wanted:
                    chosen.setdefault(-best[depth][1], reason)
            depth += 1
        return chosen

    def check(self) -> None:
        """There is nothing that the user could have got wrong."""


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


def choose(names: Collection[str] | None, proof: int | None) -> Named | Extremes | None:
    """Return who chooses the letters: by `names`, or the `proof` most extreme; None: all.

    Raises NothingNamedError for names that are none, which must never come to mean all.
    """
    if names is None:
        return Extremes(proof) if proof else None
    asked = [name for name in names if name.strip()]
    if not asked or proof:
        raise NothingNamedError(bool(asked))
    return Named(asked)
