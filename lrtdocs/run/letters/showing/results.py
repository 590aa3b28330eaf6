"""What became of the letters in a folder, letter by letter, and all of it in one zip."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import IO, TYPE_CHECKING, cast

from lrtdocs.errors import LrtdocsError
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.manifest import FAILED, MADE, by_number, read_made
from lrtdocs.run.folder.names import is_old_pdf, pdf_name
from lrtdocs.run.letters.copies import FOLDER as COPIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lrtdocs.run.folder.manifest import Entry, Made, Sent

_PIECE = 1 << 18


class Became(StrEnum):
    """What became of a letter."""

    MADE = "gemaakt"
    EDITED = "bewerkt in Word"
    FAILED = "mislukt"
    BUSY = "niet af"
    GONE = "bestand weg"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter in a folder: who it is for, what became of it, and its files, None if not there.

    `problems` say why it failed.
    """

    number: int
    key: str
    name: str
    reference: str
    file: str
    became: Became
    docx: Path | None = None
    pdf: Path | None = None
    pages: int = 0
    problems: tuple[str, ...] = ()
    sent: date | None = None
    how: str = ""

    @property
    def old_pdf(self) -> bool:
        """Whether the PDF is of the letter as it was before."""
        return self.docx is not None and is_old_pdf(self.docx)


@dataclass(frozen=True, slots=True)
class Results:
    """The letters in a `folder`, in the order of their numbers, and the files to print."""

    folder: Path
    letters: Sequence[LetterRow] = ()
    prints: Sequence[Path] = ()
    copies: Path | None = None

    def of(self, became: Became) -> int:
        """Return of how many letters that became."""
        return sum(one.became is became for one in self.letters)

    @property
    def pdfs(self) -> int:
        """How many letters have a PDF."""
        return sum(one.pdf is not None for one in self.letters)

    @property
    def sent(self) -> int:
        """How many letters went out."""
        return sum(one.sent is not None for one in self.letters)


def read_results(folder: Path) -> Results:
    """Return what became of the letters in `folder`; nothing where none were made yet."""
    try:
        made = read_made(folder)
    except LrtdocsError:
        return Results(folder)
    there, sent = Folder(folder), by_number(made.sent)
    letters = [
        _row(there, entry, sent.get(number, []))
        for number, entry in sorted(made.current.items())
        if number not in made.gone and _is_name(entry.bestand)
    ]
    prints = [folder / name for name in _print_names(made) if there.has(name)]
    copies = folder / COPIES
    return Results(folder, letters, prints, copies if copies.is_dir() else None)


def _is_name(name: str) -> bool:
    """Tell whether `name`, of a manifest that anybody may have edited, is one in its own folder."""
    return bool(name) and name not in {".", ".."} and not set(name) & {"/", "\\", ":", "\0"}


def _print_names(made: Made) -> list[str]:
    return sorted({one.bestand for one in made.prints if _is_name(one.bestand)})


def _row(folder: Folder, entry: Entry, sent: Sequence[Sent]) -> LetterRow:
    docx, pdf = folder.path / entry.bestand, folder.path / pdf_name(entry.bestand)
    digest = folder.digest(entry.bestand)
    last = sent[-1] if sent else None
    out = _day(last.verzonden) if last else None
    return LetterRow(
        entry.nummer,
        entry.sleutel,
        entry.aan.naam or entry.sleutel,
        entry.aan.kenmerk,
        entry.bestand,
        _became(entry, digest),
        docx if digest else None,
        pdf if folder.has(pdf.name) else None,
        entry.bladzijden,
        entry.problemen,
        out,
        last.hoe if last else "",
    )


def _became(entry: Entry, digest: str) -> Became:
    if entry.status == FAILED or entry.problemen:  # also where only its PDF is not there
        return Became.FAILED
    if entry.status != MADE:
        return Became.BUSY
    if not digest:
        return Became.GONE
    return Became.MADE if digest in entry.ours else Became.EDITED


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


# --- in one zip


class _Pipe:
    """A file that is written and never held: what came in since, is taken out."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take in `data`."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zip_letters(folder: Path) -> Iterator[bytes]:
    """Yield, piece by piece, a zip with the letters in `folder`, their PDFs and the files to print.

    A letter that is only half there, or belongs to no recipient any more, does not come along.
    """
    results = read_results(folder)
    letters = [path for one in results.letters for path in (one.docx, one.pdf) if path]
    paths = [path for path in (*letters, *results.prints) if not path.is_symlink()]
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            yield from _add(archive, pipe, path)
    yield pipe.take()


def _add(archive: zipfile.ZipFile, pipe: _Pipe, path: Path) -> Iterator[bytes]:
    with suppress(FileNotFoundError), path.open("rb") as file:
        info = zipfile.ZipInfo.from_file(path, path.name, strict_timestamps=False)
        with archive.open(info, "w") as target:
            while piece := file.read(_PIECE):
                target.write(piece)
                yield pipe.take()
    yield pipe.take()
