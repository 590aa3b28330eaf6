"""A paper filled to be looked at: the document itself, and where each word of it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.clock import today
from lrtdocs.errors import Place
from lrtdocs.kinds import KINDS, Source
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.blok import Beoordeling
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.documents.report import Options
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.publishing.make import PublishOptions, plan_publication
from lrtdocs.run.showing.addresses import Addresses
from lrtdocs.word.fill.colours import colour_pieces
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import trace
from lrtdocs.word.marks import for_pdf, link_marks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lrtdocs.kinds import Kind
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
    if KINDS[asked.kind].source is Source.MEETING:
        return _fill_meeting(asked, outcome)
    from lrtdocs.run.showing.letters import fill_letter  # loads all that letters need

    return fill_letter(asked, outcome)


def _fill_meeting(asked: Asked, outcome: Outcome) -> Paper | None:
    loaded, problems = load_vergadering(asked.path, asked.kind)
    outcome.add_problems(problems)
    if loaded is None:
        return None
    addresses = _addresses(loaded, KINDS[asked.kind])
    fill = TracingFill(addresses.place_of)
    if asked.public:
        return _publish(asked, fill, addresses, outcome)
    draft = make_draft(loaded, asked.kind, Options(), today(), many=False, fill=fill)
    outcome.add_problems(draft.warnings)
    return make_paper(asked.path, fill.traced, addresses)


def _publish(
    asked: Asked, fill: TracingFill, addresses: Addresses, outcome: Outcome
) -> Paper | None:
    options = PublishOptions(concept=True, classified=True)  # nobody else sees it yet
    made = plan_publication(asked.path, options, outcome, asked.kind, fill)
    if made is not None and made.judgement is Beoordeling.NIET:
        place = Place(str(asked.path))
        outcome.add_problems([problem("LRT920", place, None, name=asked.path.name)])
    return make_paper(asked.path, fill.traced, addresses, public=True)


def _addresses(loaded: Meeting, row: Kind) -> Addresses:
    said = {
        word: key
        for word, key in _OF_MINUTES.items()
        if row.is_minutes and getattr(loaded.model, key) is not None
    }
    return Addresses(loaded.path, loaded.node, loaded.house, Vergadering.model_fields, said)


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
