"""The bundle itself: pages, structure, bookmarks and stamps of all its parts in one file.

The structure of the agenda stays what it was, and each annex keeps its own, as a part of the whole.
What is stamped on the pages of an annex is no part of that: a screen reader has the bookmarks.
"""

from __future__ import annotations

from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    OutlineItem,
    Page,
    Pdf,
    PdfError,
    Rectangle,
    parse_content_stream,
    unparse_content_stream,
)

from lrtdocs.messages import FaultError
from lrtdocs.pdf.bulk.join import Whole, add_tags, pack, take_facts, write_tree
from lrtdocs.pdf.bulk.split import UNREADABLE
from lrtdocs.pdf.bundle.annexes import (
    judge_annex,
    make_readable,
    numbered_drawings,
    open_annex,
)
from lrtdocs.pdf.bundle.jumps import put_jumps, read_bookmarks, take_jumps
from lrtdocs.pdf.structure.finish import LANGUAGE
from lrtdocs.pdf.structure.hidden import CONTENTS
from lrtdocs.pdf.structure.metadata import claims_of, save_reproducibly, write_metadata

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lrtdocs.messages import Fault

_POINTS_A_MM = 72 / 25.4
_CONFIDENTIAL = " (vertrouwelijk)"  # what an agenda puts behind a title
_MARKED = {"BMC", "BDC", "EMC", "MP", "DP"}


class Annex(NamedTuple):
    """An annex called `title`, with the sheet that goes before it; without `data` that is all.

    What others made of it, and not lrtdocs, is `foreign`.
    """

    title: str
    sheet: bytes
    data: bytes = b""
    foreign: bool = True


class Chapter(NamedTuple):
    """An item of the agenda with its annexes; `heading` is what the agenda calls it.

    Without one it begins with the first of those.
    """

    title: str
    heading: str
    annexes: Sequence[Annex]


class Stamps(NamedTuple):
    """A PDF with a page for each annex, with its stamp in the top right corner.

    That is so many millimetres wide and high.
    """

    data: bytes
    width: float
    height: float


class Bundle(NamedTuple):
    """What goes into a bundle: the agenda, the list of annexes, and those, with their stamps."""

    title: str
    agenda: bytes
    contents: bytes
    chapters: Sequence[Chapter]
    stamps: Stamps


def make_bundle(bundle: Bundle, moment: datetime) -> tuple[bytes, set[str]]:
    """Return `bundle` as one PDF, with `moment` as its date, and the standards that it claims.

    Those are what all its parts hold to; none with a foreign part, for which nobody can promise.
    Raises FaultError for an annex that cannot be opened; check that before.
    """
    with Pdf.new() as pdf, Pdf.open(BytesIO(bundle.stamps.data)) as stamps:
        whole = Whole(pdf)
        agenda = _add(whole, bundle.agenda, "Agenda")
        items = [agenda, _add(whole, bundle.contents, CONTENTS)]
        headings = _headings(agenda)
        drawn = iter(stamps.pages)
        for chapter in bundle.chapters:
            first = len(pdf.pages)
            page = _find(headings, chapter.heading) if chapter.heading else first
            item = OutlineItem(chapter.title, page)
            item.is_closed = False
            item.children = [
                _add_annex(whole, annex, _draw(pdf, next(drawn), bundle.stamps))
                for annex in chapter.annexes
            ]
            items.append(item)
        for item in items[:2]:
            item.children = []
        write_tree(whole)
        _write_catalogue(pdf, items)
        pdf.docinfo["/Title"] = bundle.title
        write_metadata(pdf, moment, whole.claims)
        target = BytesIO()
        save_reproducibly(pdf, target)
        return target.getvalue(), whole.claims


def check_annex(data: bytes) -> tuple[int, list[Fault]]:
    """Return how many pages the PDF `data` has, and what a reader must know of it in a bundle.

    Raises FaultError if it cannot be in one. It is tried: a file that breaks on the way must not
    take the others along.
    """
    try:
        with Pdf.new() as pdf:
            whole = Whole(pdf)
            _add(whole, data, "")
            write_tree(whole)
            pdf.save(BytesIO())
            pages = len(pdf.pages)
        return pages, list(judge_annex(data))
    except FaultError:
        raise
    except (PdfError, RuntimeError, *UNREADABLE) as error:
        raise FaultError("LRT450.kapot") from error


def _headings(agenda: OutlineItem) -> list[tuple[str, int]]:
    """Return the bookmarks of the agenda with their pages, in the order of the text."""
    found, waiting = [], [agenda]
    while waiting:
        item = waiting.pop(0)
        found.append((_squeeze(item.title), int(item.destination or 0)))
        waiting[:0] = item.children
    return found


def _find(headings: list[tuple[str, int]], heading: str) -> int:
    """Return the page with that heading; the first where there is none.

    What stands before it is taken out of `headings`, so that each is found once.
    """
    wanted = f" {_squeeze(heading)}"
    for index, (title, page) in enumerate(headings):
        if f" {title}".removesuffix(_CONFIDENTIAL).endswith(wanted):
            del headings[: index + 1]
            return page
    return 0


def _squeeze(text: str) -> str:
    return " ".join(text.split()).casefold()


# --- adding


def _add(whole: Whole, data: bytes, title: str) -> OutlineItem:
    """Add the PDF `data` to `whole`; return its bookmark, with its own below that."""
    pdf, first = whole.pdf, len(whole.pdf.pages)
    with open_annex(data) as part:
        whole.claims &= claims_of(part)
        if not first:
            take_facts(pdf, part)
        item = OutlineItem(title, first)
        item.children = read_bookmarks(part, first)
        item.is_closed = True
        jumps = take_jumps(part)
        make_readable(part)
        tree = part.Root["/StructTreeRoot"]
        parcel = part.make_indirect(pack(part, tree, title))
        for page in part.pages:
            if "/AA" in page.obj:
                del page.obj["/AA"]
            pdf.pages.append(Page(page.obj))
        pages = [page.obj for page in list(pdf.pages)[first:]]
        add_tags(whole, pdf.copy_foreign(parcel), pages, list(numbered_drawings(pages)))
        put_jumps(jumps, pages)
        _add_layers(pdf, part)
    return item


def _add_layers(pdf: Pdf, part: Pdf) -> None:
    """Let the layers of `part` that are not to be seen stay so."""
    found = part.Root.get("/OCProperties")
    if not isinstance(found, Dictionary):
        return
    default = found.get("/D", Dictionary())
    parcel = Dictionary(
        OCGs=found.get("/OCGs", Array()),
        OFF=default.get("/OFF", Array()),
        ON=default.get("/ON", Array()),
        Hidden=default.get("/BaseState", Name.ON) == Name.OFF,
    )
    copied = pdf.copy_foreign(part.make_indirect(parcel))
    if "/OCProperties" not in pdf.Root:
        pdf.Root["/OCProperties"] = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array()))
    layers = pdf.Root["/OCProperties"]
    shown = {layer.objgen for layer in copied["/ON"]}
    hidden = [one for one in copied["/OCGs"] if copied["/Hidden"] and one.objgen not in shown]
    layers["/OCGs"].extend(copied["/OCGs"])
    layers["/D"]["/OFF"].extend(Array([*copied["/OFF"], *hidden]))


def _add_annex(whole: Whole, annex: Annex, stamp: Object) -> OutlineItem:
    item = _add(whole, annex.sheet, annex.title)
    item.children = []
    if annex.data:
        first = len(whole.pdf.pages)
        item.children = _add(whole, annex.data, annex.title).children
        item.is_closed = True
        if annex.foreign:
            whole.claims.clear()
        for page in list(whole.pdf.pages)[first:]:
            _stamp(page, stamp)
    return item


# --- stamps


def _draw(pdf: Pdf, page: Page, stamps: Stamps) -> Object:
    """Return the top right corner of `page` as a drawing, in which nothing is tagged."""
    plain = [one for one in parse_content_stream(page) if str(one.operator) not in _MARKED]
    _, _, right, top = (float(edge) for edge in page.mediabox)
    wide, high = stamps.width * _POINTS_A_MM, stamps.height * _POINTS_A_MM
    drawing = page.as_form_xobject()
    drawing.write(unparse_content_stream(plain))
    drawing["/BBox"] = Array([right - wide, top - high, right, top])
    return pdf.copy_foreign(drawing)


def _stamp(page: Page, stamp: Object) -> None:
    """Draw `stamp` at the top right of `page`, as it is seen, on what stands there."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    x0, y0, x1, y1 = (float(edge) for edge in stamp["/BBox"])
    wide, high = x1 - x0, y1 - y0
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned in {90, 270}:
        wide, high = high, wide
    at_left, at_bottom = turned in {90, 180}, turned in {180, 270}
    rect = Rectangle(
        left if at_left else max(left, right - wide),
        bottom if at_bottom else max(bottom, top - high),
        min(right, left + wide) if at_left else right,
        min(top, bottom + high) if at_bottom else top,
    )
    name = page.add_resource(stamp, Name.XObject, _free_name(page, stamp))
    placed = page.calc_form_xobject_placement(stamp, name, rect, allow_expand=False)
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q\n/Artifact BMC\n" + placed + b"\nEMC")


def _free_name(page: Page, stamp: Object) -> Name:
    """Return a name for `stamp` that nothing else on `page` has: the same one every time."""
    taken = page.resources.get("/XObject") or Dictionary()
    names = (f"/Stempel{number}" for number in count(1))
    return next(
        Name(name) for name in names if name not in taken or taken[name].objgen == stamp.objgen
    )


def _write_catalogue(pdf: Pdf, items: Sequence[OutlineItem]) -> None:
    pdf.Root["/Lang"] = LANGUAGE
    pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    pdf.Root["/PageMode"] = Name.UseOutlines
    with pdf.open_outline() as outline:
        outline.root.extend(items)
