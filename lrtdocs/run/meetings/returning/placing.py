"""The paragraphs of a paper put where their words belong: a tree of items, values and texts.

Today's paper and the edited one go the same way, the first by what it was made of, the second by
what is known of the first and by the shapes of the template. So two papers that say the same give
the same tree, and what differs has a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.meetings.returning.fields import can_be
from lrtdocs.run.meetings.returning.known import BODY, Item, Origin, Placed, Said
from lrtdocs.word.reading.blocks import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtdocs.run.meetings.returning.known import Paper
    from lrtdocs.word.reading.blocks import Block
    from lrtdocs.word.reading.shapes import Loop, Shape, Slot


def place_own(paper: Paper) -> Placed:
    """Return `paper` placed by what it was made of."""
    return _Placing(paper.blocks, dict(enumerate(paper.origins)), paper).placed


def place_edited(blocks: Sequence[Block], pairs: Mapping[int, int], paper: Paper) -> Placed:
    """Return the edited `blocks` placed: `pairs` gives of each the one of `paper` that it was."""
    origins = {at: paper.origins[old] for at, old in pairs.items()}
    return _Placing(blocks, origins, paper).placed


class _Placing:
    """Goes through the blocks of a paper in their order, and knows of which items they are."""

    def __init__(
        self, blocks: Sequence[Block], origins: Mapping[int, Origin | None], paper: Paper
    ) -> None:
        self.blocks, self.origins = blocks, origins
        self.shapes = [shape for shape in paper.forms.shapes if shape.part == BODY]
        self.used = {origin.shape.number for origin in paper.origins if origin}
        self.opening = _opening(self.shapes)
        self.placed = Placed(Item(""))
        self.now: dict[str, Item] = {}
        self.turns: dict[int, int] = {}
        self.text: tuple[Shape, Item] | None = None
        self.row: tuple[int, int] | None = None
        self.before: Shape | None = None
        for at, block in enumerate(blocks):
            if block.part == BODY and (block.text or at in origins):
                self._place(at, block)

    def _place(self, at: int, block: Block) -> None:
        origin = self.origins.get(at)
        if origin is None and at in self.origins:  # fixed words, as they were
            fixed = self._fixed(block)
            self.text, self.before = None, fixed or self.before
            if fixed is not None:
                self.placed.shapes[at] = fixed
            return
        shape, goes_on = (origin.shape, bool(origin.at)) if origin else self._guess(block)
        if shape is None:
            self.placed.loose.append(at)
            return
        self.placed.shapes[at] = shape
        if shape.is_fixed:
            self.text, self.before = None, shape
            return
        if shape.rich is not None:
            self._put_text(at, block, shape, shape.rich, origin, goes_on=goes_on)
        else:
            self._put_values(at, block, shape, origin)
        self.before = shape

    def _put_text(
        self,
        at: int,
        block: Block,
        shape: Shape,
        slot: Slot,
        origin: Origin | None,
        *,
        goes_on: bool,
    ) -> None:
        known = self.text[0].rich if self.text else None
        if goes_on and self.text and known is not None and known.path == slot.path:
            shape, item = self.text
        else:
            item = self._item(at, block, shape, origin)
        self.text = shape, item
        item.texts.setdefault(_below(slot.path, shape.loops), []).append(at)
        self.placed.items[at] = item

    def _put_values(self, at: int, block: Block, shape: Shape, origin: Origin | None) -> None:
        self.text = None
        item = self._item(at, block, shape, origin)
        self.placed.items[at] = item
        found = shape.read(block.text, origin.known if origin else None, can_be)
        if found is None:  # the words around a value are others: it still says what it said
            self.placed.unread.append(at)
            known = origin.known if origin else {}
            found = {s: plain_text(known[s.line]) for s in shape.slots if s.line in known}
        for slot, text in found.items():
            if slot.path:
                item.values.setdefault(_below(slot.path, shape.loops), []).append(
                    Said(text, at, slot)
                )
            if slot.link:
                links = [run.link for run in block.runs if run.link]
                item.values.setdefault(_below(slot.link, shape.loops), []).append(
                    Said(links[0] if links else "", at, slot)
                )

    def _item(self, at: int, block: Block, shape: Shape, origin: Origin | None) -> Item:
        """Return the item that a block of `shape` is of, a new one where it opens one."""
        item = self.placed.top
        bases = origin.bases if origin else {}
        for depth, loop in enumerate(shape.loops):
            innermost = depth == len(shape.loops) - 1
            base = bases.get(loop.path, "")
            if loop.chosen or not loop.path:
                item = self._chosen(item, loop, base)
            elif innermost and self._opens(block, shape, loop):
                item = self._open(item, loop, base, at)
            else:
                item = self._current(item, loop, base, at)
            if innermost:
                self.turns[id(item)] = max(shape.turn, self.turns.get(id(item), 0))
        self.row = (block.cell.table, block.cell.row) if shape.in_row and block.cell else None
        return item

    def _opens(self, block: Block, shape: Shape, loop: Loop) -> bool:
        if shape.in_row and block.cell is not None:
            return self.row != (block.cell.table, block.cell.row)
        if shape.number not in self.opening.get(loop.number, ()):
            return False
        now = self.now.get(loop.path)
        return now is None or shape.turn <= self.turns.get(id(now), 0)

    def _open(self, above: Item, loop: Loop, base: str, at: int) -> Item:
        items = above.lists.setdefault(loop.path, [])
        taken = any(other.origin == base for other in items)
        item = Item("" if taken else base, first=at)
        items.append(item)
        self.now[loop.path] = item
        for path in [path for path in self.now if path.startswith(f"{loop.path}[]")]:
            del self.now[path]
        return item

    def _current(self, above: Item, loop: Loop, base: str, at: int) -> Item:
        item = self.now.get(loop.path)
        if item is None or all(item is not one for one in above.lists.get(loop.path, ())):
            return self._open(above, loop, base, at)
        return item

    def _chosen(self, above: Item, loop: Loop, base: str) -> Item:
        """Return what a loop that leaves items out says of one; the list is told elsewhere."""
        key = f"!{loop.path}"
        items = above.lists.setdefault(key, [])
        found = next((one for one in items if base and one.origin == base), None)
        if found is None:
            found = Item(base)
            items.append(found)
        return found

    # --- what a new paragraph is

    def _guess(self, block: Block) -> tuple[Shape | None, bool]:
        """Return the shape that a new block is of, and if it goes on with the text before it."""
        near = self._near(block)
        if near is not None:
            return near, False
        if self.text is not None and not self._is_of_shape(block):
            return self.text[0], True
        ahead = self._ahead()
        if ahead is not None:
            return ahead, False
        return None, False

    def _is_of_shape(self, block: Block) -> bool:
        return any(shape.style == block.style and not shape.rich for shape in self.shapes)

    def _fixed(self, block: Block) -> Shape | None:
        same = (s for s in self.shapes if s.is_fixed and s.style == block.style)
        return self._nearest([shape for shape in same if shape.fits(block.text)])

    def _near(self, block: Block) -> Shape | None:
        """Return the shape with the style of `block` that stands nearest in the template."""
        return self._nearest(
            [
                shape
                for shape in self.shapes
                if shape.style == block.style
                and shape.tokens
                and shape.in_row == (block.cell is not None)
                and shape.fits(block.text)
            ]
        )

    def _nearest(self, shapes: Sequence[Shape]) -> Shape | None:
        """Return the one of `shapes` in the loops of where we are, nearest to what came before."""
        here = self.before.loops if self.before else ()
        number = self.before.number if self.before else 0

        def far(shape: Shape) -> tuple[int, bool, bool, int]:
            common = sum(a.number == b.number for a, b in zip(shape.loops, here, strict=False))
            fixed, used = shape.is_fixed, shape.number in self.used
            return -common, not fixed, not used, abs(shape.number - number)

        return min(shapes, key=far, default=None)

    def _ahead(self) -> Shape | None:
        """Return the text that a paragraph begins for which no text is open: what comes next."""
        if self.before is None:
            return None
        around = [loop.number for loop in self.before.loops]
        for shape in self.shapes[self.before.number + 1 :]:
            numbers = [loop.number for loop in shape.loops]
            if shape.rich and numbers[: len(around)] == around[: len(numbers)] and numbers:
                return shape
            if around and (not numbers or numbers[0] != around[0]):
                return None
        return None


def _below(path: str, loops: Sequence[Loop]) -> str:
    """Return what of `path` comes below the item of the innermost loop that it goes through."""
    for loop in reversed(loops):
        item = f"{loop.path}[]"
        if loop.path and (path == item or path.startswith(f"{item}.")):
            return path[len(item) + 1 :]
    return path


def _opening(shapes: Sequence[Shape]) -> dict[int, set[int]]:
    """Return by loop the numbers of the shapes with which an item of it begins.

    Those are the ones up to the first that every item has, in whichever form.
    """
    of_loop: dict[int, list[Shape]] = {}
    for shape in shapes:
        if shape.loops and shape.slots:
            of_loop.setdefault(shape.loops[-1].number, []).append(shape)
    found: dict[int, set[int]] = {}
    for number, own in of_loop.items():
        last = next((shape.turn for shape in own if shape.needed), own[0].turn)
        found[number] = {shape.number for shape in own if shape.turn <= last}
    return found
