"""What two runs of letters differ in: which letters, and what a reader sees otherwise in them.

The manifests tell which letters belong together; what differs is read in the files themselves,
since somebody may have edited one. A letter is opened only where its file is another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lrtdocs import dutch
from lrtdocs.messages import text
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.manifest import MADE, read_made
from lrtdocs.run.letters.letter import explain_change
from lrtdocs.run.letters.reviewing.changes import (
    MOST_NAMED,
    Change,
    Told,
    find_changes,
    tell_changes,
)
from lrtdocs.word.facts import read_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.run.folder.manifest import Entry, Made


_SENTENCES = {
    "nieuw": "deel.brieven_nieuw",
    "weg": "deel.brieven_weg",
    "opmaak": "deel.brieven_opmaak",
    "mislukt": "deel.brieven_mislukt",
    "gelukt": "deel.brieven_gelukt",
    "hernoemd": "deel.brieven_hernoemd",
    "hernummerd": "deel.brieven_hernummerd",
    "bewerkt": "deel.brieven_bewerkt",
    "waren_bewerkt": "deel.brieven_waren_bewerkt",
    "kwijt": "deel.brieven_kwijt",
    "terecht": "deel.brieven_terecht",
    "eigenschap": "deel.brieven_eigenschap",
}


def compare_runs(old: Path, new: Path) -> list[Told]:
    """Return in sentences which letters in the folder `new` are others than in `old`, and how.

    Raises FileProblemError for a folder that no run was made in.
    """
    before, now = read_made(old), read_made(new)
    pairs, fresh, gone = _pair(_present(before), _present(now))
    comparison = _Comparison(before, now, Folder(old), Folder(new), len(pairs))
    for was, entry in pairs:
        comparison.see(was, entry)
    return [
        *_tell("nieuw", [entry.bestand for entry in fresh]),
        *_tell("weg", [entry.bestand for entry in gone]),
        *comparison.tell(),
    ]


def _present(made: Made) -> list[Entry]:
    """Return the letters to who is in the list, by their numbers."""
    entries = sorted(made.current.values(), key=lambda entry: entry.nummer)
    return [entry for entry in entries if entry.nummer not in made.gone]


_SAME: tuple[Callable[[Entry], object], ...] = (
    lambda one: (one.sleutel, one.aan.naam, one.aan.adres),
    lambda one: (one.sleutel, one.aan.naam, one.nummer),
    lambda one: (one.sleutel, one.aan.naam),
    lambda one: (one.sleutel, one.nummer),
    lambda one: one.sleutel,
)
"""By what letters belong together, the surest first: more people may have one name."""


def _pair(
    before: Sequence[Entry], now: Sequence[Entry]
) -> tuple[list[tuple[Entry, Entry]], list[Entry], list[Entry]]:
    """Return the letters for one recipient, those that are new, and those that are gone.

    Who bears another name and has the same number and address, is the same recipient.
    """
    left, fresh = {one.nummer: one for one in before}, {one.nummer: one for one in now}
    pairs: list[tuple[Entry, Entry]] = []

    def match(was: Entry, entry: Entry) -> None:
        pairs.append((was, entry))
        del left[was.nummer], fresh[entry.nummer]

    for key in _SAME:
        there: dict[object, list[Entry]] = {}
        for one in left.values():
            there.setdefault(key(one), []).append(one)
        found = {same: iter(some) for same, some in there.items()}
        for entry in list(fresh.values()):
            if was := next(found.get(key(entry), iter(())), None):
                match(was, entry)
    for number in left.keys() & fresh.keys():
        if _is_renamed(left[number], fresh[number]):
            match(left[number], fresh[number])
    pairs.sort(key=lambda pair: pair[1].nummer)
    return pairs, list(fresh.values()), list(left.values())


def _is_renamed(was: Entry, entry: Entry) -> bool:
    lines, others = was.aan.adres[1:], entry.aan.adres[1:]  # the first one has the name
    return bool(lines) and lines == others


@dataclass
class _Comparison:
    """Pairs of letters that were looked at, by what is other in them."""

    before: Made
    now: Made
    old: Folder
    new: Folder
    total: int
    texts: dict[str, Sequence[Change]] = field(default_factory=dict)
    looks: dict[str, list[str]] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)
    """By what it is, in `_SENTENCES`."""

    def see(self, was: Entry, entry: Entry) -> None:
        """Compare two letters for one recipient."""
        name = entry.bestand
        if (was.status == MADE) != (entry.status == MADE):
            self._add("mislukt" if was.status == MADE else "gelukt", name)
            return
        if was.bestand != name:
            shown = text("deel.brief_heet_nu", before=was.bestand, now=name)
            self._add("hernoemd", shown)
        if was.nummer != entry.nummer:
            shown = text("deel.brief_nummer", file=name, before=was.nummer, now=entry.nummer)
            self._add("hernummerd", shown)
        first, second = self.old.digest(was.bestand), self.new.digest(name)
        if second not in ("", entry.docx):
            self._add("bewerkt", name)
        if first not in ("", was.docx):
            self._add("waren_bewerkt", was.bestand)
        if not (first and second):
            self._add("kwijt" if first else "terecht", name if first or second else "")
        elif first != second:
            self._read(was, entry)

    def _add(self, what: str, shown: str) -> None:
        if shown:
            self.others.setdefault(what, []).append(shown)

    def _read(self, was: Entry, entry: Entry) -> None:
        first = read_facts((self.old.path / was.bestand).read_bytes())
        second = read_facts((self.new.path / entry.bestand).read_bytes())
        if changes := find_changes(first, second):
            self.texts[entry.bestand] = changes
            return
        if first.properties != second.properties:
            self._add("eigenschap", entry.bestand)
            return
        shared = explain_change(
            self.before.bases.get(was.sjabloon, {}), self.now.bases.get(entry.sjabloon, {})
        )
        own = explain_change(was.woorden, entry.woorden)
        words = [*(shared if was.sjabloon != entry.sjabloon else ()), *own]
        self.looks.setdefault(dutch.join_words(words), []).append(entry.bestand)

    def tell(self) -> Iterator[Told]:
        """Yield what differs: the text first, and apart from it what only looks otherwise."""
        yield from tell_changes(self.texts, self.total)
        for words, files in self.looks.items():
            reason = f" ({text('deel.anders', words=words)})" if words else ""
            yield from _tell("opmaak", files, reason=reason)
        for what, shown in self.others.items():
            yield from _tell(what, shown)


def _tell(what: str, files: Sequence[str], **more: str) -> Iterator[Told]:
    if files:
        names = tuple(sorted(files))
        shown = dutch.join_some(names, MOST_NAMED)
        data: dict[str, Any] = {"wat": what}
        yield Told(text(_SENTENCES[what], n=len(names), files=shown, **more), names, data)
