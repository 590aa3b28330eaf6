"""Bringing filled letters into the folder, and the manifest up to date, batch by batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError, Severity
from lrtdocs.run.documents.report import silent
from lrtdocs.run.folder.folder import NewFile, digest_of
from lrtdocs.run.folder.manifest import BUSY, FAILED, MADE, Entry
from lrtdocs.run.letters.pdf import without_pdf
from lrtdocs.run.letters.problems import (
    manifest_told,
    not_begun,
    pdf_name,
    pdf_problem,
    stale,
    strangers,
    with_letter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import LettersOutcome, Progress
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Manifest
    from lrtdocs.run.letters.executors import Rendered
    from lrtdocs.run.letters.pdf import Converted, Converter
    from lrtdocs.run.letters.plan import Letter

CHUNK = 50
"""Files that go to disk together."""
WORK = "brieven maken"

Written = dict[str, "Problem | None"]
"""By the name of a file: None if it is in the folder, else why not."""


@dataclass(frozen=True, slots=True)
class _Posted:
    """A letter on its way: what was known of it, the line that is to tell of it, its results."""

    letter: Letter
    earlier: Entry | None
    entry: Entry
    docx: Rendered
    pdf: Converted

    def files(self) -> Iterator[NewFile]:
        """Yield what is to come into the folder."""
        if isinstance(self.docx, bytes):
            yield NewFile(self.letter.file, self.docx)
        yield from _pdf_files(self.letter, self.pdf)


class Poster:
    """The single writer of a run."""

    def __init__(
        self,
        template: str,
        shared: str,
        folder: Folder,
        manifest: Manifest,
        outcome: LettersOutcome,
    ) -> None:
        self._template, self._shared = template, shared
        self.folder, self.manifest = folder, manifest
        self._outcome = outcome
        self.converter: Converter | None = None
        self._digests: dict[int, str] = {}
        self._edited: list[tuple[Letter, Entry]] = []
        self._stale = 0
        self.progress: Progress = silent
        self.tell: Callable[[Sequence[Path]], object] = lambda _paths: None

    # --- what has to be made

    def needed(
        self, letters: Iterable[Letter], *, again: bool, overwrite: bool
    ) -> Iterator[Letter]:
        """Yield the letters that are not there as they should be; the others are counted."""
        for letter in letters:
            digest = letter.digest(self._shared)
            entry = self.manifest.find(letter.file)
            current = (
                entry is not None
                and entry.status == MADE
                and (entry.sjabloon, entry.gegevens) == (self._template, digest)
            )
            if current and entry is not None and not again and self._is_there(entry):
                self._outcome.same += 1
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
            self._outcome.edited += 1
            self._outcome.add_problems([replace(problem, severity=Severity.WARNING)])
            self._note_edited(letter, entry)
        else:
            self._outcome.add_failed([problem])
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
        done = self._outcome.done
        if done % CHUNK == 0:
            self.progress(WORK, done, self._outcome.total)

    # --- writing

    def post(self, batches: Iterator[tuple[Sequence[Letter], list[Rendered]]]) -> None:
        """Write every batch, with PDFs if they are asked for, also of letters edited by hand."""
        self.progress(WORK, 0, self._outcome.total)
        converted = self.converter.convert(batches) if self.converter else without_pdf(batches)
        for letters, results, pdfs in converted:
            triples = list(zip(letters, results, pdfs, strict=True))
            for start in range(0, len(triples), CHUNK):
                self._post_chunk([self._begin(*each) for each in triples[start : start + CHUNK]])
                self.progress(WORK, self._outcome.done, self._outcome.total)
        self._post_edited()

    def _begin(self, letter: Letter, docx: Rendered, pdf: Converted) -> _Posted:
        earlier = self.manifest.find(letter.file)
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
        return _Posted(letter, earlier, entry, docx, pdf)

    def _there(self, file: str) -> tuple[str, ...]:
        """Return the digest of a letter that is there and that the manifest does not know."""
        return (self.folder.digest(file),) if self.folder.has(file) else ()

    def _post_chunk(self, chunk: Sequence[_Posted]) -> None:
        written = self._write(chunk)
        done = [self._end(posted, written) for posted in chunk]
        self._add([entry for entry, _ in done])
        for entry, problems in done:
            self._note_stale(entry)
            if problems:
                self._outcome.add_failed(problems)
            else:
                self._outcome.made += 1
        self._tell_files(written)

    def _write(self, chunk: Sequence[_Posted]) -> Written:
        """Bring the files of `chunk` into the folder, once the manifest tells that they come."""
        files = [file for posted in chunk for file in posted.files()]
        try:
            self.manifest.add([each.entry for each in chunk if isinstance(each.docx, bytes)])
        except OSError as error:
            return {file.name: not_begun(self.folder.path / file.name, error) for file in files}
        return dict(zip((file.name for file in files), self.folder.write(files), strict=True))

    def _end(self, posted: _Posted, written: Written) -> tuple[Entry, list[Problem]]:
        """Return the line about a letter that was posted, and what went wrong with it."""
        letter, docx = posted.letter, posted.docx
        problems = [] if isinstance(docx, bytes) else [with_letter(each, letter) for each in docx]
        entry = posted.entry
        missed = written.get(letter.file)
        if missed is not None or problems:
            problems += [missed] if missed is not None else []
            entry = _not_written(posted)
        elif posted.earlier is None or entry.docx != posted.earlier.docx:
            entry = replace(entry, pdf="")  # the PDF, if there is one, is of another text
        entry, more = self._with_pdf(entry, letter, posted.pdf, written)
        problems += more
        told = tuple(f"{problem.code}: {problem.message}" for problem in problems)
        if problems:
            return replace(entry, status=FAILED, problemen=told), problems
        return replace(entry, status=MADE, eerder=()), problems

    def _with_pdf(
        self, entry: Entry, letter: Letter, pdf: Converted, written: Written
    ) -> tuple[Entry, list[Problem]]:
        """Return `entry` with the PDF that was made, if it was, and what went wrong with it."""
        if isinstance(pdf, LrtdocsError):
            return entry, [pdf_problem(pdf, letter)]
        if pdf is None:
            return entry, []
        self._outcome.pdfs += 1
        self._outcome.add_remarks(pdf.problems(str(self.folder.path / pdf_name(letter.file))))
        missed = written[pdf_name(letter.file)]
        return (entry, [missed]) if missed else (replace(entry, pdf=digest_of(pdf.data)), [])

    def _post_edited(self) -> None:
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
        self._outcome.edited -= 1
        self._outcome.add_failed(problems if isinstance(docx, bytes) else docx)

    def _add(self, entries: Sequence[Entry]) -> None:
        with manifest_told(self.manifest.path, self._outcome):
            self.manifest.add(entries)

    def _tell_files(self, written: Written) -> None:
        self.tell([self.folder.path / name for name, problem in written.items() if not problem])

    # --- the end

    def finish(self, order: Sequence[int], *, whole: bool) -> None:
        """Put the manifest in order, and tell what in the folder is of no letter."""
        if whole:
            names = [
                entry.bestand
                for entry in self.manifest.strangers(order)
                if self.folder.has(entry.bestand)
            ]
            if names:
                self._outcome.add_problems([strangers(self.folder.path, names)])
        if self._stale:
            self._outcome.add_problems([stale(self.folder.path, self._stale)])
        with manifest_told(self.manifest.path, self._outcome):
            self.manifest.finish(order, self.folder.path)


def _not_written(posted: _Posted) -> Entry:
    """Return the line about a letter that did not come into the folder, or not for certain."""
    entry, before = posted.entry, posted.earlier.docx if posted.earlier else ""
    others = tuple(digest for digest in entry.ours if digest != before)
    return replace(entry, docx=before, eerder=others)


def _pdf_files(letter: Letter, pdf: Converted) -> Iterator[NewFile]:
    """Yield the PDF of `letter`, if there is one, as it is to come into the folder."""
    if pdf is not None and not isinstance(pdf, LrtdocsError):
        yield NewFile(pdf_name(letter.file), pdf.data)
