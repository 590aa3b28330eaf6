"""Bringing filled letters into the folder, and the manifest up to date, batch by batch."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import ExitCode, LrtdocsError, Place, Problem, Severity
from lrtdocs.run.folder import TEMPORARY, NewFile, digest_of
from lrtdocs.run.manifest import FAILED, MADE, Entry, Print
from lrtdocs.run.printing import without_pdf
from lrtdocs.run.report import OFFICE_FAILED, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.run.executors import Rendered
    from lrtdocs.run.folder import Folder
    from lrtdocs.run.letters import Letter
    from lrtdocs.run.manifest import Manifest
    from lrtdocs.run.printing import Converted, Converter
    from lrtdocs.run.report import LettersOutcome, Progress

CHUNK = 50
"""Files that go to disk together."""
WORK = "brieven maken"


def pdf_name(file: str) -> str:
    """Return the name of the PDF beside the letter `file`."""
    return f"{file.removesuffix('.docx')}.pdf"


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
        self._folder, self._manifest = folder, manifest
        self._outcome = outcome
        self.converter: Converter | None = None
        self._digests: dict[int, str] = {}
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
            entry = self._manifest.find(letter.file)
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
        if self._folder.digest(entry.bestand) != entry.docx:
            return False
        if self.converter is None:
            return True
        return bool(entry.pdf) and self._folder.digest(pdf_name(entry.bestand)) == entry.pdf

    def _note_stale(self, entry: Entry) -> None:
        """Count a PDF that is there and not of this letter as it is now."""
        self._stale += not entry.pdf and self._folder.has(pdf_name(entry.bestand))

    def _keep_edited(self, letter: Letter, entry: Entry | None, *, current: bool) -> bool:
        """Tell whether the file was edited by hand and stays.

        That is a warning as long as the letter is `current`, and after that a letter that failed.
        """
        problem = self._folder.find_edited(letter.file, entry.docx if entry else "")
        if problem is None:
            return False
        if current:
            self._outcome.edited += 1
            self._outcome.add_problems([replace(problem, severity=Severity.WARNING)])
        else:
            self._outcome.add_failed([problem])
        self._advance()
        return True

    def _advance(self) -> None:
        done = self._outcome.done
        if done % CHUNK == 0:
            self.progress(WORK, done, self._outcome.total)

    # --- writing

    def post(self, batches: Iterator[tuple[Sequence[Letter], list[Rendered]]]) -> None:
        """Write every batch, with PDFs if they are asked for."""
        self.progress(WORK, 0, self._outcome.total)
        converted = self.converter.convert(batches) if self.converter else without_pdf(batches)
        for letters, results, pdfs in converted:
            triples = list(zip(letters, results, pdfs, strict=True))
            for start in range(0, len(triples), CHUNK):
                self._post_chunk(triples[start : start + CHUNK])
                self.progress(WORK, self._outcome.done, self._outcome.total)

    def _post_chunk(self, triples: Sequence[tuple[Letter, Rendered, Converted]]) -> None:
        files: list[NewFile] = []
        for letter, docx, pdf in triples:
            if isinstance(docx, bytes):
                files.append(NewFile(letter.file, docx))
            if isinstance(pdf, bytes):
                files.append(NewFile(pdf_name(letter.file), pdf))
        written = dict(zip((file.name for file in files), self._folder.write(files), strict=True))
        entries = [self._entry(*triple, written) for triple in triples]
        with self._manifest_told():
            self._manifest.add([entry for entry, _ in entries])
        for entry, problems in entries:
            self._note_stale(entry)
            if problems:
                self._outcome.add_failed(problems)
            else:
                self._outcome.made += 1
        self.tell([self._folder.path / name for name, problem in written.items() if not problem])

    @contextmanager
    def _manifest_told(self) -> Iterator[None]:
        """Tell of a manifest that cannot be written; the letters go on without it.

        A letter that is not in it is made again next time, which is the worst that can happen.
        """
        try:
            yield
        except OSError as error:
            problem = Problem(
                "LRT712",
                Place(str(self._manifest.path)),
                "Het overzicht van de brieven is niet bijgewerkt: het bestand is niet te schrijven "
                f"({error.strerror or error}).",
                remedy="Maak ruimte op de schijf en geef dezelfde opdracht nog eens: die maakt wat "
                "niet in het overzicht staat opnieuw.",
            )
            self._outcome.add_problems([problem], ExitCode.LETTERS)

    def _entry(
        self, letter: Letter, docx: Rendered, pdf: Converted, written: dict[str, Problem | None]
    ) -> tuple[Entry, list[Problem]]:
        """Return the line about `letter`, and what went wrong with it."""
        problems: list[Problem] = []
        earlier = self._manifest.find(letter.file)
        digests = {"docx": earlier.docx if earlier else "", "pdf": earlier.pdf if earlier else ""}
        if isinstance(docx, bytes):
            problem = written[letter.file]
            problems += [problem] if problem else []
            made = digests["docx"] if problem else digest_of(docx)
            if made != digests["docx"]:
                digests = {"docx": made, "pdf": ""}  # the PDF, if there is one, is of another text
        else:
            problems += [_with_letter(problem, letter) for problem in docx]
        if isinstance(pdf, bytes):
            problem = written[pdf_name(letter.file)]
            problems += [problem] if problem else []
            digests["pdf"] = digests["pdf"] if problem else digest_of(pdf)
            self._outcome.add_remarks(self._check_pdf(pdf, letter))
            self._outcome.pdfs += 1
        elif isinstance(pdf, LrtdocsError):
            problems.append(_as_problem(pdf, letter))
        entry = Entry(
            nummer=letter.number,
            sleutel=letter.key,
            bestand=letter.file,
            sjabloon=self._template,
            gegevens=self._digests.pop(letter.number),
            status=FAILED if problems else MADE,
            problemen=tuple(f"{problem.code}: {problem.message}" for problem in problems),
            **digests,
        )
        return entry, problems

    def _check_pdf(self, pdf: bytes, letter: Letter) -> list[Problem]:
        from lrtdocs.pdf import check_pdf

        return check_pdf(pdf, str(self._folder.path / pdf_name(letter.file)))

    # --- the end

    def finish(self, order: Sequence[int], *, whole: bool) -> None:
        """Put the manifest in order, and tell what in the folder is of no letter."""
        if whole:
            names = [
                entry.bestand
                for entry in self._manifest.strangers(order)
                if (self._folder.path / entry.bestand).exists()
            ]
            if names:
                self._outcome.add_problems([_strangers(self._folder.path, names)])
        if self._stale:
            self._outcome.add_problems([_stale(self._folder.path, self._stale)])
        with self._manifest_told():
            self._manifest.finish(order, self._folder.path)

    def join(self, letters: Iterable[Letter], name: str) -> None:
        """Make one print file of the PDFs of `letters`, a bookmark each, unless it is there."""
        if self.converter is None:
            return  # why, has been told
        pairs = [(_title(letter), pdf_name(letter.file)) for letter in letters]
        known = [self._manifest.find(f"{file.removesuffix('.pdf')}.docx") for _, file in pairs]
        digests = [entry.pdf if entry is not None else "" for entry in known]
        missing = [file for (_, file), digest in zip(pairs, digests, strict=True)
                   if not digest or self._folder.digest(file) != digest]  # fmt: skip
        target = self._folder.path / name
        if missing or self._outcome.failed:
            self._outcome.add_problems([_not_joined(target, missing)], ExitCode.LETTERS)
            return
        made_of = digest_of(json.dumps([pairs, digests], ensure_ascii=False).encode())
        there = self._manifest.find_print(name)
        if there and there.uit == made_of and there.pdf == self._folder.digest(name):
            return
        self.progress("samenvoegen", self._outcome.done, self._outcome.total)
        problem = self._join(pairs, target)
        if problem is not None:
            self._outcome.add_problems([problem], ExitCode.LETTERS)
            return
        with self._manifest_told():
            self._manifest.add_print(Print(name, made_of, self._folder.digest(name)))
        self.tell([target])

    def _join(self, pairs: Sequence[tuple[str, str]], target: Path) -> Problem | None:
        """Write the print file whole; return why it is not there if that fails."""
        from lrtdocs.pdf.bulk import join_pdfs

        path, disk = self._folder.path, self._folder.disk
        beside = path / f"{TEMPORARY}samen.tmp"
        try:
            join_pdfs(((title, path / file) for title, file in pairs), beside)
            disk.replace(beside, target)
            disk.sync_folder(path)
        except (LrtdocsError, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
            return _not_joined(target, [], reason)
        finally:
            with suppress(OSError):
                disk.remove(beside)
        return None


def _title(letter: Letter) -> str:
    return str(letter.words.get("naam") or letter.key)


def _with_letter(problem: Problem, letter: Letter) -> Problem:
    """Return `problem`, which tells a place in the template, with the letter it is about."""
    return replace(problem, message=f"{letter.file} ({letter.place}): {problem.message}")


def _as_problem(error: LrtdocsError, letter: Letter) -> Problem:
    text, _, remedy = str(error).partition("\n    doe dit: ")
    return Problem(OFFICE_FAILED, Place(pdf_name(letter.file)), text, remedy=remedy)


def _not_joined(target: Path, missing: Sequence[str], reason: str = "") -> Problem:
    if missing:
        more = f" en nog {len(missing) - 5}" if len(missing) > 5 else ""
        reason = f"geen PDF van: {', '.join(missing[:5])}{more}"
    return Problem(
        "LRT713",
        Place(str(target)),
        f"De PDF om te printen is niet gemaakt ({reason or 'niet alle brieven zijn gemaakt'}).",
        remedy="Los op wat hierboven staat, en geef dezelfde opdracht nog eens.",
    )


def _strangers(folder: Path, names: Sequence[str]) -> Problem:
    shown = ", ".join(names[:10]) + (f" en nog {len(names) - 10}" if len(names) > 10 else "")
    return Problem(
        "LRT710",
        Place(str(folder)),
        f"In deze map staan brieven die niet (meer) bij deze mailing horen: {shown}.",
        remedy="Haal ze zelf weg als ze niet meer nodig zijn; lrtdocs laat ze staan.",
        severity=Severity.WARNING,
    )


def _stale(folder: Path, count: int) -> Problem:
    noun = "brief" if count == 1 else "brieven"
    return Problem(
        "LRT711",
        Place(str(folder)),
        f"Van {count} {noun} is het Word-bestand nieuwer dan de PDF.",
        remedy="Geef dezelfde opdracht nog eens met --pdf.",
        severity=Severity.WARNING,
    )
