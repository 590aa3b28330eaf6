"""One file to print, made of the PDFs of letters: made, left as it is, or told to be old."""

from __future__ import annotations

import hashlib
import json
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import ExitCode, Place
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
        titles: list[str] = []
        names: list[str] = []
        missing: list[str] = []
        digest = _Digest()
        for letter in letters:
            entry = manifest.find(letter.number)
            digest.add(entry)
            titles.append(str(letter.words.get("naam") or letter.key))
            names.append(entry.bestand if entry else "")
            file = pdf_name(names[-1])
            if not entry or not entry.pdf or folder.digest(file) != entry.pdf:
                missing.append(file)
        files = [pdf_name(name) for name in names]
        there, made_of = manifest.find_print(self.name), digest.value
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
        chosen = tuple(filter(None, names)) if self.choice else ()
        return Print(self.name, made_of, folder.digest(self.name), self.two_sided, chosen)

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


def find_old(folder: Folder, manifest: Manifest, newer: Sequence[int]) -> list[Problem]:
    """Return a warning for each print file that is not of the letters as they are now.

    `newer` tells by number which letters are newer than the PDFs that runs made of them.
    """
    found = [each for each in manifest.prints() if folder.has(each.bestand)]
    told = (_find_old(each, manifest, newer, folder) for each in found)
    return [problem for problem in told if problem]


def _find_old(
    made: Print, manifest: Manifest, newer: Sequence[int], folder: Folder
) -> Problem | None:
    names = set(made.brieven)
    old, numbers, uit = False, array("I"), _Digest()
    for number, entry in manifest.entries():
        if names and not (entry and entry.bestand in names):
            continue
        uit.add(entry)
        old = old or bool(entry and newer[number])
        numbers.append(entry.nummer if entry else 0)
    if not old and uit.value == made.uit:
        return None
    only = name_ranges(numbers) if made.brieven else ""
    key = ("LRT742.keuze" if only else "LRT742.weg") if made.brieven else "LRT742"
    option = "--dubbelzijdig" if made.dubbelzijdig else "--samenvoegen"
    place, told = Place(str(folder.path / made.bestand)), {"name": made.bestand}
    return messages.problem(key, place, None, only=only, option=option, **told)


def name_ranges(numbers: Sequence[int]) -> str:
    """Return `numbers`, which go up, as they are chosen with --alleen: "1-5,9"."""
    runs = dutch.group_runs(numbers)
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


class _Digest:
    """A digest of the PDFs of letters, each of the letter as it was last asked for."""

    def __init__(self) -> None:
        self._hash, self._between = hashlib.sha256(b"["), b""

    def add(self, entry: Entry | None) -> None:
        """Take in the next letter."""
        pdf = (entry.bestand, entry.pdf) if entry and entry.status == MADE else None
        self._hash.update(self._between + json.dumps(pdf, ensure_ascii=False).encode())
        self._between = b", "

    @property
    def value(self) -> str:
        """The SHA-256 of all that came in."""
        whole = self._hash.copy()
        whole.update(b"]")
        return whole.hexdigest()
