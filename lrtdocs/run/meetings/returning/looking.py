"""What people did in Word to how a paper looks, for which the file of a meeting has no place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.run.meetings.returning.aligning import align
from lrtdocs.word.reading.blocks import Kind
from lrtdocs.word.reading.looks import read_looks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.run.meetings.returning.known import Paper
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.reading.blocks import Block
    from lrtdocs.word.reading.looks import Look, Picture

_OF_RUNS = {
    "u": "onderstreept",
    "color": "kleur",
    "highlight": "markering",
    "strike": "doorgehaald",
    "font": "ander lettertype",
    "sz": "andere lettergrootte",
    "vertAlign": "superscript of subscript",
}
_OF_PARAGRAPHS = {
    "jc": "andere uitlijning",
    "ind": "inspringen",
    "break": "nieuwe bladzijde",
}
_AHEAD = 3
_TWIPS = 30
_POINTS = 2


class Dressed(NamedTuple):
    """One thing that looks otherwise: `what`, the words, and where; paragraph 0 is all pages."""

    what: str
    passage: str
    part: str
    paragraph: int


def find_dressed(paper: Paper, edited: Sequence[Block], package: Package) -> list[Dressed]:
    """Return what looks otherwise in `package`, with the blocks `edited`, than in `paper`."""
    was, is_ = read_looks(paper.package), read_looks(package)
    old, pairs = paper.blocks, align(paper.blocks, edited)
    found: list[Dressed] = []
    for at, block in enumerate(edited):
        look = is_.paragraphs.get((block.part, block.number))
        partner = old[pairs[at]] if at in pairs else None
        known = was.paragraphs.get((partner.part, partner.number)) if partner else None
        if look is not None:
            words = next((one.text for one in edited[at : at + _AHEAD] if one.text), "")
            found += _dressed(block, look, known, words)
    found += _pictures(was.pictures, is_.pictures)
    if not all(any(_near(one, other) for other in was.pages) for one in is_.pages):
        found.append(Dressed("andere marges of een ander formaat", "", "", 0))
    return found


def _dressed(block: Block, look: Look, known: Look | None, words: str) -> Iterator[Dressed]:
    """Yield what `block` says itself and had not; `words` are its own, or those behind it."""
    had = {*look.base.items(), *(known.comes_to if known else ())}
    told: dict[str, str] = {}
    for (name, value), passage in look.own.items():
        values = {one for key, one in had if key == name} or {""}
        if name == "ind" and (block.kind is not Kind.PLAIN or _is_indented(value, values)):
            continue
        if value not in values and (value or name not in {"font", "sz", "jc"}):
            told[name] = told.get(name, "") + passage
    for name, passage in told.items():
        what = _OF_RUNS.get(name) or _OF_PARAGRAPHS[name]
        if block.text or name == "break":
            said = passage if name in _OF_RUNS else words
            yield Dressed(what, " ".join(said.split()), block.part, block.number)


def _is_indented(value: str, values: set[str]) -> bool:
    """Tell whether `value` is one of the `values`, but for what programs round off."""
    wanted = [int(one) for one in value.split()]
    return any(_near(wanted, [int(n) for n in (one or "0 0 0").split()]) for one in values)


def _near(one: Sequence[int], other: Sequence[int], most: int = _TWIPS) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def _pictures(old: Sequence[Picture], new: Sequence[Picture]) -> Iterator[Dressed]:
    """Yield the pictures that were moved, replaced, resized, taken out or put in."""
    free = list(old)
    fresh: list[Picture] = []
    for one in new:
        same = [each for each in free if each.part == one.part and each.digest == one.digest]
        if not same:
            fresh.append(one)
            continue
        free.remove(same[0])
        if not _near(one.size, same[0].size, _POINTS):
            yield _shown("plaatje groter of kleiner gemaakt", one)
        if not (_is_there(one.across, same[0].across) and _is_there(one.down, same[0].down)):
            yield _shown("plaatje verplaatst", one)
    for one in fresh:
        other = next((each for each in free if each.part == one.part), None)
        if other is not None:
            free.remove(other)
        yield _shown("plaatje vervangen" if other else "plaatje toegevoegd", one)
    yield from (_shown("plaatje weggehaald", one)._replace(paragraph=0) for one in free)


def _is_there(one: tuple[str, int], other: tuple[str, int]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= _POINTS


def _shown(what: str, one: Picture) -> Dressed:
    return Dressed(what, "", one.part, one.paragraph)
