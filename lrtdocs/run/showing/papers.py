"""A paper filled to be looked at: the document itself, and where each word of it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.clock import today
from lrtdocs.kinds import KINDS
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome, Options
from lrtdocs.run.letters.letter import AS_TYPED
from lrtdocs.run.letters.run import prepare
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.pictures import finder_in
from lrtdocs.run.publishing.make import PublishOptions, plan_publication
from lrtdocs.run.showing.addresses import Addresses
from lrtdocs.word.fill.colours import colour_pieces
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import trace
from lrtdocs.word.values.tracing import find_nowhere

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

LETTER = "brief"
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
    if asked.kind == LETTER:
        return _fill_letter(asked, outcome)
    return _fill_public(asked, outcome) if asked.public else _fill_meeting(asked, outcome)


def _fill_letter(asked: Asked, outcome: Outcome) -> Paper | None:
    only = [asked.only] if asked.only else None
    options = LettersOptions(asked.path.parent, only=only, single=True)
    letters = LettersOutcome()
    with letters.gathering():
        prepared = prepare(asked.path, options, today(), letters)
    outcome.add_problems(letters.problems)
    outcome.failures += letters.failures
    if prepared is None:
        return None
    letter, job, loaded = next(prepared.letters()), prepared.job, prepared.loaded
    taal = job.taal_of(letter.words)
    filler = Filler(
        prepared.template,
        pictures=job.pictures,
        font=job.font,
        kix=job.kix,
        find_picture=finder_in(job.of_texts),
        taal=taal,
    )
    addresses = Addresses(loaded.path, loaded.node, loaded.house, Mailing.model_fields, AS_TYPED)
    words = {**job.words_in(taal), **letter.words}
    traced = trace(filler, words, addresses.place_of)
    found = addresses.find(traced.pieces)
    return Paper(letter.file, traced.docx, colour_pieces(traced), found)


def _fill_public(asked: Asked, outcome: Outcome) -> Paper | None:
    """Return the publication copy, also of what is a concept or secret: nobody else is shown it."""
    loaded, _ = load_vergadering(asked.path, asked.kind)
    options = PublishOptions(concept=True, classified=True)
    addresses = _addresses(loaded, KINDS[asked.kind]) if loaded else None
    fill = TracingFill(addresses.place_of if addresses else find_nowhere)
    made = plan_publication(asked.path, options, outcome, asked.kind, fill)
    if made is None or addresses is None or not made.drafts:
        return None
    draft = made.drafts[0]
    outcome.add_problems(draft.warnings)
    return _paper(draft, fill, addresses)


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
    shown = draft.shown or draft.docx
    return Paper(draft.source.name, shown, coloured, addresses.find(fill.traced.pieces))
