"""Looking for what was left out in any file, and in what that carries, as deep as it goes.

Every file is opened as what its first bytes say that it is, whatever it is called. What it carries
is looked at in the same way. What cannot be opened is told: it is not proved.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.openbaar.carried import Inner, Text, Unread, text_at
from lrtdocs.model.openbaar.disguises import (
    EXTRACTED,
    decode,
    is_text,
    packed_in,
    read_bytes,
    unpack_stream,
    unveil,
)
from lrtdocs.model.openbaar.markup import HTML, read_texts
from lrtdocs.model.openbaar.media import is_picture, read_blocks
from lrtdocs.model.openbaar.seeking import fold
from lrtdocs.run.publishing.archives import ROOM, is_zip, read_zip
from lrtdocs.word.reading.carried import built_words, read_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lrtdocs.model.openbaar.carried import Carried
    from lrtdocs.model.openbaar.seeking import Hit, Seeker, Sure

_DEEPEST = 12
_LEAST_IN_CODE = 4
_MARKUP = re.compile(r"\s*(?:<[?!A-Za-z])", re.DOTALL)
_RTF = re.compile(
    r"\\(?:par|line|tab|cell|row)\b ?|(\\u-?\d+\??|\\'[0-9a-f]{2})|\\[a-z]+-?\d* ?|[{}\r\n]"
)
_AROUND = [(re.compile(rf"{sign}*$"), re.compile(rf"{sign}*")) for sign in (r"\w", r"[^\n\"'<>]")]
_LONGEST = 80
_OLE = b"\xd0\xcf\x11\xe0"
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"MSCF")
_TAR = b"ustar"
_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOF", b"\1\0\4", b"%!PS-AdobeFont")


class Found(NamedTuple):
    """Text number `owner` stands in `where`; or, without an owner, why that was not looked at."""

    where: str
    owner: int | None
    sure: Sure | None = None
    unread: Unread | None = None

    def inside(self, where: str) -> Found:
        """Return the same, where it stands inside something else."""
        return self._replace(where=f"{where}: {self.where}" if where else self.where)


class Looker:
    """Looks for what `seeker` seeks; `counts` tells at how much."""

    def __init__(self, seeker: Seeker) -> None:
        self._seeker = seeker
        self._known: dict[bytes, list[Found]] = {}
        self._room = ROOM
        self.counts: Counter[str] = Counter()

    def look(self, name: str, data: bytes, depth: int = 0) -> list[Found]:
        """Return what is found in the file `data`, called `name`."""
        if depth == 0:
            self._room = ROOM
        digest = hashlib.sha256(name.encode("utf-8", "replace") + b"\0" + data).digest()
        if digest not in self._known:
            self._known[digest] = list(self._look(name, data, depth))
        return self._known[digest]

    def _look(self, name: str, data: bytes, depth: int) -> Iterator[Found]:
        self._room -= len(data)
        if self._room < 0 or depth > _DEEPEST:
            yield Found("", None, None, Unread("", "deel.bewijs_groot"))
            return
        told: set[tuple[str, int | None]] = set()
        groups: set[tuple[str, int]] = set()
        for carried in self._read(name, data):
            if isinstance(carried, Text):
                self.counts["teksten"] += 1
                hits = self._seek(carried, groups)
            elif isinstance(carried, Unread):
                hits = iter([Found(carried.where, None, None, carried)])
            else:
                hits = self._enter(carried, depth)
            for found in hits:
                if (found.where, found.owner) not in told:
                    told.add((found.where, found.owner))
                    yield found

    def _enter(self, inner: Inner, depth: int) -> Iterator[Found]:
        where = inner.where
        if inner.name and not where:
            where = "" if _is_plain_part(inner) else inner.name
        elif inner.name:
            where = f"{where} ({inner.name})"
        for found in self.look(inner.name, inner.data, depth + 1):
            yield found.inside(where)

    def _seek(self, carried: Text, groups: set[tuple[str, int]]) -> Iterator[Found]:
        seen = set[tuple[str, int]]()
        hits = self._seeker.find(carried.text, carried.least)
        plainly = Counter(hit.owner for hit in hits)
        for hit in hits:
            where = carried.spots.at(hit.start)
            yield from self._tell(carried, carried.text, hit, where, groups, seen)
        for how, plain in unveil(carried.text) if carried.least < _LEAST_IN_CODE else ():
            found = self._seeker.find(plain, _LEAST_IN_CODE)
            more = Counter(hit.owner for hit in found)
            known = Counter[int]() if how.endswith(EXTRACTED) else plainly
            for hit in found:
                if more[hit.owner] > known[hit.owner]:
                    where = f"{self._place_of(carried, how)}, {how}"
                    yield from self._tell(carried, plain, hit, where, groups, seen)
        for data in packed_in(carried.text) if len(carried.text) > 80 else ():
            name = f"{carried.spots.names[-1]}, een bestand als base64"
            for other in self.look("", data, 1):
                yield other.inside(name)
        groups |= seen

    def _tell(
        self,
        carried: Text,
        text: str,
        hit: Hit,
        where: str,
        groups: set[tuple[str, int]],
        seen: set[tuple[str, int]],
    ) -> Iterator[Found]:
        known = (carried.group, hit.owner)
        if carried.built and _around(text, hit) & _built_words():
            return
        if carried.last and known in groups | seen and carried.group:
            return
        seen.add(known)
        yield Found(where, hit.owner, hit.sure)

    def _place_of(self, carried: Text, how: str) -> str:
        """Return in which of the spots of `carried` something stands in a code, if one can tell."""
        spots = carried.spots
        if len(set(spots.names) - {""}) == 1:
            return spots.names[-1]
        ends = [*spots.offsets[1:], len(carried.text)]
        for start, end, name in zip(spots.offsets, ends, spots.names, strict=True):
            for other, plain in unveil(carried.text[start:end]):
                if other == how and self._seeker.find(plain, _LEAST_IN_CODE):
                    return name
        return spots.names[-1]

    def _read(self, name: str, data: bytes) -> Iterator[Carried]:
        """Yield what the file `data` carries, opened as what it is."""
        for fits, read in _READERS:
            if fits(data):
                self.counts["afbeeldingen"] += read is _read_picture
                yield from read(name, data)
                return
        yield from _read_anything(name, data)


def _around(text: str, hit: Hit) -> set[str]:
    """Return what was found in `text`, and the word and the value that it is part of, folded."""
    found, around = text[hit.start : hit.end], set[str]()
    for before, behind in _AROUND:
        first = before.search(text[max(0, hit.start - _LONGEST) : hit.start])
        last = behind.match(text[hit.end : hit.end + _LONGEST])
        around.add(fold((first[0] if first else "") + found + (last[0] if last else "")))
    return around | {fold(found)}


def _built_words() -> frozenset[str]:
    """Return the words that files have for their own sake: a name that is one is no leak."""
    from lrtdocs.pdf.carried.objects import BUILT  # only asked where something was found

    return BUILT | built_words()


def _is_plain_part(inner: Inner) -> bool:
    return inner.name.lower().endswith((".xml", ".rels", ".vml"))


def _read_pdf(_name: str, data: bytes) -> Iterator[Carried]:
    from lrtdocs.pdf.carried.reading import read_pdf  # only who has a PDF loads it

    yield from read_pdf(data)


def _read_zip(_name: str, data: bytes) -> Iterator[Carried]:
    yield from read_zip(data)


def _read_picture(_name: str, data: bytes) -> Iterator[Carried]:
    for what, block in read_blocks(data):
        for text, least in read_bytes(block):
            yield text_at(what, text, "", least=least)
        if block.startswith((b"Exif\0\0", b"http://ns.adobe", b"Photoshop")) and b"<" in block:
            yield from read_texts(decode(block), what, HTML)


def _read_rtf(_name: str, data: bytes) -> Iterator[Carried]:
    text = decode(data)
    plain = _RTF.sub(
        lambda one: one[1] or ("\n" if one[0].startswith(("\\par", "\\line")) else ""), text
    )
    yield text_at("tekst", plain, "rtf")
    yield text_at("code", text, "rtf", last=True)


def _read_markup(name: str, data: bytes) -> Iterator[Carried]:
    text = decode(data)
    head = text[:2000].lower()
    if (
        name.lower().endswith((".htm", ".html", ".xhtml", ".svg"))
        or "<html" in head
        or "<svg" in head
    ):
        label = "afbeelding" if "<svg" in head and "<html" not in head else "pagina"
        yield from read_texts(text, label, HTML, "pagina")
    else:
        yield from read_part(name, data)


def _read_tar(_name: str, data: bytes) -> Iterator[Carried]:
    import tarfile
    from io import BytesIO

    try:
        with tarfile.open(fileobj=BytesIO(data)) as archive:
            for member in archive.getmembers():
                file = archive.extractfile(member) if member.isfile() else None
                yield Inner("", member.name, file.read() if file else b"")
                yield text_at("naam van een onderdeel", f"{member.name}\n{member.linkname}")
    except (tarfile.TarError, OSError, EOFError):
        yield Unread("", "deel.bewijs_kapot")


def _read_closed(_name: str, _data: bytes) -> Iterator[Carried]:
    yield Unread("", "deel.bewijs_soort")


def _read_stream(_name: str, data: bytes) -> Iterator[Carried]:
    yield Inner("ingepakt", "", unpack_stream(data) or b"")
    for text, least in read_bytes(data[:1000]):
        yield text_at("kop van het ingepakte bestand", text, least=max(least, 4))


def _read_text(_name: str, data: bytes) -> Iterator[Carried]:
    yield text_at("tekst", decode(data))
    if b"\0" in data:
        for text, least in read_bytes(data):
            yield text_at("bytes", text, least=least)


def _read_anything(_name: str, data: bytes) -> Iterator[Carried]:
    """Yield the texts in bytes of which nobody knows what they are, and the files inside them."""
    font = data.startswith(_FONTS)
    for text, least in read_bytes(data):
        least = max(least, 5) if font else least  # noqa: PLW2901
        yield text_at("bytes van het bestand", text, "bytes", least=least, built=font)
    for found in re.finditer(rb"%PDF-\d|\x89PNG\r\n|\xff\xd8\xff[\xe0\xe1\xdb]|PK\x03\x04", data):
        if found.start():
            yield Inner("een bestand erin", "", data[found.start() :])
            return


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(heads)


_READERS: Iterable[tuple[Callable[[bytes], bool], Callable[[str, bytes], Iterator[Carried]]]] = (
    (lambda data: b"%PDF-" in data[:1100], _read_pdf),
    (is_picture, _read_picture),
    (_starts(*_CLOSED), _read_closed),
    (_starts(_OLE), _read_anything),
    (is_zip, _read_zip),
    (_starts(b"{\\rtf"), _read_rtf),
    (lambda data: data[257:262] == _TAR, _read_tar),
    (lambda data: unpack_stream(data[:100_000]) is not None, _read_stream),
    (lambda data: is_text(data) and _MARKUP.match(decode(data[:4000])) is not None, _read_markup),
    (is_text, _read_text),
)
