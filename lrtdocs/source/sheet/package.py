"""The package around an Excel workbook: which sheets there are, their texts and their formats.

Read straight from the zip, an element at a time. Not by openpyxl, because that takes longer to be
loaded (0.12 to 0.35 s) than all else together, reads no strict workbooks, and in the mode that
streams knows no merged cells, no hidden rows, and no formula that lacks its value. openpyxl writes
(`write`), and is what the tests hold this against.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.source.sheet.formats import BUILT_IN, GENERAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILE = 50_000_000
MAX_PART = 100_000_000
"""So many bytes the file may have, and each part of it when unpacked."""
MAX_SHEETS = 50
TRUE = frozenset({"1", "true"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T")  # in UTF-16 too
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ET.ParseError, ValueError, OSError),
    *(NotImplementedError, OverflowError, EOFError, RuntimeError, KeyError, IndexError),
)


class Sheet(NamedTuple):
    """A sheet of a workbook: its name as on the tab, its part in the package, and if it shows."""

    name: str
    part: str
    hidden: bool


class _Relation(NamedTuple):
    """A relation of a part: the last word of its type, and the part it leads to."""

    kind: str
    target: str


class Workbook:
    """What a workbook says of itself, apart from the cells of its sheets.

    `texts` are those that cells share, `formats` the number format of each style by its index.
    Raises FileProblemError for what is no workbook that can be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: list[Sheet] = []
        self.texts: list[str] = []
        self.formats: list[str] = []
        self.since_1904 = False
        _check_beginning(path)
        with self._refusing(), zipfile.ZipFile(path) as archive:
            self._sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if "mimetype" in self._sizes and b"opendocument" in archive.read("mimetype")[:200]:
                raise refuse("LRT001.ods", path)
            self._read()

    def elements(self, part: str, *names: str) -> Iterator[ET.Element]:
        """Yield each element of `part` that has one of `names`, whole, and then forget it.

        Raises FileProblemError for XML that is broken, too large, or has a document type, so
        that nothing in it expands.
        """
        with self._refusing(), zipfile.ZipFile(self.path) as archive:
            if self._sizes[part] > MAX_PART:
                raise refuse("LRT001.werkmap-groot", self.path)
            within: list[ET.Element] = []
            with archive.open(part) as file:
                source = _WithoutDoctype(file)
                for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314 - guarded
                    if event == "start":
                        within.append(element)
                        continue
                    within.pop()
                    if local_name(element) in names:
                        yield element
                        if within:
                            within[-1].clear()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Make the refusal of a damaged workbook of whatever zipfile and expat raise."""
        try:
            yield
        except _BROKEN as error:
            raise refuse("LRT001.beschadigd", self.path) from error

    def _read(self) -> None:
        part = self._main_part()
        links = self._relations(part)
        for element in self.elements(part, "sheet", "workbookPr"):
            if local_name(element) == "workbookPr":
                self.since_1904 = element.get("date1904") in TRUE
                continue
            link = next((v for k, v in element.items() if k.endswith("}id")), "")
            kind, target = links.get(link, _Relation("", ""))
            if kind == "worksheet" and target in self._sizes and len(self.sheets) < MAX_SHEETS:
                hidden = element.get("state", "visible") != "visible"
                self.sheets.append(Sheet(element.get("name", ""), target, hidden))
        for kind, target in links.values():
            if kind == "sharedStrings" and target in self._sizes:
                self.texts = [text_of(element) for element in self.elements(target, "si")]
            elif kind == "styles" and target in self._sizes:
                self._read_formats(target)

    def _main_part(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and target in self._sizes and "xl/" in target:
                if target.endswith(".bin"):
                    raise refuse("LRT001.xlsb", self.path)
                return target
        raise refuse("LRT001.zip", self.path)

    def _relations(self, part: str) -> dict[str, _Relation]:
        """Return the relations of `part` by their id; those of the package for ""."""
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._sizes:
            return {}
        found = {}
        for element in self.elements(relations, "Relationship"):
            if element.get("TargetMode") != "External":
                target = posixpath.join("/", folder, element.get("Target", ""))
                found[element.get("Id", "")] = _Relation(
                    element.get("Type", "").rpartition("/")[2],
                    posixpath.normpath(target).lstrip("/"),
                )
        return found

    def _read_formats(self, part: str) -> None:
        codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        for element in self.elements(part, "numFmts", "cellXfs"):
            for child in element:
                number = child.get("numFmtId", "")
                if local_name(child) == "numFmt":
                    codes[number] = child.get("formatCode", GENERAL)
                else:
                    self.formats.append(codes.get(number, GENERAL))


class _WithoutDoctype:
    """A file that refuses to hand on a document type; it has only what expat's callers ask."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._tail = file, b""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes; raise ValueError where a document type is in them."""
        data = self._file.read(size)
        if _DOCTYPE.search(self._tail + data[:16]) or _DOCTYPE.search(data):
            raise ValueError("DOCTYPE")
        self._tail = data[-16:]
        return data


def refuse(key: str, path: Path, **fields: object) -> FileProblemError:
    """Return the refusal of the table `path`, by the message `key`."""
    return FileProblemError(messages.problem(key, Place(str(path)), None, **fields))


def local_name(element: ET.Element) -> str:
    """Return the name of `element` without its namespace: strict workbooks have another."""
    return element.tag.rpartition("}")[2]


def text_of(element: ET.Element) -> str:
    """Return the text of `element`: its pieces in one, without how they are pronounced."""
    pieces = []
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces.append(text_of(child))
    return "".join(pieces)


def _check_beginning(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
        size = file.seek(0, 2)
    if start == _OLE:
        raise refuse("LRT001.xls", path)
    if size > MAX_FILE:
        raise refuse("LRT001.werkmap-groot", path)
