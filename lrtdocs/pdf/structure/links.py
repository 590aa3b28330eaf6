"""Links as a screen reader meets them: one element for each, with words that say where it leads.

LibreOffice tags each line of a link that runs over several lines as a link of its own; read aloud
that is two links, each with half a name. They become one, clickable on every line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from pikepdf import Dictionary, Name, NumberTree, Object

from lrtdocs.pdf.structure.tree import Content, Element, Tree, is_element, kids, set_kids

if TYPE_CHECKING:
    from lrtdocs.pdf.structure.text import PageTexts


def join_links(tree: Tree) -> None:
    """Make one link of neighbours in `tree` that lead to the same address."""
    if tree.root is None or "/ParentTree" not in tree.root:
        return
    parents = NumberTree(tree.root["/ParentTree"])
    for parent in {link["/P"].objgen: link["/P"] for link in tree.find("Link")}.values():
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
    references = [kid for kid in kids(more) if _is_reference(kid)]
    set_kids(more, (kid for kid in kids(more) if not _is_reference(kid)))
    more["/S"] = Name.Span
    for reference in references:
        if "/Pg" not in reference and "/Pg" in more:
            reference["/Pg"] = more["/Pg"]
        parents[int(reference["/Obj"]["/StructParent"])] = link
    set_kids(link, [*kids(link), *references, more])


def describe_links(tree: Tree, texts: PageTexts) -> None:
    """Give each link without a tooltip its own text as its description."""
    for link in tree.find("Link"):
        for annotation in link_annotations(link):
            if not str(annotation.get("/Contents", "")).strip():
                text = " ".join(texts.text(link).split())
                annotation["/Contents"] = text or _target(annotation) or "Koppeling"


def link_annotations(link: Element) -> list[Object]:
    """Return the annotations that make the element `link` clickable."""
    return [kid["/Obj"] for kid in kids(link) if _is_reference(kid)]


def _is_reference(kid: Content) -> TypeGuard[Object]:
    return isinstance(kid, Dictionary) and not is_element(kid) and "/Obj" in kid


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
