"""Making agenda and minutes, and filling templates of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import (
    FileProblemError,
    Place,
    Problem,
    ProblemsFoundError,
    has_errors,
    sort_problems,
)
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.messages import problem
from lrtdocs.run.documents.finish import (
    Draft,
    drop_clashes,
    finish_drafts,
    read_document,
    read_finished,
    write_page,
    write_pdfs,
)
from lrtdocs.run.documents.make import fill_draft, make_draft
from lrtdocs.run.documents.report import Options, Outcome, Progress, silent
from lrtdocs.run.folder.manifest import is_sent
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.source.files import read_text
from lrtdocs.source.lists.free_data import parse_data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def make_documents(
    paths: Sequence[Path], kind: str, options: Options | None = None, progress: Progress = silent
) -> Outcome:
    """Make the `kind` ("agenda", "verslag") of every meeting in `paths`, and tell what came of it.

    A file with errors is told and passed over; the others are made.
    """
    options = options or Options()

    def make_one(path: Path, outcome: Outcome) -> Draft | None:
        loaded, problems = load_vergadering(path, kind)
        outcome.add_problems(problems)
        if loaded is None:
            return None
        return make_draft(loaded, kind, options, today(), many=len(paths) > 1)

    return _make(paths, make_one, options, progress)


def fill_file(template: Path, data: Path, options: Options | None = None) -> Outcome:
    """Fill the Word template at `template` with the words in `data`, a YAML or JSON file."""
    options = options or Options()

    def make_one(path: Path, outcome: Outcome) -> Draft | None:
        text, problems = read_text(path)
        words, found = parse_data(text, str(path))
        outcome.add_problems(problems + found)
        return None if words is None else fill_draft(template, path, words, options)

    return _make([data], make_one, options, silent)


def make_pdfs(
    paths: Sequence[Path], options: Options | None = None, progress: Progress = silent
) -> Outcome:
    """Make a PDF of each Word document in `paths`, as it is, also after an edit in Word."""
    options, outcome = options or Options(), Outcome()
    sources, drafts = list(dict.fromkeys(paths)), list[Draft]()
    for path in sources:
        with outcome.gathering():
            draft = read_finished(path, options, many=len(sources) > 1)
            pdf = draft.target.with_suffix(".pdf")
            if is_sent(pdf):
                raise FileProblemError(problem("LRT757.pdf", Place(str(pdf))))
            outcome.add_problems([*_find_unfilled(draft), *draft.warnings])
            drafts.append(draft)
    drafts = drop_clashes(drafts, outcome)
    if drafts:
        progress("PDF maken met LibreOffice", 1, 1)
        write_pdfs(drafts, outcome)
    return outcome


def make_pages(paths: Sequence[Path], options: Options | None = None) -> Outcome:
    """Make a web page of each Word document in `paths`, as it is, also after an edit in Word."""
    options, outcome = options or Options(), Outcome()
    sources, drafts = list(dict.fromkeys(paths)), list[Draft]()
    for path in sources:
        with outcome.gathering():
            draft = read_finished(path, options, many=len(sources) > 1)
            outcome.add_problems([*_find_unfilled(draft), *draft.warnings])
            drafts.append(draft)
    for draft in drop_clashes(drafts, outcome):
        with outcome.gathering():
            write_page(draft, outcome, draft.shown)
    return outcome


def _find_unfilled(draft: Draft) -> list[Problem]:
    """Return a warning for the first tag that would stand in the PDF of `draft` as it is."""
    from lrtdocs.word.check.template import find_uses
    from lrtdocs.word.package.guards import read_package

    uses = find_uses(read_package(draft.docx, str(draft.source)))
    return [problem("LRT437", use.place, word=use.path) for use in uses[:1]]


def _make(
    paths: Sequence[Path],
    make_one: Callable[[Path, Outcome], Draft | None],
    options: Options,
    progress: Progress,
) -> Outcome:
    """Make a draft of every file of `paths`, convert what was drafted, and write it."""
    outcome = Outcome()
    sources = list(dict.fromkeys(paths))
    steps = len(sources) + options.wants_pdf
    drafts = []
    for step, path in enumerate(sources, start=1):
        progress(f"{path.name} invullen", step, steps)
        with outcome.gathering():
            draft = make_one(path, outcome)
            if draft is not None:
                outcome.add_problems(draft.warnings)
                drafts.append(draft)
    drafts = drop_clashes(drafts, outcome)
    if options.wants_pdf and drafts:
        progress("PDF maken met LibreOffice", steps, steps)
    finish_drafts(drafts, options, outcome)
    return outcome


def render_one(path: str | Path, kind: str) -> bytes:
    """Return the `kind` ("agenda", "verslag") of the meeting at `path`, as a .docx.

    Raises ProblemsFoundError with all problems if the file or its template has errors, and
    ValueError for another kind.
    """
    names = [row.name for row in kinds_of(Source.MEETING)]
    if kind not in names:
        raise ValueError(f"kind is one of {', '.join(names)}, not {kind!r}")
    loaded, problems = load_vergadering(Path(path), kind)
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(*sort_problems(problems))
    return make_draft(loaded, kind, Options(), today(), many=False).docx


def convert(docx: bytes) -> bytes:
    """Return `docx` as an accessible PDF, made by LibreOffice."""
    from lrtdocs.pdf import ConversionError, convert_each  # loads pikepdf

    (result,) = convert_each([read_document(docx, "het document")])
    if isinstance(result, ConversionError):
        raise result
    return result.data


def convert_to_html(docx: bytes) -> bytes:
    """Return `docx` as one accessible web page with the same text."""
    from lrtdocs.word.web.page import make_page

    return make_page(docx, "het document").data
