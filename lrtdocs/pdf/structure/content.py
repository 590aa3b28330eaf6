"""The content of pages: what is painted, in the order in which it is read, and what is no content.

LibreOffice paints frames after the text they stand before, so that who copies a page gets a letter
with its address at the end. And it does not tell running heads from lines and colours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Pdf, Stream

from lrtdocs.pdf.structure.text import MCID, PageTexts, read_content
from lrtdocs.pdf.structure.tree import Tree, link_annotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_EDGE = re.compile(rb"^(?:(/[^\n]*(?:BDC|BMC))|EMC)[ \r]*\n?", re.MULTILINE)
_PLAIN_ARTIFACT = b"/Artifact BMC"
_PLACE = re.compile(rb"([-\d.]+)\s+T[dm]\b")
_SAVE = re.compile(rb"(?<![^\s])([qQ])(?![^\s])")
_PAINTS = re.compile(rb"(?<![^\s])(?:Do|sh|[fF]\*?|[bB]\*?|[sS]|BT)(?![^\s])")
_COVERS = re.compile(rb"(?<![^\s])(?:Do|sh|[fF]\*?|[bB]\*?)(?![^\s])")


@dataclass(slots=True)
class _Chunk:
    """What is painted between the marks `start` and EMC, with the number of its tag, if any.

    `before` and `after` are the open states of the pen there, the outermost first.
    """

    start: bytes
    body: bytes
    number: int | None = None
    before: tuple[bytes, ...] = ()
    after: tuple[bytes, ...] = ()

    @property
    def has_text(self) -> bool:
        return b"TJ" in self.body or b"Tj" in self.body


def settle_content(pdf: Pdf, tree: Tree, texts: PageTexts) -> None:
    """Name the running heads on the pages of `pdf`, and paint each page in reading order.

    Links stand in that order too. `texts` has read all of `tree`. A page that is not as LibreOffice
    writes it stays as it is.
    """
    links = [note.objgen for link in tree.find("Link") for note in link_annotations(link)]
    place = {key: number for number, key in enumerate(links)}
    for page in pdf.pages:
        chunks = _read_chunks(read_content(page.obj))
        if chunks:
            _name_running(chunks, float(page.mediabox[3]) / 2)
            ranks = {number: n for n, number in enumerate(texts.reading(page))}
            written = _write_chunks(chunks, ranks)
            page.obj["/Contents"] = pdf.make_indirect(Stream(pdf, written))
        notes = list(page.obj.get("/Annots", Array()))
        if len(notes) > 1:
            page.obj["/Annots"] = Array(
                sorted(notes, key=lambda note: place.get(note.objgen, len(place)))
            )


def _read_chunks(content: bytes) -> list[_Chunk]:
    """Return `content` in chunks, or none if its marks are not as LibreOffice writes them."""
    chunks: list[_Chunk] = []
    depth = at = 0
    start = b""
    for edge in _EDGE.finditer(content):
        depth += 1 if edge[1] else -1
        if depth == 1 and edge[1]:
            if content[at : edge.start()].strip():
                chunks.append(_Chunk(b"", content[at : edge.start()]))
            start, at = edge[1], edge.end()
        elif depth == 0:
            found = MCID.search(start)
            number = int(found[1]) if found else None
            chunks.append(_Chunk(start, content[at : edge.start()], number))
            at = edge.end()
        elif depth < 0:
            return []
    if content[at:].strip():
        chunks.append(_Chunk(b"", content[at:]))
    return chunks if depth == 0 else []


def _name_running(chunks: Sequence[_Chunk], middle: float) -> None:
    """Mark text that is no content as running head or foot, or as rows that are repeated."""
    last = max((n for n, chunk in enumerate(chunks) if chunk.number is not None), default=-1)
    for n, chunk in enumerate(chunks):
        place = _PLACE.search(chunk.body)
        if chunk.start == _PLAIN_ARTIFACT and chunk.has_text and place:
            kind = b"/Header" if float(place[1]) > middle else b"/Footer"
            subtype = b"/Subtype" + kind if n > last else b""
            chunk.start = b"/Artifact<</Type/Pagination%s>>BDC" % subtype


def _write_chunks(chunks: Sequence[_Chunk], ranks: Mapping[int, int]) -> bytes:
    """Return `chunks` as content: surfaces first, then text in the order of `ranks`."""
    numbers = [ranks.get(chunk.number, -1) for chunk in chunks if chunk.number is not None]
    if numbers == sorted(numbers) or not _read_states(chunks):
        return b"".join(_marked(chunk) for chunk in chunks)
    order = sorted(chunks, key=lambda chunk: _rank(chunk, ranks))
    return b"".join(_in_own_states(order))


def _rank(chunk: _Chunk, ranks: Mapping[int, int]) -> int:
    """Return where `chunk` is painted: what covers others, or is not read, before what is read.

    Running heads and feet come last, as LibreOffice has them.
    """
    if b"/Subtype" in chunk.start:
        return len(ranks)
    covers = not chunk.has_text and _COVERS.search(chunk.body)
    return -1 if chunk.number is None or covers else ranks.get(chunk.number, -1)


def _read_states(chunks: Iterable[_Chunk]) -> bool:
    """Find the states of the pen around each of `chunks`; tell whether they can be made again."""
    states = [b""]
    for chunk in chunks:
        chunk.before = tuple(states)
        for n, part in enumerate(_SAVE.split(chunk.body)):
            if part == b"q" and n % 2:
                states.append(b"")
            elif part == b"Q" and n % 2:
                states.pop()
                if not states:
                    return False
            elif not (n % 2):
                states[-1] += part
        chunk.after = tuple(states)
        if any(_PAINTS.search(state) for state in states):
            return False
    return True


def _in_own_states(chunks: Iterable[_Chunk]) -> Iterator[bytes]:
    """Yield `chunks`, each in the state of the pen that it was made for."""
    now: tuple[bytes, ...] = (b"",)
    for chunk in chunks:
        if chunk.before != now:
            yield _changed(now, chunk.before)
        yield _marked(chunk)
        now = chunk.after
    yield _changed(now, (b"",))


def _changed(now: tuple[bytes, ...], then: tuple[bytes, ...]) -> bytes:
    """Return what brings the pen from one state to another; the outermost is left for no one."""
    closing = b"Q\n" * (len(now) - 1)
    opening = b"".join(b"q\n%s\n" % state.strip() for state in then[1:])
    return b"%s\n%s%s%sEMC\n" % (_PLAIN_ARTIFACT, closing, then[0].strip() + b"\n", opening)


def _marked(chunk: _Chunk) -> bytes:
    return b"%s\n%sEMC\n" % (chunk.start, chunk.body) if chunk.start else chunk.body
