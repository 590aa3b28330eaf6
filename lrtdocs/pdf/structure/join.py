"""Finished letters as one file to print: a bookmark for each, and the tags of all.

Each letter keeps its own structure; its tables are counted on from those of the letters before.
The file claims no standard: it is for printing, and the letters themselves are the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, NumberTree, Object, OutlineItem, Page, Pdf

from lrtdocs.pdf.structure.tree import elements, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LANGUAGE = "nl-NL"


def join_pdfs(pdfs: Iterable[tuple[str, Path]], target: Path) -> int:
    """Write the PDFs of `pdfs`, (title, path) each, as one file `target`; return its pages.

    Raises OSError or `pikepdf.PdfError` if one cannot be read or `target` cannot be written.
    """
    with Pdf.new() as whole:
        documents: list[Object] = []
        table = Array()
        starts: list[tuple[str, int]] = []
        roles = Dictionary()
        for title, path in pdfs:
            starts.append((title, len(whole.pages)))
            with Pdf.open(path) as letter:
                documents += _add(whole, letter, table, roles)
        root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(documents)))
        for document in documents:
            document["/P"] = root
        root["/ParentTree"] = whole.make_indirect(Dictionary(Nums=table))
        root["/ParentTreeNextKey"] = len(table) // 2
        root["/RoleMap"] = roles
        whole.Root["/StructTreeRoot"] = root
        whole.Root["/MarkInfo"] = Dictionary(Marked=True)
        whole.Root["/Lang"] = LANGUAGE
        with whole.open_outline() as outline:
            outline.root.extend(OutlineItem(title, page) for title, page in starts)
        whole.save(target, min_version="1.7", deterministic_id=True)
        return len(whole.pages)


def _add(whole: Pdf, letter: Pdf, table: Array, roles: Object) -> list[Object]:
    """Add the pages and tags of `letter` to `whole`; return its top elements."""
    first = len(whole.pages)
    tree = letter.Root.get("/StructTreeRoot")
    tops: list[Object] = [] if tree is None else elements(tree)
    for element in tops:
        if "/P" in element:
            del element["/P"]
    for page in letter.pages:
        whole.pages.append(Page(page.obj))
    if tree is None:
        return []
    parents = dict(NumberTree(tree["/ParentTree"]).items()) if "/ParentTree" in tree else {}
    numbers = sorted(parents)
    parcel = Dictionary(K=Array(tops), Parents=Array([parents[number] for number in numbers]))
    carried = whole.copy_foreign(letter.make_indirect(parcel))
    start = len(table) // 2
    place = {number: start + n for n, number in enumerate(numbers)}
    for number, parent in zip(numbers, list(carried["/Parents"]), strict=True):
        table.extend(Array([place[number], parent]))
    for owner, key in numbered(page.obj for page in list(whole.pages)[first:]):
        if key in owner and int(owner[key]) in place:
            owner[key] = place[int(owner[key])]
    for name, role in (tree.get("/RoleMap") or Dictionary()).items():
        roles[name] = Name(str(role))
    return list(carried["/K"])
