"""One paper of a meeting, filled to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import Place
from lrtdocs.kinds import KINDS
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.blok import Beoordeling
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.documents.report import Options
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.publishing.make import PublishOptions, plan_publication
from lrtdocs.run.showing.addresses import Addresses
from lrtdocs.run.showing.papers import TracingFill, make_paper

if TYPE_CHECKING:
    from lrtdocs.kinds import Kind
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.showing.papers import Asked, Paper

_OF_MINUTES = {"dagtekening": "dagtekening_verslag", "versie": "versie_verslag"}


def fill_meeting(asked: Asked, outcome: Outcome) -> Paper | None:
    """Return the paper that is `asked`; None, and why in `outcome`, if there is none."""
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
