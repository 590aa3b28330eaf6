"""Publication copies: the papers of a meeting or mailing as they may be made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.documents.finish import drop_clashes, finish_drafts
from lrtdocs.run.documents.report import Options, Outcome, Progress, silent
from lrtdocs.run.publishing.beside import write_appointment, write_public_bundle
from lrtdocs.run.publishing.make import PublishOptions, plan_publication

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["PublishOptions", "publish"]


def publish(
    paths: Sequence[Path], options: PublishOptions | None = None, progress: Progress = silent
) -> Outcome:
    """Make the publication copies of the meetings at `paths`, and tell what was left out of them.

    A file with errors is told and passed over; the others are made.
    """
    options, outcome = options or PublishOptions(), Outcome()
    sources, made = list(dict.fromkeys(paths)), []
    steps = len(sources) + options.pdf
    for step, path in enumerate(sources, start=1):
        progress(f"{path.name} openbaar maken", step, steps)
        with outcome.gathering():
            publication = plan_publication(path, options, outcome)
            if publication is not None:
                made.append(publication)
    drafts = drop_clashes([draft for one in made for draft in one.drafts], outcome)
    for draft in drafts:
        outcome.add_problems(draft.warnings)
    if options.pdf and drafts:
        progress("PDF maken met LibreOffice", steps, steps)
    finish_drafts(drafts, Options(pdf=options.pdf, overwrite=options.overwrite), outcome)
    for publication in made:
        with outcome.gathering():
            if options.appointment:
                write_appointment(publication, outcome)
            if options.bundle:
                write_public_bundle(publication, outcome, progress)
    return outcome
