"""Repairs of the structure tree: what LibreOffice leaves in an order no one would read aloud.

* A frame (sender, title) is tagged inside the paragraph it is anchored to, after its text;
  it is lifted out and put before that paragraph.
* A list in a list that has a numbering of its own is tagged beside it; it is put inside the
  item it belongs to, as are further paragraphs of an item. The item after all that may stand
  outside any list; it goes on where its list was interrupted.
* A bullet in a symbol font has no meaning of its own; it is called a bullet.
* A table of labels and values has no header row; its labels become row headers.
* Each line of a link that runs over several lines is a link of its own: read aloud that is two
  links, each with half a name. They become one, clickable on every line.
* Bookmarks of headings in frames (the title on page 1) come after those of the body; they are put
  in the order in which the document is read, nested by their level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, NumberTree, Object, OutlineItem, Pdf

from lrtdocs.pdf.structure.text import PageTexts, has_private_signs
from lrtdocs.pdf.structure.tree import (
    HEADINGS,
    PARAGRAPHS,
    Content,
    Element,
    Tree,
    add_attribute,
    attribute,
    elements,
    is_element,
    is_reference,
    kids,
    link_annotations,
    numbered,
    set_kids,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BULLET = "•"
_CONTINUATION = re.compile(r"^/(List|Numbering) \d Cont\.$")
_FRAMES = {"Div", "Sect"}
_MAY_GO = PARAGRAPHS | _FRAMES | {"Span"}
_SAME_INDENT = 0.01
_LABEL_KINDS = (
    (re.compile(r"\d"), "Decimal"),
    (re.compile(r"[ivx]+\W*$"), "LowerRoman"),
    (re.compile(r"[IVX]+\W*$"), "UpperRoman"),
    (re.compile(r"[a-z]"), "LowerAlpha"),
    (re.compile(r"[A-Z]"), "UpperAlpha"),
)


def repair_structure(tree: Tree, texts: PageTexts) -> None:
    """Put the elements of `tree` in the order and the nesting in which they are meant."""
    if tree.root is None:
        return
    _lift_frames(tree, tree.root)
    found = list(tree.find("L", "LI", "Lbl", "Table"))
    lists = [element for element in found if tree.role(element) in {"L", "LI"}]
    if lists:
        for container in _parents(lists):
            if tree.role(container) != "L":
                _ListNesting(tree, texts).nest(container)
        found = list(tree.find("L", "Lbl", "Table"))
    for element in found:
        role = tree.role(element)
        if role == "L" and attribute(element, "/ListNumbering") is None:
            kind = _label_kind(_first_label(tree, texts, element))
            add_attribute(element, "/List", "/ListNumbering", f"/{kind}")
        elif role == "Lbl" and has_private_signs(texts.text(element)):
            element["/ActualText"] = BULLET
        elif role == "Table":
            _mark_row_headers(tree, element)


def _parents(some: Iterable[Element]) -> list[Element]:
    """Return the elements right above `some`, each once."""
    return list({element["/P"].objgen: element["/P"] for element in some}.values())


def _lift_frames(tree: Tree, parent: Element, *, inside: bool = False) -> list[Element]:
    """Put frames before the paragraph they are in, and drop paragraphs and frames left empty.

    `inside` tells that `parent` is a paragraph or in one; its frames, those of its spans too, are
    taken out and returned.
    """
    before = kids(parent)
    kept: list[Content] = []
    lifted: list[Element] = []
    for kid in before:
        if is_element(kid):
            role = tree.role(kid)
            frame = inside and role in _FRAMES
            within = not frame and (inside or role in PARAGRAPHS)
            (lifted if inside else kept).extend(_lift_frames(tree, kid, inside=within))
            if role in _MAY_GO and not kids(kid):
                continue
            if frame:
                lifted.append(kid)
                continue
        kept.append(kid)
    if lifted or list(map(id, kept)) != list(map(id, before)):
        set_kids(parent, kept)
    return lifted


@dataclass(slots=True)
class _OpenList:
    """A list that may still grow: `interrupted` once something was put inside its last item."""

    element: Element
    indent: float
    interrupted: bool = False


class _ListNesting:
    """Nests neighbouring lists by their indents, as they were nested in the document."""

    def __init__(self, tree: Tree, texts: PageTexts) -> None:
        self._tree, self._texts = tree, texts
        self._open: list[_OpenList] = []

    def nest(self, container: Element) -> None:
        """Move the lists and continuations directly in `container` where they belong."""
        kept: list[Content] = []
        for kid in kids(container):
            role = self._tree.role(kid) if is_element(kid) else ""
            whole = self._tree.wrap("L", kid) if is_element(kid) and role == "LI" else kid
            if is_element(whole) and role in {"L", "LI"}:
                moved = self._place_list(whole, loose=role == "LI")
            elif is_element(kid) and _CONTINUATION.match(str(kid["/S"])):
                moved = self._place_continuation(kid)
            else:
                self._open.clear()
                moved = False
            if not moved:
                kept.append(whole)
        set_kids(container, kept)

    def _place_list(self, element: Element, *, loose: bool) -> bool:
        indent = _list_indent(element)
        while self._open and self._open[-1].indent > indent + _SAME_INDENT:
            self._open.pop()
        if self._open and self._open[-1].indent > indent - _SAME_INDENT:
            beside = self._open[-1]
            if loose or (beside.interrupted and self._continues(beside.element, element)):
                set_kids(beside.element, kids(beside.element) + kids(element))
                beside.interrupted = False
                return True
            self._open.pop()
        moved = bool(self._open) and self._put_inside(self._open[-1], element)
        self._open.append(_OpenList(element, indent))
        return moved

    def _place_continuation(self, paragraph: Element) -> bool:
        indent = _indent(paragraph)
        while self._open and self._open[-1].indent > indent - _SAME_INDENT:
            self._open.pop()
        return bool(self._open) and self._put_inside(self._open[-1], paragraph)

    def _put_inside(self, outer: _OpenList, element: Element) -> bool:
        """Put `element` at the end of the last item of `outer`; tell whether there was one."""
        bodies = [
            body
            for item in elements(outer.element)[-1:]
            for body in elements(item)
            if self._tree.role(body) == "LBody"
        ]
        if not bodies:
            return False
        set_kids(bodies[-1], [*kids(bodies[-1]), element])
        outer.interrupted = True
        return True

    def _continues(self, before: Element, after: Element) -> bool:
        """Tell whether `after` goes on where `before` was interrupted, rather than starts anew."""
        old = _first_label(self._tree, self._texts, before)
        new = _first_label(self._tree, self._texts, after)
        if not any(character.isalnum() for character in old + new):
            return old == new
        return _label_kind(old) == _label_kind(new) and old != new


def _first_label(tree: Tree, texts: PageTexts, element: Element) -> str:
    labels = (part for part in tree.walk(element) if tree.role(part) == "Lbl")
    first = next(labels, None)
    return "" if first is None else texts.text(first).strip()


def _label_kind(label: str) -> str:
    """Return the ListNumbering that goes with a list whose first label is `label`."""
    return next((kind for pattern, kind in _LABEL_KINDS if pattern.match(label)), "None")


def _list_indent(element: Element) -> float:
    for item in elements(element)[:1]:
        for body in elements(item):
            for paragraph in elements(body)[:1]:
                return _indent(paragraph)
    return 0.0


def _indent(paragraph: Element) -> float:
    found = attribute(paragraph, "/StartIndent")
    return 0.0 if found is None else float(found)


def _mark_row_headers(tree: Tree, table: Element) -> None:
    """Make the first column of a two-column `table` without any header its row headers."""
    rows = [
        [cell for cell in elements(row) if tree.role(cell) in {"TH", "TD"}]
        for row in tree.walk(table)
        if tree.role(row) == "TR"
    ]
    if not all(len(row) == 2 and tree.role(row[0]) == "TD" for row in rows):
        return
    if any(tree.role(row[1]) == "TH" for row in rows):
        return
    for label, _ in rows:
        label["/S"] = Name("/TH")
        add_attribute(label, "/Table", "/Scope", "/Row")


def join_links(tree: Tree) -> None:
    """Make one link of neighbours in `tree` that lead to the same address."""
    if tree.root is None or "/ParentTree" not in tree.root:
        return
    parents = NumberTree(tree.root["/ParentTree"])
    for parent in _parents(tree.find("Link")):
        kept: list[Content] = []
        for kid in kids(parent):
            before = kept[-1] if kept else None
            if is_element(before) and is_element(kid) and _same_address(tree, before, kid):
                _absorb(parents, before, kid)
            else:
                kept.append(kid)
        set_kids(parent, kept)


def _absorb(parents: NumberTree, link: Element, more: Element) -> None:
    """Put `more`, a link, inside `link`: as text, with its annotations handed over.

    Its text stays in an element of its own, which knows the page it is on.
    """
    references = [kid for kid in kids(more) if is_reference(kid)]
    set_kids(more, (kid for kid in kids(more) if not is_reference(kid)))
    more["/S"] = Name.Span
    for reference in references:
        if "/Pg" not in reference and "/Pg" in more:
            reference["/Pg"] = more["/Pg"]
        parents[int(reference["/Obj"]["/StructParent"])] = link
    set_kids(link, [*kids(link), *references, more])


def drop_loose_jumps(pdf: Pdf, tree: Tree) -> None:
    """Drop the links to a place in `pdf` itself that belong to nothing in `tree`.

    LibreOffice makes one of each field in a header that repeats a text of the page.
    """
    tagged = {one.objgen for link in tree.find("Link") for one in link_annotations(link)}
    pages = [page.obj for page in pdf.pages]
    for page in pages:
        found = list(page.get("/Annots", Array()))
        kept = [one for one in found if one.objgen in tagged or not _is_jump(one)]
        if kept:
            page["/Annots"] = Array(kept)
        elif found:
            del page["/Annots"]
    if tree.root is not None and "/ParentTreeNextKey" in tree.root:
        numbers = [int(thing[key]) for thing, key in numbered(pages) if key in thing]
        tree.root["/ParentTreeNextKey"] = max(numbers, default=-1) + 1


def _is_jump(annotation: Object) -> bool:
    action = annotation.get("/A")
    return annotation.get("/Subtype") == "/Link" and (
        "/Dest" in annotation or (action is not None and action.get("/S") == "/GoTo")
    )


def describe_links(tree: Tree, texts: PageTexts) -> None:
    """Give each link without a tooltip its own text as its description."""
    for link in tree.find("Link"):
        for annotation in link_annotations(link):
            if not str(annotation.get("/Contents", "")).strip():
                text = " ".join(texts.text(link).split())
                annotation["/Contents"] = text or _target(annotation) or "Koppeling"


def _same_address(tree: Tree, *links: Element) -> bool:
    """Tell whether all `links` are links, and lead to one and the same web or mail address."""
    addresses = {
        _target(annotation) if tree.role(link) == "Link" else ""
        for link in links
        for annotation in link_annotations(link) or [Dictionary()]
    }
    return len(addresses) == 1 and addresses != {""}


def _target(annotation: Object) -> str:
    action = annotation.get("/A")
    address = None if action is None else action.get("/URI")
    return "" if address is None else str(address)


def write_bookmarks(pdf: Pdf, tree: Tree, texts: PageTexts) -> None:
    """Replace the bookmarks of `pdf` by its headings; what LibreOffice knew of them is kept."""
    known: dict[str, list[tuple[str, Array]]] = {}
    with pdf.open_outline() as outline:
        for item in _flatten(outline.root):
            if isinstance(item.destination, Array):
                known.setdefault(_key(item.title), []).append((item.title, item.destination))
        top: list[OutlineItem] = []
        path: list[tuple[int, OutlineItem]] = []
        for element in tree.find(*HEADINGS):
            title = " ".join(texts.text(element).split())
            level = int(tree.role(element)[1])
            found = known.get(_key(title))
            title, place = found.pop(0) if found else (title, _page_of(tree, element))
            if not title or place is None:
                continue
            item = OutlineItem(" ".join(title.split()), destination=place)
            while path and path[-1][0] >= level:
                path.pop()
            (path[-1][1].children if path else top).append(item)
            path.append((level, item))
        if top:
            outline.root[:] = top


def _flatten(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _flatten(item.children)


def _key(title: str) -> str:
    return "".join(title.split()).casefold()


def _page_of(tree: Tree, element: Element) -> Array | None:
    for part in [element, *tree.walk(element)]:
        if "/Pg" in part:
            return Array([part["/Pg"], Name.Fit])
    return None
