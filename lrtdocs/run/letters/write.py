"""Bringing filled letters into the folder, and the manifest up to date, batch by batch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import ExitCode, LrtdocsError, Place, Severity, system_reason
from lrtdocs.run.documents.report import OFFICE_FAILED, silent
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import BUSY, FAILED, MADE, Entry
from lrtdocs.run.folder.names import pdf_name
from lrtdocs.run.letters.letter import digest_words

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
    """A letter on its way: what is to be told of it so far, and its results.

    One that was edited by hand stays as it is: only its PDF is on its way.
    """

    letter: Letter
    entry: Entry
    docx: Rendered
    pdf: Converted

    @property
    def edited(self) -> bool:
        """Whether the letter was edited by hand."""
        return self.entry.status == MADE

    @property
    def begun(self) -> Entry | None:
        """The line for while the letter comes into the folder, or None if none comes."""
        if self.edited or not isinstance(self.docx, bytes):
            return None
        return replace(self.entry, docx=digest_of(self.docx))

    def files(self) -> dict[str, bytes]:
        """Return what is to come into the folder, by name."""
        files = {}
        if isinstance(self.docx, bytes) and not self.edited:
            files[self.letter.file] = self.docx
        if self.pdf is not None and not isinstance(self.pdf, LrtdocsError):
            files[pdf_name(self.letter.file)] = self.pdf.data
        return files


class LetterWriter:
    """Brings the letters of `job` into `folder`: the only one that writes there in a run.

    With a `converter` their PDFs come along. `tell` hears of new files batch by batch.
    """

    def __init__(
        self, job: Job, folder: Folder, manifest: Manifest, outcome: LettersOutcome
    ) -> None:
        self._job = job
        self.folder, self.manifest, self.outcome = folder, manifest, outcome
        self.converter: Converter | None = None
        self._entries: dict[int, Entry] = {}  # of the letters on their way, by number
        self._edited: list[Letter] = []  # of these a PDF is to be made
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
            digest = digest_words(letter.words, self._job.shared_digest)
            known = self.manifest.find(letter.number)
            made_of = known and (known.status, known.sjabloon, known.gegevens)
            current = known if made_of == (MADE, self._job.digest, digest) and not again else None
            if current is not None and self._is_there(current):
                self.outcome.same += 1
                self._note_stale(current)
                self._advance()
            elif overwrite or not self._keep_edited(letter, known, current):
                self._entries[letter.number] = self._begin(letter, digest, known)
                yield letter

    def _begin(self, letter: Letter, digest: str, known: Entry | None) -> Entry:
        """Return the line about `letter` as it is before it is made: the files are the old ones."""
        return Entry(
            nummer=letter.number,
            sleutel=letter.key,
            bestand=letter.file,
            sjabloon=self._job.digest,
            gegevens=digest,
            status=BUSY,
            docx=known.docx if known else "",
            pdf=known.pdf if known else "",
            eerder=known.ours if known else self._there(letter.file),
        )

    def _there(self, file: str) -> tuple[str, ...]:
        """Return the digest of a letter that is there and that the manifest does not know."""
        return (self.folder.digest(file),) if self.folder.has(file) else ()

    def _is_there(self, entry: Entry) -> bool:
        if self.folder.digest(entry.bestand) != entry.docx:
            return False
        return self.converter is None or self._has_pdf(entry)

    def _has_pdf(self, entry: Entry) -> bool:
        return bool(entry.pdf) and self.folder.digest(pdf_name(entry.bestand)) == entry.pdf

    def _note_stale(self, entry: Entry) -> None:
        """Count a PDF that is there and not of this letter as it is now."""
        self._stale += not entry.pdf and self.folder.has(pdf_name(entry.bestand))

    def _keep_edited(self, letter: Letter, known: Entry | None, current: Entry | None) -> bool:
        """Tell whether the file was edited by hand and stays.

        That is a warning as long as the letter is `current`, and after that a letter that failed.
        """
        problem = self.folder.find_edited(letter.file, known.ours if known else ())
        if problem is None:
            return False
        if current is None:
            self.outcome.add_failed([problem])
            self._advance()
            return True
        self.outcome.add_problems([replace(problem, severity=Severity.WARNING)])
        fresh = self.folder.digest(letter.file) == current.bewerkt and self._has_pdf(current)
        if self.converter is not None and not fresh:
            self._entries[letter.number] = current
            self._edited.append(letter)
            return True
        self._stale += not fresh and self.folder.has(pdf_name(letter.file))
        self.outcome.edited += 1
        self._advance()
        return True

    def _advance(self) -> None:
        done = self.outcome.done
        if done % CHUNK == 0:
            self.progress(WORK, done, self.outcome.total)

    # --- writing

    def write(self, batches: Iterator[Batch]) -> None:
        """Write every batch, with PDFs if they are asked for, also of letters edited by hand."""
        self.progress(WORK, 0, self.outcome.total)
        for letters, docs, pdfs in self._convert(chain(batches, self._read_edited())):
            pending = [
                PendingLetter(letter, self._entries.pop(letter.number), docx, pdf)
                for letter, docx, pdf in zip(letters, docs, pdfs, strict=True)
            ]
            for start in range(0, len(pending), CHUNK):
                self._write_chunk(pending[start : start + CHUNK])
                self.progress(WORK, self.outcome.done, self.outcome.total)

    def _read_edited(self) -> Iterator[Batch]:
        """Yield the letters that were edited by hand, once all others are on their way."""
        for start in range(0, len(self._edited), CHUNK):
            letters = self._edited[start : start + CHUNK]
            yield letters, [self.folder.read(letter.file) for letter in letters]

    def _convert(
        self, batches: Iterator[Batch]
    ) -> Iterator[tuple[Sequence[Letter], list[Rendered], list[Converted]]]:
        if self.converter is not None:
            yield from self.converter.convert(batches, self._job, self.outcome)
            return
        for letters, results in batches:
            yield letters, results, [None] * len(letters)

    def _write_chunk(self, chunk: Sequence[PendingLetter]) -> None:
        written = self._write_files(chunk)
        ended = [self._end(pending, written) for pending in chunk]
        with self.telling_of_manifest():
            self.manifest.add([entry for entry, _ in ended])
        for pending, (entry, problems) in zip(chunk, ended, strict=True):
            self._note_stale(entry)
            if problems:
                in_template = [] if isinstance(pending.docx, bytes) else pending.docx
                self.outcome.add_failed(problems, in_template)
            elif pending.edited:
                self.outcome.edited += 1
            else:
                self.outcome.made += 1
        self.tell([self.folder.path / name for name, missed in written.items() if not missed])

    def _write_files(self, chunk: Sequence[PendingLetter]) -> Written:
        """Bring the files of `chunk` into the folder, once the manifest tells that they come."""
        files = {name: data for pending in chunk for name, data in pending.files().items()}
        try:
            self.manifest.add([begun for pending in chunk if (begun := pending.begun)])
        except OSError as error:
            reason = system_reason(error)
            places = {name: Place(str(self.folder.path / name)) for name in files}
            return {
                name: messages.problem("LRT708.geen-overzicht", place, reason=reason)
                for name, place in places.items()
            }
        return self.folder.write(files)

    def _end(self, pending: PendingLetter, written: Written) -> tuple[Entry, list[Problem]]:
        """Return the line about a letter that was written, and what went wrong with it."""
        if pending.edited:
            return self._end_edited(pending, written)
        letter, before, entry = pending.letter, pending.entry, pending.begun
        about = f"{letter.file} ({letter.place}): "
        failed = [] if isinstance(pending.docx, bytes) else pending.docx
        problems = [replace(each, message=about + each.message) for each in failed]
        missed = written.get(letter.file)
        if entry is None or missed is not None:
            problems += [missed] if missed is not None else []
            entry = _not_written(entry or replace(before, docx=""), before.docx)
        elif entry.docx != before.docx:
            entry = replace(entry, pdf="")  # the PDF, if there is one, is of another text
        entry, more = self._with_pdf(entry, pending, written)
        problems += more
        if problems:
            texts = tuple(f"{problem.code}: {problem.message}" for problem in problems)
            return replace(entry, status=FAILED, problemen=texts), problems
        return replace(entry, status=MADE, eerder=()), problems

    def _end_edited(self, pending: PendingLetter, written: Written) -> tuple[Entry, list[Problem]]:
        if not isinstance(pending.docx, bytes):
            return pending.entry, pending.docx
        entry, problems = self._with_pdf(pending.entry, pending, written)
        return entry if problems else replace(entry, bewerkt=digest_of(pending.docx)), problems

    def _with_pdf(
        self, entry: Entry, pending: PendingLetter, written: Written
    ) -> tuple[Entry, list[Problem]]:
        """Return `entry` with the PDF that was made, if it was, and what went wrong with it."""
        pdf, name = pending.pdf, pdf_name(pending.letter.file)
        if isinstance(pdf, LrtdocsError):
            texts = {"message": pdf.message, "remedy": pdf.remedy}
            return entry, [messages.problem(OFFICE_FAILED, Place(name), None, **texts)]
        if pdf is None:
            return entry, []
        self.outcome.pdfs += 1
        self.outcome.add_remarks(pdf.problems(str(self.folder.path / name)))
        missed = written[name]
        return (entry, [missed]) if missed else (replace(entry, pdf=digest_of(pdf.data)), [])

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


def _not_written(entry: Entry, before: str) -> Entry:
    """Return `entry` for a letter that did not come into the folder, or not for certain.

    Then the one with the digest `before` may still be there.
    """
    others = tuple(digest for digest in entry.ours if digest != before)
    return replace(entry, docx=before, eerder=others)
