"""Work on templates: which is in force, a copy of one's own, its words, and how it looks filled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.clock import today
from lrtdocs.documents.fields import fields_of
from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    Place,
    Problem,
    ProblemsFoundError,
    Severity,
    TemplateProblemsError,
    UsageError,
)
from lrtdocs.run.documents.finish import MAX_TEMPLATE, finish_drafts
from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.folder.names import check_replaceable, plan_target
from lrtdocs.run.letters.list_words import describe_words, tell_words
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.templates.check import OWN_KIND, UNKNOWN_KIND, check_known, write_marked
from lrtdocs.run.templates.example import Sample, show_template
from lrtdocs.run.templates.merging import describe_merge, merge_template
from lrtdocs.run.templates.offering import (
    Offered,
    called,
    names_for,
    offer,
    try_on,
)
from lrtdocs.run.templates.putting import (
    SHIPPED,
    put_back,
    put_template,
)
from lrtdocs.run.templates.templates import (
    HERE,
    InForce,
    TemplateFile,
    copy_shipped,
    describe_copy,
    open_known,
    open_template,
    templates_in_force,
)
from lrtdocs.run.templates.vocabulary import describe_fields
from lrtdocs.source.files import exists, is_dir, read_bytes
from lrtdocs.word.check.comments import mark_problems
from lrtdocs.word.check.spots import link_problems, numbers_of
from lrtdocs.word.house.vocabulary import Entry, build_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lrtdocs.pdf.links import LinkBox


@dataclass(slots=True)
class TemplateOutcome(Outcome):
    """What came of a call about templates.

    `words` are those of the kind of document, `templates` those in force.
    """

    words: Sequence[Entry] = ()
    templates: Sequence[InForce] = ()


class ProblemSpot(NamedTuple):
    """Where a problem is on a page (from 0): left, top, width, height, as fractions of that."""

    number: int
    page: int
    box: tuple[float, float, float, float]


class Tried(NamedTuple):
    """A paper made with a template that is not in force, and what is told of it."""

    docx: bytes
    problems: list[Problem]


def list_templates(start: Path | None = None) -> TemplateOutcome:
    """List the templates in force for the current folder, or for the file or folder `start`."""
    if start is None:
        start = Path(HERE)
    elif is_dir(start):
        start = start / HERE
    elif not exists(start):
        raise FileProblemError(messages.problem("LRT001.plaats", Place(str(start))))
    return TemplateOutcome(templates=templates_in_force(start))


def copy_template(
    name: str, output: str | None = None, *, overwrite: bool = False
) -> TemplateOutcome:
    """Copy the shipped template `name` into `sjablonen/` here, or to `output`."""
    made, stem = copy_shipped(name, output, overwrite=overwrite), name.removesuffix(".docx")
    remarks = [describe_copy(made.written[0], stem)]
    return TemplateOutcome(written=made.written, problems=made.problems, remarks=remarks)


def list_words(asked: str, kind: str | None = None, output: str | None = None) -> TemplateOutcome:
    """List the words of the kind of document that the template `asked` is for, and its use of them.

    With `output` they are written as a .docx. A template that cannot be read does not keep its
    maker from the words. Of a mailing, a .yaml, they are those that its texts may use.
    """
    if asked.lower().endswith((".yaml", ".yml")):
        return _list_words_of(Path(asked), output)
    file, kind = open_known(asked, kind)
    outcome = TemplateOutcome(opening=[file.about])
    outcome.words = describe_fields(fields_of(kind), file.uses)
    outcome.add_problems(file.refusals, ExitCode.TEMPLATE)
    if output is not None:
        target = Path(output)
        if target.suffix.lower() != ".docx":
            target /= f"velden-{kind}.docx"
        title = f"Woorden voor {kind}"
        outcome.write(target, build_vocabulary(title, _opening(file, kind), outcome.words))
    return outcome


def _list_words_of(path: Path, output: str | None) -> TemplateOutcome:
    """List the words that the texts of the mailing at `path` may use."""
    outcome = TemplateOutcome()
    loaded, problems = load_mailing(path)
    if loaded is None:
        outcome.add_problems(problems)
        return outcome
    opening = list(tell_words(loaded))
    outcome.opening += opening
    outcome.words = describe_words(loaded)
    if output is not None:
        target = Path(output)
        if target.suffix.lower() != ".docx":
            target /= f"velden-{path.stem}.docx"
        title = f"Woorden van {path.name}"
        outcome.write(target, build_vocabulary(title, opening, outcome.words))
    return outcome


def _opening(file: TemplateFile, kind: str) -> list[str]:
    what = (
        f"Dit zijn de woorden die een sjabloon van de soort {kind} kent. Kopieer wat onder "
        "'Om te plakken' staat naar uw sjabloon. Staan er meer regels, dan hoort elke regel in "
        "een eigen alinea."
    )
    where = (
        f"Bij elk woord staat waar {file.path.name} het gebruikt. De alinea's zijn geteld zoals "
        "in de meldingen van lrtdocs."
    )
    return [what, where]


def check_template(
    asked: str,
    kind: str | None = None,
    *,
    mark: Path | None = None,
    trusted: bool = False,
    overwrite: bool = False,
) -> TemplateOutcome:
    """Find every problem of the template `asked`; with `mark` write a copy with comments there."""
    outcome = TemplateOutcome()
    with outcome.gathering():
        file = open_template(asked, kind)
        if file.kind is not None:
            outcome.opening.append(file.about)
        problems = check_known(file, trusted=trusted)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        for told in (errors, problems) if file.kind == OWN_KIND else (problems,):
            outcome.add_problems(told, ExitCode.TEMPLATE)
        if mark is not None:
            write_marked(file, problems, mark, outcome, overwrite=overwrite)
    return outcome


def show_example(
    asked: str,
    options: Options | None = None,
    *,
    kind: str | None = None,
    sample: Sample = Sample.TYPICAL,
) -> TemplateOutcome:
    """Fill the template `asked` with example data, as much as `sample` says, and write it."""
    options = options or Options()
    outcome = TemplateOutcome()
    with outcome.gathering():
        file, kind = open_known(asked, kind)
        outcome.opening.append(file.about)
        draft = show_template(file, kind, sample, options, today())
        outcome.add_problems(draft.warnings)
        finish_drafts([draft], options, outcome)
    return outcome


def convert_merge(
    source: Path,
    output: str | None = None,
    *,
    listed: Path | None = None,
    overwrite: bool = False,
) -> TemplateOutcome:
    """Make a template of the Word mail merge `source`, beside it or at `output`.

    Its words are by the headings of the list `listed`, where that is given. What could not be
    converted is told, and stands in the margin. Never is it written over `source`.
    """
    outcome = TemplateOutcome()
    with outcome.gathering():
        target = plan_target(source, f"{source.stem}-omgezet.docx", output, many=False)
        if exists(target) and target.samefile(source):
            raise FileProblemError(messages.problem("LRT002.zelfde", Place(str(target))))
        data = read_bytes(source, MAX_TEMPLATE)
        keep = check_replaceable(target, overwrite=overwrite)
        made = merge_template(data, source, target, listed)
        outcome.write(target, made.data, keep=keep)
        outcome.add_problems(made.told)
        outcome.add_problems(made.wrong, ExitCode.TEMPLATE)
        outcome.remarks += describe_merge(target, made)
    return outcome


# --- offered, and in force or not


def offer_template(path: Path, offered_as: str, kind: str | None = None) -> Offered:
    """Judge the template at `path`, which came as a file called `offered_as`, and is not in use.

    Raises FileProblemError if it cannot be read; what is wrong with it is in what is returned.
    """
    return offer(path, offered_as, kind)


def mark_offered(offered: Offered) -> bytes:
    """Return `offered` with a comment of Word at each of its problems."""
    told = [problem for problem in offered.problems if problem.code != UNKNOWN_KIND]
    return mark_problems(offered.file.data, told)


def link_offered(offered: Offered, *, more_pages: bool = False) -> bytes:
    """Return `offered` to be looked at: with a link at each of its problems, for `place_problems`.

    With `more_pages` what stands on later pages alone is to be seen too. Raises
    TemplateProblemsError for what may not be opened.
    """
    file = offered.file
    return link_problems(file.data, file.name, offered.problems, more_pages=more_pages)


def place_problems(links: Sequence[LinkBox]) -> list[ProblemSpot]:
    """Return where problems are on the pages of a template with these `links`."""
    return [
        ProblemSpot(number, link.page, link.box)
        for link in links
        for number in numbers_of(link.address)
    ]


def try_template(
    offered: Offered, folder: Path, *, sample: Sample | None = None, source: Path | None = None
) -> Tried:
    """Fill `offered` with as much example data as `sample` says, or with the file `source`.

    That is a meeting or a mailing in `folder`, whose house style goes for it. Raises UsageError if
    nobody knows what the template is for, ProblemsFoundError if it or the data have errors.
    """
    kind = offered.file.kind
    if kind is None:
        raise UsageError(messages.problem("LRT956", Place(offered.file.name)))
    if source is not None:
        return Tried(*try_on(offered, kind, source))
    asked = Options()
    try:
        draft = show_template(
            offered.file, kind, sample or Sample.TYPICAL, asked, today(), folder / HERE
        )
    except ProblemsFoundError as error:
        raise type(error)(*called(offered, error.problems)) from error
    return Tried(draft.docx, called(offered, draft.warnings))


def put_in_force(
    offered: Offered, name: str, folder: Path, seen: str | None = None
) -> TemplateOutcome:
    """Put `offered` in force as `name` for the files in `folder`; the one before is kept.

    Only if the one in force is still that of the digest `seen`, if that is given.
    """

    def put() -> Outcome:
        place = Place(offered.file.name)
        if offered.errors or not offered.readable:
            number = offered.errors
            raise TemplateProblemsError(messages.problem("LRT955", place, None, number=number))
        if offered.file.kind is None:
            raise UsageError(messages.problem("LRT956", place))
        if name not in names_for(offered, folder):
            raise UsageError(messages.problem("LRT956.naam", place, None, name=name))
        return put_template(offered.file.data, name, folder, seen)

    return _told(put)


def put_template_back(
    name: str, folder: Path, earlier: str = SHIPPED, seen: str | None = None
) -> TemplateOutcome:
    """Put back the template that was in force as `name`: the file `earlier`, or the shipped one."""
    return _told(lambda: put_back(name, folder, earlier, seen))


def _told(work: Callable[[], Outcome]) -> TemplateOutcome:
    """Return what came of `work`, or why there was nothing."""
    outcome = TemplateOutcome()
    with outcome.gathering():
        outcome.take_in(work())
    return outcome
