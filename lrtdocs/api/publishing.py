"""Publication copies: the papers of a meeting or mailing as they may be made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Place, has_errors
from lrtdocs.messages import problem
from lrtdocs.run.documents.finish import drop_clashes, finish_drafts
from lrtdocs.run.documents.report import Options, Outcome, Progress, silent
from lrtdocs.run.load.model import kind_of_file
from lrtdocs.run.publishing.beside import write_appointment, write_public_bundle
from lrtdocs.run.publishing.leaking import drop_leaking
from lrtdocs.run.publishing.mailings.make import plan_letters_of, wanted_of_mailing
from lrtdocs.run.publishing.make import PublishOptions, plan_publication
from lrtdocs.run.publishing.proof import prove
from lrtdocs.run.publishing.returned import SUFFIXES, compare_returned
from lrtdocs.run.publishing.reviewing.deciding import allow_words, decide
from lrtdocs.run.publishing.reviewing.known import (
    Answer,
    Decided,
    Decision,
    LeftOut,
    Review,
    Suggestion,
)
from lrtdocs.run.publishing.reviewing.review import review_file
from lrtdocs.run.publishing.wanted import join_wanted, read_wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.run.publishing.make import Publication

__all__ = [
    "Answer",
    "Decided",
    "Decision",
    "LeftOut",
    "PublishOptions",
    "Review",
    "Suggestion",
    "allow_words",
    "decide",
    "prove_copy",
    "publish",
    "review",
]


def review(path: Path, text: str | None = None) -> Review:
    """Return what there is to decide of the publication of the meeting or mailing at `path`.

    What may have been missed, what is left out, and on which grounds; of letters, what they share.
    With a `text` that is what the file says, in place of what was saved. Raises FileProblemError
    for a file that cannot be read.
    """
    return review_file(path, text)


def publish(
    paths: Sequence[Path], options: PublishOptions | None = None, progress: Progress = silent
) -> Outcome:
    """Make the publication copies of the meetings and mailings at `paths`.

    What was left out is told, never in its words. A file with errors is told and passed over.
    """
    options, outcome = options or PublishOptions(), Outcome()
    sources, made = list(dict.fromkeys(paths)), []
    steps = len(sources) + options.pdf
    for step, path in enumerate(sources, start=1):
        progress(f"{path.name} openbaar maken", step, steps)
        with outcome.gathering():
            plan = plan_letters_of if kind_of_file(path) == "mailing" else plan_publication
            publication = plan(path, options, outcome)
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
    drafts = drop_leaking(made, drafts, outcome)
    if options.pdf and drafts:
        progress("PDF maken met LibreOffice", steps, steps)
    pdf, html, overwrite = options.pdf, options.html, options.overwrite
    finish_drafts(drafts, Options(pdf=pdf, html=html, overwrite=overwrite), outcome)
    for publication in made:
        with outcome.gathering():
            if publication.letters is not None:
                place, asked = Place(str(publication.source)), options.of_meetings
                outcome.add_problems(problem("LRT813", place, None, option=one) for one in asked)
                publication.letters.write(
                    outcome, progress, pdf=pdf, html=html, overwrite=overwrite
                )
                continue
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
        for one in made:
            if one.letters is not None:
                one.drafts = one.letters.drafts(outcome)
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
            mailings = [path for path in sources if kind_of_file(path) == "mailing"]
            others = [path for path in sources if path not in mailings]
            wanted = [read_wanted(others), *map(wanted_of_mailing, mailings)]
            prove(target, join_wanted(wanted), outcome)
    return outcome
