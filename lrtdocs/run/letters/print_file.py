"""One file to print, made of the PDFs of letters: made, left as it is, or told to be old."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import ExitCode, Place
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import MADE, Print
from lrtdocs.run.folder.names import pdf_name
from lrtdocs.run.folder.write import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import LettersOutcome
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Entry, Manifest
    from lrtdocs.run.letters.letter import Letter


@dataclass(frozen=True, slots=True)
class PrintFile:
    """The file to print called `name`, with a `title`, of all letters or of a `choice` of them."""

    name: str
    title: str
    choice: bool
    two_sided: bool | None
    moment: datetime

    def make(
        self,
        letters: Iterable[Letter],
        folder: Folder,
        manifest: Manifest,
        outcome: LettersOutcome,
    ) -> Print | None:
        """Return the line about the file, which is made unless it is there; None if it cannot be.

        Why it cannot be made is in the outcome.
        """
        titles, entries = [], []
        for letter in letters:
            titles.append(str(letter.words.get("naam") or letter.key))
            entries.append(manifest.find(letter.number))
        files = [pdf_name(entry.bestand) if entry else "" for entry in entries]
        missing = [file for file, entry in zip(files, entries, strict=True)
                   if not entry or not entry.pdf or folder.digest(file) != entry.pdf]  # fmt: skip
        there, made_of = manifest.find_print(self.name), _digest(entries)
        target = folder.path / self.name
        self._tell_odd(files, target, outcome)
        reason = ""
        if missing:
            reason = messages.text("deel.zonder_pdf", files=dutch.join_some(missing, 5))
        elif outcome.failed:
            reason = messages.text("deel.niet_alle_brieven")
        elif there and self._is_current(there, made_of) and there.pdf == folder.digest(self.name):
            return there
        else:
            paths = [folder.path / file for file in files]
            reason = self._write(list(zip(titles, paths, strict=True)), target)
        if reason:
            problem = messages.problem("LRT713", Place(str(target)), reason=reason)
            outcome.add_problems([problem], ExitCode.LETTERS)
            return None
        names = tuple(entry.bestand for entry in entries if entry) if self.choice else ()
        return Print(self.name, made_of, folder.digest(self.name), self.two_sided, names)

    def _is_current(self, there: Print, made_of: str) -> bool:
        return (there.uit, there.dubbelzijdig) == (made_of, self.two_sided)

    def _tell_odd(self, files: Sequence[str], target: Path, outcome: LettersOutcome) -> None:
        """Tell of letters after which, on two sides, the next would begin on the back."""
        odd = [file for file in files[:-1] if outcome.pages.get(file, 0) % 2]
        if odd and self.two_sided is None:
            fields = {"n": len(odd), "files": dutch.join_some(odd, 3)}
            outcome.add_problems([messages.problem("LRT740", Place(str(target)), None, **fields)])

    def _write(self, pdfs: Sequence[tuple[str, Path]], target: Path) -> str:
        """Write `pdfs`, each with its title, to `target` as one; return why if that fails."""
        from lrtdocs.pdf import join_pdfs

        try:
            with replacing(target) as pending:
                fault = join_pdfs(
                    pdfs, pending.beside, self.title, self.moment, two_sided=self.two_sided
                )
                if fault is not None:
                    raise messages.FaultError(fault.key, fault.fields)
        except OSError as error:
            return messages.system_reason(error)
        except messages.FaultError as error:
            return messages.text(error.fault.key, **error.fault.fields)
        return ""


def find_old(folder: Folder, manifest: Manifest, newer: set[str]) -> list[Problem]:
    """Return a warning for each print file that is not of the letters as they are now.

    `newer` are the files of letters that are newer than the PDFs that runs made of them.
    """
    found = [each for each in manifest.prints() if folder.has(each.bestand)]
    entries = manifest.entries() if found else []
    told = (_find_old(each, entries, newer, folder) for each in found)
    return [problem for problem in told if problem]


def _find_old(
    made: Print, entries: Sequence[Entry | None], newer: set[str], folder: Folder
) -> Problem | None:
    if made.brieven:
        names = set(made.brieven)
        entries = [entry for entry in entries if entry and entry.bestand in names]
    old = any(entry and entry.bestand in newer for entry in entries)
    if not old and _digest(entries) == made.uit:
        return None
    only = _name_ranges([entry.nummer for entry in entries if entry]) if made.brieven else ""
    key = ("LRT742.keuze" if only else "LRT742.weg") if made.brieven else "LRT742"
    option = "--dubbelzijdig" if made.dubbelzijdig else "--samenvoegen"
    place, told = Place(str(folder.path / made.bestand)), {"name": made.bestand}
    return messages.problem(key, place, None, only=only, option=option, **told)


def _name_ranges(numbers: Sequence[int]) -> str:
    """Return `numbers`, which go up, as they are chosen with --alleen: "1-5,9"."""
    runs = dutch.group_runs(numbers)
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _digest(entries: Iterable[Entry | None]) -> str:
    """Return a digest of the PDFs of `entries`, each of the letter as it was last asked for."""
    pdfs = [(entry.bestand, entry.pdf) if entry and entry.status == MADE else None
            for entry in entries]  # fmt: skip
    return digest_of(json.dumps(pdfs, ensure_ascii=False).encode())
