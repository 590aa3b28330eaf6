"""Proof that no sheet of a print file holds two recipients: the file is read back, page by page.

This knows nothing of how the file was made, and reads the text of a page in a way of its own. It
must be the text of the next page of the letters, or the page be empty; the structure must say that
the page is of that letter; and a sheet that is printed on two sides must be of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, NumberTree, Object, Page, Pdf

from lrtdocs.messages import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_SHOWN = re.compile(rb"/(\S+)\s+[-\d.]+\s+Tf\b|(\[[^\]]*\])\s*TJ\b|(<[0-9A-Fa-f\s]*>)\s*Tj\b")
_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_NOTHING = re.compile(rb"(?:\s|/Artifact|BMC|EMC)*")
_UNKNOWN = "?"

Owner = int | None
"""Of which letter a page is, counted from 0; None for an empty one that was put in."""


def find_shared_sheet(owners: Sequence[Owner]) -> int | None:
    """Return the first sheet, counted from 1, that holds pages of two letters; None if none does.

    `owners` has the pages in their order, two to a sheet.
    """
    for front in range(0, len(owners), 2):
        if len({owner for owner in owners[front : front + 2] if owner is not None}) > 1:
            return front // 2 + 1
    return None


def check_sheets(joined: Path, letters: Sequence[Path], *, two_sided: bool) -> Fault | None:
    """Return what keeps the print file `joined` from being these `letters` and no more, or None.

    With `two_sided` each sheet must be of one letter. Raises OSError or `pikepdf.PdfError` if a
    file cannot be read.
    """
    owners: list[Owner] = []
    coming = _walk_pages(letters)
    with Pdf.open(joined) as pdf:
        tagged = _Tagged(pdf)
        reader = _Reader()
        wanted = next(coming, None)
        for number, page in enumerate(pdf.pages, start=1):
            shown = reader.shown(page)
            alike = wanted is not None and shown == wanted.shown
            if wanted and alike and wanted.part in {None, tagged.part_of(page)}:
                owners.append(wanted.letter)
                wanted = next(coming, None)
            elif shown is None:
                owners.append(None)
            else:
                key = "deel.print_plaats" if alike else "deel.print_tekst"
                return Fault(key, {"page": number})
    if wanted is not None:
        return Fault("deel.print_mist", {"file": letters[wanted.letter].name})
    shared = find_shared_sheet(owners) if two_sided else None
    return None if shared is None else Fault("deel.print_vel", {"sheet": shared})


@dataclass(frozen=True, slots=True)
class _LetterPage:
    """What is shown on a page of a letter; `part` is its place in the structure, if it has any."""

    letter: int
    shown: str | None
    part: int | None


def _walk_pages(letters: Iterable[Path]) -> Iterator[_LetterPage]:
    parts = 0
    for number, path in enumerate(letters):
        with Pdf.open(path) as pdf:
            reader, tagged = _Reader(), "/StructTreeRoot" in pdf.Root
            for page in pdf.pages:
                part = parts if tagged and "/StructParents" in page.obj else None
                yield _LetterPage(number, reader.shown(page), part)
            parts += tagged


class _Tagged:
    """To which part of the structure of `pdf` its pages belong."""

    def __init__(self, pdf: Pdf) -> None:
        root = pdf.Root.get("/StructTreeRoot")
        kids = [] if root is None else list(root["/K"]["/K"])
        self._parts = {part.objgen: number for number, part in enumerate(kids)}
        self._parents = {} if root is None else dict(NumberTree(root["/ParentTree"]).items())

    def part_of(self, page: Page) -> int | None:
        """Return the number of the part that the first content of `page` is in, from 0."""
        found = self._parents.get(int(page.obj.get("/StructParents", -1)))
        elements = [] if found is None else [each for each in found if each is not None]
        element: Object | None = elements[0] if elements else None
        while element is not None and element.objgen not in self._parts:
            element = element.get("/P")
        return None if element is None else self._parts[element.objgen]


class _Reader:
    """The text on pages of one PDF; it remembers their fonts."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Callable[[bytes], str]] = {}

    def shown(self, page: Page) -> str | None:
        """Return all characters that are shown on `page`; None if it is empty."""
        content = read_all(page.obj)
        if _NOTHING.fullmatch(content):
            return None
        fonts = page.resources.get("/Font") or Dictionary()
        decode: Callable[[bytes], str] = _decode_one({})
        found: list[str] = []
        for name, several, one in _SHOWN.findall(content):
            if name:
                decode = self._find_decoder(fonts["/" + name.decode()])
            else:
                digits = b"".join(_STRING.findall(several or one))
                found.append(decode(bytes.fromhex(digits.decode("ascii"))))
        return "".join(found)

    def _find_decoder(self, font: Object) -> Callable[[bytes], str]:
        if font.objgen not in self._fonts:
            known = font.get("/ToUnicode")
            table = {code: f"{code:04X}" for code in range(256 if known is None else 0)}
            for code, text in [] if known is None else _CHARACTER.findall(known.read_bytes()):
                table[int(code, 16)] = text.decode("ascii").upper()
            make = _decode_two if font["/Subtype"] == "/Type0" else _decode_one
            self._fonts[font.objgen] = make(table)
        return self._fonts[font.objgen]


def _decode_one(table: Mapping[int, str]) -> Callable[[bytes], str]:
    """Return what decodes codes of one byte; characters are digits of UTF-16."""
    whole = {code: table.get(code, _UNKNOWN) for code in range(256)}
    return lambda codes: codes.decode("latin-1").translate(whole)


def _decode_two(table: Mapping[int, str]) -> Callable[[bytes], str]:
    """Return what decodes codes of two bytes."""
    return lambda codes: "".join(
        table.get(int.from_bytes(codes[at : at + 2]), _UNKNOWN) for at in range(0, len(codes), 2)
    )


def read_all(page: Object) -> bytes:
    """Return the whole content of `page`."""
    found = page.get("/Contents", Array())
    streams = list(found) if isinstance(found, Array) else [found]
    return b"\n".join(stream.read_bytes() for stream in streams)
