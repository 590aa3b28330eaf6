"""The return check: a file that was published, held against the one that was given.

A platform may make another file of it: take away what it says about itself, or print it anew. Who
sees it, sees nothing of that; who has it read aloud, does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, Place, UsageError, shorten
from lrtdocs.model.openbaar.condition import ARCHIVE, UA
from lrtdocs.model.openbaar.seeking import fold
from lrtdocs.source.files import read_bytes, show_path
from lrtdocs.word.reading.condition import read_condition as read_docx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.openbaar.condition import Condition
    from lrtdocs.run.documents.report import Outcome

MAX_FILE = 500_000_000
_WINDOW = 3  # words that must stand together
_MOSTLY = 0.5
_NEARLY = 0.9
_QUOTED = 60
SUFFIXES = {".pdf", ".docx"}
"""The files that can be held against each other."""


def compare_returned(back: Path, given: Path, outcome: Outcome) -> None:
    """Tell in `outcome` what the file `back` lost of the file that was `given`."""
    for path in (back, given):
        if path.suffix.lower() not in SUFFIXES:
            raise UsageError(messages.problem("LRT839.soort", Place(show_path(path))))
    first, second = (read_bytes(path, MAX_FILE) for path in (given, back))
    if first == second:
        outcome.remarks.append(messages.text("deel.terug_gelijk"))
        return
    ours, theirs = _read(given, first), _read(back, second)
    suffixes = (given.suffix.lower(), back.suffix.lower())
    check = _Check(ours, theirs, Place(show_path(back)), suffixes)
    found = list(check.problems())
    outcome.add_problems(found)
    outcome.remarks.append(messages.text("deel.terug_bekeken", number=len(ours.paragraphs)))
    if not found:
        outcome.remarks.append(messages.text("deel.terug_goed"))


def _read(path: Path, data: bytes) -> Condition:
    try:
        if path.suffix.lower() == ".docx":
            return read_docx(data)
        from lrtdocs.pdf.carried.condition import read_condition  # only who has a PDF loads it

        return read_condition(data)
    except ValueError as error:
        raise FileProblemError(messages.problem("LRT839.kapot", Place(show_path(path)))) from error


class _Check:
    """What the condition `theirs` lacks of `ours`."""

    def __init__(
        self, ours: Condition, theirs: Condition, place: Place, suffixes: tuple[str, str]
    ) -> None:
        self._ours, self._theirs, self._place = ours, theirs, place
        self._made = suffixes == (".docx", ".pdf")
        self._pdf = suffixes[1] == ".pdf"
        text = fold(" ".join(theirs.paragraphs))
        self._missing = [each for each in ours.paragraphs if _is_missing(each, text)]
        self._lost = self._find_lost()

    def _find_lost(self) -> list[str]:
        """Return the keys of what is gone, text apart."""
        ours, theirs = self._ours, self._theirs
        claims = frozenset({UA, ARCHIVE}) if self._made else ours.claims
        gone = {
            "LRT838.titel_weg": ours.title and not theirs.title,
            "LRT838.taal": ours.language and not theirs.language,
            "LRT838.ua": UA in claims - theirs.claims,
            "LRT838.archief": ARCHIVE in claims - theirs.claims,
            "LRT838.tags": self._pdf and theirs.tags == 0 and (ours.tags or self._made),
            "LRT838.koppen": not self._pdf and theirs.tags < ours.tags,
            "LRT838.bladwijzers": theirs.bookmarks == 0 and self._should_lead,
        }
        return [key for key, lost in gone.items() if lost]

    @property
    def _should_lead(self) -> bool:
        """Whether there should be bookmarks: a PDF has them where its document has headings."""
        return bool(self._ours.tags if self._made else self._ours.bookmarks) and self._pdf

    def problems(self) -> Iterator[Problem]:
        """Yield what became of the file, if that is known, and what else is lost."""
        told = _KNOWN.get(self._happened(), frozenset())
        named = [_NAMES[key] for key in self._lost if key in told]
        if named:
            told_of = {"lost": dutch.join_words(named)}
            if self._happened() != "LRT837.gewist":
                told_of["program"] = self._theirs.producer or "een ander programma"
            yield messages.problem(self._happened(), self._place, None, **told_of)
        for key in self._lost:
            if key not in told:
                yield messages.problem(key, self._place)
        yield from self._other_words()

    def _happened(self) -> str:
        """Return the key of what was done to the file, or "" when that is not known."""
        ours, theirs = self._ours, self._theirs
        if "LRT838.tags" in self._lost:
            if not theirs.paragraphs:
                return "LRT837.plaatje"
            mostly = len(self._missing) <= _MOSTLY * len(ours.paragraphs)
            return "LRT837.geprint" if mostly else ""
        stripped = (ours.told or self._made) and not theirs.told and not theirs.claims
        return "LRT837.gewist" if stripped and theirs.tags and self._pdf else ""

    def _other_words(self) -> Iterator[Problem]:
        ours, theirs = self._ours, self._theirs
        for key, was, now in (
            ("LRT838.titel_anders", ours.title, theirs.title),
            ("LRT838.taal_anders", ours.language, theirs.language),
        ):
            if was and now and was.casefold() != now.casefold():
                yield messages.problem(key, self._place, None, was=was, now=now)
        if 0 < theirs.tags < _NEARLY * ours.tags and self._pdf and not self._made:
            told = {"was": ours.tags, "now": theirs.tags}
            yield messages.problem("LRT838.tags_minder", self._place, None, **told)
        if self._missing and self._happened() != "LRT837.plaatje":
            yield messages.problem("LRT838.tekst", self._place, None, **_quote(self._missing))
        known = fold(" ".join([*ours.paragraphs, *ours.around]))
        more = [] if self._made else [one for one in theirs.paragraphs if _is_missing(one, known)]
        if more:
            yield messages.problem("LRT838.erbij", self._place, None, **_quote(more))


_NAMES = {
    "LRT838.titel_weg": "de titel",
    "LRT838.taal": "de taal",
    "LRT838.ua": "het kenmerk PDF/UA",
    "LRT838.archief": "het kenmerk PDF/A",
    "LRT838.tags": "de tags",
    "LRT838.bladwijzers": "de bladwijzers",
}
_KNOWN = {
    "LRT837.gewist": frozenset({"LRT838.titel_weg", "LRT838.ua", "LRT838.archief"}),
    "LRT837.geprint": frozenset(_NAMES),
    "LRT837.plaatje": frozenset(_NAMES),
}
"""What is lost when a file is treated so: it is told in one go."""


def _quote(paragraphs: Sequence[str]) -> dict[str, object]:
    """Return how many `paragraphs` there are, and how the first begins."""
    first = shorten(" ".join(paragraphs[0].split()), _QUOTED)
    return {"number": len(paragraphs), "first": first}


def _is_missing(paragraph: str, text: str) -> bool:
    """Tell whether the folded `text` has not `paragraph`, nor most of it a few words at a time."""
    folded = fold(paragraph)
    if not folded or folded in text:
        return False
    words = paragraph.split()
    pieces = [
        fold(" ".join(words[at : at + _WINDOW])) for at in range(max(len(words) - _WINDOW + 1, 1))
    ]
    return sum(piece in text for piece in pieces) <= _MOSTLY * len(pieces)
