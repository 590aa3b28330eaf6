"""Work on templates: which is in force, a copy of one's own, its words, and how it looks filled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.clock import today
from lrtdocs.documents.fields import fields_of
from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    Place,
    Severity,
)
from lrtdocs.run.documents.finish import MAX_TEMPLATE, finish_drafts
from lrtdocs.run.documents.report import Options, Outcome
from lrtdocs.run.folder.names import check_replaceable, plan_target
from lrtdocs.run.letters.list_words import describe_words, tell_words
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.templates.check import OWN_KIND, check_known, write_marked
from lrtdocs.run.templates.example import Sample, show_template
from lrtdocs.run.templates.merging import describe_merge, merge_template
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
from lrtdocs.word.house.vocabulary import Entry, build_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class TemplateOutcome(Outcome):
    """What came of a call about templates.

    `words` are those of the kind of document, `templates` those in force.
    """

    words: Sequence[Entry] = ()
    templates: Sequence[InForce] = ()


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
