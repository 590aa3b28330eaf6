"""What was made: one line of JSON a letter, added batch by batch, so that a run can go on.

The file begins with a head and is only ever added to while a run is at work; the last line about a
letter counts, and a torn last line does not. A letter has two lines in a run: one before it comes
into the folder and one when it is there. So every file that a run can leave is known, whenever it
was killed, and a letter that is not known was changed by somebody.

At the end it is written anew in the order of the letters, so that a run that was broken off ten
times leaves the same bytes as one that was not. It holds no clock times for the same reason. In
memory is one number a letter, not the letter. After the letters come the print files made of them.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from lrtdocs.errors import ExitCode, FileProblemError
from lrtdocs.run.folder.names import fold_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.run.folder.disk import Disk

NAME = "manifest.jsonl"
FORMAT = 1
BUSY, MADE, FAILED = "bezig", "gemaakt", "mislukt"
TEMPORARY = ".lrtdocs-manifest.tmp"
_KEYS = (
    "nummer",
    "sleutel",
    "bestand",
    "sjabloon",
    "gegevens",
    "status",
    "docx",
    "eerder",
    "pdf",
    "bewerkt",
    "problemen",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one letter.

    `sjabloon` and `gegevens` are digests of what it was made from, `docx` and `pdf` the SHA-256 of
    the files ("" if not made), `problemen` the texts of what went wrong. `eerder` are digests of
    letters that may be there instead, because a run was broken off or did not get further. If the
    letter was edited, and the PDF is of that, `bewerkt` is the SHA-256 of the edited letter.
    """

    nummer: int
    sleutel: str
    bestand: str
    sjabloon: str
    gegevens: str
    status: str
    docx: str = ""
    pdf: str = ""
    problemen: tuple[str, ...] = ()
    eerder: tuple[str, ...] = ()
    bewerkt: str = ""

    @property
    def ours(self) -> tuple[str, ...]:
        """The digests of every letter that lrtdocs may have left there."""
        return tuple(dict.fromkeys(digest for digest in (self.docx, *self.eerder) if digest))

    def line(self) -> bytes:
        """Return the entry as a line of the manifest; keys without a value are left out."""
        data = {key: value for key in _KEYS if (value := getattr(self, key))}
        return (json.dumps(data, ensure_ascii=False) + "\n").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Print:
    """A print file: its name, a digest of the PDFs it was made `uit`, and the SHA-256 of itself."""

    bestand: str
    uit: str
    pdf: str

    def line(self) -> bytes:
        """Return it as a line of the manifest."""
        data = {"samengevoegd": self.bestand, "uit": self.uit, "pdf": self.pdf}
        return (json.dumps(data, ensure_ascii=False) + "\n").encode("utf-8", "replace")


class OtherMailingError(FileProblemError):
    """The manifest at `path` is that of the mailing `other`."""

    exit_code = ExitCode.USAGE

    def __init__(self, path: str, other: str) -> None:
        super().__init__(
            path,
            f"In deze map staan de brieven van een andere mailing: '{other}'. "
            "Er is niets gemaakt en niets veranderd.",
            "Kies met -o een andere map. Hebt u de mailing alleen een andere naam gegeven, haal "
            f"dan het bestand '{NAME}' uit deze map.",
        )
        self.args = (path, other)  # what it takes to make it again
        self.other = other


def parse_entry(line: bytes) -> Entry | None:
    """Return the entry on `line`, or None if there is none on it."""
    data = _parse_line(line)
    try:
        lists = {key: tuple(data.get(key, ())) for key in ("problemen", "eerder")}
        return Entry(**{**data, **lists})
    except TypeError:
        return None


def _parse_print(line: bytes) -> Print | None:
    data = _parse_line(line)
    try:
        return Print(str(data["samengevoegd"]), str(data["uit"]), str(data["pdf"]))
    except KeyError:
        return None


def _parse_line(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


class Manifest:
    """The manifest of one folder, open for a run; `head` is written when it has none.

    Raises OtherMailingError if the folder is that of another mailing.
    """

    def __init__(self, folder: Path, head: Mapping[str, object], disk: Disk) -> None:
        self.path = folder / NAME
        self._disk = disk
        self._mailing = head.get("mailing")
        self._head = (json.dumps({"formaat": FORMAT, **head}, ensure_ascii=False) + "\n").encode()
        self._offsets: dict[int, int] = {}  # of the last line of each file, by its folded name
        self._prints: dict[str, Print] = {}
        self._in_order = True  # whether the lines stand as `finish` would write them
        self._last = 0
        self._size = self._whole = 0
        self._read()
        self._reader: BinaryIO | None = None
        self._handle = disk.append(self.path)
        if not self._whole:
            self._write(self._head)

    def _read(self) -> None:
        """Index the lines that are there, and see how many bytes of them are whole."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        with file:
            for number, line in enumerate(file):
                self._size += len(line)
                if not line.endswith(b"\n"):
                    break
                if number == 0:
                    self._check_head(line)
                else:
                    self._index(line, self._whole)
                self._whole = self._size

    def _check_head(self, line: bytes) -> None:
        found = _parse_line(line)
        if found.get("formaat") != FORMAT:
            raise FileProblemError(
                str(self.path),
                "Dit bestand is niet van deze versie van lrtdocs.",
                "Kies met -o een lege map, of haal het bestand weg: dan worden alle brieven "
                "opnieuw gemaakt.",
            )
        if found.get("mailing") != self._mailing:
            raise OtherMailingError(str(self.path), str(found.get("mailing")))
        self._in_order = line == self._head

    def _index(self, line: bytes, offset: int) -> None:
        entry = parse_entry(line)
        if entry is not None:
            self._note(entry, offset)
            return
        made = _parse_print(line)
        self._in_order = self._in_order and made is not None and made.bestand not in self._prints
        if made is not None:
            self._prints[made.bestand] = made

    def _note(self, entry: Entry, offset: int) -> None:
        self._in_order = self._in_order and entry.nummer > self._last and not self._prints
        self._last = entry.nummer
        self._offsets[fold_file(entry.bestand)] = offset

    def find(self, file: str) -> Entry | None:
        """Return the last that is known of the letter called `file`, or None."""
        offset = self._offsets.get(fold_file(file))
        return None if offset is None else parse_entry(self._line_at(offset))

    def find_print(self, file: str) -> Print | None:
        """Return what is known of the print file called `file`, or None."""
        return self._prints.get(file)

    def _line_at(self, offset: int) -> bytes:
        if self._reader is None:
            self._reader = self.path.open("rb")
        self._reader.seek(offset)
        return self._reader.readline()

    def add(self, entries: Sequence[Entry]) -> None:
        """Add `entries` down to the disk; raise OSError, with nothing added, if that fails."""
        lines = [entry.line() for entry in entries]
        offset = self._whole
        self._write(b"".join(lines))
        for entry, line in zip(entries, lines, strict=True):
            self._note(entry, offset)
            offset += len(line)

    def add_print(self, made: Print) -> None:
        """Add a print file; raise OSError, with nothing added, if that fails."""
        line = made.line()
        offset = self._whole
        self._write(line)
        self._index(line, offset)

    def _write(self, data: bytes) -> None:
        """Add `data`; what an earlier write left torn goes first."""
        if self._size > self._whole:
            self._cut_torn()
        self._size += len(data)  # from here on there may be more than is whole
        try:
            self._disk.write(self._handle, data)
            self._disk.sync(self._handle)
        except OSError:
            with contextlib.suppress(OSError):
                self._cut_torn()
            raise
        self._whole = self._size

    def _cut_torn(self) -> None:
        """Cut off what is not whole, also out of what the reader holds in its buffer."""
        self._close_reader()
        self._disk.truncate(self.path, self._whole)
        self._size = self._whole

    def strangers(self, known: Sequence[int]) -> list[Entry]:
        """Return the entries of files whose folded names are not in `known`, by file name."""
        if self._count(known) == len(self._offsets):
            return []
        others = self._offsets.keys() - set(known)
        found = (parse_entry(self._line_at(self._offsets[other])) for other in others)
        return sorted((entry for entry in found if entry), key=lambda entry: entry.bestand)

    def _count(self, known: Sequence[int]) -> int:
        """Return how many of the folded names in `known`, each there once, have an entry."""
        return sum(one in self._offsets for one in known)

    def finish(self, order: Sequence[int], folder: Path) -> None:
        """Write the manifest anew, in the `order` of folded names; what is not in it comes last.

        Entries of files that are gone and belong to no letter are left out. Nothing can be added
        after it. Raises OSError, with the manifest as it was, if that fails.
        """
        strangers = [entry for entry in self.strangers(order) if (folder / entry.bestand).exists()]
        prints = [one for name, one in sorted(self._prints.items()) if (folder / name).exists()]
        gone = len(self._offsets) > len(strangers) + self._count(order)
        gone = gone or len(prints) < len(self._prints)
        if self._in_order and not strangers and not gone and self._size == self._whole:
            return
        temporary = folder / TEMPORARY
        self._disk.remove(temporary)
        try:
            self._write_anew(temporary, self._lines(order, [*strangers, *prints]))
            self.close()  # Windows does not replace a file that is open
            self._disk.replace(temporary, self.path)
        except OSError:
            with contextlib.suppress(OSError):
                self._disk.remove(temporary)
            raise
        self._disk.sync_folder(folder)

    def _write_anew(self, path: Path, lines: Iterable[bytes]) -> None:
        handle = self._disk.create(path)
        try:
            for line in lines:
                self._disk.write(handle, line)
            self._disk.sync(handle)
        except BaseException:
            with contextlib.suppress(OSError):
                self._disk.close(handle)
            raise
        self._disk.close(handle)

    def _lines(self, order: Sequence[int], others: Sequence[Entry | Print]) -> Iterator[bytes]:
        yield self._head
        for one in order:
            offset = self._offsets.get(one)
            if offset is not None:
                yield self._line_at(offset)
        for other in others:
            yield other.line()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            with contextlib.suppress(OSError):  # every line was synced when it was written
                self._disk.close(handle)
        self._close_reader()

    def _close_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()
