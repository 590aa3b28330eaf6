"""From loaded data to filled documents, one draft each."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lrtdocs.documents.fields import known_words
from lrtdocs.documents.meetings import is_concept, meeting_words
from lrtdocs.documents.words import CONCEPT, moment_of
from lrtdocs.errors import (
    ExitCode,
    LrtdocsError,
    Place,
    Problem,
    TemplateProblemsError,
    has_errors,
    suggest,
)
from lrtdocs.kinds import KINDS
from lrtdocs.messages import problem
from lrtdocs.run.documents.finish import MAX_TEMPLATE, Draft
from lrtdocs.run.folder.names import name_version, plan_target, quote_path
from lrtdocs.run.load.meeting import date_meeting, soort_now
from lrtdocs.run.load.model import MAX_PICTURE
from lrtdocs.run.load.pictures import finder_in, read_beside
from lrtdocs.run.meetings.late import find_late, write_mail
from lrtdocs.run.meetings.versions import check_numbers, day_of_change, find_version
from lrtdocs.shipped import templates_folder
from lrtdocs.source.build.reading import find_place
from lrtdocs.source.files import find_template, is_file, read_bytes, show_path
from lrtdocs.word.compile.template import (
    Template,
    check_names,
    compile_template,
    judge_literals,
)
from lrtdocs.word.fill.trace import render_for
from lrtdocs.word.fill.variants import picture_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from lrtdocs.kinds import Kind
    from lrtdocs.run.documents.report import Options
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.load.model import House
    from lrtdocs.word.values.tracing import PlaceOf
    from lrtdocs.word.values.writer import PictureFinder


class Fill(Protocol):
    """Fills a template with words; `place_of` tells where they come from. See `render_for`."""

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


LOGO = "logo"  # the name of the drawing that the user's own logo replaces


class TemplateMissingError(LrtdocsError):
    """There is no template of the name that was asked for."""

    exit_code = ExitCode.TEMPLATE


def missing_template(name: str, known: Sequence[str]) -> TemplateMissingError:
    """Return what to raise if there is no template called `name`; `known` are those there are."""
    guess = suggest(name, known)
    guess = f"; {guess}" if guess else "."
    return TemplateMissingError(
        problem("LRT003", Place(""), name=name, guess=guess, known=", ".join(known))
    )


def load_template(name: str, start: Path, *, trusted: bool, known: Sequence[str] = ()) -> Template:
    """Find and compile the template `name` for the file `start`.

    With `known` words, other words in it are errors. Raises TemplateMissingError, or
    TemplateProblemsError with all its problems.
    """
    path = template_path(name, start)
    data = read_bytes(path, MAX_TEMPLATE)
    return _compile(data, show_path(path), tuple(known), trusted=trusted)


@lru_cache(maxsize=4)  # what is shown while it is typed is filled again and again
def _compile(data: bytes, name: str, known: tuple[str, ...], *, trusted: bool) -> Template:
    template = compile_template(data, name, trusted=trusted)
    problems = check_names(template, known) if known else []
    problems += judge_literals(template, known)
    if has_errors(problems):
        raise TemplateProblemsError(*problems)
    template.warnings += tuple(problems)
    return template


def template_path(name: str, start: Path) -> Path:
    """Return where the template `name` for the file `start` is; or raise TemplateMissingError."""
    path = Path(name) if Path(name).suffix and is_file(Path(name)) else find_template(name, start)
    if path is None:
        shipped = sorted(file.stem for file in templates_folder().glob("*.docx"))
        raise missing_template(name, shipped)
    return path


def make_draft(
    loaded: Meeting,
    kind: str,
    options: Options,
    today: date,
    *,
    many: bool,
    fill: Fill = render_for,
) -> Draft:
    """Fill the template of `kind` with a loaded meeting, by `fill`; `many` go into a folder."""
    row = KINDS[kind]
    house, huisstijl = loaded.house, loaded.house.huisstijl
    trusted = options.trusted or huisstijl.vertrouwd
    name, known = options.template or kind, known_words(kind)
    template = load_template(name, loaded.path, trusted=trusted, known=known)
    soort = soort_now(loaded.model, row)
    late = find_late(loaded, _printed_in_agenda(loaded, options)) if row.since_sent else None
    version = late.version if late else find_version(loaded, soort, lambda: _printed(template))
    default = name_version(f"{loaded.path.stem}-{soort}.docx", version.number)
    target = plan_target(loaded.path, default, options.output, many=many)
    of_change = day_of_change(loaded, version, target, today)
    day, problems = (of_change, []) if late else date_meeting(loaded, today, kind, target)
    change, nazending = (None, late.nazending) if late else (version.change(of_change), None)
    words = meeting_words(row, loaded.model, huisstijl, house.afzender, day, change, nazending)
    problems += [*check_numbers(loaded), *_find_unprinted(loaded, kind, template)]
    pictures = read_logo(house)
    return Draft(
        source=loaded.path,
        target=target,
        docx=fill(
            template,
            words,
            partial(find_place, loaded.node),
            pictures=pictures,
            font=huisstijl.lettertype,
            find_picture=finder_in(loaded.pictures),
        ),
        moment=moment_of(words),
        warnings=(
            *problems,
            *template.warnings,
            *find_logo_problems(pictures, template),
            *_find_unmarked(loaded, row, template),
        ),
        sent=version.sent,
        mail=write_mail(loaded.model, nazending, house.afzender) if nazending else "",
    )


def _find_unmarked(loaded: Meeting, kind: Kind, template: Template) -> Iterator[Problem]:
    """Yield what lets somebody take a concept of minutes for the adopted ones."""
    if not is_concept(kind, loaded.model):
        return
    mark = loaded.model.rubricering or CONCEPT
    printed = "rubricering" in template.names and CONCEPT.lower() in mark.lower()
    if "concept" not in template.names and not printed:
        yield problem("LRT271", Place(template.name))
    other = loaded.path.with_name(f"{loaded.path.stem}-{kind.name}.docx")
    if is_file(other):
        yield problem("LRT272", loaded.place(), None, file=quote_path(other))


def _printed_in_agenda(loaded: Meeting, options: Options) -> set[str]:
    trusted = options.trusted or loaded.house.huisstijl.vertrouwd
    return _printed(load_template("agenda", loaded.path, trusted=trusted))


def _find_unprinted(loaded: Meeting, kind: str, template: Template) -> Iterator[Problem]:
    """Yield what is in the file of a meeting, and a `template` of somebody's own does not print."""
    if template.name != show_path(templates_folder() / f"{kind}.docx"):
        from lrtdocs.run.templates.unprinted import find_unprinted  # only of templates of one's own

        yield from find_unprinted(loaded.node, kind, template)


def _printed(template: Template) -> set[str]:
    """Return the words that `template` prints or asks for."""
    from lrtdocs.run.templates.vocabulary import printed_words  # only of what was sent before

    return printed_words(template)


def fill_draft(template: Path, data: Path, words: Mapping[str, object], options: Options) -> Draft:
    """Fill a template of the user's own with the `words` of the file `data`.

    Pictures in a text are sought beside that.
    """
    compiled = load_template(str(template), template, trusted=options.trusted)
    default = f"{data.stem}-{template.stem}.docx"
    target = plan_target(data, default, options.output, many=False)
    docx = render_for(compiled, words, find_picture=cache(partial(read_beside, data.parent)))
    return Draft(data, target, docx, None, compiled.warnings)


def read_logo(house: House) -> dict[str, bytes]:
    """Return the user's own logo by its name, if there is one; raise FileProblemError if not."""
    logo = house.huisstijl.logo
    return {LOGO: read_bytes(house.path.parent / logo, MAX_PICTURE)} if logo else {}


def find_logo_problems(pictures: Mapping[str, bytes], template: Template) -> list[Problem]:
    """Return a warning for every picture that `template` has no drawing for."""
    return [
        problem("LRT228", Place(template.name), name=name)
        for name in pictures.keys() - set(picture_names(template.package))
    ]
