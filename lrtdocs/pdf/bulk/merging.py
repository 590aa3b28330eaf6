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
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from lrtdocs.messages import Fault
from lrtdocs.pdf.bulk.split import MergedJob, Spans, finish_letter, take_apart
from lrtdocs.pdf.document import split_evenly
from lrtdocs.pdf.office.office import ConversionError
from lrtdocs.pdf.office.process import refuse_when_stopping
from lrtdocs.pdf.structure.finish import FinishedPdf, job_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lrtdocs.pdf.document import Document
    from lrtdocs.pdf.helper import Helper
    from lrtdocs.pdf.office.backend import OfficeBackend, Raw, Task

Merge: TypeAlias = "Callable[[Sequence[bytes]], tuple[bytes, Spans] | Fault]"
"""Makes one Word document of many, and tells where each stands in it; or why it cannot."""

Convert: TypeAlias = "Callable[[OfficeBackend, Helper], dict[int, FinishedPdf]]"
LETTERS_TOGETHER = 20  # the time LibreOffice takes for a page grows with the number of pages
MOST_STRIKES = 3  # failures in a row that may hold for all letters


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

    def __init__(self, merge: Merge, *, claim: bool = True) -> None:
        self._merge, self._claim = merge, claim
        self._lock, self._merging = threading.Lock(), threading.Lock()
        self._strikes = 0
        self.last = Fault("deel.apart_bewijs")
        self.apart: dict[Fault, int] = {}

    def merge(self, documents: Sequence[Document]) -> Convert:
        """Return `documents` as they can be converted together."""
        with self._merging:  # one at a time, so that the first is soon ready for LibreOffice
            parts = [part for alike in _by_language(documents) for part in _share(alike)]
            groups = [self._group(part, documents) for part in parts if len(part) > 1]
        return partial(self._convert, [group for group in groups if group is not None])

    def _group(self, numbers: Sequence[int], documents: Sequence[Document]) -> _Group | None:
        refuse_when_stopping()
        if self._strikes >= MOST_STRIKES:
            self._note_apart(self.last, len(numbers))
            return None
        letters = [documents[number] for number in numbers]
        merged = self._merge([letter.docx for letter in letters])
        if isinstance(merged, Fault):
            self._note_apart(merged, len(numbers), strike=True)
            return None
        docx, spans = merged
        pages = sum(letter.facts.pages for letter in letters)
        task = replace(letters[0].task, docx=docx, pages=pages)
        return _Group(numbers, letters, task, spans)

    def _convert(
        self, groups: Sequence[_Group], backend: OfficeBackend, helper: Helper
    ) -> dict[int, FinishedPdf]:
        """Return the PDFs of `groups` that are good, by the number of the letter."""
        if not groups:
            return {}
        tasks = [groups[0].documents[-1].task, *(group.task for group in groups)]
        alone, *wholes = [backend.convert(task, marks=True) for task in tasks]
        made: dict[int, FinishedPdf] = {}
        for group, whole in zip(groups, wholes, strict=True):
            letters = self._take_apart(group, whole, helper)
            if group is groups[0] and not self._is_proved(letters, alone, groups, helper):
                return {}
            for number, letter in zip(group.numbers, letters, strict=False):
                rejection = _rejection(letter)
                if rejection is None:
                    made[number] = letter
                else:
                    self._note_apart(rejection, 1)
        return made

    def _is_proved(
        self,
        letters: Sequence[FinishedPdf],
        alone: Raw,
        groups: Sequence[_Group],
        helper: Helper,
    ) -> bool:
        """Tell whether the last of `letters` is equal to itself converted `alone`; note if not."""
        everything = sum(len(group.numbers) for group in groups)
        if not letters:  # that is told of the first group; now it holds for the others too
            self._note_apart(self.last, everything - len(groups[0].numbers))
        elif isinstance(alone, ConversionError):
            self._note_apart(_not_converted(alone), everything)
        else:
            letter = groups[0].documents[-1]
            single = helper.run(finish_letter, job_of(letter, alone, claim=self._claim))
            if isinstance(single, FinishedPdf) and single.data == letters[-1].data:
                with self._lock:
                    self._strikes = 0  # it was not the template
                return True
            self._note_apart(Fault("deel.apart_bewijs"), everything, strike=True)
        return False

    def _take_apart(self, group: _Group, whole: Raw, helper: Helper) -> list[FinishedPdf]:
        """Return the letters in `whole`; none, after a note, if they cannot be taken out."""
        if isinstance(whole, ConversionError):
            self._note_apart(_not_converted(whole), len(group.numbers))
            return []
        jobs = tuple(job_of(each, b"", claim=self._claim) for each in group.documents)
        letters = helper.run(take_apart, MergedJob(whole, group.spans, jobs))
        if isinstance(letters, Fault):
            self._note_apart(letters, len(group.numbers), strike=True)
            return []
        return letters

    def _note_apart(self, reason: Fault, letters: int, *, strike: bool = False) -> None:
        """Count `letters` that go apart; a `strike` may hold for those of other batches too."""
        with self._lock:
            self._strikes += strike
            self.last = reason
            if letters:
                self.apart[reason] = self.apart.get(reason, 0) + letters


def _by_language(documents: Sequence[Document]) -> Iterable[list[int]]:
    """Return the numbers of `documents` with those in one language together."""
    alike: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        alike.setdefault(document.facts.language, []).append(number)
    return alike.values()


def _share(numbers: Sequence[int]) -> list[Sequence[int]]:
    return split_evenly(numbers, -(-len(numbers) // LETTERS_TOGETHER))


def _not_converted(error: ConversionError) -> Fault:
    return Fault("deel.apart_libreoffice", {"code": error.problems[0].code})


def _rejection(letter: FinishedPdf) -> Fault | None:
    """Return why a letter that was taken out of a merged document is not believed, or None."""
    if letter.compared.missing or letter.compared.broken:
        return Fault("deel.apart_tekst")
    return Fault("deel.apart_rijen") if letter.missing_rows else letter.compared.foreign
