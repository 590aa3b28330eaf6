"""What went out of a meeting: the folder `verzonden` beside its file, and what is kept there.

    verzonden/2025-06-18-lrt/v1/2025-06-18-lrt.yaml
                                2025-06-18-lrt-agenda.docx
                                2025-06-18-lrt-agenda.pdf
                                verzonden.json

A sending is whole or not there, and is never written again. Its folder counts sendings; a paper has
a version of its own, because the first minutes go out after the second agenda.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs.documents.meetings import Wijziging
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.messages import problem
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.folder.names import split_version
from lrtdocs.run.load.model import load_model
from lrtdocs.run.meetings.comparing import Change
from lrtdocs.source.files import is_dir, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.run.meetings.comparing import Difference

FOLDER, RECORD = "verzonden", "verzonden.json"
FORMAT = 1
_VERSION = re.compile(r"v([1-9]\d*)")


class Paper(NamedTuple):
    """A paper that went out: its `soort` ("agenda", "verslag-concept"), and which version of that.

    `van` is the day that it bears, `bestanden` are its files, each with its SHA-256.
    """

    soort: str
    versie: int
    van: date | None
    bestanden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of the papers of a meeting, kept in `folder`: the `nummer`th, on day `datum`.

    `bestand` is the file of the meeting as it was then. `bijlagen` are the SHA-256 of the files of
    annexes, by what the meeting calls them, and `beelden` those of the pictures in its texts.
    """

    folder: Path
    nummer: int
    datum: date
    bestand: str
    stukken: Sequence[Paper]
    bijlagen: Mapping[str, str]
    beelden: Mapping[str, str]

    @property
    def source(self) -> Path:
        """The path of the meeting's file as it went out."""
        return self.folder / self.bestand

    def digests(self) -> set[str]:
        """Return the SHA-256 of every file of its papers."""
        return {digest for paper in self.stukken for digest in paper.bestanden.values()}

    def find(self, soort: str) -> Paper | None:
        """Return the paper of that kind that went out with it, or None."""
        return next((paper for paper in self.stukken if paper.soort == soort), None)

    def load(self) -> ModelFile[Vergadering]:
        """Return the meeting as it was then; raise FileProblemError if it cannot be read now."""
        file = load_model(self.source, Vergadering, [])
        if file is None:
            raise FileProblemError(problem("LRT084", Place(str(self.source))))
        return file


def sent_folder(path: Path) -> Path:
    """Return the folder with what went out of the meeting at `path`."""
    return path.parent / FOLDER / path.stem


def find_sendings(path: Path) -> list[Sending]:
    """Return what went out of the meeting at `path`, the first one first; [] if nothing did.

    Raises FileProblemError for a record that cannot be read.
    """
    folder = sent_folder(path)
    if not is_dir(folder):
        return []
    found = ((_VERSION.fullmatch(each.name), each) for each in folder.iterdir())
    numbered = sorted((int(match[1]), each) for match, each in found if match)
    return [read_sending(each) for _, each in numbered]


def last_sent(path: Path, soort: str = "") -> Sending | None:
    """Return the last sending of the meeting at `path`, None if nothing went out.

    With a `soort`, such as "agenda", it is the last one that such a paper went out with.
    """
    sendings = reversed(find_sendings(path))
    return next((one for one in sendings if not soort or one.find(soort)), None)


def read_sending(folder: Path) -> Sending:
    """Return the sending that is kept in `folder`; raise FileProblemError if it cannot be read."""
    record = folder / RECORD
    try:
        data: dict[str, Any] = json.loads(read_bytes(record))
        papers = [
            Paper(one["soort"], one["versie"], _read_day(one.get("van")), one["bestanden"])
            for one in data["stukken"]
        ]
        annexes = {one["bestand"]: one["sha256"] for one in data["bijlagen"] if "sha256" in one}
        day = date.fromisoformat(data["datum"])
        pictures = dict(data.get("beelden", {}))
        return Sending(folder, data["nummer"], day, data["bestand"], papers, annexes, pictures)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileProblemError(problem("LRT084", Place(str(record)))) from error


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# --- versions

_LATE = ".nazending"


@dataclass(frozen=True, slots=True)
class Version:
    """The version that a paper is: which one, and what is other than `since` the one before it.

    `sent` are the digests of all that went out. `day` is the one that it bears, if it went out.
    Who took away what went out before it is not told what changed, but that something did.
    """

    number: int = 1
    since: Sending | None = None
    differences: Sequence[Difference] = ()
    sent: frozenset[str] = frozenset()
    day: date | None = None

    def change(self, day: date) -> Wijziging | None:
        """Return what a paper tells of its version; `day` if it did not go out. None of a first."""
        if self.number == 1:
            return None
        new = {one.item for one in self.differences if one.change is Change.NEW and is_item(one)}
        changed = {one.item for one in self.differences if _is_mark(one)}
        day = self.day or day
        return Wijziging(self.number, day, {*filter(None, changed - new)}, {*filter(None, new)})


def is_item(difference: Difference) -> bool:
    """Tell whether a difference is about an item as a whole."""
    return difference.word.endswith("[].")


def _is_mark(difference: Difference) -> bool:
    """Tell whether an item is called changed for this: not for a number, a place, a late annex."""
    return not (
        is_item(difference)
        or difference.word in ("agendapunten[].nummer", "agendapunten[].subpunten[].nummer")
        or difference.word.endswith(_LATE)
    )


# --- the names of papers


def soort_of(name: str, meeting: str, kinds: Iterable[str]) -> str:
    """Return what paper the file `name` is of the file of a `meeting`, "" if it is none.

    Both are names without a suffix. Behind one of the `kinds` a word may stand: verslag-concept.
    """
    plain, _ = split_version(name)
    soort = plain.removeprefix(f"{meeting}-") if plain.startswith(f"{meeting}-") else ""
    return soort if soort.partition("-")[0] in set(kinds) else ""
