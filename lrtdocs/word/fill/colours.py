"""A filled document in which each printed piece has a colour of its own.

Nobody is shown it: what its PDF shows in a colour is where that piece stands. A colour moves no
letter, so the PDF of the document itself shows it at the same place.
"""

from __future__ import annotations

import copy
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.elements import add, content_of, drop, properties_of, val
from lrtdocs.word.package.ooxml import XML_SPACE, parse_xml, serialize_xml, w
from lrtdocs.word.package.package import read_own
from lrtdocs.word.values.tracing import MARK, SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.word.fill.trace import Piece, Traced

    Stretches = list[tuple[int | None, etree._Element]]  # noqa: SLF001  lxml has no other name
    """What stands in a run, in stretches, each with the piece that it is of."""

_STEP, _LEVELS = 4, 64
"""A colour keeps clear of its neighbours: a PDF tells it in decimals."""
MOST_PIECES = _LEVELS**3 - 1
_MARKS = re.compile(f"{SIGN}(-?\\d+){SIGN}")
_HEX = re.compile(r"[0-9A-F]{6}")
_STORIES = re.compile(r"<w:(?:document|hdr|ftr|footnotes|endnotes)\b")


def colour_of(piece: int) -> tuple[int, int, int]:
    """Return the red, green and blue of the piece with that number."""
    rest, blue = divmod(piece + 1, _LEVELS)
    red, green = divmod(rest, _LEVELS)
    return red * _STEP + _STEP // 2, green * _STEP + _STEP // 2, blue * _STEP + _STEP // 2


def piece_of(colour: tuple[int, int, int]) -> int | None:
    """Return the number of the piece that has that `colour`; None if it is none of ours."""
    if any(level % _STEP != _STEP // 2 for level in colour):
        return None
    red, green, blue = (level // _STEP for level in colour)
    return (red * _LEVELS + green) * _LEVELS + blue - 1


def colour_pieces(traced: Traced) -> bytes:
    """Return the document of `traced` with its pieces in the colours of `colour_of`."""
    package = read_own(traced.docx)
    for member, data in list(package.items()):
        marked = traced.marked.get(data, "")
        if _STORIES.search(marked[:2000]):
            package[member] = _colour_part(_close(marked, traced.pieces))
    return write_package(package)


def _close(xml: str, pieces: Sequence[Piece]) -> str:
    """Return the part `xml` with a mark behind each piece too, as far as it stands there as such.

    Of what was written anew since it was printed only the beginning is known.
    """
    ends: dict[int, str] = {}
    for mark in MARK.finditer(xml):
        number = int(mark[1])
        printed = pieces[number].xml if number < len(pieces) else ""
        if mark[0][1] != "-" and xml.startswith(printed, mark.end()):
            at = mark.end() + len(printed)
            ends[at] = f"{SIGN}-{number}{SIGN}{ends.get(at, '')}"
    cuts = sorted(ends)
    spans = zip([0, *cuts], [*cuts, len(xml)], strict=True)
    return "".join(f"{ends.get(start, '')}{xml[start:end]}" for start, end in spans)


class _Walk:
    """Goes through the part `xml` in the order of its text, and knows in which piece that is."""

    def __init__(self, xml: str) -> None:
        self._open: list[int] = []
        self._ended = {int(mark[1][1:]) for mark in _MARKS.finditer(xml) if mark[1][:1] == "-"}

    def leave_paragraph(self) -> None:
        """Be done with pieces of which nobody knows the end: they go no further than this."""
        self._open = [piece for piece in self._open if piece in self._ended]

    def split(self, text: str) -> Iterator[tuple[int | None, str]]:
        """Yield the stretches of `text` between its marks, each with the piece that it is of."""
        done = 0
        for mark in _MARKS.finditer(text):
            yield self.piece, text[done : mark.start()]
            done = mark.end()
            self._go(mark[1])
        yield self.piece, text[done:]

    def _go(self, number: str) -> None:
        if not number.startswith("-"):
            self._open.append(int(number))
        elif (ended := int(number[1:])) in self._open:
            del self._open[self._open.index(ended) :]

    @property
    def piece(self) -> int | None:
        """The piece that is being read."""
        return self._open[-1] if self._open else None


def _colour_part(xml: str) -> bytes:
    root, walk = parse_xml(xml.encode()), _Walk(xml)
    runs: dict[etree._Element, Stretches] = {}
    text_tag, run_tag, paragraph_tag = w("t"), w("r"), w("p")
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if element.tag == paragraph_tag:
                walk.leave_paragraph()
            element.tail = _plain(walk, element.tail)
            continue
        above = element.getparent()
        if element.tag == text_tag and above is not None and above.tag == run_tag:
            texts = walk.split(element.text or "")
            stretches = [(piece, _like(element, text)) for piece, text in texts if text]
            runs.setdefault(above, []).extend(stretches)
            continue
        element.text = _plain(walk, element.text)
        if above is not None and above.tag == run_tag and element.tag != w("rPr"):
            runs.setdefault(above, []).append((walk.piece, element))
    for run, stretches in runs.items():
        _colour_run(run, stretches)
    for paragraph in root.iter(paragraph_tag):
        _colour_fields(paragraph)
    return serialize_xml(root)


def _colour_fields(paragraph: etree._Element) -> None:
    """Give the runs of each field one colour: what LibreOffice shows of it has that of the first.

    A field shows its own result anew, as where a later page repeats the date of the first one.
    """
    field: list[etree._Element] = []
    depth = 0
    for run in paragraph.iter(w("r")):
        marks = [str(mark.get(w("fldCharType"))) for mark in run.iter(w("fldChar"))]
        depth += marks.count("begin")
        if depth:
            field.append(run)
        depth -= marks.count("end")
        if not depth and field:
            colours = (val(each, "rPr/color") for each in field)
            known = next((colour for colour in colours if _is_ours(colour)), "")
            for each in field if known else ():
                _set_colour(each, known)
            field = []


def _is_ours(colour: str) -> bool:
    levels = bytes.fromhex(colour) if _HEX.fullmatch(colour) else b""
    return len(levels) == 3 and piece_of((levels[0], levels[1], levels[2])) is not None


def _plain(walk: _Walk, text: str | None) -> str | None:
    """Return `text` without its marks, which were walked over."""
    return "".join(part for _, part in walk.split(text)) if text else text


def _like(element: etree._Element, text: str) -> etree._Element:
    fresh = copy.copy(element)
    fresh.text, fresh.tail = text, None
    fresh.set(XML_SPACE, "preserve")
    return fresh


def _colour_run(run: etree._Element, stretches: Stretches) -> None:
    """Put in the place of `run` one run for each change of piece, in the colour of that."""
    last = run
    for piece, stretch in groupby(stretches, itemgetter(0)):
        fresh = copy.copy(run)
        for child in content_of(fresh):
            fresh.remove(child)
        fresh.tail = None
        fresh.extend(child for _, child in stretch)
        if piece is not None and piece < MOST_PIECES:
            _paint(fresh, piece)
        last.addnext(fresh)
        last = fresh
    drop(run)


def _paint(run: etree._Element, piece: int) -> None:
    _set_colour(run, bytes(colour_of(piece)).hex().upper())


def _set_colour(run: etree._Element, colour: str) -> None:
    properties = properties_of(run, "rPr")
    for old in properties.findall(w("color")):
        properties.remove(old)
    add(properties, "color", val=colour)
