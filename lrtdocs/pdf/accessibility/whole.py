"""The PDF as a whole: what it says of itself, and what it lets a reader do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pikepdf import Array, Dictionary, Name, Pdf, PdfError, Stream

from lrtdocs.messages import Fault
from lrtdocs.pdf.accessibility.values import annotations_of, is_true, part_of
from lrtdocs.wording import is_empty_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

_DC = "{http://purl.org/dc/elements/1.1/}"
_LONG = 20
"""From so many pages on a document wants bookmarks."""


def check_whole(pdf: Pdf, *, tagged: bool) -> Iterator[Fault]:
    """Yield what is wrong with the open `pdf` beside its content."""
    root = pdf.Root
    if tagged:
        marks = part_of(root, "/MarkInfo")
        if not is_true(marks, "/Marked"):
            yield Fault("LRT877.gemerkt")
        if is_true(marks, "/Suspects"):
            yield Fault("LRT877.verdacht")
    yield from _check_title(pdf)
    if not pdf.allow.accessibility:
        yield Fault("LRT877.beveiligd")
    if "/XFA" in part_of(root, "/AcroForm"):
        yield Fault("LRT877.xfa")
    if len(pdf.pages) > _LONG and "/First" not in part_of(root, "/Outlines"):
        yield Fault("LRT877.bladwijzers", {"pages": len(pdf.pages)})
    yield from _check_layers(root)
    yield from _check_files(pdf)


def _check_title(pdf: Pdf) -> Iterator[Fault]:
    told = str(pdf.docinfo.get("/Title", "")).strip()
    if told and is_empty_title(told):
        yield Fault("LRT877.bestandsnaam", {"title": told[:80]})
    if told and not title_of_packet(pdf):
        yield Fault("LRT877.xmp")
    preferences = part_of(pdf.Root, "/ViewerPreferences")
    if not is_true(preferences, "/DisplayDocTitle"):
        yield Fault("LRT877.titelbalk")


def title_of_packet(pdf: Pdf) -> str:
    """Return the title in the XMP of `pdf`, "" where there is none that can be read."""
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        return ""
    try:
        packet = ET.fromstring(stream.read_bytes().strip(b"\0 \r\n"))  # noqa: S314  expat limits what entities do
    except (ET.ParseError, PdfError, ValueError):
        return ""
    titles = ("".join(title.itertext()) for title in packet.iter(f"{_DC}title"))
    attributes = (each.get(f"{_DC}title", "") for each in packet.iter())
    return next(filter(None, (t.strip() for t in (*titles, *attributes))), "")


def _check_layers(root: Object) -> Iterator[Fault]:
    layers = root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    more = layers.get("/Configs")
    ways = [layers.get("/D"), *(more if isinstance(more, Array) else ())]
    if any(isinstance(way, Dictionary) and not str(way.get("/Name", "")).strip() for way in ways):
        yield Fault("LRT877.lagen")


def _check_files(pdf: Pdf) -> Iterator[Fault]:
    """Yield a fault where an attached file has no name that a reader can say."""
    for thing in pdf.objects:
        if (
            isinstance(thing, Dictionary)
            and "/EF" in thing
            and not ("/F" in thing and "/UF" in thing)
        ):
            yield Fault("LRT877.bijlage")
            return


def check_pages(pdf: Pdf) -> Iterator[tuple[Fault, int]]:
    """Yield the pages whose links and fields are not visited in the order of the tags."""
    for number, page in enumerate(pdf.pages, start=1):
        if annotations_of(page.obj) and page.obj.get("/Tabs") != Name.S:
            yield Fault("LRT877.tabvolgorde"), number
