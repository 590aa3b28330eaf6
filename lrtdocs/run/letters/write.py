"""Bringing filled letters into the folder, and the manifest up to date, batch by batch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import ExitCode, LrtdocsError, Place, Severity, system_reason
from lrtdocs.run.documents.report import OFFICE_FAILED, silent
from lrtdocs.run.folder.folder import NewFile, digest_of
from lrtdocs.run.folder.manifest import BUSY, FAILED, MADE, Entry
from lrtdocs.run.folder.names import pdf_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import LettersOutcome, Progress
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Manifest
    from lrtdocs.run.letters.convert import Batch, Converted, Converter
    from lrtdocs.run.letters.fill import Job, Rendered
    from lrtdocs.run.letters.letter import Letter

CHUNK = 50
"""Files that go to disk together."""
WORK = "brieven maken"

Written = dict[str, "Problem | None"]
"""By the name of a file: None if it is in the folder, else why not."""


def name_some(names: Sequence[str], most: int) -> str:
    """Return the first of `names`, with how many more there are than `most`."""
    more = len(names) - most
    rest = messages.text("deel.en_nog", number=more) if more > 0 else ""
    return f"{', '.join(names[:most])}{rest}"


@dataclass(frozen=True, slots=True)
class PendingLetter:
    """A letter on its way: what was known of it, the line that is to tell of it, its results."""

    letter: Letter
    earlier: Entry | None
    entry: Entry
    docx: Rendered
    pdf: Converted

    @property
    def in_template(self) -> list[Problem]:
        """What kept the letter from being filled, each at its place in the template or the data."""
        return [] if isinstance(self.docx, bytes) else self.docx

    def files(self) -> Iterator[NewFile]:
        """Yield what is to come into the folder."""
        if isinstance(self.docx, bytes):
            yield NewFile(self.letter.file, self.docx)
        yield from _pdf_files(self.letter, self.pdf)

    def not_written(self) -> Entry:
        """Return the line for when the letter did not come into the folder, or not for certain."""
        before = self.earlier.docx if self.earlier else ""
        others = tuple(digest for digest in self.entry.ours if digest != before)
        return replace(self.entry, docx=before, eerder=others)


class LetterWriter:
    """Brings the letters of `job` into `folder`: the only one that writes there in a run.

    With a `converter` their PDFs come along. `tell` hears of new files batch by batch.
    """

    def __init__(
        self, job: Job, folder: Folder, manifest: Manifest, outcome: LettersOutcome
    ) -> None:
        self._template, self._shared = job.digest, job.shared_digest
        self.folder, self.manifest, self.outcome = folder, manifest, outcome
        self.converter: Converter | None = None
        self._digests: dict[int, str] = {}
        self._edited: list[tuple[Letter, Entry]] = []
        self._stale = 0
        self.progress: Progress = silent
        self.tell: Callable[[Sequence[Path]], object] = lambda _paths: None

    @contextmanager
    def telling_of_manifest(self) -> Iterator[None]:
        """Tell of a manifest that cannot be written; the letters go on without it.

        A letter that is not in it is made again next time, which is the worst that can happen.
        """
        try:
            yield
        except OSError as error:
            place, reason = Place(str(self.manifest.path)), system_reason(error)
            problem = messages.problem("LRT712", place, reason=reason)
            self.outcome.add_problems([problem], ExitCode.LETTERS)

    # --- what has to be made

    def needed(
        self, letters: Iterable[Letter], *, again: bool, overwrite: bool
    ) -> Iterator[Letter]:
        """Yield the letters that are not there as they should be; the others are counted."""
        for letter in letters:
            digest = letter.digest(self._shared)
            entry = self.manifest.find(letter.number)
            current = (
                entry is not None
                and entry.status == MADE
                and (entry.sjabloon, entry.gegevens) == (self._template, digest)
            )
            if current and entry is not None and not again and self._is_there(entry):
                self.outcome.same += 1
                self._note_stale(entry)
                self._advance()
            elif overwrite or not self._keep_edited(letter, entry, current=current and not again):
                self._digests[letter.number] = digest
                yield letter

    def _is_there(self, entry: Entry) -> bool:
        if self.folder.digest(entry.bestand) != entry.docx:
            return False
        return self.converter is None or self._has_pdf(entry)

    def _has_pdf(self, entry: Entry) -> bool:
        return bool(entry.pdf) and self.folder.digest(pdf_name(entry.bestand)) == entry.pdf

    def _note_stale(self, entry: Entry) -> None:
        """Count a PDF that is there and not of this letter as it is now."""
        self._stale += not entry.pdf and self.folder.has(pdf_name(entry.bestand))

    def _keep_edited(self, letter: Letter, entry: Entry | None, *, current: bool) -> bool:
        """Tell whether the file was edited by hand and stays.

        That is a warning as long as the letter is `current`, and after that a letter that failed.
        """
        problem = self.folder.find_edited(letter.file, entry.ours if entry else ())
        if problem is None:
            return False
        if current and entry is not None:
            self.outcome.edited += 1
            self.outcome.add_problems([replace(problem, severity=Severity.WARNING)])
            self._note_edited(letter, entry)
        else:
            self.outcome.add_failed([problem])
        self._advance()
        return True

    def _note_edited(self, letter: Letter, entry: Entry) -> None:
        """Have a PDF made of an edited letter, or count the one that is of an earlier text."""
        if self.folder.digest(letter.file) == entry.bewerkt and self._has_pdf(entry):
            return
        if self.converter is not None:
            self._edited.append((letter, entry))
        else:
            self._stale += self.folder.has(pdf_name(letter.file))

    def _advance(self) -> None:
        done = self.outcome.done
        if done % CHUNK == 0:
            self.progress(WORK, done, self.outcome.total)

    # --- writing

    def write(self, batches: Iterator[tuple[Sequence[Letter], list[Rendered]]]) -> None:
        """Write every batch, with PDFs if they are asked for, also of letters edited by hand."""
        self.progress(WORK, 0, self.outcome.total)
        converted = self.converter.convert(batches) if self.converter else _without_pdf(batches)
        for letters, results, pdfs in converted:
            triples = list(zip(letters, results, pdfs, strict=True))
            for start in range(0, len(triples), CHUNK):
                self._write_chunk([self._begin(*each) for each in triples[start : start + CHUNK]])
                self.progress(WORK, self.outcome.done, self.outcome.total)
        self._write_edited()

    def _begin(self, letter: Letter, docx: Rendered, pdf: Converted) -> PendingLetter:
        earlier = self.manifest.find(letter.number)
        entry = Entry(
            nummer=letter.number,
            sleutel=letter.key,
            bestand=letter.file,
            sjabloon=self._template,
            gegevens=self._digests.pop(letter.number),
            status=BUSY,
            docx=digest_of(docx) if isinstance(docx, bytes) else "",
            pdf=earlier.pdf if earlier else "",
            eerder=earlier.ours if earlier else self._there(letter.file),
        )
        return PendingLetter(letter, earlier, entry, docx, pdf)

    def _there(self, file: str) -> tuple[str, ...]:
        """Return the digest of a letter that is there and that the manifest does not know."""
        return (self.folder.digest(file),) if self.folder.has(file) else ()

    def _write_chunk(self, chunk: Sequence[PendingLetter]) -> None:
        written = self._write_files(chunk)
        ended = [self._end(pending, written) for pending in chunk]
        self._add([entry for entry, _ in ended])
        for pending, (entry, problems) in zip(chunk, ended, strict=True):
            self._note_stale(entry)
            if problems:
                self.outcome.add_failed(problems, pending.in_template)
            else:
                self.outcome.made += 1
        self._tell_files(written)

    def _write_files(self, chunk: Sequence[PendingLetter]) -> Written:
        """Bring the files of `chunk` into the folder, once the manifest tells that they come."""
        files = [file for pending in chunk for file in pending.files()]
        try:
            self.manifest.add([each.entry for each in chunk if isinstance(each.docx, bytes)])
        except OSError as error:
            return {file.name: self._not_begun(file.name, error) for file in files}
        return dict(zip((file.name for file in files), self.folder.write(files), strict=True))

    def _not_begun(self, name: str, error: OSError) -> Problem:
        place = Place(str(self.folder.path / name))
        return messages.problem("LRT708.geen-overzicht", place, reason=system_reason(error))

    def _end(self, pending: PendingLetter, written: Written) -> tuple[Entry, list[Problem]]:
        """Return the line about a letter that was written, and what went wrong with it."""
        letter, entry = pending.letter, pending.entry
        about = f"{letter.file} ({letter.place}): "
        problems = [replace(each, message=about + each.message) for each in pending.in_template]
        missed = written.get(letter.file)
        if missed is not None or problems:
            problems += [missed] if missed is not None else []
            entry = pending.not_written()
        elif pending.earlier is None or entry.docx != pending.earlier.docx:
            entry = replace(entry, pdf="")  # the PDF, if there is one, is of another text
        entry, more = self._with_pdf(entry, letter, pending.pdf, written)
        problems += more
        texts = tuple(f"{problem.code}: {problem.message}" for problem in problems)
        if problems:
            return replace(entry, status=FAILED, problemen=texts), problems
        return replace(entry, status=MADE, eerder=()), problems

    def _with_pdf(
        self, entry: Entry, letter: Letter, pdf: Converted, written: Written
    ) -> tuple[Entry, list[Problem]]:
        """Return `entry` with the PDF that was made, if it was, and what went wrong with it."""
        if isinstance(pdf, LrtdocsError):
            place = Place(pdf_name(letter.file))
            texts = {"message": pdf.message, "remedy": pdf.remedy}
            return entry, [messages.problem(OFFICE_FAILED, place, None, **texts)]
        if pdf is None:
            return entry, []
        self.outcome.pdfs += 1
        self.outcome.add_remarks(pdf.problems(str(self.folder.path / pdf_name(letter.file))))
        missed = written[pdf_name(letter.file)]
        return (entry, [missed]) if missed else (replace(entry, pdf=digest_of(pdf.data)), [])

    def _write_edited(self) -> None:
        """Make the PDFs of the letters that were edited by hand; the letters stay as they are."""
        if self.converter is None or not self._edited:
            return
        entries = {letter.number: entry for letter, entry in self._edited}
        for letters, docs, pdfs in self.converter.convert(self._read_edited()):
            files = [
                file
                for letter, pdf in zip(letters, pdfs, strict=True)
                for file in _pdf_files(letter, pdf)
            ]
            written = dict(zip((f.name for f in files), self.folder.write(files), strict=True))
            for letter, docx, pdf in zip(letters, docs, pdfs, strict=True):
                self._end_edited(letter, entries[letter.number], docx, pdf, written)
            self._tell_files(written)

    def _read_edited(self) -> Iterator[tuple[Sequence[Letter], list[Rendered]]]:
        for start in range(0, len(self._edited), CHUNK):
            letters = [letter for letter, _ in self._edited[start : start + CHUNK]]
            yield letters, [self.folder.read(letter.file) for letter in letters]

    def _end_edited(
        self, letter: Letter, entry: Entry, docx: Rendered, pdf: Converted, written: Written
    ) -> None:
        made, problems = self._with_pdf(entry, letter, pdf, written)
        if isinstance(docx, bytes) and not problems:
            self._add([replace(made, bewerkt=digest_of(docx))])
            return
        self.outcome.edited -= 1
        self.outcome.add_failed(problems if isinstance(docx, bytes) else docx)

    def _add(self, entries: Sequence[Entry]) -> None:
        with self.telling_of_manifest():
            self.manifest.add(entries)

    def _tell_files(self, written: Written) -> None:
        self.tell([self.folder.path / name for name, problem in written.items() if not problem])

    # --- the end

    def finish(self, *, whole: bool) -> None:
        """Put the manifest in order, and tell what in the folder is of no letter."""
        place = Place(str(self.folder.path))
        strangers = [
            entry.bestand
            for entry in self.manifest.strangers()
            if whole and self.folder.has(entry.bestand)
        ]
        if strangers:
            problem = messages.problem("LRT710", place, names=name_some(strangers, 10))
            self.outcome.add_problems([problem])
        if self._stale:
            self.outcome.add_problems([messages.problem("LRT711", place, number=self._stale)])
        with self.telling_of_manifest():
            self.manifest.finish()


def _without_pdf(
    batches: Iterable[Batch],
) -> Iterator[tuple[Sequence[Letter], list[Rendered], list[Converted]]]:
    """Yield `batches` as `Converter.convert` does, without PDFs."""
    for letters, results in batches:
        yield letters, results, [None] * len(letters)


def _pdf_files(letter: Letter, pdf: Converted) -> Iterator[NewFile]:
    """Yield the PDF of `letter`, if there is one, as it is to come into the folder."""
    if pdf is not None and not isinstance(pdf, LrtdocsError):
        yield NewFile(pdf_name(letter.file), pdf.data)
