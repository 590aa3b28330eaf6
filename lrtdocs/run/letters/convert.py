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
from lrtdocs.run.documents.report import LettersOutcome
from lrtdocs.word.facts import wanted_fonts
from lrtdocs.word.merge.documents import merge_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime

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
        self._outcome, self._template = LettersOutcome(), ""
        self._moment: datetime | None = None
        self._warned = False

    def begin(self, job: Job, outcome: LettersOutcome, total: int) -> None:
        """Get ready for about `total` letters of `job`; what is to be told goes to `outcome`."""
        self._moment = moment_of(job.shared)
        self._outcome, self._template = outcome, Path(job.name).name
        self._conversions.warm(-(-total // WORTH_A_START))

    def convert(
        self, batches: Iterable[Batch]
    ) -> Iterator[tuple[Sequence[Letter], list[Rendered], list[Converted]]]:
        """Yield the letters of `batches` in order with their PDFs, in batches of another size."""
        waiting: deque[tuple[Batch, Future[list[Converted]]]] = deque()
        for batch in self._share(batches):
            self._warn(batch[1])
            waiting.append((batch, self._pool.submit(self._convert_batch, batch)))
            if len(waiting) > self._workers + 1:
                done, future = waiting.popleft()
                yield *done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield *done, future.result()

    def _share(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield the letters of `batches` so that workers get equally many, to the last."""
        letters = (pair for batch in batches for pair in zip(*batch, strict=True))
        while some := list(islice(letters, self._workers * self._conversions.batch_size)):
            for part in pdf.split_evenly(some, min(self._workers, -(-len(some) // WORTH_A_START))):
                yield [letter for letter, _ in part], [result for _, result in part]

    def _warn(self, results: Sequence[Rendered]) -> None:
        """Tell once what the PDFs will lack, by the first letter: the others are as that one."""
        docx = next((one for one in results if isinstance(one, bytes)), None)
        if self._warned or docx is None:
            return
        self._warned = True
        self._outcome.add_problems(pdf.warnings(self.office, wanted_fonts(docx), self._template))

    def tell_apart(self) -> None:
        """Tell of letters that could not be converted together, and why: that took longer."""
        apart = self._merging.apart if self._merging else {}
        if apart:
            reasons = "; ".join(dict.fromkeys(reason.text for reason in apart))
            count = sum(apart.values())
            self._outcome.add_problems(
                [problem("LRT426", Place(self._template), n=count, reasons=reasons)]
            )

    def _convert_batch(self, batch: Batch) -> list[Converted]:
        letters, results = batch
        good = [
            (letter.file, docx)
            for letter, docx in zip(letters, results, strict=True)
            if isinstance(docx, bytes)
        ]
        pdfs = iter(self._convert(good) if good else [])
        return [next(pdfs) if isinstance(docx, bytes) else None for docx in results]

    def _convert(self, good: Sequence[tuple[str, bytes]]) -> Sequence[Converted]:
        """Return a PDF for each letter of `good`, or why there is none; never raise."""
        try:
            documents = [read_document(docx, name, self._moment) for name, docx in good]
            return self._conversions.convert(documents)
        except Exception as error:  # noqa: BLE001 - a PDF must never stop the others
            reason = f"{type(error).__name__}: {error}"
            return [pdf.ConversionError.of("LRT427", name, reason=reason) for name, _ in good]

    def close(self) -> None:
        """Let no new batch begin, and stop LibreOffice."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._stack.close()  # a second time there is nothing left in it
        self._pool.shutdown(wait=True)
