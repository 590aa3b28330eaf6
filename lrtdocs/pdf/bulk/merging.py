"""Letters by the hundred: many in one conversion where the template allows, each PDF its own.

Letters of one template are merged into a few documents, which are converted together and taken
apart with their tags. One letter goes along alone; only when its PDF is equal, byte for byte, to
the one that was taken out of a merged document are the others of that call believed. Whatever is
not as it should be is left to who converts letters one by one, and told.

This is a second gear: without it all letters are made, and slower.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lrtdocs.messages import Fault
from lrtdocs.pdf.bulk.letters import MergedJob, Spans, finish_letter, take_apart
from lrtdocs.pdf.document import split_evenly
from lrtdocs.pdf.office.office import ConversionError
from lrtdocs.pdf.structure.finish import FinishedPdf, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lrtdocs.pdf.document import Document
    from lrtdocs.pdf.helper import Helper
    from lrtdocs.pdf.office.backend import OfficeBackend, Raw, Task

Convert: TypeAlias = "Callable[[OfficeBackend, Helper], dict[int, FinishedPdf]]"
LETTERS_TOGETHER = 20  # the time LibreOffice takes for a page grows with the number of pages
MOST_STRIKES = 3  # failures in a row that may hold for all letters


class MergedDocument(Protocol):
    """Letters as one Word document, as `word.merge` makes it; empty if they cannot be merged."""

    @property
    def docx(self) -> bytes:
        """The document, or nothing."""

    @property
    def spans(self) -> Spans:
        """Where each letter stands."""

    @property
    def reason(self) -> Fault | None:
        """Why there is no document."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Letters in one document: their numbers in the batch, and the document as it is converted."""

    numbers: Sequence[int]
    documents: Sequence[Document]
    task: Task
    spans: Spans


class Merging:
    """Merges letters as long as that pays; `merge` makes one Word document of many.

    Without `claim` the PDFs do not claim to be accessible.

    `apart` tells why letters were not merged, and how many: empty when all were.
    """

    finish = staticmethod(finish_letter)

    def __init__(
        self, merge: Callable[[Sequence[bytes]], MergedDocument], *, claim: bool = True
    ) -> None:
        self._merge, self._claim = merge, claim
        self._lock, self._merging = threading.Lock(), threading.Lock()
        self._strikes = 0
        self.last = Fault("deel.apart_bewijs")
        self.apart: dict[Fault, int] = {}

    def merge(self, documents: Sequence[Document]) -> Convert:
        """Return `documents` as they can be converted together."""
        with self._merging:  # one at a time, so that the first is soon ready for LibreOffice
            parts = split_evenly(range(len(documents)), -(-len(documents) // LETTERS_TOGETHER))
            groups = [self._group(part, documents) for part in parts if len(part) > 1]
        made = [group for group in groups if group is not None]
        return _MergedBatch(self, made, claim=self._claim).convert

    def _group(self, numbers: Sequence[int], documents: Sequence[Document]) -> _Group | None:
        if self._strikes >= MOST_STRIKES:
            self.note_apart(self.last, len(numbers))
            return None
        letters = [documents[number] for number in numbers]
        merged = self._merge([letter.docx for letter in letters])
        if merged.reason is not None:
            self.note_apart(merged.reason, len(numbers), strike=True)
            return None
        pages = sum(letter.facts.pages for letter in letters)
        task = replace(letters[0].task, docx=merged.docx, pages=pages, letters=len(letters))
        return _Group(numbers, letters, task, merged.spans)

    def note_apart(self, reason: Fault, letters: int, *, strike: bool = False) -> None:
        """Count `letters` that go apart; a `strike` may hold for those of other batches too."""
        with self._lock:
            self._strikes += strike
            self.last = reason
            if letters:
                self.apart[reason] = self.apart.get(reason, 0) + letters

    def note_believed(self) -> None:
        """Forget the strikes: it was not the template."""
        with self._lock:
            self._strikes = 0


class _MergedBatch:
    """Merged letters, ready for LibreOffice."""

    def __init__(self, merging: Merging, groups: Sequence[_Group], *, claim: bool) -> None:
        self._merging, self._groups, self._claim = merging, groups, claim

    def convert(self, backend: OfficeBackend, helper: Helper) -> dict[int, FinishedPdf]:
        """Return the PDFs that are good, by the number of the letter."""
        if not self._groups:
            return {}
        proof = self._groups[0]
        tasks = [proof.documents[-1].task, *(group.task for group in self._groups)]
        alone, *wholes = [backend.convert(task, marks=True) for task in tasks]
        made: dict[int, FinishedPdf] = {}
        for group, whole in zip(self._groups, wholes, strict=True):
            letters = self._take_apart(group, whole, helper)
            if group is proof and not self._is_proved(letters, alone, helper):
                return {}
            made |= self._believable(group, letters)
        return made

    def _is_proved(self, letters: Sequence[FinishedPdf], alone: Raw, helper: Helper) -> bool:
        """Tell whether the last of `letters` is equal to itself converted `alone`; note if not."""
        everything = sum(len(group.numbers) for group in self._groups)
        if not letters:  # that is told of the first group; now it holds for the others too
            self._merging.note_apart(self._merging.last, everything - len(self._groups[0].numbers))
        elif isinstance(alone, ConversionError):
            self._merging.note_apart(_not_converted(alone), everything)
        else:
            letter = self._groups[0].documents[-1]
            single = helper.run(finish_letter, Job(alone, letter.facts, letter.date, self._claim))
            if isinstance(single, FinishedPdf) and single.data == letters[-1].data:
                self._merging.note_believed()
                return True
            self._merging.note_apart(Fault("deel.apart_bewijs"), everything, strike=True)
        return False

    def _take_apart(self, group: _Group, whole: Raw, helper: Helper) -> list[FinishedPdf]:
        """Return the letters in `whole`; none, after a note, if they cannot be taken out."""
        if isinstance(whole, ConversionError):
            self._merging.note_apart(_not_converted(whole), len(group.numbers))
            return []
        jobs = tuple(Job(b"", each.facts, each.date, self._claim) for each in group.documents)
        letters = helper.run(take_apart, MergedJob(whole, group.spans, jobs))
        if isinstance(letters, Fault):
            self._merging.note_apart(letters, len(group.numbers), strike=True)
            return []
        return letters

    def _believable(self, group: _Group, letters: Iterable[FinishedPdf]) -> dict[int, FinishedPdf]:
        made: dict[int, FinishedPdf] = {}
        for number, letter in zip(group.numbers, letters, strict=False):
            rejection = _rejection(letter)
            if rejection is None:
                made[number] = letter
            else:
                self._merging.note_apart(rejection, 1)
        return made


def _not_converted(error: ConversionError) -> Fault:
    return Fault("deel.apart_libreoffice", {"code": error.problems[0].code})


def _rejection(letter: FinishedPdf) -> Fault | None:
    """Return why a letter that was taken out of a merged document is not believed, or None."""
    if letter.text_coverage < 1:
        return Fault("deel.apart_tekst")
    return Fault("deel.apart_rijen") if letter.missing_rows else letter.foreign_characters
