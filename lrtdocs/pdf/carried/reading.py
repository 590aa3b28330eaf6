"""A whole PDF: its pages, its objects, its earlier versions, and the bytes that are in none."""

from __future__ import annotations

import hashlib
import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Object, PasswordError, Pdf, PdfError, Stream

from lrtdocs.model.openbaar.carried import Inner, Text, Unread, text_at
from lrtdocs.model.openbaar.disguises import is_text, read_bytes, unpack_stream
from lrtdocs.pdf.carried.content import BROKEN, Content, as_seen, in_order
from lrtdocs.pdf.carried.objects import Objects
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.model.openbaar.carried import Carried
    from lrtdocs.pdf.carried.letters import Letters

_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_STREAM = re.compile(rb"stream\r?\n")
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]{4,}>", re.DOTALL)
_MOST_VERSIONS = 40
_FEWEST_UNREAD = 4  # of fewer signs no name is made; bullets are


def read_pdf(data: bytes) -> Iterator[Carried]:
    """Yield what the PDF `data` carries."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # what is odd in it is told here
    known: set[bytes] = set()
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            locked = pdf.is_encrypted
            yield from _read_open(pdf, "pdf", known)
    except PasswordError:
        yield Unread("de hele PDF", "deel.bewijs_wachtwoord")
        return
    except BROKEN:
        yield Unread("de hele PDF", "deel.bewijs_kapot")
        locked = False
    if not locked:
        yield from _read_versions(data, known)
        yield from _read_loose(data, known)
    for text, least in read_bytes(data):
        yield _raw("bytes van de PDF", text, "pdf", least)


def _read_open(pdf: Pdf, group: str, known: set[bytes]) -> Iterator[Carried]:
    fonts: dict[tuple[int, int], Letters] = {}
    read, pages = set[tuple[int, int]](), dict[tuple[int, int], int]()
    for number, page in enumerate(pdf.pages, start=1):
        content = Content(fonts)
        content.read(page, page.obj.get("/Resources") or page.resources)
        yield from _told(content, f"pagina {number}", group)
        if content.broken:
            yield Unread(f"pagina {number}", "deel.bewijs_kapot")
        read |= content.reached
        for stream in _streams_of(page.obj):
            read.add(stream.objgen)
            yield from _unshown(stream, f"pagina {number}", group)
        pages[page.obj.objgen] = number
        pages |= {one.objgen: number for one in page.obj.get("/Annots", ()) if one.is_indirect}
    yield from _in_reading_order(pdf, group)
    objects = Objects(pdf, pages, read)
    for carried in objects.texts():
        own = isinstance(carried, Text) and carried.group == "pdf"
        yield carried._replace(group=group) if own and isinstance(carried, Text) else carried
    for where, stream in objects.shows():
        found = [stream.get("/Resources"), objects.resources.get(stream.objgen)]
        named = [one for one in found if one is not None][:1]
        yield from _read_form(stream, named or _resources(pdf), where, group, fonts)
    yield from _unread_fonts(fonts)
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            known.add(hashlib.sha256(thing.read_raw_bytes()).digest())


def _raw(where: str, text: str, group: str, least: int) -> Text:
    """Return the `text` of bytes that are code, and that were read as what they are before."""
    return text_at(where, text, group, last=True, least=max(least, 4), built=True)


def _streams_of(page: Object) -> list[Object]:
    found = page.get("/Contents")
    return [found] if isinstance(found, Stream) else list(found or ())


def _told(content: Content, where: str, group: str) -> Iterator[Carried]:
    letters = content.letters
    yield from in_order(letters, where).texts(group)
    if any(letter.shown != letter.other for letter in letters):
        yield from in_order(letters, where, other=True).texts(group, last=True)
    yield from as_seen(letters, where).texts(group, last=True)
    for text in content.strings.texts(group):
        yield text_at(f"{where}, gegevens die niet te zien zijn", text.text, group)


def _unshown(stream: Object, where: str, group: str) -> Iterator[Carried]:
    """Yield the code of a page as it stands, with the remarks in it."""
    try:
        code = stream.read_bytes()
    except PdfError:
        yield Unread(where, "deel.bewijs_kapot")
        return
    for text, least in read_bytes(code):
        yield _raw(f"{where}, in de code", text, group, least)


def _in_reading_order(pdf: Pdf, group: str) -> Iterator[Carried]:
    """Yield the text as a screen reader says it: words that run over to the next page are whole."""
    try:
        tree = Tree(pdf)
        text = PageTexts(pdf).lines(tree) if tree.root is not None else ""
    except BROKEN:
        return
    yield text_at("de tekst voor een schermlezer", text, group, last=True)


def _read_form(
    stream: Object,
    named: Sequence[Object | None],
    where: str,
    group: str,
    fonts: dict[tuple[int, int], Letters],
) -> Iterator[Carried]:
    """Yield the text of a stream that no page uses, by each of the fonts that may be `named`."""
    for resources in named:
        content = Content(fonts)
        content.read(stream, resources)
        yield from _told(content, where, group)
    yield from _unshown(stream, where, group)


def _resources(pdf: Pdf) -> list[Object | None]:
    """Return what the pages name, each once by its fonts."""
    found: dict[object, Object | None] = {}
    for page in pdf.pages:
        of_page = page.obj.get("/Resources")
        fonts = None if of_page is None else of_page.get("/Font")
        if fonts is not None:
            found.setdefault(str(sorted((k, v.objgen) for k, v in fonts.items())), of_page)
    return list(found.values())[:20] or [None]


def _unread_fonts(fonts: dict[tuple[int, int], Letters]) -> Iterator[Carried]:
    for letters in fonts.values():
        if len(letters.unread) >= _FEWEST_UNREAD and letters.tells:
            name = letters.name.rpartition("+")[2] or "zonder naam"
            yield Unread(f"tekst in het lettertype {name}", "deel.bewijs_letters")


def _read_versions(data: bytes, known: set[bytes]) -> Iterator[Carried]:
    """Yield what the earlier versions carry that stand in the file before the last one."""
    ends = [found.end() for found in _END.finditer(data)]
    for number, end in enumerate(ends[:-1][:_MOST_VERSIONS], start=1):
        label = f"eerdere versie {number} in het bestand"
        try:
            with Pdf.open(BytesIO(data[:end])) as pdf:
                for carried in _read_open(pdf, label, known):
                    yield from _labelled(carried, label)
        except BROKEN:
            continue  # the first part of a PDF that is made to be shown while it loads
    if len(ends) > _MOST_VERSIONS:
        yield Unread("eerdere versies in het bestand", "deel.bewijs_groot")


def _labelled(carried: Carried, label: str) -> Iterator[Carried]:
    if isinstance(carried, Text):
        carried.spots.names[:] = [f"{label}, {name}" for name in carried.spots.names]
        yield carried
    else:
        yield carried._replace(where=f"{label}, {carried.where}")


def _read_loose(data: bytes, known: set[bytes]) -> Iterator[Carried]:
    """Yield what stands in streams that are in no version: what was taken out, but not wiped."""
    where = "een los stuk van het bestand, dat in geen versie meer voorkomt"
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        raw = data[found.end() : end if end >= 0 else len(data)]
        ends = (raw, raw[:-1], raw[:-2])
        if any(hashlib.sha256(one).digest() in known for one in ends):
            continue
        plain = unpack_stream(raw) or raw
        if plain.startswith((b"%PDF", b"PK\x03\x04", b"\xff\xd8", b"\x89PNG")):
            yield Inner(where, "", plain)
        for text, least in read_bytes(plain):
            yield _raw(where, text, "pdf", least)
        yield from _shown_loose(data, plain, where)


def _shown_loose(data: bytes, plain: bytes, where: str) -> Iterator[Carried]:
    """Yield the strings in a stream that is in no version, and what it would show."""
    if not (is_text(plain) and _LITERAL.search(plain)):
        return
    strings = []
    for found in _LITERAL.findall(plain):
        try:
            strings.append(str(Object.parse(found)))
        except BROKEN:
            continue
    yield text_at(where, "".join(strings), "pdf", last=True)
    yield text_at(where, "\n".join(strings), "pdf", last=True)
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            stream = Stream(pdf, plain)
            yield from _read_form(stream, _resources(pdf), where, "pdf", {})
    except BROKEN:
        return
