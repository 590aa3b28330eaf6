"""Bringing filled letters into the folder, and the manifest up to date, batch by batch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import ExitCode, LrtdocsError, Place, Severity
from lrtdocs.run.documents.report import OFFICE_FAILED
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import BUSY, FAILED, MADE, NOBODY, Entry
from lrtdocs.run.folder.names import (
    find_reason,
    is_old_page,
    is_old_pdf,
    is_own_page,
    page_name,
    pdf_name,
)
from lrtdocs.run.letters.letter import (
    PendingLetter,
    addressee_of,
    digest_each,
    digest_words,
    find_change,
)
from lrtdocs.run.letters.print_file import find_old

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import LettersOptions, LettersOutcome, Progress
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Manifest, Sent
    from lrtdocs.run.letters.convert import Converter
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.letters.print_file import PrintFile
    from lrtdocs.run.letters.versions import Verdict, Versions

CHUNK = 50
"""Files that go to disk together."""
WORK, PDFS = "brieven maken", "PDF's maken"

Written = dict[str, "Problem | None"]
"""By the name of a file: None if it is in the folder, else why not."""


class LetterWriter:
    """Brings the letters of `job` into `folder`: the only one that writes there in a run.

    With a `converter` their PDFs come along. `tell` hears of new files batch by batch.
    """

    def __init__(
        self,
        job: Job,
        folder: Folder,
        manifest: Manifest,
        outcome: LettersOutcome,
        progress: Progress,
        tell: Callable[[Sequence[Path]], object],
        options: LettersOptions,
        versions: Versions,
    ) -> None:
        self._job, self.progress, self.tell = job, progress, tell
        self.folder, self.manifest, self.outcome = folder, manifest, outcome
        self._options, self._versions = options, versions
        self.converter: Converter | None = None
        self._waiting: dict[int, PendingLetter] = {}  # letters that are there, for their PDFs
        self._newer = bytearray(manifest.highest + 1)  # by number: no PDF was made of it here
        self._stale = 0  # of these, those with an old PDF beside them
        self._pages: list[PendingLetter] = []  # letters that are there, for their web pages
        self._stale_pages = 0
        self._foreseen: dict[int, str] = {}
        self._stayed: list[Entry] = []  # lines that come, of letters that went out
        self._new: list[str] = []  # versions that were made
        self._needless: list[str] = []  # versions of letters that say again what went out

    @contextmanager
    def telling_of_manifest(self) -> Iterator[None]:
        """Tell of a manifest that cannot be written; the letters go on without it.

        A letter that is not in it is made again next time, which is the worst that can happen.
        """
        try:
            yield
        except OSError as error:
            place, reason = Place(str(self.manifest.path)), messages.system_reason(error)
            problem = messages.problem("LRT712", place, reason=reason)
            self.outcome.add_problems([problem], ExitCode.LETTERS)

    # --- what has to be made

    def needed(
        self, letters: Iterable[Letter], *, again: bool, overwrite: bool
    ) -> Iterator[PendingLetter]:
        """Yield the letters that are not there as they should be; the others are counted."""
        for letter in letters:
            if sent := self.manifest.sent_of(letter.number):
                verdict = self._versions.judge(letter, sent, overwrite=overwrite)
                if verdict.entry is not None:
                    self._leave_sent(letter, verdict, verdict.entry)
                    continue
                letter = verdict.letter  # noqa: PLW2901 - the same, as a version
            digest = digest_words(letter.words)
            known = self.manifest.find(letter.number, letter.file)
            made_of = known and (known.status, known.sjabloon, known.gegevens)
            current = known if made_of == (MADE, self._job.digest, digest) and not again else None
            if current is not None and current.aan == NOBODY:  # as an older lrtdocs left it
                current = replace(current, aan=addressee_of(letter.words, self._job.shared))
                self._stayed.append(current)
            if current is not None and self.folder.digest(letter.file) == current.docx:
                self._settle(PendingLetter(letter, current, how="same"))
            else:
                there = known if known and known.bestand == letter.file else None
                edited = self.folder.is_edited(letter.file, there.ours if there else ())
                reason = self._find_change(letter, known) if known else ""
                if not edited or overwrite:
                    reason = reason or ("" if edited else self._find_loss(letter, there))
                    entry = self._begin(letter, digest, there)
                    yield PendingLetter(letter, entry, keep=edited, reason=reason)
                    continue
                self._leave_edited(letter, reason if known else None, current)
            if (self.outcome.done + len(self._waiting)) % CHUNK == 0:
                self._tell_progress()

    def _leave_sent(self, letter: Letter, verdict: Verdict, entry: Entry) -> None:
        """Leave a `letter` as it went out, and tell what of it is not as it was then."""
        if entry != self.manifest.find(letter.number):
            self._stayed.append(entry)
        next_one = self._versions.name_next(letter, entry.bestand)
        if self.folder.has(next_one):
            self._needless.append(next_one)
        pending = PendingLetter(verdict.letter, entry, "edited" if verdict.edited else "same")
        path = self.folder.path / entry.bestand
        if verdict.changed:
            fields = {"key": letter.choice, "reason": self._find_change(letter, entry)}
            self.outcome.outdated += 1
            self.outcome.add_failed(
                [messages.problem("LRT707.verzonden", Place(str(path)), None, **fields)]
            )
            return
        if not verdict.touched:
            self._settle(pending)
            return
        key = "LRT751.anders" if self.folder.has(entry.bestand) else "LRT751.weg"
        self.outcome.add_problems([messages.problem(key, Place(str(path)))])
        self._count(pending)

    def _begin(self, letter: Letter, digest: str, known: Entry | None) -> Entry:
        """Return the line about `letter` as it is before it is made: the files are the old ones.

        A letter that is there and that the manifest does not know may be ours.
        """
        there = (self.folder.digest(letter.file),) if self.folder.has(letter.file) else ()
        return Entry(
            nummer=letter.number,
            sleutel=letter.key,
            bestand=letter.file,
            sjabloon=self._job.digest,
            gegevens=digest,
            status=BUSY,
            docx=known.docx if known else "",
            pdf=known.pdf if known and not known.bewerkt else "",
            bladzijden=known.bladzijden if known else 0,
            html=known.html if known else "",
            eerder=known.ours if known else there,
            aan=addressee_of(letter.words, self._job.shared),
            vervangt=self._versions.find_replaced(letter),
        )

    def _settle(self, pending: PendingLetter) -> None:
        """Count a letter that is there, unless its page or its PDF is still to come."""
        if self._options.html and not self._has_page(pending.entry):
            self._pages.append(pending)
        else:
            self._settle_pdf(pending)

    def _settle_pdf(self, pending: PendingLetter) -> None:
        """Count a letter that has the page it should have, unless its PDF is still to come."""
        wanted = self._options.wants_pdf
        if wanted and (pending.how == "made" or not self._has_pdf(pending.entry)):
            pending.docx = b""  # it is read again in its turn: there may be many
            pending.letter = replace(pending.letter, words={})
            self._waiting[pending.letter.number] = pending
        else:
            self._count(pending)

    def _count(self, pending: PendingLetter) -> None:
        entry, most = pending.entry, self._options.at_most
        self._note_stale(pending)
        if self._options.wants_pdf and entry.bladzijden:
            self.outcome.pages[pdf_name(entry.bestand)] = entry.bladzijden
        if most is not None and entry.bladzijden > most:
            self.outcome.add_failed([self._too_long(entry.bestand, entry.bladzijden)])
        else:
            setattr(self.outcome, pending.how, getattr(self.outcome, pending.how) + 1)

    def _has_page(self, entry: Entry) -> bool:
        """Tell whether there is the page that was made last, and the letter is as it was then."""
        page = self.folder.digest(page_name(entry.bestand)) if entry.html else ""
        return bool(page) and page == entry.html and not self._is_old_page(entry)

    def _is_old_page(self, entry: Entry) -> bool:
        return is_old_page(self.folder.path / entry.bestand)

    def _has_pdf(self, entry: Entry) -> bool:
        """Tell whether there is the PDF that was made last, and the letter is as it was then.

        One that went out is never made again.
        """
        there = self.folder.digest(pdf_name(entry.bestand))
        if there and any(each.pdf == there for each in self.manifest.find_sent(entry.bestand)):
            return True
        if not (entry.pdf and entry.bladzijden) or self._is_newer(entry):
            return False
        return there == entry.pdf

    def _is_newer(self, entry: Entry) -> bool:
        """Tell whether the letter is another than that of which a PDF was made last."""
        return self.folder.digest(entry.bestand) != (entry.bewerkt or entry.docx)

    def _note_stale(self, pending: PendingLetter) -> None:
        """Remember a PDF that is there and not of this letter as it is now."""
        entry = pending.entry
        self._stale_pages += self._is_old_page(entry)
        if not entry.pdf or self._is_newer(entry):
            self._newer[pending.letter.number] = 1
            self._stale += is_old_pdf(self.folder.path / entry.bestand)

    def _find_change(self, letter: Letter, known: Entry) -> str:
        return find_change(letter, known, self._job.as_basis, self.manifest.bases)

    def _find_loss(self, letter: Letter, known: Entry | None) -> str:
        """Return what became of the file of `letter`, if that is not what was made."""
        if not known or known.status != MADE or self.folder.digest(letter.file) == known.docx:
            return ""
        gone = not self.folder.has(letter.file)
        return messages.text("deel.bestand_weg" if gone else "deel.bestand_anders")

    def _leave_edited(self, letter: Letter, reason: str | None, current: Entry | None) -> None:
        """Leave a file that was edited by hand as it is, and tell so.

        That is a warning as long as the letter is `current`; after that it is out of date, for a
        `reason`. None for that means that nothing is known of the letter.
        """
        unread = find_reason(self.folder.path / letter.file)
        key = "LRT707.verouderd" if reason else "LRT707.bewerkt"
        key = "LRT707.onbekend" if reason is None else key
        key = "LRT707.onleesbaar" if unread else key
        place = Place(str(self.folder.path / letter.file))
        level = Severity.WARNING if current else Severity.ERROR
        fields = {"key": letter.choice, "reason": unread or reason}
        problem = messages.problem(key, place, level, **fields)
        if current is None:
            self.outcome.outdated += bool(reason)
            self.outcome.add_failed([problem])
            return
        self.outcome.add_problems([problem])
        self._settle(PendingLetter(letter, current, how="edited"))

    # --- writing

    def write(self, batches: Iterable[Sequence[PendingLetter]]) -> None:
        """Write every batch of letters; their PDFs come after that."""
        self._tell_progress()
        for batch in batches:
            for start in range(0, len(batch), CHUNK):
                self._write_chunk(batch[start : start + CHUNK])
                self._write_pages()
                self._tell_progress()
            self._keep_stayed()
        self._keep_stayed()
        self._write_pages()

    def _keep_stayed(self) -> None:
        """Bring into the manifest what is new of letters that stay as they went out."""
        stayed, self._stayed = self._stayed, []
        if stayed:
            with self.telling_of_manifest():
                self.manifest.add(stayed)

    def _tell_progress(self) -> None:
        outcome = self.outcome
        self.progress(WORK, outcome.done + len(self._waiting), outcome.total)

    def _write_chunk(self, chunk: Sequence[PendingLetter]) -> None:
        written = self._write_files(chunk)
        problems = [self._end(pending, written) for pending in chunk]
        for pending in self._end_chunk(chunk, problems, written):
            self.outcome.add_reason(pending.reason)
            if pending.entry.vervangt:
                self._new.append(pending.entry.bestand)
            self._settle(pending)

    def _end_chunk(
        self, chunk: Sequence[PendingLetter], problems: Sequence[list[Problem]], written: Written
    ) -> Iterator[PendingLetter]:
        """Bring the last lines of `chunk` into the manifest; yield the letters without `problems`.

        Of the others is told why they failed, and of the files that were `written`, that they are.
        """
        with self.telling_of_manifest():
            self.manifest.add([pending.entry for pending in chunk])
        for pending, wrong in zip(chunk, problems, strict=True):
            self._waiting.pop(pending.letter.number, None)
            if wrong:
                self._note_stale(pending)
                in_template = [] if isinstance(pending.docx, bytes) else pending.docx
                self.outcome.add_failed(wrong, in_template)
            else:
                yield pending
        self.tell([self.folder.path / name for name, missed in written.items() if not missed])

    def _write_files(self, chunk: Sequence[PendingLetter]) -> Written:
        """Bring the files of `chunk` into the folder, once the manifest tells that they come."""
        files = {each.letter.file: each.docx for each in chunk if isinstance(each.docx, bytes)}
        for pending in chunk:
            pending.begin()
        try:
            self.manifest.add([pending.begun for pending in chunk if pending.begun])
        except OSError as error:
            reason, key = messages.system_reason(error), "LRT708.geen-overzicht"
            return {
                name: messages.problem(key, Place(str(self.folder.path / name)), reason=reason)
                for name in files
            }
        keep = {pending.letter.file for pending in chunk if pending.keep}
        taken = self._find_taken(files)
        free = {name: data for name, data in files.items() if name not in taken}
        written, told = self.folder.write(free, keep)
        self.outcome.add_problems(told)
        return {**written, **taken}

    def _find_taken(self, files: Mapping[str, bytes]) -> dict[str, Problem]:
        """Return why those of `files` may not be written whose place a letter has that went out."""
        taken = {}
        for name, data in files.items():
            if not (sent := self.manifest.find_sent(name)):
                continue
            known = {each.docx for each in sent} if not self.folder.has(name) else set()
            if digest_of(data) not in {*known, self.folder.digest(name)}:
                taken[name] = self._tell_taken(name, sent[-1])
        return taken

    def _tell_taken(self, name: str, sent: Sent) -> Problem:
        told = {"name": sent.aan.naam or sent.sleutel or sent.bestand, "number": sent.nummer}
        return messages.problem("LRT750", Place(str(self.folder.path / name)), None, **told)

    def _end(self, pending: PendingLetter, written: Written) -> list[Problem]:
        """Give a letter that was written its last line, and return what went wrong with it."""
        letter, before, entry = pending.letter, pending.entry, pending.begun
        problems = [] if isinstance(pending.docx, bytes) else letter.failures(pending.docx)
        missed = written.get(letter.file)
        if entry is None or missed is not None:
            problems += [missed] if missed is not None else []
            entry = _not_written(entry or replace(before, docx=""), before.docx)
        elif entry.docx != before.docx:
            entry = replace(entry, pdf="")  # the PDF, if there is one, is of another text
        if problems:
            texts = tuple(f"{problem.code}: {problem.message}" for problem in problems)
            pending.entry = replace(entry, status=FAILED, problemen=texts)
        else:
            words = digest_each(letter.words)
            pending.entry = replace(entry, status=MADE, eerder=(), woorden=words)
        return problems

    # --- web pages

    def _write_pages(self) -> None:
        """Write the web pages of all letters that wait for one."""
        waiting, self._pages = self._pages, []
        for start in range(0, len(waiting), CHUNK):
            chunk = waiting[start : start + CHUNK]
            made = [self._make_page(pending) for pending in chunk]
            files = {
                page_name(pending.letter.file): page
                for pending, page in zip(chunk, made, strict=True)
                if isinstance(page, bytes)
            }
            own = {name for name in files if is_own_page(self.folder.path / name)}
            written, told = self.folder.write(files, own)
            self.outcome.add_problems(told)
            wrong = [
                self._end_page(pending, page, written)
                for pending, page in zip(chunk, made, strict=True)
            ]
            for pending in self._end_chunk(chunk, wrong, written):
                self._settle_pdf(pending)

    def _make_page(self, pending: PendingLetter) -> bytes | list[Problem]:
        """Return the web page of a letter that is there, or why there is none."""
        from lrtdocs.word.web.page import make_page  # only who asks for a page loads it

        path = self.folder.path / pending.letter.file
        docx = pending.docx or self.folder.read(pending.letter.file)
        if not isinstance(docx, bytes):
            return docx
        try:
            made = pending.page or make_page(docx)
        except Exception as error:  # noqa: BLE001 - a page must never stop the others
            reason = f"{type(error).__name__}: {error}"
            return [messages.problem("LRT843", Place(str(path)), reason=reason)]
        told = (replace(one, place=replace(one.place, file=str(path))) for one in made.problems)
        self.outcome.add_remarks(list(told))
        pending.page = None
        return made.data

    def _end_page(
        self, pending: PendingLetter, page: bytes | list[Problem], written: Written
    ) -> list[Problem]:
        """Give a letter of which the page was written its line; return what went wrong with it."""
        problems = [] if isinstance(page, bytes) else page
        missed = written.get(page_name(pending.letter.file))
        problems += [missed] if missed else []
        if problems or not isinstance(page, bytes):
            texts = tuple(f"{problem.code}: {problem.message}" for problem in problems)
            pending.entry = replace(pending.entry, problemen=texts)
        else:
            pending.how = "edited" if pending.how == "edited" else "made"
            pending.entry = replace(pending.entry, html=digest_of(page), problemen=())
        return problems

    # --- PDFs

    def convert(self, converter: Converter) -> None:
        """Make the PDFs of all letters that wait for one."""
        self.converter = converter
        self._tell_pdfs()
        number = len(self._waiting)
        for batch in converter.convert(
            self._read_waiting(), number, self._job, self.outcome, self._tell_pdfs
        ):
            self._write_pdfs(batch)

    def _tell_pdfs(self) -> None:
        self.progress(PDFS, self.outcome.done, self.outcome.total)

    def _read_waiting(self) -> Iterator[PendingLetter]:
        for pending in list(self._waiting.values()):
            pending.docx = self.folder.read(pending.letter.file)
            yield pending

    def keep_done(self) -> None:
        """Stop making PDFs, and write those that are done."""
        for batch in self.converter.stop() if self.converter is not None else ():
            self._write_pdfs([each for each in batch if each.made_pdf])
        self.outcome.waiting = len(self._waiting)
        self.tell_old_prints()

    def settle_rest(self) -> None:
        """Count the letters that still wait for a PDF, as it will not come."""
        while self._waiting:
            self._count(self._waiting.popitem()[1])

    def _write_pdfs(self, batch: Sequence[PendingLetter]) -> None:
        """Write the PDFs of `batch`, but for those that were written already."""
        fresh = [pending for pending in batch if pending.letter.number in self._waiting]
        for start in range(0, len(fresh), CHUNK):
            chunk = fresh[start : start + CHUNK]
            wrong = [self._check_pdf(pending) for pending in chunk]
            files = {
                pdf_name(pending.letter.file): pending.made_pdf.data
                for pending, problems in zip(chunk, wrong, strict=True)
                if not problems and pending.made_pdf
            }
            written, _ = self.folder.write(files)
            for pending, problems in zip(chunk, wrong, strict=True):
                self._end_pdf(pending, problems, written)
            for pending in self._end_chunk(chunk, wrong, written):
                self._count(pending)
            self._tell_pdfs()

    def _check_pdf(self, pending: PendingLetter) -> list[Problem]:
        """Return why the PDF of a letter does not come into the folder."""
        pdf, name, most = pending.pdf, pdf_name(pending.letter.file), self._options.at_most
        if not isinstance(pending.docx, bytes):
            return pending.docx
        if isinstance(pdf, LrtdocsError) or pdf is None:
            texts = {"message": pdf.message, "remedy": pdf.remedy} if pdf else {}
            return [messages.problem(OFFICE_FAILED, Place(name), None, **texts)]
        self.outcome.pdfs += 1
        self.outcome.pages[name] = pdf.pages
        if most is not None and pdf.pages > most:
            return [self._too_long(pending.letter.file, pdf.pages)]
        self.outcome.add_remarks(pdf.problems(str(self.folder.path / name)))
        return []

    def _too_long(self, file: str, pages: int) -> Problem:
        place, most = Place(str(self.folder.path / file)), self._options.at_most
        return messages.problem("LRT741", place, None, pages=pages, most=most)

    def _end_pdf(self, pending: PendingLetter, problems: list[Problem], written: Written) -> None:
        """Give a letter of which the PDF was written its last line; add to `problems` if not."""
        missed = written.get(pdf_name(pending.letter.file))
        problems += [missed] if missed else []
        if problems:
            texts = tuple(f"{problem.code}: {problem.message}" for problem in problems)
            pending.entry = replace(pending.entry, problemen=texts)
        elif pending.made_pdf is not None and isinstance(pending.docx, bytes):
            docx = digest_of(pending.docx)
            pending.how = "edited" if pending.how == "edited" else "made"
            pending.entry = replace(
                pending.entry,
                pdf=digest_of(pending.made_pdf.data),
                bladzijden=pending.made_pdf.pages,
                bewerkt=docx if docx != pending.entry.docx else "",
                problemen=(),
            )

    # --- one file to print

    def join(self, letters: Iterable[Letter], file: PrintFile) -> None:
        """Make the print `file` of the PDFs of `letters`; why it is not made is in the outcome."""
        for made in file.make(letters, self.folder, self.manifest, self.outcome):
            if made is not self.manifest.find_print(made.bestand):
                with self.telling_of_manifest():
                    self.manifest.add_print(made)
                self.tell([self.folder.path / made.bestand])

    # --- the end

    def finish(self, *, whole: bool) -> None:
        """Put the manifest in order, and tell of what in the folder is not of this run."""
        self.tell_rest(whole=whole)
        with self.telling_of_manifest():
            self.manifest.finish()

    def foresee(self, letter: Letter, entry: Entry, digest: str) -> None:
        """Take in that a `letter`, known by its `entry`, will be made, with that `digest`."""
        self._foreseen[letter.number] = letter.file
        if digest != entry.docx:
            self._newer[letter.number] = 1
            self._stale += self.folder.has(pdf_name(letter.file)) if digest else 0
            self._stale_pages += self.folder.has(page_name(letter.file)) if digest else 0

    def tell_rest(self, *, whole: bool) -> None:
        """Tell of letters in the folder that are of none here, and of PDFs that are old."""
        place = Place(str(self.folder.path))
        strangers = [
            self._name_stranger(entry)
            for entry in self.manifest.strangers()
            if whole and self.folder.has(entry.bestand) and not self._is_sent(entry)
        ]
        if self._new:
            names = dutch.join_some(self._new, 5)
            told = messages.text("deel.nieuwe_versies", n=len(self._new), names=names)
            self.outcome.remarks.append(told)
        if self._needless:
            names = dutch.join_some(sorted(self._needless), 10)
            fields = {"n": len(self._needless), "names": names}
            self.outcome.add_problems([messages.problem("LRT752", place, None, **fields)])
        if strangers:
            problem = messages.problem("LRT710", place, names=dutch.join_some(strangers, 10))
            self.outcome.add_problems([problem])
        if self._stale:
            self.outcome.add_problems([messages.problem("LRT711", place, number=self._stale)])
        if self._stale_pages:
            number = self._stale_pages
            self.outcome.add_problems([messages.problem("LRT840.brieven", place, number=number)])
        self.tell_old_prints()

    def _is_sent(self, entry: Entry) -> bool:
        return bool(self.manifest.find_sent(entry.bestand))

    def _name_stranger(self, entry: Entry) -> str:
        """Return the name of a letter of another run, with what it is now called if it is there."""
        known = self.manifest.find(entry.nummer)
        now = known.bestand if known else self._foreseen.get(entry.nummer)
        if now is None or not entry.woorden:  # see `read_known`
            return entry.bestand
        edited = self.folder.is_edited(entry.bestand, entry.ours)
        fields = {"name": entry.bestand, "now": now, "edited": 2 if edited else 1}
        return messages.text("deel.nu", **fields)

    def tell_old_prints(self) -> None:
        """Tell of print files that are not of the letters as they are now."""
        gone = {one.place for one in self.outcome.problems if one.key == "LRT742.weg"}
        found = find_old(self.folder, self.manifest, self._newer)
        self.outcome.add_problems([one for one in found if one.place not in gone])


def _not_written(entry: Entry, before: str) -> Entry:
    """Return `entry` for a letter that did not come into the folder, or not for certain.

    Then the one with the digest `before` may still be there.
    """
    others = tuple(digest for digest in entry.ours if digest != before)
    return replace(entry, docx=before, eerder=others)
