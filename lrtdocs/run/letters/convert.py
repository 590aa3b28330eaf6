"""PDFs of a run: batches of letters go to LibreOffice in threads, and come back in order.

Only who asks for a PDF loads this, and pdf/ with it.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lrtdocs import pdf
from lrtdocs.documents.words import moment_of
from lrtdocs.errors import LrtdocsError, Place
from lrtdocs.messages import problem
from lrtdocs.pdf.bulk.merging import Merging
from lrtdocs.run.documents.pdf import read_document
from lrtdocs.word.facts import wanted_fonts
from lrtdocs.word.merge.documents import merge_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from lrtdocs.errors import Problem
    from lrtdocs.messages import Fault
    from lrtdocs.run.documents.report import LettersOutcome
    from lrtdocs.run.letters.fill import Job, Rendered
    from lrtdocs.run.letters.letter import Letter

Converted: TypeAlias = pdf.FinishedPdf | LrtdocsError | None
"""A PDF, why there is none, or None where none was asked for."""
Batch = tuple["Sequence[Letter]", "list[Rendered]"]
MOST = 8  # workers
WORTH_A_START = 20  # letters: they cost about what starting LibreOffice does


class Converter:
    """Turns letters into PDFs, some batches at a time; to be closed."""

    def __init__(self) -> None:
        self.office = pdf.probe()
        self._workers = max(1, min(MOST, os.cpu_count() or 1))
        self._stack = ExitStack()
        # The second gear: with None here letters are converted one by one, which takes longer.
        self._merging: Merging | None = Merging(
            merge_documents, claim=self.office.makes_accessible_pdf
        )
        self._conversions = self._stack.enter_context(
            pdf.ConversionPool(self.office, workers=self._workers, merging=self._merging)
        )
        self._conversions.warm(1)
        self._pool = ThreadPoolExecutor(self._workers + 1)  # one prepares while the others convert

    def convert(
        self, batches: Iterable[Batch], job: Job, outcome: LettersOutcome
    ) -> Iterator[tuple[Sequence[Letter], list[Rendered], list[Converted]]]:
        """Yield the letters of `batches` in order with their PDFs, in batches of another size.

        What is to be told of the PDFs of the `job` goes to `outcome`.
        """
        self._conversions.warm(-(-outcome.total // WORTH_A_START))
        moment, template = moment_of(job.shared), Path(job.name).name
        waiting: deque[tuple[Batch, Future[list[Converted]]]] = deque()
        warned = False
        for batch in self._share(batches):
            if not warned and (docx := next(_filled(batch[1]), None)):  # the others are as that one
                outcome.add_problems(pdf.warnings(self.office, wanted_fonts(docx), template))
                warned = True
            waiting.append((batch, self._pool.submit(self._convert_batch, batch, moment)))
            if len(waiting) > self._workers + 1:
                done, future = waiting.popleft()
                yield *done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield *done, future.result()
        if self._merging is not None:
            outcome.add_problems(tell_apart(self._merging.apart, template))

    def _share(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield the letters of `batches` so that workers get equally many, to the last."""
        letters = (pair for batch in batches for pair in zip(*batch, strict=True))
        while some := list(islice(letters, self._workers * self._conversions.batch_size)):
            for part in pdf.split_evenly(some, min(self._workers, -(-len(some) // WORTH_A_START))):
                yield [letter for letter, _ in part], [result for _, result in part]

    def _convert_batch(self, batch: Batch, moment: datetime) -> list[Converted]:
        letters, results = batch
        good = [
            (letter.file, docx)
            for letter, docx in zip(letters, results, strict=True)
            if isinstance(docx, bytes)
        ]
        pdfs = iter(self._convert(good, moment) if good else [])
        return [next(pdfs) if isinstance(docx, bytes) else None for docx in results]

    def _convert(self, good: Sequence[tuple[str, bytes]], moment: datetime) -> Sequence[Converted]:
        """Return a PDF for each letter of `good`, or why there is none; never raise."""
        try:
            documents = [read_document(docx, name, moment) for name, docx in good]
            return self._conversions.convert(documents)
        except Exception as error:  # noqa: BLE001 - a PDF must never stop the others
            reason = f"{type(error).__name__}: {error}"
            return [pdf.ConversionError.of("LRT427", name, reason=reason) for name, _ in good]

    def close(self) -> None:
        """Let no new batch begin, and stop LibreOffice."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._stack.close()  # a second time there is nothing left in it
        self._pool.shutdown(wait=True)


def _filled(results: Iterable[Rendered]) -> Iterator[bytes]:
    return (docx for docx in results if isinstance(docx, bytes))


def tell_apart(apart: Mapping[Fault, int], template: str) -> list[Problem]:
    """Return what to tell of letters that could not be converted together: that took longer."""
    if not apart:
        return []
    reasons = "; ".join(dict.fromkeys(reason.text for reason in apart))
    return [problem("LRT426", Place(template), n=sum(apart.values()), reasons=reasons)]
