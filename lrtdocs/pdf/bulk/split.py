"""One tagged PDF of many letters, cut into a finished tagged PDF for each.

A plain cut by pages loses all tags. Each letter gets its part of the structure tree, with the
tables that lead from page content and links back to it, and all that a viewer reads from the
catalogue. A PDF of one letter goes the same way, so that it has the same bytes as when it was
converted with others.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import (
    Array,
    Dictionary,
    Name,
    NumberTree,
    Object,
    OutlineItem,
    Page,
    Pdf,
    Stream,
)

from lrtdocs.messages import Fault
from lrtdocs.pdf.bulk.glyphs import LetterContent, SourceFont
from lrtdocs.pdf.bulk.truetype import NotSeparableError
from lrtdocs.pdf.structure.finish import FinishedPdf, finish, finish_open
from lrtdocs.pdf.structure.tree import Element, Tree, is_element, keep_annotations, kids, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lrtdocs.pdf.document import Facts
    from lrtdocs.pdf.structure.finish import Job

Spans = tuple[tuple[str, str], ...]
"""The names of the bookmarks at the beginning and at the end of each letter, and of the rest."""

UNREADABLE = (
    *(pikepdf.PdfError, struct.error, LookupError, ValueError, TypeError, AttributeError),
)
"""What a PDF gives that is not as LibreOffice writes it."""

_SHARED = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/Metadata")
_KNOWN = {*_SHARED, "/Type", "/Pages", "/StructTreeRoot", "/Outlines", "/OpenAction", "/Dests"}
_KNOWN |= {"/PageMode", "/PageLayout", "/Version"}
_KNOWN_TAGS = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap"}

_PROPERTIES = {
    "title": "/Title",
    "creator": "/Author",
    "subject": "/Subject",
    "keywords": "/Keywords",
}


@dataclass(frozen=True, slots=True)
class MergedJob:
    """The PDF of several `letters`, whose own jobs hold no PDF; `spans` tells where they stand."""

    pdf: bytes
    spans: Spans
    letters: tuple[Job, ...]


def take_apart(job: MergedJob) -> list[FinishedPdf] | Fault:
    """Return the finished letters of `job`, or why they cannot be taken apart."""
    made: list[FinishedPdf] = []
    try:
        parts = _split_letters(job.pdf, job.spans, [letter.facts for letter in job.letters])
        for letter, pdf in zip(job.letters, parts, strict=True):
            with pdf:
                made.append(finish_open(pdf, letter))
    except NotSeparableError as error:
        return error.fault
    except UNREADABLE as error:
        return Fault("deel.apart_anders", {"reason": str(error)})
    return made


def finish_letter(job: Job) -> FinishedPdf | str:
    """Return the letter of `job` with the bytes that it has when it was converted with others.

    One that cannot be rebuilt is finished as it is.
    """
    made = take_apart(MergedJob(job.pdf, (), (job,)))
    return finish(job) if isinstance(made, Fault) else made[0]


@dataclass(slots=True)
class _Part:
    """One letter in the whole: its pages, and what stands under Document, of which types."""

    first: int
    end: int
    content: list[Element] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    bookmarks: list[tuple[str, list[Object]]] = field(default_factory=list)


def _split_letters(pdf: bytes, spans: Spans, facts: Sequence[Facts]) -> Iterator[Pdf]:
    """Yield each letter in `pdf` as a PDF of its own, open; the caller closes it.

    Without any `spans`, `pdf` is one letter; else the last of them is of a rest, which is none.
    `facts` are those of each letter.
    """
    with Pdf.open(BytesIO(pdf)) as source:
        parts = _find_parts(source, spans)
        letters = parts[:-1] if spans else parts
        if len(letters) != len(facts):
            raise NotSeparableError("deel.apart_zoek")
        whole = _open_source(source)
        if spans:
            _drop_inside_links(whole.pages)
        for part, fact in zip(letters, facts, strict=True):
            yield _make_letter(whole, part, fact)


def _find_parts(source: Pdf, spans: Sequence[tuple[str, str]]) -> list[_Part]:
    top = Tree(source).document
    if top is None:
        raise NotSeparableError("deel.apart_structuur")
    number = {page.obj.objgen: n for n, page in enumerate(source.pages)}
    found = _find_pages(source, [name for span in spans for name in span], number)
    parts = _make_parts(found or [0, len(source.pages) - 1], len(source.pages))
    owners = [part for part in parts for _ in range(part.first, part.end)]  # by page
    for element in kids(top):
        if not is_element(element):
            raise NotSeparableError("deel.apart_los")
        pages, types = _look_through(element)
        firsts = {owners[number[page]].first for page in pages}
        if len(firsts) != 1:
            raise NotSeparableError("deel.apart_doorlopend")
        owner = owners[firsts.pop()]
        owner.content.append(element)
        owner.types |= types
    for title, place in _bookmarks(source):
        owners[number[place[0].objgen]].bookmarks.append((title, place))
    return parts


def _make_parts(found: Sequence[int], count: int) -> list[_Part]:
    """Return the letters of which `found` tells the first and the last page, of `count` in all."""
    firsts, lasts = found[::2], found[1::2]
    ends = [*firsts[1:], count]
    if firsts[0] != 0 or any(first >= end for first, end in zip(firsts, ends, strict=True)):
        raise NotSeparableError("deel.apart_bladzijde")
    if any(last + 1 != end for last, end in zip(lasts, ends, strict=True)):
        raise NotSeparableError("deel.apart_einde")
    return [_Part(first, end) for first, end in zip(firsts, ends, strict=True)]


def _find_pages(
    source: Pdf, names: Sequence[str], number: Mapping[tuple[int, int], int]
) -> list[int]:
    """Return the numbers of the pages on which the places `names` are."""
    named = source.Root.get("/Dests") or Dictionary()
    try:
        return [number[named[f"/{name}"][0].objgen] for name in names]
    except (KeyError, IndexError) as error:
        raise NotSeparableError("deel.apart_zoek") from error


def _look_through(top: Element) -> tuple[set[tuple[int, int]], set[str]]:
    """Return the pages on which `top` has content, and the types of it and all below it."""
    pages: set[tuple[int, int]] = set()
    types: set[str] = set()
    waiting: list[tuple[Element, Object | None]] = [(top, None)]
    while waiting:
        element, page = waiting.pop()
        page = element.get("/Pg", page)
        types.add(str(element["/S"]))
        below = kids(element)
        if page is not None and not below:
            pages.add(page.objgen)
        for kid in below:
            if is_element(kid):
                waiting.append((kid, page))
            else:
                at = kid.get("/Pg", page) if isinstance(kid, Dictionary) else page
                if at is not None:
                    pages.add(at.objgen)
    return pages, types


def _bookmarks(source: Pdf) -> Iterator[tuple[str, list[Object]]]:
    item = (source.Root.get("/Outlines") or Dictionary()).get("/First")
    waiting = [item]
    while waiting:
        item = waiting.pop()
        if item is None:
            continue
        waiting += [item.get("/Next"), item.get("/First")]
        place = item.get("/Dest")
        if isinstance(place, Array):
            yield str(item.get("/Title", "")), list(place)


@dataclass(frozen=True)
class _Source:
    """The whole, with what its letters share; pages hold neither content nor resources any more."""

    pdf: Pdf
    pages: list[Object]
    contents: list[bytes]
    resources: list[Object]
    parents: Mapping[int, Object]
    roles: Mapping[str, Object]
    shared: Mapping[str, Object]
    fonts: dict[tuple[int, int], SourceFont]


def _open_source(pdf: Pdf) -> _Source:
    unknown = set(pdf.Root.keys()) - _KNOWN
    root = pdf.Root.get("/StructTreeRoot")
    if unknown or root is None or set(root.keys()) - _KNOWN_TAGS:
        raise NotSeparableError("deel.apart_meer")
    pages: list[Object] = [page.obj for page in pdf.pages]
    contents: list[bytes] = []
    resources: list[Object] = []
    for page in pages:
        if not isinstance(page.get("/Contents"), Stream):
            raise NotSeparableError("deel.apart_stukken")
        contents.append(page["/Contents"].read_bytes())
        resources.append(page.get("/Resources", Dictionary()))
        del page["/Contents"]
        page["/Resources"] = Dictionary()
    tree = root.get("/ParentTree")
    parents = {} if tree is None else dict(NumberTree(tree).items())
    roles = dict((root.get("/RoleMap") or Dictionary()).items())
    shared = {key: pdf.Root[key] for key in _SHARED if key in pdf.Root}
    return _Source(pdf, pages, contents, resources, parents, roles, shared, {})


def _drop_inside_links(pages: Sequence[Object]) -> None:
    """Drop links within the document: letters have none, but merging makes the number of pages one.

    They stand in headers and footers only, which are no part of the structure.
    """
    for page in pages:
        keep_annotations(page, lambda link: "/A" in link and link["/A"].get("/S") == "/URI")


def _make_letter(source: _Source, part: _Part, facts: Facts) -> Pdf:
    chosen = slice(part.first, part.end)
    resources = source.resources[chosen]
    if any(each.objgen != resources[0].objgen or not each.objgen[0] for each in resources):
        raise NotSeparableError("deel.apart_lettertypen")
    letter = LetterContent(source.fonts, source.contents[chosen], resources[0])
    target = Pdf.new()
    for original in source.pages[chosen]:
        target.pages.append(Page(original))
    made = letter.resources(target)
    for page, content in zip(target.pages, letter.contents, strict=True):
        page.obj["/Contents"] = target.make_indirect(Stream(target, content))
        page.obj["/Resources"] = made
    carried = _carry(source, target, part)
    _hang_tree(target, carried, source.roles, part.types)
    for key in source.shared:
        target.Root[key] = carried[key]
    _write_bookmarks(target, part, carried["/Places"])
    for key in ("/Creator", "/Producer"):
        if key in source.pdf.docinfo:
            target.docinfo[key] = str(source.pdf.docinfo[key])
    for name, key in _PROPERTIES.items():
        if name in facts.properties:
            target.docinfo[key] = facts.properties[name]
    return target


def _carry(source: _Source, target: Pdf, part: _Part) -> Object:
    """Copy to `target`, in one go, what belongs to the letter `part` besides its pages."""
    owners = numbered(source.pages[part.first : part.end])
    numbers = [int(owner.get(key, -1)) for owner, key in owners]
    for element in part.content:
        if "/P" in element:
            del element["/P"]
    parcel = Dictionary(
        {
            **source.shared,
            "/K": Array(part.content),
            "/Parents": Array([source.parents.get(number) for number in numbers]),
            "/Places": Array([Array(place) for _, place in part.bookmarks]),
        }
    )
    return target.copy_foreign(source.pdf.make_indirect(parcel))


def _hang_tree(
    target: Pdf, carried: Object, roles: Mapping[str, Object], types: Iterable[str]
) -> None:
    """Make the structure tree of `target` of what was carried over, with the `roles` it needs."""
    document = target.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Document, Pg=target.pages[0].obj, K=carried["/K"])
    )
    root = target.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document["/P"] = root
    for element in document["/K"]:
        element["/P"] = document
    owners = numbered(page.obj for page in target.pages)
    table = Array()
    for number, ((owner, key), parent) in enumerate(zip(owners, carried["/Parents"], strict=True)):
        if parent is not None:
            owner[key] = number
            table.extend(Array([number, parent]))
    root["/ParentTree"] = target.make_indirect(Dictionary(Nums=table))
    root["/ParentTreeNextKey"] = len(owners)
    root["/RoleMap"] = _used_roles(roles, types)
    target.Root["/StructTreeRoot"] = root


def _used_roles(roles: Mapping[str, Object], types: Iterable[str]) -> Dictionary:
    """Return of `roles` those that `types` need."""
    used = Dictionary()
    waiting = sorted(types)
    while waiting:
        name = waiting.pop()
        if name in roles and name not in used:
            used[name] = Name(str(roles[name]))
            waiting.append(str(roles[name]))
    return used


def _write_bookmarks(target: Pdf, part: _Part, places: Object) -> None:
    if not part.bookmarks:
        return
    with target.open_outline() as outline:
        for (title, _), place in zip(part.bookmarks, places, strict=True):
            outline.root.append(OutlineItem(title, destination=Array(place)))
