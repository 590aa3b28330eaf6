"""The publication copies of letters: filled as letters are, into a folder of their own.

All of them come, or none: they are made beside the folder they go to, and get their names there
when the last one is finished. Nothing is kept of them in memory but what they are called. The
letters themselves, their numbers and what was sent are only read.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.documents.words import CONCEPT, moment_of
from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    LrtdocsError,
    Place,
    Problem,
    ProblemsFoundError,
    UsageError,
    has_errors,
)
from lrtdocs.messages import problem
from lrtdocs.model.openbaar.blok import Beoordeling, Openbaar
from lrtdocs.model.openbaar.gronden import FILE_MARK, MARK
from lrtdocs.run.documents.finish import Draft, tell_old_pdfs
from lrtdocs.run.documents.make import read_logo
from lrtdocs.run.documents.report import LettersOptions
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.manifest import (
    BUSY,
    NAME,
    NOBODY,
    Entry,
    find_folder,
    name_mailing,
    read_known,
)
from lrtdocs.run.folder.names import (
    DOCUMENT_SUFFIXES,
    PAGE,
    check_replaceable,
    fold_file,
    is_own_page,
)
from lrtdocs.run.folder.write import PendingFile, explain
from lrtdocs.run.letters.executors import render_letters
from lrtdocs.run.letters.job import (
    find_undated,
    judge_go_ahead,
    kept_day,
    load_letter_template,
    make_job,
)
from lrtdocs.run.letters.letter import PendingLetter, find_day
from lrtdocs.run.letters.numbering import number_recipients
from lrtdocs.run.letters.plan import plan_letters
from lrtdocs.run.letters.selection import choose
from lrtdocs.run.letters.survey import find_row_columns
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.publishing.mailings.redact import redact_mailing
from lrtdocs.run.publishing.make import Publication, begin_publication, judge_file, tell
from lrtdocs.run.publishing.naming import ENDING, public_stem
from lrtdocs.run.publishing.wanted import wanted_of
from lrtdocs.source.files import exists, is_file
from lrtdocs.word.marks import for_pdf

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import date

    from lrtdocs.run.documents.report import Outcome, Progress
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.run.publishing.mailings.redact import RedactedMailing
    from lrtdocs.run.publishing.make import PublishOptions
    from lrtdocs.run.publishing.proof import Wanted
    from lrtdocs.word.compile.template import Template

_WORK, _PDFS = "openbare brieven maken", "PDF's maken"


@dataclass(slots=True)
class PublicLetters:
    """The letters of a mailing as they may be published, on their way to `folder`.

    `names` are what they are called, by their numbers.
    """

    redacted: RedactedMailing
    template: Template
    job: Job
    folder: Path
    names: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)

    def fill(self, outcome: Outcome) -> Iterator[Sequence[PendingLetter]]:
        """Yield the letters filled, batch by batch; what keeps one from it goes to `outcome`."""
        asked = LettersOptions(self.folder)
        letters = (
            _pending(replace(letter, file=self.names[letter.number]))
            for letter in self.redacted.walk(self.names)
        )
        with closing(
            render_letters(self.job, self.template, letters, len(self), asked, outcome.add_problems)
        ) as filled:
            for batch in filled:
                for each in batch:
                    if not isinstance(each.docx, bytes):
                        outcome.add_problems(each.letter.failures(each.docx), ExitCode.LETTERS)
                yield batch

    def drafts(self, outcome: Outcome) -> list[Draft]:
        """Return all letters at once; those that fail are told."""
        return [
            Draft(
                self.folder / each.letter.file,
                self.folder / each.letter.file,
                each.docx,
                moment_of({**self.job.shared, **each.letter.words}),
                shown=for_pdf(each.docx),
            )
            for batch in self.fill(outcome)
            for each in batch
            if isinstance(each.docx, bytes)
        ]

    def write(
        self, outcome: Outcome, progress: Progress, *, pdf: bool, html: bool, overwrite: bool
    ) -> None:
        """Write all letters, with a PDF or a web page beside each if asked, or none of them.

        Raises LrtdocsError if the folder cannot be written, or a letter there was edited.
        """
        _refuse_run(self.folder)
        targets = [self.folder / name for name in self.names.values()]
        edited = {path for path in targets if check_replaceable(path, overwrite=overwrite)}
        edited |= {page for path in targets if is_own_page(page := path.with_suffix(PAGE))}
        try:
            disk.make_folder(self.folder)
            with TemporaryDirectory(prefix=".lrtdocs-", dir=self.folder) as staged:
                made = self._stage(Path(staged), outcome, progress, html=html)
                whole = len(made) == len(self) * (1 + html)
                if pdf and whole:
                    made += self._convert(Path(staged), outcome, progress)
                    whole = len(made) == len(self) * (2 + html)
                if not whole:
                    told = {"number": len(self)}
                    outcome.add_problems([problem("LRT814", Place(str(self.folder)), None, **told)])
                    return
                outcome.add_problems(_put_in_place(made, self.folder, Path(staged), edited))
                outcome.written += [self.folder / path.name for path in made]
            tell_old_pdfs([Draft(path, path, b"") for path in targets], outcome)
        except OSError as error:
            raise FileProblemError(explain(self.folder, error)) from error

    def _stage(
        self, staged: Path, outcome: Outcome, progress: Progress, *, html: bool
    ) -> list[Path]:
        made, done = list[Path](), 0
        for batch in self.fill(outcome):
            for each in batch:
                path = staged / each.letter.file
                if isinstance(each.docx, bytes):
                    path.write_bytes(each.docx)
                    made += [path, *(_write_page(each.docx, path, outcome) for _ in range(html))]
            done += len(batch)
            progress(_WORK, done, len(self))
        return made

    def _convert(self, staged: Path, outcome: Outcome, progress: Progress) -> list[Path]:
        """Write the PDFs of all letters that are `staged`, and return where."""
        from lrtdocs.run.letters.convert import Converter  # only who asks for a PDF loads it

        pending = (
            replace(_pending(letter), docx=docx, shown=for_pdf(docx))
            for letter in self._named()
            for docx in [(staged / letter.file).read_bytes()]
        )
        made, done = list[Path](), 0
        with closing(Converter()) as converter:
            for batch in converter.convert(pending, len(self), self.job, outcome):
                for each in batch:
                    path = (staged / each.letter.file).with_suffix(".pdf")
                    if isinstance(each.pdf, LrtdocsError):
                        outcome.add_failure(each.pdf)
                    elif each.pdf is not None:
                        outcome.add_problems(each.pdf.problems(str(self.folder / path.name)))
                        path.write_bytes(each.pdf.data)
                        made.append(path)
                done += len(batch)
                progress(_PDFS, done, len(self))
        return made

    def _named(self) -> Iterator[Letter]:
        """Yield the letters once more, for what their PDFs need of them."""
        return (
            replace(letter, file=self.names[letter.number])
            for letter in self.redacted.walk(self.names)
        )


def _pending(letter: Letter) -> PendingLetter:
    """Return `letter` on its way; the manifest, of which it has a line, never knows it."""
    aan = NOBODY._replace(dagtekening=_day_of(letter))
    return PendingLetter(
        letter, Entry(letter.number, letter.key, letter.file, "", "", BUSY, aan=aan)
    )


def _day_of(letter: Letter) -> str:
    """Return the date that a letter has of its own, or ""."""
    return str(find_day(letter.words.get("dagtekening")) or "")


def _write_page(docx: bytes, path: Path, outcome: Outcome) -> Path:
    from lrtdocs.word.web.page import make_page  # only who asks for a page loads it

    page = path.with_suffix(PAGE)
    made = make_page(docx, page.name)
    outcome.add_problems(made.problems)
    page.write_bytes(made.data)
    return page


def _refuse_run(folder: Path) -> None:
    """Raise UsageError for a folder that has letters of a run: copies never stand among those."""
    if exists(folder / NAME):
        raise UsageError(problem("LRT811", Place(str(folder))))


def _put_in_place(
    made: Sequence[Path], folder: Path, staged: Path, edited: Container[Path]
) -> list[Problem]:
    """Give all files `made` their names in `folder`, or leave that as it was.

    Of those that somebody `edited` the old one is kept; what is returned tells which.
    """
    kept, new, told = dict[Path, Path](), list[Path](), list[Problem]()
    target = folder
    try:
        for number, path in enumerate(made):
            target = folder / path.name
            if not is_file(target):
                disk.replace(path, target)
                new.append(target)
            elif disk.digest(target) == disk.digest(path):
                continue
            elif target in edited:
                pending = PendingFile(target, keep=True)
                pending.beside = path
                pending.rename()
                told += pending.tell_kept()
                kept |= {target: pending.kept} if pending.kept else {}
            else:
                before = staged / f"{number}.before"
                disk.replace(target, before)
                kept[target] = before
                disk.replace(path, target)
    except OSError as error:
        for each in new:
            each.unlink(missing_ok=True)
        for each, before in kept.items():
            disk.replace(before, each)
        raise FileProblemError(explain(target, error)) from error
    disk.sync_folder(folder)
    return told


# --- planning


def plan_letters_of(path: Path, options: PublishOptions, outcome: Outcome) -> Publication | None:
    """Return what may be published of the mailing at `path`; None if that must not be made."""
    planned = _plan(path, options, outcome)
    if planned is None:
        return None
    loaded, letters = planned.loaded, planned.letters
    redacted = letters.redacted.as_redacted()
    found = list(judge_file(loaded, redacted, options, planned.day))
    if planned.concept and not options.concept:
        found.append(problem("LRT804", loaded.place("rubricering"), kind="brief"))
    outcome.add_problems(found)
    if has_errors(found):
        return None
    made = begin_publication(path, loaded, redacted, outcome)
    if made.judgement is Beoordeling.NIET:
        return made
    made.letters = letters
    tell(made, loaded, outcome)
    return made


@dataclass(slots=True)
class _Planned:
    """A mailing that was read and checked, with its letters as they may be published.

    They are of the `day`, and a `concept` if their mark says so or they miss a go-ahead.
    """

    loaded: LoadedMailing
    letters: PublicLetters
    concept: bool
    day: date


def _plan(path: Path, options: PublishOptions, outcome: Outcome) -> _Planned | None:
    """Return the letters of the mailing at `path`, checked and redacted; None if it has errors.

    Who has which number, and the date, are those of the letters beside it, where those are known.
    Raises UsageError for a recipient that is named and not there.
    """
    loaded, problems = load_mailing(path)
    outcome.add_problems(one for one in problems if has_errors([one]))
    if loaded is None or has_errors(problems):
        return None
    loaded, approval = judge_go_ahead(loaded)
    run = find_folder(path)
    known = read_known(run, name_mailing(path, run))
    numbering = number_recipients(known.numbers, loaded.recipients.heads())
    block = loaded.model.openbaar or Openbaar()
    folder = _folder_of(path, options.output, block.weglaten)
    asked = LettersOptions(folder, trusted=options.trusted)
    template = load_letter_template(loaded, asked, outcome)
    if template is None:
        return None
    rows = find_row_columns(loaded, template)
    loaded = replace(loaded, numbers=numbering.rows, row_columns=rows)
    chooser = choose(options.only, None, loaded.register)
    _, problems = plan_letters(loaded, [chooser] if chooser else [])
    outcome.add_problems(one for one in problems if has_errors([one]))
    if has_errors(problems):
        return None
    chosen = chooser.choose() if chooser else None
    day = kept_day(known) or today()
    outcome.add_problems(find_undated(loaded, day))
    redacted = redact_mailing(loaded)
    public = redacted.loaded
    job = make_job(public, template, read_logo(public.house), asked, day, concept=approval.concept)
    letters = PublicLetters(redacted, template, replace(job, public=True), folder)
    mark = loaded.mailing.rubricering or ""
    concept = approval.concept or CONCEPT.casefold() in mark.casefold()
    ending = f"concept-{ENDING}" if concept else ENDING
    if not _name_all(letters, chosen, ending, outcome):
        return None
    dated = moment_of(letters.job.shared).date()
    return _Planned(loaded, letters, concept, dated)


def _folder_of(path: Path, output: str | None, words: Mapping[str, str]) -> Path:
    """Return the folder of the copies of the mailing at `path`: in `output`, or beside it.

    It is called after the mailing, so that the letters of another never get in their place.
    """
    if output is not None and Path(output).suffix.lower() in DOCUMENT_SUFFIXES:
        raise UsageError(problem("LRT002", Place(output)))
    around = path.parent if output is None else Path(output)
    return around / f"{public_stem(path.stem, words)}-{ENDING}"


def _name_all(
    letters: PublicLetters, chosen: Container[int] | None, ending: str, outcome: Outcome
) -> bool:
    """Walk all letters, so that it is known what is left out of them and what they are called."""
    taken: dict[str, str] = {}
    found: list[Problem] = []
    for letter in letters.redacted.walk(chosen, found.append):
        stem = _name_of(letter, letters.redacted.loaded, letters.redacted.block.weglaten)
        name = f"{stem}-{ending}.docx"
        while (folded := fold_file(name)) in taken:
            name = f"{letter.number:04}-{name}"
        taken[folded] = letters.names[letter.number] = name
    outcome.add_problems(found)
    return not has_errors(found)


def _name_of(letter: Letter, loaded: LoadedMailing, words: Mapping[str, str]) -> str:
    """Return what the copy of `letter` is called: with its number, where the name is left out."""
    stem = letter.file.removesuffix(".docx")
    plain = MARK.sub(lambda found: FILE_MARK.format(found[1]), stem)
    pattern = loaded.mailing.bestandsnaam
    numbered = pattern is None or "volgnummer" in pattern.words
    if plain != stem and not numbered:
        plain = f"{letter.number:04}-{plain}"
    return public_stem(plain, words)


# --- the proof


def wanted_of_mailing(path: Path) -> Wanted:
    """Return what was left out of the letters of the mailing at `path`, for their proof.

    Raises ProblemsFoundError for a mailing with errors.
    """
    loaded, problems = load_mailing(path)
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(*(one for one in problems if has_errors([one])))
    redacted, found = redact_mailing(loaded), list[Problem]()
    for _ in redacted.walk(tell=found.append):
        pass
    if found:
        raise ProblemsFoundError(*found)
    wanted = wanted_of(redacted.as_redacted(), redacted.block)
    return wanted._replace(sources=(path,), public=(*wanted.public, *redacted.shown))
