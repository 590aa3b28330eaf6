"""Whether a page is read in the order in which it is seen.

A reader goes down a column, and up again only for the next one. So what is read after something
that stands below it, in the same column, is read too late. Notes are read where they are referred
to, and stand at the foot: they are left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pikepdf import Dictionary

from lrtdocs.pdf.accessibility.values import to_int
from lrtdocs.pdf.structure.tree import is_element, kids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pikepdf import Pdf

    from lrtdocs.pdf.accessibility.pages import Painted, Text
    from lrtdocs.pdf.structure.tree import Content, Element, Tree

_BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Caption"}
_LEFT_OUT = {"Note", "Figure", "Formula", "Form", "Annot"}
_SHARED = 0.3
"""So much of the narrower of two must stand above the other to be one column."""
_LEAP = 1.6
"""So many times its size text must stand higher to be above another line."""


class Block(NamedTuple):
    """A block of text on a page: its element, and the rectangle of where its lines begin."""

    element: Element
    left: float
    right: float
    top: float
    bottom: float
    size: float


def wrong_turns(pdf: Pdf, tree: Tree, pages: Sequence[Painted]) -> Iterator[tuple[Element, int]]:
    """Yield the first block of each page that is read after what stands below it."""
    upright = (pair for pair in enumerate(pdf.pages) if not to_int(pair[1].obj.get("/Rotate")))
    numbers = {page.obj.objgen: number for number, page in upright}
    texts = [_by_number(page.texts) for page in pages]
    read: dict[int, list[Block]] = {}
    for element, pieces in _blocks(tree):
        for number, shown in _shown(element, pieces, numbers, texts):
            read.setdefault(number, []).append(_block(element, shown))
    for number, blocks in sorted(read.items()):
        wrong = next((later for one, later in pairwise(blocks) if _goes_up(one, later)), None)
        if wrong is not None:
            yield wrong.element, number + 1


def _by_number(texts: Sequence[Text]) -> dict[int, list[Text]]:
    found: dict[int, list[Text]] = {}
    for text in texts:
        if text.number is not None:
            found.setdefault(text.number, []).append(text)
    return found


def _blocks(tree: Tree) -> Iterator[tuple[Element, list[tuple[Element, Content]]]]:
    """Yield each lowest block of `tree` with the pieces of content in it, in reading order."""
    if tree.root is None:
        return
    waiting: list[Element] = [kid for kid in kids(tree.root) if is_element(kid)][::-1]
    while waiting:
        element = waiting.pop()
        role = tree.role(element)
        if role in _LEFT_OUT:
            continue
        inside = [kid for kid in kids(element) if is_element(kid)]
        if role in _BLOCKS and not any(_holds_block(tree, kid) for kid in inside):
            yield element, list(_pieces(tree, element))
        else:
            loose = [(element, kid) for kid in kids(element) if not is_element(kid)]
            if loose:
                yield element, loose
            waiting += inside[::-1]


def _holds_block(tree: Tree, element: Element) -> bool:
    role = tree.role(element)
    if role in _BLOCKS or role in {"L", "LI", "Table", "TR", "Div", "Sect"}:
        return True
    return any(_holds_block(tree, kid) for kid in kids(element) if is_element(kid))


def _pieces(tree: Tree, element: Element) -> Iterator[tuple[Element, Content]]:
    for kid in kids(element):
        if not is_element(kid):
            yield element, kid
        elif tree.role(kid) not in _LEFT_OUT:
            yield from _pieces(tree, kid)


def _shown(
    element: Element,
    pieces: Sequence[tuple[Element, Content]],
    numbers: Mapping[tuple[int, int], int],
    texts: Sequence[Mapping[int, list[Text]]],
) -> Iterator[tuple[int, list[Text]]]:
    """Yield on which page what of `pieces` is shown."""
    found: dict[int, list[Text]] = {}
    for holder, content in pieces:
        page: object = holder.get("/Pg", element.get("/Pg"))
        number: object = content
        if isinstance(content, Dictionary):
            page, number = content.get("/Pg", page), content.get("/MCID")
            number = None if "/Stm" in content else number
        at = numbers.get(page.objgen) if isinstance(page, Dictionary) else None
        if at is not None and isinstance(number, int):
            found.setdefault(at, []).extend(texts[at].get(number, []))
    yield from ((at, shown) for at, shown in found.items() if shown)


def _block(element: Element, shown: Sequence[Text]) -> Block:
    return Block(
        element,
        min(text.x for text in shown),
        max(text.x + text.width for text in shown),
        max(text.y for text in shown),
        min(text.y for text in shown),
        max(text.size for text in shown),
    )


def _goes_up(one: Block, later: Block) -> bool:
    """Tell whether `later` stands whole above `one`, in its column."""
    if later.bottom < one.top + _LEAP * max(one.size, later.size):
        return False
    shared = min(one.right, later.right) - max(one.left, later.left)
    narrower = min(one.right - one.left, later.right - later.left)
    return shared > _SHARED * max(narrower, 1.0)
