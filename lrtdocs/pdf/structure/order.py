"""Repairs of the structure tree: what LibreOffice leaves in an order no one would read aloud.

* A frame (sender, title) is tagged inside the paragraph it is anchored to, after its text;
  it is lifted out and put before that paragraph.
* A list in a list that has a numbering of its own is tagged beside it; it is put inside the
  item it belongs to, as are further paragraphs of an item.
* A bullet in a symbol font has no meaning of its own; it is called a bullet.
* A table of labels and values has no header row; its labels become row headers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Name

from lrtdocs.pdf.structure.text import PageTexts, has_private_signs
from lrtdocs.pdf.structure.tree import (
    PARAGRAPHS,
    Content,
    Element,
    Tree,
    add_attribute,
    attribute,
    elements,
    is_element,
    kids,
    set_kids,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

BULLET = "•"
_CONTINUATION = re.compile(r"^/(List|Numbering) \d Cont\.$")
_MAY_GO = PARAGRAPHS | {"Div", "Sect", "Span"}
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
    _drop_empty(tree, tree.root)
    found = list(tree.find("L", "Lbl", "Table"))
    if any(tree.role(element) == "L" for element in found):
        _nest_lists(tree, tree.root, texts)
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


def _nest_lists(tree: Tree, root: Element, texts: PageTexts) -> None:
    for container in [root, *tree.walk()]:
        if any(tree.role(kid) == "L" for kid in elements(container)):
            _ListNesting(tree, texts).nest(container)


def _lift_frames(tree: Tree, parent: Element) -> None:
    lifted: list[Content] = []
    before = kids(parent)
    for kid in before:
        if is_element(kid):
            if tree.role(kid) in PARAGRAPHS:
                lifted.extend(_take_frames(tree, kid))
            else:
                _lift_frames(tree, kid)
        lifted.append(kid)
    if len(lifted) != len(before):
        set_kids(parent, lifted)


def _take_frames(tree: Tree, paragraph: Element) -> Iterator[Element]:
    """Yield the frames inside `paragraph`, taken out of it; frames within frames come along."""
    kept: list[Content] = []
    taken: list[Element] = []
    for kid in kids(paragraph):
        if is_element(kid) and tree.role(kid) in {"Div", "Sect"}:
            taken.append(kid)
            continue
        if is_element(kid):
            taken.extend(_take_frames(tree, kid))
        kept.append(kid)
    if taken:
        set_kids(paragraph, kept)
    for frame in taken:
        _lift_frames(tree, frame)
        yield frame


def _drop_empty(tree: Tree, parent: Element) -> int:
    """Take away paragraphs and frames with nothing left in them; return what `parent` keeps."""
    kept: list[Content] = []
    before = kids(parent)
    for kid in before:
        if is_element(kid) and _drop_empty(tree, kid) == 0 and tree.role(kid) in _MAY_GO:
            continue
        kept.append(kid)
    if len(kept) != len(before):
        set_kids(parent, kept)
    return len(kept)


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
            if is_element(kid) and self._tree.role(kid) == "L":
                moved = self._place_list(kid)
            elif is_element(kid) and _CONTINUATION.match(str(kid["/S"])):
                moved = self._place_continuation(kid)
            else:
                self._open.clear()
                moved = False
            if not moved:
                kept.append(kid)
        set_kids(container, kept)

    def _place_list(self, element: Element) -> bool:
        indent = _list_indent(element)
        while self._open and self._open[-1].indent > indent + _SAME_INDENT:
            self._open.pop()
        if self._open and self._open[-1].indent > indent - _SAME_INDENT:
            beside = self._open[-1]
            if beside.interrupted and self._continues(beside.element, element):
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
