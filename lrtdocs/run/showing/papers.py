"""A paper filled to be looked at: the document itself, and where each word of it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.clock import today
from lrtdocs.kinds import KINDS
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.documents.report import Options
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.showing.addresses import Addresses
from lrtdocs.word.fill.colours import colour_pieces
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import trace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lrtdocs.kinds import Kind
    from lrtdocs.run.documents.finish import Draft
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.showing.addresses import Address, PlaceOf
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.fill.trace import Traced
    from lrtdocs.word.values.writer import PictureFinder

_OF_MINUTES = {"dagtekening": "dagtekening_verslag", "versie": "versie_verslag"}


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


def fill_paper(asked: Asked, outcome: Outcome) -> Paper | None:
    """Return the paper that is `asked`; None, and why in `outcome`, if there is none."""
    return _fill_meeting(asked, outcome)


def _fill_meeting(asked: Asked, outcome: Outcome) -> Paper | None:
    loaded, problems = load_vergadering(asked.path, asked.kind)
    outcome.add_problems(problems)
    if loaded is None:
        return None
    addresses = _addresses(loaded, KINDS[asked.kind])
    fill = TracingFill(addresses.place_of)
    draft = make_draft(loaded, asked.kind, Options(), today(), many=False, fill=fill)
    outcome.add_problems(draft.warnings)
    return _paper(draft, fill, addresses)


def _addresses(loaded: Meeting, row: Kind) -> Addresses:
    said = {
        word: key
        for word, key in _OF_MINUTES.items()
        if row.is_minutes and getattr(loaded.model, key) is not None
    }
    return Addresses(loaded.path, loaded.node, loaded.house, Vergadering.model_fields, said)


def _paper(draft: Draft, fill: TracingFill, addresses: Addresses) -> Paper | None:
    if fill.traced is None:
        return None
    coloured = colour_pieces(fill.traced)
    return Paper(draft.source.name, draft.docx, coloured, addresses.find(fill.traced.pieces))
