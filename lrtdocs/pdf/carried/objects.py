"""The texts of all objects of a PDF, also of those that no page uses any more, and its files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from lrtdocs.model.openbaar.carried import Gathered, Inner, Unread
from lrtdocs.model.openbaar.disguises import decode, is_text, read_bytes
from lrtdocs.model.openbaar.markup import HTML, Dialect, read_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.model.openbaar.carried import Carried

_Number = tuple[int, int]
_SHOWS = re.compile(rb"[\])>]\s*(?:Tj|TJ|'|\")\s|/\S+\s+Do\s")
_MARKUP = re.compile(r"<[a-z]+[^<>]*>.*</", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
_XMP = Dialect(blocks=frozenset({"li", "Description", "Alt", "Seq", "Bag"}))
BUILT = frozenset(
    {
        *("action", "alt", "annot", "annots", "author", "block", "border", "caption", "catalog"),
        *("contents", "count", "creator", "date", "decimal", "dest", "document", "encoding", "end"),
        *("figure", "filter", "first", "fit", "flags", "font", "form", "height", "image", "index"),
        *("info", "inline", "kids", "lang", "last", "layout", "length", "limits", "link", "list"),
        *("marked", "names", "next", "none", "note", "nums", "page", "pages", "parent", "part"),
        *("prev", "rect", "root", "row", "scope", "signature", "size", "span", "standard", "table"),
        *("tabs", "text", "title", "type", "width", "widths", "post", "name", "head", "loca"),
        *("glyf", "cmap", "kern", "prep", "gasp", "obj", "stream", "trailer", "xref", "artifact"),
        *("quote", "code", "sect", "art", "formula", "reference", "index", "subject", "keywords"),
    }
)
"""Words that the names of a PDF, and of the tables of a font, are made of (PDF 1.7, annex E)."""
_INFO = {
    "/Title": "titel",
    "/Author": "auteur",
    "/Subject": "onderwerp",
    "/Keywords": "trefwoorden",
    "/Creator": "programma",
    "/Producer": "programma",
}
_ELEMENT = {
    "/Alt": "alternatieve tekst",
    "/ActualText": "vervangende tekst (ActualText)",
    "/E": "uitgeschreven afkorting (E)",
    "/T": "naam van een onderdeel",
    "/ID": "naam van een onderdeel",
}
_NOTE = {
    "/Contents": "tekst bij een opmerking of link",
    "/T": "naam bij een opmerking",
    "/Subj": "onderwerp van een opmerking",
    "/RC": "opgemaakte tekst van een opmerking",
    "/NM": "naam van een opmerking",
}
_FORM = {
    "/V": "waarde van een formulierveld",
    "/DV": "standaardwaarde van een formulierveld",
    "/T": "naam van een formulierveld",
    "/TU": "uitleg bij een formulierveld",
    "/TM": "naam van een formulierveld",
    "/Opt": "keuze van een formulierveld",
}
_FILE = dict.fromkeys(("/F", "/UF", "/Desc", "/DOS", "/Unix", "/Mac"), "naam van een bijlage")
_ANYWHERE = {
    "/URI": "adres van een link",
    "/JS": "script",
    "/Dest": "verwijzing naar een plek",
    "/Names": "naam in een lijst van namen",
    "/Dests": "naam van een plek",
    "/P": "nummering van de pagina's",
    "/Lang": "taal",
    "/Info": "kleurprofiel",
}


def read_string(value: Object) -> Iterator[str]:
    """Yield what a string of a PDF says, in each encoding that it may have."""
    raw = bytes(value)
    yield _LANGUAGE.sub("", str(value))
    if raw.startswith((b"\xff\xfe", b"\xef\xbb\xbf")) or b"\0" in raw:
        yield from (text for text, _ in read_bytes(raw))
    elif not raw.isascii():
        yield decode(raw)


class Objects:
    """The objects of `pdf`; those that a page shows are `pages`, by their number.

    `resources` has what the content of each page names, also of pages that are no longer there.
    """

    def __init__(self, pdf: Pdf, pages: dict[_Number, int], read: set[_Number]) -> None:
        self._pdf, self._pages, self._read = pdf, pages, read
        self._refers: dict[_Number, list[_Number]] = {}
        self._strings: list[tuple[_Number, str, str]] = []
        self._names: list[tuple[_Number, str]] = []
        self._streams: list[tuple[_Number, Object]] = []
        self.resources: dict[_Number, Object] = {}

    def texts(self) -> Iterator[Carried]:
        """Yield the strings and names of all objects, and what their streams carry."""
        things: Iterable[object] = self._pdf.objects
        for thing in things:
            if not isinstance(thing, Object):
                continue  # a number by itself, such as the length of a stream, says nothing
            number = thing.objgen
            if isinstance(thing, Stream):
                self._streams.append((number, thing))
            self._walk(number, thing, "", "", {})
        self._walk((0, 0), self._pdf.trailer, "", "", {})
        reached = self._reached()
        made, names = Gathered(), Gathered()
        for number, what, text in self._strings:
            made.line(text, self._place(what, number, reached))
        for number, name in self._names:
            names.line(name, self._place("naam in de opbouw", number, reached))
        yield from made.texts("pdf")
        yield from names.texts("pdf", built=True)
        for number, what, text in self._strings:
            if _MARKUP.search(text):
                yield from read_texts(text, self._place(what, number, reached), HTML, "pdf")
        for number, stream in self._streams:
            yield from self._read_stream(number, stream, reached)

    def _place(self, what: str, number: _Number, reached: set[_Number]) -> str:
        if number in self._pages:
            return f"{what} (pagina {self._pages[number]})"
        if number in reached or number == (0, 0):
            return what
        return f"{what}, in een onderdeel dat nergens meer voor dient (object {number[0]})"

    def _walk(
        self, number: _Number, thing: Object, key: str, told: str, kind: dict[str, str]
    ) -> None:
        """Take in what stands in `thing` itself; other objects have their own turn."""
        if isinstance(thing, String):
            what = kind.get(key) or told or _ANYWHERE.get(key) or f"gegeven '{key[1:]}'"
            self._strings += [(number, what, text) for text in read_string(thing)]
        elif isinstance(thing, Name):
            self._names.append((number, str(thing)[1:]))
        elif isinstance(thing, Dictionary | Stream):
            self._walk_dictionary(number, thing, told)
        elif isinstance(thing, Array):
            for one in thing:
                self._follow(number, one, key, kind.get(key) or told or _ANYWHERE.get(key, ""), {})

    def _walk_dictionary(self, number: _Number, thing: Object, told: str) -> None:
        if "/Contents" in thing and "/Resources" in thing:
            found = thing["/Contents"]
            for stream in [found] if isinstance(found, Stream) else found:
                self.resources[stream.objgen] = thing["/Resources"]
        kind = self._keys_of(number, thing)
        known = "" if kind else told
        for name, value in thing.items():
            if name not in _USUAL:
                self._names.append((number, name[1:]))
            if isinstance(value, Object):
                self._follow(number, value, name, known, kind)

    def _follow(
        self, number: _Number, value: object, key: str, told: str, kind: dict[str, str]
    ) -> None:
        if not isinstance(value, Object):
            return
        if value.is_indirect:
            self._refers.setdefault(number, []).append(value.objgen)
            if isinstance(value, String):
                self._walk(number, value, key, told, kind)
        else:
            self._walk(number, value, key, told, kind)

    def _keys_of(self, number: _Number, one: Object) -> dict[str, str]:
        """Return what the keys of a dictionary hold, in Dutch."""
        info = self._pdf.trailer.get("/Info")
        if info is not None and info.is_indirect and info.objgen == number:
            return {key: f"documenteigenschap '{what}' (Info)" for key, what in _INFO.items()} | {
                str(key): f"documenteigenschap '{str(key)[1:]}' (Info)"
                for key in one.keys()  # noqa: SIM118 - an object of pikepdf
                if str(key) not in _INFO
            }
        kind = str(one.get("/Type", ""))
        if kind == "/Filespec" or "/EF" in one:
            return _FILE
        if kind == "/Sig" or "/ByteRange" in one:
            return dict.fromkeys(("/Name", "/Reason", "/Location", "/ContactInfo"), "handtekening")
        if kind == "/OCG":
            return {"/Name": "naam van een laag"}
        if kind == "/StructElem" or ("/S" in one and "/P" in one):
            return _ELEMENT
        if "/FT" in one or ("/Kids" in one and "/T" in one):
            return _FORM
        if "/Rect" in one:
            return _NOTE
        if "/Title" in one and ("/Parent" in one or "/Next" in one or "/Prev" in one):
            return {"/Title": "bladwijzer"}
        if "/PieceInfo" in one or kind == "/PieceInfo":
            return {"/PieceInfo": "gegevens van een programma"}
        return {}

    def _reached(self) -> set[_Number]:
        waiting, seen = [(0, 0)], set[_Number]()
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                waiting += self._refers.get(number, ())
        return seen

    def _read_stream(
        self, number: _Number, stream: Object, reached: set[_Number]
    ) -> Iterator[Carried]:
        if number in self._read:
            return
        kind, sort = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
        if sort == "/Image":
            yield from self._read_picture(number, stream, reached)
            return
        if kind in {"/XRef", "/ObjStm"}:
            return
        try:
            data = stream.read_bytes()
        except PdfError:
            yield Unread(
                self._place("een stroom van gegevens", number, reached), "deel.bewijs_kapot"
            )
            return
        if kind == "/Metadata":
            label = self._place("XMP-gegevens", number, reached)
            yield from read_texts(decode(data), label, _XMP, f"xmp{number}")
        elif not shows_text(stream, data):
            yield Inner(self._place(_label_of(kind, sort, stream), number, reached), "", data)

    def _read_picture(
        self, number: _Number, stream: Object, reached: set[_Number]
    ) -> Iterator[Carried]:
        filters = stream.get("/Filter")
        names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
        if names[-1] in {"/DCTDecode", "/JPXDecode"}:
            raw = stream.read_raw_bytes()
            data = raw if len(names) == 1 else _partly(stream)
            yield Inner(self._place("afbeelding", number, reached), "", data)

    def shows(self) -> Iterator[tuple[str, Object]]:
        """Yield the streams that show text and that no page was seen to use."""
        reached = self._reached()
        for number, stream in self._streams:
            if number in self._read or stream.get("/Type") == Name.ObjStm:
                continue
            try:
                if shows_text(stream, stream.read_bytes()):
                    yield self._place("tekst in een getekend onderdeel", number, reached), stream
            except PdfError:
                continue


def shows_text(stream: Object, data: bytes) -> bool:
    """Tell whether `data` of `stream` are the code of a page, or of something drawn on one."""
    sort = str(stream.get("/Subtype", ""))
    return sort in {"/Form", ""} and _SHOWS.search(data + b" ") is not None and is_text(data)


_USUAL = frozenset({"/Type", "/Subtype", "/Length", "/Filter", "/Kids", "/Parent", "/P", "/S", "/K",
                    "/Pg", "/A", "/O", "/Resources", "/Contents", "/Rect", "/Border"})  # fmt: skip


def _label_of(kind: str, sort: str, stream: Object) -> str:
    if kind == "/EmbeddedFile" or "/Params" in stream:
        return "bijlage in de PDF"
    if sort in {"/Type1C", "/CIDFontType0C", "/OpenType"} or "/Length1" in stream:
        return "lettertype"
    return "gegevens in de PDF"


def _partly(stream: Object) -> bytes:
    """Return what a picture that was packed twice is, with one of the two undone."""
    from lrtdocs.model.openbaar.disguises import unpack_stream

    raw = bytes(stream.read_raw_bytes())
    return unpack_stream(raw) or raw
