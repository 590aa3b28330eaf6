"""What two runs of letters differ in: which letters, and what in them, by what their folders tell.

The letters themselves are not read: the manifest has a digest of each, and of each word in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.messages import text
from lrtdocs.run.folder.manifest import MADE, read_made
from lrtdocs.run.letters.letter import explain_change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lrtdocs.run.folder.manifest import Entry, Made

MOST_NAMED = 20


class Group(NamedTuple):
    """Letters that differ in one way, and that in a sentence."""

    sentence: str
    files: tuple[str, ...]


def compare_runs(old: Path, new: Path) -> list[Group]:
    """Return which letters in the folder `new` are others than in `old`, by what differs.

    Raises FileProblemError for a folder that no run was made in.
    """
    before, now = read_made(old), read_made(new)
    groups: dict[str, list[str]] = {}
    for key, entry in now.letters.items():
        if key not in before.letters:
            groups.setdefault("+", []).append(entry.bestand)
        elif reason := _find_reason(before.letters[key], entry, before, now):
            groups.setdefault(reason, []).append(entry.bestand)
    gone = [entry.bestand for key, entry in before.letters.items() if key not in now.letters]
    told = [_tell(reason, files) for reason, files in groups.items()]
    return [*told, *([_tell("-", gone)] if gone else [])]


def _find_reason(was: Entry, entry: Entry, before: Made, now: Made) -> str:
    """Return what differs between two letters for one recipient, "" if nothing does."""
    if (was.status == MADE) != (entry.status == MADE):
        return text("deel.brief_mislukt" if was.status == MADE else "deel.brief_gelukt")
    if (was.bewerkt or was.docx) == (entry.bewerkt or entry.docx):
        return ""
    if was.docx == entry.docx:
        return text("deel.brief_bewerkt")
    shared = explain_change(before.bases.get(was.sjabloon, {}), now.bases.get(entry.sjabloon, {}))
    own = explain_change(was.woorden, entry.woorden)
    words = dutch.join_words([*(shared if was.sjabloon != entry.sjabloon else ()), *own])
    return text("deel.anders", words=words or text("deel.brief_inhoud"))


def _tell(reason: str, files: Iterable[str]) -> Group:
    names = tuple(sorted(files))
    keys = {"+": "deel.brieven_nieuw", "-": "deel.brieven_weg"}
    shown = dutch.join_some(names, MOST_NAMED)
    said = text(keys.get(reason, "deel.brieven_anders"), n=len(names), files=shown, reason=reason)
    return Group(said, names)
