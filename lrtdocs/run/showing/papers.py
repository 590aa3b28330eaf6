"""A paper filled to be looked at: the document itself, and where each word of it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.fill.colours import colour_pieces
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import trace
from lrtdocs.word.marks import for_pdf, link_marks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lrtdocs.run.showing.addresses import Address, Addresses, PlaceOf
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.fill.trace import Traced
    from lrtdocs.word.values.writer import PictureFinder


class Asked(NamedTuple):
    """A `kind` of paper of the file at `path`; `public` is the copy that may be published.

    Of a mailing it is the letter to `only`, or the first.
    """

    path: Path
    kind: str
    public: bool = False
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A filled document, and the same with a colour for each piece; where each was typed."""

    name: str
    docx: bytes
    coloured: bytes
    addresses: Sequence[Address | None]


class TracingFill:
    """Fills as `render_for` does, and keeps the trace of that."""

    def __init__(self, place_of: PlaceOf) -> None:
        self._place_of = place_of
        self.traced: Traced | None = None

    def __call__(
        self,
        template: Template,
        words: Mapping[str, object],
        place_of: PlaceOf,
        *,
        pictures: Mapping[str, bytes],
        font: str | None,
        find_picture: PictureFinder,
    ) -> bytes:
        """Return the document."""
        filler = Filler(template, pictures=pictures, font=font, find_picture=find_picture)
        self.traced = trace(filler, words, lambda path: self._place_of(path) or place_of(path))
        return self.traced.docx


def make_paper(
    path: Path, traced: Traced | None, addresses: Addresses, *, public: bool = False
) -> Paper | None:
    """Return the paper of the file at `path` that was `traced`, if it was.

    In a `public` one its marks become links, as in the copy that is published.
    """
    if traced is None:
        return None
    docx, coloured = traced.docx, colour_pieces(traced)
    if public:
        docx, coloured = (for_pdf(link_marks(each)) for each in (docx, coloured))
    return Paper(path.name, docx, coloured, addresses.find(traced.pieces))
