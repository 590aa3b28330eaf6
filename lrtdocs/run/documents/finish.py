"""From filled documents to files: the Word document first, and then its PDF."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    LrtdocsError,
    Place,
    Problem,
    ProblemsFoundError,
    TemplateProblemsError,
)
from lrtdocs.messages import problem, text
from lrtdocs.run.documents.inspect import drop_unseen
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.names import (
    PAGE,
    check_replaceable,
    is_old_page,
    is_old_pdf,
    is_own_page,
    plan_target,
    quote_path,
)
from lrtdocs.source.files import is_file, read_bytes, show_path
from lrtdocs.word.marks import drop_tips
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import STORY_TYPES
from lrtdocs.word.story.cleanup import accept_revisions
from lrtdocs.word.story.fields import freeze_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from lrtdocs.pdf import Document, FinishedPdf
    from lrtdocs.run.documents.report import Options, Outcome

MAX_TEMPLATE = 40_000_000  # bytes; a template holds pictures, hence more than a text may


@dataclass(slots=True)
class Draft:
    """A document on its way to disk; its PDF carries the `moment`, None for its own date.

    That is made of what is `shown` of it, if not of all. `sent` are the SHA-256 of files that went
    out: those stay as they are. The text of a `mail` comes beside it.
    """

    source: Path
    target: Path
    docx: bytes
    moment: datetime | None = None
    warnings: tuple[Problem, ...] = ()
    shown: bytes = b""
    sent: Collection[str] = ()
    mail: str = ""

    def is_sent(self, path: Path) -> bool:
        """Tell whether the file at `path` is one that went out."""
        return bool(self.sent) and is_file(path) and disk.digest(path) in self.sent


def drop_clashes(drafts: Sequence[Draft], outcome: Outcome) -> list[Draft]:
    """Return the drafts that do not take the name of another one, and tell of those that do.

    Names are compared as Windows does: without regard to case.
    """
    first: dict[str, Draft] = {}
    clashes = []
    for draft in drafts:
        other = first.setdefault(str(draft.target.absolute()).casefold(), draft)
        if other is not draft:
            told = {"target": draft.target, "other": other.source}
            place = Place(str(draft.source))
            clashes.append(problem("LRT001.dezelfde-naam", place, None, **told))
    outcome.add_problems(clashes)
    return list(first.values())


def finish_drafts(drafts: Sequence[Draft], options: Options, outcome: Outcome) -> None:
    """Write `drafts`, and then their PDFs if `options` ask for those; tell of PDFs that are old.

    Each file comes whole or not at all.
    """
    done = []
    for draft in drafts:
        with outcome.gathering():
            _write(draft, options, outcome)
            if options.wants_html:
                write_page(draft, outcome)
            if draft.mail:
                outcome.write(draft.target.with_suffix(".txt"), draft.mail.encode())
            done.append(draft)
    if options.wants_pdf:
        kept = [draft for draft in done if _keeps_pdf(draft, options)]
        outcome.written += [draft.target.with_suffix(".pdf") for draft in kept]
        write_pdfs([draft for draft in done if draft not in kept], outcome)
    tell_old_pdfs(drafts, outcome)


def make_page(draft: Draft, outcome: Outcome, shown: bytes = b"") -> bytes:
    """Return the web page of `draft`, or of what is `shown` of it; what it does not show is told.

    It is not written. What is shown to LibreOffice is no measure: marks have no ScreenTip there.
    """
    from lrtdocs.word.web.page import make_page as page_of  # only who asks for a page loads it

    made = page_of(shown or draft.docx, str(draft.target), of=draft.docx)
    outcome.add_problems(made.problems)
    return made.data


def write_page(draft: Draft, outcome: Outcome, shown: bytes = b"") -> None:
    """Write the web page of `draft`; one that somebody changed is kept beside it."""
    target, page = draft.target.with_suffix(PAGE), make_page(draft, outcome, shown)
    with suppress(OSError):
        if target.read_bytes() == page:
            outcome.written.append(target)
            return
    outcome.write(target, page, keep=is_own_page(target))


def tell_old_pdfs(drafts: Sequence[Draft], outcome: Outcome) -> None:
    """Tell of each PDF and each web page that is older than the document of `drafts` beside it."""
    outcome.add_problems(
        problem("LRT435", Place(str(draft.target)), file=quote_path(draft.target))
        for draft in drafts
        if is_old_pdf(draft.target)
    )
    outcome.add_problems(
        problem("LRT840", Place(str(draft.target)), file=quote_path(draft.target))
        for draft in drafts
        if is_old_page(draft.target)
    )


def make_pdfs(drafts: Sequence[Draft], outcome: Outcome) -> list[bytes]:
    """Return the PDF of each of `drafts`, not written; raise LrtdocsError if one cannot be made."""
    from lrtdocs import pdf
    from lrtdocs.word.facts import wanted_fonts

    office = pdf.probe()
    fonts = set[str]().union(*(wanted_fonts(draft.docx) for draft in drafts))
    outcome.add_problems(pdf.warnings(office, fonts, str(drafts[0].target)))
    documents = [
        read_document(each.docx, str(each.target), each.moment, each.shown) for each in drafts
    ]
    found = []
    for draft, made in zip(drafts, pdf.convert_each(documents, office=office), strict=True):
        if isinstance(made, LrtdocsError):
            raise made
        outcome.add_problems(made.problems(str(draft.target.with_suffix(".pdf"))))
        found.append(made.data)
    return found


def _write(draft: Draft, options: Options, outcome: Outcome) -> None:
    """Write the Word document of `draft`; one that is there already keeps its time."""
    with suppress(OSError):
        if draft.target.read_bytes() == draft.docx:
            outcome.written.append(draft.target)
            return
    if draft.is_sent(draft.target) and not options.overwrite:
        raise FileProblemError(problem("LRT085", Place(str(draft.target))))
    keep = check_replaceable(draft.target, overwrite=options.overwrite)
    outcome.write(draft.target, draft.docx, keep=keep)


def _keeps_pdf(draft: Draft, options: Options) -> bool:
    """Tell whether the PDF of `draft` went out, and is of the document as it is."""
    pdf = draft.target.with_suffix(".pdf")
    return not options.overwrite and draft.is_sent(pdf) and not is_old_pdf(draft.target)


def write_pdfs(drafts: Sequence[Draft], outcome: Outcome) -> None:
    """Write the PDFs of `drafts`, each as soon as it is made; Ctrl-C keeps what is done."""
    from lrtdocs import pdf  # only who asks for a PDF loads it
    from lrtdocs.word.facts import wanted_fonts

    told = set[str]()
    with outcome.gathering():
        office = pdf.probe()
        for draft in drafts:
            fonts = wanted_fonts(draft.docx) - told
            told |= fonts
            outcome.add_problems(pdf.warnings(office, fonts, str(draft.target)))
        documents = [
            read_document(each.docx, str(each.target), each.moment, each.shown) for each in drafts
        ]
        try:
            results = pdf.convert_each(documents, office=office)
            for draft, result in zip(drafts, results, strict=True):
                _write_pdf(draft.target.with_suffix(".pdf"), result, outcome)
        except KeyboardInterrupt:
            outcome.exit_code = ExitCode.INTERRUPTED
            outcome.remarks.append(text("deel.afgebroken"))


def _write_pdf(target: Path, made: FinishedPdf | LrtdocsError, outcome: Outcome) -> None:
    with outcome.gathering():
        if isinstance(made, LrtdocsError):
            raise made
        outcome.add_problems(made.problems(str(target)))
        outcome.write(target, made.data)


def read_finished(path: Path, options: Options, *, many: bool) -> Draft:
    """Return the Word document at `path`, which stays as it is, on its way to PDF.

    Names that nobody sees do not come into the PDF, and are told; a field is there what Word shows
    of it. Raises ProblemsFoundError if it is none, or not one to make a PDF of.
    """
    docx = read_bytes(path, MAX_TEMPLATE)
    try:
        package = read_package(docx, show_path(path))
    except TemplateProblemsError as error:
        raise ProblemsFoundError(*error.problems) from error
    if package.warnings:  # as it was it may not open
        docx = write_package(package.members)
    if read_document(docx, str(path)).facts.tracked:
        raise ProblemsFoundError(problem("LRT436", Place(str(path))))
    hidden = drop_unseen(package, path, docx)
    for part in package.parts_of_type(*STORY_TYPES):
        root = package.parse(part)
        accept_revisions(root, Place(part))
        freeze_fields(root)
        drop_tips(root)
        package.write(part, root)
    told = tuple(
        problem(
            "LRT438",
            Place(str(path)),
            None,
            what=", ".join(dict.fromkeys(one.what for one in hidden)),
            found=", ".join(dict.fromkeys(one.text for one in hidden)),
        )
        for _ in hidden[:1]
    )
    target = (
        path if options.output is None else plan_target(path, path.name, options.output, many=many)
    )
    return Draft(path, target, docx, warnings=told, shown=write_package(package))


def read_document(
    docx: bytes, name: str, moment: datetime | None = None, shown: bytes = b""
) -> Document:
    """Return `docx`, called `name`, ready to become a PDF with `moment` as its date.

    What word/ knows of it goes along to pdf/, which gets to see only what is `shown`, if given.
    """
    from lrtdocs.pdf import Document
    from lrtdocs.word.facts import let_rows_split, read_facts

    facts = read_facts(shown or docx, whole=docx)
    return Document(name, shown or docx, facts, let_rows_split, moment)
