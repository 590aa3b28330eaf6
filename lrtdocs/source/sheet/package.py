"""The package around an Excel workbook: which sheets there are, their texts and their formats.

Read by expat, straight from the zip and in small pieces, because openpyxl takes longer to be loaded
(0.12 to 0.35 s) than all else together, and in the mode that streams it knows no merged cells, no
hidden rows, and no formula that lacks its value. openpyxl writes (`write`), and is what the
tests hold this against. Every byte is counted; a document type is refused, so nothing expands.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from lrtdocs.errors import FileProblemError
from lrtdocs.source.sheet.formats import BUILT_IN, GENERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_FILE = 50_000_000
MAX_PART = 100_000_000
"""So many bytes the file may have, and each part of it when unpacked."""
MAX_SHEETS = 50
CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    ValueError,
    NotImplementedError,
    OverflowError,
    EOFError,
    RuntimeError,
    KeyError,
    IndexError,
)
_SAVE_AGAIN = "Open het bestand in Excel en sla het opnieuw op als Excel-werkmap (.xlsx)."
_ONLY_FILLED = (
    "Waarschijnlijk zijn er lege rijen of kolommen met opmaak. Kopieer alleen de ingevulde cellen "
    "naar een nieuwe werkmap, en gebruik die."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name as on the tab, its part in the package, and if it shows."""

    name: str
    part: str
    hidden: bool


class Texts:
    """The shared texts of a workbook, kept as one run of UTF-8: a tenth of what a list takes."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        """Add `text` behind the others."""
        self._data += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._data))

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._ends) - 1:
            raise IndexError(index)
        piece = self._data[self._ends[index] : self._ends[index + 1]]
        return piece.decode("utf-8", "surrogatepass")


@dataclass
class Workbook:
    """What a workbook says of itself, apart from the cells of its sheets."""

    path: Path
    sheets: list[Sheet] = field(default_factory=list)
    texts: Texts = field(default_factory=Texts)
    formats: list[str] = field(default_factory=list)
    since_1904: bool = False

    def read_part(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of `part` in small pieces; raise FileProblemError if they are broken."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield from _pieces(self.path, archive, part)
        except OSError as error:
            raise broken(self.path) from error
        except _BROKEN as error:
            raise broken(self.path) from error


def open_workbook(path: Path) -> Workbook:
    """Read what the workbook `path` says of itself; raise FileProblemError if it is none."""
    _check_beginning(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_workbook(path, archive)
    except OSError as error:
        raise broken(path) from error
    except _BROKEN as error:
        raise broken(path) from error


def broken(path: Path) -> FileProblemError:
    """Return the refusal of a workbook that cannot be read."""
    return FileProblemError(str(path), "Deze Excel-werkmap is beschadigd.", _SAVE_AGAIN)


def too_large(path: Path) -> FileProblemError:
    """Return the refusal of a workbook that unpacks to more than any list of addresses."""
    return FileProblemError(str(path), "Deze Excel-werkmap is te groot.", _ONLY_FILLED)


def _check_beginning(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
        size = file.seek(0, 2)
    if start == _OLE:
        raise FileProblemError(
            str(path),
            "Dit bestand heeft een wachtwoord, of is een oude Excel-werkmap (.xls).",
            "Open het in Excel, haal het wachtwoord eraf en sla het op als Excel-werkmap (.xlsx).",
        )
    if size > MAX_FILE:
        raise too_large(path)


def _pieces(path: Path, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    left = MAX_PART
    with archive.open(part) as member:
        while piece := member.read(CHUNK):
            left -= len(piece)
            if left < 0:
                raise too_large(path)
            yield piece


def make_parser(
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> expat.XMLParserType:
    """Return a parser that calls back with names without prefix, and refuses a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.CharacterDataHandler = text

    def begin(name: str, attributes: dict[str, str]) -> None:
        prefixed = ":" in name  # by some programs; most write none, and then none is taken off
        parser.StartElementHandler = _without_prefix(start) if prefixed else start
        parser.EndElementHandler = _without_prefix(end) if prefixed and end is not None else end
        parser.StartElementHandler(name, attributes)

    parser.StartElementHandler = begin
    return parser


def _without_prefix(handler: Callable[..., object]) -> Callable[..., object]:
    def handle(name: str, *rest: Any) -> object:
        return handler(name.rpartition(":")[2] if ":" in name else name, *rest)

    return handle


def _refuse_doctype(*_: object) -> None:
    raise ValueError("DOCTYPE")


def _read_workbook(path: Path, archive: zipfile.ZipFile) -> Workbook:
    names = set(archive.namelist())
    if "mimetype" in names and b"opendocument" in archive.open("mimetype").read(200):
        raise FileProblemError(
            str(path),
            "Dit is een OpenDocument-bestand (.ods).",
            "Sla het op als Excel-werkmap (.xlsx) of als CSV.",
        )
    part = _main_part(path, archive, names)
    links = _relations(path, archive, part, names)
    book = Workbook(path)

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and len(book.sheets) < MAX_SHEETS:
            link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            kind, target = links.get(link, ("", ""))
            if kind == "worksheet" and target in names:
                hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append(Sheet(attributes.get("name", ""), target, hidden))
        elif name == "workbookPr":
            book.since_1904 = attributes.get("date1904") in {"1", "true"}

    _parse(path, archive, part, make_parser(start))
    for kind, target in links.values():
        if kind == "sharedStrings" and target in names:
            _read_texts(path, archive, target, book.texts)
        elif kind == "styles" and target in names:
            book.formats = _read_formats(path, archive, target)
    return book


def _parse(path: Path, archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    for piece in _pieces(path, archive, part):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _main_part(path: Path, archive: zipfile.ZipFile, names: set[str]) -> str:
    for kind, target in _relations(path, archive, "", names).values():
        if kind == "officeDocument" and target in names and "xl/" in target:
            if target.endswith(".bin"):
                raise FileProblemError(
                    str(path), "Dit is een binaire Excel-werkmap (.xlsb).", _SAVE_AGAIN
                )
            return target
    raise FileProblemError(str(path), "Dit bestand is geen Excel-werkmap (.xlsx).", _SAVE_AGAIN)


def _relations(
    path: Path, archive: zipfile.ZipFile, part: str, names: set[str]
) -> dict[str, tuple[str, str]]:
    """Return the relations of `part` by id: the last word of their type, and their target."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))

    if relations in names:
        _parse(path, archive, relations, make_parser(start))
    return found


def _read_texts(path: Path, archive: zipfile.ZipFile, part: str, texts: Texts) -> None:
    """Gather the shared texts: the pieces of each in one, without how they are pronounced."""
    pieces: list[str] = []
    state = {"t": 0, "rPh": 0}

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name in state:
            state[name] += 1

    def end(name: str) -> None:
        if name == "si":
            texts.append("".join(pieces))
        elif name in state:
            state[name] -= 1

    def text(piece: str) -> None:
        if state["t"] and not state["rPh"]:
            pieces.append(piece)

    _parse(path, archive, part, make_parser(start, end, text))


def _read_formats(path: Path, archive: zipfile.ZipFile, part: str) -> list[str]:
    """Return the number format of each style of a cell, by its index."""
    own: dict[str, str] = {}
    formats: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        within.append(name)
        if name == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)
        elif name == "xf" and within[-2:-1] == ["cellXfs"]:
            number = attributes.get("numFmtId", "0")
            built_in = BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL
            formats.append(own.get(number, built_in))

    _parse(path, archive, part, make_parser(start, lambda _: within.pop()))
    return formats
