"""The publication copies of files: redacted, judged, and made by the pipeline of all papers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from lrtdocs.clock import today
from lrtdocs.documents.fields import known_words
from lrtdocs.documents.meetings import is_concept, meeting_words
from lrtdocs.documents.words import CONCEPT, moment_of
from lrtdocs.errors import Place, has_errors
from lrtdocs.kinds import KINDS
from lrtdocs.messages import problem, text
from lrtdocs.model.openbaar.blok import Beoordeling, Openbaar
from lrtdocs.run.documents.finish import Draft
from lrtdocs.run.documents.make import load_template, read_logo
from lrtdocs.run.folder.names import plan_target
from lrtdocs.run.load.meeting import date_meeting, kinds_so_far, load_vergadering, soort_now
from lrtdocs.run.load.pictures import finder_in
from lrtdocs.run.publishing.judging import Judged, judge, judgement_of, tell_omissions
from lrtdocs.run.publishing.naming import ENDING, public_stem
from lrtdocs.run.publishing.redact import redact_meeting
from lrtdocs.run.publishing.suspecting import find_suspicions
from lrtdocs.source.build.reading import find_place
from lrtdocs.source.files import HUISSTIJL, find_upwards, show_path
from lrtdocs.word.fill.trace import render_for
from lrtdocs.word.marks import for_pdf, link_marks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.run.documents.make import Fill
    from lrtdocs.run.documents.report import Outcome, Progress
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.publishing.redact import Redacted


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """How publication copies are made and where they go.

    `concept` admits papers that are a concept, `classified` those with a level of secrecy. With a
    `bundle` the agenda and the public annexes come in one PDF, with an `appointment` there is an
    .ics for a calendar. A `package` is a zip for a platform, with PDF, HTML and metadata. Of a
    mailing `only` names recipients; the others get no copy.
    """

    output: str | None = None
    pdf: bool = False
    html: bool = False
    only: Sequence[str] | None = None
    concept: bool = False
    classified: bool = False
    overwrite: bool = False
    trusted: bool = False
    bundle: bool = False
    appointment: bool = False
    package: str | None = None

    @property
    def of_meetings(self) -> list[str]:
        """What was asked that only meetings have."""
        asked = {"--bundel": self.bundle, "--afspraak": self.appointment}
        return [option for option, wanted in asked.items() if wanted]


class Letters(Protocol):
    """The letters of a mailing as they may be published; there may be many."""

    def drafts(self, outcome: Outcome) -> list[Draft]:
        """Return all of them at once; those that fail are told in `outcome`."""

    def write(
        self, outcome: Outcome, progress: Progress, *, pdf: bool, html: bool, overwrite: bool
    ) -> None:
        """Write all of them, or none."""


@dataclass(slots=True)
class Publication:
    """The publication copy of one file: how it was judged, its papers, and what was left out.

    Of one that is `niet` there are no papers: it is only announced. `stem` is the name that files
    of it begin with, `block` what its file says of it. Of a mailing the papers are its `letters`,
    which may be many.
    """

    source: Path
    stem: str
    judgement: Beoordeling
    redacted: Redacted
    drafts: list[Draft] = field(default_factory=list)
    block: Openbaar = field(default_factory=Openbaar)
    letters: Letters | None = None

    @property
    def omissions(self) -> Sequence[Omission]:
        """What was left out."""
        return self.redacted.omissions


def plan_publication(
    path: Path,
    options: PublishOptions,
    outcome: Outcome,
    kind: str | None = None,
    fill: Fill = render_for,
) -> Publication | None:
    """Return what may be published of the meeting at `path`; None if that must not be made.

    Of one `kind` of paper, or of all that it has so far, filled by `fill`. Only errors of the file
    are told: the rest is told when its normal papers are made.
    """
    loaded, problems = load_vergadering(path, None)
    outcome.add_problems(one for one in problems if has_errors([one]))
    if loaded is None or has_errors(problems):
        return None
    redacted = redact_meeting(loaded)
    found = list(judge_file(loaded, redacted, options, loaded.model.datum))
    outcome.add_problems(found)
    if has_errors(found):
        return None
    made = begin_publication(path, loaded, redacted, outcome)
    if made.judgement is Beoordeling.NIET:
        return made
    for each in [kind] if kind else kinds_so_far(loaded.model):
        draft = _draft(made, loaded, each, options, outcome, fill)
        if draft is not None:
            made.drafts.append(draft)
    tell(made, loaded, outcome)
    return made


def begin_publication(
    path: Path, loaded: Meeting | LoadedMailing, redacted: Redacted, outcome: Outcome
) -> Publication:
    """Return the publication of the file at `path`, without papers; that it is `niet` is told."""
    block = loaded.model.openbaar or Openbaar()
    judgement = judgement_of(loaded.model.openbaar, redacted.omissions)
    if judgement is Beoordeling.NIET:
        outcome.remarks.append(text("deel.openbaar_niet", name=path.name))
    return Publication(
        path, public_stem(path.stem, block.weglaten), judgement, redacted, block=block
    )


def judge_file(
    loaded: Meeting | LoadedMailing, redacted: Redacted, options: PublishOptions, day: date
) -> Sequence[Problem]:
    """Return what is wrong or odd about a publication of `loaded`, which is of the `day`."""
    model, house = loaded.model, loaded.house
    judged = Judged(
        model.openbaar,
        house.huisstijl.openbaar,
        redacted.omissions,
        [
            word
            for word in redacted.unseen
            if public_stem(loaded.path.stem, {word: "5.2"}) == loaded.path.stem
        ],
        day,
        model.rubricering,
    )
    own = find_upwards(loaded.path, HUISSTIJL)
    table = Place(show_path(house.path)) if own else None
    found = judge(judged, loaded.place("openbaar"), table, today(), classified=options.classified)
    return [_where_it_is(one, loaded) for one in found]


def _where_it_is(found: Problem, loaded: Meeting | LoadedMailing) -> Problem:
    """Return what was `found` at its place: a level of secrecy is no part of the block."""
    return replace(found, place=loaded.place("rubricering")) if found.code == "LRT803" else found


def _draft(
    made: Publication,
    loaded: Meeting,
    kind: str,
    options: PublishOptions,
    outcome: Outcome,
    fill: Fill,
) -> Draft | None:
    """Return the `kind` of paper of a publication, None if it is a concept and that was not asked.

    Its date is that of the normal paper.
    """
    row, public = KINDS[kind], made.redacted.loaded
    model, huisstijl = public.model, public.house.huisstijl
    minutes = is_concept(row, loaded.model)
    if _is_concept(loaded, kind) and not options.concept:
        place = loaded.place("rubricering" if loaded.model.rubricering else "overleg")
        name = loaded.path.name
        told = problem("LRT804", place, kind=kind)
        outcome.add_problems([problem("LRT804.verslag", place, file=name) if minutes else told])
        return None
    day, dated = date_meeting(loaded, today(), kind)
    trusted = options.trusted or huisstijl.vertrouwd
    template = load_template(kind, loaded.path, trusted=trusted, known=known_words(kind))
    words = meeting_words(row, model, huisstijl, public.house.afzender, day)
    default = f"{made.stem}-{soort_now(loaded.model, row)}-{ENDING}.docx"
    docx = fill(
        template,
        words,
        partial(find_place, loaded.node),
        pictures=read_logo(public.house),
        font=huisstijl.lettertype,
        find_picture=finder_in(public.pictures),
    )
    target = plan_target(loaded.path, default, options.output, many=True)
    linked = link_marks(docx)
    return Draft(loaded.path, target, linked, moment_of(words), tuple(dated), shown=for_pdf(linked))


def _is_concept(loaded: Meeting, kind: str) -> bool:
    mark = loaded.model.rubricering or ""
    return is_concept(KINDS[kind], loaded.model) or CONCEPT.casefold() in mark.casefold()


def tell(made: Publication, loaded: Meeting | LoadedMailing, outcome: Outcome) -> None:
    """Tell of the publication of `loaded` what was left out, and what may have been missed.

    With where that is and on which ground, where was looked, and who decides.
    """
    suspected = find_suspicions(loaded, made.redacted.loaded.model, loaded.house.afzender)
    outcome.add_problems(suspected.problems)
    lines = list(tell_omissions(made.omissions, made.source.name))
    number = len(made.omissions)
    outcome.remarks.append(text("deel.openbaar_kop", name=made.source.name, number=number))
    outcome.remarks += [f"  {line}" for line in lines]
    outcome.remarks += [
        text("deel.openbaar_bijlage", number=len(made.redacted.withheld))
        for _ in made.redacted.withheld[:1]
    ]
    outcome.remarks += [suspected.looked, text("deel.openbaar_bekeken")]
