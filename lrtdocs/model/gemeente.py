"""The gemeenten and their inhabitants: the register, and what a newer list changes in it.

The facts are those of the CBS: a gemeente has a code that never changes, a name as the CBS writes
it, and a number of inhabitants on each reference date. The sum over all gemeenten is the national
number, which is what every register is checked against.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.model.namen import SHORT, fold_letters, fold_name, split_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

_LIKE = 0.6
"""So much of the longer of two names the shorter is at least, if they are nearly the same."""
CODE = re.compile(r"GM\d{4}")
NATIONAL = "NL01"
_ARTICLE = re.compile(r"['\u2019][st][- ]", re.IGNORECASE)
OTHER_NAMES = {"denhaag": "GM0518", "denbosch": "GM0796", "nuenenca": "GM0820"}
"""Folded names in daily use for a gemeente that is officially called otherwise."""


@dataclass(frozen=True, slots=True)
class Gemeente:
    """One gemeente: `naam` as it is addressed, `naam_cbs` as the CBS writes it.

    `inwoners` gives the inhabitants by reference date; a gemeente that did not exist on a date has
    none for it.
    """

    code: str
    naam: str
    naam_cbs: str
    provincie: str
    inwoners: Mapping[dt.date, int]

    def __str__(self) -> str:
        return self.naam


@dataclass(frozen=True, slots=True)
class Opgeheven:
    """A gemeente that is no more since `datum`: what became of it, and the codes of what it is now.

    `wat` is "opgegaan", "verdeeld" or "andere naam".
    """

    datum: dt.date
    code: str
    naam: str
    wat: str
    nu: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """All gemeenten in the order of their codes, and the national number by reference date.

    `opgeheven` are those that people may still write to.
    """

    gemeenten: tuple[Gemeente, ...]
    nationaal: Mapping[dt.date, int]
    opgeheven: tuple[Opgeheven, ...] = ()
    _by_code: dict[str, Gemeente] = field(init=False, repr=False, compare=False)
    _by_name: dict[str, Gemeente | None] = field(init=False, repr=False, compare=False)
    _by_pair: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {gemeente.code: gemeente for gemeente in self.gemeenten}
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_name", _index_names(by_code))
        object.__setattr__(self, "_by_pair", {})

    @property
    def peildata(self) -> tuple[dt.date, ...]:
        """The reference dates for which there is a national number, oldest first."""
        return tuple(sorted(self.nationaal))

    def find(self, code: str) -> Gemeente | None:
        """Return the gemeente with `code` ("GM0373", in any capitals), or None."""
        return self._by_code.get(code.strip().upper())

    def find_name(self, text: str) -> Gemeente | None:
        """Return the gemeente called `text`, or None if there is none, or more than one.

        Case, accents, spaces and points do not count: "Sudwest Fryslan" is Súdwest-Fryslân. The
        code may stand with the name.
        """
        found = self._by_name.get(fold_name(text))
        if found is not None or not any(map(str.isdigit, text)):
            return found
        code, rest = split_code(text)
        found = self._by_code.get(code)
        return found if found and (not rest or self.is_name_of(rest, found)) else None

    def guess(self, text: str) -> list[Gemeente]:
        """Return the gemeenten whose name is almost `text`, two at most."""
        for gemeente in self.gemeenten if not self._by_pair else ():
            for pair in _pairs(name := fold_letters(gemeente.naam)):
                self._by_pair.setdefault(pair, []).append(name)
        folded = fold_name(text)
        names = Counter(name for pair in _pairs(folded) for name in self._by_pair.get(pair, ()))
        near = [  # what is nearly the same is about as long, and has pairs of letters of it
            name
            for name, number in names.items()
            if 3 * number >= min(len(name), len(folded)) - 1
            and _LIKE * len(folded) <= len(name) <= len(folded) / _LIKE
        ]
        close = map(self._by_name.get, get_close_matches(folded, near, 2, 0.75))
        return [gemeente for gemeente in close if gemeente]

    def is_name_of(self, text: str, gemeente: Gemeente) -> bool:
        """Tell whether `text` is a name of `gemeente`, be it one that others bear as well."""
        names = gemeente.naam, gemeente.naam_cbs
        folded = {fold_letters(part) for name in names for part in (name, name.partition(" (")[0])}
        return fold_name(text) in folded or self.find_name(text) == gemeente

    def find_opgeheven(self, text: str) -> Opgeheven | None:
        """Return the gemeente of the past with the code or the name `text`; None if it still is.

        What it is now must be in the register: else it is not that of today.
        """
        if self.find(text) or self.find_name(text):
            return None
        code, rest = split_code(text)
        folded = fold_name(rest)
        for gone in self.opgeheven:
            same = folded == fold_letters(gone.naam)
            sure = same or not rest or "GM" in text.upper()  # 1651 may be part of a name
            if (code == gone.code and sure) or (not code and same):
                return gone if all(map(self.find, gone.nu)) else None
        return None

    def name_now(self, gone: Opgeheven) -> str:
        """Return the gemeenten that `gone` is now, by name and code."""
        return dutch.join_words([f"{self._by_code[code]} ({code})" for code in gone.nu])

    def on(self, peildatum: dt.date) -> tuple[Gemeente, ...]:
        """Return the gemeenten that existed on `peildatum`, in the order of their codes."""
        return tuple(g for g in self.gemeenten if peildatum in g.inwoners)

    def at(self, peildatum: dt.date) -> Register:
        """Return the register with only the gemeenten that existed on `peildatum`."""
        existing = self.on(peildatum)
        return self if len(existing) == len(self.gemeenten) else replace(self, gemeenten=existing)


def name_some(gemeenten: Sequence[Gemeente], most: int = 20) -> str:
    """Return `gemeenten` by name and code for a message; of more than `most`, how many more."""
    return dutch.join_some([f"{gemeente} ({gemeente.code})" for gemeente in gemeenten], most)


def count_gemeenten(number: int) -> str:
    """Return `number` of gemeenten in words: "1 gemeente", "342 gemeenten"."""
    return "1 gemeente" if number == 1 else f"{number} gemeenten"


def alphabetical_key(naam: str) -> str:
    """Return what `naam` is sorted by in a list for people: word by word, accents not counted.

    's-Gravenhage stands with the G, as in a Dutch index; De Bilt with the D.
    """
    text = unicodedata.normalize("NFKD", _ARTICLE.sub("", naam.strip(), count=1)).casefold()
    letters = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters))


def _pairs(name: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(name)))


def _index_names(by_code: Mapping[str, Gemeente]) -> dict[str, Gemeente | None]:
    """Return every name that leads to one gemeente; None for a name that two of them share."""
    names: dict[str, Gemeente | None] = {
        name: by_code[code] for name, code in OTHER_NAMES.items() if code in by_code
    }
    for gemeente in by_code.values():
        for name in {fold_letters(gemeente.naam), fold_name(gemeente.naam_cbs)}:
            names[name] = None if names.get(name, gemeente) != gemeente else gemeente
    for name, found in tuple(names.items()):
        for short in SHORT.get(found.provincie, "").split() if found else ():
            names.setdefault(name + short, found)
    return names


# --- what a newer list changes


class Soort(StrEnum):
    """What a newer register can change, in the order in which it is told."""

    ERBIJ = "erbij"
    WEG = "weg"
    NAAM = "naam"
    PROVINCIE = "provincie"
    INWONERS = "inwoners"


@dataclass(frozen=True, slots=True)
class Verschil:
    """One difference: `oud` and `nieuw` as a person reads them, "" where there is nothing."""

    soort: Soort
    code: str
    naam: str
    oud: str
    nieuw: str


def compare_registers(old: Register, new: Register) -> list[Verschil]:
    """Return what `new` changes in `old`: added, gone, renamed, moved, other inhabitants.

    Inhabitants are compared on every date that both know, and else on the last date of each.
    """
    found: list[Verschil] = []
    for gemeente in new.gemeenten:
        before = old.find(gemeente.code)
        if before is not None:
            found += _changes(before, gemeente)
        else:
            found.append(Verschil(Soort.ERBIJ, gemeente.code, gemeente.naam, "", _last(gemeente)))
    found += [
        Verschil(Soort.WEG, gemeente.code, gemeente.naam, _last(gemeente), _now(gemeente.code, new))
        for gemeente in old.gemeenten
        if new.find(gemeente.code) is None
    ]
    order = list(Soort)
    return sorted(found, key=lambda verschil: (order.index(verschil.soort), verschil.code))


def _now(code: str, register: Register) -> str:
    """Return what the gemeente that had `code` is now, or "" if that is not known."""
    gone = register.find_opgeheven(code)
    return f"nu {register.name_now(gone)}" if gone else ""


def _changes(old: Gemeente, new: Gemeente) -> Iterator[Verschil]:
    if new.naam_cbs not in {old.naam_cbs, old.naam}:
        yield Verschil(Soort.NAAM, new.code, old.naam, old.naam_cbs, new.naam_cbs)
    if new.provincie and new.provincie != old.provincie:
        yield Verschil(Soort.PROVINCIE, new.code, old.naam, old.provincie, new.provincie)
    shared = sorted(old.inwoners.keys() & new.inwoners.keys())
    pairs = [(date, date) for date in shared]
    if new.inwoners and old.inwoners and max(new.inwoners) not in old.inwoners:
        pairs.append((max(old.inwoners), max(new.inwoners)))
    for before, after in pairs:
        if before != after or old.inwoners[before] != new.inwoners[after]:
            told = _told(old, before), _told(new, after)
            yield Verschil(Soort.INWONERS, new.code, old.naam, *told)


def _told(gemeente: Gemeente, date: dt.date) -> str:
    """Return the inhabitants on `date`, and the date: "29.932 (1-1-2024)"."""
    return f"{dutch.format_number(gemeente.inwoners[date])} ({dutch.format_date_short(date)})"


def _last(gemeente: Gemeente) -> str:
    return _told(gemeente, max(gemeente.inwoners)) if gemeente.inwoners else ""


def merge_registers(old: Register, new: Register) -> Register:
    """Return `old` with the dates and gemeenten of `new` added; what both know is taken from `new`.

    A gemeente that is gone keeps its old numbers, so that older dates still add up. A name by which
    a gemeente is addressed stays as it was, as long as the CBS did not change its own.
    """
    codes = sorted({g.code for g in (*old.gemeenten, *new.gemeenten)})
    gemeenten = tuple(
        _merge(gemeente, new.find(code) or gemeente)
        for code in codes
        if (gemeente := old.find(code) or new.find(code)) is not None
    )
    return Register(gemeenten, {**old.nationaal, **new.nationaal}, old.opgeheven)


def _merge(old: Gemeente, new: Gemeente) -> Gemeente:
    same = new.naam_cbs in {old.naam_cbs, old.naam}
    return Gemeente(
        new.code,
        old.naam if same else new.naam,
        old.naam_cbs if same else new.naam_cbs,
        new.provincie or old.provincie,
        {**old.inwoners, **new.inwoners},
    )
