"""What a publication copy may have beside its papers: a bundle, an appointment, lists of several.

All are made of what is left of a meeting, as its papers are.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.clock import start_of
from lrtdocs.documents.appointment import format_public
from lrtdocs.documents.invitation import public_appointment
from lrtdocs.errors import Place
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.blok import Beoordeling
from lrtdocs.model.velden import Rubriek
from lrtdocs.model.vergadering import walk_bijlagen
from lrtdocs.run.load.meeting import Meeting
from lrtdocs.run.load.model import load_house
from lrtdocs.run.meetings.bundling import write_bundle_of
from lrtdocs.run.publishing.judging import judgement_of
from lrtdocs.run.publishing.naming import ENDING
from lrtdocs.run.publishing.redact import redact_meeting
from lrtdocs.source.files import show_path

if TYPE_CHECKING:
    from lrtdocs.errors import Problem
    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.model.vergadering import Vergadering
    from lrtdocs.run.documents.report import Outcome, Progress
    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.run.publishing.make import Publication

_NAMESPACE = uuid.UUID("3a0b5c0e-57b1-5c8e-9a55-6c1f0f2d9b41")
"""Of the uids that are made here; any other one would do, as long as it stays the same."""


def write_appointment(made: Publication, outcome: Outcome) -> None:
    """Write the appointment of a publication (.ics) beside its papers; it invites nobody."""
    model = made.redacted.loaded.model
    if made.letters is not None or not made.drafts:
        return
    uid = str(uuid.uuid5(_NAMESPACE, f"{model.overleg}\n{made.stem}\n{model.datum}"))
    stamp = made.drafts[0].moment or start_of(model.datum)
    data = format_public(public_appointment(model, uid, stamp))
    outcome.write(made.drafts[0].target.with_name(f"{made.stem}-afspraak-{ENDING}.ics"), data)


def write_public_bundle(made: Publication, outcome: Outcome, progress: Progress) -> None:
    """Write the public agenda and the annexes that are public as one PDF beside the papers.

    The annexes are as they are: nothing is left out of somebody else's file, and that is told.
    """
    agenda = next((one for one in made.drafts if "-agenda-" in one.target.name), None)
    if agenda is None:
        return
    target = agenda.target.with_name(f"{made.stem}-bundel-{ENDING}.pdf")
    loaded = made.redacted.loaded
    files = [bijlage for _, bijlage in walk_bijlagen(loaded.model) if bijlage.bestand]
    if not files:
        outcome.add_problems([problem("LRT805.geen", loaded.place("bijlagen"))])
        return
    write_bundle_of(loaded, target, outcome, progress, agenda)
    outcome.add_problems([problem("LRT805", Place(show_path(target)), number=len(files))])


def redact_listed(
    file: ModelFile[Vergadering], problems: list[Problem], omissions: list[Omission]
) -> ModelFile[Vergadering] | None:
    """Return `file` as it may stand in a public list, or None, and why not in `problems`."""
    house = load_house(file.path, problems, file)
    if house is None:
        return None
    redacted = redact_meeting(Meeting(file.path, file.node, file.model, house))
    model = file.model
    niet = judgement_of(model.openbaar, redacted.omissions) is Beoordeling.NIET
    if niet or model.rubricering in list(Rubriek) or model.vastgesteld is None:
        key = "LRT810.niet" if niet else "LRT810"
        key = "LRT810.rubricering" if model.rubricering in list(Rubriek) else key
        problems.append(problem(key, file.place()))
        return None
    omissions += redacted.omissions
    return replace(file, model=redacted.loaded.model)
