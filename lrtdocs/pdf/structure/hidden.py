"""What a PDF carries that nobody sees on its pages: names, remarks, attachments, older versions.

All objects are looked at, also those that no page uses any more.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from lrtdocs.model.characters import squeeze
from lrtdocs.pdf.structure.text import PageTexts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PROPERTIES = {
    **dict.fromkeys(("Author", "creator"), "auteur"),
    **dict.fromkeys(("Subject", "description"), "onderwerp"),
    **dict.fromkeys(("Keywords", "subject"), "trefwoorden"),
    **dict.fromkeys(("Creator", "Producer", "CreatorTool"), "programma"),
}
"""What a property is: of the document, and as XMP calls it."""
_KNOWN = ("pdfaid", "pdfuaid", "pdfa/ns/extension", "pdfa/ns/schema", "pdfa/ns/property")
"""What the namespaces of the claims to standards are known by."""
_ALLOWED = {"format", "title", "language", "date", "CreateDate", "ModifyDate", "MetadataDate"}
_PROGRAM = re.compile(
    r"(LibreOffice|Microsoft|Writer|Word|Adobe|Acrobat|pikepdf|qpdf).*", re.DOTALL
)
_OF_WHAT = re.compile(r"sha256:[0-9a-f]{64}")  # of which document lrtdocs made it
_REMARK = {"/T": "naam bij een opmerking"}
_REMARK |= dict.fromkeys(("/Subj", "/RC", "/Contents"), "opmerking")
_FILE = dict.fromkeys(("/F", "/UF", "/Desc"), "bijlage")
_SIGNED = dict.fromkeys(("/Name", "/Reason", "/Location", "/ContactInfo"), "handtekening")
_FIELD = dict.fromkeys(("/V", "/TU"), "formulierveld")
_ELEMENT, _LAYER = {"/T": "naam van een onderdeel"}, {"/Name": "naam van een laag"}

CONTENTS = "Lijst van bijlagen"
"""What lrtdocs itself calls a part of a bundle."""


def find_hidden(
    data: bytes, is_organisation: Callable[[str], bool], tells_of_people: Callable[[bytes], bool]
) -> list[tuple[str, str]]:
    """Return what is hidden in the PDF `data`: what it is, in Dutch, and its text.

    An author may be an organisation, a subject what the pages say; `tells_of_people` knows of a
    picture whether it tells of its maker.
    """
    with Pdf.open(BytesIO(data)) as pdf:
        shown = squeeze(PageTexts(pdf).all_text())

        def is_wanted(what: str, text: str) -> bool:
            if what == "programma":
                return _PROGRAM.fullmatch(text) is not None
            return is_organisation(text) if what == "auteur" else squeeze(text) in shown

        objects = _objects(pdf, tells_of_people)
        parts = set(_ELEMENT.values())  # a print file names its letters by whom they go to
        found = [*_properties(pdf, is_wanted)]
        kept = (one for one in objects if one != (_ELEMENT["/T"], CONTENTS))
        found += [one for one in kept if one[0] not in parts or not is_wanted(*one)]
    if data.count(b"startxref") > 1 + (b"/Linearized" in data[:2000]):
        found.append(("een eerdere versie", "%%EOF"))
    return list(dict.fromkeys((what, text) for what, text in found if re.search(r"\w", text)))


def _properties(pdf: Pdf, is_wanted: Callable[[str, str], bool]) -> Iterator[tuple[str, str]]:
    for key, value in pdf.docinfo.items():
        name, text = str(key)[1:], str(value)
        what = _PROPERTIES.get(name, f"eigenschap '{name}'")
        if name not in {"Title", "CreationDate", "ModDate", "Trapped"} and not is_wanted(
            what, text
        ):
            yield what, text
    for what, text in _xmp(pdf.Root.get("/Metadata")):
        if not is_wanted(what, text):
            yield what, text


def _xmp(stream: Object | None) -> Iterator[tuple[str, str]]:
    """Yield what the XMP in `stream` says, but what every document may: title, language, dates."""
    if not isinstance(stream, Stream):
        return
    try:
        root = ET.fromstring(stream.read_bytes())  # noqa: S314  expat limits what entities do
    except (ET.ParseError, PdfError):
        return
    yield from _xmp_texts(root, "")


def _xmp_texts(element: ET.Element, around: str) -> Iterator[tuple[str, str]]:
    space, _, name = element.tag.rpartition("}")
    if any(known in space for known in _KNOWN) or name in _ALLOWED:
        return
    around = (
        around if name in {"Alt", "Bag", "Seq", "li", "RDF", "Description", "xmpmeta"} else name
    )
    values = [(around, element.text or "")]
    values += [
        (key.rpartition("}")[2], value)
        for key, value in element.attrib.items()
        if not key.endswith(("}lang", "}about", "}parseType", "}xmptk", "}resource"))
    ]
    for key, value in values:
        known = key in {*_ALLOWED, "xmptk", "part", "conformance"} or _OF_WHAT.fullmatch(value)
        if value.strip() and not known:
            yield _PROPERTIES.get(key, f"eigenschap '{key}'"), value.strip()
    for child in element:
        yield from _xmp_texts(child, around)


def _objects(pdf: Pdf, tells_of_people: Callable[[bytes], bool]) -> Iterator[tuple[str, str]]:
    own = pdf.Root.get("/Metadata")
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            if thing.get("/Type") == Name.Metadata and (own is None or thing.objgen != own.objgen):
                yield from (("gegevens in een afbeelding", text) for _, text in _xmp(thing))
            filters = thing.get("/Filter")
            if filters == Name.DCTDecode or (
                isinstance(filters, Array) and list(filters) == [Name.DCTDecode]
            ):
                raw = thing.read_raw_bytes()
                if tells_of_people(raw):
                    yield "gegevens in een afbeelding", "EXIF, XMP of een opmerking"
        for one in _dictionaries(thing):
            yield from _texts(one)


def _dictionaries(thing: Object) -> Iterator[Object]:
    """Yield `thing` and what stands in it itself, as far as those are dictionaries."""
    if isinstance(thing, Dictionary | Stream):
        yield thing
        inside = list(thing.values())
    else:
        inside = list(thing) if isinstance(thing, Array) else []
    for value in inside:
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _dictionaries(value)


def _texts(one: Object) -> Iterator[tuple[str, str]]:
    if "/PieceInfo" in one:
        yield "gegevens van een programma", "PieceInfo"
    for key, what in _keys_of(one).items():
        value = one.get(key)
        if isinstance(value, String) and str(value).strip():
            yield what, str(value).strip()


def _keys_of(one: Object) -> dict[str, str]:
    """Return under which keys of a dictionary text stands that no page shows, and what it is."""
    kind, sort = str(one.get("/Type", "")), str(one.get("/Subtype", ""))
    if kind == "/Filespec" or "/EF" in one:
        return _FILE
    if kind == "/Sig" or "/ByteRange" in one:
        return _SIGNED
    if kind == "/OCG":
        return _LAYER
    if kind == "/StructElem":
        return _ELEMENT
    if "/FT" in one:
        return _FIELD
    if "/Rect" in one and sort == "/Link":
        return {"/T": _REMARK["/T"]}
    return _REMARK if "/Rect" in one and sort and sort != "/Widget" else {}
