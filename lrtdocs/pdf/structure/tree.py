"""The structure tree of a tagged PDF: reading it, and moving elements about in it.

The tree is what a screen reader reads. LibreOffice names elements after the paragraph styles
of the document and maps those names to the standard ones; `Tree.role` gives the standard name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from pikepdf import Array, Dictionary, Name, Object, Pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Element: TypeAlias = Object
Content: TypeAlias = Object | int  # under an element: elements, object references, piece numbers

HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
PARAGRAPHS = HEADINGS | {"P", "H"}
STANDARD = PARAGRAPHS | {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead"),
    *("TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
    *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
}
"""The structure types of ISO 32000-1, 14.8.4, which no role map may give another meaning."""


class Tree:
    """The structure tree of `pdf`; `root` is None if the PDF has no tags."""

    def __init__(self, pdf: Pdf, root: Element | None = None) -> None:
        self.root = pdf.Root.get("/StructTreeRoot") if root is None else root
        self._pdf, self._roles = pdf, self._read_roles()
        self._known: dict[str, str] = {}
        self._settled: list[tuple[Element, str]] | None = None

    def settle(self) -> None:
        """Read all elements and their roles once: from here on no element is moved or renamed."""
        self._settled = [(element, self.role(element)) for element in self.walk()]

    @property
    def document(self) -> Element | None:
        """The single Document element under the root, or None."""
        tops = [] if self.root is None else elements(self.root)
        return tops[0] if len(tops) == 1 and self.role(tops[0]) == "Document" else None

    def role(self, element: Element) -> str:
        """Return the standard structure type of `element`: "P" for a style mapped to P."""
        name = str(element.get("/S", ""))
        if name not in self._known:
            self._known[name] = self._standard(name.lstrip("/"))
        return self._known[name]

    def _standard(self, name: str) -> str:
        seen = {name}
        while name in self._roles and self._roles[name] not in seen:
            name = self._roles[name]
            seen.add(name)
        return name

    def walk(self, top: Element | None = None) -> Iterator[Element]:
        """Yield the elements below `top` (default: all), parents first, in reading order."""
        if top is None and self._settled is not None:
            yield from (element for element, _ in self._settled)
            return
        start = self.root if top is None else top
        yield from () if start is None else below(start)

    def find(self, *roles: str) -> Iterator[Element]:
        """Yield all elements with one of `roles`, in reading order."""
        if self._settled is not None:
            return (element for element, role in self._settled if role in roles)
        return (element for element in self.walk() if self.role(element) in roles)

    def wrap(self, role: str, *inside: Content) -> Element:
        """Return a new element with `role`, with `inside` under it, that hangs on nothing yet."""
        made = self._pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": Name(f"/{role}")})
        )
        set_kids(made, inside)
        return made

    def _read_roles(self) -> dict[str, str]:
        mapped = None if self.root is None else self.root.get("/RoleMap")
        if not isinstance(mapped, Dictionary):
            return {}
        return {name.lstrip("/"): str(value).lstrip("/") for name, value in mapped.items()}


def kids(element: Element) -> list[Content]:
    """Return what stands directly under `element`: elements, references, numbers of content."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def elements(element: Element) -> list[Element]:
    """Return the structure elements directly under `element`."""
    return [kid for kid in kids(element) if is_element(kid)]


def below(top: Element) -> Iterator[Element]:
    """Yield the elements below `top`, parents first, in reading order."""
    waiting = elements(top)[::-1]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += elements(element)[::-1]


def set_kids(parent: Element, children: Iterable[Content]) -> None:
    """Make `children` all that stands under `parent`, and `parent` their parent."""
    children = list(children)
    for child in children:
        if is_element(child):
            child["/P"] = parent
    if children:
        parent["/K"] = Array(children)
    elif "/K" in parent:
        del parent["/K"]


def numbered(pages: Iterable[Object]) -> list[tuple[Object, str]]:
    """Return what has a number in the parent tree, and the key of that: `pages`, then their links.

    By that number a viewer finds the element that content or a link belongs to.
    """
    pages = list(pages)
    links = [link for page in pages for link in list(page.get("/Annots", Array()))]
    return [(page, "/StructParents") for page in pages] + [
        (link, "/StructParent") for link in links
    ]


def is_element(thing: object) -> TypeGuard[Element]:
    """Tell whether `thing` is a structure element (not content, not an object reference)."""
    return isinstance(thing, Dictionary) and "/S" in thing


def is_reference(thing: object) -> TypeGuard[Object]:
    """Tell whether `thing` refers to an annotation, such as the rectangle of a link."""
    return isinstance(thing, Dictionary) and not is_element(thing) and "/Obj" in thing


def link_annotations(link: Element) -> list[Object]:
    """Return the annotations that make the element `link` clickable."""
    return [kid["/Obj"] for kid in kids(link) if is_reference(kid)]


def keep_annotations(page: Object, wanted: Callable[[Object], bool]) -> None:
    """Drop the annotations of `page` that are not `wanted`."""
    found = list(page.get("/Annots", Array()))
    kept = list(filter(wanted, found))
    if kept:
        page["/Annots"] = Array(kept)
    elif "/Annots" in page:
        del page["/Annots"]


def attribute(element: Element, name: str) -> Object | None:
    """Return the value of attribute `name` (such as "/Scope") of `element`, or None."""
    for block in attribute_blocks(element):
        value = block.get(name)
        if value is not None:
            return value
    return None


def name_tree(named: Mapping[bytes, Element]) -> Dictionary:
    """Return what leads a reader from the names that cells give to the `named` headers."""
    pairs = [thing for _, e in sorted(named.items()) for thing in (e["/ID"], e)]
    return Dictionary(Names=Array(pairs))


def add_attribute(element: Element, owner: str, name: str, value: Object) -> None:
    """Give `element` the attribute `name` with `value`, in the block of `owner`."""
    blocks = attribute_blocks(element)
    for block in blocks:
        if block.get("/O") == Name(owner):
            block[name] = value
            return
    blocks.append(Dictionary({"/O": Name(owner), name: value}))
    element["/A"] = blocks[0] if len(blocks) == 1 else Array(blocks)


def attribute_blocks(element: Element) -> list[Object]:
    """Return the blocks of attributes of `element`."""
    found = element.get("/A")
    blocks = list(found) if isinstance(found, Array) else [found]
    return [block for block in blocks if isinstance(block, Dictionary)]
