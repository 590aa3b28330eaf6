"""From the words that a paper prints back to the fields that they were made of."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Place
from lrtdocs.run.load.model import parse_file
from lrtdocs.source.build.reading import find_place, first_key, loc_of, path_of, place_of
from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.run.load.model import House
    from lrtdocs.run.showing.sight import Loc
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.word.fill.trace import Piece

    PlaceOf = Callable[[str], Place | None]

_TELLING = ("titel", "naam", "wat", "tekst", "datum")
"""Keys that say what a block is: what was made of the block as a whole leads there."""


class Address(NamedTuple):
    """Where a printed word was typed: the way to its field in the file, and the place."""

    loc: Loc
    place: Place


class Addresses:
    """Knows where the words of a paper were typed: in its file with this `node`, or elsewhere.

    `renamed` are words of the paper that have another field in the file, `fields` are the keys
    that the file may have, and `house` is the house style with the sender.
    """

    def __init__(
        self,
        path: Path,
        node: Node,
        house: House,
        fields: Mapping[str, object],
        renamed: Mapping[str, str],
    ) -> None:
        self._node, self._fields, self._renamed = node, fields, renamed
        self._file = Place(str(path))
        locs = sorted(_places(node, ()), key=lambda known: known[0])
        self._blocks = dict(_blocks(node, top=True))
        self._starts, self._locs = [start for start, _ in locs], [loc for _, loc in locs]
        self._house = house
        self._house_node, _ = parse_file(house.path)
        styles = house.huisstijl.afzenders
        self._sender = next((n for n, each in styles.items() if each is house.afzender), "")

    def place_of(self, path: str) -> Place | None:
        """Return where the word with this `path` was typed, or None."""
        first, *below = loc_of(path) or ("",)
        if first == "afzender" and below:
            return self._place_of_sender(below)
        if first == "woordmerk" and self._house_node is not None:
            return place_of(self._house_node, (first, *below))
        first = self._renamed.get(str(first), first)
        return find_place(self._node, path_of((first, *below)))

    def _place_of_sender(self, below: Sequence[str | int]) -> Place | None:
        if self._house_node is None:
            return None
        own = ("afzenders", self._sender, *below)
        if below[0] != "organisatie" or self._house.afzender.organisatie:
            return place_of(self._house_node, own)
        if self._house.huisstijl.organisatie:
            return place_of(self._house_node, ("organisatie",))
        return place_of(self._house_node, (*own[:2], "directoraat_generaal"))

    def find(self, pieces: Sequence[Piece]) -> list[Address | None]:
        """Return of each of `pieces` where it was typed; None where that is no field.

        What was made for one of a list, such as its number, leads to what else is printed of that.
        """
        found = [self._of(piece) for piece in pieces]
        groups: dict[str, Address] = {}
        for piece, address in zip(pieces, found, strict=True):
            if address is not None:
                groups.setdefault(_group(piece.shown[0]), address)
        known = zip(pieces, found, strict=True)
        return [address or groups.get(_group(piece.shown[0])) for piece, address in known]

    def _of(self, piece: Piece) -> Address | None:
        word, source = piece.shown
        if source is None:
            first = (loc_of(word) or ("",))[0]
            known = first in self._fields
            return Address((self._renamed.get(str(first), first),), self._file) if known else None
        if source.file != self._file.file or source.line is None:
            return Address((), source)
        at = bisect_right(self._starts, (source.line, source.column or 0)) - 1
        loc, block = self._locs[max(at, 0)], self._blocks.get((source.line, source.column or 0))
        return (_part_of(block, loc, piece.xml) if block else None) or Address(loc, source)


def _part_of(block: MappingNode, loc: Loc, xml: str) -> Address | None:
    """Return the part of `block` that stands in what was printed of it, if any.

    `loc` is the way to what tells what it is.
    """
    below = [(key.text, node) for key, node in block.entries if isinstance(node, ScalarNode)]
    said = [(key, node) for key, node in below if len(node.text) > 1 and node.text in xml]
    if not said:
        return None
    key, node = max(said, key=lambda one: len(one[1].text))
    return Address((*loc[:-1], key), node.place)


def _group(word: str) -> str:
    """Return the one of a list that `word` is a part of; the word itself if it is of none."""
    return word[: word.rfind("]") + 1] or word


def _places(node: Node, loc: Loc) -> Iterator[tuple[tuple[int, int], Loc]]:
    """Yield where each value under `node` begins, with the way to it.

    A block begins where its first key stands: that is the way to what tells what it is.
    """
    if isinstance(node, MappingNode):
        keys = [key.text for key, _ in node.entries]
        telling = next((key for key in _TELLING if key in keys), keys[0] if keys else None)
        yield _start(first_key(node)), (*loc, telling) if telling is not None and loc else loc
        for key, value in node.entries:
            yield from _places(value, (*loc, key.text))
    elif isinstance(node, SequenceNode):
        yield _start(node.place), loc
        for index, item in enumerate(node.items):
            yield from _places(item, (*loc, index))
    else:
        yield _start(node.place), loc


def _blocks(node: Node, *, top: bool = False) -> Iterator[tuple[tuple[int, int], MappingNode]]:
    """Yield each block under `node` by where it begins, but for the whole file."""
    if isinstance(node, MappingNode):
        if not top:
            yield _start(first_key(node)), node
        for _, value in node.entries:
            yield from _blocks(value)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _blocks(item)


def _start(place: Place) -> tuple[int, int]:
    return place.line or 0, place.column or 0
