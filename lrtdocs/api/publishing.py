"""Publication copies: the papers of a meeting or mailing as they may be made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import has_errors
from lrtdocs.run.documents.finish import drop_clashes, finish_drafts
from lrtdocs.run.documents.report import Options, Outcome, Progress, silent
from lrtdocs.run.publishing.beside import write_appointment, write_public_bundle
from lrtdocs.run.publishing.make import PublishOptions, plan_publication
from lrtdocs.run.publishing.proof import prove
from lrtdocs.run.publishing.returned import SUFFIXES, compare_returned
from lrtdocs.run.publishing.wanted import read_wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.run.publishing.make import Publication

__all__ = ["PublishOptions", "prove_copy", "publish"]


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
    if options.package is not None:
        _deliver(made, sources, options.package, outcome, progress)
        others = (options.pdf, options.html, options.appointment, options.bundle)
        if not (options.output or any(others)):
            return outcome
    if options.pdf and drafts:
        progress("PDF maken met LibreOffice", steps, steps)
    asked = Options(pdf=options.pdf, html=options.html, overwrite=options.overwrite)
    finish_drafts(drafts, asked, outcome)
    for publication in made:
        with outcome.gathering():
            if options.appointment:
                write_appointment(publication, outcome)
            if options.bundle:
                write_public_bundle(publication, outcome, progress)
    return outcome


def _deliver(
    made: Sequence[Publication],
    sources: Sequence[Path],
    output: str,
    outcome: Outcome,
    progress: Progress,
) -> None:
    """Write the package of all `sources`, if all of them can be published."""
    with outcome.gathering():
        from lrtdocs.run.publishing.delivering import plan_package, write_delivery

        target = plan_package(output, sources)
        if len(made) == len(sources) and not has_errors(outcome.problems):
            write_delivery(made, target, outcome, progress)


def prove_copy(target: Path, sources: Sequence[Path]) -> Outcome:
    """Look in the file or folder `target` for what was left out of the `sources`.

    Where the source is a PDF or a Word document, tell what `target` lost of it on its way back.
    """
    outcome = Outcome()
    with outcome.gathering():
        if len(sources) == 1 and sources[0].suffix.lower() in SUFFIXES:
            compare_returned(target, sources[0], outcome)
        else:
            prove(target, read_wanted(sources), outcome)
    return outcome
