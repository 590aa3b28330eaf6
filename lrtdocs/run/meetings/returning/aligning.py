"""Which paragraph of one paper is which of another: the same, changed, moved, new or gone."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lrtdocs.word.reading.blocks import Kind, Run, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lrtdocs.word.reading.blocks import Block

_MOST_PAIRS = 4000
_ALIKE = 0.5
_SURE = 12
"""So many characters of text are the same paragraph when they turn up elsewhere."""


def look_of(block: Block) -> tuple[object, ...]:
    """Return all of `block` that a reader sees; the number of a dot in a list is none of that."""
    number = block.label if block.kind in {Kind.NUMBER, Kind.LETTER} else 0
    column = block.cell.column if block.cell else None
    form = tuple(
        (plain_text(run.text), *run[1:3], plain_address(run.link), run.language)
        for run in block.runs
        if run.text.strip()
    )
    formed = form if any(any(run[1:]) for run in form) else ()
    return block.style, block.kind, block.depth, number, column, block.text, formed


def plain_address(link: str) -> str:
    """Return `link` in which nothing counts that a program may add."""
    return link.rstrip("/")


def settle_joined(old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
    """Return `new` in which what stands behind a deleted paragraph has the form that it had.

    LibreOffice gives it the form of the one that was deleted, as long as that is on the record.
    """
    known = {(block.style, block.text) for block in old}
    by_text: dict[str, list[Block]] = defaultdict(list)
    for block in old:
        by_text[block.text].append(block)

    def settle(block: Block) -> Block:
        joined = any(change.gone for change in block.changes) and block.cell is None
        found = by_text[block.text] if joined and (block.style, block.text) not in known else []
        found = [one for one in found if one.cell is None]
        if len({(one.style, one.kind, one.depth, one.label) for one in found}) != 1:
            return block
        one = found[0]
        return replace(
            block, style=one.style, kind=one.kind, depth=one.depth, label=one.label, list=one.list
        )

    return tuple(map(settle, new))


def settle_tabs(old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
    """Return `new` with the tab before a paragraph, where those of its style have one.

    Who types a name under the others may well type over it.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for block in old:
        texts[block.style].append(block.text)
    tabbed = {
        style
        for style, said in texts.items()
        if all("\t" in text for text in said) and any(text.startswith("\t") for text in said)
    }
    return tuple(
        replace(block, runs=(Run("\t"), *block.runs))
        if block.style in tabbed and block.text and "\t" not in block.text
        else block
        for block in new
    )


def align(old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """Return by the index of each block of `new` that of the one of `old` that it was.

    First what is the same in the same order, then what was moved as it is, then in each gap what
    looks alike, and at last what stands there in the same order. With no partner it is not in it.
    """
    pairs = _same(old, new, look_of)
    _add_moved(pairs, old, new)
    for least in (_ALIKE, 0.0):
        _add_alike(pairs, old, new, least)
    return pairs


def align_in_order(old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """Return what `align` does for blocks that keep their order; one that was moved has none."""
    pairs = _same(old, new, look_of)
    for least in (_ALIKE, 0.0):
        _add_alike(pairs, old, new, least)
    return pairs


def _same(
    old: Sequence[Block], new: Sequence[Block], key: Callable[[Block], object]
) -> dict[int, int]:
    keys: dict[object, int] = {}
    first, second = ([keys.setdefault(key(b), len(keys)) for b in row] for row in (old, new))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return {
        b + offset: a + offset
        for a, b, size in matcher.get_matching_blocks()
        for offset in range(size)
    }


def _add_moved(pairs: dict[int, int], old: Sequence[Block], new: Sequence[Block]) -> None:
    taken = set(pairs.values())
    free: dict[object, deque[int]] = defaultdict(deque)
    for at, block in enumerate(old):
        if at not in taken and (len(block.text) >= _SURE or block.style.startswith("heading")):
            free[block.style, block.text].append(at)
    for at, block in enumerate(new):
        if at not in pairs and free[block.style, block.text]:
            pairs[at] = free[block.style, block.text].popleft()


def _add_alike(
    pairs: dict[int, int], old: Sequence[Block], new: Sequence[Block], least: float
) -> None:
    taken = set(pairs.values())
    at = 0
    while at < len(new):
        if at in pairs:
            at += 1
            continue
        end = at
        while end < len(new) and end not in pairs:
            end += 1
        gap = list(range(at, end))
        for chosen in (_after(pairs.get(at - 1, -1), old, taken),
                       _before(pairs.get(end, len(old)), taken)):  # fmt: skip
            fresh = [one for one in gap if one not in pairs]
            for number, other in _best(chosen, fresh, old, new, least):
                pairs[number] = other
                taken.add(other)
        at = end


def _after(at: int, old: Sequence[Block], taken: set[int]) -> list[int]:
    """Return the free blocks straight behind `at`."""
    end = at + 1
    while end < len(old) and end not in taken:
        end += 1
    return list(range(at + 1, end))


def _before(at: int, taken: set[int]) -> list[int]:
    """Return the free blocks straight before `at`."""
    begin = at
    while begin > 0 and begin - 1 not in taken:
        begin -= 1
    return list(range(begin, at))


def _best(
    left: Sequence[int],
    right: Sequence[int],
    old: Sequence[Block],
    new: Sequence[Block],
    least: float,
) -> list[tuple[int, int]]:
    """Return the pairs (of `right`, of `left`) that keep the order and look most alike.

    Each is at `least` so much alike, from 0 to 1.
    """
    if not left or not right or len(left) * len(right) > _MOST_PAIRS:
        return []
    rows, columns = len(left), len(right)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[_likeness(old[a], new[b]) for b in right] for a in left]
    alike = [[one if one > least else 0.0 for one in row] for row in alike]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((right[j], left[i]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Block, other: Block) -> float:
    """Return how alike two blocks are, 0 when they cannot be the same."""
    column = one.cell.column if one.cell else -1
    if one.style != other.style or column != (other.cell.column if other.cell else -1):
        return 0.0
    if one.text == other.text:
        return 2.0
    words = [one.text[:600].split(), other.text[:600].split()]
    return 0.05 + SequenceMatcher(None, words[0], words[1], autojunk=False).ratio()
