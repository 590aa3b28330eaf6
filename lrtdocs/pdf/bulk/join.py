"""Finished letters as one file to print: a bookmark for each, and the tags of all.

Each letter keeps its own structure, as a part of one document; its tables are counted on from those
of the letters before. What letters have in common, such as glyphs and pictures, stands in the file
once. It holds to the standards that all letters hold to.

Printed on two sides, each letter begins on a front: what it leaves of its last sheet is an empty
page, which is no part of the structure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, NumberTree, Object, OutlineItem, Page, Pdf, String

from lrtdocs.messages import Fault
from lrtdocs.pdf.bulk.pool import Pool
from lrtdocs.pdf.bulk.sheets import check_sheets
from lrtdocs.pdf.bulk.split import UNREADABLE
from lrtdocs.pdf.structure.finish import LANGUAGE
from lrtdocs.pdf.structure.metadata import claims_of, save_reproducibly, write_metadata
from lrtdocs.pdf.structure.tree import (
    Element,
    attribute_blocks,
    below,
    elements,
    name_tree,
    numbered,
    set_kids,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

_EMPTY = b"/Artifact BMC\nEMC\n"


@dataclass(slots=True)
class Whole:
    """The file as far as it is: the parts of its structure, and the tables that go with them."""

    pdf: Pdf
    parts: list[Element] = field(default_factory=list)
    parents: Array = field(default_factory=Array)
    names: dict[bytes, Element] = field(default_factory=dict)
    roles: Object = field(default_factory=Dictionary)
    starts: list[tuple[str, int]] = field(default_factory=list)
    claims: set[str] = field(default_factory=lambda: {"PDF/UA-1", "PDF/A-2A", "PDF/A-2B"})


def join_pdfs(
    pdfs: Sequence[tuple[str, Path]],
    target: Path,
    title: str,
    moment: datetime,
    *,
    two_sided: bool | None = None,
) -> Fault | None:
    """Write the PDFs of `pdfs`, (name, path) each, as one file `target`, with `moment` as its date.

    The file has a `title`. With `two_sided` each letter begins on a front; False tells the printer
    to use one side. Returns why the file must not be used; None for one that was read back and is
    right. Raises OSError if a PDF cannot be read or `target` cannot be written.
    """
    try:
        with Pdf.new() as pdf:
            claims = _join(pdf, pdfs, two_sided=two_sided)
            pdf.docinfo["/Title"] = title
            write_metadata(pdf, moment, claims)
            save_reproducibly(pdf, target)
        return check_sheets(target, [path for _, path in pdfs], two_sided=bool(two_sided))
    except UNREADABLE as error:
        return Fault("deel.print_stuk", {"reason": f"{type(error).__name__}: {error}"})


def _join(pdf: Pdf, pdfs: Iterable[tuple[str, Path]], *, two_sided: bool | None) -> set[str]:
    """Put `pdfs` in `pdf`, and return the standards to which it holds."""
    whole, pool = Whole(pdf), Pool(pdf)
    for title, path in pdfs:
        with Pdf.open(path) as letter:
            _add(whole, pool, letter, title)
        if two_sided and len(pdf.pages) % 2:
            _add_empty_page(pdf)
    pool.write()
    if whole.parts:
        write_tree(whole)
    _write_catalogue(whole, two_sided)
    return whole.claims


def _add(whole: Whole, pool: Pool, letter: Pdf, title: str) -> None:
    """Add the pages and tags of `letter` to `whole`."""
    pdf, first = whole.pdf, len(whole.pdf.pages)
    whole.starts.append((title, first))
    whole.claims &= claims_of(letter)
    if not first:
        take_facts(pdf, letter)
    tree: Object | None = letter.Root.get("/StructTreeRoot")
    parcel = None if tree is None else letter.make_indirect(pack(letter, tree, title))
    for page in letter.pages:
        pdf.pages.append(Page(page.obj))
    pages = [page.obj for page in list(pdf.pages)[first:]]
    pool.take_in(pages)
    if parcel is not None:
        add_tags(whole, pdf.copy_foreign(parcel), pages)


def pack(letter: Pdf, tree: Object, title: str) -> Dictionary:
    """Return what of the structure `tree` of `letter` goes along: elements, numbers, roles."""
    part = _make_part(letter, tree, title)
    parents = dict(NumberTree(tree["/ParentTree"]).items()) if "/ParentTree" in tree else {}
    found = tree.get("/RoleMap")
    roles = found if isinstance(found, Dictionary) else Dictionary()
    return Dictionary(
        Part=part, Numbers=Array(parents.keys()), Parents=Array(parents.values()), Roles=roles
    )


def add_tags(
    whole: Whole,
    parcel: Object,
    pages: Sequence[Object],
    others: Iterable[tuple[Object, str]] = (),
) -> None:
    """Add what `pack` packed, now that it and the `pages` are in the whole.

    `others` have a number in the tables too, each under the key that goes with it.
    """
    start = len(whole.parents) // 2
    place = {int(number): start + n for n, number in enumerate(parcel["/Numbers"])}
    for number, parent in zip(place.values(), list(parcel["/Parents"]), strict=True):
        whole.parents.extend(Array([number, parent]))
    for owner, key in (*numbered(pages), *others):
        if key in owner and int(owner[key]) in place:
            owner[key] = place[int(owner[key])]
    _take_roles(whole, parcel)
    whole.parts.append(parcel["/Part"])
    _name_apart(whole, parcel["/Part"])


def _take_roles(whole: Whole, parcel: Object) -> None:
    """Add what names of elements mean; one that means something else here gets another name."""
    renamed = {}
    for name, role in parcel["/Roles"].items():
        known = whole.roles.get(name)
        if known is not None and known != role:
            renamed[name] = Name(f"{name}-{len(whole.parts)}")
        whole.roles[renamed.get(name, name)] = Name(str(role))
    if renamed:
        for element in below(parcel["/Part"]):
            name = str(element.get("/S", ""))
            element["/S"] = renamed.get(name, Name(name))


def take_facts(pdf: Pdf, letter: Pdf) -> None:
    """Give `pdf` what its first `letter` says about all of them."""
    for key in ("/Author", "/Creator", "/Producer"):
        if key in letter.docinfo:
            pdf.docinfo[key] = str(letter.docinfo[key])
    if "/OutputIntents" in letter.Root:
        intents = letter.make_indirect(letter.Root["/OutputIntents"])
        pdf.Root["/OutputIntents"] = pdf.copy_foreign(intents)


def _make_part(letter: Pdf, tree: Object, title: str) -> Element:
    """Return the structure of `letter` as one element, which hangs on nothing."""
    part, *more = elements(tree)
    if more or part["/S"] != Name.Document:
        tops = [part, *more]
        part = letter.make_indirect(Dictionary(Type=Name.StructElem))
        set_kids(part, tops)
    part["/S"], part["/T"] = Name.Part, String(title)
    if "/P" in part:
        del part["/P"]
    language = str(letter.Root.get("/Lang", LANGUAGE))
    if language != LANGUAGE:
        part["/Lang"] = language
    return part


def _name_apart(whole: Whole, part: Element) -> None:
    """Give the elements of `part` that have a name one that no other letter has."""
    before = b"%d." % len(whole.parts)
    for element in (part, *below(part)):
        if "/ID" in element:
            name = before + bytes(element["/ID"])
            element["/ID"] = String(name)
            whole.names[name] = element
        for block in attribute_blocks(element):
            if "/Headers" in block:
                names = [before + bytes(name) for name in block["/Headers"]]
                block["/Headers"] = Array([String(name) for name in names])


def _add_empty_page(pdf: Pdf) -> None:
    """Add a page as large as the last, with nothing on it."""
    box = pdf.pages[-1].mediabox
    pdf.add_blank_page()
    page = pdf.pages[-1].obj
    page["/MediaBox"], page["/Tabs"] = box, Name.S
    page["/Contents"] = pdf.make_stream(_EMPTY)


def write_tree(whole: Whole) -> None:
    """Write the structure of all parts into the file."""
    pdf = whole.pdf
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=document))
    document["/P"] = root
    set_kids(document, whole.parts)
    root["/ParentTree"] = pdf.make_indirect(Dictionary(Nums=whole.parents))
    root["/ParentTreeNextKey"] = len(whole.parents) // 2
    root["/RoleMap"] = whole.roles
    if whole.names:
        root["/IDTree"] = pdf.make_indirect(name_tree(whole.names))
    pdf.Root["/StructTreeRoot"] = root
    pdf.Root["/MarkInfo"] = Dictionary(Marked=True)


def _write_catalogue(whole: Whole, two_sided: bool | None) -> None:
    """Write what a viewer and a printer read first."""
    pdf = whole.pdf
    pdf.Root["/Lang"] = LANGUAGE
    view = Dictionary(DisplayDocTitle=True)
    if two_sided is not None:
        view["/Duplex"] = Name.DuplexFlipLongEdge if two_sided else Name.Simplex
    pdf.Root["/ViewerPreferences"], pdf.Root["/PageMode"] = view, Name.UseOutlines
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(title, page) for title, page in whole.starts)
