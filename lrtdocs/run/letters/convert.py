"""PDFs of a run: batches of letters go to LibreOffice in threads, and come back in order.

Only who asks for a PDF loads this, and pdf/ with it.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import pdf
from lrtdocs.clock import start_of
from lrtdocs.documents.words import moment_of
from lrtdocs.errors import Place
from lrtdocs.messages import problem
from lrtdocs.pdf.bulk.merging import Merging
from lrtdocs.run.documents.finish import read_document
from lrtdocs.word.facts import wanted_fonts
from lrtdocs.word.merge import merge_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from lrtdocs.errors import LrtdocsError, Problem
    from lrtdocs.messages import Fault
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import PendingLetter

MOST = 8  # workers
GRACE = 0.7  # seconds, twice, for what was converted to be finished when a run is broken off
TICK = 0.5  # seconds between two looks at who waits
WORTH_A_START = 20  # letters: they cost about what starting LibreOffice does


class Converter:
    """Turns letters into PDFs, some batches at a time; to be closed."""

    def __init__(self) -> None:
        self.office = pdf.probe()
        self._workers = max(1, min(MOST, os.cpu_count() or 1))
        # The second gear: with None here letters are converted one by one, which takes longer.
        self._merging: Merging | None = Merging(
            merge_documents, claim=self.office.makes_accessible_pdf
        )
        self._conversions = pdf.ConversionPool(
            self.office, workers=self._workers, merging=self._merging
        )
        self._conversions.warm(1)
        self._waiting: deque[Future[Sequence[PendingLetter]]] = deque()
        self._pool = ThreadPoolExecutor(self._workers + 1)  # one prepares while the others convert

    def convert(
        self,
        letters: Iterable[PendingLetter],
        number: int,
        job: Job,
        outcome: Outcome,
        tick: Callable[[], object] = lambda: None,
    ) -> Iterator[Sequence[PendingLetter]]:
        """Yield `letters`, so many in `number`, in order with their PDFs, in batches.

        What is to be told of the PDFs of the `job` goes to `outcome`. While nothing is ready `tick`
        is called now and then: it may raise what breaks the run off.
        """
        self._conversions.warm(-(-number // WORTH_A_START))
        moment, template = moment_of(job.shared), Path(job.name).name
        warned = False
        for batch in self._share(letters):
            if not warned and (filled := _filled(batch)):  # the others are as the first
                fonts = wanted_fonts(filled[0][1])
                outcome.add_problems(pdf.warnings(self.office, fonts, template))
                warned = True
            self._waiting.append(self._pool.submit(self._convert_batch, batch, moment))
            if len(self._waiting) > self._workers + 1:
                yield from self._take(tick)
        while self._waiting:
            yield from self._take(tick)
        if self._merging is not None:
            outcome.add_problems(tell_apart(self._merging.apart, template))

    def _take(self, tick: Callable[[], object]) -> Iterator[Sequence[PendingLetter]]:
        while wait([self._waiting[0]], TICK).not_done:
            tick()
        yield self._waiting[0].result()
        self._waiting.popleft()  # only now: who was interrupted may not have written it

    def stop(self) -> Iterator[Sequence[PendingLetter]]:
        """Stop all conversions at once, and yield the batches with what was done of them."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        pdf.stop_programs()
        running = [future for future in self._waiting if not future.cancelled()]
        if wait(running, timeout=GRACE).not_done:
            self._conversions.kill_helpers()
        yield from (future.result() for future in wait(running, timeout=GRACE).done)

    def _share(self, letters: Iterable[PendingLetter]) -> Iterator[Sequence[PendingLetter]]:
        """Yield `letters` in batches so that workers get equally many, to the last."""
        coming = iter(letters)
        while some := list(islice(coming, self._workers * self._conversions.batch_size)):
            yield from pdf.split_evenly(some, min(self._workers, -(-len(some) // WORTH_A_START)))

    def _convert_batch(
        self, batch: Sequence[PendingLetter], moment: datetime
    ) -> Sequence[PendingLetter]:
        """Return `batch`, each letter that is filled with a PDF, or why there is none."""
        filled = _filled(batch)
        results: Sequence[pdf.FinishedPdf | LrtdocsError] = ()
        try:
            documents = [
                read_document(docx, each.letter.file, _moment_of(each, moment), each.shown)
                for each, docx in filled
            ]
            results = self._conversions.convert(documents) if filled else ()
        except Exception as error:  # noqa: BLE001 - a PDF must never stop the others
            reason = f"{type(error).__name__}: {error}"
            results = [
                pdf.ConversionError.of("LRT427", each.letter.file, reason=reason)
                for each, _ in filled
            ]
        for (pending, _), made in zip(filled, results, strict=True):
            pending.pdf = made
        return batch

    def close(self) -> None:
        """Let no new batch begin, and stop LibreOffice."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._conversions.close()
        self._pool.shutdown(wait=True)


def _moment_of(pending: PendingLetter, moment: datetime) -> datetime:
    """Return the moment of the date on a letter: a version has one of its own."""
    day = pending.entry.aan.dagtekening
    return start_of(date.fromisoformat(day)) if day else moment


def _filled(batch: Iterable[PendingLetter]) -> list[tuple[PendingLetter, bytes]]:
    return [(pending, pending.docx) for pending in batch if isinstance(pending.docx, bytes)]


def tell_apart(apart: Mapping[Fault, int], template: str) -> list[Problem]:
    """Return what to tell of letters that could not be converted together: that took longer."""
    if not apart:
        return []
    reasons = "; ".join(dict.fromkeys(reason.text for reason in apart))
    return [problem("LRT426", Place(template), n=sum(apart.values()), reasons=reasons)]
