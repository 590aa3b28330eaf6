"""What a file carries, as those who read files hand it to who seeks in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Spots:
    """What the text from an offset on stands in, in Dutch, for a text that was put together."""

    def __init__(self, where: str = "") -> None:
        self.offsets: list[int] = [0]
        self.names: list[str] = [where]

    def add(self, offset: int, where: str) -> None:
        """Tell that from `offset` on the text stands in `where`."""
        if where != self.names[-1]:
            self.offsets.append(offset)
            self.names.append(where)

    def at(self, offset: int) -> str:
        """Return what the sign at `offset` stands in."""
        return self.names[bisect_right(self.offsets, offset) - 1]


class Text(NamedTuple):
    """A text that a file carries, and what each part of it stands in.

    What is found in a `group` once need not be told again of a `last` look at the same bytes. What
    is sought must have at least `least` letters. Of `built` text, such as the names of styles and
    elements, words may be those that every such file has.
    """

    text: str
    spots: Spots
    group: str = ""
    last: bool = False
    least: int = 3
    built: bool = False


class Inner(NamedTuple):
    """Something that a file carries as bytes: a picture, an attachment, a part nobody knows."""

    where: str
    name: str
    data: bytes


class Unread(NamedTuple):
    """Something of a file that cannot be looked at, and why: the key of a piece of a message."""

    where: str
    why: str
    serious: bool = True


Carried = Text | Inner | Unread


def text_at(
    where: str,
    text: str,
    group: str = "",
    *,
    last: bool = False,
    least: int = 3,
    built: bool = False,
) -> Text:
    """Return `text`, all of which stands in `where`."""
    return Text(text, Spots(where), group, last, least, built)


class Gathered:
    """Texts put together to one, each with what it stands in."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.spots = Spots()

    def add(self, text: str, where: str) -> None:
        """Put `text`, which stands in `where`, behind the others."""
        self.spots.add(self._length, where)
        self._pieces.append(text)
        self._length += len(text)

    def part(self, sign: str = "\n") -> None:
        """Keep what comes apart from what was there."""
        if self._pieces and self._pieces[-1] != sign:
            self._pieces.append(sign)
            self._length += len(sign)

    def line(self, text: str, where: str) -> None:
        """Put `text` behind the others, as a line of its own."""
        self.add(text + "\n", where)

    def texts(self, group: str = "", *, last: bool = False, built: bool = False) -> list[Text]:
        """Return all of it as one text, or nothing where there is none."""
        whole = "".join(self._pieces)
        return [Text(whole, self.spots, group, last, built=built)] if whole.strip() else []
